"""What more than one page needs: titles, units, sources, and the figures that pages compare with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipelines.site import areas as areas_of
from pipelines.site.areas import Row

if TYPE_CHECKING:
    import pandas as pd


class Known:
    """Read once, used by every page.

    Attributes:
        order: Where an indicator stands in the catalogue.
        paragraphs: The numbers of the paragraphs that have a page.
        areas: What is known of each area, by code.
        indicators: The catalogue, by indicator.
        sources: The sources, by name.
        titles: What an area is called, by code.
        uses: The newest figure of Internet use of each area that has one.
        figures: The newest figures of all areas, by indicator.
        asked: The indicators that a target or the register of data gaps speaks of.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], areas: list[Row]) -> None:
        self.indicators: dict[str, Row] = {row["indicator"]: row for row in areas_of.rows(tables["indicators"])}
        self.order = {indicator: place for place, indicator in enumerate(self.indicators)}
        self.sources = {row["source"]: row for row in areas_of.rows(tables["sources"])}
        self.paragraphs = set(tables["paragraphs"]["paragraph"].astype("str"))
        self.areas = {area["code"]: area for area in areas}
        self.titles = {area["code"]: area["name"] for area in areas}
        self.uses = {area["code"]: figure for area in areas if (figure := areas_of.headline(area))}
        self.figures: dict[str, list[Row]] = {}
        for area in areas:
            for row in area["figures"]:
                self.figures.setdefault(row["indicator"], []).append(row)
        self.asked = {row["indicator"] for area in areas for part in ("targets", "untold", "missing") for row in area[part]}
