"""The value of an economy's series in a year: reported, interpolated linearly between two reported years, or carried forward.

The rule is that of `aggregates.interpolate_and_carry`, for any number of series and years at once, without building a grid.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

#: More years than any series has, so that series and year make one ascending number.
_SPAN = 1 << 14


def values_at(reported: pd.DataFrame, wanted: pd.DataFrame) -> pd.DataFrame:
    """Return the value of each series in each wanted year.

    Args:
        reported: One row a reported value: series (whole number), year, value; rows without a value are ignored.
        wanted: One row a value wanted: series, year.

    Returns:
        On the index of `wanted`: `value`; `is_reported`, whether it is the year's own; `is_inside`, whether the series has a value in that
        year or on both sides of it. Missing before the first value, and for a series without any. Time and memory are linear in rows,
        except for sorting.

    Raises:
        ValueError: A series has two values for one year.

    >>> rows = pd.DataFrame({"series": [0, 0], "year": [2010, 2014], "value": [20.0, 40.0]})
    >>> values_at(rows, pd.DataFrame({"series": [0, 0, 0], "year": [2009, 2011, 2020]}))["value"].tolist()
    [nan, 25.0, 40.0]
    """
    rows = reported.dropna(subset="value").sort_values(["series", "year"])
    series, years, values = rows["series"].to_numpy("int64"), rows["year"].to_numpy("int64"), rows["value"].to_numpy("float64")
    keys = series * _SPAN + years
    if (np.diff(keys) == 0).any():
        twice = rows.iloc[int(np.flatnonzero(np.diff(keys) == 0)[0])]
        raise ValueError(f"a series has two values for {twice['year']:.0f}; give one row for each series and year")
    if rows.empty:
        return pd.DataFrame({"value": np.nan, "is_reported": False, "is_inside": False}, index=wanted.index)
    requested, year = wanted["series"].to_numpy("int64"), wanted["year"].to_numpy("int64")
    before = np.searchsorted(keys, requested * _SPAN + year, side="right") - 1
    after = np.minimum(before + 1, len(keys) - 1)
    has_before = (before >= 0) & (series[before] == requested)
    is_reported = has_before & (years[before] == year)
    is_between = has_before & ~is_reported & (after > before) & (series[after] == requested)
    way = np.where(is_between, (year - years[before]) / np.where(is_between, years[after] - years[before], 1), 0.0)
    value = np.where(has_before, values[before] + way * np.where(is_between, values[after] - values[before], 0.0), np.nan)
    return pd.DataFrame({"value": value, "is_reported": is_reported, "is_inside": is_reported | is_between}, index=wanted.index)


def numbered(frame: pd.DataFrame, columns: list[str]) -> tuple[pd.DataFrame, pd.Series]:
    """Return the distinct rows of `columns`, and for each row of `frame` its place among them."""
    place = frame.groupby(columns, sort=True, dropna=False).ngroup()
    distinct = frame.loc[~place.duplicated(), columns].set_axis(place[~place.duplicated()]).sort_index()
    return distinct, place
