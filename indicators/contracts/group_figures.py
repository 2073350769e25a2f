"""Contracts of the tables on figures of groups: computed, tested, imputed, and their changes decomposed."""

from __future__ import annotations

from indicators.contracts import columns
from indicators.contracts.columns import BREAKDOWN
from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, count, iso_day, number, required_text, share, text, word
from indicators.contracts.vocabulary import (
    OWN_ESTIMATE,
    ChangeMeasure,
    Feasibility,
    MembershipList,
    MembersVintage,
    MissingFigure,
    Rule,
)

#: Lists of members that figures of every group can use.
MEMBERSHIPS = (MembershipList.IN_FORCE, MembershipList.LATEST)


@table(
    "aggregates",
    Layer.MEASURES,
    made_by="measures.aggregates.aggregates",
    summary="Group figures computed from the members, under three rules for members without a value.",
    details=(
        "In the unit of the indicator. *Renormalised*: reporting economies alone. *Interpolate and carry*: also values of an economy's "
        "other years. *Hard bounds*: any possible value for members without one. `coverage` is the share of the group's people who live "
        "where a value was reported; a figure is *published* from two thirds, *indicative* from half."
    ),
    see_also=("gaps", "chart_three_rules", "chart_internet_use_over_time", "aggregate_consistency"),
)
class Aggregates(Table):
    """One row: one group's population-weighted figure under one rule for missing data."""

    scheme: str = columns.scheme()
    group_name: str = columns.group_name()
    membership: str = columns.membership(among=MEMBERSHIPS)
    indicator: str = columns.indicator()
    year: int = columns.year()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    rule: str = word("Assumption about members without a value", Rule)
    value: float = number("Figure of the group, in the unit of the indicator; missing under hard bounds, which give an interval")
    lower: float = number("Lowest figure the members without a value leave possible, in the unit of the indicator", required=True)
    upper: float = number("Highest figure the members without a value leave possible; missing where the indicator has no ceiling")
    coverage: float = columns.coverage()
    n_reporting: int = columns.n_reporting()
    n_filled: int = columns.n_filled()
    n_members: int = columns.n_members(least=1)
    publishable: str = columns.publishable()
    population: float = number("Number of people living in the members, from the newest vintage of the population", required=True, gt=0)
    people: float = number(
        "Number of people reached in members with a value under this rule, so a minimum; missing if the indicator is no share of people"
    )
    people_lower: float = number("Lowest number of people reached within the bounds; missing if the indicator is no share of people")
    people_upper: float = number("Highest number of people reached within the bounds; missing if the indicator is no share of people")
    source: str = columns.source(meaning="Source of the members' values")
    vintage: str = columns.vintage(meaning="Vintage of the members' values")
    note: str = text("Members without a population, members that never reported, values carried for long, and gaps in the vintage")

    class Config:
        unique = ["group_name", "membership", "indicator", "year", *BREAKDOWN, "rule", "source", "vintage"]


@table(
    "change_decomposition",
    Layer.MEASURES,
    made_by="measures.change_decomposition.change_decomposition",
    summary="The change of a group figure in parts that add up: progress, revision, population and membership.",
    details="In the unit of the indicator. The change between the published figures is in the same row, with the unexplained part.",
    see_also=("revisions", "aggregates"),
)
class ChangeDecomposition(Table):
    """One row: one change of a group's figure between two points, each a vintage and a year, split into parts that add up to it."""

    scheme: str = columns.scheme()
    group_name: str = columns.group_name()
    member_list: str = columns.membership(
        meaning="List of members: the one in force on 31 December of each year, or the latest", among=MEMBERSHIPS
    )
    indicator: str = columns.indicator()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    measure: str = word(
        "What changes: the mean in the unit of the indicator, or the number of people reached or not reached in members with a value",
        ChangeMeasure,
    )
    vintage_from: str = required_text("Vintage of the first point")
    year_from: int = columns.year(meaning="Calendar year of the first point")
    vintage_to: str = required_text("Vintage of the second point; the same where only the year differs")
    year_to: int = columns.year(meaning="Calendar year of the second point")
    value_from: float = number("Figure at the first point, from interpolated and carried values; missing if no member has one")
    value_to: float = number("Figure at the second point, from interpolated and carried values; missing if no member has one")
    total: float = number("value_to - value_from, which is progress + revision + population + membership")
    progress: float = number("Change from the first year to the second, both in the later vintage: within + shift")
    revision: float = number("Change of the first year's values between the two vintages")
    population: float = number("Change of the first year's populations between the two vintages of the population")
    membership: float = number("Change of the members in the figure: leaving + joining")
    within: float = number("Part of progress from changes of the economies' own values")
    shift: float = number("Part of progress from changes of the economies' shares of people; for a number of people, their growth")
    leaving: float = number("Part of membership from members that are only in the first figure")
    joining: float = number("Part of membership from members that are only in the second figure")
    listing: float = number("Part of membership because the list changed; the rest: members stopped or began to report")
    revision_of_reported: float = number("Part of revision from values reported in both vintages")
    revision_newly_reported: float = number(
        "Part of revision from values taken from other years in the first vintage and reported in the second"
    )
    revision_withdrawn: float = number(
        "Part of revision from values reported in the first vintage and taken from other years in the second"
    )
    revision_of_filled: float = number("Part of revision from values taken from other years in both vintages")
    revision_lower: float = number("Lowest revision over the six orders in which values and populations can change")
    revision_upper: float = number("Highest revision over the six orders")
    population_lower: float = number("Lowest population part over the six orders")
    population_upper: float = number("Highest population part over the six orders")
    progress_lower: float = number("Lowest progress over the six orders")
    progress_upper: float = number("Highest progress over the six orders")
    published_from: float = number("Published figure of the group for the first point; a number of people uses the population of this row")
    published_to: float = number("Published figure of the group for the second point; a number of people uses the population of this row")
    unexplained: float = number("Change of the published figures minus total; with it the parts add up to the published change")
    n_from: int = count("Number of members with a value at the first point")
    n_to: int = count("Number of members with a value at the second point")
    n_kept: int = count("Number of members with a value at both points and, for the first year, in the later vintage")
    group_people_from: float = number("Number of people of all members at the first point", required=True, ge=0)
    group_people_to: float = number("Number of people of all members at the second point", required=True, ge=0)
    population_from: str = required_text("Source and vintage of the population at the first point")
    population_to: str = required_text("Source and vintage of the population at the second point")
    printed_in_from: str = text("Source and vintage that print published_from")
    printed_in_to: str = text("Source and vintage that print published_to")
    source: str = columns.source(meaning="Source of both vintages")
    reason: str = columns.reason(meaning="Why the change cannot be decomposed; missing where it can")
    note: str = text("Economies that changed the figure most, in the unit of the row, people in millions; gaps in a vintage")

    class Config:
        unique = [
            "group_name",
            "member_list",
            "indicator",
            *BREAKDOWN,
            *["measure", "source", "vintage_from", "year_from", "vintage_to", "year_to", "population_from", "population_to"],
        ]


@table(
    "aggregate_consistency",
    Layer.MEASURES,
    made_by="measures.aggregate_consistency.aggregate_consistency",
    summary="Published group figures compared with the lowest and highest value that the members' own values allow.",
    details=(
        "In the unit of the indicator. A figure outside its bounds contradicts these values and this list of members; `forced_by` names "
        "the members that decide it."
    ),
    see_also=("aggregates", "imputed_aggregates"),
)
class AggregateConsistency(Table):
    """One row: one published figure of a group compared with what the values of its members allow."""

    scheme: str = columns.scheme(meaning="Classification the group belongs to; unknown for a group that is not in the table groups")
    group_name: str = columns.group_name(meaning="Name of the group")
    indicator: str = columns.indicator()
    year: int = columns.year()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    source: str = columns.source(meaning="Source of the published figure")
    vintage: str = columns.vintage(meaning="Vintage of the published figure")
    membership: str = columns.membership(
        meaning="List of members: at publication; the one before it, if that ended within a year; or in force on 31 December of the year",
        among=(MembershipList.AT_PUBLICATION, MembershipList.LIST_BEFORE, MembershipList.IN_FORCE),
    )
    list: str = iso_day("Day of the list of members, ISO")
    members_source: str = text("Source of the members' values; missing if there are none for the year")
    members_vintage: str = text("Vintage of the members' values")
    members_are: str = word("How the vintage of the members' values relates to that of the published figure", MembersVintage)
    published: float = number("The published figure, in the unit of the indicator", required=True)
    published_lower: float = number("Lowest true value that the printed figure allows; missing: no lower limit")
    published_upper: float = number("Highest true value that the printed figure allows; missing: no upper limit")
    lowest_possible: float = number(
        "Lowest figure the members' values allow, members without a value at 0, in the unit of the indicator; missing if not testable"
    )
    highest_possible: float = number(
        "Highest figure the members' values allow, members without a value at the ceiling; missing if not testable or without a ceiling"
    )
    slack: float = number("Largest change of these two if every population is wrong by 2 per cent, in the unit of the indicator", ge=0)
    feasible: str = word("Whether the published figure is possible, within the slack", Feasibility)
    beyond: float = number(
        "Distance of the published figure beyond bound and slack, in the unit of the indicator; missing if feasible", gt=0
    )
    forced_by: str = text(
        "Smallest set of members without whose values the figure would be possible, the most important first; at most ten are named"
    )
    forced_by_any_of: str = text(
        "Members whose value alone makes the figure impossible; missing if no single value does; at most ten are named"
    )
    coverage: float = share("Share of the group's people who live in members with a value, 0 to 1; missing if not testable", summed=True)
    n_reporting: int = columns.n_reporting(meaning="Number of members with a value for the year")
    n_members: int = count("Number of members with a known population; people outside the listed economies count as one; 0 if not counted")
    reason: str = columns.reason(meaning="Why the figure cannot be tested; missing where it can")
    note: str = text("Members without a population")

    class Config:
        unique = [
            *["group_name", "indicator", "year", *BREAKDOWN, "source", "vintage"],
            *["membership", "members_source", "members_vintage"],
        ]


@table(
    "imputed_aggregates",
    Layer.MEASURES,
    made_by="measures.imputed_aggregates.imputed_aggregates",
    summary="Our own estimates of group figures that the newest vintage of a source no longer prints.",
    details=(
        "In the unit of the indicator; an estimate never replaces a printed figure. `mean_error` is the error of the estimate in years in "
        "which both exist."
    ),
    see_also=("aggregate_consistency", "aggregates"),
)
class ImputedAggregates(Table):
    """One row: one group figure that the newest vintage of a source does not have, with our estimate of it."""

    source: str = columns.source(meaning="Source without the figure; the members' values are from it too")
    vintage: str = columns.vintage(meaning="Newest vintage of that source; the members' values are from it")
    indicator: str = columns.indicator()
    group_name: str = columns.group_name()
    year: int = columns.year()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    list: str = iso_day("Day of the list of members, which is the date of the vintage, ISO")
    missing_because: str = word("Why the vintage has no such figure", MissingFigure)
    value: float = number("Estimate: members' values, interpolated and carried, weighted by people; in the unit of the indicator")
    nature: str = word("Who made the figure: this project, no publisher", (OWN_ESTIMATE,))
    lower: float = number("Lowest figure the members without a value leave possible; missing where nothing can be estimated")
    upper: float = number("Highest figure the members without a value leave possible; missing where the indicator has no ceiling")
    coverage: float = columns.coverage(required=False)
    share_with_value: float = share("Share of the group's people who live in members with a value for that or an earlier year, 0 to 1")
    carried_long: float = share("Share of the group's people whose value is carried for more than five years, 0 to 1")
    publishable: str = columns.publishable(required=False)
    n_reporting: int = columns.n_reporting()
    n_filled: int = columns.n_filled()
    n_members: int = columns.n_members()
    lost_members: str = text("Members with values in an earlier vintage and none in this one, which may have gaps; comma-separated")
    n_compared: int = count("Number of years for which the same method can be compared with a published figure")
    compared_in: str = text("Newest vintage with values of members and the published figure; missing if there is none")
    mean_error: float = number("Mean absolute difference in those years, in the unit of the indicator", ge=0)
    largest_error: float = number("Largest absolute difference in those years, in the unit of the indicator", ge=0)
    largest_error_year: float = number("Calendar year of the largest difference")
    last_printed: float = number("Figure in the last vintage that has it, in the unit of the indicator; do not join it to this series")
    last_printed_in: str = text("Last vintage that has the figure; missing if none has it")
    reason: str = columns.reason(meaning="Why nothing can be estimated; missing where there is an estimate")
    note: str = text("Members without a population, members without a value, and values carried for long")

    class Config:
        unique = ["source", "vintage", "indicator", "group_name", "year", *BREAKDOWN]
