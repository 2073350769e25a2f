"""What the search of the pages looks through: every page by its title, its codes, the other names people know it by, and words about it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.publication.site import methods
from pipelines.publication.site.area_profiles import Row
from pipelines.publication.site.environment import BESIDE, NAVIGATION
from pipelines.publication.site.site_context import Known

if TYPE_CHECKING:
    import pandas as pd


def entries(known: Known, tables: Mapping[str, pd.DataFrame]) -> list[list[str]]:
    """Return the pages, each as its address, title, kind, other names parted by semicolons, and other words."""
    areas = [[f"areas/{area['code']}.html", area["name"], area["kind"], names(area), region(area)] for area in known.areas.values()]
    indicators = [
        [
            f"indicators/{name}.html",
            row["title"],
            "indicator",
            f"SDG {row['sdg_indicator']}" if row["sdg_indicator"] else "",
            _about(name, row),
        ]
        for name, row in known.indicators.items()
    ]
    paragraphs = [
        [f"paragraphs/{row.paragraph}.html", f"Paragraph {row.paragraph}", "paragraph", "", row.summary]
        for row in tables["paragraphs"].sort_values("paragraph").itertuples()
    ]
    more = {"methods.html": " ".join(methods.MODULES.values())}
    pages = [[address, title, "page", "", more.get(address, "")] for address, title in (*NAVIGATION, *BESIDE)]
    return areas + indicators + paragraphs + pages


def names(area: Row) -> str:
    """Return the code of an area and its other names, former ones too, parted by semicolons."""
    return "; ".join([area["code"], *([also] if (also := also_called().get(area["code"])) else [])])


def region(area: Row) -> str:
    """Return where an economy lies, in the words of the United Nations' list; empty for a group."""
    return " ".join(area[part] for part in ("region", "subregion") if area[part])


@cache
def also_called() -> dict[str, str]:
    """Return other names of areas, parted by semicolons: former names, common ones, abbreviations. They serve the search alone."""
    with (Path(__file__).parent / "also_called.csv").open(encoding="utf-8", newline="") as file:
        return {row["area"]: row["also_called"] for row in csv.DictReader(file)}


def _about(name: str, row: Row) -> str:
    """Return the words of an indicator that its title may lack."""
    sexes = "women men female male gender" if "gender" in name else ""
    return " ".join(filter(None, [name.replace("_", " "), row["definition"], sexes]))
