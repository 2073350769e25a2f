"""Every economy as a tile of equal size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, class_key, page, styled
from indicators.charts.palette import LIGHT, SHARE_CLASSES
from indicators.charts.rows import everybody, needed, well_reported_year
from indicators.charts.words import sentences, source_line
from indicators.registries.labels import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from indicators.registries.labels import Labels


@styled
def internet_use_by_economy(current_observations: pd.DataFrame, economies: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw one equal tile for each of the World Bank's economies, coloured by the newest value of Internet use.

    The layout is ours: near neighbours are near each other, and neither borders nor areas are shown, so that small economies are seen.

    Args:
        current_observations: Rows of the `current_observations` contract; used are the newest values of Internet use of all people.
        economies: Rows of `economies`, for names.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: an economy without a value is hatched and grey; a value older than the map's year carries its own year, and
    the code of an economy whose value is an estimate is set in italics.

    Raises:
        ValueError: No value of Internet use of any economy.
    """
    say = (said := labels(language)).furniture
    tiles = tile_grid()
    rows = everybody(current_observations)
    rows = rows[(rows["area_kind"] == "economy") & rows["area"].isin(tiles["iso3"])]
    newest = needed(rows, "value of Internet use of an economy").sort_values("year").drop_duplicates("area", keep="last")
    year = well_reported_year(rows)
    names = economies.set_index("iso3")["name"]
    data = tiles.merge(newest[["area", "year", "value", "nature", "source", "vintage"]], left_on="iso3", right_on="area", how="left")
    called = [said.economy(iso3, names.get(iso3, iso3)) for iso3 in data["iso3"]]
    data = data.drop(columns="area").assign(name=called, older=data["year"].lt(year))
    data["year"] = data["year"].astype("Int64")
    known = data.dropna(subset="value")
    of_year = known[~known["older"]]
    below = int((of_year["value"] < SHARE_CLASSES[0]).sum())
    low_half = int((of_year["value"] < 50).sum())
    title = say("map: title", low=low_half, economies=len(of_year), year=year)
    if below:
        title += say("map: title, least", below=below)
    subtitle = sentences(
        said,
        say("map: subtitle", year=year, economies=len(data), silent=len(data) - len(known)),
        say("map: subtitle, estimates") if known["nature"].eq("estimate").any() else "",
    )
    unsaid = int(known["nature"].eq("unknown").sum())
    note = sentences(said, say("map: note, unsaid", unsaid=unsaid) if unsaid else "", say("map: note"))
    source = source_line(known, note, said)

    columns, lines = int(tiles["column"].max()), int(tiles["row"].max())
    side = (WIDTH - 2 * MARGIN) / columns
    figure, bottom = page(title, subtitle, source, body=side * lines, said=said)
    panel = axes_at(figure, MARGIN, bottom, side * columns, side * lines)
    panel.set(xlim=(0, columns), ylim=(lines, 0))
    panel.axis("off")
    places = data.to_dict("records")
    corners = {place["iso3"]: (place["column"] - 0.98, place["row"] - 0.98) for place in places}
    classes = np.searchsorted(SHARE_CLASSES, known["value"], side="right").clip(max=len(SHARE_CLASSES) - 1)
    panel.add_collection(
        PatchCollection(
            [Rectangle(corners[iso3], 0.96, 0.96) for iso3 in known["iso3"]],
            facecolors=[LIGHT.classes[place] for place in classes],
            edgecolors=LIGHT.muted,
            linewidths=0.3,
        )
    )
    absent = [Rectangle(corners[iso3], 0.96, 0.96) for iso3 in data.loc[data["value"].isna(), "iso3"]]
    panel.add_collection(PatchCollection(absent, facecolors=LIGHT.absent, edgecolors=LIGHT.hatch, linewidths=0.3, hatch="//////"))
    dark = dict(zip(known["iso3"], classes >= 3, strict=True))
    for place in places:
        ink = LIGHT.quiet if pd.isna(place["value"]) else LIGHT.on_much if dark[place["iso3"]] else LIGHT.on_little
        x, y = corners[place["iso3"]][0] + 0.48, corners[place["iso3"]][1]
        slant = "italic" if place["nature"] == "estimate" else "normal"
        panel.text(
            x, y + (0.36 if place["older"] else 0.5), place["iso3"], fontsize=6, fontstyle=slant, color=ink, ha="center", va="center"
        )
        if place["older"]:
            panel.text(x, y + 0.75, f"’{place['year'] % 100:02d}", fontsize=5.2, color=ink, ha="center", va="center")
    _map_key(panel, lines, said)
    alt = say(
        "map: alt", economies=len(data), classes=len(SHARE_CLASSES), lowest=SHARE_CLASSES[0], highest=SHARE_CLASSES[-1], title=title,
        silent=len(data) - len(known),
    )  # fmt: skip
    return Chart("internet_use_by_economy", title, subtitle, figure, data, alt, source, said)


def tile_grid() -> pd.DataFrame:
    """Return the place of each economy on the tile map: iso3, column and row, from the north-west corner, counted from 1."""
    return pd.read_csv(Path(__file__).with_name("tile_grid.csv"), keep_default_na=False)


def _map_key(panel: Axes, lines: int, said: Labels) -> None:
    """Draw the classes of the map and the mark for no data, in the empty south-west."""
    top, wide = lines - 1.75, 1.9
    class_key(panel, said.furniture("map: key"), left=0.02, top=top, wide=wide)
    at = 0.02 + wide * (len(SHARE_CLASSES) + 0.5)
    panel.add_patch(Rectangle((at, top), 0.96, 0.8, facecolor=LIGHT.absent, edgecolor=LIGHT.hatch, linewidth=0.3, hatch="//////"))
    panel.text(at + 0.48, top + 1.2, said.furniture("no data"), fontsize=7, ha="center", va="center", color=LIGHT.quiet)
