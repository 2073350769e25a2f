"""The work of the whole job as plain calls: every step and every check, without Dagster."""

import datetime as dt

from indicators import contracts
from indicators.charts import preview
from pipelines import attempts, drawing, measuring, publication, steps
from pipelines.settings import settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import Warehouse


def main() -> None:
    """Build and publish into the data home."""
    paths = settings()
    store = SnapshotStore(paths.embedded, paths.snapshots)
    with Warehouse(paths.build).held() as warehouse:
        steps.raw(warehouse, store, steps.Selection())
        steps.registries(warehouse)
        steps.observations(warehouse, store)
        steps.choices(warehouse)
        steps.standing(warehouse, store, attempts.read(paths.attempts), dt.datetime.now(dt.UTC).date())
        steps.measures(warehouse)
        measuring.spread(warehouse)
        measuring.outlook(warehouse)
        steps.claims(warehouse)
        steps.follow_up(warehouse)
        for table in contracts.TABLES:
            if table != "runs":
                assert all(outcome.passed for outcome in steps.outcomes(warehouse, table))
        steps.coverage_outcome(warehouse)
        measuring.possible_outcome(warehouse)
        steps.claim_outcomes(warehouse)
        assert steps.review_outcome(warehouse).passed
        for name, chart, _ in drawing.charts(warehouse, paths.chart_files):
            # A chart that nothing held can be drawn for has no picture.
            if chart:
                preview((paths.chart_files / f"{name}.png").read_bytes())
        publication.publish(warehouse, paths, run="plain-calls")


if __name__ == "__main__":
    main()
