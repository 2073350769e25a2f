"""Write the site: every page from its template, into the folder of the publication."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.briefs import forms, library
from pipelines.site import area_pages, indicator_pages, methods, paragraph_pages, register_pages, sources_page
from pipelines.site import areas as areas_of
from pipelines.site.areas import Ask
from pipelines.site.environment import BESIDE, FOLDER, NAVIGATION
from pipelines.site.known import Known

if TYPE_CHECKING:
    import pandas as pd

#: Files of the site that are no pages.
ASSETS = ("style.css", "search.js")
SEARCHED = "assets/search-index.js"


def build(ask: Ask, tables: Mapping[str, pd.DataFrame], folder: Path, about: Mapping[str, Any]) -> list[str]:
    """Write every page but the front page, the figures of each indicator as CSV, the briefs as PDF, and what the pages load.

    The same tables give the same bytes: nothing here is dated.

    Args:
        ask: Runs a SELECT on the published tables.
        tables: The same tables, by name.
        folder: The publication, which has its files already.
        about: git_sha, code, selection, is_everything.

    Returns:
        The addresses of the files written, from `folder`.
    """
    found = areas_of.areas(ask)
    known = Known(tables, found)
    files = {f"areas/{area['code']}.html": area_pages.page(area, known, about) for area in found}
    files["areas/index.html"] = area_pages.index(known, about)
    files |= {f"indicators/{name}.html": indicator_pages.page(name, known, about) for name in known.indicators}
    files["indicators/index.html"] = indicator_pages.index(known, about)
    files |= indicator_pages.figures(tables["current_observations"])
    files |= paragraph_pages.pages(tables, known, about)
    files["data-gaps.html"] = register_pages.data_gaps(tables["data_gaps"], known, about)
    files["revisions.html"] = register_pages.revisions(ask, known, about)
    files["sources.html"] = sources_page.page(tables, about)
    files["methods.html"] = methods.page(about)
    files[SEARCHED] = f"const PAGES = {json.dumps(_searched(known, tables), ensure_ascii=False)};\n"
    contents = {address: text.encode() for address, text in files.items()}
    briefs = library.of_tables(known, tables["snapshots"], about)
    contents |= {f"briefs/{code}.pdf": forms.pdf(briefs.brief(code)) for code in known.areas}
    for address, content in contents.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(content)
    for name in ASSETS:
        shutil.copyfile(FOLDER / name, folder / "assets" / name)
    return [*contents, *(f"assets/{name}" for name in ASSETS)]


def _searched(known: Known, tables: Mapping[str, pd.DataFrame]) -> list[list[str]]:
    """Return what the search looks through: an address, a title, a kind, and other words it is found by."""
    areas = [[f"areas/{area['code']}.html", area["name"], area["kind"], area["code"]] for area in known.areas.values()]
    indicators = [
        [f"indicators/{name}.html", row["title"], "indicator", f"{name.replace('_', ' ')} {row['sdg_indicator'] or ''}"]
        for name, row in known.indicators.items()
    ]
    paragraphs = [
        [f"paragraphs/{row.paragraph}.html", f"Paragraph {row.paragraph}", "paragraph", row.says]
        for row in tables["paragraphs"].sort_values("paragraph").itertuples()
    ]
    return areas + indicators + paragraphs + [[address, title, "page", ""] for address, title in (*NAVIGATION, *BESIDE)]
