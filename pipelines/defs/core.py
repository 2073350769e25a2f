"""Tidy tables: the registries, every number of every vintage, the refused rows, the current numbers, and what changed between vintages."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.ingest import fetch_log
from pipelines.ingest.snapshots import SnapshotStore
from pipelines.orchestration import asset_factory
from pipelines.settings import Settings
from pipelines.warehouse import build_core, checks, selection
from pipelines.warehouse.database import Warehouse

REGISTRIES = ["indicators", "economies", "groups", "memberships", "sources", "labels"]
READ = {"observations": ["snapshots", *selection.RAW_TABLES.values()], "quarantine": ["snapshots", *selection.RAW_TABLES.values()]}
STANDING = {
    "freshness": ["snapshots"],
    "corrections": ["snapshots", *selection.RAW_TABLES.values()],
    "area_differences": ["snapshots", "economies", "memberships"],
}
WARNINGS = [
    dg.AssetCheckSpec("sources_are_fresh", asset="freshness", description=checks.FRESH),
    dg.AssetCheckSpec("corrections_are_called_for", asset="corrections", description=checks.CALLED_FOR),
    dg.AssetCheckSpec("area_lists_agree", asset="area_differences", description=checks.LISTS_AGREE),
]
CHOSEN = {
    "editions": ["observations", "snapshots", "sources"],
    "current_observations": ["observations", "editions", "quarantine"],
    "revisions": ["observations", "editions", "quarantine"],
}

# Nothing is read from the doors here; but a night that brings nothing makes nothing anew.
ARRIVALS = ["new_vintages", "dropped_files"]


@dg.multi_asset(
    specs=asset_factory.table_specs("core", dict.fromkeys(REGISTRIES, ARRIVALS)), check_specs=asset_factory.table_checks(REGISTRIES)
)
def registries(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Write the tables that come with the code, and tell how many labels are missing in each language."""
    build_core.registries(warehouse)
    yield from asset_factory.results(context, warehouse, REGISTRIES, {"labels": {"missing": build_core.missing_labels()}})


@dg.multi_asset(
    specs=asset_factory.table_specs("core", {table: [*inputs, "economies", "groups"] for table, inputs in READ.items()}),
    check_specs=asset_factory.table_checks(list(READ)),
)
def tidy(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], store: dg.ResourceParam[SnapshotStore]
) -> Iterator[Any]:
    """Give every row its meaning, or put it into quarantine with the reason."""
    build_core.observations(warehouse, store)
    reasons = warehouse.query("select source, vintage, file, count(*) as rows from quarantine group by all order by all")
    for row in reasons.itertuples():
        context.log.warning(f"{row.source} {row.vintage}, {row.file}: {row.rows} rows in quarantine; the table quarantine says why")
    yield from asset_factory.results(context, warehouse, list(READ))


@dg.multi_asset(specs=asset_factory.table_specs("core", STANDING), check_specs=[*asset_factory.table_checks(list(STANDING)), *WARNINGS])
def standing(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    store: dg.ResourceParam[SnapshotStore],
    paths: dg.ResourceParam[Settings],
) -> Iterator[Any]:
    """Tell how fresh each source is, which corrections are still called for, and where a publisher's list of areas differs from ours."""
    build_core.standing(warehouse, store, fetch_log.read(paths.fetch_log), dt.datetime.now(dt.UTC).date())
    yield from asset_factory.results(context, warehouse, list(STANDING))
    yield asset_factory.check_result("freshness", checks.freshness_outcome(warehouse.read("freshness")), asset_factory.WARN)
    yield asset_factory.check_result("corrections", checks.corrections_outcome(warehouse), asset_factory.WARN)
    yield asset_factory.check_result("area_differences", checks.area_lists_outcome(warehouse), asset_factory.WARN)


@dg.multi_asset(specs=asset_factory.table_specs("core", CHOSEN), check_specs=asset_factory.table_checks(list(CHOSEN)))
def choices(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Choose the current number of each figure, and compare consecutive vintages."""
    build_core.choices(warehouse)
    brief = asset_factory.table_metadata(build_core.revisions_in_brief(warehouse))
    yield from asset_factory.results(context, warehouse, list(CHOSEN), {"revisions": {"in_brief": brief}})
