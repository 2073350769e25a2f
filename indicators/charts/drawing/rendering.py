"""Charts as files, on a light or a dark ground. The same chart gives the same bytes on every run."""

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

from indicators.charts.drawing import fonts
from indicators.charts.drawing.layout import WIDTH, style, text_width
from indicators.charts.drawing.palette import DARK, LIGHT, Palette

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indicators.charts.drawn_chart import DrawnChart
    from indicators.charts.provenance import Provenance

PNG_DOTS_PER_INCH = 300
PREVIEW_DOTS_PER_INCH = 80
#: Keeps the tallest chart's preview below 30 KB.
PREVIEW_PIXELS = 260_000
PREVIEW_COLOURS = 40

#: The colours an artist may have; matplotlib gives each a getter and a setter.
_COLOURED = ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor", "hatchcolor")
#: The tag by which a browser picks a font, where that is more than the language: the United Nations write simplified Chinese.
_LANGUAGE_TAGS = {"zh": "zh-Hans"}
#: One line of a text of several lines, as matplotlib writes it.
_LINE = re.compile(r'<text style="([^"]*)" transform="translate\(([-\d.]+) ([-\d.]+)\)">([^<]*)</text>')
_HEX = re.compile(r"#[0-9a-f]{6}\b")


def render(chart: DrawnChart, form: Literal["png", "svg"], provenance: Provenance | None = None, palette: Palette = LIGHT) -> bytes:
    """Return the chart as a file that holds its text and, if given, its provenance.

    A PNG in Chinese takes its characters from a font of this machine, since none comes with matplotlib, and names it under `Font`. An SVG
    leaves the choice of font to the program that shows it, and is the same bytes everywhere.

    Raises:
        ValueError: The form is neither png nor svg.
        NoFont: A PNG needs characters that no font of this machine has.
    """
    text = chart.text
    if form == "png":
        metadata = {"Title": text.title, "Description": text.alt, "Source": text.source}
        metadata |= {"Font": font} if (font := fonts.font_for(text.language)) else {}
        metadata |= {"Copyright": provenance.licence, "Provenance": provenance.as_json()} if provenance else {}
        return _as_png(pixels(chart, PNG_DOTS_PER_INCH, palette), PNG_DOTS_PER_INCH, metadata)
    if form != "svg":
        raise ValueError(f"a chart is rendered as png or svg, not as {form}")
    buffer = io.StringIO()
    about = {"Title": text.title, "Description": text.alt, "Source": text.source, "Rights": provenance.licence if provenance else None}
    with matplotlib.rc_context(style() | {"svg.hashsalt": chart.name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        chart.figure.savefig(buffer, format="svg", metadata={**about, "Date": None, "Creator": None})
    picture = _accessible(buffer.getvalue(), chart, provenance)
    return (picture if palette is LIGHT else _recoloured(picture, palette)).encode()


def darkened(svg: bytes) -> bytes:
    """Return a chart that was rendered as SVG on the dark ground; nothing is drawn again."""
    return _recoloured(svg.decode(), DARK).encode()


def preview(png: bytes) -> bytes:
    """Return a rendered PNG made smaller and with few colours, below 30 KB, to show with a run."""
    image = Image.open(io.BytesIO(png))
    scale = min(PREVIEW_DOTS_PER_INCH / PNG_DOTS_PER_INCH, (PREVIEW_PIXELS / (image.width * image.height)) ** 0.5)
    # Reducing by whole numbers first costs a fraction of one fine resize, and the eye sees no difference.
    small = image.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.LANCZOS, reducing_gap=2.0)
    few = small.quantize(PREVIEW_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    return _as_png(few, PREVIEW_DOTS_PER_INCH, {"Title": str(image.info.get("Title", ""))})


def _accessible(picture: str, chart: DrawnChart, provenance: Provenance | None) -> str:
    """Name a picture for screen readers, add its provenance, and leave out the document type, which refers to a foreign file."""
    picture = re.sub(r"<!DOCTYPE[^>]*>\s*", "", picture, count=1)
    title, alt = f"{chart.name}-title", f"{chart.name}-alt"
    language = _LANGUAGE_TAGS.get(chart.text.language, chart.text.language)
    if chart.text.is_right_to_left:
        picture = _right_to_left(picture)
        language += '" direction="rtl'
    picture = picture.replace("<svg ", f'<svg role="img" lang="{language}" aria-labelledby="{title} {alt}" ', 1)
    picture = picture.replace("<title>", f'<title id="{title}">', 1)
    picture = picture.replace("</title>", f'</title>\n <desc id="{alt}">{escape(chart.text.alt)}</desc>', 1)
    if provenance:
        picture = picture.replace("</metadata>", f" {provenance.as_element()}\n </metadata>", 1)
    return picture


def _right_to_left(picture: str) -> str:
    """Exchange start and end of each text: where text runs from right to left, it starts at its right end.

    Matplotlib places each line of a text of several by its left end; it is placed by its right end instead, which all lines share.
    """
    opposite = {"start": "end", "end": "start"}
    picture = re.sub(r"(?<=text-anchor: )(start|end)\b", lambda match: opposite[match[0]], picture)
    return _LINE.sub(_placed_by_right_end, picture)


def _placed_by_right_end(line: re.Match[str]) -> str:
    style, x, y, content = line.groups()
    size = float(re.search(r"font-size: ([\d.]+)px", style)[1])  # type: ignore[index]
    weight = "bold" if "font-weight: 700" in style else "normal"
    right = float(x) + 72 * text_width(unescape(content), size, weight)
    return f'<text style="{style}" x="{right:.2f}" y="{y}">{content}</text>'


def _recoloured(picture: str, palette: Palette) -> str:
    """Recolour a picture drawn in `LIGHT`; what is outside of tags is text, and stays as it is."""
    counterparts = LIGHT.counterparts(palette)
    return re.sub(r"<[^>]*>", lambda tag: _HEX.sub(lambda match: counterparts.get(match[0], match[0]), tag[0]), picture)


@contextmanager
def _in_colours(chart: DrawnChart, palette: Palette) -> Iterator[None]:
    """Give the figure other colours while it is drawn."""
    if palette is not LIGHT:
        _recolour(chart.figure, LIGHT.counterparts(palette))
    try:
        yield
    finally:
        if palette is not LIGHT:
            _recolour(chart.figure, palette.counterparts(LIGHT))


@contextmanager
def _in_font(chart: DrawnChart) -> Iterator[None]:
    """Add the font that the language of the figure needs, while it is drawn."""
    font = fonts.font_for(chart.text.language)
    texts = chart.figure.findobj(Text) if font else []
    families = [text.get_fontfamily() for text in texts]
    for text, family in zip(texts, families, strict=True):
        text.set_fontfamily([*family, font])
    try:
        yield
    finally:
        for text, family in zip(texts, families, strict=True):
            text.set_fontfamily(family)


def _recolour(figure: Artist, counterparts: Mapping[str, str]) -> None:
    """Replace each colour of each artist with its counterpart; transparency stays."""
    artists = figure.findobj()
    wanted: list[tuple[Any, str, Any]] = []
    for artist in artists:
        for name in _COLOURED:
            getter = getattr(artist, f"get_{name}", None)
            setter = getattr(artist, f"set_{name}", None)
            if getter is None or setter is None:
                continue
            now = colors.to_rgba_array(getter())
            new = [colors.to_rgba(counterparts.get(colors.to_hex(colour), colour), colour[3]) for colour in now]
            if len(new):
                wanted.append((setter, name, new if len(new) > 1 else new[0]))
    # Setting the colour of a patch sets its face and edge too, so the general colour is set before the special ones.
    for name in _COLOURED:
        for setter, kind, new in wanted:
            if kind == name:
                setter(new)


def pixels(chart: DrawnChart, dots: int, palette: Palette = LIGHT) -> Image.Image:
    """Return the figure drawn at so many dots per inch."""
    buffer = io.BytesIO()
    with matplotlib.rc_context(style()), _in_colours(chart, palette), _in_font(chart):
        chart.figure.savefig(buffer, format="rgba", dpi=dots, facecolor=palette.ground)
    width = int(WIDTH * dots)
    return Image.frombytes("RGBA", (width, len(buffer.getvalue()) // (4 * width)), buffer.getvalue()).convert("RGB")


def _as_png(image: Image.Image, dots: int, metadata: Mapping[str, str]) -> bytes:
    """Return the image as PNG with the metadata inside; stronger compression than this takes longer and saves nothing."""
    info = PngInfo()
    for key, text in metadata.items():
        # iTXt holds any language; long text is compressed.
        info.add_itxt(key, text, zip=len(text) > 1000)
    buffer = io.BytesIO()
    image.save(buffer, format="png", dpi=(dots, dots), pnginfo=info, compress_level=3 if image.mode == "RGB" else 9)
    return buffer.getvalue()
