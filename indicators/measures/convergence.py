"""Convergence between economies: whether those behind move faster (beta), and whether the spread narrows (sigma).

Both are measured over one fixed set of economies; otherwise a change of the set would look like convergence.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.contracts.vocabulary import ConvergenceMeasure, Scale
from indicators.measures.aggregates import PUBLISHED_FROM, publishable
from indicators.measures.inputs import require_finite
from indicators.measures.interpolation import numbered, values_at

Floats = npt.NDArray[np.float64]

#: Windows that end with the newest year, in addition to the whole series, years (convention).
SPANS = (5, 10)

#: A line with a spread around it needs three economies.
LEAST_ECONOMIES = 3

#: A share is clipped to these before its logit is taken, percent of the ceiling (convention).
CLIPPED_TO = (0.5, 99.5)

_SERIES = ["source", "vintage", "indicator", "sex", "locality", "age"]
_GROUP = ["scheme", "membership", "group_name"]
_CELL = ["window", *_GROUP]
_ERRORS_CONVERGE = "errors in the first year's values alone make beta positive"


def convergence(directed_values: pd.DataFrame, people: pd.DataFrame, latest_members: pd.DataFrame, ceiling: pd.Series) -> pd.DataFrame:
    """Return beta and sigma convergence within each group, over the whole series and the newest five and ten years.

    On the scale x, a share's logit ln(p / (100 - p)) with p clipped to [0.5, 99.5], the logarithm where there is no ceiling, or the value
    as it is (linear):

    - beta is the b of (x_T - x_0) / T = a - b x_0 + e by least squares over economies, each counting once, a year; positive where those
      behind move faster; `speed` is -ln(1 - b T) / T, a year; `standard_error` that of the delete-one jackknife over economies;
    - sigma is the standard deviation of x over people in each year, in points or logits; `change` is its change since the first year.

    The window ends with the last, and the whole one begins with the first year in which two thirds of all people live in economies with a
    reported value. Its set of economies are the members, in the last year, with values reported for both its ends and people in every year.

    Args:
        directed_values: One row an economy's reported value: source, vintage, indicator, sex, locality, age, iso3, year, value.
        people: One row an economy, year and locality: iso3, year, locality, people.
        latest_members: One row a member: scheme, membership (which list), group_name, iso3, year.
        ceiling: Highest possible value by indicator, missing where there is none.

    Returns:
        Columns of the `convergence` contract: for each group, window and scale a row of beta and, for each year, one of sigma. `coverage`
        is the share of the group's people in the last year who live in the set; `n_left_out` its members outside it.

    Raises:
        ValueError: Two rows give one economy's value, population or membership, or a value or a population is infinite.

    Missing data: a year between two reported ones is interpolated linearly for sigma and counted in `n_filled`; nothing is carried
    forward. The figure is missing, with the `reason`, with fewer than three economies in the set, where all began at one level (beta),
    where a value of zero has no logarithm, or where no two years are reported for by two thirds of the people.
    Source: docs/methods.md#convergence. Barro and Sala-i-Martin (1992), textbook form; jackknife: Tukey (1958). Both scales belong side by
    side, because near 100 percent the spread of shares falls by itself.
    """
    for frame, key, what in (
        (directed_values, [*_SERIES, "iso3", "year"], "value"),
        (people, ["iso3", "year", "locality"], "population"),
        (latest_members, [*_GROUP, "iso3", "year"], "membership"),
    ):
        twice = frame.duplicated(key)
        if twice.any():
            raise ValueError(f"two rows give one {what}: {'/'.join(str(part) for part in frame.loc[twice, key].iloc[0])}; give one")
    require_finite(directed_values, "value", "values")
    require_finite(people, "people", "people")
    if directed_values["value"].isna().all() or not (people["people"] > 0).any() or not latest_members["iso3"].isin(people["iso3"]).any():
        return pd.DataFrame(columns=[*_SERIES, *_GROUP, "measure", "scale", "year"])
    # As whole numbers, the people of large economies would overflow when added up.
    people = people[people["people"] > 0].astype({"people": "float64"})
    # From here on an economy is a number: names are slow to join by.
    economies = pd.Index(pd.concat([frame["iso3"] for frame in (directed_values, people, latest_members)]).unique())
    directed_values, people, latest_members = (
        frame.assign(iso3=economies.get_indexer(pd.Index(frame["iso3"]))) for frame in (directed_values, people, latest_members)
    )
    series, place = numbered(directed_values, _SERIES)
    reported_values = directed_values.assign(series=place).dropna(subset="value")
    windows = _windows(series, reported_values, people)
    panel = _panel(windows, reported_values, people)
    groups = _groups(windows, panel, people, latest_members)
    cells = groups.drop_duplicates(_CELL).drop(columns="iso3").reset_index(drop=True)
    listed = groups[["window", "iso3"]].assign(cell=groups.groupby(_CELL, sort=False).ngroup())
    rows = listed.merge(panel, on=["window", "iso3"])
    parts = []
    for scale in Scale:
        of_scale = _on_scale(cells, rows, scale, ceiling)
        parts += [_beta(*of_scale, scale), _sigma(*of_scale, scale)]
    result = pd.concat([part for part in parts if not part.empty], ignore_index=True)
    result["publishable"] = publishable(result["coverage"])
    return result.drop(columns=["window", "is_whole"]).sort_values(
        [*_SERIES, *_GROUP, "year_from", "year_to", "measure", "scale", "year"], ignore_index=True
    )


def _windows(series: pd.DataFrame, reported_values: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return one row a series and window, with its first and last year; of a thin series the years it spans, and that it is not whole."""
    counted = reported_values.merge(series["locality"], left_on="series", right_index=True, suffixes=("", "_of_series"))
    counted = counted.merge(people, on=["iso3", "year", "locality"])
    reporting = counted.groupby(["series", "locality", "year"])["people"].sum().reset_index()
    total = people.groupby(["locality", "year"])["people"].sum().rename("total")
    reporting = reporting.join(total, on=["locality", "year"])
    full = reporting[reporting["people"] >= (PUBLISHED_FROM - 1e-12) * reporting["total"]]
    spans = reported_values.groupby("series")["year"].agg(first="min", last="max").join(full.groupby("series")["year"].agg(["min", "max"]))
    spans["is_whole"] = spans["min"] < spans["max"]
    spans["year_from"] = spans["min"].where(spans["is_whole"], spans["first"]).astype("int64")
    spans["year_to"] = spans["max"].where(spans["is_whole"], spans["last"]).astype("int64")
    spans = spans[["year_from", "year_to", "is_whole"]]
    shorter = [
        spans.assign(year_from=spans["year_to"] - span)[spans["is_whole"] & (spans["year_from"] < spans["year_to"] - span)]
        for span in SPANS
    ]
    windows = series.join(pd.concat([spans, *shorter]), how="inner")
    return windows.rename_axis("series").reset_index().rename_axis("window").reset_index()


def _panel(windows: pd.DataFrame, reported_values: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return one row a window, economy of its set and year, with value and people."""
    ends = reported_values[["series", "iso3", "year"]]
    both = windows[windows["is_whole"]][["window", "series", "locality", "year_from", "year_to"]]
    both = both.merge(ends.rename(columns={"year": "year_from"}), on=["series", "year_from"])
    both = both.merge(ends.rename(columns={"year": "year_to"}), on=["series", "year_to", "iso3"])
    length = (both["year_to"] - both["year_from"] + 1).to_numpy("int64")
    grid = both.loc[both.index.repeat(length)].reset_index(drop=True)
    starts = np.repeat(np.cumsum(length) - length, length)
    grid["year"] = grid["year_from"] + np.arange(len(grid)) - starts
    _, economy = numbered(pd.concat([reported_values[["series", "iso3"]], grid[["series", "iso3"]]]), ["series", "iso3"])
    numbers = economy.to_numpy("int64")
    reported = reported_values[["year", "value"]].assign(series=numbers[: len(reported_values)])
    filled = values_at(reported, grid[["year"]].assign(series=numbers[len(reported_values) :]))
    grid = grid.assign(value=filled["value"], is_filled=~filled["is_reported"])
    grid = grid.merge(people, on=["iso3", "year", "locality"], how="left")
    peopled = grid["people"].notna().groupby([grid["window"], grid["iso3"]]).transform("all")
    return grid.loc[peopled, ["window", "iso3", "year", "value", "people", "is_filled"]]


def _groups(windows: pd.DataFrame, panel: pd.DataFrame, people: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return one row a window, group and member, with the size of the group and of the set, and the share of people in the set."""
    listed = windows.merge(members.rename(columns={"year": "year_to"}), on="year_to")
    living = people.rename(columns={"year": "year_to", "people": "living"})
    listed = listed.merge(living, on=["iso3", "year_to", "locality"])
    in_set = panel[["window", "iso3"]].drop_duplicates().assign(is_in_set=True)
    listed = listed.merge(in_set, on=["window", "iso3"], how="left")
    listed["is_in_set"] = listed["is_in_set"].eq(True)
    listed["living_in_set"] = listed["living"].where(listed["is_in_set"], 0.0)
    sizes = listed.groupby(_CELL)
    listed["n_economies"] = sizes["is_in_set"].transform("sum").astype("int64")
    listed["n_left_out"] = sizes["is_in_set"].transform("size") - listed["n_economies"]
    listed["coverage"] = (sizes["living_in_set"].transform("sum") / sizes["living"].transform("sum")).clip(upper=1.0)
    return listed.drop(columns=["series", "living", "living_in_set", "is_in_set"])


def _on_scale(cells: pd.DataFrame, rows: pd.DataFrame, scale: Scale, ceilings: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the groups and windows to which a scale applies, renumbered, and their rows with the position on it, `x`.

    The logit applies to indicators with a ceiling, the logarithm to the others; `x` is missing for a value outside the scale.
    """
    ceiling = cells["indicator"].map(ceilings).to_numpy("float64")
    applies = {Scale.LINEAR: np.full(len(cells), True), Scale.LOGIT: ~np.isnan(ceiling), Scale.LOG: np.isnan(ceiling)}[scale]
    rows = rows[applies[rows["cell"]]]
    x, clipped = rows["value"], False
    if scale == Scale.LOGIT:
        share = 100 * rows["value"] / ceiling[rows["cell"]]
        inside = share.clip(*CLIPPED_TO)
        x, clipped = np.log(inside / (100 - inside)), share != inside
    if scale == Scale.LOG:
        x = np.log(rows["value"].where(rows["value"] > 0))
    rows = rows.assign(cell=(np.cumsum(applies) - 1)[rows["cell"]], x=x, clipped=clipped)
    return cells[applies].reset_index(drop=True), rows


def _beta(cells: pd.DataFrame, rows: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Return one row a group and window: the slope, its standard error and the speed it implies."""
    ends = rows[["cell", "iso3", "x", "clipped"]]
    is_first, is_last = (rows["year"].to_numpy() == cells[year].to_numpy()[rows["cell"]] for year in ("year_from", "year_to"))
    pairs = ends[is_first].merge(ends[is_last], on=["cell", "iso3"], suffixes=("_0", "_T"))
    years = (cells["year_to"] - cells["year_from"]).to_numpy("float64")
    cell = pairs["cell"].to_numpy("int64")
    x = pairs["x_0"].to_numpy("float64")
    y = (pairs["x_T"].to_numpy("float64") - x) / years[cell]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope, error, varied = _line(cell, x, y, len(cells))
        b = -slope
        speed = np.where(b * years < 1, -np.log(np.where(b * years < 1, 1 - b * years, 1.0)) / years, np.nan)
    lost = np.bincount(cell, np.isnan(x) | np.isnan(y), len(cells)) > 0
    cells["n_clipped"] = np.bincount(cell, pairs["clipped_0"] | pairs["clipped_T"], len(cells)).astype("int64")
    reason = _reason(cells, lost)
    reason = reason.where(reason.notna() | varied, "all economies began at one level")
    defined = reason.isna().to_numpy()
    fast = "beta is so large that no steady speed leads to it"
    note = pd.Series(None, index=cells.index, dtype="object").mask(defined & (b > 0), _ERRORS_CONVERGE)
    note = note.mask(defined & np.isnan(speed), f"{_ERRORS_CONVERGE}; {fast}")
    return cells.assign(
        measure=ConvergenceMeasure.BETA,
        scale=scale,
        year=cells["year_to"],
        value=np.where(defined, b, np.nan),
        standard_error=np.where(defined, error, np.nan),
        speed=np.where(defined, speed, np.nan),
        change=np.nan,
        n_filled=0,
        reason=reason,
        note=note,
    )


def _line(cell: npt.NDArray[np.int64], x: Floats, y: Floats, n_cells: int) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return each cell's slope of y on x, its jackknife standard error, and whether its x differ.

    Leaving out one of n points takes n/(n-1) of its own products from the centred sums, so that all lines but one are had in one pass.
    """
    n = np.bincount(cell, minlength=n_cells).astype("float64")
    dx = x - (np.bincount(cell, x, n_cells) / n)[cell]
    dy = y - (np.bincount(cell, y, n_cells) / n)[cell]
    sxx, sxy = np.bincount(cell, dx * dx, n_cells), np.bincount(cell, dx * dy, n_cells)
    varied = sxx > 1e-20 * np.bincount(cell, x * x, n_cells)
    slope = np.where(varied, sxy / sxx, np.nan)
    part = n / (n - 1)
    rest = sxx[cell] - part[cell] * dx * dx
    without = np.where(rest > 1e-12 * sxx[cell], (sxy[cell] - part[cell] * dx * dy) / rest, np.nan)
    deviation = without - (np.bincount(cell, without, n_cells) / n)[cell]
    return slope, np.sqrt((n - 1) / n * np.bincount(cell, deviation * deviation, n_cells)), varied


def _sigma(cells: pd.DataFrame, rows: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Return one row a group, window and year: the spread, and its change since the first year."""
    length = (cells["year_to"] - cells["year_from"] + 1).to_numpy("int64")
    start = np.cumsum(length) - length
    group = rows["cell"].to_numpy("int64")
    cell = start[group] + rows["year"].to_numpy("int64") - cells["year_from"].to_numpy("int64")[group]
    cells = cells.loc[cells.index.repeat(length)].reset_index(names="group")
    cells["year"] = cells["year_from"] + np.arange(len(cells)) - start[cells["group"].to_numpy("int64")]
    x, w = rows["x"].to_numpy("float64"), rows["people"].to_numpy("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.bincount(cell, w, len(cells))
        away = x - (np.bincount(cell, w * x, len(cells)) / total)[cell]
        sigma = np.sqrt(np.bincount(cell, w * away * away, len(cells)) / total)
    cells["n_filled"] = np.bincount(cell, rows["is_filled"], len(cells)).astype("int64")
    cells["n_clipped"] = np.bincount(cell, rows["clipped"], len(cells)).astype("int64")
    reason = _reason(cells, np.bincount(cell, np.isnan(x), len(cells)) > 0)
    sigma = np.where(reason.isna(), sigma, np.nan)
    began = sigma[start[cells["group"].to_numpy("int64")]]
    return cells.drop(columns="group").assign(
        measure=ConvergenceMeasure.SIGMA,
        scale=scale,
        value=sigma,
        standard_error=np.nan,
        speed=np.nan,
        change=sigma - began,
        reason=reason,
        note=None,
    )


def _reason(cells: pd.DataFrame, lost: npt.NDArray[np.bool_]) -> pd.Series:
    """Return for each cell the reason why it has no figure."""
    reason = pd.Series(None, index=cells.index, dtype="object").mask(lost, "a value of zero or less has no logarithm")
    few = "fewer than three economies have values for both ends of the window"
    reason = reason.mask(cells["n_economies"] < LEAST_ECONOMIES, few)
    return reason.mask(~cells["is_whole"], "no two years are reported for by two thirds of the people")
