"""Contracts of the tables on distances between areas: gaps, inequality, years behind, convergence."""

from __future__ import annotations

from indicators.contracts import columns
from indicators.contracts.columns import BREAKDOWN
from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, count, number, percentage, required_text, text, word
from indicators.contracts.group_figures import MEMBERSHIPS
from indicators.contracts.vocabulary import ConvergenceMeasure, Divide, EconomySet, InequalityMeasure, MembershipList, Scale


@table(
    "gaps",
    Layer.MEASURES,
    made_by="measures.gaps.gaps",
    summary="Divides between income groups, women and men, urban and rural areas, and age groups, as published and as computed.",
    details="In percentage points and as ratios. Both sides are of one source and vintage.",
    see_also=("chart_gap_by_income", "chart_gap_by_sex", "chart_gap_by_locality", "time_distance"),
)
class Gaps(Table):
    """One row: one divide in one area and year, with both sides from one source and vintage."""

    divide: str = word("Which divide: by income, sex, locality or age", Divide)
    indicator: str = columns.indicator()
    area: str = columns.area(meaning="Area that both sides belong to: code of an economy, or name of a group")
    among: str = required_text("People compared: all, or the locality, sex or age that both sides share")
    year: int = columns.year()
    basis: str = columns.basis(
        meaning="Whether the values are published by the source, or computed here from economies by the latest lists of members"
    )
    side_a: str = required_text("The side that is better off or is the reference")
    side_b: str = required_text("The other side")
    value_a: float = percentage("Value of side a, in per cent", required=True)
    value_b: float = percentage("Value of side b, in per cent", required=True)
    difference: float = number("a - b, in percentage points", required=True, ge=-100, le=100)
    difference_lower: float = number("Lowest difference that the printed figures or the bounds allow, in percentage points")
    difference_upper: float = number("Highest difference that the printed figures or the bounds allow, in percentage points")
    relative: float = number("(a - b) / a, a ratio; missing if a is 0", le=1)
    ratio: float = number("a / b, a ratio; missing if b is 0", ge=0)
    ratio_lower: float = number("Lowest ratio that the printed figures or the bounds allow", ge=0)
    ratio_upper: float = number("Highest ratio that the printed figures or the bounds allow", ge=0)
    parity: float = number("b / a, a ratio: for the sexes women divided by men; missing if a is 0", ge=0)
    parity_lower: float = number("Lowest parity that the printed figures or the bounds allow", ge=0)
    parity_upper: float = number("Highest parity that the printed figures or the bounds allow", ge=0)
    offline_ratio: float = number("(100 - b) / (100 - a), a ratio of those not reached; missing if a is 100", ge=0)
    coverage_a: float = number("Share of side a's people in economies with a value, 0 to 1; missing for published figures")
    coverage_b: float = number("Share of side b's people in economies with a value, 0 to 1; missing for published figures")
    publishable: str = columns.publishable(
        meaning="What the lower coverage of the two sides allows: published, indicative or not published; published figures are published"
    )
    source: str = columns.source(meaning="Source of both values")
    vintage: str = columns.vintage(meaning="Vintage of both values")

    class Config:
        unique = ["divide", "indicator", "area", "among", "year", "basis", "source", "vintage"]


@table(
    "inequality",
    Layer.MEASURES,
    made_by="measures.inequality.inequality",
    summary="How unequally an indicator is distributed between economies: Gini, concentration, Theil and mean log deviation.",
    details="Ratios without a unit, weighted by people; between and within groups where a measure can be decomposed.",
    see_also=("convergence", "gaps"),
)
class Inequality(Table):
    """One row: one measure of inequality between economies, for one indicator, year and split into groups."""

    measure: str = word("Measure of inequality, without a unit", InequalityMeasure)
    indicator: str = columns.indicator()
    year: int = columns.year()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    scheme: str = required_text("Classification by which it is split: income, itu region, world bank region; none: not split")
    membership: str = columns.membership(
        meaning="List of members: the one in force on 31 December of the year, or the latest; none: not split",
        among=(*MEMBERSHIPS, MembershipList.NONE),
    )
    economies: str = word(
        "All economies that report for the year; or, so that years compare, those that do in every year with two thirds of the people",
        EconomySet,
    )
    value: float = number("The measure, each economy weighted by its people; missing where it is not defined")
    between: float = number("Part of the value between the groups; only for theil and mean log deviation", ge=0)
    within: float = number("Part of the value within the groups; between + within is the value", ge=0)
    mean: float = number("Mean of the economies, weighted by people, in the unit of the indicator", required=True)
    highest: float = number(
        "Highest value the measure can have at this mean, if every economy were at 0 or at the ceiling; missing without a ceiling"
    )
    share_of_highest: float = number("value / highest, a ratio; a falling gini may only reflect a rising mean", ge=-1 - 1e-9, le=1 + 1e-9)
    coverage: float = columns.coverage(meaning="Share of the world's people who live in the economies measured, 0 to 1")
    publishable: str = columns.publishable()
    n: int = count("Number of economies measured", least=1)
    source: str = columns.source(meaning="Source of the economies' values")
    vintage: str = columns.vintage(meaning="Vintage of the economies' values")
    ranked_by: str = text("Income series by which economies are ranked, with source and vintage; only for concentration indices")
    reason: str = columns.reason(meaning="Why the measure is not defined; missing where it is")
    note: str = text("Economies without a population, a group or an income; years that are compared")

    class Config:
        unique = [
            *["measure", "indicator", "year", *BREAKDOWN],
            *["scheme", "membership", "economies", "source", "vintage", "ranked_by"],
        ]


@table(
    "time_distance",
    Layer.MEASURES,
    made_by="measures.time_distance.time_distance",
    summary="How many years an area is behind another: the time since the other had the same level.",
    details="In years; negative means ahead. If the distance is not defined, `reason` says why and the bounds say what is known.",
    see_also=("chart_years_behind_in_internet_use", "gaps"),
)
class TimeDistance(Table):
    """One row: one area and one benchmark, with the number of years the area is behind; both from one source and vintage."""

    indicator: str = columns.indicator()
    area: str = columns.area()
    area_kind: str = columns.area_kind()
    year: int = columns.year(meaning="Calendar year of the area's level")
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    basis: str = columns.basis(meaning="Whether the levels of groups are published by the source or computed here from economies")
    benchmark: str = required_text("Area it is compared with")
    value: float = number("Level of the area, in the unit of the indicator")
    benchmark_year: float = number("Time when the benchmark first reached that level, by linear interpolation; calendar year with decimals")
    years_behind: float = number("year - benchmark_year, in years; negative: ahead; missing where it cannot be determined")
    lower: float = number("Lowest number of years behind that the benchmark's series allows; missing: no lower limit")
    upper: float = number("Highest number of years behind that the benchmark's series allows; missing: no upper limit")
    reason: str = columns.reason(meaning="Why years_behind is missing, and what can be said instead")
    source: str = columns.source(meaning="Source of both levels")
    vintage: str = columns.vintage(meaning="Vintage of both levels")
    note: str = text("Where the benchmark's series is interpolated over more than five years")

    class Config:
        unique = ["indicator", "area", "year", *BREAKDOWN, "basis", "benchmark", "source", "vintage"]


@table(
    "convergence",
    Layer.MEASURES,
    made_by="measures.convergence.convergence",
    summary="Whether the economies of a group converge: lower ones grow faster (beta), the dispersion falls (sigma).",
    details=(
        "For a fixed set of economies over a window of years. Errors in the first year's values alone make beta positive; read it "
        "together with sigma."
    ),
    see_also=("inequality", "time_distance"),
)
class Convergence(Table):
    """One row: one measure of convergence within a fixed set of economies, on one scale and over one window of years."""

    scheme: str = columns.scheme()
    group_name: str = columns.group_name(meaning="Name of the group within which economies are compared")
    membership: str = columns.membership(
        meaning="List of members: the one in force on 31 December of the last year, or the latest", among=MEMBERSHIPS
    )
    indicator: str = columns.indicator()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    measure: str = word("beta: whether economies with lower values grow faster; sigma: how far apart economies are", ConvergenceMeasure)
    scale: str = word("Scale of the values: linear; logit, where there is a ceiling; or log, where there is none", Scale)
    year_from: int = columns.year(meaning="First calendar year of the window")
    year_to: int = columns.year(meaning="Last calendar year of the window")
    year: int = columns.year(meaning="Calendar year of sigma; for beta the last year of the window")
    value: float = number(
        "beta: slope b of (x_T - x_0)/T = a - b x_0, per year, positive if economies with lower values grow faster, which errors in the "
        "first year's values alone can cause; sigma: standard deviation weighted by people, in the unit of the scale"
    )
    standard_error: float = number("beta: delete-one jackknife over economies; missing for sigma", ge=0)
    speed: float = number("beta: -ln(1 - b T)/T, per year; missing if b T is 1 or more, and for sigma")
    change: float = number("sigma: value minus its value in the first year, negative if economies converge; missing for beta")
    n_economies: int = count("Number of economies in the set: those with a value reported for both ends, and a population")
    n_left_out: int = count("Number of members outside the set; in the world the people outside the listed economies count as one member")
    n_filled: int = count("Number of economies whose value for the year is interpolated between reported ones")
    n_clipped: int = count("Number of economies set to 0.5 or 99.5 per cent before the logit")
    coverage: float = columns.coverage(meaning="Share of the group's people in the last year who live in the set, 0 to 1")
    publishable: str = columns.publishable()
    reason: str = columns.reason()
    source: str = columns.source(meaning="Source of the economies' values")
    vintage: str = columns.vintage(meaning="Vintage of the economies' values")
    note: str = columns.note()

    class Config:
        unique = [
            "group_name",
            "membership",
            "indicator",
            *BREAKDOWN,
            *["measure", "scale", "year_from", "year_to", "year", "source", "vintage"],
        ]
