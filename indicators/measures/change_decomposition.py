"""The change of a group's figure between two points, split exactly into progress, revision, population and membership.

A point is a vintage and a year. Which two points are compared is decided by the query that makes the points.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.contracts.vocabulary import ChangeMeasure
from indicators.measures.inputs import require_finite
from indicators.measures.interpolation import numbered, values_at

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


#: The number of economies in the note: those that changed the figure most (convention).
ECONOMIES_NAMED = 3

_SERIES = ["source", "vintage", "indicator", "sex", "locality", "age"]
_BREAKDOWN = ["indicator", "sex", "locality", "age"]
_POINTS = ["source", *_BREAKDOWN, "vintage_from", "year_from", "population_from", "vintage_to", "year_to", "population_to"]
_GROUP = ["scheme", "member_list", "group_name"]

#: Values pass through p_A(s), p_B(s), p_B(t) and populations through N_A(s), N_B(s), N_B(t). An order of these four steps is given by
#: the number of population steps before the values are revised and before they change, and vice versa. The first order is the one used.
_ORDERS = ((0, 1, 1, 2), (0, 2, 0, 2), (0, 1, 2, 1), (1, 0, 1, 2), (1, 0, 2, 1), (2, 0, 2, 0))


class _Sides(NamedTuple):
    """One row a point, group and economy: its figures at the three states, and in which states it counts."""

    cell: npt.NDArray[np.int64]
    values: tuple[Floats, Floats, Floats]
    people: tuple[Floats, Floats, Floats]
    at_first: Flags
    at_last: Flags
    kept: Flags
    is_listed_last: Flags
    is_listed_first: Flags


def change_decomposition(
    directed_values: pd.DataFrame,
    population_editions: pd.DataFrame,
    members_by_year: pd.DataFrame,
    change_points: pd.DataFrame,
    ceiling: pd.Series,
    printed_headlines: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what made each group's figure change between two points: four terms that add up to the change.

    With A the earlier vintage and s its year, B the later and t its year, `S0` the members at s with a value for s in A, `S1` the members
    at t with a value for t in B, `K` those in both that have a value for s in B as well, and `A(S; p, N) = sum_S(N p) / sum_S(N)`:

        E0 = A(S0; p_A(s), N_A(s))   E1 = A(K; p_A(s), N_A(s))   E2 = A(K; p_B(s), N_A(s))   E3 = A(K; p_B(s), N_B(s))
        E4 = A(K; p_B(t), N_B(s))    E5 = A(K; p_B(t), N_B(t))   E6 = A(S1; p_B(t), N_B(t))

    - `revision` = E2 - E1: change in the first year's values between the two vintages;
    - `population` = E3 - E2: change in the first year's population between the two editions;
    - `progress` = E5 - E3, of which `within` = E4 - E3 as economies' own values move and `shift` = E5 - E4 as people move between them;
    - `membership` = (E1 - E0) + (E6 - E5): `leaving` and `joining`, by the list (`listing`) or because a member stopped or started to
      report.

    `total` = E6 - E0. In the measure `people reached` the mean is replaced by the plain sum of N p / ceiling, and in `people not reached`
    by that of N (1 - p / ceiling); then `shift` is the growth of population, and members without a value are in neither sum. Values are
    each vintage's own, interpolated linearly between reported years and carried forward after the last.

    Args:
        directed_values: One row an economy's reported value: source, vintage, indicator, sex, locality, age, iso3, year, value.
        population_editions: One row a population: edition, iso3, year, locality, people.
        members_by_year: One row a member: scheme, membership (which list), group_name, iso3, year.
        change_points: One row a pair of points: source, indicator, sex, locality, age, vintage_from, year_from, population_from,
            vintage_to, year_to, population_to; the last of each three is an edition of the population.
        ceiling: Highest possible value by indicator; without one there are no people to count.
        printed_headlines: One row a figure that publishers had printed for a group by the time of a vintage: source, vintage, indicator,
            sex, locality, age, group_name, year, headline, printed_in.

    Returns:
        Rows of the `change_decomposition` contract: one a pair of points, group, kind of list and measure, also of groups that cannot be
        split. The terms depend on the order of the steps; the lowest and highest of each over the six orders are given too.
        `unexplained` is the change of the printed headlines less `total`: with it the five add up to what was printed.

    Raises:
        ValueError: Two rows give one economy's value, population or membership, one pair of points, or one headline; or a value or a
            population is infinite.

    Missing data: absent is not zero. An economy without a value or a population does not count in that state. If no economy is in all
    states, or one end has none, the terms are missing, with the `reason`. A population of zero counts as missing. Time is linear in points
    times members. Source: docs/methods.md#change_decomposition, with the order of the steps and its convention; a telescoping shift-share
    split.

    >>> series = {"source": "s", "indicator": "share", "sex": "all", "locality": "all", "age": "all"}
    >>> old = pd.DataFrame({"vintage": "1", "iso3": ["AAA", "BBB"], "year": 2020, "value": [40.0, 20.0]})
    >>> cells = pd.DataFrame({"iso3": ["AAA", "BBB"] * 2, "year": [2020, 2020, 2021, 2021]})
    >>> new = cells.assign(vintage="2", value=[44.0, 20.0, 50.0, 22.0])
    >>> values = pd.concat([old, new]).assign(**series)
    >>> people = cells.assign(edition="1", locality="all", people=100)
    >>> members = cells.assign(scheme="region", membership="latest", group_name="both")
    >>> ends = {"vintage_from": "1", "year_from": 2020, "population_from": "1", "vintage_to": "2", "year_to": 2021, "population_to": "1"}
    >>> found = change_decomposition(values, people, members, pd.DataFrame([{**series, **ends}]), pd.Series({"share": 100.0}))
    >>> found.loc[found["measure"] == "value", ["total", "revision", "progress"]].to_numpy().round(6).tolist()
    [[6.0, 2.0, 4.0]]
    """
    _require_unique(directed_values, [*_SERIES, "iso3", "year"], "value")
    _require_unique(population_editions, ["edition", "iso3", "year", "locality"], "population")
    _require_unique(members_by_year, ["scheme", "membership", "group_name", "iso3", "year"], "membership")
    _require_unique(change_points, _POINTS, "pair of points")
    require_finite(directed_values, "value", "values")
    require_finite(population_editions, "people", "people")
    if directed_values.empty or population_editions.empty or members_by_year.empty or change_points.empty:
        return pd.DataFrame(columns=[*_POINTS, *_GROUP, "measure"])
    lists = members_by_year.rename(columns={"membership": "member_list"})
    grid = _grid(change_points.reset_index(drop=True), directed_values, population_editions, lists)
    cells, place = numbered(grid, ["point", *_GROUP])
    cells = cells.merge(change_points.reset_index(drop=True), left_on="point", right_index=True).sort_index()
    sides = _sides(grid, place)
    highest = cells["indicator"].map(ceiling).to_numpy("float64")
    parts = [_split(cells, sides, grid, measure, highest) for measure in ChangeMeasure]
    split = pd.concat(parts, ignore_index=True)
    split["ceiling"] = split["indicator"].map(ceiling).astype("float64")
    split = split[(split["measure"] == "value") | split["ceiling"].notna()].reset_index(drop=True)
    split = _with_headlines(split, printed_headlines).drop(columns=["point", "ceiling"])
    return split.sort_values([*_POINTS, *_GROUP, "measure"], ignore_index=True)


def _require_unique(frame: pd.DataFrame, key: list[str], what: str) -> None:
    """Raise a ValueError if two rows of `frame` have one key."""
    twice = frame.duplicated(key)
    if twice.any():
        raise ValueError(f"two rows give one {what}: {'/'.join(str(part) for part in frame.loc[twice, key].iloc[0])}; give one")


def _grid(points: pd.DataFrame, values: pd.DataFrame, people: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return one row a pair of points, group and economy on either list, with its values and people at the three states."""
    years = points[["year_from", "year_to"]].drop_duplicates()
    first = years.merge(members.rename(columns={"year": "year_from"}), on="year_from").assign(is_listed_first=True)
    last = years.merge(members.rename(columns={"year": "year_to"}), on="year_to").assign(is_listed_last=True)
    listed = first.merge(last, on=["year_from", "year_to", *_GROUP, "iso3"], how="outer")
    requested = points.reset_index(names="point")
    economies = requested.merge(listed[["year_from", "year_to", "iso3"]].drop_duplicates(), on=["year_from", "year_to"])
    for state, vintage, year in ((0, "from", "from"), (1, "to", "from"), (2, "to", "to")):
        economies = _with_value(economies, values, f"vintage_{vintage}", f"year_{year}", state)
        counted = people.rename(columns={"edition": f"population_{vintage}", "year": f"year_{year}", "people": f"people_{state}"})
        economies = economies.merge(counted, on=[f"population_{vintage}", f"year_{year}", "iso3", "locality"], how="left")
    columns = [
        "point",
        "iso3",
        "year_from",
        "year_to",
        *(f"{what}_{state}" for state in range(3) for what in ("value", "people", "is_reported")),
    ]
    grid = listed.merge(economies[columns], on=["year_from", "year_to", "iso3"])
    for flag in ("is_listed_first", "is_listed_last"):
        grid[flag] = grid[flag].eq(True)
    return grid.drop(columns=["year_from", "year_to"])


def _with_value(economies: pd.DataFrame, values: pd.DataFrame, vintage: str, year: str, state: int) -> pd.DataFrame:
    """Add to each economy what a vintage knows of it in a year."""
    keys = ["source", "vintage", *_BREAKDOWN, "iso3"]
    series, place = numbered(values, keys)
    numbers = series.reset_index(names="series").rename(columns={"vintage": vintage})
    requested = economies.merge(numbers, on=["source", vintage, *_BREAKDOWN, "iso3"], how="left")
    wanted = pd.DataFrame({"series": requested.pop("series").fillna(-1).astype("int64"), "year": requested[year]})
    values_of_year = values_at(values.assign(series=place)[["series", "year", "value"]], wanted)
    return requested.assign(**{f"value_{state}": values_of_year["value"], f"is_reported_{state}": values_of_year["is_reported"]})


def _sides(grid: pd.DataFrame, place: pd.Series) -> _Sides:
    """Return for each economy the states in which it counts."""
    p = tuple(grid[f"value_{state}"].to_numpy("float64") for state in range(3))
    n = tuple(grid[f"people_{state}"].to_numpy("float64") for state in range(3))
    has_value = [~np.isnan(p[state]) & (n[state] > 0) for state in range(3)]
    listed_first, listed_last = grid["is_listed_first"].to_numpy("bool"), grid["is_listed_last"].to_numpy("bool")
    at_first, at_last = has_value[0] & listed_first, has_value[2] & listed_last
    return _Sides(
        cell=place.to_numpy("int64"),
        values=(p[0], p[1], p[2]),
        people=(n[0], n[1], n[2]),
        at_first=at_first,
        at_last=at_last,
        kept=at_first & at_last & has_value[1],
        is_listed_last=listed_last,
        is_listed_first=listed_first,
    )


def _split(cells: pd.DataFrame, sides: _Sides, grid: pd.DataFrame, measure: str, ceiling: Floats) -> pd.DataFrame:
    """Return the split of one measure, a row a cell."""
    p = sides.values if measure == "value" else tuple(_part(value, ceiling[sides.cell], measure) for value in sides.values)
    n_cells = len(cells)

    def count(among: Flags) -> Floats:
        return _sum(sides.cell, among.astype("float64"), n_cells)

    def people_among(among: Flags, people: int) -> Floats:
        return _sum(sides.cell, np.where(among, np.nan_to_num(sides.people[people]), 0.0), n_cells)

    def figure(among: Flags, value: int, people: int) -> Floats:
        weighted = np.where(among, p[value] * sides.people[people], 0.0)
        total = _sum(sides.cell, weighted, n_cells)
        if measure != "value":
            return total
        population = people_among(among, people)
        return total / np.where(population > 0, population, np.nan)

    lattice = {(i, j): figure(sides.kept, i, j) for i in range(3) for j in range(3)}
    e0, e6 = figure(sides.at_first, 0, 0), figure(sides.at_last, 2, 2)
    e1, e2, e3, e4, e5 = lattice[0, 0], lattice[1, 0], lattice[1, 1], lattice[2, 1], lattice[2, 2]
    still_listed, already_listed = figure(sides.at_first & sides.is_listed_last, 0, 0), figure(sides.at_last & sides.is_listed_first, 2, 2)
    n_from, n_to, n_kept = count(sides.at_first), count(sides.at_last), count(sides.kept)
    can = n_kept > 0
    terms = {
        "progress": (e4 - e3) + (e5 - e4),
        "revision": e2 - e1,
        "population": e3 - e2,
        "membership": (e1 - e0) + (e6 - e5),
        "within": e4 - e3,
        "shift": e5 - e4,
        "leaving": e1 - e0,
        "joining": e6 - e5,
        "listing": (still_listed - e0) + (e6 - already_listed),
    }
    terms |= _over_orders(lattice)
    contributions = _by_economy(sides, p, measure, (e1, e2, e4, e5), n_cells)
    terms |= _revision_by_status(sides, grid, contributions["revision"], n_cells)
    figures = {"value_from": np.where(n_from > 0, e0, np.nan), "value_to": np.where(n_to > 0, e6, np.nan)}
    split = cells.assign(
        measure=measure,
        **figures,
        total=figures["value_to"] - figures["value_from"],
        **{name: np.where(can, term, np.nan) for name, term in terms.items()},
        group_people_from=people_among(sides.is_listed_first, 0),
        group_people_to=people_among(sides.is_listed_last, 2),
        n_from=n_from.astype("int64"),
        n_to=n_to.astype("int64"),
        n_kept=n_kept.astype("int64"),
    )
    reason = pd.Series(None, index=cells.index, dtype="object")
    reason = reason.mask(~can, "no member has a value in all states, so that the change cannot be split")
    reason = reason.mask(n_to == 0, "no member has a value at the second point")
    split["reason"] = reason.mask(n_from == 0, "no member has a value at the first point")
    added = np.sum(list(contributions.values()), axis=0)
    split["note"] = _named(cells, sides, grid, added, can, 1.0 if measure == "value" else 1e6)
    return split


def _sum(cell: npt.NDArray[np.int64], added: Floats, n_cells: int) -> Floats:
    """Add up over cells."""
    return np.bincount(cell, added, n_cells).astype("float64")


def _part(value: Floats, ceiling: Floats, measure: str) -> Floats:
    """Return the part of the people reached, or not reached, 0 to 1."""
    reached: Floats = value / ceiling
    return reached if measure == ChangeMeasure.PEOPLE_REACHED else 1 - reached


def _over_orders(lattice: dict[tuple[int, int], Floats]) -> dict[str, Floats]:
    """Return the lowest and highest of each term over the six orders in which values and populations can move."""
    terms: dict[str, list[Floats]] = {"revision": [], "population": [], "progress": []}
    for revised, recounted, progressed, shifted in _ORDERS:
        terms["revision"].append(lattice[1, revised] - lattice[0, revised])
        terms["population"].append(lattice[recounted, 1] - lattice[recounted, 0])
        terms["progress"].append(lattice[2, progressed] - lattice[1, progressed] + lattice[shifted, 2] - lattice[shifted, 1])
    ends = {f"{name}_lower": np.min(terms_by_order, axis=0) for name, terms_by_order in terms.items()}
    return ends | {f"{name}_upper": np.max(terms_by_order, axis=0) for name, terms_by_order in terms.items()}


def _by_economy(
    sides: _Sides, p: tuple[Floats, ...], measure: str, levels: tuple[Floats, Floats, Floats, Floats], n_cells: int
) -> dict[str, Floats]:
    """Return what each economy adds to each term; over a cell they add up to the term.

    In a mean, the contribution of a change in population or membership is relative to the level of the other economies; in a plain sum
    it is absolute.
    """
    cell, (n0, n1, n2) = sides.cell, sides.people
    e1, e2, e4, e5 = (level[cell] if measure == "value" else np.zeros(len(cell)) for level in levels)

    def weight(among: Flags, people: Floats) -> Floats:
        if measure != "value":
            return np.where(among, people, 0.0)
        total = _sum(cell, np.where(among, people, 0.0), n_cells)[cell]
        return np.where(among, people, 0.0) / np.where(total > 0, total, np.nan)

    def times(weights: Floats, difference: Floats) -> Floats:
        return np.where(weights != 0, weights * difference, 0.0)

    kept = [weight(sides.kept, people) for people in (n0, n1, n2)]
    # Whoever leaves or joins moves the mean by its distance from those who stay; these distances average to nothing over those who stay.
    gone, come = weight(sides.at_first, n0) * ~sides.kept, weight(sides.at_last, n2) * ~sides.kept
    return {
        "leaving": times(gone, e1 - p[0]),
        "revision": times(kept[0], p[1] - p[0]),
        "population": times(kept[1] - kept[0], p[1] - e2),
        "within": times(kept[1], p[2] - p[1]),
        "shift": times(kept[2] - kept[1], p[2] - e4),
        "joining": times(come, p[2] - e5),
    }


def _revision_by_status(sides: _Sides, grid: pd.DataFrame, revision: Floats, n_cells: int) -> dict[str, Floats]:
    """Split the revision by whether the old year's value was and is the year's own, or comes from other years."""
    was, now = grid["is_reported_0"].to_numpy("bool"), grid["is_reported_1"].to_numpy("bool")
    statuses = {
        "revision_of_reported": was & now,
        "revision_newly_reported": ~was & now,
        "revision_withdrawn": was & ~now,
        "revision_of_filled": ~was & ~now,
    }
    return {name: _sum(sides.cell, np.where(which, revision, 0.0), n_cells) for name, which in statuses.items()}


def _named(cells: pd.DataFrame, sides: _Sides, grid: pd.DataFrame, contributions: Floats, can: Flags, unit: float) -> pd.Series:
    """Name the economies that changed each figure most, with their contributions."""
    ranked = pd.DataFrame({"cell": sides.cell, "iso3": grid["iso3"], "added": contributions / unit})
    ranked = ranked[(ranked["added"].round(2) != 0) & can[sides.cell]].assign(size=lambda rows: -rows["added"].abs())
    top = ranked.sort_values(["cell", "size", "iso3"]).groupby("cell").head(ECONOMIES_NAMED)
    if top.empty:
        return pd.Series(None, index=cells.index, dtype="object")
    words = top["iso3"] + " " + top["added"].map("{:+.2f}".format) + ("" if unit == 1 else " million")
    return words.groupby(top["cell"]).agg(", ".join).reindex(cells.index).radd("changed most by ")


def _with_headlines(split: pd.DataFrame, headlines: pd.DataFrame | None) -> pd.DataFrame:
    """Add the printed headlines of both points, and the part of their change that public data do not explain.

    A printed share of a group applies to all its people, including members without a value.
    """
    split = split.assign(published_from=np.nan, published_to=np.nan, printed_in_from=None, printed_in_to=None)
    if headlines is not None:
        _require_unique(headlines, ["source", "vintage", *_BREAKDOWN, "group_name", "year"], "headline")
        for end in ("from", "to"):
            names = ["source", f"vintage_{end}", *_BREAKDOWN, "group_name", f"year_{end}"]
            printed_shares = headlines.rename(columns={"vintage": f"vintage_{end}", "year": f"year_{end}"})
            matched = split[names].merge(printed_shares, on=names, how="left")
            printed = matched["headline"].astype("float64")
            split[f"printed_in_{end}"] = matched["printed_in"]
            reached = printed / split["ceiling"] * split[f"group_people_{end}"]
            split[f"published_{end}"] = np.select(
                [split["measure"] == ChangeMeasure.VALUE, split["measure"] == ChangeMeasure.PEOPLE_REACHED],
                [printed, reached],
                split[f"group_people_{end}"] - reached,
            )
    return split.assign(unexplained=(split["published_to"] - split["value_to"]) - (split["published_from"] - split["value_from"]))
