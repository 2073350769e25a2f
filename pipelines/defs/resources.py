"""What assets are given: the warehouse, held by one run at a time, the snapshot store and the paths. In-process for all jobs."""

import logging
from collections.abc import Iterator

import dagster as dg

from pipelines.ingest.snapshots import SnapshotStore
from pipelines.orchestration.run_job import EVENTS
from pipelines.settings import Settings, settings
from pipelines.warehouse.database import Warehouse


@dg.resource(description="The build database; a second build is refused while one is at work, however it was started.")
def warehouse(_: dg.InitResourceContext) -> Iterator[Warehouse]:
    """Hold the warehouse for the length of the run."""
    with Warehouse(settings().build).held() as held:
        yield held


@dg.resource(description="The embedded vintages, and those fetched or added.")
def store(_: dg.InitResourceContext) -> SnapshotStore:
    """Return the store."""
    return SnapshotStore(settings().embedded, settings().snapshots)


@dg.resource(description="Where things are.")
def paths(_: dg.InitResourceContext) -> Settings:
    """Return the settings in force when the run starts."""
    return settings()


@dg.logger
def events(_: dg.InitLoggerContext) -> logging.Logger:
    """Return the logger that `pipelines.orchestration.run_job` listens to; it tells events within this process and writes nothing."""
    logger = logging.getLogger(EVENTS)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger


# One process for all steps: the warehouse has one writer, and a process a step would cost more than the step.
defs = dg.Definitions(
    executor=dg.in_process_executor, resources={"warehouse": warehouse, "store": store, "paths": paths}, loggers={"events": events}
)
