"""Which code made a publication: a hash of its files, and the git commit."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import indicators
from pipelines.settings import METHOD_NOTE, checkout, resource

#: Files that decide a figure or a page; pictures of the documents and compiled code do not.
_KINDS = {".py", ".toml", ".csv", ".sql", ".html", ".css", ".js", ".svg", ".mplstyle", ".typ"}

#: Folders of the package that are not code: the figures have hashes of their own, and the wheel's copies are counted where they belong.
_NO_CODE = {"embedded", "_resources"}


def code_version() -> str:
    """Return a fingerprint of all code, queries and registries that decide a figure or a page; the same from a checkout and its wheel."""
    folders = {"indicators": Path(indicators.__file__).parent, "pipelines": Path(__file__).parent, "sql": resource("sql")}
    digest = hashlib.sha256()
    for name, folder in folders.items():
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _KINDS):
            inside = path.relative_to(folder)
            if inside.parts[0] not in _NO_CODE:
                digest.update(f"{name}/{inside.as_posix()}".encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(resource(METHOD_NOTE).read_bytes())
    return digest.hexdigest()[:12]


def git_sha() -> str | None:
    """Return the commit of the code, with a + if files differ from it; None without a checkout, git or a commit."""
    root = checkout()
    if root is None or not (root / ".git").exists():  # an installed package may be in the checkout of another project
        return None
    try:
        described = subprocess.run(
            ["git", "-C", str(root), "describe", "--always", "--abbrev=12", "--dirty=+"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return described.stdout.strip() or None
