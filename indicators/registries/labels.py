"""What indicators, groups, economies and the words of charts are called in the six official languages of the United Nations.

The words stand in `labels.csv`, a row a label and a column a language, so that whoever speaks one can mend them in a spreadsheet. Names of
economies come from CLDR by way of Babel, but where the United Nations call one otherwise, the table says so. A label whose translation is
missing stands in English, and `missing` lists it.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

#: The languages by their code, in the order in which the United Nations list them.
LANGUAGES = {"ar": "Arabic", "zh": "Chinese", "en": "English", "fr": "French", "ru": "Russian", "es": "Spanish"}
KINDS = (
    "indicator",
    "unit",
    "group",
    "group in short",
    "economy",
    "source",
    "source in short",
    "statement",
    "flag",
    "licence",
    "furniture",
)

OFFICIAL = "official term"
OWN = "own translation, not reviewed by a native speaker"
FROM_CLDR = "name in CLDR"
ORIGINAL = "original"
MISSING = "missing, English stands"
#: Where a label comes from, as the table `labels` says it.
STATUSES = (ORIGINAL, OFFICIAL, OWN, FROM_CLDR, MISSING)

#: A mark without width that has what stands beside it run from left to right.
_LEFT_TO_RIGHT = "\u200e"

_FOLDER = Path(__file__).parent
_FILE = "indicators/registries/labels.csv"
#: Codes of economies that CLDR does not list with three letters; it knows no name for the Channel Islands.
_TWO_LETTERS = {"XKX": "XK"}


class Label(NamedTuple):
    """A label of the table."""

    words: dict[str, str]  #: by language; those it is not translated into are absent
    official: frozenset[str]  #: languages in which the words are those of the United Nations, ITU or the World Bank


class Missing(NamedTuple):
    """A label that has no translation."""

    kind: str
    key: str
    english: str


@dataclass(frozen=True)
class Labels:
    """The labels in one language.

    >>> labels("fr").group("ldc"), labels("ru").number(68.25, 1), labels("ar").direction
    ('Pays les moins avancés', '68,2', 'rtl')
    """

    language: str

    @property
    def is_english(self) -> bool:
        """Whether nothing is to be translated."""
        return self.language == "en"

    @property
    def direction(self) -> str:
        """The direction of writing, ltr or rtl, as SVG and HTML name it."""
        return "rtl" if self.language == "ar" else "ltr"

    def indicator(self, key: str, english: str = "") -> str:
        """Return the title of an indicator; `english` is what a table at hand calls it, and stands unless its translation is known."""
        return self._named("indicator", key, english)

    def group(self, key: str, english: str = "") -> str:
        """Return the title of a group, with its classification."""
        return self._named("group", key, english)

    def group_in_short(self, key: str, english: str = "") -> str:
        """Return the name of a group as charts have room for it: without classification, and without the word economies.

        >>> labels("en").group_in_short("low-income", "Low-income economies"), labels("es").group_in_short("itu-africa")
        ('Low-income', 'África')
        """
        if not self.is_english and self.language in (row := _table().get(("group in short", key), _NONE)).words:
            return row.words[self.language]
        return self.group(key, english).partition(" (")[0].removesuffix(" economies")

    def economy(self, iso3: str, english: str = "") -> str:
        """Return the name of an economy: as the table has it, else as CLDR does.

        >>> labels("fr").economy("KEN"), labels("fr").economy("PSE"), labels("en").economy("KEN", "Kenya")
        ('Kenya', 'État de Palestine', 'Kenya')
        """
        if self.is_english:
            return english or iso3
        return self._translated("economy", iso3) or _in_cldr(self.language, iso3) or english or iso3

    def source(self, key: str, english: str) -> str:
        """Return publisher and title of a source."""
        return self._named("source", key, english)

    def source_in_short(self, key: str, english: str) -> str:
        """Return how a vintage of a source is called in a sentence."""
        return self._named("source in short", key, english)

    def unit(self, unit: str) -> str:
        """Return a unit."""
        return self._named("unit", unit, unit)

    def flag(self, flag: str) -> str:
        """Return what a reader should keep in mind of a verdict."""
        return self._named("flag", flag, flag)

    def licence(self, licence: str) -> str:
        """Return the name of a licence; names of licences that are the same in every language are not in the table."""
        return self._named("licence", licence, licence)

    def statement(self, claim: str, english: str) -> str:
        """Return a statement of the resolution."""
        return self._named("statement", claim, english)

    def furniture(self, key: str, **values: object) -> str:
        """Return the words of a chart, with what belongs in their places.

        Raises:
            ValueError: The table has no such words, or they have a place for which no value is given.

        >>> labels("es").furniture("no data"), labels("en").furniture("edition", vintage="2025")
        ('sin datos', 'Edition 2025')
        """
        if (row := _table().get(("furniture", key))) is None:
            raise ValueError(f"{_FILE}: no furniture is called {key!r}")
        try:
            return row.words.get(self.language, row.words["en"]).format(**values)
        except KeyError as error:
            raise ValueError(f"{_FILE}: furniture {key!r} has a place for {error}, and nothing was given for it") from None

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
        return number if self.is_english else number.translate(_signs(self.language)[0])

    def as_is(self, code: str) -> str:
        """Return a code with signs in it, such as a date, so that it keeps its order among words that run from right to left."""
        return code if self.direction == "ltr" else f"{_LEFT_TO_RIGHT}{code}{_LEFT_TO_RIGHT}"

    def percent(self, number: str) -> str:
        r"""Return a number that is written already with the sign for per cent, set as the language sets it.

        >>> labels("ru").percent("85"), labels("zh").percent("85")
        ('85\xa0%', '85%')
        """
        return number + ("%" if self.is_english else _signs(self.language)[1])

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The labels that stand in English for want of a translation; none in English."""
        return () if self.is_english else tuple(wanted for wanted in _wanted() if not self._status(wanted)[0])

    def _named(self, kind: str, key: str, english: str) -> str:
        if self.is_english:
            return english or _english(kind, key)
        return self._translated(kind, key, english) or english or _english(kind, key)

    def _translated(self, kind: str, key: str, english: str = "") -> str:
        """Return the translation; a translation of other words than these is none."""
        row = _table().get((kind, key), _NONE)
        return row.words.get(self.language, "") if english in ("", row.words.get("en")) else ""

    def _status(self, wanted: Missing) -> tuple[str, str]:
        """Return the translation of a label, empty if there is none, and where it comes from."""
        kind, key, english = wanted
        if self.is_english:
            return english, ORIGINAL
        if words := self._translated(kind, key, "" if kind == "economy" else english):
            return words, OFFICIAL if self.language in _table()[kind, key].official else OWN
        if kind == "economy" and (words := _in_cldr(self.language, key)):
            return words, FROM_CLDR
        return "", MISSING


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


def labels_table() -> pd.DataFrame:
    """Return every label in every language as the table `labels`, one row a label and language, with where its words come from."""
    import pandas as pd

    from indicators.contracts.tables import conform

    rows = []
    for wanted in _wanted():
        for language in LANGUAGES:
            words, status = labels(language)._status(wanted)
            rows.append({**wanted._asdict(), "language": language, "label": words or wanted.english, "status": status})
    return conform("labels", pd.DataFrame(rows))


_NONE = Label({}, frozenset())


@cache
def _table() -> dict[tuple[str, str], Label]:
    """Read the table, and say in one line what cannot be right in it."""
    with (_FOLDER / "labels.csv").open(encoding="utf-8-sig", newline="") as file:
        entries = list(csv.DictReader(file))
    found: dict[tuple[str, str], Label] = {}
    for number, entry in enumerate(entries, start=2):
        row = Label(
            {language: words for language in LANGUAGES if (words := entry[language] or "").strip()}, frozenset(entry["official"].split())
        )
        if problem := _problem(entry["kind"], row) or ("it stands there twice" if (entry["kind"], entry["key"]) in found else ""):
            raise ValueError(f"{_FILE}, line {number}, {entry['kind']} {entry['key']}: {problem}")
        found[entry["kind"], entry["key"]] = row
    return found


def _problem(kind: str, row: Label) -> str:
    """Say what cannot be right in a row; nothing if all can be.

    >>> _problem("furniture", Label({"en": "Edition {vintage}", "fr": "Édition {year}"}, frozenset()))
    'the places in fr are not those in en: write {vintage}'
    """
    if kind not in KINDS:
        return f"there is no kind {kind!r}; there are {', '.join(KINDS)}"
    if "en" not in row.words and kind != "economy":
        return "it has no English"
    if astray := row.official - set(row.words):
        return f"official names {min(astray)}, and there are no words in it"
    try:
        places = {
            language: sorted({name for _, name, _, _ in Formatter().parse(words) if name is not None})
            for language, words in row.words.items()
        }
    except ValueError as error:
        return f"its braces do not match ({error})"
    for language, named in places.items():
        if "en" in places and named != places["en"]:
            return f"the places in {language} are not those in en: write {', '.join(f'{{{name}}}' for name in places['en']) or 'none'}"
    return ""


@cache
def _wanted() -> tuple[Missing, ...]:
    """Return every label there is to be in every language, by kind."""
    names = {kind: {key: _english(kind, key) for kind_, key in _table() if kind_ == kind} for kind in KINDS}
    for kind in ("indicator", "unit", "group", "source", "source in short", "statement", "economy"):
        names[kind] = _names(kind)
    return tuple(Missing(kind, key, english) for kind in KINDS for key, english in names[kind].items())


def _english(kind: str, key: str) -> str:
    """Return what a thing is called in English, where it is registered; failing that its key."""
    row = _table().get((kind, key), _NONE)
    return row.words.get("en") or (_names(kind).get(key, key) if kind != "furniture" else key)


@cache
def _names(kind: str) -> dict[str, str]:
    """Return the English names of all things of a kind, as their registry has them."""
    return dict(_registered(kind))


def _registered(kind: str) -> Iterator[tuple[str, str]]:
    if kind == "unit":
        for unit in tomllib.loads((_FOLDER / "catalogue.toml").read_text("utf-8"))["units"]:
            yield unit, unit
    elif kind == "indicator":
        for key, entry in tomllib.loads((_FOLDER / "catalogue.toml").read_text("utf-8"))["indicators"].items():
            yield key, entry["title"]
    elif kind in ("group", "economy"):
        file, key, name = ("groups.csv", "group_name", "title") if kind == "group" else ("economies.csv", "iso3", "name")
        with (_FOLDER / file).open(encoding="utf-8", newline="") as text:
            for entry in csv.DictReader(text):
                yield entry[key], entry[name]
    elif kind in ("source", "source in short"):
        for key, entry in tomllib.loads((_FOLDER / "sources.toml").read_text("utf-8")).items():
            yield key, entry["short_title"] if kind == "source in short" else f"{entry['publisher']}, {entry['title']}"
    elif kind == "statement":
        for key, entry in tomllib.loads((_FOLDER / "resolution.toml").read_text("utf-8"))["claims"].items():
            yield key, entry["statement"]


@cache
def _in_cldr(language: str, iso3: str) -> str:
    """Return the name of an economy in CLDR, empty if it has none; one that is no more, and has several heirs, is none of them."""
    from babel import Locale
    from babel.core import get_global

    codes = [_TWO_LETTERS[iso3]] if iso3 in _TWO_LETTERS else get_global("territory_aliases").get(iso3, [])
    return Locale.parse(language).territories.get(codes[0], "") if len(codes) == 1 else ""


@cache
def _signs(language: str) -> tuple[dict[int, str], str]:
    """Return what takes the place of point and comma in a number, and the sign for per cent with the space before it."""
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    decimal, group = (of(language, numbering_system="latn") for of in (get_decimal_symbol, get_group_symbol))
    return str.maketrans({".": decimal, ",": group}), Locale.parse(language).percent_formats[None].pattern.rpartition("0")[2]
