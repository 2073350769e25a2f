"""Every form shows a text as it is written, and loads nothing."""

import dataclasses
import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipelines.publication.briefs.library import library
from pipelines.publication.documents import html, markdown, pdf
from pipelines.publication.documents.model import Paragraph, Table, words
from tests.support.briefs import page_count
from tests.support.html_reading import Reading
from tests.support.small_publication import INFO


@pytest.fixture(scope="module")
def brief(small_publication):
    return library(small_publication, INFO).brief("CIV")


def test_a_sign_that_no_font_has_costs_the_standard_and_not_the_brief(brief):
    content = pdf.pdf(dataclasses.replace(brief, title="0\u1cd0"))
    assert page_count(content) == 1
    assert b"/MarkInfo" in content
    assert b"pdfuaid" not in content


def test_the_html_is_one_file_that_loads_nothing(brief):
    reading = Reading(html.html(brief).decode())
    assert reading.all("html", lang="en", dir="ltr")
    assert not reading.all("script", "img", "iframe")
    assert [link["href"] for link in reading.all("link")] == ["data:,"]
    assert "url(" not in reading.all("style")[0]["text"]
    assert [len(reading.all(tag)) for tag in ("main", "h1", "svg")] == [1, 1, 1]


LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co"])
MARKS = st.sampled_from(" \u202f#*_`<>&|[](){}$\\~-+=.1@!\"'/")
TEXTS = st.text(LETTERS | MARKS)


def named(brief, text):
    """Return a brief that has a text in its title, a sentence, a paragraph and a cell."""
    known, *others = brief.sections
    table = next(block for block in known.blocks if isinstance(block, Table))
    first, *rows = table.rows
    row = dataclasses.replace(first, cells=(words(text), *first.cells[1:]))
    blocks = (Paragraph(words(text)), dataclasses.replace(table, rows=(row, *rows)))
    sections = (dataclasses.replace(known, blocks=blocks), *others)
    return dataclasses.replace(brief, title=f"T {text}", finding=(f"F {text}",), sections=sections)


def shown(inline):
    return "".join(token.content for token in inline.children or [])


@settings(max_examples=60, deadline=None)
@given(text=TEXTS.filter(str.strip))
def test_markdown_shows_a_text_as_it_is_written(brief, text):
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown.markdown(named(brief, text)).decode())
    inlines = [token for token in tokens if token.type == "inline"]
    assert shown(inlines[0]) == f"T {text}".strip()
    assert text.strip() in [shown(token) for token in inlines[3:6]]  # after title, kind and finding
    cells = [shown(after) for before, after in itertools.pairwise(tokens) if before.type == "td_open"]
    assert cells[0] == text.strip()


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_html_shows_a_text_as_it_is_written(brief, text):
    reading = Reading(html.html(named(brief, text)).decode())
    assert reading.all("h1")[0]["text"] == f"T {text}"
    assert reading.all("td", "th", scope="row")[0]["text"].strip() == text.strip()


@settings(max_examples=25, deadline=None)
@given(text=TEXTS)
def test_typst_takes_no_text_for_markup(brief, text):
    assert page_count(pdf.pdf(named(brief, text))) == 1
    title = pdf.typesetter().query("heading.where(level: 1)", field="body", one=True)
    assert text_of(title) == " ".join(f"T {text}".split())


def text_of(queried):
    """Return the text of what a query of Typst answers: a text, or texts and spaces in a row."""

    def read(content):
        if content["func"] == "text":
            return content["text"]
        return " " if content["func"] == "space" else "".join(map(read, content["children"]))

    return " ".join(read(json.loads(queried)).split())
