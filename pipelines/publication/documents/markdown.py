"""A document as Markdown with tables; a drawing as its table."""

from __future__ import annotations

import re

from pipelines.publication.documents.model import Block, Document, Drawing, Table, plain

#: What Markdown could take for markup: anywhere, and at the start of a line.
_ANYWHERE, _AT_START = re.compile(r"[\\`*_{}\[\]<>#|~&!]"), re.compile(r"^(\d+(?=[.)](?:\s|$)))?([-+=.)])")


def markdown(document: Document) -> bytes:
    """Return a document as Markdown."""
    parts = [f"# {escaped(document.title)}", escaped(plain(document.kind))]
    parts += [f"**{escaped(document.warning)}**"] if document.warning else []
    first, *others = map(escaped, document.finding)
    parts.append(" ".join([f"**{first}**", *others]))
    for section in document.sections:
        parts.append(f"## {escaped(section.title)}")
        parts += [text for block in section.blocks for text in _block(block)]
    return ("\n\n".join([*parts, f"{escaped(document.series)} · {escaped(document.foot)}"]) + "\n").encode()


def escaped(text: str) -> str:
    r"""Return text in one line that Markdown shows as it is.

    >>> escaped("50 % of *all* <b> | #1"), escaped("1. so"), escaped("- so")
    ('50 % of \\*all\\* \\<b\\> \\| \\#1', '1\\. so', '\\- so')
    """
    return _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\g<0>", re.sub(r"\s*[\r\n]\s*", " ", text).strip()))


def _block(block: Block) -> list[str]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Drawing):
        return _table(block.table) if block.table else [escaped(block.alt)]
    return [escaped(plain(block.words))]


def _table(table: Table) -> list[str]:
    rows = [[column.heading for column in table.columns], *([plain(cell) for cell in row.cells] for row in table.rows)]
    head, *body = ["| " + " | ".join(map(escaped, row)) + " |" for row in rows]
    under = "| " + " | ".join("---:" if column.kind.is_number else "---" for column in table.columns) + " |"
    return [escaped(table.caption), "\n".join([head, under, *body])]
