"""The page of methods: the method note as HTML, with a table of contents."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from indicators.contracts.tables import TABLES
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.site.environment import render
from pipelines.publication.site.method_note import Chapter, MethodNote


@dataclass(frozen=True)
class ChapterAsHtml:
    """A chapter as its template shows it; `is_published` says whether the publication has a file of its table."""

    chapter: Chapter
    html: str
    is_published: bool


def page(note: MethodNote, info: PublicationInfo) -> str:
    """Return the page of methods.

    Args:
        note: The method note. A link to another chapter or to a web address stays; a link to a file of the code becomes plain text,
            because the publication does not have the file.
        info: The publication.
    """
    return render(
        "methods.html",
        "methods.html",
        info,
        introduction=_html(note.introduction),
        contents=_html(note.contents),
        chapters=[ChapterAsHtml(chapter, _html(chapter.text, chapter.title), chapter.table in TABLES) for chapter in note.chapters],
    )


def _html(text: str, title: str = "") -> str:
    """Return Markdown as HTML; `title` is the heading that its tables are named after until a heading of its own comes."""
    return str(_markdown().render(text, {"title": title}))


@cache
def _markdown() -> MarkdownIt:
    """Return the reader of Markdown, which sets tables and formulas in boxes that scroll sideways by themselves."""
    made = MarkdownIt("commonmark", {"html": True}).enable("table")
    made.core.ruler.push("links_to_files", _drop_links_to_files)
    rules = {"table_open": _table_open, "table_close": _table_close, "th_open": _head_open, "code_block": _formula}
    for name, rule in rules.items():
        made.add_render_rule(name, rule)
    return made


def _drop_links_to_files(state: StateCore) -> None:
    """Leave of a link that leads neither into the note nor to a web address its words alone."""
    for token in state.tokens:
        if token.children:
            token.children = list(_without_links_to_files(token.children))


def _without_links_to_files(tokens: Sequence[Token]) -> Iterator[Token]:
    is_dropped = False
    for token in tokens:
        if token.type == "link_open":
            is_dropped = not re.match(r"#|https?://", str(token.attrGet("href")))
        if not (is_dropped and token.type in ("link_open", "link_close")):
            yield token


def _table_open(_: Any, tokens: Sequence[Token], index: int, _options: Any, env: MutableMapping[str, Any]) -> str:
    """Open a table in a box of its own, with a caption for screen readers: the heading above it and its columns."""
    before = (tokens[place + 1].content for place in range(index, -1, -1) if tokens[place].type == "heading_open")
    columns = []
    for place in range(index, len(tokens)):
        if tokens[place].type == "thead_close":
            break
        if tokens[place].type == "th_open" and tokens[place + 1].content:
            columns.append(tokens[place + 1].content)
    caption = html.escape(f"{next(before, env['title'])}: {', '.join(columns)}")
    return (
        f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0"><table class="printed" style="--columns:{len(columns)}">'
        f'<caption class="sr">{caption}</caption>\n'
    )


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


def _head_open(*_: Any) -> str:
    return '<th scope="col">'


def _formula(_: Any, tokens: Sequence[Token], index: int, *_more: Any) -> str:
    """Return an indented formula; a box that scrolls has to be reached by key."""
    return f'<pre tabindex="0"><code>{html.escape(tokens[index].content.rstrip())}</code></pre>\n'
