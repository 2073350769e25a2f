"""Which rows of a table a chart takes: rules that several charts share."""

from __future__ import annotations

import pandas as pd

from indicators.conventions import number
from indicators.registries.sources import by_age

INTERNET_USE = "individuals_using_internet"
FACTS_AND_FIGURES = "itu-facts-and-figures"
#: The benchmark that most other groups have yet to reach.
BENCHMARK = "high-income"
#: A printed figure whose interval is no wider than this was printed with one decimal; integers leave a whole point.
ONE_DECIMAL_WIDTH = number("one_decimal_width")
#: A year is well reported when this share of the economies that ever reported did so for it.
WELL_REPORTED_SHARE = number("well_reported_share")


def require_rows(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return the rows if there are any.

    Raises:
        ValueError: There are none; the message says of what.
    """
    if rows.empty:
        raise ValueError(f"no data to draw: no {what}")
    return rows


def internet_use_of_all_people(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of Internet use that cover all people: no breakdown by sex, locality or age."""
    of_all = (rows["indicator"] == INTERNET_USE) & (rows["sex"] == "all") & (rows["locality"] == "all") & (rows["age"] == "all")
    return rows.loc[of_all]


def newest_vintage(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest vintage among them."""
    return rows if rows.empty else same_vintage(rows, by_age(rows).iloc[-1])


def newest_vintage_covering_the_world(aggregates: pd.DataFrame) -> pd.DataFrame:
    """Return the aggregates of the newest vintage, of any source, that has a publishable figure of the world; no rows if none has.

    A file of a few economies that was added yesterday is a newer vintage too, and must not empty the charts. A vintage known only by the
    day it arrived does not take the place of a dated one.
    """
    of_world = aggregates[(aggregates["group_name"] == "world") & (aggregates["publishable"] == "published")]
    return of_world.copy() if of_world.empty else same_vintage(aggregates, by_age(of_world).iloc[-1])


def same_vintage(rows: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """Return the rows that have the source and vintage of `row`."""
    same: pd.DataFrame = rows[(rows["source"] == row["source"]) & (rows["vintage"] == row["vintage"])]
    return same


def has_one_decimal(rows: pd.DataFrame) -> pd.Series:
    """Return for each row whether its printed form leaves no more than a tenth of a point."""
    return (rows["upper"] - rows["lower"]) <= ONE_DECIMAL_WIDTH


def well_reported_year(rows: pd.DataFrame) -> int:
    """Return the newest year with values of `WELL_REPORTED_SHARE` of the economies that ever had one; failing that the fullest year."""
    reporting = rows.groupby("year")["area"].nunique()
    enough = reporting[reporting >= WELL_REPORTED_SHARE * rows["area"].nunique()]
    years = enough if len(enough) else reporting[reporting == reporting.max()]
    return int(years.index.to_numpy().max())


def group_titles(keys: pd.Series, groups: pd.DataFrame) -> pd.Series:
    """Return the titles of groups, given by their keys, from the table `groups`; a group it lacks keeps its key."""
    return keys.map(groups.set_index("group_name")["title"]).fillna(keys)
