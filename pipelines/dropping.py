"""Files that people bring: recognised by their bytes, read to the end before anything is stored, and stored as a snapshot or refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.dates import date_of
from pipelines.snapshots import Snapshot, SnapshotStore

#: Which source a layout comes from.
SOURCES = {"itu-datahub-v2": "itu-datahub", "world-bank-json": "world-bank-wdi"}

#: The DataHub writes the moment of an export, in milliseconds, into the file name; browsers and zip tools add to it.
_EPOCH = re.compile(r"_(1[0-9]{12})(?![0-9])")
_LAST_UPDATED = re.compile(rb'"lastupdated"\s*:\s*"(\d{4}-\d{2}-\d{2})"')


class FileRefused(Exception):
    """A file cannot be used; the message is one clear line, and nothing was stored."""


@dataclass(frozen=True)
class Added:
    """One file taken in: where it is, whether it is new, and how its rows fared."""

    snapshot: Snapshot
    is_new: bool
    rows: int
    kept: int
    quarantined: int

    @property
    def is_dated(self) -> bool:
        """Whether the edition's date was told, and not assumed."""
        return "dated by the day" not in str(self.snapshot.sidecar.get("origin", ""))


def add(store: SnapshotStore, files: Sequence[Path], *, vintage: str = "") -> list[Added]:
    """Store files as snapshots.

    Args:
        store: Where to.
        files: What people downloaded, zipped or not.
        vintage: The date of the edition; by default read from the file's name, else today with a hash of the bytes.

    Raises:
        FileRefused: One of them is not what it seems, or holds nothing that can be used. Then none is stored.
    """
    today = dt.datetime.now(dt.UTC).date().isoformat()
    ready = [_read(path, vintage, today) for path in files]
    taken: dict[tuple[str, str, str], bytes] = {}
    for prepared, _ in ready:
        name = (prepared["source"], prepared["vintage"], prepared["file"])
        if taken.setdefault(name, prepared["content"]) != prepared["content"]:
            raise FileRefused(f"two of the files would both be {'/'.join(name)}; rename one, or add them with a --vintage each")
        store.held(*name, prepared["content"])
    added = []
    for prepared, counts in ready:
        snapshot, is_new = store.put(**prepared)
        added.append(Added(snapshot, is_new, *counts))
    return added


def _read(path: Path, vintage: str, today: str) -> tuple[dict[str, Any], tuple[int, int, int]]:
    """Read a file to its end; return what to store, and how many rows it has, how many have a meaning, how many not."""
    from indicators import observations, readers
    from indicators.sources import sources

    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read ({error.strerror}); check the path") from None
    try:
        published = readers.read(content)
    except readers.Unreadable as error:
        raise FileRefused(f"{path}: {error}") from None
    if published.layout not in SOURCES:
        raise FileRefused(
            f"{path}: has the layout {published.layout}, which belongs to the figures that come with the project; nothing to add"
        )
    source = sources()[SOURCES[published.layout]]
    stated = vintage or _dated(path, content)
    dated = stated or f"{today}-{hashlib.sha256(content).hexdigest()[:8]}"
    day = date_of(dated)
    if not day:
        raise FileRefused(f"{path}: vintage {dated!r} does not begin with a date of the calendar; write it as 2026-04-29")
    numbers, refused = observations.observations(published.rows, source=source, vintage=dated, published=day, snapshot=path.name)
    if numbers.empty:
        reason = f"; the first: row {refused['row_number'].iloc[0]}, {refused['reason'].iloc[0]}" if len(refused) else ""
        raise FileRefused(f"{path}: none of its {len(published.rows)} rows can be used{reason}")
    sidecar = {
        "title": path.stem,
        "publisher": source.publisher,
        "published": day,
        "retrieved": today,
        "url": source.url,
        "licence": source.licence,
        "citation": source.citation,
        "origin": "a file added by hand",
    }
    if not stated:
        sidecar["origin"] += "; neither the file nor its name tells a date, so it is dated by the day it was added"
    prepared = {"source": source.name, "vintage": dated, "file": path.name, "content": content, "sidecar": sidecar}
    return prepared, (len(published.rows), len(numbers), len(refused))


def _dated(path: Path, content: bytes) -> str:
    """Return the ISO day that a World Bank answer states in its header or a DataHub export in its name, or nothing."""
    header = _LAST_UPDATED.search(content[:500])
    if header:
        return header[1].decode()
    match = _EPOCH.search(path.name)
    return dt.datetime.fromtimestamp(int(match[1]) / 1000, dt.UTC).date().isoformat() if match else ""
