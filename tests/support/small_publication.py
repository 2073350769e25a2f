"""A small publication for the tests of pages and briefs: three economies, three groups, and one row of most tables.

`SmallTables` has it in a database, `FrameTables` has single tables as frames; both are read as the publication reads its tables.
"""

import datetime as dt
from dataclasses import replace

import duckdb
import pandas as pd

from indicators.claims import crosswalk, identities
from indicators.claims.unmeasured_topics import unmeasured
from indicators.contracts.tables import TABLES, conform
from indicators.contracts.validation import contract_problems
from indicators.editions.freshness import freshness
from indicators.registries import resolution
from indicators.registries.catalogue import indicators_table
from indicators.registries.sources import sources_table
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.registries import Chart
from pipelines.publication.site import build, front_page
from pipelines.publication.site.method_note import method_note
from pipelines.publishing.opened import PublishedTables
from pipelines.warehouse.database import Published
from tests.support.paths import PROJECT

WDI, FACTS = "world-bank-wdi", "itu-facts-and-figures"
CLAIMS = resolution.claims_table(resolution.load_claims())
INFO = PublicationInfo(
    made_at="2026-01-16T04:05:06Z",
    code="0a1b2c3d4e5f",
    git_sha="abc123def456",
    run="run-7",
    selection="everything held",
    is_everything=True,
    build="0123456789abcdef",
    what_changed="first publication",
    licence="CC BY 4.0",
)
NOTE = method_note((PROJECT / "docs" / "methods.md").read_text("utf-8"))
CHARTS = [
    Chart(chart, f"What {chart} shows", "Per cent", "Lines.", "Source: ITU", "CC BY 4.0")
    for chart in ("internet_use_over_time", "internet_use_by_economy", "gap_by_sex", "data_gaps_by_group")
]


class FrameTables:
    """Tables from frames; those not given are empty."""

    def __init__(self, **frames):
        self._frames = {name: conform(name, pd.DataFrame()) for name in TABLES} | frames

    def read(self, table):
        """Return a whole table."""
        return self._frames[table]

    def page(self, query):
        """Refuse: frames run no query."""
        raise AssertionError(f"{query} needs a database")


def table(name, rows):
    """Return rows as a table that keeps its contract."""
    frame = conform(name, pd.DataFrame(rows))
    assert contract_problems(name, frame).empty, contract_problems(name, frame).to_string()
    return frame


def current_freshness(attempts=None):
    """Return how fresh the sources of the small publication are on the day it was made."""
    editions = [(FACTS, "2025", "2025-11-17"), (FACTS, "2024", "2024-11"), (WDI, "2025-10", "2025-10")]
    vintages = pd.DataFrame(editions, columns=["source", "vintage", "published"])
    return freshness(vintages, attempts or {}, {WDI}, dt.date(2026, 1, 16))


def small_tables(folder):
    """Write the small publication to a database in `folder` and return its tables."""
    database = folder / "published.duckdb"
    contents = _world()
    with duckdb.connect(str(database)) as connection:
        for name in TABLES:
            form = conform(name, pd.DataFrame())
            connection.sql(f"create table {name} as from form")
            if (rows := contents.get(name)) is not None:
                columns = ", ".join(f'"{column}"' for column in rows if column in form)
                connection.sql(f"insert into {name} by name select {columns} from rows")
    return PublishedTables(Published(database))


def write_site(tables, folder, **info):
    """Write the site and its front page; return the addresses of its files."""
    files = build.build(tables, folder, CHARTS, NOTE, replace(INFO, **info))
    (folder / "index.html").write_text(front_page.page(tables, CHARTS, [], replace(INFO, **info)), "utf-8")
    return [*files, "index.html"]


def number(area, year, value, **more):
    """Return an observation of Internet use."""
    about = {"indicator": "individuals_using_internet", "area": area, "area_kind": "economy", "year": year, "value": value, "unit": "%"}
    about |= {"sex": "all", "locality": "all", "age": "all", "source": WDI, "vintage": "2025-10", "nature": "unknown"}
    about |= {"printed": f"{value}", "licence": "CC BY 4.0", "snapshot": f"{WDI}/2025-10/a.csv"}
    return about | more


OF_FACTS = {"source": FACTS, "vintage": "2025", "snapshot": f"{FACTS}/2025/a.csv", "area_kind": "group", "nature": "estimate"}
NUMBERS = [
    *(number("CIV", 2018 + place, value) for place, value in enumerate([30.0, 35.5, 40.25, 44.0])),
    number("LAO", 2021, 0.0),
    number("world", 2025, 73.6, **OF_FACTS),
    *(number("low-income", year, value, area_kind="group") for year, value in ((2018, 10.0), (2019, 12.0), (2020, 15.0))),
]
ALL_PEOPLE = {"sex": "all", "locality": "all", "age": "all"}
#: Our own estimate where the vintage prints none: 44.0 of Côte d'Ivoire, zero of the Lao People's Democratic Republic.
ESTIMATE = ALL_PEOPLE | {
    "source": WDI,
    "vintage": "2025-10",
    "indicator": "individuals_using_internet",
    "group_name": "low-income",
    "year": 2021,
    "value": 35.2,
    "lower": 30.0,
    "upper": 41.0,
    "coverage": 0.6,
    "mean_error": 1.25,
    "largest_error": 2.5,
    "publishable": "indicative",
    "list": "2025-10-07",
    "nature": "own estimate",
}
REVIEW = {
    "indicator": "individuals_using_internet",
    "economies": 2,
    "share_of_people": 0.87,
    "share_of_people_recent": 0.85,
    "groups": 3,
    "headline_year": 2021.0,
    "newest_year": 2021.0,
    "share_unknown": 1.0,
    "share_moved": 0.18,
    "median_move": 2.7,
    "vintages": 2,
    "finding": "Two of three have a value.",
    "evidence": "wide and recent",
    "claims": 1,
    "targets": 0,
    "economies_recent": 2,
    "economies_listed": 3,
    "economies_by_sex": 0,
    "economies_by_locality": 0,
    "economies_by_age": 0,
}
SNAPSHOTS = [
    {"snapshot": f"{source}/{vintage}/a.csv", "source": source, "vintage": vintage, "file": "a.csv", "published": published}
    | {"is_dated": True, "layout": "embedded", "bytes": 5, "sha256": "0" * 64, "licence": "CC BY 4.0", "citation": "Cite", "rows": 10}
    | {"without_value": 0, "repaired": 0}
    for source, vintage, published in ((WDI, "2025-10", "2025-10-07"), (FACTS, "2025", "2025-11-17"), (FACTS, "2024", "2024-11"))
]
VERDICT = {"claim": "online-urban", "basis": "published", "source": FACTS, "year": 2025, "margin": -0.4, "explanation": "Why."}
VERDICT |= {"value": 85.4, "lower": 85.35, "upper": 85.45, "verdict": "not supported", "vintage": "2025", "published": "2025-11-17"}
THEN = {"moment": "history", "vintage": "2024", "published": "2024-11", "year": 2024, "value": 83.0, "lower": 82.5, "upper": 83.5}
SCENARIO = ALL_PEOPLE | {
    "indicator": "individuals_using_internet",
    "group_name": "world",
    "year": 2030,
    "population_year": 2025,
    "publishable": "published",
    "source": WDI,
    "vintage": "2025-10",
    "n_with_path": 2,
    "n_faster_than_best_quarter": 1,
}
OWN_PACE = SCENARIO | {
    "scenario": "own pace",
    "assumption": "every economy goes on",
    "value": 84.2,
    "lower": 81.1,
    "upper": 84.6,
    "offline_lower": 1.261e9,
    "offline_upper": 1.553e9,
    "tested_horizon": 6.0,
    "backtest_error": 9.44,
    "group_error": 5.37,
    "group_bias": -5.37,
}
REACHED = SCENARIO | {
    "scenario": "target reached",
    "assumption": "every economy stands at 95",
    "value": 95.1,
    "lower": 95.1,
    "upper": 95.2,
    "offline_lower": 3.95e8,
    "offline_upper": 4.03e8,
}
TOO_LITTLE_KNOWN = SCENARIO | {
    "group_name": "low-income",
    "scenario": "no change",
    "assumption": "every economy stays",
    "publishable": "not published",
}


def _world():
    """Return a world of three economies, one of them without a figure, and three groups, one of them without members."""
    economies = [("CIV", "Côte d’Ivoire"), ("LAO", 'Lao "People’s" & <Republic>'), ("TKL", "Tokelau")]
    groups = [("world", "world", "World"), ("low-income", "income", "Low-income economies"), ("wb-sas", "wb region", "South Asia")]
    members = [("world", "world", iso3) for iso3, _ in economies] + [("income", "low-income", "CIV"), ("income", "low-income", "LAO")]
    observed = pd.DataFrame([*NUMBERS, number("wb-sas", 2021, 12.0, area_kind="group")])
    gap = {"rank": 1, "rank_in_indicator": 1, "indicator": "individuals_using_internet", "iso3": "TKL", "reference_year": 2021}
    gap |= ALL_PEOPLE | {"bounds_shrink_by": 2.5, "world_bound_shrinks_by": 2.5}
    revision = number("CIV", 2020, 0.0) | {"vintage_from": "2025-01", "vintage_to": "2025-10", "value_from": 38.0, "value_to": 40.25}
    revision |= {"change": 2.25, "kind": "changed"}
    calendar = {"paragraph": 21, "request": "A report", "addressee": None, "reported_to": None, "due": "2027", "due_year": 2027.0}
    ties = crosswalk.crosswalk_table(resolution.load_claims())
    tried = identities.compare_statements(resolution.load_claims(), resolution.load_identities(), resolution.load_inclusions())
    return {
        "indicators": indicators_table(),
        "sources": sources_table(),
        "claims": CLAIMS,
        "economies": pd.DataFrame(economies, columns=["iso3", "name"]),
        "groups": pd.DataFrame(groups, columns=["group_name", "scheme", "title"]),
        "memberships": pd.DataFrame(members, columns=["scheme", "group_name", "iso3"]),
        "observations": observed,
        "current_observations": observed,
        "snapshots": pd.DataFrame(SNAPSHOTS),
        "freshness": current_freshness(),
        "verdicts": pd.DataFrame([VERDICT | {"moment": "now"}, VERDICT | {"moment": "at adoption"}, VERDICT | THEN]),
        "data_gaps": pd.DataFrame([gap]),
        "revisions": pd.DataFrame([revision]),
        "calendar": pd.DataFrame([calendar]),
        "scenarios": pd.DataFrame([OWN_PACE, REACHED, TOO_LITTLE_KNOWN]),
        "crosswalk": ties,
        "paragraphs": crosswalk.paragraphs_table(ties, CLAIMS),
        "claim_identities": tried,
        "imputed_aggregates": pd.DataFrame([ESTIMATE]),
        "indicator_review": pd.DataFrame([REVIEW]),
        "unmeasured_topics": unmeasured(conform("observations", pd.DataFrame())),
    }
