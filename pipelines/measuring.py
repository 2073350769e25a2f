"""The work of the two steps that follow the groups' figures: how far apart and how far behind areas are, and where they are heading.

Plain functions, as in `steps`; what is read stands in `sql/`, what is made of it in `indicators/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import models
from pipelines.steps import Outcome

if TYPE_CHECKING:
    from pipelines.warehouse import Warehouse

#: The models of each step, in the order they are made in: the points of a change read the editions of the population, and so on.
INPUTS_OF_SPREAD = (
    *("benchmarked_levels", "population_editions", "change_points", "printed_headlines"),
    *("partitions_by_year", "incomes", "published_averages", "vintages_of_groups", "members_by_list", "values_as_printed"),
    "printed_groups",
)
INPUTS_OF_OUTLOOK = ("projected_series", "newest_figures", "target_series", "what_if_values", "newest_values", "wanted_breakdowns")
INPUTS_OF_REVIEW = ("held_values", "held_breakdowns", "holdings", "revised_numbers")

#: What the check of published averages that only warns looks at.
POSSIBLE = "Warns where a published group figure cannot be true, given its members' own values in the same vintage, on no list tested."

#: How many exceptions a sentence names before it counts the others.
EXCEPTIONS_TOLD = 5


def spread(warehouse: Warehouse) -> None:
    """Compute how far apart and behind economies are, whether they converge, what moved groups, what cannot be true, what stands in."""
    from indicators import change_split, contracts, convergence, feasibility, inequality, stand_ins, time_distance

    for table in INPUTS_OF_SPREAD:
        warehouse.make(table)
    indicators = warehouse.read("indicators").set_index("indicator")
    values, people, members = (warehouse.read(table) for table in ("reported_values", "people", "members_by_year"))
    directed = values[values["indicator"].map(indicators["better"]) != "neither"]
    behind = time_distance.time_distance(warehouse.read("benchmarked_levels"), indicators["better"])
    warehouse.write("time_distance", contracts.conform("time_distance", behind), ["benchmarked_levels", "indicators"])
    found = convergence.convergence(directed, people, members[members["membership"] == "latest"], indicators["ceiling"])
    made_from = ["reported_values", "people", "members_by_year", "indicators"]
    warehouse.write("convergence", contracts.conform("convergence", found), made_from)
    editions = warehouse.read("population_editions").rename(columns={"edition": "vintage"})
    points, headlines = warehouse.read("change_points"), warehouse.read("printed_headlines")
    split = change_split.change_split(directed, editions, members, points, indicators["ceiling"], headlines)
    made_from = ["reported_values", "population_editions", "members_by_year", "change_points", "printed_headlines", "indicators"]
    warehouse.write("change_split", contracts.conform("change_split", split), made_from)
    unequal = inequality.inequality(values, people, warehouse.read("partitions_by_year"), warehouse.read("incomes"), indicators["ceiling"])
    made_from = ["reported_values", "people", "partitions_by_year", "incomes", "indicators"]
    warehouse.write("inequality", contracts.conform("inequality", unequal), made_from)
    tested = feasibility.feasibility(
        warehouse.read("published_averages"),
        warehouse.read("values_as_printed"),
        people,
        warehouse.read("members_by_list"),
        indicators["ceiling"],
    )
    made_from = ["published_averages", "values_as_printed", "people", "members_by_list", "indicators"]
    warehouse.write("feasibility", contracts.conform("feasibility", tested), made_from)
    estimated = stand_ins.stand_ins(
        warehouse.read("printed_groups"),
        values,
        warehouse.read("vintages_of_groups"),
        people,
        warehouse.read("members_by_list"),
        indicators["ceiling"],
    )
    made_from = ["printed_groups", "reported_values", "vintages_of_groups", "people", "members_by_list", "indicators"]
    warehouse.write("stand_ins", contracts.conform("stand_ins", estimated), made_from)


def outlook(warehouse: Warehouse) -> None:
    """Project the series, hold the targets against them, ask what if, list what is not known, and review what is held of each indicator."""
    from indicators import contracts, data_gaps, projection, targets, what_if

    for table in INPUTS_OF_OUTLOOK:
        warehouse.make(table)
    ceilings = warehouse.read("indicators").set_index("indicator")["ceiling"]
    projected = projection.projections(warehouse.read("projected_series"), warehouse.read("newest_figures"))
    warehouse.write("projections", contracts.conform("projections", projected), ["projected_series", "newest_figures"])
    memberships = warehouse.read("memberships")
    newest_lists = memberships.loc[memberships["valid_to"].isna(), ["group_name", "iso3"]]
    held = targets.targets(targets.load_targets(), warehouse.read("target_series"), newest_lists, ceilings)
    warehouse.write("targets", contracts.conform("targets", held), ["target_series", "memberships", "indicators"])
    members = warehouse.read("members_by_year")
    asked = what_if.what_if(
        warehouse.read("what_if_values"),
        warehouse.read("people"),
        members[members["membership"] == "latest"],
        targets.load_targets(),
        what_if.load_scenarios()["years"],
    )
    warehouse.write("what_if", contracts.conform("what_if", asked), ["what_if_values", "people", "members_by_year"])
    unknown = data_gaps.data_gaps(
        warehouse.read("newest_values"),
        warehouse.read("wanted_breakdowns"),
        warehouse.read("people"),
        members,
        ceilings,
    )
    made_from = ["newest_values", "wanted_breakdowns", "people", "members_by_year", "indicators"]
    warehouse.write("data_gaps", contracts.conform("data_gaps", unknown), made_from)
    _review(warehouse)


def _review(warehouse: Warehouse) -> None:
    """Review every indicator of the catalogue: what is held of it, how new, by whom, how often rewritten."""
    from indicators import contracts
    from indicators.review import indicator_review

    for table in INPUTS_OF_REVIEW:
        warehouse.make(table)
    made_from = ["indicators", "economies", "people", "held_values", "held_breakdowns", "holdings", "revised_numbers"]
    sheet = indicator_review(*(warehouse.read(table) for table in made_from))
    warehouse.write("indicator_review", contracts.conform("indicator_review", sheet), made_from)


def possible_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether every published group figure can be true, given what its members' own values in the same vintage allow."""
    impossible = warehouse.query(models.model("impossible_averages").text)
    lines = [
        f"{row.group_name} {row.indicator} {row.year} ({row.locality}, {row.source} {row.vintage}): published as {row.published:.4g}, "
        f"possible are {row.lowest_possible:.4g} to {row.highest_possible:.4g}; forced by {row.forced_by}"
        for row in impossible.head(EXCEPTIONS_TOLD).itertuples()
    ]
    more = f"; and {len(impossible) - EXCEPTIONS_TOLD} more" if len(impossible) > EXCEPTIONS_TOLD else ""
    sentence = "every published average can be true, given its members' values, or cannot be tested"
    if lines:
        sentence = f"{'; '.join(lines)}{more}. Nothing is to be mended here: quote such a figure with this exception, and ask its publisher"
    return Outcome("published_averages_are_possible", POSSIBLE, impossible.empty, sentence, impossible)
