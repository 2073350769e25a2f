"""The picture of a statement through the vintages: what each allows, against the band its words stand for."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from indicators.registries.sources import vintage_name
from pipelines.publication.site.area_profiles import Row
from pipelines.publication.site.line_chart import levels

WIDTH, HEIGHT = 640, 230
LEFT, RIGHT, TOP, BOTTOM = 62, 12, 16, 48


def of(claim: Row, verdicts: Sequence[Row]) -> str:
    """Return the SVG of the figures of a statement, vintage by vintage; empty where fewer than two vintages have one.

    Args:
        claim: An entry of the table `claims`.
        verdicts: Its published verdicts that have a value, in the order of their vintages.
    """
    if len(verdicts) < 2:
        return ""
    ends = [row[name] for row in verdicts for name in ("lower", "upper", "value") if row[name] is not None]
    ends += [claim[name] for name in ("lower", "upper") if claim[name] is not None]
    room = (max(ends) - min(ends)) * 0.08 or 1.0
    low, high = float(min(ends) - room), float(max(ends) + room)

    def x(place: int) -> float:
        return LEFT + (place + 0.5) / len(verdicts) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM)

    described = f"The words stand for {claim['interval']}. " + "; ".join(
        f"{vintage_name(row['source'], row['vintage'])}, {row['year']}: {row['value']:g}, {row['verdict']}" for row in verdicts
    )
    label = escape(f"{claim['statement']} {described}.")
    top, bottom = (y(high if claim["upper"] is None else claim["upper"]), y(low if claim["lower"] is None else claim["lower"]))
    parts = [
        f'<svg class="lines history" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">',
        f'<path class="band" d="M{LEFT} {top:.1f}H{WIDTH - RIGHT}V{bottom:.1f}H{LEFT}z"/>',
    ]
    for level in levels(low, high):
        parts.append(f'<path class="grid" d="M{LEFT} {y(level):.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text class="tick" x="{LEFT - 6}" y="{y(level) + 4:.1f}" text-anchor="end">{level:g}</text>')
    for place, row in enumerate(verdicts):
        at, source, slug = x(place), vintage_name(row["source"], row["vintage"]), row["verdict"].replace(" ", "-")
        if row["lower"] is not None and row["upper"] is not None:
            parts.append(f'<path class="allowed" d="M{at:.1f} {y(row["lower"]):.1f}V{y(row["upper"]):.1f}"/>')
        mark = f'x="{at - 6:.1f}" y="{y(row["value"]) - 6:.1f}" width="12" height="12" href="#mark-{slug}"'
        parts.append(f'<g class="{slug}"><use class="shape" {mark}/></g>')
        parts.append(f'<text class="tick" x="{at:.1f}" y="{HEIGHT - 24}" text-anchor="middle">{escape(_short(source))}</text>')
        parts.append(f'<text class="tick" x="{at:.1f}" y="{HEIGHT - 8}" text-anchor="middle">of {row["year"]}</text>')
    return "".join(parts) + "</svg>"


def _short(source: str) -> str:
    """Return the name of a vintage as it fits below its mark."""
    return source.replace("Facts and Figures", "F&F")
