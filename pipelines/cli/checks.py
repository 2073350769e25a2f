"""Commands that check what was published: `check` and `verify`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from pipelines.cli.errors import CheckFailed, Unusable
from pipelines.cli.reading import published_settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def check(as_json: bool) -> None:
    """Check that the publication is as it was published.

    Tables are checked against their contracts, and files against their hashes. The exit code is 1 if a check falls short.
    """
    from indicators.contracts.tables import TABLES
    from pipelines.publishing.check import publication_problems

    problems = publication_problems(published_settings().publication)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(f"{problem.what}: {problem.problem}")
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        raise CheckFailed(f"{count} found in the publication; run `divide build` to publish again")
    if not as_json:
        click.echo(f"All {len(TABLES)} tables meet their contracts, and every file is as published.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def verify(file: Path, as_json: bool) -> None:
    """Recompute a chart from the published data, and compare.

    FILE is a PNG or SVG of a chart, or its CSV. The exit code is 1 if something differs.
    """
    from pipelines.publishing import verify as verification

    try:
        finding = verification.verify(file, published_settings())
    except verification.CannotVerify as error:
        raise Unusable(str(error)) from None
    if as_json:
        click.echo(json.dumps(asdict(finding) | {"reproduces": finding.reproduces}, ensure_ascii=False))
    else:
        for line in (*finding.notes, *map(str, finding.differences)):
            click.echo(line)
    if not finding.reproduces:
        count = f"{len(finding.differences)} difference{'s' if len(finding.differences) > 1 else ''}"
        raise CheckFailed(f"{file} cannot be reproduced: {count} from publication {finding.publication}; do not rely on it")
    if not as_json:
        click.echo(f"{file} was reproduced from publication {finding.publication} (chart {finding.chart}).")
