"""An existing publication: where its files are, what changed in it, whether a file was altered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.publication import datapackage
from pipelines.settings import DATABASE, Settings
from pipelines.warehouse.database import read_published

if TYPE_CHECKING:
    pass


DESCRIPTOR = "datapackage.json"
PAGE = "index.html"
REVIEW_PAGE = "indicator_review.html"

#: What `sha256sum --check` reads: the pages beside the front page, and the briefs, are too many to be named in the descriptor one by one.
PAGES = "pages.sha256"


def what_changed(folder: Path) -> str:
    """Return what the newest run of a publication changed, in one line."""
    return str(read_published(folder / DATABASE, "select what_changed from runs order by finished_at desc limit 1")["what_changed"].iloc[0])


def altered(folder: Path) -> list[str]:
    """Return the files of a publication that are missing or not the bytes its descriptor names."""
    return datapackage.altered(folder, json.loads((folder / DESCRIPTOR).read_text("utf-8")))


def newest_selection(paths: Settings) -> Path:
    """Return the folder of the newest publication made from a selection."""
    return max((path for path in paths.selections.iterdir() if not path.name.startswith(".")), key=lambda path: path.stat().st_mtime)


def summary(folder: Path) -> dict[str, Any]:
    """Return in a few figures what a publication holds."""
    database = folder / DATABASE
    verdicts = read_published(
        database,
        "select verdict, count(*) as claims from verdicts join claims using (claim) "
        "where moment = 'now' and basis = 'published' and reading_of is null "
        "group by verdict order by claims desc, verdict",
    )
    counts = read_published(
        database,
        "select (select count(*) from observations) as observations, "
        "(select count(distinct (source, vintage)) from snapshots) as vintages, "
        "(select count(*) from quarantine) as quarantined",
    ).iloc[0]
    told = ", ".join(f"{row.claims} {row.verdict}" for row in verdicts.itertuples())
    pages = 1 + sum(path.endswith(".html") for path in datapackage.listed(folder / PAGES))
    found = {str(name): int(value) for name, value in counts.items()}
    return {"verdicts": told, "what_changed": what_changed(folder), "pages": pages, **found}
