"""Labels in the six languages: English from the registries and the charts, gettext catalogues, what is missing is counted."""

import gettext
import warnings
from decimal import Decimal
from functools import cache
from io import BytesIO

import numpy as np
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from indicators.charts.registry import labels_with_charts, own_text
from indicators.contracts.validation import contract_problems
from indicators.contracts.vocabulary import LabelStatus
from indicators.registries import label_catalogues, labels

OTHERS = [language for language in labels.LANGUAGES if language != "en"]


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


@pytest.mark.parametrize("language", OTHERS)
def test_missing_translations_are_counted_and_break_nothing(language):
    if missing := labels_with_charts(language).missing:
        example = f"{missing[0].kind} {missing[0].key}"
        warnings.warn(f"labels not translated into {labels.LANGUAGES[language]}: {len(missing)}, such as {example}", stacklevel=1)
    rows = labels.labels_table(own_text())
    assert ((rows["language"] == language) & (rows["status"] == LabelStatus.MISSING)).sum() == len(missing)


def test_a_new_indicator_needs_no_edit_here_and_is_shown_in_english_until_it_is_translated(english):
    before = len(labels.labels("fr").missing)
    english(new := text("indicator", "robots", "Households with a robot"))
    for language in OTHERS:
        assert labels.labels(language).indicator("robots", "Households with a robot") == "Households with a robot"
    assert new in labels.labels("fr").missing
    assert len(labels.labels("fr").missing) == before + 1
    rows = labels.labels_table(own_text()).query("kind == 'indicator' and key == 'robots'")
    assert rows.set_index("language")["status"].to_dict() == dict.fromkeys(OTHERS, LabelStatus.MISSING) | {"en": LabelStatus.ORIGINAL}


def test_a_translation_of_other_words_is_none():
    french = labels.labels("fr")
    assert french.group("ldc", "Least developed countries") == "Pays les moins avancés"
    assert french.group("ldc", "Countries of a new list") == "Countries of a new list"


def test_a_label_whose_english_has_changed_is_shown_in_english_with_its_values(english):
    english(text("chart text", "edition", "Published in {vintage}"))
    assert labels.labels("fr").chart_text("edition", vintage="2025") == "Published in 2025"
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
        assert ours.chart_text("years", years=number) == form.format(years=number)
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
    assert labels.labels(language).chart_text("years", years=number) == words


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
    stale = {path: content for path, content in label_catalogues.refreshed(own_text()).items() if path.read_bytes() != content}
    if stale:
        warnings.warn(f"`make labels` would change {', '.join(path.parent.parent.name for path in stale)}", stacklevel=1)
    template = label_catalogues.TEMPLATE
    if messages_of(template.read_bytes()) == messages_of(label_catalogues.refreshed(own_text())[template]):
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
    label_catalogues.merged(catalogue, label_catalogues.template(own_text()))
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
    assert french.chart_text("years", years=2) == "2 years"
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
    label_catalogues.merged(catalogue, label_catalogues.template(own_text()))
    assert next(message for message in catalogue if message.context == context).fuzzy is fuzzy


def test_a_new_translation_is_our_own_until_a_comment_says_that_it_was_reviewed():
    catalogue = stored("fr")
    found = {message.context: message for message in catalogue}
    found["indicator: population"].user_comments = []
    found["indicator: computer_use"].user_comments = [LabelStatus.REVIEWED, "by the statistical office"]
    label_catalogues.merged(catalogue, label_catalogues.template(own_text()))
    found = {message.context: message for message in catalogue}
    assert found["indicator: population"].user_comments == [LabelStatus.OWN]
    assert found["indicator: computer_use"].user_comments == [LabelStatus.REVIEWED, "by the statistical office"]
    assert found["group: sids"].user_comments == [LabelStatus.OFFICIAL]


def test_words_that_are_not_there_or_lack_a_value_are_an_error_in_one_line():
    with pytest.raises(ValueError, match="no chart text is called 'no such words'"):
        labels.labels("fr").chart_text("no such words")
    with pytest.raises(ValueError, match="has a placeholder 'vintage'"):
        labels.labels("fr").chart_text("edition")


@pytest.mark.worked("labels")
def test_the_published_table_has_every_label_in_every_language_and_says_where_it_comes_from():
    rows = labels.labels_table(own_text())
    assert contract_problems("labels", rows).empty
    counts = rows.groupby("language").size()
    assert set(counts.index) == set(labels.LANGUAGES)
    assert counts.nunique() == 1
    status = rows.set_index(["kind", "key", "language"])["status"]
    assert status["group", "sids", "ru"] == LabelStatus.OFFICIAL
    assert status["indicator", "population", "ar"] == LabelStatus.OWN
    assert (status["economy", "KEN", "zh"], status["economy", "PSE", "zh"]) == (LabelStatus.FROM_CLDR, LabelStatus.OFFICIAL)
    label = rows.set_index(["kind", "key", "language"])["label"]
    # As the United Nations call them in French, Spanish and English.
    assert label["economy", "PSE", "fr"] == "État de Palestine"
    assert (label["group", "ldc", "fr"], label["group", "ldc", "es"]) == ("Pays les moins avancés", "Países menos adelantados")
    assert label["group", "ldc", "en"] == "Least developed countries"


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
