"""What steps are given, and how runs are executed: in one process, one build at a time."""

import logging

import dagster as dg

from pipelines.orchestration.resources import BuildDatabase, DataHome
from pipelines.orchestration.run_job import EVENTS


@dg.logger
def events(_: dg.InitLoggerContext) -> logging.Logger:
    """Return the logger that `pipelines.orchestration.run_job` listens to; it passes events on within this process and writes nothing."""
    logger = logging.getLogger(EVENTS)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger


home = DataHome()

# One process for all steps: the warehouse has one writer, and a process a step would cost more than the step.
defs = dg.Definitions(
    executor=dg.in_process_executor, resources={"home": home, "database": BuildDatabase(home=home)}, loggers={"events": events}
)
