"""Internet use of every economy, as a map of equal tiles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import MARGIN, WIDTH, axes_at, class_key, page, rectangle, tiles
from indicators.charts.drawing.palette import LIGHT, SHARE_CLASSES
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import economy_names, sentences, source_line
from indicators.charts.selection import INTERNET_USE, internet_use_of_all_people, require_rows, well_reported_year
from indicators.registries.labels import Plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels


def data(current_observations: pd.DataFrame, economies: pd.DataFrame) -> pd.DataFrame:
    """Return the newest value of Internet use of all people of each economy on the map, with its tile, one row an economy.

    The year of the map is the newest for which two thirds of the economies have a value.

    Missing data: an economy without a value keeps its row; `older` says that a value is from before the year of the map.

    Raises:
        ValueError: No value of Internet use of any economy.
    """
    grid = tile_grid()
    rows = internet_use_of_all_people(current_observations)
    rows = rows[(rows["area_kind"] == "economy") & rows["area"].isin(grid["iso3"])]
    newest = require_rows(rows, "value of Internet use of an economy").sort_values("year").drop_duplicates("area", keep="last")
    map_year = well_reported_year(rows)
    newest = newest[["area", "year", "value", "nature", "source", "vintage"]].rename(columns={"area": "iso3"})
    frame = grid.merge(newest, on="iso3", how="left")
    return frame.assign(
        name=frame["iso3"].map(economies.set_index("iso3")["name"]).fillna(frame["iso3"]),
        older=frame["year"].lt(map_year),
        map_year=map_year,
        year=frame["year"].astype("Int64"),
    )


def tile_grid() -> pd.DataFrame:
    """Return the place of each economy on the map: iso3, column and row, counted from 1 at the north-west corner.

    The layout is ours: near neighbours are close to each other, and neither borders nor areas are shown, so that small economies are seen.
    """
    return pd.read_csv(Path(__file__).with_name("tile_grid.csv"), keep_default_na=False)


TEXT: dict[str, str | Plural] = {
    "map: title": Plural(
        "In {low} of {economies} economies with a value for {year} or later, less than half of the people used the Internet",
        "In {low} of {economies} economies with a value for {year} or later, less than half of the people used the Internet",
        "economies",
    ),
    "map: title, least": "; in {below} of them, less than a fifth",
    "map: subtitle": Plural(
        (
            "Individuals using the Internet, per cent of population, {year} or later; an older value shows its year. One tile for "
            "each of {economies} economies; {missing} has no data."
        ),
        (
            "Individuals using the Internet, per cent of population, {year} or later; an older value shows its year. One tile for "
            "each of {economies} economies; {missing} have no data."
        ),
        "missing",
    ),
    "map: subtitle, estimates": "Codes in italics: estimates.",
    "map: note, unsaid": Plural(
        "For {unknown} economy the source does not say whether the value is an estimate.",
        "For {unknown} economies the source does not say whether the value is an estimate.",
        "unknown",
    ),
    "map: note": "Tiles are placed for easy reading; their position implies nothing about borders or status.",
    "map: alt": Plural(
        (
            "Tile map: one square for each of {economies} economies, coloured by the share of people using the Internet, in {classes}"
            " classes from below {lowest} to {highest} per cent. {title}. {missing} economy has no data."
        ),
        (
            "Tile map: one square for each of {economies} economies, coloured by the share of people using the Internet, in {classes}"
            " classes from below {lowest} to {highest} per cent. {title}. {missing} economies have no data."
        ),
        "missing",
    ),
    "map: key": "Per cent of people using the Internet",
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the name of each economy."""

    key: str
    no_data: str


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title counts the economies below one half, and below the first class."""
    phrase = labels.chart_text
    year, missing = int(frame["map_year"].iloc[0]), int(frame["value"].isna().sum())
    current = frame.loc[frame["value"].notna() & ~frame["older"], "value"]
    title = phrase("map: title", low=int((current < 50).sum()), economies=len(current), year=year)
    if lowest := int((current < SHARE_CLASSES[0]).sum()):
        title += phrase("map: title, least", below=lowest)
    subtitle = sentences(
        labels,
        phrase("map: subtitle", year=year, economies=len(frame), missing=missing),
        phrase("map: subtitle, estimates") if frame["nature"].eq("estimate").any() else "",
    )
    unknown = int(frame["nature"].eq("unknown").sum())
    note = sentences(labels, phrase("map: note, unsaid", unknown=unknown) if unknown else "", phrase("map: note"))
    alt = phrase(
        "map: alt", economies=len(frame), classes=len(SHARE_CLASSES), lowest=SHARE_CLASSES[0], highest=SHARE_CLASSES[-1], title=title,
        missing=missing,
    )  # fmt: skip
    return Text(
        title=title,
        subtitle=subtitle,
        alt=alt,
        source=source_line(frame, note, labels),
        language=labels.language,
        row_text={"name": economy_names(frame["iso3"], frame["name"], labels)},
        key=phrase("map: key"),
        no_data=phrase("no data"),
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw one tile an economy, coloured by its value.

    A tile without a value is grey and hatched, an older value carries its year, and the code of an estimate is set in italics.
    """
    columns, lines = int(frame["column"].max()), int(frame["row"].max())
    side = (WIDTH - 2 * MARGIN) / columns
    figure, bottom = page(text, body=side * lines)
    panel = axes_at(figure, MARGIN, bottom, side * columns, side * lines)
    panel.set(xlim=(0, columns), ylim=(lines, 0))
    panel.axis("off")
    frame = frame.assign(
        x=frame["column"] - 0.98,
        y=frame["row"] - 0.98,
        share_class=np.searchsorted(SHARE_CLASSES, frame["value"], side="right").clip(max=len(SHARE_CLASSES) - 1),
    )
    valued, absent = frame[frame["value"].notna()], frame[frame["value"].isna()]
    colours = [LIGHT.classes[place] for place in valued["share_class"]]
    tiles(panel, zip(valued["x"], valued["y"], strict=True), 0.96, 0.96, colours, edgecolor=LIGHT.muted)
    tiles(panel, zip(absent["x"], absent["y"], strict=True), 0.96, 0.96, LIGHT.absent, edgecolor=LIGHT.hatch, hatch="//////")
    for tile in frame.to_dict("records"):
        ink = LIGHT.quiet if pd.isna(tile["value"]) else LIGHT.on_high if tile["share_class"] >= 3 else LIGHT.on_low
        x, y = tile["x"] + 0.48, tile["y"]
        slant = "italic" if tile["nature"] == "estimate" else "normal"
        panel.text(x, y + (0.36 if tile["older"] else 0.5), tile["iso3"], fontsize=6, fontstyle=slant, color=ink, ha="center", va="center")
        if tile["older"]:
            panel.text(x, y + 0.75, f"’{tile['year'] % 100:02d}", fontsize=5.2, color=ink, ha="center", va="center")
    _key(panel, lines, text)
    return figure


def _key(panel: Axes, lines: int, text: Text) -> None:
    """Draw the classes and the mark for no data, in the empty south-west of the map."""
    top, width = lines - 1.75, 1.9
    class_key(panel, text.key, left=0.02, top=top, width=width)
    left = 0.02 + width * (len(SHARE_CLASSES) + 0.5)
    rectangle(panel, left, top, 0.96, 0.8, color=LIGHT.absent, edgecolor=LIGHT.hatch, hatch="//////")
    panel.text(left + 0.48, top + 1.2, text.no_data, fontsize=7, ha="center", va="center", color=LIGHT.quiet)


CHART = Chart(
    name="internet_use_by_economy",
    position=80,
    description="Every economy as a tile of equal size.",
    columns=("iso3", "column", "row", "year", "value", "nature", "source", "vintage", "name", "older"),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    indicator_pages={INTERNET_USE: 20},
)
