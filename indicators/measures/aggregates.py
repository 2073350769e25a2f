"""Population-weighted figures of groups of economies, under three rules for missing data, with coverage and hard bounds.

Pure arithmetic on tidy frames: which observations, populations and memberships to use is decided elsewhere.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.contracts.vocabulary import Publishable, Rule
from indicators.conventions import number, whole
from indicators.measures.inputs import require_not_negative, require_unique

#: Below two thirds of the people, the World Bank publishes no aggregate; below half, the expected error is too large to print
#: (Mahler, Serajuddin and Maeda, Statistical Journal of the IAOS, 2022). Between the two a figure is indicative.
PUBLISHED_FROM = number("published_from")
INDICATIVE_FROM = number("indicative_from")

#: The note lists values that are carried forward for more years than this.
LONG_CARRY_YEARS = whole("long_carry_years")

#: The note on a figure of a vintage that lacks some economies and years.
INCOMPLETE_VINTAGE = "the vintage is held as a compilation that lacks some economies and years"

#: An economy without a population leaves its group and is named; one that was a larger part of the group than this is an error.
MOST_WEIGHT_LOST = number("most_weight_lost")

_SERIES = ["source", "vintage", "indicator", "sex", "locality", "age"]
_CELL = [*_SERIES, "scheme", "membership", "group_name", "year"]


def publishable(coverage: pd.Series) -> pd.Series:
    """Return for each coverage, 0 to 1, whether a figure is `published`, `indicative` or `not published`.

    Coverage is of people: a count of economies would let one small island outweigh a large country without a value.
    """
    return pd.Series(
        np.select(
            [coverage >= PUBLISHED_FROM - 1e-12, coverage >= INDICATIVE_FROM - 1e-12],
            [Publishable.PUBLISHED, Publishable.INDICATIVE],
            Publishable.NOT_PUBLISHED,
        ),
        index=coverage.index,
    )


def headline_years(values: pd.DataFrame, people: pd.DataFrame) -> pd.Series:
    """Return, by indicator, the newest year in which economies with two thirds of the people have a value.

    An indicator without such a year is left out. A year without population data is skipped.

    Args:
        values: One row an economy's value of all people: indicator, iso3, year.
        people: One row an economy and year: iso3, year, people; those of all economies wanted.
    """
    total = people.groupby("year")["people"].sum().rename("total")
    reached = values.merge(people, on=["iso3", "year"]).groupby(["indicator", "year"], as_index=False)["people"].sum()
    reached = reached.join(total, on="year")
    enough = reached[reached["people"] >= (PUBLISHED_FROM - 1e-12) * reached["total"]]
    newest: pd.Series = enough.groupby("indicator")["year"].max()
    return newest


def interpolate_and_carry(values: pd.DataFrame) -> pd.DataFrame:
    """Fill an economy's missing years from its own other years, within one vintage.

    Args:
        values: One row an area, one column a year (ascending, possibly with gaps); missing where nothing was reported.

    Returns:
        The same shape: linear in time between two reported years, the last value after the last, missing before the first.
    """
    return values.interpolate(method="index", axis="columns", limit_area="inside").ffill(axis="columns")


def aggregates(
    reported_values: pd.DataFrame,
    people: pd.DataFrame,
    members_by_year: pd.DataFrame,
    ceiling: pd.Series,
    vintages_with_holes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return each group's figure in each year, under each rule for missing data.

    With `w = N / sum(N)` over the members, `R` the members that reported, and `k = sum_R(w)` the coverage:

    - renormalised: `sum_R(N p) / sum_R(N)`, which takes the missing to be like the reporting;
    - interpolate and carry: `sum(N p~) / sum(N)` over the members with a value `p~` of their own from this or other years of the vintage;
    - hard bounds: `[sum_R(w p), sum_R(w p) + ceiling (1 - k)]`, for any values of the missing members.

    Args:
        reported_values: One row an economy's reported value: source, vintage, indicator, sex, locality, age, iso3, year, value.
        people: One row an economy, year and locality: iso3, year, locality, people; the weights.
        members_by_year: One row a member: scheme, membership, group_name, iso3, year.
        ceiling: Highest possible value by indicator, such as 100; an indicator without one has no upper bound.
        vintages_with_holes: Vintages stored without some economies and years: source, vintage, indicator; the note of their figures says
            so.

    Returns:
        Columns of the `aggregates` contract, and in addition `people_known` and `people_carried_long`: the people of members with a value
        under rule two, and of those with a value carried forward for more than five years. Nothing without values, people or members. A
        year in which no member of a group reported has only its bounds, and the figure that rule two carries into it. `coverage` and
        `publishable` count values reported for the year itself, never filled ones.

    Raises:
        ValueError: A member that was counted before and is not in that year was more than a thousandth of its group when last counted;
            a value, a population or a membership is there twice; or a value or a population is below zero.

    Missing data: absent is not zero. A member without a population for the year leaves the group, and the note names it. In years before
    the first count of a member that is a larger part of the group the group has no figure.
    Source: docs/methods.md#aggregates (the three rules, their identities and the publishability rule).

    >>> series = {"source": "s", "vintage": "1", "indicator": "share", "sex": "all", "locality": "all", "age": "all"}
    >>> values = pd.DataFrame({"iso3": ["AAA"], "year": 2020, "value": 80.0}).assign(**series)
    >>> people = pd.DataFrame({"iso3": ["AAA", "BBB"], "year": 2020, "locality": "all", "people": [3_000, 1_000]})
    >>> members = people[["iso3", "year"]].assign(scheme="region", membership="latest", group_name="both")
    >>> found = aggregates(values, people, members, pd.Series({"share": 100.0})).set_index("rule")
    >>> found.loc[["renormalised"], ["value", "coverage", "publishable"]].to_numpy().tolist()
    [[80.0, 0.75, 'published']]
    >>> found.loc["hard bounds", ["lower", "upper"]].tolist()
    [60.0, 85.0]
    """
    if reported_values.empty or people.empty or members_by_year.empty:
        return pd.DataFrame(columns=[*_CELL, "rule"])
    require_unique(reported_values, [*_SERIES, "iso3", "year"], "reported values")
    require_unique(people, ["iso3", "year", "locality"], "populations")
    require_unique(members_by_year, ["group_name", "membership", "iso3", "year"], "members")
    require_not_negative(reported_values, "value", ["indicator", "iso3", "year"])
    require_not_negative(people, "people", ["iso3", "year", "locality"])
    weights = weighed_members(people, members_by_year)
    values = _filled(reported_values)
    # One row a member, series and year in which the series exists at all; members without a value stay, with a missing one.
    series_years = values[[*_SERIES, "year"]].drop_duplicates()
    grid = series_years.merge(weights, on=["year", "locality"]).merge(values, on=[*_SERIES, "iso3", "year"], how="left")
    grid["ceiling"] = grid["indicator"].map(ceiling).astype("float64")
    reported, filled = grid["reported"].astype("float64"), grid["filled"].astype("float64")
    n = grid["people"]
    cells = grid[_CELL].assign(
        population=n,
        n_members=1,
        n_reporting=reported.notna().astype("int64"),
        n_with_value=filled.notna().astype("int64"),
        people_reporting=n.where(reported.notna(), 0.0),
        people_known=n.where(filled.notna(), 0.0),
        people_carried_long=n.where(grid["carried_years"] > LONG_CARRY_YEARS, 0.0),
        weighted_reported=(n * reported).fillna(0.0),
        weighted_filled=(n * filled).fillna(0.0),
    )
    sums = cells.groupby(_CELL, sort=True).sum().reset_index()
    sums["ceiling"] = sums["indicator"].map(ceiling).astype("float64")
    sums["coverage"] = (sums["people_reporting"] / sums["population"]).clip(upper=1.0)
    sums["lower"] = sums["weighted_reported"] / sums["population"]
    sums["upper"] = sums["lower"] + sums["ceiling"] * (1 - sums["coverage"])
    sums["publishable"] = publishable(sums["coverage"])
    # Only a share of people counts people; 120 subscriptions per 100 people are no people.
    sums["people_lower"] = sums["lower"] / sums["ceiling"] * sums["population"]
    sums["people_upper"] = sums["upper"] / sums["ceiling"] * sums["population"]
    sums = sums.merge(_notes(grid, weights), on=_CELL, how="left")

    renormalised = sums.assign(
        rule=Rule.RENORMALISED,
        value=sums["weighted_reported"] / sums["people_reporting"].where(sums["people_reporting"] > 0),
        people=np.nan,
        n_filled=0,
    )
    filled_figures = sums.assign(
        rule=Rule.INTERPOLATE_AND_CARRY,
        value=sums["weighted_filled"] / sums["people_known"].where(sums["people_known"] > 0),
        people=sums["weighted_filled"] / sums["ceiling"],
        n_filled=sums["n_with_value"] - sums["n_reporting"],
    )
    for kind in ("never_reported", "carried_long"):
        filled_figures["note"] = filled_figures["note"].str.cat(filled_figures[kind], sep="; ", na_rep="").str.strip("; ")
    bounds = sums.assign(rule=Rule.HARD_BOUNDS, value=np.nan, people=np.nan, n_filled=0)
    result = pd.concat([renormalised.dropna(subset="value"), filled_figures.dropna(subset="value"), bounds], ignore_index=True)
    if vintages_with_holes is not None:
        of = ["source", "vintage", "indicator"]
        has_holes = pd.MultiIndex.from_frame(result[of]).isin(pd.MultiIndex.from_frame(vintages_with_holes[of]))
        result["note"] = result["note"].mask(has_holes, result["note"] + "; " + INCOMPLETE_VINTAGE).str.strip("; ")
    result["note"] = result["note"].where(result["note"] != "", None)
    return result.sort_values([*_CELL, "rule"], ignore_index=True)


def weighed_members(people: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Give each member of each group and year its people; name those left out because they have no population.

    Returns:
        The rows of `members` that have people, by locality, with `people` and `without`: who left the group in that year.

    Raises:
        ValueError: A member that was counted before and is not in that year was more than a thousandth of its group when last counted.
    """
    # Where the urban share begins later than the population, there is no urban population for the weights, and no member is missing.
    wanted = members.merge(people[["year", "locality"]].drop_duplicates(), on="year")
    # As floats: the people of a group, however many, must not pass what an integer holds.
    people = people.assign(people=people["people"].astype("float64"))
    weights = wanted.merge(people, on=["iso3", "year", "locality"], how="left")
    cell = ["group_name", "membership", "year", "locality"]
    without = weights[weights["people"].isna()]
    if not without.empty:
        counted = people.dropna(subset="people").sort_values("year").groupby(["iso3", "locality"])
        last_population = counted.agg(last=("people", "last"), since=("year", "first"))
        group_people = weights.groupby(["group_name", "membership", "year", "locality"])["people"].sum().rename("group")
        lost = without.join(last_population, on=["iso3", "locality"]).join(group_people, on=cell)
        heavy = lost[lost["last"] > MOST_WEIGHT_LOST * lost["group"]]
        # Before the first count of a large member the group has no figure; a count that is missing since is an accident of the series.
        uncounted = heavy.loc[heavy["year"] < heavy["since"], cell].drop_duplicates()
        weights = weights.merge(uncounted.assign(uncounted=True), on=cell, how="left")
        weights = weights[weights.pop("uncounted").isna()]
        heavy = heavy[heavy["year"] > heavy["since"]]
        if not heavy.empty:
            worst = heavy.assign(part=heavy["last"] / heavy["group"]).nlargest(1, "part").iloc[0]
            raise ValueError(
                f"{worst['iso3']} has no population for {worst['year']} but was {worst['part']:.1%} "
                f"of {worst['group_name']}: add a vintage of the population series that covers the year"
            )
    names = without.sort_values("iso3").groupby(cell)["iso3"].agg(", ".join).rename("without")
    weights = weights.dropna(subset="people").join(names, on=cell)
    return weights[weights["people"] > 0]


def _filled(values: pd.DataFrame) -> pd.DataFrame:
    """Return each series' reported and filled values in long form, with the year each filled value comes from."""
    parts = []
    for series, rows in values.groupby(_SERIES, sort=False):
        wide = rows.pivot(index="iso3", columns="year", values="value").sort_index(axis="columns")
        wide = wide.reindex(columns=range(int(wide.columns.min()), int(wide.columns.max()) + 1)).astype("float64")
        filled = interpolate_and_carry(wide)
        years = pd.DataFrame(np.where(wide.notna(), wide.columns.to_numpy(), np.nan), index=wide.index, columns=wide.columns)
        since = years.ffill(axis="columns")
        ended = years.bfill(axis="columns").isna()
        age = pd.DataFrame(wide.columns.to_numpy() - since.to_numpy(), index=wide.index, columns=wide.columns).where(ended, 0.0)
        long = pd.DataFrame(
            {
                "iso3": np.repeat(wide.index.to_numpy(), wide.shape[1]),
                "year": np.tile(wide.columns.to_numpy(), wide.shape[0]),
                "reported": wide.to_numpy().ravel(),
                "filled": filled.to_numpy().ravel(),
                "carried_years": age.to_numpy().ravel(),
            }
        )
        parts.append(long.assign(**dict(zip(_SERIES, series, strict=True))))  # type: ignore[arg-type]
    return pd.concat(parts, ignore_index=True)


def _notes(grid: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """Write, for each cell, the members without a population, without a value, and with a value carried forward for long."""
    cells = grid[_CELL].drop_duplicates()
    cell = ["group_name", "membership", "year", "locality"]
    left = weights[[*cell, "without"]].drop_duplicates().dropna()
    notes = cells.merge(left, on=cell, how="left")
    notes["note"] = ("left out because there is no population: " + notes.pop("without")).fillna("")
    long = grid[grid["carried_years"] > LONG_CARRY_YEARS].sort_values("iso3").groupby(_CELL)["iso3"].agg(", ".join).rename("carried_long")
    never = grid[grid["filled"].isna()].sort_values("iso3").groupby(_CELL)["iso3"].agg(", ".join).rename("never_reported")
    notes = notes.join("without a value of this or an earlier year: " + never, on=_CELL)
    return notes.join(f"carried more than {LONG_CARRY_YEARS} years: " + long, on=_CELL)
