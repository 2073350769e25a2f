"""What came in: the list of the snapshots, and their rows as text, a table a source."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import dagster as dg
from pydantic import Field

from indicators.contracts.declarations import Layer
from indicators.registries.sources import sources
from pipelines.orchestration import asset_factory, run_tags
from pipelines.orchestration.resources import BuildDatabase
from pipelines.warehouse import register, selection
from pipelines.warehouse.selection import RAW_TABLES

# An enumeration is compared with the launchpad's text as it is typed, and shows there what can be chosen.
SourceName = Enum("SourceName", {name: name for name in RAW_TABLES})  # type: ignore[misc]


class Selection(dg.Config):
    """Which snapshots to build from; by default all. A filtered build goes to data/selections/ and leaves the main publication alone."""

    sources: list[SourceName] = Field(
        default=[],
        description=f"Only these sources; empty: all. Example: [world-bank-wdi]. Known: {', '.join(RAW_TABLES)}",
    )
    published_until: str = Field(
        default="", description="Build from what was published until this ISO day; empty: everything. Example: '2025-12-17'"
    )
    note: str = Field(default="", description="Why this run is made; the tag `why` of the run. Example: figures for the annual report")


def _raw_spec(source: str, table: str) -> dg.AssetSpec:
    about = sources()[source]
    return dg.AssetSpec(
        table,
        deps=register.inputs(table),
        group_name=asset_factory.group(Layer.RAW),
        kinds={"duckdb"},
        skippable=True,
        description=asset_factory.description(
            f"The rows of every snapshot of {about.title} ({about.publisher}), as text, as they were published.",
            "One row is one row of the file, or one cell of a wide table; `snapshot` and `row_number` identify it. Nothing is corrected "
            f"here. Licence of the data: {about.licence}. [At the publisher]({about.url})",
            "This table is not published; the rows that were used are in `observations`.",
            see_also=("observations", "quarantine"),
        ),
    )


@dg.multi_asset(
    name=Layer.RAW.value,
    specs=[*asset_factory.table_specs(Layer.RAW), *(_raw_spec(source, table) for source, table in RAW_TABLES.items())],
    check_specs=asset_factory.check_specs(register.tables(Layer.RAW)),
    can_subset=True,
)
def raw(context: dg.AssetExecutionContext, config: Selection, database: BuildDatabase) -> Iterator[Any]:
    """Read the selected snapshots, checksums verified; in the launchpad: which."""
    try:
        chosen = selection.Selection(tuple(source.name for source in config.sources), config.published_until)
    except ValueError as error:
        raise dg.Failure(f"{error}; nothing was changed") from None
    if not chosen.is_everything and dg.AssetKey("snapshots") not in context.selected_asset_keys:
        raise dg.Failure("a selection of the snapshots is made with the table snapshots: select it too; nothing was changed")
    snapshots = [snapshot for snapshot in database.home.store.list() if chosen.holds(snapshot)]
    tags = {run_tags.SELECTION: run_tags.short(str(chosen)), run_tags.VINTAGES: run_tags.vintages(snapshots)}
    run_tags.tag(context, config.note, **tags)
    details = {"snapshots": lambda _: {"selection": str(chosen)}}
    yield from asset_factory.results(context, database, register.tables(Layer.RAW), details, chosen)
