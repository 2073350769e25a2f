"""How a page, a brief or another part of the publication is cited, and the vintages it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.registries.sources import strictest
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.registries import Source
from pipelines.publication.rows.vintages import Vintage


@dataclass(frozen=True)
class Origin:
    """What something is made from: vintages, their sources, and the strictest licence of these."""

    vintages: tuple[Vintage, ...]
    sources: tuple[Source, ...]
    licence: str


def origin(vintages: Iterable[Vintage], sources: Mapping[str, Source]) -> Origin | None:
    """Return what something is made from; None where it is made from no vintage.

    Args:
        vintages: The vintages, in any order, each as often as it comes.
        sources: The published sources by name.
    """
    used = sorted(set(vintages))
    if not used:
        return None
    entries = tuple(sources[name] for name in sorted({vintage.source for vintage in used}))
    return Origin(tuple(used), entries, strictest([entry.licence for entry in entries]))


def citation(title: str, info: PublicationInfo, made_from: Origin | None = None) -> str:
    """Return how to cite a part of the publication.

    Args:
        title: The title of the page or brief.
        info: The publication.
        made_from: What it is made from; without it the publishers are not named.
    """
    code = f", code {info.git_sha}" if info.git_sha else ""
    part = f"{title}. In: Digital-divide indicators: follow-up of the figures of A/RES/80/173{code}."
    if made_from is None:
        return part
    publishers = "; ".join(entry.citation.rstrip(".") for entry in made_from.sources)
    vintages = ", ".join(vintage.name for vintage in made_from.vintages)
    return f"{part} Made from: {publishers}. Vintages: {vintages}. Licence of the figures: {made_from.licence}."
