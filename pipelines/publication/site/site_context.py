"""What more than one page needs: titles, units, sources, and the figures that pages compare with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipelines.publication.site import area_profiles as areas_of
from pipelines.publication.site.area_profiles import Row

if TYPE_CHECKING:
    import pandas as pd

#: The tables it is made of, beside what is known of each area.
TABLES = ("groups", "indicators", "paragraphs", "sources")


class Known:
    """Read once, used by every page.

    Attributes:
        order: Where an indicator stands in the catalogue.
        paragraphs: The numbers of the paragraphs that have a page.
        areas: What is known of each area, by code.
        indicators: The catalogue, by indicator.
        sources: The sources, by name.
        with_members: The groups that have members, by kind and name: code and title.
        income: The income groups by their codes, from the richest.
        income_of: What the income group of an economy is called.
        titles: What an area is called, by code.
        uses: The newest figure of Internet use of each area that has one.
        newest_use: The newest year of an economy's figure of Internet use; 0 if none has one.
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
        grouped = sorted((area for area in areas if area["members"]), key=lambda area: (area["scheme"], area["name"]))
        self.with_members = [(area["code"], area["name"]) for area in grouped]
        # The table has them from the poorest.
        self.income = tables["groups"].loc[tables["groups"]["scheme"] == "income", "group_name"].tolist()[::-1]
        member_of = {area["code"]: group["group_name"] for area in areas for group in area["groups"] if group["scheme"] == "income"}
        by_income = sorted(member_of, key=lambda code: (self.income.index(member_of[code]), code))
        self.income_of = {code: self.titles[member_of[code]] for code in by_income}
        self.uses = {area["code"]: figure for area in areas if (figure := areas_of.headline(area))}
        self.newest_use = max((row["year"] for row in self.uses.values() if row["area_kind"] == "economy"), default=0)
        self.figures: dict[str, list[Row]] = {}
        for area in areas:
            for row in area["figures"]:
                self.figures.setdefault(row["indicator"], []).append(row)
        self.asked = {row["indicator"] for area in areas for part in ("targets", "untold", "missing") for row in area[part]}
