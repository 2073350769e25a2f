"""Commands on the digest: `digest`."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

import click

from pipelines.cli.errors import Unusable
from pipelines.settings import delivery, settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--test", "is_trial", is_flag=True, help="Send a test message by every configured channel, and report the result.")
def digest(as_json: bool, is_trial: bool) -> None:
    """Show the newest digest: what changed and matters.

    A run writes a digest when something important changed. The result of the last run is shown too.
    """
    from pipelines.notify.digest import newest

    if is_trial:
        _send_test_message()
        return
    message, line = newest(settings())
    if not line:
        raise Unusable("no run has written a digest yet; run `divide build` first")
    if as_json:
        click.echo(json.dumps({"last_run": line, "last_message": message and asdict(message)}, ensure_ascii=False))
        return
    if message:
        click.echo(f"{message.subject}\n\n{message.text}")
    click.echo(f"Last run: {line}")


def _send_test_message() -> None:
    """Send a test message, and report for each channel whether it was accepted."""
    from pipelines.notify.digest import trial

    try:
        channels = delivery()
    except ValueError as error:
        raise Unusable(str(error)) from None
    if not channels.is_configured:
        raise Unusable("no channel is configured; set DIVIDE_DIGEST_TO and DIVIDE_DIGEST_SMTP, or DIVIDE_DIGEST_WEBHOOK")
    problems = []
    for channel, problem in trial(channels, dt.datetime.now(dt.UTC)):
        if problem:
            problems.append(problem)
        else:
            click.echo(f"{channel}: the test message was accepted")
    if problems:
        raise Unusable("; ".join(problems))
