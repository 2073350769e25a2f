"""A brief as Markdown, as one HTML file, and as PDF: the same words in the same order, laid out by a template each.

The same brief gives the same bytes: no form is dated, and a PDF is set in the fonts that come with the project.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from pipelines.publication.briefs.content import Brief, Section, Table

if TYPE_CHECKING:
    import jinja2
    import typst

FOLDER = Path(__file__).parent / "templates"

#: Tagged, with a title, a language and words for the drawing, as screen readers need it.
STANDARD: Literal["ua-1"] = "ua-1"


def markdown(brief: Brief) -> bytes:
    """Return a brief as Markdown with tables; its drawing as a table of years."""
    parts = [f"# {escaped(brief.title)}", escaped(brief.kind)]
    parts += [f"**{escaped(brief.warning)}**"] if brief.warning else []
    first, *others = map(escaped, brief.finding)
    parts.append(" ".join([f"**{first}**", *others]))
    parts += _section_in_markdown(brief.figures)
    if brief.drawing:
        parts += [f"## {escaped(brief.drawing.title)}", *_table_in_markdown(brief.drawing.table)]
    for section in brief.sections:
        parts += _section_in_markdown(section)
    return ("\n\n".join([*parts, f"{escaped(brief.series)} · {escaped(brief.foot)}"]) + "\n").encode()


def html(brief: Brief) -> bytes:
    """Return a brief as one HTML file that loads nothing and prints on A4."""
    return _page().render(brief=brief).encode()


def pdf(brief: Brief) -> bytes:
    """Return a brief as a tagged PDF on A4."""
    told = asdict(brief)
    if brief.drawing:
        told["drawing"]["svg"] = _with_looks(brief.drawing.svg)
    inputs = {"brief": json.dumps(told)}
    try:
        content = _typesetter().compile(sys_inputs=inputs, pdf_standards=[STANDARD])
    except RuntimeError:
        # A sign that no font has keeps a brief from the standard, not from being read: it is tagged all the same.
        content = _typesetter().compile(sys_inputs=inputs)
    return cast(bytes, content)


#: The forms by the ending of their files.
FORMS: dict[str, Callable[[Brief], bytes]] = {"md": markdown, "html": html, "pdf": pdf}

#: What Markdown could take for its own: anywhere, and at the start of a line.
_ANYWHERE, _AT_START = re.compile(r"[\\`*_{}\[\]<>#|~&!]"), re.compile(r"^(\d+(?=[.)](?:\s|$)))?([-+=.)])")


def escaped(text: str) -> str:
    r"""Return text in one line that Markdown shows as it is.

    >>> escaped("50 % of *all* <b> | #1"), escaped("1. so"), escaped("- so")
    ('50 % of \\*all\\* \\<b\\> \\| \\#1', '1\\. so', '\\- so')
    """
    return _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\g<0>", re.sub(r"\s*[\r\n]\s*", " ", text).strip()))


def _section_in_markdown(section: Section) -> list[str]:
    parts = [f"## {escaped(section.title)}", *map(escaped, section.said)]
    if section.table:
        parts += _table_in_markdown(section.table)
    return [*parts, *map(escaped, section.after)]


def _table_in_markdown(table: Table) -> list[str]:
    rows = [[column.head for column in table.columns], *table.rows]
    head, *body = ["| " + " | ".join(map(escaped, row)) + " |" for row in rows]
    under = "| " + " | ".join("---:" if column.is_number else "---" for column in table.columns) + " |"
    return [escaped(table.caption), "\n".join([head, under, *body])]


#: On paper a drawing is narrower than on a screen, and set in the font of the text.
_ON_PAPER = '.lines text { font-family: "Libertinus Serif"; } .lines .tick, .lines .name { font-size: 15px; }'


def _with_looks(svg: str) -> str:
    """Return a drawing that brings its style sheet along."""
    opening, _, rest = svg.partition(">")
    return f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{(FOLDER / "lines.css").read_text("utf-8")}{_ON_PAPER}</style>{rest}'


@cache
def _page() -> jinja2.Template:
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["style"] = "".join((FOLDER / name).read_text("utf-8") for name in ("lines.css", "brief.css"))
    return made.get_template("brief.html")


@cache
def _typesetter() -> typst.Compiler:
    """Return what sets the template; it has the fonts that come with Typst and matplotlib, and none of this machine's."""
    import typst

    # Found without importing matplotlib, which would take longer than all the rest.
    fallback = distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(fallback)])
    return typst.Compiler(FOLDER / "brief.typ", root=FOLDER, font_paths=fonts)
