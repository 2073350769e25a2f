import matplotlib

from indicators.charts.drawing.rendering import render
from indicators.charts.registry import CHARTS
from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import GROUPS, aggregate, table


class TestThreeRules(ChartChecks):
    chart = "three_rules"
    another = 44.0

    @staticmethod
    def tables(renormalised=40.0):
        rows = []
        for group, values, coverage in (
            ("world", (60.0, 61.0), 0.9),
            ("itu-africa", (35.0, renormalised), 0.6),
            ("low-income", (20.0, 20.5), 0.8),
        ):
            carried, of_reporting = values
            rows += [
                aggregate(group, 2029, carried, coverage),
                aggregate(group, 2029, of_reporting, coverage, rule="renormalised"),
                aggregate(group, 2029, None, coverage, rule="hard bounds"),
            ]
        rows.append(aggregate("world", 2030, 70.0, coverage=0.2))
        return {"aggregates": table("aggregates", rows), "groups": GROUPS}


CHART = TestThreeRules


def test_the_year_is_the_newest_with_a_publishable_figure_of_the_world():
    # The 2030 figure of the world covers a fifth of its people.
    assert set(drawn(CHART).data["year"]) == {2029}


def test_groups_come_by_how_much_the_rules_differ_after_the_world():
    chart = drawn(CHART)
    assert chart.data["group_name"].tolist() == ["world", "itu-africa", "low-income"]
    assert chart.data["apart"].tolist() == [1.0, 5.0, 0.5]
    assert chart.text.title == "The treatment of missing data moves the 2029 figure of Africa by 5.0 points, and the world figure by 1.0"


def test_the_settings_of_the_caller_do_not_show():
    plain = render(drawn(CHART), "png")
    with matplotlib.rc_context({"font.size": 20, "axes.facecolor": "red", "lines.linewidth": 9}):
        assert render(CHARTS[CHART.chart].make(CHART.tables()), "png") == plain
