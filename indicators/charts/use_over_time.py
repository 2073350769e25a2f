"""Internet use of the world and its groups over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.patches import Rectangle

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, broken, fitting, page, spread, styled, year_axis
from indicators.charts.palette import LIGHT
from indicators.charts.rows import FACTS_AND_FIGURES, everybody, has_one_decimal, needed, newest_of, newest_that_tells_of_the_world
from indicators.charts.words import group_names, lowered, source_line
from indicators.registries.labels import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from indicators.registries.labels import Labels


@styled
def internet_use_over_time(aggregates: pd.DataFrame, observations: pd.DataFrame, groups: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw Internet use of the world, the income groups and the ITU regions over the years, each in its own small panel.

    Args:
        aggregates: Rows of the `aggregates` contract; used are those of Internet use of all people, newest membership, from the
            newest vintage that covers the world well enough.
        observations: Rows of `observations`; used are ITU's own aggregates printed with one decimal, newest edition.
        groups: Rows of `groups`, for the titles of the panels.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: a year below two thirds of coverage is dashed, below one half its line is left out and only the bounds are drawn.

    Raises:
        ValueError: No aggregates of Internet use, or none of the world that may be published.
    """
    say = (said := labels(language)).furniture
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
    names = group_names(groups, said)
    title = say("over time: title", value=f"{newest['value']:.0f}", year=year)
    if len(same_year) > 1:
        most, least = same_year.iloc[-1], same_year.iloc[0]
        title += say(
            "over time: title, income groups",
            most=f"{most['value']:.0f}", richest=lowered(names[most["group_name"]]),
            least=f"{least['value']:.0f}", poorest=lowered(names[least["group_name"]]),
        )  # fmt: skip
    years = {"first": ours["year"].min(), "last": data["year"].max()}
    subtitle = say("over time: subtitle", **years)
    source = source_line(data, say("over time: note"), said)

    figure, bottom = page(title, subtitle, source, body=6.0, said=said)
    first, last = int(data["year"].min()), int(data["year"].max())
    ends = ours.dropna(subset="value").sort_values("year").groupby("group_name")["value"].last()
    ends = ends.sort_values(ascending=False, kind="stable")
    order = {scheme: [name for name in ends.index if named.loc[name, "scheme"] == scheme] for scheme in named["scheme"].unique()}
    inner = WIDTH - 2 * MARGIN
    rows = [("world", 4.35, 1.45, 0.45), ("income", 2.25, 1.25, 1.0), ("itu region", 0.2, 1.25, 1.0)]
    for scheme, floor, height, part in rows:
        of_scheme = order.get(scheme, [])
        step = inner * part / max(len(of_scheme), 1)
        for place, name in enumerate(of_scheme if said.direction == "ltr" else reversed(of_scheme)):
            panel = axes_at(figure, MARGIN + 0.24 + place * step, bottom + floor, step - 0.32, height)
            _time_panel(
                panel, data[data["group_name"] == name], first, last, said, with_scale=place == 0, with_years=scheme == "world"
            )  # fmt: skip
            at, side = (MARGIN + place * step, "left") if said.direction == "ltr" else (MARGIN + (place + 1) * step - 0.08, "right")
            figure.text(
                at / WIDTH, (bottom + floor + height + 0.12) / figure.get_figheight(), names[name], ha=side,
                fontsize=fitting(names[name], 8.5, step - 0.12, "bold"), fontweight="bold",
            )  # fmt: skip
    _time_key(axes_at(figure, MARGIN + inner * 0.45 + 0.8, bottom + 4.3, inner * 0.55 - 0.8, 1.6), said)
    at, side = (MARGIN, "left") if said.direction == "ltr" else (WIDTH - MARGIN, "right")
    for words, height in ((say("income groups of the World Bank"), 3.8), (say("regions of ITU"), 1.75)):
        figure.text(at / WIDTH, (bottom + height) / figure.get_figheight(), words, fontsize=8.5, color=LIGHT.quiet, ha=side)

    alt = say("over time: alt", panels=len(ends), title=title, **years)
    return Chart("internet_use_over_time", title, subtitle, figure, data, alt, source, said)


def _time_panel(panel: Axes, rows: pd.DataFrame, first: int, last: int, said: Labels, *, with_scale: bool, with_years: bool) -> None:
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
    ends = []
    for part, colour, weight in ((ours.dropna(subset="value"), LIGHT.blue, "bold"), (dots, LIGHT.ink, "normal")):
        if not part.empty:
            end = part.sort_values("year").iloc[-1]
            value = said.number(end["value"], 1)
            words = said.furniture("value in a year", value=value, year=end["year"]) if with_years else value
            ends.append((float(end["value"]), words, colour, weight))
    inches = panel.get_position().height * panel.figure.get_figheight()  # type: ignore[union-attr]
    heights = spread([end[0] for end in ends], apart=100 * 0.125 / inches)
    span = last - first or 1
    for height, (_, words, colour, weight) in zip(heights, ends, strict=True):
        panel.text(last + 0.03 * span, height, words, color=colour, fontweight=weight, fontsize=7.5, va="center")
    year_axis(panel, first, last)
    panel.set(ylim=(0, 100), yticks=[0, 50, 100])
    if not with_scale:
        panel.set_yticklabels([])
    else:
        panel.set_yticklabels(["0", "50", "100"])


def _time_key(key: Axes, said: Labels) -> None:
    """Explain the marks of the time panels once, beside the first of them."""
    start, end = (0, 1) if said.direction == "ltr" else (1, 0)
    key.set(xlim=(start, end), ylim=(0, 4))
    key.axis("off")
    key.plot([0.01, 0.1], [3.5, 3.5], color=LIGHT.blue)
    key.plot([0.01, 0.1], [2.5, 2.5], color=LIGHT.blue, linewidth=1.3, linestyle=(0, (2, 1.2)))
    key.plot(
        [0.055], [1.5], linestyle="none", marker="o", markersize=3.5, color=LIGHT.ground, markeredgecolor=LIGHT.ink, markeredgewidth=0.8
    )
    key.add_patch(Rectangle((0.01, 0.28), 0.09, 0.45, color=LIGHT.band, linewidth=0))
    room = 0.78 * key.get_position().width * WIDTH
    for height, mark in zip((3.5, 2.5, 1.5, 0.5), ("published", "indicative", "ITU", "bounds"), strict=True):
        words = "\n".join(broken(said.furniture(f"over time: key, {mark}"), 7.5, room))
        key.text(0.14, height, words, fontsize=7.5, ha="left" if said.direction == "ltr" else "right", va="center", linespacing=1.25)
