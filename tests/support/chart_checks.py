"""What every chart promises: the same bytes for the same data, text that follows the data, and files that explain themselves.

The test module of a chart subclasses `ChartChecks`, and so has all of them.
"""

import io
import os
import re
import sys
import unicodedata
from functools import cache
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.testing.compare import compare_images
from matplotlib.text import Text
from PIL import Image

from indicators.charts.drawing.layout import WIDTH
from indicators.charts.drawing.palette import DARK, LIGHT
from indicators.charts.drawing.rendering import darkened, pixels, preview, render
from indicators.charts.registry import CHARTS
from indicators.registries.labels import LANGUAGES, Labels
from tests.support.chart_world import empty
from tests.support.paths import PROJECT

BASELINE = PROJECT / "tests" / "indicators" / "charts" / "baseline"
#: Coarse, so that a picture is about ten kilobytes.
BASELINE_DOTS = 48
#: Root mean square of the differences of all pixels, of 255; a label that moves by a pixel is beyond it.
TOLERANCE = 0.3
SCRIPTS = {"ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC", "fr": "LATIN", "es": "LATIN"}
#: Tables that a chart takes for names only; without them alone it may well be drawn.
REGISTERS = {"groups", "economies", "memberships", "indicators"}
COLOUR = re.compile(rb"#[0-9a-f]{6}\b")


@cache
def drawn(checks, *change, language="en"):
    """Return the chart of a test class, drawn once."""
    return CHARTS[checks.chart].make(checks.tables(*change), language)


def grey(chart):
    """Draw in sixteen greys, which take little space; that only the palette's colours are used is tested apart."""
    buffer = io.BytesIO()
    picture = pixels(chart, BASELINE_DOTS)
    picture.convert("L").quantize(16, dither=Image.Dither.NONE).save(buffer, format="png", optimize=True)
    return buffer.getvalue()


def untranslated(chart, tables, language):
    """Return the text that a chart asks for and that has no translation."""
    asked = set()

    class Recording(Labels):
        def chart_text(self, key, **values):
            asked.add(key)
            return super().chart_text(key, **values)

    labels = chart.labels(language)
    chart.words(chart.data(**tables), Recording(language, labels.own_text))
    return asked & {missing.key for missing in labels.missing}


class ChartChecks:
    """The promises of one chart."""

    chart: str  #: its name
    another: object  #: a value for `tables` with which the title changes

    @staticmethod
    def tables(change=None):
        """Return the tables that the chart takes, with one number that can be changed."""
        raise NotImplementedError

    def test_data_and_words_need_no_matplotlib(self, monkeypatch):
        for module in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
            monkeypatch.setitem(sys.modules, module, None)
        chart, tables = CHARTS[self.chart], self.tables()
        frame = chart.data(**tables)
        text = chart.words(frame, chart.labels("en"))
        assert all(len(values) == len(frame) for values in text.row_text.values())
        assert set(chart.columns) <= {*frame, *text.row_text}
        with pytest.raises(ImportError):
            chart.draw(frame.assign(**text.row_text), text)

    def test_the_tables_are_those_it_declares_and_are_not_changed(self):
        tables = self.tables()
        assert list(tables) == list(CHARTS[self.chart].inputs)
        before = {name: frame.copy() for name, frame in tables.items()}
        CHARTS[self.chart].make(tables)
        for name, frame in tables.items():
            pd.testing.assert_frame_equal(frame, before[name])

    def test_without_data_it_says_in_one_line_what_is_missing(self):
        tables = {name: frame if name in REGISTERS else empty(name) for name, frame in self.tables().items()}
        with pytest.raises(ValueError, match="no data to draw: ") as caught:
            CHARTS[self.chart].make(tables)
        assert "\n" not in str(caught.value)

    def test_the_title_follows_the_data_and_the_alt_text_has_it(self):
        text, other = drawn(type(self)).text, drawn(type(self), self.another).text
        assert text.title != other.title
        assert text.title in text.alt
        assert other.title in other.alt

    def test_two_drawings_of_the_same_data_are_the_same_bytes(self):
        first, second = drawn(type(self)), CHARTS[self.chart].make(self.tables())
        assert render(first, "png") == render(second, "png")
        assert render(first, "svg") == render(first, "svg") == render(second, "svg")

    def test_it_looks_as_it_did(self, tmp_path):
        """Compare with a picture that somebody has looked at; a deleted picture is drawn again, and the test fails once."""
        picture, baseline = grey(drawn(type(self))), BASELINE / f"{self.chart}.png"
        if not baseline.exists():
            baseline.write_bytes(picture)
            pytest.fail(f"{os.path.relpath(baseline)} was drawn: look at it, and run the test again")
        # The comparison writes its pictures beside the files it is given.
        for kind, content in (("expected", baseline.read_bytes()), ("actual", picture)):
            (tmp_path / f"{kind}.png").write_bytes(content)
        difference = compare_images(str(tmp_path / "expected.png"), str(tmp_path / "actual.png"), TOLERANCE)
        assert difference is None, difference

    def test_an_svg_holds_its_text_and_names_its_source(self):
        chart = drawn(type(self))
        picture = render(chart, "svg").decode()
        assert chart.text.title.split()[0] in picture
        assert ">Source: " in picture
        assert "<dc:date>" not in picture
        assert "vintage" in chart.text.source

    def test_an_svg_describes_itself_to_a_screen_reader_and_loads_nothing(self):
        chart = drawn(type(self))
        picture = render(chart, "svg")
        root = ElementTree.fromstring(picture)
        assert root.get("role") == "img"
        named = {element.get("id"): element.text for element in root if element.get("id")}
        assert [named[name] for name in root.get("aria-labelledby").split()] == [chart.text.title, chart.text.alt]
        assert b"<!DOCTYPE" not in picture
        assert not re.search(rb'(href|src)="(?!#)', picture)
        assert "".join(root.itertext()).count(chart.text.alt) == 2  # once as description, once in the metadata

    def test_on_the_dark_ground_only_the_colours_change(self):
        chart = drawn(type(self))
        picture = render(chart, "svg")
        dark = darkened(picture)
        colours, dark_colours = (set(map(bytes.decode, COLOUR.findall(svg))) for svg in (picture, dark))
        counterparts = LIGHT.counterparts(DARK)
        assert colours <= set(counterparts), "a chart takes its colours from the palette"
        assert dark_colours == {counterparts[name] for name in colours}
        assert COLOUR.sub(b"", dark) == COLOUR.sub(b"", picture)
        assert render(chart, "svg", palette=DARK) == dark

    def test_a_png_is_sharp_enough_for_print_and_its_preview_is_light(self):
        chart = drawn(type(self))
        png = render(chart, "png")
        picture = Image.open(io.BytesIO(png))
        assert picture.size[0] == WIDTH * 300
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        picture.load()
        assert picture.text["Title"] == chart.text.title
        assert picture.text["Description"] == chart.text.alt
        assert len(preview(png)) < 30_000

    @pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
    def test_it_is_drawn_in_every_language(self, language):
        chart = drawn(type(self), language=language)
        text = chart.text
        assert text.language == language
        assert len(chart.data) == len(drawn(type(self)).data)
        if untranslated(CHARTS[self.chart], self.tables(), language):
            return  # what is missing is counted, and shown in English
        # Invented statements, editions' own titles, codes and names of models are the same in every language.
        for words in (text.title, text.subtitle, text.alt, text.source):
            assert not re.search(r"\{|\b(the|of|per cent|economies|people|by)\b", words.replace("Facts and Figures", "")), words
        letters = [unicodedata.name(letter, "") for letter in text.title if letter.isalpha()]
        assert sum(SCRIPTS[language] in name for name in letters) > 0.8 * len(letters), text.title
        written = {artist.get_text() for artist in chart.figure.findobj(Text)}
        assert not written & {"World", "High-income", "no data", "Median", "supported"}
