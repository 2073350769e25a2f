"""A build in order: each table is made, then checked as soon as all that its checks read is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.contracts.declarations import Layer
from pipelines.warehouse import build_tables, checks, register

if TYPE_CHECKING:
    from pipelines.warehouse.checks import Outcome, TableCheck
    from pipelines.warehouse.parameters import Build


@dataclass(frozen=True)
class Made:
    """A table was made."""

    table: str


@dataclass(frozen=True)
class Checked:
    """A check has looked."""

    check: TableCheck
    outcome: Outcome


def make_and_check(build: Build, tables: Iterable[str], wanted_checks: Iterable[TableCheck]) -> Iterator[Made | Checked]:
    """Make tables and check them, and yield what happened as it happens.

    A table is not made where a blocking check of what it is made from has failed; nor are checks that would read it.

    Args:
        build: The build.
        tables: The tables to make, each after those it is made from.
        wanted_checks: The checks to run: of these tables, or of tables that are there.
    """
    to_make, pending = list(tables), list(wanted_checks)
    unsound: set[str] = set()
    while to_make or pending:
        for check in [check for check in pending if not {check.table, *check.reads} & {*to_make, *unsound}]:
            pending.remove(check)
            outcome = check.outcome(build)
            yield Checked(check, outcome)
            if check.is_blocking and not outcome.passed:
                unsound.add(check.table)
        for table in to_make:
            if unsound & set(register.upstream(table)):
                unsound.add(table)
        to_make = [table for table in to_make if table not in unsound]
        pending = [check for check in pending if not {check.table, *check.reads} & unsound]
        if to_make:
            together = [table for table in to_make if register.are_made_together(table, to_make[0])]
            build_tables.make(build, *together)
            to_make = [table for table in to_make if table not in together]
            yield from (Made(table) for table in together)


def make_layers(build: Build, *layers: Layer) -> Iterator[Made | Checked]:
    """Make and check all tables of layers, by default of all, and yield what happened as it happens."""
    tables = [table for layer in layers or register.LAYERS for table in register.tables(layer)]
    yield from make_and_check(build, tables, [check for table in tables for check in checks.checks_of(table)])
