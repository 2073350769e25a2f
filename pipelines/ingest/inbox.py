"""The drop folder: what is put into `data/inbox/` is taken in as by `divide add`, and moved to `done/` or `refused/`."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pipelines.ingest import added_files
from pipelines.ingest.snapshots import SnapshotRefused, SnapshotStore

#: A file that changed so lately may still be on its way in, seconds.
SETTLED = 5

# What browsers and tools that copy call a file that is not whole yet.
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")


@dataclass(frozen=True)
class Taken:
    """What became of one file: where it is now, whether anything of it is new, and a line that says it."""

    file: str
    moved_to: Path
    state: str
    line: str


def waiting(inbox: Path, now: float) -> list[Path]:
    """Return the files that wait in the inbox and have settled, by name; those that are hidden or unfinished are left alone.

    Args:
        inbox: The folder; it and its two folders are made if they are not there.
        now: The time, seconds since 1970.
    """
    for folder in ("done", "refused"):
        (inbox / folder).mkdir(parents=True, exist_ok=True)
    found = []
    for path in sorted(inbox.iterdir()):
        is_whole = path.is_file() and not path.name.startswith((".", "~$")) and path.suffix.lower() not in _UNFINISHED
        if is_whole and not 0 <= now - path.stat().st_mtime < SETTLED:  # a time yet to come says nothing
            found.append(path)
    return found


def fingerprint(paths: list[Path]) -> str:
    """Return a text that is the same as long as the same files wait unchanged."""
    told = "\n".join(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in paths)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def take_in(store: SnapshotStore, inbox: Path, now: dt.datetime) -> list[Taken]:
    """Take in every file that waits, each by itself: one that is refused keeps none of the others back.

    A file taken in moves to `done/`; one refused moves to `refused/`, with a `.txt` of the same name that says why.
    """
    taken = []
    for path in waiting(inbox, now.timestamp()):
        try:
            added = added_files.add(store, [path])
        except Exception as refusal:  # whatever it is, it must not keep the other files back
            if not path.exists():  # somebody took it back
                continue
            if isinstance(refusal, added_files.FileRefused | SnapshotRefused):
                line = str(refusal).replace(f"{path}", path.name)
            else:
                line = " ".join(f"{path.name}: {type(refusal).__name__} ({refusal}); please report it".split())
            moved = _move(path, inbox / "refused", now)
            moved.with_name(moved.name + ".txt").write_text(f"{line}\n", "utf-8")
            taken.append(Taken(path.name, moved, "refused", line))
            continue
        names = ", ".join(entry.snapshot.name for entry in added)
        rows, kept = sum(entry.rows for entry in added), sum(entry.kept for entry in added)
        is_new = any(entry.is_new for entry in added)
        line = (
            f"{path.name}: stored as {names}, {kept:,} of {rows:,} rows have a meaning" if is_new else f"{path.name}: already held, {names}"
        )
        taken.append(Taken(path.name, _move(path, inbox / "done", now), "new" if is_new else "unchanged", line))
    return taken


def _move(path: Path, folder: Path, now: dt.datetime) -> Path:
    """Move a file and return where it is; where one of its name is there already, moment and number go into its name."""
    target, tries = folder / path.name, 0
    while target.exists():
        tries += 1
        target = folder / f"{path.stem} ({now:%Y-%m-%dT%H%M%S}{f' {tries}' if tries > 1 else ''}){path.suffix}"
    try:
        os.replace(path, target)
    except FileNotFoundError:  # it was read, and somebody took it back
        return path
    return target
