"""Years behind: how long ago a benchmark first had the level that an area has now (the S-time-distance).

Which benchmark an area is compared with, and in which vintage, is decided by the query that makes the levels.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from indicators.contracts.vocabulary import Better
from indicators.measures.inputs import require_finite
from indicators.measures.interpolation import numbered

#: The note mentions a gap of more years than this in the benchmark's series (convention).
LONG_STRETCH_YEARS = 5

#: Why a row has no figure; the first reason that applies.
_WHY_NOT = ("neither direction is better", "the area has no value", "the benchmark has no series in this vintage")
_WAS_THERE, _NOT_YET, _DEFINED = 3, 4, 5

_SERIES = ["basis", "source", "vintage", "indicator", "sex", "locality", "age", "benchmark"]


def time_distance(benchmarked_levels: pd.DataFrame, better: pd.Series) -> pd.DataFrame:
    """Return how many years each area is behind its benchmark, at the level it has in each year.

    With `t(X)` the first time at which the benchmark's values, interpolated linearly, reach the level X or better, an area with the level
    p in the year y is `S = y - t(p)` years behind; negative is ahead. Years, unbounded.

    Args:
        benchmarked_levels: One row a level: basis, source, vintage, indicator, sex, locality, age, benchmark, area, area_kind, year, value.
            The rows of the benchmark itself are its series; all rows compared have the same basis, source and vintage.
        better: By indicator `higher` or `lower`: a level is reached from the worse side. An indicator with neither has no direction.

    Returns:
        Columns of the `time_distance` contract, a row a level of an area other than the benchmark. `lower` and `upper` are the bounds of
        the years behind: both equal the figure where it is defined.

    Raises:
        ValueError: An area has two values for one year of one series, or a value is infinite.

    Missing data: `years_behind` is missing, with the `reason`, if the area has no value, if the benchmark has no series, if it had not
    reached the level by its last year, and if it was already there in its first year; the years to that end of the series are then a
    bound. Nothing is extrapolated.
    Source: docs/methods.md#time_distance (S-time-distance of Sicherl, at the first crossing).

    >>> series = {"basis": "published", "source": "s", "vintage": "1", "indicator": "share", "sex": "all", "locality": "all", "age": "all"}
    >>> world = pd.DataFrame({"area": "world", "area_kind": "group", "year": [2010, 2020], "value": [30.0, 60.0]})
    >>> levels = pd.concat([world, pd.DataFrame({"area": ["AAA"], "area_kind": "economy", "year": 2024, "value": 45.0})])
    >>> found = time_distance(levels.assign(benchmark="world", **series), pd.Series({"share": "higher"}))
    >>> found[["area", "benchmark_year", "years_behind"]].to_numpy().tolist()
    [['AAA', 2015.0, 9.0]]
    """
    if benchmarked_levels.empty:
        return pd.DataFrame(columns=[*_SERIES, "area", "year"])
    require_finite(benchmarked_levels, "value", "levels")
    # From here on a series and an area are numbers: names are slow to sort and take much memory in each step.
    names, number = numbered(benchmarked_levels, _SERIES)
    area_names, area = numbered(benchmarked_levels, ["area"])
    rows = pd.DataFrame(
        {"series": number, "area": area, "year": benchmarked_levels["year"], "value": benchmarked_levels["value"].astype("float64")}
    )
    order = rows.reset_index(drop=True).sort_values(["series", "area", "year"]).index
    rows = rows.iloc[order].reset_index(drop=True)
    twice = rows.duplicated(["series", "area", "year"])
    if twice.any():
        worst = benchmarked_levels.iloc[order[twice.to_numpy()][0]]
        raise ValueError(f"{worst['area']} has two values of {worst['indicator']} for {worst['year']} in {worst['vintage']}; give one")
    direction = names["indicator"].map(better).map({Better.HIGHER: 1.0, Better.LOWER: -1.0})
    rows["height"] = direction.to_numpy("float64")[rows["series"]] * rows.pop("value")
    benchmark = pd.Index(area_names["area"]).get_indexer(pd.Index(names["benchmark"]))
    is_benchmark = pd.Series(rows.pop("area") == benchmark[rows["series"]])
    path = rows[is_benchmark & rows["height"].notna()]
    ends = path.groupby("series").agg(first_year=("year", "min"), last_year=("year", "max"), first_height=("height", "first"))
    levels = rows[~is_benchmark].reset_index(drop=True).join(ends, on="series")
    levels = levels.join(_crossings(path, levels))
    defined = levels["crossed"].notna()
    was_there = levels["height"] <= levels["first_height"]
    not_yet = (levels["height"] > levels["first_height"]) & ~defined
    behind = levels["year"] - levels["crossed"]
    compared = benchmarked_levels.iloc[order[~is_benchmark.to_numpy()]].reset_index(drop=True)
    why_not = np.select(
        [direction.isna().to_numpy()[levels["series"]], compared["value"].isna(), levels["first_year"].isna(), was_there, not_yet],
        [0, 1, 2, _WAS_THERE, _NOT_YET],
        _DEFINED,
    )
    end_year = levels["first_year"].where(was_there, levels["last_year"].where(not_yet))
    is_long = defined & (levels["to_year"] - levels["from_year"] > LONG_STRETCH_YEARS)
    stretches = levels[["from_year", "to_year"]].where(is_long)
    return compared.assign(
        benchmark_year=levels["crossed"],
        years_behind=behind,
        lower=behind.where(defined, (levels["year"] - end_year).where(was_there)),
        upper=behind.where(defined, (levels["year"] - end_year).where(not_yet)),
        reason=_sentences(pd.DataFrame({"why_not": why_not, "edge": end_year, "year": levels["year"].where(end_year.notna())}), _reason),
        note=_sentences(stretches, _stretch),
    )


def _crossings(path: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Return, on the index of `levels`, when each benchmark first reached each height, and the two years around it.

    Only a point higher than all before it can be the first at a height. The stretch to it begins at the point just before it, which need
    not be the highest so far.
    """
    previous = path.groupby("series").shift()
    summit = path.groupby("series")["height"].cummax().groupby(path["series"]).shift()
    steps = path.assign(to_year=path["year"], from_year=previous["year"], from_height=previous["height"], to_height=path["height"])
    steps = steps[steps["height"] > summit].drop(columns="year").sort_values("height", kind="stable")
    compared = levels.loc[levels["height"].notna() & (levels["height"] > levels["first_height"]), ["series", "height"]]
    compared = compared.reset_index(names="row").sort_values("height", kind="stable")
    met = pd.merge_asof(compared, steps, on="height", by="series", direction="forward").set_index("row")
    way = (met["height"] - met["from_height"]) / (met["to_height"] - met["from_height"])
    crossed = met["from_year"] + way * (met["to_year"] - met["from_year"])
    return pd.DataFrame({"crossed": crossed, "from_year": met["from_year"], "to_year": met["to_year"]}).reindex(levels.index)


def _sentences(cases: pd.DataFrame, sentence: Callable[..., str | None]) -> pd.Series:
    """Return the sentence of each row's case; each distinct case is written once."""
    distinct, place = numbered(cases, list(cases.columns))
    sentences = [sentence(*case) for case in distinct.itertuples(index=False, name=None)]
    return pd.Series(sentences, dtype="str").take(place.to_numpy()).set_axis(cases.index)


def _reason(why_not: int, end_year: float, year: float) -> str | None:
    """Return the bound and the reason where there is no number of years."""
    if why_not == _WAS_THERE:
        bound = f"At least {_years(year - end_year)} behind" if year >= end_year else f"At most {_years(end_year - year)} ahead"
        return f"{bound}: the benchmark was already at this level or above in {end_year:.0f}, the first year of its series"
    if why_not == _NOT_YET:
        ahead = f"More than {_years(end_year - year)} ahead" if end_year > year else "Ahead"
        bound = ahead if end_year >= year else f"Less than {_years(year - end_year)} behind"
        return f"{bound}: the benchmark had not reached this level by {end_year:.0f}, the last year of its series"
    return None if why_not == _DEFINED else _WHY_NOT[why_not]


def _stretch(from_year: float, to_year: float) -> str | None:
    """Return a sentence on a long gap in the benchmark's series."""
    if np.isnan(from_year):
        return None
    return f"the benchmark's series is interpolated over more than {LONG_STRETCH_YEARS} years: {from_year:.0f} to {to_year:.0f}"


def _years(span: float) -> str:
    """Write a number of years with its word."""
    return f"{span:.0f} year" + ("" if span == 1 else "s")
