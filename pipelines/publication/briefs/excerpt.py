"""A brief: the document of an area, cut to what fits on two pages.

Only two texts are written here: how many rows are left out, and the sources of what is left.
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.documents.model import Block, Document, Drawing, Paragraph, Row, Section, Span, Table, Words, words
from pipelines.publication.number_format import format_count
from pipelines.publication.page_citation import citation, origin
from pipelines.publication.publication_info import PublicationInfo

#: The sections of a brief in their order, and how many rows the table of each has room for.
ROOM = {"known": 14, "over-time": 0, "computed": 4, "behind": 4, "missing": 8, "silent": 0, "gaps": 5, "pace": 6, "revisions": 3}


def brief(document: Document, context: SiteContext, info: PublicationInfo) -> Document:
    """Return the brief of an area.

    Args:
        document: The document of the area.
        context: The sources that the brief cites.
        info: The publication it belongs to.
    """
    page = f"areas/{document.code}.html"
    sections = (section for name in ROOM if (section := document.section(name)))
    kept = tuple(excerpt for section in sections if (excerpt := _excerpt(section, page)).blocks)
    short = replace(
        document,
        cards=(),
        sections=kept,
        warning="" if info.is_everything else f"Made from a selection of the data, not from all of it: {info.selection}.",
        foot=f"{document.title} · publication {info.build}",
    )
    return replace(short, sections=(*kept, _sources(short, context, info)))


def _excerpt(section: Section, page: str) -> Section:
    blocks: list[Block] = []
    for block in section.blocks:
        if not block.in_brief:
            continue
        if isinstance(block, Table):
            table = _shortened(block, ROOM[section.name])
            blocks.append(table)
            if left_out := len(block.rows) - len(table.rows):
                one, many = block.counted_as
                sentence = f"The page {page} of the publication lists {format_count(left_out, f'more {one}', f'more {many}')}."
                blocks.append(Paragraph(words(sentence), is_note=True))
        elif isinstance(block, Drawing):
            blocks.append(replace(block, caption=_short(block.caption)))
        else:
            blocks.append(replace(block, words=_short(block.words)))
    return replace(section, blocks=tuple(blocks))


def _shortened(table: Table, room: int) -> Table:
    """Return a table with its most important rows, in their order, and with the columns that a brief has room for."""
    candidates = [(row.priority, place) for place, row in enumerate(table.rows) if row.priority is not None]
    kept = sorted(place for _, place in sorted(candidates)[:room])
    columns = [place for place, column in enumerate(table.columns) if column.in_brief]
    rows = tuple(_cells(table.rows[place], columns) for place in kept)
    return replace(table, columns=tuple(table.columns[place] for place in columns), rows=rows)


def _cells(row: Row, columns: list[int]) -> Row:
    return replace(row, cells=tuple(_short(row.cells[place]) for place in columns))


def _short(parts: Words) -> Words:
    """Return words as they are said where room is scarce, without links."""
    return tuple(
        replace(part, text=part.text if part.short is None else part.short, link="", short=None) for part in parts if isinstance(part, Span)
    )


def _sources(document: Document, context: SiteContext, info: PublicationInfo) -> Section:
    """Return the sources of a brief, and how to cite it."""
    made_from = origin(document.made_from, context.sources)
    cite = (Paragraph(words(citation(f"{document.title}: connectivity in brief", info, made_from))),) if made_from else ()
    made_by = (
        f"Made from publication {info.build} (code {info.code}); the provenance of its charts names the same publication. A missing figure "
        "means that we have no data; it does not mean zero. Estimates are the publisher’s; computed figures are ours."
    )
    return Section("sources", "Sources, and how to cite", (*cite, Paragraph(words(made_by))))
