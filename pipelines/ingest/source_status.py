"""The status of each source: the age of its newest stored edition, and how the last request ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from indicators.editions.freshness import freshness
from pipelines.ingest.refresh import CONNECTORS

if TYPE_CHECKING:
    from indicators.editions.freshness import Attempt
    from pipelines.snapshots import SnapshotStore


def source_status(store: SnapshotStore, attempts: Mapping[str, Attempt], today: dt.date) -> pd.DataFrame:
    """Return the table `freshness` for all snapshots that are stored, whether or not a build was made from them."""
    dated = [snapshot for snapshot in store.list() if snapshot.sidecar.get("is_dated", True)]
    held = [(snapshot.source, snapshot.vintage, snapshot.published) for snapshot in dated]
    return freshness(pd.DataFrame(held, columns=["source", "vintage", "published"]), attempts, set(CONNECTORS), today)
