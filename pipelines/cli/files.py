"""Commands on files that people bring: `add`."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.cli.errors import Unusable
from pipelines.settings import settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--vintage",
    default="",
    metavar="LABEL",
    help="Date of the edition, such as 2026-04-29. Default: the date in the file or its name, else today.",
)
@click.option("--series", default="", metavar="CODE", help="The publisher's code of the series, for files that do not state it.")
@click.option("--source", default="", metavar="NAME", help="The source, for files in the project's own layout, which does not state it.")
def add(files: tuple[Path, ...], vintage: str, series: str, source: str) -> None:
    """Store files that you downloaded from a publisher.

    Each file is recognised by its content. If one of them cannot be used, none is stored, and the reason is given.
    """
    from pipelines.ingest import added_files
    from pipelines.snapshots import SnapshotRefused, SnapshotStore

    paths = settings()
    store = SnapshotStore(paths.embedded, paths.snapshots)
    try:
        added = added_files.add(store, files, vintage=vintage, series=series, source=source)
    except (added_files.FileRefused, SnapshotRefused) as error:
        raise Unusable(str(error)) from None
    for entry in added:
        if not entry.is_new:
            click.echo(f"{entry.snapshot.name}: already stored, nothing changed")
            continue
        rows = f"{entry.kept:,} rows accepted, {entry.quarantined:,} quarantined"
        if entry.without_value:
            rows += f", {entry.without_value:,} without a value"
        click.echo(f"{entry.snapshot.name}: stored, {rows}")
        if entry.rewritten:
            click.echo("  Other content is stored under this label and file name, so this file is an edition of its own.")
        if not entry.is_dated:
            click.echo("  Neither the file nor its name states a date, so the edition is dated today; use --vintage to set the date.")
    if any(entry.is_new for entry in added):
        click.echo("Run `divide build` to publish.")
