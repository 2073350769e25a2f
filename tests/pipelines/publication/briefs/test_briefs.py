"""A brief says what the page says, in two pages at most, the same each time."""

import dataclasses

import pytest

from pipelines.publication.areas import unknowns
from pipelines.publication.briefs.excerpt import ROOM, brief
from pipelines.publication.briefs.library import library
from pipelines.publication.documents import markdown, pdf
from pipelines.publication.documents.forms import FORMS
from pipelines.publication.documents.model import Column, Document, Drawing, Paragraph, Row, Section, Table, words
from pipelines.publication.site import area_pages
from tests.support.briefs import numbers_missing_from_page, page_count
from tests.support.small_publication import INFO


@pytest.fixture(scope="module")
def briefs(small_publication):
    return library(small_publication, INFO)


def test_every_figure_of_a_brief_is_on_the_page_of_its_area(briefs):
    for code, area in briefs.context.areas.items():
        assert numbers_missing_from_page(briefs.brief(code), area_pages.page(area, briefs.context, INFO)) == [], code


def test_a_figure_that_the_page_has_otherwise_is_found(briefs):
    page = area_pages.page(briefs.context.areas["CIV"], briefs.context, INFO)
    assert "44.0" in page
    other = page.replace("44.0", "44.1")
    found = numbers_missing_from_page(briefs.brief("CIV"), other)
    assert [what for what in found if "44.0" in str(what)]
    assert {"known"} < {what[0] for what in found}


def test_a_brief_has_the_main_finding_and_what_is_not_known(briefs):
    text = markdown.markdown(briefs.brief("CIV")).decode()
    assert text.startswith("# Côte d’Ivoire\n\nEconomy: Low-income economies, World\n")
    assert "**44.0\u202f% of people use the Internet (2021).** It ranks 1 of 2 among low-income economies." in text
    assert "The world figure is 73.6\u202f% (2025, estimated by the publisher)." in text
    assert "We do not know how Internet use differs between women and men or between urban and rural areas." in text
    assert "| Individuals using the Internet | 2020 | 38\u202f% | 40.25\u202f% | WDI 2025-01 to 2025-10 |" in text
    assert "Vintages: Facts and Figures 2025, WDI 2025-01, WDI 2025-10. Licence of the figures: CC BY 4.0." in text


def test_an_economy_without_a_figure_has_a_brief_that_says_so_and_takes_nothing_for_zero(briefs):
    text = markdown.markdown(briefs.brief("TKL")).decode()
    assert "**We have no figure of Internet use for Tokelau.** This does not mean that no one uses it." in text
    assert "| Individuals using the Internet | total | 2.5 |" in text
    assert "0.0" not in text


def test_a_group_names_the_members_of_which_nothing_is_known(briefs):
    assert "For 1 of 3 members there is no figure of Internet use: Tokelau." in markdown.markdown(briefs.brief("world")).decode()


def test_a_true_zero_stays_zero(briefs):
    assert "**0.0\u202f% of people use the Internet (2021)" in markdown.markdown(briefs.brief("LAO")).decode()


def test_a_brief_from_a_selection_says_so_first(briefs):
    part = dataclasses.replace(briefs, info=dataclasses.replace(INFO, is_everything=False, selection="until 2025-12-17"))
    for form in ("md", "html"):
        assert "Made from a selection of the data, not from all of it: until 2025-12-17." in FORMS[form](part.brief("CIV")).decode()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_publication_gives_the_same_bytes(briefs, form):
    first = [FORMS[form](briefs.brief(code)) for code in briefs.context.areas]
    pdf.typesetter.cache_clear()
    assert [FORMS[form](briefs.brief(code)) for code in reversed(briefs.context.areas)] == first[::-1]


def test_a_pdf_is_tagged_named_and_undated(briefs):
    content = pdf.pdf(briefs.brief("CIV"))
    assert page_count(content) == 1
    for said in (b"/Lang", b"/MarkInfo", b"pdfuaid:part", "Côte d’Ivoire".encode(), b"/Alt"):
        assert said in content, said
    assert b"CreationDate" not in content
    assert b"ModDate" not in content


def test_an_excerpt_keeps_the_rows_that_matter_most_in_their_order_and_says_how_many_it_leaves_out(briefs):
    """Of six rows of a section with room for three: priorities 2, 0, none, 1, 1, 0 leave the second, the fourth and the last."""
    rows = tuple(
        Row((words(letter), words("1")), priority=priority) for letter, priority in zip("abcdef", (2, 0, None, 1, 1, 0), strict=True)
    )
    table = Table("revisions", "Caption", (Column("A"), Column("B", in_brief=False)), rows, ("number", "numbers"))
    section = Section("revisions", "Title", (table, Paragraph(words("on the page alone"), in_brief=False)))
    assert ROOM["revisions"] == 3
    shown = brief(Document("CIV", "T", words("K"), ("F",), (), (section,)), briefs.context, INFO).section("revisions")
    kept, note = shown.blocks
    assert [row.cells for row in kept.rows] == [(words(letter),) for letter in "bdf"]
    assert [column.heading for column in kept.columns] == ["A"]
    assert note == Paragraph(words("The page areas/CIV.html of the publication lists 3 more numbers."), is_note=True)


TITLE = "Price of the data-only mobile-broadband basket (5 GB), in PPP$"
NAMES = "St. Vincent and the Grenadines (2019); " * unknowns.MOST_NAMES


def full(name, shares, *cells, before=()):
    """Return a section whose table has as many rows as there is room for, and one more."""
    columns = tuple(Column("A head", share=share) for share in shares)
    rows = (Row(tuple(map(words, cells))),) * (ROOM[name] + 1)
    caption = "What the table shows, in a line and a half, as captions have it; " * 2
    return Section(name, "A heading", (*(Paragraph(words(text)) for text in before), Table(name, caption, columns, rows)))


def with_note(section, text):
    return dataclasses.replace(section, blocks=(*section.blocks, Paragraph(words(text), is_note=True)))


@pytest.mark.parametrize("kind", ["economy", "group"])
def test_with_every_table_full_a_brief_keeps_to_two_pages(briefs, kind):
    target = "Entry-level fixed broadband costs less than 2 % of monthly GNI per capita in developing countries (Universal connectivity)"
    missing = "total (last 14.3 %, 2020); rural areas; women; men; urban areas"
    of_economies = [full("missing", (1, 1, 0), TITLE, missing, "9.09", before=("A line.",) * 2)]
    of_groups = [
        full("computed", (1, 0, 0.9, 0, 0, 0), TITLE, "2025", "92.67 % to 93 %", "93.09 %", "99.54 %", "WDI 2026-07-13"),
        Section("silent", "A heading", tuple(Paragraph(words(text)) for text in ("A line.", NAMES, NAMES))),
    ]
    pace = full("pace", (1, 0, 0, 0, 0, 0), target, "2030", "35.0 % (2024)", "95 %", "2.46", "moving away")
    drawn = Section("over-time", "Internet use over time", briefs.brief("CIV").section("over-time").blocks)
    sections = (
        drawn,
        full("known", (1, 0, 0, 0, 0), TITLE, "57,532,493", "2024", "39 of 46", "Facts and Figures 2025"),
        full("behind", (1, 0.6, 0.6), f"{TITLE}, 126.5 in 2024", "more than 22 years ahead", "at least 11 years"),
        *(of_economies if kind == "economy" else of_groups),
        full("gaps", (1, 1.5, 0, 0, 0, 0), "high income and low income", TITLE, "2025", "85.4 %", "58.2 %", "published, Data360"),
        with_note(pace, f"16 targets cannot be judged: {TITLE * 8}"),
        full("revisions", (1, 0, 0, 0, 0), TITLE, "2023", "35 %", "32.07 %", "WDI 2025-10 to 2026-04-11"),
    )
    finding = ("35.0 % of people use the Internet (2024, estimated by the publisher).", "It is 11.1 years behind the world.") * 2
    document = Document("VCT", "St. Vincent and the Grenadines", words("Economy"), finding, (), sections)
    cut = brief(document, briefs.context, INFO)
    sources = briefs.brief("CIV").section("sources")
    assert any(isinstance(block, Drawing) for section in cut.sections for block in section.blocks)
    assert page_count(pdf.pdf(dataclasses.replace(cut, sections=(*cut.sections[:-1], sources)))) == 2
