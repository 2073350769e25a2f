"""What the functions that make tables are given and is no table: registries, rows of stored files, requests made, the day.

Each entry says how it is read, and which tables it stands for in the graph. A registry that is written as a table stands for that table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators import readers
from indicators.charts.registry import own_text
from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.measures import scenarios, targets
from indicators.readers import world_bank_areas
from indicators.registries import corrections, resolution
from pipelines.warehouse.selection import RAW_TABLES, Selection

if TYPE_CHECKING:
    from indicators.editions.freshness import Attempt
    from pipelines.snapshots import SnapshotStore
    from pipelines.warehouse.database import Warehouse


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


@dataclass(frozen=True)
class Build:
    """A build at work.

    Attributes:
        warehouse: The database its tables are written to.
        store: The snapshots.
        selection: Which of them it is made from.
        attempts: How the last request to each source ended.
        connected_sources: The sources that have a connector.
        today: The day on which the age of editions is counted.
    """

    warehouse: Warehouse
    store: SnapshotStore
    selection: Selection = field(default_factory=Selection)
    attempts: Mapping[str, Attempt] = field(default_factory=dict)
    connected_sources: Collection[str] = ()
    today: dt.date = field(default_factory=_today)


@dataclass(frozen=True)
class Parameter:
    """How a parameter is read, and the tables it stands for."""

    read: Callable[[Build], Any]
    reads: tuple[str, ...] = ()


def _raw_rows(build: Build) -> Callable[[str], pd.DataFrame]:
    """Give the rows of a snapshot as text."""

    def rows(snapshot: str) -> pd.DataFrame:
        table = RAW_TABLES[snapshot.partition("/")[0]]
        return build.warehouse.query(f"from {table} where snapshot = ? order by row_number", [snapshot])

    return rows


def _original_rows(build: Build) -> Callable[[str, set[int]], dict[int, str]]:
    """Give rows of a snapshot as they are in its file."""

    def rows(snapshot: str, numbers: set[int]) -> dict[int, str]:
        return readers.original_rows(build.store.get(snapshot).read(), numbers)

    return rows


def _published_corrected(build: Build) -> pd.DataFrame:
    """Return the rows, as published, that the corrections name."""
    named = []
    for correction in corrections.corrections():
        where = " and ".join(f'"{column}" in (from unnest(?))' for column in correction.named) or "true"
        table = RAW_TABLES[correction.source]
        query = f"select ? as source, vintage, published, is_dated, {table}.* from {table} join snapshots using (snapshot) where {where}"
        named.append(build.warehouse.query(query, [correction.source, *correction.named.values()]))
    columns = ["source", "vintage", "published", "is_dated", *PUBLISHED_COLUMNS]
    return pd.concat(named).drop_duplicates() if named else pd.DataFrame(columns=columns)


def _published_areas(build: Build) -> pd.DataFrame:
    """Return the newest stored list of areas of a publisher, with its source and vintage; nothing where none is stored."""
    newest = build.warehouse.query(
        "select source, vintage, snapshot from snapshots where layout = ? order by is_dated desc, published desc, vintage desc limit 1",
        [world_bank_areas.LAYOUT],
    )
    for entry in newest.itertuples():
        listed = world_bank_areas.areas(build.store.get(str(entry.snapshot)).read())
        return listed.assign(source=str(entry.source), vintage=str(entry.vintage))
    return pd.DataFrame()


def _earlier_statements() -> list[resolution.Claim]:
    return resolution.load_claims(resolution=resolution.TEN_YEARS_BEFORE)


#: By the name of the parameter.
PARAMETERS: dict[str, Parameter] = {
    "raw_rows": Parameter(_raw_rows, tuple(RAW_TABLES.values())),
    "original_rows": Parameter(_original_rows),
    "published_corrected": Parameter(_published_corrected, ("snapshots", *RAW_TABLES.values())),
    "published_areas": Parameter(_published_areas, ("snapshots",)),
    "chart_texts": Parameter(lambda _: own_text()),
    "attempts": Parameter(lambda build: build.attempts),
    "connected_sources": Parameter(lambda build: build.connected_sources),
    "today": Parameter(lambda build: build.today),
    "statements": Parameter(lambda _: resolution.load_claims(), ("claims",)),
    "earlier_statements": Parameter(lambda _: _earlier_statements()),
    "all_statements": Parameter(lambda _: [*resolution.load_claims(), *_earlier_statements()], ("claims",)),
    "identities": Parameter(lambda _: resolution.load_identities()),
    "inclusions": Parameter(lambda _: resolution.load_inclusions()),
    "stated_targets": Parameter(lambda _: targets.load_targets()),
    "scenario_years": Parameter(lambda _: scenarios.load_scenarios()["years"]),
}
