"""What breaks a contract is reported in plain words, and a contract describes every column of its table."""

import re

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest

from indicators.contracts.tables import TABLES, column_meanings, column_types, conform, row_meaning
from indicators.contracts.validation import contract_problems


def revision(**also):
    """One row of the table of revisions, with what differs."""
    row = {"indicator": "use", "area": "ABW", "area_kind": "economy", "year": 2020, "sex": "all", "locality": "all", "age": "all"}
    row |= {
        "source": "bank",
        "vintage_from": "1",
        "vintage_to": "2",
        "value_from": 50.0,
        "value_to": 52.0,
        "change": 2.0,
        "kind": "changed",
    }
    return conform("revisions", pd.DataFrame([row | also]))


def gap(**also):
    """One row of the table of gaps, with what differs."""
    row = {"divide": "sex", "indicator": "use", "area": "world", "among": "all", "year": 2025, "basis": "published", "side_a": "male"}
    row |= {"side_b": "female", "value_a": 77.0, "value_b": 71.0, "difference": 6.0, "relative": 0.078, "publishable": "published"}
    return conform("gaps", pd.DataFrame([row | {"source": "itu", "vintage": "2025"} | also]))


def economy(**also):
    return conform("economies", pd.DataFrame([{"iso3": "ABW", "name": "Aruba"} | also]))


def snapshot(**also):
    row = {
        "snapshot": "a/b/c.csv",
        "source": "a",
        "vintage": "b",
        "file": "c.csv",
        "layout": "wdi",
        "published": "2025",
        "rows": 1,
        "without_value": 0,
        "repaired": 0,
        "bytes": 9,
    }
    return conform("snapshots", pd.DataFrame([row | {"sha256": "0" * 64, "licence": "CC", "citation": "A."} | also]))


def reported(table, frame):
    """The problems of a table as (column, rule, rows, examples)."""
    return [tuple(row) for row in contract_problems(table, frame).itertuples(index=False)]


@pytest.mark.parametrize(
    ("table", "frame"), [("revisions", revision()), ("gaps", gap()), ("economies", economy()), ("snapshots", snapshot())]
)
def test_a_row_that_keeps_the_contract_has_no_problems(table, frame):
    assert reported(table, frame) == []
    assert list(contract_problems(table, frame)) == ["column", "rule", "rows", "examples"]


@pytest.mark.parametrize(
    ("table", "frame", "expected"),
    [
        ("revisions", revision(source=None), ("source", "must not be missing", 1, "nan")),
        ("gaps", gap(value_a=np.nan), ("value_a", "must not be missing", 1, "nan")),
        ("revisions", revision(age=""), ("age", "must not be empty", 1, "")),
        ("revisions", revision(sex="men"), ("sex", "must be one of ['all', 'female', 'male']", 1, "men")),
        ("revisions", revision(sex=None), ("sex", "must not be missing", 1, "nan")),
        ("gaps", gap(value_a=101.0), ("value_a", "must be at most 100", 1, "101.0")),
        ("gaps", gap(value_b=-1.0), ("value_b", "must be at least 0", 1, "-1.0")),
        ("snapshots", snapshot(bytes=0), ("bytes", "must be more than 0", 1, "0")),
        ("economies", economy(iso3="aw"), ("iso3", "must have the form '^[A-Z]{3}$'", 1, "aw")),
        ("revisions", revision().assign(year="soon"), ("year", "must be of type 'int64'", 1, "soon")),
        ("revisions", revision().assign(year=2020.5), ("year", "must be of type 'int64'", 1, "float64")),
    ],
)
def test_a_broken_rule_is_reported_in_words_with_the_value_that_breaks_it(table, frame, expected):
    assert reported(table, frame) == [expected]


@pytest.mark.parametrize(
    ("frame", "rule", "example"),
    [
        (revision().drop(columns="change"), "column is missing", "change"),
        (revision().assign(remark="x"), "column is not in the contract", "remark"),
    ],
)
def test_a_column_too_few_or_too_many_is_named(frame, rule, example):
    [(_, found, rows, examples)] = reported("revisions", frame)
    assert (found, rows, examples) == (rule, 1, example)


def test_a_problem_of_the_whole_table_names_the_table():
    assert contract_problems("revisions", revision().assign(remark="x"))["column"].tolist() == ["revisions"]


def test_columns_in_another_order_are_reported_once():
    [(_, rule, _, examples)] = reported("revisions", revision()[list(revision())[::-1]])
    assert rule == "columns are not in the contract's order"
    assert examples.startswith("kind; change")


def test_a_doubled_key_is_reported_with_the_key_and_nothing_else():
    # The value is no part of the key: two values for one figure and pair of vintages.
    twice = pd.concat([revision(), revision(value_to=60.0, change=10.0), revision(area="AFG")])
    expected = (
        "indicator, area, year, sex, locality, age, source, vintage_from",
        "key must be unique",
        2,
        "use/ABW/2020/all/all/all/bank/1",
    )
    assert reported("revisions", twice) == [expected]


def test_a_key_of_one_column_is_reported_alike():
    assert reported("economies", pd.concat([economy(), economy(name="Aruba again")])) == [("iso3", "key must be unique", 2, "ABW")]


def test_several_broken_rules_are_reported_together_the_key_first():
    broken = pd.concat([revision(sex="men"), revision(sex="men"), revision(area="AFG", source=None)])
    assert [(column, rule) for column, rule, _, _ in reported("revisions", broken)] == [
        ("indicator, area, year, sex, locality, age, source, vintage_from", "key must be unique"),
        ("sex", "must be one of ['all', 'female', 'male']"),
        ("source", "must not be missing"),
    ]


def test_of_many_offenders_all_are_counted_and_three_different_ones_shown():
    many = pd.concat([revision(sex=sex, area=area) for sex in ("v", "w", "x", "y") for area in ("ABW", "AFG")])
    [(_, _, rows, examples)] = reported("revisions", many)
    assert (rows, examples) == (8, "v; w; x")


def test_the_words_are_ours_and_nothing_of_panderas_report():
    broken = pd.concat([revision(sex="men"), revision(sex="men", source=None)]).assign(year="soon", remark="x").drop(columns="change")
    texts = contract_problems("revisions", broken)[["rule", "examples"]].to_numpy().ravel()
    assert len(texts) > 6
    for text in texts:
        assert not re.search(r"pandera|schema|failure|dataframe|uniqueness|nullable|<|\n|_to\(", str(text), re.IGNORECASE)


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_keeps_its_contract(table):
    assert contract_problems(table, conform(table, pd.DataFrame())).empty


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_contract_says_what_it_means(table):
    meanings = column_meanings(table)
    assert list(meanings) == list(column_types(table))
    for column, meaning in meanings.items():
        assert re.match(r"[A-Za-z(0-9]", meaning), column
        assert meaning != "None", column
        assert not meaning.endswith("."), column


@pytest.mark.parametrize("table", TABLES)
def test_a_contract_says_what_a_row_is_and_which_columns_make_its_key(table):
    contract = TABLES[table]
    assert contract.__doc__.startswith("One row: ")
    assert re.match(r"(one|two) [a-z]", row_meaning(table))
    # A refused row may be refused by any file, so the quarantine alone has no key.
    key = getattr(contract.Config, "unique", None) or []
    assert bool(key) is (table != "quarantine")
    assert set(key) <= set(column_types(table))


@pytest.mark.parametrize("table", TABLES)
def test_a_contract_allows_four_types_and_takes_no_other_columns(table):
    assert set(column_types(table).values()) <= {"str", "int64", "float64", "bool"}
    schema = TABLES[table].to_schema()
    assert isinstance(schema, pa.DataFrameSchema)
    assert (schema.strict, schema.ordered) == (True, True)


def test_conform_sets_order_and_types_adds_what_is_missing_and_drops_what_is_not_asked():
    given = pd.DataFrame({"name": ["Namibia"], "remark": ["x"], "iso3": ["NAM"]}, index=[7])
    before = given.copy()
    found = conform("economies", given)
    assert list(found) == list(column_types("economies"))
    assert found.loc[0, ["iso3", "name"]].tolist() == ["NAM", "Namibia"]
    assert found["m49"].isna().all()
    assert {name: str(kind) for name, kind in found.dtypes.items()} == column_types("economies")
    pd.testing.assert_frame_equal(given, before)


def test_conform_sets_the_form_and_leaves_the_content_to_problems():
    # "men" is not one of the sexes: conform keeps it, and only contract_problems() objects.
    assert revision(sex="men")["sex"].tolist() == ["men"]
    assert len(contract_problems("revisions", revision(sex="men"))) == 1


def test_conform_refuses_to_make_up_a_number_that_must_be_there():
    with pytest.raises(ValueError, match="NaN"):
        conform("revisions", revision().drop(columns="year"))
