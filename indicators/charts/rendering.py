"""Charts as files, on a light or a dark ground: the same chart is the same bytes, on every run."""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape, unescape

import matplotlib
from matplotlib import colors
from matplotlib.artist import Artist
from matplotlib.text import Text
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from indicators.charts import fonts
from indicators.charts.frame import WIDTH, inches_wide, style
from indicators.charts.palette import DARK, LIGHT, Palette

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indicators.charts.chart import Chart
    from indicators.charts.passport import Passport

PNG_DOTS_PER_INCH = 300
PREVIEW_DOTS_PER_INCH = 80
#: Keeps the tallest chart's preview below 30 KB.
PREVIEW_PIXELS = 260_000
PREVIEW_COLOURS = 40

#: What an artist may have a colour of; matplotlib gives each a getter and a setter.
_COLOURED = ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor", "hatchcolor")
#: What a browser picks a font by, where that is more than the language: the United Nations write simplified Chinese.
_LANGUAGE_TAGS = {"zh": "zh-Hans"}
#: A line of a text of several, as matplotlib writes it.
_LINE = re.compile(r'<text style="([^"]*)" transform="translate\(([-\d.]+) ([-\d.]+)\)">([^<]*)</text>')
_HEX = re.compile(r"#[0-9a-f]{6}\b")


def render(chart: Chart, form: Literal["png", "svg"], passport: Passport | None = None, palette: Palette = LIGHT) -> bytes:
    """Return the chart as a file with its words, and its passport if it has one, inside.

    A PNG in Chinese takes its characters from a font of this machine, since none comes with matplotlib, and names it under `Font`. An SVG
    leaves the choice to who shows it, and is the same bytes everywhere.

    Raises:
        ValueError: The form is neither png nor svg.
        NoFont: A PNG is to have characters that no font here has.
    """
    if form == "png":
        words = {"Title": chart.title, "Description": chart.alt, "Source": chart.source}
        words |= {"Font": font} if (font := fonts.font_for(chart.said.language)) else {}
        words |= {"Copyright": passport.licence, "Passport": passport.as_json()} if passport else {}
        return _packed(_pixels(chart, PNG_DOTS_PER_INCH, palette), PNG_DOTS_PER_INCH, words)
    if form != "svg":
        raise ValueError(f"a chart is rendered as png or svg, not as {form}")
    buffer = io.StringIO()
    about = {"Title": chart.title, "Description": chart.alt, "Source": chart.source, "Rights": passport.licence if passport else None}
    with matplotlib.rc_context(style() | {"svg.hashsalt": chart.name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        chart.figure.savefig(buffer, format="svg", metadata={**about, "Date": None, "Creator": None})
    picture = _readable(buffer.getvalue(), chart, passport)
    return (picture if palette is LIGHT else _recoloured(picture, palette)).encode()


def darkened(svg: bytes) -> bytes:
    """Return a chart rendered as SVG on the dark ground; nothing is drawn again."""
    return _recoloured(svg.decode(), DARK).encode()


def preview(png: bytes) -> bytes:
    """Return a rendered PNG made small and of few colours, below 30 KB, to show beside a run."""
    image = Image.open(io.BytesIO(png))
    scale = min(PREVIEW_DOTS_PER_INCH / PNG_DOTS_PER_INCH, (PREVIEW_PIXELS / (image.width * image.height)) ** 0.5)
    # Reducing by whole numbers first costs a fraction of one fine resize, and the eye cannot tell.
    small = image.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.LANCZOS, reducing_gap=2.0)
    few = small.quantize(PREVIEW_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    return _packed(few, PREVIEW_DOTS_PER_INCH, {"Title": str(image.info.get("Title", ""))})


def _readable(picture: str, chart: Chart, passport: Passport | None) -> str:
    """Name a picture for screen readers, put its passport in, and leave out the document type, which needs a foreign file."""
    picture = re.sub(r"<!DOCTYPE[^>]*>\s*", "", picture, count=1)
    title, alt = f"{chart.name}-title", f"{chart.name}-alt"
    language = _LANGUAGE_TAGS.get(chart.said.language, chart.said.language)
    if chart.said.direction == "rtl":
        picture = _from_the_right(picture)
        language += '" direction="rtl'
    picture = picture.replace("<svg ", f'<svg role="img" lang="{language}" aria-labelledby="{title} {alt}" ', 1)
    picture = picture.replace("<title>", f'<title id="{title}">', 1)
    picture = picture.replace("</title>", f'</title>\n <desc id="{alt}">{escape(chart.alt)}</desc>', 1)
    if passport:
        picture = picture.replace("</metadata>", f" {passport.as_element()}\n </metadata>", 1)
    return picture


def _from_the_right(picture: str) -> str:
    """Turn the ends of words round: where text runs from right to left, it starts at its right end.

    Of a text of several lines matplotlib writes each by its left end; it is given its right one, which all lines share.
    """
    others = {"start": "end", "end": "start"}
    picture = re.sub(r"(?<=text-anchor: )(start|end)\b", lambda found: others[found[0]], picture)
    return _LINE.sub(_by_its_right_end, picture)


def _by_its_right_end(line: re.Match[str]) -> str:
    style, x, y, words = line.groups()
    size = float(re.search(r"font-size: ([\d.]+)px", style)[1])  # type: ignore[index]
    weight = "bold" if "font-weight: 700" in style else "normal"
    right = float(x) + 72 * inches_wide(unescape(words), size, weight)
    return f'<text style="{style}" x="{right:.2f}" y="{y}">{words}</text>'


def _recoloured(picture: str, palette: Palette) -> str:
    """Put a picture drawn in `LIGHT` on another ground; what stands outside of tags are words, and keeps what it says."""
    others = LIGHT.counterparts(palette)
    return re.sub(r"<[^>]*>", lambda tag: _HEX.sub(lambda found: others.get(found[0], found[0]), tag[0]), picture)


@contextmanager
def _in_colours(chart: Chart, palette: Palette) -> Iterator[None]:
    """Draw in other colours, and leave the figure as it was."""
    if palette is not LIGHT:
        _recolour(chart.figure, LIGHT.counterparts(palette))
    try:
        yield
    finally:
        if palette is not LIGHT:
            _recolour(chart.figure, palette.counterparts(LIGHT))


@contextmanager
def _in_font(chart: Chart) -> Iterator[None]:
    """Draw with the font that the language needs beside our own, and leave the figure as it was."""
    font = fonts.font_for(chart.said.language)
    texts = chart.figure.findobj(Text) if font else []
    families = [text.get_fontfamily() for text in texts]
    for text, family in zip(texts, families, strict=True):
        text.set_fontfamily([*family, font])
    try:
        yield
    finally:
        for text, family in zip(texts, families, strict=True):
            text.set_fontfamily(family)


def _recolour(figure: Artist, others: Mapping[str, str]) -> None:
    """Take each colour of each artist for its counterpart; transparency stays."""
    artists = figure.findobj()
    wanted: list[tuple[Any, str, Any]] = []
    for artist in artists:
        for name in _COLOURED:
            getter = getattr(artist, f"get_{name}", None)
            setter = getattr(artist, f"set_{name}", None)
            if getter is None or setter is None:
                continue
            now = colors.to_rgba_array(getter())
            new = [colors.to_rgba(others.get(colors.to_hex(colour), colour), colour[3]) for colour in now]
            if len(new):
                wanted.append((setter, name, new if len(new) > 1 else new[0]))
    # Setting the colour of a patch sets its face and edge too, so what was read is set in the order from general to special.
    for name in _COLOURED:
        for setter, of_what, new in wanted:
            if of_what == name:
                setter(new)


def _pixels(chart: Chart, dots: int, palette: Palette) -> Image.Image:
    """Draw the figure at so many dots per inch."""
    buffer = io.BytesIO()
    with matplotlib.rc_context(style()), _in_colours(chart, palette), _in_font(chart):
        chart.figure.savefig(buffer, format="rgba", dpi=dots, facecolor=palette.ground)
    wide = int(WIDTH * dots)
    return Image.frombytes("RGBA", (wide, len(buffer.getvalue()) // (4 * wide)), buffer.getvalue()).convert("RGB")


def _packed(image: Image.Image, dots: int, words: Mapping[str, str]) -> bytes:
    """Return the image as PNG with words inside; stronger compression than this takes longer and saves nothing."""
    info = PngInfo()
    for key, text in words.items():
        # iTXt holds any language; what is long is packed.
        info.add_itxt(key, text, zip=len(text) > 1000)
    buffer = io.BytesIO()
    image.save(buffer, format="png", dpi=(dots, dots), pnginfo=info, compress_level=3 if image.mode == "RGB" else 9)
    return buffer.getvalue()
