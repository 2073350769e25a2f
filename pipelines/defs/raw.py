"""What came in: the snapshots, and their rows as text, a table a source."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import dagster as dg
from pydantic import Field

from indicators.registries.sources import sources
from pipelines.asset_descriptions import described
from pipelines.ingest.snapshots import SnapshotStore
from pipelines.orchestration import asset_factory, run_tags
from pipelines.warehouse import build_core
from pipelines.warehouse import selection as selection_module
from pipelines.warehouse.database import Warehouse

TABLES: dict[str, list[str]] = {
    "snapshots": ["new_vintages", "dropped_files"],
    **{table: ["snapshots"] for table in selection_module.RAW_TABLES.values()},
}
DESCRIPTIONS = {
    table: described(
        table,
        f"The rows of every snapshot of {sources()[name].title} ({sources()[name].publisher}), as text, as they were published.",
        f"One row is one row of the file, or one cell of a wide table; `snapshot` and `row_number` say which. Nothing is put right here. "
        f"Licence of the data: {sources()[name].licence}. [At the publisher]({sources()[name].url})",
        "**Look next at** [observations](/assets/observations), [quarantine](/assets/quarantine). Not published: the file itself is.",
    )
    for name, table in selection_module.RAW_TABLES.items()
}


# An enumeration is held against the launchpad's text as it is typed, and shows there what can be chosen.
SourceName = Enum("SourceName", {name: name for name in selection_module.RAW_TABLES})  # type: ignore[misc]


class Selection(dg.Config):
    """Which snapshots to build from. Left as it is: all. A selection is published beside the main publication, never over it."""

    sources: list[SourceName] = Field(
        default=[],
        description=f"Only these sources; empty: all. Example: [world-bank-wdi]. Known: {', '.join(selection_module.RAW_TABLES)}",
    )
    published_until: str = Field(
        default="", description="Build from what was published until this ISO day; empty: everything. Example: '2025-12-17'"
    )
    note: str = Field(default="", description="Why this run is made; the tag `why` of the run. Example: figures for the annual report")


@dg.multi_asset(specs=asset_factory.table_specs("raw", TABLES, DESCRIPTIONS), check_specs=asset_factory.table_checks(["snapshots"]))
def raw(
    context: dg.AssetExecutionContext,
    config: Selection,
    warehouse: dg.ResourceParam[Warehouse],
    store: dg.ResourceParam[SnapshotStore],
) -> Iterator[Any]:
    """Read the selected snapshots, checksums verified; in the launchpad: which."""
    try:
        selection = selection_module.Selection(tuple(source.name for source in config.sources), config.published_until)
    except ValueError as error:
        raise dg.Failure(f"{error}; nothing was changed") from None
    chosen = [snapshot for snapshot in store.list() if selection.holds(snapshot)]
    run_tags.tag(context, config.note, **{run_tags.SELECTION: run_tags.short(str(selection)), run_tags.VINTAGES: run_tags.vintages(chosen)})
    build_core.raw(warehouse, store, selection)
    yield from asset_factory.results(context, warehouse, list(TABLES), {"snapshots": {"selection": str(selection)}})
