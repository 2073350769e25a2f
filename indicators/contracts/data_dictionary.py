"""The data dictionary of a publication: what each column of each table means."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indicators.contracts.tables import TABLES, column_meanings, column_types, key_columns
from indicators.contracts.validation import in_words


def data_dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what each column of the published tables is.

    Args:
        tables: Published tables by name; an example of each column is taken from them.

    Returns:
        One row a column, in the order of the tables: `table`, `column`, `type` (text, whole number, number, yes or no), `meaning` with
        the unit, `in_key` (whether it is part of what names a row), `may_be_missing`, `rules` in words, and as `example` the first
        value in the table that is not missing.
    """
    kinds = {"str": "text", "int64": "whole number", "float64": "number", "bool": "yes or no"}
    rows: list[dict[str, str | bool | None]] = []
    for table, frame in tables.items():
        types, meanings, named_by = column_types(table), column_meanings(table), key_columns(table)
        for name, column in TABLES[table].to_schema().columns.items():
            held = frame[name].dropna()
            rows.append(
                {
                    "table": table,
                    "column": name,
                    "type": kinds[types[name]],
                    "meaning": meanings[name],
                    "in_key": name in named_by,
                    "may_be_missing": bool(column.nullable),
                    "rules": "; ".join(in_words(str(check.error)) for check in column.checks) or None,
                    "example": None if held.empty else str(held.iloc[0]),
                }
            )
    return pd.DataFrame(rows)
