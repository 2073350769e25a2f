import pandas as pd

from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import ECONOMIES, GROUPS, aggregate, observation, table


class TestInternetUseWithinRegions(ChartChecks):
    chart = "internet_use_within_regions"
    another = 3.0

    @staticmethod
    def tables(somalia=20.0):
        values = {"KEN": (30.0, 40.0), "SOM": (None, somalia), "FRA": (88.0, 90.0), "DEU": (91.0, 93.0)}
        rows = [
            observation(iso3, year, value)
            for iso3, pair in values.items()
            for year, value in zip((2028, 2029), pair, strict=True)
            if value is not None
        ]
        rows.append(observation("KEN", 2029, 99.0, vintage="2031-09-01"))
        whole = [
            aggregate("world", 2029, 60.0),
            aggregate("itu-africa", 2029, 30.0, scheme="itu region"),
            aggregate("itu-europe", 2029, 92.0, scheme="itu region"),
        ]
        return {
            "aggregates": table("aggregates", whole),
            "observations": table("observations", rows),
            "economies": ECONOMIES,
            "groups": GROUPS,
        }


CHART = TestInternetUseWithinRegions


def test_the_spread_of_a_region_is_measured_within_one_vintage():
    chart = drawn(CHART)
    # Kenya's 99 is of another vintage. Africa: 40 - 20 = 20 points; Europe: 93 - 90 = 3.
    assert (
        chart.text.title
        == "Within Africa, Internet use ranges from 20 per cent in Somalia to 40 in Kenya (2029): the widest spread of the two regions"
    )
    assert set(chart.data["vintage"]) == {"2031-07-01"}
    assert chart.data.query("iso3 == 'SOM'")["year"].tolist() == [2029]
    assert chart.data.query("iso3.isna() and region == 'Africa'")["value"].tolist() == [30.0]


def test_a_line_of_an_economy_does_not_bridge_a_year_it_lacks():
    panel = drawn(CHART).figure.axes[0]
    # Somalia has one of the two years: a path with a hole, and a point.
    assert sorted(pd.isna(path.vertices).any() for path in panel.collections[0].get_paths()) == [False, True]
    assert [20.0] in [list(line.get_ydata()) for line in panel.lines]
