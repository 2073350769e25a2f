"""Tidy tables: the registries, every number of every vintage, the refused rows, the current numbers, and what changed between vintages."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import assets, attempts, steps
from pipelines.settings import Settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import Warehouse

REGISTRIES = ["indicators", "economies", "groups", "memberships", "sources", "labels"]
READ = {"observations": ["snapshots", *steps.RAW_TABLES.values()], "quarantine": ["snapshots", *steps.RAW_TABLES.values()]}
STANDING = {
    "freshness": ["snapshots"],
    "corrections": ["snapshots", *steps.RAW_TABLES.values()],
    "area_differences": ["snapshots", "economies", "memberships"],
}
WARNINGS = [
    dg.AssetCheckSpec("sources_are_fresh", asset="freshness", description=steps.FRESH),
    dg.AssetCheckSpec("corrections_are_called_for", asset="corrections", description=steps.CALLED_FOR),
    dg.AssetCheckSpec("area_lists_agree", asset="area_differences", description=steps.LISTS_AGREE),
]
CHOSEN = {
    "current_observations": ["observations", "sources", "snapshots", "quarantine"],
    "revisions": ["observations", "snapshots", "quarantine"],
}

# Nothing is read from the doors here; but a night that brings nothing makes nothing anew.
ARRIVALS = ["new_vintages", "dropped_files"]


@dg.multi_asset(specs=assets.table_specs("core", dict.fromkeys(REGISTRIES, ARRIVALS)), check_specs=assets.table_checks(REGISTRIES))
def registries(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Write the tables that come with the code, and tell how many labels are missing in each language."""
    steps.registries(warehouse)
    yield from assets.results(context, warehouse, REGISTRIES, {"labels": {"missing": steps.missing_labels()}})


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
    yield from assets.results(context, warehouse, list(READ))


@dg.multi_asset(specs=assets.table_specs("core", STANDING), check_specs=[*assets.table_checks(list(STANDING)), *WARNINGS])
def standing(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    store: dg.ResourceParam[SnapshotStore],
    paths: dg.ResourceParam[Settings],
) -> Iterator[Any]:
    """Tell how fresh each source is, which corrections are still called for, and where a publisher's list of areas differs from ours."""
    steps.standing(warehouse, store, attempts.read(paths.attempts), dt.datetime.now(dt.UTC).date())
    yield from assets.results(context, warehouse, list(STANDING))
    yield assets.check_result("freshness", steps.freshness_outcome(warehouse.read("freshness")), assets.WARN)
    yield assets.check_result("corrections", steps.corrections_outcome(warehouse), assets.WARN)
    yield assets.check_result("area_differences", steps.area_lists_outcome(warehouse), assets.WARN)


@dg.multi_asset(specs=assets.table_specs("core", CHOSEN), check_specs=assets.table_checks(list(CHOSEN)))
def choices(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Choose the current number of each figure, and compare consecutive vintages."""
    steps.choices(warehouse)
    brief = assets.table_metadata(steps.revisions_in_brief(warehouse))
    yield from assets.results(context, warehouse, list(CHOSEN), {"revisions": {"in_brief": brief}})
