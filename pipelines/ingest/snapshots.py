"""The store of published bytes: put once, never changed, checked on every read.

A snapshot is a file `<source>/<vintage>/<file>` with a twin `<file>.toml` that says where it came from. The embedded vintages of the
package and the folder `snapshots/` of the data home are one store to the reader; only the latter is written to.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ ()+-]*")


class SnapshotRefused(Exception):
    """The bytes cannot be stored or trusted; the message is one clear line."""


@dataclass(frozen=True)
class Snapshot:
    """One stored file of one vintage, and what its sidecar says."""

    source: str
    vintage: str
    file: str
    path: Path
    sidecar: dict[str, Any]

    @property
    def name(self) -> str:
        """The key of the snapshot: source/vintage/file."""
        return f"{self.source}/{self.vintage}/{self.file}"

    @property
    def published(self) -> str:
        """When the publisher dated it: ISO day, month or year."""
        return str(self.sidecar["published"])

    def read(self) -> bytes:
        """Return the bytes.

        Raises:
            SnapshotRefused: They are not the bytes that were stored.
        """
        content = self.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sidecar["sha256"]:
            raise SnapshotRefused(
                f"{self.path}: the bytes are not those that were stored (checksum differs); restore the file or delete it and its .toml"
            )
        return content


class SnapshotStore:
    """All snapshots of several folders; new ones go to the last."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def list(self) -> list[Snapshot]:
        """Return every snapshot, by name.

        Raises:
            SnapshotRefused: A file has no sidecar, a sidecar no file, or a sidecar lacks what it must say.
        """
        found: dict[str, Snapshot] = {}
        for folder in self._folders:
            for path in sorted(folder.glob("*/*/*")):
                if path.suffix != ".toml" and not path.name.startswith("."):
                    snapshot = _snapshot(path)
                    found.setdefault(snapshot.name, snapshot)
        return [found[name] for name in sorted(found)]

    def get(self, name: str) -> Snapshot:
        """Return the snapshot called source/vintage/file.

        Raises:
            SnapshotRefused: There is none.
        """
        for folder in self._folders:
            if (folder / name).is_file():
                return _snapshot(folder / name)
        raise SnapshotRefused(f"{name}: no such snapshot is stored")

    def put(self, source: str, vintage: str, file: str, content: bytes, sidecar: dict[str, Any]) -> Snapshot:
        """Store `content` under source/vintage/file.

        Raises:
            SnapshotRefused: Something is stored under that name, or the name would leave the store.
        """
        self.require_names(source, vintage, file)
        if any((folder / source / vintage / file).exists() for folder in self._folders):
            raise SnapshotRefused(
                f"{source}/{vintage}/{file} is already stored; a vintage is never changed, so give the new file a vintage of its own"
            )
        path = self._folders[-1] / source / vintage / file
        path.parent.mkdir(parents=True, exist_ok=True)
        said = {name: value for name, value in sidecar.items() if value is not None}
        said |= {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        _write_whole(path.with_name(path.name + ".toml"), tomli_w.dumps(said).encode())
        _write_whole(path, content)
        return _snapshot(path)

    @staticmethod
    def require_names(*parts: str) -> None:
        """Require that a source, vintage or file can name a snapshot.

        Raises:
            SnapshotRefused: It would leave the store, or be taken for a sidecar.
        """
        for part in parts:
            if not _NAME.fullmatch(part) or part.endswith(".toml"):
                raise SnapshotRefused(f"{part!r} cannot name a snapshot; use letters, digits, spaces and . _ - + ( ), and not .toml")

    def newest(self, source: str, file: str) -> Snapshot | None:
        """Return the newest snapshot that a source has of a file, whatever kind of file; None if it has none."""
        return _newest(self._of_source(source), file)

    def put_edition(self, source: str, vintage: str, file: str, content: bytes, sidecar: dict[str, Any]) -> tuple[Snapshot, bool, bool]:
        """Store an edition that a publisher gives out under a label; the same label with other bytes becomes a vintage of its own.

        Returns:
            The snapshot, whether it is new, and whether the publisher rewrote it: the label was held under this very name with other bytes.
            Bytes that are the newest of their file change nothing, under whatever name; bytes given out once, then others, and now
            again are news. A series that the label holds in another file, such as one of the embedded figures, gets a vintage of its own
            as well, because two files of one vintage must not disagree.

        Raises:
            SnapshotRefused: The name would leave the store, or a file that holds these bytes was damaged.
        """
        self.require_names(source, vintage, file)
        sha256 = hashlib.sha256(content).hexdigest()
        of_source = list(self._of_source(source))
        for snapshot in [snapshot for snapshot in of_source if snapshot.sidecar["sha256"] == sha256]:
            if _newest(of_source, snapshot.file) == snapshot:
                snapshot.read()
                return snapshot, False, False
        of_label = [snapshot.file for snapshot in of_source if snapshot.vintage == vintage]
        if Path(file).stem not in {Path(name).stem for name in of_label}:
            return self.put(source, vintage, file, content, sidecar), True, False
        # The moment stands before the hash, so that of two such vintages the later one sorts last.
        moment = str(sidecar["retrieved"]).replace(":", "").removesuffix("Z")
        own = f"{vintage}-{moment}-{sha256[:8]}"
        return self.put(source, own, file, content, sidecar), True, file in of_label

    def _of_source(self, source: str) -> Iterable[Snapshot]:
        for folder in self._folders:
            for path in sorted((folder / source).glob("*/*")):
                if path.suffix != ".toml" and not path.name.startswith("."):
                    yield _snapshot(path)


def _newest(snapshots: Iterable[Snapshot], file: str) -> Snapshot | None:
    held = [snapshot for snapshot in snapshots if Path(snapshot.file).stem == Path(file).stem]
    return max(held, key=lambda snapshot: (snapshot.published, snapshot.vintage), default=None)


def _snapshot(path: Path) -> Snapshot:
    twin = path.with_name(path.name + ".toml")
    try:
        sidecar = tomllib.loads(twin.read_text("utf-8"))
    except FileNotFoundError:
        raise SnapshotRefused(f"{path}: has no sidecar {twin.name}; a file without an origin is not read") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SnapshotRefused(f"{twin}: not valid TOML ({error}); restore it") from None
    missing = [name for name in ("published", "sha256", "licence", "citation") if name not in sidecar]
    if missing:
        raise SnapshotRefused(f"{twin}: does not say {', '.join(missing)}; complete it")
    return Snapshot(path.parts[-3], path.parts[-2], path.name, path, sidecar)


def _write_whole(path: Path, content: bytes) -> None:
    """Write so that a reader sees all of it or nothing; the sidecar goes first, so that no file stands without one."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with partial.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(partial, path)
