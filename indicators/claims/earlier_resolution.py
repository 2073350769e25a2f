"""The figures of an earlier resolution, then and now: as stated, as the newest vintage has the same year, and where the world is today."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators.claims.resolution import Claim, Identity, claims_table
from indicators.claims.verdicts import judge
from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import Basis, ClaimMeasure, Moment
from indicators.registries.sources import by_age, vintage_name

_KEY = ["indicator", "area", "sex", "locality", "age"]


def earlier_resolution(
    earlier_statements: list[Claim], statements: list[Claim], dated_observations: pd.DataFrame, identities: list[Identity]
) -> pd.DataFrame:
    """Hold the statements of an earlier resolution against the figures of today.

    Args:
        earlier_statements: Its statements, shares or what is left of them; `counterpart` names the statement that followed.
        statements: The statements of the resolution that followed.
        dated_observations: Rows of the `observations` contract, all dated vintages, with `rank_by_age` and `is_excerpt` of `editions`.
        identities: What ties totals to parts, as in `judge`.

    Returns:
        Rows of the `earlier_resolution` contract. `value` is the figure for the year stated in the newest vintage that has it, judged by
        the rules of `verdicts`; `latest` is that of the newest year there is, from the newest vintage that has it. The two are of one
        vintage or of two: no change is taken between them.

    Missing data: a statement on what no vintage has is *not measurable*; `why` then says who publishes it, or that none taken has its year.
    """
    computed = pd.DataFrame(columns=[*_KEY, "group_name", "membership", "rule", "source", "vintage"])
    judged = judge(earlier_statements, dated_observations, computed, identities)
    now = judged[(judged["moment"] == Moment.NOW) & (judged["basis"] == Basis.PUBLISHED)].set_index("claim")
    stated = {claim.claim: claim for claim in statements}
    rows = []
    for row in claims_table(earlier_statements).to_dict("records"):
        found = now.loc[row["claim"]]
        known = pd.notna(found["value"])
        counterpart = stated.get(str(row["counterpart"]))
        rows.append(
            row
            | {name: found[name] if known else None for name in ("value", "margin", "source", "vintage", "published")}
            | {"verdict": found["verdict"], "explanation": found["explanation"], "why": None if known else _why_not(row)}
            | _latest(row, dated_observations)
            | {
                "counterpart_statement": counterpart and counterpart.statement,
                "counterpart_figure": counterpart and float(counterpart.figure),
            }
        )
    return conform("earlier_resolution", pd.DataFrame(rows))


def _why_not(claim: dict[Any, Any]) -> str:
    """Say why there is no figure: what the registry says of all that is held, or, of a selection, that it has none of that year."""
    return str(claim["not_held"]) if pd.notna(claim["not_held"]) else f"no vintage has a figure for {claim['year']}"


def _latest(claim: dict[Any, Any], observations: pd.DataFrame) -> dict[str, Any]:
    """Return the figure of the newest year of what a claim speaks of, with its source."""
    held = observations[(observations[_KEY] == pd.Series({name: claim[name] for name in _KEY})).all(axis=1)]
    held = by_age(held[held["year"] == held["year"].max()]).tail(1)
    if held.empty:
        return {}
    row = held.iloc[0]
    value = 100 - row["value"] if claim["measure"] == ClaimMeasure.COMPLEMENT else row["value"]
    told = f"{vintage_name(row['source'], row['vintage'])} gives {value:.4g} % for {row['year']}."
    return {"latest_summary": told, "latest": value} | {f"latest_{name}": row[name] for name in ("year", "source", "vintage")}
