"""What a page is made of, as it is cited: sources, vintages, and the licence that binds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from indicators.registries.sources import strictest, vintage_name


def made_of(rows: Iterable[Mapping[str, Any]], sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the vintages of rows that name source and vintage, the sources' entries, and the strictest licence; None for no rows."""
    vintages = sorted({(row["source"], row["vintage"]) for row in rows})
    if not vintages:
        return None
    used = [sources[source] for source in sorted({source for source, _ in vintages})]
    return {"vintages": vintages, "sources": used, "licence": strictest([source["licence"] for source in used])}


def sentence(made_of: Mapping[str, Any], what: str, about: Mapping[str, Any]) -> str:
    """Return how to cite something made of these vintages.

    Args:
        made_of: What `made_of` returns.
        what: What is cited, such as the title of a page.
        about: git_sha.
    """
    sources = "; ".join(source["citation"].rstrip(".") for source in made_of["sources"])
    vintages = ", ".join(vintage_name(source, vintage) for source, vintage in made_of["vintages"])
    return f"{part(what, about)} Made from {sources}. Vintages: {vintages}. Licence of the figures: {made_of['licence']}."


def part(what: str, about: Mapping[str, Any]) -> str:
    """Return how to cite a part of the publication, without the sources of its figures."""
    code = f", code {about['git_sha']}" if about["git_sha"] else ""
    return f"{what}. In: Digital-divide indicators, the figures of A/RES/80/173 followed up{code}."
