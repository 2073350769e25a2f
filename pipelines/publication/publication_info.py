"""What a publication says of itself: when, from what and by which code it was made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class PublicationInfo:
    """One publication.

    Attributes:
        made_at: UTC time at which it was made, ISO.
        code: Fingerprint of the code.
        git_sha: Commit of the code; empty outside a checkout.
        run: Identifier of the run.
        selection: The selection of snapshots it was made from, in words.
        is_everything: Whether the selection is all snapshots.
        build: Fingerprint of code and snapshots, as in the provenance of its charts.
        what_changed: What changed since the publication before, in one line.
        licence: Licence of the whole.
    """

    made_at: str
    code: str
    git_sha: str
    run: str
    selection: str
    is_everything: bool
    build: str
    what_changed: str = ""
    licence: str = ""

    @property
    def time(self) -> dt.datetime:
        """The time at which it was made."""
        return dt.datetime.fromisoformat(self.made_at)
