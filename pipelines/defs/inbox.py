"""The drop folder: a sensor that sees files wait, and the asset that takes them in."""

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.asset_descriptions import described
from pipelines.ingest import fetch_log, inbox
from pipelines.ingest.snapshots import SnapshotStore
from pipelines.orchestration import asset_factory, run_tags
from pipelines.publishing import publish
from pipelines.settings import Settings, settings
from pipelines.warehouse import build_core

take_in_job = dg.define_asset_job(
    "take_in",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("new_vintages"),
    description="Takes in the files that wait in data/inbox/, then builds. If none of them is new it recomputes nothing.",
)

AT_WORK = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]


@dg.asset(
    group_name=asset_factory.group("sources"),
    kinds={"csv", "json", "excel"},
    output_required=False,
    description=described("dropped_files"),
    check_specs=[
        dg.AssetCheckSpec("every_file_could_be_used", asset="dropped_files", description="Warns if a file was refused, and says why.")
    ],
)
def dropped_files(
    context: dg.AssetExecutionContext, store: dg.ResourceParam[SnapshotStore], paths: dg.ResourceParam[Settings]
) -> Iterator[Any]:
    """Take in what waits."""
    run_tags.tag(context, "")
    taken = inbox.take_in(store, paths.inbox, dt.datetime.now(dt.UTC))
    refused = [file for file in taken if file.state == "refused"]
    for file in taken:
        (context.log.warning if file in refused else context.log.info)(file.line)
    files = dg.MetadataValue.table(
        [dg.TableRecord({"file": file.file, "state": file.state, "what": file.line, "now at": str(file.moved_to)}) for file in taken]
    )
    new = sum(file.state == "new" for file in taken)
    told = build_core.where_sources_stand(store, fetch_log.read(paths.fetch_log), dt.datetime.now(dt.UTC).date())
    # A file that was stored by a run that ended before it published is not new, and still not published.
    if new or not publish.is_up_to_date(paths.publication, store, told):
        yield dg.MaterializeResult(metadata={"dagster/row_count": new, "files": files})
    else:
        context.log.info("no new file waits in the inbox, and the publication is of what is stored: nothing is recomputed")
    sentence = "every file could be used"
    if refused:
        sentence = f"{'; '.join(file.line for file in refused)}. What was refused lies in inbox/refused/: mend it, and drop it again"
    yield dg.AssetCheckResult(
        check_name="every_file_could_be_used",
        asset_key="dropped_files",
        passed=not refused,
        severity=dg.AssetCheckSeverity.WARN,
        description=sentence,
        metadata={"files": files},
    )


@dg.sensor(
    name="inbox",
    job=take_in_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks into data/inbox/ and starts the job take_in when a file waits there and no run is at work.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for one run for the files that wait; the same files are not asked for twice."""
    folder = settings().inbox
    files = inbox.waiting(folder, time.time())
    if not files:
        return dg.SkipReason(f"nothing waits in {folder}")
    if context.instance.get_runs_count(dg.RunsFilter(statuses=AT_WORK)):
        return dg.SkipReason(f"{len(files)} files wait until the run at work has ended")
    names = ", ".join(file.name for file in files)
    tags = {run_tags.USER: "inbox", run_tags.WHY: run_tags.short(f"dropped into the inbox: {names}")}
    return dg.RunRequest(run_key=inbox.fingerprint(files), tags=tags)
