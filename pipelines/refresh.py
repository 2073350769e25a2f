"""What a night brings: each door asked for what it has, whole answers stored, a line on each; a shut door is a state, not a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.doors import Fetched
from pipelines.doors.session import Session, SourceClosed, SourceUnusable
from pipelines.snapshots import SnapshotRefused, SnapshotStore

WORLD_BANK = "world-bank-wdi"

#: A door that fails so often in a row counts as shut for the night: every series was already asked for several times.
FAILURES_IN_A_ROW = 2


@dataclass(frozen=True)
class Arrival:
    """What one door gave for one series: `new`, `unchanged`, `closed` or `unusable`, and a line that says it."""

    source: str
    series: str
    state: str
    line: str

    @property
    def failed(self) -> bool:
        """Whether nothing usable came."""
        return self.state in ("closed", "unusable")


def world_bank_series() -> list[str]:
    """Return the codes under which the World Bank keeps the indicators of the catalogue, breakdowns aside."""
    from indicators.catalogue import crosswalk

    return [code for (code, _), meaning in crosswalk("world-bank").items() if (meaning.sex, meaning.locality, meaning.age) == ("all",) * 3]


def ask_world_bank(store: SnapshotStore, session: Session, base_url: str, today: dt.date) -> Iterator[Arrival]:
    """Ask the World Bank for every series, one after the other; once the door is shut, do not ask again tonight."""
    from pipelines.doors import world_bank

    shut, failures = "", 0
    for series in world_bank_series():
        if shut:
            yield Arrival(WORLD_BANK, series, "closed", shut)
            continue
        try:
            fetched = world_bank.fetch(series, session=session, base_url=base_url)
            yield _stored(store, WORLD_BANK, series, fetched, today)
            failures = 0
        except SourceClosed as failure:
            shut = str(failure)
            yield Arrival(WORLD_BANK, series, "closed", shut)
        except (SourceUnusable, SnapshotRefused) as failure:
            failures += 1
            shut = str(failure) if failures == FAILURES_IN_A_ROW else ""
            yield Arrival(WORLD_BANK, series, "unusable", str(failure))


#: Every door that the refresh knocks at.
DOORS: dict[str, Callable[[SnapshotStore, Session, str, dt.date], Iterator[Arrival]]] = {WORLD_BANK: ask_world_bank}


def _stored(store: SnapshotStore, source: str, series: str, fetched: Fetched, today: dt.date) -> Arrival:
    """Store what was fetched; bytes rewritten under a label that is already held get the label with their hash, and are an event."""
    from indicators.sources import sources

    registered = sources()[source]
    sidecar = {
        "title": series,
        "publisher": registered.publisher,
        "published": fetched.published,
        "retrieved": today.isoformat(),
        "url": fetched.url,
        "licence": registered.licence,
        "citation": f"{registered.citation} {series}, last updated {fetched.published}, retrieved {today.isoformat()}.",
    }
    snapshot, is_new, rewritten = store.put_edition(source, fetched.vintage, fetched.file, fetched.content, sidecar)
    if not is_new:
        return Arrival(source, series, "unchanged", f"{series}: unchanged, {snapshot.name}")
    event = f", the publisher rewrote {fetched.vintage} in place" if rewritten else ""
    return Arrival(source, series, "new", f"{series}: {fetched.rows:,} rows stored as {snapshot.name}{event}")
