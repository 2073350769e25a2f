"""The whole job, as `divide build` runs it."""

from pipelines.running import run_job
from pipelines.settings import settings

if __name__ == "__main__":
    assert run_job("build", settings()).succeeded
