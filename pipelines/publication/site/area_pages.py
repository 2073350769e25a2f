"""The page of an economy or group, and the list of them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.publication.site import area_chart, area_profiles, citing, search_index, strip_chart
from pipelines.publication.site.area_profiles import HEADLINE, Row
from pipelines.publication.site.environment import render
from pipelines.publication.site.line_chart import spark
from pipelines.publication.site.site_context import Known

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
    peers = area_profiles.peers(area)
    figures = sorted(
        area["figures"],
        key=lambda row: (known.order[row["indicator"]] if row["indicator"] != HEADLINE else -1, *_whole_first(row)),
    )
    drawing, drawn_from = area_chart.of(area, peers, known)
    beside = _beside(peers, known)
    benchmarks = {
        code: f"Behind {known.titles[code].lower()}" for code in ("world", "high-income") if code in known.titles and code != area["code"]
    }
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
        benchmarks=benchmarks,
        sparks={name: spark(held["points"]) for name, held in area["series"].items()},
        drawing=drawing,
        drawn_from=drawn_from,
        beside_it=beside,
        among=strip_chart.among(area["code"], beside),
        neighbours=_neighbours(area["code"], beside),
    )


def index(known: Known, about: Mapping[str, Any]) -> str:
    """Return the list of all economies and groups, each with its newest figure of Internet use."""
    kinds: dict[str, list[Row]] = {}
    for area in known.areas.values():
        kinds.setdefault("Economies" if area["kind"] == "economy" else SCHEMES.get(area["scheme"], "Other groups"), []).append(area)
    order = [*dict.fromkeys(SCHEMES.values()), "Other groups", "Economies"]
    listed = [(kind, kinds[kind]) for kind in order if kind in kinds]
    return render(
        "areas.html",
        "areas/index.html",
        about,
        listed=listed,
        uses=known.uses,
        choices=known.with_members,
        narrowed={code: f"{area['name']} {search_index.names(area)} {search_index.region(area)}" for code, area in known.areas.items()},
    )


def _beside(peers: Row | None, known: Known) -> list[Row]:
    """Return the newest figures of Internet use of peers that are recent enough to stand beside each other, the highest first."""
    figures = [row for member in (known.areas[peers["group_name"]]["members"] if peers else []) if (row := known.uses.get(member["iso3"]))]
    return sorted(
        (row for row in figures if row["year"] > known.newest_use - strip_chart.RECENT_YEARS),
        key=lambda row: (-row["value"], known.titles[row["area"]]),
    )


def _neighbours(code: str, beside: list[Row]) -> list[Row]:
    """Return the two above and the two below an economy among its peers."""
    place = next((place for place, row in enumerate(beside) if row["area"] == code), None)
    return [] if place is None else [row for row in beside[max(place - 2, 0) : place + 3] if row["area"] != code]


def _whole_first(row: Row) -> tuple[tuple[bool, str], ...]:
    """Return what puts the figure of all people before those of parts of them."""
    return tuple((row[of] not in ("all", "10+"), row[of]) for of in ("sex", "locality", "age"))


def side_by_side(behind: list[Row]) -> list[tuple[str, dict[str, Row]]]:
    """Return the rows of one indicator together, by benchmark."""
    found: dict[str, dict[str, Row]] = {}
    for row in behind:
        found.setdefault(row["indicator"], {})[row["benchmark"]] = row
    return list(found.items())
