"""The digest: what of a new publication a person should hear of."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines import assets
from pipelines.describing import described
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse


@dg.asset(
    name="digest",
    deps=["publication"],
    group_name=assets.group("publication"),
    kinds={"text"},
    description=described("digest"),
    check_specs=[dg.AssetCheckSpec("digest_was_delivered", asset="digest", description=assets.DELIVERED)],
)
def digest(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], paths: dg.ResourceParam[Settings]) -> Iterator[Any]:
    """Tell what matters."""
    is_everything = bool(warehouse.read("selection")["is_everything"].iloc[0])
    outcome = assets.told(paths, context.run.run_id, context.log) if is_everything else assets.untold("a selection is told to nobody")
    yield assets.materialized(context, "digest", {"told": outcome.sentence})
    yield assets.check_result("digest", outcome, assets.WARN)
