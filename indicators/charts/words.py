"""The words that several charts have in common."""

from __future__ import annotations

import pandas as pd

from indicators.sources import sources


def source_line(rows: pd.DataFrame, note: str) -> str:
    """Return publisher, title, vintages and licence of the rows in one line, and a note on what is ours."""
    parts = []
    for key, of_source in rows.dropna(subset="source").groupby("source", sort=True):
        known = sources().get(str(key))
        vintages = ", ".join(sorted(of_source["vintage"].unique()))
        edition = f"vintages {vintages}" if ", " in vintages else f"vintage {vintages}"
        terms = f"{known.licence}; estimates of the publisher" if known and known.nature == "estimate" else known.licence if known else ""
        parts.append(f"{known.publisher}, {known.title}, {edition} ({terms})" if known else f"{key}, {edition}")
    return f"Source: {'; '.join(parts)}. {note}".strip() if parts else note


def short(title: str) -> str:
    """Return a group's title without its classification and without the word economies."""
    return title.partition(" (")[0].removesuffix(" economies")


def prose(name: str) -> str:
    """Return a short group name as it stands inside a sentence.

    >>> [prose(name) for name in ("Low-income", "Least developed countries", "Arab States", "Africa")]
    ['low-income economies', 'the least developed countries', 'the Arab States', 'Africa']
    """
    if name.endswith("-income"):
        return f"{name[0].lower()}{name[1:]} economies"
    if name.endswith(("developing States", "countries")):
        return f"the {name[0].lower()}{name[1:]}"
    return f"the {name}" if name.endswith(("States", "Americas", "CIS")) else name


def plain(value: float) -> str:
    """Return a number with one decimal, or none if it has none."""
    return f"{value:.1f}".removesuffix(".0")
