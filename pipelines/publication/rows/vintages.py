"""The vintage that a number was read in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from indicators.registries.sources import vintage_name


class Vintage(NamedTuple):
    """One dated edition of one source."""

    source: str
    label: str

    @property
    def name(self) -> str:
        """The vintage as a sentence names it."""
        return vintage_name(self.source, self.label)


@dataclass(frozen=True)
class Vintaged:
    """A row that names the one vintage it was read in."""

    source: str
    vintage: str

    @property
    def made_from(self) -> Vintage:
        """Its vintage."""
        return Vintage(self.source, self.vintage)


def vintage_of(source: str | None, vintage: str | None) -> frozenset[Vintage]:
    """Return the vintage of a row that may have none."""
    return frozenset({Vintage(source, vintage)}) if source and vintage else frozenset()
