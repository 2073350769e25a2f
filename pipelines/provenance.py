"""Which code made a publication: a hash of its files, and the git commit."""

from __future__ import annotations

import hashlib
import subprocess
from typing import TYPE_CHECKING

from pipelines.settings import PROJECT

if TYPE_CHECKING:
    pass


def code_version() -> str:
    """Return a fingerprint of all that decides a figure: code, queries, registries; known with or without git."""
    kinds = {".py", ".toml", ".csv", ".sql", ".html", ".css", ".js", ".svg", ".mplstyle", ".typ"}
    digest = hashlib.sha256()
    for folder in ("indicators", "pipelines", "sql"):
        for path in sorted(path for path in (PROJECT / folder).rglob("*") if path.suffix in kinds and "embedded" not in path.parts):
            digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def git_sha() -> str | None:
    """Return the commit of the code, with a + if files differ from it; None outside a checkout."""
    try:
        described = subprocess.run(
            ["git", "-C", str(PROJECT), "describe", "--always", "--abbrev=12", "--dirty=+"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return described.stdout.strip() or None
