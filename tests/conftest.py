"""What several test modules share."""

import pytest

from pipelines import steps
from pipelines.settings import PROJECT
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import Warehouse

EMBEDDED_TABLES = [
    *("economies", "indicators", "observations", "people", "members_by_year", "reported_values"),
    *("aggregates", "gaps", "claims", "verdicts", "claim_conflicts"),
]


@pytest.fixture(scope="session")
def embedded(tmp_path_factory):
    """The tables of one build from the embedded vintages alone, by name."""
    folder = tmp_path_factory.mktemp("embedded")
    warehouse, store = Warehouse(folder / "build.duckdb"), SnapshotStore(PROJECT / "pipelines" / "embedded", folder / "snapshots")
    steps.raw(warehouse, store, steps.Selection())
    steps.registries(warehouse)
    steps.observations(warehouse, store)
    steps.choices(warehouse)
    steps.measures(warehouse)
    steps.claims(warehouse)
    return {table: warehouse.read(table) for table in EMBEDDED_TABLES}
