"""The queries of `sql/`: what each reads is taken from the query itself, and each says in its first line what it makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indicators.contracts.tables import TABLES
from pipelines.warehouse import queries, register, selection

MODELS = sorted(queries.SQL.glob("*.sql"))
#: The models that make tables; the others are asked for what they find.
MADE = [*register.intermediate(TABLES), *(table for table in TABLES if (queries.SQL / f"{table}.sql").exists())]
CHECKS = sorted(queries.SQL.glob("checks/*/*.sql"))


def query_of(path: Path) -> queries.Query:
    """Return a query of `sql/`, parsed once however often it is asked for."""
    if path.parent == queries.SQL:
        return queries.model(path.stem)
    return next(check.query for check in queries.checks() if (check.table, check.query.name) == (path.parent.name, path.stem))


def reads(tmp_path, text: str) -> tuple[str, ...]:
    (tmp_path / "q.sql").write_text(text)
    return queries._query(tmp_path / "q.sql").reads


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("select 1 as one", ()),
        ("from a", ("a",)),
        ("select * from b join a using (k)", ("a", "b")),
        ("select * from a left join b on a.k = b.k and a.j < b.j cross join c", ("a", "b", "c")),
        ("select * from a anti join b using (k)", ("a", "b")),
        ("select * from a, b", ("a", "b")),
        ("select * from a as x join a as y using (k)", ("a",)),
        ('select * from "A b"', ("A b",)),
        ("with c as (select * from a) select * from c join b using (k)", ("a", "b")),
        ("with c as (select * from a), d as (select * from c join b using (k)) select * from d", ("a", "b")),
        ("select * from (with c as (from a) select * from c) join b using (k)", ("a", "b")),
        ("with recursive n as (select 1 as i union all select i + 1 from n where i < 3) select * from n join a on a.i = n.i", ("a",)),
        ("select (select max(v) from b) from a", ("a", "b")),
        ("select * from a where k in (select k from b) and not exists (select 1 from c where c.k = a.k)", ("a", "b", "c")),
        ("select * from a where (k, j) in (from b)", ("a", "b")),
        ("select * from a union all by name select * from b", ("a", "b")),
        ("select * from a order by (select count(*) from b)", ("a", "b")),
        ("select * from (values (1)) as v (i)", ()),
        ("select 'from z' as text, a.* from a -- from y", ("a",)),
        ("select *, row_number() over (partition by k order by v) from a qualify 1 = (select count(*) from b)", ("a", "b")),
        ("select * from a join lateral (select * from b where b.k = a.k) on true", ("a", "b")),
    ],
)
def test_the_tables_read_are_those_of_the_query_without_the_names_it_gives_itself(tmp_path, text, tables):
    assert reads(tmp_path, text) == tables


def test_a_cte_that_takes_the_name_of_the_table_it_reads_does_not_hide_it(tmp_path):
    assert reads(tmp_path, "with a as (select * from main.a where k > 1) select * from a") == ("a",)


@pytest.mark.parametrize("text", ["selct 1", "insert into a values (1)", "drop table a"])
def test_what_is_not_a_select_is_refused_with_duckdbs_reason(tmp_path, text):
    with pytest.raises(ValueError, match=r"not a SELECT that DuckDB understands: \S"):
        reads(tmp_path, text)


def test_what_a_query_says_of_itself_is_its_comment_on_one_line(tmp_path):
    (tmp_path / "q.sql").write_text("-- One row per thing,\n-- newest first.\nselect 1 as one\n")
    query = queries._query(tmp_path / "q.sql")
    assert (query.name, query.description) == ("q", "One row per thing, newest first.")


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        # Read off the files by eye.
        ("editions", ("observations", "snapshots", "sources")),
        ("current_observations", ("editions", "observations", "quarantine")),
        ("edition_pairs", ("editions",)),
        ("dated_observations", ("editions", "observations")),
        ("dated_aggregates", ("aggregates", "editions")),
        ("vintages_with_holes", ("editions",)),
        ("revisions", ("edition_pairs", "observations", "quarantine")),
        ("revised_numbers", ("edition_pairs", "observations", "revisions")),
        ("reported_values", ("indicators", "observations")),
        ("people", ("editions", "observations")),
        ("dated_members", ("groups", "memberships")),
        ("members_by_year", ("dated_members", "people")),
        ("gap_pairs", ("aggregates", "indicators", "observations")),
        ("benchmarked_levels", ("aggregates", "editions", "indicators", "observations", "reported_values")),
        ("change_points", ("aggregates", "editions", "indicators", "observations", "population_editions")),
        ("members_by_list", ("dated_members", "economies", "groups", "observations", "published_averages", "vintages_of_groups")),
        ("vintages_of_groups", ("editions", "indicators")),
        ("printed_groups", ("observations", "vintages_of_groups")),
        ("projected_series", ("editions", "indicators", "observations")),
        ("newest_figures", ("current_observations", "indicators")),
        ("target_series", ("current_observations", "editions", "gaps", "observations")),
    ],
)
def test_the_models_read_what_a_reader_of_them_sees(name, tables):
    assert queries.model(name).reads == tables


@pytest.mark.parametrize("path", [*MODELS, *CHECKS], ids=lambda path: path.stem)
def test_every_query_begins_with_a_comment_that_is_a_sentence(path):
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("-- ")
    said = query_of(path).description
    assert said[0].isupper() or said.startswith("'")
    assert said.endswith((".", ";", ","))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_model_says_what_one_row_is(path):
    assert re.match(r"-- One row per ", path.read_text("utf-8"))


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_every_check_says_what_a_row_is(path):
    assert re.search(r"\ba row is\b", query_of(path).description)


def test_every_folder_of_checks_is_a_public_table():
    folders = {path.name for path in (queries.SQL / "checks").iterdir()}
    assert folders <= set(TABLES)
    assert {check.table for check in queries.checks()} == folders


def test_every_check_is_found_and_its_name_is_a_sentence():
    assert [check.query.name for check in queries.checks()] == [path.stem for path in CHECKS]
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+){3,}", check.query.name) for check in queries.checks())


@pytest.mark.parametrize("path", [*MODELS, *CHECKS], ids=lambda path: path.stem)
def test_every_query_reads_only_public_tables_and_models(path):
    models_made = {model.stem for model in MODELS}
    assert set(query_of(path).reads) <= set(TABLES) | models_made
    assert query_of(path).reads


def test_the_raw_tables_are_read_by_no_query():
    raw = set(selection.RAW_TABLES.values())
    assert not [path for path in [*MODELS, *CHECKS] if raw & set(query_of(path).reads)]


@pytest.mark.parametrize("name", MADE)
def test_a_model_states_the_order_of_its_rows_so_that_every_build_writes_the_same_bytes(name):
    assert re.search(r"\norder by [^()]+$", queries.model(name).text)
