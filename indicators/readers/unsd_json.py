"""What the API of the UN Statistics Division's SDG database answers for a series: one page that is the whole, or all pages joined.

A joined document has the `data` of all pages beside `totalElements`, `attributes` and `dimensions`, and may name the `release`. A record
says what a row of DataCSV says and is read as one. A null is "", that is, not stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators.readers import records
from indicators.readers.records import Unreadable
from indicators.readers.unsd_csv import ATTRIBUTES, figures

if TYPE_CHECKING:
    from collections.abc import Collection

LAYOUT = "unsd-json"
SOURCE = "unsd-sdg"

# The API's names, each with that of DataCSV.
_FIELDS = {
    "series": "SeriesCode",
    "geoAreaCode": "GeoAreaCode",
    "timePeriodStart": "TimePeriod",
    "value": "Value",
    "valueType": "ValueType",
    "time_detail": "Time_Detail",
    "timeCoverage": "TimeCoverage",
    "upperBound": "UpperBound",
    "lowerBound": "LowerBound",
    "basePeriod": "BasePeriod",
    "source": "Source",
    "geoInfoUrl": "GeoInfoUrl",
    "footnotes": "FootNote",
}
# A record without its dimensions could pass a part off as the whole.
_NEEDED = ("series", "geoAreaCode", "timePeriodStart", "value", "attributes", "dimensions")


def recognises(content: bytes) -> bool:
    """Return whether this is a JSON object with names that only this answer has, be it whole or not.

    >>> recognises(b'{"size": 0, "totalElements": 0, "totalPages": 0, "pageNumber": 1, "attributes": [], "dimensions": [], "data": []}')
    True
    >>> recognises(b'{"goal": ["17"], "code": "IT_USE_ii99", "release": "2026.Q2.G.02"}')
    False
    """
    return records.begins(content, b"{") and all(name in content for name in (b'"totalElements"', b'"dimensions"', b'"data"'))


def read(content: bytes) -> pd.DataFrame:
    """Return the records as rows, the first being row 2; problems are those of the CSV, and a field that is lacking.

    Raises:
        Unreadable: Not the whole of a JSON answer, no records, or fewer or more than it promises.
    """
    total, found = _total_and_records(content)
    if total != str(len(found)):
        raise Unreadable(
            f"{len(found)} rows where the answer promises {total}: ask for all pages (page=1, 2, …) and join their data, or take the CSV"
        )
    if not found:
        raise Unreadable("the series has no rows: check its code")
    whole = [record for record in found if not _problem(record)]
    # What is called a dimension anywhere is one, whatever else it is called.
    attributes = {f"[{name}]" for record in whole for name in record["attributes"]}
    attributes -= {f"[{name}]" for record in whole for name in record["dimensions"]}
    rows = pd.DataFrame([_row(record) for record in found]).fillna("").astype("str")
    rows.insert(0, "row_number", range(2, len(found) + 2))
    return figures(rows, ATTRIBUTES | attributes)


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were, by row number: their fields by name, as JSON, numbers as text."""
    _, found = _total_and_records(content)
    return records.json_rows(found, row_numbers)


def _total_and_records(content: bytes) -> tuple[str, list[Any]]:
    """Return how many records the answer promises, as text, and the records."""
    match records.document(content):
        case {"totalElements": total, "data": list() as found}:
            return str(total), found
    raise Unreadable('JSON, but not the {"totalElements": …, "data": […]} of the SDG database: ask for Series/Data?seriesCode=…')


def _row(record: Any) -> dict[str, str]:
    """Return one record under DataCSV's names; one that lacks a field has only the four that figures need, and its problem."""
    if problem := _problem(record):
        return dict.fromkeys(("SeriesCode", "GeoAreaCode", "TimePeriod", "Value"), "") | {"problem": problem}
    columns = {f"[{name}]": _text(word) for name, word in (record["attributes"] | record["dimensions"]).items()}
    return {csv: _text(record.get(name)) for name, csv in _FIELDS.items()} | columns | {"problem": ""}


def _problem(record: Any) -> str:
    if not isinstance(record, dict):
        return "not a record with names"
    if missing := [name for name in _NEEDED if name not in record]:
        return f"record lacks {', '.join(missing)}"
    if not (isinstance(record["attributes"], dict) and isinstance(record["dimensions"], dict)):
        return "attributes or dimensions without names"
    return ""


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return records.text(value)
