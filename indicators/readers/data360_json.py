"""What the API of World Bank Data360 answers: `{"count": n, "value": [...]}`, with the records of all pages in one list.

Its records have the names of the CSV, without labels, and say the same; see there. A null is "", that is, not stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators.readers import records
from indicators.readers.data360_csv import ALSO_TOLD, NEEDED, figures
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
        Unreadable: Not the whole of a JSON answer, or fewer or more records than its count says.
    """
    count, found = _count_and_records(content)
    if count != str(len(found)):
        raise Unreadable(
            f"{len(found)} rows where the answer counts {count}: ask for all pages (skip=1000, 2000, …) and put their rows into one"
        )
    rows = {name: [_text(record, name) for record in found] for name in (*NEEDED, *ALSO_TOLD)}
    problems = {"problem": [_problem(record) for record in found]}
    texts = {name: pd.array(values, dtype="str") for name, values in (rows | problems).items()}
    return figures(pd.DataFrame({"row_number": range(2, len(found) + 2)} | texts))


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were, by row number: their fields by name, as JSON, numbers as text."""
    _, found = _count_and_records(content)
    return records.json_rows(found, row_numbers)


def _count_and_records(content: bytes) -> tuple[str, list[Any]]:
    """Return how many records the answer counts, as text, and the records."""
    match records.document(content):
        case {"count": count, "value": list() as found}:
            return str(count), found
    raise Unreadable('JSON, but not the {"count": …, "value": […]} of Data360: ask for /data360/data?DATABASE_ID=…&INDICATOR=…')


def _text(record: Any, name: str) -> str:
    return records.text(record.get(name)) if isinstance(record, dict) else ""


def _problem(record: Any) -> str:
    if not isinstance(record, dict):
        return "not a record with names"
    missing = [name for name in NEEDED if name not in record]
    return f"record lacks {', '.join(missing)}" if missing else ""
