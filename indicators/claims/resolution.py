"""The statements of a resolution as data, what their words stand for, and which of them cannot both hold.

The statements of A/RES/80/173 stand in `resolution.toml`, those of the review ten years before in `resolution_2015.toml`, the grammar of
their words in `wording.py`; judging them against figures is for `verdicts`. No figure of a resolution stands in this code.
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

from indicators import registries
from indicators.claims.intervals import Interval, image
from indicators.claims.wording import interval
from indicators.contracts.vocabulary import ALL, ClaimMeasure, IdentityKind, IdentityResult
from indicators.registries.conventions import exact

#: The resolution this project follows up, and the one of the review ten years before.
FOLLOWED = "A/RES/80/173"
TEN_YEARS_BEFORE = "A/RES/70/125"
_FILES = {FOLLOWED: "resolution.toml", TEN_YEARS_BEFORE: "resolution_2015.toml"}

#: "In some countries" is at least this many economies.
SOME_ECONOMIES = exact("some_economies")

#: A total and its parts meet wherever they are compared; a conflict among them is told once, of the total.
_TOLD_OF_THE_TOTAL = (IdentityKind.PART_FROM_TOTAL, IdentityKind.SHARE_OF_A_PART)


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
    return tomllib.loads((Path(registries.__file__).parent / _FILES[symbol]).read_text("utf-8"), parse_float=Decimal)


def adopted(symbol: str = FOLLOWED) -> str:
    """Return the day a resolution was adopted, ISO."""
    return str(_resolution(symbol)["resolution"]["adopted"])


def load_claims(entries: dict[str, dict[str, Any]] | None = None, resolution: str = FOLLOWED) -> list[Claim]:
    """Return the claims of a resolution in the order of its file.

    Raises:
        ValueError: The interval written beside a claim is not what the wording grammar makes of its words.

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
                f"{_FILES[resolution]}, claim {name}: the words {entry['wording']!r} stand for {meant}, "
                f"but interval says {written}; correct one of them"
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


@dataclass(frozen=True)
class _Said:
    """What one statement, or several together, say of a quantity; `step` is how that follows."""

    names: tuple[str, ...]
    about: Interval
    kind: IdentityKind
    identity: str
    step: str


_Quantity = tuple[Any, ...]


def identities_tried(all_statements: list[Claim], identities: list[Identity], inclusions: list[Inclusion]) -> pd.DataFrame:
    """Hold every statement against what the others imply for the same quantity, by propagating their intervals through identities.

    Returns:
        Rows of the `claim_identities` contract: each statement of a quantity, direct or implied by others, against each other one of the
        same resolution. The result is *conflict* if they do not meet; *too coarse* if what is implied leaves room for every value the
        other allows, so that the two could not have disagreed; else *possible*.

    Source: docs/methods.md#claim_identities (propagation of intervals); 74 of 100 people, almost 85 in urban and 58 in rural areas leave an
    urban share of (74.5 - 57.5) / (84 - 57.5) = 0.642 at most.
    """
    rows = []
    for resolution in dict.fromkeys(claim.resolution for claim in all_statements):
        said = _said([claim for claim in all_statements if claim.resolution == resolution])
        for quantity, more in [*_implied_by_parts(said, identities), *_implied_ratios(said), *_implied_by_inclusion(said, inclusions)]:
            said.setdefault(quantity, []).append(more)
        pairs = [
            (quantity, one, other)
            for quantity, statements in said.items()
            for one, other in itertools.combinations(statements, 2)
            if not set(one.names) & set(other.names)
        ]
        for quantity, one, other in [*pairs, *_implied_shares(said, identities)]:
            rows.append({"resolution": resolution, "quantity": _in_words(quantity)} | _held_against(one, other))
    columns = ["resolution", "quantity", "kind", "claim_a", "claim_b", "identity", "steps", "interval_a", "interval_b", "overlap"]
    return pd.DataFrame(rows, columns=[*columns, "result", "gap", "explanation"])


def conflicts(claim_identities: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of the resolution followed up that cannot both hold.

    Args:
        claim_identities: What `identities_tried` gives.

    Returns:
        Rows of the `claim_conflicts` contract; what contradicts a total through its parts is told of the total alone.
    """
    found = claim_identities[
        (claim_identities["result"] == IdentityResult.CONFLICT)
        & (claim_identities["resolution"] == FOLLOWED)
        & ~claim_identities["kind"].isin(_TOLD_OF_THE_TOTAL)
    ]
    columns = ["claim_a", "claim_b", "identity", "interval_a", "interval_b", "gap", "explanation"]
    return found[columns].reset_index(drop=True)


def _held_against(one: _Said, other: _Said) -> dict[str, Any]:
    """Compare what is said of one quantity twice."""
    a, b = " + ".join(one.names), " + ".join(other.names) or None
    kind = max(one.kind, other.kind, key=list(IdentityKind).index)
    ties = [text for text in (one.identity, other.identity) if text]
    identity = "; ".join(dict.fromkeys(ties)) or "the same quantity"
    overlap, gap = one.about.meet(other.about), one.about.distance(other.about)
    decimals = 3 if kind == IdentityKind.SHARE_OF_A_PART else 2
    shown_a, shown_b = one.about.rounded(decimals), other.about.rounded(decimals)
    said = f"{a} puts the common quantity at {shown_a}, {b or 'what is known of it'} at {shown_b}"
    if overlap.empty:
        result, told = IdentityResult.CONFLICT, f"{said}: {gap:.{decimals - 1}f} apart, they cannot both hold, because {identity}."
    elif one.about.holds(other.about) and one.kind not in (IdentityKind.SAME_QUANTITY, IdentityKind.COMPLEMENT):
        result, told = IdentityResult.TOO_COARSE, f"{said}: {a} together leave room for every value, so the two could not have disagreed."
    elif other.about.holds(one.about) and other.kind not in (IdentityKind.SAME_QUANTITY, IdentityKind.COMPLEMENT):
        result, told = IdentityResult.TOO_COARSE, f"{said}: {b} together leave room for every value, so the two could not have disagreed."
    else:
        result, told = IdentityResult.POSSIBLE, f"{said}: both hold in {overlap.rounded(decimals)}."
    return {
        "kind": kind,
        "claim_a": a,
        "claim_b": b,
        "identity": identity,
        "steps": f"{one.step}; {other.step}",
        "interval_a": str(shown_a),
        "interval_b": str(shown_b),
        "overlap": None if overlap.empty else str(overlap.rounded(decimals)),
        "result": result,
        "gap": float(gap),
        "explanation": told,
    }


def _in_words(quantity: _Quantity) -> str:
    """Name a quantity: its indicator, area, year, and the people it is of."""
    match quantity:
        case ("ratio", (indicator, above, *breakdown), (_, below, *_), year):
            area = f"{above} over {below}"
        case ("share", share_of, (indicator, area, *breakdown), year):
            area = f"{area}, share of {share_of}"
        case ((indicator, area, *breakdown), year):
            pass
    return ", ".join([indicator, area, str(year), *(part for part in breakdown if part != ALL)])


def _meaning(entry: dict[str, Any]) -> Interval:
    """Return the interval of a claim's words, in the claim's unit."""
    if entry.get("measure") == ClaimMeasure.ECONOMIES_BELOW:
        return Interval(SOME_ECONOMIES, None, True, False)
    return interval(entry["wording"], entry["figure"], entry.get("unit", "%"))


def _said(claims: list[Claim]) -> dict[_Quantity, list[_Said]]:
    """Return what the claims say directly, by quantity."""
    said: dict[_Quantity, list[_Said]] = {}
    for claim in claims:
        stated, name = claim.interval, (claim.claim,)
        if claim.measure == ClaimMeasure.VALUE:
            direct = _Said(name, stated, IdentityKind.SAME_QUANTITY, "", f"{claim.claim} says {stated}")
            said.setdefault((claim.quantity, claim.year), []).append(direct)
        elif claim.measure == ClaimMeasure.COMPLEMENT:
            rest, identity = stated.complement(), "the share without is 100 minus the share with"
            step = f"{claim.claim} says {stated} of those without, which leaves 100 - {stated} = {rest}"
            said.setdefault((claim.quantity, claim.year), []).append(_Said(name, rest, IdentityKind.COMPLEMENT, identity, step))
        elif claim.measure == ClaimMeasure.RATIO:
            direct = _Said(name, stated, IdentityKind.SAME_QUANTITY, "", f"{claim.claim} says {stated}")
            said.setdefault(("ratio", claim.quantity, claim.quantity_compared_with, claim.year), []).append(direct)
    return said


def _implied_by_parts(said: dict[_Quantity, list[_Said]], identities: list[Identity]) -> Iterator[tuple[_Quantity, _Said]]:
    """Yield what statements of a total and its parts imply for one another, and for the share of the parts."""
    for identity in identities:
        quantities = [identity.quantity(part) for part in (ALL, identity.first, identity.second)]
        low, high = identity.share_of_first
        share = f"f in [{low}, {high}] the share of {identity.first}"
        for year in sorted({key[1] for key in said if key[0] in quantities}):
            totals, firsts, seconds = (said.get((quantity, year), []) for quantity in quantities)
            implied = (
                (0, firsts, seconds, IdentityKind.TOTAL_FROM_PARTS, identity.total, "f x {0} + (1 - f) x {1}"),
                (2, totals, firsts, IdentityKind.PART_FROM_TOTAL, identity.other_part, "({0} - f x {1}) / (1 - f)"),
                (1, totals, seconds, IdentityKind.PART_FROM_TOTAL, identity.first_part, "({0} - (1 - f) x {1}) / f"),
            )
            for target, ones, others, kind, formula, written in implied:
                for a, b in itertools.product(ones, others):
                    about = formula(a.about, b.about)
                    step = f"{a.step}; {b.step}; {written.format(a.about, b.about)} with {share} = {about.rounded()}"
                    yield (quantities[target], year), _Said((*a.names, *b.names), about, kind, identity.statement, step)


def _implied_shares(said: dict[_Quantity, list[_Said]], identities: list[Identity]) -> Iterator[tuple[_Quantity, _Said, _Said]]:
    """Yield what a stated total and both its parts imply for the share of the first, against what is known of that share."""
    for identity in identities:
        total, first, second = (identity.quantity(part) for part in (ALL, identity.first, identity.second))
        for year in sorted({key[1] for key in said if key[0] == total}):
            known = Interval(*identity.share_of_first)
            other = _Said((), known, IdentityKind.SAME_QUANTITY, "", f"known is {known}: {identity.share_source}")
            direct = ([one for one in said.get((quantity, year), []) if len(one.names) == 1] for quantity in (total, first, second))
            for t, a, b in itertools.product(*direct):
                implied = identity.share(t.about, a.about, b.about)
                if implied is not None:
                    worked = f"({t.about} - {b.about}) / ({a.about} - {b.about}) = {implied.rounded(3)}"
                    step = f"{t.step}; {a.step}; {b.step}; {worked}"
                    names = (*t.names, *a.names, *b.names)
                    one = _Said(names, implied, IdentityKind.SHARE_OF_A_PART, identity.statement, step)
                    yield ("share", identity.first, total, year), one, other


def _implied_ratios(said: dict[_Quantity, list[_Said]]) -> Iterator[tuple[_Quantity, _Said]]:
    """Yield what stated shares imply for a stated ratio of them."""
    for key in [key for key in said if key[0] == "ratio"]:
        _, above, below, year = key
        for a, b in itertools.product(said.get((above, year), []), said.get((below, year), [])):
            about = a.about.over(b.about)
            step = f"{a.step}; {b.step}; {a.about} / {b.about} = {about.rounded()}"
            yield key, _Said((*a.names, *b.names), about, IdentityKind.RATIO, "a ratio is the one share over the other", step)


def _implied_by_inclusion(said: dict[_Quantity, list[_Said]], inclusions: list[Inclusion]) -> Iterator[tuple[_Quantity, _Said]]:
    """Yield what a statement of some people implies for all those they are among: they are no fewer."""
    for inclusion in inclusions:
        for key in [key for key in said if key[0][0] == inclusion.narrower]:
            for narrower in said[key]:
                about = Interval(narrower.about.lower, Decimal(100), narrower.about.lower_closed, True)
                step = f"{narrower.step}; no fewer than that: {about}"
                implied = _Said(narrower.names, about, IdentityKind.INCLUSION, inclusion.statement, step)
                yield (inclusion.wider_quantity(key[0]), key[1]), implied


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
