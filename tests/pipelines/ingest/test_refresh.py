"""A nightly refresh against a server of our own: what comes is kept, what does not come costs nothing, and both are reported."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest

from pipelines.defs.new_vintages import Requests, new_vintages
from pipelines.ingest import fetch_log, refresh
from pipelines.ingest.connectors import session as session_module
from pipelines.ingest.connectors.session import Limits, Session
from pipelines.ingest.source_status import source_status
from pipelines.publication import datapackage
from pipelines.publishing import publish as publication
from pipelines.settings import Settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build
from tests.support.server import Reply, Server

WDI = "world-bank-wdi"
SERIES = refresh.world_bank_series()
TODAY = dt.date(2026, 11, 22)
SHUT = Reply(b"Request Rejected", status=403)


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch) -> None:
    quick = functools.partial(Session, Limits(connect=2, read=2, deadline=2, attempts=3), sleep=lambda seconds: None)
    monkeypatch.setattr(session_module, "Session", quick)


@pytest.fixture
def paths(tmp_path) -> Settings:
    (tmp_path / "embedded").mkdir()
    return Settings(home=tmp_path / "home", embedded=tmp_path / "embedded")


@pytest.fixture
def store(paths) -> SnapshotStore:
    return SnapshotStore(paths.embedded, paths.snapshots)


def answer(series: str, value: float = 62.5, updated: str = "2026-07-13") -> Reply:
    row = {
        "indicator": {"id": series, "value": series}, "country": {"id": "NA", "value": "Namibia"}, "countryiso3code": "NAM",
        "date": "2021", "value": value, "unit": "", "obs_status": "", "decimal": 1,
    }  # fmt: skip
    header = {"page": 1, "pages": 1, "per_page": 20000, "total": 1, "sourceid": "2", "lastupdated": updated}
    return Reply(json.dumps([header, [row]]).encode())


def answers(value: float = 62.5, updated: str = "2026-07-13") -> list[Reply]:
    return [answer(series, value, updated) for series in SERIES]


@dg.asset(deps=["new_vintages"])
def rebuilt() -> None:
    """Stand for everything that is made from the snapshots."""


def only_the_world_bank(url: str) -> dict[str, Any]:
    return {"sources": [WDI], "addresses": {WDI: url}}


class Night:
    """One run of the asset with something that depends on it."""

    def __init__(self, server_url: str, paths: Settings, store: SnapshotStore, **config: Any) -> None:
        with dg.DagsterInstance.ephemeral() as instance:
            self.result = dg.materialize(
                [new_vintages, rebuilt],
                instance=instance,
                resources={"home": SimpleNamespace(settings=paths, store=store)},
                run_config={"ops": {"new_vintages": {"config": only_the_world_bank(server_url) | config}}},
                raise_on_error=False,
            )
        self.rebuilt = bool(self.result.get_asset_materialization_events()) and any(
            event.asset_key == dg.AssetKey("rebuilt") for event in self.result.get_asset_materialization_events()
        )
        checks = {check.check_name: check for check in self.result.get_asset_check_evaluations()}
        self.check, self.fresh = checks["connectors_are_available"], checks["sources_are_fresh"]
        (table,) = [self.check.metadata["requests"]]
        self.states = {record.data["series"]: record.data["state"] for record in table.records}
        self.lines = {record.data["series"]: record.data["what"] for record in table.records}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file with its bytes, but for the notes of when each source was requested and of what was reported."""
    files = [
        path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "fetch_log.json" and path.parent.name != "digest"
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def published(paths, store, monkeypatch) -> None:
    """A publication of this very code and of whatever is held when it is called."""
    monkeypatch.setattr(publication, "code_version", lambda: "0123456789ab")

    def publish() -> None:
        paths.publication.mkdir(parents=True, exist_ok=True)
        held = {snapshot.name: snapshot.sidecar["sha256"] for snapshot in store.list()}
        standing = datapackage.standings(source_status(store, fetch_log.read(paths.fetch_log), dt.datetime.now(dt.UTC).date()))
        descriptor = {"code": "0123456789ab", "snapshots": held, "standings": standing, "resources": []}
        (paths.publication / "datapackage.json").write_text(json.dumps(descriptor))

    return publish


# ---- what comes


def test_new_bytes_become_snapshots_and_everything_is_rebuilt(server, paths, store):
    server.play(*answers())
    night = Night(server.url, paths, store)
    assert night.result.success
    assert night.states == dict.fromkeys(SERIES, "new")
    assert [snapshot.name for snapshot in store.list()] == sorted(f"world-bank-wdi/2026-07-13/{series}.json" for series in SERIES)
    assert night.rebuilt
    assert (night.check.passed, night.check.description) == (True, "every publisher answered")


def test_each_snapshot_says_whence_and_when_it_came(server, paths, store):
    server.play(*answers())
    Night(server.url, paths, store)
    snapshot = store.get("world-bank-wdi/2026-07-13/SP.POP.TOTL.json")
    assert snapshot.sidecar["url"] == f"{server.url}/country/all/indicator/SP.POP.TOTL?format=json&per_page=20000"
    assert snapshot.sidecar["licence"] == "CC BY 4.0"
    assert snapshot.published == "2026-07-13"
    assert snapshot.sidecar["retrieved"].startswith(dt.datetime.now(dt.UTC).date().isoformat())
    assert "SP.POP.TOTL, last updated 2026-07-13" in snapshot.sidecar["citation"]


def test_every_series_of_the_catalogue_is_asked_for_once(server, paths, store):
    server.play(*answers())
    Night(server.url, paths, store)
    assert [asked.path for asked in server.asked] == [f"/country/all/indicator/{series}" for series in SERIES]
    assert {"IT.NET.USER.ZS", "SP.POP.TOTL", "SP.URB.TOTL.IN.ZS"} <= set(SERIES)


def test_bytes_that_are_held_change_nothing_and_if_the_publication_is_of_them_nothing_is_recomputed(server, paths, store, published):
    server.play(*answers(), *answers())
    Night(server.url, paths, store)
    published()
    before = tree(paths.home)
    night = Night(server.url, paths, store)
    assert night.result.success
    assert night.states == dict.fromkeys(SERIES, "unchanged")
    assert not night.rebuilt
    assert tree(paths.home) == before
    (observed,) = night.result.get_asset_observation_events()
    assert observed.event_specific_data.asset_observation.description == "nothing is new; nothing is recomputed"


def test_of_other_code_everything_is_rebuilt_although_nothing_new_came(server, paths, store, published, monkeypatch):
    server.play(*answers(), *answers())
    Night(server.url, paths, store)
    published()
    monkeypatch.setattr(publication, "code_version", lambda: "fedcba987654")
    assert Night(server.url, paths, store).rebuilt


def test_a_publication_of_which_a_file_is_gone_is_reason_to_rebuild(server, paths, store, published):
    server.play(*answers(), *answers())
    Night(server.url, paths, store)
    published()
    descriptor = json.loads((paths.publication / "datapackage.json").read_text())
    descriptor["resources"] = [{"path": "digital_divide.duckdb", "hash": "sha256:0"}]
    (paths.publication / "datapackage.json").write_text(json.dumps(descriptor))
    assert Night(server.url, paths, store).rebuilt


def test_a_file_added_by_hand_since_the_last_publication_is_reason_to_rebuild(server, paths, store, published):
    server.play(*answers(), *answers())
    Night(server.url, paths, store)
    published()
    store.put("itu-datahub", "2026", "use.csv", b"x", {"published": "2026", "licence": "MIT", "citation": "us"})
    assert Night(server.url, paths, store).rebuilt


@pytest.mark.parametrize("broken", ["", "{"])
def test_a_publication_that_cannot_be_read_is_no_reason_to_stop(server, paths, store, published, broken):
    server.play(*answers(), *answers())
    Night(server.url, paths, store)
    published()
    (paths.publication / "datapackage.json").write_text(broken)
    assert Night(server.url, paths, store).rebuilt


@pytest.mark.parametrize("broken", ["[]", "null"])
def test_a_descriptor_that_is_no_object_is_not_up_to_date(paths, store, published, broken):
    published()
    (paths.publication / "datapackage.json").write_text(broken)
    reported = source_status(store, {}, TODAY)
    assert not publication.is_up_to_date(paths.publication, store, reported)


def test_a_rebuild_can_be_asked_for(server, paths, store, published):
    server.play(*answers(), *answers())
    Night(server.url, paths, store)
    published()
    assert Night(server.url, paths, store, rebuild=True).rebuilt


def test_a_new_edition_is_stored_beside_the_old_one(server, paths, store):
    server.play(*answers(), *answers(64.0, "2026-10-08"))
    Night(server.url, paths, store)
    night = Night(server.url, paths, store)
    assert night.rebuilt
    assert {snapshot.vintage for snapshot in store.list()} == {"2026-07-13", "2026-10-08"}


def test_bytes_rewritten_under_their_label_become_a_vintage_with_their_hash_and_that_is_said(server, paths, store):
    server.play(*answers(), answer(SERIES[0], 99.9), *answers()[1:], answer(SERIES[0], 99.9), *answers()[1:])
    Night(server.url, paths, store)
    night = Night(server.url, paths, store)
    assert night.states == dict.fromkeys(SERIES, "unchanged") | {SERIES[0]: "new"}
    (rewritten,) = [snapshot for snapshot in store.list() if snapshot.vintage != "2026-07-13"]
    today = dt.datetime.now(dt.UTC).date().isoformat()
    digest = hashlib.sha256(rewritten.read()).hexdigest()[:8]
    assert re.fullmatch(rf"2026-07-13-{today}T\d{{6}}-{digest}", rewritten.vintage)
    reported = [event.event_specific_data.asset_observation.description for event in night.result.get_asset_observation_events()]
    assert night.lines[SERIES[0]] in reported
    assert b"99.9" in rewritten.read()
    assert "the publisher rewrote 2026-07-13 in place" in night.lines[SERIES[0]]
    assert b"62.5" in store.get(f"world-bank-wdi/2026-07-13/{SERIES[0]}.json").read()
    # The same answer another night is known.
    assert set(Night(server.url, paths, store).states.values()) == {"unchanged"}


def test_a_number_rewritten_under_the_label_of_an_embedded_edition_is_not_lost(server, paths, store):
    header = "series,area,year,value"
    folder = paths.embedded / "world-bank-wdi" / "2026-07-13"
    folder.mkdir(parents=True)
    content = f"{header}\n{SERIES[0]},NAM,2021,62.5\n".encode()
    (folder / f"{SERIES[0]}.csv").write_bytes(content)
    said = {"published": "2026-07-13", "licence": "CC BY 4.0", "citation": "us", "sha256": hashlib.sha256(content).hexdigest()}
    (folder / f"{SERIES[0]}.csv.toml").write_text("".join(f'{name} = "{value}"\n' for name, value in said.items()))
    server.play(answer(SERIES[0], 65.0), *[Reply(status=404)] * len(SERIES))
    Night(server.url, paths, store)
    paths.build.parent.mkdir(parents=True)
    warehouse = Warehouse(paths.build)
    build_tables.make_with_inputs(Build(warehouse, store), "observations")
    assert set(warehouse.read("observations")["value"]) == {62.5, 65.0}


# ---- what does not come


def test_if_every_source_is_unavailable_the_run_succeeds_with_a_warning_and_nothing_is_lost(server, paths, store):
    server.play(*answers())
    Night(server.url, paths, store)
    before = tree(paths.home)
    server.asked.clear()
    server.play(SHUT)
    night = Night(server.url, paths, store)
    assert night.result.success
    assert tree(paths.home) == before
    assert night.states == dict.fromkeys(SERIES, "unavailable")
    assert len(server.asked) == 1  # an unavailable source is not requested again
    assert not night.check.passed
    assert night.check.severity == dg.AssetCheckSeverity.WARN
    assert (
        "closed to programs (HTTP 403 Forbidden); save the file in a browser and add it with 'divide add FILE'" in night.check.description
    )
    assert "\n" not in night.check.description


def test_with_every_source_still_unavailable_and_nothing_new_nothing_is_recomputed(server, paths, store, published):
    server.play(SHUT, SHUT)
    Night(server.url, paths, store)
    published()
    assert not Night(server.url, paths, store).rebuilt


def test_a_source_that_became_unavailable_is_reason_to_publish_again(server, paths, store, published):
    server.play(*answers(), SHUT, *answers())
    Night(server.url, paths, store)
    published()
    assert Night(server.url, paths, store).rebuilt
    published()
    assert Night(server.url, paths, store).rebuilt  # and so is one that is open again


def test_a_source_that_has_become_overdue_is_reason_to_say_so_in_the_publication(server, paths, store, published, monkeypatch):
    server.play(*answers(updated="2026-01-01"), *answers(updated="2026-01-01"))
    night = Night(server.url, paths, store)
    assert not night.fresh.passed
    assert night.fresh.severity == dg.AssetCheckSeverity.WARN
    assert "WDI 2026-01-01 is" in night.fresh.description
    published()
    descriptor = json.loads((paths.publication / "datapackage.json").read_text())
    assert descriptor["standings"][WDI] == "available, overdue"
    descriptor["standings"][WDI] = "available"
    (paths.publication / "datapackage.json").write_text(json.dumps(descriptor))
    assert Night(server.url, paths, store).rebuilt


def test_when_each_source_was_requested_and_last_available_is_remembered(server, paths, store):
    server.play(*answers(), SHUT)
    Night(server.url, paths, store)
    first = fetch_log.read(paths.fetch_log)[WDI]
    assert (first.state, first.last_success, first.message) == ("available", first.last_attempt, "")
    Night(server.url, paths, store)
    second = fetch_log.read(paths.fetch_log)[WDI]
    assert (second.state, second.last_success) == ("unavailable", first.last_success)
    assert "closed to programs" in second.message


@pytest.mark.parametrize("damaged", ["", "[]", '{"world-bank-wdi": {"state": "available"}}', '{"world-bank-wdi": 3}'])
def test_a_damaged_log_of_requests_stops_nothing(server, paths, store, damaged):
    paths.home.mkdir()
    paths.fetch_log.write_text(damaged)
    server.play(*answers())
    assert Night(server.url, paths, store).result.success
    assert fetch_log.read(paths.fetch_log)[WDI].state == "available"


@pytest.mark.parametrize("day", ["2026-13-45", "2026-02-30", "2099-12-31", "1066-10-14"])
def test_a_date_on_which_nothing_can_have_come_out_is_not_stored(server, paths, store, day):
    server.play(*answers(updated=day)[:2], *answers())
    night = Night(server.url, paths, store)
    assert store.list() == []
    assert set(night.states.values()) <= {"unusable", "unavailable"}
    # And the next good answer is taken.
    assert set(Night(server.url, paths, store).states.values()) == {"new"}


def test_an_answer_of_half_the_bytes_is_not_taken_for_whole(server, paths, store):
    server.play(*answers(), *answers(updated="2026-10-08"))
    Night(server.url, paths, store)
    held = store.get(f"{WDI}/2026-07-13/{SERIES[0]}.json")
    whole = held.path.read_bytes() + b" " * 2000
    held.path.write_bytes(whole)
    sidecar = held.path.with_name(held.path.name + ".toml")
    sidecar.write_text(sidecar.read_text().replace(held.sidecar["sha256"], hashlib.sha256(whole).hexdigest()))
    night = Night(server.url, paths, store)
    assert night.states == dict.fromkeys(SERIES, "new") | {SERIES[0]: "unusable"}
    assert "if the smaller file is right, add it with `divide add FILE`" in night.lines[SERIES[0]]


def test_an_unforeseen_error_is_a_line_and_ends_neither_the_run_nor_the_connector(server, paths, store, monkeypatch):
    fetch = refresh.CONNECTORS[WDI].fetch

    def fails_once(series, **asked):
        return 1 / 0 if series == SERIES[0] else fetch(series, **asked)

    monkeypatch.setitem(refresh.CONNECTORS, WDI, dataclasses.replace(refresh.CONNECTORS[WDI], fetch=fails_once))
    server.play(*answers()[1:])
    night = Night(server.url, paths, store)
    assert night.states == dict.fromkeys(SERIES, "new") | {SERIES[0]: "unusable"}
    assert "ZeroDivisionError (division by zero); please report it" in night.lines[SERIES[0]]


def test_a_rewrite_taken_back_is_an_event_again(server, store):
    server.play(*answers(), answer(SERIES[0], 99.9), *answers()[1:], *answers())
    with session_module.Session() as session:
        for day in (20, 21, 22):
            *_, last = nights = list(refresh.fetch_source(WDI, store, session, server.url, dt.datetime(2026, 11, day, 3, tzinfo=dt.UTC)))
            assert last.state == ("new" if day == 20 else "unchanged")
    assert [arrival.state for arrival in nights] == ["new", *["unchanged"] * (len(SERIES) - 1)]
    assert "the publisher rewrote 2026-07-13 in place" in nights[0].line
    assert b"62.5" in store.newest(WDI, f"{SERIES[0]}.json").read()


def test_an_edition_older_than_the_one_held_is_no_news_and_is_reported(server, paths, store):
    server.play(*answers(), *answers(61.0, "2026-04-08"))
    Night(server.url, paths, store)
    night = Night(server.url, paths, store)
    assert {snapshot.vintage for snapshot in store.list()} == {"2026-07-13"}
    assert "the edition of 2026-04-08 was received, but that of 2026-07-13 is already stored" in night.lines[SERIES[0]]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"<html>sorry</html>"), "an HTML page was received instead of JSON"),
        (Reply(status=503), "HTTP 503"),
        (Reply(b"[1, 2", headers={"Content-Length": "999"}), "broke off"),
    ],
    ids=str,
)
def test_a_publisher_in_trouble_is_left_alone_after_a_few_series_and_the_run_goes_on(server, paths, store, reply, said):
    server.play(*[reply] * 100)
    night = Night(server.url, paths, store)
    assert night.result.success
    assert store.list() == []
    assert not night.check.passed
    assert said in night.check.description
    assert set(night.states.values()) <= {"unusable", "unavailable"}
    assert len({asked.path for asked in server.asked}) <= 3 < len(SERIES)


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(b'[{"message":[{"id":"120","key":"Invalid value","value":"no"}]}]')], ids=str)
def test_refusals_of_single_series_do_not_make_the_source_unavailable(server, paths, store, reply):
    # The publisher answers, at once and for good: the last series is asked for like the first, and no more than once.
    server.play(*[reply] * (len(SERIES) - 1), answers()[-1])
    night = Night(server.url, paths, store)
    assert list(night.states.values()) == [*["unusable"] * (len(SERIES) - 1), "new"]
    assert len(server.asked) == len(SERIES)


def test_a_host_that_cannot_be_reached_is_no_crash(paths, store):
    with Server() as gone:
        url = gone.url
    night = Night(url, paths, store)
    assert night.result.success
    assert "no answer" in night.check.description


def test_what_came_before_the_source_became_unavailable_is_kept(server, paths, store):
    server.play(answer(SERIES[0]), answer(SERIES[1]), SHUT)
    night = Night(server.url, paths, store)
    assert list(night.states.values()) == ["new", "new", *["unavailable"] * (len(SERIES) - 2)]
    assert len(store.list()) == 2
    assert night.rebuilt
    assert not night.check.passed


def test_one_series_in_trouble_keeps_none_of_the_others_back(server, paths, store):
    server.play(answer(SERIES[0]), Reply(status=404), *answers()[2:])
    night = Night(server.url, paths, store)
    assert list(night.states.values()) == ["new", "unusable", *["new"] * (len(SERIES) - 2)]


def test_a_store_with_a_damaged_file_is_reported_for_the_series_and_stops_no_other(server, paths, store):
    server.play(*answers(), *answers())
    Night(server.url, paths, store)
    store.get(f"world-bank-wdi/2026-07-13/{SERIES[-1]}.json").path.write_bytes(b"damaged")
    night = Night(server.url, paths, store, rebuild=True)
    assert night.states[SERIES[-1]] == "unusable"
    assert "not those that were stored" in night.lines[SERIES[-1]]
    assert set(night.states.values()) == {"unchanged", "unusable"}


# ---- what no second try would mend

RETRIED = (
    "new_vintages.py: what no second try would mend is tried twice more, 30 and 60 s and more apart (156 s measured), the warehouse held"
)


def failure_of(paths: Settings, store: SnapshotStore, **config: Any) -> Exception | None:
    """Return how the asset fails, called without a run, so that its error comes at once and not after the retries."""
    with dg.build_asset_context() as context:
        try:
            list(new_vintages(context, Requests(**config), home=SimpleNamespace(settings=paths, store=store)))
        except Exception as error:
            return error.with_traceback(None)
    return None


def test_a_source_that_is_not_known_is_named_and_not_asked_for_again(paths, store):
    failure = failure_of(paths, store, addresses={"world-bank": "http://127.0.0.1"})
    assert isinstance(failure, dg.Failure)
    assert not failure.allow_retries
    assert "world-bank-wdi" in str(failure)


def test_a_store_that_cannot_be_listed_is_said_and_not_asked_for_again(server, paths, store, published):
    published()
    (paths.snapshots / "itu-datahub" / "2026").mkdir(parents=True)
    (paths.snapshots / "itu-datahub" / "2026" / "no-sidecar.csv").write_bytes(b"x")
    server.play(SHUT)
    failure = failure_of(paths, store, **only_the_world_bank(server.url))
    assert "has no sidecar" in str(failure)
    assert isinstance(failure, dg.Failure)
    assert not failure.allow_retries
