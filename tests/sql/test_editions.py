"""Which edition of a series is dated, whole, an excerpt, a base, newest and preferred, on editions small enough to work out by hand."""

import duckdb
import pandas as pd
import pytest

from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from pipelines.warehouse import queries
from tests.support.editions import editions_of

TEN = [letter * 3 for letter in "ABCDEFGHIJ"]
DATA360 = "data360"


def held(vintage, areas, *, source="a", published=None, years=(2024,), kind="economy", **breakdown):
    """The numbers of an edition: one an area and year; the vintage's label dates it."""
    series = {"indicator": "individuals_using_internet", "area_kind": kind, "sex": "all", "locality": "all", "age": "all"} | breakdown
    return [
        series | {"area": area, "year": year, "source": source, "vintage": vintage, "published": published or vintage}
        for area in areas
        for year in years
    ]


def editions(*parts, **also):
    table = editions_of(pd.DataFrame([row for part in parts for row in part]), ordinary_sources=("a", "b"), **also)
    assert contract_problems("editions", conform("editions", table)).empty
    return table


def column(table, name, *by):
    """The values of a column by vintage, or by other columns."""
    return table.set_index(list(by) or "vintage")[name].to_dict()


def test_an_edition_says_how_many_areas_and_which_years_it_holds():
    (row,) = editions(held("2025", ["AAA", "BBB"], years=(1990, 2000, 2015)) + held("2025", ["CCC"], years=(2016,))).to_dict("records")
    # 1990, 2000, 2015 and 2016: four years in a span of 27.
    assert (row["areas"], row["first_year"], row["last_year"], row["years"]) == (3, 1990, 2016, 4)
    assert (row["published"], row["share_of_fullest"], row["is_whole"], row["is_excerpt"]) == ("2025", 1.0, True, False)


@pytest.mark.worked("editions")
def test_nine_tenths_of_the_areas_are_whole_and_less_is_an_excerpt():
    # 9 / 10 = 0.9 is enough, 8 / 10 is not.
    table = editions(held("2023", TEN), held("2024", TEN[:9]), held("2025", TEN[:8]))
    assert column(table, "share_of_fullest") == {"2023": 1.0, "2024": 0.9, "2025": 0.8}
    assert column(table, "is_excerpt") == {"2023": False, "2024": False, "2025": True}
    assert column(table, "is_whole") == column(table, "is_base") == {"2023": True, "2024": True, "2025": False}
    # An excerpt that came last is the newest nonetheless: what it has is new, what it leaves out says nothing.
    assert column(table, "rank_by_age") == {"2023": 3, "2024": 2, "2025": 1}


@pytest.mark.parametrize("count", [10, 20, 30, 70, 110, 130, 190, 230])
def test_exactly_nine_tenths_is_whole_for_any_number_of_areas(count):
    areas = [f"A{number:03}" for number in range(count)]
    table = editions(held("2024", areas), held("2025", areas[: count * 9 // 10]))
    assert column(table, "is_whole") == {"2024": True, "2025": True}


def test_what_was_gathered_is_no_excerpt_and_not_whole():
    table = editions(held("2024", TEN), held("2025", TEN), gathered=["2025"])
    assert column(table, "whole_series") == column(table, "is_whole") == {"2024": True, "2025": False}
    assert column(table, "is_excerpt") == {"2024": False, "2025": False}
    assert column(table, "is_base") == {"2024": True, "2025": True}


def test_an_undated_edition_is_the_oldest_never_whole_and_no_base_beside_a_dated_one():
    table = editions(held("2024", TEN), held("added", TEN, published="2026-11-24"), undated=["added"])
    assert column(table, "is_dated") == column(table, "is_whole") == column(table, "is_base") == {"2024": True, "added": False}
    assert column(table, "rank_by_age") == column(table, "rank_by_preference") == {"2024": 1, "added": 2}


def test_an_undated_edition_with_more_areas_makes_no_dated_one_an_excerpt():
    # Eight dated areas beside ten undated ones: the dated edition is the fullest dated one. The other way round, eight of ten are a part.
    table = editions(held("2024", TEN[:8]), held("added", TEN, published="2026-11-24"), undated=["added"])
    assert column(table, "share_of_fullest") == {"2024": 1.0, "added": 1.0}
    assert column(table, "is_excerpt") == {"2024": False, "added": False}
    table = editions(held("2024", TEN), held("added", TEN[:8], published="2026-11-24"), undated=["added"])
    assert column(table, "share_of_fullest") == {"2024": 1.0, "added": 0.8}


def test_where_nothing_is_dated_undated_editions_are_compared_with_each_other():
    table = editions(held("x", TEN, published="2026-11-01"), held("y", TEN[:5], published="2026-11-02"), undated=["x", "y"])
    assert column(table, "share_of_fullest") == {"x": 1.0, "y": 0.5}
    assert column(table, "is_base") == {"x": True, "y": False}
    assert column(table, "rank_by_age") == {"x": 2, "y": 1}


def test_a_vintage_of_which_one_file_is_undated_is_undated():
    observations = pd.DataFrame([*held("2025", TEN), *held("2025", TEN, sex="female")])
    observations["snapshot"] = "a/2025/" + observations["sex"]
    snapshots = observations[["snapshot", "source", "vintage", "published"]].drop_duplicates()
    snapshots = snapshots.assign(is_dated=snapshots["snapshot"] == "a/2025/all", whole_series=True)
    with duckdb.connect() as connection:
        connection.register("observations", observations)
        connection.register("snapshots", snapshots)
        connection.execute("create table sources as select 'a' as source, 1 as precedence_economies, 1 as precedence_groups")
        connection.execute("alter table sources add column tells_its_date boolean default true")
        table = connection.execute(queries.model("editions").text, dict(queries.model("editions").parameters)).df()
    assert column(table, "is_dated", "sex") == {"all": False, "female": False}


def test_two_sources_are_whole_each_beside_its_own_editions_and_the_base_is_the_fullest_of_all():
    # `b` has 5 of 10 economies and has never had more: whole by itself, and no base of weights.
    table = editions(held("2024", TEN), held("2026", TEN[:5], source="b"))
    key = ("source", "vintage")
    assert column(table, "is_whole", *key) == {("a", "2024"): True, ("b", "2026"): True}
    assert column(table, "is_base", *key) == {("a", "2024"): True, ("b", "2026"): False}
    # `b` is newer, `a` is preferred.
    assert column(table, "rank_by_age", *key) == {("a", "2024"): 2, ("b", "2026"): 1}
    assert column(table, "rank_by_preference", *key) == {("a", "2024"): 1, ("b", "2026"): 2}


def test_an_undated_edition_of_the_preferred_source_comes_after_a_dated_one_of_another():
    table = editions(held("added", TEN, published="2026-11-24"), held("2020", TEN, source="b"), undated=["added"])
    assert column(table, "rank_by_preference") == column(table, "rank_by_age") == {"2020": 1, "added": 2}


def test_a_source_that_does_not_tell_its_dates_is_never_newer_than_one_that_does():
    # Data360 is dated by the day it came.
    table = editions(held("2024", TEN), held("2026-11-24", TEN, source=DATA360))
    assert column(table, "rank_by_age") == {"2024": 1, "2026-11-24": 2}
    assert table["is_dated"].all()


def test_breakdowns_and_kinds_of_area_are_series_of_their_own():
    # Women are counted in 4 economies, all people in 10: each edition is compared with its like.
    table = editions(
        held("2024", TEN),
        held("2024", TEN[:4], sex="female"),
        held("2024", ["world", "ldc"], kind="group"),
        held("2025", TEN[:9]),
        held("2025", TEN[:3], sex="female"),
        held("2025", ["world"], kind="group"),
    )
    key = ("vintage", "area_kind", "sex")
    assert column(table, "share_of_fullest", *key) == {
        ("2024", "economy", "all"): 1.0, ("2024", "economy", "female"): 1.0, ("2024", "group", "all"): 1.0,
        ("2025", "economy", "all"): 0.9, ("2025", "economy", "female"): 0.75, ("2025", "group", "all"): 0.5,
    }  # fmt: skip
    assert column(table, "is_whole", *key)["2025", "economy", "all"]
    # A vintage has one age in all its series.
    assert set(column(table, "rank_by_age", "vintage", "area_kind", "sex").items()) == {
        ((vintage, kind, sex), place)
        for vintage, place in (("2025", 1), ("2024", 2))
        for kind, sex in (("economy", "all"), ("economy", "female"), ("group", "all"))
    }


def test_of_two_vintages_of_one_day_the_later_label_is_the_newer():
    table = editions(held("2025-10-aaaa", TEN, published="2025-10"), held("2025-10-bbbb", TEN, published="2025-10"))
    assert column(table, "rank_by_age") == {"2025-10-aaaa": 2, "2025-10-bbbb": 1}


def test_of_two_sources_of_one_day_the_preferred_is_the_newer_whatever_the_labels():
    table = editions(held("2025", TEN, published="2025-11-17"), held("2025-11-17", TEN, source="b"))
    assert column(table, "rank_by_age", "source") == {"a": 1, "b": 2}


def test_economies_and_groups_have_preferences_of_their_own():
    # ITU's DataHub goes before the World Bank for economies, and after it for groups.
    both = [held("2025", ["AAA"], source=source) + held("2025", ["world"], source=source, kind="group") for source in ITU_AND_BANK]
    table = editions(*both)
    assert column(table, "rank_by_preference", "source", "area_kind") == {
        ("itu-datahub", "economy"): 1, ("world-bank-wdi", "economy"): 2, ("world-bank-wdi", "group"): 1, ("itu-datahub", "group"): 2,
    }  # fmt: skip


ITU_AND_BANK = ("itu-datahub", "world-bank-wdi")


def test_the_editions_that_come_with_the_project(embedded_warehouse):
    table = embedded_warehouse.read("editions")
    assert contract_problems("editions", table).empty
    use = table.query("indicator == 'individuals_using_internet' and area_kind == 'economy'").set_index("vintage")
    # README of the embedded figures: what is held of July 2026 is a collection with holes; the other two are whole series.
    assert use["is_whole"].to_dict() == {"2025-10": True, "2026-04-11": True, "2026-07-13": False}
    assert use["rank_by_age"].rank().to_dict() == {"2025-10": 3, "2026-04-11": 2, "2026-07-13": 1}
    weights = table.query("indicator in ('population', 'urban_share', 'gni_per_capita') and area_kind == 'economy'")
    assert weights["is_base"].all()
