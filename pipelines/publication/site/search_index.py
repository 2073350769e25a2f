"""What the search of the site looks through: pages and chapters of the methods, by title, codes, other names and words."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indicators.contracts.tables import DECLARATIONS
from pipelines.publication.areas.profile import Area
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.rows.registries import Indicator
from pipelines.publication.rows.resolution import Paragraph
from pipelines.publication.site.environment import MORE_PAGES, NAVIGATION
from pipelines.publication.site.method_note import Chapter, MethodNote
from pipelines.publication.tables import Tables, typed_rows


class SearchEntry(NamedTuple):
    """One page or chapter: its address, title and kind, its other names separated by semicolons, and other words about it."""

    address: str
    title: str
    kind: str
    other_names: str
    words: str


def search_index(context: SiteContext, tables: Tables, note: MethodNote) -> list[SearchEntry]:
    """Return an entry for each page, then for each chapter of the method note."""
    areas = [SearchEntry(area.page, area.name, area.kind, other_names(area), region(area)) for area in context.areas.values()]
    indicators = [
        SearchEntry(
            f"indicators/{name}.html",
            row.title,
            "indicator",
            f"SDG {row.sdg_indicator}" if row.sdg_indicator else "",
            _words_about(row),
        )
        for name, row in context.indicators.items()
    ]
    paragraphs = [
        SearchEntry(f"paragraphs/{row.paragraph}.html", f"Paragraph {row.paragraph}", "paragraph", "", row.summary)
        for row in typed_rows(tables.read("paragraphs").sort_values("paragraph"), Paragraph)
    ]
    pages = [SearchEntry(address, title, "page", "", "") for address, title in (*NAVIGATION, *MORE_PAGES)]
    return areas + indicators + paragraphs + pages + [_method(chapter) for chapter in note.chapters]


def other_names(area: Area) -> str:
    """Return the code of an area and its other names, former ones too, separated by semicolons."""
    return "; ".join([area.code, *([names] if (names := names_by_area().get(area.code)) else [])])


def region(area: Area) -> str:
    """Return the region and subregion of an economy, as the United Nations list them; empty for a group."""
    return " ".join(part for part in (area.region, area.subregion) if part)


@cache
def names_by_area() -> dict[str, str]:
    """Return other names of areas, separated by semicolons: former and common names, abbreviations. They serve the search alone."""
    with (Path(__file__).parent / "also_called.csv").open(encoding="utf-8", newline="") as file:
        return {row["area"]: row["also_called"] for row in csv.DictReader(file)}


def _method(chapter: Chapter) -> SearchEntry:
    """Return the entry of a chapter: that of a table is found by the name of the table and the words of its declaration too."""
    declared = DECLARATIONS.get(chapter.table)
    return SearchEntry(chapter.address, chapter.title, "method", chapter.table, declared.summary if declared else "")


def _words_about(indicator: Indicator) -> str:
    """Return words that the title of an indicator may lack."""
    sexes = "women men female male gender" if "gender" in indicator.indicator else ""
    return " ".join(filter(None, [indicator.indicator.replace("_", " "), indicator.definition, sexes]))
