"""How many years each group is behind a benchmark."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import MaxNLocator

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, inches_wide, lying_scale, page, styled
from indicators.charts.palette import LIGHT
from indicators.charts.rows import everybody, needed
from indicators.charts.words import plain, prose, short, source_line
from indicators.sources import by_age

#: The benchmark that most other groups have yet to reach.
BENCHMARK = "high-income"


@styled
def years_behind_in_internet_use(time_distance: pd.DataFrame, groups: pd.DataFrame) -> Chart:
    """Draw for each group how long ago the high-income economies stood where it stands now, as lollipops.

    Args:
        time_distance: Rows of the `time_distance` contract; used are the groups computed here, in the newest year of the newest vintage.
        groups: Rows of `groups`, for names.

    Missing data: where the benchmark's series begins too late to say, a dashed stem with an arrow shows the years that it is at least;
    a group whose distance nothing is known of is left out.

    Raises:
        ValueError: No computed distance of a group to the benchmark.
    """
    rows = everybody(time_distance)
    rows = rows[(rows["area_kind"] == "group") & (rows["basis"] == "computed") & (rows["benchmark"] == BENCHMARK)]
    rows = needed(rows[rows["lower"].notna()], f"distance in Internet use of a group to {BENCHMARK} economies")
    newest = by_age(rows).iloc[-1]
    rows = rows[(rows["source"] == newest["source"]) & (rows["vintage"] == newest["vintage"])]
    year = int(rows["year"].max())
    names = groups.set_index("group_name")["title"].map(short)
    rows = rows[rows["year"] == year]
    # Distances that are only known to be longer stand first; of equal ones the lower level of use first.
    data = rows.assign(name=rows["area"].map(names).fillna(rows["area"]), at_least=rows["years_behind"].isna())
    data = data.sort_values(["at_least", "lower", "value"], ascending=[False, False, True], ignore_index=True)
    data = data[["area", "name", "year", "benchmark", "value", "benchmark_year", "years_behind", "lower", "at_least", "source", "vintage"]]
    rest = data[~data["at_least"]]
    benchmark = prose(short(str(names.get(BENCHMARK, BENCHMARK))))
    if data["at_least"].any():
        far = data[data["at_least"]].iloc[0]
        title = f"In Internet use, {prose(far['name'])} are more than {plain(far['lower'])} years behind {benchmark}"
        title = title.replace(" are ", f" {_verb(far['name'])} ", 1)
        world = rest[rest["area"] == "world"]
        if len(world):
            title += f"; the world is {plain(world.iloc[0]['lower'])} years behind"
    else:
        far = data.iloc[0]
        title = f"In Internet use, {prose(far['name'])} {_verb(far['name'])} {plain(far['lower'])} years behind {benchmark}"
    subtitle = (
        f"Years since {benchmark} first had the share of people online that each group has in {year} (in brackets, per cent), their values "
        "joined linearly. Arrow: longer than their series goes back. Groups as on the newest lists."
    )
    source = source_line(data, "Shares of groups and distances: own calculations, weighted by population; S-time-distance after Sicherl.")

    pitch = 0.27
    longest = float(data["lower"].max())
    labels = [f"{row['name']} ({row['value']:.0f})" for row in data.to_dict("records")]
    left = max(inches_wide(words, 8.5, "bold") for words in labels) + 0.15
    figure, bottom = page(title, subtitle, source, body=pitch * len(data) + 0.45)
    wide = WIDTH - 2 * MARGIN - left - 0.75
    panel = axes_at(figure, MARGIN + left, bottom + 0.3, wide, pitch * len(data))
    ticks = [float(tick) for tick in MaxNLocator(nbins=6, integer=True).tick_values(0, longest) if 0 <= tick <= longest * 1.02]
    panel.set(xlim=(0, longest * 1.06), ylim=(len(data) - 0.5, -0.5))
    lying_scale(panel, {tick: f"{tick:.0f}" + (" years" if tick == ticks[-1] else "") for tick in ticks}, top=-0.5, bottom=len(data) - 0.5)
    beside = panel.get_yaxis_transform()
    for place, (row, words) in enumerate(zip(data.to_dict("records"), labels, strict=True)):
        weight = "bold" if row["area"] == "world" else "normal"
        panel.text(-0.08 / wide, place, words, transform=beside, fontsize=8.5, fontweight=weight, ha="right", va="center")
        if row["at_least"]:
            panel.plot([0, row["lower"]], [place] * 2, color=LIGHT.orange, linewidth=1.5, linestyle=(0, (2, 1.2)))
            panel.plot([row["lower"]], [place], marker=">", markersize=6, color=LIGHT.orange, zorder=3)
            told, colour = f"over {plain(row['lower'])}", LIGHT.orange
        else:
            panel.plot([0, row["years_behind"]], [place] * 2, color=LIGHT.blue, linewidth=1.5)
            panel.plot([row["years_behind"]], [place], marker="o", markersize=6, color=LIGHT.blue, zorder=3)
            told, colour = plain(row["years_behind"]), LIGHT.blue
        panel.annotate(
            told, (row["lower"], place), xytext=(7, -0.3), textcoords="offset points", fontsize=8, va="center",
            fontweight="bold", color=LIGHT.for_words(colour),
        )  # fmt: skip
    told = "; ".join(f"{row['name']}: {'over ' if row['at_least'] else ''}{plain(row['lower'])}" for row in data.to_dict("records"))
    alt = f"Lollipop chart of {len(data)} groups, years behind {benchmark} in {year}. {title}. {told}."
    return Chart("years_behind_in_internet_use", title, subtitle, figure, data, alt, source)


def _verb(name: str) -> str:
    """Return is or are, as the group's name asks.

    >>> [_verb(name) for name in ("Africa", "World", "Low-income", "Arab States", "CIS")]
    ['is', 'is', 'are', 'are', 'is']
    """
    return "are" if prose(name).endswith(("economies", "countries", "States", "Americas")) else "is"
