"""Tests lie as the code does, and no test module imports another: what they share is in `tests/support/`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.paths import PROJECT

TESTS = PROJECT / "tests"
MODULES = sorted(TESTS.rglob("test_*.py"))

#: Folders whose tests are of no single package: the site and the UI in a browser, and the project as a whole.
OF_NO_PACKAGE = {Path("browser"), Path("whole")}


def imported_names(source: str) -> set[str]:
    """Return every dotted name that a source imports; of `from a import b`, both `a` and `a.b`."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return names


def imported_test_modules(source: str) -> list[str]:
    """Return the test modules, and the conftest, that a source imports by name or by a relative path."""
    own = {".".join(path.relative_to(PROJECT).with_suffix("").parts) for path in (*MODULES, *TESTS.rglob("conftest.py"))}
    return sorted(name for name in imported_names(source) if name in own or name.startswith("."))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(TESTS)))
def test_a_test_module_imports_no_other(path):
    assert imported_test_modules(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from tests.whole.test_docs import a", ["tests.whole.test_docs"]),
        ("from tests.whole import test_docs", ["tests.whole.test_docs"]),
        ("import tests.whole.test_docs as docs", ["tests.whole.test_docs"]),
        ("def f():\n    from tests import conftest", ["tests.conftest"]),
        ("from .test_docs import a", [".test_docs", ".test_docs.a"]),
        ("from tests.support.paths import PROJECT\nimport pytest", []),
    ],
)
def test_an_import_of_a_test_module_is_found_in_every_form(source, found):
    assert imported_test_modules(source) == found


@pytest.mark.parametrize("folder", sorted({path.parent.relative_to(TESTS) for path in MODULES}), ids=str)
def test_each_folder_of_tests_mirrors_a_package_or_the_folder_of_queries(folder):
    if folder not in OF_NO_PACKAGE:
        assert any((PROJECT / folder).glob("*.sql" if folder == Path("sql") else "*.py")), f"there is no {folder}/ to mirror"
