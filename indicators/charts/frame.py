"""What every chart has around its marks: the page with title, subtitle and source line, places in inches, and type that is measured."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.textpath import text_to_path

from indicators.charts.chart import Chart
from indicators.charts.palette import LIGHT, SHARE_CLASSES
from indicators.registries.labels import ENGLISH, Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from matplotlib.axes import Axes


#: Inches. A page of text is some 6.3 inches wide; at that width small print of 6.5 points is still 5, the years on the map's tiles 4.
WIDTH = 8.0
MARGIN = 0.25
#: A mark without width that tells a renderer that a line runs from right to left, whatever it begins with.
_FROM_THE_RIGHT = "\u200f"
#: Chinese is broken between any two characters, but not before what closes and not after what opens; the rest stays whole.
_OPENS, _CLOSES = "（《“「", "，。、；：！？）》”」%％"
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_PIECES = re.compile(f"[{_OPENS}]*(?:[{_CHINESE}]|[^{_CHINESE}{_OPENS}{_CLOSES}]+)[{_CLOSES}]*|.")
P = ParamSpec("P")


def styled(draw: Callable[P, Chart]) -> Callable[P, Chart]:
    """Draw in the one style, whatever matplotlib settings the caller has."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Chart:
        with matplotlib.rc_context(style()):
            chart = draw(*args, **kwargs)
        if chart.said.direction == "rtl":
            for text in chart.figure.findobj(Text):
                text.set_text("\n".join(_FROM_THE_RIGHT + line for line in text.get_text().split("\n") if line))
        return chart

    return drawn


@functools.cache
def style() -> Any:
    """Return matplotlib's own defaults with our style on them, whatever the user's settings; the backend is not a matter of style."""
    settings = matplotlib.rc_params_from_file(Path(__file__).with_name("divide.mplstyle"), use_default_template=True)
    return {name: value for name, value in settings.items() if not name.startswith("backend")}


def page(title: str, subtitle: str, source: str, *, body: float, said: Labels = ENGLISH) -> tuple[Figure, float]:
    """Start a page: title and subtitle above a body of so many inches, the source line below; all at the side where reading begins.

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
    left, side = reading_edge(said)
    figure.text(
        left, 1 - MARGIN / tall, "\n".join(heads), fontsize=13, fontweight="bold", ha=side, va="top", linespacing=1.12, color=LIGHT.ink
    )
    at = MARGIN + 0.235 * len(heads) + 0.06
    figure.text(left, 1 - at / tall, "\n".join(subs), fontsize=9, ha=side, va="top", color=LIGHT.quiet, linespacing=1.2)
    figure.text(left, (MARGIN - 0.08) / tall, "\n".join(feet), fontsize=6.8, ha=side, va="bottom", color=LIGHT.quiet, linespacing=1.2)
    return figure, below


def reading_edge(said: Labels) -> tuple[float, str]:
    """Return where the lines of a page begin, as a part of its width, and the side that is."""
    return (MARGIN / WIDTH, "left") if said.direction == "ltr" else (1 - MARGIN / WIDTH, "right")


def shares(said: Labels, *ticks: int) -> dict[float, str]:
    """Return the ticks of a scale of shares, the last with the sign for per cent."""
    return {tick: str(tick) if tick != ticks[-1] else said.percent(str(tick)) for tick in ticks}


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes at a place given in inches from the lower left corner."""
    wide, tall = figure.get_size_inches()
    return figure.add_axes((left / wide, bottom / tall, width / wide, height / tall))


def lying_scale(panel: Axes, ticks: Mapping[float, str], *, top: float, bottom: float) -> None:
    """Lay the value axis flat: what carries values are upright lines from `top` to `bottom`, and their labels stand below."""
    panel.set(xticks=list(ticks), yticks=[])
    panel.set_xticklabels(list(ticks.values()))
    panel.grid(visible=False)
    panel.vlines(list(ticks), top, bottom, color=LIGHT.grid, linewidth=0.6, zorder=0.5)
    panel.spines["bottom"].set_visible(False)
    panel.tick_params(axis="x", length=0)


def turn_round(panel: Axes) -> None:
    """Turn a panel of rows round for who reads from the right: names at the right, values growing to the left, numbers at the left."""
    box = panel.get_position()
    panel.set_position((1 - box.x1, box.y0, box.width, box.height))
    panel.invert_xaxis()
    across, others = panel.get_yaxis_transform(), {"left": "right", "right": "left", "center": "center"}
    turned: dict[Any, Any] = {">": "<", "<": ">"}
    for text in panel.texts:
        text.set(ha=others[text.get_horizontalalignment()], rotation=-text.get_rotation())
        if isinstance(text, Annotation):
            text.set_x(-text.get_position()[0])
        elif text.get_transform() is across:
            text.set_x(1 - text.get_position()[0])
    for line in panel.lines:
        line.set_marker(turned.get(line.get_marker(), line.get_marker()))
        if line.get_transform() is across:
            line.set_xdata(1 - np.asarray(line.get_xdata()))
    for patch in panel.patches:
        if isinstance(patch, Rectangle) and patch.get_data_transform() is across:
            patch.set_x(1 - patch.get_x() - patch.get_width())


def year_axis(panel: Axes, first: int, last: int) -> None:
    """Name the first and the last year under a small panel, within its width."""
    panel.set(xlim=(first, last + 0.02 * (last - first or 1)), xticks=[first, last])
    panel.set_xticklabels([str(first), str(last)])
    panel.get_xticklabels()[0].set_horizontalalignment("left")
    panel.get_xticklabels()[1].set_horizontalalignment("right")


def small_panels(
    figure: Figure, names: Sequence[str], bottom: float, *, columns: int, height: float, room: float, said: Labels
) -> list[Axes]:
    """Set small panels in rows from where reading begins, each under its name in bold, the first of a row with place for its scale.

    Args:
        figure: The page.
        names: What stands above each panel.
        bottom: Where the body begins, in inches.
        columns: Panels a row.
        height: Inches of a panel.
        room: Inches kept free at the right of each panel, for labels.
        said: The labels in the language of the chart.
    """
    rows = -(-len(names) // columns)
    step = (WIDTH - 2 * MARGIN) / columns
    panels = []
    for place, name in enumerate(names):
        row, column = divmod(place, columns)
        floor = bottom + 0.2 + (rows - 1 - row) * panel_pitch(height)
        left = MARGIN + (column if said.direction == "ltr" else columns - 1 - column) * step
        panels.append(axes_at(figure, left + 0.3, floor, step - 0.3 - room, height))
        at, side = (left, "left") if said.direction == "ltr" else (left + step - room, "right")
        size = fitting(name, 8.5, step - 0.05, "bold")
        figure.text(at / WIDTH, (floor + height + 0.12) / figure.get_figheight(), name, fontsize=size, fontweight="bold", ha=side)
    return panels


def panel_pitch(height: float) -> float:
    """Return from where to where a row of small panels reaches, in inches: the panel, its name above and its years below."""
    return height + 0.68


def class_key(panel: Axes, words: str, *, left: float, top: float, wide: float) -> None:
    """Draw the classes of a share, each so wide, in axes whose unit is the side of a tile and whose values grow downwards."""
    panel.text(left, top - 0.35, words, fontsize=7.5, fontweight="bold", va="bottom")
    for place, (end, colour) in enumerate(zip(SHARE_CLASSES, LIGHT.classes, strict=True)):
        panel.add_patch(Rectangle((left + wide * place, top), wide, 0.8, facecolor=colour, edgecolor=LIGHT.muted, linewidth=0.3))
        panel.text(left + wide * (place + 1), top + 1.2, str(end), fontsize=7, ha="center", va="center", color=LIGHT.quiet)
    panel.text(left, top + 1.2, "0", fontsize=7, va="center", color=LIGHT.quiet)


def marker(colour: str, shape: str, *, hollow: bool) -> dict[str, Any]:
    """Return the look of a marker: filled at adoption, hollow now."""
    return {
        "marker": shape, "markersize": 5.5, "linestyle": "none", "color": LIGHT.ground if hollow and shape not in "_|" else colour,
        "markeredgecolor": colour, "markeredgewidth": 1.2,
    }  # fmt: skip


def broken(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Break text into lines no wider than `width` inches, at spaces; Chinese, which has none, between its characters.

    >>> broken("全世界的人。", 9, 0.38)
    ['全世界', '的人。']
    """
    lines: list[str] = []
    space, used = inches_wide(" ", size, weight), 0.0
    # A space that is not to be broken is none to break at: it stands before the sign for per cent, and before colons in French.
    for word in filter(None, re.split(r"[ \n]+", text)):
        for place, piece in enumerate(_PIECES.findall(word) if _is_wide(word) else (word,)):
            wide = inches_wide(piece, size, weight)
            gap, before = (space, " ") if place == 0 else (0.0, "")
            if lines and used + gap + wide <= width:
                lines[-1] += before + piece
                used += gap + wide
            else:
                lines.append(piece)
                used = wide
    return lines


def fitting(words: str, size: float, width: float, weight: str = "normal") -> float:
    """Return the size of type at which words are no wider than `width` inches: the one wanted, or a smaller one."""
    return min(size, size * width / inches_wide(words, size, weight))


@functools.lru_cache(maxsize=10_000)
def inches_wide(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide text is, in inches; a Chinese character is a square in every font, whichever is at hand."""
    if _is_wide(text):
        chinese = re.findall(f"[{_CHINESE}]", text)
        return len(chinese) * size / 72 + inches_wide(re.sub(f"[{_CHINESE}]", "", text), size, weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, weight), ismath=False)
    return float(width) / 72


def _is_wide(text: str) -> bool:
    return not text.isascii() and re.search(f"[{_CHINESE}]", text) is not None


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
