"""The page of the review sheet: the data of each indicator, and what a review would ask of it."""

from __future__ import annotations

from indicators.contracts.vocabulary import Evidence
from indicators.measures import indicator_review
from indicators.registries.sources import sources
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.registries import Indicator, IndicatorReview
from pipelines.publication.site.environment import render
from pipelines.publication.tables import Tables, rows_by, typed_rows


def page(tables: Tables, licence: str, info: PublicationInfo) -> str:
    """Return the page as one HTML document.

    Args:
        tables: The published tables; used are indicators and indicator_review.
        licence: Licence of the sheet as a whole.
        info: The publication.
    """
    reviews = typed_rows(tables.read("indicator_review"), IndicatorReview)
    by_evidence = rows_by(reviews, lambda row: row.evidence)
    return render(
        "indicator_review.html",
        "indicator_review.html",
        info,
        licence=licence,
        reviews={evidence: by_evidence.get(evidence, []) for evidence in Evidence},
        indicators={row.indicator: row for row in typed_rows(tables.read("indicators"), Indicator)},
        sources=sources(),
        reference_year=next((row.reference_year for row in reviews if row.reference_year is not None), None),
        recent_years=indicator_review.RECENT_YEARS,
    )
