"""Where Dagster keeps its instance: in the data home, so that the UI and the command line share one history."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pipelines.settings import Settings, resource


def dagster_home(paths: Settings) -> Path:
    """Return the folder that DAGSTER_HOME should name: the instance of `dagster.yaml` with its storage in the data home."""
    # Quoted, because a path may hold what YAML would read as more than text.
    config = re.sub(
        r"base_dir: data/(.*)",
        lambda path: f"base_dir: {json.dumps(str(paths.home / path[1]))}",
        resource("dagster.yaml").read_text("utf-8"),
    )
    paths.home.mkdir(parents=True, exist_ok=True)
    (paths.home / "dagster.yaml").write_text(config, "utf-8")
    return paths.home
