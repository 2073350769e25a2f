"""Prices against incomes: each basket of each economy, and the line of affordability."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, inches_wide, lying_scale, page, styled, turn_round
from indicators.charts.palette import LIGHT
from indicators.charts.rows import needed, well_reported_year
from indicators.charts.words import chain, group_names, sentences, source_line
from indicators.registries.labels import labels
from indicators.registries.sources import by_age

#: Baskets of the target, in the order of the chart; two baskets are never compared.
BASKETS = ("price_data_only_mobile_broadband_basket_2gb", "price_data_only_mobile_broadband_basket_5gb", "price_fixed_broadband_basket")
#: Per cent of monthly GNI per capita; the target of the Broadband Commission and of universal and meaningful connectivity.
AFFORDABLE = 2.0
#: Prices below the first tick are drawn on it; the scale is logarithmic, since prices span four orders of magnitude.
_CHEAPEST = 0.1
_TICKS = (0.1, 0.5, 2, 10, 50)


@styled
def price_against_income(
    current_observations: pd.DataFrame,
    memberships: pd.DataFrame,
    groups: pd.DataFrame,
    economies: pd.DataFrame,
    *,
    language: str = "en",
) -> Chart:
    """Draw the price of entry-level broadband in each economy against the line of 2 per cent of monthly income, by income group.

    Args:
        current_observations: Rows of the `current_observations` contract; used are the baskets' prices in per cent of monthly
            GNI per capita.
        memberships: Rows of `memberships`; used are the newest lists of income groups.
        groups: Rows of `groups`, for names.
        economies: Rows of `economies`, for names.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: an economy without a price has no mark, and the count beside each row is of those with one. Each basket stands in the
    newest year in which two thirds of the economies that ever had its price do.

    Raises:
        ValueError: No basket's price of an economy is held.
    """
    say = (said := labels(language)).furniture
    rows = current_observations[current_observations["indicator"].isin(BASKETS) & (current_observations["area_kind"] == "economy")]
    needed(rows, "price of a broadband basket of an economy; add ITU’s workbook of price baskets")
    chosen = []
    for basket in BASKETS:
        of_basket = rows[(rows["indicator"] == basket) & rows["value"].notna()]
        if of_basket.empty:
            continue
        newest = by_age(of_basket).iloc[-1]
        of_basket = of_basket[(of_basket["source"] == newest["source"]) & (of_basket["vintage"] == newest["vintage"])]
        chosen.append(of_basket[of_basket["year"] == well_reported_year(of_basket)])
    lists = memberships[(memberships["scheme"] == "income") & memberships["valid_to"].isna()][["group_name", "iso3"]]
    data = pd.concat(chosen).merge(lists, left_on="area", right_on="iso3", how="left").drop(columns="iso3")
    names = economies.set_index("iso3")["name"]
    called = [said.economy(iso3, names.get(iso3, iso3)) for iso3 in data["area"]]
    data = data.assign(name=called, affordable=data["value"] <= AFFORDABLE)
    data = data[["indicator", "area", "name", "group_name", "year", "value", "affordable", "nature", "source", "vintage"]]
    order = {name: place for place, name in enumerate(("high-income", "upper-middle-income", "lower-middle-income", "low-income"))}
    data["rank"] = data["group_name"].map(order)
    data["basket"] = data["indicator"].map({name: place for place, name in enumerate(BASKETS)})
    data = data.sort_values(["basket", "rank", "value", "area"], ignore_index=True).drop(columns=["rank", "basket"])

    told = data.groupby("indicator", sort=False)["affordable"].agg(["sum", "size"])
    years = data.groupby("indicator", sort=False)["year"].first()
    head = told.index[-1]
    line = said.number(AFFORDABLE)
    baskets = {basket: say(f"prices: {basket}") for basket in told.index}
    title = say(
        "prices: title", basket=baskets[head], line=line, within=told.loc[head, "sum"], economies=told.loc[head, "size"], year=years[head]
    )
    low = data[(data["indicator"] == head) & (data["group_name"] == "low-income")]
    if len(low):
        within = low["affordable"].sum()
        title += say("prices: title, low-income", within=within or say("none"), economies=len(low))
    cheapest = say("prices: subtitle, cheapest", price=said.number(_CHEAPEST)) if (data["value"] < _CHEAPEST).any() else ""
    subtitle = sentences(said, say("prices: subtitle", line=line), cheapest)
    source = source_line(data, say("prices: note"), said)

    titles = group_names(groups, said)
    shown = [
        (basket, group) for basket in told.index for group in order if ((data["indicator"] == basket) & (data["group_name"] == group)).any()
    ]
    blocks = list(dict.fromkeys(basket for basket, _ in shown))
    pitch = 0.3
    lines = len(shown) + 0.9 * len(blocks)
    left = max(inches_wide(str(titles.get(group, group)), 8.5) for _, group in shown) + 0.25
    right = 1.35
    wide = WIDTH - 2 * MARGIN - left - right
    figure, bottom = page(title, subtitle, source, body=pitch * (lines + 0.9) + 0.3, said=said)
    panel = axes_at(figure, MARGIN + left, bottom + 0.3, wide, pitch * lines)
    top = max(float(data["value"].max()) * 1.2, 60)
    panel.set_xscale("log")
    panel.set(xlim=(0.08, top), ylim=(lines, 0))
    ticks = {tick: said.number(tick) for tick in _TICKS}
    lying_scale(panel, ticks | {_TICKS[-1]: said.percent(ticks[_TICKS[-1]])}, top=0, bottom=lines)
    panel.minorticks_off()
    panel.vlines([AFFORDABLE], -0.25, lines, color=LIGHT.orange, linewidth=1.1, clip_on=False)
    beside = panel.get_yaxis_transform()
    panel.annotate(
        say("prices: target", line=line), (AFFORDABLE, -0.35), xytext=(0, 2), textcoords="offset points", fontsize=7.5,
        fontweight="bold", color=LIGHT.orange, ha="center", va="bottom", annotation_clip=False,
    )  # fmt: skip
    panel.text(1 + 0.1 / wide, -0.5, say("prices: at most", line=line), transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center")
    panel.text(1 + 0.9 / wide, -0.5, say("median"), transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center")
    at = 0.0
    before = ""
    for basket, group in shown:
        if basket != before:
            words = f"{baskets[basket]}{say('comma')}{years[basket]}"
            panel.text(-left / wide, at + 0.5, words, transform=beside, fontsize=8.5, fontweight="bold", va="center")
            at, before = at + 0.9, basket
        of_row = data[(data["indicator"] == basket) & (data["group_name"] == group)]
        prices = of_row["value"].clip(lower=_CHEAPEST)
        for within, colour, shape in ((True, LIGHT.blue, "o"), (False, LIGHT.orange, "D")):
            some = prices[of_row["affordable"] == within]
            lanes = at + 0.5 + 0.24 * np.sin(2.4 * np.arange(len(some)))
            panel.plot(some, lanes, linestyle="none", marker=shape, markersize=3, markeredgewidth=0, color=colour, alpha=0.75)
        median = float(of_row["value"].median())
        panel.plot([max(median, _CHEAPEST)] * 2, [at + 0.1, at + 0.9], color=LIGHT.ink, linewidth=1.6)
        panel.text(-(left - 0.12) / wide, at + 0.5, titles.get(group, group), transform=beside, fontsize=8.5, va="center")
        count = say("some of all", some=of_row["affordable"].sum(), all=len(of_row))
        panel.text(1 + 0.1 / wide, at + 0.5, count, transform=beside, fontsize=8.5, va="center")
        panel.text(1 + 0.9 / wide, at + 0.5, said.number(median, 1), transform=beside, fontsize=8.5, va="center")
        at += 1
    if said.direction == "rtl":
        turn_round(panel)
    summed = chain(
        [
            say("prices: alt, basket", basket=baskets[str(name)], within=row["sum"], economies=row["size"], year=years[name])
            for name, row in told.iterrows()
        ],
        said,
    )
    alt = say("prices: alt", line=line, title=title, told=summed)
    return Chart("price_against_income", title, subtitle, figure, data, alt, source, said)
