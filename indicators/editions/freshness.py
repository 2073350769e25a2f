"""How old the newest vintage of each source is, whether a newer one is overdue, and what the newest request to the source brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import ConnectorState
from indicators.registries.sources import sources, vintage_name


@dataclass(frozen=True)
class Attempt:
    """The newest request to one source.

    Attributes:
        state: available, unavailable or unusable.
        last_attempt: Time of the request, ISO, UTC.
        last_success: Time of the newest request that was answered in full, ISO, UTC; "" if there was none.
        message: Why it failed, if it did.
    """

    state: ConnectorState
    last_attempt: str
    last_success: str = ""
    message: str = ""


def freshness(
    dated_vintages: pd.DataFrame, attempts: Mapping[str, Attempt], connected_sources: Collection[str], today: dt.date
) -> pd.DataFrame:
    """Return the table `freshness`, one row a source.

    Args:
        dated_vintages: Vintages with a stated date: source, vintage, published.
        attempts: The newest request to each source.
        connected_sources: The sources that have a connector; files of the others are added by hand.
        today: The day to which the table applies.

    A vintage dated to the month or year is as old as its first day. A source without a vintage is not overdue.
    """
    rows = []
    for name, source in sources().items():
        of_source = dated_vintages[dated_vintages["source"] == name].sort_values(["published", "vintage"])
        newest = of_source.iloc[-1] if len(of_source) else None
        age = None if newest is None else max(0, (today - first_day(str(newest["published"]))).days)
        attempt = attempts.get(name)
        without_attempt = ConnectorState.NOT_REQUESTED if name in connected_sources else ConnectorState.NO_CONNECTOR
        row = {
            "source": name,
            "as_of": today.isoformat(),
            "newest_vintage": None if newest is None else newest["vintage"],
            "published": None if newest is None else newest["published"],
            "age_days": age,
            "update_interval_days": source.update_interval_days,
            "overdue": age is not None and age > source.update_interval_days,
            "connector_state": attempt.state if attempt else without_attempt,
            "last_attempt": attempt.last_attempt if attempt else None,
            "last_success": (attempt.last_success or None) if attempt else None,
            "connector_message": (attempt.message or None) if attempt else None,
        }
        rows.append(row | {"summary": f"{_age_sentence(row)}; {_connector_sentence(row)}"})
    return conform("freshness", pd.DataFrame(rows))


def first_day(published: str) -> dt.date:
    """Return the first day of an ISO day, month or year: a vintage dated to the month counts as issued on that day.

    >>> first_day("2025-10"), first_day("2025")
    (datetime.date(2025, 10, 1), datetime.date(2025, 1, 1))
    """
    return dt.date.fromisoformat(published + "-01-01"[len(published) - len("2025") :])


def _age_sentence(row: Mapping[str, object]) -> str:
    """Return a phrase on the age of the newest vintage of a source."""
    if row["newest_vintage"] is None:
        return "no dated vintage"
    name = vintage_name(str(row["source"]), str(row["newest_vintage"]))
    expected = f"a new vintage is expected every {row['update_interval_days']} days"
    return f"{name} is {row['age_days']} days old{' and overdue' if row['overdue'] else ''}: {expected}"


def _connector_sentence(row: Mapping[str, object]) -> str:
    """Return a phrase on the result of the newest request to a source."""
    match row["connector_state"]:
        case ConnectorState.AVAILABLE:
            return f"available on {row['last_attempt']}"
        case ConnectorState.NOT_REQUESTED:
            return "not requested yet"
        case ConnectorState.NO_CONNECTOR:
            return "no connector, files are added by hand"
        case state:
            before = f"last available on {row['last_success']}" if row["last_success"] else "never available before"
            return f"{state} on {row['last_attempt']}, {before}"
