"""Making tables one by one, each checked as soon as it can be, and nothing made from what a check has refused."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators.contracts.declarations import Layer
from indicators.contracts.tables import conform
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables, checks, register
from pipelines.warehouse.build_layers import Made, make_and_check
from pipelines.warehouse.database import MixedVintages, Warehouse
from pipelines.warehouse.parameters import Build
from pipelines.warehouse.selection import Selection
from tests.support.paths import PROJECT

EDITIONS = Selection(("itu-facts-and-figures",))


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Build:
    """What is made from the editions of Facts and Figures alone, up to the claims."""
    folder = tmp_path_factory.mktemp("built")
    store = SnapshotStore(PROJECT / "pipelines" / "embedded", folder / "snapshots")
    build = Build(Warehouse(folder / "build.duckdb"), store, EDITIONS)
    build_tables.make_with_inputs(build, *register.tables(Layer.REGISTRIES), "verdicts", "gaps", "paragraphs", "revisions")
    return build


@pytest.fixture
def build(built, tmp_path) -> Build:
    """A copy of it, opened again as a run does."""
    path = tmp_path / "build.duckdb"
    path.write_bytes(built.warehouse.path.read_bytes())
    return Build(Warehouse(path), built.store, built.selection)


def happened(build: Build, *tables: str) -> list[str]:
    """Make and check tables; return the tables made and the checks that failed, in order."""
    wanted = [check for table in tables for check in checks.checks_of(table)]
    lines = []
    for event in make_and_check(build, tables, wanted):
        if isinstance(event, Made):
            lines.append(event.table)
        elif not event.outcome.passed and event.check.is_blocking:
            lines.append(f"{event.check.table}: {event.check.name}")
    return lines


# ---- a table alone


def test_a_table_is_made_alone_from_its_inputs_as_they_are(build):
    before = build.warehouse.read("gaps")
    with build.warehouse.connect() as connection:
        connection.execute("delete from observations where indicator <> 'individuals_using_internet'")
    build_tables.make(build, "gaps")
    after = build.warehouse.read("gaps")
    # Its intermediate table was made again from fewer observations.
    assert 0 < len(after) < len(before)
    assert set(after.query("basis == 'published'")["indicator"]) == {"individuals_using_internet"}


def test_an_intermediate_table_is_made_once_and_again_where_its_inputs_have_changed(build, monkeypatch):
    made = []
    real = Warehouse.make_intermediate
    monkeypatch.setattr(Warehouse, "make_intermediate", lambda self, table: (made.append(table), real(self, table)))
    build_tables.make(build, "gaps", "gaps")
    assert made == ["gap_pairs"]
    build.warehouse.write("observations", build.warehouse.read("observations"), register.inputs("observations"))
    build_tables.make(build, "gaps")
    assert made == ["gap_pairs", "gap_pairs"]


def test_an_input_that_is_missing_is_named(build):
    with pytest.raises(build_tables.NotMade, match=r"^the table targets has not been made: materialise it first"):
        build_tables.require(build, ["observations", "targets"])
    with pytest.raises(build_tables.NotMade, match="current_observations"):
        build_tables.make(build, "data_gaps")


def test_a_table_made_alone_from_the_same_inputs_can_be_published_with_the_others(build):
    build_tables.make(build, "verdicts")
    build.warehouse.require_one_state(["observations", "aggregates", "verdicts", "gaps", "revisions"])


def test_what_was_made_from_a_table_before_it_was_made_anew_is_refused(build):
    build_tables.make(build, "aggregates")
    with pytest.raises(MixedVintages, match=r"^(gaps|verdicts) was made from an older aggregates: materialise"):
        build.warehouse.require_one_state(["observations", "aggregates", "verdicts", "gaps"])
    build_tables.make(build, "gaps", "verdicts")
    build.warehouse.require_one_state(["observations", "aggregates", "verdicts", "gaps"])


def test_one_of_two_tables_that_one_function_gives_can_be_made_alone(build):
    state = build.warehouse.states(["observations"])
    build_tables.make(build, "quarantine")
    assert build.warehouse.states(["observations"]) == state
    build.warehouse.require_one_state(["observations", "quarantine"])


def test_a_raw_table_alone_is_of_the_snapshots_that_are_listed(build):
    everything = Build(build.warehouse, build.store)
    build_tables.make(everything, "raw_world_bank_wdi", "raw_itu_facts_and_figures")
    assert build.warehouse.read("raw_world_bank_wdi").empty
    assert len(build.warehouse.read("raw_itu_facts_and_figures")) > 0
    # The observations are of the raw table before.
    with pytest.raises(MixedVintages, match=r"^observations was made from an older raw_"):
        build.warehouse.require_one_state(["observations"])


# ---- in order, with the checks


def test_each_table_is_checked_and_those_that_are_sound_are_made(build):
    assert happened(build, "aggregates", "gaps") == ["aggregates", "gaps"]


def test_nothing_is_made_from_a_table_that_breaks_its_contract_and_the_rest_is(build, monkeypatch):
    made = build_tables.make

    def broken(build: Build, *tables: str) -> None:
        made(build, *tables)
        if "crosswalk" in tables:
            build.warehouse.write("crosswalk", build.warehouse.read("crosswalk").assign(paragraph_tie="hearsay"), ["claims"])

    monkeypatch.setattr(build_tables, "make", broken)
    lines = happened(build, "claims", "crosswalk", "paragraphs", "action_lines", "calendar")
    # Two tables are made from the crosswalk; the calendar is not, but its check reads the paragraphs.
    assert lines == ["claims", "crosswalk", "crosswalk: keeps_its_contract", "calendar"]


def test_a_check_waits_for_all_that_it_reads(build):
    crosswalk = [check for check in checks.checks_of("crosswalk") if check.name == "a_tie_joins_what_exists"]
    events = list(make_and_check(build, ["crosswalk", "paragraphs", "action_lines"], crosswalk))
    assert [getattr(event, "table", "checked") for event in events] == ["crosswalk", "paragraphs", "action_lines", "checked"]


def test_checks_can_be_run_alone(build):
    state = build.warehouse.states(["gaps"])
    assert [event.outcome.passed for event in make_and_check(build, [], checks.checks_of("gaps"))] == [True, True]
    assert build.warehouse.states(["gaps"]) == state


def test_a_check_of_a_table_that_is_not_there_says_so(tmp_path):
    empty = Build(Warehouse(tmp_path / "build.duckdb"), SnapshotStore())
    empty.warehouse.write("groups", conform("groups", pd.DataFrame()))
    with pytest.raises(build_tables.NotMade, match="the table memberships has not been made"):
        list(make_and_check(empty, [], checks.checks_of("groups")))
