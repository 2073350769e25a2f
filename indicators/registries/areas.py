"""The areas that publishers name, by the codes they use: economies and groups."""

from __future__ import annotations

import csv
import functools
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from indicators.contracts.vocabulary import AreaKind

if TYPE_CHECKING:
    pass
FIRST_YEAR, LAST_YEAR = 1960, 2100

#: The publisher whose economies go by their UN M49 numbers, with and without the noughts in front.
BY_NUMBER = "unsd"


def known_areas(publisher: str) -> pd.DataFrame:
    """Return how a publisher's codes are read, one row a code: `code`, `area`, `area_kind`."""
    rows = [(code, *area) for code, area in areas_by_code(publisher).items()]
    return pd.DataFrame(rows, columns=["code", "area", "area_kind"])


@functools.cache
def economy_names() -> dict[str, str]:
    """Return the English name of each economy by its ISO3 code."""
    with (Path(__file__).parent / "economies.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row["name"] for row in csv.DictReader(file)}


@functools.cache
def areas_by_code(publisher: str) -> dict[str, tuple[str, str]]:
    """Return (area, kind) by code: ISO3 for economies, or their UN M49 numbers, and the publisher's own codes for the rest."""
    here = Path(__file__).parent
    with (here / "economies.csv").open(encoding="utf-8", newline="") as file:
        economies = list(csv.DictReader(file))
    by = "m49" if publisher == BY_NUMBER else "iso3"
    known = {row[by]: (row["iso3"], AreaKind.ECONOMY) for row in economies if row[by]}
    with (here / "area_codes.csv").open(encoding="utf-8", newline="") as file:
        others = {row["code"]: (row["area"], row["area_kind"]) for row in csv.DictReader(file) if row["publisher"] == publisher}
    return others | known
