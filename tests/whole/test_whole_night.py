"""One run from every connector to the tables: what each publisher answers is stored, read, given a meaning and its licence."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from pipelines.ingest import refresh
from pipelines.ingest.connectors.session import Session
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build
from tests.support.publishers import CONVERSATIONS
from tests.support.server import Server

NIGHT = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
ASKED = {
    "world-bank-wdi": ("world bank", "IT.NET.USER.ZS", ""),
    "world-bank-areas": ("areas of the world bank", "country", ""),
    "data360": ("data360", "INT_USER_PT", ""),
    "unsd-sdg": ("unsd", "IT_USE_ii99", ""),
    "itu-datahub": ("datahub v3", "11624", "/v3"),
    "itu-price-baskets": ("price baskets", "itu-price-baskets", ""),
}


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """The arrivals of two nights on which nothing changed, and the tables made of what was stored."""
    folder = tmp_path_factory.mktemp("night")
    store, warehouse = SnapshotStore(folder / "embedded", folder / "snapshots"), Warehouse(folder / "build.duckdb")
    arrivals: list[list[refresh.FetchResult]] = [[], []]
    with pytest.MonkeyPatch.context() as patched, Server() as server:
        patched.setenv("NO_PROXY", "127.0.0.1,localhost")
        for arrived, moment in zip(arrivals, (NIGHT, NIGHT + dt.timedelta(days=1)), strict=True):
            for source, (name, series, path) in ASKED.items():
                connector = refresh.CONNECTORS[source]
                patched.setitem(refresh.CONNECTORS, source, dataclasses.replace(connector, series=lambda series=series: [series]))
                server.play(*CONVERSATIONS[name].replies)
                with Session() as session:
                    arrived += refresh.fetch_source(source, store, session, server.url + path, moment)
    with warehouse.held():
        wanted = ("snapshots", "observations", "quarantine", "current_observations", "freshness")
        build_tables.make_with_inputs(Build(warehouse, store, today=NIGHT.date()), *wanted)
        tables = {table: warehouse.read(table) for table in wanted}
    return arrivals, tables


def test_every_connector_that_is_requested_takes_part():
    # The workbook of aggregates comes through the connector of the price baskets.
    assert set(ASKED) == set(refresh.CONNECTORS) - {"itu-aggregates"}


def test_what_came_is_new_and_the_same_again_is_not(night):
    (first, second), _ = night
    assert {arrival.source: arrival.state for arrival in first} == dict.fromkeys(ASKED, "new"), [arrival.line for arrival in first]
    assert {arrival.source: arrival.state for arrival in second} == dict.fromkeys(ASKED, "unchanged")


def test_labels_begin_with_the_date_of_the_publisher_or_the_day_it_came(night):
    _, tables = night
    vintages = dict(zip(tables["snapshots"]["source"], tables["snapshots"]["vintage"], strict=True))
    assert vintages["unsd-sdg"] == "2026-04_2026.Q2.G.02"
    assert vintages["data360"] == vintages["world-bank-areas"] == "2026-11-24"
    assert tables["snapshots"]["is_dated"].all()
    ages = tables["freshness"].set_index("source")["age_days"]
    assert ages["data360"] == 0
    assert ages["unsd-sdg"] == 30 + 31 + 30 + 31 + 31 + 30 + 31 + 23  # from 1 April to 24 November


@pytest.mark.parametrize("source", sorted(set(ASKED) - {"world-bank-areas"}))
def test_what_came_from_each_connector_has_a_meaning_or_a_reason(night, source):
    _, tables = night
    snapshot = tables["snapshots"].query("source == @source").iloc[0]
    kept = tables["observations"].query("source == @source")
    refused = tables["quarantine"].query("source == @source")
    assert len(kept) > 0
    assert len(kept) + len(refused) == snapshot["rows"]
    assert set(kept["licence"]) == {snapshot["licence"]}


def test_a_figure_that_several_sources_have_is_chosen_once_and_says_from_how_many(night):
    _, tables = night
    current = tables["current_observations"]
    assert not current.duplicated(["indicator", "area", "year", "sex", "locality", "age"]).any()
    shared = current[current["sources_to_choose_from"] > 1]
    assert len(shared) > 0
    assert shared["differs_by"].notna().all()
    assert (shared["chosen_because"] == "newest vintage of the preferred source that has it").all()
