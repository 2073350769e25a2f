import pandas as pd

from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import FACTS, GROUPS, aggregate, observation, table


class TestInternetUseOverTime(ChartChecks):
    chart = "internet_use_over_time"
    another = 64.0

    @staticmethod
    def tables(world=60.0):
        rows = [
            aggregate("world", 2028, 55.0),
            aggregate("world", 2029, world),
            aggregate("high-income", 2029, 91.0, scheme="income"),
            aggregate("low-income", 2028, 20.0, coverage=0.55, scheme="income"),
            aggregate("low-income", 2029, 22.0, coverage=0.3, scheme="income"),
            aggregate("itu-africa", 2029, 35.0, scheme="itu region"),
            aggregate("world", 2029, 3.0, coverage=0.01, vintage="2031-08-01"),
        ]
        dots = [
            observation("world", 2030, 61.3, source=FACTS, vintage="2030"),
            observation("world", 2028, 60.0, 0.5, source=FACTS, vintage="2030"),
        ]
        return {"aggregates": table("aggregates", rows), "observations": table("observations", dots), "groups": GROUPS}


CHART = TestInternetUseOverTime


def test_a_year_with_too_little_coverage_keeps_its_bounds_and_has_no_line():
    low = drawn(CHART).data.query("group_name == 'low-income' and series == 'computed'").set_index("year")
    assert low.loc[2028, "value"] == 20.0
    assert pd.isna(low.loc[2029, "value"])
    assert (low.loc[2029, "lower"], low.loc[2029, "upper"]) == (10.0, 95.0)


def test_only_published_figures_with_one_decimal_are_dots():
    dots = drawn(CHART).data.query("series == 'published'")
    assert dots[["year", "value"]].to_numpy().tolist() == [[2030, 61.3]]


def test_the_headline_is_of_the_newest_year_that_may_be_published():
    assert drawn(CHART).text.title.startswith("By our estimate 60 per cent of the world’s people used the Internet in 2029")


def test_a_newer_vintage_of_a_few_economies_does_not_empty_the_chart():
    assert set(drawn(CHART).data.query("series == 'computed'")["vintage"]) == {"2031-07-01"}


def test_lines_are_drawn_from_the_data():
    chart = drawn(CHART)
    of_world = chart.data.query("group_name == 'world' and series == 'computed'")
    lines = [list(line.get_ydata()) for axes in chart.figure.axes for line in axes.lines]
    assert of_world["value"].tolist() in lines
