"""The evidence on the resolution's statements: the figure that each vintage has for each claim, and the values that its rounding allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

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
)
from indicators.conventions import whole
from indicators.registries.areas import economy_names
from indicators.registries.catalogue import indicators
from indicators.registries.resolution import Claim, Identity
from indicators.registries.sources import by_age, sources, vintage_name
from indicators.wording.intervals import Interval

#: A reported value up to this many years older than the claim is used for an economy.
OLDEST_VALUE_YEARS = whole("oldest_value_years")

_KEY = ["indicator", "area", "sex", "locality", "age"]


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


def evidence(
    statements: list[Claim],
    cells: dict[tuple[str, ...], pd.DataFrame],
    dated_observations: pd.DataFrame,
    dated_aggregates: pd.DataFrame,
    identities: list[Identity],
) -> list[Evidence]:
    """Return the figures of all vintages for all claims: as published, counted over economies, and as computed.

    Args:
        statements: The statements.
        cells: The result of `by_quantity`.
        dated_observations: Rows of the `observations` contract, all dated vintages.
        dated_aggregates: Rows of the `aggregates` contract, dated vintages only.
        identities: How totals depend on their parts; they narrow the bounds of published figures within one vintage.
    """
    counted = [claim for claim in statements if claim.measure == ClaimMeasure.ECONOMIES_BELOW]
    published = [claim for claim in statements if claim.measure != ClaimMeasure.ECONOMIES_BELOW]
    return [
        *(piece for claim in published for piece in _published(claim, cells, identities)),
        *(piece for claim in counted for piece in _counted_economies(claim, dated_observations)),
        *(piece for claim in statements for piece in _computed(claim, dated_observations, dated_aggregates)),
    ]


def by_quantity(claims: list[Claim], identities: list[Identity], observations: pd.DataFrame) -> dict[tuple[str, ...], pd.DataFrame]:
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
        same = ["source", "vintage", "published", "rank_by_age", "year"]
        published_figures = published_figures.merge(other, on=same, suffixes=("", "_other"))
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
    value, allowed = as_decimal(row["value"]), _allowed(row)
    flags: tuple[str, ...] = tuple(
        flag
        for flag, holds in (
            (SeenIn.REPORTED_BY_OTHERS, row["seen_in"] == SeenIn.REPORTED_BY_OTHERS),
            (Nature.ESTIMATE, row["nature"] == Nature.ESTIMATE),
        )
        if holds
    )
    if claim.measure == ClaimMeasure.RATIO:
        value, allowed = value / as_decimal(row["value_other"]), allowed.over(_allowed(row, "_other"))
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
    # Economies are not counted in an excerpt. The vintage of record is always counted: the drafters had it.
    wanted = wanted[~wanted["is_excerpt"].astype("bool") | (wanted["vintage"] == claim.vintage_of_record)]
    vintages = by_age(wanted[["vintage", "rank_by_age"]].drop_duplicates())
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
    reaching = table.assign(reaches=enough).groupby(["source", "vintage", "published", "rank_by_age"])["reaches"].any()
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
        value, allowed = as_decimal(row["value"]), _allowed(row)
        if claim.measure == ClaimMeasure.COMPLEMENT:
            value, allowed = 100 - value, allowed.complement()
        elif claim.measure == ClaimMeasure.RATIO:
            other = own_year.loc[str(claim.compared_with)]
            value, allowed = value / as_decimal(other["value"]), allowed.over(_allowed(other))
        why = f"Economies with {_percent(row['coverage'])} of the people report a value"
        yield Evidence(claim, Basis.COMPUTED, source, vintage, claim.year, value, allowed, (OWN_ESTIMATE,), why, (moment,))


def _no_figure(claim: Claim, basis: Basis, why: str, *moments: Moment) -> Evidence:
    """Return evidence without a figure, with the reason; it is listed under the vintage of record."""
    return Evidence(claim, basis, claim.source, claim.vintage_of_record, claim.year, why=why, moments=moments)


def _title(claim: Claim) -> str:
    """Return the title of a claim's indicator."""
    return indicators()[claim.indicator].title


def _percent(share: float) -> str:
    """Return a share as a whole per cent."""
    return f"{share * 100:.0f} %"


def _allowed(row: Any, suffix: str = "") -> Interval:
    lower, upper = (None if pd.isna(row[end + suffix]) else as_decimal(row[end + suffix]) for end in ("lower", "upper"))
    return Interval(lower, upper)


def as_decimal(value: float) -> Decimal:
    """Return the decimal a float was written as."""
    return Decimal(repr(float(value)))
