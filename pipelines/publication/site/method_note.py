"""The method note, `docs/methods.md`, as chapters: one for each table, and others about reading and conventions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: How a chapter begins: its anchor, its title and, where it is the chapter of a table, the name of the table.
_BEGINNING = re.compile(r'^<a id="(?P<anchor>\w+)"></a>\n## (?P<title>.+)\n(?:Table: `(?P<table>\w+)`\n)?', re.MULTILINE)

#: The anchor of the chapter that lists the others.
CONTENTS = "contents"


@dataclass(frozen=True)
class Chapter:
    """One chapter.

    Attributes:
        anchor: What a link to it names; for the chapter of a table the name of the table.
        title: Its heading.
        table: The table whose chapter it is; "" if none.
        text: What follows the heading, in Markdown.
    """

    anchor: str
    title: str
    table: str
    text: str

    @property
    def address(self) -> str:
        """Its address on the site."""
        return address(self.anchor)


@dataclass(frozen=True)
class MethodNote:
    """The whole note.

    Attributes:
        introduction: The text before the first chapter, in Markdown, without the title.
        contents: The list of the chapters, in Markdown.
        chapters: All other chapters, in order.
    """

    introduction: str
    contents: str
    chapters: Sequence[Chapter]


def address(anchor: str) -> str:
    """Return the address of a chapter on the site."""
    return f"methods.html#{anchor}"


def method_note(text: str) -> MethodNote:
    """Return the note that a Markdown text is.

    Args:
        text: The document. Each chapter begins with a line `<a id="anchor"></a>` and a heading of the second level.
    """
    beginnings = list(_BEGINNING.finditer(text))
    places = [*(start.start() for start in beginnings), len(text)]
    chapters = [
        Chapter(start["anchor"], start["title"], start["table"] or "", text[start.end() : end].strip())
        for start, end in zip(beginnings, places[1:], strict=True)
    ]
    return MethodNote(
        introduction=re.sub(r"\A# .+\n", "", text[: places[0]]).strip(),
        contents="\n\n".join(chapter.text for chapter in chapters if chapter.anchor == CONTENTS),
        chapters=[chapter for chapter in chapters if chapter.anchor != CONTENTS],
    )
