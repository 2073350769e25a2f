"""Targets for connectivity, and the progress of each area: the required pace compared with the observed pace.

The targets are in `targets.toml`. Nothing here is a forecast; it only shows what a target requires.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from indicators.contracts.vocabulary import ALL, AreaKind, TargetRule, TargetStatus
from indicators.measures import series_breaks
from indicators.measures.inputs import require_finite
from indicators.registries import catalogue

#: ITU calls use universal for practical purposes from here; a target of 100 per cent counts as this (Facts and Figures).
UNIVERSAL = 95.0
#: The observed pace covers up to this number of years; a value older than that before the newest of its indicator does not count.
PACE_YEARS = 5

_FILE = "indicators/measures/targets.toml"
_JUDGED = ["target", "area_kind", "area"]
#: A share this close to 0 or 100 has no usable logit (convention).
_LEAST_SHARE = 0.5


@cache
def load_targets() -> pd.DataFrame:
    """Return the targets of `targets.toml`, one row each.

    Returns:
        target, target_set, set_by, set_status, statement, indicator, ages, rule, stated, required, required_upper, deadline, areas,
        economies_of, base; of these ages, areas and economies_of are lists. A target of 100 per cent is required as `UNIVERSAL`;
        `required_upper` is the upper end of `within`.

    Raises:
        ValueError: An entry is invalid; the message names it and what to write.
    """
    registry = tomllib.loads((Path(__file__).parent / "targets.toml").read_text("utf-8"))
    return pd.DataFrame([_target(name, entry, registry["sets"]) for name, entry in registry["targets"].items()])


def _target(name: str, entry: dict[str, Any], sets: dict[str, Any]) -> dict[str, Any]:
    """Read one entry."""
    for what, allowed in (("set", sets), ("rule", list(TargetRule)), ("indicator", catalogue.indicators())):
        if entry.get(what) not in allowed:
            raise ValueError(f"{_FILE}: {name}: {what} {entry.get(what)!r} is none of {', '.join(allowed)}")
    ends = entry["stated"] if isinstance(entry["stated"], list) else [entry["stated"]]
    if len(ends) != (2 if entry["rule"] == TargetRule.WITHIN else 1):
        raise ValueError(f"{_FILE}: {name}: write two ends in stated where the rule is within, one number elsewhere")
    is_universal = ends == [100] and catalogue.indicators()[entry["indicator"]].ceiling == 100
    belongs = sets[entry["set"]]
    return {
        "target": name,
        "target_set": belongs["title"],
        "set_by": belongs["source"],
        "set_status": belongs["status"],
        "statement": entry["statement"],
        "indicator": entry["indicator"],
        "ages": entry.get("ages", [ALL]),
        "rule": entry["rule"],
        "stated": float(ends[0]),
        "required": UNIVERSAL if is_universal else float(ends[0]),
        "required_upper": float(ends[-1]) if entry["rule"] == TargetRule.WITHIN else np.nan,
        "deadline": int(belongs["by"]),
        "areas": entry["areas"],
        "economies_of": entry.get("economies_of", []),
        "base": entry.get("base"),
    }


def targets(stated_targets: pd.DataFrame, target_series: pd.DataFrame, current_members: pd.DataFrame, ceiling: pd.Series) -> pd.DataFrame:
    """Compare each area with each target that applies to it.

    With `p` the latest value up to the deadline `Y`, of year `t`, and `T` what is required:

    - `required_pace` = (T - p) / (Y - t), units of the indicator a year; `pace` = (p - p_s) / (t - s), `s` the first year with a value of
      the five before `t`; `ratio` = required_pace / pace: above 1, the observed pace is too slow;
    - the same on logits for shares, where it is harder to gain near 100 than halfway: `logit_required_pace`, `logit_pace`, `logit_ratio`.

    The status is *met* if the latest value meets the rule; else *missed* if it is of the deadline itself; *moving away* if the pace is
    nothing or leads away; *on pace* if `ratio` is at most 1, else *too slow*; and *undetermined*, with the reason, with no value, one
    older than five years before the newest of its indicator, or without a second value in five years.

    Args:
        stated_targets: The targets, as `load_targets` gives them.
        target_series: One row a year of a series: indicator, area_kind, area, sex, locality, age, source, vintage, year, value, lower,
            upper, note; of one source and vintage for an indicator, area and breakdown. Values are compared as printed; `lower` and
            `upper`, the limits of the printed form, show where a target is within the rounding of a value.
        current_members: One row an economy of a group by the newest lists: group_name, iso3. The group `world` lists the economies.
        ceiling: Highest possible value by indicator, missing where there is none.

    Returns:
        Columns of the `targets` contract: one row a target and area to which it applies. Every economy of the lists has one, with or
        without a value, and so have the groups a target names, and the world; other areas have one if they have a value.

    Raises:
        ValueError: A series has two values for one year, or an infinite one.

    Missing data: nothing is filled. No pace is taken across a break (`breaks`), nor from one indicator to another: price baskets are
    separate indicators.
    Source: docs/methods.md#targets; world Internet use of 73.6 in 2025 and 67.0 in 2022 needs 4.28 points a year for 95 by
    2030, against 2.20 observed.
    """
    require_finite(target_series, "value", "series")
    expected = _expected(stated_targets, current_members)
    rows = _candidates(stated_targets, target_series, expected)
    latest = _latest(rows, ceiling)
    wanted = pd.concat([expected, latest[["target", "area_kind", "area"]]]).drop_duplicates(ignore_index=True)
    result = wanted.merge(stated_targets.drop(columns=["areas", "economies_of"]), on="target")
    result = result.merge(latest, on=["target", "area_kind", "area"], how="left")
    result["age"] = result["age"].fillna(result.pop("ages").str[0])
    result["is_share"] = (result["indicator"].map(ceiling) == 100) & (result["rule"] != TargetRule.WITHIN)
    return _judged(_paced(result)).sort_values(["target", "area_kind", "area"], ignore_index=True)


def _expected(stated: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return the areas to which each target applies, with or without a value; of groups, those it names and the world."""
    wanted = stated[["target", "areas", "economies_of"]].explode("areas").rename(columns={"areas": "area"})
    economies = wanted[wanted["area"] == "economies"].explode("economies_of")
    economies = economies.assign(group_name=economies["economies_of"].fillna("world").astype("str"))
    listed = economies.merge(members[["group_name", "iso3"]], on="group_name")[["target", "iso3"]].rename(columns={"iso3": "area"})
    named = wanted.loc[wanted["area"] != "economies", ["target", "area"]].replace({"area": {"groups": "world"}})
    return pd.concat([listed.assign(area_kind=AreaKind.ECONOMY), named.assign(area_kind=AreaKind.GROUP)]).drop_duplicates(ignore_index=True)


def _candidates(stated: pd.DataFrame, series: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """Return the values up to the deadline of the one series that each target and area is judged by."""
    wanted = stated[["target", "indicator", "ages", "areas", "economies_of", "deadline"]].explode("ages").rename(columns={"ages": "age"})
    wanted["preference"] = wanted.groupby("target").cumcount()
    of_all = series[(series["sex"] == ALL) & (series["locality"] == ALL)].dropna(subset="value")
    rows = of_all.merge(wanted, on=["indicator", "age"]).query("year <= deadline")
    rows = rows.merge(expected.assign(is_expected=True), on=["target", "area_kind", "area"], how="left")
    kinds = rows["area_kind"].map({AreaKind.ECONOMY: "economies", AreaKind.GROUP: "groups"})
    any_such = [kind in areas for kind, areas in zip(kinds, rows["areas"], strict=True)]
    rows = rows[rows["is_expected"].notna() | (pd.Series(any_such, rows.index) & rows["economies_of"].map(len).eq(0))]
    last = rows.groupby([*_JUDGED, "preference"])["year"].transform("max")
    first_choice = rows.assign(last=last).sort_values(["last", "preference"], ascending=[False, True]).drop_duplicates(_JUDGED)
    return rows.merge(first_choice[[*_JUDGED, "preference"]], on=[*_JUDGED, "preference"])


def _latest(rows: pd.DataFrame, ceilings: pd.Series) -> pd.DataFrame:
    """Return, for each target and area with a value, the latest and where the years before it began."""
    is_share = rows["indicator"].map(ceilings) == 100
    # A share does not jump; a price may.
    parts = [series_breaks.marked(rows[is_share], _JUDGED), series_breaks.marked(rows[~is_share], _JUDGED, jump=np.inf)]
    segments = pd.concat([part.astype({"segment": "int64", "break_reason": "str"}) for part in parts], ignore_index=True)
    segments = segments[segments["segment"] == segments.groupby(_JUDGED)["segment"].transform("max")]
    recent = segments[segments["year"] >= segments.groupby(_JUDGED)["year"].transform("max") - PACE_YEARS].groupby(_JUDGED)
    newest = rows.groupby("target")["year"].max().rename("newest_year")
    first, last = recent.first(), recent.last()
    return (
        last[["age", "source", "vintage", "year", "lower", "upper"]]
        .assign(
            latest=last["value"],
            pace_from=first["year"],
            first_value=first["value"],
            n_values=recent.size(),
            break_reason=first["break_reason"],
        )
        .reset_index()
        .join(newest, on="target")
    )


def _paced(result: pd.DataFrame) -> pd.DataFrame:
    """Add the pace required and the pace seen, in units and on logits."""
    p, wanted = result["latest"], result["required"]
    # Outside a band the nearer end is required.
    wanted = wanted.where(~(p > result["required_upper"]), result["required_upper"])
    left = (result["deadline"] - result["year"]).where(lambda years: years > 0)
    seen = (result["year"] - result["pace_from"]).where(lambda years: years > 0)
    result = result.assign(
        is_met=np.select(
            [result["rule"] == TargetRule.AT_LEAST, result["rule"] == TargetRule.ABOVE, result["rule"] == TargetRule.AT_MOST],
            [p >= wanted, p > wanted, p <= wanted],
            p.between(result["required"], result["required_upper"]),
        ).astype("bool"),
        way=np.select(
            [result["rule"].isin([TargetRule.AT_LEAST, TargetRule.ABOVE]), result["rule"] == TargetRule.AT_MOST],
            [1.0, -1.0],
            np.sign(wanted - p),
        ),
        pace=(p - result["first_value"]) / seen,
        logit_pace=(logit(p) - logit(result["first_value"])).where(result["is_share"]) / seen,
    )
    ahead = left.where(~result["is_met"])
    result["required_pace"] = (wanted - p) / ahead
    result["logit_required_pace"] = (logit(wanted) - logit(p)).where(result["is_share"]) / ahead
    for ratio, required, pace in (("ratio", "required_pace", "pace"), ("logit_ratio", "logit_required_pace", "logit_pace")):
        result[ratio] = result[required] / result[pace].where(result[pace] * result["way"] > 0)
    return result


def logit(share: pd.Series) -> pd.Series:
    """Return the logit of a share in percent, which is taken as half a point from an end it has reached."""
    p = share.clip(_LEAST_SHARE, 100 - _LEAST_SHARE)
    return pd.Series(np.log(p / (100 - p)), p.index)


def _judged(result: pd.DataFrame) -> pd.DataFrame:
    """Add the status and what a reader should know of it."""
    has_none, is_old = result["latest"].isna(), result["newest_year"] - result["year"] > PACE_YEARS
    is_over = result["year"] >= result["deadline"]
    no_pace = result["pace"].isna()
    status = np.select(
        [has_none | is_old, result["is_met"], is_over, no_pace, result["pace"] * result["way"] <= 0, result["ratio"] <= 1],
        [
            TargetStatus.UNDETERMINED,
            TargetStatus.MET,
            TargetStatus.MISSED,
            TargetStatus.UNDETERMINED,
            TargetStatus.MOVING_AWAY,
            TargetStatus.ON_PACE,
        ],
        TargetStatus.TOO_SLOW,
    )
    year, newest = result["year"].astype("Int64").astype("str"), result["newest_year"].astype("Int64").astype("str")
    why = pd.Series(
        np.select(
            [has_none, is_old, (status == TargetStatus.UNDETERMINED) & result["break_reason"].notna(), status == TargetStatus.UNDETERMINED],
            [
                "no value",
                "the last value is of " + year + ", the newest of any area of " + newest,
                "no second value since " + result["break_reason"].fillna(""),
                f"no second value in the last {PACE_YEARS} years",
            ],
            "",
        ),
        index=result.index,
    )
    logits_differ = (status == TargetStatus.ON_PACE) & (result["logit_ratio"] > 1)
    within_rounding = ~has_none & (_meets(result, "lower") != _meets(result, "upper"))
    for applies, words in (
        (logits_differ, "too slow on logits"),
        (within_rounding, "within the rounding of the value"),
        (result["stated"].ne(result["required"]), f"{UNIVERSAL:g} stands for 100, from where use is called universal"),
    ):
        why = why.where(~applies, why.where(why == "", why + "; ") + words)
    return result.assign(status=status, reason=why.replace("", None))


def _meets(result: pd.DataFrame, end: str) -> pd.Series:
    """Return whether one end of the printed interval meets the target; without an interval, whether the value does."""
    value = result[end].fillna(result["latest"])
    enough = np.where(result["rule"] == TargetRule.AT_MOST, value <= result["required"], value >= result["required"])
    return pd.Series(
        np.where(result["rule"] == TargetRule.WITHIN, value.between(result["required"], result["required_upper"]), enough), result.index
    )
