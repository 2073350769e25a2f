"""The figures of an earlier resolution: as stated, in the newest vintage for the same year, and in the newest year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators.claims.verdicts import judge
from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import Basis, ClaimMeasure, Moment
from indicators.registries.resolution import Claim, Identity, claims_table
from indicators.registries.sources import by_age, vintage_name

_KEY = ["indicator", "area", "sex", "locality", "age"]


def earlier_resolution(
    earlier_statements: list[Claim], statements: list[Claim], dated_observations: pd.DataFrame, identities: list[Identity]
) -> pd.DataFrame:
    """Compare the statements of an earlier resolution with the newest figures.

    Args:
        earlier_statements: Its statements, shares or their complements; `counterpart` names the matching statement of the later one.
        statements: The statements of the later resolution.
        dated_observations: Rows of the `observations` contract, all dated vintages.
        identities: How totals depend on their parts, as in `judge`.

    Returns:
        Rows of the `earlier_resolution` contract. `value` is the figure for the stated year in the newest vintage that has it, judged
        by the rules of `verdicts`; `latest` is the figure of the newest year, from the newest vintage that has it. The two vintages may
        differ, so no difference between the two figures is computed.

    Missing data: without a figure in any vintage a statement is *not measurable*; `why` then names who publishes it.
    """
    computed = pd.DataFrame(columns=[*_KEY, "group_name", "membership", "rule", "source", "vintage"])
    judged = judge(earlier_statements, dated_observations, computed, identities)
    now = judged[(judged["moment"] == Moment.NOW) & (judged["basis"] == Basis.PUBLISHED)].set_index("claim")
    stated = {claim.claim: claim for claim in statements}
    rows = []
    for row in claims_table(earlier_statements).to_dict("records"):
        verdict = now.loc[row["claim"]]
        has_figure = pd.notna(verdict["value"])
        counterpart = stated.get(str(row["counterpart"]))
        rows.append(
            row
            | {name: verdict[name] if has_figure else None for name in ("value", "margin", "source", "vintage", "published")}
            | {"verdict": verdict["verdict"], "explanation": verdict["explanation"], "why": None if has_figure else _why_not(row)}
            | _latest(row, dated_observations)
            | {
                "counterpart_statement": counterpart and counterpart.statement,
                "counterpart_figure": counterpart and float(counterpart.figure),
            }
        )
    return conform("earlier_resolution", pd.DataFrame(rows))


def _why_not(claim: dict[Any, Any]) -> str:
    """Return why there is no figure: the reason in the registry, or, in a filtered build, that no vintage has the year."""
    return str(claim["not_held"]) if pd.notna(claim["not_held"]) else f"no vintage has a figure for {claim['year']}"


def _latest(claim: dict[Any, Any], observations: pd.DataFrame) -> dict[str, Any]:
    """Return the figure of a claim's quantity in the newest year, with its source."""
    figures = observations[(observations[_KEY] == pd.Series({name: claim[name] for name in _KEY})).all(axis=1)]
    figures = by_age(figures[figures["year"] == figures["year"].max()]).tail(1)
    if figures.empty:
        return {}
    row = figures.iloc[0]
    value = 100 - row["value"] if claim["measure"] == ClaimMeasure.COMPLEMENT else row["value"]
    summary = f"{vintage_name(row['source'], row['vintage'])} gives {value:.4g} % for {row['year']}."
    return {"latest_summary": summary, "latest": value} | {f"latest_{name}": row[name] for name in ("year", "source", "vintage")}
