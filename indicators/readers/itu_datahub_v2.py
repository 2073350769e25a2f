"""The CSV that ITU's DataHub exported until July 2026 ("v2"): 13 columns, one row a series, economy and year.

There is no column for breakdowns: a breakdown is a series of its own, with the code of the total in `seriesParent` and the breakdown
at the end of its own code. Labels are never used: two parents in one file have breakdowns of the same names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.contracts.vocabulary import Locality, Sex
from indicators.readers import records

if TYPE_CHECKING:
    import pandas as pd

LAYOUT = "itu-datahub-v2"
SOURCE = "itu-datahub"
original_rows = records.csv_rows
_COLUMNS = {
    "seriesID": "series",
    "seriesCode": "code",
    "seriesParent": "parent",
    "seriesUnits": "unit",
    "entityIso": "area",
    "dataValue": "value",
    "dataYear": "year",
    "dataNote": "note",
    "dataSource": "origin",
}
_UNUSED = ("seriesName", "entityID", "entityName", "seriesDescription")
# Endings of the code, whole: "_HHCRural" may also begin the code of rural women, which is another series.
_BREAKDOWNS = {
    "HHCFemale": ("sex", Sex.FEMALE),
    "HHCMale": ("sex", Sex.MALE),
    "HHCUrban": ("locality", Locality.URBAN),
    "HHCUrbanUsers": ("locality", Locality.URBAN),
    "HHCRural": ("locality", Locality.RURAL),
    "HHCRuralUsers": ("locality", Locality.RURAL),
    "HHCLess15": ("age", "0-14"),
    "HHC15to24": ("age", "15-24"),
    "HHC25to74": ("age", "25-74"),
    "HHCMore74": ("age", "75+"),
}


def recognises(content: bytes) -> bool:
    """Return whether the header has the names only this layout has."""
    return {"seriesID", "dataValue"} <= set(records.header(content))


def read(content: bytes) -> pd.DataFrame:
    """Return the rows; a breakdown row has the series of its total, where that is in the file, and the breakdown in its column.

    A breakdown whose total is elsewhere, or whose ending we do not know, keeps its own number, for the catalogue to know or refuse.

    Raises:
        records.Unreadable: A column is missing, no rows, or damage.
    """
    missing = [name for name in (*_COLUMNS, *_UNUSED) if name not in records.header(content)]
    if missing:
        raise records.Unreadable(f"looks like an export of ITU's DataHub but lacks {', '.join(missing)}: export it again, unedited")
    rows = records.table(content, _COLUMNS)
    rows[["sex", "locality", "age"]] = ""
    is_breakdown = rows["parent"] != ""
    if is_breakdown.any():
        totals = rows[~is_breakdown].drop_duplicates("code").set_index("code")["series"]
        total = rows["parent"].map(totals)
        ending = rows["code"].str.rsplit("_", n=1).str[-1]
        for known, (dimension, word) in _BREAKDOWNS.items():
            rows.loc[is_breakdown & (ending == known), dimension] = word
        rows["series"] = rows["series"].mask(is_breakdown & ending.isin(_BREAKDOWNS) & total.notna(), total)
    return rows.drop(columns=["code", "parent"])
