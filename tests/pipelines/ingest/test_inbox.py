"""The drop folder: what is usable is taken in and moves to done, what is not moves to refused with the reason, and nothing is lost."""

import datetime as dt
import os
import time
from types import SimpleNamespace

import dagster as dg
import pytest

from pipelines.defs.inbox import dropped_files, inbox_sensor
from pipelines.ingest import inbox
from pipelines.publishing import publish
from pipelines.settings import Settings
from pipelines.snapshots import SnapshotStore
from tests.support.paths import DATA

DATAHUB = (DATA / "itu_datahub_v2.csv").read_bytes()
NOW = dt.datetime(2026, 11, 24, 3, 0, 0, tzinfo=dt.UTC)
NAME = "internet_1777496718795.csv"  # 29 April 2026


@pytest.fixture
def paths(tmp_path, monkeypatch):
    monkeypatch.setenv("DIVIDE_HOME", str(tmp_path))
    (tmp_path / "embedded").mkdir()
    (tmp_path / "inbox").mkdir()
    return Settings(home=tmp_path, embedded=tmp_path / "embedded")


@pytest.fixture
def store(paths):
    return SnapshotStore(paths.embedded, paths.snapshots)


def drop(paths, name, content=DATAHUB, age=60.0, now=None):
    path = paths.inbox / name
    path.write_bytes(content)
    changed = (now or NOW.timestamp()) - age
    os.utime(path, (changed, changed))
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_a_file_taken_in_moves_to_done_with_its_bytes(paths, store):
    drop(paths, NAME)
    (taken,) = inbox.take_in(store, paths.inbox, NOW)
    assert (taken.state, taken.moved_to) == ("new", paths.inbox / "done" / NAME)
    assert taken.moved_to.read_bytes() == DATAHUB
    assert [snapshot.name for snapshot in store.list()] == [f"itu-datahub/2026-04-29/{NAME}"]
    assert names(paths.inbox) == []


def test_a_file_refused_moves_with_a_text_that_says_why_and_keeps_none_of_the_others_back(paths, store):
    drop(paths, "a page.csv", b"<html><body>Just a moment</body></html>")
    drop(paths, NAME)
    refused, taken = inbox.take_in(store, paths.inbox, NOW)
    assert (refused.state, taken.state) == ("refused", "new")
    assert names(paths.inbox / "refused") == ["a page.csv", "a page.csv.txt"]
    said = (paths.inbox / "refused" / "a page.csv.txt").read_text("utf-8")
    assert (
        said
        == "a page.csv: a page that refuses programs, not data: open the address in a browser, save the export there and add that file\n"
    )
    assert len(store.list()) == 1


def test_the_same_bytes_again_are_said_to_be_held_and_the_file_is_not_lost(paths, store):
    for _ in range(2):
        drop(paths, NAME)
        (taken,) = inbox.take_in(store, paths.inbox, NOW)
    assert taken.state == "unchanged"
    assert names(paths.inbox / "done") == ["internet_1777496718795 (2026-11-24T030000).csv", NAME]
    assert len(store.list()) == 1


def test_other_bytes_under_a_held_name_become_a_vintage_of_their_own(paths, store):
    drop(paths, NAME)
    inbox.take_in(store, paths.inbox, NOW)
    drop(paths, NAME, DATAHUB + b"\n")
    (taken,) = inbox.take_in(store, paths.inbox, NOW)
    assert taken.state == "new"
    assert len({snapshot.vintage for snapshot in store.list()}) == 2


@pytest.mark.parametrize("name", [".hidden.csv", "x.csv.part", "x.crdownload", "~$book.xlsx", "x.tmp"])
def test_what_is_hidden_or_unfinished_is_left_alone(paths, store, name):
    path = drop(paths, name)
    assert inbox.take_in(store, paths.inbox, NOW) == []
    assert path.exists()


def test_a_file_that_just_changed_waits_and_a_folder_does_too(paths, store):
    drop(paths, NAME, age=1.0)
    (paths.inbox / "folder").mkdir()
    assert inbox.waiting(paths.inbox, NOW.timestamp()) == []
    assert inbox.waiting(paths.inbox, NOW.timestamp() + inbox.SETTLED) == [paths.inbox / NAME]


def test_the_sensor_asks_once_for_the_files_that_wait(paths):
    with dg.DagsterInstance.ephemeral() as instance:

        def look():
            return inbox_sensor(dg.build_sensor_context(instance=instance))

        assert "no file in" in look().skip_message
        drop(paths, NAME, now=time.time())
        first, second = look(), look()
        assert first.run_key == second.run_key
        assert first.tags == {"user": "inbox", "why": f"files put into the inbox: {NAME}"}
        drop(paths, "another.csv", now=time.time())
        assert look().run_key != first.run_key


def test_the_sensor_waits_while_a_run_is_at_work(paths):
    drop(paths, NAME, now=time.time())
    with dg.DagsterInstance.ephemeral() as instance:
        instance.create_run_for_job(dg.job(name="busy")(lambda: None), status=dg.DagsterRunStatus.STARTED)
        assert "wait until the run in progress has ended" in inbox_sensor(dg.build_sensor_context(instance=instance)).skip_message


@dg.asset(deps=["dropped_files"])
def rebuilt() -> None:
    """Stand for everything that is made from the snapshots."""


def run(paths, store):
    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize([dropped_files, rebuilt], instance=instance, resources={"home": SimpleNamespace(settings=paths, store=store)})


def test_a_new_file_is_reason_to_build_and_a_refused_one_is_a_warning(paths, store):
    drop(paths, NAME, now=time.time())
    drop(paths, "empty.csv", b"", now=time.time())
    result = run(paths, store)
    assert result.success
    assert len(result.asset_materializations_for_node("rebuilt")) == 1
    (check,) = result.get_asset_check_evaluations()
    assert (check.passed, check.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert check.description.startswith("empty.csv: the file is empty: download it again. Refused files are in inbox/refused/")


@pytest.mark.parametrize(("published", "rebuilds"), [(True, 0), (False, 1)])
def test_without_a_new_file_nothing_is_made_anew_unless_something_stored_is_not_published(paths, store, monkeypatch, published, rebuilds):
    # A run that was killed between storing and publishing leaves a file that is stored, and that no run has taken.
    monkeypatch.setattr(publish, "is_up_to_date", lambda *_: published)
    drop(paths, "empty.csv", b"", now=time.time())
    result = run(paths, store)
    assert result.success
    assert len(result.asset_materializations_for_node("rebuilt")) == rebuilds


def test_a_file_that_is_taken_back_while_it_waits_is_no_error(paths, store, monkeypatch):
    gone = paths.inbox / "gone.csv"
    monkeypatch.setattr(inbox, "waiting", lambda *_: [gone, drop(paths, NAME)])
    (paths.inbox / "done").mkdir()
    assert [taken.state for taken in inbox.take_in(store, paths.inbox, NOW)] == ["new"]


def test_an_unforeseen_error_refuses_the_one_file_and_no_other(paths, store, monkeypatch):
    drop(paths, "a.csv", b"x")
    drop(paths, NAME)
    add = inbox.added_files.add
    monkeypatch.setattr(inbox.added_files, "add", lambda store, files: 1 / 0 if files[0].name == "a.csv" else add(store, files))
    refused, taken = inbox.take_in(store, paths.inbox, NOW)
    assert (refused.line, taken.state) == ("a.csv: ZeroDivisionError (division by zero); please report it", "new")


def test_a_third_file_of_one_name_is_not_lost(paths, store):
    for content in (b"", b" ", b"\n"):
        drop(paths, "empty.csv", content)
        inbox.take_in(store, paths.inbox, NOW)
    kept = [path.read_bytes() for path in (paths.inbox / "refused").glob("*.csv")]
    assert sorted(kept) == [b"", b"\n", b" "]
