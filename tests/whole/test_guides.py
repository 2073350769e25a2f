"""The how-to guides do what they say: each is followed, block by block, in a copy of the project.

Following a guide builds the whole, so it is a long test; what a guide touches, and that its blocks are well formed, is tested always.
"""

from __future__ import annotations

import re

import pytest

from tests.support.guides import GUIDES, Copy, files, steps

#: Into how many files of the project one may have to write, at most: the promise that adding a thing touches little.
MOST_FILES = {"add-an-indicator": 1, "add-a-claim": 1, "add-a-table": 2, "add-a-chart": 2, "add-a-source": 3}

#: What is not part of the project: files that a rehearsal brings.
BROUGHT = re.compile(r"[^/]+\.(csv|env)$")


def of_the_project(guide: str) -> list[str]:
    """The files of the project that a guide touches."""
    return [path for path in files(guide) if not BROUGHT.match(path)]


@pytest.fixture
def copy(tmp_path) -> Copy:
    return Copy(tmp_path / "project")


def asked(copy: Copy, query: str) -> list[tuple[object, ...]]:
    """What the published database of a copy answers."""
    import duckdb

    with duckdb.connect(copy.folder / "data" / "publication" / "digital_divide.duckdb", read_only=True) as database:
        return database.sql(query).fetchall()


# ---- what is tested always


@pytest.mark.parametrize("guide", MOST_FILES)
def test_a_guide_touches_no_more_files_than_promised(guide):
    assert 1 <= len(of_the_project(guide)) <= MOST_FILES[guide], of_the_project(guide)


@pytest.mark.parametrize("guide", [path.stem for path in sorted(GUIDES.glob("*.md"))])
def test_every_guide_has_a_test_that_follows_it(guide):
    followed = {name.removeprefix("test_how_to_").replace("_", "-") for name in globals() if name.startswith("test_how_to_")}
    assert guide in followed


@pytest.mark.parametrize("guide", [path.stem for path in sorted(GUIDES.glob("*.md"))])
def test_a_guide_runs_no_command_from_outside_the_project(guide):
    for step in steps(guide):
        if not step.path:
            assert "sudo" not in step.content
            assert "/home/" not in step.content


# ---- what is followed


@pytest.mark.long
def test_how_to_add_an_indicator(copy):
    copy.follow("add-an-indicator")
    found = "select area, value, unit, source, vintage from current_observations where indicator = 'electricity_access' order by area"
    assert asked(copy, found) == [
        ("ABW", 99.5, "%", "world-bank-wdi", "2026-09-01"),
        ("NAM", 56.5, "%", "world-bank-wdi", "2026-09-01"),
        ("NER", 20.5, "%", "world-bank-wdi", "2026-09-01"),
    ]
    # Its group figures stand beside those of the other indicators, with how little is behind them.
    world = "select publishable from aggregates where indicator = 'electricity_access' and group_name = 'world' and rule = 'renormalised'"
    assert set(asked(copy, world)) == {("not published",)}
    assert "Access to electricity" in (copy.folder / "data/publication/indicators/electricity_access.html").read_text("utf-8")
    labels = "select label, status from labels where kind = 'indicator' and key = 'electricity_access' and language = 'fr'"
    assert asked(copy, labels) == [("Access to electricity", "missing, shown in English")]


@pytest.mark.long
def test_how_to_add_a_claim(copy):
    copy.follow("add-a-claim")
    # 4G covers 93 per cent of people as printed, so that 7 per cent are without; a third is 30.83 to 35.83.
    verdicts = "select moment, verdict, value from verdicts where claim = 'third-without-4g' and basis = 'published' order by moment"
    assert asked(copy, verdicts) == [("at adoption", "not supported", 7.0), ("now", "not supported", 7.0)]
    assert asked(copy, "select claim_b from claim_conflicts where claim_a = 'third-without-4g'") == [("covered-by-4g",)]
    assert asked(copy, "select reviewed from claims where claim = 'third-without-4g'") == [("not supported",)]
