"""What a night brings: each door asked for what it has, whole answers stored, a line on each; a shut door is a state, not a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from pipelines.ingest.connectors import Fetched, data360, itu_datahub, itu_workbooks, unsd, world_bank
from pipelines.ingest.connectors.session import Session, SourceClosed, SourceMissing, SourceUnusable, one_line
from pipelines.ingest.edition_dates import can_be_published
from pipelines.ingest.snapshots import SnapshotRefused, SnapshotStore

#: A door that fails so often in a row counts as shut for the night: every series was already asked for several times.
FAILURES_IN_A_ROW = 2

#: What has less than this part of the bytes of the edition before is not taken for whole; publishers add years and economies.
LEAST_OF_THE_LAST = 0.5


@dataclass(frozen=True)
class Arrival:
    """What one door gave for one series: `new`, `unchanged`, `closed` or `unusable`, and a line that says it."""

    source: str
    series: str
    state: str
    line: str
    rewritten: bool = False

    @property
    def failed(self) -> bool:
        """Whether nothing usable came."""
        return self.state in ("closed", "unusable")


@dataclass(frozen=True)
class Door:
    """How one source is asked.

    Attributes:
        base_url: Its address; a run can be given another.
        series: What it is asked for, in order.
        fetch: Called with a series, and by name session, base_url and today; returns what to store.
    """

    base_url: str
    series: Callable[[], Iterable[str]]
    fetch: Callable[..., Fetched]


def _codes(publisher: str) -> list[str]:
    """Return the codes under which a publisher keeps the indicators of the catalogue and their breakdowns."""
    from indicators.registries.catalogue import crosswalk

    return list(dict.fromkeys(code for code, _ in crosswalk(publisher)))


def data360_series() -> list[str]:
    """Return the codes that ITU's database at Data360 has; those of the World Bank's own databases have a door of their own."""
    return [code for code in _codes("data360") if not code.startswith("WB_")]


def world_bank_series() -> list[str]:
    """Return the codes under which the World Bank keeps the indicators of the catalogue, breakdowns aside."""
    from indicators.registries.catalogue import crosswalk

    return [code for (code, _), meaning in crosswalk("world-bank").items() if (meaning.sex, meaning.locality, meaning.age) == ("all",) * 3]


def _areas(_: str, *, session: Session, base_url: str, today: dt.date) -> Fetched:
    """Return the World Bank's list of areas, which is asked for by no code."""
    return world_bank.fetch_areas(session=session, base_url=base_url, today=today)


#: Every door that the refresh knocks at. ITU's own is asked last of the interfaces: it is shut to programs until further notice.
DOORS: dict[str, Door] = {
    "world-bank-wdi": Door(world_bank.BASE_URL, world_bank_series, world_bank.fetch),
    "world-bank-areas": Door(world_bank.BASE_URL, lambda: ["country"], _areas),
    "data360": Door(data360.BASE_URL, data360_series, data360.fetch),
    "unsd-sdg": Door(unsd.BASE_URL, partial(_codes, "unsd"), unsd.fetch),
    "itu-datahub": Door(itu_datahub.BASE_URL, partial(_codes, "itu-datahub"), itu_datahub.fetch),
    "itu-price-baskets": Door(itu_workbooks.BASE_URL, lambda: ["itu-price-baskets"], itu_workbooks.fetch),
    "itu-aggregates": Door(itu_workbooks.BASE_URL, lambda: ["itu-aggregates"], itu_workbooks.fetch),
}


def ask(source: str, store: SnapshotStore, session: Session, base_url: str, now: dt.datetime) -> Iterator[Arrival]:
    """Ask a source for every series, one after the other; once its door is shut, do not ask again tonight.

    Whatever goes wrong with one series is a line; it ends neither the night nor the door.
    """
    door = DOORS[source]
    shut, failures = "", 0
    for series in door.series():
        if shut:
            yield Arrival(source, series, "closed", shut)
            continue
        try:
            fetched = door.fetch(series, session=session, base_url=base_url, today=now.date())
            yield _stored(store, source, series, fetched, now)
            failures = 0
        except SourceClosed as failure:
            shut = str(failure)
            yield Arrival(source, series, "closed", shut)
        except SourceMissing as answer:  # a plain no to one series says nothing of the next
            failures = 0
            yield Arrival(source, series, "unusable", str(answer))
        except (SourceUnusable, SnapshotRefused) as failure:
            failures += 1
            shut = str(failure) if failures == FAILURES_IN_A_ROW else ""
            yield Arrival(source, series, "unusable", str(failure))
        except Exception as failure:
            line = " ".join(f"{base_url}: {type(failure).__name__} ({failure}); please report it".split())
            yield Arrival(source, series, "unusable", line)


def _stored(store: SnapshotStore, source: str, series: str, fetched: Fetched, now: dt.datetime) -> Arrival:
    """Store what was fetched; bytes rewritten under a label that is already held get a label of their own, and are an event.

    Raises:
        SourceUnusable: What came cannot be read, bears an impossible date, is far smaller than what is held, or is an older edition, as of
            a copy that lags behind.
    """
    from indicators import readers
    from indicators.registries.sources import sources

    try:
        readers.read(fetched.content)  # what cannot be read would stop every later build
    except readers.Unreadable as error:
        raise SourceUnusable(f"{fetched.url}: whole, but {error}") from None
    today = now.date().isoformat()
    published = fetched.published or today
    if not can_be_published(published, now.date()):
        raise SourceUnusable(f"{fetched.url}: dated {one_line(published)}, on which no edition can have come out; ask again later")
    newest = store.newest(source, fetched.file)
    if newest is not None and len(fetched.content) < LEAST_OF_THE_LAST * newest.path.stat().st_size and newest.file == fetched.file:
        size = f"{len(fetched.content):,} bytes came where {newest.name} has {newest.path.stat().st_size:,}"
        raise SourceUnusable(f"{fetched.url}: {size}; if that is right, add the file by hand")
    registered = sources()[source]
    # Labels begin with a date, so that editions sort by age; a release that is named otherwise keeps its name behind it.
    label = fetched.vintage if fetched.vintage.startswith(published) else f"{published}_{fetched.vintage}".rstrip("_")
    if newest is not None and fetched.published and published < newest.published and fetched.content != newest.read():
        raise SourceUnusable(
            f"{fetched.url}: the edition of {published} came, and that of {newest.published} is already held; ask again later"
        )
    dated = f"last updated {published}" if fetched.published else "not dated by the publisher"
    sidecar = {
        "title": series,
        "publisher": registered.publisher,
        "published": published,
        "retrieved": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "url": fetched.url,
        "licence": registered.licence,
        "citation": f"{registered.citation} {series}, {dated}, retrieved {today}.",
    }
    snapshot, is_new, rewritten = store.put_edition(source, label, fetched.file, fetched.content, sidecar)
    if not is_new:
        return Arrival(source, series, "unchanged", f"{series}: unchanged, {snapshot.name}")
    event = f", the publisher rewrote {label} in place" if rewritten else ""
    return Arrival(source, series, "new", f"{series}: {fetched.rows:,} rows stored as {snapshot.name}{event}", rewritten)
