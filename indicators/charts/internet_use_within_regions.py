"""Internet use within regions: every economy over the years, in a panel for each ITU region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import end_labels, page, panel_pitch, share_axis, small_panels, text_width, year_axis
from indicators.charts.drawing.palette import LIGHT
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import clauses, group_names, in_sentence, share_ticks, source_line
from indicators.charts.selection import (
    INTERNET_USE,
    internet_use_of_all_people,
    newest_vintage_covering_the_world,
    require_rows,
    same_vintage,
    well_reported_year,
)
from indicators.contracts.vocabulary import AreaKind, MembershipList, Publishable, Rule
from indicators.registries.labels import ENGLISH, Plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

#: Years shown up to the newest; before, few economies reported.
YEARS_SHOWN = 15
_COLUMNS, _HEIGHT = 3, 1.75
#: Inches above a panel in which its name and the count of economies without data fit side by side; otherwise the count goes below.
_BESIDE = 1.5
#: Inches next to a panel for the name of an economy.
_NAME_WIDTH = 0.8


def data(aggregates: pd.DataFrame, observations: pd.DataFrame, economies: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return Internet use of all people in each economy and region, one row an economy or region and year; a region has no `iso3`.

    All rows are of the newest vintage that covers the world. The spread of a region is taken in `spread_year`, the newest year for which
    two thirds of the economies have a value; `panel` ranks the regions by it, the widest first.

    Missing data: an economy without a value has no row; `members` counts the economies of the region with and without.

    Raises:
        ValueError: No vintage with a world figure, or no values of economies in it.
    """
    of_regions = internet_use_of_all_people(aggregates)
    of_regions = of_regions[(of_regions["rule"] == Rule.INTERPOLATE_AND_CARRY) & (of_regions["membership"] == MembershipList.LATEST)]
    of_regions = newest_vintage_covering_the_world(of_regions)
    require_rows(of_regions, "vintage with a publishable world figure of Internet use")
    regions = groups.loc[groups["scheme"] == "itu region", ["group_name", "title"]]
    regions = regions.assign(region=group_names(regions["group_name"], regions["title"], ENGLISH))
    members = economies[["iso3", "name", "itu_region"]].dropna(subset="itu_region").rename(columns={"itu_region": "region"})
    members = members.merge(regions, on="region", how="left")
    members = members.assign(members=members.groupby("region")["iso3"].transform("size"))

    lines = same_vintage(internet_use_of_all_people(observations), of_regions.iloc[0])
    lines = lines[lines["area_kind"] == AreaKind.ECONOMY].merge(members, left_on="area", right_on="iso3")
    require_rows(lines, "value of Internet use of an economy in the newest vintage")
    last, spread_year = lines["year"].max(), well_reported_year(lines)
    whole = of_regions[(of_regions["publishable"] != Publishable.NOT_PUBLISHED) & of_regions["value"].notna()].merge(
        regions, on="group_name"
    )
    frame: pd.DataFrame = pd.concat([lines, whole], ignore_index=True).assign(spread_year=spread_year)
    frame = frame[frame["year"] > last - YEARS_SHOWN].sort_values(["region", "iso3", "year"], ignore_index=True)
    ends = _ends(frame)
    apart = pd.DataFrame({"apart": ends["high"] - ends["low"], "low": ends["low"]}).sort_values(["apart", "low"], ascending=[False, True])
    return frame.assign(panel=frame["region"].map({region: place for place, region in enumerate(apart.index)}))


def _ends(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest and the highest value of each region in the spread year, and the names of these economies."""
    of_year = frame[(frame["year"] == frame["spread_year"]) & frame["iso3"].notna()].sort_values(["value", "iso3"])
    return of_year.groupby("region").agg(
        low=("value", "first"), lowest=("name", "first"), high=("value", "last"), highest=("name", "last"), economies=("iso3", "nunique")
    )


TEXT: dict[str, str | Plural] = {
    "regions: title": (
        "Within {region}, Internet use ranges from {low} per cent in {lowest} to {high} in {highest} ({year}): the widest spread of "
        "the {regions} regions"
    ),
    "regions: subtitle": (
        "Individuals using the Internet, per cent of population, {first}–{last}. Thin lines: economies, without missing years. Bold "
        "line: our estimate for the region. Named: the lowest and the highest of {year}. ITU regions, widest spread first."
    ),
    "regions: note": "Region figures: own calculations, weighted by population.",
    "regions: silent": "{economies} without data",
    "regions: alt, region": "{region}: {low} to {high} per cent",
    "regions: alt": Plural(
        "Line charts in {panels} panel, one line for each of {economies} economies. {title}. {values}.",
        "Line charts in {panels} panels, one line for each of {economies} economies. {title}. {values}.",
        "panels",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the names of regions and economies."""

    no_data: tuple[str, ...]  #: a panel: how many economies of the region have no data; empty if all have
    region: str
    ticks: tuple[str, ...]


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title is about the region with the widest spread."""
    phrase = labels.chart_text
    regions = frame.drop_duplicates("region").dropna(subset="group_name")
    names = dict(zip(regions["region"], group_names(regions["group_name"], regions["title"], labels), strict=True))
    row_text = {
        "region": [names.get(region, region) for region in frame["region"]],
        "name": [labels.economy(iso3, name) if pd.notna(iso3) else "" for iso3, name in zip(frame["iso3"], frame["name"], strict=True)],
    }
    frame = frame.assign(**row_text)
    panels = frame.dropna(subset="panel").sort_values("panel", kind="stable").groupby("region", sort=False)
    order = [str(region) for region, _ in panels]
    ends = _ends(frame).loc[order]
    widest, year = ends.iloc[0], int(frame["spread_year"].iloc[0])
    title = phrase(
        "regions: title", region=in_sentence(order[0], labels), low=f"{widest['low']:.0f}", lowest=widest["lowest"],
        high=f"{widest['high']:.0f}", highest=widest["highest"], year=year,
        regions=_number_word(len(order)) if labels.is_english else len(order),
    )  # fmt: skip
    by_region = [
        phrase("regions: alt, region", region=region, low=f"{low:.0f}", high=f"{high:.0f}")
        for region, low, high in zip(order, ends["low"], ends["high"], strict=True)
    ]
    missing = [int(rows["members"].max()) - rows["iso3"].nunique() for _, rows in panels]
    return Text(
        title=title,
        subtitle=phrase("regions: subtitle", first=int(frame["year"].min()), last=_last_year(frame), year=year),
        alt=phrase("regions: alt", panels=len(order), economies=frame["iso3"].nunique(), title=title, values=clauses(by_region, labels)),
        source=source_line(frame, phrase("regions: note"), labels),
        language=labels.language,
        row_text=row_text,
        no_data=tuple(phrase("regions: silent", economies=count) if count > 0 else "" for count in missing),
        region=phrase("region"),
        ticks=tuple(share_ticks(labels, 0, 50, 100).values()),
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw one panel a region: each economy as a thin line, the region in bold, the lowest and the highest economy named."""
    regions = [rows for _, rows in frame.dropna(subset="panel").groupby("panel")]
    figure, bottom = page(text, body=-(-len(regions) // _COLUMNS) * panel_pitch(_HEIGHT) - 0.12)
    names = [str(rows["region"].iloc[0]) for rows in regions]
    panels = small_panels(figure, names, bottom, columns=_COLUMNS, height=_HEIGHT, room=0.88, from_right=text.is_right_to_left)
    first, last = int(frame["year"].min()), _last_year(frame)
    for panel, rows, name, no_data in zip(panels, regions, names, text.no_data, strict=True):
        _panel(panel, rows, first, last, text)
        if no_data:
            if text_width(name, 8.5, "bold") + text_width(no_data, 6.5) < _BESIDE:
                x, side = (first, "left") if text.is_right_to_left else (last, "right")
                height = 1 + 0.12 / _HEIGHT
            else:
                x, height, side = (first + last) // 2, -0.14 / _HEIGHT, "center"
            panel.text(x, 100 * height, no_data, fontsize=6.5, color=LIGHT.quiet, ha=side)
        year_axis(panel, first, last)
        share_axis(panel, text.ticks)
    return figure


def _panel(panel: Axes, rows: pd.DataFrame, first: int, last: int, text: Text) -> None:
    """Draw the lines of one region; a line does not bridge years without a value."""
    from matplotlib.collections import LineCollection

    thin = rows.dropna(subset="iso3").pivot(index="year", columns="iso3", values="value").reindex(range(first, last + 1))
    paths = [list(zip(thin.index, thin[iso3], strict=True)) for iso3 in thin]
    panel.add_collection(LineCollection(paths, colors=LIGHT.muted, linewidths=0.5, alpha=0.75))
    # A year between two without a value has no line to belong to.
    alone = thin.where(thin.shift().isna() & thin.shift(-1).isna()).stack().dropna()
    panel.plot(alone.index.get_level_values(0), alone, linestyle="none", marker="o", markersize=1.1, color=LIGHT.muted)
    whole = rows[rows["iso3"].isna()]
    panel.plot(whole["year"], whole["value"], color=LIGHT.blue, linewidth=2.2)
    labels = []
    (ends,) = _ends(rows).to_dict("records")
    for value, name in ((ends["low"], ends["lowest"]), (ends["high"], ends["highest"]))[: ends["economies"]]:
        labels.append((value, f"{value:.0f}  {_shortened(name)}", LIGHT.ink, "normal"))
    if len(whole):
        newest = float(whole["value"].iloc[-1])
        labels.append((newest, f"{newest:.0f}  {text.region}", LIGHT.blue, "bold"))
    end_labels(panel, last + 0.04 * (last - first or 1), labels, apart=100 * 0.125 / _HEIGHT, below=104)


def _last_year(frame: pd.DataFrame) -> int:
    """Return the newest year of any economy."""
    return int(frame.loc[frame["iso3"].notna(), "year"].max())


def _shortened(name: str) -> str:
    """Return a name without what follows a comma, and no longer than its place next to a small panel."""
    name = name.partition(",")[0].partition(" (")[0]
    shown = name if len(name) <= 13 else name[:12].rstrip() + "…"
    while text_width(shown, 7) > _NAME_WIDTH:
        shown = shown.rstrip("…")[:-1].rstrip() + "…"
    return shown


def _number_word(number: int) -> str:
    numbers = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return numbers[number] if number < len(numbers) else str(number)


CHART = Chart(
    name="internet_use_within_regions",
    position=20,
    description="Every economy of each region over the years, and the region itself.",
    columns=("region", "iso3", "name", "year", "value", "source", "vintage"),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    indicator_pages={INTERNET_USE: 30},
)
