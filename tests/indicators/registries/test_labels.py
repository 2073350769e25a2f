"""Labels in the six languages: English from the registries, gettext catalogues, what is missing listed; charts drawn in each."""

import gettext
import re
import unicodedata
import warnings
from decimal import Decimal
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from indicators import charts
from indicators.charts import fonts, frame, rendering
from indicators.charts.words import source_line
from indicators.contracts.validation import contract_problems
from indicators.contracts.vocabulary import LabelStatus
from indicators.registries import label_catalogues, labels
from tests.indicators.charts import test_charts

OTHERS = [language for language in labels.LANGUAGES if language != "en"]
CHARTS = Path(charts.__file__).parent
DRAWN = [name for name in charts.__all__ if hasattr(getattr(charts, name), "__wrapped__")]
#: What a place in an f-string of a chart may be.
ASKED_FOR = re.compile(r"""(?:say|furniture)\(\s*f?(["'])(.+?)\1|"((?:statements|years behind): [^"]+)\"""")


def keys_asked_for():
    """Return the keys of chart text that the charts ask for, as patterns: a place in braces stands for anything."""
    asked = [one or other for path in CHARTS.rglob("*.py") for _, one, other in ASKED_FOR.findall(path.read_text("utf-8"))]
    # Words that stand in data and are looked up as they are: verdicts, sides, and whether a figure is published.
    from_data = [*charts.VERDICT_LOOKS, "men", "women", "urban", "rural", "published", "indicative", "not published"]
    parts = [re.split(r"\{[^}]*\}", key) for key in [*asked, *from_data]]
    return [re.compile(".+".join(map(re.escape, part))) for part in parts]


def chart_text():
    return [key for kind, key in labels.english_labels() if kind == "chart text"]


def stored(language):
    """Return the catalogue of a language, as Babel reads it."""
    return read_po(BytesIO(labels.catalogue_path(language).read_bytes()), locale=language)


def text(kind, key, english, **plural):
    return labels.Text(kind, key, english, **plural)


@pytest.fixture
def english(monkeypatch):
    """Put labels among the English ones, as a registry would; a label of the same kind and key is replaced."""

    def put(*texts):
        changed = labels.english_labels() | {(text.kind, text.key): text for text in texts}
        monkeypatch.setattr(labels, "english_labels", lambda: changed)
        monkeypatch.setattr(label_catalogues, "english_labels", lambda: changed)

    return put


def checked_once(name, rows, checked=True, held={}):  # noqa: B006
    key = (name, repr(rows))
    if key not in held:
        held[key] = TABLE(name, rows, checked)
    return held[key]


def drawn_in(language, monkeypatch, name):
    """Draw a chart of the hand-made world in a language; its tables are checked once."""
    if untranslated := [missing.key for missing in labels.labels(language).missing if missing.kind == "chart text"]:
        pytest.skip(f"chart text that is not translated into {labels.LANGUAGES[language]}: {', '.join(untranslated)}")
    monkeypatch.setattr(test_charts, "table", checked_once)
    for function in DRAWN:
        monkeypatch.setattr(charts, function, partial(getattr(charts, function), language=language))
    return getattr(test_charts, name).__wrapped__()


def test_every_word_a_chart_asks_for_is_registered_and_no_other():
    have = chart_text()
    asked = keys_asked_for()
    assert [pattern.pattern for pattern in asked if not any(pattern.fullmatch(key) for key in have)] == []
    assert [key for key in have if not any(pattern.fullmatch(key) for pattern in asked)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_missing_translations_are_counted_and_break_nothing(language):
    if missing := labels.labels(language).missing:
        example = f"{missing[0].kind} {missing[0].key}"
        warnings.warn(f"labels not translated into {labels.LANGUAGES[language]}: {len(missing)}, such as {example}", stacklevel=1)
    rows = labels.labels_table()
    assert ((rows["language"] == language) & (rows["status"] == LabelStatus.MISSING)).sum() == len(missing)


def test_a_new_indicator_needs_no_edit_here_and_is_shown_in_english_until_it_is_translated(english):
    before = len(labels.labels("fr").missing)
    english(new := text("indicator", "robots", "Households with a robot"))
    for language in OTHERS:
        assert labels.labels(language).indicator("robots", "Households with a robot") == "Households with a robot"
    assert new in labels.labels("fr").missing
    assert len(labels.labels("fr").missing) == before + 1
    rows = labels.labels_table().query("kind == 'indicator' and key == 'robots'")
    assert rows.set_index("language")["status"].to_dict() == dict.fromkeys(OTHERS, LabelStatus.MISSING) | {"en": LabelStatus.ORIGINAL}


def test_a_translation_of_other_words_is_none():
    french = labels.labels("fr")
    assert french.group("ldc", "Least developed countries") == "Pays les moins avancés"
    assert french.group("ldc", "Countries of a new list") == "Countries of a new list"


def test_a_label_whose_english_has_changed_is_shown_in_english_with_its_values(english):
    english(text("chart text", "edition", "Published in {vintage}"))
    assert labels.labels("fr").furniture("edition", vintage="2025") == "Published in 2025"
    assert ("chart text", "edition") in [(missing.kind, missing.key) for missing in labels.labels("fr").missing]


# ---- numbers that inflect the words beside them


@pytest.mark.parametrize("language", OTHERS)
def test_whole_numbers_take_the_form_that_gettext_gives_them(language):
    compiled = BytesIO()
    write_mo(compiled, catalogue := stored(language))
    compiled.seek(0)
    ours, theirs = labels.labels(language), gettext.GNUTranslations(compiled)
    for number in [*range(130), 1000, 1_000_000]:
        form = theirs.npgettext("chart text: years", "{years} year", "{years} years", number)
        assert ours.furniture("years", years=number) == form.format(years=number)
    assert catalogue.num_plurals == {"ar": 6, "zh": 1, "fr": 3, "ru": 3, "es": 3}[language]


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", "1", "1 year"), ("en", "1.5", "1.5 years"), ("en", 0, "0 years"),
        ("fr", "1,5", "de 1,5 an"), ("fr", 2, "de 2 ans"), ("es", "1,5", "1,5 años"), ("es", 1, "1 año"),
        ("ru", 21, "21 год"), ("ru", "9,4", "9,4 года"), ("ru", 12, "12 лет"),
        ("ar", 1, "سنة واحدة"), ("ar", 2, "سنتين"), ("ar", 7, "7 سنوات"), ("ar", 40, "40 سنة"), ("ar", "9.4", "9.4 سنة"),
        ("zh", 3, "3 年"), ("ru", np.int64(3), "3 года"), ("en", "4–5", "4–5 years"), ("ru", "4–5", "4–5 года"),
    ],
)  # fmt: skip
def test_years_as_grammar_has_them(language, number, words):
    assert labels.labels(language).furniture("years", years=number) == words


def test_a_number_is_read_as_its_language_writes_it():
    assert labels._number_in("fr", labels.labels("fr").number(1234.5, 1, grouped=True)) == Decimal("1234.5")


# ---- the catalogues that translators open


def messages_of(content):
    """Return what a catalogue says, however its lines are broken: English, translation and whether it is fuzzy, by context."""
    return {
        message.context: (labels.forms_of(message.id), labels.forms_of(message.string), message.fuzzy)
        for message in read_po(BytesIO(content))
        if message.id
    }


def test_the_catalogues_are_up_to_date_and_new_english_or_other_line_breaks_only_warn():
    stale = {path: content for path, content in label_catalogues.refreshed().items() if path.read_bytes() != content}
    if stale:
        warnings.warn(f"`make labels` would change {', '.join(path.parent.parent.name for path in stale)}", stacklevel=1)
    template = label_catalogues.TEMPLATE
    if messages_of(template.read_bytes()) == messages_of(label_catalogues.refreshed()[template]):
        assert [path for path, content in stale.items() if messages_of(path.read_bytes()) != messages_of(content)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_what_tools_check(language):
    catalogue = stored(language)
    for message in catalogue:
        assert len(labels.forms_of(message.string)) == (catalogue.num_plurals if message.pluralizable else 1), message
    assert {comment for message in catalogue for comment in message.user_comments} <= {
        LabelStatus.OFFICIAL,
        LabelStatus.REVIEWED,
        LabelStatus.OWN,
    }
    contexts = [message.context for message in catalogue if message.id]
    assert len(contexts) == len(set(contexts))


def test_new_english_is_added_changed_english_makes_a_translation_fuzzy_and_what_is_gone_is_left_out(english):
    catalogue = stored("fr")
    catalogue.add("Gone", "Disparu", context="indicator: gone")
    english(
        text("indicator", "robots", "Households with a robot"),
        text("indicator", "population", "People"),
        text("chart text", "edition", "{vintage} editions", one="{vintage} edition", number="vintage"),
    )
    label_catalogues.merged(catalogue, label_catalogues.template())
    found = {message.context: message for message in catalogue}
    assert "indicator: gone" not in found
    assert not found["indicator: robots"].string
    assert (found["indicator: population"].string, found["indicator: population"].fuzzy) == ("Population", True)
    assert (found["chart text: edition"].string, found["chart text: edition"].fuzzy) == (("Édition {vintage}", "", ""), True)
    assert not found["group: ldc"].fuzzy


def test_a_fuzzy_translation_and_one_without_every_form_are_not_used(tmp_path, monkeypatch):
    path = tmp_path / "labels.po"
    catalogue = stored("fr")
    catalogue.get("Population", "indicator: population").flags.add("fuzzy")
    catalogue.get("{years} year", "chart text: years").string = ("de {years} an", "", "de {years} ans")
    path.write_bytes(label_catalogues._written(catalogue))
    monkeypatch.setattr(labels, "catalogue_path", lambda language: path)
    monkeypatch.setattr(labels, "_translations", cache(labels._translations.__wrapped__))
    french = labels.labels("fr")
    assert french.furniture("years", years=2) == "2 years"
    assert {("indicator", "population"), ("chart text", "years")} <= {(missing.kind, missing.key) for missing in french.missing}


@pytest.mark.parametrize(
    ("language", "context", "words", "fuzzy"),
    [
        ("es", "chart text: edition", "Edición {vintage}", False),
        ("es", "chart text: edition", "Edición", True),
        ("es", "chart text: edition", "Edición {year}", True),
        ("es", "chart text: edition", "Edición {", True),
        ("ar", "chart text: years", ("{years} سنة", "سنة واحدة", "سنتين", "{years} سنوات", "{years} سنة", "{years} سنة"), False),
        # 3 to 10 have the form in common, so the number has to be there; in French, 0 and 1 have.
        ("ar", "chart text: years", ("{years} سنة", "سنة واحدة", "سنتين", "سنوات", "{years} سنة", "{years} سنة"), True),
        ("fr", "chart text: years", ("d’un an", "de {years} ans", "de {years} ans"), True),
    ],
)
def test_a_translation_with_other_words_in_braces_is_fuzzy(language, context, words, fuzzy):
    catalogue = stored(language)
    next(message for message in catalogue if message.context == context).string = words
    label_catalogues.merged(catalogue, label_catalogues.template())
    assert next(message for message in catalogue if message.context == context).fuzzy is fuzzy


def test_a_new_translation_is_our_own_until_a_comment_says_that_it_was_reviewed():
    catalogue = stored("fr")
    found = {message.context: message for message in catalogue}
    found["indicator: population"].user_comments = []
    found["indicator: computer_use"].user_comments = [LabelStatus.REVIEWED, "by the statistical office"]
    label_catalogues.merged(catalogue, label_catalogues.template())
    found = {message.context: message for message in catalogue}
    assert found["indicator: population"].user_comments == [LabelStatus.OWN]
    assert found["indicator: computer_use"].user_comments == [LabelStatus.REVIEWED, "by the statistical office"]
    assert found["group: sids"].user_comments == [LabelStatus.OFFICIAL]


def test_words_that_are_not_there_or_lack_a_value_are_an_error_in_one_line():
    with pytest.raises(ValueError, match="no chart text is called 'no such words'"):
        labels.labels("fr").furniture("no such words")
    with pytest.raises(ValueError, match="has a placeholder 'vintage'"):
        labels.labels("fr").furniture("edition")


def test_the_published_table_has_every_label_in_every_language_and_says_where_it_comes_from():
    rows = labels.labels_table()
    assert contract_problems("labels", rows).empty
    counts = rows.groupby("language").size()
    assert set(counts.index) == set(labels.LANGUAGES)
    assert counts.nunique() == 1
    status = rows.set_index(["kind", "key", "language"])["status"]
    assert status["group", "sids", "ru"] == LabelStatus.OFFICIAL
    assert status["indicator", "population", "ar"] == LabelStatus.OWN
    assert (status["economy", "KEN", "zh"], status["economy", "PSE", "zh"]) == (LabelStatus.FROM_CLDR, LabelStatus.OFFICIAL)


@pytest.mark.parametrize("language", OTHERS)
def test_every_economy_has_a_name_in_every_language(language):
    names = {key: labels.labels(language).economy(key) for kind, key in labels.english_labels() if kind == "economy"}
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
