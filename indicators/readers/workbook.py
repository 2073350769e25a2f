"""How the sheets of an Excel workbook are taken from bytes, as text; no layout is described here.

A cell is text: a number with the fifteen digits that a spreadsheet keeps (3, 2.66), a date in ISO, "" where the cell is empty or holds an
error such as #N/A. Hidden sheets are left out, because a person who opens the workbook does not see them.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pandas as pd

from indicators.readers.records import DAMAGED_ZIP, Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from python_calamine import CalamineWorkbook

#: One sheet: its rows from the first, its cells from column A, all rows of one width.
Sheet = list[list[str]]

#: A larger file, unpacked, is not a workbook that we read: the price baskets have 10 MB.
LARGEST = 100_000_000

#: The offset of each sheet in row numbers: row 4 of the second sheet is 100004.
ROWS_A_SHEET = 100_000

# A cell in row 100,000 or column AAA, or beyond. One there makes the sheet billions of cells, which cost more memory than there is.
_FAR_OUT = re.compile(rb"""\br=["'](?:[A-Z]{3,}[0-9]+|[A-Z]*[0-9]{6,})["']""")


def names(content: bytes) -> list[str]:
    """Return the names of the sheets in their order, or none if the bytes are no workbook or a damaged one."""
    from python_calamine import CalamineError

    if not content.startswith(b"PK"):
        return []
    try:
        return _visible(_opened(content))
    except CalamineError:
        return []


def sheets(content: bytes) -> dict[str, Sheet]:
    """Return the sheets by name, in their order.

    Raises:
        Unreadable: The workbook is damaged, cut off, locked or too large.
    """
    from python_calamine import CalamineError

    try:
        _check(content)
        workbook = _opened(content)
        return {name: _sheet(workbook, name) for name in _visible(workbook)}
    except Unreadable:
        raise
    except (CalamineError, *DAMAGED_ZIP) as error:
        raise Unreadable(f"a workbook that is damaged, cut off or locked ({error}): download it again") from None


def panels(header: Sequence[str]) -> Iterator[range]:
    """Yield the runs of adjacent columns under one header: a run ends at an empty column, or where a name is repeated.

    >>> list(panels(["", "2024", "2025", "", "2024", "2025", "2025"]))
    [range(1, 3), range(4, 6), range(6, 7)]
    """
    first = 0
    for place in range(1, len(header) + 1):
        ends = place == len(header) or not header[place] or header[place] in header[first:place]
        if header[first] and ends:
            yield range(first, place)
        if ends or not header[first]:
            first = place


def long(rows: pd.DataFrame, columns: pd.DataFrame, values: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Return one row a cell of a wide table, with the labels of its row and column, and its `value`."""
    return rows.merge(columns, how="cross").assign(value=list(itertools.chain.from_iterable(values)))


def letters(place: int) -> str:
    """Return what a spreadsheet calls a column, the first being 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    return ("" if place < 26 else letters(place // 26 - 1)) + chr(ord("A") + place % 26)


def original_rows(sheets: Sequence[tuple[str, Sheet]], headers: Sequence[Sequence[str]], row_numbers: Collection[int]) -> dict[int, str]:
    """Return rows as they were, by row number: sheet, row, and the cells that are not empty, by name, as JSON.

    Args:
        sheets: The sheets by name, in the order in which their rows are numbered.
        headers: The header of each; a column without a name, or with one that comes again, goes by its letters.
        row_numbers: The rows wanted; those that the workbook does not have are left out.
    """
    originals = {}
    for number in row_numbers:
        place, row = divmod(number, ROWS_A_SHEET)
        if not (0 <= place < len(sheets) and 1 <= row <= len(sheets[place][1])):
            continue
        (name, sheet), header = sheets[place], headers[place]
        called = [title if header.count(title) == 1 and title else f"column {letters(at)}" for at, title in enumerate(header)]
        cells = {called[at] if at < len(called) else f"column {letters(at)}": cell for at, cell in enumerate(sheet[row - 1]) if cell}
        originals[number] = json.dumps({"sheet": name, "row": row} | cells, ensure_ascii=False)
    return originals


def _opened(content: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook  # here, because most files are no workbooks

    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _visible(workbook: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _check(content: bytes) -> None:
    """Read every part against its checksum, which the library does not, and look for cells far out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if part.filename.startswith("xl/") and part.filename.endswith(".xml")]
        if sum(part.file_size for part in parts) > LARGEST:
            raise Unreadable(f"a workbook that unpacks to more than {LARGEST // 1_000_000} MB: download it again, unedited")
        for part in parts:
            if _FAR_OUT.search(archive.read(part)) and part.filename.startswith("xl/worksheets/"):
                raise Unreadable(f"a workbook with a cell beyond row {ROWS_A_SHEET - 1} or column ZZ: download it again, unedited")


def _sheet(workbook: CalamineWorkbook, name: str) -> Sheet:
    return [[_text(cell) for cell in row] for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"{cell:.15g}"
    return str(cell)
