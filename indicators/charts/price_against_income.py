"""Prices against incomes: each broadband basket of each economy, against the target of affordability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import MARGIN, WIDTH, axes_at, horizontal_scale, mirror, page, text_width
from indicators.charts.drawing.palette import LIGHT
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import clauses, economy_names, listed, sentences, source_line
from indicators.charts.selection import group_titles, require_rows, same_vintage, well_reported_year
from indicators.conventions import number
from indicators.registries.labels import Plural
from indicators.registries.sources import by_age

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

#: Baskets of the target, in the order of the chart; two baskets are never compared.
BASKETS = ("price_data_only_mobile_broadband_basket_2gb", "price_data_only_mobile_broadband_basket_5gb", "price_fixed_broadband_basket")
INCOME_GROUPS = ("high-income", "upper-middle-income", "lower-middle-income", "low-income")
#: Per cent of monthly GNI per capita; the target of the Broadband Commission and of universal and meaningful connectivity.
AFFORDABLE = number("affordable_price")
#: Prices below the first tick are drawn on it; the scale is logarithmic, since prices span four orders of magnitude.
_CHEAPEST = 0.1
_TICKS = (0.1, 0.5, 2, 10, 50)


def data(current_observations: pd.DataFrame, memberships: pd.DataFrame, groups: pd.DataFrame, economies: pd.DataFrame) -> pd.DataFrame:
    """Return the price of each basket in each economy, in per cent of monthly GNI per capita, with the newest income group.

    Each basket is of the newest vintage and of the newest year in which two thirds of the economies that ever had its price have one.

    Missing data: an economy without a price is no row.

    Raises:
        ValueError: There is no price of a basket in an economy.
    """
    rows = current_observations[current_observations["indicator"].isin(BASKETS) & (current_observations["area_kind"] == "economy")]
    require_rows(rows, "price of a broadband basket of an economy; add ITU’s workbook of price baskets")
    chosen = []
    for _, of_basket in rows[rows["value"].notna()].groupby("indicator"):
        of_vintage = same_vintage(of_basket, by_age(of_basket).iloc[-1])
        chosen.append(of_vintage[of_vintage["year"] == well_reported_year(of_vintage)])
    lists = memberships[(memberships["scheme"] == "income") & memberships["valid_to"].isna()][["group_name", "iso3"]]
    frame = pd.concat(chosen).merge(lists, left_on="area", right_on="iso3", how="left").drop(columns="iso3")
    frame = frame.assign(
        name=frame["area"].map(economies.set_index("iso3")["name"]).fillna(frame["area"]),
        group_title=group_titles(frame["group_name"], groups),
        affordable=frame["value"] <= AFFORDABLE,
        basket=pd.Categorical(frame["indicator"], BASKETS, ordered=True),
        rank=pd.Categorical(frame["group_name"], INCOME_GROUPS, ordered=True),
    )
    return frame.sort_values(["basket", "rank", "value", "area"], ignore_index=True)


TEXT: dict[str, str | Plural] = {
    "prices: price_data_only_mobile_broadband_basket_2gb": "Mobile broadband (2 GB)",
    "prices: price_data_only_mobile_broadband_basket_5gb": "Mobile broadband (5 GB)",
    "prices: price_fixed_broadband_basket": "Fixed broadband (5 GB)",
    "prices: title": Plural(
        "{basket} costs at most {line} per cent of income in {within} of {economies} economies in {year}",
        "{basket} costs at most {line} per cent of income in {within} of {economies} economies in {year}",
        "economies",
    ),
    "prices: title, low-income": ", and in {within} of {economies} low-income ones",
    "prices: subtitle": (
        "Cheapest monthly plan of each basket, per cent of monthly GNI per capita, logarithmic scale. Each dot is an economy; the bar"
        " is the median. Affordable under the target: at most {line} per cent. Baskets differ and should not be compared."
    ),
    "prices: subtitle, cheapest": "Prices below {price} are drawn at {price}.",
    "prices: note": "Medians and counts: own calculations over economies with a price; income groups of the newest list.",
    "prices: target": "Target: {line} per cent",
    "prices: at most": "At most {line} %",
    "prices: alt, basket": Plural(
        "{basket}: {within} of {economies} economies ({year})", "{basket}: {within} of {economies} economies ({year})", "economies"
    ),
    "prices: alt": (
        "Strip charts of prices by income group, with a line at {line} per cent. {title}. Economies within the target: {values}."
    ),
}


@dataclass(frozen=True)
class RowText:
    """The text of one row: a basket in an income group."""

    basket: str
    group: str
    heading: str  #: of the basket, with its year
    name: str  #: of the group
    count: str  #: economies at or below the target, of all with a price
    median: str


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the name of each economy."""

    rows: tuple[RowText, ...]
    ticks: dict[float, str]
    target: str
    count_heading: str
    median_heading: str


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title counts the economies in which the last basket is affordable."""
    phrase = labels.chart_text
    target = labels.number(AFFORDABLE)
    counts = frame.groupby("indicator", sort=False).agg(
        within=("affordable", "sum"), economies=("affordable", "size"), year=("year", "first")
    )
    names = {str(basket): phrase(f"prices: {basket}") for basket in counts.index}
    headline = counts.iloc[-1]
    title = phrase("prices: title", basket=names[str(headline.name)], line=target, **headline)
    low_income = frame.loc[(frame["indicator"] == headline.name) & (frame["group_name"] == "low-income"), "affordable"]
    if len(low_income):
        title += phrase("prices: title, low-income", within=low_income.sum() or phrase("none"), economies=len(low_income))
    cheapest = phrase("prices: subtitle, cheapest", price=labels.number(_CHEAPEST)) if (frame["value"] < _CHEAPEST).any() else ""
    by_basket = [phrase("prices: alt, basket", basket=names[str(basket)], **row) for basket, row in counts.iterrows()]
    rows = []
    for _, prices in frame.groupby(["basket", "rank"], observed=True):
        first = prices.iloc[0]
        rows.append(
            RowText(
                basket=first["indicator"],
                group=first["group_name"],
                heading=listed([names[first["indicator"]], str(first["year"])], labels),
                name=labels.group_in_short(first["group_name"], first["group_title"]),
                count=phrase("some of all", some=prices["affordable"].sum(), all=len(prices)),
                median=labels.number(float(prices["value"].median()), 1),
            )
        )
    ticks = {tick: labels.number(tick) for tick in _TICKS}
    return Text(
        title=title,
        subtitle=sentences(labels, phrase("prices: subtitle", line=target), cheapest),
        alt=phrase("prices: alt", line=target, title=title, values=clauses(by_basket, labels)),
        source=source_line(frame, phrase("prices: note"), labels),
        language=labels.language,
        row_text={"name": economy_names(frame["area"], frame["name"], labels)},
        rows=tuple(rows),
        ticks=ticks | {_TICKS[-1]: labels.percent(ticks[_TICKS[-1]])},
        target=phrase("prices: target", line=target),
        count_heading=phrase("prices: at most", line=target),
        median_heading=phrase("median"),
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw one mark an economy in rows of income groups, the median as a bar, and the target as a line through all baskets."""
    pitch = 0.3
    lines = len(text.rows) + 0.9 * len({row.basket for row in text.rows})
    left = max(text_width(row.name, 8.5) for row in text.rows) + 0.25
    width = WIDTH - 2 * MARGIN - left - 1.35
    figure, bottom = page(text, body=pitch * (lines + 0.9) + 0.3)
    panel = axes_at(figure, MARGIN + left, bottom + 0.3, width, pitch * lines)
    panel.set_xscale("log")
    panel.set(xlim=(0.08, max(float(frame["value"].max()) * 1.2, 60)), ylim=(lines, 0))
    horizontal_scale(panel, text.ticks, top=0, bottom=lines)
    panel.minorticks_off()
    panel.vlines([AFFORDABLE], -0.25, lines, color=LIGHT.orange, linewidth=1.1, clip_on=False)
    beside = panel.get_yaxis_transform()
    panel.annotate(
        text.target, (AFFORDABLE, -0.35), xytext=(0, 2), textcoords="offset points", fontsize=7.5,
        fontweight="bold", color=LIGHT.orange, ha="center", va="bottom", annotation_clip=False,
    )  # fmt: skip
    count_at, median_at = 1 + 0.1 / width, 1 + 0.9 / width
    panel.text(count_at, -0.5, text.count_heading, transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center")
    panel.text(median_at, -0.5, text.median_heading, transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center")
    top, basket = 0.0, ""
    for row in text.rows:
        if row.basket != basket:
            panel.text(-left / width, top + 0.5, row.heading, transform=beside, fontsize=8.5, fontweight="bold", va="center")
            top, basket = top + 0.9, row.basket
        economies = frame[(frame["indicator"] == row.basket) & (frame["group_name"] == row.group)]
        prices = economies["value"].clip(lower=_CHEAPEST)
        for within, colour, shape in ((True, LIGHT.blue, "o"), (False, LIGHT.orange, "D")):
            marked = prices[economies["affordable"] == within]
            lanes = top + 0.5 + 0.24 * np.sin(2.4 * np.arange(len(marked)))
            panel.plot(marked, lanes, linestyle="none", marker=shape, markersize=3, markeredgewidth=0, color=colour, alpha=0.75)
        median = max(float(economies["value"].median()), _CHEAPEST)
        panel.plot([median] * 2, [top + 0.1, top + 0.9], color=LIGHT.ink, linewidth=1.6)
        panel.text(-(left - 0.12) / width, top + 0.5, row.name, transform=beside, fontsize=8.5, va="center")
        panel.text(count_at, top + 0.5, row.count, transform=beside, fontsize=8.5, va="center")
        panel.text(median_at, top + 0.5, row.median, transform=beside, fontsize=8.5, va="center")
        top += 1
    if text.is_right_to_left:
        mirror(panel)
    return figure


CHART = Chart(
    name="price_against_income",
    position=120,
    description="Broadband prices against the target of 2 per cent of income.",
    columns=("indicator", "area", "name", "group_name", "year", "value", "affordable", "nature", "source", "vintage"),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    indicator_pages={BASKETS[0]: 10},
    may_lack_data=True,
)
