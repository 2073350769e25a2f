"""Request new editions: each connector requests its series, complete answers are stored, and each result is one line.

A source that cannot be reached is a result, not a crash.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from indicators import readers
from indicators.contracts.vocabulary import ALL, ConnectorState
from indicators.conventions import number
from indicators.registries.catalogue import crosswalk
from indicators.registries.sources import sources
from pipelines.ingest.connectors import Fetched, data360, itu_datahub, itu_workbooks, unsd, world_bank
from pipelines.ingest.connectors.session import Session, SourceMissing, SourceUnavailable, SourceUnusable, one_line
from pipelines.ingest.edition_dates import can_be_published
from pipelines.snapshots import Sidecar, SnapshotRefused, SnapshotStore

#: After this many failures in a row a source counts as unavailable for this refresh; each request was already repeated several times.
FAILURES_IN_A_ROW = 2

#: A file with less than this share of the bytes of the edition before is refused as incomplete; publishers add years and economies.
LEAST_SHARE_OF_BYTES = number("least_of_the_last_download")


@dataclass(frozen=True)
class FetchResult:
    """The result of one request for one series: `new`, `unchanged`, `unavailable` or `unusable`, with one line of explanation."""

    source: str
    series: str
    state: str
    line: str
    rewritten: bool = False

    @property
    def failed(self) -> bool:
        """Whether nothing usable was received."""
        return self.state in (ConnectorState.UNAVAILABLE, ConnectorState.UNUSABLE)


@dataclass(frozen=True)
class Connector:
    """How one source is requested.

    Attributes:
        base_url: Its address; a run can use another.
        series: The codes to request, in order.
        fetch: Called with a series, and by name session, base_url and today; returns what to store.
    """

    base_url: str
    series: Callable[[], Iterable[str]]
    fetch: Callable[..., Fetched]


def _codes(publisher: str) -> list[str]:
    """Return the publisher's codes of the indicators in the catalogue and of their breakdowns."""
    return list(dict.fromkeys(code for code, _ in crosswalk(publisher)))


def data360_series() -> list[str]:
    """Return the codes of ITU's database in Data360; the World Bank's own databases have their own connector."""
    return [code for code in _codes("data360") if not code.startswith("WB_")]


def world_bank_series() -> list[str]:
    """Return the World Bank's codes of the indicators in the catalogue, without breakdowns."""
    return [code for (code, _), meaning in crosswalk("world-bank").items() if (meaning.sex, meaning.locality, meaning.age) == (ALL,) * 3]


def _areas(_: str, *, session: Session, base_url: str, today: dt.date) -> Fetched:
    """Return the World Bank's list of areas, which has no series code."""
    return world_bank.fetch_areas(session=session, base_url=base_url, today=today)


#: Every source that a refresh requests. ITU's DataHub comes last of the interfaces: it refuses programs until further notice.
CONNECTORS: dict[str, Connector] = {
    "world-bank-wdi": Connector(world_bank.BASE_URL, world_bank_series, world_bank.fetch),
    "world-bank-areas": Connector(world_bank.BASE_URL, lambda: ["country"], _areas),
    "data360": Connector(data360.BASE_URL, data360_series, data360.fetch),
    "unsd-sdg": Connector(unsd.BASE_URL, partial(_codes, "unsd"), unsd.fetch),
    "itu-datahub": Connector(itu_datahub.BASE_URL, partial(_codes, "itu-datahub"), itu_datahub.fetch),
    "itu-price-baskets": Connector(itu_workbooks.BASE_URL, lambda: ["itu-price-baskets"], itu_workbooks.fetch),
    "itu-aggregates": Connector(itu_workbooks.BASE_URL, lambda: ["itu-aggregates"], itu_workbooks.fetch),
}


def fetch_source(source: str, store: SnapshotStore, session: Session, base_url: str, now: dt.datetime) -> Iterator[FetchResult]:
    """Request every series of a source, one after the other; stop requesting once the source is unavailable.

    An error in one series is one result; the other series and sources are still requested.
    """
    connector = CONNECTORS[source]
    unavailable, failures = "", 0
    for series in connector.series():
        if unavailable:
            yield FetchResult(source, series, ConnectorState.UNAVAILABLE, unavailable)
            continue
        try:
            fetched = connector.fetch(series, session=session, base_url=base_url, today=now.date())
            yield _stored(store, source, series, fetched, now)
            failures = 0
        except SourceUnavailable as failure:
            unavailable = str(failure)
            yield FetchResult(source, series, ConnectorState.UNAVAILABLE, unavailable)
        except SourceMissing as answer:  # the source has no such series; the next may exist
            failures = 0
            yield FetchResult(source, series, ConnectorState.UNUSABLE, str(answer))
        except (SourceUnusable, SnapshotRefused) as failure:
            failures += 1
            unavailable = str(failure) if failures == FAILURES_IN_A_ROW else ""
            yield FetchResult(source, series, ConnectorState.UNUSABLE, str(failure))
        except Exception as failure:
            line = " ".join(f"{base_url}: {type(failure).__name__} ({failure}); please report it".split())
            yield FetchResult(source, series, ConnectorState.UNUSABLE, line)


def _stored(store: SnapshotStore, source: str, series: str, fetched: Fetched, now: dt.datetime) -> FetchResult:
    """Store what was received. Other bytes under a label that is already stored get a label of their own and are reported as rewritten.

    Raises:
        SourceUnusable: The file cannot be read, has an impossible date, is far smaller than the stored one, or is an older edition.
    """
    try:
        readers.read(fetched.content)  # an unreadable file would stop every later build
    except readers.Unreadable as error:
        raise SourceUnusable(f"{fetched.url}: the answer is complete, but {error}") from None
    today = now.date().isoformat()
    published = fetched.published or today
    if not can_be_published(published, now.date()):
        raise SourceUnusable(f"{fetched.url}: dated {one_line(published)}, which is not a possible date of publication; try again later")
    newest = store.newest(source, fetched.file)
    if newest is not None and len(fetched.content) < LEAST_SHARE_OF_BYTES * newest.path.stat().st_size and newest.file == fetched.file:
        size = f"{len(fetched.content):,} bytes received, but {newest.name} has {newest.path.stat().st_size:,}"
        raise SourceUnusable(f"{fetched.url}: {size}; if the smaller file is right, add it with `divide add FILE`")
    registered = sources()[source]
    # Labels begin with a date so that editions sort by age; a release with another name keeps that name behind the date.
    label = fetched.vintage if fetched.vintage.startswith(published) else f"{published}_{fetched.vintage}".rstrip("_")
    if newest is not None and fetched.published and published < newest.published and fetched.content != newest.read():
        raise SourceUnusable(
            f"{fetched.url}: the edition of {published} was received, but that of {newest.published} is already stored; try again later"
        )
    dated = f"last updated {published}" if fetched.published else "not dated by the publisher"
    sidecar: Sidecar = {
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
        return FetchResult(source, series, "unchanged", f"{series}: unchanged, {snapshot.name}")
    event = f", the publisher rewrote {label} in place" if rewritten else ""
    return FetchResult(source, series, "new", f"{series}: {fetched.rows:,} rows stored as {snapshot.name}{event}", rewritten)
