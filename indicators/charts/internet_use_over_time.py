"""Internet use of the world, the income groups and the ITU regions over the years, with the bounds that missing data leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import (
    MARGIN,
    WIDTH,
    axes_at,
    fitting_size,
    page,
    rectangle,
    share_axis,
    spread,
    text_start,
    wrapped,
    year_axis,
)
from indicators.charts.drawing.palette import LIGHT
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import group_names, lowered, source_line
from indicators.charts.selection import (
    FACTS_AND_FIGURES,
    INTERNET_USE,
    group_titles,
    has_one_decimal,
    internet_use_of_all_people,
    newest_vintage,
    newest_vintage_covering_the_world,
    require_rows,
)
from indicators.contracts.vocabulary import Basis, MembershipList, Publishable, Rule
from indicators.registries.labels import Plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

SCHEMES = ("world", "income", "itu region")


def data(aggregates: pd.DataFrame, observations: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return Internet use of all people in each group, one row a group, series and year.

    The series `computed` is our aggregate from the newest vintage that covers the world, under the newest membership; `published` is what
    ITU printed with one decimal in its newest edition.

    Missing data: a year with less than half of the people covered has bounds and no value.

    Raises:
        ValueError: No aggregates of Internet use, or none of the world that may be published.
    """
    computed = internet_use_of_all_people(aggregates)
    computed = computed[(computed["rule"] == Rule.INTERPOLATE_AND_CARRY) & (computed["membership"] == MembershipList.LATEST)]
    computed = newest_vintage_covering_the_world(computed)
    require_rows(computed, "year with a publishable world figure of Internet use under the rule that carries values")
    shown = groups[groups["scheme"].isin(SCHEMES)].set_index("group_name")["scheme"]
    computed = computed[computed["group_name"].isin(shown.index)].assign(series=Basis.COMPUTED)
    computed["value"] = computed["value"].where(computed["publishable"] != Publishable.NOT_PUBLISHED)
    printed = internet_use_of_all_people(observations)
    printed = printed[(printed["source"] == FACTS_AND_FIGURES) & printed["area"].isin(shown.index) & has_one_decimal(printed)]
    printed = newest_vintage(printed).rename(columns={"area": "group_name"}).assign(series=Basis.PUBLISHED)
    columns = [*CHART.columns]
    frame = pd.concat([computed[columns], printed.reindex(columns=columns)], ignore_index=True)
    frame = frame.sort_values(["group_name", "series", "year"], ignore_index=True)
    return frame.assign(title=group_titles(frame["group_name"], groups), scheme=frame["group_name"].map(shown))


TEXT: dict[str, str | Plural] = {
    "over time: title": "By our estimate {value} per cent of the world’s people used the Internet in {year}",
    "over time: title, income groups": ": {most} per cent in {richest} economies, {least} per cent in {poorest} ones",
    "over time: subtitle": (
        "Individuals using the Internet, per cent of population, {first}–{last}. We compute group figures from the values of "
        "economies; missing years are interpolated, and the newest value is carried forward. Groups follow the newest lists."
    ),
    "over time: note": "Group figures and bounds: own calculations, weighted by population.",
    "over time: alt": Plural(
        (
            "Line charts in {panels} small panel: share of people using the Internet in the world, in income groups and in ITU "
            "regions, {first} to {last}, with bounds that allow for economies without data. {title}."
        ),
        (
            "Line charts in {panels} small panels: share of people using the Internet in the world, in income groups and in ITU "
            "regions, {first} to {last}, with bounds that allow for economies without data. {title}."
        ),
        "panels",
    ),
    "over time: key, published": "Our figure, if economies with two thirds of the people reported for the year; newest in bold",
    "over time: key, indicative": "Indicative: at least half of the people. Below that, no line",
    "over time: key, ITU": "ITU estimate, newest edition",
    "over time: key, bounds": "Bounds: economies that did not report could be anywhere between 0 and 100 per cent",
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the name of each row's group."""

    last_values: Mapping[tuple[str, str], str]  #: the last value of each group and series, as printed at the end of its line
    income_groups: str
    regions: str
    key: tuple[str, str, str, str]  #: what the solid line, the dashed line, the dot and the band mean


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title has the newest publishable figure of the world, and of the income groups in that year."""
    phrase = labels.chart_text
    frame = frame.assign(name=group_names(frame["group_name"], frame["title"], labels))
    published = frame[(frame["series"] == Basis.COMPUTED) & (frame["publishable"] == Publishable.PUBLISHED)]
    world = published[published["group_name"] == "world"].iloc[-1]
    year = int(world["year"])
    title = phrase("over time: title", value=f"{world['value']:.0f}", year=year)
    by_income = published[(published["year"] == year) & (published["scheme"] == "income")].sort_values("value")
    if len(by_income) > 1:
        most, least = by_income.iloc[-1], by_income.iloc[0]
        title += phrase(
            "over time: title, income groups",
            most=f"{most['value']:.0f}", richest=lowered(most["name"]), least=f"{least['value']:.0f}", poorest=lowered(least["name"]),
        )  # fmt: skip
    years = {"first": frame.loc[frame["series"] == Basis.COMPUTED, "year"].min(), "last": frame["year"].max()}
    last_values = {}
    for (group, series), rows in frame.dropna(subset="value").groupby(["group_name", "series"]):
        last = rows.iloc[-1]
        value = labels.number(last["value"], 1)
        # Only the panel of the world has room for the year.
        last_values[str(group), str(series)] = (
            phrase("value in a year", value=value, year=last["year"]) if last["scheme"] == "world" else value
        )
    return Text(
        title=title,
        subtitle=phrase("over time: subtitle", **years),
        alt=phrase("over time: alt", panels=len(_groups_by_value(frame)), title=title, **years),
        source=source_line(frame, phrase("over time: note"), labels),
        language=labels.language,
        row_text={"name": list(frame["name"])},
        last_values=last_values,
        income_groups=phrase("income groups of the World Bank"),
        regions=phrase("regions of ITU"),
        key=(
            phrase("over time: key, published"),
            phrase("over time: key, indicative"),
            phrase("over time: key, ITU"),
            phrase("over time: key, bounds"),
        ),
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw one small panel a group, those of one scheme in a row, ordered by their last value."""
    figure, bottom = page(text, body=6.0)
    years = int(frame["year"].min()), int(frame["year"].max())
    ordered = _groups_by_value(frame)
    inner = WIDTH - 2 * MARGIN
    for scheme, floor, height, share in (("world", 4.35, 1.45, 0.45), ("income", 2.25, 1.25, 1.0), ("itu region", 0.2, 1.25, 1.0)):
        of_scheme = list(ordered.index[ordered == scheme])
        step = inner * share / max(len(of_scheme), 1)
        for place, group in enumerate(reversed(of_scheme) if text.is_right_to_left else of_scheme):
            rows = frame[frame["group_name"] == group]
            left = MARGIN + place * step
            panel = axes_at(figure, left + 0.24, bottom + floor, step - 0.32, height)
            labels = {series: text.last_values[key] for key in text.last_values for of_group, series in [key] if of_group == group}
            _panel(panel, rows, years, labels)
            share_axis(panel, ("0", "50", "100") if place == 0 else ("", "", ""))
            start, side = (left + step - 0.08, "right") if text.is_right_to_left else (left, "left")
            name = str(rows["name"].iloc[0])
            figure.text(
                start / WIDTH, (bottom + floor + height + 0.12) / figure.get_figheight(), name, ha=side,
                fontsize=fitting_size(name, 8.5, step - 0.12, "bold"), fontweight="bold",
            )  # fmt: skip
    _key(axes_at(figure, MARGIN + inner * 0.45 + 0.8, bottom + 4.3, inner * 0.55 - 0.8, 1.6), text)
    start, side = text_start(text)
    for heading, height in ((text.income_groups, 3.8), (text.regions, 1.75)):
        figure.text(start, (bottom + height) / figure.get_figheight(), heading, fontsize=8.5, color=LIGHT.quiet, ha=side)
    return figure


def _groups_by_value(frame: pd.DataFrame) -> pd.Series:
    """Return the scheme of each group with a computed value, ordered by its last one, highest first."""
    valued = frame[(frame["series"] == Basis.COMPUTED) & frame["value"].notna()]
    last = valued.drop_duplicates("group_name", keep="last").set_index("group_name")
    return last.sort_values("value", ascending=False, kind="stable")["scheme"]


def _panel(panel: Axes, rows: pd.DataFrame, years: tuple[int, int], labels: Mapping[str, str]) -> None:
    """Draw one group: bounds as a band, our figure as a line (dashed where indicative), ITU's figures as dots, both ends labelled."""
    computed, dots = rows[rows["series"] == Basis.COMPUTED], rows[rows["series"] == Basis.PUBLISHED]
    panel.fill_between(computed["year"], computed["lower"], computed["upper"].fillna(100), color=LIGHT.band, linewidth=0)
    panel.plot(computed["year"], computed["value"], color=LIGHT.blue, linewidth=1.3, linestyle=(0, (2, 1.2)))
    solid = computed["value"].where(computed["publishable"] == Publishable.PUBLISHED)
    panel.plot(computed["year"], solid, color=LIGHT.blue)
    # A published year between two that are not has no line to belong to.
    alone = solid[solid.shift().isna() & solid.shift(-1).isna()]
    panel.plot(computed.loc[alone.index, "year"], alone, color=LIGHT.blue, linestyle="none", marker="o", markersize=2)
    panel.plot(
        dots["year"], dots["value"], linestyle="none", marker="o", markersize=3, color=LIGHT.ground, markeredgecolor=LIGHT.ink,
        markeredgewidth=0.8,
    )  # fmt: skip
    ends = [
        (float(part["value"].iloc[-1]), labels[series], colour, weight)
        for series, part, colour, weight in (
            (Basis.COMPUTED, computed.dropna(subset="value"), LIGHT.blue, "bold"),
            (Basis.PUBLISHED, dots, LIGHT.ink, "normal"),
        )
        if len(part)
    ]
    inches = panel.get_position().height * panel.figure.get_figheight()  # type: ignore[union-attr]
    heights = spread([end[0] for end in ends], apart=100 * 0.125 / inches)
    first, last = years
    for height, (_, label, colour, weight) in zip(heights, ends, strict=True):
        panel.text(last + 0.03 * (last - first or 1), height, label, color=colour, fontweight=weight, fontsize=7.5, va="center")
    year_axis(panel, first, last)


def _key(key: Axes, text: Text) -> None:
    """Explain the marks of the panels once, next to the first of them."""
    key.set(xlim=(1, 0) if text.is_right_to_left else (0, 1), ylim=(0, 4))
    key.axis("off")
    key.plot([0.01, 0.1], [3.5, 3.5], color=LIGHT.blue)
    key.plot([0.01, 0.1], [2.5, 2.5], color=LIGHT.blue, linewidth=1.3, linestyle=(0, (2, 1.2)))
    key.plot(
        [0.055], [1.5], linestyle="none", marker="o", markersize=3.5, color=LIGHT.ground, markeredgecolor=LIGHT.ink, markeredgewidth=0.8
    )
    rectangle(key, 0.01, 0.28, 0.09, 0.45, color=LIGHT.band)
    room = 0.78 * key.get_position().width * WIDTH
    side = "right" if text.is_right_to_left else "left"
    for height, meaning in zip((3.5, 2.5, 1.5, 0.5), text.key, strict=True):
        key.text(0.14, height, "\n".join(wrapped(meaning, 7.5, room)), fontsize=7.5, ha=side, va="center", linespacing=1.25)


CHART = Chart(
    name="internet_use_over_time",
    position=10,
    description="People online in the world and its groups, with the bounds that missing data leave.",
    columns=("group_name", "year", "value", "lower", "upper", "coverage", "publishable", "source", "vintage", "series"),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    indicator_pages={INTERNET_USE: 10},
)
