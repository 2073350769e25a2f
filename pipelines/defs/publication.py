"""The publication: everything users open, made aside, checked, and swapped in whole."""

import dagster as dg

from indicators import contracts
from pipelines import drawing
from pipelines import publication as publishing
from pipelines.settings import DATABASE, Settings
from pipelines.warehouse import Warehouse

INPUTS = [table for table in contracts.TABLES if table != "runs"] + [f"chart_{name}" for name in drawing.CHARTS]


@dg.asset(
    name="publication",
    deps=INPUTS,
    group_name="publication",
    kinds={"duckdb", "parquet", "html"},
    description="The folder users open: the database, each table as CSV and Parquet, the charts, datapackage.json and the site. "
    "Nothing of it changes until all of it is ready; who has the old database open keeps it.",
)
def publication(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    paths: dg.ResourceParam[Settings],
) -> dg.MaterializeResult[None]:
    """Publish what this build made."""
    folder = publishing.publish(warehouse, paths, run=context.run.run_id)
    page = folder / "index.html"
    return dg.MaterializeResult(
        metadata={
            "page": dg.MetadataValue.url(page.as_uri()),
            "database": dg.MetadataValue.path(str(folder / DATABASE)),
            "what_changed": publishing.what_changed(folder),
        }
    )
