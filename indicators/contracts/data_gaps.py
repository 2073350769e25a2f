"""Contracts of the tables on what is missing: data gaps and the review of the indicators."""

from __future__ import annotations

from indicators.contracts import columns
from indicators.contracts.columns import BREAKDOWN
from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, count, number, required_text, share, text, word
from indicators.contracts.vocabulary import Denominator, Evidence


@table(
    "data_gaps",
    Layer.MEASURES,
    made_by="measures.data_gaps.data_gaps",
    summary="Missing or outdated values, ranked by how much each would reduce the uncertainty of the world and group figures.",
    details=(
        "`bounds_shrink_by` gives the percentage points by which one number would narrow the bounds of the world and of the economy's "
        "groups."
    ),
    see_also=("chart_data_gaps_by_group", "indicator_review"),
)
class DataGaps(Table):
    """One row: one economy without a value for the reference year of an indicator and breakdown, ranked by its effect."""

    rank: int = count("Rank among all gaps; 1 reduces the uncertainty of the group figures most", least=1)
    rank_in_indicator: int = count("Rank among the gaps of the same indicator and breakdown", least=1)
    indicator: str = columns.indicator()
    iso3: str = columns.iso3()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    reference_year: int = columns.year(
        meaning="Newest calendar year with values for two thirds of the world's people; if there is none, the newest with any value"
    )
    last_year: float = number("Calendar year of the last value; missing if there never was one")
    last_value: float = number("Last value, in the unit of the indicator")
    age_years: float = number("Age of the last value in the reference year, in years; 0 if it is newer", ge=0)
    nature: str = text("Who made the last value: the country, the publisher by estimate, or unknown; missing if there is none")
    world_bound_shrinks_by: float = number(
        "How much the interval of the world would narrow with this value, in the unit of the indicator (points for shares)", ge=0
    )
    group_bound_shrinks_by: float = number("Sum by which the intervals of its other groups would narrow, in the same unit", ge=0)
    bounds_shrink_by: float = number("Sum of the two, by which gaps are ranked; missing where the indicator has no highest value", ge=0)
    groups: str = text("Its other groups on the newest lists, comma-separated")
    plausible_lower: float = number(
        "Lowest plausible value: that of its own other years, less the 90th percentile of the errors of carrying; 0 if it has none",
        ge=0,
    )
    plausible_upper: float = number("Highest plausible value: the same, plus that percentile; the highest possible value if it has none")
    plausible_bound_shrinks_by: float = number(
        "Sum by which the intervals would narrow if they assumed the plausible range instead of the full range, in the same unit", ge=0
    )
    source: str = text("Source of the last value")
    vintage: str = text("Vintage of the last value")
    reason: str = columns.reason(meaning="Why the effect of closing the gap is not known; missing where it is")

    class Config:
        unique = ["indicator", "iso3", *BREAKDOWN]


@table(
    "indicator_review",
    Layer.MEASURES,
    made_by="measures.indicator_review.indicator_review",
    summary="Review of the indicators: coverage, age, publishers, revisions and licences of what is held of each.",
    see_also=("indicators", "data_gaps", "unmeasured_topics"),
)
class IndicatorReview(Table):
    """One row: one indicator of the catalogue, with the coverage, age, origin, stability and licence of its data."""

    indicator: str = columns.indicator()
    evidence: str = word(
        "Whether economies with two thirds of the people have a value of the last five years, or some have any, or only groups, or none",
        Evidence,
    )
    finding: str = required_text("Summary of the row in words")
    claims: int = count("Number of statements of the resolution on it, each counted once")
    targets: int = count("Number of targets on it")
    reference_year: float = number("Newest calendar year with a value of any indicator; ages are counted from it")
    newest_year: float = number("Newest calendar year with a value of an economy")
    headline_year: float = number("Newest calendar year in which economies with two thirds of the people have a value; missing if none")
    economies: int = count("Number of economies with a value for all people, of any year")
    economies_recent: int = count("Number of economies whose newest value is at most five years old")
    economies_listed: int = count("Number of economies in the table economies")
    share_of_economies: float = share("Economies with a value divided by economies listed, 0 to 1")
    share_of_economies_recent: float = share("Economies with a value at most five years old divided by economies listed, 0 to 1")
    share_of_people: float = share(
        "Share of the world's people who live in economies with a value, 0 to 1; missing without a population", summed=True
    )
    share_of_people_recent: float = share("The same for values that are at most five years old", summed=True)
    median_age_years: float = number("Median age of the economies' newest values, in years", ge=0)
    mean_age_years: float = number("Mean age of the economies' newest values, weighted by people, in years", ge=0)
    share_country: float = share("Share of economies whose newest value was measured by the country, 0 to 1")
    share_estimate: float = share("Share of economies whose newest value was estimated by the publisher, 0 to 1")
    share_unknown: float = share("Share of economies whose newest value is of unknown origin, 0 to 1; the three add up to 1")
    people_country: float = share("share_country, weighted by people", summed=True)
    people_estimate: float = share("share_estimate, weighted by people", summed=True)
    people_unknown: float = share("share_unknown, weighted by people", summed=True)
    economies_by_sex: int = count("Number of economies with values for women and men of one year, source and vintage")
    last_year_by_sex: float = number("Newest calendar year in which an economy has both")
    economies_by_locality: int = count("Number of economies with urban and rural values of one year, source and vintage")
    last_year_by_locality: float = number("Newest calendar year in which an economy has both")
    economies_by_age: int = count("Number of economies with values for two or more ages of one year, source and vintage")
    last_year_by_age: float = number("Newest calendar year in which an economy has them")
    groups: int = count("Number of groups with a published figure for all people")
    newest_year_of_groups: float = number("Newest calendar year of these figures")
    groups_estimated: float = share("Share of groups whose newest figure is an estimate of the publisher, 0 to 1")
    breakdowns_of_groups: str = text("Breakdowns published for groups, comma-separated")
    pairs_compared: int = count("Number of pairs of consecutive whole vintages of one source with values of economies")
    numbers_compared: float = number("Number of values of economies that both vintages have, over all pairs", ge=0)
    share_moved: float = share("Share of these values that changed by more than their precision, 0 to 1")
    median_move: float = number("Median absolute change of these, in the unit of the indicator", ge=0)
    largest_move: float = number("Largest absolute change of these, in the unit of the indicator", ge=0)
    largest_move_of: str = text("Economy and year of the largest change")
    share_withdrawn: float = share("Share of the values of the earlier vintage that the later one no longer has, 0 to 1")
    volatility_reason: str = text("Why vintages cannot be compared; missing where they can")
    vintages: int = count("Number of dated vintages, over all sources")
    sources: str = text("Sources of its data, comma-separated; missing if there are none")
    licence: str = text("Most restrictive licence of its data")
    links: str = text("Addresses of its sources, separated by spaces")
    sdg_metadata: str = text("Address of the metadata of the indicator of the 2030 Agenda it reports on")
    denominator: str = word("Whether the catalogue states who or what a share is a share of", Denominator)

    class Config:
        unique = ["indicator"]
