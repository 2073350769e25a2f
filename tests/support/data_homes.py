"""Data homes built from a tenth of the embedded figures, without Dagster."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path

from pipelines.publishing import chart_files, publish
from pipelines.settings import Settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables, register
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build
from pipelines.warehouse.selection import Selection

EVERYTHING = Selection()
KEPT_FILES = {"IT.NET.USER.ZS.csv", "SP.POP.TOTL.csv", "SP.URB.TOTL.IN.ZS.csv", "aggregates.csv"}
FIRST_YEAR = 2022


def write_recent_vintages(folder: Path) -> Path:
    """Write the embedded vintages from 2022 on into a folder: a tenth of the rows, with all the evidence of the claims."""
    for snapshot in SnapshotStore(Settings(folder).embedded).list():
        if snapshot.file not in KEPT_FILES:
            continue
        lines = snapshot.read().decode().splitlines(keepends=True)
        if snapshot.source == "world-bank-wdi":
            lines = [lines[0], *(line for line in lines[1:] if int(line.split(",")[2]) >= FIRST_YEAR)]
        content = "".join(lines).encode()
        sidecar = {**snapshot.sidecar, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        path = folder / snapshot.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.with_name(path.name + ".toml").write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in sidecar.items()))
    return folder


class DataHome:
    """A data home built without Dagster; the charts are made, but no pixels."""

    def __init__(self, paths: Settings) -> None:
        self.paths = paths
        self.store = SnapshotStore(paths.embedded, paths.snapshots)
        self.warehouse = Warehouse(paths.build)

    @classmethod
    def in_folder(cls, folder: Path) -> DataHome:
        """Return a new data home whose embedded figures are the recent vintages."""
        return cls(Settings(folder / "home", embedded=write_recent_vintages(folder / "embedded")))

    def copy_to(self, home: Path) -> DataHome:
        """Copy everything, so that a test may change it."""
        shutil.copytree(self.paths.home, home, symlinks=True)
        return DataHome(Settings(home, embedded=self.paths.embedded))

    def build(self, selection: Selection = EVERYTHING) -> None:
        """Make every table and the data of every chart."""
        with self.warehouse.held():
            build = Build(self.warehouse, self.store, selection, today=dt.date(2026, 11, 24))
            build_tables.make(build, *(table for layer in register.LAYERS for table in register.tables(layer)))
            for _ in chart_files.charts(self.warehouse, self.paths.chart_files):
                pass

    def publish(self, run: str = "first-run") -> Path:
        """Publish what was built and return the folder."""
        with self.warehouse.held():
            return publish.publish(self.warehouse, self.paths, run=run)
