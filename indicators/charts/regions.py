"""Internet use of every economy over the years, a panel a region."""

from __future__ import annotations

import pandas as pd
from matplotlib.collections import LineCollection

from indicators.charts.chart import Chart
from indicators.charts.frame import inches_wide, page, panel_pitch, shares, small_panels, spread, styled, year_axis
from indicators.charts.palette import LIGHT
from indicators.charts.rows import everybody, needed, newest_that_tells_of_the_world, of_edition, well_reported_year
from indicators.charts.words import chain, group_names, inside, source_line
from indicators.registries.labels import labels

#: Years shown up to the newest; before, few economies reported.
YEARS_SHOWN = 15
_HEIGHT = 1.75
#: Inches above a panel in which its name and how many are without data find room side by side; else these stand between the years.
_BESIDE = 1.5
#: Inches beside a panel for the name of an economy.
_NAME = 0.8


@styled
def internet_use_within_regions(
    aggregates: pd.DataFrame, observations: pd.DataFrame, economies: pd.DataFrame, groups: pd.DataFrame, *, language: str = "en"
) -> Chart:
    """Draw Internet use of each economy as a thin line, a panel an ITU region, with the figure of the region in bold.

    Args:
        aggregates: Rows of the `aggregates` contract; used are the regions of the newest vintage that covers the world well enough.
        observations: Rows of `observations`; used are the economies of that source and vintage.
        economies: Rows of `economies`, for names and regions.
        groups: Rows of `groups`, for the names of the regions.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: a line does not bridge years it lacks; an economy without a value is not drawn, and the panel says how many those are.
    The spread told in the title is that of the newest year for which two thirds of the economies have a value.

    Raises:
        ValueError: No vintage with a world figure, or no values of economies in it.
    """
    say = (said := labels(language)).furniture
    kept = everybody(aggregates)
    kept = newest_that_tells_of_the_world(kept[(kept["rule"] == "interpolate and carry") & (kept["membership"] == "latest")])
    needed(kept, "vintage with a publishable world figure of Internet use")
    lines = of_edition(everybody(observations), kept)
    regions = groups[groups["scheme"] == "itu region"].reset_index(drop=True)
    regions["region"] = group_names(regions, said).to_numpy()
    in_ours = dict(zip(group_names(regions, labels("en")), regions["region"], strict=True))
    placed = economies[["iso3", "name", "itu_region"]].dropna(subset="itu_region")
    placed = placed.assign(
        itu_region=placed["itu_region"].map(in_ours).fillna(placed["itu_region"]),
        name=[said.economy(iso3, name) for iso3, name in zip(placed["iso3"], placed["name"], strict=True)],
    )
    lines = lines[lines["area_kind"] == "economy"].merge(placed, left_on="area", right_on="iso3")
    needed(lines, "value of Internet use of an economy in the newest vintage")
    last = int(lines["year"].max())
    year = well_reported_year(lines)
    lines = lines[lines["year"] > last - YEARS_SHOWN]
    bold = kept.merge(regions[["group_name", "region"]], on="group_name")
    bold = bold[(bold["year"] > last - YEARS_SHOWN) & (bold["publishable"] != "not published") & bold["value"].notna()]
    columns = ["region", "iso3", "name", "year", "value", "source", "vintage"]
    data = pd.concat([lines.rename(columns={"itu_region": "region"})[columns], bold.reindex(columns=columns)], ignore_index=True)
    data = data.sort_values(["region", "iso3", "year"], ignore_index=True)

    of_year = data[(data["year"] == year) & data["iso3"].notna()].sort_values(["value", "iso3"])
    ends = of_year.groupby("region").agg(
        low=("value", "first"), lowest=("name", "first"), high=("value", "last"), highest=("name", "last"), economies=("iso3", "nunique")
    )
    ends["apart"] = ends["high"] - ends["low"]
    order = list(ends.sort_values(["apart", "low"], ascending=[False, True]).index)
    widest = ends.loc[order[0]]
    title = say(
        "regions: title", region=inside(order[0], said), low=f"{widest['low']:.0f}", lowest=widest["lowest"], high=f"{widest['high']:.0f}",
        highest=widest["highest"], year=year, regions=_count(len(order)) if said.is_english else len(order),
    )  # fmt: skip
    subtitle = say("regions: subtitle", first=int(data["year"].min()), last=last, year=year)
    source = source_line(data, say("regions: note"), said)

    across = 3
    figure, bottom = page(title, subtitle, source, body=-(-len(order) // across) * panel_pitch(_HEIGHT) - 0.12, said=said)
    members = placed["itu_region"].value_counts()
    first = int(data["year"].min())
    panels = small_panels(figure, order, bottom, columns=across, height=_HEIGHT, room=0.88, said=said)
    for panel, region in zip(panels, order, strict=True):
        rows = data[data["region"] == region]
        thin = rows.dropna(subset="iso3").pivot(index="year", columns="iso3", values="value").reindex(range(first, last + 1))
        paths = [list(zip(thin.index, thin[iso3], strict=True)) for iso3 in thin]
        panel.add_collection(LineCollection(paths, colors=LIGHT.muted, linewidths=0.5, alpha=0.75))
        # A year between two without a value has no line to belong to.
        alone = thin.where(thin.shift().isna() & thin.shift(-1).isna()).stack().dropna()
        panel.plot(alone.index.get_level_values(0), alone, linestyle="none", marker="o", markersize=1.1, color=LIGHT.muted)
        whole = rows[rows["iso3"].isna()]
        panel.plot(whole["year"], whole["value"], color=LIGHT.blue, linewidth=2.2)
        named = [(float(of["value"]), f"{of['value']:.0f}  {_cut(str(of['name']))}", LIGHT.ink, "normal") for of in _ends(of_year, region)]
        if len(whole):
            newest = whole.iloc[-1]
            named.append((float(newest["value"]), f"{newest['value']:.0f}  {say('region')}", LIGHT.blue, "bold"))
        heights = spread([label[0] for label in named], apart=100 * 0.125 / _HEIGHT, below=104)
        for height, (_, words, colour, weight) in zip(heights, named, strict=True):
            panel.text(last + 0.04 * (last - first or 1), height, words, color=colour, fontweight=weight, fontsize=7, va="center")
        silent = int(members.get(region, 0)) - thin.shape[1]
        if silent > 0:
            words = say("regions: silent", economies=silent)
            if inches_wide(region, 8.5, "bold") + inches_wide(words, 6.5) < _BESIDE:
                at, side = (last, "right") if said.direction == "ltr" else (first, "left")
                height = 1 + 0.12 / _HEIGHT
            else:
                at, height, side = (first + last) // 2, -0.14 / _HEIGHT, "center"
            panel.text(at, 100 * height, words, fontsize=6.5, color=LIGHT.quiet, ha=side)
        year_axis(panel, first, last)
        panel.set(ylim=(0, 100), yticks=[0, 50, 100])
        panel.set_yticklabels(list(shares(said, 0, 50, 100).values()))
    told = chain(
        [
            say("regions: alt, region", region=region, low=f"{ends.loc[region, 'low']:.0f}", high=f"{ends.loc[region, 'high']:.0f}")
            for region in order
        ],
        said,
    )
    alt = say("regions: alt", panels=len(order), economies=data["iso3"].nunique(), title=title, told=told)
    return Chart("internet_use_within_regions", title, subtitle, figure, data, alt, source, said)


def _ends(of_year: pd.DataFrame, region: str) -> list[pd.Series]:
    """Return the economy with the lowest and the one with the highest value; one economy is both."""
    rows = of_year[of_year["region"] == region]
    return [rows.iloc[0], rows.iloc[-1]] if len(rows) > 1 else [rows.iloc[0]] if len(rows) else []


def _cut(name: str) -> str:
    """Return a name without what follows a comma, and no longer than its place beside a small panel."""
    name = name.partition(",")[0].partition(" (")[0]
    shown = name if len(name) <= 13 else name[:12].rstrip() + "…"
    while inches_wide(shown, 7) > _NAME:
        shown = shown.rstrip("…")[:-1].rstrip() + "…"
    return shown


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[number] if number < len(words) else str(number)
