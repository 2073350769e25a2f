"""The resolution's statements, the verdicts on them, and what else it says and asks; a check a claim, and the review of them all."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from indicators import resolution
from pipelines import assets, steps
from pipelines.warehouse import Warehouse

TABLES = {
    "claims": [],
    "verdicts": ["claims", "observations", "aggregates", "snapshots"],
    "claim_identities": ["claims"],
    "claim_conflicts": ["claim_identities"],
    "then_and_now": ["claims", "observations", "snapshots"],
}
FOLLOW_UP = {
    "crosswalk": ["claims"],
    "paragraphs": ["claims"],
    "action_lines": ["claims"],
    "calendar": ["claims"],
    "unmeasured": ["observations"],
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
        steps.check_name(claim.claim),
        asset="verdicts",
        description=f"Paragraph {claim.paragraph}: {claim.statement} Warns if the newest figures do not bear it out: nothing is broken "
        "then, but whoever quotes the statement should say so. Its figure in every edition stands in the publication, in "
        f"`paragraphs/{claim.paragraph}.html`.",
    )
    for claim in resolution.load_claims()
]


@dg.multi_asset(specs=assets.table_specs("claims", TABLES), check_specs=[*assets.table_checks(list(TABLES)), REVIEW, *CLAIM_CHECKS])
def claims(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[Any]:
    """Judge every statement at adoption and now, as published and as computed."""
    steps.claims(warehouse)
    yield from assets.results(context, warehouse, list(TABLES))
    for outcome, verdict in steps.claim_outcomes(warehouse):
        figures = {
            name: verdict[name]
            for name in ("verdict", "value", "interval", "margin", "source", "vintage")
            if verdict[name] == verdict[name]
        }
        yield assets.check_result("verdicts", outcome, assets.WARN, figures)
    yield assets.check_result("verdicts", steps.review_outcome(warehouse), assets.ERROR)


follow_up = assets.table_step("follow_up", "claims", FOLLOW_UP, steps.follow_up)
