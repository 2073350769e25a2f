"""Files of charts: the same bytes everywhere, on both grounds and in every script, with what a picture says about itself."""

import io
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from matplotlib.testing.compare import compare_images
from matplotlib.text import Text
from PIL import Image

from indicators.charts.drawing import fonts
from indicators.charts.drawing.layout import MARGIN, WIDTH
from indicators.charts.drawing.palette import DARK, LIGHT
from indicators.charts.drawing.rendering import pixels, render
from indicators.charts.provenance import BuildInputs, chart_provenance
from indicators.charts.registry import CHARTS
from indicators.registries.labels import LANGUAGES
from tests.support.chart_checks import BASELINE_DOTS, TOLERANCE, drawn
from tests.support.chart_world import GapBySex
from tests.support.paths import PROJECT

IN_ANOTHER_PROCESS = """
import sys
from indicators.charts.drawing.rendering import render
from tests.support.chart_checks import drawn
from tests.support.chart_world import GapBySex
sys.stdout.buffer.write(render(drawn(GapBySex), sys.argv[1]))
"""


@pytest.mark.parametrize("form", ["png", "svg"])
def test_another_process_makes_the_same_bytes(form):
    made = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS, form],
        cwd=PROJECT,
        env={"PATH": "", "PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "SOURCE_DATE_EPOCH": "1"},
        capture_output=True,
        check=True,
    )
    assert made.stdout == render(drawn(GapBySex), form)


def test_a_chart_is_png_or_svg_and_nothing_else():
    with pytest.raises(ValueError, match="png or svg"):
        render(drawn(GapBySex), "pdf")


def test_a_dark_png_is_drawn_in_the_dark_colours_and_leaves_the_figure_light():
    chart = CHARTS["gap_by_sex"].make(GapBySex.tables())
    before = render(chart, "png")
    dark = Image.open(io.BytesIO(render(chart, "png", palette=DARK)))
    counterparts = LIGHT.counterparts(DARK)
    assert "#{:02x}{:02x}{:02x}".format(*dark.getpixel((0, 0))) == DARK.ground
    shown = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in dark.getcolors(1 << 24)}
    assert {counterparts[LIGHT.blue], counterparts[LIGHT.orange], counterparts[LIGHT.ink]} <= shown
    assert not {LIGHT.blue, LIGHT.ground} & shown
    assert render(chart, "png") == before


def test_the_comparison_with_a_baseline_sees_a_label_that_is_gone(tmp_path):
    chart = CHARTS["gap_by_sex"].make(GapBySex.tables())
    for name in ("with", "without"):
        pixels(chart, BASELINE_DOTS).save(tmp_path / f"{name}.png")
        chart.figure.axes[0].texts[0].set_text("")
    assert "RMS" in compare_images(str(tmp_path / "with.png"), str(tmp_path / "without.png"), TOLERANCE)


def test_english_has_no_direction_and_its_provenance_names_no_language():
    chart = drawn(GapBySex)
    picture = render(chart, "svg").decode()
    assert 'lang="en" aria' in picture
    assert "direction" not in picture.partition(">")[0]
    assert "language" not in chart_provenance(chart, "MIT", BuildInputs("b", "c", "", ())).as_json()


def test_an_arabic_svg_states_its_direction_and_exchanges_the_ends_of_its_text():
    root = ElementTree.fromstring(render(drawn(GapBySex, language="ar"), "svg"))
    assert (root.get("lang"), root.get("direction")) == ("ar", "rtl")
    texts = [element for element in root.iter() if element.tag.endswith("}text")]
    title = next(element for element in texts if element.text.startswith("\u200fفي عام"))
    # 8 inches of 72 points, less the margin: the text starts there and runs to the left.
    assert float(title.get("x")) == pytest.approx(72 * (WIDTH - MARGIN), abs=1)
    assert not any("translate" in element.get("transform", "") for element in texts)
    assert "text-anchor: start" in next(element for element in texts if element.text.startswith("\u200fإصدار")).get("style")


def test_without_a_chinese_font_a_png_is_refused_in_one_line_and_the_svg_is_the_same(monkeypatch):
    chart = drawn(GapBySex, language="zh")
    picture = render(chart, "svg")
    monkeypatch.setattr(fonts, "_names", lambda: {"DejaVu Sans"})
    assert render(chart, "svg") == picture
    assert b'lang="zh-Hans"' in picture
    with pytest.raises(fonts.NoFont, match=r"no font here has the Chinese characters.*fonts-noto-cjk") as caught:
        render(chart, "png")
    assert "\n" not in str(caught.value)


def test_the_best_chinese_font_at_hand_is_taken_and_no_other_language_asks_for_one(monkeypatch):
    monkeypatch.setattr(fonts, "_names", lambda: {"DejaVu Sans", "SimHei", "WenQuanYi Zen Hei"})
    assert {language: fonts.font_for(language) for language in LANGUAGES if fonts.font_for(language)} == {"zh": "WenQuanYi Zen Hei"}


def test_a_chinese_png_has_its_characters_where_a_font_has_them(recwarn):
    if not set(fonts._CHINESE) & fonts._names():
        pytest.skip("no font with Chinese characters on this machine")
    chart = drawn(GapBySex, language="zh")
    families = [text.get_fontfamily() for text in chart.figure.findobj(Text)]
    pixels(chart, 40)
    assert [str(warning.message) for warning in recwarn if "missing from font" in str(warning.message)] == []
    assert [text.get_fontfamily() for text in chart.figure.findobj(Text)] == families
