"""The SELECTs of `sql/`: one a file, named as the table it makes; the tables and the conventions each reads are taken from the query."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators import conventions
from pipelines.settings import resource

if TYPE_CHECKING:
    import duckdb


SQL = resource("sql")


@dataclass(frozen=True)
class Query:
    """One SELECT: its name, what it says of itself in its leading comment, its text, the tables it reads, and its parameters.

    A parameter, such as `$published_from`, is a convention of `indicators/conventions.toml`; `parameters` has its value.
    """

    name: str
    description: str
    text: str
    reads: tuple[str, ...]
    parameters: Mapping[str, conventions.Parameter]

    def narrowed(self, clauses: str) -> Query:
        """Return the query that reads this one, with further clauses such as `where year = 2025 limit 5`."""
        return replace(self, text=f"from ({self.text}) {clauses}")


@dataclass(frozen=True)
class Check:
    """A query whose rows are the offenders; its name is the sentence that should hold, its folder the table it guards."""

    table: str
    query: Query

    @property
    def place(self) -> str:
        """Its file, from the root of the project."""
        return f"sql/checks/{self.table}/{self.query.name}.sql"


@cache
def model(name: str) -> Query:
    """Return the query that makes the table `name`."""
    return _query(SQL / f"{name}.sql")


@cache
def head(table: str) -> Query | None:
    """Return the query of `sql/heads/` that picks the rows of `table` to look at first; None where any are as good."""
    path = SQL / "heads" / f"{table}.sql"
    return _query(path) if path.exists() else None


@cache
def page(name: str) -> Query:
    """Return a query of `sql/pages/`: it makes no table, but selects what a page of the site shows from the published ones."""
    return _query(SQL / "pages" / f"{name}.sql")


@cache
def checks() -> tuple[Check, ...]:
    """Return the checks of `sql/checks/`, by the table they guard."""
    return tuple(Check(path.parent.name, _query(path)) for path in sorted((SQL / "checks").glob("*/*.sql")))


def _query(path: Path) -> Query:
    text = path.read_text("utf-8")
    comment = [line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--")]
    tree = _parsed(text)
    return Query(path.stem, " ".join(comment), text, _tables_read(tree), conventions.parameters(sorted(_parameters_named(tree))))


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """Return a connection to no database, for its parser; opened once, because opening costs more than parsing."""
    import duckdb

    return duckdb.connect()


def _parsed(text: str) -> Any:
    """Return DuckDB's own parse tree of a query.

    Raises:
        ValueError: It is not one SELECT that DuckDB understands.
    """
    (tree,) = _parser().execute("select json_serialize_sql(?::varchar)", [text]).fetchall()[0]
    parsed = json.loads(tree)
    if parsed.get("error"):
        raise ValueError(f"not a SELECT that DuckDB understands: {parsed['error_message']}")
    return parsed


def _parameters_named(tree: Any) -> set[str]:
    """Return the names of the parameters in a parse tree."""
    if isinstance(tree, list):
        return set().union(*map(_parameters_named, tree))
    if not isinstance(tree, dict):
        return set()
    found = {str(tree["identifier"])} if tree.get("class") == "PARAMETER" else set()
    return found.union(*map(_parameters_named, tree.values()))


def _tables_read(tree: Any) -> tuple[str, ...]:
    """Return the base tables of a parse tree, in alphabetical order, less the names its CTEs give."""
    tables: set[str] = set()

    def walk(node: Any, named: frozenset[str]) -> None:
        if isinstance(node, list):
            for child in node:
                walk(child, named)
        elif isinstance(node, dict):
            if node.get("type") == "BASE_TABLE" and node["table_name"] not in named:
                tables.add(node["table_name"])
            if node.get("type") == "RECURSIVE_CTE_NODE":
                named = named | {node["cte_name"]}
            # A CTE is known to those after it, and to the query, but not to itself unless it is recursive.
            for entry in node.get("cte_map", {}).get("map", []):
                walk(entry["value"], named)
                named = named | {entry["key"]}
            for name, child in node.items():
                if name != "cte_map":
                    walk(child, named)

    walk(tree, frozenset())
    return tuple(sorted(tables))
