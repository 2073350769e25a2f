"""The resolution's statements, the verdicts on them, and what else it says and asks; a check a claim, and the review of them all."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from indicators.claims import resolution
from pipelines.orchestration import asset_factory
from pipelines.warehouse import build_claims, checks
from pipelines.warehouse.database import Warehouse

TABLES = {
    "claims": [],
    "verdicts": ["claims", "observations", "aggregates", "editions"],
    "claim_identities": ["claims"],
    "claim_conflicts": ["claim_identities"],
    "earlier_resolution": ["claims", "observations", "editions"],
}
FOLLOW_UP = {
    "crosswalk": ["claims"],
    "paragraphs": ["claims"],
    "action_lines": ["claims"],
    "calendar": ["claims"],
    "unmeasured_topics": ["observations"],
}
REVIEW = dg.AssetCheckSpec(
    "agrees_with_the_review",
    asset="verdicts",
    blocking=True,
    description="A verdict at adoption cannot change by itself: if it differs from the one reviewed in resolution.toml, data or code went "
    "wrong, and nothing is published.",
)
CLAIM_CHECKS = [
    dg.AssetCheckSpec(
        checks.check_name(claim.claim),
        asset="verdicts",
        description=f"Paragraph {claim.paragraph}: {claim.statement} Warns if the newest figures do not bear it out: nothing is broken "
        "then, but whoever quotes the statement should say so. Its figure in every edition stands in the publication, in "
        f"`paragraphs/{claim.paragraph}.html`.",
    )
    for claim in resolution.load_claims()
]


@dg.multi_asset(
    specs=asset_factory.table_specs("claims", TABLES), check_specs=[*asset_factory.table_checks(list(TABLES)), REVIEW, *CLAIM_CHECKS]
)
def claims(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Judge every statement at adoption and now, as published and as computed."""
    build_claims.claims(warehouse)
    yield from asset_factory.results(context, warehouse, list(TABLES))
    for outcome, verdict in checks.claim_outcomes(warehouse):
        figures = {
            name: verdict[name]
            for name in ("verdict", "value", "interval", "margin", "source", "vintage")
            if verdict[name] == verdict[name]
        }
        yield asset_factory.check_result("verdicts", outcome, asset_factory.WARN, figures)
    yield asset_factory.check_result("verdicts", checks.review_outcome(warehouse), asset_factory.ERROR)


follow_up = asset_factory.table_step("follow_up", "claims", FOLLOW_UP, build_claims.follow_up)
