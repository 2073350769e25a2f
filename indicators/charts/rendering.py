"""Charts as files: the same chart is the same bytes, on every run."""

from __future__ import annotations

import io
from typing import Literal

import matplotlib
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from indicators.charts.chart import Chart
from indicators.charts.frame import WIDTH, style

PNG_DOTS_PER_INCH = 200
PREVIEW_DOTS_PER_INCH = 80
#: Keeps the tallest chart's preview below 30 KB.
PREVIEW_PIXELS = 260_000
PREVIEW_COLOURS = 40


def render(chart: Chart, form: Literal["png", "svg"]) -> bytes:
    """Return the chart as a file: the same chart is the same bytes, on every run.

    Raises:
        ValueError: The form is neither png nor svg.
    """
    about = {"Title": chart.title, "Description": chart.alt, "Source": chart.source}
    if form == "png":
        return _packed(_pixels(chart, PNG_DOTS_PER_INCH), PNG_DOTS_PER_INCH, about)
    if form != "svg":
        raise ValueError(f"a chart is rendered as png or svg, not as {form}")
    buffer = io.BytesIO()
    with matplotlib.rc_context(style() | {"svg.hashsalt": chart.name}):
        chart.figure.savefig(buffer, format="svg", metadata={**about, "Date": None})
    return buffer.getvalue()


def preview(png: bytes) -> bytes:
    """Return a rendered PNG made small and of few colours, below 30 KB, to show beside a run."""
    image = Image.open(io.BytesIO(png))
    scale = min(PREVIEW_DOTS_PER_INCH / PNG_DOTS_PER_INCH, (PREVIEW_PIXELS / (image.width * image.height)) ** 0.5)
    small = image.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.LANCZOS)
    few = small.quantize(PREVIEW_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    return _packed(few, PREVIEW_DOTS_PER_INCH, {"Title": str(image.info.get("Title", ""))})


def _pixels(chart: Chart, dots: int) -> Image.Image:
    """Draw the figure at so many dots per inch."""
    buffer = io.BytesIO()
    with matplotlib.rc_context(style()):
        chart.figure.savefig(buffer, format="rgba", dpi=dots)
    wide = int(WIDTH * dots)
    return Image.frombytes("RGBA", (wide, len(buffer.getvalue()) // (4 * wide)), buffer.getvalue()).convert("RGB")


def _packed(image: Image.Image, dots: int, about: dict[str, str]) -> bytes:
    """Return the image as PNG with words inside; stronger compression than this takes longer and saves nothing."""
    info = PngInfo()
    for key, words in about.items():
        info.add_text(key, words)
    buffer = io.BytesIO()
    image.save(buffer, format="png", dpi=(dots, dots), pnginfo=info, compress_level=3 if image.mode == "RGB" else 9)
    return buffer.getvalue()
