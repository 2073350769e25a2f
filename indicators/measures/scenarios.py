"""Scenarios: the share of a group and its number of people offline in a future year, if every economy follows the scenario's rule.

Each scenario is a rule for one number an economy, its pace on logits. None is a forecast; the past error of each rule is given with it.
The years and the scenarios' assumptions are in `scenarios.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.contracts.vocabulary import Scenario, TargetRule
from indicators.measures import series_breaks
from indicators.measures.aggregates import INDICATIVE_FROM, publishable, weighed_members
from indicators.measures.inputs import require_finite, require_not_negative, require_unique
from indicators.measures.interpolation import values_at
from indicators.measures.projections import FEWEST_AREAS
from indicators.measures.targets import PACE_YEARS, logit

#: The pace at a level is estimated from economies that were within this number of points of it (convention).
LEVEL_BAND = 5
#: The least number of economies for a typical pace and for a best quarter (convention).
FEWEST_PEERS = 10
#: The shares of the peers that were slower than the typical pace, and than that of the best quarter.
TYPICAL, BEST_QUARTER = 0.5, 0.75
#: The number of members without a path that are named.
NAMED = 10

_FILE = "indicators/measures/scenarios.toml"
_SERIES = ["source", "vintage", "indicator", "sex", "locality", "age"]
_CELL = ["group_name", "scenario", "year"]
_RULE = ["scenario", "horizon"]
#: The scenarios that set a pace; the last one sets a level.
_PACED = list(Scenario)[:-1]

Array = NDArray[np.float64]


@cache
def load_scenarios() -> dict[str, Any]:
    """Return the content of `scenarios.toml`: `years`, ascending, and `assumptions`, by scenario.

    Raises:
        ValueError: The years do not ascend, or the scenarios are not those that can be computed.
    """
    registry = tomllib.loads((Path(__file__).parent / "scenarios.toml").read_text("utf-8"))
    years = [entry["year"] for entry in registry["years"]]
    if sorted(set(years)) != years:
        raise ValueError(f"{_FILE}: years {', '.join(map(str, years))}: write each once, the earlier first")
    if list(registry["scenarios"]) != list(Scenario):
        raise ValueError(f"{_FILE}: scenarios {', '.join(registry['scenarios'])}: can be computed, in this order: {', '.join(Scenario)}")
    return {"years": years, "assumptions": {name: entry["assumption"] for name, entry in registry["scenarios"].items()}}


def scenarios(
    scenario_values: pd.DataFrame,
    people: pd.DataFrame,
    latest_members: pd.DataFrame,
    stated_targets: pd.DataFrame,
    scenario_years: Sequence[int],
) -> pd.DataFrame:
    """Return the share of each group in each wanted year, under each scenario.

    With `p` the last value of an economy, of year `t`, no older than five years before the base year, and `b` its pace, the change of
    `logit p = ln(p / (100 - p))` a year, the economy reaches in the year `Y` the share `p(Y) = 100 / (1 + exp(-(logit p + b (Y - t))))`:

    - *no change*: `b = 0`;
    - *own pace*: `b = (logit p - logit p_s) / (t - s)`, `s` the first year with a value of the five before `t`, as in `targets`;
    - *typical pace*: `b` is the median, over economies, of the paces of those that were once within five points of `p`, each over the
      five years after. An economy that was there for several years counts once, with the mean of its paces: otherwise slow ones would
      count more often than fast ones;
    - *best quarter's pace*: the same, at the point that a quarter of them exceeded;
    - *target reached*: every economy reaches the target `T` or better: `b = (logit T - logit p) / (Y - t)` for those below.

    No pace is taken across a break (`breaks`) or from another vintage. A group's figure is `sum(N p(Y)) / sum(N)` over the members of its
    newest list that have a path, `N` the people of the newest year: the population is constant, because no population of future years is
    available. Where population grows fastest in economies with few people online, both the share and the people offline are therefore too
    optimistic. Members without a path may have any value: `lower` and `upper` set them to 0 and to 100, under *target reached* to the
    target and to 100.

    A single economy has no row: its pace is a poor guide to ten years, as `backtest_error` shows, and by convention `projections` goes no
    further than five years for it. In a group, errors of members partly cancel.

    The back-test repeats each pace from every past value, without later data, over as many years as from the base year to the wanted
    year, and scores it where the economy has a value, not across a break. If fewer than thirty economies have series that long, it uses
    the longest horizon that thirty have; `tested_horizon` gives it. `group_error` is that of the group's own figure, over the years
    in which the members scored have half of its people, today's members and people throughout.

    Not included: the path of a benchmark such as the high-income economies, because their series begin above the level of the poorest;
    pace by income group in addition to level, because it halves the peers and predicted no better; the fastest pace ever, which is mostly
    an effect of revisions; and prices or income, because these series do not show their effect on use.

    Args:
        scenario_values: One row an economy's value: source, vintage, indicator, sex, locality, age, iso3, year, value in percent, note,
            base_year (the newest year that enough people report for, the same throughout a series).
        people: One row an economy, year and locality: iso3, year, locality, people.
        latest_members: One row a member: scheme, membership, group_name, iso3, year; of one membership. Those of the newest year of the
            people are taken.
        stated_targets: Targets as `targets.load_targets` gives them; of those for every economy with the rule "at least" and a
            deadline not yet past, the highest counts.
        scenario_years: The years wanted; one that is not after the base year has no row.

    Returns:
        Columns of the `scenarios` contract; nothing without values, people or members. An indicator without a target has no row of it.

    Raises:
        ValueError: A value, population or member is duplicated; a value is not a share in percent; a population is negative or infinite.

    Missing data: nothing is filled. A member without a path is in the bounds, and named; a scenario under which no member has one has
    bounds alone. `coverage` counts people of members whose path starts from a value of the base year, and decides whether a figure is
    publishable; `share_with_path` counts all with a path.
    Source: docs/methods.md#scenarios. The pace by starting point as in the benchmarks for SDG 4 (UNESCO Institute for Statistics, 2022);
    rolling origins as in Tashman 2000. A back-test on today's vintage flatters every rule, since the past has been revised since.

    >>> series = {"source": "s", "vintage": "1", "indicator": "share", "sex": "all", "locality": "all", "age": "all", "note": None}
    >>> values = pd.DataFrame({"iso3": ["AAA", "AAA", "BBB"], "year": [2023, 2024, 2024], "value": [50.0, 60.0, 80.0], "base_year": 2024})
    >>> people = pd.DataFrame({"iso3": ["AAA", "BBB"], "year": 2025, "locality": "all", "people": [3_000, 1_000]})
    >>> members = people[["iso3", "year"]].assign(scheme="region", membership="latest", group_name="both")
    >>> found = scenarios(values.assign(**series), people, members, pd.DataFrame(), [2030]).set_index("scenario")
    >>> found.loc["no change", ["value", "offline_lower"]].tolist()
    [65.0, 1400.0]
    """
    if scenario_values.empty or people.empty or latest_members.empty:
        return pd.DataFrame(columns=[*_SERIES, *_CELL])
    scenario_values = scenario_values.dropna(subset="value")
    outside = scenario_values[~scenario_values["value"].between(0, 100)]
    if not outside.empty:
        worst = outside.iloc[0]
        raise ValueError(f"{worst['indicator']} of {worst['iso3']} is {worst['value']} in {worst['year']}, which is no share in percent")
    require_unique(scenario_values, [*_SERIES, "iso3", "year"], "values")
    require_unique(people, ["iso3", "year", "locality"], "populations")
    require_finite(people, "people", "populations")
    require_not_negative(people, "people", ["iso3", "year", "locality"])
    population_year = people["year"].max()
    listed = latest_members[latest_members["year"] == population_year]
    require_unique(listed, ["group_name", "iso3"], "members")
    counted = weighed_members(people, listed)
    required = _required(stated_targets)
    parts = []
    for _, rows in scenario_values.groupby(_SERIES, sort=True):
        named: dict[str, Any] = {name: rows[name].iloc[0] for name in _SERIES}
        base_year = int(rows["base_year"].max())
        years = [year for year in scenario_years if year > base_year]
        of_locality = counted[counted["locality"] == named["locality"]]
        if not years or of_locality.empty:
            continue
        aim = max((t for t, deadline in required.get(named["indicator"], []) if deadline > base_year), default=np.nan)
        part = _of_series(rows, of_locality, base_year, years, aim)
        parts.append(part.assign(**named, base_year=base_year))
    if not parts:
        return pd.DataFrame(columns=[*_SERIES, *_CELL])
    result = pd.concat(parts, ignore_index=True).assign(population_year=population_year)
    return result.sort_values(["indicator", "locality", *_CELL], key=_in_order, ignore_index=True)


def _in_order(column: pd.Series) -> pd.Series:
    """Sort scenarios in their own order, everything else as it is."""
    return column.map(list(Scenario).index) if column.name == "scenario" else column


def _required(stated: pd.DataFrame) -> dict[str, list[tuple[float, int]]]:
    """Return, by indicator, the targets for every economy with the rule "at least", with their deadlines."""
    aims: dict[str, list[tuple[float, int]]] = {}
    for row in stated.to_dict("records"):
        if row["rule"] in (TargetRule.AT_LEAST, TargetRule.ABOVE) and "economies" in row["areas"] and not len(row["economies_of"]):
            aims.setdefault(row["indicator"], []).append((row["required"], row["deadline"]))
    return aims


def _of_series(rows: pd.DataFrame, counted: pd.DataFrame, base_year: int, years: list[int], aim: float) -> pd.DataFrame:
    """Return the rows of one indicator and breakdown, from one vintage."""
    number, iso3 = pd.factorize(rows["iso3"], sort=True)
    past = series_breaks.marked(rows[["year", "value", "note"]].assign(economy=number), ["economy"])
    own, by_level = _own_paces(past), _paces_by_level(past)
    starts = past[past["year"] >= base_year - PACE_YEARS].drop_duplicates("economy", keep="last")
    # The paces of the peers as known today, whatever the year of the economy's own last value.
    paces = _paces(own.loc[starts.index], by_level.at(starts["value"], past["year"].max()))
    cells = [(scenario, year) for year in years for scenario in Scenario if scenario != Scenario.TARGET_REACHED or not np.isnan(aim)]
    starts = starts.assign(iso3=iso3[starts["economy"]])
    paths = pd.concat([_paths(starts, paces, *cell, aim) for cell in cells], ignore_index=True)
    paths["is_of_base_year"] = paths.pop("from_year") >= base_year
    result = _grouped(paths, pd.DataFrame(cells, columns=["scenario", "year"]), counted, aim)
    result["horizon"] = result["year"] - base_year
    return _tested(result, past.assign(iso3=iso3[past["economy"]]), own, by_level, counted)


def _paths(starts: pd.DataFrame, paces: pd.DataFrame, scenario: str, year: int, aim: float) -> pd.DataFrame:
    """Return the share of each economy, and the pace it needs; missing without a pace."""
    p, ahead = starts["value"], year - starts["year"]
    if scenario == Scenario.TARGET_REACHED:
        value, pace = p.clip(lower=aim), (logit(p.clip(lower=aim)) - logit(p)) / ahead.where(ahead > 0)
    else:
        pace = paces[scenario]
        value = _share_after(p, pace, ahead)
    best = paces[Scenario.BEST_QUARTERS_PACE]
    return pd.DataFrame(
        {
            "iso3": starts["iso3"],
            "from_year": starts["year"],
            "scenario": scenario,
            "year": year,
            "value": value,
            "is_at_target": value >= aim - 1e-9,
            "is_faster": (pace > best + 1e-12).where(pace.notna() & best.notna(), False),
        }
    )


def _grouped(paths: pd.DataFrame, requested: pd.DataFrame, counted: pd.DataFrame, aim: float) -> pd.DataFrame:
    """Sum the members' paths to the groups' figures, with their bounds and the people behind them."""
    grid = counted[["group_name", "iso3", "people", "without"]].merge(requested, how="cross")
    grid = grid.merge(paths.astype({"scenario": "str", "year": "int64"}), on=["iso3", "scenario", "year"], how="left")
    n, has_path = grid["people"], grid["value"].notna()
    sums = (
        grid[_CELL]
        .assign(
            population=n,
            n_members=1,
            n_with_path=has_path.astype("int64"),
            n_at_target=grid["is_at_target"].eq(True).astype("int64"),
            n_faster_than_best_quarter=grid["is_faster"].eq(True).astype("int64"),
            share_with_path=n.where(has_path, 0.0),
            coverage=n.where(has_path & grid["is_of_base_year"].eq(True), 0.0),
            value=(n * grid["value"]).fillna(0.0),
        )
        .groupby(_CELL, sort=True)
        .sum()
        .reset_index()
    )
    population, weighted_value = sums["population"], sums["value"]
    sums["value"] = weighted_value / sums["share_with_path"].where(sums["share_with_path"] > 0)
    for part in ("share_with_path", "coverage"):
        sums[part] = (sums[part] / population).clip(upper=1.0)
    least = pd.Series(np.where(sums["scenario"] == Scenario.TARGET_REACHED, aim, 0.0), sums.index)
    sums["lower"] = (weighted_value / population + least * (1 - sums["share_with_path"])).clip(0, 100)
    sums["upper"] = (weighted_value / population + 100 * (1 - sums["share_with_path"])).clip(0, 100)
    for end, other in (("lower", "upper"), ("upper", "lower")):
        sums[f"people_{end}"] = sums[end] / 100 * population
        sums[f"offline_{end}"] = (100 - sums[other]) / 100 * population
    sums["publishable"] = publishable(sums["coverage"])
    sums["required"] = aim
    sums["n_at_target"] = sums["n_at_target"].astype("float64").where(sums["required"].notna())
    words = load_scenarios()["assumptions"]
    sums["assumption"] = [words[scenario].format(required=aim) for scenario in sums["scenario"]]
    return sums.merge(_notes(grid), on=_CELL, how="left")


def _notes(grid: pd.DataFrame) -> pd.DataFrame:
    """Name, for each cell, the members without a path, largest population first, and the members without a population."""
    without = grid[grid["value"].isna()].sort_values(["people", "iso3"], ascending=[False, True]).groupby(_CELL)["iso3"]
    named, more = without.agg(lambda members: ", ".join(members.iloc[:NAMED])).astype("str"), without.size() - NAMED
    texts = ("without a path: " + named).where(more <= 0, "without a path: " + named + " and " + more.astype("str") + " more")
    left = "left out because there is no population: " + grid.dropna(subset="without").groupby(_CELL)["without"].first()
    cells = grid[_CELL].drop_duplicates().set_index(_CELL)
    note = texts.reindex(cells.index).fillna("").str.cat(left.reindex(cells.index).fillna(""), sep="; ").str.strip("; ")
    return note.replace("", None).rename("note").reset_index()


class _PacesByLevel:
    """The paces of economies that were once at a level, by year of knowledge: typical, and that of the best quarter."""

    def __init__(self, paces: Array, first_year: int) -> None:
        self._paces, self._first_year = paces, first_year

    def at(self, level: pd.Series, year: pd.Series | int) -> pd.DataFrame:
        """Return the paces from each level as known in that year, on the index of `level`; missing with too few economies."""
        place = np.minimum(np.asarray(year) - self._first_year, len(self._paces) - 1)
        paces = self._paces[place, np.rint(level).astype("int64")]
        return pd.DataFrame(paces, index=level.index, columns=[Scenario.TYPICAL_PACE, Scenario.BEST_QUARTERS_PACE])


def _own_paces(past: pd.DataFrame) -> pd.Series:
    """Return, for each value, the change of the logit a year since the first value of the five years before, in the same segment."""
    span = int(past["year"].max()) + PACE_YEARS + 1
    key = past["segment"].to_numpy("int64") * span + past["year"].to_numpy("int64")
    first = np.searchsorted(key, key - PACE_YEARS)
    height, year = logit(past["value"]).to_numpy(), past["year"].to_numpy()
    seen = (year - year[first]).astype("float64")
    return pd.Series((height - height[first]) / np.where(seen > 0, seen, np.nan), past.index)


def _outcomes(past: pd.DataFrame, ahead: int) -> pd.Series:
    """Return each value's successor this number of years later, in the same segment; missing without a report for that year."""
    reported = past[["segment", "year", "value"]].rename(columns={"segment": "series"})
    later = values_at(reported, reported.assign(year=reported["year"] + ahead))
    return later["value"].where(later["is_reported"])


def _paces_by_level(past: pd.DataFrame) -> _PacesByLevel:
    """Return the five-year paces of the economies at each level, each once, by the year in which they were complete."""
    first_year, last_year = int(past["year"].min()), int(past["year"].max())
    pace = (logit(_outcomes(past, PACE_YEARS)) - logit(past["value"])) / PACE_YEARS
    seen = past.assign(pace=pace)[pace.notna()]
    at = (
        seen["year"].to_numpy() + PACE_YEARS - first_year,
        np.rint(seen["value"]).to_numpy("int64"),
        seen["economy"].to_numpy(),
    )
    shape = (last_year - first_year + 1, 101, int(past["economy"].max()) + 1)
    total, count = np.zeros(shape), np.zeros(shape)
    np.add.at(total, at, seen["pace"].to_numpy())
    np.add.at(count, at, 1.0)
    total, count = (_within_band(table.cumsum(axis=0)) for table in (total, count))
    # Economies that were never there go to the end, so that the quantiles are those of the others.
    means = np.sort(np.where(count > 0, total / np.maximum(count, 1), np.inf), axis=2)
    peers = (count > 0).sum(axis=2)
    paces = [np.where(peers >= FEWEST_PEERS, _quantile(means, peers, part), np.nan) for part in (TYPICAL, BEST_QUARTER)]
    return _PacesByLevel(np.stack(paces, axis=-1), first_year)


def _within_band(table: Array) -> Array:
    """Sum, along the second axis, the values within the band around each level."""
    sums = np.concatenate([np.zeros_like(table[:, :1]), table.cumsum(axis=1)], axis=1)
    levels = np.arange(table.shape[1])
    added: Array = sums[:, np.minimum(levels + LEVEL_BAND + 1, len(levels))] - sums[:, np.maximum(levels - LEVEL_BAND, 0)]
    return added


def _quantile(ordered: Array, count: NDArray[np.int64], part: float) -> Array:
    """Return the quantile of the first `count` numbers along the last axis, interpolated linearly; missing where there are none."""
    place = np.maximum(count - 1, 0) * part
    below = np.floor(place).astype("int64")
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    low, high = (np.take_along_axis(ordered, end[..., None], axis=-1)[..., 0] for end in (below, above))
    with np.errstate(invalid="ignore"):
        result: Array = np.where(count > 0, low + (place - below) * (high - low), np.nan)
    return result


def _paces(own: pd.Series, of_peers: pd.DataFrame) -> pd.DataFrame:
    """Return the pace of each scenario that has one, a column each."""
    paces = of_peers.copy()
    paces[Scenario.NO_CHANGE], paces[Scenario.OWN_PACE] = 0.0, own
    return paces


def _share_after(share: pd.Series, pace: pd.Series, years: Any) -> pd.Series:
    """Return a share after a number of years at a pace on logits.

    A share within half a point of an end moves as one half a point from it; without a pace every share stays exactly where it is.
    """
    here = logit(share)
    step: pd.Series = 100 / (1 + np.exp(-(here + pace * years))) - 100 / (1 + np.exp(-here))
    return (share + step).clip(0, 100)


def _tested(result: pd.DataFrame, past: pd.DataFrame, own: pd.Series, by_level: _PacesByLevel, counted: pd.DataFrame) -> pd.DataFrame:
    """Add the past error of each rule, over as many years as wanted or as the series allow."""
    paces = _paces(own, by_level.at(past["value"], past["year"]))
    horizons = sorted(set(result["horizon"]))
    outcome = cache(partial(_outcomes, past))
    scored = pd.concat([_scored(past, paces[scenario], scenario, horizon, outcome) for scenario in _PACED for horizon in horizons])
    result = result.merge(_missed(scored), on=_RULE, how="left")
    result = result.merge(_missed_by_groups(scored, counted), on=["group_name", *_RULE], how="left")
    result["beats_no_change"] = (result["persistence_error"] - result["backtest_error"]).fillna(0) > 0
    return result.assign(reason=_reasons(result))


def _scored(past: pd.DataFrame, pace: pd.Series, scenario: str, horizon: int, outcome: Callable[[int], pd.Series]) -> pd.DataFrame:
    """Return the outcome minus the forecast, and minus the value itself, over the most years that can be tested."""
    economies = past.loc[pace.notna(), "economy"]
    ahead, can_be = 0, pd.Series(False, past.index)
    for years in range(horizon, 0, -1) if economies.nunique() >= FEWEST_AREAS else ():
        has_both = outcome(years).notna() & pace.notna()
        if past.loc[has_both, "economy"].nunique() >= FEWEST_AREAS:
            ahead, can_be = years, has_both
            break
    rows, came = past[can_be], outcome(ahead)[can_be]
    return pd.DataFrame(
        {
            "scenario": scenario,
            "horizon": horizon,
            "tested_horizon": float(ahead),
            "iso3": rows["iso3"],
            "origin": rows["year"],
            "error": came - _share_after(rows["value"], pace[can_be], ahead),
            "change": came - rows["value"],
        }
    )


def _missed(scored: pd.DataFrame) -> pd.DataFrame:
    """Return each rule's mean errors over all economies and origins, in points."""
    by_rule = scored.assign(size=scored["error"].abs(), change=scored["change"].abs()).groupby(_RULE)
    return by_rule.agg(
        tested_horizon=("tested_horizon", "first"),
        backtest_error=("size", "mean"),
        bias=("error", "mean"),
        persistence_error=("change", "mean"),
        economies_tested=("iso3", "nunique"),
        forecasts_tested=("error", "size"),
    ).reset_index()


def _missed_by_groups(scored: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Return the mean errors of the groups' figures, over the origins in which the members scored have half of a group's people."""
    cell = ["group_name", *_RULE]
    rows = scored.merge(counted[["group_name", "iso3", "people"]], on="iso3")
    weighed = rows.assign(missed=rows["error"] * rows["people"], change=rows["change"] * rows["people"])
    sums = weighed.groupby([*cell, "origin"])[["missed", "change", "people"]].sum().reset_index()
    population = counted.groupby("group_name")["people"].sum()
    enough = INDICATIVE_FROM * population.reindex(sums["group_name"]).to_numpy()
    sums = sums[sums["people"] >= enough * (1 - 1e-12)]
    error = sums["missed"] / sums["people"]
    by_group = sums[cell].assign(error=error, size=error.abs(), change=(sums["change"] / sums["people"]).abs()).groupby(cell)
    return by_group.agg(
        group_error=("size", "mean"),
        group_bias=("error", "mean"),
        group_persistence_error=("change", "mean"),
        origins_tested=("error", "size"),
    ).reset_index()


def _reasons(result: pd.DataFrame) -> pd.Series:
    """Return the caveats: rules not tested, or tested over fewer years, and rules that do not beat no change."""
    paced = result["scenario"] != Scenario.TARGET_REACHED
    untested = paced & result["tested_horizon"].isna()
    shorter = result["tested_horizon"].fillna(np.inf) < result["horizon"]
    loses = paced & (result["scenario"] != Scenario.NO_CHANGE) & ~untested & ~result["beats_no_change"]
    no_better_here = (
        paced & (result["scenario"] != Scenario.NO_CHANGE) & ((result["group_error"] - result["group_persistence_error"]).fillna(-1) >= 0)
    )
    missed = ("backtest_error", "persistence_error", "group_error", "group_persistence_error")
    error, persistence, of_group, of_no_change = (result[name].round(1).astype("str") for name in missed)
    years = result["tested_horizon"].fillna(0).astype("int64").astype("str")
    why = pd.Series("", result.index)
    for applies, words in (
        (result["value"].isna(), "no member has a path"),
        (
            ~paced,
            "a target is not tested on the past; n_faster_than_best_quarter counts economies that need a faster pace",
        ),
        (untested, f"not tested: no {FEWEST_AREAS} economies have series of more than one year"),
        (shorter, "tested over " + years + f" years only: no {FEWEST_AREAS} economies have series long enough to test these years"),
        (loses, "does not beat no change: missed by " + error + " points so far, no change by " + persistence),
        (
            no_better_here,
            "no better than no change in this group: missed it by " + of_group + " points so far, no change by " + of_no_change,
        ),
    ):
        why = why.where(~applies, why.where(why == "", why + "; ") + words)
    return why.replace("", None)
