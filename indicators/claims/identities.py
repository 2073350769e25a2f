"""The statements of a resolution that contradict each other: each is compared with what the others imply, interval by interval."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from indicators.contracts.vocabulary import ALL, ClaimMeasure, IdentityKind, IdentityResult
from indicators.registries.resolution import FOLLOWED, Claim, Identity, Inclusion
from indicators.wording.intervals import Interval

#: A contradiction between a total and its parts appears in each comparison; it is reported once, for the total.
_REPORTED_FOR_THE_TOTAL = (IdentityKind.PART_FROM_TOTAL, IdentityKind.SHARE_OF_A_PART)


@dataclass(frozen=True)
class _Implication:
    """The interval that one or several statements give for a quantity; `step` is the derivation."""

    names: tuple[str, ...]
    about: Interval
    kind: IdentityKind
    identity: str
    step: str


_Quantity = tuple[Any, ...]


def compare_statements(all_statements: list[Claim], identities: list[Identity], inclusions: list[Inclusion]) -> pd.DataFrame:
    """Compare every statement with what the others imply for the same quantity, by propagating intervals through identities.

    Returns:
        Rows of the `claim_identities` contract: each statement of a quantity, direct or implied by others, against each other one of the
        same resolution. The result is *conflict* if the intervals do not overlap; *too coarse* if the implied interval contains
        every value that the other allows, so that the two cannot disagree; else *possible*.

    Source: docs/methods.md#claim_identities (propagation of intervals); with 74 of 100 people online, almost 85 in urban and 58 in rural
    areas, the urban share is at most (74.5 - 57.5) / (84 - 57.5) = 0.642.
    """
    rows = []
    for resolution in dict.fromkeys(claim.resolution for claim in all_statements):
        implications = _stated_directly([claim for claim in all_statements if claim.resolution == resolution])
        for quantity, more in [
            *_implied_by_parts(implications, identities),
            *_implied_ratios(implications),
            *_implied_by_inclusion(implications, inclusions),
        ]:
            implications.setdefault(quantity, []).append(more)
        pairs = [
            (quantity, one, other)
            for quantity, statements in implications.items()
            for one, other in itertools.combinations(statements, 2)
            if not set(one.names) & set(other.names)
        ]
        for quantity, one, other in [*pairs, *_implied_shares(implications, identities)]:
            rows.append({"resolution": resolution, "quantity": _in_words(quantity)} | _comparison(one, other))
    columns = ["resolution", "quantity", "kind", "claim_a", "claim_b", "identity", "steps", "interval_a", "interval_b", "overlap"]
    return pd.DataFrame(rows, columns=[*columns, "result", "gap", "explanation"])


def conflicts(claim_identities: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of A/RES/80/173 that contradict each other.

    Args:
        claim_identities: The result of `compare_statements`.

    Returns:
        Rows of the `claim_conflicts` contract; a contradiction between a total and its parts is reported for the total only.
    """
    rows = claim_identities[
        (claim_identities["result"] == IdentityResult.CONFLICT)
        & (claim_identities["resolution"] == FOLLOWED)
        & ~claim_identities["kind"].isin(_REPORTED_FOR_THE_TOTAL)
    ]
    columns = ["claim_a", "claim_b", "identity", "interval_a", "interval_b", "gap", "explanation"]
    return rows[columns].reset_index(drop=True)


def _comparison(one: _Implication, other: _Implication) -> dict[str, Any]:
    """Compare two implications for the same quantity."""
    a, b = " + ".join(one.names), " + ".join(other.names) or None
    kind = max(one.kind, other.kind, key=list(IdentityKind).index)
    ties = [text for text in (one.identity, other.identity) if text]
    identity = "; ".join(dict.fromkeys(ties)) or "the same quantity"
    overlap, gap = one.about.meet(other.about), one.about.distance(other.about)
    decimals = 3 if kind == IdentityKind.SHARE_OF_A_PART else 2
    shown_a, shown_b = one.about.rounded(decimals), other.about.rounded(decimals)
    statement = f"{a} puts the common quantity at {shown_a}, {b or 'other evidence'} at {shown_b}"
    if overlap.empty:
        result, explanation = (
            IdentityResult.CONFLICT,
            f"{statement}. They are {gap:.{decimals - 1}f} apart and contradict each other, because {identity}.",
        )
    elif one.about.holds(other.about) and one.kind not in (IdentityKind.SAME_QUANTITY, IdentityKind.COMPLEMENT):
        result, explanation = IdentityResult.TOO_COARSE, f"{statement}: {a} together allow every value, so the two cannot disagree."
    elif other.about.holds(one.about) and other.kind not in (IdentityKind.SAME_QUANTITY, IdentityKind.COMPLEMENT):
        result, explanation = IdentityResult.TOO_COARSE, f"{statement}: {b} together allow every value, so the two cannot disagree."
    else:
        result, explanation = IdentityResult.POSSIBLE, f"{statement}: both are possible in {overlap.rounded(decimals)}."
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
        "explanation": explanation,
    }


def _in_words(quantity: _Quantity) -> str:
    """Return a quantity in words: its indicator, area, year and population."""
    match quantity:
        case ("ratio", (indicator, above, *breakdown), (_, below, *_), year):
            area = f"{above} over {below}"
        case ("share", share_of, (indicator, area, *breakdown), year):
            area = f"{area}, share of {share_of}"
        case ((indicator, area, *breakdown), year):
            pass
    return ", ".join([indicator, area, str(year), *(part for part in breakdown if part != ALL)])


def _stated_directly(claims: list[Claim]) -> dict[_Quantity, list[_Implication]]:
    """Return what the claims state directly, by quantity."""
    implications: dict[_Quantity, list[_Implication]] = {}
    for claim in claims:
        stated, name = claim.interval, (claim.claim,)
        if claim.measure == ClaimMeasure.VALUE:
            direct = _Implication(name, stated, IdentityKind.SAME_QUANTITY, "", f"{claim.claim} says {stated}")
            implications.setdefault((claim.quantity, claim.year), []).append(direct)
        elif claim.measure == ClaimMeasure.COMPLEMENT:
            rest, identity = stated.complement(), "the share without is 100 minus the share with"
            step = f"{claim.claim} says {stated} without, which leaves 100 - {stated} = {rest}"
            implications.setdefault((claim.quantity, claim.year), []).append(
                _Implication(name, rest, IdentityKind.COMPLEMENT, identity, step)
            )
        elif claim.measure == ClaimMeasure.RATIO:
            direct = _Implication(name, stated, IdentityKind.SAME_QUANTITY, "", f"{claim.claim} says {stated}")
            implications.setdefault(("ratio", claim.quantity, claim.quantity_compared_with, claim.year), []).append(direct)
    return implications


def _implied_by_parts(
    implications: dict[_Quantity, list[_Implication]], identities: list[Identity]
) -> Iterator[tuple[_Quantity, _Implication]]:
    """Yield what statements of a total and its parts imply for one another, and for the share of the parts."""
    for identity in identities:
        quantities = [identity.quantity(part) for part in (ALL, identity.first, identity.second)]
        low, high = identity.share_of_first
        share = f"f in [{low}, {high}] the share of {identity.first}"
        for year in sorted({key[1] for key in implications if key[0] in quantities}):
            totals, firsts, seconds = (implications.get((quantity, year), []) for quantity in quantities)
            implied = (
                (0, firsts, seconds, IdentityKind.TOTAL_FROM_PARTS, identity.total, "f x {0} + (1 - f) x {1}"),
                (2, totals, firsts, IdentityKind.PART_FROM_TOTAL, identity.other_part, "({0} - f x {1}) / (1 - f)"),
                (1, totals, seconds, IdentityKind.PART_FROM_TOTAL, identity.first_part, "({0} - (1 - f) x {1}) / f"),
            )
            for target, ones, others, kind, formula, written in implied:
                for a, b in itertools.product(ones, others):
                    about = formula(a.about, b.about)
                    step = f"{a.step}; {b.step}; {written.format(a.about, b.about)} with {share} = {about.rounded()}"
                    yield (quantities[target], year), _Implication((*a.names, *b.names), about, kind, identity.statement, step)


def _implied_shares(
    implications: dict[_Quantity, list[_Implication]], identities: list[Identity]
) -> Iterator[tuple[_Quantity, _Implication, _Implication]]:
    """Yield what a stated total and both its parts imply for the share of the first, with the share from population statistics."""
    for identity in identities:
        total, first, second = (identity.quantity(part) for part in (ALL, identity.first, identity.second))
        for year in sorted({key[1] for key in implications if key[0] == total}):
            stated_share = Interval(*identity.share_of_first)
            other = _Implication((), stated_share, IdentityKind.SAME_QUANTITY, "", f"the share is {stated_share}: {identity.share_source}")
            direct = ([one for one in implications.get((quantity, year), []) if len(one.names) == 1] for quantity in (total, first, second))
            for t, a, b in itertools.product(*direct):
                implied = identity.share(t.about, a.about, b.about)
                if implied is not None:
                    worked = f"({t.about} - {b.about}) / ({a.about} - {b.about}) = {implied.rounded(3)}"
                    step = f"{t.step}; {a.step}; {b.step}; {worked}"
                    names = (*t.names, *a.names, *b.names)
                    one = _Implication(names, implied, IdentityKind.SHARE_OF_A_PART, identity.statement, step)
                    yield ("share", identity.first, total, year), one, other


def _implied_ratios(implications: dict[_Quantity, list[_Implication]]) -> Iterator[tuple[_Quantity, _Implication]]:
    """Yield what stated shares imply for a stated ratio of them."""
    for key in [key for key in implications if key[0] == "ratio"]:
        _, above, below, year = key
        for a, b in itertools.product(implications.get((above, year), []), implications.get((below, year), [])):
            about = a.about.over(b.about)
            step = f"{a.step}; {b.step}; {a.about} / {b.about} = {about.rounded()}"
            yield key, _Implication((*a.names, *b.names), about, IdentityKind.RATIO, "a ratio is one share divided by the other", step)


def _implied_by_inclusion(
    implications: dict[_Quantity, list[_Implication]], inclusions: list[Inclusion]
) -> Iterator[tuple[_Quantity, _Implication]]:
    """Yield what a statement of some people implies for all those they are among: there are at least as many."""
    for inclusion in inclusions:
        for key in [key for key in implications if key[0][0] == inclusion.narrower]:
            for narrower in implications[key]:
                about = Interval(narrower.about.lower, Decimal(100), narrower.about.lower_closed, True)
                step = f"{narrower.step}; at least as many: {about}"
                implied = _Implication(narrower.names, about, IdentityKind.INCLUSION, inclusion.statement, step)
                yield (inclusion.wider_quantity(key[0]), key[1]), implied
