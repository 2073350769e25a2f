"""The run history: Dagster's own files, whoever writes them, and whoever reads while they are written."""

import logging
import sqlite3
import threading

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.orchestration.event_log import RUNS_OPEN, History
from pipelines.orchestration.run_job import dagster_home
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


def test_of_many_runs_only_a_few_files_stay_open_and_none_when_it_is_over(instance):
    storage = instance.event_log_storage
    runs = [dg.materialize([thing], instance=instance).run_id for _ in range(RUNS_OPEN + 2)]
    assert [name for name in storage._engines if name != "index"] == runs[-RUNS_OPEN:]
    assert types(storage, runs[0])[-1] == "PIPELINE_SUCCESS"
    storage.dispose()
    assert not storage._engines


def test_who_follows_a_run_is_told_of_its_events_as_they_come(instance):
    run = dg.materialize([thing], instance=instance).run_id
    told, seen = threading.Event(), []

    def hear(entry, _cursor):
        seen.append(entry.message)
        if "late" in entry.message:
            told.set()

    instance.watch_event_logs(run, None, hear)
    entry = instance.event_log_storage.get_records_for_run(run).records[0].event_log_entry
    instance.event_log_storage.store_event(entry._replace(user_message="late news", dagster_event=None))
    assert told.wait(10), seen
    instance.end_watch_event_logs(run, hear)


def test_a_crash_of_the_process_leaves_the_history_whole(tmp_path):
    """Wait for no disk, yet never with a log that SQLite could not recover: the log is written ahead."""
    storage = History(str(tmp_path))
    with storage._connect("index") as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("pragma synchronous").scalar() == 1
    storage.dispose()
    assert sqlite3.connect(tmp_path / "index.db").execute("pragma integrity_check").fetchone() == ("ok",)
