"""The tables of the crosswalk: which indicator relates to which paragraph, action line and SDG indicator, and who says so.

A tie is *official* where a document makes it, else *proposed* by us. No official set of indicators by action line was found. The ties
themselves are in `indicators.registries.crosswalk`.
"""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import ALL, Breakdown, Tie
from indicators.registries import crosswalk as registry
from indicators.registries.resolution import FOLLOWED, Claim

ALL_GOALS = "all"


def crosswalk_table(statements: list[Claim]) -> pd.DataFrame:
    """Return the ties as rows of the `crosswalk` contract: paragraph, action line, indicator and breakdown, with the SDG indicator.

    Args:
        statements: The statements of the resolution. A paragraph that states a figure of an indicator and breakdown ties itself to it,
            unless its words leave that to a reading, or are of another definition than the indicator's.

    A tie to the 2030 Agenda is official where the indicator is the one its framework names; one of an action line to the SDG indicator,
    where the facilitators' matrix ties the line to the target or the goal. Missing: an indicator that relates to no SDG indicator.
    """
    stated = {(claim.paragraph, claim.indicator, _breakdown(claim)) for claim in statements if _is_literal(claim)}
    rows = []
    for row in registry.rows():
        for indicator in row.indicators:
            is_sdg = row.sdg is not None and indicator in registry.measured_by()[row.sdg]
            for paragraph in row.paragraphs:
                is_stated = (paragraph, indicator, row.breakdown) in stated
                for line in row.action_lines:
                    # The matrix ties lines to targets, and so to the indicators that measure them, and to no similar ones.
                    is_in_matrix = is_sdg and _is_tied(line, str(row.sdg))
                    rows.append(
                        {
                            "paragraph": paragraph,
                            "action_line": line,
                            "indicator": indicator,
                            "breakdown": row.breakdown,
                            "sdg_indicator": row.sdg,
                            "core_list": row.core_list,
                            "paragraph_tie": _tie(is_stated),
                            "sdg_tie": _tie(is_sdg) if row.sdg else None,
                            "action_line_tie": _tie(is_in_matrix),
                            "basis": _basis(row.sdg, is_stated=is_stated, is_sdg=is_sdg, is_in_matrix=is_in_matrix),
                        }
                    )
    table = pd.DataFrame(rows).sort_values("paragraph", kind="stable", ignore_index=True)
    return conform("crosswalk", table)


def paragraphs_table(crosswalk: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the paragraphs that the project relates to, as rows of the `paragraphs` contract.

    Args:
        crosswalk: Rows of the `crosswalk` contract.
        claims: The statements: claim, paragraph.
    """
    rows = []
    for number, paragraph in registry.paragraphs().items():
        indicators = crosswalk.loc[crosswalk["paragraph"] == number, "indicator"]
        stated = claims.loc[claims["paragraph"] == number, "claim"]
        rows.append(
            asdict(paragraph) | {"paragraph": number, "claims": _joined(stated), "indicators": _joined(indicators), "resolution": FOLLOWED}
        )
    return conform("paragraphs", pd.DataFrame(rows))


def action_lines_table(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return every action line with what it is tied to, as rows of the `action_lines` contract."""
    rows = []
    for code, line in registry.action_lines().items():
        own = crosswalk[crosswalk["action_line"] == code]
        rows.append(
            asdict(line) | {"action_line": code, "sdg_targets": ", ".join(line.sdg_targets), "indicators": _joined(own["indicator"])}
        )
    return conform("action_lines", pd.DataFrame(rows))


def calendar_table() -> pd.DataFrame:
    """Return the requests of the resolution, their addressees and dates, as rows of the `calendar` contract, the earliest first."""
    rows = pd.DataFrame([asdict(request) for request in registry.requests()])
    return conform("calendar", rows.sort_values(["due_year", "paragraph"], ignore_index=True))


def _tie(is_official: bool) -> Tie:
    return Tie.OFFICIAL if is_official else Tie.PROPOSED


def _is_tied(line: str, sdg: str) -> bool:
    """Say whether the matrix ties an action line to the target, or the goal, of an SDG indicator."""
    target, goal = sdg.rpartition(".")[0], sdg.partition(".")[0]
    return bool({target, goal, ALL_GOALS} & set(registry.action_lines()[line].sdg_targets))


def _basis(sdg: str | None, *, is_stated: bool, is_sdg: bool, is_in_matrix: bool) -> str:
    """Say who makes each tie."""
    parts = ["the paragraph states a figure of it" if is_stated else "paragraph: our reading"]
    if is_sdg:
        parts.append(f"it is {sdg} of the global indicator framework")
    elif sdg:
        parts.append(f"{sdg}: our reading, it is made of that indicator or is similar to it")
    if is_in_matrix:
        parts.append("action line: tied to its target by the facilitators' WSIS-SDG matrix, as reported by others")
    else:
        parts.append("action line: our reading")
    return "; ".join(parts)


def _is_literal(claim: Claim) -> bool:
    """Say whether a paragraph states a figure of the indicator in its own words."""
    return claim.reading is None and not any(flag.startswith("definition differs") for flag in claim.flags)


def _breakdown(claim: Claim) -> str:
    """Name the breakdown of a claim; an age that is the base of the indicator is none."""
    return next((name for name in (Breakdown.SEX, Breakdown.LOCALITY) if getattr(claim, name) != ALL), Breakdown.ALL)


def _joined(names: pd.Series) -> str | None:
    return ", ".join(dict.fromkeys(names)) or None
