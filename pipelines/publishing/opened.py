"""An existing publication: its tables and briefs, its main figures, whether a file was altered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.publication import datapackage
from pipelines.publication.build_id import fingerprint
from pipelines.publication.publication_info import PublicationInfo
from pipelines.settings import DATABASE, Settings
from pipelines.warehouse import queries
from pipelines.warehouse.database import Published, Warehouse, read_published
from pipelines.warehouse.selection import Selection
from pipelines.warehouse.status import what_changed

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.publication.briefs.library import Library

PAGE = "index.html"
REVIEW_PAGE = "indicator_review.html"

#: What `sha256sum --check` reads: the other pages and the briefs, which are too many for the descriptor.
PAGES = "pages.sha256"


class PublishedTables:
    """The tables of a database as the publication reads them; each is read once."""

    def __init__(self, database: Warehouse | Published) -> None:
        self._database = database
        self._frames: dict[str, pd.DataFrame] = {}

    def read(self, table: str) -> pd.DataFrame:
        """Return a whole table."""
        if table not in self._frames:
            self._frames[table] = self._database.read(table)
        return self._frames[table]

    def page(self, query: str) -> pd.DataFrame:
        """Return what the query `sql/pages/<query>.sql` selects."""
        return self._database.query(queries.page(query))


@dataclass(frozen=True)
class Summary:
    """A publication in a few figures: the verdicts now, what its newest run changed, its pages, and what it holds."""

    verdicts: str
    what_changed: str
    pages: int
    observations: int
    vintages: int
    quarantined: int


def briefs(folder: Path) -> Library:
    """Return the briefs of the publication in `folder`; nothing in it is changed."""
    from pipelines.publication.briefs.library import library  # here, because it loads Jinja2

    descriptor = datapackage.read_descriptor(folder)
    info = PublicationInfo(
        made_at=descriptor.made_at,
        code=descriptor.code,
        git_sha=descriptor.git_sha,
        run=descriptor.run,
        selection=descriptor.selection,
        is_everything=descriptor.selection == str(Selection()),
        build=fingerprint(descriptor.code, descriptor.snapshots),
    )
    return library(PublishedTables(Published(folder / DATABASE)), info)


def altered(folder: Path) -> list[str]:
    """Return the files of a publication that are missing or not the bytes its descriptor names."""
    return datapackage.altered(folder)


def newest_selection(paths: Settings) -> Path:
    """Return the folder of the newest publication made from a selection."""
    return max((path for path in paths.selections.iterdir() if not path.name.startswith(".")), key=lambda path: path.stat().st_mtime)


def summary(folder: Path) -> Summary:
    """Return a publication in a few figures."""
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
    pages = 1 + sum(path.endswith(".html") for path in datapackage.listed(folder / PAGES))
    return Summary(
        ", ".join(f"{row.claims} {row.verdict}" for row in verdicts.itertuples()),
        what_changed(Published(database)),
        pages,
        **{str(name): int(value) for name, value in counts.items()},
    )
