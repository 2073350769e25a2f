"""Chart text: each chart has what it asks for, and a new chart is one module, shown in English until it is translated."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indicators import charts
from indicators.charts import registry
from indicators.charts.drawing.palette import VERDICT_LOOKS
from indicators.charts.registry import CHARTS
from indicators.registries.labels import LANGUAGES, english_labels, labels_table
from tests.support.chart_world import GROUPS, aggregate, table
from tests.support.paths import PROJECT

FOLDER = Path(charts.__file__).parent
#: Text that the data name: verdicts, sides, and whether a figure is published.
FROM_DATA = {*VERDICT_LOOKS, "men", "women", "urban", "rural", "published", "indicative", "not published"}
#: The module and the test of the guide.
NEW_CHART, NEW_TEST = re.findall(r"```python\n(.*?)```", (PROJECT / "docs" / "how-to" / "add-a-chart.md").read_text("utf-8"), re.DOTALL)


ASSETS = """
from pipelines.definitions import defs
print(*[name for spec in defs().resolve_all_asset_specs() if "offline" in (name := spec.key.to_user_string())])
"""


def asked_for(path):
    """Return the keys that a module asks for, as patterns; a place in an f-string stands for anything."""
    found = set()
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and call.args and ast.unparse(call.func).rpartition(".")[2] in ("phrase", "chart_text"):
            first = call.args[0]
            for key in [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]:
                if isinstance(key, ast.Constant):
                    found.add(re.escape(key.value))
                elif isinstance(key, ast.JoinedStr):
                    found.add("".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in key.values))
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_the_text_it_asks_for_and_no_other(name):
    own = set(CHARTS[name].text)
    asked = asked_for(FOLDER / f"{name}.py")
    assert [key for key in own if not any(re.fullmatch(pattern, key) for pattern in asked)] == []
    shared = {key for kind, key in english_labels() if kind == "chart text"}
    assert [pattern for pattern in asked if not any(re.fullmatch(pattern, key) for key in own | shared)] == []
    assert not own & shared


def test_shared_text_is_asked_for():
    asked = {re.escape(key) for key in FROM_DATA}.union(*(asked_for(path) for path in FOLDER.glob("*.py")))
    shared = {key for kind, key in english_labels() if kind == "chart text"}
    assert [key for key in shared if not any(re.fullmatch(pattern, key) for pattern in asked)] == []


@pytest.fixture
def with_the_chart_of_the_guide(monkeypatch, tmp_path):
    (tmp_path / "offline_by_region.py").write_text(NEW_CHART, "utf-8")
    monkeypatch.setattr(charts, "__path__", [*charts.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    monkeypatch.setattr(registry, "CHARTS", registry.declared())


@pytest.mark.usefixtures("with_the_chart_of_the_guide")
def test_a_new_chart_is_shown_in_english_until_it_is_translated_and_counted_as_missing():
    names = list(registry.CHARTS)
    assert names[names.index("internet_use_by_economy") + 1] == "offline_by_region"
    rows = [aggregate("world", 2029, 60.0), aggregate("itu-africa", 2029, 35.0, scheme="itu region")]
    for language in LANGUAGES:
        chart = registry.CHARTS["offline_by_region"].make({"aggregates": table("aggregates", rows), "groups": GROUPS}, language)
        assert "did not use the Internet in 2029, more than in any other region" in chart.text.title
        missing = {text.key for text in registry.labels_with_charts(language).missing}
        assert ("offline: title" in missing) is (language != "en")
    published = labels_table(registry.own_text()).query("key == 'offline: subtitle' and language == 'fr'")
    assert published["status"].tolist() == ["missing, shown in English"]


@pytest.mark.long
def test_the_guide_works_with_two_new_files_in_a_copy_of_the_project(tmp_path):
    for folder in ("indicators", "pipelines", "sql", "tests"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    (tmp_path / "indicators" / "charts" / "offline_by_region.py").write_text(NEW_CHART, "utf-8")
    (tmp_path / "tests" / "indicators" / "charts" / "test_offline_by_region.py").write_text(NEW_TEST, "utf-8")

    def run(*arguments):
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False)

    tested = ("-m", "pytest", "-n", "0", "tests/indicators/charts/test_offline_by_region.py", "tests/indicators/charts/test_registry.py")
    first = run(*tested)
    assert "1 failed" in first.stdout, first.stdout
    assert "baseline/offline_by_region.png was drawn: look at it" in first.stdout
    second = run(*tested)
    assert second.returncode == 0, second.stdout
    assert run("-c", ASSETS).stdout.split() == ["chart_offline_by_region"]
