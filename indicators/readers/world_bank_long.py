"""The World Bank's CSV with a row an area and year: the list form of the zip of a series, and the public copies of one series a file.

The copies state neither series nor date, and leave out what has no value. Groups stand among the economies under codes of the same
form, and run a year ahead of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.readers import records, world_bank_csv

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

LAYOUT = "world-bank-long"
SOURCE = "world-bank-wdi"

_YEAR, _VALUE = "Year", "Value"


def recognises(content: bytes) -> bool:
    """Return whether there is a header, over which other lines may stand, with the area, the year and the value."""
    return world_bank_csv.find(content, _is_header) is not None


def read(content: bytes) -> pd.DataFrame:
    """Return the rows; the series is "" where the file has no column for it.

    Raises:
        records.Unreadable: There is no such table, or it cannot be used, as `world_bank_csv.table` says.
    """
    found = world_bank_csv.header(content, _is_header)
    return world_bank_csv.table(content, found, [_YEAR, _VALUE]).rename(columns={_YEAR: "year", _VALUE: "value"})


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were: their fields by name, as JSON, by row number."""
    found = world_bank_csv.header(content, _is_header)
    return records.csv_rows(content, row_numbers, separator=found.separator, header_row=found.row)


def published(content: bytes) -> str:
    """Return the ISO day of the last update that stands over the table, as in the zip, or ""."""
    return world_bank_csv.published(content, world_bank_csv.header(content, _is_header))


def _is_header(names: Collection[str]) -> bool:
    return {_YEAR, _VALUE} <= set(names)
