"""How a number, a day, a missing value, and whom a figure is of are written, on every page and brief."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

#: How a missing value is written, everywhere.
MISSING = "–"


def figure(value: float | None, unit: str) -> str:
    r"""Write a value with its unit, at no more than two decimals.

    >>> figure(26.4, "%"), figure(4.0256, "ratio"), figure(7.0, "economies"), figure(None, "%")
    ('26.4\u202f%', '4.03', '7 economies', '–')
    """
    if value is None:
        return MISSING
    return _plain(value) + {"%": "\N{NARROW NO-BREAK SPACE}%", "ratio": ""}.get(unit, f" {unit}")


def held(row: Mapping[str, Any]) -> str:
    r"""Write a figure held with its unit as its publisher would print it: no more decimals than it came with, of a share at most one.

    >>> held({"value": 34.9812, "printed": "34.9812", "unit": "%"}), held({"value": 96.0, "printed": "96", "unit": "%"})
    ('35.0\u202f%', '96\u202f%')
    >>> held({"value": 0.92, "printed": "0.92", "unit": "ratio"}), held({"value": 2.25e9, "printed": "2.25", "unit": "people"})
    ('0.92', '2,250,000,000')
    """
    told = str(row["printed"] or f"{row['value']:.12g}")
    # A number printed in millions has decimals that are none of its own, and one above a thousand needs none.
    decimals = 0 if abs(row["value"]) >= 1_000 else min(len(told.partition(".")[2]), 1 if row["unit"] in ("%", "per 100 people") else 2)
    unit = {"%": "\N{NARROW NO-BREAK SPACE}%", "ratio": "", "people": "", "per 100 people": ""}.get(row["unit"], f" {row['unit']}")
    return f"{row['value']:,.{decimals}f}{unit}"


def told(value: float | None, unit: str) -> str:
    r"""Write a value that is taken over from a figure held, as that is written, though how it was printed is no longer known.

    >>> told(34.976225, "%"), told(3.043827, "per 100 people"), told(0.92, "ratio"), told(None, "%")
    ('35.0\u202f%', '3.0', '0.92', '–')
    """
    return MISSING if value is None else held({"value": value, "printed": None, "unit": unit})


def interval(verdict: Mapping[str, Any]) -> str:
    """Write the values the evidence allows: both ends belong to it, an end that is missing does not exist, and a count is exact.

    >>> [interval({"lower": lower, "upper": upper}) for lower, upper in [(26.35, 26.45), (2.5, None), (7.0, 7.0), (None, None)]]
    ['[26.35, 26.45]', '[2.5, inf)', 'exact', '–']
    """
    lower, upper = verdict["lower"], verdict["upper"]
    if lower is None and upper is None:
        return MISSING
    if lower == upper:
        return "exact"
    return f"{'(-inf' if lower is None else '[' + _plain(lower)}, {'inf)' if upper is None else _plain(upper) + ']'}"


def margin(value: float | None, unit: str) -> str:
    """Write a margin with its sign; the margin of a percentage is in points.

    >>> margin(-4.43, "%"), margin(0.0256, "ratio"), margin(5.0, "economies"), margin(None, "%")
    ('−4.43 points', '+0.03', '+5 economies', '–')
    """
    if value is None:
        return MISSING
    sign = "\N{MINUS SIGN}" if value < 0 else "+" if value > 0 else ""
    return sign + _plain(abs(value)) + {"%": " points", "ratio": ""}.get(unit, f" {unit}")


def years(value: float) -> str:
    """Write a distance in time: behind is positive, ahead is said in words.

    >>> years(11.0977), years(-2.34), years(0.0)
    ('11.1 years', '2.3 years ahead', '0.0 years')
    """
    return f"{abs(value):.1f} years{' ahead' if value < 0 else ''}"


def distance(row: Mapping[str, Any]) -> str:
    """Write how far an area is behind a benchmark in short: in years, or the end of what is known of them.

    >>> [distance({"years_behind": None, "reason": None, "lower": low, "upper": high}) for low, high in [(20.0, None), (-2.0, None)]]
    ['at least 20 years', 'at most 2 years ahead']
    >>> [distance({"years_behind": None, "reason": None, "lower": None, "upper": high}) for high in [0.0, -3.0, 2.0]]
    ['ahead', 'more than 3 years ahead', 'less than 2 years']
    >>> distance({"years_behind": 11.0977}), distance({"years_behind": None, "reason": "no series", "lower": None, "upper": None})
    ('11.1 years', 'no series')
    """
    if row["years_behind"] is not None:
        return years(row["years_behind"])
    lower, upper = row["lower"], row["upper"]
    if lower is not None:
        return f"at least {_whole_years(lower)}" if lower >= 0 else f"at most {_whole_years(-lower)} ahead"
    if upper is not None:
        return f"less than {_whole_years(upper)}" if upper > 0 else f"more than {_whole_years(-upper)} ahead" if upper else "ahead"
    return str(row["reason"])


def people(number: float) -> str:
    """Write a number of people as it is said: in billions, millions or thousands, at no more than one decimal.

    >>> people(2_200_000_000), people(279_600_000), people(8_400), people(12)
    ('2.2 billion', '279.6 million', '8.4 thousand', '12')
    """
    for scale, word in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if number >= scale:
            return f"{number / scale:,.1f}".removesuffix(".0") + word
    return f"{number:,.0f}"


def short(value: float) -> str:
    """Write a number in a picture, where there is room for a few signs only.

    >>> short(73.64), short(35.0), short(34912.5), short(8_119_000_000.0), short(12e6)
    ('73.6', '35.0', '34,912', '8.1 bn', '12.0 m')
    """
    for scale, word in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= scale:
            return f"{value / scale:,.1f}{word}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}"


def tick(level: float) -> str:
    """Write a round level of a scale.

    >>> tick(100.0), tick(0.2), tick(0.0), tick(1e6), tick(20_000.0)
    ('100', '0.2', '0', '1 m', '20,000')
    """
    return short(level).replace(".0", "")


def size(of_bytes: int | None) -> str:
    """Write a size as people read it; nothing for a file whose size cannot be known yet.

    >>> size(832), size(12_345), size(9_711_616)
    ('832 bytes', '12 kB', '9.7 MB')
    """
    if of_bytes is None:
        return ""
    if of_bytes < 1000:
        return f"{of_bytes} bytes"
    return f"{of_bytes / 1000:.0f} kB" if of_bytes < 1_000_000 else f"{of_bytes / 1_000_000:.1f} MB"


def count(number: int | None, one: str = "", many: str = "") -> str:
    """Write a count, with what is counted if that is given.

    >>> count(39952), count(1, "row", "rows"), count(0, "row", "rows"), count(None)
    ('39,952', '1 row', '0 rows', '–')
    """
    return MISSING if number is None else f"{number:,} {one if number == 1 else many}".rstrip()


def whom(row: Mapping[str, Any]) -> str:
    """Write whom a figure counts, if it is not all people: those aged 10 and over are all of whom phones are asked.

    >>> whom({"sex": "female", "locality": "rural", "age": "15-24"}), whom({"sex": "all", "locality": "all", "age": "10+"})
    ('women, rural areas, aged 15-24', '')
    """
    sex = {"female": "women", "male": "men"}.get(row["sex"])
    place = None if row["locality"] == "all" else f"{row['locality']} areas"
    age = None if row["age"] in ("all", "10+") else f"aged {row['age']}"
    return ", ".join(part for part in (sex, place, age) if part)


def side(name: str) -> str:
    """Write one side of a gap: people by sex or age, an area, a group.

    >>> side("female"), side("15-24"), side("not 15-24"), side("high-income"), side("urban")
    ('women', 'aged 15-24', 'other ages', 'high income', 'urban')
    """
    if name.startswith("not "):
        return "other ages"
    return {"female": "women", "male": "men"}.get(name) or (f"aged {name}" if name[0].isdigit() else name.replace("-", " "))


def nature(row: Mapping[str, Any]) -> str:
    """Write what a figure is by its publisher's word.

    >>> nature({"nature": "estimate"}), nature({"nature": "unknown"})
    ('estimate', 'not stated')
    """
    return {"estimate": "estimate", "country": "from the country"}.get(row["nature"], "not stated")


def day(date: dt.date) -> str:
    """Write a day so that nobody can take the month for the day.

    >>> day(dt.date(2025, 12, 7))
    '7 December 2025'
    """
    return f"{date.day} {date:%B %Y}"


def _plain(value: float) -> str:
    """Write a number at no more than two decimals, without trailing zeros."""
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")


def _whole_years(number: float) -> str:
    return f"{number:.0f} year{'' if round(number) == 1 else 's'}"
