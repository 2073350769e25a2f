"""SQL writes words of vocabularies as literals; each is a word that the contract of its column allows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicators.contracts.tables import TABLES
from pipelines.warehouse.queries import SQL

QUERIES = sorted(SQL.rglob("*.sql"))


def vocabularies() -> dict[str, set[str]]:
    """The words that each column may hold, by its name, over all tables that have a column of the name."""
    words: dict[str, set[str]] = defaultdict(set)
    for contract in TABLES.values():
        for name, column in contract.to_schema().columns.items():
            for check in column.checks:
                words[name] |= set(check.statistics.get("allowed_values", ()))
    return {name: allowed for name, allowed in words.items() if allowed}


def literals(text: str) -> list[tuple[str, str]]:
    """The columns of a query that are compared with a quoted word, or are made of one, each with the word."""
    row = duckdb.connect().execute("select json_serialize_sql($1)", [text]).fetchall()
    parsed = json.loads(row[0][0])
    assert not parsed["error"], parsed
    return list(_literals(parsed["statements"]))


def _literals(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for child in node:
            yield from _literals(child)
    if not isinstance(node, dict):
        return
    sides = []
    if node.get("class") == "COMPARISON" and node["type"] in ("COMPARE_EQUAL", "COMPARE_NOTEQUAL", "COMPARE_DISTINCT_FROM"):
        sides = [node["left"], node["right"]]
    elif node.get("type") in ("COMPARE_IN", "COMPARE_NOT_IN"):
        sides = node["children"]
    columns = [side["column_names"][-1] for side in sides if side.get("class") == "COLUMN_REF"]
    words = [word for side in sides if (word := _word(side)) is not None]
    yield from ((column, word) for column in columns for word in words)
    if node.get("alias") and (word := _word(node)) is not None:
        yield node["alias"], word
    for child in node.values():
        yield from _literals(child)


def _word(node: dict[str, Any]) -> str | None:
    """The text of a quoted constant; None of anything else."""
    literal = node.get("literal", {}) if node.get("class") == "CONSTANT" else {}
    return literal["text"] if literal.get("kind") == "STRING" else None


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: str(path.relative_to(SQL)))
def test_every_quoted_word_is_one_of_the_vocabulary_of_its_column(path: Path):
    allowed = vocabularies()
    strange = [(column, word) for column, word in literals(path.read_text("utf-8")) if word not in allowed.get(column, {word})]
    assert strange == []


def test_words_are_found_where_a_column_is_compared_chosen_from_a_list_or_made():
    query = """
        select 'computed' as basis, case kind when 'changed' then 1 end as one
        from observations where area_kind = 'economy' and verdicts.sex in ('all', 'female') and nature <> 'estimate' and note is not null
    """
    assert sorted(literals(query)) == [
        ("area_kind", "economy"),
        ("basis", "computed"),
        ("kind", "changed"),
        ("nature", "estimate"),
        ("sex", "all"),
        ("sex", "female"),
    ]


def test_the_test_has_something_to_look_at():
    found = {column for path in QUERIES for column, _ in literals(path.read_text("utf-8"))}
    assert {"basis", "membership", "rule", "publishable", "sex", "kind"} <= found & set(vocabularies())
