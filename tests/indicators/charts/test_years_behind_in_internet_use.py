from indicators.charts.selection import INTERNET_USE
from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import GROUPS, WDI, panel_texts, table


def distance(area, value, behind, least=None, **more):
    return {
        "indicator": INTERNET_USE, "area": area, "area_kind": "group", "year": 2029, "sex": "all", "locality": "all", "age": "all",
        "basis": "computed", "benchmark": "high-income", "value": value, "benchmark_year": None if behind is None else 2029 - behind,
        "years_behind": behind, "lower": least if behind is None else behind, "upper": behind, "source": WDI, "vintage": "2031-07-01",
    } | more  # fmt: skip


class TestYearsBehindInInternetUse(ChartChecks):
    chart = "years_behind_in_internet_use"
    another = 4.0

    @staticmethod
    def tables(world=9.5):
        rows = [
            distance("world", 60.0, world),
            distance("itu-africa", 30.0, None, least=20.0),
            distance("itu-europe", 92.0, None),
            distance("low-income", 35.0, 18.0),
            distance("low-income", 33.0, 17.0, year=2028),
            distance("low-income", 33.0, 3.0, basis="published"),
            distance("low-income", 33.0, 3.0, benchmark="world"),
            distance("KEN", 40.0, 16.0, area_kind="economy"),
        ]
        return {"time_distance": table("time_distance", rows), "groups": GROUPS}


CHART = TestYearsBehindInInternetUse


def test_distances_are_of_groups_computed_here_in_the_newest_year_and_a_minimum_is_marked():
    chart = drawn(CHART)
    assert chart.data[["area", "lower", "at_least"]].to_numpy().tolist() == [
        ["itu-africa", 20.0, True],
        ["low-income", 18.0, False],
        ["world", 9.5, False],
    ]
    assert chart.text.title == "In Internet use, Africa is more than 20 years behind high-income economies; the world is 9.5 years behind"
    assert "over 20" in panel_texts(chart)
