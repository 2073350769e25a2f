"""What is computed: the groups' figures under three rules for missing data, and the gaps."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import assets, steps
from pipelines.warehouse import Warehouse

TABLES = {"aggregates": ["observations", "memberships", "indicators"], "gaps": ["aggregates", "observations", "indicators"]}
COVERAGE = dg.AssetCheckSpec(
    "newest_year_covers_most_people",
    asset="aggregates",
    description="Warns where the newest year of an indicator is one that less than two thirds of the world's people report for.",
)


@dg.multi_asset(specs=assets.table_specs("measures", TABLES), check_specs=[*assets.table_checks(list(TABLES)), COVERAGE])
def measures(warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Compute the groups' figures and the gaps."""
    steps.measures(warehouse)
    yield from assets.results(warehouse, list(TABLES))
    yield assets.check_result("aggregates", steps.coverage_outcome(warehouse), assets.WARN)
