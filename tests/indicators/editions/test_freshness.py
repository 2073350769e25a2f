"""Where each source stands is told: age against rhythm, the door as it was found, nothing held as nothing held."""

import datetime as dt

import pandas as pd
import pytest

from indicators.contracts.validation import contract_problems
from indicators.editions.freshness import Attempt, freshness
from indicators.registries.sources import sources

WDI = "world-bank-wdi"  # expected every 91 days
TODAY = dt.date(2026, 10, 12)


def told(*vintages, attempts=None, today=TODAY):
    held = pd.DataFrame(vintages, columns=["source", "vintage", "published"])
    table = freshness(held, attempts or {}, {WDI, "data360"}, today)
    assert contract_problems("freshness", table).empty, contract_problems("freshness", table).to_string()
    return table.set_index("source")


def test_every_source_has_a_row_and_one_that_is_not_held_is_not_overdue():
    table = told()
    assert set(table.index) == set(sources())
    assert not table["overdue"].any()
    assert table["age_days"].isna().all()
    assert table.loc[WDI, "told"] == "no edition of it that is dated is held; its door was not asked yet"
    assert table.loc["itu-facts-and-figures", "door"] == "no door"


@pytest.mark.parametrize(
    ("published", "age", "overdue"),
    # From 13 July to 12 October are 18 + 31 + 30 + 12 = 91 days; 2026-07 counts from 1 July, 2026 from 1 January.
    [("2026-07-13", 91, False), ("2026-07-12", 92, True), ("2026-07", 103, True), ("2026", 284, True), ("2026-10-12", 0, False)],
)
def test_a_source_is_overdue_from_the_day_after_its_rhythm(published, age, overdue):
    row = told((WDI, published, published)).loc[WDI]
    assert (row["age_days"], row["overdue"], row["newest_vintage"]) == (age, overdue, published)


def test_the_newest_vintage_counts_and_one_dated_ahead_is_of_age_nought():
    assert told((WDI, "2026-07-13", "2026-07-13"), (WDI, "2025-10", "2025-10")).loc[WDI, "published"] == "2026-07-13"
    assert told((WDI, "2026-10-13", "2026-10-13")).loc[WDI, "age_days"] == 0


@pytest.mark.parametrize(
    ("attempt", "said"),
    [
        (Attempt("open", "2026-10-12T03:00:00Z", "2026-10-12T03:00:00Z"), "its door was open on 2026-10-12T03:00:00Z"),
        (
            Attempt("closed", "2026-10-12T03:00:00Z", "2026-08-01T03:00:00Z", "closed to programs"),
            "its door was closed on 2026-10-12T03:00:00Z, last open on 2026-08-01T03:00:00Z",
        ),
        (
            Attempt("unusable", "2026-10-12T03:00:00Z", "", "HTTP 502"),
            "its door was unusable on 2026-10-12T03:00:00Z, not yet found open",
        ),
    ],
)
def test_the_door_is_told_as_it_was_found(attempt, said):
    row = told((WDI, "2026-07-13", "2026-07-13"), attempts={WDI: attempt}).loc[WDI]
    assert row["told"] == f"WDI 2026-07-13 is 91 days old, a new one is expected every 91; {said}"
    assert (row["door"], row["last_attempt"]) == (attempt.door, attempt.last_attempt)
    assert row["door_said"] == attempt.line or (pd.isna(row["door_said"]) and not attempt.line)
    assert row["last_success"] == attempt.last_success or (pd.isna(row["last_success"]) and not attempt.last_success)
