"""Commands on the statements of the resolution: `claims`."""

from __future__ import annotations

import click

from pipelines.cli.errors import CheckFailed
from pipelines.cli.reading import published_rows
from pipelines.cli.terminal import show

COLUMNS = ("paragraph", "claim", "interval", "value", "at_adoption", "now", "explanation")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def claims(as_json: bool) -> None:
    """Show whether the data support the statements of the resolution.

    Each statement has two verdicts: at the adoption of the resolution, and now.
    The exit code is 1 if a verdict at adoption differs from the reviewed one.
    """
    from pipelines.warehouse import queries

    rows = published_rows(queries.model("verdicts_since_adoption"))
    show(rows, as_json=as_json, columns=COLUMNS, title="Statements of A/RES/80/173 and their verdicts")
    if not as_json:
        changed = rows[rows["at_adoption"] != rows["now"]].astype("object")
        for row in changed.where(changed.notna(), "").to_dict("records"):
            click.echo(f"{row['claim']}: {row['at_adoption']} at adoption, {row['now']} now. {row['change']}".rstrip())
    differing = rows[rows["at_adoption"] != rows["reviewed"]]
    if not differing.empty:
        raise CheckFailed(
            f"the verdict at adoption differs from the reviewed one for {', '.join(differing['claim'])}; "
            "check the data, or review `verdict` in indicators/registries/resolution.toml"
        )
