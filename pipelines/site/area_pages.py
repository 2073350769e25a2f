"""The page of an economy or group, and the list of them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.site import areas, citing, use_drawing
from pipelines.site.areas import HEADLINE, Row
from pipelines.site.environment import render
from pipelines.site.known import Known

#: What other pages say of an area, by the kind of group it is; in this order on the list.
SCHEMES = {
    "world": "The world",
    "income": "World Bank income groups",
    "income union": "World Bank income groups, united",
    "itu region": "ITU regions",
    "ldc": "Countries in special situations",
    "lldc": "Countries in special situations",
    "sids": "Countries in special situations",
}


def page(area: Row, known: Known, about: Mapping[str, Any]) -> str:
    """Return the page of an economy or group."""
    peers = areas.peers(area)
    figures = sorted(
        area["figures"],
        key=lambda row: (known.order[row["indicator"]] if row["indicator"] != HEADLINE else -1, *_whole_first(row)),
    )
    drawing, drawn_from = use_drawing.of(area, peers, known)
    return render(
        "area.html",
        f"areas/{area['code']}.html",
        about,
        area=area | {"figures": figures},
        made_of=citing.made_of(area["figures"] or area["computed"], known.sources),
        headline=HEADLINE,
        use=known.uses.get(area["code"]),
        uses=known.uses,
        peers=peers,
        world=known.uses.get("world") if area["code"] != "world" else None,
        behind=side_by_side(area["behind"]),
        indicators=known.indicators,
        titles=known.titles,
        drawing=drawing,
        drawn_from=drawn_from,
    )


def index(known: Known, about: Mapping[str, Any]) -> str:
    """Return the list of all economies and groups, each with its newest figure of Internet use."""
    kinds: dict[str, list[Row]] = {}
    for area in known.areas.values():
        kinds.setdefault("Economies" if area["kind"] == "economy" else SCHEMES.get(area["scheme"], "Other groups"), []).append(area)
    order = [*dict.fromkeys(SCHEMES.values()), "Other groups", "Economies"]
    listed = [(kind, kinds[kind]) for kind in order if kind in kinds]
    return render("areas.html", "areas/index.html", about, listed=listed, uses=known.uses)


def _whole_first(row: Row) -> tuple[tuple[bool, str], ...]:
    """Return what puts the figure of all people before those of parts of them."""
    return tuple((row[of] not in ("all", "10+"), row[of]) for of in ("sex", "locality", "age"))


def side_by_side(behind: list[Row]) -> list[tuple[str, dict[str, Row]]]:
    """Return the rows of one indicator together, by benchmark."""
    found: dict[str, dict[str, Row]] = {}
    for row in behind:
        found.setdefault(row["indicator"], {})[row["benchmark"]] = row
    return list(found.items())
