"""The World Bank's CSV with a row a series and area, and the years across: the zip of a series, a file of WDI, an export of DataBank.

They differ in what stands over and under the table, and in how they head a year and mark a missing value. Groups stand among the
economies under codes of the same form, and run a year ahead of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indicators.readers import records, world_bank_csv

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

LAYOUT = "world-bank-wide"
SOURCE = "world-bank-wdi"

_YEAR = re.compile("(?:19|20)[0-9]{2}")
# In DataBank; elsewhere the cell is empty.
_MISSING = ".."


def recognises(content: bytes) -> bool:
    """Return whether there is a header, over which other lines may stand, with years among its names."""
    return world_bank_csv.find(content, _is_header) is not None


def read(content: bytes) -> pd.DataFrame:
    """Return one row a cell, in the order of the file; the cells of a record have its number, and missing ones the value "".

    A record that cannot be read is one row, whatever its cells.

    Raises:
        records.Unreadable: There is no such table, or it cannot be used, as `world_bank_csv.table` says.
    """
    found = world_bank_csv.header(content, _is_header)
    rows = world_bank_csv.table(content, found, _years(found.names))
    cells = rows.melt(["row_number", "series", "area", "problem"], var_name="year", value_name="value")
    cells = cells.sort_values("row_number", kind="stable", ignore_index=True)
    cells["value"] = cells["value"].replace(_MISSING, "")
    unreadable = cells["problem"] != ""
    cells.loc[unreadable, ["year", "value"]] = ""
    return cells[~(unreadable & cells.duplicated("row_number"))].reset_index(drop=True)


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were: their fields by name, as JSON, by row number."""
    found = world_bank_csv.header(content, _is_header)
    return records.csv_rows(content, row_numbers, separator=found.separator, header_row=found.row)


def published(content: bytes) -> str:
    """Return the ISO day of the last update that stands over or under the table, or ""."""
    return world_bank_csv.published(content, world_bank_csv.header(content, _is_header))


def _is_header(names: Collection[str]) -> bool:
    return "Year" not in names and bool(_years(names))


def _years(names: Collection[str]) -> list[str]:
    return [name for name in names if _YEAR.fullmatch(name)]
