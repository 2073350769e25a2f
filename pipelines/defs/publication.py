"""The publication: everything users open, made aside, checked, and swapped in whole."""

import dagster as dg

from indicators import contracts
from pipelines import assets, drawing
from pipelines import publication as publishing
from pipelines.describing import described
from pipelines.settings import DATABASE, Settings
from pipelines.warehouse import Warehouse

INPUTS = [table for table in contracts.TABLES if table != "runs"] + [f"chart_{name}" for name in drawing.CHARTS]


@dg.asset(
    name="publication",
    deps=INPUTS,
    group_name=assets.group("publication"),
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
    return assets.materialized(
        context,
        "publication",
        {
            "what_changed": publishing.what_changed(folder),
            "page": dg.MetadataValue.path(str(folder / publishing.PAGE)),
            "database": dg.MetadataValue.path(str(folder / DATABASE)),
            "tables": dg.MetadataValue.path(str(folder / "tables")),
        },
    )
