"""What several test modules share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from pipelines.ingest.connectors.session import Session
from pipelines.warehouse.database import Warehouse
from tests.support import embedded_build
from tests.support.publishers import QUICK
from tests.support.server import Server

# What is too slow is for `make bench` to say: a machine at work on something else fails no test.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

#: Run by other interpreters, in environments of their own.
collect_ignore = ["validators"]


@pytest.fixture(scope="session", autouse=True)
def _nobody_is_written_to() -> Iterator[None]:
    """No test sends a digest to the recipients configured on this machine."""
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith("DIVIDE_DIGEST_")]:
            patched.delenv(name)
        yield


@pytest.fixture(scope="session")
def embedded_warehouse(tmp_path_factory) -> Warehouse:
    """One build from the embedded vintages alone, up to the verdicts."""
    return embedded_build.build_embedded(tmp_path_factory.mktemp("embedded"))


@pytest.fixture(scope="session")
def embedded(embedded_warehouse):
    """The tables of that build, by name."""
    return {table: embedded_warehouse.read(table) for table in embedded_build.TABLES}


@pytest.fixture(scope="session")
def small_publication(tmp_path_factory):
    """The tables of a small publication, for pages and briefs."""
    from tests.support.small_publication import small_tables

    return small_tables(tmp_path_factory.mktemp("small-publication"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A publisher on this machine that plays what it is given."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with Server() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """The seconds the session would have waited."""
    return []


@pytest.fixture
def session(waits: list[float]) -> Iterator[Session]:
    """A session without waiting times."""
    with Session(QUICK, sleep=waits.append, chance=lambda: 1.0) as polite:
        yield polite
