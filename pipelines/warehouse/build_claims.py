"""Make the tables on the resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.database import dated


def claims(warehouse: Warehouse) -> None:
    """Judge the statements of the resolution, hold them against one another, and those of ten years before against the figures of today."""
    from indicators.claims import resolution, verdicts
    from indicators.claims.earlier_resolution import earlier_resolution
    from indicators.contracts.tables import conform

    statements, identities = resolution.load_claims(), resolution.load_identities()
    earlier, observed = resolution.load_claims(resolution=resolution.TEN_YEARS_BEFORE), dated(warehouse, "observations")
    judged = verdicts.judge(statements, observed, dated(warehouse, "aggregates"), identities)
    warehouse.write("claims", conform("claims", resolution.claims_table(statements)))
    warehouse.write("verdicts", conform("verdicts", judged), ["claims", "observations", "aggregates", "editions"])
    tried = resolution.identities_tried([*statements, *earlier], identities, resolution.load_inclusions())
    warehouse.write("claim_identities", conform("claim_identities", tried), ["claims"])
    warehouse.write("claim_conflicts", conform("claim_conflicts", resolution.conflicts(tried)), ["claim_identities"])
    compared = earlier_resolution(earlier, statements, observed, identities)
    warehouse.write("earlier_resolution", compared, ["claims", "observations", "editions"])


def follow_up(warehouse: Warehouse) -> None:
    """Tie the indicators to what the resolution says, list what it speaks of and nothing held measures, and what it asks of whom."""
    from indicators.claims import resolution
    from indicators.claims.unmeasured_topics import unmeasured
    from indicators.registries import crosswalk

    statements = warehouse.read("claims")
    ties = crosswalk.crosswalk_table(resolution.load_claims())
    warehouse.write("crosswalk", ties, ["claims"])
    warehouse.write("paragraphs", crosswalk.paragraphs_table(ties, statements), ["claims"])
    warehouse.write("action_lines", crosswalk.action_lines_table(ties), ["claims"])
    warehouse.write("calendar", crosswalk.calendar_table())
    warehouse.write("unmeasured_topics", unmeasured(warehouse.read("observations")), ["observations"])
