"""Every query of `sql/` on a database small enough to work out by hand: the models with their rows, the checks holding and broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicators.contracts.tables import TABLES, column_types
from pipelines.warehouse import queries

TYPES = {"str": "varchar", "int64": "bigint", "float64": "double", "bool": "boolean"}
USE, PHONE, BROADBAND = "individuals_using_internet", "mobile_phone_ownership", "fixed_broadband_subscriptions"

# What a row is unless a test says otherwise.
USUAL: dict[str, dict[str, Any]] = {
    "indicators": {"indicator": USE, "ceiling": 100.0, "aggregation": "mean over people"},
    "sources": {"source": "a", "precedence_economies": 1, "precedence_groups": 1, "tells_its_date": True},
    "snapshots": {"source": "a", "vintage": "2025", "published": "2025", "whole_series": True, "is_dated": True},
    "observations": {
        "indicator": USE, "area": "AAA", "area_kind": "economy", "year": 2024, "sex": "all", "locality": "all", "age": "all",
        "source": "a", "vintage": "2025", "published": "2025", "snapshot": "a/2025/f.csv",
    },
    "groups": {"scheme": "s", "has_members": True},
    "freshness": {"source": "a", "as_of": "2025-12-01", "newest_vintage": "2025", "published": "2025"},
    "quarantine": {"source": "a", "vintage": "2025", "file": "f.csv", "reason": "r"},
    "revisions": {
        "indicator": USE, "area": "AAA", "area_kind": "economy", "year": 2024, "sex": "all", "locality": "all", "age": "all",
        "source": "a", "vintage_from": "2024", "vintage_to": "2025",
    },
    "corrections": {"source": "a", "rows": 1, "newest_vintage": "2025", "status": "applies"},
    "unmeasured_topics": {"status": "not held", "economies": 0},
    "memberships": {"scheme": "income", "group_name": "high-income", "iso3": "AAA"},
    "aggregates": {
        "scheme": "world", "group_name": "world", "membership": "latest", "indicator": USE, "year": 2024, "sex": "all", "locality": "all",
        "age": "all", "rule": "renormalised", "coverage": 1.0, "publishable": "published", "source": "a", "vintage": "2025",
    },
    "gaps": {
        "divide": "sex", "indicator": USE, "area": "AAA", "among": "all", "year": 2024, "basis": "published", "side_a": "male",
        "side_b": "female", "source": "a", "vintage": "2025",
    },
    "verdicts": {"basis": "published", "source": "a", "vintage": "2025"},
    "time_distance": {
        "indicator": USE, "area": "AAA", "area_kind": "economy", "year": 2024, "sex": "all", "locality": "all", "age": "all",
        "basis": "published", "benchmark": "world", "source": "a", "vintage": "2025",
    },
    "convergence": {
        "scheme": "world", "group_name": "world", "membership": "latest", "indicator": USE, "sex": "all", "locality": "all", "age": "all",
        "measure": "beta", "scale": "linear", "year_from": 2014, "year_to": 2024, "year": 2024, "n_economies": 3, "source": "a",
        "vintage": "2025",
    },
    "change_decomposition": {
        "scheme": "world", "group_name": "world", "member_list": "latest", "indicator": USE, "sex": "all", "locality": "all", "age": "all",
        "measure": "value", "vintage_from": "2024", "year_from": 2023, "vintage_to": "2025", "year_to": 2024, "group_people_to": 100.0,
        "source": "a",
    },
    "inequality": {
        "measure": "gini", "indicator": USE, "year": 2024, "sex": "all", "locality": "all", "age": "all", "scheme": "none",
        "membership": "none", "economies": "reporting that year", "source": "a", "vintage": "2025",
    },
    "aggregate_consistency": {
        "scheme": "world", "group_name": "world", "indicator": USE, "year": 2024, "sex": "all", "locality": "all", "age": "all",
        "source": "a", "vintage": "2025", "membership": "at publication", "members_source": "a", "members_vintage": "2025",
        "members_are": "of the same vintage", "feasible": "feasible",
    },
    "imputed_aggregates": {
        "indicator": USE, "group_name": "high-income", "year": 2024, "sex": "all", "locality": "all", "age": "all", "source": "a",
        "vintage": "2025", "list": "2025-01-01", "nature": "own estimate",
    },
    "projections": {
        "indicator": USE, "area": "AAA", "area_kind": "economy", "sex": "all", "locality": "all", "age": "all", "model": "no change",
        "year": 2025, "horizon": 1, "value": 90.0, "beats_no_change": False, "last_value": 90.0, "last_year": 2024, "source": "a",
        "vintage": "2025",
    },
    "scenarios": {
        "scenario": "no change", "assumption": "a", "group_name": "world", "indicator": USE, "sex": "all", "locality": "all", "age": "all",
        "year": 2030, "base_year": 2024, "horizon": 6, "population": 100.0, "population_year": 2024, "coverage": 0.8,
        "share_with_path": 0.8, "n_members": 3, "n_with_path": 2, "tested_horizon": 6.0, "beats_no_change": True, "source": "a",
        "vintage": "2025",
    },
    "targets": {"target": "t", "area": "AAA", "indicator": USE, "age": "all", "rule": "at least", "source": "a", "vintage": "2025"},
    "indicator_review": {"indicator": USE, "economies": 0, "economies_recent": 0, "pairs_compared": 0, "volatility_reason": "r"},
    "data_gaps": {"indicator": USE, "iso3": "CCC", "sex": "all", "locality": "all", "age": "all", "reference_year": 2024},
}  # fmt: skip


class World:
    """A database with every public table, empty at first."""

    def __init__(self) -> None:
        self.prints_single_figures: set[str] = set()
        self.connection = duckdb.connect()
        for table in TABLES:
            columns = ", ".join(f'"{name}" {TYPES[kind]}' for name, kind in column_types(table).items())
            self.run(f"create table {table} ({columns})")

    def run(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        return self.rows_of(sql, list(parameters))

    def rows_of(self, sql: str, parameters: list[Any] | dict[str, Any]) -> list[dict[str, Any]]:
        relation = self.connection.execute(sql, parameters)
        names = [column[0] for column in relation.description]
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]

    def add(self, table: str, *rows: dict[str, Any]) -> None:
        for row in rows:
            full = USUAL.get(table, {}) | row
            self.run(f"insert into {table} ({', '.join(full)}) values ({', '.join('?' * len(full))})", *full.values())

    def number(self, value: float, *, half: float = 0.05, **row: Any) -> None:
        """Add an observation; `half` is half of what its last printed digit stands for. The vintage dates it, unless stated otherwise."""
        source, vintage = row.get("source", "a"), row.get("vintage", "2025")
        full = {
            "value": value,
            "lower": value - half,
            "upper": value + half,
            "published": vintage,
            "snapshot": f"{source}/{vintage}/f.csv",
        } | {name: given for name, given in row.items() if name != "is_dated"}
        self.add("observations", full)
        if not self.run("from snapshots where snapshot = ?", full["snapshot"]):
            whole = source not in self.prints_single_figures
            reported = {
                "snapshot": full["snapshot"],
                "file": full["snapshot"].rpartition("/")[2],
                "published": full["published"],
                "whole_series": whole,
                "is_dated": row.get("is_dated", True),
            }
            self.add("snapshots", {"source": source, "vintage": vintage, **reported})

    def make(self, *names: str) -> list[dict[str, Any]]:
        """Make models one after the other, each after the editions and their pairs if it reads them; return the rows of the last."""
        for name in names:
            query = queries.model(name)
            for first in ("editions", "edition_pairs"):
                if first in query.reads:
                    self.make(first)
            if name == "editions":
                self.know_every_source()
            self.connection.execute(f"create or replace table {name} as {query.text}", dict(query.parameters))
        return self.run(f"from {names[-1]}")

    def know_every_source(self) -> None:
        """Put each source that has numbers into the registry, after those that a test put there."""
        for number, row in enumerate(self.run("from (select distinct source from snapshots) anti join sources using (source)"), start=100):
            self.add("sources", {"source": row["source"], "precedence_economies": number, "precedence_groups": number})


@pytest.fixture(scope="module")
def empty() -> Iterator[World]:
    made = World()
    yield made
    made.connection.close()


@pytest.fixture
def world(empty) -> Iterator[World]:
    """The empty world; what a test does to it is rolled back."""
    empty.connection.execute("begin")
    empty.prints_single_figures = set()
    yield empty
    empty.connection.execute("rollback")


def rows(found: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    """Return the named columns of rows, sorted."""
    return sorted((tuple(row[column] for column in columns) for row in found), key=repr)


# ---- current_observations


@pytest.fixture
def two_sources(world) -> World:
    """For economies `a` goes before `b`, for groups `b` before `a`."""
    world.add("sources", {"source": "a", "precedence_groups": 2}, {"source": "b", "precedence_economies": 2})
    return world


@pytest.mark.worked("current_observations")
@pytest.mark.parametrize(("area", "kind", "source", "vintage"), [("AAA", "economy", "a", "2024"), ("world", "group", "b", "2021")])
def test_the_preferred_source_goes_before_a_newer_vintage_and_groups_have_preferences_of_their_own(
    two_sources, area, kind, source, vintage
):
    for value, of, edition in [(1.0, "a", "2023"), (2.0, "a", "2024"), (3.0, "b", "2020"), (4.0, "b", "2021")]:
        two_sources.number(value, area=area, area_kind=kind, source=of, vintage=edition)
    two_sources.number(5.0, area=area, area_kind=kind, source="b" if source == "a" else "a", vintage="2099")
    (chosen,) = two_sources.make("current_observations")
    assert (chosen["source"], chosen["vintage"]) == (source, vintage)
    assert (chosen["vintages_to_choose_from"], chosen["sources_to_choose_from"]) == (5, 2)
    assert chosen["chosen_because"] == "newest vintage of the preferred source that has it"


def test_a_choice_says_how_far_the_newest_of_the_other_sources_are_from_it(two_sources):
    two_sources.add("sources", {"source": "c", "precedence_economies": 3})
    two_sources.number(50.0, source="a", vintage="2024")
    for value, source, vintage in [(99.0, "a", "2020"), (10.0, "b", "2020"), (51.5, "b", "2025"), (48.0, "c", "2025")]:
        two_sources.number(value, source=source, vintage=vintage)
    (chosen,) = two_sources.make("current_observations")
    assert (chosen["value"], chosen["differs_by"]) == (50.0, 2.0)


def test_where_no_other_source_has_a_number_nothing_is_said_of_a_distance(two_sources):
    two_sources.number(50.0, vintage="2024")
    two_sources.number(51.0, vintage="2025")
    assert two_sources.make("current_observations")[0]["differs_by"] is None


def test_the_newest_vintage_is_that_published_last_whatever_its_label(two_sources):
    two_sources.number(1.0, vintage="spring", published="2026-04-01")
    two_sources.number(2.0, vintage="autumn", published="2025-10-01")
    assert rows(two_sources.make("current_observations"), "vintage", "value", "chosen_because") == [
        ("spring", 1.0, "newest vintage of the only source")
    ]


def test_of_two_vintages_of_one_day_the_later_label_is_taken_so_that_every_build_takes_the_same(two_sources):
    for label in ("2025-10-bbbb", "2025-10-aaaa"):
        two_sources.number(1.0, vintage=label, published="2025-10")
    assert rows(two_sources.make("current_observations"), "vintage") == [("2025-10-bbbb",)]


def test_a_number_only_an_older_vintage_or_a_later_choice_holds_is_kept(two_sources):
    two_sources.number(1.0, year=2010, vintage="2020")
    two_sources.number(2.0, year=2011, vintage="2025")
    two_sources.number(3.0, year=2012, source="b", vintage="2001")
    assert rows(two_sources.make("current_observations"), "year", "value", "vintages_to_choose_from", "chosen_because") == [
        (2010, 1.0, 1, "the only vintage that has it"),
        (2011, 2.0, 1, "the only vintage that has it"),
        (2012, 3.0, 1, "the only vintage that has it"),
    ]


@pytest.mark.parametrize(
    ("newest_is_whole", "current"), [(True, [(2020, 2.0), (2022, 2.0)]), (False, [(2020, 2.0), (2021, 1.0), (2022, 2.0)])]
)
def test_a_number_that_a_newer_whole_vintage_no_longer_has_was_withdrawn_and_is_not_current(two_sources, newest_is_whole, current):
    # The vintage of 2025 spans 2021 and has the area, but no value for it; an incomplete compilation says nothing by a gap.
    for year in (2020, 2021, 2022):
        two_sources.number(1.0, year=year, vintage="2024")
    two_sources.prints_single_figures |= set() if newest_is_whole else {"a"}
    for year in (2020, 2022):
        two_sources.number(2.0, year=year, vintage="2025")
    assert rows(two_sources.make("current_observations"), "year", "value") == current


def test_a_vintage_that_nobody_dated_is_the_last_choice_of_its_source_and_withdraws_nothing(two_sources):
    # Added today, it may be a file of years ago: it counts only where nothing dated of its source has the number.
    for year in (2020, 2021):
        two_sources.number(1.0, year=year, vintage="2024")
    for year in (2019, 2020, 2022):
        two_sources.number(9.0, year=year, vintage="2026-11-24T031500-aaaa", published="2026-11-24", is_dated=False)
    found = two_sources.make("current_observations")
    assert rows(found, "year", "value") == [(2019, 9.0), (2020, 1.0), (2021, 1.0), (2022, 9.0)]
    assert two_sources.make("revisions") == []


def test_an_undated_file_brings_back_nothing_that_a_newer_dated_edition_withdrew(two_sources):
    # The edition of 2025 spans 2021 and no longer has it; a file without a date, added since, has the number of old.
    for vintage, years in (("2024", (2020, 2021, 2022)), ("2025", (2020, 2022))):
        for year in years:
            two_sources.number(1.0, year=year, vintage=vintage)
    two_sources.number(9.0, year=2021, vintage="2026-11-24T031500-aaaa", published="2026-11-24", is_dated=False)
    assert rows(two_sources.make("current_observations"), "year", "vintage") == [(2020, "2025"), (2022, "2025")]


def test_a_dated_edition_of_another_source_goes_before_an_undated_one_of_the_preferred(two_sources):
    two_sources.number(9.0, source="a", vintage="2026-11-24T031500-aaaa", published="2026-11-24", is_dated=False)
    two_sources.number(1.0, source="b", vintage="2020")
    assert rows(two_sources.make("current_observations"), "source", "value") == [("b", 1.0)]


def test_an_edition_without_groups_withdraws_economies_and_no_group(two_sources):
    for year in (2020, 2021, 2022):
        two_sources.number(1.0, year=year, vintage="2024")
        two_sources.number(2.0, year=year, vintage="2024", area="world", area_kind="group")
    for year in (2020, 2022):
        two_sources.number(1.0, year=year, vintage="2025")
    assert rows(two_sources.make("current_observations"), "area", "year") == [
        ("AAA", 2020), ("AAA", 2022), ("world", 2020), ("world", 2021), ("world", 2022),
    ]  # fmt: skip


def test_a_number_that_the_newer_vintage_has_and_that_was_refused_was_not_withdrawn(two_sources):
    # KEN printed as 111 per cent: in quarantine, so the older figure stays, and no source says that it was withdrawn.
    for area in ("KEN", "UGA"):
        two_sources.number(96.0, area=area, vintage="2024")
    for area in ("UGA", "TZA"):
        two_sources.number(50.0, area=area, vintage="2025")
    refused = {
        "source": "a",
        "vintage": "2025",
        "indicator": USE,
        "area": "KEN",
        "year": 2024,
        "sex": "all",
        "locality": "all",
        "age": "all",
    }
    two_sources.add("quarantine", refused)
    assert rows(two_sources.make("current_observations"), "area", "value") == [("KEN", 96.0), ("TZA", 50.0), ("UGA", 50.0)]
    assert rows(two_sources.make("revisions"), "area", "kind") == [("TZA", "new"), ("UGA", "changed")]


def test_a_gathering_with_holes_gives_way_to_no_older_vintage_of_its_own_source(two_sources):
    two_sources.prints_single_figures.add("a")
    two_sources.number(1.0, area="KEN", vintage="2025", source="a")
    two_sources.prints_single_figures.clear()
    for area in ("KEN", "TZA"):
        two_sources.number(2.0, area=area, vintage="2024", source="a")
    two_sources.number(3.0, area="UGA", vintage="2026", source="a")
    assert rows(two_sources.make("current_observations"), "area", "value") == [("KEN", 1.0), ("TZA", 2.0), ("UGA", 3.0)]


def test_an_older_edition_of_single_figures_gives_way_to_another_source_and_the_newest_does_not(two_sources):
    # For groups `b` goes first; its edition of 2024 is superseded by that of 2025, which has 2022 only.
    two_sources.prints_single_figures.add("b")
    world_number = {"area": "world", "area_kind": "group"}
    two_sources.number(61.7, year=2021, source="b", vintage="2024", **world_number)
    two_sources.number(67.0, year=2022, source="b", vintage="2025", **world_number)
    for year, value in ((2021, 63.8), (2022, 66.9)):
        two_sources.number(value, year=year, source="a", vintage="2026", **world_number)
    assert rows(two_sources.make("current_observations"), "year", "value", "source") == [(2021, 63.8, "a"), (2022, 67.0, "b")]


def test_breakdowns_of_one_figure_do_not_compete(two_sources):
    for change in ({}, {"sex": "female"}, {"locality": "urban"}, {"age": "15-24"}, {"indicator": PHONE}, {"area": "BBB"}):
        two_sources.number(1.0, **change)
    found = two_sources.make("current_observations")
    assert len(found) == 6
    assert {row["vintages_to_choose_from"] for row in found} == {1}


# ---- revisions


def test_a_breakdown_that_came_alone_says_nothing_of_the_rest(world):
    # Women came new in the file of 2026; the total, in another file, did not.
    for sex, vintage, value in [("all", "2025", 60.0), ("female", "2025", 50.0), ("female", "2026", 55.0)]:
        world.number(value, sex=sex, vintage=vintage)
    assert rows(world.make("revisions"), "sex", "kind", "change") == [("female", "changed", 5.0)]


def test_a_year_that_the_earlier_edition_has_for_groups_alone_is_no_revision_of_economies(world):
    # The edition of 2025 has the group up to 2024 and economies up to 2023: the economy's 2024 is a new year, and not a new number.
    for vintage, last_year in (("2025", 2023), ("2026", 2024)):
        for year in range(2022, last_year + 1):
            world.number(10.0, year=year, vintage=vintage)
        for year in (2022, 2024):
            world.number(10.0, year=year, vintage=vintage, area="world", area_kind="group")
    assert world.make("revisions") == []


def test_the_summary_states_how_many_changed_by_how_much_and_whose(world):
    moved = [("AAA", "economy", 10.0, 13.0), ("BBB", "economy", 10.0, 9.0), ("CCC", "economy", 10.0, 10.0), ("world", "group", 10.0, 12.0)]
    for area, kind, before, after in moved:
        world.number(before, area=area, area_kind=kind, vintage="2025")
        world.number(after, area=area, area_kind=kind, vintage="2026")
    (reported,) = world.make("revisions", "revisions_in_brief")
    assert (reported["changed"], reported["new"], reported["withdrawn"], reported["economies"], reported["groups"]) == (3, 0, 0, 2, 1)
    assert reported["numbers"] == 4
    assert (reported["median_change"], reported["largest_change"]) == (2.0, 3.0)
    assert (reported["economies_moved_most"], reported["groups_moved"]) == ("AAA 2024 +3, BBB 2024 -1", "world 2024 +2")


@pytest.fixture
def series(world) -> World:
    world.add("sources", {"source": "a"}, {"source": "gathered"})
    world.prints_single_figures.add("gathered")
    return world


CHANGE = ("area", "year", "vintage_from", "vintage_to", "value_from", "value_to", "kind")


@pytest.mark.worked("revisions")
@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        # Whole percents allow half a point, so 67 may be 66.5 to 67.5: what was 67.0 or 67.4 to one decimal is the same figure.
        ((67, 0.5), (67.4, 0.05), False),
        ((67, 0.5), (67.5, 0.05), False),
        ((67, 0.5), (67.6, 0.05), True),
        ((67.4, 0.05), (67, 0.5), False),
        ((67.4, 0.05), (67.4, 0.05), False),
        ((67.4, 0.05), (67.5, 0.05), True),
        ((67.4, 0.05), (67.3, 0.05), True),
        ((67.4, 0.0), (67.4 + 1e-12, 0.0), False),
    ],
)
def test_a_change_counts_only_beyond_the_precision_of_the_coarser_vintage(series, before, after, changed):
    series.number(before[0], half=before[1], vintage="2024")
    series.number(after[0], half=after[1], vintage="2025")
    found = series.make("revisions")
    assert rows(found, *CHANGE) == ([("AAA", 2024, "2024", "2025", before[0], after[0], "changed")] if changed else [])
    if changed:
        assert found[0]["change"] == pytest.approx(after[0] - before[0])


def test_vintages_are_compared_with_the_next_one_only(series):
    for vintage, value in [("2023", 10.0), ("2024", 20.0), ("2025", 40.0)]:
        series.number(value, vintage=vintage)
    assert rows(series.make("revisions"), "vintage_from", "vintage_to", "change") == [("2023", "2024", 10.0), ("2024", "2025", 20.0)]


def test_vintages_follow_one_another_by_the_day_they_were_published(series):
    series.number(1.0, vintage="b", published="2024-01")
    series.number(2.0, vintage="a", published="2025-01")
    assert rows(series.make("revisions"), "vintage_from", "vintage_to") == [("b", "a")]


def test_two_sources_are_never_compared(series):
    series.number(1.0, source="a", vintage="2024")
    series.number(2.0, source="gathered", vintage="2025")
    assert series.make("revisions") == []


def test_new_and_withdrawn_are_said_of_years_and_areas_that_both_vintages_have(series):
    for vintage, years in {"2024": (2020, 2021, 2023), "2025": (2020, 2022, 2023, 2024)}.items():
        for year in years:
            series.number(50.0, year=year, vintage=vintage)
    # AAA's 2021 is gone and its 2022 new; its 2024 is after the last year of the earlier vintage, so it is progress and no revision.
    # BBB is only in the earlier vintage, CCC only in the later: both vintages are as full as can be, so it was dropped, and CCC taken up.
    series.number(50.0, area="BBB", year=2022, vintage="2024")
    series.number(50.0, area="CCC", year=2022, vintage="2025")
    assert rows(series.make("revisions"), *CHANGE) == [
        ("AAA", 2021, "2024", "2025", 50.0, None, "withdrawn"),
        ("AAA", 2022, "2024", "2025", None, 50.0, "new"),
        ("BBB", 2022, "2024", "2025", 50.0, None, "withdrawn"),
        ("CCC", 2022, "2024", "2025", None, 50.0, "new"),
    ]


def test_an_excerpt_with_less_than_nine_tenths_of_the_areas_says_nothing_by_what_it_leaves_out(world):
    # Ten areas, then nine of them, then eight: nine tenths are enough to say that the tenth was dropped, eight are an excerpt.
    areas = [letter * 3 for letter in "ABCDEFGHIJ"]
    for vintage, held in {"2024": areas, "2025": areas[:9], "2026": areas[:8]}.items():
        for area in held:
            world.number(50.0, area=area, vintage=vintage)
    assert rows(world.make("revisions"), "area", "vintage_to", "kind") == [("JJJ", "2025", "withdrawn")]
    world.add("sources", {"source": "a"})
    chosen = {row["area"]: row["vintage"] for row in world.make("current_observations")}
    assert chosen == dict.fromkeys(areas[:8], "2026") | {"III": "2025"}


def test_a_source_that_prints_single_figures_withdraws_nothing_but_may_change(series):
    for vintage, years in {"2024": (2020, 2021, 2023), "2025": (2020, 2022, 2023)}.items():
        for year in years:
            series.number(50.0 if year != 2020 else float(vintage) - 2000, year=year, vintage=vintage, source="gathered")
    assert rows(series.make("revisions"), *CHANGE) == [("AAA", 2020, "2024", "2025", 24.0, 25.0, "changed")]


def test_an_open_end_of_a_printed_form_does_not_hide_a_change(series):
    # "Over 95": no upper end. The other vintage's precision then decides.
    series.number(95.0, lower=95.0, upper=None, vintage="2024")
    series.number(97.0, vintage="2025")
    assert rows(series.make("revisions"), "change", "kind") == [(2.0, "changed")]


# ---- people, members_by_year, reported_values


@pytest.fixture
def counted(world) -> World:
    """World 100, AAA 60 and BBB 30: ten people live nowhere we know. Half of AAA is urban, of BBB nothing is said."""
    for area, kind, value in [
        ("world", "group", 100.0),
        ("AAA", "economy", 60.0),
        ("BBB", "economy", 30.0),
        ("high-income", "group", 60.0),
    ]:
        world.number(value, indicator="population", area=area, area_kind=kind)
    world.number(50.0, indicator="urban_share", area="AAA")
    world.number(55.0, indicator="urban_share", area="world", area_kind="group")
    return world


def test_people_are_those_of_the_economies_and_the_rest_of_the_world(counted):
    assert rows(counted.make("people"), "iso3", "locality", "people") == [
        ("AAA", "all", 60.0),
        ("AAA", "rural", 30.0),
        ("AAA", "urban", 30.0),
        ("BBB", "all", 30.0),
        ("rest of the world", "all", 10.0),
    ]


@pytest.mark.parametrize("total", [90.0, 89.0])
def test_where_the_economies_make_up_the_world_there_is_no_rest(counted, total):
    counted.run("update observations set value = ? where area = 'world' and indicator = 'population'", total)
    assert ("rest of the world",) not in rows(counted.make("people"), "iso3")


def test_a_newer_vintage_of_the_population_is_taken_whole(counted):
    for area, value in [("AAA", 61.0), ("BBB", 31.0)]:
        counted.number(value, indicator="population", area=area, vintage="2026")
    assert rows(counted.make("people"), "iso3", "locality", "people")[:4] == [
        ("AAA", "all", 61.0),
        ("AAA", "rural", 30.5),
        ("AAA", "urban", 30.5),
        ("BBB", "all", 31.0),
    ]


def test_a_newer_vintage_with_less_than_nine_tenths_of_the_economies_never_serves_as_base(counted):
    counted.number(61.0, indicator="population", area="AAA", vintage="2026")  # one economy of two
    assert ("AAA", "all", 60.0) in rows(counted.make("people"), "iso3", "locality", "people")


def test_nine_tenths_of_the_economies_are_enough(world):
    for vintage, count in (("2025", 10), ("2026", 9)):
        for number in range(count):
            world.number(float(vintage), indicator="population", area=f"AA{chr(65 + number)}", vintage=vintage)
    assert {row["people"] for row in world.make("people")} == {2026.0}


def test_a_population_that_nobody_dated_is_no_base_beside_one_that_is_dated(world):
    world.number(100.0, indicator="population", area="AAA", vintage="2025")
    world.number(999.0, indicator="population", area="AAA", vintage="2026-11-24T031500-aaaa", published="2026-11-24", is_dated=False)
    assert {row["people"] for row in world.make("people")} == {100.0}


def test_undated_incomes_are_not_used_where_there_are_dated_ones(world):
    world.number(100.0, indicator="gni_per_capita", area="AAA", vintage="2025")
    world.number(999.0, indicator="gni_per_capita", area="AAA", vintage="2026-11-24T031500-aaaa", published="2026-11-24", is_dated=False)
    assert {row["income"] for row in world.make("incomes")} == {100.0}


def test_membership_in_a_year_is_that_of_its_31_december(counted):
    counted.run("update observations set year = 2024")
    counted.add(
        "memberships",
        {"iso3": "AAA", "valid_to": "2024-12-31", "group_name": "left on the last day"},
        {"iso3": "AAA", "valid_to": "2025-01-01", "group_name": "left the day after"},
        {"iso3": "AAA", "valid_from": "2024-12-31", "group_name": "came on the last day"},
        {"iso3": "AAA", "valid_from": "2025-01-01", "group_name": "came the day after"},
        {"iso3": "AAA", "valid_from": "2020-07-01", "valid_to": "2024-07-01", "group_name": "was"},
        {"iso3": "AAA", "group_name": "always"},
    )
    found = counted.make("people", "dated_members", "members_by_year")
    groups = {kind: sorted(row["group_name"] for row in found if row["membership"] == kind) for kind in ("in force", "latest")}
    assert groups == {
        "in force": ["always", "came on the last day", "left the day after", "world"],
        "latest": ["always", "came on the last day", "came the day after", "world"],
    }


def test_the_rest_of_the_world_is_in_the_world_by_either_list_and_in_nothing_else(counted):
    found = counted.make("people", "dated_members", "members_by_year")
    assert rows(found, "iso3", "group_name", "membership") == [
        ("rest of the world", "world", "in force"),
        ("rest of the world", "world", "latest"),
    ]


def test_the_members_of_a_union_are_those_of_its_parts_each_for_its_time(world):
    world.add(
        "groups", {"group_name": "both", "scheme": "income union", "union_of": "low, high"}, {"group_name": "low"}, {"group_name": "ldc"}
    )
    world.add(
        "memberships",
        {"iso3": "AAA", "group_name": "low", "valid_to": "2020-07-01"},
        {"iso3": "AAA", "group_name": "high", "valid_from": "2020-07-01"},
        {"iso3": "BBB", "group_name": "ldc", "scheme": "ldc"},
    )
    assert rows(world.make("dated_members"), "scheme", "group_name", "iso3", "valid_from", "valid_to") == [
        ("income union", "both", "AAA", "2020-07-01", None),
        ("income union", "both", "AAA", None, "2020-07-01"),
        ("income", "high", "AAA", "2020-07-01", None),
        ("income", "low", "AAA", None, "2020-07-01"),
        ("ldc", "ldc", "BBB", None, None),
    ]


def test_reported_values_are_shares_of_economies_by_locality_at_most(world):
    world.add("indicators", {}, {"indicator": "price", "aggregation": "median over economies"})
    world.number(50.0)
    world.number(60.0, locality="urban", vintage="2024")
    for left_out in ({"sex": "female"}, {"age": "15-24"}, {"area_kind": "group", "area": "world"}, {"indicator": "price"}):
        world.number(99.0, **left_out)
    assert rows(world.make("reported_values"), "iso3", "locality", "vintage", "value") == [
        ("AAA", "all", "2025", 50.0),
        ("AAA", "urban", "2024", 60.0),
    ]


# ---- gap_pairs

PAIR = ("divide", "area", "among", "side_a", "side_b", "value_a", "value_b", "source", "vintage", "basis")


@pytest.fixture
def sided(world) -> World:
    world.add("indicators", {}, {"indicator": PHONE}, {"indicator": BROADBAND, "ceiling": None})
    return world


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"sex": "male"}, {"sex": "female"}, ("sex", "AAA", "all", "male", "female")),
        ({"locality": "urban"}, {"locality": "rural"}, ("locality", "AAA", "all", "urban", "rural")),
        ({"age": "15-24"}, {"age": "not 15-24"}, ("age", "AAA", "all", "15-24", "not 15-24")),
        (
            {"sex": "male", "locality": "rural", "age": "15-24"},
            {"sex": "female", "locality": "rural", "age": "15-24"},
            ("sex", "AAA", "rural, 15-24", "male", "female"),
        ),
        (
            {"area": "high-income", "area_kind": "group", "sex": "female"},
            {"area": "low-income", "area_kind": "group", "sex": "female"},
            ("income", "world", "female", "high-income", "low-income"),
        ),
    ],
)
def test_two_sides_of_one_vintage_make_a_pair(sided, a, b, expected):
    sided.number(80.0, **a)
    sided.number(70.0, **b)
    (pair,) = sided.make("gap_pairs")
    assert tuple(pair[name] for name in PAIR) == (*expected, 80.0, 70.0, "a", "2025", "published")
    assert (pair["lower_a"], pair["upper_b"], pair["publishable"], pair["coverage_a"]) == (79.95, 70.05, "published", None)


@pytest.mark.parametrize(
    "other",
    [
        {"vintage": "2024"}, {"source": "b"}, {"year": 2023}, {"area": "BBB"}, {"indicator": PHONE}, {"age": "10+"}, {"locality": "urban"},
    ],
    ids=str,
)  # fmt: skip
def test_what_differs_in_anything_but_its_side_makes_no_pair(sided, other):
    sided.number(80.0, sex="male")
    sided.number(70.0, sex="female", **other)
    assert sided.make("gap_pairs") == []


def test_each_vintage_makes_its_own_pair_and_never_one_with_another(sided):
    for vintage, male, female in [("2024", 70.0, 65.0), ("2025", 77.0, 71.0)]:
        sided.number(male, sex="male", vintage=vintage)
        sided.number(female, sex="female", vintage=vintage)
    assert rows(sided.make("gap_pairs"), "vintage", "value_a", "value_b") == [("2024", 70.0, 65.0), ("2025", 77.0, 71.0)]


def test_only_shares_have_gaps(sided):
    for sex in ("male", "female"):
        sided.number(40.0, sex=sex, indicator=BROADBAND)
    assert sided.make("gap_pairs") == []


def test_computed_pairs_are_of_the_income_groups_by_the_newest_list_under_the_rule_that_carries(sided):
    for group, value, coverage, publishable in [("high-income", 90.0, 0.9, "published"), ("low-income", 30.0, 0.6, "indicative")]:
        for membership in ("latest", "in force"):
            for rule in ("interpolate and carry", "renormalised", "hard bounds"):
                sided.add(
                    "aggregates",
                    {"scheme": "income", "group_name": group, "membership": membership, "rule": rule, "value": value, "lower": value - 1,
                     "upper": value + 1, "coverage": coverage, "publishable": publishable},
                )  # fmt: skip
    (pair,) = sided.make("gap_pairs")
    assert tuple(pair[name] for name in PAIR) == (
        "income",
        "world",
        "all",
        "high-income",
        "low-income",
        90.0,
        30.0,
        "a",
        "2025",
        "computed",
    )
    # The thinner side decides whether the gap may be printed.
    assert (pair["coverage_a"], pair["coverage_b"], pair["publishable"]) == (0.9, 0.6, "indicative")


def test_computed_pairs_of_two_vintages_are_not_made(sided):
    for group, vintage in [("high-income", "2024"), ("low-income", "2025")]:
        sided.add(
            "aggregates",
            {"scheme": "income", "group_name": group, "rule": "interpolate and carry", "value": 50.0, "vintage": vintage},
        )
    assert sided.make("gap_pairs") == []


# ---- headline_coverage


def covered(world: World, vintage: str, coverage: float, *areas: str, **row: Any) -> None:
    """Add a vintage that holds these economies, and what it covers of the world."""
    for area in areas:
        world.number(50.0, area=area, vintage=vintage, **row)
    world.add("aggregates", {"rule": "hard bounds", "vintage": vintage, "coverage": coverage, "n_reporting": len(areas)})


def test_coverage_is_that_of_the_newest_vintage(world):
    covered(world, "2025", 0.9, "AAA", "BBB")
    covered(world, "2026", 0.7, "AAA", "BBB")
    world.add("aggregates", {"rule": "renormalised", "vintage": "2026", "coverage": 0.1, "n_reporting": 1})
    assert rows(world.make("headline_coverage"), "group_name", "year", "vintage", "coverage") == [("world", 2024, "2026", 0.7)]


@pytest.mark.parametrize(
    ("areas", "vintage"),
    # Of ten economies nine are a whole edition, and eight are an excerpt, which is not the basis of the headline.
    [(9, "2026"), (8, "2025")],
)
def test_an_excerpt_takes_no_coverage_away(world, areas, vintage):
    ten = [letter * 3 for letter in "ABCDEFGHIJ"]
    covered(world, "2025", 0.9, *ten)
    covered(world, "2026", 0.1, *ten[:areas])
    assert rows(world.make("headline_coverage"), "vintage") == [(vintage,)]


def test_a_vintage_that_nobody_dated_is_no_newer_coverage(world):
    covered(world, "2025", 0.9, "AAA")
    covered(world, "2026", 0.1, "AAA", is_dated=False)
    assert rows(world.make("headline_coverage"), "vintage") == [("2025",)]


# ---- thin_newest_years


def test_a_newest_year_that_few_report_for_is_reported_with_the_year_that_carries_a_headline(world):
    for year, coverage, publishable in [(2022, 0.9, "published"), (2023, 0.7, "published"), (2024, 0.1, "not published")]:
        world.add("aggregates", {"rule": "hard bounds", "year": year, "coverage": coverage, "publishable": publishable, "n_reporting": 1})
    world.add("aggregates", {"rule": "hard bounds", "year": 2025, "coverage": 0.0, "publishable": "not published", "n_reporting": 0})
    (thin,) = world.make("thin_newest_years")
    assert (thin["newest_year"], thin["coverage"], thin["headline_year"]) == (2024, 0.1, 2023)


def test_a_newest_year_that_most_report_for_is_not_reported_and_one_without_any_headline_is(world):
    world.add("aggregates", {"rule": "hard bounds", "n_reporting": 1})
    world.add("aggregates", {"rule": "hard bounds", "n_reporting": 1, "vintage": "2026", "publishable": "indicative", "coverage": 0.5})
    assert rows(world.make("thin_newest_years"), "vintage", "headline_year") == [("2026", None)]


# ---- what inequality, projections, targets, what-ifs and gaps of data are made from


@pytest.fixture
def reached(world) -> World:
    """Two sources of Internet use; half of the world's people report for 2023 to the preferred one, and for 2024 to the other."""
    world.add("indicators", {"better": "higher"}, {"indicator": PHONE, "better": "neither"})
    world.add("sources", {}, {"source": "b", "precedence_economies": 2})
    for source, year in (("a", 2023), ("b", 2024)):
        world.number(50.0, source=source, year=year)
        world.add("aggregates", {"rule": "hard bounds", "source": source, "year": year, "publishable": "indicative"})
    return world


def what_is_asked(world: World) -> list[tuple[Any, ...]]:
    return rows(world.make("scenario_values"), "source", "vintage", "iso3", "year", "base_year")


def test_a_scenarios_starts_from_the_vintage_whose_newest_year_of_half_the_people_is_latest(reached):
    assert what_is_asked(reached) == [("b", "2025", "AAA", 2024, 2024)]
    # A thin newer year decides nothing, and is part of the series; of two that go as far the preferred source is taken.
    reached.number(51.0, year=2025)
    reached.add("aggregates", {"rule": "hard bounds", "year": 2024}, {"rule": "hard bounds", "year": 2025, "publishable": "not published"})
    assert what_is_asked(reached) == [("a", "2025", "AAA", 2023, 2024), ("a", "2025", "AAA", 2025, 2024)]


def test_a_scenarios_is_of_the_newest_vintage_of_its_source_and_of_an_undated_one_only_where_there_is_no_other(reached):
    reached.number(40.0, source="b", vintage="2026", year=2023)
    reached.add("aggregates", {"rule": "hard bounds", "source": "b", "vintage": "2026", "year": 2023})
    assert what_is_asked(reached) == [("a", "2025", "AAA", 2023, 2023)]
    reached.run("update snapshots set is_dated = false where source = 'a'")
    assert what_is_asked(reached) == [("b", "2026", "AAA", 2023, 2023)]


@pytest.mark.parametrize(
    "named",
    [
        {"membership": "in force"},
        {"group_name": "high-income"},
        {"rule": "renormalised"},
        {"indicator": PHONE},
        {"publishable": "not published"},
    ],
)
def test_nothing_is_asked_where_half_of_the_worlds_people_never_report_or_no_direction_is_better(world, named):
    world.add("indicators", {"better": "higher"}, {"indicator": PHONE, "better": "neither"})
    world.add("sources", {})
    world.number(50.0)
    world.number(50.0, indicator=PHONE)
    world.add("aggregates", {"rule": "hard bounds"} | named)
    assert what_is_asked(world) == []


def test_economies_are_parted_by_income_itu_region_and_the_region_of_the_world_bank(counted):
    counted.make("people")
    counted.run("create table members_by_year (scheme varchar, membership varchar, group_name varchar, iso3 varchar, year bigint)")
    for scheme in ("income", "itu region", "ldc", "world"):
        counted.run("insert into members_by_year values (?, 'in force', 'g', 'AAA', 2024)", scheme)
    counted.add("economies", {"iso3": "AAA", "world_bank_region": "North"}, {"iso3": "BBB"})
    years = {row["year"] for row in counted.run("from people")}
    assert rows(counted.make("partitions_by_year"), "scheme", "membership", "group_name", "iso3", "year") == sorted(
        [("income", "in force", "g", "AAA", 2024), ("itu region", "in force", "g", "AAA", 2024)]
        + [("world bank region", "latest", "North", "AAA", year) for year in years],
        key=repr,
    )


@pytest.fixture
def projected(world) -> World:
    world.add("indicators", {"better": "higher"}, {"indicator": PHONE, "better": "higher", "ceiling": None})
    world.add("sources", {"source": "a", "precedence_economies": 1}, {"source": "b", "precedence_economies": 2})
    return world


def series_taken(found: list[dict[str, Any]]) -> set[tuple[str, str, int]]:
    return {(row["source"], row["vintage"], row["year"]) for row in found}


def test_a_series_is_projected_from_the_newest_vintage_and_of_two_sources_the_preferred(projected):
    for vintage in ("2024", "2025"):
        projected.number(50.0, vintage=vintage)
    projected.number(51.0, source="b", vintage="2026")
    projected.number(1.0, indicator=PHONE)
    assert series_taken(projected.make("projected_series")) == {("a", "2025", 2024)}


def test_a_longer_series_goes_before_a_preferred_one_and_then_the_one_that_goes_further(projected):
    projected.number(50.0, year=2024, source="a")
    for year in range(2015, 2023):
        projected.number(50.0, year=year, source="b")
    assert series_taken(projected.make("projected_series")) == {("b", "2025", year) for year in range(2015, 2023)}
    for year in range(2013, 2021):
        projected.number(50.0, year=year, source="a")
    # `a` has nine values up to 2024 now, `b` eight up to 2022.
    assert series_taken(projected.make("projected_series")) == {("a", "2025", year) for year in [*range(2013, 2021), 2024]}


def test_a_series_that_nobody_dated_is_projected_only_where_there_is_no_other(projected):
    for year in range(2015, 2024):
        projected.number(50.0, year=year, source="b", vintage="2026", is_dated=False)
    assert {row["source"] for row in projected.make("projected_series")} == {"b"}
    projected.number(50.0, year=2020)
    assert series_taken(projected.make("projected_series")) == {("a", "2025", 2020)}


def test_a_series_comes_with_the_newest_current_figure_of_any_source(projected):
    key = {"indicator": USE, "area": "AAA", "sex": "all", "locality": "all", "age": "all"}
    projected.add("current_observations", key | {"year": 2023, "value": 69.2, "source": "a", "vintage": "2026"})
    projected.add("current_observations", key | {"year": 2025, "value": 73.6, "source": "b", "vintage": "2025"})
    projected.add("current_observations", key | {"indicator": PHONE, "year": 2025, "value": 110.0, "source": "a", "vintage": "2025"})
    found = projected.make("newest_figures")
    assert rows(found, "indicator", "newest_year", "newest_value", "newest_source") == [(USE, 2025, 73.6, "b")]


@pytest.fixture
def targeted(world) -> World:
    world.add("sources", {"source": "a"}, {"source": "b", "precedence_economies": 2})
    return world


def test_a_target_is_held_against_all_values_of_the_vintage_of_the_newest_number(targeted):
    for year, vintage in [(2020, "2024"), (2021, "2024"), (2021, "2025"), (2022, "2025")]:
        targeted.number(50.0, year=year, vintage=vintage)
    targeted.add("current_observations", {"indicator": USE, "area": "AAA", "year": 2020, "sex": "all", "locality": "all", "age": "all",
                 "source": "a", "vintage": "2024"}, {"indicator": USE, "area": "AAA", "year": 2022, "sex": "all", "locality": "all",
                 "age": "all", "source": "a", "vintage": "2025"})  # fmt: skip
    assert series_taken(targeted.make("target_series")) == {("a", "2025", 2021), ("a", "2025", 2022)}


def test_parity_that_no_publisher_prints_is_computed_from_the_newest_vintage_that_has_both_sexes(targeted):
    for vintage, parity in [("2024", 0.8), ("2025", 0.9)]:
        targeted.number(50.0, sex="female", vintage=vintage)
        targeted.add("gaps", {"parity": parity, "parity_lower": parity, "parity_upper": parity, "vintage": vintage})
    targeted.add("gaps", {"divide": "locality", "parity": 0.5}, {"among": "urban", "parity": 0.5}, {"basis": "computed", "parity": 0.5})
    found = targeted.make("target_series")
    assert rows(found, "indicator", "area", "sex", "age", "value", "vintage") == [
        ("gender_parity_internet", "AAA", "all", "all", 0.9, "2025")
    ]


def test_what_is_known_and_asked_for_are_averages_over_people_of_which_more_is_better(world):
    world.add("indicators", {"better": "higher"}, {"indicator": PHONE, "better": "lower"}, {"indicator": BROADBAND, "aggregation": "none"})
    for indicator in (USE, PHONE, BROADBAND):
        world.number(50.0, indicator=indicator)
        world.add("current_observations", {"indicator": indicator, "area": "AAA", "area_kind": "economy", "year": 2024, "value": 50.0})
    # Of groups, the sexes and localities are asked for, and no ages.
    for breakdown in ({"sex": "female"}, {"age": "15-24"}):
        world.number(50.0, area="world", area_kind="group", **breakdown)
    world.number(50.0, age="75+")
    assert rows(world.make("newest_values"), "indicator", "iso3", "value") == [(USE, "AAA", 50.0)]
    assert rows(world.make("wanted_breakdowns"), "indicator", "sex", "locality", "age") == [
        (USE, "all", "all", "75+"),
        (USE, "all", "all", "all"),
        (USE, "female", "all", "all"),
    ]


def test_values_as_printed_are_those_of_all_people_of_economies_in_every_vintage(world):
    world.add("indicators", {}, {"indicator": BROADBAND, "aggregation": "none"})
    for vintage in ("2024", "2025"):
        world.number(50.0, vintage=vintage)
    world.number(50.0, locality="urban")
    for left_out in ({"sex": "female"}, {"age": "15-24"}, {"indicator": BROADBAND}, {"area": "world", "area_kind": "group"}):
        world.number(50.0, **left_out)
    assert rows(world.make("values_as_printed"), "iso3", "locality", "vintage", "lower", "upper") == [
        ("AAA", "all", "2024", 49.95, 50.05),
        ("AAA", "all", "2025", 49.95, 50.05),
        ("AAA", "urban", "2025", 49.95, 50.05),
    ]


# ---- vintages_of_groups, printed_groups


@pytest.fixture
def grouped(world) -> World:
    """Ten economies in 2024 and a group; `b` prints groups alone."""
    world.add("indicators", {}, {"indicator": "price", "aggregation": "median over economies"})
    for letter in "ABCDEFGHIJ":
        world.number(50.0, area=letter * 3, vintage="2024-05")
    for source, indicator in (("a", USE), ("b", USE), ("a", "price")):
        world.number(60.0, area="world", area_kind="group", vintage="2024-05", source=source, indicator=indicator)
    return world


def test_a_source_speaks_of_groups_to_stand_in_for_where_it_prints_their_members(grouped):
    assert rows(grouped.make("vintages_of_groups"), "source", "indicator", "vintage", "list", "has_holes", "is_newest") == [
        ("a", USE, "2024-05", "2024-05-01", False, True)
    ]
    assert rows(grouped.make("printed_groups"), "source", "indicator", "group_name", "value") == [("a", USE, "world", 60.0)]


@pytest.mark.parametrize(("economies", "newest"), [(9, "2025"), (8, "2024-05"), (0, "2024-05")])
def test_an_excerpt_is_never_the_vintage_that_goes_without_a_group(grouped, economies, newest):
    for letter in "ABCDEFGHIJ"[:economies]:
        grouped.number(51.0, area=letter * 3, vintage="2025")
    grouped.number(51.0, area="ldc", area_kind="group", vintage="2025")
    found = grouped.make("vintages_of_groups")
    assert [row["vintage"] for row in found] == ["2024-05", "2025"]
    assert [row["vintage"] for row in found if row["is_newest"]] == [newest]


def test_an_undated_vintage_misses_nothing_and_a_compilation_is_reported(grouped):
    undated = {"vintage": "2026-11-24T031500-aaaa", "published": "2026-11-24", "is_dated": False}
    grouped.prints_single_figures.add("a")
    for letter in "ABCDEFGHIJ":
        grouped.number(9.0, area=letter * 3, **undated)
        grouped.number(9.0, area=letter * 3, vintage="2025-07-01")
    assert rows(grouped.make("vintages_of_groups"), "vintage", "has_holes", "is_newest") == [
        ("2024-05", False, False),
        ("2025-07-01", True, True),
    ]


# ---- held_values, held_breakdowns, holdings, revised_numbers


def test_what_is_held_of_an_indicator_is_of_all_ages_or_of_those_it_is_stated_for(two_sources):
    for age, value in (("all", 50.0), ("15-24", 70.0)):
        two_sources.number(value, age=age)
    two_sources.number(80.0, indicator=PHONE, age="10+", nature="estimate")
    two_sources.number(70.0, sex="female")
    two_sources.number(90.0, area="BBB", age="15-24")
    assert rows(two_sources.make("current_observations", "held_values"), "indicator", "area", "nature") == [
        (USE, "AAA", None),
        (PHONE, "AAA", "estimate"),
    ]


def test_a_breakdown_is_held_where_one_vintage_has_two_sides_of_one_year(two_sources):
    two_sources.number(50.0, sex="female", year=2020)
    two_sources.number(55.0, sex="male", year=2020)
    two_sources.number(60.0, sex="female", year=2021)
    two_sources.number(60.0, area="BBB", sex="female", vintage="2024")
    two_sources.number(65.0, area="BBB", sex="male", vintage="2025")
    two_sources.number(70.0, area="CCC", age="10+")
    two_sources.number(70.0, area="DDD", sex="female", locality="rural")
    two_sources.number(70.0, area="DDD", sex="male", locality="urban")
    two_sources.number(70.0, area="world", area_kind="group", age="15-24")
    two_sources.number(70.0, area="world", area_kind="group", age="25-74")
    assert rows(two_sources.make("current_observations", "held_breakdowns"), "area_kind", "dimension", "areas", "last_year") == [
        ("economy", "sex", 1, 2020),
        ("group", "age", 1, 2024),
    ]


def test_holdings_name_all_sources_and_licences_and_count_the_dated_vintages(world):
    for source, vintage, is_dated, licence in [("b", "2024", True, "L2"), ("a", "2025", True, "L1"), ("a", "2026", False, "L1")]:
        world.number(1.0, source=source, vintage=vintage, is_dated=is_dated, licence=licence)
    assert rows(world.make("holdings"), "sources", "licences", "vintages") == [("a, b", "L1; L2", 2)]


def test_numbers_are_compared_between_whole_vintages_and_only_of_economies(series):
    # 2024 to 2025: AAA moves by 4, BBB stays, CCC is withdrawn and DDD new; to 2026 nothing moves. What is gathered is not whole.
    held = {"2024": {"AAA": 10.0, "BBB": 20.0, "CCC": 30.0}, "2025": {"AAA": 14.0, "BBB": 20.0, "DDD": 40.0}}
    for vintage, numbers in (held | {"2026": held["2025"]}).items():
        for area, value in numbers.items():
            series.number(value, area=area, vintage=vintage)
            series.number(value + float(vintage), area=area, vintage=vintage, source="gathered")
        series.number(float(vintage), area="world", area_kind="group", vintage=vintage)
    (row,) = series.make("revisions", "revised_numbers")
    assert (row["pairs"], row["numbers_before"], row["numbers_in_both"], row["moved"], row["withdrawn"]) == (2, 6, 5, 1, 1)
    assert (row["median_move"], row["largest_move"], row["largest_move_of"]) == (4.0, 4.0, "AAA 2024")


def test_where_nothing_moved_none_is_counted_and_no_move_is_made_up(series):
    for vintage in ("2024", "2025"):
        series.number(10.0, vintage=vintage)
    (row,) = series.make("revisions", "revised_numbers")
    assert (row["numbers_in_both"], row["moved"], row["withdrawn"], row["median_move"]) == (1, 0, 0, None)


# ---- impossible_averages


def test_a_figure_that_its_members_do_not_allow_is_reported_where_list_and_vintage_are_its_own(world):
    exceptions = [
        ("low-income", {"beyond": 1.0}),
        ("high-income", {"beyond": 2.0}),
        ("ldc", {"membership": "in force"}),
        ("sids", {"members_are": "last before it"}),
        ("world", {"feasible": "feasible"}),
    ]
    for group, other in exceptions:
        world.add("aggregate_consistency", {"group_name": group, "feasible": "infeasible, too high", "forced_by": "BBB"} | other)
    assert [row["group_name"] for row in world.make("impossible_averages")] == ["high-income", "low-income"]


# ---- the checks


def good_world() -> World:
    """A world in which every check holds.

    AAA (50 people, 90 %) is the high-income group, BBB (30 people, 50 %) and CCC (20 people, no value) the low-income one. So
    the world is (45 + 15) / 80 = 75 by its reporters, 80 of 100 people report, and its bounds are 60 and 60 + 20 = 80; low income is
    15 / 30 = 50, coverage 30 / 50, bounds 30 and 70.
    """
    world = World()
    not_tied = {"indicator": "population", "ceiling": None, "aggregation": "none", "no_paragraph_because": "a weight"}
    world.add("indicators", {"paragraphs": "21"}, not_tied)
    world.add("sources", {})
    world.add("economies", *({"iso3": iso3, "name": iso3.lower()} for iso3 in ("AAA", "BBB", "CCC")))
    world.add("groups", *({"group_name": name} for name in ("world", "high-income", "low-income")))
    world.add("groups", {"group_name": "all-incomes", "union_of": "high-income, low-income"}, {"group_name": "alone", "has_members": False})
    for kind, table, key in [("indicator", "indicators", "indicator"), ("economy", "economies", "iso3"), ("group", "groups", "group_name")]:
        world.add("labels", *({"kind": kind, "language": "en"} | {"key": row[key]} for row in world.run(f"from {table}")))
    world.add("freshness", {})
    for iso3, people, share in [("AAA", 50.0, 90.0), ("BBB", 30.0, 50.0), ("CCC", 20.0, None)]:
        world.number(people, indicator="population", area=iso3)
        if share is not None:
            world.number(share, area=iso3)
            world.number(share - 1, area=iso3, vintage="2024", snapshot="a/2024/f.csv")
        world.add("memberships", {"scheme": "world", "group_name": "world", "iso3": iso3})
    world.number(88.0, area="AAA", sex="male")
    world.number(92.0, area="AAA", sex="female")
    world.number(76.0, area="world", area_kind="group")
    world.add("memberships", {"iso3": "AAA"}, {"group_name": "low-income", "iso3": "CCC"})
    # BBB moved up for two years; the day it comes back is the day it leaves.
    world.add(
        "memberships",
        {"group_name": "low-income", "iso3": "BBB", "valid_to": "2018-07-01"},
        {"group_name": "high-income", "iso3": "BBB", "valid_from": "2018-07-01", "valid_to": "2020-07-01"},
        {"group_name": "low-income", "iso3": "BBB", "valid_from": "2020-07-01"},
    )
    world.add(
        "snapshots",
        {"snapshot": "a/2025/f.csv", "rows": 10},
        {"snapshot": "a/2024/f.csv", "rows": 2},
        {"snapshot": "a/2023/none.csv", "rows": 0},
    )
    world.add("quarantine", *({"row_number": number} for number in (11, 12)))
    world.make("editions")
    world.run(f"insert into current_observations by name {queries.model('current_observations').text}")
    world.make("reported_values")
    world.make("people")
    world.make("dated_members")
    world.make("members_by_year")
    for scheme, group, value, lower, upper, coverage, people in [
        ("world", "world", 75.0, 60.0, 80.0, 0.8, 100.0),
        ("income", "high-income", 90.0, 90.0, 90.0, 1.0, 50.0),
        ("income", "low-income", 50.0, 30.0, 70.0, 0.6, 50.0),
    ]:
        for rule in ("renormalised", "interpolate and carry", "hard bounds"):
            world.add(
                "aggregates",
                {"scheme": scheme, "group_name": group, "rule": rule, "value": None if rule == "hard bounds" else value, "lower": lower,
                 "upper": upper, "coverage": coverage, "population": people},
            )  # fmt: skip
    world.add("gaps", {"value_a": 88.0, "value_b": 92.0})
    world.add("claims", {"claim": "c", "measure": "value", "figure": 85.0, "lower": 84.0, "upper": 85.0})
    world.add("verdicts", {"claim": "c", "moment": "at adoption"}, {"claim": "c", "moment": "now"})
    pair = {"claim_a": "c", "claim_b": "d", "identity": "the same quantity"}
    overlapping = {"claim_b": "e", "result": "possible", "gap": 0.0, "overlap": "[84, 85)"}
    world.add("claim_identities", pair | {"result": "conflict", "gap": 0.5}, pair | overlapping)
    world.add("claim_conflicts", pair)
    world.add("earlier_resolution", {"claim": "then", "value": 39.9}, {"claim": "never", "why": "nobody publishes it"})
    world.add("paragraphs", {"paragraph": 21, "indicators": USE}, {"paragraph": 124, "reason": "asks for a report"})
    world.add("action_lines", {"action_line": "C2", "indicators": USE}, {"action_line": "C10", "reason": "no quantity"})
    world.add("crosswalk", {"paragraph": 21, "action_line": "C2", "indicator": USE})
    world.add("calendar", {"paragraph": 124, "request": "a report"})
    world.add("unmeasured_topics", {"name": "roads"}, {"name": "schools", "status": "held", "economies": 2, "newest_year": 2024})
    world.add(
        "revisions",
        {"kind": "changed", "value_from": 89.0, "value_to": 90.0, "change": 1.0},
        {"kind": "new", "area": "BBB", "value_to": 50.0},
        {"kind": "withdrawn", "area": "CCC", "value_from": 40.0},
    )
    world.add("corrections", {"correction": "unit"}, {"correction": "none", "rows": 0, "newest_vintage": None, "status": "not held"})
    world.add("area_differences", {"area": "AAA", "attribute": "income", "published": "high-income"})
    _add_measures(world)
    return world


def _add_measures(world: World) -> None:
    """Add what is made of the figures: of each measure one with a result, and one without."""
    reported = {"value": 90.0, "benchmark_year": 2020.5, "years_behind": 3.5, "lower": 3.5, "upper": 3.5}
    world.add("time_distance", reported, {"area": "BBB", "value": 50.0, "lower": 2.0, "reason": "r"})
    world.add("convergence", {"value": 0.02}, {"group_name": "high-income", "n_economies": 1, "reason": "r"})
    # 70 to 75: progress 3 = 2 + 1, revision 1, population 0.5, membership 0.5 = 0.25 + 0.25.
    whole = {"value_from": 70.0, "value_to": 75.0, "total": 5.0, "progress": 3.0, "revision": 1.0, "population": 0.5, "membership": 0.5}
    parts = {"within": 2.0, "shift": 1.0, "leaving": 0.25, "joining": 0.25}
    revised = {"revision_of_reported": 1.0, "revision_newly_reported": 0.0, "revision_withdrawn": 0.0, "revision_of_filled": 0.0}
    world.add("change_decomposition", whole | parts | revised, {"group_name": "low-income", "value_to": 50.0, "reason": "r"})
    split = {"measure": "theil", "scheme": "income", "membership": "latest", "value": 0.1, "between": 0.04, "within": 0.06}
    world.add("inequality", {"value": 0.2, "highest": 0.25}, split, {"measure": "mean log deviation", "reason": "r"})
    world.add("aggregate_consistency", {}, {"group_name": "low-income", "feasible": "infeasible, too low", "forced_by": "BBB"})
    beside = {"lower": 90.5, "upper": 93.0, "bias": 2.0, "reason": "the interval is higher than the value: r"}
    world.add("projections", beside, {"model": "logistic", "value": 91.0, "beats_no_change": True, "lower": 90.0, "upper": 92.0})
    world.add(
        "imputed_aggregates", {"value": 90.0, "lower": 90.0, "upper": 90.0}, {"group_name": "low-income", "sex": "female", "reason": "r"}
    )
    # AAA 90 and BBB 50 with 80 of 100 people: 75 of them, as the world's aggregate; CCC may be anywhere, or at 95 and more.
    for scenario, value, lower, upper, said in [
        ("no change", 75.0, 60.0, 80.0, {"beats_no_change": False}),
        ("typical pace", 80.0, 64.0, 84.0, {}),
        ("best quarter's pace", 85.0, 68.0, 88.0, {}),
        ("target reached", 95.0, 95.0, 96.0, {"required": 95.0, "tested_horizon": None, "reason": "r"}),
    ]:
        in_people = {"people_lower": lower, "people_upper": upper, "offline_lower": 100 - upper, "offline_upper": 100 - lower}
        world.add("scenarios", {"scenario": scenario, "value": value, "lower": lower, "upper": upper} | in_people | said)
    # From 90 in 2024, which the vintage holds, to 91 a year later.
    world.add("targets", {"status": "on pace", "latest": 91.0, "year": 2025, "pace": 1.0, "pace_from": 2024})
    world.add("targets", {"area": "CCC", "status": "undetermined", "reason": "r"})
    world.add("data_gaps", {"world_bound_shrinks_by": 20.0})
    # AAA and BBB have a value; of the population AAA, BBB and CCC.
    held = {"share_country": 0.5, "share_estimate": 0.25, "share_unknown": 0.25, "economies_recent": 2}
    compared = {"pairs_compared": 1, "share_withdrawn": 0.0, "volatility_reason": None}
    world.add("indicator_review", held | compared | {"economies": 2, "share_of_people": 0.8, "share_of_people_recent": 0.8})
    world.add("indicator_review", held | {"indicator": "population", "economies": 3})


def _two_hundred_and_one_economies(people: float) -> Callable[[World], None]:
    def add(world: World) -> None:
        for number in range(201):
            area = f"{chr(65 + number // 26)}{chr(65 + number % 26)}X"
            world.add("economies", {"iso3": area})
            world.number(people / 201, indicator="population", area=area, vintage="1999", snapshot="a/1999/f.csv")
        world.add("snapshots", {"snapshot": "a/1999/f.csv", "rows": 201})

    return add


def _run(sql: str) -> Callable[[World], None]:
    return lambda world: world.run(sql)


def _add(table: str, **row: Any) -> Callable[[World], None]:
    return lambda world: world.add(table, row)


def _set(table: str, values: str, where: str) -> Callable[[World], None]:
    return _run(f"update {table} set {values} where {where}")


OF_USE = f"indicator = '{USE}'"
OF_2025, OF_THE_WORLD, OF_THE_POOR = "snapshot = 'a/2025/f.csv'", "group_name = 'world'", "group_name = 'low-income'"
RENORMALISED, NO_CHANGE = "rule = 'renormalised' and ", "scenario = 'no change'"

# By check: what breaks it, and the offender it must name.
BROKEN: dict[str, list[Any]] = {
    "every_row_read_is_kept_or_quarantined": [
        (_set("snapshots", "rows = 11", OF_2025), {"snapshot": "a/2025/f.csv", "rows": 11, "kept": 8, "refused": 2}),
        (_run("delete from quarantine where row_number = 12"), {"snapshot": "a/2025/f.csv", "refused": 1}),
        (_set("snapshots", "rows = 1", "rows = 0"), {"snapshot": "a/2023/none.csv", "kept": 0, "refused": 0}),
    ],
    "a_group_is_never_an_economy": [
        (lambda world: world.number(1.0, area="ZZZ"), {"area": "ZZZ", "area_kind": "economy", "numbers": 1}),
        (lambda world: world.number(1.0, area="world"), {"area": "world", "area_kind": "economy"}),
        (lambda world: world.number(1.0, area="AAA", area_kind="group"), {"area": "AAA", "area_kind": "group"}),
    ],
    "the_people_of_the_world_are_counted_in_billions": [
        (_two_hundred_and_one_economies(8e6), {"vintage": "1999", "people": pytest.approx(8e6)}),
        (_two_hundred_and_one_economies(8e12), {"vintage": "1999", "people": pytest.approx(8e12)}),
    ],
    "every_number_belongs_to_an_edition": [
        (lambda world: world.number(1.0, area="CCC", sex="female", vintage="2031"), {"area": "CCC", "vintage": "2031"}),
        (_set("editions", "last_year = 2023", "indicator = 'population'"), {"indicator": "population", "area": "AAA", "year": 2024}),
    ],
    "a_series_has_one_fullest_and_one_first_edition": [
        (_set("editions", "rank_by_preference = 2", "indicator = 'population'"), {"indicator": "population", "first_choices": 0}),
        (_set("editions", "share_of_fullest = 0.95", OF_USE), {"indicator": USE, "sources": 1, "sources_with_a_fullest": 0}),
    ],
    "the_newest_vintage_of_the_source_is_chosen": [
        (
            _set("current_observations", "vintage = '2024', published = '2024'", "area = 'BBB' and value = 50"),
            {"area": "BBB", "vintage": "2024", "newest": "2025"},
        ),
    ],
    "a_figure_lies_within_its_bounds": [
        (_set("aggregates", "value = 80.1", RENORMALISED + OF_THE_WORLD), {"group_name": "world", "value": 80.1}),
        (_set("aggregates", "value = 29.9", RENORMALISED + OF_THE_POOR), {"group_name": "low-income", "value": 29.9}),
    ],
    "income_groups_make_up_the_world": [
        (_set("aggregates", "population = 51", OF_THE_POOR), {"people": 101.0, "population": 100.0}),
    ],
    "a_renormalised_figure_lies_within_its_members": [
        (
            _set("aggregates", "value = 49.9", RENORMALISED + OF_THE_WORLD),
            {"group_name": "world", "value": 49.9, "lowest": 50.0, "highest": 90.0},
        ),
        (_set("aggregates", "value = 50.1", RENORMALISED + OF_THE_POOR), {"group_name": "low-income", "value": 50.1, "highest": 50.0}),
    ],
    "bounds_are_as_wide_as_what_is_not_reported": [
        (_set("aggregates", "upper = 79", OF_THE_WORLD), {"group_name": "world", "upper": 79.0, "coverage": 0.8}),
        (_set("aggregates", "coverage = 80", OF_THE_WORLD), {"group_name": "world", "coverage": 80.0}),
    ],
    "both_sides_are_of_one_vintage": [
        (_add("gaps", year=2023, value_a=88.0, value_b=92.0), {"year": 2023, "vintage": "2025"}),
        (_run("update gaps set vintage = '2024'"), {"area": "AAA", "vintage": "2024"}),
        (
            _run("update gaps set value_b = 49.0"),
            {"area": "AAA", "vintage": "2025"},
        ),
        (
            _run("update gaps set area = 'BBB'"),
            {"area": "BBB", "vintage": "2025"},
        ),
    ],
    "every_claim_is_judged_at_adoption_and_now": [
        (_run("delete from verdicts where moment = 'now'"), {"claim": "c", "moment": "now"}),
        (_set("verdicts", "basis = 'computed'", "moment = 'at adoption'"), {"claim": "c", "moment": "at adoption"}),
    ],
    "every_indicator_has_a_paragraph_or_a_reason": [
        (_run("update indicators set paragraphs = null"), {"indicator": USE}),
        (_run("update indicators set paragraphs = '21'"), {"indicator": "population", "no_paragraph_because": "a weight"}),
    ],
    "every_paragraph_has_an_indicator_or_a_reason": [
        (_run("update paragraphs set indicators = null"), {"paragraph": 21}),
        (_set("paragraphs", "reason = 'none'", "paragraph = 21"), {"paragraph": 21, "reason": "none"}),
    ],
    "every_action_line_has_an_indicator_or_a_reason": [
        (_run("update action_lines set reason = null"), {"action_line": "C10"}),
        (_set("action_lines", "reason = 'none'", "action_line = 'C2'"), {"action_line": "C2", "reason": "none"}),
    ],
    "a_tie_joins_what_exists": [
        (_run("update crosswalk set paragraph = 22"), {"paragraph": 22}),
        (_run("update crosswalk set action_line = 'C12'"), {"action_line": "C12"}),
        (_run("update crosswalk set indicator = 'none'"), {"indicator": "none"}),
    ],
    "a_statement_has_a_figure_or_a_reason": [
        (_run("update earlier_resolution set why = null"), {"claim": "never"}),
        (_run("update earlier_resolution set why = 'none'"), {"claim": "then", "why": "none"}),
    ],
    "every_conflict_was_tried": [
        (_run("update claim_identities set result = 'possible'"), {"claim_a": "c", "claim_b": "d"}),
        (_run("update claim_conflicts set claim_b = 'e'"), {"claim_a": "c", "claim_b": "e"}),
    ],
    "an_economy_is_in_one_group_of_a_scheme_at_a_time": [
        (
            _set("memberships", "valid_to = '2018-07-02'", "valid_to = '2018-07-01'"),
            {"iso3": "BBB", "valid_to": "2018-07-02", "other_from": "2018-07-01"},
        ),
        (
            _add("memberships", group_name="low-income", iso3="AAA"),
            {"iso3": "AAA", "group_name": "high-income", "other_group": "low-income"},
        ),
        (_set("memberships", "valid_to = null", "valid_to = '2020-07-01'"), {"iso3": "BBB", "other_from": "2020-07-01"}),
    ],
    "members_are_economies_and_groups_are_known": [
        (_add("memberships", iso3="ZZZ"), {"iso3": "ZZZ"}),
        (_add("memberships", group_name="rich"), {"group_name": "rich"}),
    ],
    "no_two_economies_share_a_name_or_number": [
        (_set("economies", "name = 'aaa'", "iso3 = 'BBB'"), {"iso3": "AAA", "other": "BBB", "name": "aaa"}),
        (_run("update economies set m49 = '004' where iso3 <> 'AAA'"), {"iso3": "BBB", "other": "CCC", "m49": "004"}),
    ],
    "a_group_has_members_or_says_that_it_has_none": [
        (_set("groups", "has_members = true", "group_name = 'alone'"), {"group_name": "alone"}),
        (_set("groups", "has_members = false", "group_name = 'world'"), {"group_name": "world"}),
        (_set("groups", "union_of = null", "group_name = 'all-incomes'"), {"group_name": "all-incomes"}),
    ],
    "no_two_sources_are_preferred_alike": [
        (_add("sources", source="b", precedence_groups=2), {"source": "a", "other": "b", "precedence_economies": 1}),
        (_add("sources", source="b", precedence_economies=2), {"source": "a", "other": "b", "precedence_groups": 1}),
    ],
    "every_indicator_economy_and_group_has_a_label": [
        (_run("delete from labels where key = 'BBB'"), {"kind": "economy", "key": "BBB", "language": "en"}),
        (_add("labels", kind="economy", key="AAA", language="fr"), {"kind": "group", "key": "world", "language": "fr"}),
    ],
    "a_vintage_has_one_source_that_is_known_and_one_date": [
        (_set("snapshots", "published = '2025-06'", "rows = 10"), {"vintage": "2025", "dates": 2}),
        (_add("snapshots", source="nobody", snapshot="nobody/2025/f.csv"), {"source": "nobody", "is_unknown": True}),
    ],
    "every_source_stands_at_its_newest_dated_vintage": [
        (_run("update freshness set newest_vintage = '2024'"), {"source": "a", "newest_vintage": "2024", "newest": "2025"}),
        (_run("delete from freshness"), {"source": "a", "newest_vintage": None}),
    ],
    "a_refused_row_has_a_reason_and_a_file": [
        (_set("quarantine", "reason = ''", "row_number = 11"), {"row_number": 11, "reason": ""}),
        (_set("quarantine", "file = 'g.csv'", "row_number = 12"), {"row_number": 12, "file": "g.csv"}),
    ],
    "a_change_lies_between_two_numbers_that_differ": [
        (_set("revisions", "change = 2", "kind = 'changed'"), {"area": "AAA", "change": 2.0}),
        (_set("revisions", "value_from = 90, change = 0", "kind = 'changed'"), {"area": "AAA", "value_from": 90.0}),
        (_set("revisions", "value_from = null, change = null", "kind = 'changed'"), {"area": "AAA", "kind": "changed"}),
        (_set("revisions", "value_from = 49", "kind = 'new'"), {"area": "BBB", "value_from": 49.0}),
        (_set("revisions", "value_from = null", "kind = 'withdrawn'"), {"area": "CCC", "value_from": None}),
    ],
    "the_two_lists_say_different_things": [
        (_run("update area_differences set ours = 'high-income'"), {"area": "AAA", "ours": "high-income"}),
    ],
    "a_correction_that_applies_has_changed_rows": [
        (_set("corrections", "rows = 0", "correction = 'unit'"), {"correction": "unit", "rows": 0}),
        (_set("corrections", "newest_vintage = '2025'", "correction = 'none'"), {"correction": "none", "newest_vintage": "2025"}),
    ],
    "the_interval_of_a_claim_touches_its_figure": [
        (_run("update claims set figure = 85.1"), {"claim": "c", "figure": 85.1}),
        (_run("update claims set lower = 86, upper = null"), {"claim": "c", "lower": 86.0}),
    ],
    "a_topic_is_held_where_economies_are_counted": [
        (_set("unmeasured_topics", "economies = 0", "status = 'held'"), {"name": "schools", "economies": 0}),
        (_set("unmeasured_topics", "newest_year = 2020", "name = 'roads'"), {"name": "roads", "newest_year": 2020.0}),
    ],
    "every_request_is_of_a_listed_paragraph": [(_run("update calendar set paragraph = 125"), {"paragraph": 125, "request": "a report"})],
    "a_conflict_and_nothing_else_leaves_a_gap": [
        (_set("claim_identities", "gap = 0", "result = 'conflict'"), {"claim_b": "d", "gap": 0.0}),
        (_set("claim_identities", "overlap = null", "result = 'possible'"), {"claim_b": "e", "overlap": None}),
    ],
    "years_behind_or_a_reason": [
        (_set("time_distance", "years_behind = null", "area = 'AAA'"), {"area": "AAA", "years_behind": None, "reason": None}),
        (_set("time_distance", "reason = 'r'", "area = 'AAA'"), {"area": "AAA", "years_behind": 3.5, "reason": "r"}),
        (_set("time_distance", "upper = 3.4", "area = 'AAA'"), {"area": "AAA", "upper": 3.4}),
        (_set("time_distance", "benchmark_year = 2020", "area = 'AAA'"), {"area": "AAA", "years_behind": 3.5}),
    ],
    "a_figure_or_a_reason": [
        (_set("convergence", "value = null", OF_THE_WORLD), {"group_name": "world", "value": None}),
        (_set("convergence", "value = 0.1, n_economies = 3", "reason = 'r'"), {"group_name": "high-income", "value": 0.1}),
        (_set("convergence", "n_economies = 2", OF_THE_WORLD), {"group_name": "world", "n_economies": 2}),
        (_set("convergence", "measure = 'sigma', value = -1", OF_THE_WORLD), {"measure": "sigma", "value": -1.0}),
    ],
    "ends_are_the_figures_of_the_aggregates": [
        (_set("change_decomposition", "value_to = 75.1", OF_THE_WORLD), {"group_name": "world", "value_to": 75.1, "value": 75.0}),
    ],
    "the_four_parts_add_up_to_the_change": [
        (_set("change_decomposition", f"{term} = {term} + 0.01", OF_THE_WORLD), {"group_name": "world"})
        for term in ("total", "progress", "revision", "population", "membership", "within", "joining", "revision_withdrawn")
    ]
    + [(_set("change_decomposition", "reason = null", "reason = 'r'"), {"group_name": "low-income", "total": None})],
    "a_measure_lies_within_its_range": [
        (_set("inequality", "value = 0.26", "measure = 'gini'"), {"measure": "gini", "value": 0.26, "highest": 0.25}),
        (_set("inequality", "value = -0.01", "measure = 'theil'"), {"measure": "theil", "value": -0.01}),
    ],
    "between_and_within_add_up": [
        (_set("inequality", "within = 0.05", "measure = 'theil'"), {"measure": "theil", "value": 0.1, "within": 0.05}),
        (_set("inequality", "within = null", "measure = 'theil'"), {"measure": "theil", "within": None}),
    ],
    "what_is_undefined_says_why": [
        (_set("inequality", "reason = null", "value is null"), {"measure": "mean log deviation", "reason": None}),
        (_set("inequality", "reason = 'r'", "measure = 'gini'"), {"measure": "gini", "value": 0.2, "reason": "r"}),
    ],
    "an_exception_names_the_members_that_force_it": [
        (_set("aggregate_consistency", "forced_by = null", OF_THE_POOR), {"group_name": "low-income", "forced_by": None}),
        (_set("aggregate_consistency", "forced_by = 'AAA'", OF_THE_WORLD), {"group_name": "world", "feasible": "feasible"}),
    ],
    "every_published_average_is_tested_or_says_why_not": [
        (_run("delete from aggregate_consistency where group_name = 'world'"), {"area": "world", "vintage": "2025", "feasible": None}),
        (
            _set("aggregate_consistency", "feasible = 'not testable'", OF_THE_WORLD),
            {"area": "world", "feasible": "not testable", "reason": None},
        ),
        (_set("aggregate_consistency", "reason = 'r'", OF_THE_WORLD), {"area": "world", "feasible": "feasible", "reason": "r"}),
    ],
    "a_model_that_does_not_beat_no_change_says_so": [
        (_set("projections", "beats_no_change = false", "model = 'logistic'"), {"area": "AAA", "model": "logistic", "value": 91.0}),
    ],
    "a_value_outside_its_interval_says_so": [
        (_set("projections", "reason = null", "model = 'no change'"), {"area": "AAA", "lower": 90.5, "reason": None}),
        (_set("projections", "reason = 'r'", "model = 'no change'"), {"area": "AAA", "lower": 90.5, "reason": "r"}),
    ],
    "no_change_is_the_last_value": [
        (_set("projections", "value = 90.1", "model = 'no change'"), {"area": "AAA", "no_changes": 0}),
        (_run("delete from projections where model = 'no change'"), {"area": "AAA", "no_changes": 0}),
        (_set("projections", "last_value = 91, value = 91", "true"), {"area": "AAA", "last_value": 91.0, "published": 90.0}),
    ],
    "a_scenario_lies_within_its_bounds": [
        (_set("scenarios", "value = 80.1", NO_CHANGE), {"scenario": "no change", "value": 80.1, "upper": 80.0}),
        (_set("scenarios", "value = null", NO_CHANGE), {"scenario": "no change", "value": None}),
        (_set("scenarios", "share_with_path = 0.9", NO_CHANGE), {"scenario": "no change", "share_with_path": 0.9}),
        (_set("scenarios", "required = 90", "scenario = 'target reached'"), {"scenario": "target reached", "lower": 95.0}),
        (_set("scenarios", "offline_lower = 10", NO_CHANGE), {"scenario": "no change", "offline_lower": 10.0}),
        (_set("scenarios", "coverage = 0.9", NO_CHANGE), {"scenario": "no change"}),
    ],
    "no_change_is_what_the_members_last_reported": [
        (_set("scenarios", "value = 75.1", NO_CHANGE), {"group_name": "world", "value": 75.1, "of_members": 75.0}),
        # A year before, in the vintage of then, the two stood at 89 and 49.
        (_set("scenarios", "vintage = '2024'", NO_CHANGE), {"value": 75.0, "of_members": pytest.approx(74.0)}),
    ],
    "a_pace_that_was_not_tested_says_so": [
        (_set("scenarios", "reason = null", "reason = 'r'"), {"scenario": "target reached", "tested_horizon": None}),
        (_set("scenarios", "tested_horizon = 5", NO_CHANGE), {"scenario": "no change", "tested_horizon": 5.0}),
        (_set("scenarios", "beats_no_change = false", "scenario = 'typical pace'"), {"scenario": "typical pace"}),
        (_set("scenarios", "group_error = 3, group_persistence_error = 2", "scenario = 'typical pace'"), {"scenario": "typical pace"}),
    ],
    "the_best_quarter_is_no_slower_than_the_typical": [
        (_set("scenarios", "value = 79.9", "scenario like 'best%'"), {"group_name": "world", "value": 79.9, "typical_value": 80.0}),
    ],
    "an_economy_alone_has_no_scenario": [(_set("scenarios", "group_name = 'AAA'", NO_CHANGE), {"group_name": "AAA"})],
    "a_pace_stays_within_one_vintage": [
        (_set("targets", "vintage = '2024'", "area = 'AAA'"), {"area": "AAA", "vintage": "2024"}),
        (_set("targets", "indicator = 'other'", "area = 'AAA'"), {"area": "AAA", "indicator": "other"}),
        (_set("targets", "pace = 1.1", "area = 'AAA'"), {"area": "AAA", "pace": 1.1}),
    ],
    "what_is_undetermined_says_why": [
        (_set("targets", "reason = null", "area = 'CCC'"), {"area": "CCC", "status": "undetermined", "reason": None}),
        (_set("targets", "status = 'met'", "area = 'CCC'"), {"area": "CCC", "status": "met", "latest": None}),
    ],
    "an_estimate_stands_only_where_nothing_is_printed": [
        (_set("imputed_aggregates", "group_name = 'world'", "value is not null"), {"group_name": "world", "value": 90.0, "printed": 76.0}),
    ],
    "what_cannot_be_estimated_says_why": [
        (_set("imputed_aggregates", "reason = null", "true"), {"group_name": "low-income", "value": None, "reason": None}),
        (_set("imputed_aggregates", "reason = 'r'", "value is not null"), {"group_name": "high-income", "value": 90.0, "reason": "r"}),
        (_set("imputed_aggregates", "value = 90.1", "value is not null"), {"group_name": "high-income", "value": 90.1, "upper": 90.0}),
    ],
    "a_gap_has_no_value_of_its_year": [
        (_set("data_gaps", "iso3 = 'BBB'", "true"), {"iso3": "BBB", "reference_year": 2024, "value": 50.0}),
    ],
    "the_gaps_of_a_breakdown_never_exceed_the_bound": [
        (_add("data_gaps", iso3="BBB", world_bound_shrinks_by=80.1), {"indicator": USE, "points": pytest.approx(100.1)}),
    ],
    "every_indicator_is_reviewed": [(_add("indicators", indicator=PHONE), {"indicator": PHONE})],
    "the_economies_counted_have_a_number": [
        (_set("indicator_review", "economies = 3", OF_USE), {"indicator": USE, "economies": 3, "of_all_ages": 2}),
        (_add("indicator_review", indicator=PHONE, economies=1), {"indicator": PHONE, "economies": 1}),
    ],
    "shares_are_nested_and_add_up": [
        (_set("indicator_review", "economies_recent = 3", OF_USE), {"indicator": USE, "economies_recent": 3}),
        (_set("indicator_review", "share_of_people_recent = 0.81", OF_USE), {"indicator": USE, "share_of_people_recent": 0.81}),
        (_set("indicator_review", "share_estimate = 0.5", OF_USE), {"indicator": USE, "share_estimate": 0.5}),
        (_set("indicator_review", "share_unknown = null", OF_USE), {"indicator": USE, "share_unknown": None}),
    ],
    "volatility_or_a_reason": [
        (_set("indicator_review", "volatility_reason = 'r'", OF_USE), {"indicator": USE, "volatility_reason": "r"}),
        (_set("indicator_review", "share_withdrawn = null", OF_USE), {"indicator": USE, "share_withdrawn": None}),
        (_set("indicator_review", "volatility_reason = null", "indicator = 'population'"), {"indicator": "population"}),
    ],
}

# What is unusual and still holds.
HOLDING: list[tuple[str, Callable[[World], None]]] = [
    ("the_people_of_the_world_are_counted_in_billions", _two_hundred_and_one_economies(8e9)),
    (
        "a_figure_lies_within_its_bounds",
        _run("update aggregates set value = 80.0000000001 where group_name = 'world' and value is not null"),
    ),
    ("a_figure_lies_within_its_bounds", _add("aggregates", value=500.0, lower=1.0, upper=None)),
    ("income_groups_make_up_the_world", _run("update aggregates set population = 10 where scheme = 'income'")),
    ("an_economy_is_in_one_group_of_a_scheme_at_a_time", _add("memberships", scheme="ldc", group_name="low-income", iso3="AAA")),
    ("the_newest_vintage_of_the_source_is_chosen", lambda world: world.number(1.0, source="b", vintage="2099")),
    ("both_sides_are_of_one_vintage", _add("gaps", basis="computed", value_a=1.0, value_b=2.0)),
    ("every_claim_is_judged_at_adoption_and_now", _add("verdicts", claim="c", moment="history")),
    # Another edition of the population makes another figure; a concentration index may be negative; parity may be reckoned.
    ("ends_are_the_figures_of_the_aggregates", _set("change_decomposition", "value_to = 75.1, group_people_to = 101", OF_THE_WORLD)),
    ("a_measure_lies_within_its_range", _add("inequality", measure="concentration index", value=-0.1, highest=0.2)),
    ("a_pace_stays_within_one_vintage", _set("targets", "rule = 'within', pace_from = 2019", "area = 'AAA'")),
    # A group of which no member has a path has bounds alone.
    (
        "a_scenario_lies_within_its_bounds",
        _add(
            "scenarios",
            group_name="low-income",
            n_with_path=0,
            share_with_path=0.0,
            coverage=0.0,
            lower=0.0,
            upper=100.0,
            people_lower=0.0,
            people_upper=100.0,
            offline_lower=0.0,
            offline_upper=100.0,
        ),
    ),
    ("the_economies_counted_have_a_number", _add("indicator_review", indicator=PHONE)),
    ("volatility_or_a_reason", _set("indicator_review", "share_moved = null", OF_USE)),
    ("the_gaps_of_a_breakdown_never_exceed_the_bound", _add("data_gaps", iso3="BBB", world_bound_shrinks_by=80.0)),
    # "Some countries": the interval counts economies, the figure is the share below which they are.
    ("the_interval_of_a_claim_touches_its_figure", _add("claims", claim="some", measure="economies below", figure=20.0, lower=2.0)),
    ("a_correction_that_applies_has_changed_rows", _add("corrections", correction="ended", rows=0, status="ended")),
    # What has no date is never the newest edition.
    (
        "every_source_stands_at_its_newest_dated_vintage",
        _add("snapshots", vintage="2026", published="2026", snapshot="a/2026/f.csv", is_dated=False),
    ),
]


def offenders(world: World, name: str) -> list[dict[str, Any]]:
    (check,) = [check for check in queries.checks() if check.query.name == name]
    return world.rows_of(f"from ({check.query.text})", dict(check.query.parameters))


@pytest.fixture(scope="module")
def good_once() -> Iterator[World]:
    made = good_world()
    yield made
    made.connection.close()


@pytest.fixture
def good(good_once) -> Iterator[World]:
    """The good world; what a test does to it is rolled back."""
    good_once.connection.execute("begin")
    yield good_once
    good_once.connection.execute("rollback")


@pytest.mark.parametrize("name", [check.query.name for check in queries.checks()])
def test_every_check_holds_in_a_good_world(good, name):
    assert offenders(good, name) == []


@pytest.mark.parametrize(("name", "unusual"), HOLDING, ids=[name for name, _ in HOLDING])
def test_a_check_holds_where_things_are_unusual_and_right(good, name, unusual):
    unusual(good)
    assert offenders(good, name) == []


def _broken() -> Iterator[Any]:
    for name, cases in BROKEN.items():
        for number, case in enumerate(cases):
            values, marks = (case.values, case.marks) if hasattr(case, "marks") else (case, ())
            yield pytest.param(name, *values, marks=marks, id=f"{name}-{number}")


@pytest.mark.parametrize(("name", "breaking", "offender"), list(_broken()))
def test_a_check_names_what_breaks_it(good, name, breaking, offender):
    breaking(good)
    found = offenders(good, name)
    assert any(all(row[column] == value for column, value in offender.items()) for row in found), found


def test_every_check_has_been_seen_to_fail():
    # A table can have a test module of its own beside this one.
    elsewhere = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    names = {check.query.name: check.table for check in queries.checks()}
    assert set(BROKEN) <= set(names)
    assert {name for name, table in names.items() if table not in elsewhere} <= set(BROKEN)
