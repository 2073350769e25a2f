"""The build database: tables replaced whole, comments that travel, no mixture of old and new parts, one build at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from indicators.contracts.tables import TABLES, column_meanings, conform
from indicators.contracts.validation import contract_problems
from pipelines.warehouse import queries
from pipelines.warehouse.database import Busy, CannotRead, MixedVintages, Warehouse, read_published

GROUPS = pd.DataFrame(
    {"group_name": ["world", "ldc"], "scheme": ["world", "ldc"], "title": ["World", 'The "least"'], "has_members": [True, True]}
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    (tmp_path / "build").mkdir()
    return Warehouse(tmp_path / "build" / "digital_divide.duckdb")


@pytest.fixture
def chain(warehouse, tmp_path, monkeypatch) -> Warehouse:
    """A warehouse in which `second` is made of `first` by a query, and `third` of `second` by a function."""
    sql = tmp_path / "sql"
    sql.mkdir()
    (sql / "second.sql").write_text("-- One row per row of first.\nselect k, v * 2 as v from first\n")
    monkeypatch.setattr(queries, "SQL", sql)
    queries.model.cache_clear()
    warehouse.write("first", pd.DataFrame({"k": ["a"], "v": [1.0]}))
    warehouse.make("second")
    warehouse.write("third", warehouse.read("second"), ["second"])
    yield warehouse
    queries.model.cache_clear()


# ---- write, read, append, make


def test_what_is_written_is_read_back_with_its_types_and_missing_values(warehouse):
    frame = pd.DataFrame(
        {
            "text": pd.Series(["a", None, ""], dtype="str"),
            "whole": [1, 2, 3],
            "number": [0.1, None, 1e300],
            "yes": [True, False, True],
        }
    )
    kept = frame.copy()
    warehouse.write("t", frame)
    pd.testing.assert_frame_equal(warehouse.read("t"), kept)
    pd.testing.assert_frame_equal(frame, kept)


def test_a_table_is_replaced_whole_with_other_columns_if_need_be(warehouse):
    warehouse.write("t", pd.DataFrame({"a": [1, 2]}))
    warehouse.write("t", pd.DataFrame({"b": ["x"]}))
    assert warehouse.read("t").to_dict("list") == {"b": ["x"]}


@pytest.mark.parametrize("table", list(TABLES))
def test_an_empty_table_keeps_its_columns_and_their_types(warehouse, table):
    # A column without a single value is where a type is lost most easily.
    warehouse.write(table, conform(table, pd.DataFrame()))
    assert contract_problems(table, warehouse.read(table)).empty


@pytest.mark.parametrize("name", ["order", "a b", 'with "quotes"', "Äpfel", "drop table t; --"])
def test_a_table_may_have_any_name(warehouse, name):
    warehouse.write(name, pd.DataFrame({"a": [1]}))
    warehouse.append(name, pd.DataFrame({"a": [2]}))
    assert warehouse.has(name)
    assert warehouse.read(name)["a"].tolist() == [1, 2]


def test_rows_are_appended_by_the_name_of_the_column_not_by_its_place(warehouse):
    warehouse.write("t", pd.DataFrame({"a": [1], "b": ["x"]}))
    warehouse.append("t", pd.DataFrame({"b": ["y"], "a": [2]}))
    assert warehouse.read("t").to_dict("list") == {"a": [1, 2], "b": ["x", "y"]}


def test_a_model_is_made_by_its_select(chain):
    assert chain.read("second").to_dict("list") == {"k": ["a"], "v": [2.0]}


def test_a_model_that_fails_leaves_its_table_and_its_state_as_they_were(chain, tmp_path):
    (tmp_path / "sql" / "second.sql").write_text("-- Broken.\nselect error('no') as k, v from first\n")
    queries.model.cache_clear()
    with pytest.raises(duckdb.Error):
        chain.make("second")
    assert chain.read("second")["v"].tolist() == [2.0]
    chain.require_one_state(["second", "third"])


def test_a_table_that_was_never_made_is_not_there(warehouse):
    assert not warehouse.has("t")
    warehouse.write("t", pd.DataFrame({"a": [1]}))
    assert warehouse.has("t")
    assert not warehouse.has("u")


def test_a_query_takes_parameters(warehouse):
    warehouse.write("t", pd.DataFrame({"a": [1, 2]}))
    assert warehouse.query("select a from t where a > ? order by a", [1])["a"].tolist() == [2]


def test_the_offenders_of_a_check_are_its_rows_up_to_a_limit(warehouse):
    warehouse.write("t", pd.DataFrame({"a": range(100)}))
    query = queries.Query("no_number_is_odd", "", "-- None is odd.\nselect a from t where a % 2 = 1 order by a\n", ("t",), {})
    assert warehouse.offenders(queries.Check("t", query), limit=3)["a"].tolist() == [1, 3, 5]
    assert len(warehouse.offenders(queries.Check("t", query))) == 50


# ---- what the tables say of themselves


def test_the_comments_of_a_contract_are_in_the_export(warehouse, tmp_path):
    warehouse.write("groups", conform("groups", GROUPS))
    warehouse.export(["groups"], tmp_path / "out.duckdb")
    tables = read_published(tmp_path / "out.duckdb", "select comment from duckdb_tables() where table_name = 'groups'")
    assert tables["comment"].tolist() == ["One row: one group of economies"]
    columns = read_published(
        tmp_path / "out.duckdb", "select column_name, comment from duckdb_columns() where not internal order by column_index"
    )
    assert dict(zip(columns["column_name"], columns["comment"], strict=True)) == {
        "group_name": "Name of the group, the same in every table",
        "scheme": "Classification the group belongs to, such as income or itu region",
        "title": "Title in English",
        "has_members": "Whether the table memberships has its members, or those of the groups it is the union of",
        "union_of": "Groups it is the union of, comma-separated; missing if it is not a union",
    }


def test_a_comment_with_an_apostrophe_is_no_accident(warehouse, tmp_path):
    # "Who or what ... the publisher's": the words of several contracts hold an apostrophe.
    table = next(name for name in TABLES if any("'" in text for text in column_meanings(name).values()))
    warehouse.write(table, conform(table, pd.DataFrame()))
    warehouse.export([table], tmp_path / "out.duckdb")
    said = read_published(tmp_path / "out.duckdb", "select comment from duckdb_columns() where not internal order by column_index")[
        "comment"
    ].tolist()
    assert said == list(column_meanings(table).values())


def test_an_export_holds_the_tables_asked_for_and_no_bookkeeping_and_no_log_beside_it(chain, tmp_path):
    target = tmp_path / "out.duckdb"
    chain.export(["second", "first"], target)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("out")) == ["out.duckdb"]
    assert sorted(read_published(target, "select table_name from duckdb_tables()")["table_name"]) == ["first", "second"]
    assert read_published(target, "from second").to_dict("list") == {"k": ["a"], "v": [2.0]}


def test_an_export_can_be_read_where_nothing_may_be_written(chain, tmp_path):
    folder = tmp_path / "shelf's"
    folder.mkdir()
    chain.export(["first"], folder / "out.duckdb")
    (folder / "out.duckdb").chmod(0o444)
    assert read_published(folder / "out.duckdb", "from first")["k"].tolist() == ["a"]
    assert [path.name for path in folder.iterdir()] == ["out.duckdb"]


def test_the_files_of_a_table_hold_the_same_rows_and_tell_empty_from_missing(warehouse, tmp_path):
    frame = pd.DataFrame({"text": pd.Series(['a,"b"\nc', None, ""], dtype="str"), "number": [0.1, None, 3.0], "whole": [1, 2, 3]})
    warehouse.write("t", frame)
    warehouse.export_files(["t"], tmp_path)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "t.parquet").astype({"text": "str"}), frame)
    assert (tmp_path / "t.csv").read_text() == 'text,number,whole\n"a,""b""\nc",0.1,1\n,,2\n"",3.0,3\n'


def test_the_files_are_the_same_bytes_each_time(warehouse, tmp_path):
    warehouse.write("t", pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", None]}))
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        warehouse.export_files(["t"], tmp_path / name)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]


# ---- one state


def test_tables_made_one_after_the_other_are_of_one_state(chain):
    chain.require_one_state(["first", "second", "third"])


def test_a_table_made_from_an_older_input_is_refused_by_name(chain):
    chain.write("first", pd.DataFrame({"k": ["a"], "v": [5.0]}))
    with pytest.raises(
        MixedVintages, match=r"^second was made from an older first: materialise second, and what depends on it, before publishing$"
    ):
        chain.require_one_state(["first", "second", "third"])
    chain.make("second")
    with pytest.raises(MixedVintages, match=r"^third was made from an older second"):
        chain.require_one_state(["first", "second", "third"])
    chain.write("third", chain.read("second"), ["second"])
    chain.require_one_state(["first", "second", "third"])


def test_the_same_content_written_again_still_counts_as_newer(chain):
    # Whether content is the same is not looked at: what was made from it is made again, or not published.
    chain.write("first", chain.read("first"))
    with pytest.raises(MixedVintages):
        chain.require_one_state(["first", "second", "third"])


def test_a_table_that_is_missing_is_refused_by_name(chain):
    with pytest.raises(MixedVintages, match=r"^fourth has not been made"):
        chain.require_one_state(["first", "fourth"])


def test_a_build_that_holds_nothing_is_refused(warehouse):
    with pytest.raises(MixedVintages, match="materialise"):
        warehouse.require_one_state(["first"])


def test_a_table_made_before_its_input_was_there_is_refused(warehouse):
    warehouse.write("late", pd.DataFrame({"a": [1]}), ["early"])
    warehouse.write("early", pd.DataFrame({"a": [1]}))
    with pytest.raises(MixedVintages, match=r"^late was made from an older early"):
        warehouse.require_one_state(["late", "early"])


# ---- one build at a time

HOLD = """
import sys, time
from pathlib import Path
from pipelines.warehouse.database import Warehouse
with Warehouse(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(warehouse):
    """Another process that holds the warehouse."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(warehouse.path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_process_is_refused_at_once_and_in_one_line(warehouse, holder):
    started = time.monotonic()
    with pytest.raises(Busy) as refused, warehouse.held():
        pass
    assert time.monotonic() - started < 1
    assert str(refused.value) == f"another build is at work in {warehouse.path.parent}; wait for it to end, then start again"


def test_a_holder_that_is_killed_leaves_no_lock_behind(warehouse, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with warehouse.held() as held:
        assert held is warehouse


def test_a_second_build_in_the_same_process_is_refused_too(warehouse):
    with warehouse.held(), pytest.raises(Busy), warehouse.held():
        pass
    with warehouse.held():
        pass


def test_a_build_that_fails_lets_go(warehouse):
    with pytest.raises(ZeroDivisionError), warehouse.held():
        _ = 1 / 0
    with warehouse.held():
        pass


def test_within_a_build_every_step_sees_what_the_one_before_wrote(warehouse, tmp_path):
    with warehouse.held():
        warehouse.write("t", pd.DataFrame({"a": [1]}))
        warehouse.append("t", pd.DataFrame({"a": [2]}))
        assert warehouse.read("t")["a"].tolist() == [1, 2]
        warehouse.export(["t"], tmp_path / "out.duckdb")
        assert read_published(tmp_path / "out.duckdb", "from t")["a"].tolist() == [1, 2]
    assert warehouse.read("t")["a"].tolist() == [1, 2]
    assert [path.name for path in warehouse.path.parent.iterdir() if path.suffix == ".wal"] == []


def test_a_step_that_fails_within_a_build_harms_no_table_and_no_later_step(warehouse):
    with warehouse.held():
        warehouse.write("t", pd.DataFrame({"a": [1, 2]}))
        with pytest.raises(duckdb.Error):
            warehouse.append("t", pd.DataFrame({"a": ["no number"]}))
        with pytest.raises(duckdb.Error):
            warehouse.write("t", pd.DataFrame())  # a table needs a column
        with pytest.raises(duckdb.Error):
            warehouse.query("select error('no')")
        assert warehouse.read("t")["a"].tolist() == [1, 2]
        warehouse.write("t", pd.DataFrame({"a": [3]}))
    assert warehouse.read("t")["a"].tolist() == [3]


def test_a_read_of_the_published_file_lets_go_of_it_at_once(chain, tmp_path):
    target = tmp_path / "out.duckdb"
    chain.export(["first"], target)
    read_published(target, "from first")
    with pytest.raises(CannotRead):
        read_published(target, "from nowhere")
    with duckdb.connect(str(target)) as writer:  # refused if a reader of this process still had it open
        writer.execute("create table t as select 1 as one")


def test_a_reader_cannot_write_to_the_published_file(chain, tmp_path):
    target = tmp_path / "out.duckdb"
    chain.export(["first"], target)
    before = target.read_bytes()
    with pytest.raises(CannotRead, match="read-only"):
        read_published(target, "create table t as select 1")
    assert target.read_bytes() == before
