"""Where data and resources are: in a checkout, in an installed wheel, and where `DIVIDE_HOME` says."""

from pathlib import Path

import platformdirs
import pytest

from pipelines import settings as module
from pipelines.settings import Settings, checkout, resource, settings
from tests.support.paths import PROJECT


@pytest.fixture
def wheel(tmp_path, monkeypatch) -> Path:
    """The code as a wheel installs it: without a checkout, with resources inside the package."""
    resources = tmp_path / "site-packages" / "pipelines" / "_resources"
    resources.mkdir(parents=True)
    monkeypatch.setattr(module, "_IN_WHEEL", resources)
    monkeypatch.delenv("DIVIDE_HOME", raising=False)
    return resources


@pytest.mark.parametrize("path", ["sql", "docs/methods.md", "dagster.yaml", "pyproject.toml"])
def test_a_checkout_has_each_resource_where_it_stands(path):
    assert checkout() == PROJECT
    assert resource(path) == PROJECT / path
    assert resource(path).exists()


def test_a_wheel_has_its_resources_inside_the_package(wheel):
    assert checkout() is None
    assert resource("sql/checks") == wheel / "sql" / "checks"


def test_data_of_a_checkout_are_in_its_folder_data(monkeypatch):
    monkeypatch.delenv("DIVIDE_HOME", raising=False)
    assert settings() == Settings(PROJECT / "data")


def test_data_of_a_wheel_are_in_the_data_directory_of_the_user(wheel):
    assert settings().home == Path(platformdirs.user_data_dir("digital-divide", appauthor=False))
    assert settings().home.name == "digital-divide"


@pytest.mark.parametrize("installed", [False, True])
def test_divide_home_moves_the_data_in_both_cases(installed, request, tmp_path, monkeypatch):
    if installed:
        request.getfixturevalue("wheel")
    monkeypatch.setenv("DIVIDE_HOME", str(tmp_path / "elsewhere" / ".." / "data of mine"))
    assert settings().home == tmp_path / "data of mine"


def test_embedded_figures_are_inside_the_package():
    assert any(Settings(Path("home")).embedded.glob("*/*/*.csv"))
