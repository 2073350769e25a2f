"""Who started a run, why, and what it was made from: the tags by which a run is found again in the UI. Never a secret."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import dagster as dg

    from pipelines.snapshots import Snapshot

#: The UI shows who this tag names as the one who launched the run.
USER = "user"
WHY = "why"
VINTAGES = "vintages"
SELECTION = "selection"

#: Characters of a tag: the list of runs shows it on one line.
LONGEST = 200


def who() -> str:
    """Return the user of this system who runs this process; in a container it may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def short(text: str) -> str:
    """Return text as a tag: on one line, not too long, and without the part of an address before an @ or after a ?.

    >>> short("divide refresh --address data360=https://me:secret@example.org/api?key=secret")
    'divide refresh --address data360=https://example.org/api'
    """
    line = re.sub(r"(https?://)[^/\s@]*@", r"\1", re.sub(r"(https?://[^\s?#]*)[?#]\S*", r"\1", " ".join(text.split())))
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def vintages(snapshots: Iterable[Snapshot]) -> str:
    """Return the newest vintage of each source, and how many there are of it."""
    held: dict[str, dict[str, str]] = {}
    for snapshot in snapshots:
        held.setdefault(snapshot.source, {})[snapshot.vintage] = snapshot.published
    newest = {source: max(labels, key=lambda label: (labels[label], label)) for source, labels in held.items()}
    return short(", ".join(f"{source} {newest[source]} ({len(held[source])})" for source in sorted(held)))


def tag(context: dg.AssetExecutionContext, note: str, **tags: str) -> None:
    """Add tags to a run at work: those given, why it was started if a note says so, and who and why where neither is given."""
    run = context.instance.get_run_by_id(context.op_execution_context.run_id)
    if run is None:  # a step called by itself, as a test does, is part of no run
        return
    given = {WHY: short(note)} if note else {}
    context.instance.add_run_tags(run.run_id, {USER: who(), WHY: "started in the UI", **run.tags, **given, **tags})
