"""The doors, asked: what came, what did not, and why. The only asset that touches the network, and the only one that is tried again."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import dagster as dg
from pydantic import Field

from pipelines import publication, refresh
from pipelines.assets import WARN
from pipelines.doors.world_bank import BASE_URL
from pipelines.settings import Settings
from pipelines.snapshots import SnapshotRefused, SnapshotStore


class Doors(dg.Config):
    """Which doors to knock at."""

    sources: list[str] = Field(default=list(refresh.DOORS), description="Sources to ask, such as world-bank-wdi")
    world_bank_url: str = Field(default=BASE_URL, description="Base address of the World Bank's API, version 2")
    rebuild: bool = Field(default=False, description="Build even if nothing new came")


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            "new_vintages",
            group_name="sources",
            kinds={"requests"},
            skippable=True,
            description="Asks each publisher for its newest edition and stores what is new. Bytes already held change nothing; if "
            "nothing is new and the publication is of this code and these snapshots, the run ends here.",
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "doors_are_open",
            asset="new_vintages",
            description="Warns if a publisher could not be asked; the last good vintages stay in use.",
        )
    ],
    retry_policy=dg.RetryPolicy(max_retries=2, delay=30, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS),
)
def new_vintages(
    context: dg.AssetExecutionContext, config: Doors, store: dg.ResourceParam[SnapshotStore], paths: dg.ResourceParam[Settings]
) -> Iterator[Any]:
    """Ask the doors."""
    from pipelines.doors.session import Session

    unknown = sorted(set(config.sources) - set(refresh.DOORS))
    if unknown:
        raise dg.Failure(f"no door is known for {', '.join(unknown)}; known are {', '.join(refresh.DOORS)}", allow_retries=False)
    addresses = {refresh.WORLD_BANK: config.world_bank_url}
    arrivals: list[refresh.Arrival] = []
    with Session() as session:
        for source in config.sources:
            for arrival in refresh.DOORS[source](store, session, addresses[source], dt.datetime.now(dt.UTC).date()):
                (context.log.warning if arrival.failed else context.log.info)(arrival.line)
                arrivals.append(arrival)
    table = dg.MetadataValue.table(
        [dg.TableRecord({"source": a.source, "series": a.series, "state": a.state, "what": a.line}) for a in arrivals]
    )
    failed = [arrival for arrival in arrivals if arrival.failed]
    sentence = "; ".join(dict.fromkeys(arrival.line for arrival in failed)) or "every door answered"
    new = sum(arrival.state == "new" for arrival in arrivals)
    try:
        up_to_date = new == 0 and not config.rebuild and publication.is_up_to_date(paths.publication, store)
    except SnapshotRefused as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    if up_to_date:
        context.log.info("nothing new came, and the publication is of this code and these snapshots: nothing is recomputed")
        context.log_event(
            dg.AssetObservation("new_vintages", description="nothing new came; nothing is recomputed", metadata={"doors": table})
        )
    else:
        yield dg.MaterializeResult(asset_key="new_vintages", metadata={"dagster/row_count": new, "doors": table})
    yield dg.AssetCheckResult(
        check_name="doors_are_open",
        asset_key="new_vintages",
        passed=not failed,
        severity=WARN,
        description=sentence,
        metadata={"doors": table},
    )
