"""The picture on an area's page: its Internet use over the years beside that of its income group and the world."""

from __future__ import annotations

from pipelines.site.areas import HEADLINE, Row
from pipelines.site.known import Known
from pipelines.site.lines import Line, chart


def of(area: Row, peers: Row | None, known: Known) -> tuple[str, list[tuple[str, str]]]:
    """Return the drawing of an area's Internet use, and the vintages it is drawn from; empty where no series is held."""
    looks = {area["code"]: "own"}
    if peers:
        looks.setdefault(peers["group_name"], "peers")
    looks.setdefault("world", "world")
    series = {code: held for code in looks if (held := known.areas.get(code, {"series": {}})["series"].get(HEADLINE))}
    if area["code"] not in series:
        return "", []
    lines = [Line(short(known.titles[code]), looks[code], held["points"], newer(held, known.uses[code])) for code, held in series.items()]
    (first, low), (last, high) = series[area["code"]]["points"][0], series[area["code"]]["points"][-1]
    told = f"From {low:.1f} per cent in {first} to {high:.1f} per cent in {last}."
    drawn_from = sorted({pair for held in series.values() for pair in held["vintages"]} | {_vintage(known.uses[code]) for code in series})
    return chart(lines, title=f"Internet use in {area['name']}", description=told), drawn_from


def newer(held: Row, use: Row) -> tuple[int, float] | None:
    """Return the newest figure if it is newer than the line, and so of another vintage."""
    return (use["year"], use["value"]) if use["year"] > held["points"][-1][0] else None


def _vintage(use: Row) -> tuple[str, str]:
    return use["source"], use["vintage"]


def short(title: str) -> str:
    """Return a name as it fits beside a line."""
    for words in (" economies", " (ITU region)", " (World Bank)", "-income"):
        title = title.replace(words, "")
    return title if len(title) <= 16 else title[:15].rstrip() + "…"
