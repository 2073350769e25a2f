"""The world's Internet use by vintage: how revisions moved the figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import MARGIN, WIDTH, axes_at, page, spread
from indicators.charts.drawing.palette import LIGHT
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import edition_name, source_line
from indicators.charts.selection import INTERNET_USE, ONE_DECIMAL_WIDTH, internet_use_of_all_people
from indicators.registries.labels import Plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels


def data(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the world's figures of Internet use of all people, one row a vintage and year.

    Missing data: years before the last one that no vintage has are left out.

    Raises:
        ValueError: Fewer than two vintages hold a world figure.
    """
    rows = internet_use_of_all_people(observations)
    rows = rows[(rows["area"] == "world") & (rows["area_kind"] == "group")]
    if rows[["source", "vintage"]].drop_duplicates().shape[0] < 2:
        raise ValueError("no data to draw: the chart needs two vintages that hold a world figure of Internet use")
    rows = rows[rows["year"] >= _start_of_last_run(rows["year"])]
    return rows.sort_values(["published", "source", "vintage", "year"], ignore_index=True)


TEXT: dict[str, str | Plural] = {
    "by vintage: title, moved": Plural(
        "Revisions moved the world figure for {year} by at least {points} point: from {low} to {high} per cent between editions",
        "Revisions moved the world figure for {year} by at least {points} points: from {low} to {high} per cent between editions",
        "points",
    ),
    "by vintage: title, agree": "All editions we hold agree on the world figure, within rounding",
    "by vintage: subtitle": (
        "Individuals using the Internet, world, per cent of population, {first}–{last}, as each edition published it. Bars: the "
        "possible range, given rounding."
    ),
    "by vintage: alt": Plural(
        "Line chart: the world’s share of people using the Internet, {first} to {last}, in {vintages} edition. {title}.",
        "Line chart: the world’s share of people using the Internet, {first} to {last}, one line for each of {vintages} editions. {title}.",
        "vintages",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the name of each row's edition."""

    percent: str  #: pattern of a tick


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title names the year whose figure moved most."""
    phrase = labels.chart_text
    largest = _largest_move(frame)
    if largest.points > 0:
        title = phrase(
            "by vintage: title, moved", year=str(largest.year), points=labels.number(np.floor(largest.points * 10 + 1e-6) / 10, 1),
            low=labels.number(largest.low), high=labels.number(largest.high),
        )  # fmt: skip
    else:
        title = phrase("by vintage: title, agree")
    first, last = int(frame["year"].min()), int(frame["year"].max())
    vintages = len(frame[["source", "vintage"]].drop_duplicates())
    return Text(
        title=title,
        subtitle=phrase("by vintage: subtitle", first=first, last=last),
        alt=phrase("by vintage: alt", first=first, last=last, vintages=vintages, title=title),
        source=source_line(frame, "", labels),
        language=labels.language,
        row_text={"edition": [edition_name(*key, labels) for key in zip(frame["source"], frame["vintage"], strict=True)]},
        percent=labels.percent("{}"),
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw one line a vintage, with its interval where that is wider than one decimal; a line does not bridge missing years."""
    from matplotlib.ticker import MaxNLocator

    figure, bottom = page(text, body=4.0)
    panel = axes_at(figure, MARGIN + 0.3, bottom + 0.25, WIDTH - 2 * MARGIN - 0.3 - 2.3, 3.65)
    looks = list(zip(LIGHT.series, "sD^vPXo", strict=True))
    lines = list(frame.groupby(["source", "vintage"], sort=False))
    ends = []
    for place, (_, rows) in enumerate(lines):
        # The newest vintage is always the blue circle; the others count back from it.
        colour, shape = looks[(place - len(lines)) % len(looks)]
        line = rows.set_index("year")
        values = line["value"].reindex(range(line.index.min(), line.index.max() + 1))
        rounded = line[line["upper"] - line["lower"] > ONE_DECIMAL_WIDTH]
        panel.vlines(rounded.index, rounded["lower"], rounded["upper"], color=colour, linewidth=1.2)
        panel.plot(
            values.index, values, color=colour, linewidth=1.6, marker=shape, markersize=4.2, markeredgecolor=LIGHT.ground,
            markeredgewidth=0.5, zorder=3,
        )  # fmt: skip
        ends.append((int(line.index.max()), float(values.iloc[-1]), str(line["edition"].iloc[0]), colour))
    first, last = int(frame["year"].min()), int(frame["year"].max())
    low, high = float(frame["value"].min()), float(frame["value"].max())
    pad = 0.06 * (high - low or 1.0)
    panel.set(xlim=(first - 0.4, last + 0.4), ylim=(low - pad, high + pad))
    panel.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    panel.yaxis.set_major_formatter(lambda value, _: text.percent.format(f"{value:.0f}"))
    apart = (high - low + 2 * pad) * 0.165 / 3.65
    heights = spread([end[1] for end in ends], apart=apart, below=high + pad - apart / 2)
    edge = last + 0.4
    for height, (year, value, edition, colour) in zip(heights, ends, strict=True):
        panel.plot(
            [year + 0.12, edge, edge + 0.1], [value, height, height], color=colour, linewidth=0.6, alpha=0.7, clip_on=False, zorder=1
        )
        panel.text(edge + 0.16, height, edition, color=LIGHT.for_text(colour), fontsize=7.5, va="center")
    return figure


def _start_of_last_run(years: pd.Series) -> int:
    """Return the first of the years that lead up to the newest without a gap.

    >>> _start_of_last_run(pd.Series([2005, 2006, 2010, 2011, 2012, 2011]))
    2010
    """
    present = set(years)
    first = int(years.max())
    while first - 1 in present:
        first -= 1
    return first


class Move(NamedTuple):
    """How far the value of a year moved between vintages, beyond what rounding can explain; `low` and `high` as printed."""

    year: int
    points: float
    low: float
    high: float


def _largest_move(frame: pd.DataFrame) -> Move:
    """Return the largest move of any year."""
    ends = frame.assign(lower=frame["lower"].fillna(frame["value"]), upper=frame["upper"].fillna(frame["value"]))
    moves = ends.groupby("year")["lower"].max() - ends.groupby("year")["upper"].min()
    rows = ends[ends["year"] == moves.idxmax()]
    low, high = rows["value"].iloc[rows["upper"].argmin()], rows["value"].iloc[rows["lower"].argmax()]
    return Move(int(rows["year"].iloc[0]), float(moves.max()), float(low), float(high))


CHART = Chart(
    name="world_figure_by_vintage",
    position=110,
    description="How revisions changed the world figure.",
    columns=("source", "vintage", "published", "year", "value", "lower", "upper", "seen_in"),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    indicator_pages={INTERNET_USE: 60},
)
