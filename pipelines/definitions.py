"""What Dagster loads: everything in `defs/`, and nothing else."""

import dagster as dg

from pipelines.settings import resource


@dg.definitions
def defs() -> dg.Definitions:
    """Return everything found in `defs/`; `[tool.dg]` in pyproject.toml says where that is."""
    return dg.load_from_defs_folder(path_within_project=resource("pyproject.toml").parent)
