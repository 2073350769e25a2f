"""Every public table with its contract, and what can be asked of a contract: columns, types, meanings, key.

A contract is the only place where a table and its columns are described: the assets and column schemas in the Dagster UI, the comments
in the database, the data dictionary of the publication and the list of tables in `docs/publication.md` are read from here. Rules that
need more than one table are queries in `sql/checks/`.
"""

from __future__ import annotations

import pandas as pd

# Each module declares its tables as it is read.
from indicators.contracts import claims, core, data_gaps, distances, group_figures, projections, registries  # noqa: F401
from indicators.contracts.declarations import DECLARED, Layer
from indicators.contracts.fields import Table

#: Every declaration, in the order of the flow, which is that of the publication.
DECLARATIONS = {name: DECLARED[name] for layer in Layer for name in DECLARED if DECLARED[name].layer == layer}

#: Every public table and its contract.
TABLES: dict[str, type[Table]] = {name: declared.contract for name, declared in DECLARATIONS.items()}


def conform(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with exactly the contract's columns, in its order and types; missing columns become missing values.

    Only the form is set here. Whether the content holds is for `problems` to say.
    """
    absent = pd.Series(None, index=frame.index, dtype="object")
    columns = {name: frame.get(name, absent).astype(kind) for name, kind in column_types(table).items()}  # type: ignore[call-overload]
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def column_types(table: str) -> dict[str, str]:
    """Return the pandas type of each column of `table`: str, int64, float64 or bool."""
    types = {name: str(column.dtype) for name, column in TABLES[table].to_schema().columns.items()}
    return {name: "str" if kind.startswith("string") else kind for name, kind in types.items()}


def column_meanings(table: str) -> dict[str, str]:
    """Return the meaning of each column of `table`, with its unit.

    >>> column_meanings("observations")["value"]
    'The published number, in the unit of the row'
    """
    return {name: str(column.description) for name, column in TABLES[table].to_schema().columns.items()}


def key_columns(table: str) -> list[str]:
    """Return the columns whose values together name one row of `table`; none where rows have no name."""
    return list(TABLES[table].to_schema().unique or [])


def row_meaning(table: str) -> str:
    """Return what one row of `table` is."""
    return (TABLES[table].__doc__ or "").removeprefix("One row: ").rstrip(".")
