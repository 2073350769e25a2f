"""The digest: what of a new publication a person should hear of."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import assets
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse


@dg.asset(
    name="digest",
    deps=["publication"],
    group_name="publication",
    kinds={"text"},
    description="One message if something that matters happened since the last: a verdict, the status of a target, coverage, a source, or "
    "a rewritten history; else one line. It is kept in data/digest/ and sent as configured. A selection is told to nobody.",
    check_specs=[dg.AssetCheckSpec("digest_was_delivered", asset="digest", description=assets.DELIVERED)],
)
def digest(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], paths: dg.ResourceParam[Settings]) -> Iterator[Any]:
    """Tell what matters."""
    is_everything = bool(warehouse.read("selection")["is_everything"].iloc[0])
    outcome = assets.told(paths, context.run.run_id, context.log) if is_everything else assets.untold("a selection is told to nobody")
    yield dg.MaterializeResult(metadata={"told": outcome.sentence})
    yield assets.check_result("digest", outcome, assets.WARN)
