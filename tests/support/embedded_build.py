"""One build of the embedded vintages alone, up to the verdicts."""

from pathlib import Path

from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build
from tests.support.paths import PROJECT

PUBLIC_TABLES = [
    *("economies", "indicators", "observations", "aggregates", "gaps", "claims", "verdicts", "claim_conflicts", "revisions"),
    *("labels", "current_observations"),
]
TABLES = [*PUBLIC_TABLES, "people", "members_by_year", "reported_values"]


def build_embedded(folder: Path) -> Warehouse:
    """Build the tables of the embedded vintages in a folder."""
    warehouse, store = Warehouse(folder / "build.duckdb"), SnapshotStore(PROJECT / "pipelines" / "embedded", folder / "snapshots")
    build_tables.make_with_inputs(Build(warehouse, store), *PUBLIC_TABLES)
    return warehouse
