"""Three rules for missing data, side by side: how much a group's figure depends on what is assumed about economies without data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import MARGIN, WIDTH, axes_at, horizontal_scale, mirror, page, rectangle, text_width
from indicators.charts.drawing.palette import LIGHT
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import clauses, group_names, in_sentence, share_ticks, source_line
from indicators.charts.selection import (
    INTERNET_USE,
    group_titles,
    internet_use_of_all_people,
    newest_vintage_covering_the_world,
    require_rows,
)
from indicators.registries.labels import Plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

#: The chart shows the world and this many groups, those where the rules differ most.
MOST_DIFFERENT = 8
CARRIED, RENORMALISED = "interpolate and carry", "renormalised"


def data(aggregates: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return Internet use of the world and of the groups where the rules differ most, one row a group, the world first.

    The rows are of all people, under the newest membership, from the newest vintage that covers the world, in its newest publishable year.

    Missing data: a rule that gives no value has none; `publishable` says of each group whether its coverage suffices.

    Raises:
        ValueError: No year with a world figure that may be published.
    """
    rows = internet_use_of_all_people(aggregates)
    rows = newest_vintage_covering_the_world(rows[rows["membership"] == "latest"])
    world = rows[(rows["group_name"] == "world") & (rows["publishable"] == "published")]
    year = int(require_rows(world, "year with a publishable world figure of Internet use")["year"].max())
    rows = rows[rows["year"] == year]
    by_rule = rows.pivot(index="group_name", columns="rule", values="value").reindex(columns=[RENORMALISED, CARRIED])
    apart = (by_rule[RENORMALISED] - by_rule[CARRIED]).abs().rename("apart").sort_values(ascending=False)
    shown = ["world", *apart.dropna().drop("world", errors="ignore").index[:MOST_DIFFERENT]]
    bounds = rows[rows["rule"] == "hard bounds"].drop_duplicates("group_name").set_index("group_name")
    frame = bounds.loc[shown].drop(columns="value").join(by_rule).join(apart).reset_index()
    return frame.assign(title=group_titles(frame["group_name"], groups))


TEXT: dict[str, str | Plural] = {
    "three rules: title": Plural(
        "The treatment of missing data moves the {year} figure of {group} by {points} point, and the world figure by {points_of_world}",
        "The treatment of missing data moves the {year} figure of {group} by {points} points, and the world figure by {points_of_world}",
        "points",
    ),
    "three rules: subtitle": (
        "Per cent of people using the Internet, {year}: the world and the groups where the rules differ most. Carried: an economy’s "
        "other years fill its gaps. Renormalised: economies that reported represent all. Bounds: the others could be anywhere from 0 "
        "to 100. Coverage: share of people in economies that reported; hollow marks: below two thirds."
    ),
    "three rules: note": "Group figures: own calculations, weighted by population, newest membership.",
    "three rules: interpolate and carry": "Carried",
    "three rules: renormalised": "Renorm.",
    "three rules: bounds": "Bounds",
    "three rules: coverage": "Coverage",
    "three rules: alt, group": "{group}: interpolate and carry {carried}, renormalised {renormalised}, bounds {low} to {high}",
    "three rules: alt": Plural(
        "Dot plot with bars: three rules for missing data, {groups} group, {year}. {title}. {values}.",
        "Dot plot with bars: three rules for missing data, {groups} groups, {year}. {title}. {values}.",
        "groups",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the name of each group and its numbers as printed."""

    ticks: dict[float, str]
    carried: str  #: headings of the columns
    renormalised: str
    bounds: str
    coverage: str


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title is about the group where the rules differ most, and the world."""
    phrase = labels.chart_text
    names = group_names(frame["group_name"], frame["title"], labels)
    world, most_different = 0, min(1, len(frame) - 1)
    year = int(frame["year"].iloc[0])
    title = phrase(
        "three rules: title", year=year, group=in_sentence(names[most_different], labels),
        points=labels.number(frame["apart"].iloc[most_different], 1), points_of_world=labels.number(frame["apart"].iloc[world], 1),
    )  # fmt: skip
    by_group = [
        phrase(
            "three rules: alt, group", group=name, carried=labels.number(row[CARRIED], 1),
            renormalised=labels.number(row[RENORMALISED], 1), low=labels.number(row["lower"], 1), high=labels.number(row["upper"], 1),
        )
        for name, row in zip(names, frame.to_dict("records"), strict=True)
    ]  # fmt: skip

    def printed(values: pd.Series) -> list[str]:
        return [labels.number(value, 1) if pd.notna(value) else "–" for value in values]

    bounds = zip(printed(frame["lower"]), printed(frame["upper"].fillna(100.0)), strict=True)
    return Text(
        title=title,
        subtitle=phrase("three rules: subtitle", year=year),
        alt=phrase("three rules: alt", groups=len(frame), year=year, title=title, values=clauses(by_group, labels)),
        source=source_line(frame, phrase("three rules: note"), labels),
        language=labels.language,
        row_text={
            "name": names,
            f"{CARRIED} text": printed(frame[CARRIED]),
            f"{RENORMALISED} text": printed(frame[RENORMALISED]),
            "bounds_text": [f"{low}–{high}" for low, high in bounds],
            "coverage_text": [labels.percent(f"{100 * share:.0f}") for share in frame["coverage"]],
            "publishable_text": [phrase(publishable) for publishable in frame["publishable"]],
        },
        ticks=share_ticks(labels, 0, 25, 50, 75, 100),
        carried=phrase("three rules: interpolate and carry"),
        renormalised=phrase("three rules: renormalised"),
        bounds=phrase("three rules: bounds"),
        coverage=phrase("three rules: coverage"),
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw one row a group: bounds as a band, one mark a rule; marks are hollow where coverage does not suffice for publication."""
    pitch, head, numbers = 0.36, 0.42, 3.25
    names_width = max(text_width(name, 8.5, "bold") for name in frame["name"]) + 0.3
    width = WIDTH - 2 * MARGIN - names_width - numbers
    figure, bottom = page(text, body=pitch * len(frame) + head + 0.25)
    panel = axes_at(figure, MARGIN + names_width, bottom + 0.25, width, pitch * len(frame) + head)
    panel.set(xlim=(0, 100), ylim=(len(frame) - 0.5, -0.5 - head / pitch))
    horizontal_scale(panel, text.ticks, top=-0.5, bottom=len(frame) - 0.5)
    beside = panel.get_yaxis_transform()
    top = -0.5 - 0.25 / pitch
    carried, renormalised, bounds, coverage = (1 + inches / width for inches in (0.38, 1.06, 1.86, 2.66))
    rules = ((CARRIED, carried, LIGHT.blue, "o"), (RENORMALISED, renormalised, LIGHT.orange, "D"))
    for x, heading, colour in (
        (carried, text.carried, LIGHT.blue),
        (renormalised, text.renormalised, LIGHT.orange),
        (bounds, text.bounds, LIGHT.quiet),
        (coverage, text.coverage, LIGHT.quiet),
    ):
        panel.text(x, top, heading, transform=beside, fontsize=7.5, color=LIGHT.for_text(colour), va="center")
    for _, x, colour, shape in rules:
        panel.plot([x - 0.1 / width], [top], transform=beside, clip_on=False, marker=shape, markersize=5, color=colour)
    rectangle(panel, bounds - 0.17 / width, top - 0.16, 0.13 / width, 0.32, color=LIGHT.band, transform=beside)
    for place, row in enumerate(frame.to_dict("records")):
        solid = row["publishable"] == "published"
        weight = "bold" if row["group_name"] == "world" else "normal"
        panel.text(-names_width / width, place, row["name"], transform=beside, fontsize=8.5, fontweight=weight, va="center")
        high = 100.0 if pd.isna(row["upper"]) else row["upper"]
        rectangle(panel, row["lower"], place - 0.3, high - row["lower"], 0.6, color=LIGHT.band, zorder=1)
        # One mark a little above the other, so that neither hides where the rules agree.
        for lane, (rule, x, colour, shape) in zip((-0.15, 0.15), rules, strict=True):
            if pd.notna(row[rule]):
                panel.plot(
                    [row[rule]], [place + lane], marker=shape, markersize=4.8, color=colour if solid else LIGHT.ground,
                    markeredgecolor=colour, markeredgewidth=1.2, zorder=3,
                )  # fmt: skip
            panel.text(x, place, row[f"{rule} text"], transform=beside, fontsize=8.5, va="center")
        panel.text(bounds, place, row["bounds_text"], transform=beside, fontsize=8.5, va="center")
        panel.text(coverage, place if solid else place - 0.16, row["coverage_text"], transform=beside, fontsize=8.5, va="center")
        if not solid:
            panel.text(
                coverage, place + 0.22, row["publishable_text"], transform=beside, fontsize=6.5, color=LIGHT.for_text(LIGHT.orange),
                va="center",
            )  # fmt: skip
    if text.is_right_to_left:
        mirror(panel)
    return figure


CHART = Chart(
    name="three_rules",
    position=140,
    description="How the treatment of missing data changes the figures: three rules side by side.",
    columns=(
        *("group_name", "name", "lower", "upper", "coverage", "n_reporting", "n_members", "publishable", "source", "vintage"),
        *(RENORMALISED, CARRIED, "apart", "year"),
    ),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    indicator_pages={INTERNET_USE: 70},
)
