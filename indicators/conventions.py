"""The conventions: each number that another analyst could have chosen differently, by its name.

The numbers are in `conventions.toml`, once. Python modules read them from here when they are imported, so that a name that is not in
the registry stops at once; queries of `sql/` name them as parameters; `docs/methods.md` prints them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

#: A number as the registry holds it: exact.
Number = int | Decimal | Fraction
#: What a query takes as a parameter.
Parameter = int | float | str | list[int] | list[float] | list[str]


@dataclass(frozen=True)
class Convention:
    """One convention; `conventions.toml` says what each field means."""

    name: str
    section: str
    meaning: str
    unit: str
    why: str
    used_in: str
    value: Number | str | tuple[Number | str, ...] | None = None
    printed: str = "{value}"
    kept_in: str = ""

    def __str__(self) -> str:
        """Return the value as the Methods page prints it."""
        if isinstance(self.value, tuple) and self.printed == "{value}":
            return ", ".join(str(part) for part in self.value)
        percent = [_percent(part) for part in self.value] if isinstance(self.value, tuple) else _percent(self.value)
        return self.printed.format(value=self.value, percent=percent)


@cache
def conventions() -> Mapping[str, Convention]:
    """Return the conventions by name, in the order of the Methods page.

    Raises:
        ValueError: An entry lacks a field, has one too many, or has no value and does not say where it is kept; the message says which.
    """
    path = Path(__file__).with_suffix(".toml")
    known = {field.name for field in fields(Convention)}
    found = {}
    # Decimal numbers are read exactly, because a statement may be decided by the end of an interval.
    for name, entry in tomllib.loads(path.read_text("utf-8"), parse_float=Decimal).items():
        where = f"indicators/{path.name}: {name}"
        if surplus := set(entry) - known:
            raise ValueError(f"{where}: no convention has a field {min(surplus)}")
        if ("value" in entry) == ("kept_in" in entry):
            raise ValueError(f"{where}: give either a value, or where it is kept and how it is printed")
        try:
            found[name] = Convention(name=name, **entry | {"value": _value(entry.get("value"))})
        except TypeError as error:
            raise ValueError(f"{where}: {str(error).removeprefix('Convention.__init__() ')}") from None
    return found


def _value(value: object) -> Number | str | tuple[Number | str, ...] | None:
    """Return a value of the registry; text such as "2/3" is a fraction."""
    if isinstance(value, list):
        return tuple(part for part in map(_value, value) if part is not None and not isinstance(part, tuple))
    if isinstance(value, str) and value.replace("/", "", 1).isdigit():
        return Fraction(value)
    if value is None or isinstance(value, int | Decimal | str):
        return value
    raise ValueError(f"{value!r} is neither a number, nor text, nor a list of either")


def _percent(value: Number | str | None) -> str:
    """Return a hundred times a share as it is printed: 10 for 0.1, and 0.1 for 0.001."""
    return "" if value is None or isinstance(value, str) else f"{float(100 * value):g}"


def number(name: str) -> float:
    """Return a convention that is one number.

    Raises:
        KeyError: No convention has that name.
        TypeError: It is not one number.

    >>> number("published_from")
    0.6666666666666666
    """
    return float(_one_number(name))


def whole(name: str) -> int:
    """Return a convention that is one whole number, such as a count of years or economies.

    Raises:
        KeyError: No convention has that name.
        TypeError: It is not one whole number.

    >>> whole("pace_years")
    5
    """
    value = _one_number(name)
    if not isinstance(value, int):
        raise TypeError(f"the convention {name} is no whole number: {value}")
    return value


def exact(name: str) -> Decimal:
    """Return a convention as an exact decimal number, for the ends of intervals.

    Raises:
        KeyError: No convention has that name.
        TypeError: It is not one decimal number.

    >>> exact("fraction_half_width")
    Decimal('2.5')
    """
    value = _one_number(name)
    if isinstance(value, Fraction):
        raise TypeError(f"the convention {name} has no exact decimal form: {value}")
    return Decimal(value)


def numbers(name: str) -> tuple[float, ...]:
    """Return a convention that is several numbers, such as the two ends of an interval.

    Raises:
        KeyError: No convention has that name.
        TypeError: It is not a list of numbers.

    >>> numbers("projection_interval")
    (0.1, 0.9)
    """
    value = conventions()[name].value
    if not isinstance(value, tuple) or any(isinstance(part, str) for part in value):
        raise TypeError(f"the convention {name} is no list of numbers: {value}")
    return tuple(float(part) for part in value)


def wholes(name: str) -> tuple[int, ...]:
    """Return a convention that is several whole numbers, such as a first and a last year.

    Raises:
        KeyError: No convention has that name.
        TypeError: It is not a list of whole numbers.

    >>> wholes("years_accepted")
    (1960, 2100)
    """
    value = conventions()[name].value
    if not isinstance(value, tuple) or not all(isinstance(part, int) for part in value):
        raise TypeError(f"the convention {name} is no list of whole numbers: {value}")
    return tuple(int(part) for part in value)


def texts(name: str) -> tuple[str, ...]:
    """Return a convention that is several words, such as the codes of areas.

    Raises:
        KeyError: No convention has that name.
        TypeError: It is not a list of texts.

    >>> texts("benchmarks")
    ('world', 'high-income')
    """
    value = conventions()[name].value
    if not isinstance(value, tuple) or not all(isinstance(part, str) for part in value):
        raise TypeError(f"the convention {name} is no list of texts: {value}")
    return tuple(str(part) for part in value)


def parameters(names: Iterable[str]) -> dict[str, Parameter]:
    """Return conventions as the named parameters of a query.

    Raises:
        KeyError: One of the names is not that of a convention with a value.

    >>> parameters(["whole_edition_share", "benchmarks"])
    {'whole_edition_share': 0.9, 'benchmarks': ['world', 'high-income']}
    """
    found = {}
    for name in names:
        value = conventions()[name].value if name in conventions() else None
        if value is None:
            raise KeyError(f"a query asks for ${name}, and indicators/conventions.toml has no value of that name")
        found[name] = [_parameter(part) for part in value] if isinstance(value, tuple) else _parameter(value)
    return found  # type: ignore[return-value]


def _one_number(name: str) -> Number:
    value = conventions()[name].value
    if value is None or isinstance(value, str | tuple):
        raise TypeError(f"the convention {name} is not one number: {value}")
    return value


def _parameter(value: Number | str) -> int | float | str:
    return value if isinstance(value, int | str) else float(value)


def methods_tables() -> str:
    """Return the tables of the Methods page: for each section its conventions with value, unit, reason and use, in Markdown."""
    lines: list[str] = []
    section = ""
    for convention in conventions().values():
        if convention.section != section:
            section = convention.section
            lines += ["", f"### {section}", "", "| convention | value | unit | why | used in |", "|---|---|---|---|---|"]
        cells = (convention.meaning, str(convention), convention.unit, convention.why, convention.used_in)
        lines.append(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    return "\n".join(lines[1:]) + "\n"
