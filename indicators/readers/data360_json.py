"""What the API of World Bank Data360 answers: `{"count": n, "value": [...]}`, with the records of all pages in one list.

Its records have the names and content of the CSV, without labels; see there. A null is "", that is, not stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators.readers import records
from indicators.readers.data360_csv import NEEDED, OPTIONAL, figures
from indicators.readers.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection

LAYOUT = "data360-json"
SOURCE = "data360"


def recognises(content: bytes) -> bool:
    """Return whether this is a JSON object with names that only this answer has, be it whole or not.

    >>> recognises(b'{"count": 1, "value": [{"OBS_VALUE": "61.5", "REF_AREA": "KEN"')
    True
    >>> recognises(b'{"count": 0, "value": []}')
    False
    """
    return records.begins(content, b"{") and all(name in content for name in (b'"count"', b'"value"', b'"OBS_VALUE"'))


def read(content: bytes) -> pd.DataFrame:
    """Return the records as rows, the first being row 2; problems are those of the CSV, and a field that is lacking.

    Raises:
        Unreadable: Not a whole JSON answer, or fewer or more records than its count.
    """
    count, items = _count_and_records(content)
    if count != str(len(items)):
        raise Unreadable(
            f"{len(items)} rows, but the answer states {count}: request all pages (skip=1000, 2000, …) and put their rows into one"
        )
    rows = {name: [_text(record, name) for record in items] for name in (*NEEDED, *OPTIONAL)}
    problems = {"problem": [_problem(record) for record in items]}
    texts = {name: pd.array(values, dtype="str") for name, values in (rows | problems).items()}
    return figures(pd.DataFrame({"row_number": range(2, len(items) + 2)} | texts))


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were, by row number: their fields by name, as JSON, numbers as text."""
    _, items = _count_and_records(content)
    return records.json_rows(items, row_numbers)


def _count_and_records(content: bytes) -> tuple[str, list[Any]]:
    """Return how many records the answer counts, as text, and the records."""
    match records.document(content):
        case {"count": count, "value": list() as items}:
            return str(count), items
    raise Unreadable('JSON, but not the {"count": …, "value": […]} of Data360: ask for /data360/data?DATABASE_ID=…&INDICATOR=…')


def _text(record: Any, name: str) -> str:
    return records.text(record.get(name)) if isinstance(record, dict) else ""


def _problem(record: Any) -> str:
    if not isinstance(record, dict):
        return "not a record with names"
    missing = [name for name in NEEDED if name not in record]
    return f"record lacks {', '.join(missing)}" if missing else ""
