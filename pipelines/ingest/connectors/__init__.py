"""Doors: one HTTP client a source, over one polite session.

A door asks its publisher for one series, believes nothing, and returns the answer only when it is whole: `Fetched`, the bytes to store
with their vintage. Whatever else comes is one exception with one clear line, and nothing is stored. What the bytes mean is for the
readers, where they are kept is for the snapshot store; neither belongs here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fetched:
    """One whole answer of a publisher, ready to be stored.

    Attributes:
        content: The bytes to store; an unchanged answer gives unchanged bytes.
        vintage: The dated edition, as the publisher names it.
        published: When the publisher dated that edition, ISO.
        url: The address it came from.
        file: The name to store it under.
        rows: How many rows the publisher promised and sent, those without a value included.
    """

    content: bytes
    vintage: str
    published: str
    url: str
    file: str
    rows: int
