"""The run history: Dagster's own files, whoever writes them, and whoever reads while they are written."""

import logging
import sqlite3
import threading

import dagster as dg
import pytest
import sqlalchemy
from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy.engine import Engine

from pipelines.orchestration.dagster_home import dagster_home
from pipelines.orchestration.event_log import RUNS_OPEN, TRIED_AGAIN_AT, History
from pipelines.settings import Settings


@dg.asset(check_specs=[dg.AssetCheckSpec("holds", asset="thing")])
def thing():
    yield dg.MaterializeResult(metadata={"dagster/row_count": 3})
    yield dg.AssetCheckResult(passed=True)


@pytest.fixture
def instance(tmp_path, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(dagster_home(Settings(tmp_path))))
    with dg.DagsterInstance.get() as kept:
        logging.getLogger("dagster").setLevel(logging.CRITICAL)
        yield kept


def types(storage, run: str) -> list[str]:
    return [
        record.event_log_entry.dagster_event_type.value
        for record in storage.get_records_for_run(run).records
        if record.event_log_entry.is_dagster_event
    ]


def test_the_instance_keeps_its_history_where_dagsters_own_storage_reads_it_while_it_is_written(instance, tmp_path):
    assert isinstance(instance.event_log_storage, History)
    run = dg.materialize([thing], instance=instance).run_id
    # Read by another connection, as the UI does, while ours is still open.
    plain = SqliteEventLogStorage(str(tmp_path / "dagster" / "storage" / "history" / "runs"))
    assert types(plain, run) == types(instance.event_log_storage, run)
    assert types(plain, run)[-1] == "PIPELINE_SUCCESS"
    assert plain.get_latest_materialization_events([dg.AssetKey("thing")])[dg.AssetKey("thing")].asset_materialization.metadata[
        "dagster/row_count"
    ] == dg.IntMetadataValue(3)


def test_a_history_that_dagsters_own_storage_began_is_carried_on(instance, tmp_path):
    folder = str(tmp_path / "elsewhere")
    plain, ours = SqliteEventLogStorage(folder), History(folder)
    run = dg.materialize([thing], instance=instance).run_id
    events = [record.event_log_entry for record in instance.event_log_storage.get_records_for_run(run).records]
    for storage, event in zip([plain, ours] * len(events), events, strict=False):
        storage.store_event(event)
    assert len(ours.get_records_for_run(run).records) == len(plain.get_records_for_run(run).records) == len(events)


def connections_opened(storage: SqliteEventLogStorage, events: list[dg.EventLogEntry]) -> int:
    """Store the events, and return how many connections were opened for them."""
    opened: list[object] = []

    def count(connection, _record):
        opened.append(connection)

    sqlalchemy.event.listen(Engine, "connect", count)
    try:
        for event in events:
            storage.store_event(event)
    finally:
        sqlalchemy.event.remove(Engine, "connect", count)
    return len(opened)


def test_dagster_still_opens_a_connection_for_each_event_and_we_still_open_none(instance, tmp_path):
    """When this fails, this class no longer helps: Dagster keeps its connections open, or no longer calls `_connect`."""
    run = dg.materialize([thing], instance=instance).run_id
    records = instance.event_log_storage.get_records_for_run(run).records
    (event,) = [record.event_log_entry for record in records if "Finished execution of run" in record.event_log_entry.message]
    plain, ours = SqliteEventLogStorage(str(tmp_path / "plain")), History(str(tmp_path / "ours"))
    for storage in (plain, ours):
        storage.store_event(event)  # the first makes the files
    assert connections_opened(plain, [event] * 5) >= 5
    assert connections_opened(ours, [event] * 5) == 0
    ours.dispose()


def test_dagster_has_not_reached_the_version_at_which_this_class_is_tried_again():
    """When this fails, measure again: see the head of `pipelines/orchestration/event_log.py`."""
    installed, due = ([int(part) for part in version.split(".")[:2]] for version in (dg.__version__, TRIED_AGAIN_AT))
    assert installed < due


def test_of_many_runs_only_a_few_files_stay_open_and_none_when_it_is_over(instance):
    storage = instance.event_log_storage
    runs = [dg.materialize([thing], instance=instance).run_id for _ in range(RUNS_OPEN + 2)]
    assert [name for name in storage._engines if name != "index"] == runs[-RUNS_OPEN:]
    assert types(storage, runs[0])[-1] == "PIPELINE_SUCCESS"
    storage.dispose()
    assert not storage._engines


def test_a_follower_of_a_run_gets_its_events_as_they_come(instance):
    run = dg.materialize([thing], instance=instance).run_id
    reported, seen = threading.Event(), []

    def hear(entry, _cursor):
        seen.append(entry.message)
        if "late" in entry.message:
            reported.set()

    instance.watch_event_logs(run, None, hear)
    entry = instance.event_log_storage.get_records_for_run(run).records[0].event_log_entry
    instance.event_log_storage.store_event(entry._replace(user_message="late news", dagster_event=None))
    assert reported.wait(10), seen
    instance.end_watch_event_logs(run, hear)


def test_a_crash_of_the_process_leaves_the_history_whole(tmp_path):
    """Wait for no disk, yet never with a log that SQLite could not recover: the log is written ahead."""
    storage = History(str(tmp_path))
    with storage._connect("index") as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("pragma synchronous").scalar() == 1
    storage.dispose()
    assert sqlite3.connect(tmp_path / "index.db").execute("pragma integrity_check").fetchone() == ("ok",)
