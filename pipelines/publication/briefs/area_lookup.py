"""The area that a reader names: by code, UN M49 number, name, or words of a name that no other area has. Nothing is guessed."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol, TypeVar

#: How many areas are named where words could mean several, or are close to one.
MOST_NAMED = 6


class Named(Protocol):
    """An area as readers name it."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def m49(self) -> str | None:
        """Its number of UN M49, if it has one."""


Area = TypeVar("Area", bound=Named)


class AreaUnclear(Exception):
    """The words name no area, or could name several; the message says which."""


def find_area(words: str, areas: Sequence[Area]) -> Area:
    """Return the area that is named.

    Args:
        words: What the reader wrote; capitals, accents and punctuation do not matter.
        areas: The areas there are.

    Raises:
        AreaUnclear: The words name no area, or could name several.
    """
    wanted, joined = set(_plain_words(words)), _joined(words)
    by_code = [area for area in areas if words.casefold() in (area.code.casefold(), area.m49)]
    by_name = [area for area in areas if _joined(area.name) == joined]
    by_words = [area for area in areas if wanted and wanted <= set(_plain_words(area.name))]
    matches = by_code or by_name or by_words
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise AreaUnclear(f"{words!r} could be {_listed(matches)}: name one by its code")
    by_spelling = {_joined(spelling): area for area in areas for spelling in (area.code, area.name)}
    close = (by_spelling[spelling] for spelling in difflib.get_close_matches(joined, by_spelling, cutoff=0.7))
    near = {area.code: area for area in close}
    hint = f"did you mean {_listed(list(near.values()))}?" if near else "areas/index.html of the publication lists all of them"
    raise AreaUnclear(f"no economy or group is called {words!r}; {hint}")


def _listed(areas: Sequence[Named]) -> str:
    """Return areas by code and name; no more than fit in a line or two."""
    names = [f"{area.code} ({area.name})" for area in areas[:MOST_NAMED]]
    beyond = [f"{len(areas) - MOST_NAMED} more"] if len(areas) > MOST_NAMED else []
    return " or ".join([*names, *beyond])


def _plain_words(text: str) -> list[str]:
    """Return the words of a text without capitals, accents and punctuation.

    >>> _plain_words("Côte d’Ivoire"), _plain_words("Korea, Dem. People's Rep.")
    (['cote', 'd', 'ivoire'], ['korea', 'dem', 'people', 's', 'rep'])
    """
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.findall(r"\w+", letters.casefold())


def _joined(text: str) -> str:
    return "".join(_plain_words(text))
