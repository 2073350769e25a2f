"""Files that people add: recognised by content, read completely before anything is stored, then stored as a snapshot or refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from indicators import readers
from indicators.editions import observations
from indicators.registries.catalogue import crosswalk
from indicators.registries.sources import sources
from pipelines.ingest.edition_dates import can_be_published, date_of
from pipelines.snapshots import Sidecar, Snapshot, SnapshotStore

#: The remark on a file without a date.
UNDATED = "neither the file nor its name states a date; the label uses the day on which the file was added"

#: Layouts that list areas and contain no figures.
LISTS = {"world-bank-areas"}

#: The DataHub writes the time of an export, in milliseconds, into the file name; browsers and zip tools append to it.
_EPOCH = re.compile(r"_(1[0-9]{12})(?![0-9])")
#: People write the day of a download into the file name.
_DAY = re.compile(r"(?<![0-9])(20[0-9]{2})-?([01][0-9])-?([0-3][0-9])(?![0-9])")


class FileRefused(Exception):
    """A file cannot be used; the message is one clear line, and nothing was stored."""


@dataclass(frozen=True)
class Added:
    """One added file: where it is stored, whether it is new, and what became of its rows.

    Attributes:
        snapshot: Where it is stored.
        is_new: Whether it was not stored before.
        rewritten: Whether other bytes are stored under the same label and name, so that this file became a vintage of its own.
        rows: Rows read.
        kept: Rows accepted.
        quarantined: Rows refused.
        without_value: Rows or cells without a value.
    """

    snapshot: Snapshot
    is_new: bool
    rewritten: bool
    rows: int
    kept: int
    quarantined: int
    without_value: int

    @property
    def is_dated(self) -> bool:
        """Whether a date was stated, rather than assumed."""
        return bool(self.snapshot.sidecar.get("is_dated", True))


class _Prepared(NamedTuple):
    """What is given to the store, in the order of `SnapshotStore.put_edition`."""

    source: str
    vintage: str
    file: str
    content: bytes
    sidecar: Sidecar


def add(store: SnapshotStore, files: Sequence[Path], *, vintage: str = "", series: str = "", source: str = "") -> list[Added]:
    """Store files as snapshots.

    Args:
        store: The store.
        files: Downloaded files, zipped or not; a zip with several tables counts as several files.
        vintage: The date of the edition; by default the date in the file, else in its name, else today with a hash of the bytes.
        series: The publisher's code of the series, for files that do not contain it; by default read from the file name.
        source: The name of the source, for files in the project's own layout; the other layouts state it.

    Raises:
        FileRefused: One of the files cannot be used. Then none is stored.
    """
    now = dt.datetime.now(dt.UTC)
    ready = [_read(path, name, content, vintage, series, source, now) for path in files for name, content in _tables(path)]
    taken: dict[tuple[str, str, str], bytes] = {}
    for prepared, _ in ready:
        name = (prepared.source, prepared.vintage, prepared.file)
        if taken.setdefault(name, prepared.content) != prepared.content:
            raise FileRefused(f"two of the files would both be stored as {'/'.join(name)}; rename one, or add each with its own --vintage")
        store.require_names(*name)
    return [Added(*store.put_edition(*prepared), *counts) for prepared, counts in ready]


def _tables(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of a file, or of each table in a zip with several."""
    try:
        content = path.read_bytes()
        tables = readers.tables(content)
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except readers.Unreadable as error:
        raise FileRefused(f"{path}: {error}") from None
    if len(tables) == 1:
        yield path.name, content
    else:
        yield from ((name.rsplit("/", 1)[-1], table) for name, table in tables.items())


def _read(
    path: Path, name: str, content: bytes, vintage: str, series: str, source_name: str, now: dt.datetime
) -> tuple[_Prepared, tuple[int, int, int, int]]:
    """Read a table completely; return what to store, and the numbers of rows read, accepted, refused and without a value."""
    where = str(path) if name == path.name else f"{path}, {name}"
    try:
        published = readers.read(content, series)
    except readers.Unreadable as error:
        raise FileRefused(f"{where}: {error}") from None
    source = sources()[_source_of(where, published, source_name)]
    states_figures = published.layout not in LISTS
    if states_figures and not (published.rows["series"] != "").any():
        series = _series_in(name, source.series)
        if not series:
            raise FileRefused(f"{where}: neither the file nor its name states the series; add it with --series, such as IT.NET.BBND.P2")
        published.rows["series"] = series
    stated, dated_by = _dated(name, vintage, published.dated)
    # The time comes before the hash, so that of two undated files the one added later sorts last.
    dated = stated or f"{now:%Y-%m-%dT%H%M%S}-{hashlib.sha256(content).hexdigest()[:8]}"
    day = date_of(dated)
    if not day:
        raise FileRefused(f"{where}: vintage {dated!r} does not begin with a valid date; write it as 2026-04-29")
    if not can_be_published(day, now.date()):
        raise FileRefused(f"{where}: dated {day}, which is not a possible date of publication; state the date with --vintage")
    numbers, refused = observations.observations(published.rows, source=source, vintage=dated, published=day, snapshot=name)
    if numbers.empty and states_figures:
        reason = f"; the first: row {refused['row_number'].iloc[0]}, {refused['reason'].iloc[0]}" if len(refused) else ""
        raise FileRefused(f"{where}: none of its {len(published.rows)} rows can be used{reason}")
    sidecar: Sidecar = {
        "title": Path(name).stem,
        "publisher": source.publisher,
        "published": day,
        "retrieved": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "url": source.url,
        "licence": source.licence,
        "citation": source.citation,
        "origin": f"a file added by hand; {dated_by}",
        "is_dated": bool(stated),
    }
    if series:
        sidecar["series"] = series
    prepared = _Prepared(source.name, dated, storable(name), content, sidecar)
    return prepared, (
        len(published.rows),
        len(numbers),
        len(refused),
        published.without_value,
    )


def _source_of(where: str, published: readers.Published, given: str) -> str:
    """Return the source of a file: the one that publishes in its layout, or for the project's own layout the one that was given.

    Raises:
        FileRefused: No source is stated, it is unknown, or the layout is that of another.
    """
    if given and given not in sources():
        raise FileRefused(f"{where}: no source is called {given}; known are {', '.join(sorted(sources()))}")
    if published.source and given not in ("", published.source):
        raise FileRefused(
            f"{where}: has the layout {published.layout}, in which {published.source} publishes, not {given}; leave out --source"
        )
    if not (published.source or given):
        raise FileRefused(
            f"{where}: is in the project's own layout, which does not state the source; add it with --source, such as data360"
        )
    return published.source or given


def storable(name: str) -> str:
    """Return a file name in the characters that the store accepts; the original name stays in the sidecar as the title.

    >>> storable("Intérnet & téléphonie [1].csv")
    'Internet _ telephonie _1_.csv'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._ ()+-]", "_", plain).lstrip("._ ()+-") or "file"


def _series_in(name: str, publisher: str) -> str:
    """Return the code of the publisher's series in a file name; empty unless there is exactly one."""
    text = Path(name).stem.casefold()
    codes = {code for code, _ in crosswalk(publisher) if re.search(rf"(?<![a-z0-9.]){re.escape(code.casefold())}(?!\.?[a-z0-9])", text)}
    return codes.pop() if len(codes) == 1 else ""


def _dated(name: str, vintage: str, published: str) -> tuple[str, str]:
    """Return the label of the edition and where it comes from: the person, the file name or the file; "" without a date."""
    if vintage:
        return vintage, "dated by the person who added it"
    if match := _EPOCH.search(name):
        return dt.datetime.fromtimestamp(int(match[1]) / 1000, dt.UTC).date().isoformat(), "dated by the time of export in its name"
    if published:
        return published, "dated by the file itself"
    days = {day for day in ("-".join(match.groups()) for match in _DAY.finditer(name)) if date_of(day)}
    if len(days) == 1:
        return days.pop(), "dated by the day in its name"
    return "", UNDATED
