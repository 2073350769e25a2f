"""The store of published bytes: written once, never changed, checked on every read.

A snapshot is a file `<source>/<vintage>/<file>` with a sidecar `<file>.toml` that says where it came from. The embedded vintages and the
folder `snapshots/` of the data home are read as one store; only the latter is written to.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Required, TypedDict, cast

import tomli_w

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ ()+-]*")


class SnapshotRefused(Exception):
    """The bytes cannot be stored or trusted; the message is one line."""


class Sidecar(TypedDict, total=False):
    """What is known of a stored file besides its bytes; the store itself adds `sha256` and `size`.

    Attributes:
        title: What the publisher calls it.
        publisher: Who published it.
        published: The publisher's date: ISO day, month or year.
        retrieved: When it was fetched or added, ISO, UTC.
        url: Where it came from.
        licence: The licence of the data.
        citation: How to cite it.
        origin: How it came here, where it was not fetched from the publisher.
        series: The publisher's code of its series, where the file does not contain it.
        is_dated: Whether the publisher states the date; true where this is missing.
        whole_series: Whether the file holds whole series, where that differs from its source.
        sha256: Of the bytes.
        size: In bytes.
    """

    title: str
    publisher: str
    published: Required[str]
    retrieved: str
    url: str
    licence: Required[str]
    citation: Required[str]
    origin: str
    series: str
    is_dated: bool
    whole_series: bool
    sha256: str
    size: int


@dataclass(frozen=True)
class Snapshot:
    """One stored file of one vintage, with its sidecar."""

    source: str
    vintage: str
    file: str
    path: Path
    sidecar: Sidecar

    @property
    def name(self) -> str:
        """The key of the snapshot: source/vintage/file."""
        return f"{self.source}/{self.vintage}/{self.file}"

    @property
    def published(self) -> str:
        """The publisher's date: ISO day, month or year."""
        return str(self.sidecar["published"])

    def read(self) -> bytes:
        """Return the bytes.

        Raises:
            SnapshotRefused: The bytes are not those that were stored.
        """
        content = self.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sidecar["sha256"]:
            raise SnapshotRefused(
                f"{self.path}: the bytes are not those that were stored (checksum differs); restore the file or delete it and its .toml"
            )
        return content


class SnapshotStore:
    """The snapshots of several folders; new ones are written to the last folder."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def list(self) -> list[Snapshot]:
        """Return every snapshot, by name.

        Raises:
            SnapshotRefused: A file has no sidecar, a sidecar no file, or a sidecar lacks a required entry.
        """
        found: dict[str, Snapshot] = {}
        for folder in self._folders:
            for path in sorted(folder.glob("*/*/*")):
                if path.suffix != ".toml" and not path.name.startswith("."):
                    snapshot = _snapshot(path)
                    found.setdefault(snapshot.name, snapshot)
        return [found[name] for name in sorted(found)]

    def get(self, name: str) -> Snapshot:
        """Return the snapshot source/vintage/file.

        Raises:
            SnapshotRefused: There is no such snapshot.
        """
        for folder in self._folders:
            if (folder / name).is_file():
                return _snapshot(folder / name)
        raise SnapshotRefused(f"{name}: no such snapshot is stored")

    def put(self, source: str, vintage: str, file: str, content: bytes, sidecar: Sidecar) -> Snapshot:
        """Store `content` under source/vintage/file.

        Raises:
            SnapshotRefused: The name is taken, or would leave the store.
        """
        self.require_names(source, vintage, file)
        if any((folder / source / vintage / file).exists() for folder in self._folders):
            raise SnapshotRefused(
                f"{source}/{vintage}/{file} is already stored; a vintage is never changed; give the new file its own vintage"
            )
        path = self._folders[-1] / source / vintage / file
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = {name: value for name, value in sidecar.items() if value is not None}
        entries |= {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        _write_whole(path.with_name(path.name + ".toml"), tomli_w.dumps(entries).encode())
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
        """Return the newest snapshot of a file of a source, whatever its ending; None if there is none."""
        return _newest(self._of_source(source), file)

    def put_edition(self, source: str, vintage: str, file: str, content: bytes, sidecar: Sidecar) -> tuple[Snapshot, bool, bool]:
        """Store an edition under the publisher's label; the same label with other bytes becomes a vintage of its own.

        Returns:
            The snapshot, whether it is new, and whether the publisher rewrote it: the label and file name were stored with other bytes.
            Bytes equal to the newest of their file change nothing, under any name. Bytes that return after others are new again.
            A series that the label has in another file, such as an embedded one, gets its own vintage too, because two files of
            one vintage must not disagree.

        Raises:
            SnapshotRefused: The name would leave the store, or a stored file with these bytes was damaged.
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
        # The time comes before the hash, so that of two such vintages the later one sorts last.
        moment = str(sidecar["retrieved"]).replace(":", "").removesuffix("Z")
        own = f"{vintage}-{moment}-{sha256[:8]}"
        return self.put(source, own, file, content, sidecar), True, file in of_label

    def _of_source(self, source: str) -> Iterable[Snapshot]:
        for folder in self._folders:
            for path in sorted((folder / source).glob("*/*")):
                if path.suffix != ".toml" and not path.name.startswith("."):
                    yield _snapshot(path)


def _newest(snapshots: Iterable[Snapshot], file: str) -> Snapshot | None:
    candidates = [snapshot for snapshot in snapshots if Path(snapshot.file).stem == Path(file).stem]
    return max(candidates, key=lambda snapshot: (snapshot.published, snapshot.vintage), default=None)


def _snapshot(path: Path) -> Snapshot:
    sidecar_path = path.with_name(path.name + ".toml")
    try:
        sidecar = tomllib.loads(sidecar_path.read_text("utf-8"))
    except FileNotFoundError:
        raise SnapshotRefused(f"{path}: has no sidecar {sidecar_path.name}; a file of unknown origin is not read") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SnapshotRefused(f"{sidecar_path}: not valid TOML ({error}); restore it") from None
    missing = [name for name in ("published", "sha256", "licence", "citation") if name not in sidecar]
    if missing:
        raise SnapshotRefused(f"{sidecar_path}: {', '.join(missing)} missing; add it")
    return Snapshot(path.parts[-3], path.parts[-2], path.name, path, cast("Sidecar", sidecar))


def _write_whole(path: Path, content: bytes) -> None:
    """Write so that a reader sees all of it or nothing; the sidecar is written first, so that no file is without one."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with partial.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(partial, path)
