"""From a published file's bytes to its rows, as text; one module a layout, chosen by what the bytes say.

What the rows mean is for `observations`.

A layout is a module with `LAYOUT`, its name; `recognises(content)`; `read(content)`, which returns those of PUBLISHED_COLUMNS it has;
and `original_rows(content, row_numbers)`. All are given the bytes without their zip.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.readers.records import PUBLISHED_COLUMNS, Unreadable

# isort: split
# The layouts come after the two names above, so that they may take them from here.
from indicators.readers import embedded, itu_datahub_v2, records, world_bank_json

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import ModuleType

    import pandas as pd

__all__ = ["LARGEST", "LAYOUTS", "PUBLISHED_COLUMNS", "Published", "Unreadable", "original_rows", "read", "recognise", "unwrap"]

LAYOUTS: tuple[ModuleType, ...] = (embedded, itu_datahub_v2, world_bank_json)

#: More than this, unpacked, is no table of ours: all of WDI is 283 MB packed, the largest single series some tens of megabytes.
LARGEST = 500_000_000

# Whoever asks by program may get such a page in place of the file.
_CHALLENGES = (b"challenge", b"captcha", b"just a moment", b"are you a robot", b"access denied", b"forbidden")


@dataclass(frozen=True)
class Published:
    """The rows of a published file, as text, and the layout they were read by."""

    layout: str
    rows: pd.DataFrame


def read(content: bytes) -> Published:
    """Return the rows of a published file, zipped or not.

    Returns:
        The columns PUBLISHED_COLUMNS: `row_number` counts records, the header being row 1; all others are text, "" where not stated.

    Raises:
        Unreadable: The bytes are no layout we know, or are damaged.
    """
    content = unwrap(content)
    layout = _layout(content)
    rows = layout.read(content).reindex(columns=list(PUBLISHED_COLUMNS)).astype(dict.fromkeys(PUBLISHED_COLUMNS[1:], "str"))
    return Published(layout.LAYOUT, rows.fillna(""))


def recognise(content: bytes) -> str:
    """Return the name of the layout of a published file, zipped or not.

    Raises:
        Unreadable: The bytes are no layout we know; the message says what they seem to be and what to do.
    """
    return str(_layout(unwrap(content)).LAYOUT)


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return rows as they were, by number: their fields by name, as JSON.

    Raises:
        Unreadable: The bytes are no layout we know, or are damaged.
    """
    content = unwrap(content)
    found: dict[int, str] = _layout(content).original_rows(content, row_numbers)
    return found


def unwrap(content: bytes) -> bytes:
    """Return what is in a zip with one table beside its metadata, or the bytes themselves if they are no zip.

    Raises:
        Unreadable: No table or several, a zip in the zip, damage, or more than LARGEST bytes unpacked.
    """
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if any(name.startswith("xl/") for name in names):
                raise Unreadable("an Excel workbook: save the sheet as CSV in UTF-8")
            tables = [
                name for name in names if name.lower().endswith((".csv", ".json")) and not name.rsplit("/", 1)[-1].startswith("Metadata_")
            ]
            if len(tables) != 1:
                held = ", ".join(names[:3]) or "empty"
                raise Unreadable(f"a zip with {len(tables)} tables ({held}): it should hold one CSV or JSON; unpack it and add one")
            with archive.open(tables[0]) as member:
                unpacked = member.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise Unreadable(f"a zip that is damaged, cut off or locked ({error}): download it again") from None
    if len(unpacked) > LARGEST:
        raise Unreadable(f"a zip that unpacks to more than {LARGEST // 1_000_000} MB: export fewer series")
    if unpacked.startswith(b"PK"):
        raise Unreadable("a zip within a zip: unpack it once and add the inner one")
    return unpacked


def _layout(content: bytes) -> ModuleType:
    for layout in LAYOUTS:
        if layout.recognises(content):
            return layout
    raise Unreadable(_what_it_seems(content))


def _what_it_seems(content: bytes) -> str:
    """Say in one line what unknown bytes seem to be, and what to do."""
    start = content[:4000].removeprefix(b"\xef\xbb\xbf").strip()
    if not start:
        return "the file is empty: download it again"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text in UTF-16: save it as CSV in UTF-8"
    for magic, kind in {b"%PDF": "a PDF", b"\x1f\x8b": "a gzip file", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}.items():
        if start.startswith(magic):
            return f"{kind}: only CSV and JSON, zipped or not, can be read"
    if b"\0" in start:
        return "a binary file: only CSV and JSON, zipped or not, can be read"
    lower = start.lower()
    if lower.startswith(b"<"):
        if any(word in lower for word in _CHALLENGES):
            return "a page that keeps programs out, not data: open the address in a browser, save the export there and add that file"
        return f"a web page or XML, not data ({_shown(start)}): save the export itself"
    if lower.startswith((b"{", b"[")):
        return f"JSON that holds no data or is cut off ({_shown(start)}): check series and address, and download it again"
    names = records.header(content)
    if {"SeriesID", "DisaggregationGroup"} <= set(names):
        return "an export of ITU's DataHub in its layout since August 2026 (v3), which cannot be read yet: keep the file"
    if len(names) > 1:
        shown = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        return f"a CSV of no layout we know; its columns are {shown}: see the README for the layouts"
    return f"no table we know; it begins {_shown(start)}: check what was downloaded"


def _shown(start: bytes) -> str:
    return repr(" ".join(start.decode("utf-8", "replace").split())[:80])
