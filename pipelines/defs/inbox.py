"""The inbox: a sensor that watches for files, and the asset that adds them to the store."""

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import dagster as dg

from indicators.contracts.declarations import Layer
from pipelines.ingest import fetch_log, inbox
from pipelines.ingest.source_status import source_status
from pipelines.orchestration import asset_factory, run_tags
from pipelines.orchestration.resources import DataHome
from pipelines.publishing import publish
from pipelines.settings import settings

take_in_job = dg.define_asset_job(
    "take_in",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("new_vintages"),
    description="Adds the files in data/inbox/ to the store, then builds. If none of them is new, nothing is recomputed.",
)

AT_WORK = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]


@dg.asset(
    group_name=asset_factory.group(Layer.SOURCES),
    kinds={"csv", "json", "excel"},
    output_required=False,
    description=asset_factory.description(
        "Adds the files that people put into `data/inbox/` to the store of snapshots.",
        "A file is recognised by its content. Once stored, it moves to `inbox/done/`. One that cannot be used moves to `inbox/refused/`, "
        "with a `.txt` file that gives the reason.",
        see_also=("snapshots", "quarantine"),
    ),
    check_specs=[
        dg.AssetCheckSpec("every_file_could_be_used", asset="dropped_files", description="Warns if a file was refused, with the reason.")
    ],
)
def dropped_files(context: dg.AssetExecutionContext, home: DataHome) -> Iterator[Any]:
    """Add the files that wait in the inbox."""
    run_tags.tag(context, "")
    store, paths = home.store, home.settings
    taken = inbox.take_in(store, paths.inbox, dt.datetime.now(dt.UTC))
    refused = [file for file in taken if file.state == "refused"]
    for file in taken:
        (context.log.warning if file in refused else context.log.info)(file.line)
    files = dg.MetadataValue.table(
        [dg.TableRecord({"file": file.file, "state": file.state, "what": file.line, "now at": str(file.moved_to)}) for file in taken]
    )
    new = sum(file.state == "new" for file in taken)
    status = source_status(store, fetch_log.read(paths.fetch_log), dt.datetime.now(dt.UTC).date())
    # A file that was stored by a run that ended before it published is not new, and still not published.
    if new or not publish.is_up_to_date(paths.publication, store, status):
        yield dg.MaterializeResult(metadata={"dagster/row_count": new, "files": files})
    else:
        context.log.info("the inbox has no new file, and the publication is made from all stored files: nothing is recomputed")
    sentence = "every file could be used"
    if refused:
        lines = "; ".join(file.line for file in refused)
        sentence = f"{lines}. Refused files are in inbox/refused/: correct them, and put them into the inbox again"
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
    description="Watches data/inbox/ and starts the job take_in when it has a file and no run is in progress.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for one run for the files that wait; there is never a second run for the same files."""
    folder = settings().inbox
    files = inbox.waiting(folder, time.time())
    if not files:
        return dg.SkipReason(f"no file in {folder}")
    if context.instance.get_runs_count(dg.RunsFilter(statuses=AT_WORK)):
        return dg.SkipReason(f"{len(files)} files wait until the run in progress has ended")
    names = ", ".join(file.name for file in files)
    tags = {run_tags.USER: "inbox", run_tags.WHY: run_tags.short(f"files put into the inbox: {names}")}
    return dg.RunRequest(run_key=inbox.fingerprint(files), tags=tags)
