"""What indicators, groups, economies and the words of charts are called in the six official languages of the United Nations.

English comes from the registries: titles of indicators, groups and sources from theirs. The text of a chart comes from the module of the
chart, and what charts share from `labels.toml`. Translations come from gettext catalogues, `locales/<language>/LC_MESSAGES/labels.po`, that
translators open in Poedit or Weblate. Names of economies come from CLDR by way of Babel, unless a catalogue has one. A label without a
translation, or with a translation of other English words, is shown in English, and `missing` lists it. `label_catalogues` makes the
catalogues; here they are only read.

The file is long because each kind of label has another fallback, and one class answers for all of them.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from babel import Locale
from babel.core import get_global
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import LabelKind, LabelStatus, Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: The names of the languages by their code.
LANGUAGES: dict[str, str] = {language: language.name.capitalize() for language in Language}

#: A mark without width that makes the text next to it run from left to right.
_LEFT_TO_RIGHT = "\u200e"

_FOLDER = Path(__file__).parent
_WORDS = _FOLDER / "labels.toml"
LOCALES = _FOLDER / "locales"
#: Codes of economies that CLDR does not list with three letters; it knows no name for the Channel Islands.
_TWO_LETTERS = {"XKX": "XK"}
#: CLDR's plural categories in the order in which gettext numbers a language's forms.
_PLURALS = ("zero", "one", "two", "few", "many", "other")


class Plural(NamedTuple):
    """English words that a number inflects."""

    one: str  #: with the number 1
    other: str  #: with other numbers
    number: str  #: the placeholder of that number


class Text(NamedTuple):
    """What a label says in English, and so what is to be translated."""

    kind: str
    key: str
    english: str
    one: str = ""  #: the English with the number 1, where a number inflects the label
    number: str = ""  #: the placeholder of that number

    @property
    def forms(self) -> tuple[str, ...]:
        """The English, in both its forms where a number inflects it."""
        return (self.one, self.english) if self.number else (self.english,)


class Translation(NamedTuple):
    """A translation of a label."""

    english: tuple[str, ...]  #: what it translates, in the forms of English
    forms: tuple[str, ...]  #: one, or as many as the language has plural forms
    status: str  #: LabelStatus.OFFICIAL, LabelStatus.REVIEWED or LabelStatus.OWN


@dataclass(frozen=True)
class Labels:
    """The labels in one language.

    >>> labels("fr").group("ldc"), labels("ru").number(68.25, 1), labels("ar").direction
    ('Pays les moins avancés', '68,2', 'rtl')
    """

    language: str
    own_text: Mapping[str, Text] = field(default_factory=dict)  #: chart text of one chart, by key, in addition to what all charts share

    @property
    def is_english(self) -> bool:
        """Whether nothing is to be translated."""
        return self.language == Language.ENGLISH

    @property
    def direction(self) -> str:
        """The direction of writing, ltr or rtl, as SVG and HTML name it."""
        return "rtl" if self.language == Language.ARABIC else "ltr"

    def indicator(self, key: str, english: str = "") -> str:
        """Return the title of an indicator; `english` is its title in a table, and is returned unless its translation is known."""
        return self._named(LabelKind.INDICATOR, key, english)

    def group(self, key: str, english: str = "") -> str:
        """Return the title of a group, with its classification."""
        return self._named(LabelKind.GROUP, key, english)

    def group_in_short(self, key: str, english: str = "") -> str:
        """Return the name of a group as charts have room for it: without classification, and without the word economies.

        >>> labels("en").group_in_short("low-income", "Low-income economies"), labels("es").group_in_short("itu-africa")
        ('Low-income', 'África')
        """
        short = short_group_name(english or _english(LabelKind.GROUP, key))
        return self._translated(LabelKind.SHORT_GROUP_NAME, key, short) or short_group_name(self.group(key, english))

    def economy(self, iso3: str, english: str = "") -> str:
        """Return the name of an economy: as the catalogue has it, else as CLDR does.

        >>> labels("fr").economy("KEN"), labels("fr").economy("PSE"), labels("en").economy("KEN", "Kenya")
        ('Kenya', 'État de Palestine', 'Kenya')
        """
        if self.is_english:
            return english or iso3
        registered = _english(LabelKind.ECONOMY, iso3)
        return self._translated(LabelKind.ECONOMY, iso3, registered) or _in_cldr(self.language, iso3) or english or iso3

    def source(self, key: str, english: str) -> str:
        """Return publisher and title of a source."""
        return self._named(LabelKind.SOURCE, key, english)

    def source_in_short(self, key: str, english: str) -> str:
        """Return how a sentence names a source."""
        return self._named(LabelKind.SHORT_SOURCE_TITLE, key, english)

    def unit(self, unit: str) -> str:
        """Return a unit."""
        return self._named(LabelKind.UNIT, unit, unit)

    def flag(self, flag: str) -> str:
        """Return what a reader should keep in mind of a verdict."""
        return self._named(LabelKind.FLAG, flag, flag)

    def licence(self, licence: str) -> str:
        """Return the name of a licence; most names are the same in every language, and are not translated."""
        return self._named(LabelKind.LICENCE, licence, licence)

    def statement(self, claim: str, english: str) -> str:
        """Return a statement of the resolution."""
        return self._named(LabelKind.STATEMENT, claim, english)

    def chart_text(self, key: str, **values: object) -> str:
        """Return the words of a chart with their values, in the plural form that the number among them takes.

        Raises:
            ValueError: There are no such words, or they have a placeholder without a value.

        >>> labels("es").chart_text("no data"), labels("en").chart_text("edition", vintage="2025")
        ('sin datos', 'Edition 2025')
        >>> [labels("ru").chart_text("years", years=years) for years in (1, 3, 5, "9,4")]
        ['1 год', '3 года', '5 лет', '9,4 года']
        """
        if (text := self.own_text.get(key) or english_labels().get((LabelKind.CHART_TEXT, key))) is None:
            raise ValueError(f"no chart text is called {key!r}: it is neither in its chart nor in {_WORDS.name}")
        translation = self._translation(LabelKind.CHART_TEXT, key, text.forms)
        language, forms = (self.language, translation.forms) if translation else ("en", text.forms)
        try:
            form = plural_form(language, len(forms), _number_in(self.language, values[text.number])) if text.number else 0
            return forms[form].format(**values)
        except KeyError as error:
            raise ValueError(f"chart text {key!r} has a placeholder {error}, and no value is given for it") from None

    def number(self, value: float, decimals: int | None = None, *, grouped: bool = False) -> str:
        r"""Return a number as the language writes it, in Western digits; without `decimals` with one, or none if it has none.

        >>> labels("fr").number(1234.5, 0, grouped=True), labels("es").number(12.0), labels("ar").number(0.923, 2)
        ('1\u202f234', '12', '0.92')
        """
        text = f"{value:{',' if grouped else ''}.{1 if decimals is None else decimals}f}"
        return self.as_written(text.removesuffix(".0") if decimals is None else text)

    def as_written(self, number: str) -> str:
        """Return a number that is written already, with the point and the comma of English, in the signs of the language.

        >>> labels("fr").as_written("0.25")
        '0,25'
        """
        signs = _signs(self.language)
        return number.translate({ord("."): signs.decimal, ord(","): signs.group})

    def as_is(self, code: str) -> str:
        """Return a code with signs in it, such as a date, so that it keeps its order among words that run from right to left."""
        return code if self.direction == "ltr" else f"{_LEFT_TO_RIGHT}{code}{_LEFT_TO_RIGHT}"

    def percent(self, number: str) -> str:
        r"""Return a number that is written already with the sign for per cent, set as the language sets it.

        >>> labels("ru").percent("85"), labels("zh").percent("85")
        ('85\xa0%', '85%')
        """
        return number + _signs(self.language).percent

    @property
    def missing(self) -> tuple[Text, ...]:
        """The labels that are shown in English because they have no translation; none in English."""
        return tuple(text for text in (*english_labels().values(), *self.own_text.values()) if self.status(text)[1] == LabelStatus.MISSING)

    def status(self, text: Text) -> tuple[str, str]:
        """Return how a label reads in this language, and where the words come from; of plural forms the last, which many numbers take."""
        if self.is_english:
            return text.english, LabelStatus.ORIGINAL
        if translation := self._translation(text.kind, text.key, text.forms):
            return translation.forms[-1], translation.status
        if text.kind == LabelKind.ECONOMY and (name := _in_cldr(self.language, text.key)):
            return name, LabelStatus.FROM_CLDR
        return text.english, LabelStatus.MISSING

    def with_text(self, texts: Iterable[Text]) -> Labels:
        """Return the labels with chart text in addition to what all charts share."""
        return Labels(self.language, {text.key: text for text in texts})

    def _named(self, kind: str, key: str, english: str) -> str:
        english = english or _english(kind, key)
        return self._translated(kind, key, english) or english

    def _translated(self, kind: str, key: str, english: str) -> str:
        """Return the translation of a label that no number inflects, empty if there is none."""
        translation = self._translation(kind, key, (english,))
        return translation.forms[0] if translation else ""

    def _translation(self, kind: str, key: str, english: tuple[str, ...]) -> Translation | None:
        """Return the translation of a label; a translation of other English words than these is none."""
        translation = None if self.is_english else _translations(self.language).get((kind, key))
        return translation if translation and translation.english == english else None


@cache
def labels(language: str) -> Labels:
    """Return the labels in a language.

    Raises:
        ValueError: It is none of the six.

    >>> labels("de")
    Traceback (most recent call last):
    ValueError: there are no labels in 'de'; there are in ar (Arabic), zh (Chinese), en (English), fr (French), ru (Russian), es (Spanish)
    """
    if language not in LANGUAGES:
        known = ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items())
        raise ValueError(f"there are no labels in {language!r}; there are in {known}")
    return Labels(language)


ENGLISH = Labels("en")


def chart_texts(english: Mapping[str, str | Plural]) -> list[Text]:
    """Return chart text, given by key, as labels."""
    return [
        Text("chart text", key, words) if isinstance(words, str) else Text("chart text", key, words.other, words.one, words.number)
        for key, words in english.items()
    ]


def labels_table(chart_texts: Iterable[Text] = ()) -> pd.DataFrame:
    """Return every label in every language as the table `labels`, one row a label and language, with where its words come from.

    Args:
        chart_texts: The text of the charts themselves.
    """
    rows = []
    for text in (*english_labels().values(), *chart_texts):
        for language in LANGUAGES:
            label, status = labels(language).status(text)
            row = {"kind": text.kind, "key": text.key, "language": language, "label": label, "english": text.english, "status": status}
            rows.append(row)
    return conform("labels", pd.DataFrame(rows))


@cache
def english_labels() -> dict[tuple[str, str], Text]:
    """Return every label there is to be in every language, by kind and key, in the order of `LabelKind`."""
    return {(text.kind, text.key): text for kind in LabelKind for text in _registered(kind)}


def short_group_name(title: str) -> str:
    """Return the title of a group without its classification and without the word economies.

    >>> short_group_name("Africa (ITU region)"), short_group_name("Low-income economies")
    ('Africa', 'Low-income')
    """
    return title.partition(" (")[0].removesuffix(" economies")


def catalogue_path(language: str) -> Path:
    """Return where the translations into a language are."""
    return LOCALES / language / "LC_MESSAGES" / "labels.po"


@cache
def economies_to_translate() -> frozenset[str]:
    """Return the economies whose names are translated here, by their codes: those that the United Nations name otherwise than CLDR."""
    return frozenset(_words()["economies"])


def forms_of(words: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the forms of words that a number inflects, or the words alone."""
    return (words or "",) if words is None or isinstance(words, str) else tuple(words)


def plural_form(language: str, forms: int, number: Decimal | int | None) -> int:
    """Return which of a language's plural forms goes with a number, as gettext counts them.

    gettext has forms for whole numbers only. Where CLDR has another category for numbers with decimals, as for Russian, they take the form
    of 2: "9,4 года". Values that are not numbers, such as ranges, take the form of numbers with decimals.
    """
    rule = Locale.parse(language).plural_form
    order = [category for category in _PLURALS if category in {*rule.tags, "other"}]
    form = order.index("other" if number is None else rule(number))
    return form if form < forms else order.index(rule(2))


def _english(kind: str, key: str) -> str:
    """Return what a thing is called in English, where it is registered; otherwise its key."""
    text = english_labels().get((kind, key))
    return text.english if text else key


def _registered(kind: str) -> Iterator[Text]:
    """Read the English labels of a kind from its registry."""
    if kind in (LabelKind.INDICATOR, LabelKind.UNIT):
        catalogue = tomllib.loads((_FOLDER / "catalogue.toml").read_text("utf-8"))
        if kind == LabelKind.UNIT:
            yield from (Text(kind, unit, unit) for unit in catalogue["units"])
        else:
            yield from (Text(kind, key, entry["title"]) for key, entry in catalogue["indicators"].items())
    elif kind in (LabelKind.GROUP, LabelKind.SHORT_GROUP_NAME):
        titles = _column("groups.csv", "group_name", "title")
        if kind == LabelKind.GROUP:
            yield from (Text(kind, key, title) for key, title in titles.items())
        else:
            yield from (Text(kind, key, short_group_name(titles[key])) for key in _words()["short_group_names"])
    elif kind == LabelKind.ECONOMY:
        yield from (Text(kind, iso3, name) for iso3, name in _column("economies.csv", "iso3", "name").items())
    elif kind in (LabelKind.SOURCE, LabelKind.SHORT_SOURCE_TITLE):
        for key, entry in tomllib.loads((_FOLDER / "sources.toml").read_text("utf-8")).items():
            yield Text(kind, key, f"{entry['publisher']}, {entry['title']}" if kind == LabelKind.SOURCE else entry["short_title"])
    elif kind == LabelKind.STATEMENT:
        for key, entry in tomllib.loads((_FOLDER / "resolution.toml").read_text("utf-8"))["claims"].items():
            yield Text(kind, key, entry["statement"])
    elif kind == LabelKind.CHART_TEXT:
        yield from chart_texts({key: words if isinstance(words, str) else Plural(**words) for key, words in _words()["chart_text"].items()})
    else:
        yield from (Text(kind, words, words) for words in _words()[f"{kind}s"])


def _column(file: str, key: str, name: str) -> dict[str, str]:
    with (_FOLDER / file).open(encoding="utf-8", newline="") as text:
        return {entry[key]: entry[name] for entry in csv.DictReader(text)}


@cache
def _words() -> dict[str, Any]:
    """Read the English words that are in no other registry."""
    return tomllib.loads(_WORDS.read_text("utf-8"))


@cache
def _translations(language: str) -> dict[tuple[str, str], Translation]:
    """Read the translations into a language; without those that translators have marked as fuzzy, or not made in every plural form."""
    with catalogue_path(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    found = {}
    for message in catalogue:
        english, forms = forms_of(message.id), forms_of(message.string)
        if message.id and not message.fuzzy and all(forms):
            kind, _, key = (message.context or "").partition(": ")
            status = next(
                (comment for comment in message.user_comments if comment in (LabelStatus.OFFICIAL, LabelStatus.REVIEWED)), LabelStatus.OWN
            )
            found[kind, key] = Translation(english, forms, status)
    return found


def _number_in(language: str, value: object) -> Decimal | None:
    """Return the number that a value of a chart's words is, or that it is written as in a language; None if it is none.

    >>> _number_in("fr", "9,4"), _number_in("en", 12), _number_in("en", "none")
    (Decimal('9.4'), Decimal('12'), None)
    """
    signs = _signs(language)
    try:
        return Decimal(str(value).replace(signs.group, "").replace(signs.decimal, "."))
    except InvalidOperation:
        return None


@cache
def _in_cldr(language: str, iso3: str) -> str:
    """Return the name of an economy in CLDR; empty if it has none, or if the economy no longer exists and has several successors."""
    codes = [_TWO_LETTERS[iso3]] if iso3 in _TWO_LETTERS else get_global("territory_aliases").get(iso3, [])
    return Locale.parse(language).territories.get(codes[0], "") if len(codes) == 1 else ""


class _Signs(NamedTuple):
    decimal: str
    group: str
    percent: str  #: with the space before it


@cache
def _signs(language: str) -> _Signs:
    """Return how a language writes numbers."""
    if language == Language.ENGLISH:
        return _Signs(".", ",", "%")
    decimal, group = (symbol(language, numbering_system="latn") for symbol in (get_decimal_symbol, get_group_symbol))
    return _Signs(decimal, group, Locale.parse(language).percent_formats[None].pattern.rpartition("0")[2])
