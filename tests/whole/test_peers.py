"""The comparison with what one would pick instead is right about itself; no peer is needed for that."""

import math
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.warehouse import queries
from tests.peers import aggregation, claims, spread
from tests.support.paths import PROJECT

quick = settings(max_examples=60, deadline=None)
NAN = float("nan")


def test_each_table_of_the_comparison_is_made_after_those_it_reads():
    there = {"snapshots", "sources", "indicators", "economies", "groups", "memberships", "observations", "quarantine"}
    for table in aggregation.MADE:
        assert set(queries.model(table).reads) <= there, table
        there.add(table)


# AAA has 100 people, BBB 300, CCC 600. BBB reports 2020 and 2022 only, CCC begins in 2021, AAA ends in 2021.
def world():
    rows = [("AAA", 2020, 80), ("AAA", 2021, 90), ("BBB", 2020, 20), ("BBB", 2022, 40), ("CCC", 2021, 50), ("CCC", 2022, 60)]
    values = pd.DataFrame(rows, columns=["iso3", "year", "value"]).astype({"value": "float64"})
    values = values.assign(source="s", vintage="1", indicator="share", locality="all")
    people = pd.DataFrame({"iso3": ["AAA", "BBB", "CCC"], "people": [100.0, 300.0, 600.0]})
    people = people.merge(pd.DataFrame({"year": [2019, 2020, 2021, 2022]}), how="cross").assign(locality="all")
    members = pd.DataFrame({"group_name": "all", "iso3": ["AAA", "BBB", "CCC"]})
    return values, people, members, pd.Series({"share": 100.0})


def test_each_rule_gives_what_it_gives_by_hand():
    found = aggregation.estimates(*world()).set_index("year")
    # 2021: AAA 90 and CCC 50 report; BBB is carried at 20, joined at 30.
    expected = {
        "unweighted mean": 70,
        "renormalised": (9000 + 30_000) / 700,
        "missing as zero": 39,
        "carried forward": (9000 + 6000 + 30_000) / 1000,
        "interpolate and carry": (9000 + 9000 + 30_000) / 1000,
        "lower": 39,
        "upper": 69,
    }
    assert found.loc[2021, list(expected)].to_dict() == pytest.approx(expected)
    # 2020: CCC has not begun, and is no zero to a rule that carries.
    assert found.loc[2020, "carried forward"] == found.loc[2020, "interpolate and carry"] == pytest.approx((8000 + 6000) / 400)
    assert found.loc[2022, "carried forward"] == pytest.approx((9000 + 12_000 + 36_000) / 1000)


def test_a_published_figure_is_met_with_its_own_members_list_and_vintage():
    values, people, members, ceilings = world()
    published = pd.DataFrame({"group_name": "all", "year": [2021, 2019], "published": [40.0, 30.0], "indicator": "share"})
    published = published.assign(members_source="s", members_vintage="1", list="2025-01-01")
    listed = members.assign(list="2025-01-01")
    elsewhere = members.iloc[:1].assign(list="2024-01-01")
    found = aggregation.compared(published, values, people, pd.concat([listed, elsewhere]), ceilings)
    assert found["year"].tolist() == [2021]
    assert found["missing as zero"].tolist() == pytest.approx([39])
    other_vintage = aggregation.compared(pd.concat([published, published.assign(members_vintage="2")]), values, people, listed, ceilings)
    assert len(other_vintage) == 1


def test_errors_are_absolute_and_counted():
    figures = pd.DataFrame({rule: [10.0, 30.0, NAN] for rule in aggregation.RULES}).assign(published=[12.0, 20.0, 5.0])
    assert aggregation.summary(figures).loc["renormalised"].to_dict() == {"mean": 6, "median": 6, "worst": 10, "n": 2}


def test_bounds_hold_a_figure_to_its_rounding_and_have_no_top_without_a_ceiling():
    figures = pd.DataFrame({"published": [9.96, 9.94, 20.04, 20.06, 500], "lower": 10.0, "upper": [20, 20, 20, 20, NAN]})
    assert aggregation.held_by_bounds(figures).tolist() == [True, False, True, False, True]


whole_units = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**9)), min_size=1, max_size=12).filter(
    lambda units: any(value for value, _ in units)
)


@quick
@given(whole_units)
def test_the_exact_gini_is_that_of_every_pair(units):
    apart = sum(w * v * abs(x - y) for x, w in units for y, v in units)
    people, total = sum(w for _, w in units), sum(w * x for x, w in units)
    assert spread.exact_gini([x for x, _ in units], [w for _, w in units]) == Fraction(apart, 2 * people * total)


def test_values_one_and_three_with_weights_one_and_three():
    assert spread.exact_gini([1, 3], [1, 3]) == Fraction(3, 20)
    # The mean is 2.5: (1 x 1 x ln 0.4 + 3 x 3 x ln 1.2) / 10.
    assert spread.exact_theil([1, 3], [1, 3]) == pytest.approx((math.log(0.4) + 9 * math.log(1.2)) / 10)
    assert spread.exact_theil([0, 4], [1, 1]) == pytest.approx(math.log(2))


def test_ours_agrees_with_the_exact_sums_where_the_formula_in_int64_does_not():
    values, people = map(np.array, spread.OVERFLOWING)
    found = spread.ours(values, people)
    exact = float(spread.exact_gini(spread.whole(values), people.tolist()))
    assert found["gini"] == pytest.approx(exact, abs=1e-12)
    assert found["theil"] == pytest.approx(spread.exact_theil(spread.whole(values), people.tolist()), abs=1e-12)
    with np.errstate(over="ignore"):
        assert not 0 <= spread.plain_gini(values, people) <= 1
    assert spread.plain_gini(values, people.astype("float64")) == pytest.approx(exact, abs=1e-12)


def test_a_package_that_raises_is_reported_and_the_others_are_measured(monkeypatch):
    def refusing(values, weights):
        raise TypeError("no weights here")

    monkeypatch.setattr(spread, "peers", lambda: {"one": {"gini": refusing}, "other": {"gini": spread.plain_gini}})
    found = spread.compared(np.array([1.0, 3.0]), np.array([1, 3]))
    assert found.loc["one", "refused"] == "gini: TypeError: no weights here"
    assert found.loc["other", "gini"] == pytest.approx(0.15)


def test_there_are_enough_sentences_with_the_words_they_name_and_half_were_held_out():
    labelled = claims.sentences()
    assert len(labelled) >= 60
    assert len({sentence.text for sentence in labelled}) == len(labelled)
    assert sum(sentence.held_out for sentence in labelled) * 2 >= len(labelled)
    assert {sentence.label for sentence in labelled} == {"true", "false", "undecidable"}
    for sentence in labelled:
        assert sentence.why
        assert all(figure.words in sentence.text for figure in sentence.figures)
        assert not any(figure.evidence.empty for figure in sentence.figures)


@pytest.mark.parametrize(
    ("values", "derived", "lower", "upper", "value"),
    [
        (("73.6",), "", "73.55", "73.65", "73.6"),
        (("73.6",), "complement", "26.35", "26.45", "26.4"),
        (("6", "2"), "ratio", "2.2", "4.333", "3.27"),
        (("6", "2"), "difference", "3", "5", "4"),
        (("6", "2"), "growth", "120", "333.333", "226.67"),
    ],
)
def test_evidence_is_what_the_printed_values_allow(values, derived, lower, upper, value):
    figure = claims.Figure("so many", "1", "%", "something", values, derived)
    assert [round(float(end), 3) for end in (figure.evidence.lower, figure.evidence.upper)] == [float(lower), float(upper)]
    assert figure.value == Decimal(value)


def test_what_cannot_be_derived_is_refused():
    with pytest.raises(ValueError, match="nothing is derived as 'sum'"):
        _ = claims.Figure("both", "1", "%", "something", ("1", "2"), "sum").evidence


def test_a_sentence_is_as_good_as_its_worst_figure():
    def sentence(*figures):
        return claims.Sentence("so", "true", "", False, figures)

    holds = claims.Figure("74 per cent", "74", "%", "something", ("73.6",))
    open_ = claims.Figure("more than 93 per cent", "93", "%", "something", ("93",))
    fails = claims.Figure("a third", "33.33", "%", "something", ("73.6",), "complement")
    outcomes = [claims.ours(sentence(*figures)) for figures in ((holds,), (holds, open_), (open_, fails), (fails, holds))]
    assert outcomes == [claims.PASSED, claims.OPEN, claims.FLAGGED, claims.FLAGGED]


def test_evidence_for_a_reader_of_prose_is_the_sentence_with_the_true_figures():
    women = claims.Figure("Only 78 per cent", "78", "%", "women", ("78",))
    men = claims.Figure("90 per cent", "90", "%", "men", ("87",))
    sentence = claims.Sentence("Only 78 per cent of women, against 90 per cent of men.", "false", "", True, (women, men))
    assert sentence.evidence == "78% of women, against 87% of men."
    assert claims.with_signs(sentence.text) == "Only 78% of women, against 90% of men."


def test_rates_are_parts_of_the_sentences_of_each_label():
    labels = ["true", "true", "false", "false", "undecidable"]
    outcomes = [claims.PASSED, claims.FLAGGED, claims.FLAGGED, claims.FELL, claims.OPEN]
    found = claims.rates(labels, outcomes)
    assert found == {"recall": 0.5, "false_alarms": 0.5, "unchecked": 0.2, "settled": 0.5, "overreached": 0.0}


def test_a_checker_that_is_not_there_is_left_out_and_one_that_raises_has_fallen_over(monkeypatch):
    def absent(sentence, text):
        raise ImportError

    def raising(sentence, text):
        raise TypeError

    monkeypatch.setattr(claims, "_settings", lambda: {"absent": {"only": absent}, "raising": {"only": raising}})
    found = claims.judged(claims.sentences())
    assert [who.split(",")[0] for who in found] == ["ours", "raising", "raising"]
    assert set(found["raising, as written (only)"]) == {claims.FELL}


def test_what_our_grammar_gets_wrong_is_what_the_report_says():
    right = {"true": claims.PASSED, "false": claims.FLAGGED, "undecidable": claims.OPEN}
    wrong = {sentence.text[:24]: claims.ours(sentence) for sentence in claims.sentences() if claims.ours(sentence) != right[sentence.label]}
    assert wrong == {
        "Four out of five people ": claims.OPEN,
        "Almost two thirds of the": claims.FLAGGED,
        "Not one region has broug": claims.FLAGGED,
    }


def test_every_peer_is_pinned_with_its_licence_and_shares_our_numpy_and_pandas():
    peers = [line for line in (PROJECT / "tests/peers/requirements.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w-]+==[\d.]+ +# [\w-]+: .+", line) for line in peers)
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    constraints = (PROJECT / "tests/peers/constraints.txt").read_text("utf-8").casefold().splitlines()
    assert {line.split()[0].casefold() for line in peers} <= set(constraints)
    shared = [line for line in constraints if line.startswith(("numpy==", "pandas=="))]
    assert shared
    assert all(f"{line} \\" in lock for line in shared)
