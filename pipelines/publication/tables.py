"""How pages, briefs and files read the published tables: what is asked of a database, and frames as typed rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, get_args, get_type_hints

if TYPE_CHECKING:
    import pandas as pd

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


class Tables(Protocol):
    """The tables of one publication, wherever they are stored."""

    def read(self, table: str) -> pd.DataFrame:
        """Return a whole table."""

    def page(self, query: str) -> pd.DataFrame:
        """Return what the query `sql/pages/<query>.sql` selects from the tables."""


def typed_rows(table: pd.DataFrame, row_type: type[Row]) -> list[Row]:
    """Return the rows of a table as dataclasses; columns that the dataclass does not name are left out.

    Args:
        table: A frame with a column for each field of `row_type`.
        row_type: A dataclass; its annotations say how each cell is read: `int`, `float`, `str`, `bool`, or one of them or None.

    Returns:
        One entry a row, in order. A missing value is None: a template would take NaN for true.

    Raises:
        ValueError: A column is absent, or has a missing value in a field that may not be None.
    """
    columns = []
    for name, read, may_be_missing in _fields(row_type):  # type: ignore[arg-type]  # mypy takes a generic class for unhashable
        if name not in table:
            raise ValueError(f"{row_type.__name__} needs the column {name}, which the table does not have")
        column = table[name]
        is_missing = column.isna()
        if not may_be_missing and is_missing.any():
            raise ValueError(f"{row_type.__name__} needs a value of {name} in every row; {int(is_missing.sum())} rows have none")
        columns.append([None if missing else read(value) for value, missing in zip(column, is_missing, strict=True)])
    return [row_type(*cells) for cells in zip(*columns, strict=True)]


def rows_by(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Return rows by their key, in the order in which they come."""
    grouped: dict[Key, list[Row]] = {}
    for row in rows:
        grouped.setdefault(key(row), []).append(row)
    return grouped


@cache
def _fields(row_type: Any) -> tuple[tuple[str, Callable[[Any], Any], bool], ...]:
    """Return the fields of a dataclass that come from a column: name, how a cell is read, whether it may be missing."""
    hints = get_type_hints(row_type)
    fields = []
    for field in dataclasses.fields(row_type):
        kinds = get_args(hints[field.name]) or (hints[field.name],)
        (read,) = (kind for kind in kinds if kind is not NoneType)
        fields.append((field.name, read, NoneType in kinds))
    return tuple(fields)
