"""The page of the sources: how fresh each is, what was read of it, its licence, how to cite it, and what of it is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipelines.publication.site.area_profiles import Row, rows
from pipelines.publication.site.environment import render

if TYPE_CHECKING:
    import pandas as pd


def page(tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]) -> str:
    """Return the page of the sources, from the tables sources, snapshots, quarantine, freshness and corrections."""
    corrections = [row for row in rows(tables["corrections"]) if row["rows"]]
    return render("sources.html", "sources.html", about, sources=sources(tables), corrections=corrections)


def sources(tables: Mapping[str, pd.DataFrame]) -> list[Row]:
    """Return the sources with where each stands and its vintages, newest first; those of which nothing is held come last."""
    key = ["source", "vintage", "file"]
    refused = tables["quarantine"].groupby(key).size().rename("quarantined").reset_index()
    files = tables["snapshots"].merge(refused, on=key, how="left").fillna({"quarantined": 0}).astype({"quarantined": "int64"})
    vintages = files.groupby(["source", "vintage"], as_index=False).agg(
        published=("published", "max"),
        files=("file", "size"),
        rows=("rows", "sum"),
        quarantined=("quarantined", "sum"),
        licence=("licence", "first"),
    )
    standing = {row["source"]: row for row in rows(tables["freshness"])}
    found = []
    for source in rows(tables["sources"]):
        held = vintages[vintages["source"] == source["source"]].sort_values(["published", "vintage"], ascending=False)
        found.append(source | {"vintages": rows(held), "standing": standing[source["source"]]})
    return sorted(found, key=lambda source: not source["vintages"])
