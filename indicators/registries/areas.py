"""The areas: economies, groups and who belongs to which; and how publishers' codes of them are read."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import pandas as pd

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import AreaKind

_HERE = Path(__file__).parent

#: The publisher whose economies go by their UN M49 numbers, with and without leading zeros.
BY_NUMBER = "unsd"


def economies_table() -> pd.DataFrame:
    """Return the table `economies`, as `economies.csv` has it."""
    return conform("economies", _registry("economies"))


def groups_table() -> pd.DataFrame:
    """Return the table `groups`, as `groups.csv` has it."""
    groups = _registry("groups")
    return conform("groups", groups.assign(has_members=groups["has_members"] == "true"))


def memberships_table() -> pd.DataFrame:
    """Return the table `memberships`, as `memberships.csv` has it."""
    return conform("memberships", _registry("memberships"))


def _registry(name: str) -> pd.DataFrame:
    # Only an empty cell is missing: NA is Namibia's two-letter code.
    return pd.read_csv(_HERE / f"{name}.csv", dtype="str", keep_default_na=False, na_values=[""])


@functools.cache
def _rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a registry as they are written, with "" where a cell is empty."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def known_areas(publisher: str) -> pd.DataFrame:
    """Return how a publisher's codes are read, one row a code: `code`, `area`, `area_kind`."""
    rows = [(code, *area) for code, area in areas_by_code(publisher).items()]
    return pd.DataFrame(rows, columns=["code", "area", "area_kind"])


@functools.cache
def economy_names() -> dict[str, str]:
    """Return the English name of each economy by its ISO3 code."""
    return {row["iso3"]: row["name"] for row in _rows("economies")}


@functools.cache
def areas_by_code(publisher: str) -> dict[str, tuple[str, str]]:
    """Return (area, kind) by code: ISO3 for economies, or their UN M49 numbers, and the publisher's own codes for the rest."""
    by = "m49" if publisher == BY_NUMBER else "iso3"
    known = {row[by]: (row["iso3"], AreaKind.ECONOMY) for row in _rows("economies") if row[by]}
    others = {row["code"]: (row["area"], row["area_kind"]) for row in _rows("area_codes") if row["publisher"] == publisher}
    return others | known
