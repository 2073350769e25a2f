from indicators.charts.registry import CHARTS
from indicators.charts.selection import INTERNET_USE
from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import GROUPS, MEMBERS, WDI, observation, panel_texts, table


def data_gap(iso3, last_year=None, **more):
    has_value = last_year is not None
    return {
        "rank": 1, "rank_in_indicator": 1, "indicator": INTERNET_USE, "iso3": iso3, "sex": "all", "locality": "all", "age": "all",
        "reference_year": 2029, "last_year": last_year, "last_value": 20.0 if has_value else None,
        "age_years": 2029 - last_year if has_value else None, "nature": "unknown" if has_value else None, "bounds_shrink_by": 1.0,
        "groups": "", "plausible_lower": 0.0, "plausible_upper": 100.0, "source": WDI if has_value else None,
        "vintage": "2031-07-01" if has_value else None,
    } | more  # fmt: skip


class TestDataGapsByGroup(ChartChecks):
    chart = "data_gaps_by_group"
    another = "FRA"

    @staticmethod
    def tables(*others):
        rows = [data_gap("SOM", 2024), data_gap("KEN"), *map(data_gap, others)]
        rows += [data_gap(iso3, sex="female") for iso3 in ("KEN", "SOM", "FRA", "DEU")]
        # France and Germany have a value of the year, and are no gaps; no economy has one of women.
        current = [observation(area, 2029, 90.0) for area in ("FRA", "DEU")]
        return {
            "data_gaps": table("data_gaps", rows),
            "current_observations": table("current_observations", current),
            "memberships": MEMBERS,
            "groups": GROUPS,
            "indicators": table("indicators", [{"indicator": INTERNET_USE, "title": "Individuals using the Internet"}], checked=False),
        }


CHART = TestDataGapsByGroup


def test_gaps_are_counted_among_the_economies_of_the_world():
    chart = drawn(CHART)
    data = chart.data.groupby(["label", "group_name"])["economies"].sum()
    assert data["Individuals using the Internet", "world"] == 2
    assert data["Individuals using the Internet, women", "itu-europe"] == 2
    # The third low-income member is not on the world's list.
    assert set(chart.data.query("group_name == 'low-income'")["members"]) == {2}
    never = chart.data.query("label == 'Individuals using the Internet' and group_name == 'world' and gap == 'no value'")
    assert never["economies"].tolist() == [1]
    assert chart.text.title.startswith("For 1 of 2 series we hold no economy’s value")


def test_a_series_without_any_value_is_named_below_the_map_instead_of_filling_a_row():
    chart = drawn(CHART)
    assert "Individuals using the Internet" in panel_texts(chart)
    assert "Individuals using the Internet, women" not in panel_texts(chart)
    below = [text.get_text() for text in chart.figure.texts]
    assert "No value for any economy: Individuals using the Internet, women." in below
    # Its numbers are in the data all the same.
    assert "Individuals using the Internet, women" in set(chart.data["label"])


def test_a_group_without_a_gap_keeps_its_column():
    tables = CHART.tables()
    tables["data_gaps"] = table("data_gaps", [data_gap("SOM", 2024), data_gap("KEN")])
    chart = CHARTS[CHART.chart].make(tables)
    assert chart.data.query("group_name == 'itu-europe'")["economies"].tolist() == [0]
    assert {"Africa", "Europe"} <= set(panel_texts(chart))
