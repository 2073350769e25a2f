"""Turn a published file's bytes into rows of text; one module a layout, chosen by the content of the bytes.

`indicators.editions.observations` gives the rows their meaning.

A layout is a module of this package with `LAYOUT`, its name; `SOURCE`, the source that publishes in it; `recognises(content)`;
`read(content)`, which returns those of PUBLISHED_COLUMNS it has; `original_rows(content, row_numbers)`; and, if the bytes contain their
date of publication, `published(content)`. All are given the bytes without their zip. Each file has one layout only.
"""

from __future__ import annotations

import csv
import importlib
import io
import pkgutil
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import records
from indicators.readers.records import DAMAGED_ZIP, Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import ModuleType

    import pandas as pd

__all__ = ["LARGEST", "LAYOUTS", "Published", "Unreadable", "original_rows", "read", "recognise", "tables", "unwrap"]


def _layouts() -> tuple[ModuleType, ...]:
    """Return the modules of this package that read a layout, by name."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return tuple(module for module in modules if hasattr(module, "LAYOUT"))


LAYOUTS = _layouts()

#: A larger file, unpacked, is not a table that we read: all of WDI is 283 MB packed, the largest single series some tens of megabytes.
LARGEST = 500_000_000

#: What makes a zip an Excel workbook.
WORKBOOK = "xl/workbook.xml"

# The metadata files that the World Bank adds to the data, in a bulk zip and in one of its DataBank.
_METADATA = re.compile(r"^Metadata_|Metadata\.csv$")

# Whoever asks by program may get such a page in place of the file.
_CHALLENGES = (b"challenge", b"captcha", b"just a moment", b"are you a robot", b"access denied", b"forbidden")


@dataclass(frozen=True)
class Published:
    """What a published file holds.

    Attributes:
        layout: Name of the layout it was read by.
        source: Name of the source that publishes in this layout; "" for the project's own, which figures of any source can have.
        rows: The columns PUBLISHED_COLUMNS: `row_number` counts records, the header being row 1; all others are text, "" where not stated.
            Only records that state a value, or cannot be read.
        without_value: How many records, or cells of a wide table, state that there is no value.
        dated: ISO day or month on which the publisher dated it, "" if the bytes do not contain it.
    """

    layout: str
    source: str
    rows: pd.DataFrame
    without_value: int
    dated: str

    @property
    def repaired(self) -> int:
        """How many records the reader put right."""
        return int((self.rows["repair"] != "").sum())


def read(content: bytes, series: str = "") -> Published:
    """Return the rows of a published file, zipped or not.

    Args:
        content: The bytes.
        series: The publisher's code of the series, for layouts that do not state it; what the file states goes first.

    Raises:
        Unreadable: The bytes are no layout we know, or are damaged.
    """
    layout, content = _layout(unwrap(content))
    rows = layout.read(content).reindex(columns=list(PUBLISHED_COLUMNS)).astype(dict.fromkeys(PUBLISHED_COLUMNS[1:], "str")).fillna("")
    rows["series"] = rows["series"].mask((rows["series"] == "") & (rows["problem"] == ""), series)
    is_empty = (rows["value"] == "") & (rows["problem"] == "")
    dated = layout.published(content) if hasattr(layout, "published") else ""
    return Published(layout.LAYOUT, layout.SOURCE, rows[~is_empty].reset_index(drop=True), int(is_empty.sum()), dated)


def recognise(content: bytes) -> str:
    """Return the name of the layout of a published file, zipped or not.

    Raises:
        Unreadable: The layout of the bytes is unknown; the message says what they seem to be and what to do.
    """
    return str(_layout(unwrap(content))[0].LAYOUT)


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return rows as they were, by number: their fields by name, as JSON.

    Raises:
        Unreadable: The bytes are no layout we know, or are damaged.
    """
    layout, content = _layout(unwrap(content))
    rows_as_published: dict[int, str] = layout.original_rows(content, row_numbers)
    return rows_as_published


def unwrap(content: bytes, largest: int | None = None) -> bytes:
    """Return the table of a zip with one table and its metadata, or the bytes themselves if they are not a zip or are an Excel workbook.

    Raises:
        Unreadable: No table or several, a zip in the zip, damage, or more than `largest` bytes unpacked, by default LARGEST.
    """
    unpacked = tables(content, largest)
    if len(unpacked) != 1:
        raise Unreadable(f"a zip with {len(unpacked)} tables ({', '.join(list(unpacked)[:3])}): unpack it and add them one by one")
    return next(iter(unpacked.values()))


def tables(content: bytes, largest: int | None = None) -> dict[str, bytes]:
    """Return the tables in a zip by name, metadata aside; of bytes that are no zip, or an Excel workbook, themselves under no name.

    Raises:
        Unreadable: No table, a zip in the zip, damage, or more than `largest` bytes unpacked, by default LARGEST.
    """
    if not _is_archive(content):
        return {"": content}
    most = LARGEST if largest is None else largest
    unpacked, size = {}, 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                last = name.rsplit("/", 1)[-1]
                if not last.lower().endswith((".csv", ".json", ".xlsx")) or last.startswith((".", "~$")) or _METADATA.search(last):
                    continue
                with archive.open(name) as member:
                    unpacked[name] = member.read(most + 1 - size)
                size += len(unpacked[name])
                if size > most:
                    raise Unreadable(f"a zip that unpacks to more than {most // 1_000_000} MB: export fewer series")
            names = ", ".join(archive.namelist()[:3]) or "empty"
    except Unreadable:
        raise
    except DAMAGED_ZIP as error:
        raise Unreadable(f"a zip that is damaged, cut off or locked ({error}): download it again") from None
    if not unpacked:
        raise Unreadable(f"a zip with no table ({names}): it should hold CSV, JSON or .xlsx")
    for name, member_content in unpacked.items():
        if _is_archive(member_content):
            raise Unreadable(f"a zip within a zip ({name}): unpack it once and add the inner one")
    return unpacked


def _is_archive(content: bytes) -> bool:
    """Return whether the bytes are a zip of files, and not an Excel workbook, which is also a zip.

    Raises:
        Unreadable: They begin as a zip and are damaged.
    """
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return WORKBOOK not in archive.namelist()
    except DAMAGED_ZIP as error:
        raise Unreadable(f"a zip that is damaged, cut off or locked ({error}): download it again") from None


def _layout(content: bytes) -> tuple[ModuleType, bytes]:
    """Return the layout of bytes, and the bytes; with commas, if a spreadsheet has separated the fields of a CSV differently."""
    for layout in LAYOUTS:
        if layout.recognises(content):
            return layout, content
    for separator in (";", "\t"):
        names = _as_csv(records.header(content, separator=separator))
        for layout in LAYOUTS:
            if layout.recognises(names.encode()):
                return layout, _with_commas(content, separator)
    raise Unreadable(_what_it_seems(content))


def _with_commas(content: bytes, separator: str) -> bytes:
    """Return a CSV with its fields separated by commas; records keep their numbers, and decimal commas stay for the reader to refuse."""
    output, last = io.StringIO(), 0
    for number, fields in records.records(content, separator=separator):
        output.write("\n" * (number - last - 1) + _as_csv(fields) + "\n")
        last = number
    return output.getvalue().encode()


def _as_csv(fields: Collection[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(fields)
    return line.getvalue().removesuffix("\r\n")


def _what_it_seems(content: bytes) -> str:
    """Return one line on what unknown bytes seem to be, and what to do."""
    if content.startswith(b"PK"):
        return "an Excel workbook of no layout we know: save the sheet as CSV in UTF-8, or see the README for the workbooks"
    start = content[:4000].removeprefix(b"\xef\xbb\xbf").strip()
    if not start:
        return "the file is empty: download it again"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text in UTF-16: save it as CSV in UTF-8"
    for magic, kind in {b"%PDF": "a PDF", b"\x1f\x8b": "a gzip file", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}.items():
        if start.startswith(magic):
            return f"{kind}: only CSV, JSON and .xlsx, zipped or not, can be read"
    if b"\0" in start:
        return "a binary file: only CSV, JSON and .xlsx, zipped or not, can be read"
    lower = start.lower()
    if lower.startswith(b"<"):
        if any(word in lower for word in _CHALLENGES):
            return "a page that refuses programs, not data: open the address in a browser, save the export there and add that file"
        return f"a web page or XML, not data ({_shown(start)}): save the export itself"
    if lower.startswith((b"{", b"[")):
        return f"JSON that holds no data or is cut off ({_shown(start)}): check series and address, and download it again"
    names = records.header(content)
    if len(names) > 1:
        shown = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        return f"a CSV of no layout we know; its columns are {shown}: see the README for the layouts"
    return f"no table we know; it begins {_shown(start)}: check what was downloaded"


def _shown(start: bytes) -> str:
    return repr(" ".join(start.decode("utf-8", "replace").split())[:80])
