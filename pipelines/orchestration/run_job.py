"""How a job is run outside the UI: in this process, on the instance of the data home, so that the UI shows it in its history."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg

from pipelines.orchestration import run_tags
from pipelines.orchestration.dagster_home import dagster_home
from pipelines.settings import Settings

#: The logger through which a run tells its events to whoever listens in this process.
EVENTS = "pipelines.events"


@dataclass(frozen=True)
class Ended:
    """How a run ended: whether a check fell short, what failed in plain lines, which steps ran, and what was warned of."""

    run: str
    succeeded: bool
    fell_short: bool
    failures: tuple[str, ...]
    steps: tuple[str, ...]
    warnings: tuple[str, ...]


def run_job(
    definitions: Callable[[], dg.Definitions],
    job: str,
    paths: Settings,
    *,
    ops: Mapping[str, object] | None = None,
    why: str = "",
    on_plan: Callable[[Sequence[str]], None] = lambda _: None,
    on_step: Callable[[str], None] = lambda _: None,
) -> Ended:
    """Run a job to its end; a failed step or check is in what is returned, not raised.

    Args:
        definitions: Gives the definitions that the job is among.
        job: Name of the job, build or refresh.
        paths: Where things are; the run is recorded in the instance there.
        ops: Configuration of single steps, as in the launchpad.
        why: Why it is run, for the list of runs.
        on_plan: Called with the names of all steps before the first starts.
        on_step: Called with the name of each step as it starts.
    """
    os.environ["DAGSTER_HOME"] = str(dagster_home(paths))
    watching = _Steps(on_step)
    logger = logging.getLogger(EVENTS)
    logger.addHandler(watching)
    # On a night that brings nothing, Dagster says of each skipped step that its checks gave no result, as if that were a fault.
    plan_logger = logging.getLogger("dagster._core.execution.plan.active")
    plan_logger.addFilter(_is_no_skipped_check)
    try:
        with dg.DagsterInstance.get() as instance:
            definition = definitions().resolve_job_def(job)
            on_plan([node.name for node in definition.nodes_in_topological_order])
            result = definition.execute_in_process(
                instance=instance,
                run_config={"ops": ops or {}, "loggers": {"events": {}}},
                tags={run_tags.USER: run_tags.who(), run_tags.WHY: run_tags.short(why) or "started from Python"},
                raise_on_error=False,
            )
    finally:
        logger.removeHandler(watching)
        plan_logger.removeFilter(_is_no_skipped_check)
    return _ended(result)


def _ended(result: dg.ExecuteInProcessResult) -> Ended:
    checks = [evaluation for evaluation in result.get_asset_check_evaluations() if not evaluation.passed]
    blocking = [_line(c) for c in checks if c.severity == dg.AssetCheckSeverity.ERROR]
    warnings = [_line(c) for c in checks if c.severity != dg.AssetCheckSeverity.ERROR]
    broken = [_cause(event) for event in result.all_events if event.event_type_value == "STEP_FAILURE"] if not blocking else []
    if not result.success and not blocking and not broken:
        broken = [_cause(event) for event in result.all_events if event.event_type_value == "PIPELINE_FAILURE"]
    steps = tuple(event.step_key for event in result.all_events if event.event_type_value == "STEP_SUCCESS" and event.step_key)
    return Ended(result.run_id, result.success, bool(blocking), tuple(blocking + broken), steps, tuple(warnings))


def _line(check: Any) -> str:
    return f"{check.asset_key.to_user_string()}, {check.check_name}: {check.description}"


def _cause(event: dg.DagsterEvent) -> str:
    """Return the innermost message of a failure, as one line."""
    error = getattr(event.event_specific_data, "error", None)
    while error is not None and error.cause is not None:
        error = error.cause
    text = error.message if error is not None else event.message
    return " ".join(str(text).split()).partition(": ")[2] or str(text)


def _is_no_skipped_check(record: logging.LogRecord) -> bool:
    return "emitted no result" not in record.getMessage()


class _Steps(logging.Handler):
    """Hears the run's events and tells which step starts."""

    def __init__(self, on_step: Callable[[str], None]) -> None:
        super().__init__()
        self._on_step = on_step

    def emit(self, record: logging.LogRecord) -> None:
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        if event is not None and event.event_type_value == "STEP_START":
            self._on_step(event.step_key)
