"""Labels in the six languages: one table, every place filled, what is missing listed; charts drawn in each, Arabic from the right."""

import re
import unicodedata
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from indicators import charts
from indicators.charts import fonts, frame, rendering
from indicators.charts.words import source_line
from indicators.contracts.validation import contract_problems
from indicators.registries import labels
from tests.indicators.charts import test_charts

OTHERS = [language for language in labels.LANGUAGES if language != "en"]
CHARTS = Path(charts.__file__).parent
DRAWN = [name for name in charts.__all__ if hasattr(getattr(charts, name), "__wrapped__")]
#: What a place in an f-string of a chart may be.
ASKED_FOR = re.compile(r"""(?:say|furniture)\(\s*f?(["'])(.+?)\1|"((?:statements|years behind): [^"]+)\"""")


def keys_asked_for():
    """Return the keys of furniture that the charts ask for, as patterns: a place in braces stands for anything."""
    asked = [one or other for path in CHARTS.glob("*.py") for _, one, other in ASKED_FOR.findall(path.read_text("utf-8"))]
    # Words that stand in data and are looked up as they are: verdicts, sides, and whether a figure is published.
    from_data = [*charts.VERDICT_LOOKS, "men", "women", "urban", "rural", "published", "indicative", "not published"]
    parts = [re.split(r"\{[^}]*\}", key) for key in [*asked, *from_data]]
    return [re.compile(".+".join(map(re.escape, part))) for part in parts]


def furniture():
    return [key for kind, key in labels._table() if kind == "furniture"]


@pytest.fixture
def table(monkeypatch):
    """Put rows into the table; a row of None is taken out."""

    def put(rows):
        changed = {key: row for key, row in (labels._table() | rows).items() if row is not None}
        monkeypatch.setattr(labels, "_table", lambda: changed)
        labels._wanted.cache_clear()

    yield put
    monkeypatch.undo()
    labels._wanted.cache_clear()


def checked_once(name, rows, checked=True, held={}):  # noqa: B006
    key = (name, repr(rows))
    if key not in held:
        held[key] = TABLE(name, rows, checked)
    return held[key]


def drawn_in(language, monkeypatch, name):
    """Draw a chart of the hand-made world in a language; its tables are checked once."""
    monkeypatch.setattr(test_charts, "table", checked_once)
    for function in DRAWN:
        monkeypatch.setattr(charts, function, partial(getattr(charts, function), language=language))
    return getattr(test_charts, name).__wrapped__()


def test_every_word_a_chart_asks_for_stands_in_the_table_and_the_table_has_no_other():
    have = furniture()
    asked = keys_asked_for()
    assert [pattern.pattern for pattern in asked if not any(pattern.fullmatch(key) for key in have)] == []
    assert [key for key in have if not any(pattern.fullmatch(key) for pattern in asked)] == []


@pytest.mark.parametrize("kind", ["indicator", "unit", "group", "group in short", "economy", "source", "source in short", "statement"])
def test_the_table_names_only_what_there_is_and_its_english_is_that_of_today(kind):
    names = labels._names("group" if kind == "group in short" else kind)
    rows = {key: row for (of, key), row in labels._table().items() if of == kind}
    assert set(rows) <= set(names)
    if kind not in ("economy", "group in short"):
        # A translation was made of these words; where they have changed since, it is none any more.
        assert {key: row.words["en"] for key, row in rows.items()} == {key: names[key] for key in rows}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing_in_the_table_as_it_is(language):
    assert labels.labels(language).missing == ()


def test_a_label_without_a_translation_stands_in_english_and_is_listed(table):
    key = ("furniture", "no data")
    table({key: labels.Label({"en": "no data", "fr": "sans données"}, frozenset())})
    spanish, french = labels.labels("es"), labels.labels("fr")
    assert (spanish.furniture("no data"), french.furniture("no data")) == ("no data", "sans données")
    assert spanish.missing == (("furniture", "no data", "no data"),)
    assert french.missing == labels.labels("en").missing == ()


def test_an_indicator_that_nobody_has_translated_is_listed_too(table):
    table({("indicator", "population"): None})
    assert labels.labels("ru").missing == (("indicator", "population", "Population"),)
    assert labels.labels("ru").indicator("population", "Population") == "Population"


def test_a_translation_of_other_words_is_none():
    french = labels.labels("fr")
    assert french.group("ldc", "Least developed countries") == "Pays les moins avancés"
    assert french.group("ldc", "Countries of a new list") == "Countries of a new list"


@pytest.mark.parametrize(
    ("kind", "words", "official", "said"),
    [
        ("furniture", {"en": "Edition {vintage}", "es": "Edición {vintage}"}, "", ""),
        ("furniture", {"en": "Edition {vintage}", "es": "Edición"}, "", "the places in es are not those in en: write {vintage}"),
        ("furniture", {"en": "Edition", "es": "Edición {"}, "", "its braces do not match"),
        ("furniture", {"es": "Edición"}, "", "it has no English"),
        ("chart", {"en": "Edition"}, "", "there is no kind 'chart'"),
        ("group", {"en": "World"}, "fr", "official names fr, and there are no words in it"),
    ],
)
def test_a_row_that_cannot_be_right_is_told_in_one_line(kind, words, official, said):
    found = labels._problem(kind, labels.Label(words, frozenset(official.split())))
    assert found.startswith(said)
    assert bool(found) is bool(said)


def test_words_that_are_not_there_or_lack_a_value_are_an_error_in_one_line():
    with pytest.raises(ValueError, match="no furniture is called 'no such words'"):
        labels.labels("fr").furniture("no such words")
    with pytest.raises(ValueError, match="has a place for 'vintage'"):
        labels.labels("fr").furniture("edition")


def test_the_published_table_has_every_label_in_every_language_and_says_where_it_comes_from():
    rows = labels.labels_table()
    assert contract_problems("labels", rows).empty
    counts = rows.groupby("language").size()
    assert set(counts.index) == set(labels.LANGUAGES)
    assert counts.nunique() == 1
    status = rows.set_index(["kind", "key", "language"])["status"]
    assert status["group", "sids", "ru"] == labels.OFFICIAL
    assert status["indicator", "population", "ar"] == labels.OWN
    assert (status["economy", "KEN", "zh"], status["economy", "PSE", "zh"]) == (labels.FROM_CLDR, labels.OFFICIAL)


@pytest.mark.parametrize("language", OTHERS)
def test_every_economy_has_a_name_in_every_language(language):
    names = {iso3: labels.labels(language).economy(iso3) for iso3 in labels._names("economy")}
    assert [iso3 for iso3, name in names.items() if name == iso3] == []
    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize(
    ("iso3", "french"),
    [
        ("PSE", "État de Palestine"),
        ("XKX", "Kosovo"),
        ("TWN", "Taïwan (Province de Chine)"),
        ("KOR", "République de Corée"),
        ("FRA", "France"),
    ],
)
def test_economies_are_called_as_the_united_nations_call_them(iso3, french):
    assert labels.labels("fr").economy(iso3, "English name") == french


TABLE = test_charts.table
SCRIPTS = {"ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC", "fr": "LATIN", "es": "LATIN"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_chart_is_drawn_in_every_language_with_no_word_left_in_english(language, monkeypatch):
    for draw in test_charts.ALL:
        chart = drawn_in(language, monkeypatch, draw.__name__)
        assert chart.said.language == language
        # Invented statements, editions' own titles, codes and names of models are the same in every language.
        for words in (chart.title, chart.subtitle, chart.alt, chart.source):
            assert not re.search(r"\{|\b(the|of|per cent|economies|people|by)\b", words.replace("Facts and Figures", "")), words
        letters = [unicodedata.name(letter, "") for letter in chart.title if letter.isalpha()]
        assert sum(SCRIPTS[language] in name for name in letters) > 0.8 * len(letters), chart.title
        assert not {text.get_text() for text in chart.figure.findobj(frame.Text)} & {
            "World",
            "High-income",
            "no data",
            "Median",
            "supported",
        }


def test_numbers_follow_the_language_and_stay_the_same_figures(monkeypatch):
    english, french = test_charts.by_locality(), drawn_in("fr", monkeypatch, "by_locality")
    assert "85,4" in french.title
    assert french.title.count("\u00a0%") == 2
    same = [name for name in english.data if name not in ("block", "label")]
    assert french.data[same].equals(english.data[same])


def test_chinese_is_broken_between_characters_and_never_before_a_closing_mark():
    text = "使用互联网的人，占人口百分比（2024 年），按已发布数字。"
    lines = frame.broken(text, 9, 0.6)
    assert len(lines) > 4
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line[0] not in "，。）" and line[-1] != "（" for line in lines)
    assert all(frame.inches_wide(line, 9) <= 0.6 + 2 * 9 / 72 for line in lines)


def test_a_line_is_not_broken_at_a_space_that_is_not_to_be_broken():
    assert frame.broken("soit 94\u00a0% au moins", 9, 0.01) == ["soit", "94\u00a0%", "au", "moins"]


def test_arabic_letters_are_joined_and_run_from_the_right():
    # Joined letters are narrower than the same letters kept apart by a non-joiner.
    assert frame.inches_wide("سسسس", 20) < frame.inches_wide("\u200c".join("سسسس"), 20)
    # A tall alef, then low kashidas: the alef is the first letter, so the tall ink is at the right.
    figure = Figure(figsize=(3, 1), dpi=100)
    canvas = FigureCanvasAgg(figure)
    figure.text(0.5, 0.3, "ا" + "ـ" * 12, fontsize=30, ha="center")
    canvas.draw()
    ink = np.asarray(canvas.buffer_rgba())[:, :, 0] < 128
    tall = np.flatnonzero(ink.sum(axis=0) > 10)
    inked = np.flatnonzero(ink.any(axis=0))
    assert tall.size
    assert tall.min() > inked.mean()


def test_every_line_of_an_arabic_page_runs_from_the_right_even_if_it_begins_with_a_number_or_a_latin_name(monkeypatch):
    chart = drawn_in("ar", monkeypatch, "by_edition")
    texts = [*chart.figure.texts, *chart.figure.axes[0].texts]
    lines = [line for text in texts for line in text.get_text().split("\n") if line]
    assert any(re.match("\u200f\\d", line) for line in lines)
    assert all(line.startswith("\u200f") for line in lines)


def test_an_arabic_page_begins_at_the_right_and_its_rows_are_turned_round(monkeypatch):
    english, arabic = test_charts.by_sex(), drawn_in("ar", monkeypatch, "by_sex")
    assert {text.get_horizontalalignment() for text in arabic.figure.texts} == {"right"}
    assert {text.get_position()[0] for text in arabic.figure.texts} == {1 - frame.MARGIN / frame.WIDTH}
    panels = [chart.figure.axes[0] for chart in (english, arabic)]
    left, right = (panel.get_position() for panel in panels)
    # What was left of the page's middle is as far right of it now, to the rounding of different labels.
    assert left.x1 < right.x1
    low, high = panels[1].get_xlim()
    assert low > high  # values grow to the left
    edition = [
        next(text for text in panel.texts if word in text.get_text()) for panel, word in zip(panels, ("Edition", "إصدار"), strict=True)
    ]
    assert [text.get_position()[0] < 0.5 for text in edition] == [True, False]


def test_dates_keep_their_order_in_arabic():
    line = source_line(test_charts.behind().data, "", labels.labels("ar"))
    assert "\u200e2031-07-01\u200e" in line
    assert "\u200e" not in source_line(test_charts.behind().data, "", labels.labels("fr"))


def test_an_arabic_svg_says_its_direction_and_turns_the_ends_of_its_words(monkeypatch):
    root = ElementTree.fromstring(charts.render(drawn_in("ar", monkeypatch, "by_sex"), "svg"))
    assert (root.get("lang"), root.get("direction")) == ("ar", "rtl")
    texts = [element for element in root.iter() if element.tag.endswith("}text")]
    title = next(element for element in texts if element.text.startswith("\u200fفي عام"))
    # 8 inches of 72 points, less the margin: the words start there and run to the left.
    assert float(title.get("x")) == pytest.approx(72 * (frame.WIDTH - frame.MARGIN), abs=1)
    assert not any("translate" in element.get("transform", "") for element in texts)
    assert "text-anchor: start" in next(element for element in texts if element.text.startswith("\u200fإصدار")).get("style")


def test_english_says_nothing_of_direction_and_passports_of_english_name_no_language():
    picture = charts.render(test_charts.by_sex(), "svg").decode()
    assert 'lang="en" aria' in picture
    assert "direction" not in picture.partition(">")[0]
    made = charts.Made("b", "c", "", ())
    assert "language" not in charts.passport(test_charts.by_sex(), "MIT", made).as_json()


def test_without_a_chinese_font_a_png_is_refused_in_one_line_and_the_svg_is_the_same(monkeypatch):
    chart = drawn_in("zh", monkeypatch, "by_sex")
    picture = charts.render(chart, "svg")
    monkeypatch.setattr(fonts, "_names", lambda: {"DejaVu Sans"})
    assert charts.render(chart, "svg") == picture
    assert b'lang="zh-Hans"' in picture
    with pytest.raises(charts.NoFont, match=r"no font here has the Chinese characters.*fonts-noto-cjk") as caught:
        charts.render(chart, "png")
    assert "\n" not in str(caught.value)


def test_the_best_chinese_font_at_hand_is_taken_and_no_other_language_asks_for_one(monkeypatch):
    monkeypatch.setattr(fonts, "_names", lambda: {"DejaVu Sans", "SimHei", "WenQuanYi Zen Hei"})
    assert [fonts.font_for(language) for language in labels.LANGUAGES] == ["", "WenQuanYi Zen Hei", "", "", "", ""]


def test_a_chinese_png_has_its_characters_where_a_font_has_them(monkeypatch, recwarn):
    if not set(fonts._CHINESE) & fonts._names():
        pytest.skip("no font with Chinese characters on this machine")
    chart = drawn_in("zh", monkeypatch, "by_sex")
    families = [text.get_fontfamily() for text in chart.figure.findobj(frame.Text)]
    rendering._pixels(chart, 40, charts.LIGHT)
    assert [str(warning.message) for warning in recwarn if "missing from font" in str(warning.message)] == []
    assert [text.get_fontfamily() for text in chart.figure.findobj(frame.Text)] == families
