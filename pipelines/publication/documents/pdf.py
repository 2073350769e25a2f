"""A document as a tagged PDF on A4, set by Typst.

The same document gives the same bytes: nothing is dated, and the fonts are those that come with Typst and matplotlib.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import distribution
from typing import TYPE_CHECKING, Literal, cast

from pipelines.publication.documents.html import TEMPLATES
from pipelines.publication.documents.model import Block, Document, Drawing, Table, plain
from pipelines.publication.drawings import svg

if TYPE_CHECKING:
    import typst

#: Tagged, with a title, a language and words for the drawing, as screen readers need it.
STANDARD: Literal["ua-1"] = "ua-1"

#: On paper a drawing is narrower than on a screen, and set in the font of the text.
_ON_PAPER = '.lines text { font-family: "Libertinus Serif"; } .lines .tick, .lines .name { font-size: 15px; }'


def pdf(document: Document) -> bytes:
    """Return a document as a PDF."""
    inputs = {"brief": json.dumps(_as_data(document))}
    try:
        content = typesetter().compile(sys_inputs=inputs, pdf_standards=[STANDARD])
    except RuntimeError:
        # A character that no font has keeps a brief from the standard, not from being read: it is tagged all the same.
        content = typesetter().compile(sys_inputs=inputs)
    return cast(bytes, content)


@cache
def typesetter() -> typst.Compiler:
    """Return what sets the template; it has the fonts that come with Typst and matplotlib, and none of this machine's."""
    import typst

    # Found without importing matplotlib, which would take longer than all the rest.
    fallback = distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(fallback)])
    return typst.Compiler(TEMPLATES / "brief.typ", root=TEMPLATES, font_paths=fonts)


def _as_data(document: Document) -> dict[str, object]:
    """Return what the template reads: text alone, which is never taken for markup."""
    return {
        "title": document.title,
        "series": document.series,
        "kind": plain(document.kind),
        "language": document.language,
        "direction": document.direction,
        "warning": document.warning,
        "finding": document.finding,
        "foot": document.foot,
        "sections": [
            {"name": section.name, "title": section.title, "blocks": [_block_as_data(block) for block in section.blocks]}
            for section in document.sections
        ],
    }


def _block_as_data(block: Block) -> dict[str, object]:
    if isinstance(block, Table):
        return {
            "type": "table",
            "caption": block.caption,
            "columns": [{"heading": column.heading, "is_number": column.kind.is_number, "share": column.share} for column in block.columns],
            "cells": [plain(cell) for row in block.rows for cell in row.cells],
        }
    if isinstance(block, Drawing):
        style = (TEMPLATES / "lines.css").read_text("utf-8") + _ON_PAPER
        return {"type": "drawing", "svg": svg.render(block.picture, style), "alt": block.alt, "caption": plain(block.caption)}
    return {"type": "paragraph", "text": plain(block.words), "is_note": block.is_note}
