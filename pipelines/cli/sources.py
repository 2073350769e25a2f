"""Commands on the sources: `sources`."""

from __future__ import annotations

import datetime as dt

import click

from pipelines.settings import settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def sources(as_json: bool) -> None:
    """Show the newest edition of each source and its age.

    The result of the last request to the publisher is shown too; no request is made.
    """
    from pipelines.ingest import fetch_log
    from pipelines.ingest.source_status import source_status
    from pipelines.snapshots import SnapshotStore

    paths = settings()
    store = SnapshotStore(paths.embedded, paths.snapshots)
    rows = source_status(store, fetch_log.read(paths.fetch_log), dt.datetime.now(dt.UTC).date())
    if as_json:
        click.echo(rows.to_json(orient="records", force_ascii=False))
        return
    for row in rows.itertuples():
        click.echo(f"{row.source}: {row.summary}" + (f" ({row.connector_message})" if isinstance(row.connector_message, str) else ""))
