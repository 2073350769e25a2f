"""Commands that run a job: `build` and `refresh`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from pipelines.cli.errors import CheckFailed, Unusable
from pipelines.cli.terminal import job_progress
from pipelines.settings import DATABASE, Settings, checkout, settings

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.orchestration.run_job import Ended


@click.command()
@click.option("--source", "sources", multiple=True, metavar="SOURCE", help="Use only this source, such as world-bank-wdi; repeatable.")
@click.option("--published-until", default="", metavar="DATE", help="Use only editions published until this date, such as 2025-12-17.")
def build(sources: tuple[str, ...], published_until: str) -> None:
    """Build the publication from the stored data; needs no network.

    With --source or --published-until the result goes to the folder selections/, and the publication stays as it is.
    """
    from pipelines.warehouse.selection import Selection

    try:
        selection = Selection(sources, published_until)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    paths = settings()
    if selection.is_everything:
        ended = _run("build", paths, {})
        _show_publication(paths.publication)
        _show_digest(paths, ended)
    else:
        from pipelines.publishing import opened

        _run("build", paths, {"raw": {"config": {"sources": list(sources), "published_until": published_until}}})
        _show_publication(opened.newest_selection(paths))


@click.command()
@click.option("--source", "sources", multiple=True, metavar="SOURCE", help="Ask only this source, such as world-bank-wdi; repeatable.")
@click.option("--address", "addresses", multiple=True, metavar="SOURCE=URL", help="Ask a source at another base URL; repeatable.")
def refresh(sources: tuple[str, ...], addresses: tuple[str, ...]) -> None:
    """Fetch new editions from the publishers, then build.

    Where nothing is new, nothing is recomputed.
    """
    from pipelines.ingest.refresh import CONNECTORS

    base_urls = dict(address.partition("=")[::2] for address in addresses)
    for source in [*sources, *base_urls]:
        if source not in CONNECTORS:
            raise click.UsageError(f"{source} cannot be fetched; choose from {', '.join(CONNECTORS)}")
    for source, url in base_urls.items():
        if not url.startswith(("http://", "https://")):
            raise click.UsageError(f"--address {source} needs a URL, as in --address {source}=https://example.org/api")
    config: dict[str, object] = {"addresses": base_urls}
    if sources:
        config["sources"] = list(sources)
    paths = settings()
    ended = _run("refresh", paths, {"new_vintages": {"config": config}})
    for line in ended.warnings:
        if line.startswith("new_vintages") and "digest_was_delivered" not in line:
            _warn(line)
    if "publication" in ended.steps:
        _show_publication(paths.publication)
    else:
        click.echo("No new editions, and the publication is up to date: nothing was recomputed.")
    _show_digest(paths, ended)


def _run(job: str, paths: Settings, ops: Mapping[str, object]) -> Ended:
    """Run a job with its progress shown, and turn a failure into one line."""
    from pipelines.definitions import defs
    from pipelines.orchestration.run_job import run_job

    with job_progress() as progress:
        ended = run_job(defs, job, paths, ops=ops, why=_command_line(), on_plan=progress.plan, on_step=progress.start)
    if not ended.succeeded:
        line = "; ".join(ended.failures) or f"run {ended.run} failed; the Dagster UI shows where"
        raise (CheckFailed if ended.fell_short else Unusable)(line)
    return ended


def _command_line() -> str:
    """Return the command that is running, as it was typed."""
    context = click.get_current_context()
    words = ["divide", str(context.info_name)]
    for option in context.command.params:
        value = context.params[str(option.name)]
        for each in value if isinstance(value, tuple) else (value,) if value else ():
            words += [option.opts[0], str(each)]
    return " ".join(words)


def _show_publication(folder: Path) -> None:
    """Say in a few lines what a build made, and where it is."""
    from pipelines.publishing import opened

    made = opened.summary(folder)
    click.echo(f"Statements:  {made.verdicts}")
    click.echo(f"Data:        {made.observations:,} observations from {made.vintages} editions, {made.quarantined:,} rows quarantined")
    click.echo(f"Changes:     {made.what_changed}")
    click.echo(f"Site:        {folder / opened.PAGE} ({made.pages:,} pages)")
    click.echo(f"Database:    {folder / DATABASE}")
    click.echo(f"Dagster UI:  run `{'make' if checkout() else 'divide'} ui`")


def _show_digest(paths: Settings, ended: Ended) -> None:
    """Show the digest of this run, and warn if a message could not be sent."""
    from pipelines.notify import digest

    message, line = digest.newest(paths)
    click.echo(f"Digest:      {line}")
    if message and message["run"] == ended.run:
        click.echo(f"\n{message['text']}")
    for warning in ended.warnings:
        if "digest_was_delivered" in warning:
            _warn(warning)


def _warn(line: str) -> None:
    """Show the warning of a check without the names of its asset and check."""
    click.echo(f"warning: {line.partition(': ')[2]}", err=True)
