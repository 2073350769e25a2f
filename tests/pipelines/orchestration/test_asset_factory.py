"""What the UI shows of a table and of a check that fails: few rows, short numbers, and what to do."""

import dagster as dg
import pandas as pd
import pytest

from indicators.contracts.tables import conform
from pipelines.orchestration import asset_factory
from pipelines.warehouse import checks, queries
from pipelines.warehouse.database import Warehouse
from tests.support import embedded_build


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    return Warehouse(tmp_path / "build.duckdb")


def groups(*schemes: str) -> pd.DataFrame:
    rows = {"group_name": [f"g{number}" for number in range(len(schemes))], "scheme": schemes, "title": "A group", "has_members": True}
    return conform("groups", pd.DataFrame(rows))


# ---- the rows to look at first


@pytest.mark.parametrize("table", [table for table in embedded_build.TABLES if queries.head(table)])
def test_the_rows_to_look_at_first_are_found_in_a_real_build(embedded_warehouse, table):
    shown = asset_factory.head(embedded_warehouse, table)
    assert 0 < len(shown["rows"].records) <= asset_factory.HEAD_ROWS
    assert shown["what to look at first"] == queries.head(table).description


def test_the_first_verdict_shown_is_one_that_is_not_supported_as_the_newest_edition_has_it(embedded_warehouse):
    first = asset_factory.head(embedded_warehouse, "verdicts")["rows"].records[0].data
    # Facts and Figures 2025: 73.6 % online, so 26.4 % are not; "a third" is [30.83, 35.83).
    assert first == {"claim": "third-offline", "verdict": "not supported", "value": 26.4, "interval": "[30.83, 35.83)", "vintage": "2025"}


def test_a_table_that_nobody_asked_about_shows_its_first_rows_and_columns_and_an_empty_one_none(warehouse):
    warehouse.write("groups", groups(*["sex"] * 20))
    shown = asset_factory.head(warehouse, "groups")
    assert len(shown["rows"].records) == asset_factory.HEAD_ROWS
    assert list(shown["rows"].records[0].data) == ["group_name", "scheme", "title", "has_members", "union_of"]
    warehouse.write("groups", groups())
    assert asset_factory.head(warehouse, "groups") == {}


def test_numbers_are_shown_short_and_what_is_missing_stays_missing():
    rows = pd.DataFrame({"a": [1 / 3, float("nan")], "b": [2_600_000_000.0, 2024.0], "c": [None, True]})
    shown = [record.data for record in asset_factory.table_metadata(rows).records]
    assert shown == [{"a": 0.333333, "b": 2_600_000_000, "c": None}, {"a": None, "b": 2024, "c": True}]


# ---- checks that fail


def test_a_broken_contract_names_column_and_rule_where_to_look_and_shows_the_rows(warehouse):
    warehouse.write("groups", groups("sex", "", ""))
    outcome = checks.contract_outcome(warehouse, "groups")
    assert outcome.sentence == (
        "scheme: must not be empty (2 rows). Nothing was published. The rows are made in indicators/registries/groups.csv: "
        "look there first, then "
        "start the job build again."
    )
    assert outcome.offenders.to_dict("list") == {"group_name": ["g1", "g2"], "scheme": ["", ""]}
    shown = asset_factory.check_result("groups", "keeps_its_contract", outcome, is_blocking=True)
    assert (shown.check_name, shown.severity) == ("keeps_its_contract", dg.AssetCheckSeverity.ERROR)
    assert not shown.passed
    assert [record.data["group_name"] for record in shown.metadata["offenders"].records] == ["g1", "g2"]


def test_a_contract_that_is_kept_says_so_and_shows_nothing(warehouse):
    warehouse.write("groups", groups("sex"))
    outcome = checks.contract_outcome(warehouse, "groups")
    assert (outcome.passed, outcome.sentence) == (True, "every row keeps the contract")
    assert asset_factory.check_result("groups", "keeps_its_contract", outcome).metadata == {}


def test_a_row_that_a_query_returns_is_reported_with_the_query_that_asked(warehouse):
    warehouse.write("groups", groups("sex"))
    periods = pd.DataFrame({"scheme": "sex", "group_name": ["g0", "nobody"], "iso3": "AAA", "valid_from": ["2020-01-01", "2021-01-01"]})
    warehouse.write("memberships", conform("memberships", periods))
    warehouse.write("economies", conform("economies", pd.DataFrame({"iso3": ["AAA"], "name": ["A"]})))
    (check,) = [check for check in queries.checks() if check.query.name == "members_are_economies_and_groups_are_known"]
    outcome = checks.query_outcome(warehouse, check)
    assert not outcome.passed
    assert outcome.sentence.startswith("1 row breaks the rule: Every member is in the table economies, every group in the table groups; ")
    assert "sql/checks/memberships/members_are_economies_and_groups_are_known.sql" in outcome.sentence
    assert "indicators/registries/memberships.csv: look there first" in outcome.sentence


@pytest.mark.parametrize("check", queries.checks(), ids=lambda check: check.query.name)
def test_the_file_that_a_check_names_is_there(check):
    assert (queries.SQL.parent / check.place).is_file()


def test_a_picture_that_would_bloat_the_history_is_left_out_and_said_so():
    assert asset_factory.picture(b"x" * (asset_factory.PREVIEW_BYTES + 1), "") == "preview left out: 30,001 bytes"
    assert isinstance(asset_factory.picture(b"x", "alt"), dg.MarkdownMetadataValue)
