"""Rows about one economy or group: its figures, its distances, its targets, its missing values."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.contracts.vocabulary import ALL
from pipelines.publication.rows.vintages import Vintage, Vintaged


@dataclass(frozen=True)
class Population:
    """The people a number counts."""

    sex: str
    locality: str
    age: str

    @property
    def is_total(self) -> bool:
        """Whether all people are counted; mobile-phone indicators ask only people aged 10 and over."""
        return self.sex == ALL and self.locality == ALL and self.age in (ALL, "10+")


@dataclass(frozen=True)
class Figure(Population, Vintaged):
    """The newest current value of an area and breakdown: a row of `sql/pages/newest_figures.sql`."""

    indicator: str
    area: str
    area_kind: str
    year: int
    value: float
    unit: str
    printed: str | None
    nature: str | None
    first_year: int
    place: int | None
    places: int | None


@dataclass(frozen=True)
class SeriesPoint(Vintaged):
    """A value of a series: a row of `sql/pages/series.sql`."""

    indicator: str
    area: str
    year: int
    value: float


@dataclass(frozen=True)
class Gap(Vintaged):
    """The newest gap of an area and divide: a row of `sql/pages/area_gaps.sql`."""

    area: str
    indicator: str
    among: str
    year: int
    basis: str
    side_a: str
    side_b: str
    value_a: float
    value_b: float
    difference: float
    ratio: float | None


@dataclass(frozen=True)
class TimeDistance(Vintaged):
    """The years between an area and a benchmark: a row of `sql/pages/years_behind.sql`."""

    area: str
    indicator: str
    benchmark: str
    year: int
    value: float
    years_behind: float | None
    lower: float | None
    upper: float | None
    reason: str | None


@dataclass(frozen=True)
class Target:
    """A target and the progress of an area towards it: a row of `sql/pages/area_targets.sql`."""

    area: str
    indicator: str
    statement: str
    target_set: str
    set_by: str
    set_status: str
    deadline: int
    required: float
    latest: float | None
    year: int | None
    pace: float | None
    required_pace: float | None
    status: str
    source: str | None
    vintage: str | None


@dataclass(frozen=True)
class Projection(Population):
    """A coming year of a series: a row of `sql/pages/outlook.sql`."""

    area: str
    indicator: str
    year: int
    value: float
    lower: float | None
    upper: float | None
    model: str
    backtest_error: float | None
    persistence_error: float | None
    areas_tested: int | None


@dataclass(frozen=True)
class Scenario(Population, Vintaged):
    """A group in a coming year under one scenario: a row of `sql/pages/area_scenarios.sql`."""

    area: str
    indicator: str
    scenario: str
    assumption: str
    year: int
    value: float | None
    lower: float
    upper: float
    offline_lower: float
    offline_upper: float
    population_year: int
    publishable: str
    n_with_path: int
    n_faster_than_best_quarter: int
    tested_horizon: int | None
    backtest_error: float | None
    group_error: float | None
    group_bias: float | None
    reason: str | None


@dataclass(frozen=True)
class DataGap(Population):
    """A value of an economy that is missing or old: a row of `data_gaps`."""

    iso3: str
    indicator: str
    reference_year: int
    last_year: int | None
    last_value: float | None
    bounds_shrink_by: float | None
    world_bound_shrinks_by: float | None
    group_bound_shrinks_by: float | None
    rank: int
    source: str | None
    vintage: str | None


@dataclass(frozen=True)
class MemberGap(DataGap):
    """A data gap of a group's member: a row of `sql/pages/group_data_gaps.sql`."""

    area: str


@dataclass(frozen=True)
class Revision(Population):
    """A number that two consecutive vintages print differently: a row of `sql/pages/area_revisions.sql`."""

    area: str
    indicator: str
    year: int
    source: str
    vintage_from: str
    vintage_to: str
    value_from: float | None
    value_to: float | None
    change: float | None
    kind: str

    @property
    def vintages(self) -> tuple[Vintage, Vintage]:
        """The earlier and the later vintage."""
        return Vintage(self.source, self.vintage_from), Vintage(self.source, self.vintage_to)


@dataclass(frozen=True)
class GroupFigure(Population, Vintaged):
    """A group's figure computed from its members: a row of `sql/pages/group_figures.sql`."""

    area: str
    indicator: str
    year: int
    lower: float
    upper: float | None
    carried: float | None
    renormalised: float | None
    coverage: float


@dataclass(frozen=True)
class ImputedAggregate(Population, Vintaged):
    """Our own estimate of a group's figure that a vintage does not print: a row of `imputed_aggregates`."""

    group_name: str
    indicator: str
    year: int
    value: float | None
    lower: float | None
    upper: float | None
    coverage: float | None
    publishable: str | None
    mean_error: float | None
    largest_error: float | None


@dataclass(frozen=True)
class Membership:
    """An economy in a group by the newest list: a row of `sql/pages/area_memberships.sql`."""

    scheme: str
    group_name: str
    title: str
    iso3: str
    name: str
