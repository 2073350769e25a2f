"""What the check of published averages says: nothing that is possible, and the first few of what is not."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators.contracts.tables import conform
from indicators.registries.sources import by_age
from pipelines.warehouse import checks, database
from pipelines.warehouse.database import Warehouse


def figures(*beyond: float) -> pd.DataFrame:
    """One published figure an entry, beyond what is possible by so much; 0 is possible."""
    rows = [
        {
            "group_name": f"g{number}", "indicator": "use", "year": 2024, "locality": "all", "source": "s", "vintage": "2025",
            "membership": "at publication", "members_are": "of the same vintage", "published": 80.0 + by, "lowest_possible": 60.0,
            "highest_possible": 80.0, "feasible": "infeasible, too high" if by else "feasible", "beyond": by or None,
            "forced_by": "PAK" if by else None, "n_reporting": 1, "n_members": 1,
        }
        for number, by in enumerate(beyond)
    ]  # fmt: skip
    return conform("aggregate_consistency", pd.DataFrame(rows))


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    return Warehouse(tmp_path / "build.duckdb")


def test_averages_that_are_possible_raise_no_warning(warehouse):
    warehouse.write("aggregate_consistency", figures(0.0))
    outcome = checks.possible_outcome(warehouse)
    assert outcome.passed
    assert outcome.sentence == "every published average is possible, given its members' values, or cannot be tested"


def test_averages_that_cannot_be_true_are_reported_with_the_members_that_force_them_the_worst_first(warehouse):
    warehouse.write("aggregate_consistency", figures(1.0, 0.0, 2.5))
    outcome = checks.possible_outcome(warehouse)
    assert not outcome.passed
    assert outcome.sentence == (
        "g2 use 2024 (all, s 2025): published as 82.5, possible are 60 to 80; forced by PAK; "
        "g0 use 2024 (all, s 2025): published as 81, possible are 60 to 80; forced by PAK. "
        "Nothing needs to change here: quote such a figure with this exception, and ask its publisher"
    )
    assert outcome.offenders["group_name"].tolist() == ["g2", "g0"]


def test_an_average_that_the_list_before_allows_raises_no_warning(warehouse):
    today = figures(1.0, 2.0)
    before = figures(0.0, 1.5).assign(membership="list before")
    warehouse.write("aggregate_consistency", pd.concat([today, before], ignore_index=True))
    assert checks.possible_outcome(warehouse).offenders[["group_name", "beyond"]].to_numpy().tolist() == [["g1", 2.0]]


def test_of_many_exceptions_five_are_reported_and_the_others_counted(warehouse):
    warehouse.write("aggregate_consistency", figures(*range(1, 8)))
    outcome = checks.possible_outcome(warehouse)
    assert outcome.sentence.count("published as") == 5
    assert "; and 2 more. Nothing" in outcome.sentence
    assert len(outcome.offenders) == 7


UNDATED = "2026-11-24T031500-aaaa"


@pytest.mark.parametrize(
    ("table", "left"),
    [("observations", ["2025"]), ("aggregates", ["2025"]), ("time_distance", ["2025"]), ("current_observations", ["2025", UNDATED])],
)
def test_a_vintage_that_nobody_dated_is_no_evidence_and_the_others_have_their_age(warehouse, table, left):
    # The edition holds economies alone; what is computed of groups from it is as old.
    series = {"indicator": "i", "area_kind": "economy", "sex": "all", "locality": "all", "age": "all"}
    held = pd.DataFrame([{"source": "s", "vintage": vintage} | series for vintage in ("2025", UNDATED)])
    warehouse.write("editions", held.assign(is_dated=[True, False], rank_by_age=[1, 2], is_excerpt=[True, False]))
    kind = {"area_kind": "group"} if table == "time_distance" else {}
    rows = held.drop(columns="area_kind") if table == "aggregates" else held
    warehouse.write(table, rows.assign(value=[1.0, 2.0], **kind))
    found = database.dated(warehouse, table)
    assert found["vintage"].tolist() == left
    assert found["rank_by_age"].tolist() == [1, 2][: len(left)]
    assert (found["is_excerpt"].tolist() if table == "observations" else "is_excerpt" not in found) in ([True], True)


def test_a_vintage_that_a_row_names_and_that_is_not_held_has_no_age_and_is_the_oldest(warehouse):
    warehouse.write("editions", pd.DataFrame({"source": ["s"], "vintage": ["2025"], "is_dated": [True], "rank_by_age": [1]}))
    warehouse.write("verdicts", pd.DataFrame({"source": ["s", "s"], "vintage": ["2025", "2024"], "claim": ["a", "b"]}))
    found = database.dated(warehouse, "verdicts")
    assert found["claim"].tolist() == ["a", "b"]
    assert by_age(found)["claim"].tolist() == ["b", "a"]
