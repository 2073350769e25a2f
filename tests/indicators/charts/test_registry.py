"""The charts are collected from their modules, and each has its tests, its baseline and its place."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from indicators import charts
from indicators.charts import gap_by_sex, registry
from indicators.charts.registry import CHARTS
from tests.support.chart_checks import BASELINE, BASELINE_DOTS

FOLDER = Path(charts.__file__).parent
WITHOUT_MATPLOTLIB = """
import sys
from indicators.charts.registry import CHARTS
assert len(CHARTS) > 10 and all(chart.inputs for chart in CHARTS.values())
assert not [name for name in sys.modules if name.startswith(("matplotlib", "PIL"))]
"""


def test_every_module_with_a_declaration_is_a_chart():
    assert set(CHARTS) == {path.stem for path in FOLDER.glob("*.py") if "\nCHART = Chart(" in path.read_text("utf-8")}


def test_charts_stand_in_the_order_of_their_positions():
    assert next(iter(CHARTS)) == "internet_use_over_time"
    positions = [chart.position for chart in CHARTS.values()]
    assert positions == sorted(positions)


def test_the_declarations_load_without_matplotlib():
    subprocess.run([sys.executable, "-c", WITHOUT_MATPLOTLIB], check=True)


@pytest.mark.parametrize(
    ("changed", "message"),
    [({"name": "gap_by_gender"}, "gap_by_sex.py declares a chart named gap_by_gender"), ({"position": 10}, "both have position 10")],
)
def test_a_declaration_that_cannot_be_right_is_refused(changed, message, monkeypatch):
    monkeypatch.setattr(gap_by_sex, "CHART", replace(gap_by_sex.CHART, **changed))
    with pytest.raises(ValueError, match=message):
        registry.declared()


def test_every_chart_has_tests_and_a_baseline_and_no_baseline_is_left_of_a_chart_that_is_gone():
    assert {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")} >= set(CHARTS)
    baselines = sorted(BASELINE.glob("*.png"))
    assert {path.stem for path in baselines} == set(CHARTS)
    assert all(Image.open(path).width == 8 * BASELINE_DOTS and path.stat().st_size < 20_000 for path in baselines)
