"""The statements of the resolution with their verdicts: at adoption, now, computed here, and of other vintages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.contracts import vocabulary
from indicators.contracts.vocabulary import Basis, Moment
from pipelines.publication.rows.resolution import Claim, ClaimConflict, Verdict
from pipelines.publication.tables import Tables, rows_by, typed_rows


@dataclass(frozen=True)
class Statement:
    """A claim with its verdicts."""

    claim: Claim
    at_adoption: Verdict | None
    now: Verdict | None
    computed: Verdict | None
    history: Sequence[Verdict]

    @property
    def has_changed(self) -> bool:
        """Whether the verdict now differs from that at adoption."""
        return self.at_adoption is not None and self.now is not None and self.at_adoption.verdict != self.now.verdict

    @property
    def is_of_one_vintage(self) -> bool:
        """Whether both verdicts are on the same vintage."""
        return self.at_adoption is not None and self.now is not None and self.at_adoption.made_from == self.now.made_from


@dataclass(frozen=True)
class VerdictCount:
    """How many statements have a verdict."""

    verdict: str
    at_adoption: int
    now: int


@dataclass(frozen=True)
class ConflictSide:
    """One side of a conflict: one or several statements, and what they give for the common quantity."""

    claims: Sequence[Claim]
    interval: str


@dataclass(frozen=True)
class Conflict:
    """Statements that cannot both hold."""

    sides: tuple[ConflictSide, ConflictSide]
    identity: str
    gap: float


def statements(tables: Tables) -> list[Statement]:
    """Return the claims in the order of the paragraphs, each with its verdicts."""
    judged = rows_by(typed_rows(tables.read("verdicts"), Verdict), lambda row: row.claim)
    judged_claims = []
    for claim in typed_rows(tables.read("claims").sort_values("paragraph", kind="stable"), Claim):
        verdicts = judged.get(claim.claim, [])
        published = {row.moment: row for row in verdicts if row.basis == Basis.PUBLISHED}
        judged_claims.append(
            Statement(
                claim,
                at_adoption=published.get(Moment.AT_ADOPTION),
                now=published.get(Moment.NOW),
                computed=next((row for row in verdicts if row.basis == Basis.COMPUTED and row.moment == Moment.NOW), None),
                history=sorted((row for row in verdicts if row.moment == Moment.HISTORY), key=lambda row: (*row.made_from, row.basis)),
            )
        )
    return judged_claims


def verdict_counts(judged: Sequence[Statement]) -> list[VerdictCount]:
    """Count the statements by verdict, each in its first reading; a verdict that none has is left out."""
    once = [row for row in judged if not row.claim.reading_of]
    at_adoption = Counter(row.at_adoption.verdict for row in once if row.at_adoption)
    now = Counter(row.now.verdict for row in once if row.now)
    return [
        VerdictCount(verdict, at_adoption[verdict], now[verdict]) for verdict in vocabulary.Verdict if at_adoption[verdict] or now[verdict]
    ]


def conflicts(tables: Tables, claims: Mapping[str, Claim]) -> list[Conflict]:
    """Return the statements that cannot both hold.

    Args:
        tables: The published tables; used is `claim_conflicts`.
        claims: The claims by name.
    """

    def side(names: str, interval: str) -> ConflictSide:
        return ConflictSide([claims[name] for name in claim_names(names)], interval)

    return [
        Conflict((side(row.claim_a, row.interval_a), side(row.claim_b, row.interval_b)), row.identity, row.gap)
        for row in typed_rows(tables.read("claim_conflicts"), ClaimConflict)
    ]


def claim_names(side: str | None) -> list[str]:
    """Return the claims that one side of an identity names.

    >>> claim_names("women-online + men-online"), claim_names(None)
    (['women-online', 'men-online'], [])
    """
    return side.split(" + ") if side else []
