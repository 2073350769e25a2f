"""A small line chart as SVG, for pages that are many: no library draws it, so that hundreds cost less than a second."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from pipelines.publication.site import number_format

WIDTH, HEIGHT = 640, 270
LEFT, RIGHT, TOP, BOTTOM = 54, 215, 14, 32
#: The least distance between two labels at the end of the lines, in units of the drawing.
APART = 21


@dataclass(frozen=True)
class Line:
    """One series: what it is called, how it looks (a class of the style sheet), and its years with values, the oldest first."""

    #: What stands at its end; a line without a label is told of in the caption.
    label: str
    look: str
    points: Sequence[tuple[int, float]]
    #: A newer figure of another vintage, drawn apart from the line.
    newer: tuple[int, float] | None = None


def chart(lines: Iterable[Line], *, title: str, description: str, top: float | None = 100.0) -> str:
    """Return the SVG of lines from nought to `top` over their years; a year without a value breaks the line.

    Args:
        lines: The series, in the order they are drawn; those without a point are left out.
        title: What the picture shows, for who does not see it.
        description: What can be seen in it, likewise.
        top: The upper end of the scale, in the unit of the values; where there is none, a round value above them all.

    Returns:
        The element `svg` as text; empty if no series has a point.
    """
    drawn = [line for line in lines if line.points]
    if not drawn:
        return ""
    first = min(line.points[0][0] for line in drawn)
    last = max(*(max(line.points[-1][0], (line.newer or (0, 0))[0]) for line in drawn), first + 1)
    highest = max(value for line in drawn for _, value in [*line.points, *([line.newer] if line.newer else [])])
    scale = [top * part / 4 for part in range(5)] if top else levels(0.0, highest, whole=True)
    end = scale[-1] or 1.0

    def x(year: float) -> float:
        return LEFT + (year - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (1 - value / end) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg class="lines" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}. {escape(description)}">',
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>",
    ]
    for level in scale:
        parts.append(f'<path class="grid" d="M{LEFT} {y(level):.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text class="tick" x="{LEFT - 6}" y="{y(level) + 4:.1f}" text-anchor="end">{number_format.tick(level)}</text>')
    parts += [f'<text class="tick" x="{x(year):.1f}" y="{HEIGHT - 6}" text-anchor="middle">{year}</text>' for year in _ticks(first, last)]
    for line in drawn:
        for stretch in _stretches(line.points):
            path = "M" + "L".join(f"{x(year):.1f} {y(value):.1f}" for year, value in stretch)
            parts.append(f'<path class="line {line.look}" d="{path}{"h0" if len(stretch) == 1 else ""}"/>')
    for height, line in _spread([(y((line.newer or line.points[-1])[1]), line) for line in drawn if line.label]):
        year, value = line.newer or line.points[-1]
        parts.append(f'<circle class="end {line.look}" cx="{x(year):.1f}" cy="{y(value):.1f}" r="3"/>')
        # The value first: where a phone has no room for the whole, it is the name that is cut.
        told = f"{number_format.short(value)} {escape(line.label)}"
        parts.append(f'<text class="name {line.look}" x="{WIDTH - RIGHT + 8}" y="{height + 4:.1f}">{told}</text>')
    return "".join(parts) + "</svg>"


def spark(points: Sequence[tuple[int, float]]) -> str:
    """Return a line without scale or words, from nought to its highest value, for a cell of a table that tells it in numbers."""
    if len(points) < 2 or (highest := max(value for _, value in points)) <= 0:
        return ""
    (first, _), (last, _) = points[0], points[-1]
    paths = [
        "M"
        + "L".join(f"{1 + (year - first) / (last - first) * 78:.0f} {19 - max(value, 0.0) / highest * 18:.0f}" for year, value in stretch)
        for stretch in _stretches(points)
    ]
    return f'<svg class="spark" viewBox="0 0 80 20" aria-hidden="true"><path d="{"".join(paths)}"/></svg>'


def levels(low: float, high: float, *, whole: bool = False) -> list[float]:
    """Return three to six round values between two ends; one more above the higher where the scale has to hold it whole.

    >>> levels(74.3, 86.2), levels(0.1, 9.7), levels(3.9, 4.6)
    ([75.0, 80.0, 85.0], [2.0, 4.0, 6.0, 8.0], [4.0, 4.2, 4.4, 4.6])
    >>> levels(0.0, 137.2, whole=True), levels(0.0, 0.0, whole=True)
    ([0.0, 50.0, 100.0, 150.0], [0.0])
    """
    step = next(base * 10.0**power for power in range(-4, 14) for base in (1, 2, 5) if (high - low) / (base * 10.0**power) <= 5)
    last = math.ceil(high / step - 1e-9) if whole else math.floor(high / step + 1e-9)
    return [round(place * step, 6) for place in range(math.ceil(low / step - 1e-9), last + 1)]


def _stretches(points: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    """Part a series where a year is missing."""
    found: list[list[tuple[int, float]]] = []
    for point in points:
        if found and point[0] == found[-1][-1][0] + 1:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _spread(ends: list[tuple[float, Line]]) -> list[tuple[float, Line]]:
    """Move labels that would cover each other apart, downwards, and back up from the edge."""
    placed: list[tuple[float, Line]] = []
    for height, line in sorted(ends, key=lambda end: end[0]):
        placed.append((max(height, placed[-1][0] + APART) if placed else height, line))
    over = placed[-1][0] - (HEIGHT - BOTTOM) if placed else 0.0
    return [(height - max(over, 0), line) for height, line in placed]


def _ticks(first: int, last: int) -> list[int]:
    """Return the years written below: every fifth, or where there are few, the ends."""
    fifths = [year for year in range(first, last + 1) if year % 5 == 0]
    return fifths if len(fifths) > 1 else [first, last]
