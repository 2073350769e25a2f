"""Years behind: how long ago a benchmark first stood where an area stands now (the S-time-distance).

Which benchmark an area is compared with, and in which vintage, is decided by the query that makes the levels.
"""

from __future__ import annotations

import pandas as pd

from indicators.interpolation import numbered

#: A benchmark's series joined over more years than this is named in the note (convention).
LONG_STRETCH_YEARS = 5

_SERIES = ["basis", "source", "vintage", "indicator", "sex", "locality", "age", "benchmark"]


def time_distance(levels: pd.DataFrame, better: pd.Series) -> pd.DataFrame:
    """Return how many years each area is behind its benchmark, at the level it has in each year.

    With `t(X)` the first time at which the benchmark's values, joined linearly, stand at the level X or better, an area with the level p in
    the year y is `S = y - t(p)` years behind; negative is ahead. Years, unbounded.

    Args:
        levels: One row a level: basis, source, vintage, indicator, sex, locality, age, benchmark, area, area_kind, year, value. The rows
            whose area is the benchmark are its series; everything compared is of one basis, source and vintage.
        better: By indicator `higher` or `lower`: a level is reached from the worse side. An indicator with neither has no direction.

    Returns:
        Columns of the `time_distance` contract, a row a level of an area other than the benchmark. `lower` and `upper` are the ends between
        which the years behind lie: both the figure itself where it is defined.

    Raises:
        ValueError: An area has two values for one year of one series.

    Missing data: `years_behind` is missing, and `reason` says why, where the area has no value, where the benchmark has no series or only
    came to the level after its last year, and where it had it in its first year or before: then at least, or at most, the years to that end
    of its series are known. Nothing is carried or drawn on beyond the ends.
    Source: Sicherl, "Different Statistical Measures Create Different Perceptions of the Digital Divide" (2005); first crossing as in the
    method note.
    """
    if levels.empty:
        return pd.DataFrame(columns=[*_SERIES, "area", "year"])
    _, place = numbered(levels, _SERIES)
    rows = levels.assign(series=place).sort_values(["series", "area", "year"], ignore_index=True)
    twice = rows.duplicated(["series", "area", "year"])
    if twice.any():
        worst = rows[twice].iloc[0]
        raise ValueError(f"{worst['area']} has two values of {worst['indicator']} for {worst['year']} in {worst['vintage']}; give one")
    rows["direction"] = rows["indicator"].map(better).map({"higher": 1.0, "lower": -1.0})
    rows["height"] = rows["direction"] * rows["value"].astype("float64")
    is_benchmark = rows["area"] == rows["benchmark"]
    path = rows.loc[is_benchmark & rows["height"].notna(), ["series", "year", "height"]]
    ends = path.groupby("series").agg(first_year=("year", "min"), last_year=("year", "max"), first_height=("height", "first"))
    found = rows[~is_benchmark].reset_index(drop=True).join(ends, on="series")
    found = found.join(_crossings(path, found))
    defined = found["crossed"].notna()
    since_first, since_last = found["year"] - found["first_year"], found["year"] - found["last_year"]
    no_value, no_path = found["value"].isna(), found["first_year"].isna()
    was_there = found["height"] <= found["first_height"]
    not_yet = (found["height"] > found["first_height"]) & ~defined
    behind = found["year"] - found["crossed"]
    found["reason"] = _reasons(found, no_value, no_path, was_there, not_yet)
    stretch = "the benchmark's series is joined over more than 5 years: " + _text(found["from_year"]) + " to " + _text(found["to_year"])
    found["note"] = stretch.where(defined & (found["to_year"] - found["from_year"] > LONG_STRETCH_YEARS), None)
    return found.assign(
        benchmark_year=found["crossed"],
        years_behind=behind,
        lower=behind.where(defined, since_first.where(was_there)),
        upper=behind.where(defined, since_last.where(not_yet)),
    ).drop(columns=["series", "direction", "height", "first_year", "last_year", "first_height", "crossed", "from_year", "to_year"])


def _crossings(path: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return, on the index of `found`, when each benchmark first came to each height, and the two years between which it did.

    Only a point higher than all before it can be the first at a height. The stretch to it begins at the point just before it, which need
    not be the highest so far.
    """
    previous = path.groupby("series").shift()
    summit = path.groupby("series")["height"].cummax().groupby(path["series"]).shift()
    steps = path.assign(to_year=path["year"], from_year=previous["year"], from_height=previous["height"], to_height=path["height"])
    steps = steps[steps["height"] > summit].drop(columns="year").sort_values("height", kind="stable")
    asked = found.loc[found["height"].notna() & (found["height"] > found["first_height"]), ["series", "height"]]
    asked = asked.reset_index(names="row").sort_values("height", kind="stable")
    met = pd.merge_asof(asked, steps, on="height", by="series", direction="forward").set_index("row")
    way = (met["height"] - met["from_height"]) / (met["to_height"] - met["from_height"])
    crossed = met["from_year"] + way * (met["to_year"] - met["from_year"])
    return pd.DataFrame({"crossed": crossed, "from_year": met["from_year"], "to_year": met["to_year"]}).reindex(found.index)


def _reasons(found: pd.DataFrame, no_value: pd.Series, no_path: pd.Series, was_there: pd.Series, not_yet: pd.Series) -> pd.Series:
    """Say of each row why nothing can be said, and what can."""
    first, last = found["first_year"], found["last_year"]
    since, until = found["year"] - first, last - found["year"]
    there = "the benchmark stood there or better when its series begins, in " + _text(first) + ": "
    there += ("at least " + _years(since) + " behind").where(since >= 0, "at most " + _years(-since) + " ahead")
    yet = "the benchmark had not come there when its series ends, in " + _text(last) + ": "
    yet += ("more than " + _years(until) + " ahead").where(until >= 0, "less than " + _years(-until) + " behind")
    reason = pd.Series(None, index=found.index, dtype="object").mask(not_yet, yet).mask(was_there, there)
    reason = reason.mask(no_path, "the benchmark has no series in this vintage").mask(no_value, "the area has no value")
    return reason.mask(found["direction"].isna(), "neither direction is better")


def _text(years: pd.Series) -> pd.Series:
    """Write years as whole numbers; a missing one is empty."""
    return years.astype("Int64").astype("str")


def _years(span: pd.Series) -> pd.Series:
    """Write a number of years with its word."""
    return _text(span) + pd.Series(" years", index=span.index).mask(span == 1, " year")
