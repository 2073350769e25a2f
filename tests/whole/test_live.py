"""Each connector against the real service, for one series: what must hold of an answer whatever the day. Run by `make test-live` only.

A publisher in trouble fails this test and no other; a source that is closed to programs is a known state and skips with its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

from indicators import readers
from indicators.readers import world_bank_areas
from pipelines.ingest.connectors import Fetched, data360, itu_datahub, itu_workbooks, unsd, world_bank
from pipelines.ingest.connectors.session import Session, SourceUnavailable

pytestmark = pytest.mark.live
TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session() as polite:
        yield polite


def ask(connector: ModuleType, series: str, session: Session, **choices: str) -> Fetched:
    """Request a connector, or skip where its source is closed to programs."""
    try:
        return connector.fetch(series, session=session, today=TODAY, **choices)
    except SourceUnavailable as closed:
        pytest.skip(str(closed))


@pytest.mark.parametrize(
    ("connector", "series", "layout", "least", "dated"),
    [
        # Some 265 areas and 66 years.
        (world_bank, "IT.NET.USER.ZS", "world-bank-json", 15_000, r"\d{4}-\d{2}-\d{2}"),
        # At least as many rows as economies a year in the years that most of them report.
        (data360, "INT_USER_PT", "data360-json", 2_000, ""),
        (unsd, "IT_USE_ii99", "unsd-json", 2_000, r"\d{4}-(01|04|07|10)"),
        (itu_datahub, "11624", "itu-datahub-v3", 2_000, r"\d{4}-\d{2}-\d{2}"),
        (itu_workbooks, "itu-price-baskets", "itu-price-baskets", 9_945, r"\d{4}-\d{2}-\d{2}"),
        (itu_workbooks, "itu-aggregates", "itu-aggregates", 100, r"(\d{4}-\d{2}(-\d{2})?)?"),
    ],
    ids=["world bank", "data360", "unsd", "datahub", "price baskets", "aggregates"],
)
def test_a_connector_brings_a_whole_series_that_its_reader_reads(session, connector, series, layout, least, dated):
    fetched = ask(connector, series, session)
    published = readers.read(fetched.content)
    assert published.layout == layout
    assert fetched.rows >= least
    assert re.fullmatch(dated, fetched.published)
    assert fetched.published <= TODAY.isoformat()
    assert (published.rows["problem"] == "").mean() > 0.5
    assert fetched.file
    assert fetched.url.startswith("https://")


def test_the_list_of_areas_has_economies_and_groups(session):
    fetched = world_bank.fetch_areas(session=session, today=TODAY)
    areas = world_bank_areas.areas(fetched.content).set_index("code")["area_kind"]
    assert len(areas) == fetched.rows
    assert (areas == "economy").sum() > 200
    assert set(areas[["WLD", "HIC", "LIC"]]) == {"group"}


def test_an_answer_asked_for_twice_has_the_same_bytes(session):
    first, second = (ask(data360, "INT_USER_PT", session) for _ in range(2))
    assert first == second
