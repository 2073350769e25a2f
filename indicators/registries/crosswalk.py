"""Which indicator relates to which paragraph of A/RES/80/173, action line and indicator of the 2030 Agenda: the registry and its reader.

The relations are in `crosswalk.toml`, what the paragraphs say and request in `paragraphs.toml`;
`indicators.claims.crosswalk` makes the tables.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from indicators.contracts.vocabulary import Breakdown

_FILE = "indicators/registries/crosswalk.toml"


@dataclass(frozen=True)
class Row:
    """Indicators, the breakdown of them that is meant, and what they relate to."""

    indicators: list[str]
    paragraphs: list[int]
    action_lines: list[str]
    breakdown: str = Breakdown.ALL
    sdg: str | None = None
    core_list: str | None = None


@dataclass(frozen=True)
class ActionLine:
    """An action line, the targets and goals that the facilitators' matrix ties it to, and why it has no indicator, if it has none."""

    title: str
    sdg_targets: list[str]
    reason: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """What a paragraph says, in our words, what that is based on, and why it has no indicator, if it has none."""

    summary: str
    based_on: str
    reason: str | None = None


@dataclass(frozen=True)
class Request:
    """A request of the resolution: the body addressed, the body it reports to, and the date."""

    paragraph: int
    request: str
    due: str
    addressee: str | None = None
    reported_to: str | None = None
    due_year: int | None = None


@dataclass
class Ties:
    """What an indicator relates to; `no_paragraph_because` is the reason where it relates to no paragraph."""

    sdg_indicator: str | None = None
    action_lines: set[str] = field(default_factory=set)
    paragraphs: set[int] = field(default_factory=set)
    no_paragraph_because: str | None = None


def rows() -> list[Row]:
    """Return the ties as the registry has them."""
    return [Row(**entry) for entry in _registry("crosswalk")["rows"]]


@cache
def action_lines() -> dict[str, ActionLine]:
    """Return the action lines by their code, in the order of the registry."""
    return {code: ActionLine(**entry) for code, entry in _registry("crosswalk")["action_lines"].items()}


@cache
def measured_by() -> dict[str, list[str]]:
    """Return, by indicator of the 2030 Agenda, the indicators that measure it; others only relate to it."""
    return {code: entry["measured_by"] for code, entry in _registry("crosswalk")["sdg"].items()}


def paragraphs() -> dict[int, Paragraph]:
    """Return the paragraphs that the project relates to, by number."""
    return {int(number): Paragraph(**entry) for number, entry in _registry("paragraphs")["paragraphs"].items()}


def requests() -> list[Request]:
    """Return what the resolution asks for."""
    return [Request(**entry) for entry in _registry("paragraphs")["requests"]]


@cache
def ties_of_indicators() -> dict[str, Ties]:
    """Return, by indicator, what it relates to.

    Raises:
        ValueError: An indicator is tied to two SDG indicators, or has a paragraph and a reason for having none.
    """
    found: dict[str, Ties] = {}
    for row in rows():
        for name in row.indicators:
            ties = found.setdefault(name, Ties())
            if None not in (ties.sdg_indicator, row.sdg) and ties.sdg_indicator != row.sdg:
                raise ValueError(f"{_FILE}: {name} is tied to {ties.sdg_indicator} and {row.sdg}; keep one")
            ties.sdg_indicator = ties.sdg_indicator or row.sdg
            ties.action_lines |= set(row.action_lines)
            ties.paragraphs |= set(row.paragraphs)
    for group in _registry("crosswalk")["without_paragraph"]:
        for name in group["indicators"]:
            if name in found:
                raise ValueError(f"{_FILE}: {name} has a paragraph and a reason for having none; keep one")
            found[name] = Ties(no_paragraph_because=group["reason"])
    return found


@cache
def _registry(name: str) -> dict[str, Any]:
    registry = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
    if name == "crosswalk":
        # An entry of the catalogue can say itself what its indicator relates to.
        for indicator, entry in _registry("catalogue")["indicators"].items():
            registry["rows"].extend({"indicators": [indicator], **ties} for ties in entry.get("relates_to", ()))
            if reason := entry.get("no_paragraph_because"):
                registry["without_paragraph"].append({"indicators": [indicator], "reason": reason})
    return registry
