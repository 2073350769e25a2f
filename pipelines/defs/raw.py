"""What came in: the snapshots, and their rows as text, a table a source."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from pydantic import Field

from pipelines import assets, steps
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import Warehouse

TABLES: dict[str, list[str]] = {
    "snapshots": ["new_vintages", "dropped_files"],
    **{table: ["snapshots"] for table in steps.RAW_TABLES.values()},
}
DESCRIPTIONS = {
    table: f"The rows of every snapshot of {source}, as text, as they were published." for source, table in steps.RAW_TABLES.items()
}


class Selection(dg.Config):
    """Which snapshots to build from. Left as it is: all. A selection is published beside the main publication, never over it."""

    sources: list[str] = Field(default=[], description="Sources to build from, such as world-bank-wdi; empty: all")
    published_until: str = Field(default="", description="Only vintages published until this ISO day, such as 2025-12-17; empty: all")


@dg.multi_asset(specs=assets.table_specs("raw", TABLES, DESCRIPTIONS), check_specs=assets.table_checks(["snapshots"]))
def raw(config: Selection, warehouse: dg.ResourceParam[Warehouse], store: dg.ResourceParam[SnapshotStore]) -> Iterator[Any]:
    """Read the selected snapshots, checksums verified."""
    selection = steps.Selection(tuple(config.sources), config.published_until)
    steps.raw(warehouse, store, selection)
    yield from assets.results(warehouse, list(TABLES), {"snapshots": {"selection": str(selection)}})
