"""The database: the only module that opens it.

A build writes its tables to a private file, one after the other; users only ever see whole, checked copies of it. Each table remembers
which state of its inputs it was made from, so that a publication made of old and new parts is refused.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.contracts.tables import TABLES, column_meanings, row_meaning
from pipelines.warehouse import queries

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

#: Bookkeeping of the build: not a table of anybody's.
_WRITTEN = "_written"


class Busy(Exception):
    """Another build holds the warehouse; the message is one clear line."""


class CannotRead(Exception):
    """A published database cannot be read, or lacks the table or column requested; the message is DuckDB's."""


class MixedVintages(Exception):
    """A table was made from an input that has been made again since then; the message says which and what to do."""


class Warehouse:
    """The build database of one data home."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: duckdb.DuckDBPyConnection | None = None
        #: Of each intermediate table made since this object was made: the state of each of its inputs then.
        self.intermediate: dict[str, dict[str, int]] = {}

    @contextmanager
    def held(self) -> Iterator[Warehouse]:
        """Hold the warehouse for one build, on one connection; the lock goes with the process, so that a killed build leaves none behind.

        Raises:
            Busy: Another process holds it.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with (self.path.parent / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(f"another build is at work in {self.path.parent}; wait for it to end, then start again") from None
            self._open = self._opened()
            try:
                yield self
            finally:
                self._open.close()
                self._open = None

    def _opened(self) -> duckdb.DuckDBPyConnection:
        """Open the build database; one that cannot be opened is given up, because a build makes all of it again."""
        import duckdb

        try:
            return duckdb.connect(str(self.path))
        except duckdb.Error as error:
            if "Could not set lock" in str(error):
                raise Busy(f"{self.path} is open in another program; close it there, then start again") from None
            for leftover in (self.path, self.path.with_name(self.path.name + ".wal")):
                leftover.unlink(missing_ok=True)
            return duckdb.connect(str(self.path))

    @contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give the connection of the build, or outside a build one of its own, closed whatever happens."""
        if self._open is not None:
            yield self._open
            return
        import duckdb

        connection = duckdb.connect(str(self.path))
        try:
            yield connection
        finally:
            connection.close()

    def read(self, table: str) -> pd.DataFrame:
        """Return a whole table."""
        return self.query(f"from {_quoted(table)}")

    def query(self, select: str | queries.Query, parameters: list[Any] | None = None) -> pd.DataFrame:
        """Return what a SELECT gives; text comes as pandas' own text type."""
        with self.connect() as connection:
            return _frame(connection, select, parameters)

    def write(self, table: str, frame: pd.DataFrame, made_from: Iterable[str] = ()) -> None:
        """Put `frame` in the place of `table`."""
        with self.connect() as connection:
            connection.register("incoming", frame)
            self._replace(connection, table, "from incoming", made_from)
            connection.unregister("incoming")

    def append(self, table: str, frame: pd.DataFrame) -> None:
        """Add the rows of `frame` to `table`, by column name."""
        with self.connect() as connection:
            connection.register("incoming", frame)
            connection.execute(f"insert into {_quoted(table)} by name from incoming")
            connection.unregister("incoming")

    def make(self, table: str, made_from: Iterable[str] | None = None) -> None:
        """Make `table` by its SELECT in `sql/`; by default it is made from the tables that its SELECT reads."""
        query = queries.model(table)
        with self.connect() as connection:
            self._replace(connection, table, query, query.reads if made_from is None else made_from)

    def make_intermediate(self, table: str) -> None:
        """Make a table that only other tables are made from by its SELECT in `sql/`."""
        with self.connect() as connection:
            _create(connection, table, queries.model(table))

    def states(self, tables: Iterable[str]) -> dict[str, int]:
        """Return the state of tables, for those that have been written; it is another number each time a table is written."""
        with self.connect() as connection:
            present = _states(connection)
        return {table: present[table] for table in tables if table in present}

    def record(self, table: str, made_from: Iterable[str]) -> None:
        """Record that `table`, whose rows are there, was made from the present state of its inputs."""
        with self.connect() as connection:
            connection.begin()
            self._record(connection, table, made_from)
            connection.commit()

    def has(self, table: str) -> bool:
        """Return whether the build has that table."""
        return self.path.exists() and not self.query("select 1 from duckdb_tables() where table_name = ?", [table]).empty

    def offenders(self, check: queries.Check, limit: int = 50) -> pd.DataFrame:
        """Return the first rows of a check; none means that it holds."""
        return self.query(check.query.narrowed(f"limit {limit}"))

    def require_one_state(self, tables: Iterable[str]) -> None:
        """Make sure that each table was made from the present state of its inputs.

        Raises:
            MixedVintages: One was not, or is missing.
        """
        wanted = list(tables)
        if not self.has(_WRITTEN):
            raise MixedVintages(f"{self.path} holds no tables yet: materialise everything before publishing")
        written = self.query(f"select table_name, state, input, input_state from {_WRITTEN}")
        present = dict(zip(written["table_name"], written["state"], strict=True))
        for table in wanted:
            if table not in present:
                raise MixedVintages(f"{table} has not been made: materialise it, and what depends on it, before publishing")
        for row in written[written["table_name"].isin(wanted)].dropna(subset=["input"]).itertuples():
            if present.get(str(row.input)) != row.input_state:
                raise MixedVintages(
                    f"{row.table_name} was made from an older {row.input}: materialise {row.table_name}, "
                    "and what depends on it, before publishing"
                )

    def export(self, tables: list[str], target: Path) -> None:
        """Write a compact copy of `tables` with their comments to a new database file, closed and without a separate log."""
        with self.connect() as connection:
            connection.execute(f"attach {_text(str(target))} as target")
            for table in tables:
                connection.execute(f"create table target.{_quoted(table)} as from {_quoted(table)}")
                _comment(connection, table, f"target.{_quoted(table)}")
            connection.execute("checkpoint target")
            connection.execute("detach target")

    def export_files(self, tables: list[str], folder: Path) -> None:
        """Write each table as CSV and as Parquet."""
        with self.connect() as connection:
            for table in tables:
                for options, form in (("format csv, header", "csv"), ("format parquet, compression zstd", "parquet")):
                    connection.execute(f"copy {_quoted(table)} to {_text(str(folder / f'{table}.{form}'))} ({options})")

    def _replace(self, connection: duckdb.DuckDBPyConnection, table: str, select: str | queries.Query, made_from: Iterable[str]) -> None:
        connection.begin()
        try:
            _create(connection, table, select)
            self._record(connection, table, made_from)
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    def _record(self, connection: duckdb.DuckDBPyConnection, table: str, made_from: Iterable[str]) -> None:
        states = _states(connection)
        state = max(states.values(), default=0) + 1
        connection.execute(f"delete from {_WRITTEN} where table_name = ?", [table])
        inputs: list[str | None] = [*sorted(made_from)] or [None]
        for name in inputs:
            connection.execute(f"insert into {_WRITTEN} values (?, ?, ?, ?)", [table, state, name, states.get(name) if name else None])


@dataclass(frozen=True)
class Published:
    """A published database, asked as a build is; nothing can be written to it."""

    path: Path

    def read(self, table: str) -> pd.DataFrame:
        """Return a whole table."""
        return self.query(f"from {_quoted(table)}")

    def query(self, select: str | queries.Query, parameters: list[Any] | None = None) -> pd.DataFrame:
        """Return what a SELECT gives."""
        return read_published(self.path, select, parameters)


def read_published(database: Path, select: str | queries.Query, parameters: list[Any] | None = None) -> pd.DataFrame:
    """Run a SELECT on a published database, read-only, and let go of it at once.

    Raises:
        CannotRead: There is no such database, or it lacks the table or column requested.
    """
    import duckdb

    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            return _frame(connection, select, parameters)
    except duckdb.Error as error:
        raise CannotRead(str(error)) from error


def _frame(connection: duckdb.DuckDBPyConnection, select: str | queries.Query, parameters: list[Any] | None) -> pd.DataFrame:
    text, conventions = _text_and_conventions(select)
    frame: pd.DataFrame = connection.sql(text, params=parameters or conventions or None).to_arrow_table().to_pandas()
    return frame


def _create(connection: duckdb.DuckDBPyConnection, table: str, select: str | queries.Query) -> None:
    text, conventions = _text_and_conventions(select)
    connection.execute(f"create or replace table {_quoted(table)} as {text}", conventions)


def _text_and_conventions(select: str | queries.Query) -> tuple[str, dict[str, Any]]:
    """Return the text of a SELECT, and the conventions that a query of `sql/` names; such a query has no other parameters."""
    return (select, {}) if isinstance(select, str) else (select.text, dict(select.parameters))


def _states(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the state of each table that has been written."""
    connection.execute(f"create table if not exists {_WRITTEN} (table_name varchar, state bigint, input varchar, input_state bigint)")
    return dict(connection.execute(f"select table_name, max(state) from {_WRITTEN} group by table_name").fetchall())


def _comment(connection: duckdb.DuckDBPyConnection, table: str, target: str) -> None:
    """Write what the contract says of a table and its columns into a database; a table made again has lost its comments."""
    if table not in TABLES:
        return
    connection.execute(f"comment on table {target} is {_text('One row: ' + row_meaning(table))}")
    for column, meaning in column_meanings(table).items():
        connection.execute(f"comment on column {target}.{_quoted(column)} is {_text(meaning)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def dated(warehouse: Warehouse | Published, table: str) -> pd.DataFrame:
    """Return the rows of a table that are of dated vintages, with what `editions` says of them.

    `rank_by_age` is the place of the vintage by age, 1 for the newest, missing where the vintage that a row names is not held; of
    `observations`, `is_excerpt` says whether the edition is one. Undated vintages are no evidence and never the newest; what is current has
    been chosen with that in mind, so that no row of it is left out.
    """
    rows = warehouse.read(table)
    if not {"source", "vintage"} <= set(rows):
        return rows
    of_vintage = warehouse.query("select distinct source, vintage, rank_by_age, is_dated from editions")
    rows = rows.merge(of_vintage, on=["source", "vintage"], how="left")
    is_kept = rows["is_dated"].ne(False) | (table == "current_observations")
    rows = rows[is_kept].drop(columns="is_dated").reset_index(drop=True)
    if table != "observations":
        return rows
    series = ["source", "vintage", "indicator", "area_kind", "sex", "locality", "age"]
    return rows.merge(warehouse.query(f"select {', '.join(series)}, is_excerpt from editions"), on=series, how="left")
