"""The registers: gaps of data by what closing them would tell, and revisions by how far they moved a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipelines.site.areas import Ask, rows
from pipelines.site.environment import render
from pipelines.site.known import Known

if TYPE_CHECKING:
    import pandas as pd

#: How many of each a page names; the whole is in the table.
GAPS, REVISIONS = 100, 60


def data_gaps(gaps: pd.DataFrame, known: Known, about: Mapping[str, Any]) -> str:
    """Return the register of gaps: those that would tell most, then how many there are of each indicator."""
    people = ["indicator", "sex", "locality", "age"]
    counted = gaps.groupby(people, as_index=False).agg(
        economies=("iso3", "size"),
        never=("last_year", lambda years: int(years.isna().sum())),
        told=("bounds_shrink_by", "sum"),
        reference_year=("reference_year", "max"),
    )
    return render(
        "data_gaps.html",
        "data-gaps.html",
        about,
        gaps=rows(gaps.sort_values("rank").head(GAPS)),
        total=len(gaps),
        counted=rows(counted.sort_values(["told", *people], ascending=[False, True, True, True, True])),
        indicators=known.indicators,
        titles=known.titles,
    )


def revisions(ask: Ask, known: Known, about: Mapping[str, Any]) -> str:
    """Return the page of revisions: what each pair of vintages changed, and the numbers that moved most."""
    from pipelines import models

    return render(
        "revisions.html",
        "revisions.html",
        about,
        pairs=rows(ask(models.page_query("revisions_by_pair").text)),
        largest=rows(ask(f"{models.page_query('largest_revisions').text} limit {REVISIONS}")),
        indicators=known.indicators,
        titles=known.titles,
    )
