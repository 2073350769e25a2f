"""The page of the sources: how fresh each is, what was read of it, its licence, how to cite it, and what of it is corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.registries import Correction, Freshness, Source
from pipelines.publication.site.environment import render
from pipelines.publication.tables import Tables, rows_by, typed_rows


@dataclass(frozen=True)
class VintageFiles:
    """A vintage of a source: its files, and the rows that were read or left out."""

    source: str
    vintage: str
    published: str
    licence: str
    files: int
    rows: int
    quarantined: int


@dataclass(frozen=True)
class SourceStatus:
    """A source, how old its newest vintage is, and its vintages, the newest first."""

    source: Source
    freshness: Freshness
    vintages: Sequence[VintageFiles]


def page(tables: Tables, info: PublicationInfo) -> str:
    """Return the page of the sources, from the tables sources, snapshots, quarantine, freshness and corrections."""
    statuses = source_statuses(tables)
    return render(
        "sources.html",
        "sources.html",
        info,
        sources=statuses,
        titles={status.source.source: status.source.title for status in statuses},
        corrections=[row for row in typed_rows(tables.read("corrections"), Correction) if row.rows],
    )


def source_statuses(tables: Tables) -> list[SourceStatus]:
    """Return the sources with their status; those without a vintage come last."""
    key = ["source", "vintage", "file"]
    refused = tables.read("quarantine").groupby(key).size().rename("quarantined").reset_index()
    files = tables.read("snapshots").merge(refused, on=key, how="left").fillna({"quarantined": 0}).astype({"quarantined": "int64"})
    vintages = files.groupby(["source", "vintage"], as_index=False).agg(
        published=("published", "max"),
        files=("file", "size"),
        rows=("rows", "sum"),
        quarantined=("quarantined", "sum"),
        licence=("licence", "first"),
    )
    newest_first = vintages.sort_values(["published", "vintage"], ascending=False)
    by_source = rows_by(typed_rows(newest_first, VintageFiles), lambda row: row.source)
    freshness = {row.source: row for row in typed_rows(tables.read("freshness"), Freshness)}
    statuses = [
        SourceStatus(source, freshness[source.source], by_source.get(source.source, []))
        for source in typed_rows(tables.read("sources"), Source)
    ]
    return sorted(statuses, key=lambda status: not status.vintages)
