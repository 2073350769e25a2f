"""The register of tables: what makes each table, and from what, read off the parameters of its function or off its query.

A public table is declared on its contract in `indicators/contracts/`. It is made by the function named there, or by `sql/<table>.sql`.
A parameter of such a function is named after what it reads: a table, a column of the table `indicators` (then given by indicator), or
an entry of `PARAMETERS` in `pipelines.warehouse.parameters`. Tables that only queries make and that are not published are *intermediate*:
they are made again where a public table needs them, and are never part of the graph.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import indicators
from indicators.contracts.declarations import Layer
from indicators.contracts.tables import DECLARATIONS, column_types
from pipelines.warehouse import queries
from pipelines.warehouse.parameters import PARAMETERS
from pipelines.warehouse.read_snapshots import read_snapshots
from pipelines.warehouse.selection import RAW_TABLES

#: Where the package `indicators` is installed.
_CODE = Path(indicators.__file__).parents[1]

#: The layers of tables, in the order in which they are made; those of the others are written with the publication.
LAYERS = (Layer.REGISTRIES, Layer.RAW, Layer.CORE, Layer.MEASURES, Layer.CLAIMS)


def tables(*layers: Layer) -> list[str]:
    """Return the public tables of layers, and the raw ones if that is one of them, each after those it is made from."""
    public = [name for name, declared in DECLARATIONS.items() if declared.layer in layers]
    return in_order([*public, *(RAW_TABLES.values() if Layer.RAW in layers else ())])


def function_of(table: str) -> Callable[..., Any] | None:
    """Return the function that makes a table; None where a query, or no table at all, makes it."""
    declared = DECLARATIONS.get(table)
    if declared is None or not declared.made_by:
        return None
    module, _, name = declared.made_by.rpartition(".")
    function: Callable[..., Any] = getattr(importlib.import_module(f"indicators.{module}"), name)
    return function


@cache
def parameters(table: str) -> tuple[str, ...]:
    """Return the names of what the function of a table is given; none where a query makes it.

    Raises:
        ValueError: A parameter without a default is neither a table nor anything else that can be read.
    """
    function = function_of(table)
    if function is None:
        return ()
    found = []
    for name, parameter in inspect.signature(function).parameters.items():
        if is_table(name) or name in column_types("indicators") or name in PARAMETERS:
            found.append(name)
        elif parameter.default is inspect.Parameter.empty:
            raise ValueError(
                f"indicators.{DECLARATIONS[table].made_by}: no table, no column of the table indicators and no entry of "
                f"pipelines.warehouse.parameters is called {name}; name the parameter after what it reads"
            )
    return tuple(found)


def are_made_together(one: str, other: str) -> bool:
    """Return whether two tables are one, or are given by one call of one function."""
    if is_read_from_files(one) or function_of(one) is None:
        return one == other or (is_read_from_files(one) and is_read_from_files(other))
    return function_of(one) is function_of(other)


def is_read_from_files(table: str) -> bool:
    """Return whether a table holds what the stored files hold: `snapshots`, and the raw tables."""
    return table == "snapshots" or table in RAW_TABLES.values()


def is_table(name: str) -> bool:
    """Return whether a build has a table of that name: public, raw or intermediate."""
    return name in DECLARATIONS or name in RAW_TABLES.values() or is_intermediate(name)


@cache
def is_intermediate(name: str) -> bool:
    """Return whether a table is made by its query alone, for others to read, and is not published."""
    return name not in DECLARATIONS and (queries.SQL / f"{name}.sql").exists()


@cache
def reads(table: str) -> tuple[str, ...]:
    """Return the tables that a table is made from directly, intermediate ones among them."""
    if table in RAW_TABLES.values():
        return ("snapshots",)
    if (queries.SQL / f"{table}.sql").exists():
        return queries.model(table).reads
    found: list[str] = []
    for name in parameters(table):
        if name in PARAMETERS:
            found.extend(PARAMETERS[name].reads)
        else:
            found.append(name if is_table(name) else "indicators")
    # The registry behind a table, given to the function that writes that table, is no input of it.
    return tuple(dict.fromkeys(name for name in found if name != table))


@cache
def inputs(table: str) -> tuple[str, ...]:
    """Return the public and raw tables that a table is made from, through the intermediate ones: its upstream assets."""
    found: set[str] = set()
    for name in reads(table):
        found |= set(inputs(name)) if is_intermediate(name) else {name}
    return tuple(sorted(found))


def in_order(wanted: Iterable[str]) -> list[str]:
    """Return tables, each after those of them that it is made from; else as they are given."""
    asked = list(wanted)
    return [name for name in _with_all_inputs(asked) if name in asked]


def with_inputs(wanted: Iterable[str]) -> list[str]:
    """Return tables and all that they are made from, each after its inputs; no intermediate ones."""
    return list(_with_all_inputs(wanted))


def _with_all_inputs(wanted: Iterable[str]) -> dict[str, None]:
    found: dict[str, None] = {}

    def add(table: str) -> None:
        if table not in found:
            for name in inputs(table):
                add(name)
            found[table] = None

    for table in wanted:
        add(table)
    return found


def made_in(table: str) -> str:
    """Return the file that decides the rows of a public table of a layer: where to look first if they are wrong."""
    if is_read_from_files(table):
        return read_snapshots.__module__.replace(".", "/") + ".py"
    made_by = DECLARATIONS[table].made_by
    if not made_by:
        return f"sql/{table}.sql"
    module = Path("indicators", *made_by.split(".")[:-1]).with_suffix(".py")
    # A registry is a file of its name in the folder of the code that reads it.
    registries = [module.with_name(table).with_suffix(form) for form in (".toml", ".csv") if not inputs(table)]
    return next((path for path in registries if (_CODE / path).exists()), module).as_posix()


@cache
def upstream(table: str) -> tuple[str, ...]:
    """Return what a table is made from, and the tables of earlier layers that its checks compare it with."""
    compared = {name for check in queries.checks() if check.table == table for name in check.query.reads if name in DECLARATIONS}
    earlier = {name for name in compared if list(Layer).index(DECLARATIONS[name].layer) < list(Layer).index(DECLARATIONS[table].layer)}
    return tuple(sorted({*inputs(table), *earlier}))


def intermediate(wanted: Iterable[str]) -> list[str]:
    """Return the intermediate tables that tables are made from, directly or through others."""
    found: dict[str, None] = {}

    def add(table: str) -> None:
        for name in reads(table):
            if is_intermediate(name) and name not in found:
                add(name)
                found[name] = None

    for table in wanted:
        add(table)
    return list(found)
