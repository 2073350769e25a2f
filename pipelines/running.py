"""How a job is run outside the UI: in this process, on the instance of the data home, so that the UI shows it in its history."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.settings import PROJECT, Settings

if TYPE_CHECKING:
    import dagster as dg


def dagster_home(paths: Settings) -> Path:
    """Return the folder that DAGSTER_HOME should name: the instance of `dagster.yaml` with its storage in the data home."""
    config = (PROJECT / "dagster.yaml").read_text("utf-8").replace("base_dir: data/", f"base_dir: {paths.home}/")
    paths.home.mkdir(parents=True, exist_ok=True)
    (paths.home / "dagster.yaml").write_text(config, "utf-8")
    return paths.home


def run_job(job: str, paths: Settings, *, config: dict[str, Any] | None = None, on_event: Callable[[dg.DagsterEvent], None] = lambda event: None) -> dg.ExecuteInProcessResult:
    """Run a job to its end and return what happened; a failed step is in the result, not raised."""
    os.environ["DAGSTER_HOME"] = str(dagster_home(paths))
    import dagster as dg

    from pipelines.definitions import defs

    logging.getLogger("dagster").addHandler(logging.NullHandler())
    with dg.DagsterInstance.get() as instance:
        return defs().resolve_job_def(job).execute_in_process(instance=instance, run_config=config, raise_on_error=False)
