"""What a page is made of, as it is cited: sources, vintages, and the licence that binds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from indicators.sources import strictest


def made_of(rows: Iterable[Mapping[str, Any]], sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the vintages of rows that name source and vintage, the sources' entries, and the strictest licence; None for no rows."""
    vintages = sorted({(row["source"], row["vintage"]) for row in rows})
    if not vintages:
        return None
    used = [sources[source] for source in sorted({source for source, _ in vintages})]
    return {"vintages": vintages, "sources": used, "licence": strictest([source["licence"] for source in used])}
