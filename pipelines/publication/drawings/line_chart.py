"""Series over years as lines, and the small line of a table cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from pipelines.publication.drawings.scale import Point, Tick, levels
from pipelines.publication.number_format import format_short, format_tick

#: The least distance between two labels at the end of the lines, in units of the drawing.
LABEL_DISTANCE = 21

#: Size of a sparkline.
SPARK_WIDTH, SPARK_HEIGHT = 80, 20


@dataclass(frozen=True)
class Series:
    """One series: its label, its look (a class of the style sheet), and its years with values, the oldest first."""

    #: The words at the end of the line; the caption explains a line without them.
    label: str
    look: str
    points: Sequence[tuple[int, float]]
    #: A newer figure of another vintage, drawn apart from the line.
    newer: tuple[int, float] | None = None

    @property
    def last(self) -> tuple[int, float]:
        """The newest year with its value."""
        return self.newer or self.points[-1]


@dataclass(frozen=True)
class Stroke:
    """A line without a break."""

    look: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class End:
    """The end of a line: a dot, and next to it the value and the label."""

    look: str
    dot: Point
    text_y: float
    text: str


@dataclass(frozen=True)
class LineChart:
    """Lines over years with a scale on the left, years below and labels at the right, in units of the drawing."""

    width: ClassVar[int] = 640
    height: ClassVar[int] = 270
    left: ClassVar[int] = 54
    right: ClassVar[int] = 215
    top: ClassVar[int] = 14
    bottom: ClassVar[int] = 32

    title: str
    description: str
    levels: tuple[Tick, ...]
    years: tuple[Tick, ...]
    strokes: tuple[Stroke, ...]
    ends: tuple[End, ...]


@dataclass(frozen=True)
class Sparkline:
    """A line without scale or words, from zero to its highest value."""

    width: ClassVar[int] = SPARK_WIDTH
    height: ClassVar[int] = SPARK_HEIGHT

    strokes: tuple[tuple[Point, ...], ...]


def line_chart(series: Iterable[Series], *, title: str, description: str, ceiling: float | None = 100.0) -> LineChart | None:
    """Return the lines of several series, from zero to `ceiling`; a year without a value breaks a line.

    Args:
        series: The series, in the order in which they are drawn; those without a point are left out.
        title: What the drawing shows, for readers who do not see it.
        description: What can be seen in it, for the same readers.
        ceiling: The upper end of the scale, in the unit of the values; None: a round value above all of them.

    Returns:
        The drawing; None if no series has a point.
    """
    drawn = [line for line in series if line.points]
    if not drawn:
        return None
    first = min(line.points[0][0] for line in drawn)
    last = max(*(max(line.points[-1][0], line.last[0]) for line in drawn), first + 1)
    highest = max(value for line in drawn for _, value in [*line.points, line.last])
    scale = [ceiling * part / 4 for part in range(5)] if ceiling else levels(0.0, highest, cover=True)
    top_level = scale[-1] or 1.0

    def place(year: float, value: float) -> Point:
        x = LineChart.left + (year - first) / (last - first) * (LineChart.width - LineChart.left - LineChart.right)
        y = LineChart.top + (1 - value / top_level) * (LineChart.height - LineChart.top - LineChart.bottom)
        return Point(x, y)

    strokes = [
        Stroke(line.look, tuple(place(year, value) for year, value in stretch)) for line in drawn for stretch in _stretches(line.points)
    ]
    labelled = sorted((line for line in drawn if line.label), key=lambda line: place(*line.last).y)
    heights = _label_heights([place(*line.last).y for line in labelled])
    return LineChart(
        title,
        description,
        levels=tuple(Tick(place(first, level).y, format_tick(level)) for level in scale),
        years=tuple(Tick(place(year, 0).x, str(year)) for year in _years_written(first, last)),
        strokes=tuple(strokes),
        # The value comes first: where a phone has no room for the whole label, the name is cut.
        ends=tuple(
            End(line.look, place(*line.last), height + 4, f"{format_short(line.last[1])} {line.label}")
            for line, height in zip(labelled, heights, strict=True)
        ),
    )


def sparkline(points: Sequence[tuple[int, float]]) -> Sparkline | None:
    """Return a small line for a table cell; None for a series of one point, or without a value above zero."""
    if len(points) < 2 or (highest := max(value for _, value in points)) <= 0:
        return None
    first, last = points[0][0], points[-1][0]

    def place(year: int, value: float) -> Point:
        return Point(1 + (year - first) / (last - first) * (SPARK_WIDTH - 2), SPARK_HEIGHT - 1 - max(value, 0.0) / highest * 18)

    return Sparkline(tuple(tuple(place(year, value) for year, value in stretch) for stretch in _stretches(points)))


def short_label(title: str) -> str:
    """Return the title of an area as it fits next to a line.

    >>> short_label("Low-income economies"), short_label("St. Vincent and the Grenadines")
    ('Low', 'St. Vincent and…')
    """
    for words in (" economies", " countries", " (ITU region)", " (World Bank)", "-income"):
        title = title.replace(words, "")
    return title if len(title) <= 16 else title[:15].rstrip() + "…"


def _stretches(points: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    """Divide a series where a year is missing."""
    stretches: list[list[tuple[int, float]]] = []
    for point in points:
        if stretches and point[0] == stretches[-1][-1][0] + 1:
            stretches[-1].append(point)
        else:
            stretches.append([point])
    return stretches


def _label_heights(heights: Sequence[float]) -> list[float]:
    """Move labels apart that would cover each other: downwards, and back up from the lower edge.

    >>> _label_heights([100.0, 105.0, 200.0])
    [100.0, 121.0, 200.0]
    """
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + LABEL_DISTANCE) if placed else height)
    beyond = max(placed[-1] - (LineChart.height - LineChart.bottom), 0) if placed else 0.0
    return [height - beyond for height in placed]


def _years_written(first: int, last: int) -> list[int]:
    """Return the years written below: every fifth, or both ends where there are few."""
    fifths = [year for year in range(first, last + 1) if year % 5 == 0]
    return fifths if len(fifths) > 1 else [first, last]
