"""Which rows of a table a chart takes."""

from __future__ import annotations

import pandas as pd

from indicators.registries.sources import by_age

INTERNET_USE = "individuals_using_internet"
FACTS_AND_FIGURES = "itu-facts-and-figures"
#: A printed figure whose interval is no wider than this was printed with one decimal; integers leave a whole point.
ONE_DECIMAL_WIDTH = 0.11
#: A year is well reported when this part of the economies that ever reported did so for it.
WELL_REPORTED_SHARE = 2 / 3


def everybody(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of Internet use of all people, not of a part of them."""
    of_all = (rows["indicator"] == INTERNET_USE) & (rows["sex"] == "all") & (rows["locality"] == "all") & (rows["age"] == "all")
    return rows.loc[of_all]


def newest_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest vintage; vintages are ISO dates or years, so the last in the alphabet is the newest."""
    newest: pd.DataFrame = rows[rows["vintage"] == rows["vintage"].max()]
    return newest


def newest_that_tells_of_the_world(aggregates: pd.DataFrame) -> pd.DataFrame:
    """Return the aggregates from the newest vintage, of whatever source, in which some year of the world may be published; else none.

    A file of a few economies, added yesterday, is a newer vintage too; it must not empty the charts. Nor may one take the place of a dated
    edition that is dated only by the day it came.
    """
    of_world = aggregates[(aggregates["group_name"] == "world") & (aggregates["publishable"] == "published")]
    if of_world.empty:
        return of_world.copy()
    best = by_age(of_world).iloc[-1]
    newest: pd.DataFrame = aggregates[(aggregates["vintage"] == best["vintage"]) & (aggregates["source"] == best["source"])]
    return newest


def has_one_decimal(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether its printed form leaves no more than a tenth of a point."""
    return (rows["upper"] - rows["lower"]) <= ONE_DECIMAL_WIDTH


def needed(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return the rows if there are any.

    Raises:
        ValueError: There are none.
    """
    if rows.empty:
        raise ValueError(f"no data to draw: no {what}")
    return rows


def well_reported_year(rows: pd.DataFrame) -> int:
    """Return the newest year with values of `WELL_REPORTED_SHARE` of the economies that ever had one; failing that the fullest year."""
    reporting = rows.groupby("year")["area"].nunique()
    enough = reporting[reporting >= WELL_REPORTED_SHARE * rows["area"].nunique()]
    years = enough if len(enough) else reporting[reporting == reporting.max()]
    return int(years.index.to_numpy().max())


def of_edition(rows: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the source and vintage of `like`, which is of one."""
    found: pd.DataFrame = rows[(rows["source"] == like["source"].iloc[0]) & (rows["vintage"] == like["vintage"].iloc[0])]
    return found
