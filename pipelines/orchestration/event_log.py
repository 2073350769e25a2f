"""Where the run history is kept: Dagster's own SQLite files, written on connections that stay open.

Dagster's storage opens and closes a connection for each event, three times for a check, and SQLite folds its log into the file whenever the
last connection closes. That cost 9 ms an event, for the 500 of a build more than half of all that Dagster adds; kept open it is 2 ms. The
files and what is in them are the same: without the lines in `dagster.yaml` that name this class the history reads as before.

`_connect` is private to Dagster. A test fails when Dagster no longer calls it, when Dagster keeps its connections open by itself, and when
the installed Dagster reaches `TRIED_AGAIN_AT`: then measure again with `make bench`, and delete this module or raise the version.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy import create_engine, event

if TYPE_CHECKING:
    from dagster import EventLogEntry
    from sqlalchemy import Connection, Engine

#: The version of Dagster at which we find out whether this class is still needed.
TRIED_AGAIN_AT = "1.14"

#: Runs whose file is kept open, besides the index of all: one is written, a few are looked at.
RUNS_OPEN = 4

#: Seconds to wait for another process that writes.
PATIENCE = 30


class History(SqliteEventLogStorage):
    """The event log of this project's instance."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> History:
        """Return the storage that `dagster.yaml` asks for."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        if shard not in self._engines:
            with super()._connect(shard):  # makes the file and its tables where they are not there
                pass
        with self._db_lock:
            engine = self._engines.pop(shard, None) or self._opened(shard)
            self._engines[shard] = engine  # last in the order: looked at last
            for old in [name for name in self._engines if name != "index"][:-RUNS_OPEN]:
                self._engines.pop(old).dispose()
            with engine.connect() as connection, connection.begin():
                yield connection

    def _opened(self, shard: str) -> Engine:
        # The lock admits one thread at a time.
        engine = create_engine(self.conn_string_for_shard(shard), connect_args={"timeout": PATIENCE, "check_same_thread": False})

        # A crash of the machine may lose the last events of a run that died with it; never the files, and never a published figure.
        @event.listens_for(engine, "connect")
        def _no_wait_for_the_disk(connection: Any, _: Any) -> None:
            connection.execute("pragma synchronous = normal")

        return engine

    def store_event(self, event: EventLogEntry) -> None:
        """Store an event, and touch the run's file: the UI follows a run by watching it, and SQLite now writes to its separate log."""
        super().store_event(event)
        os.utime(self.path_for_shard(event.run_id))

    def dispose(self) -> None:
        """Close what is open."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()
