"""Words of vocabularies are text wherever they go, and each contract names its words by a vocabulary."""

import json
from enum import StrEnum

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from indicators.contracts import vocabulary
from indicators.contracts.tables import TABLES
from indicators.contracts.vocabulary import Basis, ConnectorState, Rule, Verdict

VOCABULARIES = [item for item in vars(vocabulary).values() if isinstance(item, type) and issubclass(item, StrEnum) and item is not StrEnum]


def test_the_verdicts_and_rules_are_those_of_the_methods():
    assert list(Verdict) == ["supported", "narrowly supported", "not supported", "revised since", "undetermined", "not measurable"]
    assert list(Rule) == ["renormalised", "interpolate and carry", "hard bounds"]


def test_a_statement_holds_under_two_of_the_six_verdicts():
    assert [verdict.value for verdict in Verdict if verdict.supports] == ["supported", "narrowly supported"]


def test_a_source_failed_if_it_was_requested_and_gave_nothing_usable():
    assert [state.value for state in ConnectorState if state.failed] == ["unavailable", "unusable"]


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"year": [2024, 2025]}).assign(basis=Basis.COMPUTED),
        pd.DataFrame([{"basis": Basis.COMPUTED}, {"basis": Basis.COMPUTED}]),
        pd.DataFrame({"basis": pd.Series([Basis.COMPUTED, Basis.COMPUTED], dtype="object")}),
    ],
    ids=["assigned", "from rows", "as objects"],
)
def test_a_member_in_a_frame_is_text_in_pandas_arrow_duckdb_and_files(frame):
    assert (frame["basis"] == "computed").all()
    assert set(frame["basis"].astype("str")) == {"computed"}
    assert frame["basis"].isin(list(Basis)).all()
    assert set(pa.Table.from_pandas(frame)["basis"].to_pylist()) == {"computed"}
    assert duckdb.connect().sql("select distinct basis from frame").fetchall() == [("computed",)]
    assert frame[["basis"]].to_csv(index=False).split() == ["basis", "computed", "computed"]
    assert json.loads(frame.to_json(orient="records"))[0]["basis"] == "computed"


def test_a_member_is_text_as_parameter_of_a_query_and_in_a_sentence():
    assert duckdb.connect().execute("select $1 = 'computed', $1", [Basis.COMPUTED]).fetchall() == [(True, "computed")]
    assert f"{Basis.COMPUTED}, {', '.join(Basis)}" == "computed, published, computed"


@pytest.mark.parametrize("table", TABLES)
def test_the_words_of_a_column_are_those_of_a_vocabulary(table):
    for name, column in TABLES[table].to_schema().columns.items():
        for check in column.checks:
            allowed = set(check.statistics.get("allowed_values", ()))
            is_of_one = any(allowed <= set(words) for words in VOCABULARIES)
            assert is_of_one or allowed == {vocabulary.OWN_ESTIMATE}, (name, allowed)
