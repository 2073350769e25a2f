"""The registers: gaps of data by what closing them would tell, and revisions by how far they moved a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipelines.publication.site import search_index
from pipelines.publication.site.area_profiles import Ask, Row, rows
from pipelines.publication.site.environment import render
from pipelines.publication.site.site_context import Known

if TYPE_CHECKING:
    import pandas as pd

#: How many of each a page names; of gaps of one series fewer, so that one of which nothing is held hides no other. The table has them all.
GAPS, OF_ONE, REVISIONS = 180, 20, 60
#: The published chart of how many economies lack a value.
CHART = "data_gaps_by_group"


def data_gaps(gaps: pd.DataFrame, charts: list[Row], known: Known, about: Mapping[str, Any]) -> str:
    """Return the register of gaps: how many there are of each indicator, then those that would tell most."""
    people = ["indicator", "sex", "locality", "age"]
    counted = gaps.groupby(people, as_index=False).agg(
        economies=("iso3", "size"),
        never=("last_year", lambda years: int(years.isna().sum())),
        told=("world_bound_shrinks_by", lambda points: points.sum(min_count=1)),
        reference_year=("reference_year", "max"),
    )
    telling = gaps[gaps["bounds_shrink_by"] > 0].sort_values("rank")
    named = telling[telling.groupby(people).cumcount() < OF_ONE].head(GAPS)
    return render(
        "data_gaps.html",
        "data-gaps.html",
        about,
        gaps=rows(named),
        of_one=OF_ONE,
        chart=next((row for row in charts if row["chart"] == CHART), None),
        choices=known.with_members,
        listed=sorted({(name, known.indicators[name]["title"]) for name in named["indicator"]}, key=lambda pair: pair[1]),
        groups_of={code: " ".join(group["group_name"] for group in area["groups"]) for code, area in known.areas.items()},
        narrowed={code: f"{area['name']} {search_index.names(area)}" for code, area in known.areas.items()},
        total=len(gaps),
        counted=rows(counted.sort_values(["told", *people], ascending=[False, True, True, True, True])),
        indicators=known.indicators,
        titles=known.titles,
    )


def revisions(ask: Ask, known: Known, about: Mapping[str, Any]) -> str:
    """Return the page of revisions: what each pair of vintages changed, and the numbers that moved most."""
    from pipelines.publication.site import queries

    return render(
        "revisions.html",
        "revisions.html",
        about,
        pairs=rows(ask(queries.page_query("revisions_by_pair").text)),
        largest=rows(ask(f"{queries.page_query('largest_revisions').text} limit {REVISIONS}")),
        indicators=known.indicators,
        titles=known.titles,
    )
