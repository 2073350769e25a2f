"""Which snapshots a build is made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from indicators.registries.sources import sources
from pipelines.snapshots import Snapshot

#: The raw table of each source.
RAW_TABLES = {source: "raw_" + source.replace("-", "_") for source in sources()}


@dataclass(frozen=True)
class Selection:
    """Which snapshots a build is made from; empty means all."""

    sources: tuple[str, ...] = ()
    published_until: str = ""

    def __post_init__(self) -> None:
        """Refuse what would select nothing or everything without notice.

        Raises:
            ValueError: A source that is not known, or a day that is none.
        """
        unknown = sorted(set(self.sources) - set(RAW_TABLES))
        if unknown:
            raise ValueError(f"no source is called {', '.join(unknown)}; known are {', '.join(sorted(RAW_TABLES))}")
        if self.published_until and not _is_day(self.published_until):
            raise ValueError(f"{self.published_until!r} is no day of the calendar; write it as 2025-12-17")

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.sources and not self.published_until

    def __str__(self) -> str:
        parts = [*self.sources, *([f"until {self.published_until}"] if self.published_until else [])]
        return ", ".join(parts) or "everything held"

    def holds(self, snapshot: Snapshot) -> bool:
        """Return whether a snapshot is selected; a vintage dated only to the month counts as out from the month's first day."""
        return (not self.sources or snapshot.source in self.sources) and (
            not self.published_until or snapshot.published <= self.published_until
        )


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
