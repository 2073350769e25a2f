"""The words around a number say which true values it can stand for; every convention of the grammar is held to its table."""

import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipelines
from indicators.wording.grammar import FRACTION_HALF_WIDTH, FRACTIONS, interval, printed
from indicators.wording.intervals import Interval

EDITIONS = sorted((Path(pipelines.__file__).parent / "embedded" / "itu-facts-and-figures").glob("*/aggregates.csv"))
quick = settings(max_examples=150, deadline=None)

THIRD = Decimal(100) / 3


def said(words, value, unit="%"):
    return str(interval(words, Decimal(value), unit))


# The grammar of the method note, row by row. Shares end at 0 and at 100; everything else is open where nothing is said.
@pytest.mark.parametrize(
    ("words", "value", "unit", "expected"),
    [
        # "N per cent", "only N", "has reached N": half a unit of the last digit either way.
        ("74 per cent", "74", "%", "[73.5, 74.5]"),
        ("only 71 per cent", "71", "%", "[70.5, 71.5]"),
        ("has reached 82 per cent", "82", "%", "[81.5, 82.5]"),
        ("73.6 per cent", "73.6", "%", "[73.55, 73.65]"),
        ("one decimal", "74", "%", "[73.95, 74.05]"),
        ("100 per cent", "100", "%", "[99.5, 100]"),
        ("0 per cent", "0", "%", "[0, 0.5]"),
        # "almost / nearly / just under N".
        ("almost 85 per cent", "85", "%", "[84, 85)"),
        ("nearly 77 per cent", "77", "%", "[76, 77)"),
        ("just under 40 per cent", "40", "%", "[39, 40)"),
        ("almost 84.5 per cent", "84.5", "%", "[83.5, 84.5)"),
        ("almost 0.4 per cent", "0.4", "%", "[0, 0.4)"),
        # "just over N".
        ("just over 15 per cent", "15", "%", "(15, 16)"),
        ("just over 99.5 per cent", "99.5", "%", "(99.5, 100]"),
        # "more than / over N", "at least N".
        ("more than 93 per cent", "93", "%", "(93, 100]"),
        ("over 95", "95", "%", "(95, 100]"),
        ("at least 50 per cent", "50", "%", "[50, 100]"),
        ("no less than 50 per cent", "50", "%", "[50, 100]"),
        ("more than 240 million", "240", "million people", "(240, inf)"),
        ("at least 12 economies", "12", "economies", "[12, inf)"),
        # "less than / below / under N", "up to N".
        ("less than 20 per cent", "20", "%", "[0, 20)"),
        ("below 20 per cent", "20", "%", "[0, 20)"),
        ("under 67", "67", "%", "[0, 67)"),
        ("not even 70 per cent", "70", "%", "[0, 70)"),
        ("up to 20 per cent", "20", "%", "[0, 20]"),
        ("no more than 20 per cent", "20", "%", "[0, 20]"),
        ("fewer than 30 economies", "30", "economies", "(-inf, 30)"),
        ("up to 30 economies", "30", "economies", "(-inf, 30]"),
        # "about / around / approximately N": one point for shares, half a unit of the last significant figure for counts.
        ("about 67 per cent", "67", "%", "[66, 68]"),
        ("around 43 per cent", "43", "%", "[42, 44]"),
        ("approximately 67 per cent", "67", "%", "[66, 68]"),
        ("about 0.5 per cent", "0.5", "%", "[0, 1.5]"),
        ("about 280 million", "280", "million people", "[275, 285]"),
        ("280 million", "280", "million people", "[275, 285]"),
        # "2.2 billion".
        ("2.2 billion", "2.2", "billion people", "[2.15, 2.25]"),
        ("2.2 billion", "2200000000", "people", "[2150000000, 2250000000]"),
        # "more than N times", "N times", "N.d times".
        ("more than four times", "4", "ratio", "(4, inf)"),
        ("more than 4 times", "4", "ratio", "(4, inf)"),
        ("seven times", "7", "ratio", "[6.5, 7.5]"),
        ("22 times", "22", "ratio", "[21.5, 22.5]"),
        ("1.9 times", "1.9", "ratio", "[1.85, 1.95]"),
        # Named fractions: 2.5 points either way, the upper end open; "almost a third" and the like end at the fraction.
        ("a third", THIRD, "%", "[30.83, 35.83)"),
        ("one-third", THIRD, "%", "[30.83, 35.83)"),
        ("one in three", "33.33", "%", "[30.83, 35.83)"),
        ("a quarter", "25", "%", "[22.5, 27.5)"),
        ("half", "50", "%", "[47.5, 52.5)"),
        ("two in five", "40", "%", "[37.5, 42.5)"),
        ("two thirds", "66.67", "%", "[64.17, 69.17)"),
        ("three quarters", "75", "%", "[72.5, 77.5)"),
        ("nine out of ten", "90", "%", "[87.5, 92.5)"),
        ("a tenth", "10", "%", "[7.5, 12.5)"),
        ("one in ten", "10", "%", "[7.5, 12.5)"),
        ("about a quarter", "25", "%", "[22.5, 27.5)"),
        ("almost half", "50", "%", "[47.5, 50)"),
        ("nearly three quarters", "75", "%", "[72.5, 75)"),
        ("more than half", "50", "%", "(50, 100]"),
        # "One in seven": the seven to half a unit, 100 / 7.5 to 100 / 6.5; the names above come first.
        ("one in seven", "14.29", "%", "[13.33, 15.38)"),
        ("one in every 7 people", "14.29", "%", "[13.33, 15.38)"),
        ("one out of six", "16.67", "%", "[15.38, 18.18)"),
        ("about one in seven", "14.29", "%", "[13.33, 15.38)"),
        ("almost one in seven", "14.29", "%", "[13.33, 14.29)"),
        ("more than one in twenty", "5", "%", "(5, 100]"),
        ("one in five, one in ten", "10", "%", "[7.5, 12.5)"),
    ],
)
def test_words_stand_for_the_interval_of_the_grammar(words, value, unit, expected):
    assert said(words, value, unit) == expected


def test_almost_a_third_ends_at_the_fraction_itself_to_the_hundredth_which_does_not_belong():
    assert str(interval("almost a third", THIRD, "%")) == "[30.83, 33.33)"


@pytest.mark.parametrize("value", ["88", "93"])
def test_between_two_figures_reaches_from_half_a_unit_below_to_half_a_unit_above(value):
    assert said("between 88 and 93 per cent", value) == "[87.5, 93.5]"


def test_about_gives_a_count_half_a_unit_of_its_last_significant_figure():
    assert said("about 280 000 people", "280000", "people") == "[275000, 285000]"


def test_a_number_in_two_words_is_read_with_its_qualifier():
    assert said("more than ninety-five per cent", "95") == "(95, 100]"


# "100 million": 100 to its last significant figure is 50 to 150; "227 million" is exact to the million.
@pytest.mark.parametrize(
    ("words", "expected"), [("227 million", "[226.5, 227.5]"), ("100 million", "[50, 150]"), ("1.5 million", "[1.45, 1.55]")]
)
def test_the_zeros_of_a_round_count_in_scale_are_not_taken_as_exact(words, expected):
    assert said(words, words.split()[0], "million people") == expected


@pytest.mark.parametrize(("word", "value"), [("twelve", 12), ("thirteen", 13), ("nineteen", 19), ("twenty", 20), ("ninety", 90)])
def test_a_number_in_one_word_keeps_its_qualifier(word, value):
    assert said(f"More than {word} per cent", value) == f"({value}, 100]"


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [
        ("no more than 20 per cent", "20", "[0, 20]"),
        ("not less than 20 per cent", "20", "[20, 100]"),
        ("just over 20 per cent", "20", "(20, 21)"),
        ("just under 20 per cent", "20", "[19, 20)"),
        ("only just over 20 per cent", "20", "(20, 21)"),
        ("20 per cent, over five years", "20", "[19.5, 20.5]"),
        ("1.6 ('over the last four years')", "1.6", "[1.55, 1.65]"),
    ],
)
def test_only_the_qualifier_right_before_the_figure_counts_and_the_longest_one_wins(words, value, expected):
    assert said(words, value) == expected


@pytest.mark.parametrize("space", [" ", ",", "\u00a0", "\u202f"])
def test_thousands_may_be_parted_by_a_space_or_a_comma(space):
    assert said(f"more than 4{space}378 EB", "4378", "EB") == "(4378, inf)"


def test_a_figure_whose_numeral_is_not_in_the_words_is_good_to_its_own_decimals():
    assert said("five percent more likely", "1.05", "ratio") == "[1.045, 1.055]"


def test_one_in_so_many_is_read_only_where_it_is_the_figure():
    assert said("one in seven of the 30 economies", "12", "%") == "[11.5, 12.5]"
    assert said("one in zero", "12", "%") == "[11.5, 12.5]"


def test_a_figure_is_printed_to_half_a_unit_of_its_last_decimal():
    assert str(printed(Decimal("73.6"), 1)) == "[73.55, 73.65]"
    assert str(printed(Decimal(74), 0)) == "[73.5, 74.5]"


# Every kind of words in the embedded editions; a kind is the words with their digits taken out.
PRINTED = [
    ("79 per cent", "79", "%", "[78.5, 79.5]"),
    ("29%", "29", "%", "[28.5, 29.5]"),
    ("88% (press)", "88", "%", "[87.5, 88.5]"),
    ("96 percent", "96", "% of offline", "[95.5, 96.5]"),
    ("51", "51", "%", "[50.5, 51.5]"),
    ("0.92", "0.92", "female/male", "[0.915, 0.925]"),
    ("one decimal", "15.6", "%", "[15.55, 15.65]"),
    ("37.1 (1 dp)", "37.1", "%", "[37.05, 37.15]"),
    ("3.5 per cent", "3.5", "% yoy", "[3.45, 3.55]"),
    ("2.5 (stable)", "2.5", "% of GNI per capita", "[2.45, 2.55]"),
    ("1.6 ('over the last four years')", "1.6", "ratio", "[1.55, 1.65]"),
    ("14 per cent (one in seven)", "14", "%", "[13.5, 14.5]"),
    ("16 percent (one in six)", "16", "%", "[15.5, 16.5]"),
    ("32 per cent; foreword: 'one-third of humanity still does not use the Internet'", "32", "%", "[31.5, 32.5]"),
    ("first surpassed 90 per cent in 2018; gain since = six pp", "90", "%", "(90, 100]"),
    ("Approximately 67 per cent", "67", "%", "[66, 68]"),
    ("only 50 per cent", "50", "%", "[49.5, 50.5]"),
    ("just 36 per cent", "36", "%", "[35.5, 36.5]"),
    ("just 1.1", "1.1", "ratio", "[1.05, 1.15]"),
    ("over 95 per cent", "95", "%", "(95, 100]"),
    ("over 95", "95", "%", "(95, 100]"),
    ("under 67", "67", "%", "[0, 67)"),
    ("Ninety per cent", "90", "%", "[89.5, 90.5]"),
    ("one-half", "50", "%", "[47.5, 52.5)"),
    ("four out of five", "80", "%", "[77.5, 82.5)"),
    ("more than one quarter", "25", "% of GNI per capita", "(25, inf)"),
    ("14 percentage points", "14", "pp", "[13.5, 14.5]"),
    ("30 pp", "30", "pp", "[29.5, 30.5]"),
    ("eight", "8", "countries", "[7.5, 8.5]"),
    ("just two", "2", "per 100 inhabitants", "[1.5, 2.5]"),
    ("71 of 178", "71", "of 178 economies", "[70.5, 71.5]"),
    ("88 of 195 (ten more than 2024)", "88", "of 195 economies", "[87.5, 88.5]"),
    ("130 of 205 (six more than 2024)", "130", "of 205 economies", "[129.5, 130.5]"),
    ("54 (roughly four in ten)", "54", "economies", "[53.5, 54.5]"),
    ("1.9 times", "1.9", "ratio", "[1.85, 1.95]"),
    ("19x", "19", "ratio", "[18.5, 19.5]"),
    ("about 22 times", "22", "ratio", "[21.5, 22.5]"),
    ("about seven times", "7", "ratio", "[6.5, 7.5]"),
    ("five percent more likely", "1.05", "ratio", "[1.045, 1.055]"),
    ("6 billion", "6.0", "billion people", "[5.5, 6.5]"),
    ("3.6 billion", "3.6", "billion people", "[3.55, 3.65]"),
    ("2.6 billion (33 per cent)", "2.6", "billion people", "[2.55, 2.65]"),
    ("9.1 billion (exceeds population by 12.1 per cent)", "9.1", "billion", "[9.05, 9.15]"),
    ("3.0 (rounded for display)", "3.0", "billion people", "[2.95, 3.05]"),
    ("newly revised 2.8 billion", "2.8", "billion people", "[2.75, 2.85]"),
    ("revised estimate of 2.3 billion", "2.3", "billion people", "[2.25, 2.35]"),
    ("800 million", "0.8", "billion people", "[0.75, 0.85]"),
    ("244 million", "244", "million more men than women", "[243.5, 244.5]"),
    ("227 million over revised 2023", "227", "million people", "[226.5, 227.5]"),
    ("~280 million", "280", "million more men than women", "[275, 285]"),
    ("approximately 312 million", "312", "million people", "[311.5, 312.5]"),
    ("more than 240 million", "240", "million people", "(240, inf)"),
    ("6 ZB", "6.0", "ZB", "[5.5, 6.5]"),
    ("1.5 ZB", "1.5", "ZB", "[1.45, 1.55]"),
    ("close to 1.3 ZB", "1.3", "ZB", "[1.25, 1.35]"),
    ("419 EB", "419", "EB", "[418.5, 419.5]"),
    ("1 991", "1991", "EB", "[1990.5, 1991.5]"),
    ("4 378 EB", "4378", "EB", "[4377.5, 4378.5]"),
]
# Two figures in one row; the reader refuses them, because the column of values holds no single number.
RANGES = {"between N and N", "between N and N per cent", "between N% and N%", "N to N per cent"}


def kind(words):
    return re.sub(r"\d+", "N", words)


@pytest.mark.parametrize(("words", "value", "unit", "expected"), PRINTED)
def test_words_printed_in_facts_and_figures_stand_for_their_interval(words, value, unit, expected):
    assert said(words, value, unit) == expected


def test_every_kind_of_words_in_the_embedded_editions_is_worked_here():
    found = pd.concat([pd.read_csv(edition, dtype="str", keep_default_na=False) for edition in EDITIONS])
    kinds = found["printed"].map(kind)
    assert len(EDITIONS) == 6
    assert set(kinds) - {kind(words) for words, *_ in PRINTED} == RANGES
    assert not found.loc[kinds.isin(RANGES), "value"].str.fullmatch(r"\d+(\.\d+)?").any()


def test_no_two_fractions_overlap_and_their_half_width_is_the_largest_that_keeps_them_apart():
    found = [interval(names[0], fraction, "%") for fraction, names in FRACTIONS.items()]
    assert len(found) == 11
    assert not any(one.meets(other) for number, one in enumerate(found) for other in found[:number])
    # A fifth and a quarter are 5 points apart, the closest two: a wider half-width would let them overlap.
    closest = min(after - before for before, after in zip(sorted(FRACTIONS), sorted(FRACTIONS)[1:], strict=False))
    assert closest == 2 * FRACTION_HALF_WIDTH


@pytest.mark.parametrize(("fraction", "name"), [(fraction, name) for fraction, names in FRACTIONS.items() for name in names])
def test_every_name_of_a_fraction_is_read_whatever_its_hyphens_and_case(fraction, name):
    expected = interval(FRACTIONS[fraction][0], fraction, "%")
    assert interval(name.replace(" ", "-").capitalize(), fraction, "%") == expected
    assert expected.lower == (fraction - FRACTION_HALF_WIDTH).quantize(Decimal("0.01"))
    assert (expected.lower_closed, expected.upper_closed) == (True, False)


@quick
@given(st.decimals(0, 100, places=2))
def test_every_share_has_at_most_one_name(value):
    point = Interval(value, value)
    assert sum(interval(names[0], fraction, "%").meets(point) for fraction, names in FRACTIONS.items()) <= 1


QUALIFIED = ["", "only ", "almost ", "nearly ", "just over ", "about ", "around ", "at least ", "up to "]
ONE_SIDED = ["more than ", "over ", "less than ", "below "]


@quick
@given(st.sampled_from(QUALIFIED), st.decimals(0, 100, places=1), st.sampled_from([" per cent", "%", " percent"]))
def test_a_figure_lies_in_the_closure_of_its_interval(qualifier, value, after):
    found = interval(f"{qualifier}{value}{after}", value, "%")
    # Nothing is below 0 or above 100: "almost 0" and "just over 100" stand for no share at all.
    if not found.empty:
        assert found.lower <= value <= found.upper
        assert found.lower >= 0
        assert found.upper <= 100


@quick
@given(st.sampled_from(ONE_SIDED), st.decimals(1, 99, places=1), st.sampled_from(["%", "ratio", "billion people"]))
def test_more_and_less_leave_the_figure_itself_outside(qualifier, value, unit):
    found = interval(f"{qualifier}{value}{' billion' if unit == 'billion people' else ''}", value, unit)
    assert not found.meets(Interval(value, value))
    assert value in (found.lower, found.upper)


@quick
@given(st.decimals(0, 100, places=2), st.integers(0, 2))
def test_a_finer_print_of_a_figure_lies_in_the_coarser_one(value, decimals):
    coarse = printed(round(value, decimals), decimals)
    assert coarse.meets(printed(value, 2))
    assert coarse.lower <= value <= coarse.upper


@quick
@given(st.integers(1, 999), st.sampled_from(["thousand", "million", "billion"]))
def test_a_count_is_the_same_in_every_unit_of_account(number, scale):
    factor = Decimal(10) ** {"thousand": 3, "million": 6, "billion": 9}[scale]
    scaled = interval(f"{number} {scale}", Decimal(number), f"{scale} people")
    plain = interval(f"{number} {scale}", number * factor, "people")
    assert (scaled.lower * factor, scaled.upper * factor) == (plain.lower, plain.upper)
