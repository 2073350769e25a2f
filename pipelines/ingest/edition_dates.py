"""The dates at the beginning of vintage labels: a day, a month or a year."""

from __future__ import annotations

import datetime as dt
import re

from indicators.conventions import whole

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)|(\d{4})(?:-(\d{2}))?(?![-\d])")


#: No publisher dated a digital edition of these series before; tomorrow is already today in another time zone.
FIRST_YEAR, AHEAD = whole("first_edition_year"), dt.timedelta(days=whole("edition_days_ahead"))


def can_be_published(day: str, today: dt.date) -> bool:
    """Return whether an ISO day, month or year exists in the calendar and can be the date of an edition received today.

    >>> [can_be_published(day, dt.date(2026, 11, 24)) for day in ("2026-11-25", "2026-11-26", "2026-13-45", "1026", "")]
    [True, False, False, False, False]
    """
    return day != "" and date_of(day) == day and int(day[:4]) >= FIRST_YEAR and day <= (today + AHEAD).isoformat()


def date_of(label: str) -> str:
    """Return the ISO day, month or year at the beginning of a label; empty if there is none.

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
