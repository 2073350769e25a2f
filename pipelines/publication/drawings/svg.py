"""Drawings as SVG: the markup of `drawings.svg`, filled with the numbers of a drawing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

import jinja2

from pipelines.publication.drawings.line_chart import LineChart, Sparkline
from pipelines.publication.drawings.strip_chart import PeerStrip, StripChart
from pipelines.publication.drawings.verdict_history_chart import VerdictHistoryChart
from pipelines.publication.template_environment import template_environment

Drawn = LineChart | Sparkline | StripChart | PeerStrip | VerdictHistoryChart

#: The macro of each kind of drawing.
_MACROS: dict[type[Drawn], str] = {
    LineChart: "line_chart",
    Sparkline: "sparkline",
    StripChart: "strip_chart",
    PeerStrip: "peer_strip",
    VerdictHistoryChart: "verdict_history_chart",
}


def render(drawing: Drawn, style: str = "") -> str:
    """Return the element `svg` of a drawing, as markup that a template does not escape again.

    Args:
        drawing: The drawing.
        style: A style sheet inside it, for a drawing that is not part of a page.
    """
    return cast(str, getattr(_templates(), _MACROS[type(drawing)])(drawing, style))


@cache
def _templates() -> jinja2.environment.TemplateModule:
    environment = template_environment(Path(__file__).parent)
    environment.filters["px"] = lambda number: f"{number:.1f}"
    return environment.get_template("drawings.svg").module
