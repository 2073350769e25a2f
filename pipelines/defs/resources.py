"""What assets are given: the warehouse, held by one run at a time, the snapshot store and the settings. In-process for all jobs."""

from __future__ import annotations

from collections.abc import Generator

import dagster as dg

from pipelines.settings import Settings, settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import Warehouse


class WarehouseOfTheHome(dg.ConfigurableResourceFactory[Warehouse]):
    """The build database; a second build is refused while one is at work, however it was started."""

    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Warehouse, None, None]:
        """Hold the warehouse for the length of the run."""
        with Warehouse(settings().build).held() as warehouse:
            yield warehouse


class StoreOfTheHome(dg.ConfigurableResourceFactory[SnapshotStore]):
    """The embedded vintages, and those fetched or added."""

    def create_resource(self, context: dg.InitResourceContext) -> SnapshotStore:
        """Return the store."""
        return SnapshotStore(settings().embedded, settings().snapshots)


class SettingsOfTheRun(dg.ConfigurableResourceFactory[Settings]):
    """The paths in force when the run starts."""

    def create_resource(self, context: dg.InitResourceContext) -> Settings:
        """Return the settings."""
        return settings()


# One process for all steps: the warehouse has one writer, and a process a step would cost more than the step.
defs = dg.Definitions(
    executor=dg.in_process_executor,
    resources={"warehouse": WarehouseOfTheHome(), "store": StoreOfTheHome(), "paths": SettingsOfTheRun()},
)
