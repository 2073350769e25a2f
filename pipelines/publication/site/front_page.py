"""The front page: the world in four numbers, the verdicts, the charts, the downloads and the sources, from the published tables.

The words and the looks stand in `templates/`. Here is only what a template cannot say well: which rows belong together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from indicators.claims import resolution
from indicators.contracts.vocabulary import Rule, Verdict
from pipelines.publication import citation
from pipelines.publication.site import headline_numbers
from pipelines.publication.site import statements as told
from pipelines.publication.site.area_profiles import rows
from pipelines.publication.site.environment import render
from pipelines.publication.site.sources_page import sources

if TYPE_CHECKING:
    import pandas as pd


def page(tables: Mapping[str, pd.DataFrame], charts: pd.DataFrame, downloads: list[dict[str, Any]], about: Mapping[str, Any]) -> str:
    """Return the page as one HTML document.

    Args:
        tables: The published tables by name; used are claims, verdicts, claim_conflicts, sources, snapshots, quarantine, freshness,
            current_observations and gaps.
        charts: One row a chart: chart, title, subtitle, alt, source, licence; the files are `charts/<chart>.png`, `.svg` and `.csv`.
        downloads: One entry a group of files: name, description, rows, licence, and files, each with path, bytes and format.
        about: made_at (ISO, UTC), git_sha, code, run, selection, is_everything, licence, what_changed.
    """
    statements = told.statements(tables["claims"], tables["verdicts"])
    return render(
        "front.html",
        "index.html",
        about,
        citation=citation.sentence(tables, about),
        made_at=dt.datetime.fromisoformat(about["made_at"]),
        adopted=dt.date.fromisoformat(resolution.adopted()),
        world=headline_numbers.in_numbers(tables),
        statements=statements,
        tally=told.tally(statements),
        conflicts=told.conflicts(tables["claim_conflicts"], tables["claims"]),
        charts=rows(charts),
        downloads=downloads,
        sources=sources(tables),
        verdicts=list(Verdict),
        rules=list(Rule),
    )
