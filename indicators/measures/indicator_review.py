"""The review sheet: for each indicator its data, coverage, age, who measured it, revisions and licences.

It answers the questions of a review before an indicator is kept, improved or dropped; it decides nothing. Data missing here may exist
elsewhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from indicators.contracts.vocabulary import ALL, AreaKind, Denominator, Evidence, Nature
from indicators.measures import targets
from indicators.measures.aggregates import LONG_CARRY_YEARS, PUBLISHED_FROM, headline_years
from indicators.measures.inputs import require_finite, require_unique
from indicators.registries import resolution
from indicators.registries.sources import sources as registry
from indicators.registries.sources import strictest

#: A value is recent up to this age, years: the same as for a value carried forward without a note (convention).
RECENT_YEARS = LONG_CARRY_YEARS

DIMENSIONS = ("sex", "locality", "age")
#: Units that need a denominator; counts, amounts and rates with a base in their unit need none.
_SHARES = ("%", "ratio", "percentage points")
_NOT_COMPARED = "no two consecutive whole vintages of one source have economies"


def indicator_review(
    indicators: pd.DataFrame,
    economies: pd.DataFrame,
    people: pd.DataFrame,
    held_values: pd.DataFrame,
    held_breakdowns: pd.DataFrame,
    holdings: pd.DataFrame,
    revised_numbers: pd.DataFrame,
) -> pd.DataFrame:
    """Review every indicator of the catalogue, with or without data.

    Ages are counted from the reference year, the newest year of any number: the data are compared with themselves, not with a calendar.
    With `N` the people of the newest year of the population up to then, `a` the age of an economy's newest value and `R` the economies that
    have one,

    - `share_of_people` = sum_R(N) / sum(N), where people outside the economies listed count as without a value; `..._recent` counts `a` <=
      5 only;
    - `mean_age_years` = sum_R(N a) / sum_R(N), and `median_age_years` the median of `a` over the economies of `R`;
    - `headline_year` is the newest year in which economies with two thirds of the people have a value;
    - `share_estimate` and the like are shares of `R` by who measured the newest value, `people_estimate` the same weighted by `N`;
    - `share_moved` = numbers that moved beyond rounding / numbers in both vintages, `share_withdrawn` = withdrawn / numbers of the earlier,
      over all pairs of consecutive whole vintages of one source.

    Args:
        indicators: The catalogue: indicator, unit, denominator, sdg_indicator.
        economies: The economies listed: iso3.
        people: One row an economy, year and locality: iso3, year, locality, people; also the `rest of the world`.
        held_values: One row an area and year with a current number of all people: indicator, area, area_kind, year, nature.
        held_breakdowns: One row an indicator, kind of area and dimension: indicator, area_kind, dimension, areas, last_year.
        holdings: One row an indicator with data: indicator, sources (separated by ", "), vintages, licences (separated by "; ").
        revised_numbers: One row an indicator compared: indicator, pairs, numbers_before, numbers_in_both, moved, withdrawn, median_move,
            largest_move, largest_move_of.

    Returns:
        Columns of the `indicator_review` contract, in the order of the catalogue.

    Raises:
        ValueError: An area has two values of an indicator for one year, or people twice or without end.

    Missing data: without economies there is no age, nature or headline year; without a population no share of people. An economy without
    people counts among economies and weighs nothing. Volatility is missing where no two whole vintages can be compared, with the reason.
    Source: docs/methods.md#indicator_review. Coverage, timeliness and revision as quality indicators of official statistics, in the usual
    form; thresholds are conventions.
    """
    require_unique(held_values, ["indicator", "area", "year"], "values under review")
    require_unique(people, ["iso3", "year", "locality"], "people of the review")
    require_finite(people, "people", "people of the review")
    reference_year = int(held_values["year"].max()) if len(held_values) else None
    of_all = people.loc[people["locality"] == ALL, ["iso3", "year", "people"]]
    of_economies = held_values[held_values["area_kind"] == AreaKind.ECONOMY].rename(columns={"area": "iso3"})
    sheet = indicators[["indicator", "unit", "denominator", "sdg_indicator"]].set_index("indicator")
    sheet["claims"], sheet["targets"] = _uses(sheet.index)
    sheet["reference_year"] = reference_year
    sheet["economies_listed"] = economies["iso3"].nunique()
    newest = _newest(of_economies, of_all, reference_year)
    population = _people_in_reference_year(of_all, reference_year)["people"].sum() or np.nan
    sheet = sheet.join(_coverage(newest, population)).join(_natures(newest))
    for count in ("economies", "economies_recent"):
        sheet[count] = sheet[count].fillna(0).astype("int64")
        sheet[count.replace("economies", "share_of_economies")] = sheet[count] / sheet["economies_listed"]
    has_people = pd.notna(population)
    for share in ("share_of_people", "share_of_people_recent"):
        sheet[share] = sheet[share].fillna(0.0) if has_people else np.nan
    sheet["headline_year"] = headline_years(of_economies[["indicator", "iso3", "year"]], of_all)
    groups = held_values[held_values["area_kind"] == AreaKind.GROUP].groupby("indicator")
    sheet["groups"], sheet["newest_year_of_groups"] = groups["area"].nunique(), groups["year"].max()
    of_groups = (
        held_values[held_values["area_kind"] == AreaKind.GROUP].sort_values("year").drop_duplicates(["indicator", "area"], keep="last")
    )
    sheet["groups_estimated"] = (of_groups["nature"] == Nature.ESTIMATE).groupby(of_groups["indicator"]).mean()
    sheet = sheet.join(_breakdowns(held_breakdowns)).join(holdings.set_index("indicator"))
    counts = ["groups", "vintages", *(f"economies_by_{dimension}" for dimension in DIMENSIONS)]
    sheet[counts] = sheet[counts].fillna(0).astype("int64")
    sheet = _with_volatility(sheet, revised_numbers)
    sheet["licence"] = sheet.pop("licences").map(lambda licences: strictest(licences.split("; ")), na_action="ignore")
    sheet["links"] = sheet["sources"].map(_links, na_action="ignore")
    sheet["sdg_metadata"] = sheet["sdg_indicator"].map(sdg_metadata, na_action="ignore")
    is_share = sheet["unit"].isin(_SHARES)
    sheet["denominator"] = np.select(
        [sheet["denominator"].notna(), is_share], [Denominator.STATED, Denominator.NOT_STATED], Denominator.NOT_NEEDED
    )
    sheet["evidence"] = np.select(
        [sheet["share_of_people_recent"] >= PUBLISHED_FROM - 1e-12, sheet["economies"] > 0, sheet["sources"].notna()],
        [Evidence.WIDE_AND_RECENT, Evidence.NARROW_OR_OLD, Evidence.GROUPS_ONLY],
        Evidence.NO_DATA,
    )
    result = sheet.reset_index()
    result["finding"] = [_finding({str(name): value for name, value in row.items()}) for row in result.to_dict("records")]
    return result


def sdg_metadata(sdg_indicator: str) -> str:
    """Return where the United Nations keep the metadata of an indicator of the 2030 Agenda.

    >>> sdg_metadata("9.c.1")
    'https://unstats.un.org/sdgs/metadata/?Text=&Goal=9&Target=9.c'
    """
    goal, target, _ = sdg_indicator.split(".")
    return f"https://unstats.un.org/sdgs/metadata/?Text=&Goal={goal}&Target={goal}.{target}"


def _uses(names: pd.Index) -> tuple[pd.Series, pd.Series]:
    """Return how many statements of the resolution, each in its first reading, and how many targets use each indicator."""
    claims = resolution.claims_table(resolution.load_claims())
    counts = [rows["indicator"].value_counts() for rows in (claims[claims["reading_of"].isna()], targets.load_targets())]
    of_claims, of_targets = (count.reindex(names, fill_value=0) for count in counts)
    return of_claims, of_targets


def _people_in_reference_year(people: pd.DataFrame, reference_year: int | None) -> pd.DataFrame:
    """Return the population of each economy in its newest year up to the reference year."""
    past = people[people["year"] <= reference_year] if reference_year is not None else people.iloc[:0]
    return pd.DataFrame(past.loc[past["year"] == past["year"].max(), ["iso3", "people"]])


def _newest(values: pd.DataFrame, people: pd.DataFrame, reference_year: int | None) -> pd.DataFrame:
    """Return each economy's newest value of each indicator: its age, who measured it, and the people of the economy."""
    newest: pd.DataFrame = values.sort_values("year").drop_duplicates(["indicator", "iso3"], keep="last")
    newest = newest.merge(_people_in_reference_year(people, reference_year), on="iso3", how="left")
    return newest.assign(people=newest["people"].fillna(0.0), age=(reference_year or 0) - newest["year"])


def _coverage(newest: pd.DataFrame, population: float) -> pd.DataFrame:
    """Return, by indicator, how many economies and people have a value, and how old it is."""
    is_recent = newest["age"] <= RECENT_YEARS
    weighted = newest.assign(
        is_recent=is_recent, recent_people=newest["people"].where(is_recent, 0.0), aged=newest["people"] * newest["age"]
    )
    result = weighted.groupby("indicator").agg(
        newest_year=("year", "max"),
        economies=("iso3", "size"),
        economies_recent=("is_recent", "sum"),
        people=("people", "sum"),
        recent_people=("recent_people", "sum"),
        aged=("aged", "sum"),
        median_age_years=("age", "median"),
    )
    weight = result.pop("people")
    result["share_of_people"], result["share_of_people_recent"] = weight / population, result.pop("recent_people") / population
    result["mean_age_years"] = result.pop("aged") / weight.where(weight > 0)
    return pd.DataFrame(result)


def _natures(newest: pd.DataFrame) -> pd.DataFrame:
    """Return, by indicator, the shares of the newest values by who measured them, of economies and of their people."""
    parts: dict[str, pd.Series] = {}
    by = [newest["indicator"], newest["nature"]]
    for name, weight in (("share", newest["people"] * 0 + 1.0), ("people", newest["people"])):
        sums = weight.groupby(by).sum().unstack().reindex(columns=list(Nature)).fillna(0.0)
        total = sums.sum(axis="columns")
        parts |= {f"{name}_{nature}": sums[nature] / total.where(total > 0) for nature in Nature}
    return pd.DataFrame(parts)


def _breakdowns(breakdowns: pd.DataFrame) -> pd.DataFrame:
    """Return, by indicator, the economies with each breakdown and its last year, and which breakdowns groups have."""
    is_economy = breakdowns["area_kind"] == AreaKind.ECONOMY
    columns: dict[str, pd.Series] = {}
    for dimension in DIMENSIONS:
        rows = breakdowns[is_economy & (breakdowns["dimension"] == dimension)].set_index("indicator")
        columns |= {f"economies_by_{dimension}": rows["areas"], f"last_year_by_{dimension}": rows["last_year"]}
    of_groups = breakdowns[~is_economy].sort_values("dimension", key=lambda names: names.map(DIMENSIONS.index))
    columns["breakdowns_of_groups"] = of_groups.groupby("indicator")["dimension"].agg(", ".join)
    return pd.DataFrame(columns)


def _with_volatility(sheet: pd.DataFrame, revised: pd.DataFrame) -> pd.DataFrame:
    """Add how much the publishers revised, or the reason why that is unknown."""
    result = sheet.join(revised.set_index("indicator"))
    result["pairs_compared"] = result.pop("pairs").fillna(0).astype("int64")
    result["numbers_compared"] = result.pop("numbers_in_both")
    result["share_moved"] = result.pop("moved") / result["numbers_compared"].where(result["numbers_compared"] > 0)
    result["share_withdrawn"] = result.pop("withdrawn") / result.pop("numbers_before")
    result["volatility_reason"] = np.select(
        [result["pairs_compared"] > 0, result["sources"].isna(), result["vintages"] == 0, result["vintages"] == 1],
        ["", "no data", "no dated vintage", "only one vintage"],
        _NOT_COMPARED,
    )
    result["volatility_reason"] = result["volatility_reason"].astype("str").replace("", None)
    return result


def _links(names: str) -> str:
    """Return the addresses of the sources named."""
    return " ".join(dict.fromkeys(registry()[name].url for name in names.split(", ")))


def _finding(row: dict[str, Any]) -> str:
    """Summarise the figures of a row in a few sentences."""
    number = {name: float(value) for name, value in row.items() if isinstance(value, int | float) and not pd.isna(value)}
    parts = [_on_use(number)]
    if row["evidence"] == Evidence.NO_DATA:
        parts.append("No data yet: no file that we have read has it")
    elif row["evidence"] == Evidence.GROUPS_ONLY:
        parts.append(_on_groups(number))
    else:
        parts += [_on_coverage(number), _on_natures(number), _on_breakdowns(number, row["unit"]), _on_revisions(number, row["unit"])]
    if row["denominator"] == Denominator.NOT_STATED:
        parts.append("The catalogue states no denominator")
    return ". ".join(part for part in parts if part) + "."


def _on_use(number: dict[str, float]) -> str:
    named = (("statement of the resolution", "statements of the resolution", "claims"), ("target", "targets", "targets"))
    parts = [_counted(number[column], one, many) for one, many, column in named if number[column]]
    return f"{' and '.join(parts)} {'uses' if number['claims'] + number['targets'] == 1 else 'use'} it" if parts else ""


def _on_groups(number: dict[str, float]) -> str:
    if not number["groups"]:
        return "There are only figures of groups, and none of all people"
    estimated = {0.0: "", 1.0: ", all the publisher's estimates"}.get(
        number["groups_estimated"], f", {percent(number['groups_estimated'])} of them the publisher's estimates"
    )
    figures = (
        f"There are only published figures, of {_counted(number['groups'], 'group')} up to {number['newest_year_of_groups']:.0f}{estimated}"
    )
    return f"{figures}. Without values of economies they cannot be recomputed"


def _on_coverage(number: dict[str, float]) -> str:
    have = "has" if number["economies"] == 1 else "have"
    reached = f"{number['economies']:.0f} of {number['economies_listed']:.0f} economies {have} a value"
    if "share_of_people" in number:
        without, old = 1 - number["share_of_people"], number["share_of_people"] - number["share_of_people_recent"]
        reached += f". {percent(without).capitalize()} of the people live in economies without a value"
        if old > 0:
            reached += f", and {percent(old)} in economies whose newest value is older than {RECENT_YEARS} years"
    headline = number.get("headline_year")
    last = f"The newest year with values for two thirds of the people is {headline:.0f}" if headline else ""
    return f"{reached}. {last or 'No year has values for two thirds of the people'}"


def _on_natures(number: dict[str, float]) -> str:
    if number["share_unknown"] == 1:
        return "The sources do not state which values are estimates"
    unmarked = f"; {percent(number['share_unknown'])} are not marked" if number["share_unknown"] else ""
    if not number["share_estimate"]:
        return f"No newest value is marked as an estimate{unmarked}"
    return f"{percent(number['share_estimate'])} of the newest values are estimates{unmarked}"


def _on_breakdowns(number: dict[str, float], unit: str) -> str:
    """Return how shares of people are broken down; a price or a count of lines has no sex."""
    parts = [
        f"by {dimension} for {_counted(count, 'economy', 'economies')}"
        for dimension in DIMENSIONS
        if (count := number[f"economies_by_{dimension}"])
    ]
    if parts:
        return f"It is broken down {', '.join(parts)}"
    return "No economy has a breakdown by sex, locality or age" if unit == "%" else ""


def _on_revisions(number: dict[str, float], unit: str) -> str:
    if "share_moved" not in number:
        return ""
    changes = f"{percent(number['share_moved']).capitalize()} of the numbers changed between vintages"
    if number["share_moved"]:
        changes += f", half of them by {number['median_move']:.2g} {'points' if unit == '%' else unit} or more"
    return changes + (f", and {percent(number['share_withdrawn'])} were withdrawn" if number["share_withdrawn"] else "")


def percent(share: float) -> str:
    """Write a share; only an exact 0 or 1 is written as 0 % or 100 %.

    >>> percent(0.137), percent(0.0), percent(0.001), percent(0.9999), percent(1.0)
    ('14 %', '0 %', 'less than 1 %', 'more than 99 %', '100 %')
    """
    if 0 < share < 0.005:
        return "less than 1 %"
    if 0.995 <= share < 1:
        return "more than 99 %"
    return f"{share * 100:.0f} %"


def _counted(count: float, one: str, many: str = "") -> str:
    return f"{count:.0f} {one if count == 1 else many or one + 's'}"
