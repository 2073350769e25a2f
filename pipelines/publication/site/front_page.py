"""The front page: the world in four numbers, the verdicts, the charts, the downloads and the sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.contracts.vocabulary import Rule, Verdict
from indicators.registries import resolution
from pipelines.publication import citation
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.registries import Chart
from pipelines.publication.site.environment import render
from pipelines.publication.site.headline_numbers import headline_numbers
from pipelines.publication.site.sources_page import source_statuses
from pipelines.publication.site.statements import conflicts, statements, verdict_counts
from pipelines.publication.tables import Tables


@dataclass(frozen=True)
class DownloadFile:
    """A file to download; the size of one that is written last is not known."""

    path: str
    bytes: int | None
    format: str


@dataclass(frozen=True)
class Download:
    """Files of one name, what they hold; of a table also its rows and the address of its chapter of the methods."""

    name: str
    description: str
    rows: int | None
    licence: str
    files: Sequence[DownloadFile]
    methods: str = ""


def page(tables: Tables, charts: Sequence[Chart], downloads: Sequence[Download], info: PublicationInfo) -> str:
    """Return the page as one HTML document.

    Args:
        tables: The published tables; used are claims, verdicts, claim_conflicts, sources, snapshots, quarantine, freshness,
            current_observations and gaps.
        charts: The published charts; their files are `charts/<chart>.png`, `.svg` and `.csv`.
        downloads: The files of the publication.
        info: The publication.
    """
    judged = statements(tables)
    return render(
        "front.html",
        "index.html",
        info,
        citation=citation.sentence(tables.read("snapshots"), info),
        adopted=dt.date.fromisoformat(resolution.adopted()),
        numbers=headline_numbers(tables),
        statements=judged,
        counts=verdict_counts(judged),
        conflicts=conflicts(tables, {row.claim.claim: row.claim for row in judged}),
        charts=charts,
        downloads=downloads,
        sources=source_statuses(tables),
        verdicts=list(Verdict),
        rules=list(Rule),
    )
