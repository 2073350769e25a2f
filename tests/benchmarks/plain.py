"""The work of the whole job as plain calls: every table, every check and every chart, without Dagster."""

from indicators.charts.drawing.rendering import preview
from pipelines.ingest import fetch_log, refresh
from pipelines.publishing import chart_files, publish
from pipelines.settings import settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse.build_layers import Checked, make_layers
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build


def main() -> None:
    """Build and publish into the data home."""
    paths = settings()
    with Warehouse(paths.build).held() as warehouse:
        store = SnapshotStore(paths.embedded, paths.snapshots)
        build = Build(warehouse, store, attempts=fetch_log.read(paths.fetch_log), connected_sources=refresh.CONNECTORS)
        for event in make_layers(build):
            assert not isinstance(event, Checked) or event.outcome.passed or not event.check.is_blocking, event
        for result in chart_files.charts(warehouse, paths.chart_files):
            # A chart without data has no picture.
            if result.chart:
                preview((paths.chart_files / f"{result.name}.png").read_bytes())
        publish.publish(warehouse, paths, run="plain-calls")


if __name__ == "__main__":
    main()
