"""The status of a published or built database: what the digest and the line of a run compare with the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.editions.news import StatusSnapshot
from pipelines.warehouse import queries

if TYPE_CHECKING:
    from pipelines.warehouse.database import Published, Warehouse


def status_snapshot(database: Warehouse | Published) -> StatusSnapshot:
    """Read the parts of a publication that news is found in.

    Raises:
        CannotRead: The database cannot be read, or is of a time when its tables were others.
    """
    return StatusSnapshot(
        verdicts=database.query(
            "select claim, paragraph, basis, verdict, explanation from verdicts join claims using (claim) where moment = 'now' order by all"
        ),
        targets=database.query(
            "select target, statement, area, area_kind, status, latest, year, pace, required_pace, reason, source, vintage from targets"
        ),
        coverage=database.query(queries.model("headline_coverage")),
        sources=database.query("select source, connector_state, overdue, connector_message, summary from freshness"),
        history=database.query(
            queries.model("revisions_in_brief").narrowed(
                "select source, vintage_from, vintage_to, indicator, numbers, changed, withdrawn order by source, vintage_from, indicator"
            )
        ),
        snapshots=database.query("select snapshot, source, vintage, file from snapshots"),
    )


def what_changed(database: Published) -> str:
    """Return what the newest run of a publication changed, in one line."""
    return str(database.query("select what_changed from runs order by finished_at desc limit 1")["what_changed"].iloc[0])
