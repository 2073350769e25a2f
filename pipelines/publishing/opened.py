"""An existing publication: where its files are, what changed in it, whether a file was altered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pipelines.publication import datapackage
from pipelines.settings import DATABASE, Settings
from pipelines.warehouse.database import read_published

DESCRIPTOR = "datapackage.json"
PAGE = "index.html"
REVIEW_PAGE = "indicator_review.html"

#: What `sha256sum --check` reads: the pages beside the front page, and the briefs, are too many to be named in the descriptor one by one.
PAGES = "pages.sha256"


@dataclass(frozen=True)
class Summary:
    """What a publication holds, in a few figures.

    Attributes:
        verdicts: How many statements have each verdict now, in words.
        observations: Numbers of all vintages.
        vintages: Editions of a source.
        quarantined: Rows that were refused.
        pages: Pages of the site.
        what_changed: What differs from the publication before, in one line.
    """

    verdicts: str
    observations: int
    vintages: int
    quarantined: int
    pages: int
    what_changed: str


def what_changed(folder: Path) -> str:
    """Return what the newest run of a publication changed, in one line."""
    return str(read_published(folder / DATABASE, "select what_changed from runs order by finished_at desc limit 1")["what_changed"].iloc[0])


def altered(folder: Path) -> list[str]:
    """Return the files of a publication that are missing or not the bytes its descriptor names."""
    return datapackage.altered(folder, json.loads((folder / DESCRIPTOR).read_text("utf-8")))


def newest_selection(paths: Settings) -> Path:
    """Return the folder of the newest publication made from a selection."""
    return max((path for path in paths.selections.iterdir() if not path.name.startswith(".")), key=lambda path: path.stat().st_mtime)


def summary(folder: Path) -> Summary:
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
    return Summary(
        verdicts=", ".join(f"{row.claims} {row.verdict}" for row in verdicts.itertuples()),
        observations=int(counts["observations"]),
        vintages=int(counts["vintages"]),
        quarantined=int(counts["quarantined"]),
        pages=1 + sum(path.endswith(".html") for path in datapackage.listed(folder / PAGES)),
        what_changed=what_changed(folder),
    )
