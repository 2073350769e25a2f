"""Rows about the resolution: its paragraphs, its statements, and their verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.publication.rows.vintages import Vintaged


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the resolution: a row of `paragraphs`."""

    paragraph: int
    resolution: str
    summary: str
    based_on: str
    indicators: str | None
    reason: str | None


@dataclass(frozen=True)
class Claim:
    """A measurable statement of the resolution: a row of `claims`."""

    claim: str
    resolution: str
    paragraph: int
    adopted: str
    statement: str
    wording: str
    reading: str | None
    reading_of: str | None
    lower: float | None
    upper: float | None
    interval: str
    unit: str
    indicator: str


@dataclass(frozen=True)
class Verdict(Vintaged):
    """A claim judged against one vintage: a row of `verdicts`."""

    claim: str
    moment: str
    basis: str
    published: str | None
    year: int
    value: float | None
    lower: float | None
    upper: float | None
    verdict: str
    margin: float | None
    flags: str | None
    changed_from: str | None
    change: str | None
    explanation: str


@dataclass(frozen=True)
class ClaimConflict:
    """Two sets of statements that cannot both hold: a row of `claim_conflicts`."""

    claim_a: str
    claim_b: str
    identity: str
    interval_a: str
    interval_b: str
    gap: float


@dataclass(frozen=True)
class ClaimIdentity:
    """A statement compared with what others imply: a row of `claim_identities`."""

    claim_a: str
    claim_b: str | None
    identity: str
    steps: str
    interval_a: str
    interval_b: str
    result: str
    gap: float


@dataclass(frozen=True)
class Tie:
    """A paragraph and an indicator on the same subject: a row of `crosswalk`."""

    paragraph: int
    indicator: str
    breakdown: str
    sdg_indicator: str | None
    core_list: str | None
    paragraph_tie: str


@dataclass(frozen=True)
class CalendarEntry:
    """One thing that the resolution asks for: a row of `calendar`."""

    paragraph: int
    request: str
    addressee: str | None
    reported_to: str | None
    due: str
    due_year: int | None


@dataclass(frozen=True)
class UnmeasuredTopic:
    """A topic of the resolution without figures of economies: a row of `unmeasured_topics`."""

    name: str
    topic: str
    paragraphs: str
    why: str
    measured_by: str
    sdg_indicator: str | None
    core_list: str | None
    publisher: str
    connectors: str | None
    indicators: str | None
    status: str
    economies: int
    newest_year: int | None


@dataclass(frozen=True)
class EarlierStatement:
    """A statement of the resolution of 2015, compared with today: a row of `earlier_resolution`."""

    claim: str
    resolution: str
    adopted: str
    paragraph: int
    statement: str
    wording: str
    reading: str | None
    interval: str
    unit: str
    year: int
    value: float | None
    source: str | None
    vintage: str | None
    verdict: str
    explanation: str
    why: str | None
    latest_summary: str | None
    counterpart: str | None
    counterpart_statement: str | None
