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
from indicators.charts.words import source_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def internet_use_by_economy(current_observations: pd.DataFrame, economies: pd.DataFrame) -> Chart:
    """Draw one equal tile for each of the World Bank's economies, coloured by the newest value of Internet use.

    The layout is ours: near neighbours are near each other, and neither borders nor areas are shown, so that small economies are seen.

    Args:
        current_observations: Rows of the `current_observations` contract; used are the newest values of Internet use of all people.
        economies: Rows of `economies`, for names.

    Missing data: an economy without a value is hatched and grey; a value older than the map's year carries its own year, and
    the code of an economy whose value is an estimate is set in italics.

    Raises:
        ValueError: No value of Internet use of any economy.
    """
    tiles = tile_grid()
    rows = everybody(current_observations)
    rows = rows[(rows["area_kind"] == "economy") & rows["area"].isin(tiles["iso3"])]
    newest = needed(rows, "value of Internet use of an economy").sort_values("year").drop_duplicates("area", keep="last")
    year = well_reported_year(rows)
    names = economies.set_index("iso3")["name"]
    data = tiles.merge(newest[["area", "year", "value", "nature", "source", "vintage"]], left_on="iso3", right_on="area", how="left")
    data = data.drop(columns="area").assign(name=data["iso3"].map(names).fillna(data["iso3"]), older=data["year"].lt(year))
    data["year"] = data["year"].astype("Int64")
    known = data.dropna(subset="value")
    of_year = known[~known["older"]]
    below = int((of_year["value"] < SHARE_CLASSES[0]).sum())
    low_half = int((of_year["value"] < 50).sum())
    title = f"In {low_half} of {len(of_year)} economies with a value for {year} or later, less than half of the people used the Internet"
    if below:
        title += f"; in {below} of them, less than a fifth"
    subtitle = (
        f"Individuals using the Internet, per cent of population, {year} or later; an older value shows its year. "
        f"One tile for each of {len(data)} economies; {len(data) - len(known)} have no data."
    )
    if known["nature"].eq("estimate").any():
        subtitle += " Codes in italics: estimates."
    unsaid = int(known["nature"].eq("unknown").sum())
    note = f"For {unsaid} economies the source does not say whether the value is an estimate. " if unsaid else ""
    source = source_line(known, f"{note}Tiles are placed for reading and imply nothing on borders or status.")

    columns, lines = int(tiles["column"].max()), int(tiles["row"].max())
    side = (WIDTH - 2 * MARGIN) / columns
    figure, bottom = page(title, subtitle, source, body=side * lines)
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
    _map_key(panel, lines)
    alt = (
        f"Tile map: one square for each of {len(data)} economies, coloured by the share of people using the Internet, "
        f"in {len(SHARE_CLASSES)} classes from below {SHARE_CLASSES[0]} to {SHARE_CLASSES[-1]} per cent. {title}. "
        f"{len(data) - len(known)} economies have no data."
    )
    return Chart("internet_use_by_economy", title, subtitle, figure, data, alt, source)


def tile_grid() -> pd.DataFrame:
    """Return the place of each economy on the tile map: iso3, column and row, from the north-west corner, counted from 1."""
    return pd.read_csv(Path(__file__).with_name("tile_grid.csv"), keep_default_na=False)


def _map_key(panel: Axes, lines: int) -> None:
    """Draw the classes of the map and the mark for no data, in the empty south-west."""
    top, wide = lines - 1.75, 1.9
    class_key(panel, "Per cent of people using the Internet", left=0.02, top=top, wide=wide)
    at = 0.02 + wide * (len(SHARE_CLASSES) + 0.5)
    panel.add_patch(Rectangle((at, top), 0.96, 0.8, facecolor=LIGHT.absent, edgecolor=LIGHT.hatch, linewidth=0.3, hatch="//////"))
    panel.text(at + 0.48, top + 1.2, "no data", fontsize=7, ha="center", va="center", color=LIGHT.quiet)
