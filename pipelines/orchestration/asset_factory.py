"""What all table assets share: an asset a table, its contract as column schema, its checks, in one step a layer.

A step costs Dagster more than a small table costs to make, so the tables of a layer are made in one step. Each of them can be selected
alone. A blocking check that fails stops everything that depends on its table.
"""

import base64
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import dagster as dg
import pandas as pd

from indicators.contracts.declarations import Layer
from indicators.contracts.tables import DECLARATIONS, column_meanings, column_types, key_columns, row_meaning
from pipelines.ingest import fetch_log, refresh
from pipelines.orchestration.resources import BuildDatabase
from pipelines.warehouse import checks, queries, register
from pipelines.warehouse.build_layers import Checked, make_and_check
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build
from pipelines.warehouse.selection import Selection

#: Bytes of a chart's preview in the run history, at most.
PREVIEW_BYTES = 30_000

#: How much of a table the UI shows, in a narrow column: rows, and columns where no query of `sql/heads/` names them. The history keeps it
#: for every run.
HEAD_ROWS, HEAD_COLUMNS = 16, 5

#: Digits of a number in such a table; the table itself keeps all.
DIGITS = 6

#: The assets that bring new files. What is read from files alone depends on them, so that a night without news makes nothing again.
ARRIVALS = ("new_vintages", "dropped_files")

WARN = dg.AssetCheckSeverity.WARN

#: What the UI shows of an asset, by name.
Metadata = Mapping[str, dg.MetadataValue[Any] | str | int]

#: More to show of a table than its rows, by table.
Details = Mapping[str, Callable[[Warehouse], Metadata]]


def group(layer: Layer) -> str:
    """Return the name of a layer's group: the UI sorts groups by name, so that it begins with the place in the flow."""
    return f"{list(Layer).index(layer) + 1}_{layer}"


def description(summary: str, *paragraphs: str, see_also: Iterable[str] = ()) -> str:
    """Return what the UI says of an asset, as Markdown: the sentence that the catalogue shows, more, and which assets to look at next."""
    links = ", ".join(f"[{name}](/assets/{name})" for name in see_also)
    return "\n\n".join(text for text in (summary, *paragraphs, f"**See also** {links}." if links else "") if text)


def table_specs(layer: Layer) -> list[dg.AssetSpec]:
    """Return an asset for each public table of a layer, with what its declaration and its contract say."""
    return [_table_spec(table) for table in register.tables(layer) if table in DECLARATIONS]


def _table_spec(table: str) -> dg.AssetSpec:
    declared = DECLARATIONS[table]
    names = ", ".join(f"`{name}`" for name in key_columns(table))
    types = column_types(table)
    columns = [dg.TableColumn(name, types[name], description=meaning) for name, meaning in column_meanings(table).items()]
    return dg.AssetSpec(
        table,
        deps=(*(() if register.inputs(table) else ARRIVALS), *register.upstream(table)),
        group_name=group(declared.layer),
        kinds={"duckdb", "pandas"} if declared.made_by else {"duckdb"},
        skippable=True,
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
        description=description(
            declared.summary,
            declared.details,
            f"**One row is** {row_meaning(table)}.",
            f"**A row is identified by** {names}." if names else "",
            f"**Made in** `{register.made_in(table)}`.",
            f"**Published as** `tables/{table}.csv` and `.parquet`, and as table `{table}` of the database. `methods.html#{table}` in the "
            "publication says how it is made.",
            see_also=declared.see_also,
        ),
    )


def check_specs(tables: Iterable[str]) -> list[dg.AssetCheckSpec]:
    """Return the checks of tables."""
    return [
        dg.AssetCheckSpec(check.name, asset=table, blocking=check.is_blocking, description=check.description)
        for table in tables
        for check in checks.checks_of(table)
    ]


def layer_step(layer: Layer, details: Details) -> dg.AssetsDefinition:
    """Make the step of a layer: it makes and checks the tables that a run selects, in order."""
    tables = register.tables(layer)

    @dg.multi_asset(name=layer.value, specs=table_specs(layer), check_specs=check_specs(tables), can_subset=True)
    def step(context: dg.AssetExecutionContext, database: BuildDatabase) -> Iterator[Any]:
        yield from results(context, database, tables, details)

    return step


def results(
    context: dg.AssetExecutionContext, database: BuildDatabase, tables: list[str], details: Details, selection: Selection | None = None
) -> Iterator[Any]:
    """Make and check the tables that a run selects, and yield each materialization and each check's result as it comes."""
    home = database.home.settings
    build = Build(
        database.warehouse,
        database.home.store,
        selection or Selection(),
        attempts=fetch_log.read(home.fetch_log),
        connected_sources=refresh.CONNECTORS,
        today=dt.datetime.now(dt.UTC).date(),
    )
    selected = [table for table in tables if dg.AssetKey(table) in context.selected_asset_keys]
    wanted = [
        check
        for table in tables
        for check in checks.checks_of(table)
        if dg.AssetCheckKey(dg.AssetKey(table), check.name) in context.selected_asset_check_keys
    ]
    for event in make_and_check(build, selected, wanted):
        if isinstance(event, Checked):
            yield check_result(event.check.table, event.check.name, event.outcome, is_blocking=event.check.is_blocking)
            continue
        rows = int(build.warehouse.query(f'select count(*) as rows from "{event.table}"')["rows"].iloc[0])
        more = details[event.table](build.warehouse) if event.table in details else {}
        yield materialized(context, event.table, {"dagster/row_count": rows, **head(build.warehouse, event.table), **more})


def materialized(context: dg.AssetExecutionContext, asset: str, metadata: Metadata) -> dg.MaterializeResult[None]:
    """Return that an asset was made, with what the UI shows of it.

    Metadata in the result itself are written twice to the history, once as those of the step's output, which no view shows.
    """
    context.add_asset_metadata(metadata, asset_key=asset)
    return dg.MaterializeResult(asset_key=asset)


def head(warehouse: Warehouse, table: str) -> Metadata:
    """Return as metadata the rows of a table to look at first, and which they are; nothing of a table without rows."""
    query = queries.head(table)
    rows = warehouse.query(query.narrowed(f"limit {HEAD_ROWS}") if query else f'from "{table}" limit {HEAD_ROWS}')
    if rows.empty:
        return {}
    shown = rows if query else rows[rows.columns[:HEAD_COLUMNS]]
    return {"what to look at first": query.description if query else "The first rows.", "rows": table_metadata(shown)}


def check_result(asset: str, check: str, outcome: checks.Outcome, *, is_blocking: bool = False) -> dg.AssetCheckResult:
    """Turn what a check found into what the UI shows: the sentence, its figures, and the first offenders as a table."""
    shown = dict(outcome.figures)
    if not outcome.offenders.empty:
        shown["offenders"] = table_metadata(outcome.offenders.head(checks.OFFENDERS_SHOWN))
    severity = dg.AssetCheckSeverity.ERROR if is_blocking else WARN
    return dg.AssetCheckResult(
        check_name=check, asset_key=asset, passed=outcome.passed, severity=severity, description=outcome.sentence, metadata=shown
    )


def table_metadata(rows: pd.DataFrame) -> dg.MetadataValue[Any]:
    """Return rows as a table that the UI shows."""
    records = [dg.TableRecord({str(name): _cell(value) for name, value in row.items()}) for row in rows.to_dict("records")]
    schema = dg.TableSchema([dg.TableColumn(str(name)) for name in rows])
    return dg.MetadataValue.table(records, schema=schema)


def picture(png: bytes, alt: str) -> dg.MarkdownMetadataValue | str:
    """Return a preview that the UI shows as a picture; one that would bloat the run history is left out, and said so."""
    if len(png) > PREVIEW_BYTES:
        return f"preview left out: {len(png):,} bytes"
    return dg.MetadataValue.md(f"![{alt}](data:image/png;base64,{base64.b64encode(png).decode()})")


def _cell(value: Any) -> Any:
    """Turn a value into one that a metadata table can hold."""
    if value is None or value != value:
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(f"{value:.{DIGITS}g}")
    return value if isinstance(value, str | int | bool) else str(value)
