"""The Excel workbook of a publication: what it is and how to cite it, what each column means, then one sheet a table.

Text stays text: nothing becomes a formula, a link or a date, and a number is a number. The meaning of a column is also a note on its
heading.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.contracts.tables import column_meanings, row_meaning
from pipelines.publication import citation
from pipelines.publication.publication_info import PublicationInfo

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

WORKBOOK = "digital_divide.xlsx"

#: Excel ends there; the heading is a row too.
ROWS_AT_MOST = 1_048_576 - 1
CHARACTERS_AT_MOST = 32_767

#: Long tables of which few open more than a part: they would double the size of the workbook.
LEFT_OUT = frozenset({"observations", "time_distance"})

#: What a reader asks first comes first; the rest follows in the order of the publication.
FIRST = ("claims", "verdicts", "sources", "snapshots")

_HEADING = "#1F4E79"
_TEXT_WIDTH = 100
_WIDTHS = {"table": 22, "column": 26, "type": 14, "meaning": 80, "in_key": 8, "may_be_missing": 16, "rules": 30, "example": 40}


def write(path: Path, tables: Mapping[str, pd.DataFrame], columns: pd.DataFrame, info: PublicationInfo) -> None:
    """Write the workbook; the same arguments give the same bytes.

    Args:
        path: The file to write.
        tables: The published tables by name.
        columns: The data dictionary, as of `contracts.data_dictionary`.
        info: The publication; its `made_at` is the creation time of the workbook.
    """
    import xlsxwriter

    shown = [name for name in dict.fromkeys([*FIRST, *tables]) if has_a_sheet(name, len(tables[name]))]
    # A row leaves memory once it is written.
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"title": citation.TITLE, "created": info.time.replace(tzinfo=None)})
        heading = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": _HEADING})
        _write_front(book, _front(tables, shown, info), heading)
        sheet = book.add_worksheet("columns")
        sheet.set_tab_color(_HEADING)
        _write_table(sheet, _cells(columns), _WIDTHS, heading)
        for name in shown:
            frame = _cells(tables[name])
            _write_table(book.add_worksheet(name), frame, _widths(frame), heading, column_meanings(name))


def _write_front(book: Workbook, rows: list[tuple[str, str]], heading: Format) -> None:
    """Write the sheet to read first: a matter and a text in each row, as high as its text."""
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("read me")
    sheet.set_tab_color(_HEADING)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    sheet.write_string(0, 0, "Digital divide", heading)
    sheet.write_string(0, 1, "What to know", heading)
    for place, (matter, text) in enumerate(rows, start=1):
        if text:
            sheet.set_row(place, 15.0 * -(-len(text) // _TEXT_WIDTH))
        sheet.write_string(place, 0, matter, bold)
        sheet.write_string(place, 1, text, wrapped)


def _write_table(
    sheet: Worksheet, frame: pd.DataFrame, widths: Mapping[str, float], heading: Format, meanings: Mapping[str, str] | None = None
) -> None:
    """Write a table, each value as what its column is; a missing value writes no cell."""
    from xlsxwriter.utility import xl_range

    writers = []
    for place, name in enumerate(frame):
        kind = frame[name].dtype.kind
        writers.append(sheet.write_boolean if kind == "b" else sheet.write_number if kind in "iuf" else sheet.write_string)
        sheet.set_column(place, place, widths[str(name)])
        sheet.write_string(0, place, str(name), heading)
        if meanings:
            meaning = meanings[str(name)]
            sheet.write_comment(0, place, meaning, {"width": 300, "height": 20 * (1 + -(-len(meaning) // 45))})
    last = len(frame), len(frame.columns) - 1
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, *last)})  # a code such as 007 is meant as text
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, *last)
    values = [frame[name].astype(object).where(frame[name].notna(), None).to_list() for name in frame]
    for row, cells in enumerate(zip(*values, strict=True), start=1):
        for place, (write_cell, value) in enumerate(zip(writers, cells, strict=True)):
            if value is not None:
                write_cell(row, place, value)


def has_a_sheet(table: str, rows: int) -> bool:
    """Return whether a table is in the workbook: it is, unless it is left out for its length, or Excel could not hold it."""
    return table not in LEFT_OUT and rows <= ROWS_AT_MOST


def _front(tables: Mapping[str, pd.DataFrame], shown: list[str], info: PublicationInfo) -> list[tuple[str, str]]:
    """Return the rows of the first sheet: matter and text."""

    def described(name: str) -> str:
        return f"One row: {row_meaning(name)}. {len(tables[name]):,} rows."

    rows = [
        ("What this is", f"{citation.TITLE}: the tables of the publication, a sheet each."),
        ("How to cite", citation.sentence(tables["snapshots"], info)),
        ("", "Cite the publisher of a figure too, and name its vintage: the sheets sources and snapshots say how."),
        ("Licence of the whole", info.licence),
        ("", "Single tables may be freer: datapackage.json, in the same folder as this workbook, names the licence of each."),
        ("Missing values", "An empty cell is a value that is missing. It is never zero."),
        ("Vintages", "A vintage is one dated edition of a publisher. Figures of two vintages are never to be mixed."),
        ("Columns", "The sheet columns has the meaning, unit and rules of every column; so has the note on each heading."),
        ("", ""),
        *((name, described(name)) for name in shown),
    ]
    absent = [name for name in tables if name not in shown]
    if absent:
        rows += [("", ""), ("Not in this workbook", "Too long for it; the whole table is in the files named.")]
        rows += [(name, f"{described(name)} tables/{name}.csv and tables/{name}.parquet") for name in absent]
    return rows


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with no text longer than a cell can hold; what is cut ends in an ellipsis."""
    long: dict[str, pd.Series] = {}
    for name in frame.columns[frame.dtypes == "str"]:
        texts = frame[name]
        if texts.str.len().max() > CHARACTERS_AT_MOST:
            fits = texts.str.len().le(CHARACTERS_AT_MOST) | texts.isna()
            long[str(name)] = texts.where(fits, texts.str[: CHARACTERS_AT_MOST - 1] + "…")
    return frame.assign(**long) if long else frame


def _widths(frame: pd.DataFrame) -> dict[str, float]:
    """Return a width for each column: that of its heading or of its first rows, within what fits a screen."""
    first = frame.head(200)
    longest = {str(name): max(len(str(name)) + 4, first[name].dropna().astype("str").str.len().max() or 0) for name in frame}
    return {name: float(min(48, max(9, length + 1))) if length == length else 12.0 for name, length in longest.items()}
