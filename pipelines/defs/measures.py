"""What is computed: the groups' figures under three rules for missing data, the gaps, and what both say of distance, pace and doubt."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import assets, measuring, steps
from pipelines.warehouse import Warehouse

TABLES = {
    "aggregates": ["observations", "memberships", "groups", "indicators", "snapshots"],
    "gaps": ["aggregates", "observations", "indicators"],
}
COVERAGE = dg.AssetCheckSpec(
    "newest_year_covers_most_people",
    asset="aggregates",
    description="Warns where the newest year of an indicator is one that less than two thirds of the world's people report for.",
)

SPREAD = {
    "time_distance": ["aggregates", "observations", "indicators", "snapshots"],
    "convergence": ["observations", "memberships", "groups", "indicators", "snapshots"],
    "change_split": ["aggregates", "observations", "memberships", "groups", "sources", "indicators", "snapshots"],
    "inequality": ["observations", "memberships", "groups", "economies", "indicators", "snapshots"],
    "feasibility": ["observations", "memberships", "economies", "groups", "indicators", "snapshots"],
    "stand_ins": ["observations", "memberships", "economies", "groups", "indicators", "snapshots"],
}
POSSIBLE = dg.AssetCheckSpec("published_averages_are_possible", asset="feasibility", description=measuring.POSSIBLE)

OUTLOOK = {
    "projections": ["current_observations", "observations", "snapshots", "sources", "indicators"],
    "targets": ["current_observations", "observations", "gaps", "snapshots", "sources", "memberships", "indicators"],
    "what_if": ["aggregates", "observations", "snapshots", "sources", "memberships", "groups", "indicators"],
    "data_gaps": ["current_observations", "observations", "memberships", "groups", "indicators", "snapshots"],
    "indicator_review": ["current_observations", "observations", "revisions", "economies", "indicators", "snapshots"],
}


@dg.multi_asset(specs=assets.table_specs("measures", TABLES), check_specs=[*assets.table_checks(list(TABLES)), COVERAGE])
def measures(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Compute the groups' figures and the gaps."""
    steps.measures(warehouse)
    yield from assets.results(context, warehouse, list(TABLES))
    yield assets.check_result("aggregates", steps.coverage_outcome(warehouse), assets.WARN)


@dg.multi_asset(specs=assets.table_specs("measures", SPREAD), check_specs=[*assets.table_checks(list(SPREAD)), POSSIBLE])
def spread(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Compute how far apart and behind economies are, whether they converge, what moved groups, what cannot be true, what stands in."""
    measuring.spread(warehouse)
    yield from assets.results(context, warehouse, list(SPREAD))
    yield assets.check_result("feasibility", measuring.possible_outcome(warehouse), assets.WARN)


outlook = assets.table_step("outlook", "measures", OUTLOOK, measuring.outlook)
