import pandas as pd

from indicators.charts.internet_use_by_economy import tile_grid
from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import observation, panel_texts, table
from tests.support.paths import PROJECT


class TestInternetUseByEconomy(ChartChecks):
    chart = "internet_use_by_economy"
    another = 60.0

    @staticmethod
    def tables(kenya=30.0):
        rows = [
            observation("KEN", 2030, kenya), observation("FRA", 2030, 90.0, nature="estimate"), observation("BRA", 2030, 80.0),
            observation("BRA", 2029, 79.0), observation("ERI", 2024, 19.0),
        ]  # fmt: skip
        economies = table("economies", [{"iso3": "KEN", "name": "Kenya"}, {"iso3": "ERI", "name": "Eritrea"}])
        return {"current_observations": table("current_observations", rows), "economies": economies}


CHART = TestInternetUseByEconomy


def test_every_economy_of_the_world_has_a_tile_and_no_two_share_one():
    tiles = tile_grid()
    memberships = PROJECT / "indicators" / "registries" / "memberships.csv"
    rows = pd.read_csv(memberships, keep_default_na=False)
    assert sorted(tiles["iso3"]) == sorted(set(rows.query("scheme == 'world'")["iso3"]))
    assert not tiles.duplicated(["column", "row"]).any()
    assert (tiles[["column", "row"]].min() == 1).all()


def test_an_economy_without_data_is_hatched_and_never_zero():
    chart = drawn(CHART)
    data = chart.data.set_index("iso3")
    assert data["value"].notna().sum() == 4
    assert pd.isna(data.loc["NRU", "value"])
    valued, absent = chart.figure.axes[0].collections
    assert (len(valued.get_paths()), len(absent.get_paths())) == (4, len(data) - 4)
    assert absent.get_hatch()


def test_an_older_value_carries_its_year_and_stays_out_of_the_headline():
    chart = drawn(CHART)
    # Three of four economies have 2030, and that is more than two thirds; Eritrea's value is of 2024.
    assert chart.data.query("older")["iso3"].tolist() == ["ERI"]
    assert "’24" in panel_texts(chart)
    assert chart.text.title.startswith("In 1 of 3 economies with a value for 2030 or later")


def test_an_estimate_is_set_in_italics():
    chart = drawn(CHART)
    assert [text.get_text() for text in chart.figure.axes[0].texts if text.get_fontstyle() == "italic"] == ["FRA"]
    assert "Codes in italics: estimates." in chart.text.subtitle
    assert "For 3 economies the source does not say whether the value is an estimate." in chart.text.source
