"""Reads the World Bank's list of economies and groups (`/v2/country`): no figures, but which code is what, and in which classes.

Rows of `read` there are none; `areas` returns the list, for `indicators.editions.area_differences` to compare with ours.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.contracts.vocabulary import AreaKind
from indicators.readers import records
from indicators.readers.records import Unreadable

LAYOUT = "world-bank-areas"
SOURCE = "world-bank-areas"
#: The region under which the Bank lists groups. It is Namibia's two-letter code as well, which stands in another field.
GROUPS = "NA"


def recognises(content: bytes) -> bool:
    """Return whether the bytes are such a list, be it whole or not."""
    try:
        return records.begins(content, b"[") and bool(_total_and_entries(content))
    except Unreadable:
        return False


def read(content: bytes) -> pd.DataFrame:
    """Return no rows: the list states no figures.

    Raises:
        Unreadable: The list is not whole.
    """
    areas(content)
    return pd.DataFrame(columns=list(PUBLISHED_COLUMNS)).astype({"row_number": "int64"})


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:  # noqa: ARG001
    """Return nothing: no row of the list is ever refused."""
    return {}


def areas(content: bytes) -> pd.DataFrame:
    """Return the list, one row an area: `code` (ISO3 or the Bank's own), `area_kind`, `income` and `region` as the Bank names them.

    Names come without the spaces the Bank prints behind them. Groups have neither income nor region.

    Raises:
        Unreadable: It is no such list, an entry lacks its code or region, or there are not as many as its header promises.
    """
    total, entries = _total_and_entries(content)
    if total != str(len(entries)):
        raise Unreadable(f"{len(entries)} areas where the header promises {total}: save the whole answer, with per_page=400 in the address")
    try:
        listed = [
            {"code": entry["id"], "area_kind": AreaKind.GROUP, "income": "", "region": ""}
            if entry["region"]["id"] == GROUPS
            else {
                "code": entry["id"],
                "area_kind": AreaKind.ECONOMY,
                "income": entry["incomeLevel"]["id"],
                "region": entry["region"]["value"].strip(),
            }
            for entry in entries
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"an entry without {error}: the Bank may have changed its list") from None
    return pd.DataFrame(listed)


def _total_and_entries(content: bytes) -> tuple[str, list[Any]]:
    """Return the number of areas promised, as text, and what is said of each."""
    match records.document(content):
        case [{"total": total}, [{"id": _, "iso2Code": _, "region": _, "incomeLevel": _}, *_] as entries]:
            return str(total), entries
    raise Unreadable("JSON, but not the World Bank's list of countries: ask for /country?format=json&per_page=400")
