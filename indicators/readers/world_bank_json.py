"""Reads what the World Bank's API answers for one series: JSON, `[header, rows]`, or the bare rows where somebody dropped the header.

The API prints a record for every area and year, with `null` where it states no value. (In Internet use 2014-2023 as of 2026-04-11 these
are 427 of 2,660, in the urban share of the population 10 of 2,660.)
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import pandas as pd

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import records
from indicators.readers.records import Unreadable

LAYOUT = "world-bank-json"
SOURCE = "world-bank-wdi"

#: The API leaves the three-letter code of these groups empty; the Bank's bulk files call them as on the right.
GROUPS_WITHOUT_CODE = {"XD": "HIC", "XM": "LIC", "XN": "LMC", "XT": "UMC", "XY": "INX"}
_LAST_UPDATED = re.compile(rb'"lastupdated"\s*:\s*"(\d{4}-\d{2}-\d{2})"')


def recognises(content: bytes) -> bool:
    """Say whether these bytes are such an answer, be it whole or not.

    >>> recognises(b'[{"page": 1, "total": 0, "lastupdated": "2026-07-13"}, null]')
    True
    >>> recognises(b'[{"message": [{"id": "120"}]}]')
    False
    """
    try:
        return records.begins(content, b"[") and bool(_total_and_records(content))
    except Unreadable:
        return False


def read(content: bytes) -> pd.DataFrame:
    """Return the values of one answer as they were printed, one row a record; `null` is "".

    Numbers stay text, with every digit they came with. The row number is the record's position, the first record being row 2. A record
    of another form has only its number and the problem.

    Raises:
        Unreadable: The bytes are no such answer, or hold no records, or fewer or more than their header promises.
    """
    total, found = _total_and_records(content)
    if total != str(len(found)):
        raise Unreadable(
            f"{len(found)} records where the header promises {total}: save the whole answer, with per_page=20000 in the address"
        )
    if not found:
        raise Unreadable("the series has no records: check its code")
    blank = dict.fromkeys(PUBLISHED_COLUMNS, "")
    rows = [blank | _row(record) | {"row_number": number} for number, record in enumerate(found, start=2)]
    types = dict.fromkeys(PUBLISHED_COLUMNS, "str") | {"row_number": "int64"}
    return pd.DataFrame(rows, columns=list(PUBLISHED_COLUMNS)).astype(types)


def published(content: bytes) -> str:
    """Return the day on which the header says that the edition was last updated; "" where somebody dropped the header."""
    header = _LAST_UPDATED.search(content[:500])
    return header[1].decode() if header else ""


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were, by row number: their fields by name, as JSON, numbers as text."""
    _, found = _total_and_records(content)
    return records.json_rows(found, row_numbers)


def _total_and_records(content: bytes) -> tuple[str, list[Any]]:
    """Return the number of records promised, as text, and the records; bare records promise as many as they are."""
    match records.document(content):
        case [{"total": total, "lastupdated": _}, list() | None as found]:
            return str(total), found or []
        case [{"indicator": _, "countryiso3code": _, "date": _, "value": _}, *_] as found:
            return str(len(found)), found
    raise Unreadable("JSON, but not the World Bank's [header, rows]: ask for /country/all/indicator/<series>?format=json")


def _row(record: Any) -> dict[str, str]:
    """Return one record under the names of `PUBLISHED_COLUMNS`."""
    match record:
        case {
            "indicator": {"id": str(series)},
            "country": {"id": str(two_letters)},
            "countryiso3code": str(code),
            "date": str(year),
            "value": str() | None as value,
        }:
            return {
                "series": series,
                "area": code or GROUPS_WITHOUT_CODE.get(two_letters, two_letters),  # an unknown one stays itself, to be refused by name
                "year": year,
                "sex": "all",
                "locality": "all",
                "age": "all",
                "value": value or "",
                "unit": str(record.get("unit") or ""),
                "note": str(record.get("obs_status") or ""),
            }
    return {"problem": "not a record with indicator, country, countryiso3code, date and value"}
