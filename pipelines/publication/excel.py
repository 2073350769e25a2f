"""The Excel workbook of a publication: what it is and how to cite it, what each column means, then one sheet a table.

Text stays text: nothing becomes a formula, a link or a date, and a number is a number. The meaning of a column is also a note on its
heading.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.publication import citation

if TYPE_CHECKING:
    import pandas as pd

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


def write(path: Path, tables: Mapping[str, pd.DataFrame], columns: pd.DataFrame, about: Mapping[str, Any]) -> None:
    """Write the workbook.

    Args:
        path: The file to write.
        tables: The published tables by name.
        columns: The data dictionary, as of `contracts.data_dictionary`.
        about: What `citation.sentence` needs, and `licence`, that of the whole.
    """
    import pandas as pd
    from rustpy_xlsxwriter import FastExcel, Format

    from indicators.contracts.tables import column_meanings, column_types

    heading = Format().set_bold().set_font_color("#FFFFFF").set_background_color(_HEADING)
    wrapped = Format().set_text_wrap().set_align("top")
    bold = Format().set_bold().set_align("top")
    shown = [name for name in dict.fromkeys([*FIRST, *tables]) if has_a_sheet(name, len(tables[name]))]
    book = FastExcel(path)
    front = pd.DataFrame(_front(tables, shown, about), columns=["Digital divide", "What to know"])
    book.sheet(
        "read me",
        front,
        column_widths=[24, _TEXT_WIDTH],
        row_heights={place: 15.0 * -(-len(text) // _TEXT_WIDTH) for place, text in enumerate(front["What to know"], start=1) if text},
        column_formats=[bold, wrapped],
        header_format=heading,
        sheet_view={"tab_color": _HEADING, "gridlines": False},
    )
    widths: dict[str, float] = {
        "table": 22,
        "column": 26,
        "type": 14,
        "meaning": 80,
        "in_key": 8,
        "may_be_missing": 16,
        "rules": 30,
        "example": 40,
    }
    book.sheet("columns", _cells(columns), column_widths=widths, header_format=heading, autofilter=True, sheet_view={"tab_color": _HEADING})
    for name in shown:
        frame = _cells(tables[name])
        book.sheet(
            name,
            frame,
            autofilter=True,
            header_format=heading,
            column_widths=_widths(frame),
            notes=column_meanings(name),
            ignore_errors=[column for column, kind in column_types(name).items() if kind == "str"],
        )
    book.freeze(row=1).save()


def has_a_sheet(table: str, rows: int) -> bool:
    """Return whether a table stands in the workbook: unless it is left out for its length, or Excel could not hold it."""
    return table not in LEFT_OUT and rows <= ROWS_AT_MOST


def _front(tables: Mapping[str, pd.DataFrame], shown: list[str], about: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the rows of the first sheet: matter and text."""
    from indicators.contracts.tables import row_meaning

    def described(name: str) -> str:
        return f"One row: {row_meaning(name)}. {len(tables[name]):,} rows."

    rows = [
        ("What this is", f"{citation.TITLE}: the tables of the publication, a sheet each."),
        ("How to cite", citation.sentence(tables, about)),
        ("", "Cite the publisher of a figure too, and name its vintage: the sheets sources and snapshots say how."),
        ("Licence of the whole", str(about["licence"])),
        ("", "Single tables may be freer: datapackage.json, beside this workbook, names the licence of each."),
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
