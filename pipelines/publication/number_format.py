"""How numbers, days, missing values and populations are written, on every page and brief."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Protocol

from indicators.contracts.vocabulary import ALL, Nature, Sex
from indicators.wording.intervals import Interval

#: A missing value, everywhere.
MISSING = "–"

_PERCENT = "\N{NARROW NO-BREAK SPACE}%"

_SEXES: dict[str, str] = {Sex.FEMALE: "women", Sex.MALE: "men"}
_NATURES: dict[str, str] = {Nature.ESTIMATE: "estimate", Nature.COUNTRY: "from the country"}


class Printed(Protocol):
    """A number with its unit, and as its publisher printed it."""

    @property
    def value(self) -> float:
        """The number, in its unit."""

    @property
    def unit(self) -> str:
        """The unit."""

    @property
    def printed(self) -> str | None:
        """The number as its publisher wrote it, if that is known."""


class Counted(Protocol):
    """A number of some people."""

    @property
    def sex(self) -> str:
        """One of `all`, `female`, `male`."""

    @property
    def locality(self) -> str:
        """One of `all`, `urban`, `rural`."""

    @property
    def age(self) -> str:
        """`all`, or a range such as `15-24` or `10+`."""


class Distance(Protocol):
    """How far an area is behind a benchmark, in years."""

    @property
    def years_behind(self) -> float | None:
        """Years behind; negative is ahead; None where the benchmark's series does not reach that level."""

    @property
    def lower(self) -> float | None:
        """The fewest years behind that are possible."""

    @property
    def upper(self) -> float | None:
        """The most years behind that are possible."""

    @property
    def reason(self) -> str | None:
        """Why there is no number."""


class Bounds(Protocol):
    """The lowest and the highest value that evidence allows."""

    @property
    def lower(self) -> float | None:
        """The lowest value; None where there is no lower end."""

    @property
    def upper(self) -> float | None:
        """The highest value; None where there is no upper end."""


def format_value(value: float | None, unit: str) -> str:
    r"""Return a value with its unit, at no more than two decimals.

    >>> format_value(26.4, "%"), format_value(4.0256, "ratio"), format_value(7.0, "economies"), format_value(None, "%")
    ('26.4\u202f%', '4.03', '7 economies', '–')
    """
    if value is None:
        return MISSING
    return _plain(value) + {"%": _PERCENT, "ratio": ""}.get(unit, f" {unit}")


def format_observation(row: Printed) -> str:
    r"""Return a published number with its unit, at the decimals of its publisher; a share has at most one.

    >>> from types import SimpleNamespace as Row
    >>> [format_observation(Row(value=value, printed=printed, unit="%")) for value, printed in ((34.9812, "34.9812"), (96.0, "96"))]
    ['35.0\u202f%', '96\u202f%']
    >>> format_observation(Row(value=2.25e9, printed="2.25", unit="people"))
    '2,250,000,000'
    """
    return _as_published(row.value, row.printed, row.unit)


def format_derived(value: float | None, unit: str) -> str:
    r"""Return a value copied from a published number, at the decimals of `format_observation` where the printed form is unknown.

    >>> format_derived(34.976225, "%"), format_derived(3.043827, "per 100 people"), format_derived(0.92, "ratio"), format_derived(None, "%")
    ('35.0\u202f%', '3.0', '0.92', '–')
    """
    return MISSING if value is None else _as_published(value, None, unit)


def format_bounds(bounds: Bounds) -> str:
    """Return the values that the evidence allows, in interval notation; both ends belong to it, and a count is exact.

    >>> from types import SimpleNamespace as Row
    >>> [format_bounds(Row(lower=low, upper=high)) for low, high in [(26.35, 26.45), (2.5, None), (7.0, 7.0), (None, None)]]
    ['[26.35, 26.45]', '[2.5, inf)', 'exact', '–']
    """
    lower, upper = bounds.lower, bounds.upper
    if lower is None and upper is None:
        return MISSING
    if lower == upper:
        return "exact"
    return f"{'(-inf' if lower is None else '[' + _plain(lower)}, {'inf)' if upper is None else _plain(upper) + ']'}"


def format_bounds_in_words(bounds: Bounds, unit: str) -> str:
    r"""Return the values that the evidence allows, for a sentence.

    >>> from types import SimpleNamespace as Row
    >>> [format_bounds_in_words(Row(lower=low, upper=high), "%") for low, high in [(92.5, 93.5), (2.5, None), (7.0, 7.0)]]
    ['between 92.5 and 93.5\u202f%', 'at least 2.5\u202f%', 'exactly 7\u202f%']
    """
    low, high = (None if end is None else Decimal(repr(end)) for end in (bounds.lower, bounds.upper))
    return _with_narrow_space(Interval(low, high).rounded().in_words("" if unit == "ratio" else unit))


def format_interval_in_words(interval: str, unit: str) -> str:
    r"""Return an interval for a sentence; a square bracket includes its end, a round one does not.

    >>> format_interval_in_words("[84, 85)", "%"), format_interval_in_words("(4, inf)", "ratio")
    ('at least 84 and less than 85\u202f%', 'more than 4')
    """
    return _with_narrow_space(Interval.from_text(interval).in_words("" if unit == "ratio" else unit))


def format_margin(value: float | None, unit: str) -> str:
    """Return a margin with its sign; the margin of a percentage is in points.

    >>> format_margin(-4.43, "%"), format_margin(0.0256, "ratio"), format_margin(5.0, "economies"), format_margin(None, "%")
    ('−4.43 points', '+0.03', '+5 economies', '–')
    """
    if value is None:
        return MISSING
    sign = "\N{MINUS SIGN}" if value < 0 else "+" if value > 0 else ""
    return sign + _plain(abs(value)) + {"%": " points", "ratio": ""}.get(unit, f" {unit}")


def format_years(value: float) -> str:
    """Return a distance in time; behind is positive, and ahead is written as a word.

    >>> format_years(11.0977), format_years(-2.34), format_years(0.0)
    ('11.1 years', '2.3 years ahead', '0.0 years')
    """
    return f"{abs(value):.1f} years{' ahead' if value < 0 else ''}"


def format_distance(row: Distance) -> str:
    """Return how far an area is behind a benchmark: years, or the bound that the benchmark's series gives.

    >>> from types import SimpleNamespace as Row
    >>> bounds = [(20.0, None), (-2.0, None), (None, 0.0), (None, -3.0), (None, 2.0)]
    >>> [format_distance(Row(years_behind=None, reason=None, lower=low, upper=high)) for low, high in bounds]
    ['at least 20 years', 'at most 2 years ahead', 'ahead', 'more than 3 years ahead', 'less than 2 years']
    >>> format_distance(Row(years_behind=11.0977)), format_distance(Row(years_behind=None, reason="no series", lower=None, upper=None))
    ('11.1 years', 'no series')
    """
    if row.years_behind is not None:
        return format_years(row.years_behind)
    lower, upper = row.lower, row.upper
    if lower is not None:
        return f"at least {_whole_years(lower)}" if lower >= 0 else f"at most {_whole_years(-lower)} ahead"
    if upper is not None:
        return f"less than {_whole_years(upper)}" if upper > 0 else f"more than {_whole_years(-upper)} ahead" if upper else "ahead"
    return str(row.reason)


def format_people(number: float) -> str:
    """Return a number of people in billions, millions or thousands, at no more than one decimal.

    >>> format_people(2_200_000_000), format_people(279_600_000), format_people(8_400), format_people(12)
    ('2.2 billion', '279.6 million', '8.4 thousand', '12')
    """
    for scale, word in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if number >= scale:
            return f"{number / scale:,.1f}".removesuffix(".0") + word
    return f"{number:,.0f}"


def format_short(value: float) -> str:
    """Return a number for a picture, where there is room for a few characters only.

    >>> format_short(73.64), format_short(35.0), format_short(34912.5), format_short(8_119_000_000.0), format_short(12e6)
    ('73.6', '35.0', '34,912', '8.1 bn', '12.0 m')
    """
    for scale, word in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= scale:
            return f"{value / scale:,.1f}{word}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}"


def format_tick(level: float) -> str:
    """Return a round level of a scale.

    >>> format_tick(100.0), format_tick(0.2), format_tick(0.0), format_tick(1e6), format_tick(20_000.0)
    ('100', '0.2', '0', '1 m', '20,000')
    """
    return format_short(level).replace(".0", "")


def format_size(size_in_bytes: int | None) -> str:
    """Return the size of a file; nothing for a file whose size is not known yet.

    >>> format_size(832), format_size(12_345), format_size(9_711_616)
    ('832 bytes', '12 kB', '9.7 MB')
    """
    if size_in_bytes is None:
        return ""
    if size_in_bytes < 1000:
        return f"{size_in_bytes} bytes"
    return f"{size_in_bytes / 1000:.0f} kB" if size_in_bytes < 1_000_000 else f"{size_in_bytes / 1_000_000:.1f} MB"


def format_count(number: int | None, one: str = "", many: str = "") -> str:
    """Return a count, with its noun if that is given.

    >>> format_count(39952), format_count(1, "row", "rows"), format_count(0, "row", "rows"), format_count(None)
    ('39,952', '1 row', '0 rows', '–')
    """
    return MISSING if number is None else f"{number:,} {one if number == 1 else many}".rstrip()


def format_population(row: Counted) -> str:
    """Return the people a number counts; empty for all people, which for mobile phones are those aged 10 and over.

    >>> from types import SimpleNamespace as Row
    >>> format_population(Row(sex="female", locality="rural", age="15-24")), format_population(Row(sex="all", locality="all", age="10+"))
    ('women, rural areas, aged 15-24', '')
    >>> format_population(Row(sex="all", locality="all", age="not 15-24"))
    'all ages except 15-24'
    """
    sex = _SEXES.get(row.sex)
    place = None if row.locality == ALL else f"{row.locality} areas"
    age = None if row.age in (ALL, "10+") else f"all ages except {row.age[4:]}" if row.age.startswith("not ") else f"aged {row.age}"
    return ", ".join(part for part in (sex, place, age) if part)


def format_side(name: str) -> str:
    """Return one side of a gap: people by sex or age, a kind of area, a group.

    >>> format_side("female"), format_side("15-24"), format_side("not 15-24"), format_side("high-income"), format_side("urban")
    ('women', 'aged 15-24', 'other ages', 'high income', 'urban')
    """
    if name.startswith("not "):
        return "other ages"
    return _SEXES.get(name) or (f"aged {name}" if name[0].isdigit() else name.replace("-", " "))


def format_nature(nature: str | None) -> str:
    """Return who measured a number, by the publisher's own note.

    >>> format_nature("estimate"), format_nature("unknown")
    ('estimate', 'not stated')
    """
    return _NATURES.get(nature or "", "not stated")


def format_day(date: dt.date) -> str:
    """Return a day with the month as a word, so that no reader takes the month for the day.

    >>> format_day(dt.date(2025, 12, 7))
    '7 December 2025'
    """
    return f"{date.day} {date:%B %Y}"


def _as_published(value: float, printed: str | None, unit: str) -> str:
    written = printed or f"{value:.12g}"
    # A number printed in millions has decimals that are none of its own, and one above a thousand needs none.
    decimals = 0 if abs(value) >= 1_000 else min(len(written.partition(".")[2]), 1 if unit in ("%", "per 100 people") else 2)
    sign = {"%": _PERCENT, "ratio": "", "people": "", "per 100 people": ""}.get(unit, f" {unit}")
    return f"{value:,.{decimals}f}{sign}"


def _with_narrow_space(text: str) -> str:
    """Return a sentence with the sign of per cent as tables have it, so that it never begins a line."""
    return text.replace(" %", _PERCENT)


def _plain(value: float) -> str:
    """Return a number at no more than two decimals, without trailing zeros."""
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")


def _whole_years(number: float) -> str:
    return f"{number:.0f} year{'' if round(number) == 1 else 's'}"
