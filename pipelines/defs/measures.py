"""What is computed: the groups' figures under three rules for missing data, the gaps, and what both say of distance, pace and doubt."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.orchestration import asset_factory
from pipelines.warehouse import build_measures, checks
from pipelines.warehouse.database import Warehouse

TABLES = {
    "aggregates": ["observations", "memberships", "groups", "indicators", "editions"],
    "gaps": ["aggregates", "observations", "indicators"],
}
COVERAGE = dg.AssetCheckSpec(
    "newest_year_covers_most_people",
    asset="aggregates",
    description="Warns where the newest year of an indicator is one that less than two thirds of the world's people report for.",
)

SPREAD = {
    "time_distance": ["aggregates", "observations", "indicators", "editions"],
    "convergence": ["observations", "memberships", "groups", "indicators", "editions"],
    "change_decomposition": ["aggregates", "observations", "memberships", "groups", "indicators", "editions"],
    "inequality": ["observations", "memberships", "groups", "economies", "indicators", "editions"],
    "aggregate_consistency": ["observations", "memberships", "economies", "groups", "indicators", "editions"],
    "imputed_aggregates": ["observations", "memberships", "economies", "groups", "indicators", "editions"],
}
POSSIBLE = dg.AssetCheckSpec("published_averages_are_possible", asset="aggregate_consistency", description=checks.POSSIBLE)

OUTLOOK = {
    "projections": ["current_observations", "observations", "editions", "indicators"],
    "targets": ["current_observations", "observations", "gaps", "editions", "memberships", "indicators"],
    "scenarios": ["aggregates", "observations", "editions", "memberships", "groups", "indicators"],
    "data_gaps": ["current_observations", "observations", "memberships", "groups", "indicators", "editions"],
    "indicator_review": ["current_observations", "observations", "revisions", "economies", "indicators", "editions"],
}


@dg.multi_asset(specs=asset_factory.table_specs("measures", TABLES), check_specs=[*asset_factory.table_checks(list(TABLES)), COVERAGE])
def measures(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Compute the groups' figures and the gaps."""
    build_measures.measures(warehouse)
    yield from asset_factory.results(context, warehouse, list(TABLES))
    yield asset_factory.check_result("aggregates", checks.coverage_outcome(warehouse), asset_factory.WARN)


@dg.multi_asset(specs=asset_factory.table_specs("measures", SPREAD), check_specs=[*asset_factory.table_checks(list(SPREAD)), POSSIBLE])
def spread(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Compute how far apart and behind economies are, whether they converge, what moved groups, what cannot be true, what stands in."""
    build_measures.spread(warehouse)
    yield from asset_factory.results(context, warehouse, list(SPREAD))
    yield asset_factory.check_result("aggregate_consistency", checks.possible_outcome(warehouse), asset_factory.WARN)


outlook = asset_factory.table_step("outlook", "measures", OUTLOOK, build_measures.outlook)
