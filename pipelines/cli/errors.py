"""The errors of a command: one clear line that says what to do, and an exit code."""

from __future__ import annotations

import click

FELL_SHORT, UNUSABLE = 1, 3


class CheckFailed(click.ClickException):
    """A check fell short; the message says which, and what to do."""

    exit_code = FELL_SHORT


class Unusable(click.ClickException):
    """A source or file could not be used, and nothing was changed; the message says why, and what to do."""

    exit_code = UNUSABLE
