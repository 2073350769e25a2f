"""The statements of a resolution as data, the intervals that their words mean, and the identities between their quantities.

The statements of A/RES/80/173 are in `resolution.toml`, those of the review ten years before in `resolution_2015.toml`, the grammar of
their words in `indicators.wording.grammar`. `indicators.claims` compares them with each other and with figures. This code contains no
figure of a resolution.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.contracts.vocabulary import ALL, ClaimMeasure
from indicators.conventions import exact
from indicators.wording.grammar import interval
from indicators.wording.intervals import Interval, image

#: The resolution this project follows up, and the one of the review ten years before.
FOLLOWED = "A/RES/80/173"
TEN_YEARS_BEFORE = "A/RES/70/125"
_FILES = {FOLLOWED: "resolution.toml", TEN_YEARS_BEFORE: "resolution_2015.toml"}

#: "In some countries" is at least this many economies.
SOME_ECONOMIES = exact("some_economies")


@dataclass(frozen=True)
class Claim:
    """One measurable statement in one reading; `interval` is the meaning of its words, in `unit`."""

    claim: str
    paragraph: int
    statement: str
    wording: str
    figure: Decimal
    interval: Interval
    indicator: str
    area: str
    year: int
    source: str
    vintage_of_record: str
    reviewed: str | None = None
    resolution: str = FOLLOWED
    measure: str = ClaimMeasure.VALUE
    unit: str = "%"
    sex: str = ALL
    locality: str = ALL
    age: str = ALL
    compared_with: str | None = None
    reading: str | None = None
    reading_of: str | None = None
    flags: tuple[str, ...] = ()
    counterpart: str | None = None
    not_held: str | None = None

    @property
    def adopted(self) -> str:
        """The day the resolution was adopted, ISO."""
        return adopted(self.resolution)

    @property
    def quantity(self) -> tuple[str, str, str, str, str]:
        """The quantity of the claim: indicator, area, sex, locality, age."""
        return (self.indicator, self.area, self.sex, self.locality, self.age)

    @property
    def quantity_compared_with(self) -> tuple[str, str, str, str, str]:
        """What a ratio divides by."""
        return (self.indicator, str(self.compared_with), self.sex, self.locality, self.age)


@dataclass(frozen=True)
class Identity:
    """A total that is the mean of two parts, weighted by the share of the first in the people counted."""

    statement: str
    indicator: str
    dimension: str
    first: str
    second: str
    share_of_first: tuple[Decimal, Decimal]
    share_source: str
    area: str = "world"
    age: str = ALL

    def quantity(self, part: str) -> tuple[str, str, str, str, str]:
        """Return the quantity of one part: `first`, `second` or `all`."""
        breakdown = {"sex": ALL, "locality": ALL, "age": self.age} | {self.dimension: part}
        return (self.indicator, self.area, breakdown["sex"], breakdown["locality"], breakdown["age"])

    def total(self, first: Interval, second: Interval) -> Interval:
        """Return the totals that two parts allow."""
        return image(lambda share, a, b: share * a + (1 - share) * b, self.share_of_first, first, second)

    def other_part(self, total: Interval, first: Interval) -> Interval:
        """Return the second parts that a total and the first part allow."""
        return image(lambda share, t, a: (t - share * a) / (1 - share), self.share_of_first, total, first)

    def first_part(self, total: Interval, second: Interval) -> Interval:
        """Return the first parts that a total and the second part allow."""
        return image(lambda share, t, b: (t - (1 - share) * b) / share, self.share_of_first, total, second)

    def share(self, total: Interval, first: Interval, second: Interval) -> Interval | None:
        """Return the shares of the first part that a total and both parts allow, 0 to 1 if they can be; None if the parts meet or touch."""
        if not first.distance(second):
            return None
        whole = Decimal(1)
        return image(lambda _, t, a, b: (t - b) / (a - b), (whole, whole), total, first, second)


@dataclass(frozen=True)
class Inclusion:
    """Two quantities of which the one includes the other: whoever counts for the narrower counts for the wider."""

    statement: str
    narrower: str
    wider: str

    def wider_quantity(self, quantity: tuple[str, ...]) -> tuple[str, ...]:
        """Return the wider quantity of the same people."""
        return (self.wider, *quantity[1:])


@cache
def _resolution(symbol: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(_FILES[symbol]).read_text("utf-8"), parse_float=Decimal)


def adopted(symbol: str = FOLLOWED) -> str:
    """Return the day a resolution was adopted, ISO."""
    return str(_resolution(symbol)["resolution"]["adopted"])


def load_claims(entries: dict[str, dict[str, Any]] | None = None, resolution: str = FOLLOWED) -> list[Claim]:
    """Return the claims of a resolution in the order of its file.

    Raises:
        ValueError: The interval written for a claim is not what the wording grammar makes of its words.

    >>> [(claim.paragraph, claim.wording, str(claim.interval)) for claim in load_claims() if claim.claim == "online-urban"]
    [(21, 'almost 85 per cent', '[84, 85)')]
    """
    claims = []
    for name, entry in (entries if entries is not None else _resolution(resolution)["claims"]).items():
        written = str(entry["interval"])
        fields: dict[str, Any] = {**entry, "figure": Decimal(entry["figure"]), "flags": tuple(entry.get("flags", ()))}
        meant = _meaning(fields)
        if str(meant) != written:
            raise ValueError(
                f"{_FILES[resolution]}, claim {name}: the words {entry['wording']!r} mean {meant}, "
                f"but `interval` is {written}; correct one of them"
            )
        claims.append(Claim(**{**fields, "claim": name, "interval": meant, "resolution": resolution}))
    return claims


def load_identities() -> list[Identity]:
    """Return what ties totals to their parts.

    >>> sorted({identity.indicator for identity in load_identities()})
    ['coverage_4g_at_least', 'individuals_using_internet', 'mobile_phone_ownership']
    """
    entries = _resolution(FOLLOWED)["identities"]
    return [Identity(**{**entry, "share_of_first": tuple(map(Decimal, entry["share_of_first"]))}) for entry in entries]


def load_inclusions() -> list[Inclusion]:
    """Return what includes what."""
    return [Inclusion(**entry) for entry in _resolution(FOLLOWED)["inclusions"]]


def claims_table(statements: list[Claim]) -> pd.DataFrame:
    """Return the claims as rows of the `claims` contract."""
    rows = []
    for claim in statements:
        row = {name: getattr(claim, name) for name in Claim.__dataclass_fields__}
        rows.append(
            row
            | {
                "adopted": claim.adopted,
                "figure": float(claim.figure),
                "interval": str(claim.interval),
                "lower": _float(claim.interval.lower),
                "upper": _float(claim.interval.upper),
            }
        )
    return pd.DataFrame(rows)


def _meaning(entry: dict[str, Any]) -> Interval:
    """Return the interval of a claim's words, in the claim's unit."""
    if entry.get("measure") == ClaimMeasure.ECONOMIES_BELOW:
        return Interval(SOME_ECONOMIES, None, True, False)
    return interval(entry["wording"], entry["figure"], entry.get("unit", "%"))


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
