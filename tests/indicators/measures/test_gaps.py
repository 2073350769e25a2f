"""The gap between two groups of people, in each of its measures and with the interval that the printed figures leave."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.measures.gaps import gaps

quick = settings(max_examples=60, deadline=None)
MEASURES = ["difference", "relative", "ratio", "parity", "offline_ratio"]


def pair(a, b, half=0.5, **also):
    """One pair of shares, each printed to half a unit."""
    ends = {"lower_a": a - half, "upper_a": a + half, "lower_b": b - half, "upper_b": b + half}
    return pd.DataFrame([{"value_a": float(a), "value_b": float(b), **ends, **also}])


def measured(*arguments, **named):
    return gaps(pair(*arguments, **named)).iloc[0]


# Printed by ITU in 2025: men and women online 77 and 71 with parity 0.92, with a phone 87 and 78 with parity 0.90.
@pytest.mark.parametrize(("men", "women", "parity"), [(77, 71, 0.92), (87, 78, 0.90)])
def test_parity_is_that_of_women_over_men_as_printed(men, women, parity):
    assert round(measured(men, women)["parity"], 2) == parity


@pytest.mark.worked("gaps")
def test_every_measure_of_men_and_women_online_is_as_worked_by_hand():
    found = measured(77, 71)
    assert found["difference"] == 6
    assert found["relative"] == pytest.approx(6 / 77)
    assert found["ratio"] == pytest.approx(77 / 71)
    assert found["parity"] == pytest.approx(71 / 77)
    # 29 of 100 women are offline and 23 of 100 men.
    assert found["offline_ratio"] == pytest.approx(29 / 23)


def test_the_interval_takes_each_side_at_the_ends_of_its_printed_form():
    # 77 is [76.5, 77.5] and 71 is [70.5, 71.5]: 76.5 - 71.5 = 5 to 77.5 - 70.5 = 7; 76.5/71.5 to 77.5/70.5.
    found = measured(77, 71)
    assert (found["difference_lower"], found["difference_upper"]) == (5, 7)
    assert found["ratio_lower"] == pytest.approx(76.5 / 71.5)
    assert found["ratio_upper"] == pytest.approx(77.5 / 70.5)


# 65/70 was printed with parity 0.92 in 2023 and 0.94 in 2024: 64.5/70.5 = 0.915 to 65.5/69.5 = 0.942 holds both.
def test_two_parities_printed_beside_the_same_integers_both_lie_in_the_interval():
    found = measured(70, 65)
    assert 1 / found["ratio_upper"] <= 0.92 <= 1 / found["ratio_lower"]
    assert 1 / found["ratio_upper"] <= 0.94 <= 1 / found["ratio_lower"]


def test_a_gap_the_other_way_round_is_negative():
    found = measured(70, 77)
    assert (found["difference"], found["difference_lower"], found["difference_upper"]) == (-7, -8, -6)
    assert found["relative"] == pytest.approx(-0.1)
    assert found["parity"] == pytest.approx(1.1)


def test_equal_sides_have_no_gap():
    found = measured(50, 50)
    assert found[MEASURES].tolist() == [0, 0, 1, 1, 1]


def test_the_absolute_and_the_relative_gap_can_move_apart():
    # From 20 against 10 to 60 against 40 the difference doubles, 10 to 20 points, and the relative gap falls from a half to a third.
    before, after = measured(20, 10), measured(60, 40)
    assert (before["difference"], after["difference"]) == (10, 20)
    assert (before["relative"], after["relative"]) == (pytest.approx(1 / 2), pytest.approx(1 / 3))


# A zero in a denominator gives no number, and never infinity; what has another denominator stays.
@pytest.mark.parametrize(
    ("a", "b", "without"),
    [(50, 0, ["ratio"]), (0, 50, ["relative", "parity"]), (0, 0, ["relative", "ratio", "parity"]), (100, 50, ["offline_ratio"])],
)
def test_a_zero_in_the_denominator_gives_no_ratio(a, b, without):
    found = measured(a, b, half=0)
    assert [measure for measure in MEASURES if pd.isna(found[measure])] == without
    assert not np.isinf(found[MEASURES].astype("float64")).any()
    assert found["difference"] == a - b


def test_a_lower_end_at_zero_leaves_the_ratio_without_an_upper_end():
    # 0.3 is printed 0: [0, 0.5]; 10 over it is at least 9.5/0.5 = 19 and has no highest value.
    found = gaps(pair(10, 0.25, half=0.25)).iloc[0]
    assert found["ratio_lower"] == pytest.approx(9.75 / 0.5)
    assert pd.isna(found["ratio_upper"])


def test_an_end_that_is_missing_on_one_side_is_missing_in_the_measure():
    found = gaps(pair(95, 60).assign(upper_a=np.nan)).iloc[0]
    assert (found["difference_lower"], found["ratio_lower"]) == (94.5 - 60.5, pytest.approx(94.5 / 60.5))
    assert pd.isna(found["difference_upper"])
    assert pd.isna(found["ratio_upper"])


def test_a_side_without_a_value_has_no_gap():
    found = gaps(pair(77, 71).assign(value_b=np.nan)).iloc[0]
    assert found[MEASURES].isna().all()


def test_what_names_the_pair_is_kept_and_the_inputs_are_not_changed():
    pairs = pair(77, 71, area="world", year=2025)
    before = pairs.copy()
    found = gaps(pairs)
    pd.testing.assert_frame_equal(pairs, before)
    assert found[["area", "year", "value_a", "value_b"]].iloc[0].tolist() == ["world", 2025, 77, 71]
    assert not {"lower_a", "upper_a", "lower_b", "upper_b"} & set(found)


def test_no_pairs_have_no_gaps():
    found = gaps(pair(77, 71).iloc[:0])
    assert found.empty
    assert set(MEASURES) <= set(found)


SHARES = st.integers(0, 1000).map(lambda tenths: tenths / 10)


@quick
@given(st.lists(SHARES, min_size=3, max_size=3), st.lists(SHARES, min_size=3, max_size=3))
def test_the_intervals_hold_the_measure_of_any_two_members(side_a, side_b):
    (lower_a, a, upper_a), (lower_b, b, upper_b) = sorted(side_a), sorted(side_b)
    sides = {"value_a": a, "lower_a": lower_a, "upper_a": upper_a, "value_b": b, "lower_b": lower_b, "upper_b": upper_b}
    found = gaps(pd.DataFrame([sides])).iloc[0]
    assert found["difference_lower"] <= a - b <= found["difference_upper"]
    assume(b > 0)
    assert found["ratio_lower"] <= a / b
    assert pd.isna(found["ratio_upper"]) if lower_b == 0 else a / b <= found["ratio_upper"]


@quick
@given(SHARES.filter(lambda share: 0 < share < 100), SHARES.filter(lambda share: 0 < share < 100))
def test_the_measures_are_tied_to_one_another(a, b):
    found, turned = measured(a, b), measured(b, a)
    assert found["parity"] == pytest.approx(1 - found["relative"])
    assert found["ratio"] * found["parity"] == pytest.approx(1)
    assert found["difference"] == -turned["difference"]
    assert found["offline_ratio"] * turned["offline_ratio"] == pytest.approx(1)
    # Seen from those offline, the gap is that of the complements.
    offline = measured(100 - b, 100 - a)
    assert offline["ratio"] == pytest.approx(found["offline_ratio"])
    assert offline["difference"] == pytest.approx(found["difference"])
