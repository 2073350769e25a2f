"""No table without its chapter of the method note, a test that works its rows out by hand, and a check in SQL."""

from __future__ import annotations

import ast
import re
import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from indicators.contracts.declarations import Layer
from indicators.contracts.tables import DECLARATIONS
from pipelines.publication.site.method_note import method_note
from pipelines.warehouse.queries import SQL
from tests.support.paths import PROJECT

METHODS = (PROJECT / "docs" / "methods.md").read_text("utf-8")
CHECKS = SQL / "checks"
#: Each test that is marked `@pytest.mark.worked("table")` is one of the table's.
MARK = "worked"


def worked_by_hand(folder: Path) -> dict[str, set[str]]:
    """Return the tests that work a table out by hand, by table, as read off their files: nothing is run."""
    tests: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.rglob("test_*.py")):
        for test in ast.parse(path.read_text("utf-8")).body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                for table in _marked(test):
                    tests[table].add(f"{path.relative_to(folder)}::{test.name}")
    return dict(tests)


def _marked(test: ast.FunctionDef) -> list[str]:
    """Return the tables that the marks of a test name."""
    marks = [mark for mark in test.decorator_list if isinstance(mark, ast.Call) and ast.unparse(mark.func) == f"pytest.mark.{MARK}"]
    return [ast.literal_eval(argument) for mark in marks for argument in mark.args]


#: The tests of the project that work a table out by hand.
WORKED = worked_by_hand(PROJECT / "tests")


def missing(table: str, methods: str = METHODS, worked: Mapping[str, set[str]] = WORKED, checks: Path = CHECKS) -> list[str]:
    """Return what a table lacks, each with what to do about it."""
    found = []
    if table not in {chapter.table for chapter in method_note(methods).chapters}:
        found.append(f'a chapter in docs/methods.md: <a id="{table}"></a>, a heading, and the line "Table: `{table}`"')
    if table not in worked:
        found.append(f'a test with values worked by hand, marked @pytest.mark.{MARK}("{table}")')
    # What is written with the publication comes after the checks of the build.
    if DECLARATIONS[table].layer is not Layer.PUBLICATION and not list((checks / table).glob("*.sql")):
        found.append(f"a check in sql/checks/{table}/")
    return found


@pytest.mark.parametrize("table", DECLARATIONS)
def test_every_table_has_its_chapter_a_test_worked_by_hand_and_a_check_in_sql(table):
    assert missing(table) == []


@pytest.mark.parametrize("table", WORKED)
def test_what_is_worked_by_hand_is_a_table_and_its_test_uses_what_makes_it(table):
    maker = DECLARATIONS[table].made_by.rpartition(".")[2] or table
    for test in WORKED[table]:
        assert re.search(rf"\b{maker}\b", (PROJECT / "tests" / test.partition("::")[0]).read_text("utf-8")), test


# ---- that it fails where something is missing


def test_a_table_without_a_chapter_is_named():
    # The anchor and the heading alone are not enough: the line with the name of the table ties the chapter to it.
    without = METHODS.replace("Table: `gaps`\n", "")
    assert missing("gaps", methods=without) == ['a chapter in docs/methods.md: <a id="gaps"></a>, a heading, and the line "Table: `gaps`"']
    assert missing("inequality", methods=without) == []


def test_a_table_without_a_test_worked_by_hand_is_named(tmp_path):
    source = (PROJECT / "tests" / "indicators" / "measures" / "test_gaps.py").read_text("utf-8")
    (tmp_path / "test_gaps.py").write_text(source)
    assert missing("gaps", worked=worked_by_hand(tmp_path)) == []
    (tmp_path / "test_gaps.py").write_text(source.replace('@pytest.mark.worked("gaps")\n', ""))
    assert missing("gaps", worked=worked_by_hand(tmp_path)) == ['a test with values worked by hand, marked @pytest.mark.worked("gaps")']


def test_a_mark_in_a_comment_or_on_a_helper_is_no_test(tmp_path):
    (tmp_path / "test_some.py").write_text('# @pytest.mark.worked("gaps")\n\n\n@pytest.mark.worked("gaps")\ndef helper():\n    pass\n')
    assert worked_by_hand(tmp_path) == {}


def test_one_test_may_work_two_tables_out(tmp_path):
    (tmp_path / "test_some.py").write_text('@pytest.mark.worked("observations", "quarantine")\ndef test_both():\n    pass\n')
    assert worked_by_hand(tmp_path) == {name: {"test_some.py::test_both"} for name in ("observations", "quarantine")}


def test_a_table_without_a_check_is_named(tmp_path):
    shutil.copytree(CHECKS, tmp_path / "checks")
    assert missing("gaps", checks=tmp_path / "checks") == []
    for path in (tmp_path / "checks" / "gaps").iterdir():
        path.unlink()
    assert missing("gaps", checks=tmp_path / "checks") == ["a check in sql/checks/gaps/"]
