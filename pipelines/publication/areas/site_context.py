"""What more than one page or brief needs: titles, units, sources, and the figures an area is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from indicators.contracts.vocabulary import AreaKind
from pipelines.publication.areas.profile import AreaProfile, area_profiles
from pipelines.publication.drawings.strip_chart import RECENT_YEARS
from pipelines.publication.rows.figures import Figure
from pipelines.publication.rows.registries import Indicator, Source
from pipelines.publication.tables import Tables, rows_by, typed_rows


@dataclass(frozen=True)
class SiteContext:
    """Read once for all pages and briefs.

    Attributes:
        areas: The profile of each area by its code.
        indicators: The catalogue, in its order.
        sources: The sources by name.
        paragraphs: The numbers of the paragraphs that have a page.
        income_groups: The codes of the income groups, from the richest.
    """

    areas: Mapping[str, AreaProfile]
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    paragraphs: frozenset[str]
    income_groups: Sequence[str]

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each indicator in the catalogue."""
        return {indicator: place for place, indicator in enumerate(self.indicators)}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The name of each area."""
        return {code: area.name for code, area in self.areas.items()}

    @cached_property
    def internet_use(self) -> dict[str, Figure]:
        """The newest figure of Internet use of each area that has one."""
        return {code: figure for code, area in self.areas.items() if (figure := area.headline)}

    @cached_property
    def newest_use(self) -> int:
        """The newest year of an economy's figure of Internet use; 0 if none has one."""
        return max((row.year for row in self.internet_use.values() if row.area_kind == AreaKind.ECONOMY), default=0)

    @cached_property
    def figures(self) -> dict[str, list[Figure]]:
        """The newest figures of all areas, by indicator."""
        return rows_by((row for area in self.areas.values() for row in area.figures), lambda row: row.indicator)

    @cached_property
    def groups_with_members(self) -> list[tuple[str, str]]:
        """The code and name of the groups that have members, by kind and name."""
        groups = (area for area in self.areas.values() if area.members)
        return [(area.code, area.name) for area in sorted(groups, key=lambda area: (area.scheme or "", area.name))]

    @cached_property
    def income_group_titles(self) -> dict[str, str]:
        """The title of the income group of each economy that has one, from the richest group to the poorest."""
        group_of = {code: group.group_name for code, area in self.areas.items() if (group := area.income_group)}
        by_income = sorted(group_of, key=lambda code: (self.income_groups.index(group_of[code]), code))
        return {code: self.titles[group_of[code]] for code in by_income}

    @cached_property
    def wanted_indicators(self) -> frozenset[str]:
        """The indicators of a target or of the register of data gaps."""
        return frozenset(
            row.indicator for area in self.areas.values() for rows in (area.targets, area.unjudged_targets, area.data_gaps) for row in rows
        )

    def peers(self, area: AreaProfile) -> Sequence[Figure]:
        """Return the recent figures of Internet use of an economy's income group, the highest first; none for a group."""
        group = area.income_group
        figures = [
            row
            for member in (self.areas[group.group_name].members if group else [])
            if (row := self.internet_use.get(member.iso3)) and row.year > self.newest_use - RECENT_YEARS
        ]
        return sorted(figures, key=lambda row: (-row.value, self.titles[row.area]))


def site_context(tables: Tables) -> SiteContext:
    """Return what the pages and briefs of a publication share."""
    groups = tables.read("groups")
    return SiteContext(
        areas={area.code: area for area in area_profiles(tables)},
        indicators={row.indicator: row for row in typed_rows(tables.read("indicators"), Indicator)},
        sources={row.source: row for row in typed_rows(tables.read("sources"), Source)},
        paragraphs=frozenset(tables.read("paragraphs")["paragraph"].astype("str")),
        # The table lists them from the poorest.
        income_groups=groups.loc[groups["scheme"] == "income", "group_name"].tolist()[::-1],
    )
