"""The CSV that ITU's DataHub has exported since July 2026 ("v3"): 15 columns, one row a series, area and year; economies and groups mixed.

A row is what its number and code say, whatever its labels: of two breakdowns the group names the inner one only. The code of a household
series is `<indicator>-<denominator>-<breakdown>-<breakdown>`, with nothing for a breakdown there is not. Other codes have no parts, and
their series are what their numbers say.

A line break in Source was now and then exported without quotes, so that a record is split into a row of 14 fields and one of 2. These two
are joined. Any other wrong width is refused: a break in Notes would leave 13 and 3, which nobody has seen.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from indicators.readers import records

if TYPE_CHECKING:
    from collections.abc import Collection

LAYOUT = "itu-datahub-v3"
SOURCE = "itu-datahub"

_COLUMNS = (
    "SeriesID",
    "SeriesCode",
    "Series",
    "Unit",
    "Database",
    "Year",
    "AreaName",
    "AreaCode",
    "DisaggregationGroup",
    "Disaggregation1",
    "Disaggregation2",
    "Value",
    "Notes",
    "Source",
    "LastModifiedOn",
)
_LABELS = ["Disaggregation1", "Disaggregation2"]
_HOUSEHOLD_CODE = re.compile(r"(?P<family>[^-]+-%_[^-]+)-(?P<first>[^-]*)-(?P<second>[^-]*)")
_WORDS = {
    "sex": re.compile("FEMALE|MALE"),
    "locality": re.compile("URBAN|RURAL"),
    "age": re.compile("[0-9]+TO[0-9]+|(?:BELOW|ABOVE)[0-9]+"),
}
# Groups that part people and households; the others (TV, Technology, Spectrum blocks …) part networks.
_OF_PEOPLE = ("Gender", "Age", "Location", "Family", "Occupation")
_NUMBER, _YEAR, _DAY = re.compile("[0-9]+"), re.compile("[0-9]{4}"), re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def recognises(content: bytes) -> bool:
    """Return whether the header has names that come together in this layout alone."""
    names = set(records.header(content))
    return "SeriesID" in names and not names.isdisjoint({"DisaggregationGroup", "LastModifiedOn"})


def read(content: bytes) -> pd.DataFrame:
    """Return the rows; a breakdown has the words of the code, and a value that is blank is not stated.

    A figure has a problem where its code has a breakdown that is neither sex, locality nor age, or where its labels have a breakdown that
    its code has not. The database and the day of the last change are told in the note.

    Raises:
        records.Unreadable: A column is missing, no rows, or damage.
    """
    if missing := [name for name in _COLUMNS if name not in records.header(content)]:
        raise records.Unreadable(f"looks like an export of ITU's DataHub (v3) but lacks {', '.join(missing)}: export it again, unedited")
    rows = _table(content)
    for name in ("SeriesCode", "DisaggregationGroup", *_LABELS, "Value", "LastModifiedOn"):
        rows[name] = rows[name].str.strip()
    code, group, value, changed = rows["SeriesCode"], rows["DisaggregationGroup"], rows["Value"], rows["LastModifiedOn"]
    said = pd.DataFrame.from_dict({text: _said(text) for text in code.unique()}, orient="index").loc[code].set_axis(rows.index)

    labels = rows[_LABELS[0]].str.cat(rows[_LABELS[1]], sep=", ").str.removesuffix(", ").str.removeprefix(", ")
    of_people = (said["family"] != "") | group.isin(_OF_PEOPLE)
    unsaid = of_people & ((rows[_LABELS] != "").sum(axis="columns") > said["breakdowns"])
    problem = said["problem"].mask((said["problem"] == "") & unsaid, "labelled as " + labels + ", which the code " + code + " does not say")
    told = (
        rows["Notes"],
        (group + ": " + labels).str.removesuffix(": ").str.removeprefix(": ").mask(of_people, ""),
        rows["Database"],
        ("modified " + changed).mask(changed == "", ""),
    )
    return pd.DataFrame(
        {
            "row_number": rows["row_number"],
            "series": rows["SeriesID"],
            "family": said["family"],
            "area": rows["AreaCode"],
            "year": rows["Year"],
            "sex": said["sex"],
            "locality": said["locality"],
            "age": said["age"],
            "value": value,
            "unit": rows["Unit"],
            "note": records.joined(*told),
            "origin": rows["Source"],
            "repair": rows["repair"],
            # A row that states no value has nothing to refuse.
            "problem": rows["problem"].mask((rows["problem"] == "") & (value != ""), problem),
        }
    )


def published(content: bytes) -> str:
    """Return the newest day on which a row was changed, "" where none is stated."""
    newest = pd.to_datetime(_table(content)["LastModifiedOn"].str.strip(), format="%Y-%m-%d", errors="coerce").max()
    return "" if pd.isna(newest) else str(newest.date())


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were: their fields by name, as JSON, by row number; a split one with the fields of its second row beside."""
    found = records.csv_rows(content, row_numbers)
    for number, (_, rest) in _split(content).items():
        if number in found:
            found[number] = json.dumps(json.loads(found[number]) | {f"row {number + 1}": rest}, ensure_ascii=False)
    return found


def _table(content: bytes) -> pd.DataFrame:
    """Return all columns as text, with row_number, problem and repair; split records are joined under the number of their first row."""
    rows = records.table(content, {name: name for name in _COLUMNS}).assign(repair="")
    # Only rows of a wrong width can be halves.
    split = _split(content) if (rows["problem"] != "").any() else {}
    if not split:
        return rows
    whole = pd.DataFrame([[*start[:-1], f"{start[-1]}\n{rest[0]}", rest[1]] for start, rest in split.values()], columns=list(_COLUMNS))
    whole = whole.assign(
        row_number=list(split),
        problem="",
        repair=[f"joined with row {number + 1}, where a line break in Source had cut it" for number in split],
    )
    halves = {number for first in split for number in (first, first + 1)}
    return pd.concat([rows[~rows["row_number"].isin(halves)], whole]).sort_values("row_number", ignore_index=True)


def _split(content: bytes) -> dict[int, tuple[list[str], list[str]]]:
    """Return the records that a line break in Source cut in two, both rows' fields, by the number of the first.

    The first row must be whole up to Source, and the second end with a day. A first row that ends with a day lacks some other field.
    """
    lines = records.records(content)
    _, names = next(lines, (1, []))
    if names != list(_COLUMNS):
        return {}
    return {
        number: (start, rest)
        for (number, start), (following, rest) in pairwise(lines)
        if (len(start), len(rest), following) == (14, 2, number + 1)
        and _NUMBER.fullmatch(start[0])
        and _YEAR.fullmatch(start[5])
        and not _DAY.fullmatch(start[13].strip())
        and _DAY.fullmatch(rest[1].strip())
    }


def _said(code: str) -> dict[str, str | int]:
    """Tell what a code says: the family, the words of its breakdowns and how many there are; or why its figures are not kept.

    >>> _said("HHU4212-%_POP-RURAL-FEMALE") == {
    ...     "family": "HHU4212-%_POP", "sex": "FEMALE", "locality": "RURAL", "age": "", "breakdowns": 2, "problem": ""
    ... }
    True
    >>> _said("HHU4212-%_POP-ISCO8-")["problem"]
    'broken down by ISCO8, which is not kept'
    """
    said: dict[str, str | int] = {"family": "", "sex": "", "locality": "", "age": "", "breakdowns": 0, "problem": ""}
    if "-%" not in code:
        return said
    parts = _HOUSEHOLD_CODE.fullmatch(code)
    if not parts:
        return said | {"problem": f"code {code} is not <indicator>-<denominator>-<breakdown>-<breakdown>"}
    words = [word for word in (parts["first"], parts["second"]) if word]
    said |= {"family": parts["family"], "breakdowns": len(words)}
    for word in words:
        dimension = next((name for name, known in _WORDS.items() if known.fullmatch(word)), None)
        if dimension is None:
            return said | {"problem": f"broken down by {word}, which is not kept"}
        if said[dimension]:
            return said | {"problem": f"broken down by {dimension} twice, {said[dimension]} and {word}"}
        said[dimension] = word
    return said
