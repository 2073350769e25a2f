"""The registers: missing values by how much each would reduce uncertainty, and revisions by how far they moved a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.figures import DataGap, Population, Revision
from pipelines.publication.rows.registries import Chart, VintagePair
from pipelines.publication.site.environment import render
from pipelines.publication.site.search_index import other_names
from pipelines.publication.tables import Tables, typed_rows

#: How many rows a page lists; of one indicator and breakdown fewer, so that one without any value hides no other. The tables have all.
MOST_GAPS, MOST_GAPS_OF_ONE, MOST_REVISIONS = 180, 20, 60
#: The published chart of how many economies lack a value.
CHART = "data_gaps_by_group"


@dataclass(frozen=True)
class GapCount(Population):
    """The data gaps of one indicator and breakdown."""

    indicator: str
    reference_year: int
    economies: int
    without_any_value: int
    world_points: float | None


def data_gaps(tables: Tables, charts: Sequence[Chart], context: SiteContext, info: PublicationInfo) -> str:
    """Return the register of data gaps: how many each indicator has, then those that would reduce uncertainty most."""
    gaps, key = tables.read("data_gaps"), ["indicator", "sex", "locality", "age"]
    counted = gaps.groupby(key, as_index=False).agg(
        economies=("iso3", "size"),
        without_any_value=("last_year", lambda years: int(years.isna().sum())),
        world_points=("world_bound_shrinks_by", lambda points: points.sum(min_count=1)),
        reference_year=("reference_year", "max"),
    )
    counted = counted.sort_values(["world_points", *key], ascending=[False, True, True, True, True])
    ranked = gaps[gaps["bounds_shrink_by"] > 0].sort_values("rank")
    listed = typed_rows(ranked[ranked.groupby(key).cumcount() < MOST_GAPS_OF_ONE].head(MOST_GAPS), DataGap)
    titles = {gap.indicator: context.indicators[gap.indicator].title for gap in listed}
    return render(
        "data_gaps.html",
        "data-gaps.html",
        info,
        gaps=listed,
        most_of_one=MOST_GAPS_OF_ONE,
        chart=next((row for row in charts if row.chart == CHART), None),
        groups=context.groups_with_members,
        indicator_choices=sorted(titles.items(), key=lambda pair: pair[1]),
        groups_of={code: " ".join(group.group_name for group in area.groups) for code, area in context.areas.items()},
        searched={code: f"{area.name} {other_names(area)}" for code, area in context.areas.items()},
        total=len(gaps),
        counted=typed_rows(counted, GapCount),
        indicators=context.indicators,
        titles=context.titles,
    )


def revisions(tables: Tables, context: SiteContext, info: PublicationInfo) -> str:
    """Return the page of revisions: what each pair of vintages changed, and the numbers that moved most."""
    return render(
        "revisions.html",
        "revisions.html",
        info,
        pairs=typed_rows(tables.page("revisions_by_pair"), VintagePair),
        largest=typed_rows(tables.page("largest_revisions").head(MOST_REVISIONS), Revision),
        indicators=context.indicators,
        titles=context.titles,
    )
