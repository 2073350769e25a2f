"""Write the site: every page from its template, into the folder of the publication."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.publication.briefs import forms, library
from pipelines.publication.site import (
    area_pages,
    downloads,
    indicator_pages,
    methods,
    paragraph_pages,
    register_pages,
    search_index,
    sources_page,
)
from pipelines.publication.site import area_profiles as areas_of
from pipelines.publication.site.area_profiles import Ask, rows
from pipelines.publication.site.environment import FOLDER
from pipelines.publication.site.site_context import Known

if TYPE_CHECKING:
    import pandas as pd

#: Files of the site that are no pages.
ASSETS = ("style.css", "tables.js", "search.js", "narrow.js")
SEARCHED = "assets/search-index.js"


def build(ask: Ask, tables: Mapping[str, pd.DataFrame], folder: Path, about: Mapping[str, Any], charts: pd.DataFrame) -> list[str]:
    """Write every page but the front page, the figures of each indicator and area as CSV, the briefs as PDF, and what the pages load.

    The same tables give the same bytes: nothing here is dated.

    Args:
        ask: Runs a SELECT on the published tables.
        tables: The same tables, by name.
        folder: The publication, which has its files already.
        about: git_sha, code, selection, is_everything.
        charts: One row a published chart: chart, title, subtitle, alt, source, licence; its files are in `charts/`.

    Returns:
        The addresses of the files written, from `folder`.
    """
    found = areas_of.areas(ask)
    known, drawn = Known(tables, found), rows(charts)
    files = {f"areas/{area['code']}.html": area_pages.page(area, known, about) for area in found}
    files["areas/index.html"] = area_pages.index(known, about)
    files |= indicator_pages.pages(tables, drawn, known, about)
    files["indicators/index.html"] = indicator_pages.index(known, about)
    files |= downloads.figures(tables["current_observations"])
    files |= paragraph_pages.pages(tables, known, about)
    files["data-gaps.html"] = register_pages.data_gaps(tables["data_gaps"], drawn, known, about)
    files["revisions.html"] = register_pages.revisions(ask, known, about)
    files["sources.html"] = sources_page.page(tables, about)
    files["methods.html"] = methods.page(about)
    files[SEARCHED] = f"const PAGES = {json.dumps(search_index.entries(known, tables), ensure_ascii=False)};\n"
    contents = {address: text.encode() for address, text in files.items()}
    briefs = library.of_tables(known, tables["snapshots"], about)
    contents |= {f"briefs/{code}.pdf": forms.pdf(briefs.brief(code)) for code in known.areas}
    for address, content in contents.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(content)
    for name in ASSETS:
        shutil.copyfile(FOLDER / name, folder / "assets" / name)
    return [*contents, *(f"assets/{name}" for name in ASSETS)]
