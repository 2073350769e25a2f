"""The whole job, as `divide build` runs it."""

from pipelines.definitions import defs
from pipelines.orchestration.run_job import run_job
from pipelines.settings import settings

if __name__ == "__main__":
    assert run_job(defs, "build", settings()).succeeded
