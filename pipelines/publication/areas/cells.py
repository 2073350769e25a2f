"""Cells that the tables of several sections have."""

from __future__ import annotations

from indicators.contracts.vocabulary import Nature
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.documents.model import Span, Tone, Words, words
from pipelines.publication.number_format import MISSING, Counted, format_derived, format_nature, format_population, format_value
from pipelines.publication.rows.figures import DataGap


def indicator_cell(indicator: str, context: SiteContext, population: Counted | None = None, *, is_linked: bool = False) -> Words:
    """Return the title of an indicator, with the people counted in brackets if these are not all people."""
    link = f"indicators/{indicator}.html" if is_linked else ""
    return words(Span(context.indicators[indicator].title, link=link), population_span(population) if population else None)


def population_span(row: Counted) -> Span | None:
    """Return the people that a number counts, in brackets; None for all people."""
    people = format_population(row)
    return Span(f" ({people})", Tone.QUIET) if people else None


def area_cell(code: str, context: SiteContext) -> Words:
    """Return the name of an area, leading to its page; one without a page is shown by its code."""
    return words(Span(context.titles[code], link=f"areas/{code}.html") if code in context.titles else code)


def nature_cell(nature: str | None) -> Words:
    """Return who measured a number."""
    written = format_nature(nature)
    if nature == Nature.ESTIMATE:
        return words(Span(written, hint="estimated by the publisher"))
    return words(written if nature == Nature.COUNTRY else Span(written, Tone.QUIET))


def quiet(text: str) -> Words:
    """Return words without emphasis."""
    return words(Span(text, Tone.QUIET))


def bounds_cell(lower: float | None, upper: float | None, unit: str) -> Words:
    """Return a lowest and a highest value; an indicator without a highest value has no upper bound."""
    if lower is None:
        return words(MISSING)
    low = format_value(lower, unit)
    return words(f"{low} or more" if upper is None else f"{low} to {format_value(upper, unit)}")


def last_value_cell(gap: DataGap, unit: str) -> Words:
    """Return the last value of what is missing or old, with its year."""
    if gap.last_year is None:
        return quiet("no value")
    return words(f"{format_derived(gap.last_value, unit)} ({gap.last_year})")
