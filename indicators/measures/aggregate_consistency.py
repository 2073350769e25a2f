"""Whether a published figure of a group can be true, given what the group's own members report."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.contracts.vocabulary import ALL, Feasibility
from indicators.measures.inputs import require_finite, require_unique

#: Every population may be wrong by this share (convention): the publisher may have used another edition for the weights.
POPULATION_ERROR = 0.02

#: How many economies are named before the others are counted.
NAMED = 10

#: Published figures tested at a time: bounds the memory, since each is looked up in all its members.
BLOCK = 20_000


_KEY = [
    *["indicator", "group_name", "year", "sex", "locality", "age", "source", "vintage"],
    *["membership", "members_source", "members_vintage", "members_are"],
]
_COLUMNS = [
    *["scheme", "group_name", "indicator", "year", "sex", "locality", "age", "source", "vintage", "membership", "list"],
    *["members_source", "members_vintage", "members_are", "published", "published_lower", "published_upper"],
    *["lowest_possible", "highest_possible", "slack", "feasible", "beyond", "forced_by", "forced_by_any_of"],
    *["coverage", "n_reporting", "n_members", "reason", "note"],
]
_SERIES = ["source", "vintage", "indicator", "locality"]
# Differences of printed decimals, such as 61.55 - 61.55, have rounding errors up to this size.
_ROUNDING_ERROR = 1e-9

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


def aggregate_consistency(
    published_averages: pd.DataFrame,
    values_as_printed: pd.DataFrame,
    people: pd.DataFrame,
    members_by_list: pd.DataFrame,
    ceiling: pd.Series,
) -> pd.DataFrame:
    """Test every published average over people against the lowest and the highest value its members' own values allow.

    With `w = N / sum(N)` over the members, `[l, u]` the true values that a member's printed form allows, and for a member without a value
    `[0, ceiling]`:

    - `lowest_possible` = `sum(w l)` and `highest_possible` = `sum(w u)`, in the unit of the indicator;
    - `slack` = `0.02 sum(w d)`, with `d = |p - A|` for a member at `p` and a published `A`, and `max(A, ceiling - A)` for one without a
      value: how far the two may move, to first order, if every population is off by two per cent;
    - feasible if the interval of the published figure and `[lowest_possible - slack, highest_possible + slack]` have a value in common.

    The cause of an exception: `forced_by` lists the smallest number of members without which the published figure would be possible,
    in order of their effect on the bound; `forced_by_any_of` lists each member that is enough on its own. The test cannot decide
    whether one of these values or the aggregate is wrong.

    Args:
        published_averages: One row a published figure, list of members and edition of their values: scheme, group_name, indicator, year,
            sex, locality, age, source, vintage, value, lower, upper (missing: no limit stated); membership and list, the ISO day of the
            list; members_source, members_vintage and members_are: the edition of their values, and its relation to the edition of the
            figure.
        values_as_printed: One row an economy's reported value: source, vintage, indicator, locality, iso3, year, value, lower, upper; of
            all people.
        people: One row an economy, year and locality: iso3, year, locality, people; the weights.
        members_by_list: One row a member of a group on a list: group_name, list, iso3.
        ceiling: Highest possible value by indicator, such as 100; without one, no figure is too high while a member has no value.

    Returns:
        Columns of the `aggregate_consistency` contract, one row a row of `published_averages`.

    Raises:
        ValueError: A row is duplicated, or a figure, a value or a population is infinite.

    Missing data: a figure that cannot be tested is `not testable`, without bounds, with the reason: no list of members, no values of
    economies for that year, no population. A member without a population leaves the group, and the note names it.
    Source: docs/methods.md#aggregate_consistency. The hard bounds of `aggregate`, with what printed forms leave open; the slack and the
    verdicts are conventions of this project.
    """
    for frame, key, what in (
        (published_averages, _KEY, "published figures"),
        (values_as_printed, [*_SERIES, "iso3", "year"], "values"),
        (people, ["iso3", "year", "locality"], "people"),
        (members_by_list, ["group_name", "list", "iso3"], "members"),
    ):
        require_unique(frame, key, what)
    for frame, column, what in (
        (published_averages, "value", "published figures"),
        (values_as_printed, "value", "values"),
        (people, "people", "people"),
    ):
        require_finite(frame, column, what)
    if published_averages.empty:
        return pd.DataFrame(columns=_COLUMNS)
    rows = published_averages.sort_values(_KEY, ignore_index=True).rename(
        columns={"value": "published", "lower": "published_lower", "upper": "published_upper"}
    )
    rows = rows.assign(ceiling=rows["indicator"].map(ceiling).astype("float64"))
    names = pd.Index(members_by_list["iso3"].unique()).sort_values()
    # A block at a time: each figure is looked up in all its members, and this bounds the memory.
    tested = [
        _tested(*block, names) for block in _with_members(rows, values_as_printed.dropna(subset="value"), people, members_by_list, names)
    ]
    return pd.concat(tested, ignore_index=True)[_COLUMNS]


def _with_members(
    rows: pd.DataFrame, values: pd.DataFrame, people: pd.DataFrame, members: pd.DataFrame, names: pd.Index
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield blocks of published figures, each with the pairs of a figure (`at`, its place in the block) and one of its members.

    A figure that cannot be tested gets a `reason` and has no pairs.
    """
    member_values = rows.assign(source=rows["members_source"], vintage=rows["members_vintage"])
    series, of_value = _common_numbers(member_values, values, [*_SERIES, "year"])
    base, of_people = _common_numbers(rows, people, ["year", "locality"])
    listed, of_member = _common_numbers(rows, members, ["group_name", "list"])
    value_at, values = _places(of_value, values, names)
    people_at, people = _places(of_people, people, names)
    economy = names.get_indexer(pd.Index(members["iso3"]))
    order = np.lexsort((economy, of_member))
    members_of, member = of_member[order], economy[order]
    first = np.searchsorted(members_of, listed)
    many = np.searchsorted(members_of, listed, side="right") - first

    why_not = [
        (((rows["sex"] != ALL) | (rows["age"] != ALL)).to_numpy(), "no population by sex or age is available"),
        (~np.isin(series, of_value), "no vintage has values of economies for that year"),
        (many == 0, "the list of members of that day is not available"),
        (~np.isin(base, of_people), "no population is available for that year"),
    ]
    rows = rows.assign(reason=np.select([applies for applies, _ in why_not], [reason for _, reason in why_not], ""))
    many = np.where(rows["reason"] == "", many, 0)
    for start in range(0, len(rows), BLOCK):
        block = slice(start, start + BLOCK)
        at = np.repeat(np.arange(len(many[block])), many[block])
        within = np.arange(len(at)) - np.repeat(np.cumsum(many[block]) - many[block], many[block])
        iso3 = member[np.repeat(first[block], many[block]) + within]
        value_place = value_at.get_indexer(pd.Index(series[block][at] * len(names) + iso3))
        people_place = people_at.get_indexer(pd.Index(base[block][at] * len(names) + iso3))
        pairs = pd.DataFrame({"at": at, "iso3": iso3, "people": _taken(people["people"], people_place)})
        for column in ("value", "lower", "upper"):
            pairs[column] = _taken(values[column], value_place)
        yield rows.iloc[block].reset_index(drop=True), pairs


def _tested(rows: pd.DataFrame, pairs: pd.DataFrame, names: pd.Index) -> pd.DataFrame:
    """Return the rows with bounds, verdict and its cause."""
    left_out = pairs[pairs["people"].isna()]
    pairs = pairs[pairs["people"] > 0]
    at: Codes = pairs["at"].to_numpy("int64")
    is_reported = pairs["value"].notna().to_numpy()
    ceiling: Floats = rows["ceiling"].to_numpy("float64")[at]
    figure: Floats = rows["published"].to_numpy("float64")[at]
    n: Floats = pairs["people"].to_numpy("float64")
    w = n / _sums(at, n, rows)[at]
    # A member without a value, or with a value without stated limits, may have any value that the indicator allows.
    lower: Floats = pairs["lower"].fillna(0.0).to_numpy("float64")
    upper: Floats = np.where(pairs["upper"].notna(), pairs["upper"], ceiling)
    largest_distance = np.fmax(figure, ceiling - figure)
    distance = np.where(is_reported, np.abs(pairs["value"].to_numpy("float64") - figure), largest_distance)

    rows = rows.assign(
        n_members=np.bincount(at, minlength=len(rows)),
        n_reporting=np.bincount(at, is_reported, minlength=len(rows)).astype("int64"),
        coverage=_sums(at, np.where(is_reported, w, 0.0), rows).clip(max=1.0),
        lowest_possible=_sums(at, w * lower, rows),
        highest_possible=_sums(at, w * upper, rows),
        slack=POPULATION_ERROR * _sums(at, w * distance, rows),
    )
    rows["reason"] = rows["reason"].mask((rows["reason"] == "") & (rows["n_members"] == 0), "no member has a population for that year")
    rows["reason"] = rows["reason"].mask((rows["reason"] == "") & (rows["n_reporting"] == 0), "no member has a value for that year")
    is_tested = rows["reason"] == ""
    for column in ("coverage", "lowest_possible", "highest_possible", "slack"):
        rows[column] = rows[column].where(is_tested)
    short = rows["lowest_possible"] - rows["slack"] - rows["published_upper"]
    over = rows["published_lower"] - rows["highest_possible"] - rows["slack"]
    is_low, is_high = short > _ROUNDING_ERROR, over > _ROUNDING_ERROR
    rows["feasible"] = np.select(
        [~is_tested, is_low, is_high], [Feasibility.NOT_TESTABLE, Feasibility.TOO_LOW, Feasibility.TOO_HIGH], Feasibility.FEASIBLE
    )
    rows["beyond"] = short.where(is_low, over.where(is_high))

    # By how much the bound would move towards the published figure if the member had no value.
    highest = np.where(np.isnan(ceiling), np.inf, ceiling)
    freed = w * (np.where(is_low.to_numpy()[at], lower, highest - upper) + POPULATION_ERROR * (largest_distance - distance))
    forcing = (is_low | is_high).to_numpy()[at] & is_reported
    moves = pairs[["at", "iso3"]].assign(w=w, move=freed, beyond=rows["beyond"].to_numpy()[at])[forcing]
    moves = moves.sort_values(["at", "move", "w", "iso3"], ascending=[True, False, False, True])
    cumulative_move = moves.groupby("at")["move"].cumsum().groupby(moves["at"]).shift(fill_value=0.0)
    rows["forced_by"] = _named(moves[cumulative_move < moves["beyond"]], names, rows)
    rows["forced_by_any_of"] = _named(moves[moves["move"] >= moves["beyond"]], names, rows)
    rows["note"] = "left out because there is no population: " + _named(left_out, names, rows)
    rows["reason"] = rows["reason"].where(rows["reason"] != "", None)
    return rows


def _common_numbers(rows: pd.DataFrame, others: pd.DataFrame, key: list[str]) -> tuple[Codes, Codes]:
    """Number what rows of two tables have in common: equal keys have equal numbers."""
    number = pd.concat([rows[key], others[key]], ignore_index=True).groupby(key, dropna=False, sort=False).ngroup()
    numbers: Codes = np.asarray(number, dtype="int64")
    return numbers[: len(rows)], numbers[len(rows) :]


def _places(number: Codes, frame: pd.DataFrame, names: pd.Index) -> tuple[pd.Index, pd.DataFrame]:
    """Return the rows of the economies named, and what finds them by number and economy."""
    economy = names.get_indexer(pd.Index(frame["iso3"]))
    return pd.Index((number * len(names) + economy)[economy >= 0]), frame[economy >= 0]


def _taken(column: pd.Series, place: npt.NDArray[np.intp]) -> Floats:
    """Return the numbers at these places; missing where there is no place."""
    numbers = np.full(len(place), np.nan)
    numbers[place >= 0] = column.to_numpy("float64")[place[place >= 0]]
    return numbers


def _sums(at: Codes, terms: Floats, rows: pd.DataFrame) -> Floats:
    """Return the sum of the terms of each row."""
    return np.bincount(at, terms, minlength=len(rows)).astype("float64")


def _named(pairs: pd.DataFrame, names: pd.Index, rows: pd.DataFrame) -> pd.Series:
    """Name the economies paired with each row, in the order of the pairs, counting those after the tenth; missing where there are none."""
    place = pairs.groupby("at").cumcount()
    named = pairs[place < NAMED].assign(name=names[pairs.loc[place < NAMED, "iso3"]].astype("str")).groupby("at")["name"].agg(", ".join)
    others = (pairs.groupby("at").size() - NAMED).reindex(rows.index, fill_value=0)
    more = (" and " + others.astype("str") + " more").where(others > 0, "")
    return named.reindex(rows.index).astype("str").str.cat(more)
