"""The layout of every chart: the page with title, subtitle and source line, places in inches, text that is measured, and shared marks.

Importing this module does not load matplotlib; drawing does.
"""

from __future__ import annotations

import functools
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from indicators.charts.drawing.palette import LIGHT, SHARE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.transforms import Transform
    from matplotlib.typing import RcKeyType

    from indicators.charts.drawn_chart import ChartText

    Text = TypeVar("Text", bound=ChartText)

#: Inches. A page of text is about 6.3 inches wide; at that width small print of 6.5 points is still 5, and the years on the map's tiles 4.
WIDTH = 8.0
MARGIN = 0.25
#: A mark without width that makes a line run from right to left, whatever its first character.
_RIGHT_TO_LEFT = "\u200f"
#: A line of Chinese may break between any two characters, but not before closing and not after opening signs; other words stay whole.
_OPENING, _CLOSING = "（《“「", "，。、；：！？）》”」%％"
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_PIECES = re.compile(f"[{_OPENING}]*(?:[{_CHINESE}]|[^{_CHINESE}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*|.")


def styled(draw: Callable[[pd.DataFrame, Text], Figure], frame: pd.DataFrame, text: Text) -> Figure:
    """Draw in the one style, whatever matplotlib settings the caller has, and in the direction of the language."""
    import matplotlib
    from matplotlib.text import Text as TextArtist

    with matplotlib.rc_context(style()):
        figure = draw(frame, text)
    if text.is_right_to_left:
        for artist in figure.findobj(TextArtist):
            artist.set_text("\n".join(_RIGHT_TO_LEFT + line for line in artist.get_text().split("\n") if line))
    return figure


@functools.cache
def style() -> dict[RcKeyType, object]:
    """Return matplotlib's own defaults with our style on top, whatever the user's settings; the backend is not part of a style."""
    import matplotlib

    settings = matplotlib.rc_params_from_file(Path(__file__).with_name("divide.mplstyle"), use_default_template=True)
    return {name: value for name, value in settings.items() if not name.startswith("backend")}


def page(text: ChartText, *, body: float) -> tuple[Figure, float]:
    """Start a page: title and subtitle above a body of so many inches, the source line below; all at the side where reading begins.

    Returns:
        The figure, and where the body begins, in inches from the lower edge.
    """
    from matplotlib.figure import Figure

    inner = WIDTH - 2 * MARGIN
    title = wrapped(text.title, 13, inner, weight="bold")
    subtitle = wrapped(text.subtitle, 9, inner)
    source = wrapped(text.source, 6.8, inner)
    above = MARGIN + 0.235 * len(title) + 0.06 + 0.165 * len(subtitle) + 0.17
    below = MARGIN - 0.08 + 0.125 * len(source) + 0.12
    height = above + body + below
    figure = Figure(figsize=(WIDTH, height))
    start, side = text_start(text)
    figure.text(
        start, 1 - MARGIN / height, "\n".join(title), fontsize=13, fontweight="bold", ha=side, va="top", linespacing=1.12, color=LIGHT.ink
    )
    top = MARGIN + 0.235 * len(title) + 0.06
    figure.text(start, 1 - top / height, "\n".join(subtitle), fontsize=9, ha=side, va="top", color=LIGHT.quiet, linespacing=1.2)
    figure.text(start, (MARGIN - 0.08) / height, "\n".join(source), fontsize=6.8, ha=side, va="bottom", color=LIGHT.quiet, linespacing=1.2)
    return figure, below


def text_start(text: ChartText) -> tuple[float, str]:
    """Return where the lines of a page begin, as a share of its width, and which side that is."""
    return (1 - MARGIN / WIDTH, "right") if text.is_right_to_left else (MARGIN / WIDTH, "left")


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes at a place given in inches from the lower left corner."""
    page_width, page_height = figure.get_size_inches()
    return figure.add_axes((left / page_width, bottom / page_height, width / page_width, height / page_height))


def rectangle(
    panel: Axes,
    left: float,
    bottom: float,
    width: float,
    height: float,
    *,
    color: str,
    edgecolor: str | None = None,
    hatch: str | None = None,
    zorder: float | None = None,
    transform: Transform | None = None,
) -> None:
    """Add a rectangle: a plain area, or with `edgecolor` one with a thin edge. With `transform` it may reach beyond the panel."""
    from matplotlib.patches import Rectangle

    patch = Rectangle((left, bottom), width, height, hatch=hatch)
    if edgecolor is None:
        patch.set(color=color, linewidth=0)
    else:
        patch.set(facecolor=color, edgecolor=edgecolor, linewidth=0.3)
    if zorder is not None:
        patch.set_zorder(zorder)
    if transform is not None:
        patch.set(transform=transform, clip_on=False)
    panel.add_patch(patch)


def tiles(
    panel: Axes,
    corners: Iterable[tuple[float, float]],
    width: float,
    height: float,
    colours: Sequence[str] | str,
    *,
    edgecolor: str,
    hatch: str | None = None,
) -> None:
    """Add many rectangles of one size at once, each with a thin edge."""
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    patches = [Rectangle(corner, width, height) for corner in corners]
    panel.add_collection(PatchCollection(patches, facecolors=colours, edgecolors=edgecolor, linewidths=0.3, hatch=hatch))


def verdict_mark(
    panel: Axes,
    x: float,
    y: float,
    colour: str,
    shape: str,
    *,
    hollow: bool = False,
    zorder: float = 2,
    transform: Transform | None = None,
    clip_on: bool = True,
) -> None:
    """Draw the marker of a verdict: filled at adoption, hollow now."""
    panel.plot(
        [x], [y], marker=shape, markersize=5.5, linestyle="none", color=LIGHT.ground if hollow and shape not in "_|" else colour,
        markeredgecolor=colour, markeredgewidth=1.2, zorder=zorder, clip_on=clip_on, transform=transform or panel.transData,
    )  # fmt: skip


def padded_scale(numbers: Iterable[float]) -> Callable[[float], float]:
    """Return how a value becomes a place between 0 and 1, on a scale wide enough for all finite `numbers`.

    >>> scale = padded_scale([10.0, 20.0, float("nan"), float("inf")])  # with 12 per cent more at both ends: 8.8 to 21.2
    >>> round(scale(8.8), 3), round(scale(15.0), 3)
    (0.0, 0.5)
    """
    finite = np.array([number for number in numbers if np.isfinite(number)], dtype="float64")
    low, high = finite.min(), finite.max()
    pad = 0.12 * (high - low) or 0.1 * abs(high) or 1.0
    return lambda value: float((value - (low - pad)) / (high - low + 2 * pad))


def horizontal_scale(panel: Axes, ticks: Mapping[float, str], *, top: float, bottom: float) -> None:
    """Show values along the horizontal axis: upright lines from `top` to `bottom`, with the text of each tick below."""
    panel.set(xticks=list(ticks), yticks=[])
    panel.set_xticklabels(list(ticks.values()))
    panel.grid(visible=False)
    panel.vlines(list(ticks), top, bottom, color=LIGHT.grid, linewidth=0.6, zorder=0.5)
    panel.spines["bottom"].set_visible(False)
    panel.tick_params(axis="x", length=0)


def mirror(panel: Axes) -> None:
    """Mirror a panel of rows for a language written from the right: names at the right, values growing to the left."""
    from matplotlib.patches import Rectangle
    from matplotlib.text import Annotation

    box = panel.get_position()
    panel.set_position((1 - box.x1, box.y0, box.width, box.height))
    panel.invert_xaxis()
    beside, opposite = panel.get_yaxis_transform(), {"left": "right", "right": "left", "center": "center"}
    for artist in panel.texts:
        artist.set(ha=opposite[artist.get_horizontalalignment()], rotation=-artist.get_rotation())
        if isinstance(artist, Annotation):
            artist.set_x(-artist.get_position()[0])
        elif artist.get_transform() is beside:
            artist.set_x(1 - artist.get_position()[0])
    for line in panel.lines:
        if line.get_marker() in ("<", ">"):
            line.set_marker(">" if line.get_marker() == "<" else "<")
        if line.get_transform() is beside:
            line.set_xdata(1 - np.asarray(line.get_xdata()))
    for patch in panel.patches:
        if isinstance(patch, Rectangle) and patch.get_data_transform() is beside:
            patch.set_x(1 - patch.get_x() - patch.get_width())


def round_ticks(low: float, high: float, at_most: int, steps: Sequence[float], *, whole: bool = False) -> list[float]:
    """Return the multiples of a round step between two values, with at most so many steps from one to the other.

    Args:
        low: The lower value.
        high: The higher value.
        at_most: How many steps there may be.
        steps: Which steps count as round; so do their products with powers of ten.
        whole: Whether ticks are whole numbers only.

    >>> round_ticks(0, 23, 6, (1, 2, 5)), round_ticks(92.3, 93.1, 4, (1, 2, 2.5, 5))
    ([0.0, 5.0, 10.0, 15.0, 20.0], [92.4, 92.6, 92.8, 93.0])
    """
    least = max((high - low) / at_most, 1.0 if whole else 0.0)
    power = math.floor(math.log10(least))
    candidates = (step * 10.0**place for place in (power, power + 1) for step in sorted(steps))
    step = next(step for step in candidates if step >= least and (step % 1 == 0 or not whole))
    # A value that is a multiple but for the last bits counts as one.
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(place * step, 12 - power) for place in range(first, last + 1)]


def year_axis(panel: Axes, first: int, last: int) -> None:
    """Label the first and the last year under a small panel, within its width."""
    panel.set(xlim=(first, last + 0.02 * (last - first or 1)), xticks=[first, last])
    panel.set_xticklabels([str(first), str(last)])
    panel.get_xticklabels()[0].set_horizontalalignment("left")
    panel.get_xticklabels()[1].set_horizontalalignment("right")


def share_axis(panel: Axes, tick_text: Sequence[str] = ("", "", "")) -> None:
    """Give a small panel its vertical axis of 0 to 100 per cent; without `tick_text` the ticks have no labels."""
    panel.set(ylim=(0, 100), yticks=[0, 50, 100])
    panel.set_yticklabels(tick_text)


def small_panels(
    figure: Figure, names: Sequence[str], bottom: float, *, columns: int, height: float, room: float, from_right: bool
) -> list[Axes]:
    """Set small panels in rows from the side where reading begins, each under its name in bold, the first of a row with room for its scale.

    Args:
        figure: The page.
        names: The name above each panel.
        bottom: Where the body begins, in inches.
        columns: Panels per row.
        height: Height of a panel, in inches.
        room: Inches kept free at the right of each panel, for labels.
        from_right: Whether reading begins at the right.
    """
    rows = -(-len(names) // columns)
    step = (WIDTH - 2 * MARGIN) / columns
    panels = []
    for place, name in enumerate(names):
        row, column = divmod(place, columns)
        floor = bottom + 0.2 + (rows - 1 - row) * panel_pitch(height)
        left = MARGIN + (columns - 1 - column if from_right else column) * step
        panels.append(axes_at(figure, left + 0.3, floor, step - 0.3 - room, height))
        start, side = (left + step - room, "right") if from_right else (left, "left")
        size = fitting_size(name, 8.5, step - 0.05, "bold")
        figure.text(start / WIDTH, (floor + height + 0.12) / figure.get_figheight(), name, fontsize=size, fontweight="bold", ha=side)
    return panels


def panel_pitch(height: float) -> float:
    """Return the height of a row of small panels, in inches: the panel, its name above and its years below."""
    return height + 0.68


def end_labels(panel: Axes, x: float, labels: Sequence[tuple[float, str, str, str]], **spacing: float) -> None:
    """Write labels at the right end of lines, moved apart as far as needed.

    Args:
        panel: The axes.
        x: Where the labels begin, on the horizontal axis.
        labels: Height, text, colour and font weight of each.
        spacing: As `spread` takes it.
    """
    heights = spread([label[0] for label in labels], **spacing)
    for height, (_, words, colour, weight) in zip(heights, labels, strict=True):
        panel.text(x, height, words, color=colour, fontweight=weight, fontsize=7, va="center")


def class_key(panel: Axes, words: str, *, left: float, top: float, width: float) -> None:
    """Draw the classes of a share, each so wide, in axes whose unit is the side of a tile and whose values grow downwards."""
    panel.text(left, top - 0.35, words, fontsize=7.5, fontweight="bold", va="bottom")
    for place, (end, colour) in enumerate(zip(SHARE_CLASSES, LIGHT.classes, strict=True)):
        rectangle(panel, left + width * place, top, width, 0.8, color=colour, edgecolor=LIGHT.muted)
        panel.text(left + width * (place + 1), top + 1.2, str(end), fontsize=7, ha="center", va="center", color=LIGHT.quiet)
    panel.text(left, top + 1.2, "0", fontsize=7, va="center", color=LIGHT.quiet)


def wrapped(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Break text into lines no wider than `width` inches, at spaces; Chinese, which has none, between its characters.

    >>> wrapped("全世界的人。", 9, 0.38)
    ['全世界', '的人。']
    """
    lines: list[str] = []
    space, used = text_width(" ", size, weight), 0.0
    # No line is broken at a no-break space: it is used before the per cent sign, and before colons in French.
    for word in filter(None, re.split(r"[ \n]+", text)):
        for place, piece in enumerate(_PIECES.findall(word) if _has_chinese(word) else (word,)):
            piece_width = text_width(piece, size, weight)
            gap, before = (space, " ") if place == 0 else (0.0, "")
            if lines and used + gap + piece_width <= width:
                lines[-1] += before + piece
                used += gap + piece_width
            else:
                lines.append(piece)
                used = piece_width
    return lines


def fitting_size(text: str, size: float, width: float, weight: str = "normal") -> float:
    """Return the font size at which text is no wider than `width` inches: `size`, or a smaller one."""
    return min(size, size * width / text_width(text, size, weight))


@functools.lru_cache(maxsize=10_000)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of text in inches; a Chinese character is a square in every font, so the width does not depend on the machine."""
    from matplotlib.textpath import text_to_path

    if _has_chinese(text):
        chinese = re.findall(f"[{_CHINESE}]", text)
        return len(chinese) * size / 72 + text_width(re.sub(f"[{_CHINESE}]", "", text), size, weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, weight), ismath=False)
    return float(width) / 72


def _has_chinese(text: str) -> bool:
    return not text.isascii() and re.search(f"[{_CHINESE}]", text) is not None


@functools.cache
def _font(size: float, weight: str) -> FontProperties:
    from matplotlib.font_manager import FontProperties

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
