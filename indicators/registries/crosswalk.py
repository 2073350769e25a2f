"""Which indicator speaks to which paragraph of A/RES/80/173, action line and indicator of the 2030 Agenda, and who says so.

The ties stand in `crosswalk.toml`, what the paragraphs say and ask in `paragraphs.toml`. A tie is *official* where a document makes it,
else *proposed* by us. No official set of indicators by action line was found.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.claims.resolution import Claim
from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import ALL, Breakdown, Tie

ALL_GOALS = "all"


def crosswalk_table(statements: list[Claim]) -> pd.DataFrame:
    """Return the ties as rows of the `crosswalk` contract: paragraph, action line, indicator and breakdown, with the SDG indicator.

    Args:
        statements: The statements of the resolution. A paragraph that states a figure of an indicator and breakdown ties itself to it,
            unless its words leave that to a reading, or are of another definition than the indicator's.

    A tie to the 2030 Agenda is official where the indicator is the one its framework names; one of an action line to the SDG indicator,
    where the facilitators' matrix ties the line to the target or the goal. Missing: an indicator that speaks to no SDG indicator.
    """
    stated = {(claim.paragraph, claim.indicator, _breakdown(claim)) for claim in statements if _is_literal(claim)}
    rows = []
    for row in _registry("crosswalk")["rows"]:
        sdg, breakdown = row.get("sdg"), row.get("breakdown", Breakdown.ALL)
        for indicator in row["indicators"]:
            for paragraph in row["paragraphs"]:
                for line in row["action_lines"]:
                    is_sdg = bool(sdg) and indicator in _registry("crosswalk")["sdg"][sdg]["measured_by"]
                    ties = {
                        "paragraph_tie": Tie.OFFICIAL if (paragraph, indicator, breakdown) in stated else Tie.PROPOSED,
                        "sdg_tie": sdg and (Tie.OFFICIAL if is_sdg else Tie.PROPOSED),
                        # The matrix ties lines to targets, and so to the indicators that measure them, and to nothing that stands near.
                        "action_line_tie": Tie.OFFICIAL if is_sdg and _ties(line, sdg) else Tie.PROPOSED,
                    }
                    rows.append(
                        {
                            "paragraph": paragraph,
                            "action_line": line,
                            "indicator": indicator,
                            "breakdown": breakdown,
                            "sdg_indicator": sdg,
                            "core_list": row.get("core_list"),
                            **ties,
                            "basis": _basis(sdg, **ties),
                        }
                    )
    table = pd.DataFrame(rows).sort_values("paragraph", kind="stable", ignore_index=True)
    return conform("crosswalk", table)


def paragraphs_table(crosswalk: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the paragraphs that the project speaks to, as rows of the `paragraphs` contract.

    Args:
        crosswalk: Rows of the `crosswalk` contract.
        claims: The statements: claim, paragraph.
    """
    rows = []
    for number, entry in _registry("paragraphs")["paragraphs"].items():
        indicators = crosswalk.loc[crosswalk["paragraph"] == int(number), "indicator"]
        stated = claims.loc[claims["paragraph"] == int(number), "claim"]
        rows.append(
            entry | {"paragraph": int(number), "claims": _joined(stated), "indicators": _joined(indicators), "resolution": "A/RES/80/173"}
        )
    return conform("paragraphs", pd.DataFrame(rows))


def action_lines_table(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return every action line with what it is tied to, as rows of the `action_lines` contract."""
    rows = []
    for line, entry in _registry("crosswalk")["action_lines"].items():
        own = crosswalk[crosswalk["action_line"] == line]
        rows.append(entry | {"action_line": line, "sdg_targets": ", ".join(entry["sdg_targets"]), "indicators": _joined(own["indicator"])})
    return conform("action_lines", pd.DataFrame(rows))


def calendar_table() -> pd.DataFrame:
    """Return what the resolution asks of whom and when it is due, as rows of the `calendar` contract, the earliest first."""
    rows = pd.DataFrame(_registry("paragraphs")["requests"])
    return conform("calendar", rows.sort_values(["due_year", "paragraph"], ignore_index=True))


@cache
def ties_of_indicators() -> dict[str, dict[str, Any]]:
    """Return, by indicator, what it speaks to: `sdg_indicator`, `action_lines`, `paragraphs`, or `no_paragraph_because`.

    Raises:
        ValueError: An indicator is tied to two SDG indicators, or has a paragraph and a reason for having none.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in _registry("crosswalk")["rows"]:
        for name in row["indicators"]:
            entry = found.setdefault(name, {"sdg_indicator": None, "action_lines": set(), "paragraphs": set()})
            if None not in (entry["sdg_indicator"], row.get("sdg")) and entry["sdg_indicator"] != row["sdg"]:
                raise ValueError(
                    f"indicators/registries/crosswalk.toml: {name} is tied to {entry['sdg_indicator']} and {row['sdg']}; keep one"
                )
            entry["sdg_indicator"] = entry["sdg_indicator"] or row.get("sdg")
            entry["action_lines"] |= set(row["action_lines"])
            entry["paragraphs"] |= set(row["paragraphs"])
    for group in _registry("crosswalk")["without_paragraph"]:
        for name in group["indicators"]:
            if name in found:
                raise ValueError(f"indicators/registries/crosswalk.toml: {name} has a paragraph and a reason for having none; keep one")
            found[name] = {"no_paragraph_because": group["reason"]}
    return found


def _ties(line: str, sdg: str) -> bool:
    """Say whether the matrix ties an action line to the target, or the goal, of an SDG indicator."""
    target, goal = sdg.rpartition(".")[0], sdg.partition(".")[0]
    return bool({target, goal, ALL_GOALS} & set(_registry("crosswalk")["action_lines"][line]["sdg_targets"]))


def _basis(sdg: str | None, paragraph_tie: str, sdg_tie: str | None, action_line_tie: str) -> str:
    """Say who makes each tie."""
    parts = ["the paragraph states a figure of it" if paragraph_tie == Tie.OFFICIAL else "paragraph: our reading"]
    if sdg_tie == Tie.OFFICIAL:
        parts.append(f"it is {sdg} of the global indicator framework")
    elif sdg_tie == Tie.PROPOSED:
        parts.append(f"{sdg}: our reading, it is made of that indicator or stands near it")
    if action_line_tie == Tie.OFFICIAL:
        parts.append("action line: tied to its target by the facilitators' WSIS-SDG matrix, as reported by others")
    else:
        parts.append("action line: our reading")
    return "; ".join(parts)


def _is_literal(claim: Claim) -> bool:
    """Say whether a paragraph states a figure of the indicator in its own words."""
    return claim.reading is None and not any(flag.startswith("definition differs") for flag in claim.flags)


def _breakdown(claim: Claim) -> str:
    """Name the breakdown a claim speaks of; an age that is the base of the indicator is none."""
    return next((name for name in (Breakdown.SEX, Breakdown.LOCALITY) if getattr(claim, name) != ALL), Breakdown.ALL)


def _joined(names: pd.Series) -> str | None:
    return ", ".join(dict.fromkeys(names)) or None


@cache
def _registry(name: str) -> dict[str, Any]:
    registry = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
    if name == "crosswalk":
        # An entry of the catalogue can say itself what its indicator speaks to.
        for indicator, entry in _registry("catalogue")["indicators"].items():
            registry["rows"].extend({"indicators": [indicator], **ties} for ties in entry.get("speaks_to", ()))
            if reason := entry.get("no_paragraph_because"):
                registry["without_paragraph"].append({"indicators": [indicator], "reason": reason})
    return registry
