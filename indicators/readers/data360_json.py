"""What the API of World Bank Data360 answers: `{"count": n, "value": [...]}`, with the records of all pages in one list.

Its records have the names of the CSV, without labels, and say the same; see there. A null is "", that is, not stated.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators.readers.data360_csv import ALSO_TOLD, NEEDED, figures
from indicators.readers.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection

LAYOUT = "data360-json"


def recognises(content: bytes) -> bool:
    """Return whether this is a JSON object with names that only this answer has, be it whole or not.

    >>> recognises(b'{"count": 1, "value": [{"OBS_VALUE": "61.5", "REF_AREA": "KEN"')
    True
    >>> recognises(b'{"count": 0, "value": []}')
    False
    """
    start = content[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and all(name in content for name in (b'"count"', b'"value"', b'"OBS_VALUE"'))


def read(content: bytes) -> pd.DataFrame:
    """Return the records as rows, the first being row 2; problems are those of the CSV, and a field that is lacking.

    Raises:
        Unreadable: Not the whole of a JSON answer, or fewer or more records than its count says.
    """
    count, records = _count_and_records(content)
    if count != str(len(records)):
        raise Unreadable(
            f"{len(records)} rows where the answer counts {count}: ask for all pages (skip=1000, 2000, …) and put their rows into one"
        )
    rows = {name: [_text(record, name) for record in records] for name in (*NEEDED, *ALSO_TOLD)}
    problems = {"problem": [_problem(record) for record in records]}
    texts = {name: pd.array(values, dtype="str") for name, values in (rows | problems).items()}
    return figures(pd.DataFrame({"row_number": range(2, len(records) + 2)} | texts))


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were, by row number: their fields by name, as JSON, numbers as text.

    Row numbers that the answer does not have are left out.
    """
    _, records = _count_and_records(content)
    return {number: json.dumps(records[number - 2], ensure_ascii=False) for number in row_numbers if 2 <= number < len(records) + 2}


def _count_and_records(content: bytes) -> tuple[str, list[Any]]:
    """Return how many records the answer counts, as text, and the records; every number stays as it was printed."""
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON, or cut off ({error}): save the answer again") from None
    match document:
        case {"count": count, "value": list() as records}:
            return str(count), records
    raise Unreadable('JSON, but not the {"count": …, "value": […]} of Data360: ask for /data360/data?DATABASE_ID=…&INDICATOR=…')


def _text(record: Any, name: str) -> str:
    value = record.get(name) if isinstance(record, dict) else None
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _problem(record: Any) -> str:
    if not isinstance(record, dict):
        return "not a record with names"
    missing = [name for name in NEEDED if name not in record]
    return f"record lacks {', '.join(missing)}" if missing else ""
