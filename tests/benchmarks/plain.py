"""The work of the whole job as plain calls: every step and every check, without Dagster."""

import datetime as dt

from indicators.charts.drawing.rendering import preview
from indicators.contracts.tables import TABLES
from pipelines.ingest import fetch_log
from pipelines.ingest.snapshots import SnapshotStore
from pipelines.publishing import chart_files, publish
from pipelines.settings import settings
from pipelines.warehouse import build_claims, build_core, build_measures, checks, selection
from pipelines.warehouse.database import Warehouse


def main() -> None:
    """Build and publish into the data home."""
    paths = settings()
    store = SnapshotStore(paths.embedded, paths.snapshots)
    with Warehouse(paths.build).held() as warehouse:
        build_core.raw(warehouse, store, selection.Selection())
        build_core.registries(warehouse)
        build_core.observations(warehouse, store)
        build_core.choices(warehouse)
        build_core.standing(warehouse, store, fetch_log.read(paths.fetch_log), dt.datetime.now(dt.UTC).date())
        build_measures.measures(warehouse)
        build_measures.spread(warehouse)
        build_measures.outlook(warehouse)
        build_claims.claims(warehouse)
        build_claims.follow_up(warehouse)
        for table in TABLES:
            if table != "runs":
                assert all(outcome.passed for outcome in checks.outcomes(warehouse, table))
        checks.coverage_outcome(warehouse)
        checks.possible_outcome(warehouse)
        checks.claim_outcomes(warehouse)
        assert checks.review_outcome(warehouse).passed
        for result in chart_files.charts(warehouse, paths.chart_files):
            # A chart without data has no picture.
            if result.chart:
                preview((paths.chart_files / f"{result.name}.png").read_bytes())
        publish.publish(warehouse, paths, run="plain-calls")


if __name__ == "__main__":
    main()
