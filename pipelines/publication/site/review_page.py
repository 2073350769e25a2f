"""The page of the review sheet: what is held of each indicator, and what a review would ask of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from indicators.contracts.vocabulary import Evidence, Nature
from indicators.measures import indicator_review
from indicators.registries.sources import sources
from pipelines.publication.site.area_profiles import rows
from pipelines.publication.site.environment import render

if TYPE_CHECKING:
    import pandas as pd


def page(tables: Mapping[str, pd.DataFrame], licence: str, about: Mapping[str, Any]) -> str:
    """Return the page as one HTML document.

    Args:
        tables: The published tables by name; used are indicators and indicator_review.
        licence: Licence of the sheet as a whole.
        about: As for the front page.
    """
    known = tables["indicators"][["indicator", "title", "unit", "definition", "sdg_indicator", "paragraphs"]]
    reviewed = rows(tables["indicator_review"].merge(known, on="indicator"))
    counts = Counter(row["evidence"] for row in reviewed)
    for row in reviewed:
        row["from"] = [sources()[name] for name in (row["sources"] or "").split(", ") if name]
        row["is_asked_for"] = bool(row["claims"] or row["targets"])
    return render(
        "indicator_review.html",
        "indicator_review.html",
        about,
        licence=licence,
        tally=[(evidence, counts[evidence]) for evidence in Evidence],
        reviewed={evidence: [row for row in reviewed if row["evidence"] == evidence] for evidence in Evidence},
        reference_year=next((int(row["reference_year"]) for row in reviewed if row["reference_year"] is not None), None),
        dimensions=indicator_review.DIMENSIONS,
        natures=list(Nature),
        recent_years=indicator_review.RECENT_YEARS,
    )
