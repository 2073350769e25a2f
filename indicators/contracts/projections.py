"""Contracts of the tables on the years to come: projections, targets, scenarios."""

from __future__ import annotations

from indicators.contracts import columns
from indicators.contracts.columns import BREAKDOWN
from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, count, flag, number, percentage, required_text, share, text, word
from indicators.contracts.vocabulary import Model, Scenario, TargetRule, TargetSetStatus, TargetStatus
from indicators.conventions import whole


@table(
    "projections",
    Layer.MEASURES,
    made_by="measures.projections.projections",
    summary="Series continued at their past pace, compared with no change, with the past errors of such projections.",
    details=(
        "In the unit of the indicator. A model is shown (`is_shown`) only if it beats *no change* in a back-test over economies. These "
        "are no forecasts of any institution."
    ),
    see_also=("chart_internet_use_projected", "targets"),
)
class Projections(Table):
    """One row: one year of one series as one model projects it, with the errors of the model in the past."""

    indicator: str = columns.indicator(meaning="Name of the indicator: a share of which more is better")
    area: str = columns.area()
    area_kind: str = columns.area_kind()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    model: str = word("Growth curve; straight line through the logits of the last five years; or the last value", Model)
    year: int = columns.year(meaning="Calendar year projected, one to five years after the last value of the series")
    horizon: int = number("Number of years after the last value", required=True, ge=1, le=whole("projection_horizon"))
    value: float = percentage("Projected value, in per cent; missing, with a reason, where the model gives none")
    lower: float = percentage("Lower end of the interval: value plus the 10th percentile of the model's errors; missing if not tested")
    upper: float = percentage(
        "Upper end of the interval: value plus the 90th percentile of the errors; an interval can be above or below its value"
    )
    bias: float = number("Mean of the errors, outcome minus forecast, in percentage points; above 0 the model was too low")
    interval_coverage: float = share("Share of later outcomes inside intervals made from earlier ones, 0 to 1; the intended share is 0.8")
    backtest_error: float = number(
        "Mean absolute error of the model at this horizon in the back-test, over all economies, in percentage points", ge=0
    )
    persistence_error: float = number("Mean absolute error of no change, for the same forecasts, in percentage points", ge=0)
    line_error: float = number("Mean absolute error of the straight line in logits, for the same forecasts, in percentage points", ge=0)
    own_error: float = number(
        "Mean absolute error of the model in this series alone, in percentage points; missing if the series is too short", ge=0
    )
    own_persistence_error: float = number(
        "Mean absolute error of no change for the same forecasts of this series, in percentage points", ge=0
    )
    areas_tested: float = number("Number of economies in the back-test; fewer than 30 are not enough for a conclusion", ge=0)
    forecasts_tested: float = number("Number of forecasts in the back-test", ge=0)
    beats_no_change: bool = flag("Whether the error of the model is below that of no change, over at least 30 economies")
    is_shown: bool = flag("Whether to show it: no change always; the line if it beats no change; a curve if it beats both")
    last_value: float = percentage("Last value of the series, in per cent", required=True)
    last_year: int = columns.year(meaning="Calendar year of the last value")
    first_year: int = columns.year(meaning="First calendar year fitted: that of the series, or of the newest break in it")
    n_values: int = count("Number of values from first_year to last_year", least=1)
    left_out: str = text("Why values before first_year are left out; missing if there are none")
    source: str = columns.source(meaning="Source of the series")
    vintage: str = columns.vintage(meaning="Vintage of the series")
    newest_year: float = number("Calendar year of the newest published figure of any source, if the series ends before it")
    newest_value: float = percentage("That figure, in per cent; it is not used for the projection")
    newest_source: str = text("Source of that figure")
    newest_vintage: str = text("Vintage of that figure")
    reason: str = columns.reason(meaning="Why there is no value, why it is not to be relied on, or why it is outside its interval")

    class Config:
        unique = ["indicator", "area", *BREAKDOWN, "model", "year"]


@table(
    "targets",
    Layer.MEASURES,
    made_by="measures.targets.targets",
    summary="Targets, the pace they require, the pace observed, and whether they are met, on pace or missed.",
    details="In the unit of the indicator, paces per year. The table says what a target requires, not where a series will be.",
    see_also=("projections", "current_observations"),
)
class Targets(Table):
    """One row: one target compared with the figures of one area."""

    target: str = required_text("Name of the target")
    target_set: str = required_text("Set of targets it belongs to")
    statement: str = required_text("The target in our words")
    area: str = columns.area()
    area_kind: str = columns.area_kind()
    indicator: str = columns.indicator(meaning="Name of the indicator it is compared with")
    age: str = columns.age()
    rule: str = word("How the value is compared; within: from required to required_upper", TargetRule)
    stated: float = number("Figure that the target states, in the unit of the indicator", required=True)
    required: float = number("Figure that is required: the one stated, but 95 where 100 per cent is stated", required=True)
    required_upper: float = number("Upper end of the range that is required, for the rule within; otherwise missing")
    deadline: int = columns.year(meaning="Last calendar year in which the target can be met")
    latest: float = number("Newest value up to the deadline, in the unit of the indicator; missing if there is none")
    lower: float = number("Lowest true value that the printed form of the latest value allows")
    upper: float = number("Highest true value that the printed form of the latest value allows")
    year: float = number("Calendar year of the latest value")
    pace: float = number("Change per year since pace_from, in the unit of the indicator; missing without a second value in five years")
    pace_from: float = number("First calendar year with a value in the five years before the latest, after any break")
    n_values: float = number("Number of values from pace_from to the latest", ge=1)
    required_pace: float = number("Change per year that meets the target by the deadline; missing if met, or at the deadline")
    ratio: float = number("required_pace / pace; missing where the values move away from the target", ge=0)
    logit_pace: float = number("Change of the logit per year; missing if the indicator is not a share")
    logit_required_pace: float = number("Change of the logit per year that meets the target by the deadline")
    logit_ratio: float = number("logit_required_pace / logit_pace; missing where the values move away from the target", ge=0)
    status: str = word("Whether the area meets the target, or will at its pace in the unit of the indicator", TargetStatus)
    source: str = text("Source of the values; missing if there are none")
    vintage: str = text("Vintage of the values; missing if there are none")
    set_by: str = required_text("Document that sets the target")
    set_status: str = word("Whether the target is as printed in that document or as reported by others", TargetSetStatus)
    base: str = text("How the figure differs from what the target asks for")
    reason: str = columns.reason(meaning="Why the status is undetermined, or what to keep in mind")

    class Config:
        unique = ["target", "area"]


@table(
    "scenarios",
    Layer.MEASURES,
    made_by="measures.scenarios.scenarios",
    summary="Group figures and people offline in coming years if every economy moved as a scenario says.",
    details=(
        "In per cent and in people; population is held constant. Scenarios are no forecasts: the past error of each rule, in points, "
        "is in the row too."
    ),
    see_also=("projections", "targets"),
)
class Scenarios(Table):
    """One row: one scenario, group and year: the group's figure if every member moved as the scenario assumes; not a forecast."""

    scenario: str = word("Name of the scenario; the Methods page explains each", Scenario)
    assumption: str = required_text("What is assumed of every economy; populations are held constant")
    group_name: str = columns.group_name(meaning="Name of the group, with the members on the newest list")
    indicator: str = columns.indicator(meaning="Name of the indicator: a share of people of which more is better")
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    year: int = columns.year(meaning="Calendar year of the scenario")
    base_year: int = columns.year(meaning="Newest calendar year in which half of the world's people live in economies with a value")
    horizon: int = count("Number of years from base_year to year", least=1)
    value: float = percentage("Share of the group, in per cent, over the members with a path; missing if none has one")
    lower: float = percentage(
        "Lowest share if members without a path were at 0, in per cent; under target reached they are at the target", required=True
    )
    upper: float = percentage("Highest share if members without a path were at 100, in per cent", required=True)
    people_lower: float = number("Lowest number of people reached within these bounds", required=True, ge=0)
    people_upper: float = number("Highest number of people reached within these bounds", required=True, ge=0)
    offline_lower: float = number("Lowest number of people not reached within these bounds", required=True, ge=0)
    offline_upper: float = number("Highest number of people not reached within these bounds", required=True, ge=0)
    population: float = number("Number of people living in the members in population_year", required=True, gt=0)
    population_year: int = columns.year(meaning="Newest calendar year of the population, which is held constant")
    coverage: float = share("Share of the group's people in members whose path starts from a value of base_year, 0 to 1", required=True)
    share_with_path: float = share("Share of the group's people in members with a path, 0 to 1", required=True)
    publishable: str = columns.publishable()
    n_members: int = columns.n_members(least=1)
    n_with_path: int = count("Number of members with a path, that is with a value in the five years before and a pace")
    required: float = percentage("Target that every economy is assumed to reach, in per cent; missing if there is none")
    n_at_target: float = number("Number of members with a path that would meet that target in the year", ge=0)
    n_faster_than_best_quarter: int = count(
        "Number of members that would move faster than the best quarter of the economies that were at their level before"
    )
    tested_horizon: float = number(
        "Number of years over which the rule was tested on the past, at most horizon; missing if not tested",
        ge=1,
    )
    backtest_error: float = number("Mean absolute error of the rule over that many years, over economies, in percentage points", ge=0)
    bias: float = number("Mean of these errors, outcome minus rule, in percentage points; below 0 the rule was too high")
    persistence_error: float = number("Mean absolute error of no change, in the same cases, in percentage points", ge=0)
    economies_tested: float = number("Number of economies in the test, 30 or more", ge=0)
    forecasts_tested: float = number("Number of cases in the test: economies and starting years", ge=0)
    group_error: float = number(
        "Mean absolute error of the group's figure by the rule, in percentage points; missing if too few members could be tested", ge=0
    )
    group_bias: float = number("Mean of these errors, outcome minus rule, in percentage points")
    group_persistence_error: float = number(
        "Mean absolute error of no change for the group, for the same starting years, in percentage points", ge=0
    )
    origins_tested: float = number("Number of starting years in the test of the group; their periods overlap", ge=0)
    beats_no_change: bool = flag("Whether the error of the rule over economies is below that of no change")
    source: str = columns.source(meaning="Source of the members' values")
    vintage: str = columns.vintage(meaning="Vintage of the members' values")
    reason: str = columns.reason(meaning="What was not tested, or was tested over fewer years, or does not beat no change")
    note: str = text("Members without a path, those with most people first; members without a population")

    class Config:
        unique = ["scenario", "group_name", "indicator", *BREAKDOWN, "year"]
