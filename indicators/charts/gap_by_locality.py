"""The published gap in Internet use between urban and rural areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.charts.chart import Chart
from indicators.charts.phrases import in_sentence
from indicators.charts.published_gaps import (
    COLUMNS,
    GapText,
    area_and_year,
    area_names,
    draw_dumbbells,
    gap_text,
    percent,
    points,
    published_gaps,
)
from indicators.charts.selection import INTERNET_USE, newest_vintage
from indicators.contracts.vocabulary import Locality
from indicators.registries.labels import Plural

if TYPE_CHECKING:
    import pandas as pd

    from indicators.registries.labels import Labels

#: Kinds of group in the order of their blocks; all others follow.
_SCHEMES = ("world", "income", "itu region")


def data(gaps: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the published gaps by locality of the newest edition, one row an area in its newest year; the widest first in each block.

    Raises:
        ValueError: There are none.
    """
    rows = newest_vintage(published_gaps(gaps, groups, "locality"))
    rows = rows[rows["year"] == rows.groupby("area")["year"].transform("max")]
    rank = rows["scheme"].map({scheme: place for place, scheme in enumerate(_SCHEMES)}).fillna(len(_SCHEMES))
    return rows.assign(rank=rank).sort_values(["rank", "difference"], ascending=[True, False], ignore_index=True)


TEXT: dict[str, str | Plural] = {
    "gap by locality: title, world": (
        "{urban} per cent of the world’s urban and {rural} per cent of its rural people used the Internet in {year}"
    ),
    "gap by locality: title, area": (
        "{urban} per cent of {area}’s urban and {rural} per cent of its rural people used the Internet in {year}"
    ),
    "gap by locality: title, widest": Plural(
        "; the gap is widest in {area}: {points} point", "; the gap is widest in {area}: {points} points", "points"
    ),
    "gap by locality: subtitle": (
        "Individuals using the Internet, per cent of urban and of rural population, {year}, as published in edition {vintage}."
    ),
}


def words(frame: pd.DataFrame, labels: Labels) -> GapText:
    """Compose the text; the title is about the world, and the area with the widest gap."""
    phrase = labels.chart_text
    names, newest = area_names(frame, labels), int(frame["year"].max())
    widest = frame.sort_values("difference", kind="stable").index[-1]
    of_world = frame.index[frame["area"] == "world"]
    place = of_world[0] if len(of_world) else widest
    head = frame.loc[place]
    figures = {Locality.URBAN: percent(head, "a", labels), Locality.RURAL: percent(head, "b", labels), "year": head["year"]}
    if len(of_world):
        title = phrase("gap by locality: title, world", **figures)
    else:
        title = phrase("gap by locality: title, area", area=names[place], **figures)
    if len(of_world) and widest != place:
        area = in_sentence(names[widest], labels)
        title += phrase("gap by locality: title, widest", area=area, points=points(frame.loc[widest], labels))
    blocks = {"world": "", "income": phrase("income groups"), "itu region": phrase("ITU regions")}
    return gap_text(
        frame,
        labels,
        title=title,
        subtitle=phrase("gap by locality: subtitle", year=newest, vintage=head["vintage"]),
        block=[blocks.get(scheme, phrase("other groups")) for scheme in frame["scheme"]],
        label=[name if year == newest else area_and_year(name, year, labels) for name, year in zip(names, frame["year"], strict=True)],
    )


CHART = Chart(
    name="gap_by_locality",
    position=70,
    description="Urban and rural areas, side by side.",
    columns=COLUMNS,
    data=data,
    text=TEXT,
    words=words,
    draw=draw_dumbbells,
    indicator_pages={INTERNET_USE: 100},
)
