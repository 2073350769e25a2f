"""The publication: everything users open, made aside, checked, and swapped in whole."""

import dagster as dg

from indicators.charts.registry import CHARTS
from indicators.contracts.tables import TABLES
from pipelines.asset_descriptions import described
from pipelines.orchestration import asset_factory
from pipelines.publishing import opened
from pipelines.publishing import publish as publishing
from pipelines.settings import DATABASE, Settings
from pipelines.warehouse.database import Warehouse

INPUTS = [table for table in TABLES if table != "runs"] + [f"chart_{name}" for name in CHARTS]


@dg.asset(
    name="publication",
    deps=INPUTS,
    group_name=asset_factory.group("publication"),
    kinds={"duckdb", "parquet", "html"},
    description=described("publication"),
)
def publication(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    paths: dg.ResourceParam[Settings],
) -> dg.MaterializeResult[None]:
    """Publish what this build made."""
    folder = publishing.publish(warehouse, paths, run=context.run.run_id)
    return asset_factory.materialized(
        context,
        "publication",
        {
            "what_changed": opened.what_changed(folder),
            "page": dg.MetadataValue.path(str(folder / opened.PAGE)),
            "database": dg.MetadataValue.path(str(folder / DATABASE)),
            "tables": dg.MetadataValue.path(str(folder / "tables")),
        },
    )
