"""Contracts of the tables that are computed: group figures, gaps, distances, decompositions, projections, gaps in the data."""

from __future__ import annotations

import pandera.pandas as pa

from indicators.contracts.fields import Table, number, required_text, text
from indicators.contracts.vocabulary import (
    DENOMINATORS,
    DIVIDES,
    EDITIONS_OF_MEMBERS,
    EVIDENCE,
    FEASIBILITIES,
    LOCALITIES,
    MEASURES,
    MISSING_FIGURES,
    MODELS,
    RULES,
    SCENARIOS,
    SEXES,
    TARGET_RULES,
    TARGET_STATUSES,
)
from indicators.registries.conventions import whole


class Aggregates(Table):
    """One row: one group's population-weighted figure under one rule for missing data."""

    scheme: str = required_text("The classification the group belongs to")
    group_name: str = required_text("Name of the group")
    membership: str = text("Members of that year's 31 December, or of the newest list", among=("in force", "latest"))
    indicator: str = required_text("Name of the indicator")
    year: int = number("Calendar year", needed=True)
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    rule: str = text("What is assumed of members without a value", among=RULES)
    value: float = number("The group's figure in the unit of the indicator; missing under hard bounds, which gives an interval")
    lower: float = number("Lowest value the missing members leave possible", needed=True)
    upper: float = number("Highest value the missing members leave possible; missing where the indicator has no ceiling")
    coverage: float = number(
        "Share of the group's people who live in members with a value reported for that year, 0 to 1", needed=True, ge=0, le=1 + 1e-9
    )
    n_reporting: int = number("Members with a value reported for that year", needed=True, ge=0)
    n_filled: int = number("Members whose value this rule took from other years", needed=True, ge=0)
    n_members: int = number(
        "Members with a known population; in the world the people outside the economies listed count as one", needed=True, ge=1
    )
    publishable: str = text("By coverage: two thirds and more, half and more, less", among=("published", "indicative", "not published"))
    population: float = number("People living in the members, by the newest vintage of the population", needed=True, gt=0)
    people: float = number(
        "People reached in the members that have a value under this rule, and so at least; missing for rates that are no share of people"
    )
    people_lower: float = number("Fewest people reached that the bounds allow; missing for rates that are no share of people")
    people_upper: float = number("Most people reached that the bounds allow; missing for rates that are no share of people")
    source: str = required_text("Source of the members' values")
    vintage: str = required_text("Vintage of the members' values")
    note: str = text(
        "Members left out for want of a population, that never reported, or whose value was carried long; holes of the vintage"
    )

    class Config:
        unique = ["group_name", "membership", "indicator", "year", "sex", "locality", "age", "rule", "source", "vintage"]


class Gaps(Table):
    """One row: one divide in one area and year, both sides from one source and vintage; computed ones by the newest lists."""

    divide: str = text("Which divide", among=DIVIDES)
    indicator: str = required_text("Name of the indicator")
    area: str = required_text("Area both sides belong to")
    among: str = required_text("The people compared: all, or a locality, sex or age both sides share")
    year: int = number("Calendar year", needed=True)
    basis: str = text("Published by the source, or computed here from economies", among=("published", "computed"))
    side_a: str = required_text("The better-off or reference side")
    side_b: str = required_text("The other side")
    value_a: float = number("Value of side a, in percent", needed=True, ge=0, le=100)
    value_b: float = number("Value of side b, in percent", needed=True, ge=0, le=100)
    difference: float = number("a - b, percentage points", needed=True, ge=-100, le=100)
    difference_lower: float = number("Lowest difference the two printed forms or bounds allow, percentage points")
    difference_upper: float = number("Highest difference the two printed forms or bounds allow, percentage points")
    relative: float = number("(a - b) / a, a ratio; missing if a is 0", le=1)
    ratio: float = number("a / b; missing if b is 0", ge=0)
    ratio_lower: float = number("Lowest ratio the two printed forms or bounds allow", ge=0)
    ratio_upper: float = number("Highest ratio the two printed forms or bounds allow", ge=0)
    parity: float = number("b / a, for the sexes women over men; missing if a is 0", ge=0)
    parity_lower: float = number("Lowest parity the two printed forms or bounds allow", ge=0)
    parity_upper: float = number("Highest parity the two printed forms or bounds allow", ge=0)
    offline_ratio: float = number("(100 - b) / (100 - a); missing if a is 100", ge=0)
    coverage_a: float = number("Share of side a's people behind its value, 0 to 1; missing for published figures")
    coverage_b: float = number("Share of side b's people behind its value, 0 to 1; missing for published figures")
    publishable: str = text(
        "By the coverage of the thinner side; published figures are the publisher's", among=("published", "indicative", "not published")
    )
    source: str = required_text("Source of both values")
    vintage: str = required_text("Vintage of both values")

    class Config:
        unique = ["divide", "indicator", "area", "among", "year", "basis", "source", "vintage"]


class TimeDistance(Table):
    """One row: one area, how many years it is behind one benchmark, at the level it has in one year; both of one source and vintage."""

    indicator: str = required_text("Name of the indicator")
    area: str = required_text("ISO3 of an economy, or name of a group")
    area_kind: str = text("Whether the area is an economy or a group", among=("economy", "group"))
    year: int = number("Calendar year of the area's level", needed=True)
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    basis: str = text(
        "Whether the groups' levels are published by the source, or computed here from economies", among=("published", "computed")
    )
    benchmark: str = required_text("The area it is compared with")
    value: float = number("Level of the area, in the unit of the indicator")
    benchmark_year: float = number("When the benchmark first stood at that level, its values joined linearly; years with their fraction")
    years_behind: float = number("year - benchmark_year, years; negative is ahead; missing where that cannot be told")
    lower: float = number("Fewest years behind that the benchmark's series leaves possible; missing: no lower end")
    upper: float = number("Most years behind that the benchmark's series leaves possible; missing: no upper end")
    reason: str = text("Why years_behind is missing, and what can be said")
    source: str = required_text("Source of both levels")
    vintage: str = required_text("Vintage of both levels")
    note: str = text("Where the benchmark's series is joined over more than five years")

    class Config:
        unique = ["indicator", "area", "year", "sex", "locality", "age", "basis", "benchmark", "source", "vintage"]


class Convergence(Table):
    """One row: one measure of convergence, beta or sigma, of a fixed set of economies, on one scale and over one window; sigma a year."""

    scheme: str = required_text("The classification the group belongs to")
    group_name: str = required_text("Name of the group within which economies are compared")
    membership: str = text("Members of the last year's 31 December, or of the newest list", among=("in force", "latest"))
    indicator: str = required_text("Name of the indicator")
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    measure: str = text("beta: whether those behind move faster; sigma: how far apart they are", among=("beta", "sigma"))
    scale: str = text(
        "Values as they are, their logits where there is a ceiling, or their logarithms where none", among=("linear", "logit", "log")
    )
    year_from: int = number("First year of the window", needed=True)
    year_to: int = number("Last year of the window", needed=True)
    year: int = number("Calendar year of sigma; for beta the last of the window", needed=True)
    value: float = number(
        "beta: slope b of (x_T - x_0)/T = a - b x_0, a year, positive where those behind move faster, which errors in the first year's "
        "values alone bring about; sigma: standard deviation over people, in the unit of the indicator, logits or logarithms"
    )
    standard_error: float = number("beta: delete-one jackknife over economies; missing for sigma", ge=0)
    speed: float = number("beta: -ln(1 - b T)/T, a year; missing if b T is 1 or more, and for sigma")
    change: float = number("sigma: less its value in the first year, negative where economies converge; missing for beta")
    n_economies: int = number("Economies in the set: those with values reported for both ends, and people", needed=True, ge=0)
    n_left_out: int = number("Members outside it; in the world the people outside the economies listed count as one", needed=True, ge=0)
    n_filled: int = number("Economies whose value for the year is joined linearly between reported ones", needed=True, ge=0)
    n_clipped: int = number("Economies clipped to 0.5 or 99.5 percent before the logit", needed=True, ge=0)
    coverage: float = number("Share of the group's people in the last year who live in the set, 0 to 1", needed=True, ge=0, le=1 + 1e-9)
    publishable: str = text("By coverage: two thirds and more, half and more, less", among=("published", "indicative", "not published"))
    reason: str = text("Why there is no value")
    source: str = required_text("Source of the economies' values")
    vintage: str = required_text("Vintage of the economies' values")
    note: str = text("What to keep in mind")

    class Config:
        unique = [
            "group_name", "membership", "indicator", "sex", "locality", "age", "measure", "scale", "year_from", "year_to",
            "year", "source", "vintage",
        ]  # fmt: skip


class ChangeDecomposition(Table):
    """One row: one change of a group's figure between two points, each a vintage and a year, in the parts that add up to it."""

    scheme: str = required_text("The classification the group belongs to")
    group_name: str = required_text("Name of the group")
    member_list: str = text("Members of each year's 31 December, or of the newest list", among=("in force", "latest"))
    indicator: str = required_text("Name of the indicator")
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    measure: str = text(
        "The mean in the unit of the indicator, or the people it reaches or does not, in members with a value",
        among=("value", "people reached", "people not reached"),
    )
    vintage_from: str = required_text("Vintage of the first point")
    year_from: int = number("Year of the first point", needed=True)
    vintage_to: str = required_text("Vintage of the second point; the same if only the year differs")
    year_to: int = number("Year of the second point", needed=True)
    value_from: float = number("Figure at the first point, each vintage's values joined and carried; missing if no member has one")
    value_to: float = number("Figure at the second point; missing if no member has one")
    total: float = number("value_to - value_from; progress, revision, population and membership add up to it")
    progress: float = number("From the first year to the second, as the later vintage tells both: within + shift")
    revision: float = number("What the first year's values are now said to have been, less what was said before")
    population: float = number("The first year's people as the later edition of the population counts them")
    membership: float = number("Members that are in the one figure and not in the other: leaving + joining")
    within: float = number("Part of progress: economies' own values move")
    shift: float = number("Part of progress: people move between economies; in a count of people their growth")
    leaving: float = number("Part of membership: those in the first figure only")
    joining: float = number("Part of membership: those in the second figure only")
    listing: float = number("Part of membership because the list changed; the rest because members fell silent or began to report")
    revision_of_reported: float = number("Part of revision: reported before and now")
    revision_newly_reported: float = number("Part of revision: taken from other years before, reported now")
    revision_withdrawn: float = number("Part of revision: reported before, taken from other years now")
    revision_of_filled: float = number("Part of revision: taken from other years before and now")
    revision_lower: float = number("Lowest revision over the six orders in which values and populations can move")
    revision_upper: float = number("Highest revision over the six orders")
    population_lower: float = number("Lowest population term over the six orders")
    population_upper: float = number("Highest population term over the six orders")
    progress_lower: float = number("Lowest progress over the six orders")
    progress_upper: float = number("Highest progress over the six orders")
    published_from: float = number("What had been printed of the group for the first point; people at the population used here")
    published_to: float = number("What had been printed of the group for the second point")
    unexplained: float = number("Change of what was printed less total; with it the parts add up to the printed change")
    n_from: int = number("Members with a value at the first point", needed=True, ge=0)
    n_to: int = number("Members with a value at the second point", needed=True, ge=0)
    n_kept: int = number("Members with a value at both, and for the first year in the later vintage", needed=True, ge=0)
    group_people_from: float = number("People of all members at the first point", needed=True, ge=0)
    group_people_to: float = number("People of all members at the second point", needed=True, ge=0)
    population_from: str = required_text("Edition of the population at the first point: source and vintage")
    population_to: str = required_text("Edition of the population at the second point: source and vintage")
    printed_in_from: str = text("Where published_from was printed: source and vintage")
    printed_in_to: str = text("Where published_to was printed: source and vintage")
    source: str = required_text("Source of both vintages")
    reason: str = text("Why the change cannot be split")
    note: str = text("The economies that moved the figure most, in the unit of the row, people in millions; holes of a vintage")

    class Config:
        unique = [
            "group_name", "member_list", "indicator", "sex", "locality", "age", "measure", "source",
            "vintage_from", "year_from", "vintage_to",
            "year_to", "population_from", "population_to",
        ]  # fmt: skip


class Inequality(Table):
    """One row: one measure of inequality between economies, for one indicator, year and way to split it."""

    measure: str = text("Which measure; a ratio without a unit", among=MEASURES)
    indicator: str = required_text("Name of the indicator")
    year: int = number("Calendar year", needed=True)
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    scheme: str = required_text("What it is split by: income, itu region, world bank region; none: over all economies, not split")
    membership: str = text(
        "Members of that year's 31 December, or of the newest list; none: not split", among=("in force", "latest", "none")
    )
    economies: str = text(
        "All economies that report for the year, or those there in every year in which two thirds of the people are, so that years compare",
        among=("reporting that year", "same in all years"),
    )
    value: float = number("The measure, each economy weighing as much as its people; missing where it is undefined")
    between: float = number("Part of it between the groups; only of theil and mean log deviation", ge=0)
    within: float = number("Part of it within the groups; between and within add up to the value", ge=0)
    mean: float = number("Weighted mean of the economies taken, in the unit of the indicator", needed=True)
    highest: float = number(
        "Highest value of the measure at this mean, as if people were reached wholly or not at all; missing without a ceiling"
    )
    share_of_highest: float = number("Value over highest, a ratio: a falling gini may only mean a rising mean", ge=-1 - 1e-9, le=1 + 1e-9)
    coverage: float = number("Share of the world's people who live in the economies taken, 0 to 1", needed=True, ge=0, le=1 + 1e-9)
    publishable: str = text("By coverage: two thirds and more, half and more, less", among=("published", "indicative", "not published"))
    n: int = number("Economies taken", needed=True, ge=1)
    source: str = required_text("Source of the economies' values")
    vintage: str = required_text("Vintage of the economies' values")
    ranked_by: str = text("By what income economies are ranked, with its source and vintage; only of the concentration indices")
    reason: str = text("Why the measure is undefined; missing where it is defined")
    note: str = text("Economies left out for want of a population, a group or an income; which years are compared")

    class Config:
        unique = [
            *[
                "measure",
                "indicator",
                "year",
                "sex",
                "locality",
                "age",
                "scheme",
                "membership",
                "economies",
                "source",
                "vintage",
                "ranked_by",
            ]
        ]


class AggregateConsistency(Table):
    """One row: one published group figure tested against what its members' own values allow."""

    scheme: str = required_text("The classification the group belongs to; unknown for a group we do not know")
    group_name: str = required_text("Name of the group")
    indicator: str = required_text("Name of the indicator")
    year: int = number("Calendar year", needed=True)
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    source: str = required_text("Source of the published figure")
    vintage: str = required_text("Vintage of the published figure")
    membership: str = text(
        "Members on the list of the day the figure came out, on the list before that if it ended within the year before, or on that of the "
        "figure's year's 31 December",
        among=("at publication", "list before", "in force"),
    )
    list: str = pa.Field(description="That day, ISO", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    members_source: str = text("Source of the members' values; missing if none is held for the year")
    members_vintage: str = text("Vintage of the members' values")
    members_are: str = text("How that vintage stands to the one of the figure", among=EDITIONS_OF_MEMBERS)
    published: float = number("The published figure, in the unit of the indicator", needed=True)
    published_lower: float = number("Lowest true value its printed form allows; missing: no lower limit stated")
    published_upper: float = number("Highest true value its printed form allows; missing: no upper limit stated")
    lowest_possible: float = number(
        "Lowest value the members' values allow, the silent at 0, in the unit of the indicator; missing if not testable"
    )
    highest_possible: float = number(
        "Highest value they allow, the silent at the ceiling; missing if not testable, or a silent member has no ceiling"
    )
    slack: float = number("How far the two may move if every population is off by two per cent, in the unit of the indicator", ge=0)
    feasible: str = text("Whether the figure can be true, within the slack", among=FEASIBILITIES)
    beyond: float = number(
        "How far its nearest true value lies beyond bound and slack, in the unit of the indicator; missing if feasible", gt=0
    )
    forced_by: str = text(
        "The fewest members without whose values the figure would be possible, those that matter most first; ten are named"
    )
    forced_by_any_of: str = text("All members whose value alone forces it; missing if no single one does; ten are named")
    coverage: float = number(
        "Share of the group's people who live in members with a value, 0 to 1; missing if not testable", ge=0, le=1 + 1e-9
    )
    n_reporting: int = number("Members with a value for the year", needed=True, ge=0)
    n_members: int = number(
        "Members with a known population, counted where the test came so far; people outside the economies count as one", needed=True, ge=0
    )
    reason: str = text("Why it cannot be tested; missing where it is")
    note: str = text("Members left out for want of a population")

    class Config:
        unique = [
            *["group_name", "indicator", "year", "sex", "locality", "age", "source", "vintage"],
            *["membership", "members_source", "members_vintage"],
        ]


class ImputedAggregates(Table):
    """One row: one group figure that a source's newest vintage does not print, and our own estimate in its place."""

    source: str = required_text("Source that does not print it, and of the members' values")
    vintage: str = required_text("Its newest vintage, that of the members' values")
    indicator: str = required_text("Name of the indicator")
    group_name: str = required_text("Name of the group")
    year: int = number("Calendar year", needed=True)
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    list: str = pa.Field(description="Day on whose list the members stand: that of the vintage, ISO", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    missing_because: str = text("In which way the vintage goes without the figure", among=MISSING_FIGURES)
    value: float = number("Members' values interpolated and carried, weighted by people, in the unit of the indicator; else a reason")
    nature: str = text("Whose figure it is: ours, and no publisher's", among=("own estimate",))
    lower: float = number("Lowest value the missing members leave possible; missing where nothing can be estimated")
    upper: float = number("Highest value the missing members leave possible; missing where the indicator has no ceiling")
    coverage: float = number(
        "Share of the group's people who live in members with a value reported for that year, 0 to 1", ge=0, le=1 + 1e-9
    )
    known: float = number("Share of the group's people who live in members with a value of that or an earlier year, 0 to 1", ge=0, le=1)
    carried_long: float = number("Share of the group's people whose value is carried for more than five years, 0 to 1", ge=0, le=1)
    publishable: str = pa.Field(
        description="By coverage: two thirds and more, half and more, less; missing where nothing can be estimated",
        nullable=True,
        isin=["published", "indicative", "not published"],
    )
    n_reporting: int = number("Members with a value reported for that year", needed=True, ge=0)
    n_filled: int = number("Members whose value is taken from other years", needed=True, ge=0)
    n_members: int = number("Members with a known population; people outside the economies count as one", needed=True, ge=0)
    lost_members: str = text(
        "Members that had values in an earlier vintage and have none in this one, which may have holes; parted by commas"
    )
    n_compared: int = number("Years in which the same rule can be held against the published figure", needed=True, ge=0)
    compared_in: str = text("Newest vintage that has both, by the list of its day; missing if none has")
    mean_error: float = number("Mean absolute difference in those years, in the unit of the indicator", ge=0)
    largest_error: float = number("Largest absolute difference in those years, in the unit of the indicator", ge=0)
    largest_error_year: float = number("Year of it")
    last_printed: float = number("What the last vintage that printed the figure said; of another vintage, not to be joined on")
    last_printed_in: str = text("That vintage; missing if none printed it")
    reason: str = text("Why nothing can be estimated; missing where something is")
    note: str = text("Members left out for want of a population, without a value, or whose value was carried long")

    class Config:
        unique = ["source", "vintage", "indicator", "group_name", "year", "sex", "locality", "age"]


class Projections(Table):
    """One row: one year of one series as one model projects it, with how the model would have done so far."""

    indicator: str = required_text("Name of the indicator, a share of which more is better")
    area: str = required_text("ISO3 of an economy, or name of a group")
    area_kind: str = text("Whether the area is an economy or a group", among=("economy", "group"))
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    model: str = text("Growth curve, straight line through the logits of the last five years, or the last value", among=MODELS)
    year: int = number("Year projected, one to five after the last value of the series", needed=True)
    horizon: int = number("Years after the last value", needed=True, ge=1, le=whole("projection_horizon"))
    value: float = number("Projected value, in percent; missing where the model cannot say, and then there is a reason", ge=0, le=100)
    lower: float = number(
        "Lower end of what is expected: value plus the 10th percentile of the model's errors; missing if not tested",
        ge=0,
        le=100,
    )
    upper: float = number(
        "Upper end: value plus the 90th percentile; an interval may lie beside its value, where the model was mostly too low or too high",
        ge=0,
        le=100,
    )
    bias: float = number("Mean of those errors, percentage points: what came less what was forecast; above 0 the model has been too low")
    interval_coverage: float = number(
        "Share of later outcomes that such an interval, made from earlier ones, would have held; it promises 0.8", ge=0, le=1
    )
    backtest_error: float = number("Mean absolute error of the model over as many years, over all economies, percentage points", ge=0)
    persistence_error: float = number("The same of no change, over the same forecasts, percentage points", ge=0)
    line_error: float = number("The same of the straight line in logits, percentage points", ge=0)
    own_error: float = number("Mean absolute error of the model in this series alone, percentage points; missing if it is too short", ge=0)
    own_persistence_error: float = number("The same of no change, over the same forecasts, percentage points", ge=0)
    areas_tested: float = number("Economies in the back-test; below 30 it decides nothing", ge=0)
    forecasts_tested: float = number("Forecasts in the back-test", ge=0)
    beats_no_change: bool = pa.Field(description="Whether the model's error is below that of no change, over at least 30 economies")
    is_shown: bool = pa.Field(description="Whether to show it: no change always, the line if it beats no change, a curve if it beats both")
    last_value: float = number("Last value of the series, in percent", needed=True, ge=0, le=100)
    last_year: int = number("Year of it", needed=True)
    first_year: int = number("First year fitted: that of the series, or of the newest break in it", needed=True)
    n_values: int = number("Values from there to the last", needed=True, ge=1)
    left_out: str = text("Why the values before first_year are left out; missing if there are none")
    source: str = required_text("Source of the series")
    vintage: str = required_text("Vintage of the series")
    newest_year: float = number("Year of the newest published figure of any source, where the series ends before it; not projected from")
    newest_value: float = number("That figure, in percent", ge=0, le=100)
    newest_source: str = text("Source of that figure")
    newest_vintage: str = text("Vintage of that figure")
    reason: str = text("Why there is no value, what the back-test holds against it, or why its interval lies beside it")

    class Config:
        unique = ["indicator", "area", "sex", "locality", "age", "model", "year"]


class Targets(Table):
    """One row: one target held against one area."""

    target: str = required_text("Name of the target")
    target_set: str = required_text("Whose targets it belongs to")
    statement: str = required_text("The target in our words")
    area: str = required_text("ISO3 of an economy, or name of a group")
    area_kind: str = text("Whether the area is an economy or a group", among=("economy", "group"))
    indicator: str = required_text("Indicator it is held against")
    age: str = required_text("Age of the people counted")
    rule: str = text("How the value is compared; within: required to required_upper", among=TARGET_RULES)
    stated: float = number("What the target says, in the unit of the indicator", needed=True)
    required: float = number("What is asked: as stated, and 95 where 100 per cent is stated", needed=True)
    required_upper: float = number("Upper end of what is asked, for the rule within; else missing")
    deadline: int = number("Last year the target leaves", needed=True)
    latest: float = number("Newest value up to the deadline, in the unit of the indicator; missing if none is held")
    lower: float = number("Lowest true value its printed form allows")
    upper: float = number("Highest true value its printed form allows")
    year: float = number("Year of it")
    pace: float = number("Change a year since pace_from, in the unit of the indicator; missing without a second value in five years")
    pace_from: float = number("First year with a value of the five before, not across a break")
    n_values: float = number("Values from there to the latest", ge=1)
    required_pace: float = number("Change a year that reaches what is asked by the deadline; missing once met, or at the deadline")
    ratio: float = number("required_pace / pace; missing where the pace leads away", ge=0)
    logit_pace: float = number("Change of the logit a year; missing for what is no share")
    logit_required_pace: float = number("Change of the logit a year that reaches what is asked by the deadline")
    logit_ratio: float = number("logit_required_pace / logit_pace; missing where the pace leads away", ge=0)
    status: str = text("Where the area stands, by the pace in the unit of the indicator", among=TARGET_STATUSES)
    source: str = text("Source of the values; missing if none is held")
    vintage: str = text("Vintage of the values; missing if none is held")
    set_by: str = required_text("Where the target is set")
    set_status: str = text("How we know of it", among=("as printed", "as reported by others"))
    base: str = text("What differs between the target and the figure")
    reason: str = text("Why it cannot be told, or what to keep in mind")

    class Config:
        unique = ["target", "area"]


class Scenarios(Table):
    """One row: one scenario, group and year: where the group would stand if every member moved as the scenario says; never a forecast."""

    scenario: str = text("The scenario; the Methods page has its rule under Scenarios", among=SCENARIOS)
    assumption: str = required_text("What is taken to be so, of every economy; the people of each stay as many as they are")
    group_name: str = required_text("Name of the group, by the newest list of its members; an economy alone has no row")
    indicator: str = required_text("Name of the indicator, a share of people of which more is better")
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    year: int = number("The year asked for", needed=True)
    base_year: int = number("Newest year in which half of the world's people live in economies with a value", needed=True)
    horizon: int = number("Years from base_year to year", needed=True, ge=1)
    value: float = number("The group's share, in percent, over the members with a path; missing if none has one", ge=0, le=100)
    lower: float = number(
        "Lowest share the members without a path leave possible: they at 0, under target reached at the target", needed=True, ge=0, le=100
    )
    upper: float = number("Highest share they leave possible: they at 100", needed=True, ge=0, le=100)
    people_lower: float = number("Fewest people reached that these bounds allow", needed=True, ge=0)
    people_upper: float = number("Most people reached that these bounds allow", needed=True, ge=0)
    offline_lower: float = number("Fewest people not reached that these bounds allow", needed=True, ge=0)
    offline_upper: float = number("Most people not reached that these bounds allow", needed=True, ge=0)
    population: float = number("People of the members, in population_year", needed=True, gt=0)
    population_year: int = number("Newest year held of the population, which is held constant: none of coming years is held", needed=True)
    coverage: float = number(
        "Share of the group's people in members whose path starts from a value of base_year, 0 to 1", needed=True, ge=0, le=1
    )
    known: float = number("Share of the group's people in members with a path, 0 to 1", needed=True, ge=0, le=1)
    publishable: str = text("By coverage: two thirds and more, half and more, less", among=("published", "indicative", "not published"))
    n_members: int = number("Members with a known population; people outside the economies count as one", needed=True, ge=1)
    n_with_path: int = number("Members with a path: with a value of the five years before, and a pace", needed=True, ge=0)
    required: float = number("What the target asks of every economy, in percent; missing if there is no target", ge=0, le=100)
    n_at_target: float = number("Members with a path that would stand at that or better in that year", ge=0)
    n_faster_than_best_quarter: int = number(
        "Members that would move faster than the best quarter of those that once stood where they stand", needed=True, ge=0
    )
    tested_horizon: float = number(
        "Years over which the pace rule was tested on the past; fewer than horizon where no past is so long; missing if not tested", ge=1
    )
    backtest_error: float = number("Mean absolute error of the rule over so many years, over economies, percentage points", ge=0)
    bias: float = number("Mean of these errors, percentage points: what came less what the rule said; below 0 it has been too high")
    persistence_error: float = number("Mean absolute error of no change, over the same cases, percentage points", ge=0)
    economies_tested: float = number("Economies it was tested on, 30 or more", ge=0)
    forecasts_tested: float = number("Cases: economies and years from which it was let run", ge=0)
    group_error: float = number(
        "Mean absolute error of the group's own figure by the rule, percentage points; missing if too few members could be scored", ge=0
    )
    group_bias: float = number("Mean of these errors, percentage points")
    group_persistence_error: float = number("Mean absolute error of no change for the group, from the same years, percentage points", ge=0)
    origins_tested: float = number("Years from which the group's figure was let run; they overlap", ge=0)
    beats_no_change: bool = pa.Field(description="Whether the rule's error over economies is below that of no change")
    source: str = required_text("Source of the members' values")
    vintage: str = required_text("Vintage of the members' values")
    reason: str = text("What was not tested, or not over so long, or does not beat no change, over economies or in the group")
    note: str = text("Members without a path, those with most people first; members left out for want of a population")

    class Config:
        unique = ["scenario", "group_name", "indicator", "sex", "locality", "age", "year"]


class DataGaps(Table):
    """One row: one economy without a value for the year its indicator is judged by, in one breakdown; best worth closing first."""

    rank: int = number("Place among all gaps, 1 worth most", needed=True, ge=1)
    rank_in_indicator: int = number("Place among the gaps of the indicator and breakdown", needed=True, ge=1)
    indicator: str = required_text("Name of the indicator")
    iso3: str = pa.Field(description="The economy", str_matches=r"^[A-Z]{3}$")
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    reference_year: int = number(
        "Newest year with values for two thirds of the world's people, or with any value where there is no such year", needed=True
    )
    last_year: float = number("Year of the last value held; missing if there never was one")
    last_value: float = number("That value, in the unit of the indicator")
    age_years: float = number("Years from it to the reference year; 0 if it is newer", ge=0)
    nature: str = text("Who measured the last value, as in observations; missing if there is none")
    world_bound_shrinks_by: float = number("Points by which knowing it would narrow the hard bounds of the world", ge=0)
    group_bound_shrinks_by: float = number("The same, summed over its other groups", ge=0)
    bounds_shrink_by: float = number("The two together, by which gaps are ranked; missing where the indicator has no highest value", ge=0)
    groups: str = text("Its other groups by the newest lists, parted by commas")
    plausible_lower: float = number("Its own other years, less the 90th percentile of what carrying as long missed by; else 0", ge=0)
    plausible_upper: float = number("The same, plus it; the highest value there can be where nothing was ever reported")
    plausible_bound_shrinks_by: float = number("What it would be worth if the bounds took it to lie in that range", ge=0)
    source: str = text("Source of the last value")
    vintage: str = text("Vintage of the last value")
    reason: str = text("Why its worth is not known")

    class Config:
        unique = ["indicator", "iso3", "sex", "locality", "age"]


class IndicatorReview(Table):
    """One row: one indicator of the catalogue, with what is held of it: how wide, how new, by whom, how often rewritten, on what terms."""

    indicator: str = required_text("Name of the indicator")
    evidence: str = text(
        "Whether economies with two thirds of the people have a value of the last five years, or some have any, or only groups, or none",
        among=EVIDENCE,
    )
    finding: str = required_text("What the figures of the row come to, in words")
    claims: int = number("Statements of the resolution that speak of it, each in its first reading", needed=True, ge=0)
    targets: int = number("Targets that speak of it", needed=True, ge=0)
    reference_year: float = number("Newest year of any number held, of any indicator; ages are counted from it")
    newest_year: float = number("Newest year with a value of an economy")
    headline_year: float = number("Newest year in which economies with two thirds of the people have a value; missing if there is none")
    economies: int = number("Economies with a value of all people, of any year", needed=True, ge=0)
    economies_recent: int = number("Those whose newest value is no older than five years", needed=True, ge=0)
    economies_listed: int = number("Economies of the table economies", needed=True, ge=0)
    share_of_economies: float = number("Economies with a value over those listed, 0 to 1", ge=0, le=1)
    share_of_economies_recent: float = number("The same, of values no older than five years", ge=0, le=1)
    share_of_people: float = number(
        "Share of the world's people who live in economies with a value, 0 to 1; missing without a population", ge=0, le=1 + 1e-9
    )
    share_of_people_recent: float = number("The same, of values no older than five years", ge=0, le=1 + 1e-9)
    median_age_years: float = number("Age of the newest value, years, median over the economies with one", ge=0)
    mean_age_years: float = number("Age of the newest value, years, mean over the people of the economies with one", ge=0)
    share_country: float = number("Share of economies whose newest value the country measured; the three add up to 1", ge=0, le=1)
    share_estimate: float = number("Share of economies whose newest value the publisher estimated", ge=0, le=1)
    share_unknown: float = number("Share of economies of whose newest value this is not told", ge=0, le=1)
    people_country: float = number("share_country, each economy weighing as much as its people", ge=0, le=1 + 1e-9)
    people_estimate: float = number("share_estimate, weighed so", ge=0, le=1 + 1e-9)
    people_unknown: float = number("share_unknown, weighed so", ge=0, le=1 + 1e-9)
    economies_by_sex: int = number("Economies with women and men of one year, source and vintage", needed=True, ge=0)
    last_year_by_sex: float = number("Newest year in which an economy has both")
    economies_by_locality: int = number("Economies with urban and rural of one year, source and vintage", needed=True, ge=0)
    last_year_by_locality: float = number("Newest year in which an economy has both")
    economies_by_age: int = number("Economies with two ages or more of one year, source and vintage", needed=True, ge=0)
    last_year_by_age: float = number("Newest year in which an economy has them")
    groups: int = number("Groups with a published figure of all people", needed=True, ge=0)
    newest_year_of_groups: float = number("Newest year of these")
    groups_estimated: float = number("Share of groups whose newest figure is the publisher's estimate, 0 to 1", ge=0, le=1)
    breakdowns_of_groups: str = text("By what groups are broken down, parted by commas")
    pairs_compared: int = number("Pairs of consecutive whole vintages of one source that hold economies", needed=True, ge=0)
    numbers_compared: float = number("Numbers of economies that both vintages have, over all pairs", ge=0)
    share_moved: float = number("Share of them that moved beyond their precision, 0 to 1", ge=0, le=1)
    median_move: float = number("Median of the moves without their sign, in the unit of the indicator", ge=0)
    largest_move: float = number("Largest of them", ge=0)
    largest_move_of: str = text("Economy and year of the largest")
    share_withdrawn: float = number("Share of the numbers of the earlier vintage that the later no longer has, 0 to 1", ge=0, le=1)
    volatility_reason: str = text("Why vintages cannot be compared; missing where they can")
    vintages: int = number("Dated vintages held, over all sources", needed=True, ge=0)
    sources: str = text("Sources it is held from, parted by commas; missing if nothing is held")
    licence: str = text("Strictest licence of its numbers")
    links: str = text("Addresses of its sources, parted by spaces")
    sdg_metadata: str = text("Address of the metadata of the indicator of the 2030 Agenda it reports on")
    denominator: str = text("Whether the catalogue states who or what a share is a share of", among=DENOMINATORS)

    class Config:
        unique = ["indicator"]
