"""How many years each group is behind a benchmark."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import MaxNLocator

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, inches_wide, lying_scale, page, styled, turn_round
from indicators.charts.palette import LIGHT
from indicators.charts.rows import everybody, needed
from indicators.charts.words import chain, group_names, inside, source_line
from indicators.registries.labels import Labels, labels
from indicators.registries.sources import by_age

#: The benchmark that most other groups have yet to reach.
BENCHMARK = "high-income"


@styled
def years_behind_in_internet_use(time_distance: pd.DataFrame, groups: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw for each group how long ago the high-income economies stood where it stands now, as lollipops.

    Args:
        time_distance: Rows of the `time_distance` contract; used are the groups computed here, in the newest year of the newest vintage.
        groups: Rows of `groups`, for names.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: where the benchmark's series begins too late to say, a dashed stem with an arrow shows the years that it is at least;
    a group whose distance nothing is known of is left out.

    Raises:
        ValueError: No computed distance of a group to the benchmark.
    """
    say = (said := labels(language)).furniture
    rows = everybody(time_distance)
    rows = rows[(rows["area_kind"] == "group") & (rows["basis"] == "computed") & (rows["benchmark"] == BENCHMARK)]
    rows = needed(rows[rows["lower"].notna()], f"distance in Internet use of a group to {BENCHMARK} economies")
    newest = by_age(rows).iloc[-1]
    rows = rows[(rows["source"] == newest["source"]) & (rows["vintage"] == newest["vintage"])]
    year = int(rows["year"].max())
    names = group_names(groups, said)
    rows = rows[rows["year"] == year]
    # Distances that are only known to be longer stand first; of equal ones the lower level of use first.
    data = rows.assign(name=rows["area"].map(names).fillna(rows["area"]), at_least=rows["years_behind"].isna())
    data = data.sort_values(["at_least", "lower", "value"], ascending=[False, False, True], ignore_index=True)
    data = data[["area", "name", "year", "benchmark", "value", "benchmark_year", "years_behind", "lower", "at_least", "source", "vintage"]]
    rest = data[~data["at_least"]]
    benchmark = inside(str(names.get(BENCHMARK, BENCHMARK)), said)
    far, at_least = data.iloc[0], bool(data["at_least"].any())
    title = say(
        "years behind: title, at least" if at_least else "years behind: title",
        group=_subject(far["name"], said), years=said.number(far["lower"]), benchmark=benchmark,
    )  # fmt: skip
    if at_least and len(world := rest[rest["area"] == "world"]):
        title += say("years behind: title, world", years=said.number(world.iloc[0]["lower"]))
    subtitle = say("years behind: subtitle", benchmark=benchmark, year=year)
    source = source_line(data, say("years behind: note"), said)

    pitch = 0.27
    longest = float(data["lower"].max())
    named = [f"{row['name']} ({row['value']:.0f})" for row in data.to_dict("records")]
    left = max(inches_wide(words, 8.5, "bold") for words in named) + 0.15
    figure, bottom = page(title, subtitle, source, body=pitch * len(data) + 0.45, said=said)
    wide = WIDTH - 2 * MARGIN - left - 0.75
    panel = axes_at(figure, MARGIN + left, bottom + 0.3, wide, pitch * len(data))
    ticks = [float(tick) for tick in MaxNLocator(nbins=6, integer=True).tick_values(0, longest) if 0 <= tick <= longest * 1.02]
    panel.set(xlim=(0, longest * 1.06), ylim=(len(data) - 0.5, -0.5))
    marks = {tick: f"{tick:.0f}" for tick in ticks}
    marks[ticks[-1]] = say("years behind: scale", years=marks[ticks[-1]])
    lying_scale(panel, marks, top=-0.5, bottom=len(data) - 0.5)
    beside = panel.get_yaxis_transform()
    for place, (row, words) in enumerate(zip(data.to_dict("records"), named, strict=True)):
        weight = "bold" if row["area"] == "world" else "normal"
        panel.text(-0.08 / wide, place, words, transform=beside, fontsize=8.5, fontweight=weight, ha="right", va="center")
        if row["at_least"]:
            panel.plot([0, row["lower"]], [place] * 2, color=LIGHT.orange, linewidth=1.5, linestyle=(0, (2, 1.2)))
            panel.plot([row["lower"]], [place], marker=">", markersize=6, color=LIGHT.orange, zorder=3)
            told, colour = say("over", number=said.number(row["lower"])), LIGHT.orange
        else:
            panel.plot([0, row["years_behind"]], [place] * 2, color=LIGHT.blue, linewidth=1.5)
            panel.plot([row["years_behind"]], [place], marker="o", markersize=6, color=LIGHT.blue, zorder=3)
            told, colour = said.number(row["years_behind"]), LIGHT.blue
        panel.annotate(
            told, (row["lower"], place), xytext=(7, -0.3), textcoords="offset points", fontsize=8, va="center",
            fontweight="bold", color=LIGHT.for_words(colour),
        )  # fmt: skip
    if said.direction == "rtl":
        turn_round(panel)
    told = chain(
        [
            f"{row['name']}: {say('over', number=far) if row['at_least'] else far}"
            for row in data.to_dict("records")
            for far in [said.number(row["lower"])]
        ],
        said,
    )
    alt = say("years behind: alt", groups=len(data), benchmark=benchmark, year=year, title=title, told=told)
    return Chart("years_behind_in_internet_use", title, subtitle, figure, data, alt, source, said)


def _subject(name: str, said: Labels) -> str:
    """Return a group as the subject of a sentence, in English with its verb.

    >>> [_subject(name, labels("en")) for name in ("Africa", "Low-income", "Arab States", "CIS")]
    ['Africa is', 'low-income economies are', 'the Arab States are', 'the CIS is']
    """
    subject = inside(name, said)
    if not said.is_english:
        return subject
    return f"{subject} {'are' if subject.endswith(('economies', 'countries', 'States', 'Americas')) else 'is'}"
