"""The picture on an area's page: its Internet use over the years beside that of its income group and the world."""

from __future__ import annotations

from pipelines.publication.site.area_profiles import HEADLINE, Row
from pipelines.publication.site.line_chart import Line, chart
from pipelines.publication.site.site_context import Known


def of(area: Row, peers: Row | None, known: Known) -> tuple[str, list[tuple[str, str]]]:
    """Return the drawing of an area's Internet use, and the vintages it is drawn from; empty where no series is held."""
    looks = compared(area, peers, known)
    if not looks:
        return "", []
    series = {code: known.areas[code]["series"][HEADLINE] for code in looks}
    lines = [Line(short(known.titles[code]), looks[code], held["points"], newer(held, known.uses[code])) for code, held in series.items()]
    drawn_from = sorted({pair for held in series.values() for pair in held["vintages"]} | {_vintage(known.uses[code]) for code in series})
    return chart(lines, title=f"Internet use in {area['name']}", description=described(area)), drawn_from


def compared(area: Row, peers: Row | None, known: Known) -> dict[str, str]:
    """Return the codes of the areas that are drawn, the area itself first, each with its look; empty where no series of it is held."""
    looks = {area["code"]: "own"}
    if peers:
        looks.setdefault(peers["group_name"], "peers")
    looks.setdefault("world", "world")
    held = {code: look for code, look in looks.items() if HEADLINE in known.areas.get(code, {"series": {}})["series"]}
    return held if area["code"] in held else {}


def described(area: Row) -> str:
    """Say what the drawing shows of an area whose series is held, for who does not see it."""
    points = area["series"][HEADLINE]["points"]
    (first, low), (last, high) = points[0], points[-1]
    return f"From {low:.1f} per cent in {first} to {high:.1f} per cent in {last}."


def newer(held: Row, use: Row) -> tuple[int, float] | None:
    """Return the newest figure if it is newer than the line, and so of another vintage."""
    return (use["year"], use["value"]) if use["year"] > held["points"][-1][0] else None


def _vintage(use: Row) -> tuple[str, str]:
    return use["source"], use["vintage"]


def short(title: str) -> str:
    """Return a name as it fits beside a line."""
    for words in (" economies", " countries", " (ITU region)", " (World Bank)", "-income"):
        title = title.replace(words, "")
    return title if len(title) <= 16 else title[:15].rstrip() + "…"
