"""The dates that labels begin with: an edition is dated to the day, the month or the year."""

from __future__ import annotations

import datetime as dt
import re

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)|(\d{4})(?:-(\d{2}))?(?![-\d])")


#: No publisher dated a digital edition of these series before; a day ahead is another time zone's today.
FIRST_YEAR, AHEAD = 1990, dt.timedelta(days=1)


def can_be_published(day: str, today: dt.date) -> bool:
    """Say whether an ISO day, month or year is one of the calendar on which an edition held today can have been published.

    >>> [can_be_published(day, dt.date(2026, 11, 24)) for day in ("2026-11-25", "2026-11-26", "2026-13-45", "1026", "")]
    [True, False, False, False, False]
    """
    return day != "" and date_of(day) == day and int(day[:4]) >= FIRST_YEAR and day <= (today + AHEAD).isoformat()


def date_of(label: str) -> str:
    """Return the ISO day, month or year that a label begins with; empty if it begins with none of the calendar.

    >>> date_of("2026-11-22-096d9f51"), date_of("2025-10"), date_of("2026-13")
    ('2026-11-22', '2025-10', '')
    """
    match = _DATE.match(label)
    if match is None:
        return ""
    year, month, day = (int(part) for part in [*filter(None, match.groups()), 1, 1][:3])
    try:
        dt.date(year, month, day)
    except ValueError:
        return ""
    return match[0]
