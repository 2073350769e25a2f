"""Where each source stands: how old its newest vintage is, whether that is more than its rhythm allows, how its door was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from indicators.contracts.tables import conform
from indicators.registries.sources import sources, vintage_name


@dataclass(frozen=True)
class Attempt:
    """How one door was found.

    Attributes:
        door: open, closed or unusable.
        last_attempt: When it was last asked, ISO, UTC.
        last_success: When it last gave a whole answer to everything asked, ISO, UTC; "" if never.
        line: What it said, where it was not open.
    """

    door: str
    last_attempt: str
    last_success: str = ""
    line: str = ""


def freshness(
    dated_vintages: pd.DataFrame, attempts: Mapping[str, Attempt], connected_sources: Collection[str], today: dt.date
) -> pd.DataFrame:
    """Return the table `freshness`, one row a source.

    Args:
        dated_vintages: What is stored and was dated by more than the day it came: source, vintage, published.
        attempts: How the last request to each source ended.
        connected_sources: The sources with a connector; files of the others are added by people.
        today: The day this is told.

    An edition dated to the month or year is as old as its first day. Of a source that is not held nothing is overdue.
    """
    found = []
    for name, source in sources().items():
        held = dated_vintages[dated_vintages["source"] == name].sort_values(["published", "vintage"])
        newest = held.iloc[-1] if len(held) else None
        age = None if newest is None else max(0, (today - first_day(str(newest["published"]))).days)
        attempt = attempts.get(name)
        row = {
            "source": name,
            "as_of": today.isoformat(),
            "newest_vintage": None if newest is None else newest["vintage"],
            "published": None if newest is None else newest["published"],
            "age_days": age,
            "rhythm_days": source.rhythm_days,
            "overdue": age is not None and age > source.rhythm_days,
            "door": attempt.door if attempt else "never asked" if name in connected_sources else "no door",
            "last_attempt": attempt.last_attempt if attempt else None,
            "last_success": (attempt.last_success or None) if attempt else None,
            "door_said": (attempt.line or None) if attempt else None,
        }
        found.append(row | {"told": _told(row, attempt)})
    return conform("freshness", pd.DataFrame(found))


def first_day(published: str) -> dt.date:
    """Return the first day of an ISO day, month or year: a vintage dated to the month counts as out from then.

    >>> first_day("2025-10"), first_day("2025")
    (datetime.date(2025, 10, 1), datetime.date(2025, 1, 1))
    """
    return dt.date.fromisoformat(published + "-01-01"[len(published) - len("2025") :])


def _told(row: dict[str, object], attempt: Attempt | None) -> str:
    """Say in one sentence where a source stands."""
    if row["newest_vintage"] is None:
        age = "no edition of it that is dated is held"
    else:
        name = vintage_name(str(row["source"]), str(row["newest_vintage"]))
        allowed = (
            f"more than the {row['rhythm_days']} its rhythm allows"
            if row["overdue"]
            else f"a new one is expected every {row['rhythm_days']}"
        )
        age = f"{name} is {row['age_days']} days old, {allowed}"
    door = {
        "open": f"its door was open on {row['last_attempt']}",
        "never asked": "its door was not asked yet",
        "no door": "it has no door: its files are added by hand",
    }.get(str(row["door"]))
    if door is None and attempt is not None:
        since = f"last open on {attempt.last_success}" if attempt.last_success else "not yet found open"
        door = f"its door was {attempt.door} on {attempt.last_attempt}, {since}"
    return f"{age}; {door}"
