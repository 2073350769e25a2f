"""The meaning of words around a number: "almost 85 per cent" is [84, 85), "more than four times" is (4, inf).

Only the grammar is in this module: it turns words and a figure into an interval. Every rule that another reader could choose
differently is a convention of this project and is printed with each verdict. Ends are exact decimals, because the end itself may
decide a claim.
"""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.wording.intervals import Interval

#: Fractions that English has a name for. 2.5 points is the largest half-width at which no two of them overlap.
FRACTIONS = {
    Decimal(10): ("a tenth", "one tenth", "one in ten"),
    Decimal(20): ("a fifth", "one fifth", "one in five"),
    Decimal(25): ("a quarter", "one quarter", "one in four"),
    Decimal(100) / 3: ("a third", "one third", "one in three"),
    Decimal(40): ("two fifths", "two in five", "two out of five"),
    Decimal(50): ("a half", "one half", "half", "one in two"),
    Decimal(60): ("three fifths", "three in five", "three out of five"),
    Decimal(200) / 3: ("two thirds", "two in three", "two out of three"),
    Decimal(75): ("three quarters", "three in four", "three out of four"),
    Decimal(80): ("four fifths", "four in five", "four out of five"),
    Decimal(90): ("nine tenths", "nine in ten", "nine out of ten"),
}
FRACTION_HALF_WIDTH = Decimal("2.5")

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBER_WORDS = {word: number for number, word in enumerate([*_ONES, *_TEENS], start=1)} | {"zero": 0, "hundred": 100}
_NUMBER_WORDS |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_NUMBER_WORDS |= {f"{ten} {one}": _NUMBER_WORDS[ten] + _NUMBER_WORDS[one] for ten in _TENS for one in _ONES}
_NUMBER_NAMES = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_SCALES = {"thousand": Decimal(10) ** 3, "million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}

# Longest first, so that "just over" is not read as "over" and "no more than" not as "more than".
_QUALIFIERS = [
    ("up to", r"(?:up to|at most|no more than|not more than)"),
    ("at least", r"(?:at least|no fewer than|no less than|not less than)"),
    ("almost", r"(?:almost|nearly|just under|just below)"),
    ("just over", r"(?:just over|just above|slightly more than)"),
    ("more than", r"(?:more than|over|above|exceeding|surpassed)"),
    ("less than", r"(?:less than|fewer than|below|under|not even)"),
    ("about", r"(?:about|around|approximately|roughly|close to|some|~)"),
]
_NUMERAL = re.compile(r"(?<![\w.])(\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+)(\.\d+)?\s*(thousand|million|billion)?")
# "One in ten" is a fraction; its "ten" is not a numeral.
_WORD = re.compile(rf"(?<! in )\b({_NUMBER_NAMES})\b\s*(thousand|million|billion)?")
# "One in seven" is not in the list of fractions: its denominator is a whole number, exact to half a unit.
_ONE_IN = re.compile(rf"\bone (?:in|out of)(?: every)? (\d+|{_NUMBER_NAMES})\b")
_BETWEEN = re.compile(r"\bbetween (\d+(?:\.\d+)?)\D*? and (\d+(?:\.\d+)?)")


def interval(words: str, value: Decimal, unit: str) -> Interval:
    """Return the true values that are possible for a figure with these words.

    Args:
        words: The words as printed, such as "just over 15 per cent", "2.2 billion", "one decimal" or "74".
        value: The figure itself, in `unit`.
        unit: "%" for shares, which stay within 0 and 100, and where "about" and "almost" allow one point; any other unit is a count,
            a rate or a ratio. A unit that begins with thousand, million or billion scales the numerals of `words`.

    Returns:
        The interval; its ends are in `unit`.

    Conventions: a plain figure is exact to half a unit of its last printed digit, a round count ("280 million") to half a unit of its
    last significant digit, a named fraction to 2.5 points, "one in seven" to half a unit of the seven. If `words` does not contain the
    numeral, the figure counts as printed with the decimals of `value`.

    >>> str(interval("almost 85 per cent", Decimal(85), "%"))
    '[84, 85)'
    >>> str(interval("a third", Decimal(100) / 3, "%"))
    '[30.83, 35.83)'
    >>> str(interval("280 million", Decimal(280), "million people"))
    '[275, 285]'
    """
    text = " ".join(words.casefold().replace("-", " ").split())
    between = _BETWEEN.search(text)
    if between:
        return _between(*between.groups(), share=unit == "%")
    start, half = _numeral(text, value, unit)
    fraction = None
    if start is None:
        start, fraction = _fraction(text, value, unit)
    share = unit == "%"
    if fraction is not None:
        value, low, high = fraction
        plain = Interval(_hundredths(low), _hundredths(high), True, False)
    else:
        plain = Interval(value - half, value + half)
        reach = Decimal(1) if share else 2 * half
        low, high = value - reach, value + reach
    match _qualifier(text, start):
        case "almost":
            allowed = Interval(_hundredths(low), value if fraction is None else _hundredths(value), True, False)
        case "just over":
            allowed = Interval(value, high, False, False)
        case "more than":
            allowed = Interval(value, None, False, False)
        case "at least":
            allowed = Interval(value, None, True, False)
        case "less than":
            allowed = Interval(None, value, False, False)
        case "up to":
            allowed = Interval(None, value, False, True)
        case "about" if share and fraction is None:
            allowed = Interval(low, high)
        case "about" if fraction is None:
            least = _last_significant(value) / 2
            allowed = Interval(value - max(half, least), value + max(half, least))
        case _:
            allowed = plain
    return allowed.meet(Interval(Decimal(0), Decimal(100))) if share else allowed


def printed(value: Decimal, decimals: int) -> Interval:
    """Return the true values that are possible for a figure printed with this number of decimals.

    >>> str(printed(Decimal("26.4"), 1))
    '[26.35, 26.45]'
    """
    half = Decimal(5).scaleb(-decimals - 1)
    return Interval(value - half, value + half)


def _between(lower: str, upper: str, *, share: bool) -> Interval:
    """Return the interval of "between A and B": from half a unit of the last digit below A to half a unit above B."""
    ends = [printed(Decimal(end), len(end.partition(".")[2])) for end in (lower, upper)]
    allowed = Interval(ends[0].lower, ends[1].upper)
    return allowed.meet(Interval(Decimal(0), Decimal(100))) if share else allowed


def _last_significant(value: Decimal) -> Decimal:
    """Return the unit of a number's last digit that is not zero: 10 000 for 280 000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if value else Decimal(1)


def _numeral(text: str, value: Decimal, unit: str) -> tuple[int | None, Decimal]:
    """Find the numeral of `text` that equals `value`; return its position and half a unit of its last significant digit."""
    unit_scale = _SCALES.get(unit.split(" ")[0], Decimal(1))
    for match in _NUMERAL.finditer(text):
        whole, decimals, scale_word = match.groups()
        whole = re.sub(r"\D", "", whole)
        scale = _SCALES[scale_word] / unit_scale if scale_word else Decimal(1)
        if Decimal(whole + (decimals or "")) * scale != value:
            continue
        digits = len(decimals) - 1 if decimals else 0
        counted_in_scale = bool(scale_word) or unit_scale != 1
        zeros = len(whole) - len(whole.rstrip("0")) if counted_in_scale and not decimals and value else 0
        return match.start(), Decimal(5).scaleb(zeros - digits - 1) * scale
    for match in _WORD.finditer(text):
        if Decimal(_NUMBER_WORDS[match[1]]) == value:
            return match.start(), Decimal("0.5")
    digits = 1 if text == "one decimal" else max(0, -int(value.as_tuple().exponent))
    return None, Decimal(5).scaleb(-digits - 1)


def _fraction(text: str, value: Decimal, unit: str) -> tuple[int | None, tuple[Decimal, Decimal, Decimal] | None]:
    """Find the fraction of `text` that equals `value` in percent; return its position, the fraction, and its lower and upper end."""
    if not unit.startswith("%"):
        return None, None
    for fraction, names in FRACTIONS.items():
        for name in names:
            match = re.search(rf"\b{name}\b", text)
            if match and abs(fraction - value) < FRACTION_HALF_WIDTH:
                return match.start(), (fraction, fraction - FRACTION_HALF_WIDTH, fraction + FRACTION_HALF_WIDTH)
    match = _ONE_IN.search(text)
    parts = Decimal(_NUMBER_WORDS.get(match[1], match[1])) if match else Decimal(0)
    if match and parts:
        low, high = 100 / (parts + Decimal("0.5")), 100 / (parts - Decimal("0.5"))
        if low <= value < high:
            return match.start(), (100 / parts, low, high)
    return None, None


def _qualifier(text: str, start: int | None) -> str | None:
    """Return the qualifier directly before position `start`."""
    if start is None:
        return None
    before = text[:start]
    return next((name for name, pattern in _QUALIFIERS if re.search(rf"(?:^|\b|(?<=\s)){pattern}\s*$", before)), None)


def _hundredths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01")).normalize() if value != value.to_integral() else value.to_integral()
