"""The register: each table is declared once, and all that follows from that is complete."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators.contracts import declarations
from indicators.contracts.declarations import Declaration, Layer
from indicators.contracts.fields import Table
from indicators.contracts.tables import DECLARATIONS
from pipelines.warehouse import checks, queries, register
from tests.support.paths import PROJECT

MADE = [table for table in register.tables(*register.LAYERS) if table in DECLARATIONS]

#: Queries that are asked for what they find, and make no table.
ASKED = {"headline_coverage", "impossible_averages", "revisions_in_brief", "thin_newest_years", "verdicts_since_adoption"}


# ---- what is declared


@pytest.mark.parametrize("path", sorted(queries.SQL.glob("*.sql")), ids=lambda path: path.stem)
def test_every_query_makes_a_table_that_something_reads(path):
    needed = {*DECLARATIONS, *register.intermediate(MADE)}
    assert path.stem in needed | ASKED
    assert not needed & ASKED


@pytest.mark.parametrize("table", DECLARATIONS)
def test_every_declaration_is_a_sentence_and_more_for_who_wants_it(table):
    declared = DECLARATIONS[table]
    assert declared.summary[0].isupper()
    assert declared.summary.endswith(".")
    assert "*" not in declared.summary  # the catalogue of the UI shows it as it is written
    assert declared.details == "" or declared.details.endswith(".")
    assert declared.see_also


def test_a_table_cannot_be_declared_twice():
    with pytest.raises(ValueError, match="the table gaps is declared twice: Gaps and Again"):

        @declarations.table("gaps", Layer.MEASURES, summary="The same again.")
        class Again(Table):
            """One row: nothing."""


# ---- what follows from a declaration


@pytest.mark.parametrize("table", MADE)
def test_every_table_is_made_after_what_it_is_made_from_and_no_layer_reads_a_later_one(table):
    order = [name for layer in register.LAYERS for name in register.tables(layer)]
    assert len(set(order)) == len(order)
    assert all(order.index(name) < order.index(table) for name in register.inputs(table))


def test_a_function_says_by_its_parameters_what_it_reads():
    # Worked out from the signature of `convergence` and the FROM of each query.
    assert register.parameters("convergence") == ("directed_values", "people", "latest_members", "ceiling")
    assert register.reads("convergence") == ("directed_values", "people", "latest_members", "indicators")
    assert register.inputs("convergence") == ("editions", "groups", "indicators", "memberships", "observations")


def test_a_registry_stands_for_the_table_that_is_written_from_it_and_not_for_itself():
    assert register.inputs("claims") == ()
    assert register.inputs("crosswalk") == ("claims",)


def declared(monkeypatch, function, **others) -> None:
    """Declare a table `mine` that is made by a function."""
    monkeypatch.setitem(DECLARATIONS, "mine", Declaration("mine", Layer.MEASURES, Table, "Mine.", "", "mine", ()))
    monkeypatch.setattr(register, "function_of", lambda table: function if table == "mine" else None)
    for cached in (register.parameters, register.reads, register.inputs):
        cached.cache_clear()


@pytest.fixture
def _clean() -> None:
    yield
    for cached in (register.parameters, register.reads, register.inputs):
        cached.cache_clear()


@pytest.mark.usefixtures("_clean")
def test_a_parameter_that_is_nothing_known_is_refused_by_name(monkeypatch):
    def mine(gaps: pd.DataFrame, ceilings: pd.Series) -> pd.DataFrame: ...

    declared(monkeypatch, mine)
    with pytest.raises(ValueError, match="is called ceilings; name the parameter after what it reads"):
        register.inputs("mine")


@pytest.mark.usefixtures("_clean")
def test_a_parameter_with_a_default_may_be_a_setting(monkeypatch):
    def mine(gaps: pd.DataFrame, jump: float = 5.0) -> pd.DataFrame: ...

    declared(monkeypatch, mine)
    assert register.parameters("mine") == ("gaps",)


@pytest.mark.parametrize("table", MADE)
def test_the_file_that_a_failed_check_names_is_there(table):
    assert (PROJECT / register.made_in(table)).is_file()


@pytest.mark.parametrize(
    ("table", "file"),
    [
        ("gaps", "indicators/measures/gaps.py"),
        ("revisions", "sql/revisions.sql"),
        ("groups", "indicators/registries/groups.csv"),
        ("snapshots", "pipelines/warehouse/read_snapshots.py"),
        ("targets", "indicators/measures/targets.py"),
    ],
)
def test_where_to_look_first_is_the_function_the_query_or_the_registry(table, file):
    assert register.made_in(table) == file


def test_a_check_reads_nothing_that_is_made_in_a_later_layer():
    layers = list(Layer)
    for table in MADE:
        for check in checks.checks_of(table):
            read = [DECLARATIONS[name].layer for name in check.reads if name in DECLARATIONS]
            assert all(layers.index(layer) <= layers.index(DECLARATIONS[table].layer) for layer in read), check.name
