"""The digest: what of a new publication a person should hear of."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from indicators.contracts.declarations import Layer
from pipelines.orchestration import asset_factory, digest_delivery
from pipelines.orchestration.resources import BuildDatabase


@dg.asset(
    name="digest",
    deps=["publication"],
    group_name=asset_factory.group(Layer.PUBLICATION),
    kinds={"text"},
    description=asset_factory.description(
        "One message if something that matters changed since the last: a verdict, the status of a target, coverage, a source, or a "
        "rewritten history; else one line.",
        "It is kept in `data/digest/` and sent as configured. A filtered build sends none.",
        see_also=("publication", "verdicts", "freshness"),
    ),
    check_specs=[dg.AssetCheckSpec(digest_delivery.CHECK, asset="digest", description=digest_delivery.DESCRIPTION)],
)
def digest(context: dg.AssetExecutionContext, database: BuildDatabase) -> Iterator[Any]:
    """Report what matters."""
    if bool(database.warehouse.read("selection")["is_everything"].iloc[0]):
        outcome = digest_delivery.deliver(database.home.settings, context.run.run_id, context.log)
    else:
        outcome = digest_delivery.not_due("a filtered build sends no digest")
    yield asset_factory.materialized(context, "digest", {"message": outcome.sentence})
    yield asset_factory.check_result("digest", digest_delivery.CHECK, outcome)
