"""What a series says of a year: its own value, a point on the line between two, the last one, or nothing."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.measures.aggregates import interpolate_and_carry
from indicators.measures.interpolation import values_at

quick = settings(max_examples=40, deadline=None)


def reported(cells):
    return pd.DataFrame(cells, columns=["series", "year", "value"]).astype({"value": "float64"})


def asked(cells):
    return pd.DataFrame(cells, columns=["series", "year"])


def test_a_year_is_reported_joined_carried_or_unknown():
    # 10 in 2010 and 40 in 2016: a third of the way in 2012; 40 ever after; nothing before.
    found = values_at(reported([(7, 2016, 40), (7, 2010, 10)]), asked([(7, 2010), (7, 2012), (7, 2016), (7, 2030), (7, 2009)]))
    assert found["value"].tolist()[:4] == [10, 20, 40, 40]
    assert np.isnan(found["value"].iloc[4])
    assert found["is_reported"].tolist() == [True, False, True, False, False]
    assert found["is_inside"].tolist() == [True, True, True, False, False]


def test_one_series_never_replaces_another():
    found = values_at(reported([(0, 2010, 10), (2, 2012, 30)]), asked([(0, 2011), (1, 2011), (2, 2011), (-1, 2011), (9, 2020)]))
    assert found["value"].iloc[0] == 10
    assert found["value"].iloc[1:].isna().all()
    assert not found["is_inside"].any()


def test_a_row_without_a_value_says_nothing():
    found = values_at(reported([(0, 2010, 10), (0, 2011, np.nan), (0, 2012, 30)]), asked([(0, 2011)]))
    assert found["value"].tolist() == [20]
    assert not found["is_reported"].item()


def test_no_values_or_no_questions_give_no_result():
    assert values_at(reported([]), asked([(0, 2010)]))["value"].isna().all()
    assert values_at(reported([(0, 2010, 1)]), asked([]).astype("int64")).empty


def test_two_values_for_one_year_are_refused():
    with pytest.raises(ValueError, match="two values for 2010"):
        values_at(reported([(0, 2010, 1), (0, 2010, 1)]), asked([(0, 2010)]))


@quick
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(-50, 150)), min_size=6, max_size=6), min_size=1, max_size=5))
def test_it_says_what_filling_the_whole_grid_says(table):
    wide = pd.DataFrame(table, columns=range(2010, 2016), dtype="float64")
    cells = [(row, year, wide.loc[row, year]) for row in wide.index for year in wide.columns]
    found = values_at(reported(cells), asked([(row, year) for row, year, _ in cells]))
    expected = interpolate_and_carry(wide).to_numpy().ravel()
    np.testing.assert_allclose(found["value"], expected, rtol=0, atol=1e-9)
