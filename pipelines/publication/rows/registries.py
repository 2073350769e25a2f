"""Rows about the publication itself: indicators, sources, files, charts, and how good each indicator is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """An indicator of the catalogue: a row of `indicators`."""

    indicator: str
    title: str
    unit: str
    definition: str
    denominator: str | None
    better: str | None
    aggregation: str | None
    ceiling: float | None
    sdg_indicator: str | None
    action_lines: str | None
    paragraphs: str | None

    @property
    def sign(self) -> str:
        """The unit where the text next to a number names the whole of a share."""
        return "%" if self.unit.startswith("%") else self.unit


@dataclass(frozen=True)
class Source:
    """One data service of one publisher: a row of `sources`."""

    source: str
    title: str
    publisher: str
    url: str
    licence: str
    licence_url: str | None
    citation: str
    update_interval_days: int


@dataclass(frozen=True)
class Freshness:
    """How old the newest vintage of a source is: a row of `freshness`."""

    source: str
    age_days: int | None
    overdue: bool
    connector_state: str | None
    last_attempt: str | None
    last_success: str | None


@dataclass(frozen=True)
class Correction:
    """An error of a publisher that is read differently: a row of `corrections`."""

    source: str
    applies_to: str
    corrected_column: str
    printed: str
    becomes: str | None
    why: str
    since: str
    rows: int
    status: str | None


@dataclass(frozen=True)
class Chart:
    """A published chart: a row of `charts`."""

    chart: str
    title: str
    subtitle: str
    alt: str
    source: str
    licence: str


@dataclass(frozen=True)
class VintagePair:
    """The revisions of one indicator between two vintages: a row of `sql/pages/revisions_by_pair.sql`."""

    source: str
    vintage_from: str
    vintage_to: str
    indicator: str
    changed: int
    upwards: int
    median_change: float | None
    new: int
    withdrawn: int


@dataclass(frozen=True)
class IndicatorReview:
    """What data exist of an indicator, and how good they are: a row of `indicator_review`."""

    indicator: str
    evidence: str
    finding: str
    claims: int
    targets: int
    reference_year: int | None
    newest_year: int | None
    headline_year: int | None
    economies: int
    economies_recent: int
    economies_listed: int
    share_of_people: float | None
    share_of_people_recent: float | None
    median_age_years: float | None
    mean_age_years: float | None
    share_estimate: float | None
    share_unknown: float | None
    people_estimate: float | None
    economies_by_sex: int
    last_year_by_sex: int | None
    economies_by_locality: int
    last_year_by_locality: int | None
    economies_by_age: int
    last_year_by_age: int | None
    groups: int
    newest_year_of_groups: int | None
    groups_estimated: float | None
    breakdowns_of_groups: str | None
    share_moved: float | None
    median_move: float | None
    largest_move: float | None
    largest_move_of: str | None
    share_withdrawn: float | None
    volatility_reason: str | None
    vintages: int
    sources: str | None
    licence: str | None
    sdg_metadata: str | None
    denominator: str | None

    @property
    def is_asked_for(self) -> bool:
        """Whether a statement of the resolution or a target is about the indicator."""
        return bool(self.claims or self.targets)

    @property
    def breakdowns(self) -> dict[str, tuple[int, int | None]]:
        """The dimensions by which economies are broken down: how many economies, and the newest year."""
        counted = {
            "sex": (self.economies_by_sex, self.last_year_by_sex),
            "locality": (self.economies_by_locality, self.last_year_by_locality),
            "age": (self.economies_by_age, self.last_year_by_age),
        }
        return {dimension: pair for dimension, pair in counted.items() if pair[0]}
