"""The inbox: files in `data/inbox/` are added as by `divide add`, and moved to `done/` or `refused/`."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pipelines.ingest import added_files
from pipelines.snapshots import SnapshotRefused, SnapshotStore

#: A file that changed within this time may still be incomplete, seconds.
SETTLED = 5

# How browsers and copy tools name a file that is not complete yet.
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")


@dataclass(frozen=True)
class Taken:
    """What became of one file: where it is now, whether any of it is new, and one line of explanation."""

    file: str
    moved_to: Path
    state: str
    line: str


def waiting(inbox: Path, now: float) -> list[Path]:
    """Return the files in the inbox that are complete, by name; hidden and unfinished files are ignored.

    Args:
        inbox: The folder; it and its two subfolders are created if missing.
        now: The time, seconds since 1970.
    """
    for folder in ("done", "refused"):
        (inbox / folder).mkdir(parents=True, exist_ok=True)
    found = []
    for path in sorted(inbox.iterdir()):
        is_whole = path.is_file() and not path.name.startswith((".", "~$")) and path.suffix.lower() not in _UNFINISHED
        if is_whole and not 0 <= now - path.stat().st_mtime < SETTLED:  # a time in the future says nothing
            found.append(path)
    return found


def fingerprint(paths: list[Path]) -> str:
    """Return a text that stays the same while the same files wait unchanged."""
    names = "\n".join(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in paths)
    return hashlib.sha256(names.encode()).hexdigest()[:16]


def take_in(store: SnapshotStore, inbox: Path, now: dt.datetime) -> list[Taken]:
    """Add every waiting file, one by one: a refused file does not stop the others.

    An added file moves to `done/`. A refused file moves to `refused/`, with a `.txt` of the same name that says why.
    """
    taken = []
    for path in waiting(inbox, now.timestamp()):
        try:
            added = added_files.add(store, [path])
        except Exception as refusal:  # no error may stop the other files
            if not path.exists():  # it was removed meanwhile
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
        line = f"{path.name}: stored as {names}, {kept:,} of {rows:,} rows accepted" if is_new else f"{path.name}: already stored, {names}"
        taken.append(Taken(path.name, _move(path, inbox / "done", now), "new" if is_new else "unchanged", line))
    return taken


def _move(path: Path, folder: Path, now: dt.datetime) -> Path:
    """Move a file and return its new path; if the name is taken, the time and a number are added to it."""
    target, tries = folder / path.name, 0
    while target.exists():
        tries += 1
        target = folder / f"{path.stem} ({now:%Y-%m-%dT%H%M%S}{f' {tries}' if tries > 1 else ''}){path.suffix}"
    try:
        os.replace(path, target)
    except FileNotFoundError:  # it was removed after it was read
        return path
    return target
