"""The digest: what of a new publication a person should hear of."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.asset_descriptions import described
from pipelines.orchestration import asset_factory
from pipelines.settings import Settings
from pipelines.warehouse.database import Warehouse


@dg.asset(
    name="digest",
    deps=["publication"],
    group_name=asset_factory.group("publication"),
    kinds={"text"},
    description=described("digest"),
    check_specs=[dg.AssetCheckSpec("digest_was_delivered", asset="digest", description=asset_factory.DELIVERED)],
)
def digest(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], paths: dg.ResourceParam[Settings]) -> Iterator[Any]:
    """Tell what matters."""
    is_everything = bool(warehouse.read("selection")["is_everything"].iloc[0])
    outcome = (
        asset_factory.told(paths, context.run.run_id, context.log)
        if is_everything
        else asset_factory.untold("a selection is told to nobody")
    )
    yield asset_factory.materialized(context, "digest", {"told": outcome.sentence})
    yield asset_factory.check_result("digest", outcome, asset_factory.WARN)
