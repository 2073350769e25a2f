"""Freshness: the age of the newest vintage against the expected interval, and the newest request as it went."""

import datetime as dt

import pandas as pd
import pytest

from indicators.contracts.validation import contract_problems
from indicators.contracts.vocabulary import ConnectorState
from indicators.editions.freshness import Attempt, freshness
from indicators.registries.sources import sources

WDI = "world-bank-wdi"  # expected every 91 days
TODAY = dt.date(2026, 10, 12)


def table_of(*vintages, attempts=None, today=TODAY):
    dated = pd.DataFrame(vintages, columns=["source", "vintage", "published"])
    table = freshness(dated, attempts or {}, {WDI, "data360"}, today)
    assert contract_problems("freshness", table).empty, contract_problems("freshness", table).to_string()
    return table.set_index("source")


def test_every_source_has_a_row_and_one_without_a_vintage_is_not_overdue():
    table = table_of()
    assert set(table.index) == set(sources())
    assert not table["overdue"].any()
    assert table["age_days"].isna().all()
    assert table.loc[WDI, "summary"] == "no dated vintage; not requested yet"
    assert table.loc["itu-facts-and-figures", "connector_state"] == ConnectorState.NO_CONNECTOR
    assert table.loc["itu-facts-and-figures", "summary"] == "no dated vintage; no connector, files are added by hand"


@pytest.mark.worked("freshness")
@pytest.mark.parametrize(
    ("published", "age", "overdue"),
    # From 13 July to 12 October are 18 + 31 + 30 + 12 = 91 days; 2026-07 counts from 1 July, 2026 from 1 January.
    [("2026-07-13", 91, False), ("2026-07-12", 92, True), ("2026-07", 103, True), ("2026", 284, True), ("2026-10-12", 0, False)],
)
def test_a_source_is_overdue_from_the_day_after_its_interval(published, age, overdue):
    row = table_of((WDI, published, published)).loc[WDI]
    assert (row["age_days"], row["overdue"], row["newest_vintage"]) == (age, overdue, published)


def test_the_newest_vintage_counts_and_one_dated_ahead_has_age_zero():
    assert table_of((WDI, "2026-07-13", "2026-07-13"), (WDI, "2025-10", "2025-10")).loc[WDI, "published"] == "2026-07-13"
    assert table_of((WDI, "2026-10-13", "2026-10-13")).loc[WDI, "age_days"] == 0


REQUESTED = "2026-10-12T03:00:00Z"


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (Attempt(ConnectorState.AVAILABLE, REQUESTED, REQUESTED), f"available on {REQUESTED}"),
        (
            Attempt(ConnectorState.UNAVAILABLE, REQUESTED, "2026-08-01T03:00:00Z", "closed to programs"),
            f"unavailable on {REQUESTED}, last available on 2026-08-01T03:00:00Z",
        ),
        (Attempt(ConnectorState.UNUSABLE, REQUESTED, "", "HTTP 502"), f"unusable on {REQUESTED}, never available before"),
    ],
)
def test_the_newest_request_is_in_the_table_and_in_the_summary(attempt, sentence):
    row = table_of((WDI, "2026-07-13", "2026-07-13"), attempts={WDI: attempt}).loc[WDI]
    assert row["summary"] == f"WDI 2026-07-13 is 91 days old: a new vintage is expected every 91 days; {sentence}"
    assert (row["connector_state"], row["last_attempt"]) == (attempt.state, attempt.last_attempt)
    assert row["connector_message"] == attempt.message or (pd.isna(row["connector_message"]) and not attempt.message)
    assert row["last_success"] == attempt.last_success or (pd.isna(row["last_success"]) and not attempt.last_success)


def test_the_summary_says_that_a_vintage_is_overdue():
    row = table_of((WDI, "2026-07-12", "2026-07-12")).loc[WDI]
    assert row["summary"] == "WDI 2026-07-12 is 92 days old and overdue: a new vintage is expected every 91 days; not requested yet"
