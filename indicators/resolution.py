"""The statements of A/RES/80/173 as data, what their words stand for, and which of them cannot both hold.

The statements stand in `resolution.toml`, the grammar of their words in `wording.py`; judging them against figures is for `verdicts`.
No figure of the resolution stands in this code.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.intervals import Interval, image
from indicators.wording import interval

#: "In some countries" is at least this many economies (convention).
SOME_ECONOMIES = Decimal(2)


@dataclass(frozen=True)
class Claim:
    """One measurable statement in one reading; `interval` is what its words stand for, in `unit`."""

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
    reviewed: str
    measure: str = "value"
    unit: str = "%"
    sex: str = "all"
    locality: str = "all"
    age: str = "all"
    compared_with: str | None = None
    reading: str | None = None
    reading_of: str | None = None
    flags: tuple[str, ...] = ()

    @property
    def quantity(self) -> tuple[str, str, str, str, str]:
        """What the claim speaks of: indicator, area, sex, locality, age."""
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
    age: str = "all"

    def quantity(self, part: str) -> tuple[str, str, str, str, str]:
        """Return the quantity of one part: `first`, `second` or `all`."""
        breakdown = {"sex": "all", "locality": "all", "age": self.age} | {self.dimension: part}
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


@cache
def _resolution() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "resolution.toml").read_text("utf-8"), parse_float=Decimal)


def adopted() -> str:
    """Return the day the resolution was adopted, ISO."""
    return str(_resolution()["resolution"]["adopted"])


def load_claims(entries: dict[str, dict[str, Any]] | None = None) -> list[Claim]:
    """Return the claims of `resolution.toml` in its order.

    Raises:
        ValueError: The interval written beside a claim is not what the wording grammar makes of its words.
    """
    claims = []
    for name, entry in (entries if entries is not None else _resolution()["claims"]).items():
        written = str(entry["interval"])
        fields: dict[str, Any] = {**entry, "figure": Decimal(entry["figure"]), "flags": tuple(entry.get("flags", ()))}
        meant = _meaning(fields)
        if str(meant) != written:
            raise ValueError(
                f"resolution.toml, claim {name}: the words {entry['wording']!r} stand for {meant}, "
                f"but interval says {written}; correct one of them"
            )
        claims.append(Claim(**{**fields, "claim": name, "interval": meant}))
    return claims


def load_identities() -> list[Identity]:
    """Return the identities of `resolution.toml`."""
    return [Identity(**{**entry, "share_of_first": tuple(map(Decimal, entry["share_of_first"]))}) for entry in _resolution()["identities"]]


def claims_table(claims: list[Claim]) -> pd.DataFrame:
    """Return the claims as rows of the `claims` contract."""
    rows = []
    for claim in claims:
        row = {name: getattr(claim, name) for name in Claim.__dataclass_fields__}
        rows.append(
            row
            | {
                "figure": float(claim.figure),
                "interval": str(claim.interval),
                "lower": _float(claim.interval.lower),
                "upper": _float(claim.interval.upper),
            }
        )
    return pd.DataFrame(rows)


def conflicts(claims: list[Claim], identities: list[Identity]) -> pd.DataFrame:
    """Find statements that cannot both hold, by propagating their intervals through identities.

    Returns:
        Rows of the `claim_conflicts` contract: each statement of a quantity, direct or implied by two others, against each other one.
    """
    said: dict[tuple[Any, ...], list[tuple[tuple[str, ...], Interval, str]]] = {}
    for claim in claims:
        if claim.measure in ("value", "complement"):
            identity = "those who do not use it are 100 less those who do" if claim.measure == "complement" else "the same quantity"
            about = claim.interval.complement() if claim.measure == "complement" else claim.interval
            said.setdefault((claim.quantity, claim.year), []).append(((claim.claim,), about, identity))
        elif claim.measure == "ratio":
            said.setdefault(("ratio", claim.quantity, claim.quantity_compared_with, claim.year), []).append(
                ((claim.claim,), claim.interval, "the same quantity")
            )
    derived = list(_implied_totals(said, identities)) + list(_implied_ratios(said))
    for quantity, statement in derived:
        said.setdefault(quantity, []).append(statement)
    rows = []
    for statements in said.values():
        for (names_a, about_a, identity_a), (names_b, about_b, identity_b) in itertools.combinations(statements, 2):
            if set(names_a) & set(names_b) or about_a.meets(about_b):
                continue
            a, b = " + ".join(names_a), " + ".join(names_b)
            identity = (
                "; ".join(dict.fromkeys(text for text in (identity_a, identity_b) if text != "the same quantity")) or "the same quantity"
            )
            gap = about_a.distance(about_b)
            rows.append(
                {
                    "claim_a": a,
                    "claim_b": b,
                    "identity": identity,
                    "interval_a": str(about_a.rounded()),
                    "interval_b": str(about_b.rounded()),
                    "gap": float(gap),
                    "explanation": f"{a} puts the common quantity at {about_a.rounded()}, {b} at {about_b.rounded()}: "
                    f"{gap:.1f} apart, they cannot both hold, because {identity}.",
                }
            )
    columns = ["claim_a", "claim_b", "identity", "interval_a", "interval_b", "gap", "explanation"]
    return pd.DataFrame(rows, columns=columns)


def _meaning(entry: dict[str, Any]) -> Interval:
    """Return the interval of a claim's words, in the claim's unit."""
    if entry.get("measure") == "economies below":
        return Interval(SOME_ECONOMIES, None, True, False)
    return interval(entry["wording"], entry["figure"], entry.get("unit", "%"))


def _implied_totals(said: dict[tuple[Any, ...], list[Any]], identities: list[Identity]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield what pairs of stated parts imply for their total."""
    for identity in identities:
        years = {key[1] for key in said if key[0] == identity.quantity(identity.first)}
        for year in sorted(years):
            firsts, seconds = (said.get((identity.quantity(part), year), []) for part in (identity.first, identity.second))
            for (names_a, about_a, _), (names_b, about_b, _) in itertools.product(firsts, seconds):
                yield (identity.quantity("all"), year), ((*names_a, *names_b), identity.total(about_a, about_b), identity.statement)


def _implied_ratios(said: dict[tuple[Any, ...], list[Any]]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield what stated shares imply for a stated ratio of them."""
    for key in [key for key in said if key[0] == "ratio"]:
        _, above, below, year = key
        for (names_a, about_a, _), (names_b, about_b, _) in itertools.product(said.get((above, year), []), said.get((below, year), [])):
            yield key, ((*names_a, *names_b), about_a.over(about_b), "a ratio is the one share over the other")


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
