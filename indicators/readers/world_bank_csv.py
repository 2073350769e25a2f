"""How a table is taken from a CSV of the World Bank, as it came or as a spreadsheet saved it again; no layout is described here.

The table may have a preamble and a footer; commas, semicolons or tabs separate its fields; empty fields may end its rows, and
empty rows the table. So its header is found by its names, at any position. An unknown column must be empty: it could say
that the rows are only a part of what they seem to be.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from indicators.readers import records
from indicators.readers.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    import pandas as pd

#: Areas and series go by their codes. Names are not read: one area has several, one name several series.
AREA, AREA_NAME = "Country Code", "Country Name"
SERIES, SERIES_NAME = "Indicator Code", "Indicator Name"

#: A selection holds a few series, all of WDI some 1,500 with 26 million cells.
MOST_SERIES = 100

_SEPARATORS = (",", ";", "\t")
# The header is in the first lines; a large file of another kind is not looked through for one.
_BEGINNING = 10_000
_DATABANK = {"Series Code": SERIES, "Series Name": SERIES_NAME}
_DATABANK_YEAR = re.compile(r"([0-9]{4}) \[YR\1\]")
_DATABANK_FOOTER = ("Data from database:", "Last Updated:")


class Header(NamedTuple):
    """Where a table begins: its separator, the row its header is in, and the names there, as the bulk files have them."""

    separator: str
    row: int
    names: list[str]


def find(content: bytes, is_header: Callable[[Collection[str]], bool]) -> Header | None:
    """Return the first record that names an area and is a header by its other names too, with any of the separators; or None."""
    for separator in _SEPARATORS:
        try:
            for row, fields in records.records(content[:_BEGINNING], errors="replace", separator=separator):
                names = _names(fields)
                if not {AREA, AREA_NAME}.isdisjoint(names) and is_header(names):
                    return Header(separator, row, names)
        except Unreadable:
            continue  # another separator, or cut by us
    return None


def header(content: bytes, is_header: Callable[[Collection[str]], bool]) -> Header:
    """Return the header as `find` does.

    Raises:
        Unreadable: There is none.
    """
    if header_found := find(content, is_header):
        return header_found
    raise Unreadable("no header with area and year among the first lines: download it again, unedited")


def table(content: bytes, header: Header, columns: Sequence[str]) -> pd.DataFrame:
    """Return the rows under a header, as text without outer space.

    Args:
        content: The CSV.
        header: Its header.
        columns: Names of the columns to return with the codes.

    Returns:
        One row a record, with `row_number`, `series` ("" if the file does not state it), `area`, the columns wanted, and `problem`,
        as in `records.table`. Empty records and DataBank's footer are left out.

    Raises:
        Unreadable: The codes are missing, a column unknown and not empty, a second header, more than MOST_SERIES series, the last row
            cut off, no rows, damage.
    """
    for code, name in ((AREA, AREA_NAME), (SERIES, SERIES_NAME)):
        if name in header.names and code not in header.names:
            raise Unreadable(f"{name} without {code}: download it again with the codes, since names are not read")
    kept = {AREA: "area", SERIES: "series"} | {name: name for name in columns}
    rows = records.frame(header.names, _body(content, header, kept), kept)
    if "series" not in rows:
        return rows.assign(series="")
    no_code = (rows["problem"] == "") & (rows["series"] == "")
    return rows.assign(problem=rows["problem"].mask(no_code, f"no {SERIES} in this row"))


def published(content: bytes, header: Header) -> str:
    """Return the ISO day of the last update in the preamble or DataBank's footer; "" if neither has one.

    A day that a spreadsheet has written in an order of its own is not guessed at.
    """
    for _, (first, *others) in records.records(content, separator=header.separator):
        label, _, day = first.strip().partition(":")
        if label == "Last Updated Date":
            return _iso("".join(others[:1]), "%Y-%m-%d")
        if label == "Last Updated":
            return _iso(day, "%m/%d/%Y")
    return ""


def _names(fields: Sequence[str]) -> list[str]:
    """Return names as the bulk files have them, up to the last that is not empty.

    >>> _names(["", "Series Code", "2015 [YR2015]", " 2016", "", ""])
    ['(1, without a name)', 'Indicator Code', '2015', '2016']
    """
    names = [_DATABANK_YEAR.sub(r"\1", field.strip()) for field in fields]
    while names and not names[-1]:
        names.pop()
    return [_DATABANK.get(name, name) or f"({place}, without a name)" for place, name in enumerate(names, start=1)]


def _body(content: bytes, header: Header, kept: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the records under a header, without empty fields beyond it; whether they then have its width is for `records.frame`."""
    width = len(header.names)
    unknown = {place: name for place, name in enumerate(header.names) if name not in (*kept, AREA_NAME, SERIES_NAME)}
    place_of_series = header.names.index(SERIES) if SERIES in header.names else None
    series: set[str] = set()
    row, is_short, whole_row = 0, False, width
    for row, fields_with_space in records.records(content, separator=header.separator):
        fields = [field.strip() for field in fields_with_space]
        is_footer = fields[0].startswith(_DATABANK_FOOTER) and not any(fields[1:])
        if row == header.row:
            whole_row = len(fields)  # the empty field that ends each row of a bulk file included
        is_short = row > header.row and len(fields) < whole_row and any(fields) and not is_footer
        if row <= header.row or is_footer or not any(fields):
            continue
        if AREA in fields:
            raise Unreadable(f"a second header in row {row}: part the tables and add them one by one")
        if not any(fields[width:]):
            del fields[width:]
        if len(fields) == width:
            for place, name in unknown.items():
                if fields[place]:
                    raise Unreadable(f"column {name} of the header is unknown and has a value in row {row}: remove the column")
            if place_of_series is not None:
                series.add(fields[place_of_series])
        if len(series) > MOST_SERIES:
            raise Unreadable(f"more than {MOST_SERIES} series, as in all of WDI: download the zip of each series wanted")
        yield row, fields
    if is_short and not content.endswith((b"\n", b"\r")):
        raise Unreadable(f"cut off in row {row}: download it again")


def _iso(day: str, form: str) -> str:
    try:
        return dt.datetime.strptime(day.strip(), form).date().isoformat()
    except ValueError:
        return ""
