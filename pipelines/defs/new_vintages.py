"""The requests to the publishers: what is new, what failed, and why. The only asset that uses the network, and the only one retried."""

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from typing import Any

import dagster as dg
from pydantic import Field

from indicators.contracts.declarations import Layer
from pipelines.ingest import fetch_log, refresh
from pipelines.ingest.connectors.session import Session
from pipelines.ingest.source_status import source_status
from pipelines.orchestration import asset_factory, digest_delivery, run_tags
from pipelines.orchestration.asset_factory import WARN
from pipelines.orchestration.resources import DataHome
from pipelines.publishing import publish
from pipelines.snapshots import SnapshotRefused
from pipelines.warehouse import checks

# As in raw: what can be requested shows in the launchpad, and nothing else is accepted.
ConnectedSource = Enum("ConnectedSource", {name: name for name in refresh.CONNECTORS})  # type: ignore[misc]


class Requests(dg.Config):
    """Which publishers to ask for new editions."""

    sources: list[ConnectedSource] = Field(
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
            group_name=asset_factory.group(Layer.SOURCES),
            kinds={"requests"},
            skippable=True,
            description=asset_factory.description(
                "Asks each publisher for its newest edition and stores what is new.",
                "Bytes that are already stored change nothing. If nothing is new, and the publication is made by this code from these "
                "snapshots, the run ends here. A publisher that cannot be reached is no failure: the last good edition stays in use, and "
                "a check says so.",
                see_also=("freshness", "snapshots"),
            ),
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "connectors_are_available",
            asset="new_vintages",
            description="Warns if a request to a publisher failed; the last good vintages stay in use.",
        ),
        dg.AssetCheckSpec("sources_are_fresh", asset="new_vintages", description=checks.FRESH),
        dg.AssetCheckSpec(digest_delivery.CHECK, asset="new_vintages", description=digest_delivery.DESCRIPTION),
    ],
    retry_policy=dg.RetryPolicy(max_retries=2, delay=30, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS),
)
def new_vintages(context: dg.AssetExecutionContext, config: Requests, home: DataHome) -> Iterator[Any]:
    """Ask the publishers."""
    store, paths = home.store, home.settings
    run_tags.tag(context, config.note)
    if unknown := sorted(set(config.addresses) - set(refresh.CONNECTORS)):
        raise dg.Failure(f"no connector is known for {', '.join(unknown)}; known are {', '.join(refresh.CONNECTORS)}", allow_retries=False)
    now = dt.datetime.now(dt.UTC)
    arrivals: list[refresh.FetchResult] = []
    with Session() as session:
        for source in [chosen.name for chosen in config.sources] or refresh.CONNECTORS:
            address = config.addresses.get(source, refresh.CONNECTORS[source].base_url)
            for arrival in refresh.fetch_source(source, store, session, address, now):
                (context.log.warning if arrival.failed else context.log.info)(arrival.line)
                arrivals.append(arrival)
    found = fetch_log.record(paths.fetch_log, arrivals, now)
    table = dg.MetadataValue.table(
        [dg.TableRecord({"source": a.source, "series": a.series, "state": str(a.state), "what": a.line}) for a in arrivals]
    )
    failed = [arrival for arrival in arrivals if arrival.failed]
    sentence = "every publisher answered"
    if failed:
        lines = "; ".join(dict.fromkeys(arrival.line for arrival in failed))
        sentence = f"{lines}. The last good editions stay in use; ask again tomorrow, or put the file into data/inbox/"
    new = sum(arrival.state == "new" for arrival in arrivals)
    for arrival in arrivals:
        if arrival.rewritten:
            context.log_event(dg.AssetObservation("new_vintages", description=arrival.line, metadata={"rewritten": arrival.series}))
    try:
        status = source_status(store, found, now.date())
        up_to_date = new == 0 and not config.rebuild and publish.is_up_to_date(paths.publication, store, status)
    except SnapshotRefused as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    sent = digest_delivery.not_due("the digest follows when this run has published")
    if up_to_date:
        sent = digest_delivery.deliver(paths, context.run.run_id, context.log)
        context.log.info("nothing is new, and the publication is made by this code from these snapshots: nothing is recomputed")
        context.log_event(
            dg.AssetObservation("new_vintages", description="nothing is new; nothing is recomputed", metadata={"requests": table})
        )
    else:
        yield dg.MaterializeResult(asset_key="new_vintages", metadata={"dagster/row_count": new, "requests": table})
    yield dg.AssetCheckResult(
        check_name="connectors_are_available",
        asset_key="new_vintages",
        passed=not failed,
        severity=WARN,
        description=sentence,
        metadata={"requests": table},
    )
    yield asset_factory.check_result("new_vintages", "sources_are_fresh", checks.freshness_outcome(status))
    yield asset_factory.check_result("new_vintages", digest_delivery.CHECK, sent)
