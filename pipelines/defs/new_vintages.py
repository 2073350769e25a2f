"""The doors, asked: what came, what did not, and why. The only asset that touches the network, and the only one that is tried again."""

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from typing import Any

import dagster as dg
from pydantic import Field

from pipelines.asset_descriptions import described
from pipelines.ingest import fetch_log, refresh
from pipelines.ingest.snapshots import SnapshotRefused, SnapshotStore
from pipelines.orchestration import asset_factory, run_tags
from pipelines.orchestration.asset_factory import WARN
from pipelines.publishing import publish
from pipelines.settings import Settings
from pipelines.warehouse import build_core, checks

# As in raw: what can be asked shows in the launchpad, and nothing else is taken.
DoorName = Enum("DoorName", {name: name for name in refresh.CONNECTORS})  # type: ignore[misc]


class Doors(dg.Config):
    """Which doors to knock at."""

    sources: list[DoorName] = Field(
        default=[], description=f"Sources to ask; empty: all. Example: [world-bank-wdi]. Known: {', '.join(refresh.CONNECTORS)}"
    )
    addresses: dict[str, str] = Field(
        default={},
        description='Other base addresses, by source. Example: {itu-datahub: "https://api.datahub.itu.int/v2"}. No secrets: a run shows '
        "them",
    )
    rebuild: bool = Field(default=False, description="Build even if nothing new came. Example: true")
    note: str = Field(default="", description="Why this run is made; the tag `why` of the run. Example: ITU has a new edition out")


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            "new_vintages",
            group_name=asset_factory.group("sources"),
            kinds={"requests"},
            skippable=True,
            description=described("new_vintages"),
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "connectors_are_available",
            asset="new_vintages",
            description="Warns if a publisher could not be asked; the last good vintages stay in use.",
        ),
        dg.AssetCheckSpec("sources_are_fresh", asset="new_vintages", description=checks.FRESH),
        dg.AssetCheckSpec("digest_was_delivered", asset="new_vintages", description=asset_factory.DELIVERED),
    ],
    retry_policy=dg.RetryPolicy(max_retries=2, delay=30, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS),
)
def new_vintages(
    context: dg.AssetExecutionContext, config: Doors, store: dg.ResourceParam[SnapshotStore], paths: dg.ResourceParam[Settings]
) -> Iterator[Any]:
    """Ask the doors."""
    from pipelines.ingest.connectors.session import Session

    run_tags.tag(context, config.note)
    if unknown := sorted(set(config.addresses) - set(refresh.CONNECTORS)):
        raise dg.Failure(f"no door is known for {', '.join(unknown)}; known are {', '.join(refresh.CONNECTORS)}", allow_retries=False)
    now = dt.datetime.now(dt.UTC)
    arrivals: list[refresh.FetchResult] = []
    with Session() as session:
        for source in [door.name for door in config.sources] or refresh.CONNECTORS:
            address = config.addresses.get(source, refresh.CONNECTORS[source].base_url)
            for arrival in refresh.fetch_source(source, store, session, address, now):
                (context.log.warning if arrival.failed else context.log.info)(arrival.line)
                arrivals.append(arrival)
    found = fetch_log.record(paths.fetch_log, arrivals, now)
    table = dg.MetadataValue.table(
        [dg.TableRecord({"source": a.source, "series": a.series, "state": str(a.state), "what": a.line}) for a in arrivals]
    )
    failed = [arrival for arrival in arrivals if arrival.failed]
    sentence = "every door answered"
    if failed:
        lines = "; ".join(dict.fromkeys(arrival.line for arrival in failed))
        sentence = f"{lines}. The last good editions stay in use; ask again tomorrow, or put the file into data/inbox/ by hand"
    new = sum(arrival.state == "new" for arrival in arrivals)
    for arrival in arrivals:
        if arrival.rewritten:
            context.log_event(dg.AssetObservation("new_vintages", description=arrival.line, metadata={"rewritten": arrival.series}))
    try:
        told = build_core.where_sources_stand(store, found, now.date())
        up_to_date = new == 0 and not config.rebuild and publish.is_up_to_date(paths.publication, store, told)
    except SnapshotRefused as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    sent = asset_factory.untold("told once this run has published")
    if up_to_date:
        sent = asset_factory.told(paths, context.run.run_id, context.log)
        context.log.info("nothing new came, and the publication is of this code and these snapshots: nothing is recomputed")
        context.log_event(
            dg.AssetObservation("new_vintages", description="nothing new came; nothing is recomputed", metadata={"doors": table})
        )
    else:
        yield dg.MaterializeResult(asset_key="new_vintages", metadata={"dagster/row_count": new, "doors": table})
    yield dg.AssetCheckResult(
        check_name="connectors_are_available",
        asset_key="new_vintages",
        passed=not failed,
        severity=WARN,
        description=sentence,
        metadata={"doors": table},
    )
    yield asset_factory.check_result("new_vintages", checks.freshness_outcome(told), WARN)
    yield asset_factory.check_result("new_vintages", sent, WARN)
