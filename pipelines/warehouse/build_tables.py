"""Making tables: each is what its function, or its query, gives for its inputs as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.contracts.tables import conform
from pipelines.warehouse import queries, register
from pipelines.warehouse.parameters import PARAMETERS
from pipelines.warehouse.read_snapshots import read_snapshots

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.warehouse.parameters import Build


class NotMade(Exception):
    """A table that is needed has not been made; the message says which."""


def make(build: Build, *wanted: str) -> None:
    """Make tables, in the order given, from their inputs as they are.

    Tables that one function gives are made by one call of it, when the first of them is due.

    Raises:
        NotMade: An input is missing.
        SnapshotRefused: A snapshot's bytes are not those that were stored.
        ValueError: No snapshot is left by the selection, or a function refuses its inputs.
    """
    made: set[str] = set()
    for table in wanted:
        if table not in made:
            together = [name for name in wanted if register.are_made_together(name, table)]
            _make(build, together)
            made.update(together)


def make_with_inputs(build: Build, *wanted: str) -> None:
    """Make public tables and all that they are made from."""
    make(build, *register.with_inputs(wanted))


def require(build: Build, tables: Iterable[str]) -> None:
    """Make sure that public tables are there, and make the intermediate ones again if their inputs have changed.

    Raises:
        NotMade: A public or raw table is missing.
    """
    for table in tables:
        if register.is_intermediate(table):
            _make_intermediate(build, table)
        elif table not in build.warehouse.states([table]):
            raise NotMade(f"the table {table} has not been made: materialise it first, or start the job build")


def _make(build: Build, together: list[str]) -> None:
    """Make one table, or those that are made together."""
    table, *_ = together
    if register.is_read_from_files(table):
        read_snapshots(build, together)
        return
    function = register.function_of(table)
    if function is None:
        require(build, register.reads(table))
        build.warehouse.make(table, register.inputs(table))
        return
    result = function(**arguments(build, table))
    for name in together:
        frame = result[name] if isinstance(result, dict) else result
        build.warehouse.write(name, conform(name, frame), register.inputs(name))


def arguments(build: Build, table: str) -> dict[str, Any]:
    """Return what the function of a table is given.

    Raises:
        NotMade: A table that it reads is missing.
    """
    require(build, register.reads(table))
    return {name: _argument(build, name) for name in register.parameters(table)}


def _argument(build: Build, parameter: str) -> Any:
    """Return what a parameter stands for."""
    if parameter in PARAMETERS:
        return PARAMETERS[parameter].read(build)
    if register.is_table(parameter):
        return build.warehouse.read(parameter)
    return build.warehouse.read("indicators").set_index("indicator")[parameter]


def _make_intermediate(build: Build, table: str) -> None:
    """Make an intermediate table, unless this build has made it from the present state of its inputs."""
    present = build.warehouse.states(register.inputs(table))
    if build.warehouse.intermediate.get(table) != present:
        require(build, queries.model(table).reads)
        build.warehouse.make_intermediate(table)
        build.warehouse.intermediate[table] = present
