"""Series are split where their notes or their jumps say that they change their meaning."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.measures.series_breaks import marked


def series_of(values, notes=None, first_year=2010, area="AAA"):
    """One series, a value a year; None where nothing was reported."""
    rows = pd.DataFrame({"area": area, "year": range(first_year, first_year + len(values)), "value": values, "note": notes})
    return rows.dropna(subset="value").astype({"value": "float64"})


def segments(values, notes=None, **named):
    return marked(series_of(values, notes), ["area"], **named)["segment"].tolist()


def test_a_steady_series_is_one_segment():
    assert segments([10, 15, 25, 35]) == [0, 0, 0, 0]


def test_more_than_ten_points_a_year_up_or_down_is_a_jump_and_ten_are_not():
    # Ghana 2018 to 2020: 43.0, 22.1, 62.5.
    assert segments([43.0, 22.1, 62.5]) == [0, 1, 2]
    assert segments([40, 50, 60.1]) == [0, 0, 1]


def test_over_missing_years_a_jump_is_judged_by_the_change_a_year():
    assert segments([10, None, None, 40]) == [0, 0]
    assert segments([10, None, None, 40.1]) == [0, 1]


def test_what_may_jump_is_parted_by_notes_alone():
    assert segments([10, 90, 20], [None, None, "Break in series"], jump=np.inf) == [0, 0, 1]


@pytest.mark.parametrize(
    "note",
    [
        "Break in comparability: persons 12 years and older.",
        "Aged 20 and older. Break in series: from 2012 another question is asked.",
        "not comparable with 2012",
        "A methodological refinement resulted in the exclusion of some",
        "From 2012 includes individuals who have used mobile applications",
    ],
)
def test_a_note_starts_a_segment(note):
    assert segments([10, 11, 12, 13], [None, None, note, None]) == [0, 0, 1, 1]


@pytest.mark.parametrize("note", ["source: ITU estimate.", "Aged 5 and older", "Based on the 2012 census", None])
def test_other_notes_start_none(note):
    assert segments([10, 11, 12, 13], [None, None, note, None]) == [0, 0, 0, 0]


def test_the_year_a_note_names_counts_and_not_the_year_of_the_note():
    assert segments([10, 11, 12, 13], [None, None, None, "Break in series: from 2011"]) == [0, 1, 1, 1]


def test_a_note_printed_again_tells_of_the_same_break():
    assert segments([10, 11, 12, 13], [None, *["Break in series"] * 3]) == [0, 1, 1, 1]


def test_a_year_that_stands_alone_is_parted_on_both_sides():
    # As Switzerland in 2014.
    assert segments([10, 11, 12, 13], [None, None, "Break in comparability only in 2012.", None]) == [0, 0, 1, 2]


def test_a_break_in_a_year_without_a_value_shows_in_the_next_that_has_one():
    assert segments([10, None, 12, 13], [None, None, None, "Break in series: from 2011"]) == [0, 1, 1]


def test_a_break_said_to_lie_before_the_series_parts_nothing():
    assert segments([10, 11], ["Break in series: from 2005", None]) == [0, 0]


def test_breaks_of_one_series_leave_the_next_alone_and_the_reason_is_reported():
    rows = pd.concat([series_of([10, 11, 40]), series_of([50, 51, 52], [None, "Break in series", None], area="BBB")])
    found = marked(rows.sample(frac=1, random_state=1), ["area"])
    assert found["segment"].tolist() == [0, 0, 1, 2, 3, 3]
    stated = found["break_reason"].dropna()
    assert stated.tolist() == ["a jump of 29.0 to 2012", "the notes report a break in 2011"]


def test_two_values_for_one_year_are_refused():
    with pytest.raises(ValueError, match="AAA has two values for 2010"):
        marked(pd.concat([series_of([10]), series_of([10])]), ["area"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=15))
def test_within_a_segment_nothing_jumps_and_no_value_is_lost(values):
    rows = series_of(values)
    found = marked(rows, ["area"])
    assert found["value"].tolist() == rows["value"].tolist()
    for _, segment in found.groupby("segment"):
        assert (segment["value"].diff().abs() <= 10 * segment["year"].diff() + 1e-9)[1:].all()
