"""Commands that start a server: `ui`."""

from __future__ import annotations

import os
import sys

import click

from pipelines.settings import settings


@click.command()
@click.option("--port", default=3000, show_default=True, help="Port on this machine.")
def ui(port: int) -> None:
    """Start the Dagster UI and the nightly schedule.

    Both run on this machine until you press Ctrl-C.
    """
    from pipelines.orchestration.dagster_home import dagster_home

    home = dagster_home(settings())
    os.environ["DAGSTER_HOME"] = str(home)
    os.chdir(home)  # Dagster looks for code and settings in the folder it is started from
    click.echo(f"Dagster UI: http://127.0.0.1:{port} (Ctrl-C stops it)")
    os.execv(  # noqa: S606  (the UI takes the place of this process, so that Ctrl-C reaches it)
        sys.executable, [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions", "-h", "127.0.0.1", "-p", str(port)]
    )
