"""Imputed group figures where a publisher no longer prints one: our own estimate from the members, with its past error.

The arithmetic is rule two of `aggregate`, each member's own values interpolated and carried forward, by the publisher's list of the day.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.contracts.vocabulary import ALL, OWN_ESTIMATE, MembershipList, MissingFigure, Rule
from indicators.measures.aggregates import aggregates
from indicators.measures.inputs import require_unique

#: The nature of every figure of the table: our own estimate.
NATURE = OWN_ESTIMATE
RULE = Rule.INTERPOLATE_AND_CARRY
_INDICATOR = ["source", "indicator"]
_SERIES = ["source", "indicator", "sex", "locality", "age"]
_GROUP = [*_SERIES, "group_name"]
_CELL = [*_GROUP, "year"]


def imputed_aggregates(
    printed_groups: pd.DataFrame,
    reported_values: pd.DataFrame,
    vintages_of_groups: pd.DataFrame,
    people: pd.DataFrame,
    members_by_list: pd.DataFrame,
    ceiling: pd.Series,
) -> pd.DataFrame:
    """Estimate the group figures that a source has printed before, or for other years, and does not print in its newest vintage.

    A figure is missing if the newest vintage has none for a group and year, from the first year for which any vintage printed the group to
    the last year that a member reports, or if an earlier vintage printed one. The imputed figure is `sum(N p~) / sum(N)` over the members
    with a value `p~` of their own from that or other years of the same vintage. The error of such figures is measured in the newest
    vintage that has both, by the list of the day on which that vintage came out.

    Args:
        printed_groups: One row a published group figure: source, vintage, indicator, sex, locality, age, group_name, year, value.
        reported_values: One row an economy's reported value of all sexes and ages: source, vintage, indicator, sex, locality, age, iso3,
            year, value.
        vintages_of_groups: One row a vintage of a source and indicator: source, indicator, vintage, list (the day it came out, ISO),
            has_holes, and is_newest for one of them at most.
        people: One row an economy, year and locality: iso3, year, locality, people; the weights.
        members_by_list: One row a member of a group on the list of a day: group_name, list, iso3.
        ceiling: Highest possible value by indicator; missing where there is none.

    Returns:
        Rows of the `imputed_aggregates` contract; none where every vintage prints what the one before it did. Errors are in the unit of the
        indicator, and missing where no vintage has both figures for any year.

    Raises:
        ValueError: A figure or a member is duplicated, or an input that `aggregates` refuses.

    Missing data: a row that cannot be estimated gives the reason. A member without a value is left out of the figure, and is named;
    `share_with_value` is the share of the group's people in members with a value. Members that had values before and have lost all of them
    are named separately.
    Source: docs/methods.md#imputed_aggregates; the second rule of docs/methods.md#aggregates.
    """
    require_unique(printed_groups, [*_CELL, "vintage"], "published group figures")
    require_unique(members_by_list, ["group_name", "list", "iso3"], "members")
    newest = vintages_of_groups.loc[vintages_of_groups["is_newest"].astype("bool"), [*_INDICATOR, "vintage", "list", "has_holes"]]
    if printed_groups.empty or newest.empty:
        return pd.DataFrame(columns=_CELL)
    computed = _computed(printed_groups, reported_values, vintages_of_groups, people, members_by_list, ceiling)
    of_newest = computed.merge(newest[[*_INDICATOR, "vintage"]], on=[*_INDICATOR, "vintage"])
    wanted = _wanted(printed_groups, of_newest).merge(newest, on=_INDICATOR)
    there = printed_groups[[*_CELL, "vintage"]].assign(is_printed=True)
    missing = wanted.merge(there, on=[*_CELL, "vintage"], how="left")
    missing = missing[missing["is_printed"].isna()].drop(columns="is_printed")
    missing = missing.merge(of_newest, on=[*_CELL, "vintage"], how="left")
    missing = missing.merge(_last_printed(printed_groups, vintages_of_groups), on=_CELL, how="left").merge(
        _errors(printed_groups, computed, vintages_of_groups), on=_GROUP, how="left"
    )
    missing = missing.merge(_lost(reported_values, vintages_of_groups, newest, members_by_list), on=[*_SERIES, "group_name"], how="left")
    missing["missing_because"] = _why_missing(missing, printed_groups)
    has_list = pd.MultiIndex.from_frame(missing[["group_name", "list"]]).isin(
        pd.MultiIndex.from_frame(members_by_list[["group_name", "list"]])
    )
    missing["reason"] = pd.Series(
        np.select(
            [
                missing["value"].notna(),
                (missing["sex"] != ALL) | (missing["age"] != ALL),
                ~has_list,
                ~missing["year"].isin(people["year"]),
            ],
            [
                "",
                "no population by sex or age is available",
                "the list of members of that day is not available",
                "no population is available for that year",
            ],
            "no member has a value of that or an earlier year in the vintage",
        ),
        index=missing.index,
        dtype="str",
    ).replace("", None)
    missing["n_compared"] = missing["n_compared"].fillna(0)
    for count in ("n_reporting", "n_filled", "n_members"):
        missing[count] = missing[count].fillna(0)
    return missing.assign(nature=NATURE).sort_values(_CELL, ignore_index=True)


def _computed(
    printed: pd.DataFrame, values: pd.DataFrame, vintages: pd.DataFrame, people: pd.DataFrame, members: pd.DataFrame, ceilings: pd.Series
) -> pd.DataFrame:
    """Return the rule-two figure of every printed group in every vintage, by the list of the vintage's day; cells without one have none."""
    groups = printed[[*_INDICATOR, "group_name"]].drop_duplicates()
    years = pd.DataFrame({"year": people["year"].unique()})
    dated = values.merge(vintages[[*_INDICATOR, "vintage", "list"]], on=[*_INDICATOR, "vintage"])
    parts = []
    for day, of_day in dated.groupby("list"):
        listed = members[(members["list"] == day) & members["group_name"].isin(groups["group_name"])]
        listed = listed[["group_name", "iso3"]].merge(years, how="cross").assign(scheme="", membership=MembershipList.AT_PUBLICATION)
        figures = aggregates(of_day.drop(columns="list"), people, listed, ceilings)
        if figures.empty:
            continue
        facts = figures[figures["rule"] == Rule.HARD_BOUNDS].drop(columns=["rule", "value", "n_filled", "note"])
        filled = figures.loc[figures["rule"] == RULE, [*_CELL, "vintage", "value", "n_filled", "note"]]
        parts.append(facts.merge(filled, on=[*_CELL, "vintage"], how="left"))
    kept = [
        *_CELL,
        "vintage",
        "value",
        "lower",
        "upper",
        "coverage",
        "publishable",
        "share_with_value",
        "carried_long",
        "n_reporting",
        "n_filled",
    ]
    kept += ["n_members", "note"]
    if not parts:
        return printed.head(0)[[*_CELL, "vintage", "value"]].reindex(columns=kept)
    result = pd.concat(parts, ignore_index=True).merge(groups, on=[*_INDICATOR, "group_name"])
    result["share_with_value"] = (result["people_known"] / result["population"]).clip(upper=1.0)
    result["carried_long"] = (result["people_carried_long"] / result["population"]).clip(upper=1.0)
    return result[kept]


def _wanted(printed: pd.DataFrame, of_newest: pd.DataFrame) -> pd.DataFrame:
    """Return the cells a group could have a figure in: from its first printed year to its members' last, and those printed anywhere."""
    first = printed.groupby(_GROUP)["year"].min().rename("first")
    last = of_newest[of_newest["n_reporting"] > 0].groupby(_GROUP)["year"].max().rename("last")
    cells = of_newest[_CELL].join(first, on=_GROUP).join(last, on=_GROUP)
    cells = cells[(cells["year"] >= cells["first"]) & (cells["year"] <= cells["last"])]
    return pd.concat([cells[_CELL], printed[_CELL]], ignore_index=True).drop_duplicates(ignore_index=True)


def _last_printed(printed: pd.DataFrame, vintages: pd.DataFrame) -> pd.DataFrame:
    """Return the figure of the last vintage that printed a cell; it is for display only and never joined to the series."""
    dated = printed.merge(vintages[[*_INDICATOR, "vintage", "list"]], on=[*_INDICATOR, "vintage"]).sort_values(["list", "vintage"])
    last = dated.drop_duplicates(_CELL, keep="last")
    return last[[*_CELL, "value", "vintage"]].rename(columns={"value": "last_printed", "vintage": "last_printed_in"})


def _errors(printed: pd.DataFrame, computed: pd.DataFrame, vintages: pd.DataFrame) -> pd.DataFrame:
    """Return, by group and series, how far the rule was from the figures of the newest vintage that has both."""
    both = printed.merge(computed.dropna(subset="value"), on=[*_CELL, "vintage"], suffixes=("_printed", ""))
    both = both.merge(vintages[[*_INDICATOR, "vintage", "list"]], on=[*_INDICATOR, "vintage"]).sort_values(["list", "vintage", "year"])
    both = both[both["vintage"] == both.groupby(_GROUP)["vintage"].transform("last")]
    both = both.assign(error=(both["value"] - both["value_printed"]).abs())
    by_group = both.groupby(_GROUP)
    result = by_group.agg(
        n_compared=("error", "size"), mean_error=("error", "mean"), largest_error=("error", "max"), compared_in=("vintage", "first")
    )
    worst = both.loc[by_group["error"].idxmax()].set_index(_GROUP)["year"].rename("largest_error_year")
    return result.join(worst).reset_index()


def _lost(values: pd.DataFrame, vintages: pd.DataFrame, newest: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Name, by group and series, the members that had a value in an earlier vintage and have none in the newest."""
    who = [*_SERIES, "iso3"]
    had = values[[*who, "vintage"]].drop_duplicates().merge(vintages[[*_INDICATOR, "vintage", "list"]], on=[*_INDICATOR, "vintage"])
    had = had.merge(newest[[*_INDICATOR, "vintage", "list"]], on=_INDICATOR, suffixes=("", "_newest"))
    has = had.loc[had["vintage"] == had["vintage_newest"], who].assign(is_there=True)
    gone = had.loc[had["list"] <= had["list_newest"], [*who, "list_newest"]].drop_duplicates().merge(has, on=who, how="left")
    gone = gone[gone["is_there"].isna()].rename(columns={"list_newest": "list"}).merge(members, on=["list", "iso3"])
    return gone.sort_values("iso3").groupby(_GROUP)["iso3"].agg(", ".join).rename("lost_members").reset_index()


def _why_missing(missing: pd.DataFrame, printed: pd.DataFrame) -> pd.Series:
    """Return why the newest vintage lacks each figure."""
    of_indicator = printed.drop_duplicates([*_INDICATOR, "vintage"]).set_index([*_INDICATOR, "vintage"]).index
    of_group = printed.groupby([*_GROUP, "vintage"])["year"].agg(["min", "max"])
    ends = missing[[*_GROUP, "vintage", "year"]].join(of_group, on=[*_GROUP, "vintage"])
    prints_any = pd.MultiIndex.from_frame(missing[[*_INDICATOR, "vintage"]]).isin(of_indicator)
    return pd.Series(
        np.select(
            [missing["has_holes"].astype("bool"), ~prints_any, ends["max"].isna(), ends["year"] > ends["max"], ends["year"] < ends["min"]],
            list(MissingFigure)[:-1],
            MissingFigure.GAP_IN_SERIES,
        ),
        index=missing.index,
    )
