"""The profile of an economy or group: all rows of the published tables about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from indicators.contracts.vocabulary import AreaKind, TargetStatus
from pipelines.publication.rows.figures import (
    DataGap,
    Figure,
    Gap,
    GroupFigure,
    ImputedAggregate,
    MemberGap,
    Membership,
    Projection,
    Revision,
    Scenario,
    SeriesPoint,
    Target,
    TimeDistance,
)
from pipelines.publication.rows.vintages import Vintage
from pipelines.publication.tables import Tables, rows_by, typed_rows

Row = TypeVar("Row")

#: The indicator that comes first everywhere, and that is drawn over time.
HEADLINE = "individuals_using_internet"


@dataclass(frozen=True)
class Series:
    """The values of an indicator over the years, the oldest first, and the vintages they are of."""

    points: tuple[tuple[int, float], ...]
    vintages: tuple[Vintage, ...]

    def newer(self, figure: Figure) -> tuple[int, float] | None:
        """Return the year and value of a figure that is newer than the series, and so of another vintage."""
        return (figure.year, figure.value) if figure.year > self.points[-1][0] else None


@dataclass(frozen=True)
class Area:
    """An economy or group: a row of `sql/pages/areas.sql`."""

    code: str
    name: str
    kind: str
    scheme: str | None
    m49: str | None
    region: str | None
    subregion: str | None


@dataclass(frozen=True)
class AreaProfile(Area):
    """An economy or group with all that is published of it.

    Attributes:
        groups: The groups of an economy.
        members: The members of a group.
        figures: The newest figure of each indicator and breakdown.
        series: The years and values of each indicator, in total.
        gaps: The newest gap of each kind.
        time_distances: The years behind each benchmark.
        targets: The targets that can be judged.
        unjudged_targets: The targets that cannot.
        projections: The coming years of each series.
        scenarios: A group under each scenario.
        data_gaps: The values of an economy that are missing or old.
        revisions: The numbers that the newest vintage changed.
        group_figures: The figures of a group computed from its members.
        imputed_aggregates: Our own estimates of a group's figures that the source does not print.
        member_gaps: The missing or old values of a group's members that matter most.
    """

    groups: Sequence[Membership]
    members: Sequence[Membership]
    figures: Sequence[Figure]
    series: Mapping[str, Series]
    gaps: Sequence[Gap]
    time_distances: Sequence[TimeDistance]
    targets: Sequence[Target]
    unjudged_targets: Sequence[Target]
    projections: Sequence[Projection]
    scenarios: Sequence[Scenario]
    data_gaps: Sequence[DataGap]
    revisions: Sequence[Revision]
    group_figures: Sequence[GroupFigure]
    imputed_aggregates: Sequence[ImputedAggregate]
    member_gaps: Sequence[MemberGap]

    @property
    def is_economy(self) -> bool:
        """Whether it is an economy, and no group."""
        return self.kind == AreaKind.ECONOMY

    @property
    def page(self) -> str:
        """The address of its page, from the folder of the publication."""
        return f"areas/{self.code}.html"

    @property
    def headline(self) -> Figure | None:
        """The newest figure of Internet use, in total; None if there is none."""
        return next((row for row in self.figures if row.indicator == HEADLINE and row.is_total), None)

    @property
    def income_group(self) -> Membership | None:
        """The income group of an economy, whose members are its peers; None for a group, and for an economy without one."""
        return next((group for group in self.groups if group.scheme == "income"), None)


def area_profiles(tables: Tables) -> list[AreaProfile]:
    """Return every economy and group that has a figure or a place in a list, economies first, each kind by name.

    An area without either has no page: uninhabited islands, and groups that no publisher prints.
    """

    def by_area(query: str, row_type: type[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
        return rows_by(typed_rows(tables.page(query), row_type), key)

    figures = by_area("newest_figures", Figure, lambda row: row.area)
    gaps = by_area("area_gaps", Gap, lambda row: row.area)
    time_distances = by_area("years_behind", TimeDistance, lambda row: row.area)
    targets = by_area("area_targets", Target, lambda row: row.area)
    projections = by_area("outlook", Projection, lambda row: row.area)
    scenarios = by_area("area_scenarios", Scenario, lambda row: row.area)
    data_gaps = by_area("area_data_gaps", DataGap, lambda row: row.iso3)
    revisions = by_area("area_revisions", Revision, lambda row: row.area)
    group_figures = by_area("group_figures", GroupFigure, lambda row: row.area)
    imputed = by_area("newest_imputed_aggregates", ImputedAggregate, lambda row: row.group_name)
    member_gaps = by_area("group_data_gaps", MemberGap, lambda row: row.area)
    series = _series(typed_rows(tables.page("series"), SeriesPoint))
    memberships = typed_rows(tables.page("area_memberships"), Membership)
    groups, members = rows_by(memberships, lambda row: row.iso3), rows_by(memberships, lambda row: row.group_name)
    with_page = {*figures, *groups, *members, *group_figures}
    profiles = [
        AreaProfile(
            area.code,
            area.name,
            area.kind,
            area.scheme,
            area.m49,
            area.region,
            area.subregion,
            groups=groups.get(area.code, []),
            members=members.get(area.code, []),
            figures=figures.get(area.code, []),
            series=series.get(area.code, {}),
            gaps=gaps.get(area.code, []),
            time_distances=time_distances.get(area.code, []),
            targets=[row for row in targets.get(area.code, []) if row.status != TargetStatus.UNDETERMINED],
            unjudged_targets=[row for row in targets.get(area.code, []) if row.status == TargetStatus.UNDETERMINED],
            projections=projections.get(area.code, []),
            scenarios=scenarios.get(area.code, []),
            data_gaps=data_gaps.get(area.code, []),
            revisions=revisions.get(area.code, []),
            group_figures=group_figures.get(area.code, []),
            imputed_aggregates=imputed.get(area.code, []),
            member_gaps=member_gaps.get(area.code, []),
        )
        for area in typed_rows(tables.page("areas"), Area)
        if area.code in with_page
    ]
    return sorted(profiles, key=lambda profile: (not profile.is_economy, profile.name.casefold(), profile.code))


def _series(points: Sequence[SeriesPoint]) -> dict[str, dict[str, Series]]:
    """Return the series of each area by indicator."""
    series: dict[str, dict[str, Series]] = {}
    by_series = rows_by(sorted(points, key=lambda row: row.year), lambda row: (row.area, row.indicator))
    for (area, indicator), rows in by_series.items():
        vintages = tuple(dict.fromkeys(row.made_from for row in rows))
        series.setdefault(area, {})[indicator] = Series(tuple((row.year, row.value) for row in rows), vintages)
    return series
