"""The words that several charts have in common."""

from __future__ import annotations

import pandas as pd

from indicators.registries.labels import ENGLISH, Labels
from indicators.registries.sources import sources


def source_line(rows: pd.DataFrame, note: str, said: Labels = ENGLISH) -> str:
    """Return publisher, title, vintages and licence of the rows in one line, and a note on what is ours."""
    say, parts = said.furniture, []
    for key, of_source in rows.dropna(subset="source").groupby("source", sort=True):
        known = sources().get(str(key))
        vintages = [said.as_is(vintage) for vintage in sorted(of_source["vintage"].unique())]
        listed = listing(vintages, said)
        edition = say("source vintages", vintages=listed) if len(vintages) > 1 else say("source vintage", vintage=listed)
        if known:
            name = said.source(known.name, f"{known.publisher}, {known.title}")
            licence = said.licence(known.licence)
            terms = say("estimates of the publisher", licence=licence) if known.nature == "estimate" else licence
            parts.append(say("source part", source=name, edition=edition, terms=terms))
        else:
            parts.append(f"{key}, {edition}")
    return say("source line", parts=chain(parts, said), note=note).strip() if parts else note


def edition_name(source: str, vintage: str, said: Labels) -> str:
    """Return how a vintage is called in a sentence."""
    return f"{said.source_in_short(source, sources()[source].short_title)} {said.as_is(vintage)}"


def group_names(groups: pd.DataFrame, said: Labels) -> pd.Series:
    """Return the short names of groups by their keys."""
    return pd.Series(
        [said.group_in_short(key, title) for key, title in zip(groups["group_name"], groups["title"], strict=True)],
        index=groups["group_name"], dtype="str",
    )  # fmt: skip


def lowered(name: str) -> str:
    """Return the short name of an income group as it stands inside a sentence."""
    return name[0].lower() + name[1:]


def sentences(said: Labels, *parts: str) -> str:
    """Return sentences one after the other; Chinese sets no space between them."""
    return ("" if said.language == "zh" else " ").join(part for part in parts if part)


def listing(things: list[str], said: Labels) -> str:
    """Return things in a row, with the comma of the language."""
    return said.furniture("comma").join(things)


def chain(parts: list[str], said: Labels) -> str:
    """Return clauses in a row, with the semicolon of the language."""
    return said.furniture("semicolon").join(parts)


def inside(name: str, said: Labels) -> str:
    """Return a short group name as it stands inside a sentence; translations are worded so that a name stays as it is.

    >>> [inside(name, ENGLISH) for name in ("Low-income", "Least developed countries", "Arab States", "Africa")]
    ['low-income economies', 'the least developed countries', 'the Arab States', 'Africa']
    """
    if not said.is_english:
        return name
    if name.endswith("-income"):
        return f"{name[0].lower()}{name[1:]} economies"
    if name.endswith(("developing States", "countries")):
        return f"the {name[0].lower()}{name[1:]}"
    return f"the {name}" if name.endswith(("States", "Americas", "CIS")) else name
