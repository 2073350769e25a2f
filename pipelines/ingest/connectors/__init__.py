"""Connectors: one HTTP client a source, over one shared session.

A connector requests one series, checks the answer, and returns it only if it is complete: `Fetched`, the bytes to store with their vintage.
Every other answer is one exception with one line, and nothing is stored. The readers interpret the bytes; the snapshot store keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fetched:
    """One complete answer of a publisher, ready to be stored.

    Attributes:
        content: The bytes to store; an unchanged answer gives unchanged bytes.
        vintage: The dated edition, as the publisher names it.
        published: When the publisher dated that edition, ISO.
        url: The address it came from.
        file: The name to store it under.
        rows: How many rows the publisher announced and sent, including those without a value.
    """

    content: bytes
    vintage: str
    published: str
    url: str
    file: str
    rows: int
