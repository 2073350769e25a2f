"""Projections of shares: growth curves and a straight line in logits, compared with "no change" and with their own past errors.

A projection continues the past. The back-test shows how good such projections have been so far; the table includes its result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.contracts.vocabulary import AreaKind, Model
from indicators.measures import series_breaks
from indicators.measures.inputs import require_unique
from indicators.measures.interpolation import numbered

#: The least number of values for fitting a curve of three parameters (convention).
FEWEST_VALUES = 8
#: The straight line is fitted to this number of last years, and needs two values in them.
LINE_YEARS = 5
#: Nothing is projected further than this beyond its last value, years (convention).
HORIZONS = 5
#: The least number of areas for a back-test to count (convention).
FEWEST_AREAS = 30
#: Below this last value the past of a series does not determine the ceiling of a curve, which is then 100 (convention).
CEILING_ESTIMATED_FROM = 50.0
#: Ends of the interval: the share of the back-test's errors below each.
INTERVAL = (0.1, 0.9)

_SERIES = ["indicator", "sex", "locality", "age", "area_kind", "area", "source", "vintage"]
_POOL = ["indicator", "sex", "locality", "age"]
_CEILINGS = np.arange(52.5, 100.1, 2.5)
#: A share this close to 0 or to the ceiling has no usable logit (convention).
_LEAST_SHARE = 0.5
_BLOCK = 20_000

Array = NDArray[np.float64]


class _Curve(NamedTuple):
    """A growth curve that a transformation makes straight; `weight` turns errors of the transformed into errors in points."""

    straight: Callable[[Array, float], Array]
    weight: Callable[[Array, float], Array]
    back: Callable[[Array, float], Array]


_CURVES = {
    # K / (1 + exp(-(a + r t)))
    Model.LOGISTIC: _Curve(
        straight=lambda y, k: np.log(y / (k - y)),
        weight=lambda y, k: (y * (k - y) / k) ** 2,
        back=lambda z, k: k / (1 + np.exp(-z)),
    ),
    # K exp(-exp(-(a + c t)))
    Model.GOMPERTZ: _Curve(
        straight=lambda y, k: -np.log(np.log(k / y)),
        weight=lambda y, k: (y * np.log(k / y)) ** 2,
        back=lambda z, k: k * np.exp(-np.exp(-z)),
    ),
}


def projections(projected_series: pd.DataFrame, newest_figures: pd.DataFrame | None = None) -> pd.DataFrame:
    """Project each series up to five years beyond its last value, by each model, with the model's past errors.

    With `t` the year and `K` a ceiling between the highest value so far and 100 (100 if the last value is below 50):

    - logistic: `K / (1 + exp(-(a + r t)))`, and gompertz: `K exp(-exp(-(a + c t)))`, with `r, c > 0`. For each `K` of a grid the curve is
      fitted as the straight line it becomes, by least squares weighted so that errors count in points; the `K` with the least squared
      error in points is taken, and the curve is shifted in time so that it passes through the last value;
    - linear in logit: the straight line through `ln(p / (100 - p))` of the last five years;
    - no change: the last value.

    Values before a break (`breaks`) are left out; curves need eight values since. The back-test repeats each forecast from every year with
    eight values, without later data, and scores it where the series has a value, not across a break. Errors are pooled over
    the economies of one indicator and breakdown, by model and years ahead, as mean absolute errors in points; `persistence_error` is that
    of "no change" over the very same forecasts, `line_error` that of the line. The errors of economies are used for groups too: groups are
    few, they overlap, and they change more evenly, so that their intervals are rather wide. `own_error` and `own_persistence_error` are
    the same for the series alone.

    The interval is one of the future share, not of the model's value: it goes from the value plus the 10th to the value plus the 90th
    percentile of the model's errors, within 0 to 100. `bias` is their mean, outcome minus forecast. A model that has mostly been too low,
    such as "no change" for growing shares, has an interval above its value, with that reason: an interval around the value would imply
    that shares fall as often as they rise. `interval_coverage` is the share of the later half of the outcomes inside an interval made
    from the earlier half; its nominal value is 0.8.

    Args:
        projected_series: One row a year of a series: indicator, area_kind, area, sex, locality, age, source, vintage, year, value in
            percent, note. One source and vintage an area, chosen elsewhere.
        newest_figures: One row the newest published figure of an indicator, area and breakdown, from any source: indicator, sex,
            locality, age, area, newest_year, newest_value, newest_source, newest_vintage. It is added to the projections of a series that
            ends before it, and is not part of them, because editions are not joined.

    Returns:
        Columns of the `projections` contract, one row a series, model and year; nothing without series.

    Raises:
        ValueError: A series has two values for one year, or one outside 0 to 100.

    Missing data: years without a value are left out of the fit. A series that cannot be projected has a row without a value, with the
    reason. A series that reaches an end of 0 to 100 counts as half a point from it in logits, and unchanged in errors.
    Source: docs/methods.md#projections. Textbook forms (Griliches 1957 for the curves, Tashman 2000 for rolling origins). A back-test on
    today's vintage flatters every method, since the past has been revised since.

    >>> series = {"indicator": "share", "area_kind": "economy", "area": "AAA", "sex": "all", "locality": "all", "age": "all"}
    >>> values = pd.DataFrame({"year": [2019, 2020], "value": [30.0, 33.0], "source": "s", "vintage": "1", "note": None})
    >>> found = projections(values.assign(**series))
    >>> found.loc[found["model"] == "no change", ["year", "value"]].head(2).to_numpy().tolist()
    [[2021.0, 33.0], [2022.0, 33.0]]
    """
    projected_series = projected_series.dropna(subset="value")
    if projected_series.empty:
        return pd.DataFrame(columns=[*_SERIES, "model", "year"])
    outside = projected_series[~projected_series["value"].between(0, 100)]
    if not outside.empty:
        worst = outside.iloc[0]
        raise ValueError(f"{worst['indicator']} of {worst['area']} is {worst['value']} in {worst['year']}, which is no share in percent")
    require_unique(projected_series, [*_SERIES, "year"], "values of a series")
    # From here on a series is a number: there are twenty forecasts and more to a value, and names are slow to move and to compare.
    names, number = numbered(projected_series, _SERIES)
    _, names["pool"] = numbered(names, _POOL)
    names["area_number"] = pd.factorize(names["area"])[0]
    rows = series_breaks.marked(projected_series[["year", "value", "note"]].assign(series_number=number), ["series_number"])
    rows["pool"] = names["pool"].to_numpy()[rows["series_number"]]
    result = pd.concat([_projected(block, names) for block in _blocks(rows, "pool")], ignore_index=True)
    result = result.join(names[_SERIES], on="series_number").drop(columns=["series_number", "pool"])
    return result if newest_figures is None else _with_newest(result, newest_figures)


def _with_newest(result: pd.DataFrame, newest: pd.DataFrame) -> pd.DataFrame:
    """Add the newest published figure of each row's area where it is of a later year than the series."""
    key = [*_POOL, "area"]
    require_unique(newest, key, "newest figures")
    columns = ["newest_year", "newest_value", "newest_source", "newest_vintage"]
    result = result.merge(newest[[*key, *columns]], on=key, how="left")
    result[columns] = result[columns].where(result["newest_year"] > result["last_year"])
    return result


def _projected(rows: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Project the series of whole pools, by number."""
    forecasts = pd.concat([_forecasts(block) for block in _blocks(rows, "series_number")], ignore_index=True)
    forecasts["pool"] = names["pool"].to_numpy()[forecasts["series_number"]]
    is_scored = forecasts["error"].notna()
    by_economies = forecasts[is_scored & (names["area_kind"] == AreaKind.ECONOMY).to_numpy()[forecasts["series_number"]]]
    tested = _back_test(by_economies.assign(area=names["area_number"].to_numpy()[by_economies["series_number"]]))
    scored = forecasts.loc[is_scored, ["series_number", "model", "horizon", "error", "persistence_error"]]
    sizes = scored.assign(own_error=scored.pop("error").abs(), own_persistence_error=scored.pop("persistence_error").abs())
    own = sizes.groupby(["series_number", "model", "horizon"], observed=True).mean().reset_index()
    result = forecasts[forecasts["is_newest"]].drop(columns=["error", "persistence_error", "line_error"])
    result = result.merge(tested, on=["pool", "model", "horizon"], how="left")
    result = result.merge(own, on=["series_number", "model", "horizon"], how="left")
    result = result.sort_values(["series_number", "model", "year"], ignore_index=True).join(_described(rows), on="series_number")
    is_tested = result["areas_tested"].fillna(0) >= FEWEST_AREAS
    has_value = result["value"].notna()
    result["beats_no_change"] = has_value & is_tested & (result["backtest_error"] < result["persistence_error"])
    beats_line = result["backtest_error"] < result["line_error"]
    is_curve = result["model"].isin(list(_CURVES))
    result["is_shown"] = (result["beats_no_change"] & (beats_line | ~is_curve) | (result["model"] == Model.NO_CHANGE)) & has_value
    for end, beyond in (("lower", "error_low"), ("upper", "error_high")):
        result[end] = (result["value"] + result[beyond].where(is_tested)).clip(0, 100)
    for name in ("interval_coverage", "bias"):
        result[name] = result[name].where(is_tested)
    against = _reasons(result, is_tested, beats_line, is_curve)
    result["reason"] = against.str.cat(_off_interval(result), sep="; ").str.strip("; ").replace("", None)
    return result


def _blocks(rows: pd.DataFrame, whole: str) -> Iterator[pd.DataFrame]:
    """Part the rows so that no working table grows with them; what `whole` numbers stays whole."""
    last = rows.index.to_series().groupby(rows[whole]).transform("max")
    for _, block in rows.groupby(last // _BLOCK, sort=True):
        yield block


def _described(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, for each series, its newest segment and why that starts where it does."""
    newest = rows[rows["segment"] == rows.groupby("series_number")["segment"].transform("max")].groupby("series_number")
    return newest.agg(
        first_year=("year", "first"),
        last_year=("year", "last"),
        last_value=("value", "last"),
        n_values=("value", "size"),
        left_out=("break_reason", "first"),
    )


def _forecasts(block: pd.DataFrame) -> pd.DataFrame:
    """Forecast from every origin that the back-test or the projection asks for.

    Returns:
        One row an origin, model and horizon: series_number, origin, model, horizon, year, value, error (what was reported less what was
        forecast; missing where nothing was), persistence_error (the same of no change), is_newest.
    """
    segment = block["segment"].to_numpy() - block["segment"].iloc[0]
    place = block.groupby("segment").cumcount().to_numpy()
    shape = (segment[-1] + 1, place.max() + 1)
    years, values = np.full(shape, np.nan), np.full(shape, np.nan)
    years[segment, place], values[segment, place] = block["year"], block["value"]
    is_newest = ~block.duplicated("series_number", keep="last").to_numpy()
    is_origin = is_newest | (place >= FEWEST_VALUES - 1)
    at, upto = segment[is_origin], place[is_origin]
    is_newest, number = is_newest[is_origin], block["series_number"].to_numpy()[is_origin]
    origin, last = years[at, upto], values[at, upto]
    ahead = np.arange(1, HORIZONS + 1)
    target = origin[:, None] + ahead
    # Years are counted from the origin, so that sums of squares stay small.
    t, y = years[at] - origin[:, None], values[at]
    is_past = np.arange(shape[1]) <= upto[:, None]
    weight_of = np.where(is_past, 1.0, 0.0)
    enough = upto >= FEWEST_VALUES - 1
    forecasts = np.full((len(Model), len(at), HORIZONS), np.nan)
    for model, curve in enumerate(_CURVES.values()):
        forecasts[model, enough] = _fitted(curve, t[enough], y[enough], weight_of[enough], last[enough], ahead)
    logit = np.log(np.clip(y, _LEAST_SHARE, 100 - _LEAST_SHARE) / (100 - np.clip(y, _LEAST_SHARE, 100 - _LEAST_SHARE)))
    level, slope = _line(t, logit, np.where(is_past & (t > -LINE_YEARS), 1.0, 0.0))
    forecasts[2] = 100 / (1 + np.exp(-(level[:, None] + slope[:, None] * ahead)))
    forecasts[3] = last[:, None]
    outcome = _outcomes(years, values, at, target)
    # Curves are compared with the line too, so nothing is scored without a line. There is no outcome after the newest value.
    error = np.where(np.isnan(forecasts[2]), np.nan, outcome - forecasts)
    index = pd.MultiIndex.from_product([list(Model), range(len(at)), ahead], names=["model", "fit", "horizon"])
    long = pd.DataFrame({"value": forecasts.ravel(), "error": error.ravel()}, index=index).reset_index()
    fit = long.pop("fit").to_numpy()
    long["model"] = pd.Categorical(long["model"], list(Model))
    scored = long["error"].notna()
    made = long.assign(
        series_number=number[fit],
        origin=origin[fit].astype("int64"),
        year=origin[fit].astype("int64") + long["horizon"],
        is_newest=is_newest[fit],
        persistence_error=np.where(scored, np.tile(error[3].ravel(), len(Model)), np.nan),
        line_error=np.where(scored, np.tile(error[2].ravel(), len(Model)), np.nan),
    )
    wanted: pd.DataFrame = made[scored | is_newest[fit]]
    return wanted


def _line(t: Array, z: Array, weight: Array) -> tuple[Array, Array]:
    """Return level at `t = 0` and slope of each row's weighted least-squares line; missing where fewer than two values decide it."""
    w, t, z = weight, np.where(weight > 0, t, 0.0), np.where(weight > 0, z, 0.0)
    n, st, sz = w.sum(axis=1), (w * t).sum(axis=1), (w * z).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        t_mean, z_mean = st / n, sz / n
        spread = (w * (t - t_mean[:, None]) ** 2).sum(axis=1)
        slope = (w * (t - t_mean[:, None]) * (z - z_mean[:, None])).sum(axis=1) / spread
        level = z_mean - slope * t_mean
    decided = ((weight > 0).sum(axis=1) >= 2) & (spread > 0)
    return np.where(decided, level, np.nan), np.where(decided, slope, np.nan)


def _fitted(curve: _Curve, t: Array, y: Array, is_past: Array, last: Array, ahead: NDArray[np.int64]) -> Array:
    """Return each row's forecasts by the best of the ceilings open to it; missing where no curve of the kind grows."""
    best, forecast = np.full(len(y), np.inf), np.full((len(y), len(ahead)), np.nan)
    highest = np.where(is_past > 0, y, -np.inf).max(axis=1, initial=-np.inf)
    for ceiling in _CEILINGS:
        open_to = (ceiling == 100) | ((last >= CEILING_ESTIMATED_FROM) & (highest <= ceiling))
        if not open_to.any():
            continue
        share = np.clip(np.where(is_past[open_to] > 0, y[open_to], 50.0), _LEAST_SHARE, ceiling - _LEAST_SHARE)
        level, slope = _line(t[open_to], curve.straight(share, ceiling), is_past[open_to] * curve.weight(share, ceiling))
        grows = slope > 1e-9
        level, slope = np.where(grows, level, 0.0)[:, None], np.where(grows, slope, 0.0)[:, None]
        here = curve.straight(np.clip(last[open_to], _LEAST_SHARE, ceiling - _LEAST_SHARE), ceiling)[:, None]
        with np.errstate(over="ignore"):
            misses = np.where(is_past[open_to] > 0, y[open_to] - curve.back(level + slope * t[open_to], ceiling), 0.0)
            ahead_of_it = curve.back(here + slope * ahead, ceiling)
        squares = np.where(grows, (misses**2).sum(axis=1), np.inf)
        better = np.flatnonzero(open_to)[squares < best[open_to]]
        forecast[better] = ahead_of_it[squares < best[open_to]]
        best[better] = squares[squares < best[open_to]]
    return forecast


def _outcomes(years: Array, values: Array, at: NDArray[np.int64], target: Array) -> Array:
    """Return what each segment reported for the target years; missing where nothing."""
    present = ~np.isnan(years)
    span = 1 << 14
    keys = (np.arange(len(years))[:, None] * span + np.where(present, years, 0).astype("int64"))[present]
    wanted = at[:, None] * span + target.astype("int64")
    position = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[position] == wanted, values[present][position], np.nan)


def _back_test(scored: pd.DataFrame) -> pd.DataFrame:
    """Pool the errors of the forecasts by model and years ahead."""
    by = ["pool", "model", "horizon"]
    sizes = scored[["error", "persistence_error", "line_error"]].abs()
    groups = scored.assign(**sizes.add_suffix("_size")).groupby(by, observed=True)
    tested = groups.agg(
        backtest_error=("error_size", "mean"),
        bias=("error", "mean"),
        persistence_error=("persistence_error_size", "mean"),
        line_error=("line_error_size", "mean"),
        forecasts_tested=("error", "size"),
        areas_tested=("area", "nunique"),
    )
    tested = tested.join(_ends(groups))
    # A forecast of the later half may use all outcomes of the earlier half.
    middle = (scored["origin"] + scored["horizon"] / 2).groupby([scored[name] for name in by], observed=True).transform("median")
    late = scored[scored["origin"] >= middle].join(_ends(scored[scored["year"] <= middle].groupby(by, observed=True)), on=by)
    outcome, low, high = late["value"] + late["error"], late["value"] + late["error_low"], late["value"] + late["error_high"]
    holds = outcome.between(low.clip(0, 100) - 1e-9, high.clip(0, 100) + 1e-9).astype("float64").where(low.notna())
    tested["interval_coverage"] = late.assign(holds=holds).groupby(by, observed=True)["holds"].mean()
    return tested.reset_index()


def _ends(groups: Any) -> pd.DataFrame:
    """Return the ends of the interval of each group's errors."""
    low, high = (groups["error"].quantile(part) for part in INTERVAL)
    return pd.DataFrame({"error_low": low, "error_high": high})


def _reasons(result: pd.DataFrame, is_tested: pd.Series, beats_line: pd.Series, is_curve: pd.Series) -> pd.Series:
    """Return why a value is missing, or the weakness that the back-test shows."""
    values: pd.Series = result["n_values"].astype("str") + np.where(result["n_values"] == 1, " value", " values")
    since = " since " + result["first_year"].astype("str") + " (" + result["left_out"] + ")"
    error, persistence, line = (result[name].round(2).astype("str") for name in ("backtest_error", "persistence_error", "line_error"))
    has_value = result["value"].notna()
    areas = result["areas_tested"].fillna(0).astype("int64").astype("str")
    return pd.Series(
        np.select(
            [
                ~has_value & is_curve & (result["n_values"] < FEWEST_VALUES),
                ~has_value & is_curve,
                ~has_value,
                ~is_tested,
                (result["model"] == Model.NO_CHANGE),
                ~result["beats_no_change"],
                is_curve & ~beats_line,
            ],
            [
                values + since.fillna("") + f"; a curve needs {FEWEST_VALUES}",
                "does not grow along such a curve",
                f"fewer than two values in the last {LINE_YEARS} years",
                "back-test over " + areas + f" areas only; at least {FEWEST_AREAS} are needed",
                "",
                "does not beat no change: misses by " + error + " points on average, no change by " + persistence,
                "beats no change but not the straight line in logits: misses by " + error + " points on average, the line by " + line,
            ],
            "",
        ),
        index=result.index,
        dtype="str",
    )


def _off_interval(result: pd.DataFrame) -> pd.Series:
    """Return a sentence where the whole interval is on one side of the value, with the reason."""
    mean_error = " (mean error " + result["bias"].round(2).astype("str") + " points)"
    is_above, is_below = result["lower"] > result["value"], result["upper"] < result["value"]
    higher = "the interval is higher than the value: the model has mostly been too low" + mean_error
    lower = "the interval is lower than the value: the model has mostly been too high" + mean_error
    return higher.where(is_above, lower.where(is_below, ""))
