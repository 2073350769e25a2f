"""Verdicts on the resolution's statements: whether the figure of each vintage supports the wording.

`resolution` turns words into intervals. Here the intervals become pandera checks. The checks run lazily over the headline figures, and
their results become a verdict with a sentence that explains it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pandera.pandas as pa

from indicators.claims.evidence import Evidence, as_decimal, by_quantity, evidence
from indicators.contracts.vocabulary import (
    Basis,
    ClaimMeasure,
    Moment,
    Verdict,
)
from indicators.conventions import exact
from indicators.registries.resolution import Claim, Identity
from indicators.registries.sources import by_age, vintage_name
from indicators.wording.intervals import Interval

#: Inside a one-sided interval but closer to its end than this, a claim holds only narrowly.
NARROW_POINTS = exact("narrow_points")
NARROW_PART_OF_BOUND = exact("narrow_part_of_bound")
_INFINITY = Decimal("Infinity")


def judge(
    statements: list[Claim], dated_observations: pd.DataFrame, dated_aggregates: pd.DataFrame, identities: list[Identity]
) -> pd.DataFrame:
    """Judge every claim at adoption, now, and against the other vintages of its source, as published and as computed.

    Args:
        statements: The statements.
        dated_observations: Rows of the `observations` contract, all dated vintages, with `rank_by_age` and `is_excerpt` of `editions`.
        dated_aggregates: Rows of the `aggregates` contract, dated vintages only, with `rank_by_age`; the rule "interpolate and carry" on
            membership in force gives the computed figure, its hard bounds the evidence.
        identities: How totals depend on their parts; they narrow the bounds of published figures within one vintage.

    Returns:
        Rows of the `verdicts` contract. A claim without any figure has one row on each basis, with the reason.

    Source: docs/methods.md#verdicts; the first rule that matches decides.

    >>> from indicators.contracts.tables import column_types
    >>> from indicators.registries.resolution import load_claims
    >>> claims = [claim for claim in load_claims() if claim.claim == "online-2025"]
    >>> printed = {"value": 74.0, "lower": 73.5, "upper": 74.5, "nature": "estimate", "seen_in": "publisher"}
    >>> edition = {"source": "itu-facts-and-figures", "vintage": "2025", "published": "2025-11-17", "rank_by_age": 1, "is_excerpt": False}
    >>> of = {"indicator": "individuals_using_internet", "area": "world", "area_kind": "group", "year": 2025}
    >>> observations = pd.DataFrame([{**of, "sex": "all", "locality": "all", "age": "all", **printed, **edition}])
    >>> aggregates = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in column_types("aggregates").items()})
    >>> verdicts = judge(claims, observations, aggregates, [])
    >>> verdicts.loc[verdicts["basis"] == "published", ["moment", "verdict", "margin"]].to_numpy().tolist()
    [['at adoption', 'supported', 0.5], ['now', 'supported', 0.5]]
    """
    cells = by_quantity(statements, identities, dated_observations)
    pieces = evidence(statements, cells, dated_observations, dated_aggregates, identities)
    outside = _failing_ends(statements, pieces)
    vintages = dated_observations[["source", "vintage", "published", "rank_by_age"]].drop_duplicates()
    published = {(row.source, row.vintage): row.published for row in vintages.itertuples()}
    rows = []
    supported_at_adoption: set[tuple[str, str]] = set()
    supported_before: dict[str, Evidence] = {}
    order: dict[str, int] = {Moment.HISTORY: 0, Moment.AT_ADOPTION: 1, Moment.NOW: 2}
    numbered = [(moment, number, piece) for number, piece in enumerate(pieces) for moment in piece.moments]
    for moment, number, piece in sorted(numbered, key=lambda item: (order[item[0]], item[1])):
        claim = piece.claim
        verdict = _verdict(piece, outside[number], revised=moment == Moment.NOW and (claim.claim, piece.basis) in supported_at_adoption)
        if verdict.supports:
            if moment == Moment.AT_ADOPTION:
                supported_at_adoption.add((claim.claim, piece.basis))
            elif moment == Moment.HISTORY and piece.basis == Basis.PUBLISHED:
                supported_before[claim.claim] = piece
        explanation = _explain(piece, verdict, supported_before.get(claim.claim))
        rows.append(
            {
                "claim": claim.claim,
                "moment": moment,
                "basis": piece.basis,
                "source": piece.source,
                "vintage": piece.vintage,
                "published": published.get((piece.source, piece.vintage)),
                "year": piece.year,
                "value": _float(piece.value),
                "lower": _float(piece.allowed.lower) if piece.allowed else None,
                "upper": _float(piece.allowed.upper) if piece.allowed else None,
                "verdict": verdict,
                "margin": _float(_margin(claim.interval, piece.value)),
                "flags": "; ".join(dict.fromkeys((*claim.flags, *piece.flags))) or None,
                "explanation": explanation,
            }
        )
    table = pd.DataFrame(rows).merge(vintages.drop(columns="published"), on=["source", "vintage"], how="left")
    table = _with_changes(table, {claim.claim: claim for claim in statements}, cells).drop(columns="rank_by_age")
    position = {claim.claim: number for number, claim in enumerate(statements)}
    ranks = {"claim": position, "moment": order}
    by = ["claim", "basis", "published", "moment", "vintage"]
    return table.sort_values(by, key=lambda c: c.map(ranks[c.name]) if c.name in ranks else c, na_position="first", ignore_index=True)


def _with_changes(table: pd.DataFrame, claims: dict[str, Claim], cells: dict[tuple[str, ...], pd.DataFrame]) -> pd.DataFrame:
    """Add the earlier verdict and a sentence on the change, where the vintage before gives another verdict on the same basis.

    `by_age` gives the order of vintages. Vintages without a figure for the claim are skipped. A vintage under two moments has the same
    change in both. *Revised since* counts as *not supported* here.
    """
    table = table.assign(changed_from=None, change=None).astype({"changed_from": "object", "change": "object"})
    edition = ["claim", "basis", "source", "vintage"]
    measured = by_age(table[table["value"].notna()]).drop_duplicates(edition)
    before = measured.groupby(["claim", "basis"])[["verdict", "value", "year", "source", "vintage"]].shift()
    plain = {Verdict.REVISED_SINCE: Verdict.NOT_SUPPORTED}
    differs = before["verdict"].notna() & (before["verdict"].replace(plain) != measured["verdict"].replace(plain))
    for number in measured.index[differs]:
        new, old = measured.loc[number], before.loc[number]
        change = _change(claims[new["claim"]], old, new, cells)
        same = (table[edition] == new[edition]).all(axis=1) & table["value"].notna()
        table.loc[same, ["changed_from", "change"]] = [old["verdict"], change]
    return table


def _change(claim: Claim, old: pd.Series, new: pd.Series, cells: dict[tuple[str, ...], pd.DataFrame]) -> str:
    """Return a sentence on what changed between two vintages: the year, or the figure for the same year."""
    was, now = (_shown(as_decimal(row["value"]), claim.unit) for row in (old, new))
    year, name = int(old["year"]), vintage_name(new["source"], new["vintage"])
    if year == new["year"]:
        why = f"The figure for {year} was revised" if was != now else "The figure is the same, but its bounds differ"
    else:
        why = "The two figures are of different years"
        again = _restated(claim, cells, new["source"], new["vintage"], year) if new["basis"] == Basis.PUBLISHED else None
        if again is not None:
            restated = _shown(again, claim.unit)
            why += f". {name} also gives {restated} for {year}" if restated == was else f". {name} now gives {restated} for {year}"
    return (
        f"{vintage_name(old['source'], old['vintage'])} gives {was} for {year} ({old['verdict']}), "
        f"{name} gives {now} for {new['year']} ({new['verdict']}). {why}."
    )


def _restated(claim: Claim, cells: dict[tuple[str, ...], pd.DataFrame], source: str, vintage: str, year: int) -> Decimal | None:
    """Return the figure of a vintage for the claim's quantity in another year, in the claim's measure; None if it has none."""
    figures = []
    for quantity in [claim.quantity, *([claim.quantity_compared_with] if claim.compared_with else [])]:
        cell = cells[quantity]
        cell = cell[(cell["source"] == source) & (cell["vintage"] == vintage) & (cell["year"] == year)]
        if cell.empty or claim.measure == ClaimMeasure.ECONOMIES_BELOW:
            return None
        figures.append(as_decimal(cell["value"].iloc[0]))
    if claim.measure == ClaimMeasure.RATIO:
        return figures[0] / figures[1] if figures[1] else None
    return 100 - figures[0] if claim.measure == ClaimMeasure.COMPLEMENT else figures[0]


def headline_schema(claims: list[Claim]) -> pa.DataFrameSchema:
    """Compile the claims into pandera checks: a column a claim, a check for each end of its interval.

    The headline table has two rows for each piece of evidence, the lowest and the highest value it allows. A value below the interval
    fails `at_or_above_its_lower_end`, one above it `at_or_below_its_upper_end`; a missing value fails neither.
    """
    return pa.DataFrameSchema(
        {
            claim.claim: pa.Column(
                None,
                nullable=True,
                checks=[
                    pa.Check(_holds_from_below(claim.interval), name="at_or_above_its_lower_end", element_wise=True),
                    pa.Check(_holds_from_above(claim.interval), name="at_or_below_its_upper_end", element_wise=True),
                ],
            )
            for claim in claims
        },
        strict=True,
    )


def _verdict(piece: Evidence, outside: set[tuple[str, str]], *, revised: bool) -> Verdict:
    """Return the verdict on a piece of evidence, given which of its ends fail which check; the first match wins."""
    if piece.allowed is None:
        return Verdict.NOT_MEASURABLE
    if piece.allowed.empty:
        return Verdict.UNDETERMINED
    # The lowest value already above the stated interval, or the highest still below it: the two do not meet.
    if ("lower", "at_or_below_its_upper_end") in outside or ("upper", "at_or_above_its_lower_end") in outside:
        return Verdict.REVISED_SINCE if revised else Verdict.NOT_SUPPORTED
    if outside:
        return Verdict.UNDETERMINED
    return Verdict.NARROWLY_SUPPORTED if _narrow(piece.claim, piece.allowed) else Verdict.SUPPORTED


def _narrow(claim: Claim, allowed: Interval) -> bool:
    """Return whether evidence inside a one-sided interval is close to its end; an end of the scale itself does not count."""
    stated, share = claim.interval, claim.unit == "%"
    if claim.unit == "economies":
        return False
    below = stated.lower if not (share and stated.lower == 0) else None
    above = stated.upper if not (share and stated.upper == 100) else None
    if below is not None and above is None and allowed.lower is not None:
        bound, distance = below, allowed.lower - below
    elif above is not None and below is None and allowed.upper is not None:
        bound, distance = above, above - allowed.upper
    else:
        return False
    return distance < (NARROW_POINTS if share else NARROW_PART_OF_BOUND * abs(bound))


def _holds_from_below(stated: Interval) -> Callable[[Any], bool]:
    def at_or_above(value: Any) -> bool:
        if value is None or stated.lower is None:
            return True
        return bool(value >= stated.lower if stated.lower_closed else value > stated.lower)

    return at_or_above


def _holds_from_above(stated: Interval) -> Callable[[Any], bool]:
    def at_or_below(value: Any) -> bool:
        if value is None or stated.upper is None:
            return True
        return bool(value <= stated.upper if stated.upper_closed else value < stated.upper)

    return at_or_below


def _failing_ends(claims: list[Claim], pieces: list[Evidence]) -> list[set[tuple[str, str]]]:
    """Run the compiled checks over all evidence at once; return, for each piece, which end of it fails which check."""
    columns: dict[str, list[Decimal | None]] = {claim.claim: [None] * (2 * len(pieces)) for claim in claims}
    for number, piece in enumerate(pieces):
        if piece.allowed is not None:
            low, high = piece.allowed.lower, piece.allowed.upper
            columns[piece.claim.claim][2 * number] = -_INFINITY if low is None else low
            columns[piece.claim.claim][2 * number + 1] = _INFINITY if high is None else high
    outside: list[set[tuple[str, str]]] = [set() for _ in pieces]
    try:
        headline_schema(claims).validate(pd.DataFrame(columns, dtype="object"), lazy=True)
    except pa.errors.SchemaErrors as error:
        for row in error.failure_cases.itertuples():
            outside[int(row.index) // 2].add(("lower" if int(row.index) % 2 == 0 else "upper", str(row.check)))
    return outside


def _explain(piece: Evidence, verdict: Verdict, earlier: Evidence | None) -> str:
    """Explain a verdict in a few sentences: the figure, its bounds, how they compare with the wording, and other limits."""
    claim = piece.claim
    if piece.allowed is None or piece.value is None:
        return f"Not measurable: {piece.why}."
    where = vintage_name(piece.source, piece.vintage)
    if piece.allowed.empty:
        return f"{where} contradicts itself: its figures leave no possible value for this quantity. Check the vintage."
    figure = f"{_shown(piece.value, claim.unit)} for {piece.year}"
    if piece.basis == Basis.COMPUTED:
        given = f"From the economies of {where} we compute {figure}"
    else:
        given = f"{where} {'gives' if claim.measure == 'value' else 'implies'} {figure}"
    unit = "" if claim.unit == "ratio" else claim.unit
    margin = _margin(claim.interval, piece.value)
    far = _shown(abs(margin), claim.unit, points=True) if margin is not None else ""
    range_in_words = f"“{claim.wording}” ({claim.interval.rounded().in_words(unit)})"
    bounds = piece.allowed.rounded().in_words(unit)
    because = "Because of rounding" if piece.basis == Basis.PUBLISHED else "Because some economies have no value,"
    sentence = {
        Verdict.SUPPORTED: f"This is inside the range of {range_in_words}",
        Verdict.NARROWLY_SUPPORTED: f"This is inside the range of {range_in_words}, but only {far} from its end",
        Verdict.NOT_SUPPORTED: f"This is {far} outside the range of {range_in_words}",
        Verdict.REVISED_SINCE: f"This is now {far} outside the range of {range_in_words}; at adoption the figure was inside",
        Verdict.UNDETERMINED: f"{because} the true value is {bounds}, so we cannot tell whether it is in the range of {range_in_words}",
    }[verdict]
    sentences = [given, sentence]
    if verdict != Verdict.UNDETERMINED and piece.allowed.lower != piece.allowed.upper:
        sentences.insert(1, f"{because} the true value is {bounds}")
    if piece.why:
        sentences.append(piece.why)
    if verdict == Verdict.NOT_SUPPORTED and piece.basis == Basis.PUBLISHED and earlier is not None and earlier.value is not None:
        name, figure = vintage_name(earlier.source, earlier.vintage), _shown(earlier.value, claim.unit)
        sentences.append(f"{name} supports the statement, with {figure} for {earlier.year}")
    return ". ".join(sentences) + "."


def _margin(stated: Interval, value: Decimal | None) -> Decimal | None:
    """Return how far inside (positive) or outside (negative) its interval a value is; missing without a value or an end."""
    if value is None:
        return None
    ends = [value - stated.lower] if stated.lower is not None else []
    ends += [stated.upper - value] if stated.upper is not None else []
    return min(ends) if ends else None


def _shown(value: Decimal, unit: str, *, points: bool = False) -> str:
    """Write a figure with its unit, at the decimals it deserves."""
    match unit:
        case "%":
            return f"{_plain(value, 1)} {'points' if points else '%'}"
        case "ratio":
            return _plain(value, 2)
        case _:
            return f"{value:.0f} {unit}"


def _plain(value: Decimal, decimals: int) -> str:
    """Write a number at no more than so many decimals, without zeros that were not printed."""
    return f"{round(value, decimals).normalize():f}"


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
