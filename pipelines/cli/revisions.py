"""Commands on what publishers changed: `diff`."""

from __future__ import annotations

import click

from pipelines.cli.reading import published_rows
from pipelines.cli.terminal import show

COLUMNS = ("kind", "indicator", "area", "year", "value_from", "value_to", "change")


@click.command()
@click.argument("source")
@click.argument("vintage_from")
@click.argument("vintage_to")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def diff(source: str, vintage_from: str, vintage_to: str, as_json: bool) -> None:
    """Show what changed between two editions of a source.

    The two must be consecutive. The largest change comes first, and a summary at the end.
    """
    from pipelines.warehouse import queries

    pairs = published_rows("select distinct vintage_from, vintage_to from revisions where source = ? order by all", [source])
    if not ((pairs["vintage_from"] == vintage_from) & (pairs["vintage_to"] == vintage_to)).any():
        known = ", ".join(f"{row.vintage_from} {row.vintage_to}" for row in pairs.itertuples()) or "none"
        raise click.UsageError(
            f"{source} has no revisions between {vintage_from} and {vintage_to}; consecutive editions with revisions: {known}"
        )
    pair = [source, vintage_from, vintage_to]
    rows = published_rows(
        "select indicator, area, year, sex, locality, age, kind, value_from, value_to, change from revisions "
        "where source = ? and vintage_from = ? and vintage_to = ? order by kind, abs(change) desc nulls last, indicator, area, year",
        pair,
    )
    show(rows, as_json=as_json, columns=COLUMNS, title=f"{source}, {vintage_from} to {vintage_to}")
    if as_json:
        return
    summary = published_rows(queries.model("revisions_in_brief").narrowed("where source = ? and vintage_from = ? and vintage_to = ?"), pair)
    for row in summary.itertuples():
        sizes = f" (median {row.median_change:.3g}, largest {row.largest_change:.3g})" if row.changed else ""
        click.echo(
            f"{row.indicator}: {row.changed:,} changed{sizes}, {row.new:,} new, {row.withdrawn:,} withdrawn; "
            f"{row.economies:,} economies, {row.groups:,} groups"
        )
