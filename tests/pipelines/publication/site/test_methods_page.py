"""The page of methods: the method note as HTML."""

import re

import pytest

from indicators.contracts.tables import TABLES
from pipelines.publication.site import method_note, methods_page
from tests.support.html_reading import Reading
from tests.support.small_publication import INFO, NOTE

SMALL = method_note.method_note("""# Methods

What the page says.

<a id="contents"></a>
## Contents

* Part
  * [Gaps](#gaps)

<a id="gaps"></a>
## Gaps
Table: `gaps`

**Answers.** How far apart? See [notation](#notation), [naming](naming.md) and [M49](https://unstats.un.org/unsd/methodology/m49/).

    d = a < b

| measure | formula |
|---|---|
| difference | `a - b` |

### More

| measure | unit |
|---|---|
| ratio | none |

<a id="notation"></a>
## Notation

`p` & `q`.
""")


@pytest.fixture(scope="module")
def small():
    return Reading(methods_page.page(SMALL, INFO))


@pytest.fixture(scope="module")
def whole():
    return Reading(methods_page.page(NOTE, INFO))


def test_a_note_is_an_introduction_contents_and_chapters():
    assert SMALL.introduction == "What the page says."
    assert SMALL.contents == "* Part\n  * [Gaps](#gaps)"
    assert [(chapter.anchor, chapter.title, chapter.table) for chapter in SMALL.chapters] == [
        ("gaps", "Gaps", "gaps"),
        ("notation", "Notation", ""),
    ]
    assert SMALL.chapters[0].address == "methods.html#gaps"
    assert SMALL.chapters[1].text == "`p` & `q`."


def test_a_text_without_chapters_is_all_introduction():
    assert method_note.method_note("# Methods\n\nWords.") == method_note.MethodNote("Words.", "", [])


def test_links_to_chapters_and_the_web_stay_and_a_link_to_a_file_of_the_code_becomes_words(small):
    assert [link["href"] for link in small.all("a") if link["text"] in ("notation", "naming", "M49")] == [
        "#notation",
        "https://unstats.un.org/unsd/methodology/m49/",
    ]
    assert "See notation, naming and M49." in small.visible_text


def test_a_formula_and_a_table_scroll_in_a_box_that_the_keyboard_reaches(small):
    assert small.all("pre", tabindex="0")[0]["text"] == "d = a < b"
    assert [region["aria-label"] for region in small.all("div", role="region")] == ["Gaps: measure, formula", "More: measure, unit"]
    assert [caption["text"] for caption in small.all("caption")] == ["Gaps: measure, formula", "More: measure, unit"]
    assert all(head["scope"] == "col" for head in small.all("th"))


def test_the_chapter_of_a_published_table_leads_to_its_files(small):
    assert [link["href"] for link in small.all("a") if link["href"].startswith("tables/")] == ["tables/gaps.csv", "tables/gaps.parquet"]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_section_with_its_files(whole, table):
    assert whole.all("section", id=table)
    assert whole.all("a", href=f"tables/{table}.csv")


def test_no_name_of_the_code_and_no_markdown_is_on_the_page(whole):
    text = whole.visible_text
    assert not re.search(r"\*\*|\]\(|^#|\bdef\b|\bArgs:|\bReturns:|\bindicators\.\w+", text)
    code = " ".join(element["text"] for element in whole.all("code"))
    assert not re.search(r"\b\w+\.py\b|\bself\b|\bDataFrame\b|\bpd\.", code + text)
