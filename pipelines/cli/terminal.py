"""How rows and progress are shown: tables and bars on a terminal, JSON and plain lines for scripts and logs."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    import pandas as pd

#: A terminal with fewer columns leaves out the explanations, which would be one word a line.
NARROW = 140

#: What each step of a job does, for a person who waits.
STEPS = {
    "new_vintages": "Asking the publishers for new editions",
    "dropped_files": "Storing the files from the inbox",
    "raw": "Reading the stored files",
    "registries": "Loading indicators, economies and groups",
    "core": "Reading the observations and choosing current values",
    "measures": "Computing group figures, gaps, projections and targets",
    "claims": "Checking the statements of the resolution",
    "charts": "Drawing the charts",
    "publication": "Writing tables, site and briefs",
    "digest": "Writing the digest",
}


def describe_step(step: str) -> str:
    """Return what a step does, in words; a step without words of its own is named after its table."""
    return STEPS.get(step, f"Computing {step.replace('_', ' ')}")


class JobProgress(Protocol):
    """Follows a job: first the names of its steps, then each step as it starts."""

    def plan(self, steps: Sequence[str]) -> None:
        """Take note of the steps to come."""

    def start(self, step: str) -> None:
        """Show the step that starts."""


class _Lines:
    """Follows a job on an output that is no terminal: a line a step."""

    def __init__(self) -> None:
        self._total = self._number = 0
        self._began = time.monotonic()

    def plan(self, steps: Sequence[str]) -> None:
        self._total = len(steps)

    def start(self, step: str) -> None:
        self._number += 1
        click.echo(f"[{self._number}/{self._total}] {describe_step(step)} ({time.monotonic() - self._began:.0f} s)", err=True)


@contextmanager
def job_progress() -> Iterator[JobProgress]:
    """Show on the standard error what a job is doing: a bar on a terminal, else a line a step."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        click.echo("Starting Dagster", err=True)
        yield _Lines()
        return

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Starting Dagster", total=None)

        class Bar:
            def plan(self, steps: Sequence[str]) -> None:
                progress.update(task, total=len(steps))

            def start(self, step: str) -> None:
                started = progress.tasks[task].fields.get("started", 0)
                progress.update(task, description=describe_step(step), completed=started, started=started + 1)

        yield Bar()


def with_progress(items: Sequence[str], doing: str) -> Iterable[str]:
    """Yield items with a bar on a terminal; without one where the output is no terminal, or there is one item."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(items, doing, console=console, transient=True, disable=not console.is_terminal or len(items) == 1)


def show(rows: pd.DataFrame, *, as_json: bool, columns: Sequence[str], title: str) -> None:
    """Write all columns of rows as JSON, or the named columns as a table."""
    if as_json:
        click.echo(rows.to_json(orient="records", force_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    shown = [column for column in columns if column != "explanation" or console.width >= NARROW]
    table = Table(title=title, title_justify="left", show_lines="explanation" in shown)
    for column in shown:
        numeric = rows[column].dtype.kind in "if"
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", no_wrap=numeric)
    for row in rows[shown].itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    console.print(table)


def _cell(value: object) -> str:
    if value is None or value != value:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
