"""Reads ITU's workbook of ICT price baskets: what each basket costs in each economy, and the medians of groups of economies.

The monthly income in the sheet `GNI_denominator` goes by the names of economies alone and is not read; nor are the classes of the
economies, which `memberships.csv` has. Codes are matched whole: `i154_FBB` is also the beginning of `i154_FBB5_GNI`, another basket.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from indicators.readers import workbook
from indicators.readers.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection

    from indicators.readers.workbook import Sheet

LAYOUT = "itu-price-baskets"
SOURCE = "itu-price-baskets"

_OVERVIEW, _HISTORY, _MEDIANS = "Overview", "BasketHistory", "medians"
_ECONOMIES = re.compile(r"economies_([0-9]{4})-([0-9]{4})")
_HEADERS = {
    "economies": ("IsoCode", "Code", "Unit"),
    _MEDIANS: ("Code", "Unit", "Grouping", "Group"),
    _HISTORY: ("Basket name", "Codes"),
}
_BASKETS = (
    *("i154_FBB", "i154_FBB5", "i154_Mob", "i154_MobLow"),
    *("i271mb_1GB", "i271mb_1GB5", "i271mb_2GB", "i271mb_5GB", "i271mb_10GB"),
    *("i271mb_low_500", "i271mb_low_1GB", "i271mb_high_1GB5", "i271mb_high_2GB", "i271mb_high_5GB", "i271md_pd_B1GB"),
)
# As a share of income, in international dollars, in US dollars. (`BasketHistory` calls the first _GNIpc; no code ends so.)
_CODES = {basket + measure: basket for basket in _BASKETS for measure in ("_GNI", "_PPP", "$")}
_YEAR = re.compile(r"[0-9]{4}")
# What `BasketHistory` says of a basket in a year, by its mark.
_MARKS = {"x": "", "exp": "experimental collection", "": "a year in which BasketHistory does not have the basket"}


def recognises(content: bytes) -> bool:
    """Return whether the workbook has at least two of the sheets that only this one has, so that one that lost a sheet is told so."""
    names = workbook.names(content)
    return sum((_HISTORY in names, _MEDIANS in names, any(_ECONOMIES.fullmatch(name) for name in names))) >= 2


def read(content: bytes) -> pd.DataFrame:
    """Return one row a price: of the economies first, then of the groups, whose area is the name of the group.

    `NA` is no value. The note tells of experimental collections. Of the four medians of a group only the annual one is a row without a
    problem: the others are over the economies that have a price in each of the last 2, 4 or 5 years, so another measure of one area
    and year. A row of `medians` has the number of its row there and 100,000.

    Raises:
        Unreadable: A sheet, column or year is missing, no rows, or damage.
    """
    economies, medians, history = _sheets(content)
    rows = pd.concat([_economies(*economies), _medians(*medians)], ignore_index=True)
    rows["value"] = rows["value"].mask(rows["value"].str.strip() == "NA", "")
    stated, code = rows["value"] != "", rows["series"]
    rows["problem"] = rows["problem"].mask(~code.isin(_CODES), "basket code '" + code + "' is not known").where(stated, "")
    marks = (code.map(_CODES).fillna("") + " " + rows["year"]).map(_history(*history)).fillna("")
    told = marks.map(lambda mark: _MARKS.get(mark, f"{mark} in BasketHistory"))
    rows["note"] = told.str.cat(rows["note"], sep="; ").str.strip("; ")
    return rows


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return rows as they were, with their sheet and row, by row number."""
    economies, medians, _ = _sheets(content)
    headers = [economies[1][_header(economies[0], economies[1], "economies")], medians[1][_header(*medians, _MEDIANS)]]
    return workbook.original_rows((economies, medians), headers, row_numbers)


def published(content: bytes) -> str:
    """Return the release date that the sheet `Overview` gives, "" if it gives none."""
    for row in workbook.sheets(content).get(_OVERVIEW, []):
        if any(cell.strip().casefold().startswith("release date") for cell in row):
            return next((day[:10] for day in row if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day)), "")
    return ""


def _sheets(content: bytes) -> tuple[tuple[str, Sheet], tuple[str, Sheet], tuple[str, Sheet]]:
    """Return names and cells of the sheets of economies, of medians and of the history, wherever they stand."""
    held = workbook.sheets(content)
    of_economies = [name for name in held if _ECONOMIES.fullmatch(name)]
    if len(of_economies) > 1:
        raise Unreadable(f"two sheets of economies ({', '.join(of_economies)}): keep one")
    for name, found in (("economies_<first>-<last year>", bool(of_economies)), (_MEDIANS, _MEDIANS in held), (_HISTORY, _HISTORY in held)):
        if not found:
            raise Unreadable(f"looks like ITU's price baskets but lacks the sheet {name}: download it again, unedited")
    name = of_economies[0]
    return (name, held[name]), (_MEDIANS, held[_MEDIANS]), (_HISTORY, held[_HISTORY])


def _header(name: str, sheet: Sheet, kind: str) -> int:
    """Return the place of the row that has the names of this kind of sheet."""
    missing = list(_HEADERS[kind])
    for place, row in enumerate(sheet[:50]):
        lacking = [wanted for wanted in _HEADERS[kind] if wanted not in row]
        if not lacking:
            return place
        missing = min(missing, lacking, key=len)
    raise Unreadable(f"the sheet {name} lacks the column {missing[0]}: download it again, unedited")


def _economies(name: str, sheet: Sheet) -> pd.DataFrame:
    """Return the rows of the economies; the years that the name of the sheet promises must be there, each once."""
    top = _header(name, sheet, "economies")
    header = sheet[top]
    first, last = name.removeprefix("economies_").split("-")
    for year in range(int(first), int(last) + 1):
        if header.count(str(year)) != 1:
            raise Unreadable(f"the sheet {name} has {header.count(str(year))} columns of {year}: download it again, unedited")
    columns = [place for place, year in enumerate(header) if _YEAR.fullmatch(year)]
    years = pd.DataFrame({"year": [header[place] for place in columns], "problem": "", "note": ""})
    return _table(name, sheet, top, columns, {"IsoCode": "area", "Code": "series", "Unit": "unit"}, years)


def _medians(name: str, sheet: Sheet) -> pd.DataFrame:
    """Return the rows of the groups: the panel of years under "Annual medians", and the other panels with a problem."""
    top = _header(name, sheet, _MEDIANS)
    header = sheet[top]
    years = [title if _YEAR.fullmatch(title) else "" for title in header]
    columns: list[int] = []
    said: list[dict[str, str]] = []
    left = 0
    for panel in workbook.panels(years):
        # The title of a panel may stand over the empty column before it.
        titles = "; ".join(cell.strip() for row in sheet[:top] for cell in row[left : panel.stop] if cell.strip())
        annual = "annual medians" in titles.casefold()
        problem = "" if annual else f"not kept beside the annual median: {titles}" if titles else "a panel of medians without a title"
        said += [{"year": years[place], "problem": problem, "note": titles if annual else ""} for place in panel]
        columns += panel
        left = panel.stop
    if not any(column["problem"] == "" for column in said):
        raise Unreadable(f"the sheet {name} has no panel of years under 'Annual medians …': download it again, unedited")
    wanted = {"Group": "area", "Code": "series", "Unit": "unit", "Grouping": "grouping"}
    rows = _table(name, sheet, top, columns, wanted, pd.DataFrame(said))
    rows["row_number"] += workbook.ROWS_A_SHEET
    own = rows["grouping"] == rows["area"]
    rows["note"] = rows["note"].mask((rows["note"] != "") & ~own, rows["note"] + "; grouping: " + rows["grouping"])
    return rows.drop(columns="grouping")


def _table(name: str, sheet: Sheet, top: int, columns: list[int], wanted: dict[str, str], of_columns: pd.DataFrame) -> pd.DataFrame:
    """Return one row a cell under a header; lines with neither a figure nor `NA`, such as footers, are no rows."""
    lines = [(number, row) for number, row in enumerate(sheet[top + 1 :], start=top + 2) if any(row[place].strip() for place in columns)]
    if not lines:
        raise Unreadable(f"the sheet {name} has a header and no rows: download it again, unedited")
    of_rows = pd.DataFrame({"row_number": pd.array([number for number, _ in lines], dtype="int64")})
    for theirs, ours in wanted.items():
        place = sheet[top].index(theirs)
        of_rows[ours] = pd.array([row[place].strip() for _, row in lines], dtype="str")
    return workbook.long(of_rows, of_columns.astype("str"), [[row[place].strip() for place in columns] for _, row in lines])


def _history(name: str, sheet: Sheet) -> dict[str, str]:
    """Return the mark of each basket and year, by "basket year"."""
    top = _header(name, sheet, _HISTORY)
    header = sheet[top]
    codes = header.index("Codes")
    rows = [row for row in sheet[top + 1 :] if row[codes].strip().removesuffix("*") in _BASKETS]
    years = [place for place, year in enumerate(header) if _YEAR.fullmatch(year)]
    return {f"{row[codes].strip().removesuffix('*')} {header[place]}": row[place].strip() for row in rows for place in years}
