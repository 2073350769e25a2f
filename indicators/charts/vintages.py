"""The world's figure as each vintage told it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, page, spread, styled
from indicators.charts.palette import LIGHT
from indicators.charts.rows import ONE_DECIMAL_WIDTH, everybody
from indicators.charts.words import edition_name, source_line
from indicators.registries.labels import labels


@styled
def world_figure_by_vintage(observations: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw the world's Internet use as each vintage told it: one line a vintage, so that what revisions moved is seen.

    Args:
        observations: Rows of the `observations` contract; used are the world's figures of Internet use of all people.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: a vintage without a year has no point there, and its line does not bridge years it skips. Years before the last one
    that no vintage has are left out.

    Raises:
        ValueError: Fewer than two vintages hold a world figure.
    """
    say = (said := labels(language)).furniture
    rows = everybody(observations)
    rows = rows[(rows["area"] == "world") & (rows["area_kind"] == "group")]
    if rows[["source", "vintage"]].drop_duplicates().shape[0] < 2:
        raise ValueError("world_figure_by_vintage: no data: it takes two vintages that hold a world figure of Internet use")
    rows = rows[rows["year"] >= _since_the_last_gap(rows["year"])]
    data = rows[["source", "vintage", "published", "year", "value", "lower", "upper", "seen_in"]].sort_values(
        ["published", "source", "vintage", "year"], ignore_index=True
    )
    widest = _surest_move(data)
    if widest["moved"] > 0:
        title = say(
            "by vintage: title, moved", year=f"{widest['year']:.0f}", points=said.number(np.floor(widest["moved"] * 10 + 1e-6) / 10, 1),
            low=said.number(widest["low"]), high=said.number(widest["high"]),
        )  # fmt: skip
    else:
        title = say("by vintage: title, agree")
    first, last = int(data["year"].min()), int(data["year"].max())
    subtitle = say("by vintage: subtitle", first=first, last=last)
    source = source_line(data, "", said)

    figure, bottom = page(title, subtitle, source, body=4.0, said=said)
    panel = axes_at(figure, MARGIN + 0.3, bottom + 0.25, WIDTH - 2 * MARGIN - 0.3 - 2.3, 3.65)
    looks = list(zip(LIGHT.series, "sD^vPXo", strict=True))
    vintages = list(data[["source", "vintage"]].drop_duplicates().itertuples(index=False, name=None))
    ends = []
    for place, key in enumerate(vintages):
        # The newest vintage is always the blue circle; the others count back from it.
        colour, shape = looks[(place - len(vintages)) % len(looks)]
        line = data[(data["source"] == key[0]) & (data["vintage"] == key[1])].set_index("year")
        spaced = line["value"].reindex(range(line.index.min(), line.index.max() + 1))
        wide = line[line["upper"] - line["lower"] > ONE_DECIMAL_WIDTH]
        panel.vlines(wide.index, wide["lower"], wide["upper"], color=colour, linewidth=1.2)
        panel.plot(
            spaced.index,
            spaced,
            color=colour,
            linewidth=1.6,
            marker=shape,
            markersize=4.2,
            markeredgecolor=LIGHT.ground,
            markeredgewidth=0.5,
            zorder=3,
        )
        ends.append((int(line.index.max()), float(spaced.iloc[-1]), edition_name(key[0], key[1], said), colour))
    low, high = float(data["value"].min()), float(data["value"].max())
    pad = 0.06 * (high - low or 1.0)
    panel.set(xlim=(first - 0.4, last + 0.4), ylim=(low - pad, high + pad))
    panel.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    panel.yaxis.set_major_formatter(lambda value, _: said.percent(f"{value:.0f}"))
    apart = (high - low + 2 * pad) * 0.165 / 3.65
    heights = spread([end[1] for end in ends], apart=apart, below=high + pad - apart / 2)
    edge = last + 0.4
    for height, (year, value, words, colour) in zip(heights, ends, strict=True):
        panel.plot(
            [year + 0.12, edge, edge + 0.1], [value, height, height], color=colour, linewidth=0.6, alpha=0.7, clip_on=False, zorder=1
        )
        panel.text(edge + 0.16, height, words, color=LIGHT.for_words(colour), fontsize=7.5, va="center")
    alt = say("by vintage: alt", first=first, last=last, vintages=len(vintages), title=title)
    return Chart("world_figure_by_vintage", title, subtitle, figure, data, alt, source, said)


def _since_the_last_gap(years: pd.Series) -> int:
    """Return the first of the years that lead up to the newest without one missing.

    >>> _since_the_last_gap(pd.Series([2005, 2006, 2010, 2011, 2012, 2011]))
    2010
    """
    held = set(years)
    first = int(years.max())
    while first - 1 in held:
        first -= 1
    return first


def _surest_move(data: pd.DataFrame) -> dict[str, float]:
    """Return the year whose value moved most between vintages, counting only what rounding cannot explain; `low` and `high` as printed."""
    ends = data.assign(lower=data["lower"].fillna(data["value"]), upper=data["upper"].fillna(data["value"]))
    moved = ends.groupby("year")["lower"].max() - ends.groupby("year")["upper"].min()
    year = moved.idxmax()
    rows = ends[ends["year"] == year].to_dict("records")
    low, high = min(rows, key=lambda row: row["upper"]), max(rows, key=lambda row: row["lower"])
    return {"year": low["year"], "moved": float(moved.max()), "low": low["value"], "high": high["value"]}
