"""Reading the stored files into the build."""

import hashlib

import pytest

from indicators.contracts.validation import contract_problems
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build

# As the World Bank lists a series: two rows have a value, one of them zero, and two have none.
FILE = b"""Country Name,Country Code,Year,Value,Indicator Name,Indicator Code
Aruba,ABW,2023,97.2,Individuals using the Internet (% of population),IT.NET.USER.ZS
Aruba,ABW,2024,,Individuals using the Internet (% of population),IT.NET.USER.ZS
Namibia,NAM,2023,0,Individuals using the Internet (% of population),IT.NET.USER.ZS
Namibia,NAM,2024,,Individuals using the Internet (% of population),IT.NET.USER.ZS
"""
SIDECAR = {"published": "2026-04-08", "retrieved": "2026-04-09", "url": "https://example.org/use.csv", "licence": "CC BY 4.0"}


@pytest.mark.worked("snapshots")
def test_a_stored_file_is_listed_with_the_rows_it_states_and_the_cells_without_a_value(tmp_path):
    store = SnapshotStore(tmp_path / "snapshots")
    store.put("world-bank-wdi", "2026-04-08", "use.csv", FILE, SIDECAR | {"citation": "World Bank"})
    build = Build(Warehouse(tmp_path / "build.duckdb"), store)
    build_tables.make(build, "snapshots")
    listed = build.warehouse.read("snapshots")
    assert contract_problems("snapshots", listed).empty
    (row,) = listed.to_dict("records")
    assert (row["snapshot"], row["source"], row["vintage"]) == ("world-bank-wdi/2026-04-08/use.csv", "world-bank-wdi", "2026-04-08")
    assert (row["rows"], row["without_value"], row["repaired"]) == (2, 2, 0)
    assert (row["published"], row["is_dated"], row["licence"]) == ("2026-04-08", True, "CC BY 4.0")
    assert (row["bytes"], row["sha256"]) == (len(FILE), hashlib.sha256(FILE).hexdigest())
