"""The statements of the resolution with what became of each: verdicts, other vintages, conflicts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from indicators.contracts.vocabulary import Verdict
from pipelines.publication.site.area_profiles import Row, rows

if TYPE_CHECKING:
    import pandas as pd


def statements(claims: pd.DataFrame, verdicts: pd.DataFrame) -> list[Row]:
    """Return the claims in the order of the paragraphs, each with its verdicts: at adoption, now, computed here, and of other vintages."""
    judged: dict[str, list[Row]] = {}
    for verdict in rows(verdicts):
        judged.setdefault(verdict["claim"], []).append(verdict)
    found = []
    for claim in rows(claims.sort_values("paragraph", kind="stable")):
        of_claim = judged.get(claim["claim"], [])
        published = {row["moment"]: row for row in of_claim if row["basis"] == "published"}
        at_adoption, now = published.get("at adoption"), published.get("now")
        found.append(
            {
                "claim": claim,
                "at_adoption": at_adoption,
                "now": now,
                "has_changed": at_adoption is not None and now is not None and at_adoption["verdict"] != now["verdict"],
                "same_vintage": at_adoption is not None and now is not None and _edition(at_adoption) == _edition(now),
                "computed": next((row for row in of_claim if row["basis"] == "computed" and row["moment"] == "now"), None),
                "history": sorted((row for row in of_claim if row["moment"] == "history"), key=lambda row: (*_edition(row), row["basis"])),
            }
        )
    return found


def tally(of: list[Row]) -> list[Row]:
    """Count the statements by verdict, at adoption and now, each in its first reading; a verdict that none has is left out."""
    once = [row for row in of if not row["claim"]["reading_of"]]
    counts = {moment: Counter(row[moment]["verdict"] for row in once if row[moment]) for moment in ("at_adoption", "now")}
    counted = [{"verdict": verdict} | {moment: counts[moment][verdict] for moment in counts} for verdict in Verdict]
    return [row for row in counted if row["at_adoption"] or row["now"]]


def conflicts(table: pd.DataFrame, claims: pd.DataFrame) -> list[Row]:
    """Return the conflicts, the claims they name written out; one side may be several statements together."""
    by_name = {claim["claim"]: claim for claim in rows(claims)}
    return [row | {side: [by_name[name] for name in named(row[side])] for side in ("claim_a", "claim_b")} for row in rows(table)]


def named(side: str | None) -> list[str]:
    """Return the claims that one side of an identity names.

    >>> named("women-online + men-online"), named(None)
    (['women-online', 'men-online'], [])
    """
    return side.split(" + ") if side else []


def _edition(verdict: Row) -> tuple[str, str]:
    return verdict["source"], verdict["vintage"]
