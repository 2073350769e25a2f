"""The CSV files of the UN Statistics Division's SDG database, in the three forms that are about.

DataCSV is what its API gives; a download from its portal is the same, without the brackets round the names of a series' own columns.
The SDMX door has names of its own, and spells the series in capitals. The DDF form is a public re-shaping of DataCSV, one series a file,
with short words in lower case; its last column is named by the series. All are read under DataCSV's names, where a column in brackets
is a breakdown unless it is known to describe the figure. Words stay as each form spells them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from indicators.readers import records

if TYPE_CHECKING:
    from collections.abc import Collection

LAYOUT = "unsd-csv"
SOURCE = "unsd-sdg"

_NEEDED = ("SeriesCode", "GeoAreaCode", "TimePeriod", "Value")
_TOLD = ("ValueType", "Time_Detail", "TimeCoverage", "UpperBound", "LowerBound", "BasePeriod", "Source", "GeoInfoUrl", "FootNote")
# Of the series or the database, not of the figure: one figure of a series that serves two indicators stands there twice.
_NOT_OF_THE_FIGURE = (
    *("Goal", "Target", "Indicator", "SeriesDescription", "GeoAreaName", "SeriesObservationCount", "SeriesID", "ID", "isDSDSeries"),
    *("ReleaseStatus", "ReleaseName", "ObservationID", "STRUCTURE", "STRUCTURE_ID", "ACTION", "DATAFLOW", "DATA_LAST_UPDATE"),
)
#: Columns in brackets that describe a figure and do not break it down.
ATTRIBUTES = frozenset(
    f"[{name}]" for name in ("Nature", "Units", "UnitMultiplier", "Observation Status", "Report Ordinal", "Source Type", "Geo Info Type")
)
_CHECKED = ("[Reporting Type]", "[Freq]", "[UnitMultiplier]")
_KEPT = ("[Sex]", "[Location]", "[Age]")
_TOTALS = ("_T", "_Z", "TOTAL", "ALL", "ALLAGE", "BOTHSEX", "ALLAREA", "ANYS")

_SDMX = {
    "SERIES": "SeriesCode",
    "REF_AREA": "GeoAreaCode",
    "TIME_PERIOD": "TimePeriod",
    "OBS_VALUE": "Value",
    "REPORTING_TYPE": "[Reporting Type]",
    "FREQ": "[Freq]",
    "SEX": "[Sex]",
    "AGE": "[Age]",
    "URBANISATION": "[Location]",
    "NATURE": "[Nature]",
    "UNIT_MEASURE": "[Units]",
    "UNIT_MULT": "[UnitMultiplier]",
    "OBS_STATUS": "[Observation Status]",
    "TIME_DETAIL": "Time_Detail",
    "TIME_COVERAGE": "TimeCoverage",
    "UPPER_BOUND": "UpperBound",
    "LOWER_BOUND": "LowerBound",
    "BASE_PER": "BasePeriod",
    "SOURCE_DETAIL": "Source",
    "COMMENT_OBS": "FootNote",
    "COMMENT_TS": "comment on the series",
    "CUST_BREAKDOWN_LB": "custom breakdown",
    "GEO_INFO_URL": "GeoInfoUrl",
    "GEO_INFO_TYPE": "[Geo Info Type]",
}
_DDF = {
    "geo_area": "GeoAreaCode",
    "year": "TimePeriod",
    "sex": "[Sex]",
    "location": "[Location]",
    "age": "[Age]",
    "freq": "[Freq]",
    "reporting_type": "[Reporting Type]",
    "nature": "[Nature]",
    "units": "[Units]",
    "observation_status": "[Observation Status]",
}
# A series such as it_mob_own; no dimension of the DDF form is named like one.
_DDF_SERIES = re.compile("[a-z]{2}_[a-z0-9_]+")


def recognises(content: bytes) -> bool:
    """Return whether the header is that of one of the three forms."""
    names = records.header(_unpadded(content))
    return _is_sdmx(names) or _is_ddf(names) or {"SeriesCode", "GeoAreaCode"} <= set(names)


def read(content: bytes) -> pd.DataFrame:
    """Return the rows; one that is broken down otherwise than by sex, locality and age, or is no yearly global figure, has a problem.

    Raises:
        records.Unreadable: A column is missing, no rows, or damage.
    """
    content = _unpadded(content, whole=True)
    names = records.header(content)
    columns = {name: _ours(name, names) for name in names if name not in _NOT_OF_THE_FIGURE}
    found = [*columns.values(), *(["SeriesCode"] if _is_ddf(names) else [])]
    if missing := [name for name in _NEEDED if name not in found]:
        raise records.Unreadable(f"looks like a CSV of the SDG database but lacks {', '.join(missing)}: download it again, unedited")
    if doubled := sorted({name for name in found if found.count(name) > 1}):
        raise records.Unreadable(f"column {doubled[0].strip('[]')} stands twice in the header: keep one")
    rows = records.table(content, columns)
    return figures(rows.assign(SeriesCode=names[-1]) if _is_ddf(names) else rows)


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return records as they were: their fields by name, as JSON, by row number."""
    return records.csv_rows(_unpadded(content), row_numbers)


def published(content: bytes) -> str:
    """Return the newest day of change that an SDMX file states; the other forms state none."""
    if "DATA_LAST_UPDATE" not in records.header(content):
        return ""
    days = records.table(content, {"DATA_LAST_UPDATE": "day"})["day"].str[:10]
    return max(days[days.str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}")], default="")


def figures(rows: pd.DataFrame, attributes: Collection[str] = ATTRIBUTES) -> pd.DataFrame:
    """Return what rows of the SDG database say, in the columns of a reader.

    Args:
        rows: Text under DataCSV's names, "" where not stated, with `row_number` and `problem`. Any but the four needed may be absent.
        attributes: The columns in brackets that describe a figure and do not break it down.
    """
    names = [str(name) for name in rows]
    breakdowns = [name for name in names if name.startswith("[") and name not in {*attributes, *_CHECKED, *_KEPT}]
    described = [name for name in names if name in attributes and name not in (*_CHECKED, "[Nature]", "[Units]", "[Observation Status]")]
    stated = {name: rows[name] for name in names}
    blank = pd.Series("", index=rows.index, dtype="str")

    def said(name: str, *silent: str) -> pd.Series:
        texts = stated.get(name, blank)
        return texts.mask(texts.isin(silent), "")

    year = rows["TimePeriod"].str.replace(r"^([0-9]{4})\.0+$", r"\1", regex=True)
    broken = year.str.fullmatch(r"[0-9]{4}\.[0-9]+")
    problem = rows["problem"].mask((rows["problem"] == "") & broken, "time period " + year + " is no whole year")
    for name, kept, reason in (
        ("[Reporting Type]", ("G",), "reporting type '{}', where only global figures (G) are kept"),
        ("[Freq]", ("A", "ANNUAL"), "frequency '{}', where only yearly figures (A) are kept"),
        ("[UnitMultiplier]", ("0",), "unit multiplier '{}': what the value counts is not certain"),
        *((name, _TOTALS, f"broken down by {name[1:-1]} ({{}}), which is not kept") for name in breakdowns),
    ):
        before, after = reason.split("{}")
        other = said(name, *kept, *(word.lower() for word in kept))
        problem = problem.mask((problem == "") & (other != ""), before + other + after)

    period = said("Time_Detail")
    told = [
        said("FootNote"),
        _labelled("period", period.mask(period == year, "")),
        _labelled("time coverage", said("TimeCoverage")),
        _labelled("base period", said("BasePeriod")),
        _labelled("lower bound", said("LowerBound")),
        _labelled("upper bound", said("UpperBound")),
        _labelled("observation status", said("[Observation Status]", "A", "a")),
        *(_labelled(name[1:-1].lower(), stated[name]) for name in described),
        said("comment on the series"),
        said("custom breakdown"),
        said("GeoInfoUrl"),
    ]
    return pd.DataFrame(
        {
            "row_number": rows["row_number"],
            "series": rows["SeriesCode"],
            "area": rows["GeoAreaCode"],
            "year": year,
            "sex": said("[Sex]"),
            "locality": said("[Location]"),
            "age": said("[Age]"),
            "value": rows["Value"].mask(said("ValueType") == "Null", ""),
            "unit": said("[Units]"),
            "nature": said("[Nature]"),
            "note": records.joined(*told),
            "origin": said("Source"),
            "problem": problem,
        }
    )


def _labelled(label: str, texts: pd.Series) -> pd.Series:
    return (label + " " + texts).mask(texts == "", "")


def _is_sdmx(names: list[str]) -> bool:
    return {"SERIES", "REF_AREA", "REPORTING_TYPE"} <= set(names)


def _is_ddf(names: list[str]) -> bool:
    return {"geo_area", "year"} <= set(names[:-1]) and _DDF_SERIES.fullmatch(names[-1]) is not None


def _ours(name: str, names: list[str]) -> str:
    """Return the name that DataCSV has for a column."""
    if _is_sdmx(names):
        return _SDMX.get(name, f"[{name}]")
    if _is_ddf(names):
        return "Value" if name == names[-1] else _DDF.get(name, f"[{name}]")
    return name if name in (*_NEEDED, *_TOLD) else f"[{name.strip('[]')}]"


def _unpadded(content: bytes, *, whole: bool = False) -> bytes:
    """Return the bytes before the NULs with which DataCSV is filled up.

    Raises:
        records.Unreadable: `whole` was asked for, and something stands after a NUL.
    """
    text, _, padding = content.partition(b"\0")
    if whole and padding.strip(b"\0\r\n "):
        raise records.Unreadable("NUL bytes in the midst of the rows: damaged; download it again")
    return text
