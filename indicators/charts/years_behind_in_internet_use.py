"""Years behind: how long ago high-income economies had the share of people online that each group has now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import MARGIN, WIDTH, axes_at, horizontal_scale, mirror, page, round_ticks, text_width
from indicators.charts.drawing.palette import LIGHT
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import clauses, group_names, in_sentence, source_line
from indicators.charts.selection import BENCHMARK, INTERNET_USE, group_titles, internet_use_of_all_people, require_rows, same_vintage
from indicators.registries.labels import Plural
from indicators.registries.sources import by_age

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels


def data(time_distance: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the groups' computed distances to high-income economies, in the newest year of the newest vintage, one row a group.

    Missing data: where the benchmark's series begins too late, `at_least` is true and `lower` holds the years that the distance exceeds;
    a group whose distance is unknown is left out.

    Raises:
        ValueError: No computed distance of a group to the benchmark.
    """
    rows = internet_use_of_all_people(time_distance)
    rows = rows[(rows["area_kind"] == "group") & (rows["basis"] == "computed") & (rows["benchmark"] == BENCHMARK)]
    rows = require_rows(rows[rows["lower"].notna()], f"distance in Internet use of a group to {BENCHMARK} economies")
    rows = same_vintage(rows, by_age(rows).iloc[-1])
    newest: pd.DataFrame = rows[rows["year"] == rows["year"].max()]
    newest = newest.assign(
        title=group_titles(newest["area"], groups),
        benchmark_title=group_titles(newest["benchmark"], groups),
        at_least=newest["years_behind"].isna(),
    )
    # Distances of which only a minimum is known come first; of equal ones the lower level of use first.
    return newest.sort_values(["at_least", "lower", "value"], ascending=[False, False, True], ignore_index=True)


TEXT: dict[str, str | Plural] = {
    "years behind: title": Plural(
        "In Internet use, {group} {years} year behind {benchmark}", "In Internet use, {group} {years} years behind {benchmark}", "years"
    ),
    "years behind: title, at least": Plural(
        "In Internet use, {group} more than {years} year behind {benchmark}",
        "In Internet use, {group} more than {years} years behind {benchmark}",
        "years",
    ),
    "years behind: title, world": Plural("; the world is {years} year behind", "; the world is {years} years behind", "years"),
    "years behind: subtitle": (
        "Years since {benchmark} first had the share of people online that each group has in {year} (per cent, in brackets), with "
        "linear interpolation between years. Arrow: further back than the series goes. Groups follow the newest lists."
    ),
    "years behind: note": "Group shares and distances: own calculations, weighted by population; S-time-distance after Sicherl.",
    "years behind: scale": Plural("{years} year", "{years} years", "years"),
    "years behind: alt": Plural(
        "Lollipop chart of {groups} group, years behind {benchmark} in {year}. {title}. {values}.",
        "Lollipop chart of {groups} groups, years behind {benchmark} in {year}. {title}. {values}.",
        "groups",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the name of each group, also with its share, and its distance."""

    ticks: dict[float, str]  #: years; the last has the unit


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title is about the group that is furthest behind, and the world."""
    phrase = labels.chart_text
    names = group_names(frame["area"], frame["title"], labels)
    benchmark = in_sentence(group_names(frame["benchmark"], frame["benchmark_title"], labels)[0], labels)
    distances = [
        phrase("over", number=labels.number(years)) if at_least else labels.number(years)
        for years, at_least in zip(frame["lower"], frame["at_least"], strict=True)
    ]
    ticks = {tick: f"{tick:.0f}" for tick in round_ticks(0, float(frame["lower"].max()), 6, (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8), whole=True)}
    year, some_at_least = frame["year"].iloc[0], bool(frame["at_least"].any())
    title = phrase(
        "years behind: title, at least" if some_at_least else "years behind: title",
        group=_subject(names[0], labels), years=labels.number(frame["lower"].iloc[0]), benchmark=benchmark,
    )  # fmt: skip
    world = frame[(frame["area"] == "world") & ~frame["at_least"]]
    if some_at_least and len(world):
        title += phrase("years behind: title, world", years=labels.number(world["lower"].iloc[0]))
    values = clauses([f"{name}: {distance}" for name, distance in zip(names, distances, strict=True)], labels)
    return Text(
        title=title,
        subtitle=phrase("years behind: subtitle", benchmark=benchmark, year=year),
        alt=phrase("years behind: alt", groups=len(frame), benchmark=benchmark, year=year, title=title, values=values),
        source=source_line(frame, phrase("years behind: note"), labels),
        language=labels.language,
        row_text={
            "name": names,
            "name_and_share": [f"{name} ({share:.0f})" for name, share in zip(names, frame["value"], strict=True)],
            "distance": distances,
        },
        ticks=ticks | {max(ticks): phrase("years behind: scale", years=ticks[max(ticks)])},
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw one lollipop a group; a dashed stem with an arrow shows a distance of which only a minimum is known."""
    pitch = 0.27
    longest = float(frame["lower"].max())
    left = max(text_width(name, 8.5, "bold") for name in frame["name_and_share"]) + 0.15
    figure, bottom = page(text, body=pitch * len(frame) + 0.45)
    width = WIDTH - 2 * MARGIN - left - 0.75
    panel = axes_at(figure, MARGIN + left, bottom + 0.3, width, pitch * len(frame))
    panel.set(xlim=(0, longest * 1.06), ylim=(len(frame) - 0.5, -0.5))
    horizontal_scale(panel, text.ticks, top=-0.5, bottom=len(frame) - 0.5)
    beside = panel.get_yaxis_transform()
    for place, row in enumerate(frame.to_dict("records")):
        weight = "bold" if row["area"] == "world" else "normal"
        panel.text(-0.08 / width, place, row["name_and_share"], transform=beside, fontsize=8.5, fontweight=weight, ha="right", va="center")
        colour = LIGHT.orange if row["at_least"] else LIGHT.blue
        stem, end = ((0, (2, 1.2)), ">") if row["at_least"] else ("-", "o")
        panel.plot([0, row["lower"]], [place] * 2, color=colour, linewidth=1.5, linestyle=stem)
        panel.plot([row["lower"]], [place], marker=end, markersize=6, color=colour, zorder=3)
        panel.annotate(
            row["distance"], (row["lower"], place), xytext=(7, -0.3), textcoords="offset points", fontsize=8, va="center",
            fontweight="bold", color=LIGHT.for_text(colour),
        )  # fmt: skip
    if text.is_right_to_left:
        mirror(panel)
    return figure


def _subject(name: str, labels: Labels) -> str:
    """Return a group as the subject of a sentence, in English with its verb.

    >>> from indicators.registries.labels import ENGLISH
    >>> [_subject(name, ENGLISH) for name in ("Africa", "Low-income", "Arab States", "CIS")]
    ['Africa is', 'low-income economies are', 'the Arab States are', 'the CIS is']
    """
    subject = in_sentence(name, labels)
    if not labels.is_english:
        return subject
    return f"{subject} {'are' if subject.endswith(('economies', 'countries', 'States', 'Americas')) else 'is'}"


CHART = Chart(
    name="years_behind_in_internet_use",
    position=90,
    description="How long ago high-income economies had the share that each group has now.",
    columns=(
        *("area", "name", "year", "benchmark", "value", "benchmark_year", "years_behind", "lower", "at_least"),
        *("source", "vintage"),
    ),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    indicator_pages={INTERNET_USE: 40},
)
