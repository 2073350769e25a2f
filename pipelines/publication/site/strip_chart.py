"""The picture of how economies lie: a dot each, in a row an income group, with the median of the row."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from indicators.registries.conventions import whole
from pipelines.publication.site import number_format
from pipelines.publication.site.area_profiles import Row

WIDTH, LEFT, RIGHT, ROW, BELOW = 640, 10, 14, 62, 30
RADIUS = 3.4
#: A value older than this before the newest of its indicator is drawn hollow, and is in no median.
RECENT_YEARS = whole("peer_years")
#: Of fewer economies than this there is no median worth the name.
FEWEST = whole("strip_least_economies")
#: What spreads over so many sizes that equal steps stand for equal ratios.
BY_RATIO = ("people", "US$")


@dataclass(frozen=True)
class Group:
    """The economies of one row: what they are called together, their recent values and their older ones, each by value."""

    title: str
    recent: Sequence[Row]
    older: Sequence[Row]

    @property
    def median(self) -> float | None:
        """The median of the recent values, each economy once, whatever its people; None of one or two."""
        return statistics.median(row["value"] for row in self.recent) if len(self.recent) >= FEWEST else None


def groups(economies: Sequence[Row], income: Mapping[str, str]) -> list[Group]:
    """Part the newest values of economies by income group.

    Args:
        economies: The newest figure of each economy: area, year, value.
        income: What the income group of an economy is called, from the richest group to the poorest; economies without one come last.

    Returns:
        One entry a group that has a value.
    """
    newest = max((row["year"] for row in economies), default=0)
    found: dict[str, list[Row]] = {title: [] for title in [*dict.fromkeys(income.values()), "In no income group"]}
    for row in sorted(economies, key=lambda row: (row["value"], row["area"])):
        found[income.get(row["area"], "In no income group")].append(row)
    return [
        Group(
            title, [row for row in of if row["year"] > newest - RECENT_YEARS], [row for row in of if row["year"] <= newest - RECENT_YEARS]
        )
        for title, of in found.items()
        if of
    ]


def of(entry: Row, parted: Sequence[Group], titles: Mapping[str, str]) -> str:
    """Return the SVG of the groups, one a row; empty where none has a value.

    Args:
        entry: The indicator: title, unit, ceiling.
        parted: The groups, in the order of the rows.
        titles: What an economy is called.
    """
    values = [row["value"] for group in parted for row in [*group.recent, *group.older]]
    if not values:
        return ""
    by_ratio = entry["unit"] in BY_RATIO and min(values) > 0
    scale = _powers(min(values), max(values)) if by_ratio else _steps(min(values), max(values), entry["ceiling"])
    low, high = (math.log10(end) if by_ratio else end for end in (scale[0], scale[-1]))

    def x(value: float) -> float:
        return LEFT + ((math.log10(value) if by_ratio else value) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    height = ROW * len(parted) + BELOW
    told = "; ".join(f"{group.title}: {_told(group)}" for group in parted)
    label = escape(f"{entry['title']}, a dot an economy. {told}.")
    parts = [f'<svg class="lines strip" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">']
    for level in scale:
        at = x(level)
        anchor = "start" if at < LEFT + 12 else "end" if at > WIDTH - RIGHT - 12 else "middle"
        parts.append(f'<path class="grid" d="M{at:.1f} 20V{height - BELOW}"/>')
        parts.append(f'<text class="tick" x="{at:.1f}" y="{height - 10}" text-anchor="{anchor}">{number_format.tick(level)}</text>')
    for place, group in enumerate(parted):
        top = place * ROW
        parts.append(f'<text class="name own" x="{LEFT - 6}" y="{top + 15}">{escape(group.title)}</text>')
        parts.append(f'<text class="name" x="{WIDTH - RIGHT}" y="{top + 15}" text-anchor="end">{escape(_told(group))}</text>')
        dots = sorted([*group.recent, *group.older], key=lambda row: row["value"])
        for row, offset in zip(dots, _beside([x(row["value"]) for row in dots]), strict=True):
            look = "dot older" if row in group.older else "dot estimate" if row["nature"] == "estimate" else "dot"
            said = escape(f"{titles[row['area']]}: {number_format.short(row['value'])} ({row['year']})")
            spot = f'cx="{x(row["value"]):.1f}" cy="{top + 39 + offset:.1f}"'
            parts.append(f'<circle class="{look}" {spot} r="{RADIUS}"><title>{said}</title></circle>')
        if group.median is not None:
            parts.append(f'<path class="median" d="M{x(group.median):.1f} {top + 21}v36"/>')
    return "".join(parts) + "</svg>"


def among(area: str, peers: Sequence[Row]) -> str:
    """Return the SVG of a share among those of its peers: a dot each, its own marked, and the median; empty if it is none of them.

    Args:
        area: The code of the economy.
        peers: The recent values of its group, in per cent, its own among them: area, value.
    """
    own = next((row for row in peers if row["area"] == area), None)
    if own is None or len(peers) < FEWEST:
        return ""

    def x(value: float) -> float:
        return LEFT + value / 100 * (WIDTH - LEFT - RIGHT)

    others = sorted((row for row in peers if row is not own), key=lambda row: row["value"])
    middle = statistics.median(row["value"] for row in peers)
    dots = "".join(
        f"M{x(row['value']):.0f} {40 + offset:.0f}h0"
        for row, offset in zip(others, _beside([x(row["value"]) for row in others]), strict=True)
    )
    told = f"{len(peers)} economies, a dot each; the median is {middle:.1f}, this economy has {own['value']:.1f}."
    anchor = "end" if own["value"] > 85 else "start" if own["value"] < 15 else "middle"
    parts = [f'<svg class="lines strip among" viewBox="0 0 {WIDTH} 92" role="img" aria-label="{told}">']
    for level in (0, 25, 50, 75, 100):
        ends = {0: "start", 100: "end"}.get(level, "middle")
        parts.append(f'<path class="grid" d="M{x(level):.1f} 22V60"/>')
        parts.append(f'<text class="tick" x="{x(level):.1f}" y="84" text-anchor="{ends}">{level}</text>')
    parts.append(f'<path class="dots" d="{dots}"/><path class="median" d="M{x(middle):.1f} 22v36"/>')
    parts.append(f'<circle class="self" cx="{x(own["value"]):.1f}" cy="40" r="7"/>')
    parts.append(f'<text class="name own halo" x="{x(own["value"]):.1f}" y="18" text-anchor="{anchor}">{own["value"]:.1f}</text>')
    return "".join(parts) + "</svg>"


def _told(group: Group) -> str:
    """Say the median of a group and of how many economies it is."""
    if group.median is None:
        return number_format.count(len(group.recent), "recent value", "recent values") if group.recent else "no recent value"
    return f"median {number_format.short(group.median)} of {len(group.recent)}"


def _beside(places: Sequence[float]) -> list[float]:
    """Return by how much each dot moves up or down, so that dots in one place do not cover each other; the places come in order.

    >>> _beside([0.0, 1.0, 2.0, 50.0])
    [0.0, -6.0, 6.0, 0.0]
    """
    lanes = [0.0, -6.0, 6.0, -12.0, 12.0, -3.0, 3.0, -9.0, 9.0, -15.0, 15.0]
    ends = [-math.inf] * len(lanes)
    found = []
    for place in places:
        # The first lane that is free here; where none is, the one that has been left longest.
        free = (number for number, end in enumerate(ends) if place - end >= 2 * RADIUS)
        lane = next(free, min(range(len(ends)), key=ends.__getitem__))
        ends[lane] = place
        found.append(lanes[lane])
    return found


def _steps(lowest: float, highest: float, ceiling: float | None) -> list[float]:
    """Return the levels of a scale of equal steps: from nought, to the ceiling if there is one."""
    from pipelines.publication.site.line_chart import levels

    if ceiling and lowest >= 0 and highest <= ceiling:
        return [ceiling * part / 4 for part in range(5)]
    return levels(min(lowest, 0.0), highest or 1.0, whole=True)


def _powers(lowest: float, highest: float) -> list[float]:
    """Return the powers of ten around two values.

    >>> _powers(230.0, 118_000.0)
    [100.0, 1000.0, 10000.0, 100000.0, 1000000.0]
    """
    first, last = math.floor(math.log10(lowest)), math.ceil(math.log10(highest))
    return [10.0**power for power in range(first, max(last, first + 1) + 1)]
