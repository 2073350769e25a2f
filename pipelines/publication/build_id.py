"""The identifier of a build: a hash of the code and the snapshots it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

#: The files of each chart, by the end of their name.
FORMS = ("png", "svg", "dark.svg", "csv")


def fingerprint(code: str, snapshots: Mapping[str, str]) -> str:
    """Return the identifier of a build, from its code and the hash of each of its snapshots."""
    digest = hashlib.sha256(code.encode())
    for name in sorted(snapshots):
        digest.update(f"\0{name}\0{snapshots[name]}".encode())
    return digest.hexdigest()[:16]
