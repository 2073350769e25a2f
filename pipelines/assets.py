"""What all our table assets share: one asset a table, its contract as column schema, its blocking checks, in one step a group of tables.

A step costs Dagster more than a small table costs us, so tables that are made together are made in one step, and are checked in it: a
check that fails stops everything that depends on its table.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dagster as dg

from pipelines import models, steps
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

if TYPE_CHECKING:
    import pandas as pd

#: Bytes of a chart's preview in the run history, at most.
PREVIEW_BYTES = 30_000

#: What the check of the digest says of itself.
DELIVERED = "Warns if a message of this or an earlier run could not be sent; it is kept, and tried again with the next run."

ERROR = dg.AssetCheckSeverity.ERROR
WARN = dg.AssetCheckSeverity.WARN


def table_specs(group: str, tables: Mapping[str, Sequence[str]], descriptions: Mapping[str, str] | None = None) -> list[dg.AssetSpec]:
    """Return an asset a table, with what its contract says of it, in `group`; `tables` names each table's inputs."""
    from indicators import contracts

    specs = []
    for table, inputs in tables.items():
        kinds, metadata = {"duckdb"}, {}
        description = (descriptions or {}).get(table, "")
        if table in contracts.TABLES:
            description = description or f"One row: {contracts.grain(table)}."
            columns = [
                dg.TableColumn(name, contracts.column_types(table)[name], description=meaning)
                for name, meaning in contracts.column_meanings(table).items()
            ]
            metadata = {"dagster/column_schema": dg.TableSchema(columns)}
            kinds = {"duckdb", "pandas"}
        specs.append(dg.AssetSpec(table, deps=list(inputs), group_name=group, description=description, kinds=kinds, metadata=metadata))
    return specs


def table_checks(tables: Sequence[str]) -> list[dg.AssetCheckSpec]:
    """Return the blocking checks of tables: the contract of each, and the queries of `sql/checks/` that guard it."""
    from indicators import contracts

    specs = [
        dg.AssetCheckSpec(
            "keeps_its_contract",
            asset=table,
            blocking=True,
            description=f"One row is {contracts.grain(table)}; types, ranges and key hold. If not, nothing is published.",
        )
        for table in tables
        if table in contracts.TABLES
    ]
    specs += [
        dg.AssetCheckSpec(check.query.name, asset=check.table, blocking=True, description=check.query.description)
        for check in models.checks()
        if check.table in tables
    ]
    return specs


def results(warehouse: Warehouse, tables: Sequence[str], told: Mapping[str, Mapping[str, Any]] | None = None) -> Iterator[Any]:
    """Yield, for each table just made, its materialization and what its checks found; `told` is what else to say of a table."""
    for table in tables:
        rows = int(warehouse.query(f'select count(*) as rows from "{table}"')["rows"].iloc[0])
        yield dg.MaterializeResult(asset_key=table, metadata={"dagster/row_count": rows, **(told or {}).get(table, {})})
    for table in tables:
        for outcome in steps.outcomes(warehouse, table):
            yield check_result(table, outcome, ERROR)


def check_result(
    asset: str, outcome: steps.Outcome, severity: dg.AssetCheckSeverity, metadata: Mapping[str, Any] | None = None
) -> dg.AssetCheckResult:
    """Turn what a check found into what the UI shows: the sentence, and the first offenders as a table."""
    shown = dict(metadata or {})
    if not outcome.offenders.empty:
        shown["offenders"] = table_metadata(outcome.offenders.head(steps.OFFENDERS_SHOWN))
    return dg.AssetCheckResult(
        check_name=outcome.name, asset_key=asset, passed=outcome.passed, severity=severity, description=outcome.sentence, metadata=shown
    )


def table_metadata(rows: pd.DataFrame) -> dg.MetadataValue[Any]:
    """Return rows as a table that the UI shows."""
    records = [dg.TableRecord({str(name): _cell(value) for name, value in row.items()}) for row in rows.to_dict("records")]
    schema = dg.TableSchema([dg.TableColumn(str(name)) for name in rows])
    return dg.MetadataValue.table(records, schema=schema)


def told(paths: Settings, run: str, log: logging.Logger) -> steps.Outcome:
    """Tell what matters of the publication, and return whether it reached whom it is for; whatever goes wrong fails no run."""
    import pandas as pd

    from pipelines import digest

    try:
        told = digest.tell(paths, run=run)
    except Exception as failure:
        line = " ".join(f"the digest was not written: {type(failure).__name__} ({failure}); please report it".split())
        log.warning(line)
        return steps.Outcome("digest_was_delivered", DELIVERED, False, line, pd.DataFrame())
    log.info(f"{told.line}\n\n{told.text}" if told.text else told.line)
    if told.problems:
        return steps.Outcome("digest_was_delivered", DELIVERED, False, "; ".join(told.problems), pd.DataFrame())
    sent = f"sent by {' and '.join(dict.fromkeys(told.sent))}" if told.sent else "nothing was to be sent"
    return steps.Outcome("digest_was_delivered", DELIVERED, True, f"{sent}; {told.line}", pd.DataFrame())


def untold(why: str) -> steps.Outcome:
    """Return the outcome of a run that tells nothing here."""
    import pandas as pd

    return steps.Outcome("digest_was_delivered", DELIVERED, True, why, pd.DataFrame())


def picture(png: bytes, alt: str) -> dg.MarkdownMetadataValue | str:
    """Return a preview that the UI shows as a picture; one that would bloat the run history is left out, and said so."""
    if len(png) > PREVIEW_BYTES:
        return f"preview left out: {len(png):,} bytes"
    return dg.MetadataValue.md(f"![{alt}](data:image/png;base64,{base64.b64encode(png).decode()})")


def table_step(name: str, group: str, tables: Mapping[str, Sequence[str]], work: Callable[[Warehouse], None]) -> dg.AssetsDefinition:
    """Make the step that does `work` on the warehouse and yields its tables and their checks."""

    @dg.multi_asset(name=name, specs=table_specs(group, tables), check_specs=table_checks(list(tables)))
    def step(warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
        work(warehouse)
        yield from results(warehouse, list(tables))

    return step


def _cell(value: Any) -> Any:
    """Turn a value into one that a metadata table can hold."""
    if value is None or value != value:
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)
