"""Write the site: every page from its template, into the folder of the publication."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipelines.publication.areas.site_context import site_context
from pipelines.publication.briefs.library import Library
from pipelines.publication.documents import pdf
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.registries import Chart
from pipelines.publication.site import area_pages, indicator_pages, methods_page, paragraph_pages, register_pages, sources_page
from pipelines.publication.site.csv_files import csv_files
from pipelines.publication.site.environment import FOLDER
from pipelines.publication.site.method_note import MethodNote
from pipelines.publication.site.search_index import search_index
from pipelines.publication.tables import Tables

#: Files of the site that are no pages.
ASSETS = ("style.css", "tables.js", "search.js", "narrow.js")
SEARCH_INDEX = "assets/search-index.js"


def build(tables: Tables, folder: Path, charts: Sequence[Chart], note: MethodNote, info: PublicationInfo) -> list[str]:
    """Write every page but the front page, the figures of each indicator and area as CSV, the briefs as PDF, and what the pages load.

    The same tables give the same bytes: nothing here is dated.

    Args:
        tables: The published tables.
        folder: The publication, which has its other files already.
        charts: The published charts; their files are in `charts/`.
        note: The method note, for its page and the search.
        info: The publication.

    Returns:
        The addresses of the files written, from `folder`.
    """
    context = site_context(tables)
    files = {area.page: area_pages.page(area, context, info) for area in context.areas.values()}
    files["areas/index.html"] = area_pages.index(context, info)
    files |= indicator_pages.pages(tables, charts, context, info)
    files["indicators/index.html"] = indicator_pages.index(context, info)
    files |= csv_files(tables.read("current_observations"))
    files |= paragraph_pages.pages(tables, context, info)
    files["data-gaps.html"] = register_pages.data_gaps(tables, charts, context, info)
    files["revisions.html"] = register_pages.revisions(tables, context, info)
    files["sources.html"] = sources_page.page(tables, info)
    files["methods.html"] = methods_page.page(note, info)
    files[SEARCH_INDEX] = f"const PAGES = {json.dumps(search_index(context, tables, note), ensure_ascii=False)};\n"
    contents = {address: text.encode() for address, text in files.items()}
    briefs = Library(context, info)
    contents |= {f"briefs/{code}.pdf": pdf.pdf(briefs.brief(code)) for code in context.areas}
    for address, content in contents.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(content)
    for name in ASSETS:
        shutil.copyfile(FOLDER / name, folder / "assets" / name)
    return [*contents, *(f"assets/{name}" for name in ASSETS)]
