"""Intervals know which of their ends belong to them, and arithmetic on them keeps every value it must."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.wording.intervals import Interval, image

POINTS = st.decimals(0, 100, places=2)
SHARES = st.decimals("0.01", "0.99", places=2)
quick = settings(max_examples=150, deadline=None)


def between(lower, upper, brackets="[]"):
    """An interval from plain numbers or None, its brackets as one writes them."""
    ends = [None if end is None else Decimal(str(end)) for end in (lower, upper)]
    return Interval(*ends, lower_closed=brackets[0] == "[", upper_closed=brackets[1] == "]")


def has(about, value):
    """Return whether a value is in an interval, from its ends alone."""
    above = about.lower is None or value > about.lower or (value == about.lower and about.lower_closed)
    below = about.upper is None or value < about.upper or (value == about.upper and about.upper_closed)
    return above and below


@st.composite
def intervals(draw, bounded=False):
    low, high = sorted((draw(POINTS), draw(POINTS)))
    lower = low if bounded or draw(st.booleans()) else None
    upper = high if bounded or draw(st.booleans()) else None
    return Interval(lower, upper, lower is not None and draw(st.booleans()), upper is not None and draw(st.booleans()))


def member(draw, about):
    """Draw a value in an interval with two ends."""
    part = draw(st.decimals(0, 1, places=2))
    value = about.lower + (about.upper - about.lower) * part
    assume(has(about, value))
    return value


@pytest.mark.parametrize(
    ("about", "written"),
    [
        (between(84, 85, "[)"), "[84, 85)"),
        (between(93, 100, "(]"), "(93, 100]"),
        (between("72.50", "73.50"), "[72.5, 73.5]"),
        (between(4, None, "(]"), "(4, inf)"),
        (between(None, 20, "[]"), "(-inf, 20]"),
        (between(0, 100), "[0, 100]"),
    ],
)
def test_an_interval_is_written_with_a_square_bracket_where_the_end_belongs_to_it(about, written):
    assert str(about) == written


@pytest.mark.parametrize(
    ("about", "empty"),
    [
        (between(5, 5), False),
        (between(5, 5, "[)"), True),
        (between(5, 5, "(]"), True),
        (between(6, 5), True),
        (between(None, 5, "[)"), False),
        (between(None, None), False),
    ],
)
def test_an_interval_of_one_value_holds_it_only_if_both_ends_belong(about, empty):
    assert about.empty is empty


# At 85, [84, 85) ends and (85, 86] begins: only where both ends belong do they share the value 85.
@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (between(84, 85), between(85, 86), True),
        (between(84, 85, "[)"), between(85, 86), False),
        (between(84, 85), between(85, 86, "(]"), False),
        (between(92.5, 93.5), between(93, 100, "(]"), True),
        (between(None, 20, "()"), between(20, None), False),
        (between(None, None, "()"), between(3, 3), True),
    ],
)
def test_touching_intervals_meet_only_where_both_ends_belong(one, other, meet):
    assert one.meets(other) is meet
    assert other.meets(one) is meet


def test_of_two_equal_ends_the_open_one_stays():
    assert str(between(1, 5).meet(between(1, 5, "()"))) == "(1, 5)"
    assert str(between(1, 5, "()").meet(between(1, 5))) == "(1, 5)"


def test_an_interval_holds_another_only_with_its_ends():
    assert between(93, 100, "(]").holds(between(93, 94, "(]"))
    assert not between(93, 100, "(]").holds(between(93, 94))
    assert not between(93, 100).holds(between(92.9, 94))
    assert between(4, None, "()").holds(between("4.01", None, "[)"))


def test_the_distance_of_two_intervals_is_the_gap_between_their_near_ends():
    # 73.5 - 69.17 = 4.33, whichever comes first; intervals that touch are 0 apart.
    third, online = between("64.17", "69.17", "(]"), between("73.5", "74.5")
    assert third.distance(online) == online.distance(third) == Decimal("4.33")
    assert between(1, 2).distance(between(2, 3)) == 0
    assert between(1, 5).distance(between(2, 3)) == 0
    assert between(None, 5, "()").distance(between(7, None, "()")) == 2


def test_the_complement_turns_an_interval_round_with_its_ends():
    # A third is [30.83, 35.83); 100 less each value is (64.17, 69.17].
    assert str(between("30.83", "35.83", "[)").complement()) == "(64.17, 69.17]"
    assert str(between(93, None, "()").complement()) == "(-inf, 7)"


def test_a_ratio_of_printed_integers_is_wider_than_its_wording():
    # 94 / 23 is somewhere in 93.5 / 23.5 = 3.98 to 94.5 / 22.5 = 4.20: "more than four times" cannot be derived from it.
    assert str(between(93.5, 94.5).over(between(22.5, 23.5)).rounded()) == "[3.98, 4.2]"
    # 94.2 / 23.4 is 94.15 / 23.45 = 4.015 to 94.25 / 23.35 = 4.036.
    assert str(between(94.15, 94.25).over(between(23.35, 23.45)).rounded(3)) == "[4.015, 4.036]"


def test_an_end_divided_by_zero_is_no_end():
    assert str(between(1, 2).over(between(0, 4))) == "[0.25, inf)"
    assert str(between(1, 2).over(between(0, 0))) == "(-inf, inf)"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (between(4, 6), between(1, 2), "[2, 6]"),
        (between(4, 6, "(]"), between(1, 2), "(2, 6]"),
        (between(4, 6), between(1, 2, "[)"), "(2, 6]"),
        (between(4, 6, "[)"), between(1, 2), "[2, 6)"),
        (between(4, 6), between(1, 2, "(]"), "[2, 6)"),
        (between(4, None, "[)"), between(1, 2), "[2, inf)"),
    ],
)
def test_an_end_of_a_ratio_belongs_to_it_only_where_both_ends_it_is_made_of_do(one, other, ratio):
    assert str(one.over(other)) == ratio


def test_zero_over_anything_is_zero_even_where_the_other_end_is_open():
    assert str(between(0, 1).over(between(1, 2, "[)"))) == "[0, 1]"


def test_an_image_takes_both_ends_of_the_share():
    # f 0.496 to 0.498 of [70.5, 71.5] and [76, 77): lowest 0.498 * 70.5 + 0.502 * 76 = 73.261, highest 0.496 * 71.5 + 0.504 * 77 = 74.272.
    share = (Decimal("0.496"), Decimal("0.498"))
    total = image(lambda f, a, b: f * a + (1 - f) * b, share, between(70.5, 71.5), between(76, 77, "[)"))
    assert str(total) == "[73.261, 74.272)"


def test_an_image_of_an_interval_without_an_end_is_refused():
    with pytest.raises(ValueError, match=r"\(4, inf\) has no end on one side"):
        image(lambda f, a, b: f * a + b, (Decimal(0), Decimal(1)), between(4, None, "()"), between(0, 1))


def test_rounding_is_for_showing_and_keeps_the_brackets():
    assert str(between("30.8333", "35.8333", "[)").rounded()) == "[30.83, 35.83)"
    assert str(between("30.8333", None, "()").rounded(1)) == "(30.8, inf)"


def test_an_end_that_is_not_there_has_no_bracket():
    assert Interval(None, Decimal(5)) == Interval(None, Decimal(5), lower_closed=False)
    assert between(None, 9, "()").holds(between(None, 5, "[)"))


def test_every_interval_holds_one_without_values():
    assert between(1, 2).holds(between(9, 8))


@quick
@given(intervals(), intervals(), POINTS)
def test_the_meet_is_the_same_either_way_and_has_just_the_values_of_both(one, other, value):
    meet = one.meet(other)
    assert meet == other.meet(one)
    assert has(meet, value) == (has(one, value) and has(other, value))
    assert has(meet, value) <= one.meets(other)


@quick
@given(intervals(), intervals())
def test_the_meet_is_never_larger_than_either(one, other):
    meet = one.meet(other)
    assume(not meet.empty)
    assert one.holds(meet)
    assert other.holds(meet)
    assert one.distance(other) == 0


@quick
@given(intervals(), POINTS)
def test_the_complement_of_the_complement_is_the_interval_again(about, value):
    assert about.complement().complement() == about
    assert has(about.complement(), 100 - value) == has(about, value)


@quick
@given(st.data(), intervals(bounded=True), intervals(bounded=True))
def test_a_ratio_has_the_ratio_of_any_two_members(data, one, other):
    a, b = member(data.draw, one), member(data.draw, other)
    assume(b > 0)
    assert has(one.over(other), a / b)


@quick
@given(st.data(), SHARES, SHARES, intervals(bounded=True), intervals(bounded=True))
def test_an_image_has_the_total_and_the_part_of_any_members(data, f, g, one, other):
    low, high = sorted((f, g))
    a, b = member(data.draw, one), member(data.draw, other)
    share = data.draw(st.decimals(low, high, places=2))
    formulas = [lambda s, x, y: s * x + (1 - s) * y, lambda s, x, y: (x - s * y) / (1 - s), lambda s, x, y: (x - (1 - s) * y) / s]
    for formula in formulas:
        found, value = image(formula, (low, high), one, other), formula(share, a, b)
        # A sum of products is exact and in the interval itself, open ends or not.
        assert formula is not formulas[0] or has(found, value)
        # Quotients are rounded at 28 digits, so a value may stand beyond an end by that much.
        assert found.lower - Decimal("1e-20") <= value <= found.upper + Decimal("1e-20")


@quick
@given(st.data(), SHARES, SHARES, intervals(bounded=True), intervals(bounded=True))
def test_a_part_taken_back_out_of_its_total_is_the_part(data, f, g, one, other):
    # total = f a + (1 - f) b; what the total and the first part leave for the second holds every second part.
    low, high = sorted((f, g))
    total = image(lambda s, a, b: s * a + (1 - s) * b, (low, high), one, other)
    second = image(lambda s, t, a: (t - s * a) / (1 - s), (low, high), total, one)
    b = member(data.draw, other)
    assert second.lower - Decimal("1e-20") <= b <= second.upper + Decimal("1e-20")
