"""Text that several charts share: the source line, names of groups, and how parts are joined into sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.contracts.vocabulary import Language, Nature
from indicators.registries.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from indicators.registries.labels import Labels


def source_line(rows: pd.DataFrame, note: str, labels: Labels) -> str:
    """Return publisher, title, vintages and licence of the rows in one line, and a note on what is our own work."""
    phrase, parts = labels.chart_text, []
    for key, of_source in rows.dropna(subset="source").groupby("source", sort=True):
        source = sources().get(str(key))
        vintages = [labels.as_is(vintage) for vintage in sorted(of_source["vintage"].unique())]
        names = listed(vintages, labels)
        edition = phrase("source vintages", vintages=names) if len(vintages) > 1 else phrase("source vintage", vintage=names)
        if source:
            name = labels.source(source.name, f"{source.publisher}, {source.title}")
            licence = labels.licence(source.licence)
            terms = phrase("estimates of the publisher", licence=licence) if source.nature == Nature.ESTIMATE else licence
            parts.append(phrase("source part", source=name, edition=edition, terms=terms))
        else:
            parts.append(f"{key}, {edition}")
    return phrase("source line", parts=clauses(parts, labels), note=note).strip() if parts else note


def edition_name(source: str, vintage: str, labels: Labels) -> str:
    """Return how a vintage is called in a sentence."""
    return f"{labels.source_in_short(source, sources()[source].short_title)} {labels.as_is(vintage)}"


def group_names(keys: Iterable[str], titles: Iterable[str], labels: Labels) -> list[str]:
    """Return the short names of groups, given by their keys and English titles."""
    return [labels.group_in_short(key, title) for key, title in zip(keys, titles, strict=True)]


def economy_names(codes: Iterable[str], names: Iterable[str], labels: Labels) -> list[str]:
    """Return the names of economies, given by their codes and English names."""
    return [labels.economy(code, name) for code, name in zip(codes, names, strict=True)]


def share_ticks(labels: Labels, *ticks: int) -> dict[float, str]:
    """Return the text of each tick of a scale of shares; the last has the per cent sign."""
    return {tick: str(tick) if tick != ticks[-1] else labels.percent(str(tick)) for tick in ticks}


def sentences(labels: Labels, *parts: str) -> str:
    """Return sentences one after the other; Chinese sets no space between them."""
    return ("" if labels.language == Language.CHINESE else " ").join(part for part in parts if part)


def listed(things: Iterable[str], labels: Labels) -> str:
    """Return things in a row, with the comma of the language."""
    return labels.chart_text("comma").join(things)


def clauses(parts: Iterable[str], labels: Labels) -> str:
    """Return clauses in a row, with the semicolon of the language."""
    return labels.chart_text("semicolon").join(parts)


def lowered(name: str) -> str:
    """Return a name with a small first letter, as it is written inside a sentence."""
    return name[0].lower() + name[1:]


def in_sentence(name: str, labels: Labels) -> str:
    """Return a short group name as it is written inside a sentence; translations are worded so that a name stays as it is.

    >>> from indicators.registries.labels import ENGLISH
    >>> [in_sentence(name, ENGLISH) for name in ("Low-income", "Least developed countries", "Arab States", "Africa")]
    ['low-income economies', 'the least developed countries', 'the Arab States', 'Africa']
    """
    if not labels.is_english:
        return name
    if name.endswith("-income"):
        return f"{lowered(name)} economies"
    if name.endswith(("developing States", "countries")):
        return f"the {lowered(name)}"
    return f"the {name}" if name.endswith(("States", "Americas", "CIS")) else name
