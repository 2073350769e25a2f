"""The catalogue: what each indicator counts, in which unit, and under which code each publisher keeps it.

The entries are in `catalogue.toml`; this module reads them, checked and turned into look-ups. What a published row means by them is for
`observations` to say.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import ALL, Aggregation, Better
from indicators.registries.crosswalk import Ties, ties_of_indicators

if TYPE_CHECKING:
    from collections.abc import Iterator

DIMENSIONS = ("sex", "locality", "age")
_FILE = "indicators/registries/catalogue.toml"


@dataclass(frozen=True)
class Indicator:
    """One indicator: what it counts, its base unit, and what may be done with it."""

    name: str
    title: str
    unit: str
    definition: str
    better: str
    denominator: str = ""
    aggregation: str = Aggregation.NONE
    may_be_negative: bool = False

    @property
    def floor(self) -> float | None:
        """The lowest value there can be, if there is one."""
        return None if self.may_be_negative else 0.0

    @property
    def ceiling(self) -> float | None:
        """The highest value there can be, if there is one: 100 for shares, none for prices, subscriptions, counts and ratios."""
        return 100.0 if self.unit == "%" else None

    @property
    def is_counted(self) -> bool:
        """Whether values are whole by nature (people, economies …) or given in whole dollars, so that "67" was never "67.0"."""
        return self.unit in ("people", "subscriptions", "economies", "US$")


class Meaning(NamedTuple):
    """What one series of a publisher measures, and in which population."""

    indicator: str
    sex: str = ALL
    locality: str = ALL
    age: str = ALL


@cache
def indicators() -> dict[str, Indicator]:
    """Return the indicators by name, in the order of the catalogue.

    Raises:
        ValueError: An entry of the catalogue cannot be right; the message says which and what to write.
    """
    registry = _registry()
    return {name: _indicator(name, entry, registry["units"]) for name, entry in registry["indicators"].items()}


def indicators_table() -> pd.DataFrame:
    """Return the catalogue as the table `indicators`, one row an indicator, with what the crosswalk relates it to."""
    ties = ties_of_indicators()
    rows = [
        {
            **{field.name: getattr(indicator, field.name) or None for field in fields(Indicator)},
            "indicator": name,
            "ceiling": indicator.ceiling,
            **_columns_of(ties.get(name, Ties())),
        }
        for name, indicator in indicators().items()
    ]
    return conform("indicators", pd.DataFrame(rows))


@cache
def crosswalk(publisher: str) -> dict[tuple[str, str], Meaning]:
    """Return what each series of a publisher means.

    Args:
        publisher: A key of the catalogue's `series`, such as world-bank; `sources.toml` says which source has which.

    Returns:
        Meaning by (code of the series, published unit); the unit is "" where the code alone decides.

    Raises:
        ValueError: Two entries claim one series.
    """
    found: dict[tuple[str, str], Meaning] = {}
    for key, meaning in _series(publisher):
        if key in found:
            raise ValueError(
                f"{_FILE}: series {key[0]} of {publisher} is listed under {found[key].indicator} and {meaning.indicator}; keep one"
            )
        found[key] = meaning
    return found


@cache
def families(publisher: str) -> dict[str, str]:
    """Return the indicator by the family of codes that its breakdowns share, for publishers whose codes have such a part.

    A family says what is measured; which breakdown, the rest of the code says. Its total is not the indicator: it comes from the survey
    that has the breakdowns, while the series of the indicator has other sources besides.
    """
    entries = _registry()["indicators"].items()
    return {family: name for name, entry in entries for family in entry.get("families", {}).get(publisher, [])}


def factor(unit: str, published: str) -> int | None:
    """Return what to multiply a value by to turn a published unit into a base unit; None if we do not know the spelling.

    >>> factor("EB", "ZB"), factor("people", "billion people"), factor("EB", "bushels")
    (1000, 1000000000, None)
    """
    spellings: dict[str, int] = _registry()["units"][unit]
    return 1 if published in ("", unit) else spellings.get(published)


def breakdown(dimension: str, published: str, indicator: str) -> str | None:
    """Return our name for what a breakdown column says; None if we do not know the word.

    Args:
        dimension: sex, locality or age.
        published: The word in the column; empty means all.
        indicator: Name of the indicator; where the word names the comparison the indicator itself is, it means all.

    >>> breakdown("age", "rest of population (not 15-24)", "individuals_using_internet")
    'not 15-24'
    >>> breakdown("sex", "female/male", "gender_parity_internet")
    'all'
    """
    registry = _registry()
    if published in ("", registry["indicators"][indicator].get("comparison", {}).get(dimension)):
        return ALL
    ours: dict[str, list[str]] = registry["breakdowns"][dimension]
    return next((name for name, spellings in ours.items() if published == name or published in spellings), None)


def _columns_of(ties: Ties) -> dict[str, str | None]:
    """Write what an indicator relates to into cells."""
    # C10 comes after C9.
    lines = sorted(ties.action_lines, key=lambda line: (int(line[1:].split()[0]), line))
    return {
        "sdg_indicator": ties.sdg_indicator,
        "action_lines": ", ".join(lines) or None,
        "paragraphs": ", ".join(map(str, sorted(ties.paragraphs))) or None,
        "no_paragraph_because": ties.no_paragraph_because,
    }


@cache
def _registry() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _indicator(name: str, entry: dict[str, Any], units: dict[str, Any]) -> Indicator:
    """Read one entry, or say in one line why it cannot be right."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    for elsewhere in ("series", "breakdowns", "families", "comparison", "relates_to", "no_paragraph_because"):
        values.pop(elsewhere, None)
    try:
        indicator = Indicator(name=name, **values)
    except TypeError as error:
        raise ValueError(f"{_FILE}: {name}: {str(error).removeprefix('Indicator.__init__() ')}") from None
    for what, value, known in (
        ("unit", indicator.unit, units),
        ("better", indicator.better, list(Better)),
        ("aggregation", indicator.aggregation, list(Aggregation)),
    ):
        if value not in known:
            raise ValueError(f"{_FILE}: {name}: {what} {value!r} is none of {', '.join(known)}")
    return indicator


def _series(publisher: str) -> Iterator[tuple[tuple[str, str], Meaning]]:
    """Yield every series of a publisher with its meaning."""
    registry = _registry()
    dimension_of = {word: dimension for dimension in DIMENSIONS for word in registry["breakdowns"][dimension]}
    for name, entry in registry["indicators"].items():
        code = entry.get("series", {}).get(publisher)
        if isinstance(code, dict):
            yield (code["code"], code["unit"]), Meaning(name)
        elif code is not None:
            yield (str(code), ""), Meaning(name)
        for words, breakdown_code in entry.get("breakdowns", {}).get(publisher, {}).items():
            yield (str(breakdown_code), ""), Meaning(name, **{dimension_of[word]: word for word in words.split()})
