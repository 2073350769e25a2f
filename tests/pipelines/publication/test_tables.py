"""A frame becomes typed rows: missing values are None, whole numbers whole, and what a row needs is asked for."""

from dataclasses import dataclass

import pandas as pd
import pytest

from pipelines.publication.tables import rows_by, typed_rows


@dataclass(frozen=True)
class Example:
    name: str
    year: int
    last_year: int | None
    value: float | None
    is_whole: bool


FRAME = pd.DataFrame(
    {
        "name": ["a", "b"],
        "year": [2020, 2021],
        "last_year": [2019.0, None],
        "value": [None, 1.5],
        "is_whole": [True, False],
        "other": [1, 2],
    }
)


def test_a_missing_value_is_none_and_a_year_is_whole():
    first, second = typed_rows(FRAME, Example)
    assert first == Example("a", 2020, 2019, None, True)
    assert second == Example("b", 2021, None, 1.5, False)
    assert isinstance(first.last_year, int)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (FRAME.drop(columns="year"), "Example needs the column year, which the table does not have"),
        (FRAME.assign(name=["a", None]), "Example needs a value of name in every row; 1 rows have none"),
    ],
)
def test_a_row_asks_for_what_it_needs(frame, message):
    with pytest.raises(ValueError, match=message):
        typed_rows(frame, Example)


def test_rows_are_grouped_in_their_order():
    rows = typed_rows(FRAME.assign(name=["b", "b"]), Example)
    assert rows_by(rows, lambda row: row.name) == {"b": rows}
