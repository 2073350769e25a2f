"""The work of the two steps that follow the groups' figures: how far apart and how far behind areas are, and where they are heading.

Plain functions, as in `steps`; what is read stands in `sql/`, what is made of it in `indicators/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.warehouse.database import Warehouse


#: The models of each step, in the order they are made in: the points of a change read the editions of the population, and so on.
INPUTS_OF_SPREAD = (
    *("benchmarked_levels", "population_editions", "change_points", "printed_headlines"),
    *("partitions_by_year", "incomes", "published_averages", "vintages_of_groups", "members_by_list", "values_as_printed"),
    "printed_groups",
)
INPUTS_OF_OUTLOOK = ("projected_series", "newest_figures", "target_series", "scenario_values", "newest_values", "wanted_breakdowns")
INPUTS_OF_REVIEW = ("held_values", "held_breakdowns", "holdings", "revised_numbers")


def spread(warehouse: Warehouse) -> None:
    """Compute how far apart and behind economies are, whether they converge, what moved groups, what cannot be true, what stands in."""
    from indicators.contracts.tables import conform
    from indicators.measures import aggregate_consistency, change_decomposition, convergence, imputed_aggregates, inequality, time_distance

    for table in INPUTS_OF_SPREAD:
        warehouse.make(table)
    indicators = warehouse.read("indicators").set_index("indicator")
    values, people, members = (warehouse.read(table) for table in ("reported_values", "people", "members_by_year"))
    directed = values[values["indicator"].map(indicators["better"]) != "neither"]
    behind = time_distance.time_distance(warehouse.read("benchmarked_levels"), indicators["better"])
    warehouse.write("time_distance", conform("time_distance", behind), ["benchmarked_levels", "indicators"])
    found = convergence.convergence(directed, people, members[members["membership"] == "latest"], indicators["ceiling"])
    made_from = ["reported_values", "people", "members_by_year", "indicators"]
    warehouse.write("convergence", conform("convergence", found), made_from)
    editions = warehouse.read("population_editions").rename(columns={"edition": "vintage"})
    points, headlines = warehouse.read("change_points"), warehouse.read("printed_headlines")
    split = change_decomposition.change_decomposition(directed, editions, members, points, indicators["ceiling"], headlines)
    made_from = ["reported_values", "population_editions", "members_by_year", "change_points", "printed_headlines", "indicators"]
    warehouse.write("change_decomposition", conform("change_decomposition", split), made_from)
    unequal = inequality.inequality(values, people, warehouse.read("partitions_by_year"), warehouse.read("incomes"), indicators["ceiling"])
    made_from = ["reported_values", "people", "partitions_by_year", "incomes", "indicators"]
    warehouse.write("inequality", conform("inequality", unequal), made_from)
    tested = aggregate_consistency.aggregate_consistency(
        warehouse.read("published_averages"),
        warehouse.read("values_as_printed"),
        people,
        warehouse.read("members_by_list"),
        indicators["ceiling"],
    )
    made_from = ["published_averages", "values_as_printed", "people", "members_by_list", "indicators"]
    warehouse.write("aggregate_consistency", conform("aggregate_consistency", tested), made_from)
    estimated = imputed_aggregates.imputed_aggregates(
        warehouse.read("printed_groups"),
        values,
        warehouse.read("vintages_of_groups"),
        people,
        warehouse.read("members_by_list"),
        indicators["ceiling"],
    )
    made_from = ["printed_groups", "reported_values", "vintages_of_groups", "people", "members_by_list", "indicators"]
    warehouse.write("imputed_aggregates", conform("imputed_aggregates", estimated), made_from)


def outlook(warehouse: Warehouse) -> None:
    """Project the series, hold the targets against them, ask what if, list what is not known, and review what is held of each indicator."""
    from indicators.contracts.tables import conform
    from indicators.measures import data_gaps, projections, scenarios, targets

    for table in INPUTS_OF_OUTLOOK:
        warehouse.make(table)
    ceilings = warehouse.read("indicators").set_index("indicator")["ceiling"]
    projected = projections.projections(warehouse.read("projected_series"), warehouse.read("newest_figures"))
    warehouse.write("projections", conform("projections", projected), ["projected_series", "newest_figures"])
    memberships = warehouse.read("memberships")
    newest_lists = memberships.loc[memberships["valid_to"].isna(), ["group_name", "iso3"]]
    held = targets.targets(targets.load_targets(), warehouse.read("target_series"), newest_lists, ceilings)
    warehouse.write("targets", conform("targets", held), ["target_series", "memberships", "indicators"])
    members = warehouse.read("members_by_year")
    asked = scenarios.scenarios(
        warehouse.read("scenario_values"),
        warehouse.read("people"),
        members[members["membership"] == "latest"],
        targets.load_targets(),
        scenarios.load_scenarios()["years"],
    )
    warehouse.write("scenarios", conform("scenarios", asked), ["scenario_values", "people", "members_by_year"])
    unknown = data_gaps.data_gaps(
        warehouse.read("newest_values"),
        warehouse.read("wanted_breakdowns"),
        warehouse.read("people"),
        members,
        ceilings,
    )
    made_from = ["newest_values", "wanted_breakdowns", "people", "members_by_year", "indicators"]
    warehouse.write("data_gaps", conform("data_gaps", unknown), made_from)
    _review(warehouse)


def _review(warehouse: Warehouse) -> None:
    """Review every indicator of the catalogue: what is held of it, how new, by whom, how often rewritten."""
    from indicators.contracts.tables import conform
    from indicators.measures.indicator_review import indicator_review

    for table in INPUTS_OF_REVIEW:
        warehouse.make(table)
    made_from = ["indicators", "economies", "people", "held_values", "held_breakdowns", "holdings", "revised_numbers"]
    sheet = indicator_review(*(warehouse.read(table) for table in made_from))
    warehouse.write("indicator_review", conform("indicator_review", sheet), made_from)


def measures(warehouse: Warehouse) -> None:
    """Compute the groups' figures and the gaps."""
    from indicators.contracts.tables import conform
    from indicators.measures import aggregates, gaps

    for table in ("reported_values", "people", "dated_members", "members_by_year"):
        warehouse.make(table)
    indicators = warehouse.read("indicators").set_index("indicator")
    figures = aggregates.aggregates(
        warehouse.read("reported_values"), warehouse.read("people"), warehouse.read("members_by_year"), indicators["ceiling"]
    )
    made_from = ["reported_values", "people", "members_by_year", "indicators", "editions"]
    warehouse.write("aggregates", _with_holes_told(warehouse, conform("aggregates", figures)), made_from)
    warehouse.make("gap_pairs")
    warehouse.write("gaps", conform("gaps", gaps.gaps(warehouse.read("gap_pairs"))), ["gap_pairs"])


def _with_holes_told(warehouse: Warehouse, figures: pd.DataFrame) -> pd.DataFrame:
    """Add to the note of each figure whether its vintage is held in a gathering that is not the whole series."""
    holed = warehouse.query(
        "select distinct source, vintage, indicator, true as has_holes from editions where not whole_series and area_kind = 'economy'"
    )
    told = figures.merge(holed, on=["source", "vintage", "indicator"], how="left")
    holes = "the vintage is held in a gathering that lacks some economies and years"
    note = figures["note"].str.cat(told["has_holes"].map({True: holes}).astype("str"), sep="; ", na_rep="").str.strip("; ")
    return figures.assign(note=note.where(note != "", None))
