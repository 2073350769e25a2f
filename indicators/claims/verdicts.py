"""Verdicts on the resolution's statements: the figure that each vintage has for each claim, and whether it supports the wording.

`resolution` turns words into intervals. Here the intervals become pandera checks. The checks run lazily over the headline figures, and
their results become a verdict with a sentence that explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import pandera.pandas as pa

from indicators.contracts.vocabulary import (
    ALL,
    OWN_ESTIMATE,
    AreaKind,
    Basis,
    ClaimMeasure,
    MembershipList,
    Moment,
    Nature,
    Publishable,
    Rule,
    SeenIn,
    Verdict,
)
from indicators.registries.areas import economy_names
from indicators.registries.catalogue import indicators
from indicators.registries.resolution import Claim, Identity
from indicators.registries.sources import by_age, sources, vintage_name
from indicators.wording.intervals import Interval

#: A reported value up to this many years older than the claim is used for an economy (convention).
OLDEST_VALUE_YEARS = 3

#: A vintage with less than this share of the economies of the fullest is an excerpt.
LEAST_OF_THE_FULLEST = 0.9

#: Inside a one-sided interval but closer to its end than this, a claim holds only narrowly (convention).
NARROW_POINTS = Decimal("0.5")
NARROW_PART_OF_BOUND = Decimal("0.01")

_KEY = ["indicator", "area", "sex", "locality", "age"]
_INFINITY = Decimal("Infinity")


@dataclass(frozen=True)
class Evidence:
    """The figure of one vintage for one claim, on one basis. `allowed` is None if there is none; `why` then gives the reason."""

    claim: Claim
    basis: Basis
    source: str
    vintage: str
    year: int
    value: Decimal | None = None
    allowed: Interval | None = None
    flags: tuple[str, ...] = ()
    why: str = ""
    moments: tuple[Moment, ...] = ()


def judge(
    statements: list[Claim], dated_observations: pd.DataFrame, dated_aggregates: pd.DataFrame, identities: list[Identity]
) -> pd.DataFrame:
    """Judge every claim at adoption, now, and against the other vintages of its source, as published and as computed.

    Args:
        statements: The statements.
        dated_observations: Rows of the `observations` contract, all dated vintages.
        dated_aggregates: Rows of the `aggregates` contract, dated vintages only; the rule "interpolate and carry" on membership in force
            gives the computed figure, its hard bounds the evidence.
        identities: How totals depend on their parts; they narrow the bounds of published figures within one vintage.

    Returns:
        Rows of the `verdicts` contract. A claim without any figure has one row on each basis, with the reason.

    Source: docs/methods.md#verdicts; the first rule that matches decides.

    >>> from indicators.contracts.tables import column_types
    >>> from indicators.registries.resolution import load_claims
    >>> claims = [claim for claim in load_claims() if claim.claim == "online-2025"]
    >>> printed = {"value": 74.0, "lower": 73.5, "upper": 74.5, "nature": "estimate", "seen_in": "publisher"}
    >>> edition = {"source": "itu-facts-and-figures", "vintage": "2025", "published": "2025-11-17"}
    >>> of = {"indicator": "individuals_using_internet", "area": "world", "area_kind": "group", "year": 2025}
    >>> observations = pd.DataFrame([{**of, "sex": "all", "locality": "all", "age": "all", **printed, **edition}])
    >>> aggregates = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in column_types("aggregates").items()})
    >>> verdicts = judge(claims, observations, aggregates, [])
    >>> verdicts.loc[verdicts["basis"] == "published", ["moment", "verdict", "margin"]].to_numpy().tolist()
    [['at adoption', 'supported', 0.5], ['now', 'supported', 0.5]]
    """
    cells = _by_quantity(statements, identities, dated_observations)
    evidence = [
        *(piece for claim in statements if claim.measure != ClaimMeasure.ECONOMIES_BELOW for piece in _published(claim, cells, identities)),
        *(
            piece
            for claim in statements
            if claim.measure == ClaimMeasure.ECONOMIES_BELOW
            for piece in _counted_economies(claim, dated_observations)
        ),
        *(piece for claim in statements for piece in _computed(claim, dated_observations, dated_aggregates)),
    ]
    outside = _failing_ends(statements, evidence)
    dates = dated_observations.groupby(["source", "vintage"], as_index=False)["published"].max()
    published = {(row.source, row.vintage): row.published for row in dates.itertuples()}
    rows = []
    supported_at_adoption: set[tuple[str, str]] = set()
    supported_before: dict[str, Evidence] = {}
    order: dict[str, int] = {Moment.HISTORY: 0, Moment.AT_ADOPTION: 1, Moment.NOW: 2}
    numbered = [(moment, number, piece) for number, piece in enumerate(evidence) for moment in piece.moments]
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
    table = _with_changes(pd.DataFrame(rows), {claim.claim: claim for claim in statements}, cells)
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
    was, now = (_shown(_exact(row["value"]), claim.unit) for row in (old, new))
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
        figures.append(_exact(cell["value"].iloc[0]))
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


def _failing_ends(claims: list[Claim], evidence: list[Evidence]) -> list[set[tuple[str, str]]]:
    """Run the compiled checks over all evidence at once; return, for each piece, which end of it fails which check."""
    columns: dict[str, list[Decimal | None]] = {claim.claim: [None] * (2 * len(evidence)) for claim in claims}
    for number, piece in enumerate(evidence):
        if piece.allowed is not None:
            low, high = piece.allowed.lower, piece.allowed.upper
            columns[piece.claim.claim][2 * number] = -_INFINITY if low is None else low
            columns[piece.claim.claim][2 * number + 1] = _INFINITY if high is None else high
    outside: list[set[tuple[str, str]]] = [set() for _ in evidence]
    try:
        headline_schema(claims).validate(pd.DataFrame(columns, dtype="object"), lazy=True)
    except pa.errors.SchemaErrors as error:
        for row in error.failure_cases.itertuples():
            outside[int(row.index) // 2].add(("lower" if int(row.index) % 2 == 0 else "upper", str(row.check)))
    return outside


def _by_quantity(claims: list[Claim], identities: list[Identity], observations: pd.DataFrame) -> dict[tuple[str, ...], pd.DataFrame]:
    """Return the published figures of each quantity in a claim or an identity, all years and vintages."""
    claimed_quantities = {claim.quantity for claim in claims} | {claim.quantity_compared_with for claim in claims if claim.compared_with}
    claimed_quantities |= {identity.quantity(part) for identity in identities for part in (ALL, identity.first, identity.second)}
    areas = observations["area"].isin({quantity[1] for quantity in claimed_quantities})
    by_key = {tuple(map(str, key)): cells for key, cells in observations[areas].groupby(_KEY, sort=False)}
    return {quantity: by_key.get(quantity, observations.iloc[:0]) for quantity in claimed_quantities}


def _published(claim: Claim, cells: dict[tuple[str, ...], pd.DataFrame], identities: list[Identity]) -> Iterator[Evidence]:
    """Yield the published figure of each vintage for a claim, by moment."""
    published_figures = cells[claim.quantity]
    if claim.measure == ClaimMeasure.RATIO:
        other = cells[claim.quantity_compared_with]
        other = other[other["value"] != 0]  # a ratio needs a denominator other than zero
        published_figures = published_figures.merge(other, on=["source", "vintage", "published", "year"], suffixes=("", "_other"))
    own_year = published_figures[published_figures["year"] == claim.year]
    now = by_age(own_year).tail(1)
    of_record = own_year[(own_year["source"] == claim.source) & (own_year["vintage"] == claim.vintage_of_record)]
    named = {(row.source, row.vintage) for row in [*of_record.itertuples(), *now.itertuples()]}
    # An earlier year's figure counts if the claim's own source published it. The claim's own year counts from any dated source.
    dated = own_year["source"].map({name: source.tells_its_date for name, source in sources().items()}).astype("bool")
    history = own_year[dated | (own_year["source"] == claim.source)]
    if _is_of_newest_year(claim, published_figures):
        history = pd.concat([published_figures[published_figures["source"] == claim.source], history[history["source"] != claim.source]])
    history = history.sort_values("year").drop_duplicates(["source", "vintage"], keep="last")
    history = history[[(row.source, row.vintage) not in named for row in history.itertuples()]]
    for moment, rows in ((Moment.AT_ADOPTION, of_record), (Moment.NOW, now), (Moment.HISTORY, history)):
        for row in rows.to_dict("records"):
            yield _from_row(claim, dict(row), cells, identities, moment)
    for moment, rows in ((Moment.AT_ADOPTION, of_record), (Moment.NOW, now)):
        if rows.empty:
            record = vintage_name(claim.source, claim.vintage_of_record)
            what = f"{record} is not available or has no" if moment == Moment.AT_ADOPTION else "no vintage has a"
            why = f"{what} figure of “{_title(claim)}” for {claim.year}"
            yield _no_figure(claim, Basis.PUBLISHED, why, moment)


def _is_of_newest_year(claim: Claim, published_figures: pd.DataFrame) -> bool:
    """Return whether the claim's year is the newest of its vintage of record; earlier editions are then compared by their newest year."""
    of_record = published_figures[(published_figures["source"] == claim.source) & (published_figures["vintage"] == claim.vintage_of_record)]
    return bool((of_record["year"] <= claim.year).all())


def _from_row(
    claim: Claim, row: dict[Any, Any], cells: dict[tuple[str, ...], pd.DataFrame], identities: list[Identity], moment: Moment
) -> Evidence:
    """Turn a published row, or a pair of rows, into evidence in the unit of the claim."""
    value, allowed = _exact(row["value"]), _allowed(row)
    flags: tuple[str, ...] = tuple(
        flag
        for flag, holds in (
            (SeenIn.REPORTED_BY_OTHERS, row["seen_in"] == SeenIn.REPORTED_BY_OTHERS),
            (Nature.ESTIMATE, row["nature"] == Nature.ESTIMATE),
        )
        if holds
    )
    if claim.measure == ClaimMeasure.RATIO:
        value, allowed = value / _exact(row["value_other"]), allowed.over(_allowed(row, "_other"))
    elif claim.measure == ClaimMeasure.VALUE:
        narrowed = _narrowed_bounds(claim, allowed, row, cells, identities)
        if narrowed.empty:
            flags += ("the vintage's own figures disagree",)
        elif narrowed != allowed:
            flags += ("bounds narrowed by an identity",)
        allowed = narrowed
    elif claim.measure == ClaimMeasure.COMPLEMENT:
        value, allowed = 100 - value, allowed.complement()
    return Evidence(claim, Basis.PUBLISHED, row["source"], row["vintage"], int(row["year"]), value, allowed, flags, moments=(moment,))


def _narrowed_bounds(
    claim: Claim, allowed: Interval, row: dict[Any, Any], cells: dict[tuple[str, ...], pd.DataFrame], identities: list[Identity]
) -> Interval:
    """Return the bounds of the printed figure, narrowed by the other figures of the same vintage."""
    for identity in identities:
        quantities = {part: identity.quantity(part) for part in (ALL, identity.first, identity.second)}
        if claim.quantity not in quantities.values():
            continue
        parts: dict[str, Interval] = {}
        for part, quantity in quantities.items():
            cell = cells[quantity]
            cell = cell[(cell["source"] == row["source"]) & (cell["vintage"] == row["vintage"]) & (cell["year"] == row["year"])]
            if not cell.empty:
                parts[part] = _allowed(cell.iloc[0])
        total, first, second = (parts.get(part) for part in (ALL, identity.first, identity.second))
        if claim.quantity == quantities[ALL] and first and second:
            allowed = allowed.meet(identity.total(first, second))
        elif claim.quantity == quantities[identity.second] and total and first:
            allowed = allowed.meet(identity.other_part(total, first))
        elif claim.quantity == quantities[identity.first] and total and second:
            allowed = allowed.meet(identity.first_part(total, second))
    return allowed


def _counted_economies(claim: Claim, observations: pd.DataFrame) -> Iterator[Evidence]:
    """Yield, for each vintage of the source, the number of economies whose newest value is below the figure."""
    wanted = observations[
        (observations["indicator"] == claim.indicator)
        & (observations["area_kind"] == AreaKind.ECONOMY)
        & (observations["source"] == claim.source)
        & (observations["sex"] == claim.sex)
        & (observations["locality"] == claim.locality)
        & (observations["age"] == claim.age)
        & observations["year"].between(claim.year - OLDEST_VALUE_YEARS, claim.year)
    ]
    # Economies are not counted in a file with few of them. The vintage of record is always counted: the drafters had it.
    economies = wanted.groupby("vintage")["area"].nunique()
    counted = economies[(economies >= LEAST_OF_THE_FULLEST * economies.max()) | (economies.index == claim.vintage_of_record)].index
    wanted = wanted[wanted["vintage"].isin(counted)]
    vintages = wanted[["vintage", "published"]].drop_duplicates().sort_values(["published", "vintage"])
    names = economy_names()
    for row in vintages.itertuples():
        newest = wanted[wanted["vintage"] == row.vintage].sort_values("year").drop_duplicates("area", keep="last")
        figure = float(claim.figure)
        below, surely, possibly = (Decimal(int((newest[end] < figure).sum())) for end in ("value", "upper", "lower"))
        lowest = newest[newest["value"] < figure].nsmallest(5, "value")
        why = (
            "Lowest: " + ", ".join(f"{names.get(str(cell.area), cell.area)} {cell.value:.1f} ({cell.year})" for cell in lowest.itertuples())
            if len(lowest)
            else ""
        )
        moments: tuple[Moment, ...] = (Moment.AT_ADOPTION,) if row.vintage == claim.vintage_of_record else ()
        moments += (Moment.NOW,) if row.vintage == vintages["vintage"].iloc[-1] else ()
        year, allowed = int(newest["year"].max()), Interval(surely, possibly)
        yield Evidence(claim, Basis.PUBLISHED, claim.source, str(row.vintage), year, below, allowed, (), why, moments or (Moment.HISTORY,))
    if claim.vintage_of_record not in set(vintages["vintage"]):
        yield _no_figure(
            claim, Basis.PUBLISHED, f"{vintage_name(claim.source, claim.vintage_of_record)} is not available", Moment.AT_ADOPTION
        )
    if vintages.empty:
        years = f"{claim.year - OLDEST_VALUE_YEARS} to {claim.year}"
        yield _no_figure(claim, Basis.PUBLISHED, f"no vintage has a value of an economy of “{_title(claim)}” for {years}", Moment.NOW)


def _computed(claim: Claim, observations: pd.DataFrame, aggregates: pd.DataFrame) -> Iterator[Evidence]:
    """Yield the figure computed from the economies' values, where the claim is on a group and the values reach its year."""
    if claim.measure == ClaimMeasure.ECONOMIES_BELOW:
        return
    table = aggregates[
        (aggregates["indicator"] == claim.indicator)
        & (aggregates["membership"] == MembershipList.IN_FORCE)
        & (aggregates["rule"] == Rule.INTERPOLATE_AND_CARRY)
    ]
    table = table[(table["sex"] == claim.sex) & (table["locality"] == claim.locality) & (table["age"] == claim.age)]
    dated = observations[["source", "vintage", "published"]].drop_duplicates()
    table = table.merge(dated, on=["source", "vintage"])
    if table.empty:
        why = f"no economy has a value of “{_title(claim)}” for this population"
        yield _no_figure(claim, Basis.COMPUTED, why, Moment.AT_ADOPTION, Moment.NOW)
        return
    # The newest vintage in which enough people report for the claim's year; if there is none, the newest, with that reason.
    enough = (table["year"] == claim.year) & (table["group_name"] == claim.area) & (table["publishable"] != Publishable.NOT_PUBLISHED)
    reaching = table.assign(reaches=enough).groupby(["source", "vintage", "published"])["reaches"].any()
    vintages = by_age(reaching.reset_index(), "reaches")
    before, now = vintages[vintages["published"] <= claim.adopted].tail(1), vintages.tail(1)
    history = vintages[vintages["reaches"]].drop([*before.index, *now.index], errors="ignore")
    others = [(Moment.HISTORY, history.loc[[index]]) for index in history.index]
    for moment, chosen in ((Moment.AT_ADOPTION, before), (Moment.NOW, now), *others):
        if chosen.empty:
            yield _no_figure(claim, Basis.COMPUTED, "no vintage with values of economies from before the adoption is available", moment)
            continue
        source, vintage = chosen[["source", "vintage"]].iloc[0]
        cells = table[(table["source"] == source) & (table["vintage"] == vintage)]
        own_year = cells[cells["year"] == claim.year].set_index("group_name")
        if claim.compared_with:
            own_year = own_year[(own_year.index != claim.compared_with) | (own_year["value"] != 0)]
        groups = [claim.area, *([claim.compared_with] if claim.compared_with else [])]
        thin = own_year[own_year.index.isin(groups) & (own_year["publishable"] == Publishable.NOT_PUBLISHED)]
        if not set(groups) <= set(own_year.index) or not thin.empty:
            good = cells[cells["group_name"].isin(groups) & (cells["publishable"] == Publishable.PUBLISHED)]
            of_all_groups = good.groupby("year")["group_name"].nunique() == len(groups)
            newest = of_all_groups[of_all_groups].index.max()
            available = (
                f"values for {claim.year} of only {_percent(thin['coverage'].min())} of the people"
                if not thin.empty
                else f"no value of an economy for {claim.year}"
            )
            why = f"{vintage_name(source, vintage)} has {available}" + (
                "" if pd.isna(newest) else f". The newest year with values for two thirds of the people is {int(newest)}"
            )
            yield Evidence(claim, Basis.COMPUTED, source, vintage, claim.year, why=why, moments=(moment,))
            continue
        row = own_year.loc[claim.area]
        value, allowed = _exact(row["value"]), _allowed(row)
        if claim.measure == ClaimMeasure.COMPLEMENT:
            value, allowed = 100 - value, allowed.complement()
        elif claim.measure == ClaimMeasure.RATIO:
            other = own_year.loc[str(claim.compared_with)]
            value, allowed = value / _exact(other["value"]), allowed.over(_allowed(other))
        why = f"Economies with {_percent(row['coverage'])} of the people report a value"
        yield Evidence(claim, Basis.COMPUTED, source, vintage, claim.year, value, allowed, (OWN_ESTIMATE,), why, (moment,))


def _no_figure(claim: Claim, basis: Basis, why: str, *moments: Moment) -> Evidence:
    """Return evidence without a figure, with the reason; it is listed under the vintage of record."""
    return Evidence(claim, basis, claim.source, claim.vintage_of_record, claim.year, why=why, moments=moments)


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


def _title(claim: Claim) -> str:
    """Return the title of a claim's indicator."""
    return indicators()[claim.indicator].title


def _percent(share: float) -> str:
    """Return a share as a whole per cent."""
    return f"{share * 100:.0f} %"


def _margin(stated: Interval, value: Decimal | None) -> Decimal | None:
    """Return how far inside (positive) or outside (negative) its interval a value is; missing without a value or an end."""
    if value is None:
        return None
    ends = [value - stated.lower] if stated.lower is not None else []
    ends += [stated.upper - value] if stated.upper is not None else []
    return min(ends) if ends else None


def _allowed(row: Any, suffix: str = "") -> Interval:
    lower, upper = (None if pd.isna(row[end + suffix]) else _exact(row[end + suffix]) for end in ("lower", "upper"))
    return Interval(lower, upper)


def _exact(value: float) -> Decimal:
    """Return the decimal a float was written as."""
    return Decimal(repr(float(value)))


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
