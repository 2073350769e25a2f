"""What steps are given: the data home, and the build database, held by one run at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import dagster as dg
from pydantic import Field, PrivateAttr

from pipelines.settings import Settings, settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse.database import Warehouse


class DataHome(dg.ConfigurableResource["DataHome"]):
    """Where a run reads and writes: its paths, and the store of snapshots."""

    folder: str = Field(default="", description="Folder for all that a run writes; empty: the one of DIVIDE_HOME, or data/")

    @property
    def settings(self) -> Settings:
        """The paths in force."""
        in_force = settings()
        return replace(in_force, home=Path(self.folder).expanduser().resolve()) if self.folder else in_force

    @property
    def store(self) -> SnapshotStore:
        """The embedded snapshots, and those fetched or added."""
        return SnapshotStore(self.settings.embedded, self.settings.snapshots)


class BuildDatabase(dg.ConfigurableResource["BuildDatabase"]):
    """The build database, open for the length of a run; a second build is refused while one is at work, however it was started."""

    home: DataHome
    _warehouse: Warehouse | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[BuildDatabase]:  # noqa: ARG002
        """Hold the database until the run has ended.

        Raises:
            Busy: Another build holds it.
        """
        with Warehouse(self.home.settings.build).held() as held:
            self._warehouse = held
            yield self

    @property
    def warehouse(self) -> Warehouse:
        """The database; outside a run it is opened for each use."""
        return self._warehouse or Warehouse(self.home.settings.build)
