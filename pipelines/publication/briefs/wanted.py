"""Which area a reader means: by its code, its number of UN M49, its name, or words of it that no other area has. Nothing is guessed."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence

from pipelines.publication.site.area_profiles import Row

#: How many areas are named where words could mean several, or are near to none.
MOST_NAMED = 6


class Unclear(Exception):
    """No area is meant, or more than one could be; the message says which could."""


def area(words: str, areas: Sequence[Row]) -> Row:
    """Return the area that is meant.

    Args:
        words: What the reader wrote; capitals, accents and points do not matter.
        areas: What there is: entries with code, name and m49.

    Raises:
        Unclear: None is meant, or more than one could be.
    """
    said, joined = set(_plain(words)), _joined(words)
    by_code = [area for area in areas if words.casefold() in (area["code"].casefold(), area["m49"])]
    by_name = [area for area in areas if _joined(area["name"]) == joined]
    by_words = [area for area in areas if said and said <= set(_plain(area["name"]))]
    found = by_code or by_name or by_words
    if len(found) == 1:
        return found[0]
    if found:
        raise Unclear(f"{words!r} could be {_named(found)}: name one by its code")
    by_spelling = {_joined(area[of]): area for area in areas for of in ("code", "name")}
    close = (by_spelling[spelling] for spelling in difflib.get_close_matches(joined, by_spelling, cutoff=0.7))
    near = {area["code"]: area for area in close}
    hint = f"did you mean {_named(list(near.values()))}?" if near else "areas/index.html of the publication lists what there is"
    raise Unclear(f"no economy or group is called {words!r}; {hint}")


def _named(areas: Sequence[Row]) -> str:
    """Return areas by code and name; no more than fit in a line or two."""
    named = [f"{area['code']} ({area['name']})" for area in areas[:MOST_NAMED]]
    beyond = [f"{len(areas) - MOST_NAMED} more"] if len(areas) > MOST_NAMED else []
    return " or ".join([*named, *beyond])


def _plain(text: str) -> list[str]:
    """Return the words of a text without capitals, accents and points.

    >>> _plain("Côte d’Ivoire"), _plain("Korea, Dem. People's Rep.")
    (['cote', 'd', 'ivoire'], ['korea', 'dem', 'people', 's', 'rep'])
    """
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.findall(r"\w+", letters.casefold())


def _joined(text: str) -> str:
    return "".join(_plain(text))
