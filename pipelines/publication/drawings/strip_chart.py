"""The distribution of economies: a dot each, in a row for each income group, with the median of the row."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from indicators.conventions import whole
from pipelines.publication.drawings.scale import Anchor, Point, Tick, levels, powers_of_ten
from pipelines.publication.number_format import format_count, format_short, format_tick
from pipelines.publication.rows.figures import Figure
from pipelines.publication.rows.registries import Indicator

LEFT, RIGHT, ROW_HEIGHT, AXIS_HEIGHT = 10, 14, 62, 30
WIDTH, RADIUS = 640, 3.4
#: A value older than this before the newest of its indicator is drawn hollow, and is in no median.
RECENT_YEARS = whole("peer_years")
#: A median needs at least so many economies.
FEWEST_FOR_MEDIAN = whole("strip_least_economies")
#: Units of such different sizes that equal steps of the scale stand for equal ratios.
UNITS_BY_RATIO = ("people", "US$")
NO_GROUP = "In no income group"


@dataclass(frozen=True)
class Group:
    """The economies of one row: their title together, their recent values and their older ones, each by value."""

    title: str
    recent: Sequence[Figure]
    older: Sequence[Figure]

    @property
    def median(self) -> float | None:
        """The median of the recent values, each economy once whatever its population; None of one or two."""
        return statistics.median(row.value for row in self.recent) if len(self.recent) >= FEWEST_FOR_MEDIAN else None

    @property
    def summary(self) -> str:
        """The median with the number of economies, in words."""
        if self.median is not None:
            return f"median {format_short(self.median)} of {len(self.recent)}"
        return format_count(len(self.recent), "recent value", "recent values") if self.recent else "no recent value"


@dataclass(frozen=True)
class Dot:
    """One economy: its place, its look, and its name with its value."""

    at: Point
    look: Literal["dot", "dot older", "dot estimate"]
    text: str


@dataclass(frozen=True)
class StripRow:
    """One row: its title and summary, the upper edge, the dots, and the place of the median if there is one."""

    title: str
    summary: str
    top: float
    dots: tuple[Dot, ...]
    median_x: float | None


@dataclass(frozen=True)
class StripChart:
    """The rows of a strip chart over one scale, in units of the drawing."""

    width: ClassVar[int] = WIDTH
    left: ClassVar[int] = LEFT
    right: ClassVar[int] = RIGHT
    radius: ClassVar[float] = RADIUS

    label: str
    height: int
    levels: tuple[Tick, ...]
    rows: tuple[StripRow, ...]


@dataclass(frozen=True)
class PeerStrip:
    """One economy among its peers on a scale from 0 to 100, in units of the drawing."""

    width: ClassVar[int] = WIDTH
    height: ClassVar[int] = 92

    label: str
    levels: tuple[Tick, ...]
    dots: tuple[Point, ...]
    median_x: float
    own_x: float
    own_text: str
    own_anchor: Anchor


def groups(economies: Sequence[Figure], income: Mapping[str, str]) -> list[Group]:
    """Group the newest values of economies by income group.

    Args:
        economies: The newest figure of each economy.
        income: The title of the income group of an economy, from the richest group to the poorest; economies without one come last.

    Returns:
        One entry for each group that has a value.
    """
    oldest = max((row.year for row in economies), default=0) - RECENT_YEARS
    members: dict[str, list[Figure]] = {title: [] for title in [*dict.fromkeys(income.values()), NO_GROUP]}
    for row in sorted(economies, key=lambda row: (row.value, row.area)):
        members[income.get(row.area, NO_GROUP)].append(row)
    return [
        Group(title, [row for row in rows if row.year > oldest], [row for row in rows if row.year <= oldest])
        for title, rows in members.items()
        if rows
    ]


def strip_chart(indicator: Indicator, rows: Sequence[Group], titles: Mapping[str, str]) -> StripChart | None:
    """Return the groups of an indicator, one a row; None where none has a value.

    Args:
        indicator: The indicator.
        rows: The groups, in the order of the rows.
        titles: The title of an economy by its code.
    """
    values = [row.value for group in rows for row in [*group.recent, *group.older]]
    if not values:
        return None
    by_ratio = indicator.unit in UNITS_BY_RATIO and min(values) > 0
    scale = powers_of_ten(min(values), max(values)) if by_ratio else _equal_steps(min(values), max(values), indicator.ceiling)
    low, high = (math.log10(end) if by_ratio else end for end in (scale[0], scale[-1]))

    def x(value: float) -> float:
        return LEFT + ((math.log10(value) if by_ratio else value) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def row_of(place: int, group: Group) -> StripRow:
        top, older = place * ROW_HEIGHT, {row.area for row in group.older}
        economies = sorted([*group.recent, *group.older], key=lambda row: row.value)
        dots = tuple(
            Dot(
                Point(x(row.value), top + 39 + offset),
                "dot older" if row.area in older else "dot estimate" if row.nature == "estimate" else "dot",
                f"{titles[row.area]}: {format_short(row.value)} ({row.year})",
            )
            for row, offset in zip(economies, _offsets([x(row.value) for row in economies]), strict=True)
        )
        return StripRow(group.title, group.summary, top, dots, None if group.median is None else x(group.median))

    summaries = "; ".join(f"{group.title}: {group.summary}" for group in rows)
    return StripChart(
        label=f"{indicator.title}, a dot an economy. {summaries}.",
        height=ROW_HEIGHT * len(rows) + AXIS_HEIGHT,
        levels=tuple(Tick(x(level), format_tick(level), _anchor(x(level))) for level in scale),
        rows=tuple(row_of(place, group) for place, group in enumerate(rows)),
    )


def peer_strip(area: str, peers: Sequence[Figure]) -> PeerStrip | None:
    """Return a share among those of its peers: a dot each, its own marked, and the median; None if it is none of them.

    Args:
        area: The code of the economy.
        peers: The recent values of its group, in per cent, its own among them.
    """
    own = next((row for row in peers if row.area == area), None)
    if own is None or len(peers) < FEWEST_FOR_MEDIAN:
        return None

    def x(value: float) -> float:
        return LEFT + value / 100 * (WIDTH - LEFT - RIGHT)

    others = sorted((row for row in peers if row is not own), key=lambda row: row.value)
    median = statistics.median(row.value for row in peers)
    ends: dict[int, Anchor] = {0: "start", 100: "end"}
    return PeerStrip(
        label=f"{len(peers)} economies, a dot each; the median is {median:.1f}, this economy has {own.value:.1f}.",
        levels=tuple(Tick(x(level), str(level), ends.get(level, "middle")) for level in (0, 25, 50, 75, 100)),
        dots=tuple(
            Point(x(row.value), 40 + offset) for row, offset in zip(others, _offsets([x(row.value) for row in others]), strict=True)
        ),
        median_x=x(median),
        own_x=x(own.value),
        own_text=f"{own.value:.1f}",
        own_anchor="end" if own.value > 85 else "start" if own.value < 15 else "middle",
    )


def _anchor(x: float) -> Anchor:
    """Return how a number is set below its level, so that it does not stick out at the ends."""
    return "start" if x < LEFT + 12 else "end" if x > WIDTH - RIGHT - 12 else "middle"


def _offsets(places: Sequence[float]) -> list[float]:
    """Return by how much each dot moves up or down, so that dots in one place do not cover each other; the places come in order.

    >>> _offsets([0.0, 1.0, 2.0, 50.0])
    [0.0, -6.0, 6.0, 0.0]
    """
    lanes = [0.0, -6.0, 6.0, -12.0, 12.0, -3.0, 3.0, -9.0, 9.0, -15.0, 15.0]
    ends = [-math.inf] * len(lanes)
    offsets = []
    for place in places:
        # The first lane that is free here; where none is, the one that has been free for longest.
        free = (number for number, end in enumerate(ends) if place - end >= 2 * RADIUS)
        lane = next(free, min(range(len(ends)), key=ends.__getitem__))
        ends[lane] = place
        offsets.append(lanes[lane])
    return offsets


def _equal_steps(lowest: float, highest: float, ceiling: float | None) -> list[float]:
    """Return the levels of a scale of equal steps: from zero, to the ceiling if there is one."""
    if ceiling and lowest >= 0 and highest <= ceiling:
        return [ceiling * part / 4 for part in range(5)]
    return levels(min(lowest, 0.0), highest or 1.0, cover=True)
