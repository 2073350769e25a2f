"""The page of the review sheet: what is held of each indicator, in one HTML document that opens from disk, as the front page does."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from indicators import contracts, review
from indicators.sources import sources
from pipelines import page

if TYPE_CHECKING:
    import pandas as pd


def render(tables: Mapping[str, pd.DataFrame], licence: str, about: Mapping[str, Any]) -> str:
    """Return the page as one HTML document.

    Args:
        tables: The published tables by name; used are indicators and indicator_review.
        licence: Licence of the sheet as a whole.
        about: As for the front page.
    """
    known = tables["indicators"][["indicator", "title", "unit", "definition", "sdg_indicator", "paragraphs"]]
    reviewed = page.rows(tables["indicator_review"].merge(known, on="indicator"))
    counts = Counter(row["evidence"] for row in reviewed)
    for row in reviewed:
        row["from"] = [sources()[name] for name in (row["sources"] or "").split(", ") if name]
        row["is_asked_for"] = bool(row["claims"] or row["targets"])
    return (
        page.templates()
        .get_template("indicator_review.html")
        .render(
            about=about,
            made_at=dt.datetime.fromisoformat(about["made_at"]),
            licence=licence,
            tally=[(evidence, counts[evidence]) for evidence in contracts.EVIDENCE],
            reviewed={evidence: [row for row in reviewed if row["evidence"] == evidence] for evidence in contracts.EVIDENCE},
            reference_year=next((int(row["reference_year"]) for row in reviewed if row["reference_year"] is not None), None),
            dimensions=review.DIMENSIONS,
            natures=contracts.NATURES,
            recent_years=review.RECENT_YEARS,
            percent=review.percent,
        )
    )
