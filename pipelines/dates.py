"""The dates that labels begin with: an edition is dated to the day, the month or the year."""

from __future__ import annotations

import datetime as dt
import re

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)|(\d{4})(?:-(\d{2}))?(?![-\d])")


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
