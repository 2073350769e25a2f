"""What all our table assets share: one asset a table, its contract as column schema, its blocking checks, in one step a group of tables.

A step costs Dagster more than a small table costs us, so tables that are made together are made in one step, and are checked in it: a
check that fails stops everything that depends on its table.
"""

import base64
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dagster as dg

from pipelines.asset_descriptions import described
from pipelines.settings import Settings
from pipelines.warehouse import checks, queries
from pipelines.warehouse.database import Warehouse

if TYPE_CHECKING:
    import pandas as pd

#: The layers in the order of the flow.
LAYERS = ("sources", "raw", "core", "measures", "claims", "charts", "publication")

#: Bytes of a chart's preview in the run history, at most.
PREVIEW_BYTES = 30_000

#: What the check of the digest says of itself.
DELIVERED = "Warns if a message of this or an earlier run could not be sent; it is kept, and tried again with the next run."
#: How much of a table the UI shows, in a narrow column: rows, and columns where no query of `sql/heads/` names them. The history keeps it
#: for every run.
HEAD_ROWS, HEAD_COLUMNS = 16, 5

#: Digits of a number in such a table; the table itself keeps all.
DIGITS = 6

ERROR = dg.AssetCheckSeverity.ERROR
WARN = dg.AssetCheckSeverity.WARN


def group(layer: str) -> str:
    """Return the name of a layer's group: the UI sorts groups by name, so that it begins with the place in the flow."""
    return f"{LAYERS.index(layer) + 1}_{layer}"


def table_specs(layer: str, tables: Mapping[str, Sequence[str]], descriptions: Mapping[str, str] | None = None) -> list[dg.AssetSpec]:
    """Return an asset a table, with what its contract says of it, in the group of `layer`; `tables` names each table's inputs."""
    from indicators.contracts.tables import TABLES, column_meanings, column_types, row_meaning

    specs = []
    for table, inputs in tables.items():
        kinds, metadata = {"duckdb"}, {}
        description = (descriptions or {}).get(table, "")
        if table in TABLES:
            description = described(
                table,
                f"**One row is** {row_meaning(table)}.",
                _named_by(table),
                published=f"`tables/{table}.csv` and `.parquet`, and as table `{table}` of the database",
            )
            columns = [
                dg.TableColumn(name, column_types(table)[name], description=meaning) for name, meaning in column_meanings(table).items()
            ]
            metadata = {"dagster/column_schema": dg.TableSchema(columns)}
            kinds = {"duckdb", "pandas"}
        specs.append(
            dg.AssetSpec(table, deps=list(inputs), group_name=group(layer), description=description, kinds=kinds, metadata=metadata)
        )
    return specs


def _named_by(table: str) -> str:
    from indicators.contracts.tables import key_columns

    names = ", ".join(f"`{name}`" for name in key_columns(table))
    return f"**A row is named by** {names}." if names else ""


def table_checks(tables: Sequence[str]) -> list[dg.AssetCheckSpec]:
    """Return the blocking checks of tables: the contract of each, and the queries of `sql/checks/` that guard it."""
    from indicators.contracts.tables import TABLES, row_meaning

    specs = [
        dg.AssetCheckSpec(
            "keeps_its_contract",
            asset=table,
            blocking=True,
            description=f"One row is {row_meaning(table)}; types, ranges and key hold. If not, nothing is published. "
            "Each column's meaning and unit stand under *Columns* of the asset.",
        )
        for table in tables
        if table in TABLES
    ]
    specs += [
        dg.AssetCheckSpec(check.query.name, asset=check.table, blocking=True, description=check.query.description)
        for check in queries.checks()
        if check.table in tables
    ]
    return specs


def results(
    context: dg.AssetExecutionContext, warehouse: Warehouse, tables: Sequence[str], told: Mapping[str, Mapping[str, Any]] | None = None
) -> Iterator[Any]:
    """Yield, for each table just made, its materialization and what its checks found; `told` is what else to say of a table."""
    for table in tables:
        rows = int(warehouse.query(f'select count(*) as rows from "{table}"')["rows"].iloc[0])
        yield materialized(context, table, {"dagster/row_count": rows, **head(warehouse, table), **(told or {}).get(table, {})})
    for table in tables:
        for outcome in checks.outcomes(warehouse, table):
            yield check_result(table, outcome, ERROR)


def materialized(context: dg.AssetExecutionContext, asset: str, metadata: Mapping[str, Any]) -> dg.MaterializeResult[None]:
    """Return that an asset was made, with what the UI shows of it.

    Metadata in the result itself are written twice to the history, once as those of the step's output, which nobody looks at.
    """
    context.add_asset_metadata(metadata, asset_key=asset)
    return dg.MaterializeResult(asset_key=asset)


def head(warehouse: Warehouse, table: str) -> dict[str, Any]:
    """Return as metadata the rows of a table to look at first, and which they are; nothing of a table without rows."""
    query = queries.head(table)
    text = query.text if query else f'from "{table}"'
    rows = warehouse.query(f"{text}\nlimit {HEAD_ROWS}")
    if rows.empty:
        return {}
    shown = rows if query else rows[rows.columns[:HEAD_COLUMNS]]
    return {"what to look at first": query.description if query else "The first rows.", "rows": table_metadata(shown)}


def check_result(
    asset: str, outcome: checks.Outcome, severity: dg.AssetCheckSeverity, metadata: Mapping[str, Any] | None = None
) -> dg.AssetCheckResult:
    """Turn what a check found into what the UI shows: the sentence, and the first offenders as a table."""
    shown = dict(metadata or {})
    if not outcome.offenders.empty:
        shown["offenders"] = table_metadata(outcome.offenders.head(checks.OFFENDERS_SHOWN))
    return dg.AssetCheckResult(
        check_name=outcome.name, asset_key=asset, passed=outcome.passed, severity=severity, description=outcome.sentence, metadata=shown
    )


def table_metadata(rows: "pd.DataFrame") -> dg.MetadataValue[Any]:
    """Return rows as a table that the UI shows."""
    records = [dg.TableRecord({str(name): _cell(value) for name, value in row.items()}) for row in rows.to_dict("records")]
    schema = dg.TableSchema([dg.TableColumn(str(name)) for name in rows])
    return dg.MetadataValue.table(records, schema=schema)


def told(paths: Settings, run: str, log: logging.Logger) -> checks.Outcome:
    """Tell what matters of the publication, and return whether it reached whom it is for; whatever goes wrong fails no run."""
    import pandas as pd

    from pipelines.notify import digest

    try:
        told = digest.tell(paths, run=run)
    except Exception as failure:
        line = " ".join(f"the digest was not written: {type(failure).__name__} ({failure}); please report it".split())
        log.warning(line)
        return checks.Outcome("digest_was_delivered", DELIVERED, False, line, pd.DataFrame())
    log.info(f"{told.line}\n\n{told.text}" if told.text else told.line)
    if told.problems:
        return checks.Outcome("digest_was_delivered", DELIVERED, False, "; ".join(told.problems), pd.DataFrame())
    sent = f"sent by {' and '.join(dict.fromkeys(told.sent))}" if told.sent else "nothing was to be sent"
    return checks.Outcome("digest_was_delivered", DELIVERED, True, f"{sent}; {told.line}", pd.DataFrame())


def untold(why: str) -> checks.Outcome:
    """Return the outcome of a run that tells nothing here."""
    import pandas as pd

    return checks.Outcome("digest_was_delivered", DELIVERED, True, why, pd.DataFrame())


def picture(png: bytes, alt: str) -> dg.MarkdownMetadataValue | str:
    """Return a preview that the UI shows as a picture; one that would bloat the run history is left out, and said so."""
    if len(png) > PREVIEW_BYTES:
        return f"preview left out: {len(png):,} bytes"
    return dg.MetadataValue.md(f"![{alt}](data:image/png;base64,{base64.b64encode(png).decode()})")


def table_step(name: str, layer: str, tables: Mapping[str, Sequence[str]], work: Callable[[Warehouse], None]) -> dg.AssetsDefinition:
    """Make the step that does `work` on the warehouse and yields its tables and their checks."""

    @dg.multi_asset(name=name, specs=table_specs(layer, tables), check_specs=table_checks(list(tables)))
    def step(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
        work(warehouse)
        yield from results(context, warehouse, list(tables))

    return step


def _cell(value: Any) -> Any:
    """Turn a value into one that a metadata table can hold."""
    if value is None or value != value:
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(f"{value:.{DIGITS}g}")
    return value if isinstance(value, str | int | bool) else str(value)
