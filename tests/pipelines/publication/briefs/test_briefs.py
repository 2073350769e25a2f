"""A brief says what the page says, in two pages at most, the same each time; every form shows a text as it is written."""

import dataclasses
import itertools
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipelines.publication.briefs import content, forms, library, wanted
from pipelines.publication.site import area_pages, area_profiles
from pipelines.publication.site.site_context import TABLES, Known
from tests.pipelines.publication.site.test_front_page import ABOUT, Reading
from tests.pipelines.publication.site.test_site import ask  # noqa: F401  # a fixture

NUMBER = re.compile(r"\N{MINUS SIGN}?\d+(?:,\d{3})*(?:\.\d+)?")
#: What holds a section's table on the page; the others have the name they have in a brief.
ON_THE_PAGE = {"not-known": "missing"}


def shelf_of(ask):  # noqa: F811
    """Return the briefs of the small world of the site's tests."""
    known = Known({table: ask(f"from {table}") for table in TABLES}, area_profiles.areas(ask))
    return library.of_tables(known, ask("from snapshots"), ABOUT)


@pytest.fixture(scope="module")
def shelf(ask):  # noqa: F811
    return shelf_of(ask)


class Tables(HTMLParser):
    """The rows of each table of a page as text, by the name of its section."""

    def __init__(self, page):
        super().__init__()
        self.rows, self._section, self._open = {}, None, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "section":
            self._section = dict(attributes)["aria-labelledby"]
        if tag == "tr" and self._section:
            self.rows.setdefault(self._section, []).append("")
        self._open = self._open or (tag == "tr" and self._section is not None)

    def handle_endtag(self, tag):
        self._open = self._open and tag != "tr"
        if tag in ("td", "th") and self._open:
            self.rows[self._section][-1] += " "

    def handle_data(self, data):
        if self._open:
            self.rows[self._section][-1] += data


def strays(brief, page):
    """Return the rows and sentences of a brief that have a number which the row or page that tells the same has not."""
    rows, found = Tables(page).rows, []
    for section in (brief.figures, *brief.sections):
        for row in section.table.rows if section.table else ():
            title = row[0].partition(",")[0].partition(" (")[0]
            same = [text for text in rows.get(ON_THE_PAGE.get(section.name, section.name), []) if title in text]
            if section.name == "not-known":  # the page has a row for each part of the people
                same = [" ".join(same)]
            if not any(set(NUMBER.findall(" ".join(row))) <= set(NUMBER.findall(text)) for text in same):
                found.append((section.name, row))
    told = set(NUMBER.findall(Reading(page).visible_text))
    return found + [sentence for sentence in brief.finding if not set(NUMBER.findall(sentence)) <= told]


def test_every_figure_of_a_brief_stands_on_the_page_of_its_area(shelf):
    for code, area in shelf.known.areas.items():
        assert strays(shelf.brief(code), area_pages.page(area, shelf.known, ABOUT)) == [], code


def test_a_figure_that_the_page_has_otherwise_is_found(shelf):
    page = area_pages.page(shelf.known.areas["CIV"], shelf.known, ABOUT)
    assert "44.0" in page
    other = page.replace("44.0", "44.1")
    found = strays(shelf.brief("CIV"), other)
    assert [what for what in found if "44.0" in str(what)]
    assert {"known"} < {what[0] for what in found}


def test_a_brief_tells_where_an_economy_stands_and_what_is_not_known(shelf):
    text = forms.markdown(shelf.brief("CIV")).decode()
    assert text.startswith("# Côte d’Ivoire\n\nEconomy: Low-income economies, World\n")
    assert "**44.0\u202f% of people use the Internet (2021), place 1 of 2 among low-income economies.**" in text
    assert "In the world it is 73.6\u202f% (2025, estimated by the publisher)." in text
    assert "How Internet use differs between women and men, and between urban and rural areas is not known." in text
    assert "| Individuals using the Internet | 2020 | 38\u202f% | 40.25\u202f% | WDI 2025-01 to 2025-10 |" in text
    assert "Vintages: Facts and Figures 2025, WDI 2025-01, WDI 2025-10. Licence of the figures: CC BY 4.0." in text


def test_an_economy_without_a_figure_has_a_brief_that_says_so_and_takes_nothing_for_zero(shelf):
    text = forms.markdown(shelf.brief("TKL")).decode()
    assert "No figure of Internet use is held for Tokelau, which does not mean that nobody uses it." in text
    assert "| Individuals using the Internet | total | 2.5 |" in text
    assert "0.0" not in text


def test_a_group_names_the_members_of_which_nothing_is_known(shelf):
    assert "For 1 of 3 members no figure of Internet use is held: Tokelau." in forms.markdown(shelf.brief("world")).decode()


def test_a_true_zero_stays_zero(shelf):
    assert "**0.0\u202f% of people use the Internet (2021)" in forms.markdown(shelf.brief("LAO")).decode()


def test_a_brief_from_a_selection_says_so_first(shelf):
    part = dataclasses.replace(shelf, about=dict(shelf.about) | {"is_everything": False, "selection": "until 2025-12-17"})
    for form in ("md", "html"):
        assert "Made from a selection, not from everything held: until 2025-12-17." in forms.FORMS[form](part.brief("CIV")).decode()


@pytest.mark.parametrize("form", forms.FORMS)
def test_the_same_publication_gives_the_same_bytes(shelf, form):
    first = [forms.FORMS[form](shelf.brief(code)) for code in shelf.known.areas]
    forms._typesetter.cache_clear()
    assert [forms.FORMS[form](shelf.brief(code)) for code in reversed(shelf.known.areas)] == first[::-1]


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_pdf_is_tagged_named_and_undated(shelf):
    pdf = forms.pdf(shelf.brief("CIV"))
    assert pages(pdf) == 1
    for said in (b"/Lang", b"/MarkInfo", b"pdfuaid:part", "Côte d’Ivoire".encode(), b"/Alt"):
        assert said in pdf, said
    assert b"CreationDate" not in pdf
    assert b"ModDate" not in pdf


TITLE = "Price of the data-only mobile-broadband basket (5 GB), in PPP$"
NAMES = "St. Vincent and the Grenadines (2019); " * content.MOST_NAMES


def full(name, rows, shares, *cells, said=(), after=()):
    """Return a section whose table has as many rows as there is room for."""
    columns = tuple(content.Column("A head", share=share) for share in shares)
    table = content.Table("What the table shows, told in a line and a half, as captions are; " * 2, columns, (cells,) * rows)
    return content.Section(name, "A heading", said, table, (*after, "On the page areas/VCT.html of the publication: 7 more."))


@pytest.mark.parametrize("kind", ["economy", "group"])
def test_with_every_table_full_a_brief_keeps_to_two_pages(shelf, kind):
    target = "Entry-level fixed broadband costs less than 2 % of monthly GNI per capita in developing countries (Universal connectivity)"
    untold = f"16 targets cannot be judged: {TITLE * 8}"
    missing = "total (last 14.3 %, 2020); rural areas; women; men; urban areas"
    of_economies = [full("not-known", content.MOST_MISSING, (1, 1, 0), TITLE, missing, "9.09", said=("A line.",) * 2, after=(untold,))]
    of_groups = [
        full(
            "computed",
            content.MOST_COMPUTED,
            (1, 0, 0.9, 0, 0, 0),
            TITLE,
            "2025",
            "92.67 % and 93 %",
            "93.09 %",
            "99.54 %",
            "WDI 2026-07-13",
        ),
        content.Section("not-known", "A heading", ("A line.", NAMES, NAMES), after=(untold,)),
    ]
    brief = shelf.brief("CIV")
    sections = (
        full("behind", content.MOST_BEHIND, (1, 0.6, 0.6), f"{TITLE}, 126.5 in 2024", "more than 22 years ahead", "at least 11 years"),
        *(of_economies if kind == "economy" else of_groups),
        full(
            "gaps",
            content.MOST_GAPS,
            (1, 1.5, 0, 0, 0, 0),
            "high income and low income",
            TITLE,
            "2025",
            "85.4 %",
            "58.2 %",
            "published, Data360",
        ),
        full("pace", content.MOST_TARGETS, (1, 0, 0, 0, 0, 0), target, "2030", "35.0 % (2024)", "95 %", "2.46", "moving away"),
        full("revisions", content.MOST_REVISIONS, (1, 0, 0, 0, 0), TITLE, "2023", "35 %", "32.07 %", "WDI 2025-10 to 2026-04-11"),
        brief.sections[-1],
    )
    figures = full("known", content.MOST_FIGURES, (1, 0, 0, 0, 0), TITLE, "57,532,493", "2024", "39 of 46", "Facts and Figures 2025")
    assert pages(forms.pdf(dataclasses.replace(brief, figures=figures, sections=sections))) == 2


def test_a_sign_that_no_font_has_costs_the_standard_and_not_the_brief(shelf):
    pdf = forms.pdf(dataclasses.replace(shelf.brief("CIV"), title="0\u1cd0"))
    assert pages(pdf) == 1
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid" not in pdf


def test_the_html_is_one_file_that_loads_nothing(shelf):
    reading = Reading(forms.html(shelf.brief("CIV")).decode())
    assert reading.all("html", lang="en", dir="ltr")
    assert not reading.all("script", "img", "iframe")
    assert [link["href"] for link in reading.all("link")] == ["data:,"]
    assert "url(" not in reading.all("style")[0]["text"]
    assert [len(reading.all(tag)) for tag in ("main", "h1", "svg")] == [1, 1, 1]


# ---- texts

LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co"])
MARKS = st.sampled_from(" \u202f#*_`<>&|[](){}$\\~-+=.1@!\"'/")
TEXTS = st.text(LETTERS | MARKS)


def named(shelf, text):
    """Return a brief that has a text in its title, a sentence and a cell."""
    brief = shelf.brief("CIV")
    (row, *others) = brief.figures.table.rows
    table = dataclasses.replace(brief.figures.table, rows=((text, *row[1:]), *others))
    figures = dataclasses.replace(brief.figures, said=(text,), table=table)
    return dataclasses.replace(brief, title=f"T {text}", finding=(f"F {text}",), figures=figures)


def shown(inline):
    return "".join(token.content for token in inline.children or [])


@settings(max_examples=60, deadline=None)
@given(text=TEXTS.filter(str.strip))
def test_markdown_shows_a_text_as_it_is_written(shelf, text):
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(forms.markdown(named(shelf, text)).decode())
    inlines = [token for token in tokens if token.type == "inline"]
    assert shown(inlines[0]) == f"T {text}".strip()
    assert text.strip() in [shown(token) for token in inlines[3:6]]  # after title, kind and finding
    cells = [shown(after) for before, after in itertools.pairwise(tokens) if before.type == "td_open"]
    assert cells[0] == text.strip()


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_html_shows_a_text_as_it_is_written(shelf, text):
    reading = Reading(forms.html(named(shelf, text)).decode())
    assert reading.all("h1")[0]["text"] == f"T {text}"
    assert reading.all("td", "th", scope="row")[0]["text"].strip() == text.strip()


@settings(max_examples=25, deadline=None)
@given(text=TEXTS)
def test_typst_takes_no_text_for_markup(shelf, text):
    brief = named(shelf, text)
    assert pages(forms.pdf(brief)) == 1
    title = forms._typesetter().query("heading.where(level: 1)", field="body", one=True)
    assert words(title) == " ".join(f"T {text}".split())


def words(queried):
    """Return the text of what a query of Typst answers: a text, or texts and spaces in a row."""

    def read(content):
        if content["func"] == "text":
            return content["text"]
        return " " if content["func"] == "space" else "".join(map(read, content["children"]))

    return " ".join(read(json.loads(queried)).split())


# ---- which area is meant

AREAS = [
    {"code": code, "name": name, "m49": m49}
    for code, name, m49 in [
        ("KEN", "Kenya", "404"), ("CIV", "Côte d’Ivoire", "384"), ("COD", "Congo, Dem. Rep.", "180"), ("COG", "Congo, Rep.", "178"),
        ("GIN", "Guinea", "324"), ("GNB", "Guinea-Bissau", "624"), ("VNM", "Viet Nam", "704"),
        ("ldc", "Least developed countries", None), ("itu-africa", "Africa (ITU region)", None),
    ]
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *(("KEN", "KEN"), ("ken", "KEN"), ("404", "KEN"), ("kenya", "KEN"), ("COTE D'IVOIRE", "CIV"), ("guinea", "GIN")),
        *(("bissau", "GNB"), ("vietnam", "VNM"), ("LDC", "ldc"), ("least developed", "ldc"), ("africa", "itu-africa")),
        ("Congo Dem Rep", "COD"),
    ],
)
def test_an_area_is_found_by_code_number_name_or_words_that_are_its_own(words, code):
    assert wanted.area(words, AREAS)["code"] == code


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("congo", "'congo' could be COD (Congo, Dem. Rep.) or COG (Congo, Rep.): name one by its code"),
        ("kenia", "no economy or group is called 'kenia'; did you mean KEN (Kenya)?"),
        ("KNE", "no economy or group is called 'KNE'; areas/index.html of the publication lists what there is"),
        ("", "no economy or group is called ''; areas/index.html of the publication lists what there is"),
    ],
)
def test_what_could_be_several_or_is_none_is_refused_with_those_that_are_near(words, message):
    with pytest.raises(wanted.Unclear) as refused:
        wanted.area(words, AREAS)
    assert str(refused.value) == message
