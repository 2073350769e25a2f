"""Internet use of the world and its groups over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.patches import Rectangle

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, page, spread, styled, year_axis
from indicators.charts.palette import LIGHT
from indicators.charts.rows import FACTS_AND_FIGURES, everybody, has_one_decimal, needed, newest_of, newest_that_tells_of_the_world
from indicators.charts.words import short, source_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def internet_use_over_time(aggregates: pd.DataFrame, observations: pd.DataFrame, groups: pd.DataFrame) -> Chart:
    """Draw Internet use of the world, the income groups and the ITU regions over the years, each in its own small panel.

    Args:
        aggregates: Rows of the `aggregates` contract; used are those of Internet use of all people, newest membership, from the
            newest vintage that covers the world well enough.
        observations: Rows of `observations`; used are ITU's own aggregates printed with one decimal, newest edition.
        groups: Rows of `groups`, for the titles of the panels.

    Missing data: a year below two thirds of coverage is dashed, below one half its line is left out and only the bounds are drawn.

    Raises:
        ValueError: No aggregates of Internet use, or none of the world that may be published.
    """
    kept = everybody(aggregates)
    kept = newest_that_tells_of_the_world(kept[(kept["rule"] == "interpolate and carry") & (kept["membership"] == "latest")])
    needed(kept, "year with a publishable world figure of Internet use under the rule that carries values")
    named = groups[groups["scheme"].isin(["world", "income", "itu region"])].set_index("group_name")
    kept = kept[kept["group_name"].isin(named.index)]
    ours = kept[["group_name", "year", "value", "lower", "upper", "coverage", "publishable", "source", "vintage"]].assign(series="computed")
    ours["value"] = ours["value"].where(ours["publishable"] != "not published")
    printed = everybody(observations)
    printed = printed[(printed["source"] == FACTS_AND_FIGURES) & printed["area"].isin(named.index) & has_one_decimal(printed)]
    dots = newest_of(printed).rename(columns={"area": "group_name"})
    dots = dots[["group_name", "year", "value", "lower", "upper", "source", "vintage"]].assign(series="published")
    data = pd.concat([ours, dots], ignore_index=True).sort_values(["group_name", "series", "year"], ignore_index=True)

    headline = ours[ours["publishable"] == "published"]
    newest = needed(headline[headline["group_name"] == "world"], "year with a publishable world figure").sort_values("year").iloc[-1]
    year = int(newest["year"])
    same_year = headline[(headline["year"] == year) & headline["group_name"].map(named["scheme"]).eq("income")].sort_values("value")
    title = f"By our estimate {newest['value']:.0f} per cent of the world’s people used the Internet in {year}"
    if len(same_year) > 1:
        most, least = same_year.iloc[-1], same_year.iloc[0]
        title += (
            f": {most['value']:.0f} per cent in {short(named.loc[most['group_name'], 'title']).lower()} economies,"
            f" {least['value']:.0f} per cent in {short(named.loc[least['group_name'], 'title']).lower()} ones"
        )
    subtitle = (
        f"Individuals using the Internet, per cent of population, {ours['year'].min()}–{data['year'].max()}. "
        "Our figures are made from economies’ own, interpolated between years, the newest carried on; groups as on the newest lists."
    )
    source = source_line(data, "Group figures and bounds: own calculations, weighted by population.")

    figure, bottom = page(title, subtitle, source, body=6.0)
    first, last = int(data["year"].min()), int(data["year"].max())
    ends = ours.dropna(subset="value").sort_values("year").groupby("group_name")["value"].last()
    ends = ends.sort_values(ascending=False, kind="stable")
    order = {scheme: [name for name in ends.index if named.loc[name, "scheme"] == scheme] for scheme in named["scheme"].unique()}
    inner = WIDTH - 2 * MARGIN
    rows = [("world", 4.35, 1.45, 0.45), ("income", 2.25, 1.25, 1.0), ("itu region", 0.2, 1.25, 1.0)]
    for scheme, floor, height, part in rows:
        names = order.get(scheme, [])
        step = inner * part / max(len(names), 1)
        for place, name in enumerate(names):
            panel = axes_at(figure, MARGIN + 0.24 + place * step, bottom + floor, step - 0.32, height)
            _time_panel(panel, data[data["group_name"] == name], first, last, with_scale=place == 0, with_years=scheme == "world")
            figure.text(
                (MARGIN + place * step) / WIDTH, (bottom + floor + height + 0.12) / figure.get_figheight(),
                short(named.loc[name, "title"]), fontsize=8.5, fontweight="bold",
            )  # fmt: skip
    _time_key(axes_at(figure, MARGIN + inner * 0.45 + 0.8, bottom + 4.3, inner * 0.55 - 0.8, 1.6))
    for words, height in (("Income groups of the World Bank", 3.8), ("Regions of ITU", 1.75)):
        figure.text(MARGIN / WIDTH, (bottom + height) / figure.get_figheight(), words, fontsize=8.5, color=LIGHT.quiet)

    alt = (
        f"Line charts in {len(ends)} small panels: share of people using the Internet in the world, in income groups and in ITU regions, "
        f"{ours['year'].min()} to {data['year'].max()}, with the bounds that economies without data leave possible. {title}."
    )
    return Chart("internet_use_over_time", title, subtitle, figure, data, alt, source)


def _time_panel(panel: Axes, rows: pd.DataFrame, first: int, last: int, *, with_scale: bool, with_years: bool) -> None:
    """Draw one group: bounds as a band, our figure as a line (dashed where indicative), ITU's figures as dots, both ends labelled."""
    ours, dots = rows[rows["series"] == "computed"], rows[rows["series"] == "published"]
    panel.fill_between(ours["year"], ours["lower"], ours["upper"].fillna(100), color=LIGHT.band, linewidth=0)
    panel.plot(ours["year"], ours["value"], color=LIGHT.blue, linewidth=1.3, linestyle=(0, (2, 1.2)))
    solid = ours["value"].where(ours["publishable"] == "published")
    panel.plot(ours["year"], solid, color=LIGHT.blue)
    # A published year between two that are not has no line to belong to.
    alone = solid[solid.shift().isna() & solid.shift(-1).isna()]
    panel.plot(ours.loc[alone.index, "year"], alone, color=LIGHT.blue, linestyle="none", marker="o", markersize=2)
    panel.plot(
        dots["year"],
        dots["value"],
        linestyle="none",
        marker="o",
        markersize=3,
        color=LIGHT.ground,
        markeredgecolor=LIGHT.ink,
        markeredgewidth=0.8,
    )
    labels = []
    for part, colour, weight in ((ours.dropna(subset="value"), LIGHT.blue, "bold"), (dots, LIGHT.ink, "normal")):
        if not part.empty:
            end = part.sort_values("year").iloc[-1]
            labels.append((float(end["value"]), f"{end['value']:.1f}" + (f" in {end['year']}" if with_years else ""), colour, weight))
    inches = panel.get_position().height * panel.figure.get_figheight()  # type: ignore[union-attr]
    heights = spread([label[0] for label in labels], apart=100 * 0.125 / inches)
    span = last - first or 1
    for height, (_, words, colour, weight) in zip(heights, labels, strict=True):
        panel.text(last + 0.03 * span, height, words, color=colour, fontweight=weight, fontsize=7.5, va="center")
    year_axis(panel, first, last)
    panel.set(ylim=(0, 100), yticks=[0, 50, 100])
    if not with_scale:
        panel.set_yticklabels([])
    else:
        panel.set_yticklabels(["0", "50", "100"])


def _time_key(key: Axes) -> None:
    """Explain the marks of the time panels once, beside the first of them."""
    key.set(xlim=(0, 1), ylim=(0, 4))
    key.axis("off")
    key.plot([0.01, 0.1], [3.5, 3.5], color=LIGHT.blue)
    key.plot([0.01, 0.1], [2.5, 2.5], color=LIGHT.blue, linewidth=1.3, linestyle=(0, (2, 1.2)))
    key.plot(
        [0.055], [1.5], linestyle="none", marker="o", markersize=3.5, color=LIGHT.ground, markeredgecolor=LIGHT.ink, markeredgewidth=0.8
    )
    key.add_patch(Rectangle((0.01, 0.28), 0.09, 0.45, color=LIGHT.band, linewidth=0))
    words = (
        "Our figure, where economies with two thirds of\nthe people reported for the year; newest in bold",
        "Indicative: from one half. With less, no line",
        "As ITU estimated it, newest edition",
        "Bounds: economies that did not report could lie\nanywhere between 0 and 100 per cent",
    )
    for height, line in zip((3.5, 2.5, 1.5, 0.5), words, strict=True):
        key.text(0.14, height, line, fontsize=7.5, va="center", linespacing=1.25)
