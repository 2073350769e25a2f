"""The digest as a step of a run: whatever goes wrong with it fails no run."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.notify import digest
from pipelines.warehouse.checks import Outcome

if TYPE_CHECKING:
    from pipelines.settings import Settings

#: The check of the delivery, and what it says of itself.
CHECK = "digest_was_delivered"
DESCRIPTION = "Warns if a message of this or an earlier run could not be sent. It is kept, and sent again with the next run."


def deliver(paths: Settings, run: str, log: logging.Logger) -> Outcome:
    """Report what matters of the publication, and return whether the message was delivered."""
    try:
        message = digest.report(paths, run=run)
    except Exception as failure:
        line = " ".join(f"the digest was not written: {type(failure).__name__} ({failure}); please report it".split())
        log.warning(line)
        return Outcome(False, line, pd.DataFrame())
    log.info(f"{message.line}\n\n{message.text}" if message.text else message.line)
    if message.problems:
        return Outcome(False, "; ".join(message.problems), pd.DataFrame())
    sent = f"sent by {' and '.join(dict.fromkeys(message.sent))}" if message.sent else "nothing had to be sent"
    return Outcome(True, f"{sent}; {message.line}", pd.DataFrame())


def not_due(why: str) -> Outcome:
    """Return the outcome of a run that has nothing to report here."""
    return Outcome(True, why, pd.DataFrame())
