"""Data gaps: economies without a figure for an indicator and breakdown, ranked by how much the figure would narrow the bounds of groups.

The worth of a gap is the number of points by which the bounds of the economy's groups would narrow; the arithmetic is that of the hard
bounds in `aggregates`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.contracts.vocabulary import ALL, MembershipList
from indicators.measures.aggregates import headline_years
from indicators.measures.inputs import require_finite, require_unique
from indicators.measures.interpolation import numbered, values_at

#: The plausible range is the rule-two value plus and minus this percentile of its error at that age (convention).
PLAUSIBLE = 0.9
#: The least number of errors that an age is judged by.
FEWEST_ERRORS = 30

#: Groups made of other groups, or nearly one of them (most African countries are in ITU's region Africa): if these counted too, the same
#: people would count twice (convention).
NOT_COUNTED = ("income union", "african countries")

_CELL = ["indicator", "sex", "locality", "age"]
_GAP = [*_CELL, "iso3"]


def data_gaps(
    newest_values: pd.DataFrame, wanted_breakdowns: pd.DataFrame, people: pd.DataFrame, members_by_year: pd.DataFrame, ceiling: pd.Series
) -> pd.DataFrame:
    """List every economy without a value in an indicator's reference year, with the worth of that value.

    The reference year is the newest in which economies with two thirds of the world's people have a value, or, if there is none, the newest
    year with any value. With `w_g = N / sum(N)` the economy's share of the people of its group `g`, and values from 0 to a ceiling,

    - `world_bound_shrinks_by` = ceiling w of the world, in points;
    - `group_bound_shrinks_by` = the sum of ceiling w_g over its other groups: its ITU region, its income group, and LDC, LLDC, SIDS; a
      union of income groups and the African countries do not count, because they would count the same people twice;
    - `bounds_shrink_by` is their sum, by which the gaps are ranked: closing several gaps of one indicator and breakdown shrinks the bounds
      by the sum of their worths, so the order is exact. In a tie the older last value comes first; never reported counts as oldest.

    `plausible_lower` and `plausible_upper` are the value estimated from the economy's other years (interpolated, or the last one carried
    forward) plus and minus the 90th percentile of the errors of such estimates over as many years in one vintage; 0 to the ceiling if
    nothing was ever reported. `plausible_bound_shrinks_by` is the worth of the gap within this range.

    Args:
        newest_values: One row an economy's value: indicator, iso3, sex, locality, age, year, value, nature, source, vintage; one value a
            year.
        wanted_breakdowns: One row an indicator and breakdown that every economy could have: indicator, sex, locality, age.
        people: One row an economy, year and locality: iso3, year, locality, people.
        members_by_year: One row a member: scheme, membership, group_name, iso3, year; the newest lists ('latest') are used. The group
            `world` lists the economies wanted.
        ceiling: Highest possible value by indicator; missing where there is none.

    Returns:
        Columns of the `data_gaps` contract, best first; nothing without breakdowns, people or members.

    Raises:
        ValueError: An economy has two values for one year, a population or a membership is duplicated, or a value or a population is
            infinite.

    Missing data: an economy without people in the year, and one of an indicator without a ceiling, has a gap of unknown worth, with the
    reason; these come last. Weights are all people of the locality, because the population by sex and age is not available.
    Source: the value of information of a hard bound, docs/methods.md#data_gaps; Pakistan has 31.1 % of its region's people, so
    its value is worth 31.1 points of the bound of that region in 2022.
    """
    require_unique(people, ["iso3", "year", "locality"], "people")
    require_unique(members_by_year, ["membership", "group_name", "iso3", "year"], "members")
    require_finite(newest_values, "value", "values")
    require_finite(people, "people", "people")
    # As whole numbers, the people of large economies would overflow when added up.
    people = people.astype({"people": "float64"})
    latest = members_by_year[(members_by_year["membership"] == MembershipList.LATEST) & ~members_by_year["scheme"].isin(NOT_COUNTED)]
    if wanted_breakdowns.empty or people.empty or latest.empty:
        return pd.DataFrame(columns=[*_GAP, "rank"])
    newest_values = newest_values.dropna(subset="value")
    twice = newest_values.duplicated([*_GAP, "year"])
    if twice.any():
        first = newest_values[twice].iloc[0]
        raise ValueError(f"{first['iso3']} has two values of {first['indicator']} for {first['year']}: give one")
    years = _reference_years(newest_values, people, latest, wanted_breakdowns)
    gaps = _where_people_live(_gaps(newest_values, wanted_breakdowns, latest, years), people)
    gaps = gaps.merge(_worth(people, latest, years), on=["iso3", "locality", "reference_year"], how="left")
    gaps["ceiling"] = gaps["indicator"].map(ceiling).astype("float64")
    points = gaps["ceiling"] * gaps.pop("world_weight")
    gaps["world_bound_shrinks_by"] = points
    gaps["group_bound_shrinks_by"] = gaps["ceiling"] * gaps["group_weight"].where(points.notna())
    gaps["bounds_shrink_by"] = gaps["world_bound_shrinks_by"] + gaps["group_bound_shrinks_by"]
    gaps = _with_plausible(gaps, newest_values)
    gaps["reason"] = np.select(
        [gaps["ceiling"].isna(), points.isna()],
        ["the indicator has no highest value, so its bounds have no width", "no population is available for the year"],
        "",
    )
    gaps["reason"] = gaps["reason"].astype("str").replace("", None)
    # Unknown worth comes last; a value never reported counts as the oldest.
    order = pd.DataFrame({"worth": -gaps["bounds_shrink_by"].fillna(-1), "last": gaps["last_year"].fillna(-np.inf), **gaps[_GAP]})
    gaps = gaps.loc[order.sort_values(list(order.columns)).index].reset_index(drop=True)
    gaps["rank"] = np.arange(1, len(gaps) + 1)
    gaps["rank_in_indicator"] = gaps.groupby(_CELL).cumcount() + 1
    return gaps


def _reference_years(values: pd.DataFrame, people: pd.DataFrame, latest: pd.DataFrame, breakdowns: pd.DataFrame) -> pd.Series:
    """Return, by indicator, the newest year most of the world's people have a value for, or the newest at all."""
    world = latest.loc[latest["group_name"] == "world", ["iso3", "year"]]
    weight = people[people["locality"] == ALL].merge(world, on=["iso3", "year"])
    of_all = values[(values["sex"] == ALL) & (values["locality"] == ALL)].drop_duplicates(["indicator", "iso3", "year"])
    covered = headline_years(of_all[["indicator", "iso3", "year"]], weight)
    newest = values.groupby("indicator")["year"].max()
    names = pd.Index(breakdowns["indicator"].unique(), name="indicator")
    # Where no economy has a value at all, the newest year of the population is as good as any.
    years_by_indicator: pd.Series = covered.reindex(names).fillna(newest.reindex(names)).fillna(people["year"].max())
    return years_by_indicator.astype("int64").rename("reference_year")


def _gaps(values: pd.DataFrame, breakdowns: pd.DataFrame, latest: pd.DataFrame, years: pd.Series) -> pd.DataFrame:
    """Return the cells without a value of the reference year, with the last value of each."""
    economies = latest.loc[(latest["group_name"] == "world") & latest["iso3"].str.fullmatch("[A-Z]{3}"), ["iso3"]].drop_duplicates()
    cells = breakdowns[_CELL].drop_duplicates().merge(economies, how="cross").join(years, on="indicator")
    with_value = values[[*_GAP, "year"]].rename(columns={"year": "reference_year"}).assign(has_value=True)
    gaps = cells.merge(with_value, on=[*_GAP, "reference_year"], how="left")
    gaps = gaps[gaps["has_value"].isna()].drop(columns="has_value")
    last = values.sort_values("year").groupby(_GAP)[["year", "value", "nature", "source", "vintage"]].last()
    gaps = gaps.join(last.rename(columns={"year": "last_year", "value": "last_value"}), on=_GAP)
    return gaps.assign(age_years=(gaps["reference_year"] - gaps["last_year"]).clip(lower=0))


def _where_people_live(gaps: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Leave out gaps without people: the rural share of a city state is not missing."""
    empty = people.loc[people["people"] == 0, ["iso3", "locality", "year"]].assign(is_empty=True)
    requested = gaps[["iso3", "locality"]].assign(year=gaps["reference_year"].clip(upper=people["year"].max()))
    return gaps[requested.merge(empty, on=["iso3", "locality", "year"], how="left")["is_empty"].isna().to_numpy()]


def _worth(people: pd.DataFrame, latest: pd.DataFrame, years: pd.Series) -> pd.DataFrame:
    """Return each economy's share of the people of the world, and the sum of its shares of its other groups, by year and locality."""
    requested = pd.DataFrame({"reference_year": years.unique()})
    # For a year without population data yet, the newest population is used.
    requested["year"] = requested["reference_year"].clip(upper=people["year"].max())
    of_year = latest.merge(requested, on="year").merge(people, on=["iso3", "year"])
    of_year = of_year[of_year["people"] > 0]
    weight = of_year["people"] / of_year.groupby(["group_name", "reference_year", "locality"])["people"].transform("sum")
    is_world = of_year["group_name"] == "world"
    split = of_year.assign(world_weight=weight.where(is_world), group_weight=weight.where(~is_world, 0.0), groups=of_year["group_name"])
    by = ["iso3", "locality", "reference_year"]
    sums = split.groupby(by)[["world_weight", "group_weight"]].sum(min_count=1)
    names = split[~is_world].sort_values("group_name").groupby(by)["groups"].agg(", ".join)
    return sums.join(names).reset_index()


def _with_plausible(gaps: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Add the plausible range of the missing value, and the worth of the gap within it."""
    number = pd.concat([values[_GAP], gaps[_GAP]], ignore_index=True).groupby(_GAP, sort=False, dropna=False).ngroup()
    reported = values[["year", "value"]].assign(series=number[: len(values)].to_numpy())
    requested = pd.DataFrame({"series": number[len(values) :].to_numpy(), "year": gaps["reference_year"].to_numpy()}, index=gaps.index)
    middle = values_at(reported, requested)["value"]
    distance = (gaps["reference_year"] - gaps["last_year"]).abs()
    missed = gaps[_CELL].assign(lag=distance).merge(_errors(values), on=[*_CELL, "lag"], how="left")["missed"].to_numpy()
    lower, upper = (middle - missed).clip(lower=0), (middle + missed).clip(upper=gaps["ceiling"])
    lower, upper = lower.where(upper.notna(), 0.0).where(gaps["ceiling"].notna()), upper.fillna(gaps["ceiling"])
    width = (upper - lower) / gaps["ceiling"]
    return gaps.assign(
        plausible_lower=lower,
        plausible_upper=upper.where(gaps["ceiling"].notna()),
        plausible_bound_shrinks_by=gaps["bounds_shrink_by"] * width,
    )


def _errors(values: pd.DataFrame) -> pd.DataFrame:
    """Return, by indicator, breakdown and number of years carried, the 90th percentile of the error of a value carried forward."""
    # By number, since names are slow to join by.
    cells, cell = numbered(values, _CELL)
    _, series = numbered(values, [*_GAP, "source", "vintage"])
    rows = pd.DataFrame({"series": series, "cell": cell, "year": values["year"], "value": values["value"]})
    parts = []
    first, last = rows["year"].min(), rows["year"].max()
    for lag in range(1, int(last - first) + 1 if len(rows) else 1):
        later = rows.assign(year=rows["year"] - lag).merge(rows, on=["series", "cell", "year"], suffixes=("", "_carried"))
        parts.append(later[["cell"]].assign(lag=lag, off=(later["value"] - later["value_carried"]).abs()))
    if not parts:
        return pd.DataFrame(columns=[*_CELL, "lag", "missed"])
    lags = pd.concat(parts, ignore_index=True).groupby(["cell", "lag"])["off"]
    missed = lags.quantile(PLAUSIBLE)[lags.size() >= FEWEST_ERRORS].rename("missed").reset_index()
    return missed.join(cells, on="cell").drop(columns="cell")
