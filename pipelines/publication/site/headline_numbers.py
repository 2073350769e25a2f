"""The world in four numbers, for the front page: each with year, vintage and nature, or said not to be held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipelines.publication.site.area_profiles import HEADLINE, Row, rows

if TYPE_CHECKING:
    import pandas as pd


def in_numbers(tables: Mapping[str, pd.DataFrame]) -> list[Row]:
    """Return use, people offline, the gap between high and low income, and women to men; without a value where nothing is held.

    Args:
        tables: The published tables by name; used are current_observations and gaps.

    Returns:
        One entry a number: value, unit, told (what it is), address (the page that has more), and of the row it stands in year, source,
        vintage, nature; these missing where none is held. A gap has no nature of its own: its sides have.
    """
    use, offline = (_newest(tables["current_observations"], name) for name in (HEADLINE, "individuals_offline_number"))
    income, sexes = (_gap(tables["gaps"], divide) for divide in ("income", "sex"))
    return [
        _told(use, "value", "%", "of the world’s people use the Internet", f"indicators/{HEADLINE}.html"),
        _told(offline, "value", "people", "do not use it", "indicators/individuals_offline_number.html"),
        _told(income, "ratio", "times", "as large a share uses it in high-income as in low-income economies", "areas/low-income.html"),
        _told(sexes, "parity", "women for 1 man", "use it, share by share", "areas/world.html"),
    ]


def _told(row: Row | None, column: str, unit: str, told: str, address: str) -> Row:
    about = {name: (row or {}).get(name) for name in ("year", "source", "vintage", "nature")}
    return about | {"value": row[column] if row else None, "unit": unit, "told": told, "address": address}


def _newest(observations: pd.DataFrame, indicator: str) -> Row | None:
    """Return the newest value of the world in total."""
    whole = (observations["sex"] == "all") & (observations["locality"] == "all") & observations["age"].isin(["all", "10+"])
    held = observations[whole & (observations["area"] == "world") & (observations["indicator"] == indicator)]
    return _first(held.sort_values("year", ascending=False))


def _gap(gaps: pd.DataFrame, divide: str) -> Row | None:
    """Return the newest gap of Internet use among all people of the world, as published."""
    of_world = (gaps["area"] == "world") & (gaps["divide"] == divide) & (gaps["indicator"] == HEADLINE) & (gaps["among"] == "all")
    held = gaps[of_world & (gaps["basis"] == "published")]
    return _first(held.sort_values(["year", "vintage"], ascending=False))


def _first(table: pd.DataFrame) -> dict[str, Any] | None:
    return next(iter(rows(table.head(1))), None)
