"""The method note: its form, its links, and that it is for readers of figures and not of code."""

import re

import pytest

from tests.support.paths import PROJECT

TEXT = (PROJECT / "docs" / "methods.md").read_text("utf-8")
ANCHORS = re.findall(r'^<a id="(\w+)"></a>\n## ', TEXT, re.MULTILINE)
CHAPTERS = dict(re.findall(r'^<a id="(\w+)"></a>\n(## .*?)(?=^<a id=|\Z)', TEXT, re.MULTILINE | re.DOTALL))
OF_TABLES = [anchor for anchor, chapter in CHAPTERS.items() if re.match(rf"## .+\nTable: `{anchor}`\n", chapter)]
#: Formulas, table names and addresses are no prose.
PROSE = re.sub(r"`[^`]*`|\]\([^)]*\)|<a id=[^>]*>|https?://\S+|^    .*$", "", TEXT, flags=re.MULTILINE)


def test_each_chapter_has_an_anchor_of_its_own_and_each_link_leads_to_one():
    assert len(ANCHORS) == len(set(ANCHORS)) == TEXT.count("\n## ")
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= set(ANCHORS)


@pytest.mark.parametrize("table", OF_TABLES)
def test_the_chapter_of_a_table_says_what_it_answers_how_in_which_unit_and_within_which_limits(table):
    parts = set(re.findall(r"\*\*([A-Z][a-z ]+)\.\*\*", CHAPTERS[table]))
    assert {"Answers", "Unit", "Conventions", "Missing data", "Source", "Limits"} <= parts
    assert {"Formula", "Rule"} & parts


def test_the_contents_list_every_chapter_once_and_in_order():
    assert re.findall(r"\]\(#(\w+)\)", CHAPTERS["contents"]) == [anchor for anchor in ANCHORS if anchor != "contents"]


def test_docstrings_lead_to_chapters_that_there_are():
    named = {
        anchor
        for path in (PROJECT / "indicators").rglob("*.py")
        for anchor in re.findall(r"docs/methods\.md#(\w+)", path.read_text("utf-8"))
    }
    assert named
    assert named <= set(ANCHORS)


def test_no_name_of_the_code_is_in_the_prose():
    assert re.findall(r"\b[a-z]\w*_\w+\b", PROSE) == []
