"""Which code made a publication."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines import provenance
from tests.support.paths import PROJECT


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """The code in a folder of its own, as the module sees it."""
    ignored = shutil.ignore_patterns("__pycache__", "embedded")
    for name in ("indicators", "pipelines", "sql", "docs"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=ignored)
    monkeypatch.setattr(provenance, "__file__", str(tmp_path / "pipelines" / "provenance.py"))
    monkeypatch.setattr(provenance.indicators, "__file__", str(tmp_path / "indicators" / "__init__.py"))
    monkeypatch.setattr(provenance, "resource", lambda path: tmp_path / path)
    monkeypatch.setattr(provenance, "checkout", lambda: tmp_path)
    return tmp_path


def test_the_same_code_has_the_same_version_in_every_place(copy, monkeypatch):
    version = provenance.code_version()
    # As a wheel has it: the queries are inside the package.
    (copy / "pipelines" / "_resources").mkdir()
    for name in ("sql", "docs"):
        (copy / name).rename(copy / "pipelines" / "_resources" / name)
    monkeypatch.setattr(provenance, "resource", lambda path: copy / "pipelines" / "_resources" / path)
    assert provenance.code_version() == version
    monkeypatch.undo()
    assert provenance.code_version() == version


@pytest.mark.parametrize("path", ["indicators/registries/catalogue.toml", "pipelines/settings.py", "sql/people.sql", "docs/methods.md"])
def test_a_changed_file_is_another_version(copy, path):
    version = provenance.code_version()
    (copy / path).write_text((copy / path).read_text("utf-8") + "\n", "utf-8")
    assert provenance.code_version() != version


def test_embedded_figures_are_not_code(copy):
    version = provenance.code_version()
    (copy / "pipelines" / "embedded").mkdir()
    (copy / "pipelines" / "embedded" / "figures.csv").write_text("a\n")
    assert provenance.code_version() == version


def test_the_commit_is_known_in_a_checkout_only(copy, monkeypatch):
    assert provenance.git_sha() is None
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(copy)]
    for command in (["init", "-q"], ["add", "sql"], ["commit", "-q", "-m", "queries"]):
        subprocess.run([*git, *command], check=True)
    sha = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    assert provenance.git_sha() == sha[:12]
    (copy / "sql" / "people.sql").write_text("")
    assert provenance.git_sha() == f"{sha[:12]}+"
    # An installed package may lie inside the checkout of another project, whose commit says nothing of this code.
    monkeypatch.setattr(provenance, "checkout", lambda: None)
    assert provenance.git_sha() is None


def test_the_commit_is_unknown_without_git(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert provenance.git_sha() is None
