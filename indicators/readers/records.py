"""What every layout is read into, and how records are taken from CSV and JSON; no layout is described here."""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import struct
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

#: The errors of the standard library for a damaged zip.
DAMAGED_ZIP = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError),
    *(RuntimeError, NotImplementedError),  # locked with a password, or packed in an unknown way
)

# The number of rows in memory as Python lists at a time: enough to be fast, and some tens of megabytes.
_CHUNK = 50_000

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Half a character can be written in JSON and in no text.
_HALF_A_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")


class Unreadable(ValueError):
    """The bytes are not a table we can read; the message says in one line what they seem to be and what to do."""


def records(content: bytes, *, errors: str = "strict", separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a CSV with their numbers, the header being 1; a newline inside quotes does not count, an empty line does.

    `errors` says what happens to bytes that are not UTF-8.

    Raises:
        Unreadable: The bytes are not UTF-8, or quotes do not pair.
    """
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", errors, newline="")
    number = 0
    try:
        for number, fields in enumerate(csv.reader(text, strict=True, delimiter=separator), start=1):
            if fields and not (number == 1 and fields[0].startswith("sep=")):  # a spreadsheet's own note on its separator
                yield number, fields
    except UnicodeDecodeError:
        raise Unreadable(f"not UTF-8 after row {number}: save it as CSV in UTF-8, or download it again") from None
    except csv.Error as error:
        raise Unreadable(f"damaged or cut off in row {number + 1} ({error}): download it again") from None


def header(content: bytes, separator: str = ",") -> list[str]:
    """Return the names of the first record, or none if the bytes are not a CSV; damage further on is for `table` to find."""
    try:
        return next(records(content, errors="replace", separator=separator), (1, []))[1]
    except Unreadable:
        return []


def table(content: bytes, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of a CSV, in the columns of a reader.

    Args:
        content: The CSV; its first record is the header.
        columns: Our name by the name in the header; other columns are left out.

    Returns:
        One row a record, with row_number, the columns wanted, and `problem`. A record with another width than the header has
        only its number and the problem.

    Raises:
        Unreadable: No rows, a column named twice, damage.
    """
    lines = records(content)
    _, names = next(lines, (1, []))
    return frame(names, lines, columns)


def frame(names: Sequence[str], lines: Iterator[tuple[int, list[str]]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return records under a header as `table` does, the header's names and the numbered records being given."""
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise Unreadable(f"column {doubled[0]} is in the header twice: keep one")
    places = {columns[name]: place for place, name in enumerate(names) if name in columns}
    width = len(names)
    empty = [""] * width
    chunks = []
    while chunk := list(islice(lines, _CHUNK)):
        whole = [fields if len(fields) == width else empty for _, fields in chunk]
        problems = ["" if len(fields) == width else f"row has {len(fields)} fields where the header has {width}" for _, fields in chunk]
        texts = {ours: [fields[place] for fields in whole] for ours, place in places.items()} | {"problem": problems}
        columns_of_text = {ours: pd.array(values, dtype="str") for ours, values in texts.items()}
        chunks.append(pd.DataFrame({"row_number": [number for number, _ in chunk]} | columns_of_text))
    if not chunks:
        raise Unreadable("a header and no rows: export it again, with years and economies chosen")
    return pd.concat(chunks, ignore_index=True)


def csv_rows(content: bytes, row_numbers: Collection[int], *, separator: str = ",", header_row: int = 1) -> dict[int, str]:
    """Return records of a CSV as they were: their fields by name, as JSON, by row number.

    The names are those of the first record from `header_row` on.
    Fields beyond the header are listed under "beyond the header"; numbers that the file does not have are left out.
    """
    wanted = set(row_numbers)
    lines = (record for record in records(content, separator=separator) if record[0] >= header_row)
    _, names = next(lines, (1, []))
    originals: dict[int, str] = {}
    for number, fields in lines:
        if len(originals) == len(wanted):
            break
        if number in wanted:
            row: dict[str, str | list[str]] = dict(zip(names, fields, strict=False))
            if len(fields) > len(names):
                row["beyond the header"] = fields[len(names) :]
            originals[number] = json.dumps(row, ensure_ascii=False)
    return originals


def begins(content: bytes, opening: bytes) -> bool:
    r"""Return whether JSON begins with this bracket, so that other content need not be read to its end.

    >>> begins(b"\xef\xbb\xbf \n[1]", b"[")
    True
    """
    return content[:100].removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(opening)


def document(content: bytes) -> Any:
    """Return a JSON document, every number as the text it was printed as.

    Raises:
        Unreadable: It is not JSON, or not the whole of it, or holds half a character.
    """
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
        if _HALF_A_CHARACTER.search(content):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Unreadable("JSON with text that is no Unicode, half of a character: download it again") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON, or cut off ({error}): save the answer again") from None
    return value


def json_rows(items: Sequence[Any], row_numbers: Collection[int]) -> dict[int, str]:
    """Return records of a JSON document as they were, by row number, the first being row 2; numbers that it does not have are left out."""
    return {number: json.dumps(items[number - 2], ensure_ascii=False) for number in row_numbers if 2 <= number < len(items) + 2}


def text(value: Any) -> str:
    """Return one value of a JSON document as text, null as "", that is, not stated."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def joined(*parts: pd.Series) -> list[str]:
    """Return the remarks on each row in one text, without empty ones, in their order."""
    return ["; ".join(filter(None, texts)) for texts in zip(*parts, strict=True)]
