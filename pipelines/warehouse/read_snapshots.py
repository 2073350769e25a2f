"""Reading the stored files into the build: the raw tables, a table a source, with their rows as text; and the list of the files."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from indicators import readers
from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.contracts.tables import conform
from indicators.registries.sources import sources
from pipelines.provenance import code_version
from pipelines.warehouse.selection import RAW_TABLES

if TYPE_CHECKING:
    from pipelines.snapshots import Snapshot
    from pipelines.warehouse.parameters import Build

#: What is taken over from the sidecar of a snapshot as it is.
_FROM_SIDECAR = ("retrieved", "sha256", "url", "licence", "citation", "origin")


def read_snapshots(build: Build, wanted: Collection[str]) -> None:
    """Read the selected snapshots into raw tables, and list them in `snapshots`.

    Args:
        build: The build; its selection says which snapshots it is made from.
        wanted: Which of the raw tables and `snapshots` to write. Without `snapshots`, the raw tables are of the snapshots listed before.

    Raises:
        SnapshotRefused: A snapshot's bytes are not those that were stored.
        ValueError: The selection leaves nothing, or a stored file can no longer be read.
    """
    warehouse = build.warehouse
    raw_tables = [table for table in RAW_TABLES.values() if table in wanted]
    for table in raw_tables:
        warehouse.write(table, _empty())
    entries = []
    for snapshot in _chosen(build, is_listed="snapshots" not in wanted):
        table = RAW_TABLES[snapshot.source]
        if table not in raw_tables and "snapshots" not in wanted:
            continue
        try:
            published = readers.read(snapshot.read(), str(snapshot.sidecar.get("series", "")))
        except readers.Unreadable as error:
            raise ValueError(f"{snapshot.path}: {error}") from None
        if table in raw_tables:
            warehouse.append(table, published.rows.assign(snapshot=snapshot.name))
        entries.append(_entry(snapshot, published))
    if "snapshots" in wanted:
        warehouse.write("snapshots", conform("snapshots", pd.DataFrame(entries)))
        made = {"selection": str(build.selection), "is_everything": build.selection.is_everything, "code": code_version()}
        warehouse.write("selection", pd.DataFrame([made]))
    for table in raw_tables:
        warehouse.record(table, ["snapshots"])


def _chosen(build: Build, *, is_listed: bool) -> list[Snapshot]:
    """Return the snapshots to read: those listed before, or those of the selection."""
    if is_listed:
        return [build.store.get(str(name)) for name in build.warehouse.read("snapshots")["snapshot"]]
    chosen = [snapshot for snapshot in build.store.list() if build.selection.holds(snapshot)]
    if not chosen:
        raise ValueError(f"the selection ({build.selection}) leaves no snapshot; choose a later day, or add a file with `divide add FILE`")
    for snapshot in chosen:
        if snapshot.source not in RAW_TABLES:
            known = ", ".join(sorted(RAW_TABLES))
            raise ValueError(f"{snapshot.path}: no source is called {snapshot.source}; known are {known}; move the file out of the store")
    return chosen


def _empty() -> pd.DataFrame:
    text = {name: pd.Series(dtype="str") for name in PUBLISHED_COLUMNS[1:]}
    return pd.DataFrame({"snapshot": pd.Series(dtype="str"), "row_number": pd.Series(dtype="int64")} | text)


def _entry(snapshot: Snapshot, published: readers.Published) -> dict[str, object]:
    """Return the row of `snapshots` for a file and what was read from it."""
    return {
        "snapshot": snapshot.name,
        "source": snapshot.source,
        "vintage": snapshot.vintage,
        "file": snapshot.file,
        "published": snapshot.published,
        "whole_series": snapshot.sidecar.get("whole_series", sources()[snapshot.source].whole_series),
        "layout": published.layout,
        "rows": len(published.rows),
        "without_value": published.without_value,
        "is_dated": bool(snapshot.sidecar.get("is_dated", True)),
        "repaired": published.repaired,
        "bytes": snapshot.path.stat().st_size,
        **{name: snapshot.sidecar.get(name) for name in _FROM_SIDECAR},
    }
