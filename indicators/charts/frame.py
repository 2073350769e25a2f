"""What every chart has around its marks: the page with title, subtitle and source line, places in inches, and type that is measured."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from indicators.charts.chart import Chart
from indicators.charts.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from matplotlib.axes import Axes


#: Inches. A page of text is some 6.3 inches wide; at that width small print of 6.5 points is still 5, the years on the map's tiles 4.
WIDTH = 8.0
MARGIN = 0.25
P = ParamSpec("P")


def styled(draw: Callable[P, Chart]) -> Callable[P, Chart]:
    """Draw in the one style, whatever matplotlib settings the caller has."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Chart:
        with matplotlib.rc_context(style()):
            return draw(*args, **kwargs)

    return drawn


@functools.cache
def style() -> Any:
    """Return matplotlib's own defaults with our style on them, whatever the user's settings; the backend is not a matter of style."""
    settings = matplotlib.rc_params_from_file(Path(__file__).with_name("divide.mplstyle"), use_default_template=True)
    return {name: value for name, value in settings.items() if not name.startswith("backend")}


def page(title: str, subtitle: str, source: str, *, body: float) -> tuple[Figure, float]:
    """Start a page: title and subtitle above a body of so many inches, the source line below.

    Returns:
        The figure, and where the body begins, in inches from its lower edge.
    """
    inner = WIDTH - 2 * MARGIN
    heads = broken(title, 13, inner, weight="bold")
    subs = broken(subtitle, 9, inner)
    feet = broken(source, 6.8, inner)
    above = MARGIN + 0.235 * len(heads) + 0.06 + 0.165 * len(subs) + 0.17
    below = MARGIN - 0.08 + 0.125 * len(feet) + 0.12
    tall = above + body + below
    figure = Figure(figsize=(WIDTH, tall))
    left = MARGIN / WIDTH
    figure.text(left, 1 - MARGIN / tall, "\n".join(heads), fontsize=13, fontweight="bold", va="top", linespacing=1.12, color=LIGHT.ink)
    at = MARGIN + 0.235 * len(heads) + 0.06
    figure.text(left, 1 - at / tall, "\n".join(subs), fontsize=9, va="top", color=LIGHT.quiet, linespacing=1.2)
    figure.text(left, (MARGIN - 0.08) / tall, "\n".join(feet), fontsize=6.8, va="bottom", color=LIGHT.quiet, linespacing=1.2)
    return figure, below


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes at a place given in inches from the lower left corner."""
    wide, tall = figure.get_size_inches()
    return figure.add_axes((left / wide, bottom / tall, width / wide, height / tall))


def marker(colour: str, shape: str, *, hollow: bool) -> dict[str, Any]:
    """Return the look of a marker: filled at adoption, hollow now."""
    return {
        "marker": shape, "markersize": 5.5, "linestyle": "none", "color": LIGHT.ground if hollow and shape not in "_|" else colour,
        "markeredgecolor": colour, "markeredgewidth": 1.2,
    }  # fmt: skip


def broken(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Break text into lines no wider than `width` inches, at spaces."""
    lines: list[str] = []
    space, used = inches_wide(" ", size, weight), 0.0
    for word in text.split():
        wide = inches_wide(word, size, weight)
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return lines


@functools.lru_cache(maxsize=10_000)
def inches_wide(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide text is, in inches."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, weight), ismath=False)
    return float(width) / 72


@functools.cache
def _font(size: float, weight: str) -> FontProperties:
    return FontProperties(size=size, weight=weight)


def spread(places: Iterable[float], *, apart: float, below: float = float("inf")) -> list[float]:
    """Move labels up or down as little as keeps them `apart`, in their order and none above `below`.

    >>> spread([10, 11, 40], apart=4)
    [8.5, 12.5, 40.0]
    """
    wanted = np.array(list(places), dtype="float64")
    order = np.argsort(wanted, kind="stable")
    clusters: list[list[float]] = []
    for place in wanted[order]:
        clusters.append([place])
        # Two clusters that touch become one, centred on what its members wanted.
        while len(clusters) > 1 and _top(clusters[-2], apart) + apart > _bottom(clusters[-1], apart):
            clusters[-2:] = [clusters[-2] + clusters[-1]]
    settled = [_bottom(cluster, apart) + apart * step for cluster in clusters for step in range(len(cluster))]
    for place in range(len(settled) - 1, -1, -1):
        settled[place] = min(settled[place], below - apart * (len(settled) - 1 - place))
    result = np.empty(len(wanted))
    result[order] = settled
    return [float(place) for place in result]


def _bottom(cluster: list[float], apart: float) -> float:
    return float(np.mean(cluster)) - apart * (len(cluster) - 1) / 2


def _top(cluster: list[float], apart: float) -> float:
    return float(np.mean(cluster)) + apart * (len(cluster) - 1) / 2
