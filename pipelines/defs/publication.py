"""The publication: everything users open, made aside, checked, and swapped in whole."""

import dagster as dg

from indicators.charts.registry import CHARTS
from indicators.contracts.declarations import Layer
from indicators.contracts.tables import DECLARATIONS
from pipelines.orchestration import asset_factory
from pipelines.orchestration.resources import BuildDatabase
from pipelines.publishing import opened
from pipelines.publishing import publish as publishing
from pipelines.settings import DATABASE
from pipelines.warehouse import register
from pipelines.warehouse.database import Published
from pipelines.warehouse.status import what_changed

INPUTS = [
    *(table for table in register.tables(*register.LAYERS) if table in DECLARATIONS),
    *(f"chart_{name}" for name in CHARTS),
]


@dg.asset(
    name="publication",
    deps=INPUTS,
    group_name=asset_factory.group(Layer.PUBLICATION),
    kinds={"duckdb", "parquet", "html"},
    description=asset_factory.description(
        "The folder that users open: the database, each table as CSV and Parquet, the charts and the site.",
        "It is replaced as a whole, once everything is ready and every blocking check has passed. Readers who have the old database open "
        "keep it. The last five publications are kept.",
        see_also=("verdicts", "freshness", "quarantine"),
    ),
)
def publication(context: dg.AssetExecutionContext, database: BuildDatabase) -> dg.MaterializeResult[None]:
    """Publish what this build made."""
    folder = publishing.publish(database.warehouse, database.home.settings, run=context.run.run_id)
    return asset_factory.materialized(
        context,
        "publication",
        {
            "what_changed": what_changed(Published(folder / DATABASE)),
            "page": dg.MetadataValue.path(str(folder / opened.PAGE)),
            "database": dg.MetadataValue.path(str(folder / DATABASE)),
            "tables": dg.MetadataValue.path(str(folder / "tables")),
        },
    )
