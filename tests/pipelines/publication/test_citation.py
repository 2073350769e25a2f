"""A citation says what was made when of which vintages, in words and for BibTeX."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from pipelines.publication import citation
from tests.support import small_publication

INFO = replace(small_publication.INFO, made_at="2026-11-04T03:00:00Z", git_sha="0123456789ab", code="fedcba987654", run="a1b2")


@pytest.fixture
def tables():
    edition = ["source", "vintage", "published", "file", "citation", "licence"]
    files = [
        ("world-bank-wdi", "2026-07-13", "2026-07-13", "a.csv", "World Bank, series A.", "CC BY 4.0"),
        ("world-bank-wdi", "2026-07-13", "2026-07-13", "b.csv", "World Bank, series B & C.", "CC BY 4.0"),
        ("world-bank-wdi", "2025-10", "2025-10", "a.csv", "World Bank, series A.", "CC BY 4.0"),
        ("itu-facts-and-figures", "2025", "2025-11-17", "aggregates.csv", "ITU, Facts and Figures 2025.", "Figures cited"),
    ]
    sources = {
        "source": ["world-bank-wdi", "itu-facts-and-figures"],
        "title": ["World Development Indicators", "Facts and Figures"],
        "publisher": ["World Bank", "ITU"],
        "url": ["https://example.org/a_b", "https://example.org/c"],
    }
    return {"snapshots": pd.DataFrame(files, columns=edition).assign(is_dated=True), "sources": pd.DataFrame(sources)}


def test_the_sentence_names_the_newest_vintage_of_each_source_the_day_and_the_code(tables):
    assert citation.sentence(tables["snapshots"], INFO) == (
        "Follow-up of the digital-divide figures of A/RES/80/173, made on 4 November 2026 from Facts and Figures 2025, WDI 2026-07-13 "
        "and earlier vintages; code 0123456789ab, run a1b2."
    )


def test_a_vintage_that_nobody_dated_is_not_the_newest_of_its_source(tables):
    added = tables["snapshots"].head(1).assign(vintage="2026-10-01T031500-aaaa", published="2026-10-01", is_dated=False)
    tables["snapshots"] = pd.concat([tables["snapshots"], added])
    assert "from Facts and Figures 2025, WDI 2026-07-13 and earlier vintages" in citation.sentence(tables["snapshots"], INFO)


def test_a_selection_says_so_and_code_without_a_commit_is_named_by_its_fingerprint(tables):
    sentence = citation.sentence(tables["snapshots"], replace(INFO, is_everything=False, selection="until 2025-12-17", git_sha=""))
    assert "(selection: until 2025-12-17); code fedcba987654" in sentence


def test_the_text_has_a_line_for_each_edition_with_all_its_citations(tables):
    lines = [line for line in citation.text(tables, INFO).splitlines() if line.startswith("* ")]
    assert len(lines) == 3
    assert "World Bank, series A. World Bank, series B & C." in "".join(lines)
    assert citation.text(tables, INFO).endswith("Licence of the whole: CC BY 4.0.\n")


def test_bibtex_has_an_entry_each_with_keys_apart_and_braces_in_pairs(tables):
    text = citation.bibtex(tables, INFO)
    keys = re.findall(r"^@misc\{([^,]+),$", text, re.M)
    assert keys == ["digital-divide-2026-11-04", "itu-facts-and-figures-2025", "world-bank-wdi-2025-10", "world-bank-wdi-2026-07-13"]
    assert text.count("{") == text.count("}")
    assert r"series B \& C" in text
    assert "url = {https://example.org/a_b}" in text
