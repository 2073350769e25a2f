"""Inequality between economies: Gini, concentration by income, Theil's T and the mean log deviation, split between and within groups.

Every person counts with the value of their economy: this is inequality between economies, never within one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.contracts.vocabulary import EconomySet, InequalityMeasure, MembershipList
from indicators.conventions import whole
from indicators.measures.aggregates import PUBLISHED_FROM, publishable
from indicators.measures.inputs import require_finite, require_unique

#: Which economies a measure is taken over (convention): all that report for the year, or those that report in every year compared.

#: The scheme of a measure that is not split.
UNSPLIT = MembershipList.NONE

#: How many economies a reason or a note names before it counts the others.
NAMED = whole("members_named")

_SERIES = ["source", "vintage", "indicator", "sex", "locality", "age"]
_CELL = ["series", "year"]
_COLUMNS = [
    *["measure", "indicator", "year", "sex", "locality", "age", "scheme", "membership", "economies", "value", "between", "within"],
    *["mean", "highest", "share_of_highest", "coverage", "publishable", "n", "source", "vintage", "ranked_by", "reason", "note"],
]

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
_WhyNot = list[tuple[pd.Series, "str | pd.Series"]]


def inequality(
    reported_values: pd.DataFrame, people: pd.DataFrame, partitions_by_year: pd.DataFrame, incomes: pd.DataFrame, ceiling: pd.Series
) -> pd.DataFrame:
    """Measure, for every series and year, how unequal economies are, weighted by population.

    With `q` the value over its ceiling, `w = N / sum(N)` and `mu = sum(w q)`; all measures are ratios without a unit:

    - `gini`: `sum_ij w_i w_j |q_i - q_j| / (2 mu)`, from 0 to `1 - mu`, the Gini of people who are either reached or not. Read it
      together with `share_of_highest`: a falling Gini may only mean a rising mean.
    - `concentration index`: `C = (2 / mu) sum(w q r) - 1`, with `r` the weight of all poorer economies and half one's own; those of equal
      income share their mean rank. Positive where the rich are ahead; from `-(1 - mu)` to `1 - mu`.
    - `concentration index (Erreygers)`: `4 mu C`, and `concentration index (Wagstaff)`: `C / (1 - mu)`, from -1 to 1, for bounded values:
      both only change sign if those not reached are measured instead.
    - `theil`: `T = sum(w x ln x)` with `x = q / mu` and `0 ln 0 = 0`, from 0 to `-ln(mu)`; with `s_g = w_g mu_g / mu`,
      within `sum_g(s_g T_g)`, between `sum_g(s_g ln(mu_g / mu))`.
    - `mean log deviation`: `L = sum(w ln(mu / q))`, from 0 up; within `sum_g(w_g L_g)`, between `sum_g(w_g ln(mu / mu_g))`.

    Args:
        reported_values: One row an economy's reported value: source, vintage, indicator, sex, locality, age, iso3, year, value.
        people: One row an economy, year and locality: iso3, year, locality, people; the weights. All of them together are the world.
        partitions_by_year: One row a member of a group: scheme, membership, group_name, iso3, year. Each scheme splits once.
        incomes: One row an economy and year: iso3, year, income, and ranked_by, which says what income that is; each kind ranks once.
        ceiling: Highest possible value by indicator, such as 100; the values of an indicator without one are used as they are.

    Returns:
        Columns of the `inequality` contract. Under the scheme `none` a measure is taken over all economies and not split; under another
        over those that have a group in it. `same in all years` takes only the economies that report in every year in which
        economies with two thirds of the people report, so that years can be compared; it is left out if there is only one such year.

    Raises:
        ValueError: A row is duplicated, a value or a population is infinite, or a scheme has an economy in two groups at once.

    Missing data: an economy without a value is left out; one without a population, group or income is left out and named in the note.
    `coverage` is the share of the world's people who live in the economies used, and `publishable` follows from it. An undefined measure
    is missing, with the reason: one economy alone, a mean of zero, a negative value; a zero under the logarithm of the mean log deviation;
    for the corrections of the concentration index a value without a ceiling or above it, and for Wagstaff's a mean at the ceiling.
    Source: docs/methods.md#inequality. Gini 1912; Kakwani, Wagstaff and van Doorslaer 1997 (concentration by weighted ranks); Wagstaff
    2005; Erreygers 2009; Theil 1967; Shorrocks 1980 (splits). Textbook forms, computed in an order in which what is near zero is no
    difference of large sums.

    >>> values = pd.DataFrame({"iso3": ["AAA", "BBB"], "year": 2020, "value": [1.0, 3.0], "source": "s", "vintage": "1"})
    >>> values = values.assign(indicator="share", sex="all", locality="all", age="all")
    >>> people = pd.DataFrame({"iso3": ["AAA", "BBB"], "year": 2020, "locality": "all", "people": [1, 3]})
    >>> members = pd.DataFrame(columns=["scheme", "membership", "group_name", "iso3", "year"])
    >>> incomes = pd.DataFrame(columns=["iso3", "year", "income", "ranked_by"])
    >>> found = inequality(values, people, members, incomes, pd.Series({"share": 100.0}))
    >>> found.loc[found["measure"] == InequalityMeasure.GINI, "value"].round(4).tolist()
    [0.15]
    """
    require_unique(reported_values, [*_SERIES, "iso3", "year"], "values")
    require_unique(people, ["iso3", "year", "locality"], "people")
    require_unique(partitions_by_year, ["scheme", "membership", "iso3", "year"], "members of a scheme")
    require_unique(incomes, ["iso3", "year", "ranked_by"], "incomes")
    require_finite(reported_values, "value", "values")
    require_finite(people, "people", "people")
    reported_values = reported_values.dropna(subset="value")
    if reported_values.empty or people.empty:
        return pd.DataFrame(columns=_COLUMNS)
    # Joining and sorting is most of the work, and faster by number than by name.
    names = pd.Index(reported_values["iso3"].unique())
    series = (
        reported_values[_SERIES]
        .drop_duplicates(ignore_index=True)
        .assign(ceiling=lambda row: row["indicator"].map(ceiling).astype("float64"))
    )
    units, unweighed = _units(reported_values, people, series["ceiling"], names)
    parts = []
    for labels, taken, left_out in _choices(units, partitions_by_year, incomes, names):
        for economies, chosen in ((EconomySet.REPORTING, taken), (EconomySet.SAME, _same_in_all_years(taken))):
            if not chosen.empty:
                notes = [unweighed, left_out] if economies == EconomySet.REPORTING else [_years_compared(chosen)]
                result = _measures(chosen, names, series["ceiling"]).assign(economies=economies, **labels)
                parts.append(result.assign(note=_joined_notes(result, notes)))
    if not parts:
        return pd.DataFrame(columns=_COLUMNS)
    result = pd.concat(parts, ignore_index=True).join(series[_SERIES], on="series")
    key = ["indicator", "year", "sex", "locality", "age", "source", "vintage", "measure", "scheme", "membership", "economies", "ranked_by"]
    return result.assign(publishable=publishable(result["coverage"]))[_COLUMNS].sort_values(key, ignore_index=True)


def _numbered(frame: pd.DataFrame, names: pd.Index) -> pd.DataFrame:
    """Replace the name of each economy by its number; economies without any value are dropped."""
    numbered = frame.assign(iso3=names.get_indexer(pd.Index(frame["iso3"])), year=frame["year"].astype("int64"))
    return numbered[numbered["iso3"] >= 0]


def _units(values: pd.DataFrame, people: pd.DataFrame, ceilings: pd.Series, names: pd.Index) -> tuple[pd.DataFrame, pd.Series]:
    """Return each value as a share of its ceiling with the people of the economy, and a note on those without a population."""
    # In float64, since products of populations pass what int64 holds.
    people = people.assign(people=people["people"].astype("float64"), year=people["year"].astype("int64"))
    world = people.groupby(["year", "locality"], as_index=False).agg(world=("people", "sum"))
    units = _numbered(values.assign(series=values.groupby(_SERIES, sort=False, dropna=False).ngroup()), names)
    units = units[["series", "locality", "iso3", "year", "value"]]
    units = units.merge(_numbered(people, names), on=["iso3", "year", "locality"], how="left")
    units = units.merge(world, on=["year", "locality"], how="left").drop(columns="locality")
    ceiling = ceilings.to_numpy()[units["series"]]
    units["q"] = units.pop("value").astype("float64") / np.where(np.isnan(ceiling), 1.0, ceiling)
    unweighed = "left out because there is no population: " + _named(units[units["people"].isna()], names)
    return units[units["people"] > 0], unweighed


def _choices(
    units: pd.DataFrame, members: pd.DataFrame, incomes: pd.DataFrame, names: pd.Index
) -> Iterator[tuple[dict[str, str | None], pd.DataFrame, pd.Series]]:
    """Yield the units plain, ranked, and split each way, with labels and a note on the economies that each choice leaves out."""
    plain: dict[str, str | None] = {"scheme": UNSPLIT, "membership": UNSPLIT, "ranked_by": None}
    yield plain, units, pd.Series(dtype="str")
    # A year without any income is not measured, and no economy is missing from it.
    incomes = _numbered(incomes.dropna(subset="income"), names)
    for ranked_by, ranks in incomes.groupby("ranked_by", sort=True):
        ranked = units[units["year"].isin(ranks["year"])].merge(ranks[["iso3", "year", "income"]], on=["iso3", "year"], how="left")
        left_out = "without an income: " + _named(ranked[ranked["income"].isna()], names)
        yield plain | {"ranked_by": str(ranked_by)}, ranked.dropna(subset="income"), left_out
    for (scheme, membership), groups in _numbered(members, names).groupby(["scheme", "membership"], sort=True):
        groups = groups.assign(group=groups.groupby("group_name").ngroup())[["iso3", "year", "group"]]
        split = units[units["year"].isin(groups["year"])].merge(groups, on=["iso3", "year"], how="left")
        left_out = "in no group: " + _named(split[split["group"].isna()], names)
        labels = {"scheme": str(scheme), "membership": str(membership), "ranked_by": None}
        yield labels, split.dropna(subset="group").astype({"group": "int64"}), left_out


def _same_in_all_years(units: pd.DataFrame) -> pd.DataFrame:
    """Keep, of each series, the economies that report in every year in which economies with two thirds of the people report."""
    coverage = units.groupby(_CELL)["people"].transform("sum") / units["world"]
    compared = units[coverage >= PUBLISHED_FROM - 1e-12]
    years = compared.groupby("series")["year"].transform("nunique")
    present = compared.groupby(["series", "iso3"])["year"].transform("size")
    return compared[(present == years) & (years > 1)]


def _measures(units: pd.DataFrame, names: pd.Index, ceilings: pd.Series) -> pd.DataFrame:
    """Return the measures that the columns of the units allow, one row a measure of a series and year."""
    units = units.sort_values([*_CELL, "iso3"], ignore_index=True)
    cells = units.groupby(_CELL, as_index=False).agg(
        n=("q", "size"), people=("people", "sum"), world=("world", "first"), low=("q", "min"), top=("q", "max")
    )
    cell: Codes = np.asarray(units.groupby(_CELL).ngroup(), dtype="int64")
    w: Floats = units["people"].to_numpy("float64") / cells["people"].to_numpy("float64")[cell]
    q: Floats = units["q"].to_numpy("float64")
    # If all values are equal, rounding must not move the mean away from them.
    mu = np.clip(_sums(cell, w * q), cells["low"].to_numpy("float64"), cells["top"].to_numpy("float64"))
    ceiling: Floats = ceilings.to_numpy("float64")[cells["series"]]
    is_bounded = ~np.isnan(ceiling) & (cells["top"].to_numpy() <= 1)
    cells["mean"] = mu * np.where(np.isnan(ceiling), 1.0, ceiling)
    cells["coverage"] = (cells["people"] / cells["world"]).clip(upper=1.0)

    wrong: _WhyNot = [(cells["n"] < 2, "one economy alone has a value"), (cells["low"] < 0, "a value is negative")]
    mean_is_zero = (cells["mean"] <= 0, "the mean is 0")
    no_ceiling = (pd.Series(np.isnan(ceiling)), "the values have no ceiling")
    beyond = (pd.Series(~is_bounded), "a value is above the ceiling")
    mean_is_one = (pd.Series(mu >= 1), "the mean is at the ceiling")
    with np.errstate(invalid="ignore", divide="ignore"):
        if "income" in units:
            index = 2 * _sums(cell, w * (q - mu[cell]) * (_rank(units, w) - 0.5))
            uncorrected: _WhyNot = [*wrong, no_ceiling, beyond]
            measures = [
                _rows(cells, InequalityMeasure.CONCENTRATION_INDEX, index / mu, 1 - mu, [*wrong, mean_is_zero]),
                _rows(cells, InequalityMeasure.CONCENTRATION_INDEX_ERREYGERS, 4 * index, np.ones_like(mu), uncorrected),
                _rows(
                    cells,
                    InequalityMeasure.CONCENTRATION_INDEX_WAGSTAFF,
                    index / mu / (1 - mu),
                    np.ones_like(mu),
                    [*uncorrected, mean_is_zero, mean_is_one],
                ),
            ]
        else:
            zeros = _looked_up("the logarithm of zero is not defined: " + _named(units[units["q"] == 0], names), cells)
            theil, deviation = _sums(cell, w * _theil(q / mu[cell])), _sums(cell, w * _deviation(q / mu[cell]))
            splits = _splits(units, cell, w, q, mu) if "group" in units else [(None, None), (None, None)]
            measures = [
                _rows(cells, InequalityMeasure.THEIL, theil, -np.log(mu), [*wrong, mean_is_zero], *splits[0]),
                _rows(
                    cells,
                    InequalityMeasure.MEAN_LOG_DEVIATION,
                    deviation,
                    np.full_like(mu, np.nan),
                    [*wrong, mean_is_zero, (zeros != "", zeros)],
                    *splits[1],
                ),
            ]
            if "group" not in units:
                measures.append(_rows(cells, InequalityMeasure.GINI, _mean_difference(cell, w, q) / 2 / mu, 1 - mu, [*wrong, mean_is_zero]))
    rows = pd.concat(measures, ignore_index=True)
    # The highest value of a measure is that of people who are reached or are not; where a value is not a share of people, there is none.
    rows["highest"] = rows["highest"].where(np.tile(is_bounded, len(measures)) & rows["value"].notna())
    rows["share_of_highest"] = rows["value"] / rows["highest"].where(rows["highest"] > 0)
    return rows


def _rows(
    cells: pd.DataFrame,
    measure: str,
    value: Floats,
    highest: Floats,
    why_not: _WhyNot,
    between: Floats | None = None,
    within: Floats | None = None,
) -> pd.DataFrame:
    """Return the rows of one measure; where it is undefined, its figures are missing, with the first reason that applies."""
    reason = pd.Series("", index=cells.index, dtype="str")
    for applies, texts in why_not:
        reason = reason.mask((reason == "") & applies, texts)
    defined = (reason == "").to_numpy()
    figures = {"value": value, "highest": highest, "between": between, "within": within}
    kept = {name: np.where(defined, np.nan if figure is None else figure, np.nan) for name, figure in figures.items()}
    return cells.assign(measure=measure, reason=reason.where(reason != "", None), **kept)


def _sums(code: Codes, terms: Floats) -> Floats:
    """Return the sum of the terms of each code."""
    return np.bincount(code, terms).astype("float64")


def _mean_difference(cell: Codes, w: Floats, q: Floats) -> Floats:
    """Return `sum_ij w_i w_j |q_i - q_j|` of each cell, as twice the integral of `F (1 - F)` over the steps of its distribution `F`."""
    order = np.lexsort((q, cell))
    w, q, cell = w[order], q[order], cell[order]
    below = pd.Series(w).groupby(cell).cumsum().to_numpy("float64")
    # Summed from the top: where nearly all weight is below, 1 - F would keep few digits.
    from_here = pd.Series(w[::-1]).groupby(cell[::-1]).cumsum().to_numpy("float64")[::-1]
    step = np.where(np.diff(cell, append=-1) == 0, np.diff(q, append=0.0), 0.0)
    return 2 * _sums(cell, below * np.append(from_here[1:], 0.0) * step)


def _rank(units: pd.DataFrame, w: Floats) -> Floats:
    """Return the weight of all poorer units of the cell and half of those of equal income."""
    place = [*_CELL, "income"]
    by_income = units.assign(w=w).groupby(place)["w"].sum()
    middle = by_income.groupby(level=_CELL).cumsum() - by_income / 2
    return middle.to_numpy("float64")[units.groupby(place).ngroup()]


def _theil(x: Floats) -> Floats:
    """Return `x ln x - x + 1`: of weighted mean one, these sum to Theil's T, and none is negative."""
    return np.where(x == 0, 1.0, x * np.log(np.where(x == 0, 1.0, x)) - (x - 1))


def _deviation(x: Floats) -> Floats:
    """Return `x - 1 - ln x`: of weighted mean one, these sum to the mean log deviation, and none is negative."""
    return x - 1 - np.log(x)


def _splits(units: pd.DataFrame, cell: Codes, w: Floats, q: Floats, mu: Floats) -> list[tuple[Floats, Floats]]:
    """Return between and within of Theil's T, and of the mean log deviation."""
    group: Codes = np.asarray(units.groupby([*_CELL, "group"]).ngroup(), dtype="int64")
    of_cell = np.zeros(int(group.max()) + 1, dtype="int64")
    of_cell[group] = cell
    weight = _sums(group, w)
    mean = _sums(group, w * q) / weight
    relative = mean / mu[of_cell]
    # A group with a mean of 0 has no inequality inside, and no weight in Theil's T.
    inside = np.where(mean[group] > 0, q / mean[group], 1.0)
    return [
        (_sums(of_cell, weight * _theil(relative)), _sums(cell, w * relative[group] * _theil(inside))),
        (_sums(of_cell, weight * _deviation(relative)), _sums(cell, w * _deviation(inside))),
    ]


def _named(units: pd.DataFrame, names: pd.Index) -> pd.Series:
    """Name the economies of each series and year; from the eleventh on they are counted."""
    units = units.assign(name=names[units["iso3"]].astype("str")).sort_values([*_CELL, "name"])
    cells = units.groupby(_CELL)
    first = units[cells.cumcount() < NAMED].groupby(_CELL)["name"].agg(", ".join).astype("str")
    others = cells.size() - NAMED
    return first.str.cat(others.map(lambda many: f" and {many} more" if many > 0 else "").astype("str"))


def _years_compared(units: pd.DataFrame) -> pd.Series:
    """Return for each series and year the years that can be compared with it."""
    years = units.groupby("series")["year"].agg(["min", "max", "nunique"]).astype("str")
    texts = "compares " + years["nunique"] + " years from " + years["min"] + " to " + years["max"]
    cells = units[_CELL].drop_duplicates()
    return pd.Series(texts.reindex(cells["series"]).to_numpy(), index=pd.MultiIndex.from_frame(cells), dtype="str")


def _looked_up(texts: pd.Series, cells: pd.DataFrame) -> pd.Series:
    """Return the text of each cell, or an empty one."""
    matched = texts.reindex(pd.MultiIndex.from_frame(cells[_CELL])) if len(texts) else pd.Series("", index=cells.index)
    return pd.Series(matched.fillna("").to_numpy(), index=cells.index, dtype="str")


def _joined_notes(cells: pd.DataFrame, notes: list[pd.Series]) -> pd.Series:
    """Return the notes on each cell, separated by semicolons; missing if there is none."""
    texts = [_looked_up(note, cells) for note in notes]
    note = functools.reduce(lambda one, other: one.str.cat(other, sep="; "), texts).str.strip("; ")
    return note.where(note != "", None)
