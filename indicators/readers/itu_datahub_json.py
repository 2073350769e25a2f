"""What version 2 of the API of ITU's DataHub answers: a bare array, of the figures of one series or of one region's aggregate of it.

The same id gives economies from `/data/bycode/…`, known by `isoCode`, and a group from `/aggregation/…`, known by `regionID`. The number
asked for need not be the one that answers: region 3 comes as 647. An id that there is not gives `[]`, like one without data. The order of
the names differs from record to record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators.readers import records
from indicators.readers.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection

LAYOUT = "itu-datahub-json"
SOURCE = "itu-datahub"

_COLUMNS = ("series", "area", "year", "value", "nature", "note", "origin", "problem")
_NEEDED = ("codeID", "dataYear", "answer")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMPTY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\]\s*")
# All groups' figures are ITU's own estimates.
_ESTIMATE = "E"


def recognises(content: bytes) -> bool:
    """Return whether this is a JSON array with names that only this answer has, be it whole or not, or an array of nothing.

    >>> recognises(b'[{"codeID": 11624, "dataYear": 2024, "answer": [{"value": "61.5"')
    True
    >>> recognises(b'[{"CountryID": 4, "IsoCode": "ABW"}]')
    False
    """
    if _EMPTY.fullmatch(content):
        return True
    return records.begins(content, b"[") and all(f'"{name}"'.encode() in content for name in _NEEDED)


def read(content: bytes) -> pd.DataFrame:
    """Return the records as rows, the first being row 2; numbers stay text, with every digit they came with, and null is "".

    A record that lacks a name, or whose answer holds other than one value, has a problem.

    Raises:
        Unreadable: Not the whole of a JSON array, or one of nothing.
    """
    found = _records(content)
    if not found:
        raise Unreadable("an empty answer, []: there is no such id, or no data of it; check the id")
    blank = dict.fromkeys(_COLUMNS, "")
    rows = pd.DataFrame([blank | _row(record) for record in found], dtype="str")
    rows.insert(0, "row_number", range(2, len(found) + 2))
    return rows


def published(content: bytes) -> str:
    """Return the newest day on which a group's figure was updated; "" for economies, whose records have no day."""
    return max((_updated(record) for record in _records(content)), default="")


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were, by row number: their fields by name, as JSON, numbers as text."""
    return records.json_rows(_records(content), row_numbers)


def _records(content: bytes) -> list[Any]:
    """Return the records of an answer."""
    found = records.document(content)
    if not isinstance(found, list):
        raise Unreadable("JSON, but not the array that ITU's DataHub answers: ask for /data/bycode/<id>")
    return found


def _row(record: Any) -> dict[str, str]:
    """Return one record under the names of a reader's columns, those it has."""
    if not isinstance(record, dict):
        return {"problem": "not a record with names"}
    if missing := [name for name in _NEEDED if name not in record]:
        return {"problem": f"record lacks {', '.join(missing)}"}
    row = {"series": records.text(record["codeID"]), "year": records.text(record["dataYear"])}
    if ("isoCode" in record) == ("regionID" in record):
        return row | {"problem": "record must have either isoCode or regionID"}
    if "isoCode" in record:
        row |= {
            "area": records.text(record["isoCode"]),
            "note": records.text(record.get("dataNote")),
            "origin": records.text(record.get("dataSource")),
        }
    else:
        row |= {"area": records.text(record["regionID"]), "nature": _ESTIMATE, "note": _told_of_group(record)}
    value = _only(record["answer"])
    return row | ({"problem": "answer does not hold exactly one value"} if value is None else {"value": value})


def _told_of_group(record: dict[str, Any]) -> str:
    """Return what else is said of a group's figure; its percentage only where that is another figure."""
    answers, percentage, updated = records.text(record.get("numberOfAnswer")), _only(record.get("answersPercentage")), _updated(record)
    told = (
        records.text(record.get("internalNote")),
        answers and f"number of answers {answers}",
        f"as a percentage {percentage}" if percentage and percentage != _only(record["answer"]) else "",
        updated and f"modified {updated}",
    )
    return "; ".join(filter(None, told))


def _only(answer: Any) -> str | None:
    """Return the one value that an answer holds, "" where that is null; None if there is none, several, or one of another kind."""
    match answer:
        case [{"value": str() | None as value}]:
            return value or ""
    return None


def _updated(record: Any) -> str:
    """Return the day on which a record says it was updated, "" if it does not."""
    day = _DAY.match(records.text(record.get("updateDate"))) if isinstance(record, dict) else None
    return day[0] if day else ""
