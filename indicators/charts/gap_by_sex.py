"""The published gap in Internet use between men and women."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.charts.chart import Chart
from indicators.charts.phrases import sentences
from indicators.charts.published_gaps import (
    COLUMNS,
    GapText,
    area_and_year,
    area_names,
    draw_dumbbells,
    gap_text,
    percent,
    published_gaps,
)
from indicators.charts.selection import INTERNET_USE

if TYPE_CHECKING:
    import pandas as pd

    from indicators.registries.labels import Labels


def data(gaps: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the published gaps by sex, one row an edition, area and year; the newest edition first, the world first in each.

    Raises:
        ValueError: There are none.
    """
    rows = published_gaps(gaps, groups, "sex")
    rows = rows.assign(is_world=rows["area"] == "world")
    return rows.sort_values(["rank_by_age", "is_world", "year", "area"], ascending=[True, False, False, True], ignore_index=True)


TEXT: dict[str, str] = {
    "gap by sex: title": (
        "In {year}, {of_women} per cent of women and {of_men} per cent of men{where} used the Internet: a parity score of {parity}"
    ),
    "gap by sex: title, where": " in {area}",
    "gap by sex: subtitle": "Individuals using the Internet, per cent of women and of men, as published.",
}


def words(frame: pd.DataFrame, labels: Labels) -> GapText:
    """Compose the text; the title is about the newest figure of the world, or of the first area if there is none of the world."""
    phrase = labels.chart_text
    names = area_names(frame, labels)
    place = int(frame["is_world"].argmax())  # the first row if none is of the world
    head = frame.iloc[place]
    title = phrase(
        "gap by sex: title", year=head["year"], of_women=percent(head, "b", labels), of_men=percent(head, "a", labels),
        where="" if head["is_world"] else phrase("gap by sex: title, where", area=names[place]),
        parity=labels.number(head["parity"], 2),
    )  # fmt: skip
    return gap_text(
        frame,
        labels,
        title=title,
        subtitle=sentences(labels, phrase("gap by sex: subtitle"), phrase("editions apart")),
        block=[phrase("edition", vintage=vintage) for vintage in frame["vintage"]],
        label=[area_and_year(name, year, labels) for name, year in zip(names, frame["year"], strict=True)],
    )


CHART = Chart(
    name="gap_by_sex",
    position=60,
    description="Women and men, edition by edition.",
    columns=COLUMNS,
    data=data,
    text=TEXT,
    words=words,
    draw=draw_dumbbells,
    indicator_pages={INTERNET_USE: 90},
)
