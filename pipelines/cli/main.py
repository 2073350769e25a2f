"""The command group `divide`, and how its errors end: one clear line and an exit code.

Exit codes: 0 fine; 1 a check fell short; 2 usage; 3 a source or file could not be used, and nothing was changed.
"""

from __future__ import annotations

import os
import sys
import traceback

import click

from pipelines.cli import build, checks, claims, digest, files, output, revisions, sources, ui
from pipelines.cli.errors import UNUSABLE

#: What a shell reports for a process that Ctrl-C ended, and for one whose reader went away.
INTERRUPTED, BROKEN_PIPE = 130, 141


class _Group(click.Group):
    """Lists its commands in the order they were added, which is the order of the work."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="digital-divide", message="divide %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def divide(debug: bool) -> None:
    """Check the digital-divide figures of UN General Assembly resolution A/RES/80/173 against published data.

    `divide build` makes the publication; the other commands read it, add data to it, or check it.
    """


for command in (
    *(build.build, build.refresh, files.add, ui.ui),
    *(claims.claims, sources.sources, revisions.diff, digest.digest),
    *(output.charts, output.brief, output.labels, checks.check, checks.verify),
):
    divide.add_command(command)


def main() -> None:
    """Run the command line: an error is one line, and a traceback only with `--debug`."""
    debug = "--debug" in sys.argv[1:2]
    try:
        sys.exit(divide.main(standalone_mode=False))
    except click.UsageError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Interrupted.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes at exit
        sys.exit(BROKEN_PIPE)
    except Exception as error:
        if debug:
            traceback.print_exc()
        elif isinstance(error, click.ClickException):
            error.show()
        else:
            line = " ".join(str(error).split()) or type(error).__name__
            click.echo(f"Error: {line} (unexpected; `divide --debug …` shows where)", err=True)
        sys.exit(error.exit_code if isinstance(error, click.ClickException) else UNUSABLE)
