"""The CSV that World Bank Data360 gives of one indicator: a row an area, year and breakdown, each code with its label beside it.

Codes are read, labels are not: they are wrong in places. Left out with them is what describes the file and not the figure (structure,
time format, decimals, the flag of the latest row) and UNIT_TYPE, which contradicts UNIT_MEASURE. Groups stand in REF_AREA among the
economies, and nothing in a row tells them apart: that is for the table of areas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from indicators.readers import records

if TYPE_CHECKING:
    from collections.abc import Iterable

LAYOUT = "data360-csv"
SOURCE = "data360"
original_rows = records.csv_rows

#: What tells a figure from the others. A file or record without one of them could pass a part off as the whole.
NEEDED = (
    "INDICATOR",
    "REF_AREA",
    "TIME_PERIOD",
    "OBS_VALUE",
    "FREQ",
    "SEX",
    "URBANISATION",
    "AGE",
    "COMP_BREAKDOWN_1",
    "COMP_BREAKDOWN_2",
    "COMP_BREAKDOWN_3",
    "UNIT_MEASURE",
    "UNIT_MULT",
)
#: What else is said of a figure; the two forms of the data do not have the same of these.
ALSO_TOLD = ("AGG_METHOD", "OBS_STATUS", "OBS_CONF", "COMMENT_OBS", "COMMENT_TS", "DATA_SOURCE")

# Series of ITU are known by their code without this; those of other databases by their whole code.
_ITU = "ITU_DH_"
_NOT_BROKEN_DOWN = ("", "_T", "_Z")


def recognises(content: bytes) -> bool:
    """Return whether the header has names that come together in Data360 alone, in any order."""
    names = set(records.header(content))
    return {"INDICATOR", "REF_AREA"} <= names and not names.isdisjoint({"DATABASE_ID", "COMP_BREAKDOWN_1"})


def read(content: bytes) -> pd.DataFrame:
    """Return the rows; one that is broken down otherwise than by sex, locality and age, or is scaled, has a problem.

    Raises:
        records.Unreadable: A column is missing, no rows, or damage.
    """
    if missing := [name for name in NEEDED if name not in records.header(content)]:
        raise records.Unreadable(
            f"looks like a CSV of Data360 but lacks {', '.join(missing)}: download the indicator again, unedited, and not in its wide form"
        )
    return figures(records.table(content, {name: name for name in (*NEEDED, *ALSO_TOLD)}))


def figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what rows of Data360 say, in the columns of a reader.

    Args:
        rows: Text under Data360's names, "" where not stated, with `row_number` and `problem`. Of ALSO_TOLD any may be absent.
    """
    rows = rows.reindex(columns=["row_number", "problem", *NEEDED, *ALSO_TOLD], fill_value="")
    problem = rows["problem"]
    for name, kept, reason in (
        ("FREQ", ("A",), "frequency '{}', where only yearly figures (A) are kept"),
        ("UNIT_MULT", ("", "0"), "unit multiplier '{}': what the value counts is not certain"),
        *((f"COMP_BREAKDOWN_{n}", _NOT_BROKEN_DOWN, f"broken down by COMP_BREAKDOWN_{n} ({{}}), which is not kept") for n in (1, 2, 3)),
    ):
        before, after = reason.split("{}")
        problem = problem.mask((problem == "") & ~rows[name].isin(kept), before + rows[name] + after)
    told = (
        _unless("aggregation method ", rows["AGG_METHOD"], ("", "_Z")),
        _unless("observation status ", rows["OBS_STATUS"], ("", "A")),
        _unless("confidentiality ", rows["OBS_CONF"], ("", "PU")),
        rows["COMMENT_OBS"],
        rows["COMMENT_TS"],
    )
    return pd.DataFrame(
        {
            "row_number": rows["row_number"],
            "series": rows["INDICATOR"].str.removeprefix(_ITU),
            "area": rows["REF_AREA"],
            "year": rows["TIME_PERIOD"],
            "sex": rows["SEX"],
            "locality": rows["URBANISATION"],
            "age": rows["AGE"],
            "value": rows["OBS_VALUE"],
            "unit": rows["UNIT_MEASURE"],
            "note": records.joined(*told),
            "origin": rows["DATA_SOURCE"],
            "problem": problem,
        }
    )


def _unless(label: str, codes: pd.Series, silent: Iterable[str]) -> pd.Series:
    """Return codes with a label before them, "" where they are among those that say nothing."""
    return (label + codes).mask(codes.isin(list(silent)), "")
