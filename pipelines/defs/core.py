"""Tidy tables: the registries, every number of every vintage, the refused rows, the current numbers, and what changed between vintages."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import assets, models, steps
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import Warehouse

REGISTRIES = ["indicators", "economies", "groups", "memberships", "sources"]
READ = {"observations": ["snapshots", *steps.RAW_TABLES.values()], "quarantine": ["snapshots", *steps.RAW_TABLES.values()]}
CHOSEN = {table: list(models.model(table).reads) for table in ("current_observations", "revisions")}

# Nothing is read from the doors here; but a night that brings nothing makes nothing anew.
registries = assets.table_step("registries", "core", {table: ["new_vintages"] for table in REGISTRIES}, steps.registries)
choices = assets.table_step("choices", "core", CHOSEN, steps.choices)


@dg.multi_asset(
    specs=assets.table_specs("core", {table: [*inputs, "economies", "groups"] for table, inputs in READ.items()}),
    check_specs=assets.table_checks(list(READ)),
)
def tidy(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], store: dg.ResourceParam[SnapshotStore]
) -> Iterator[Any]:
    """Give every row its meaning, or put it into quarantine with the reason."""
    steps.observations(warehouse, store)
    reasons = warehouse.query("select source, vintage, file, count(*) as rows from quarantine group by all order by all")
    for row in reasons.itertuples():
        context.log.warning(f"{row.source} {row.vintage}, {row.file}: {row.rows} rows in quarantine; the table quarantine says why")
    yield from assets.results(warehouse, list(READ))
