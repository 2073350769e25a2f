"""The review sheet on a world small enough to work out by hand, and what must hold of any."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from indicators.measures.indicator_review import RECENT_YEARS, indicator_review

# 100 people in every year: 50, 30, 10, and 10 that no list has. Of EEE no people are known.
PEOPLE = {"AAA": 50.0, "BBB": 30.0, "CCC": 10.0, "rest of the world": 10.0}
LISTED = ["AAA", "BBB", "CCC", "DDD", "EEE"]
WDI, DATAHUB = "world-bank-wdi", "itu-datahub"


def catalogue(*rows):
    columns = ["indicator", "unit", "denominator", "sdg_indicator"]
    return pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], columns=columns).astype("str").replace("None", None)


def people_of(people=PEOPLE, years=range(2018, 2025)):
    rows = [(iso3, year, locality, number) for iso3, number in people.items() for year in years for locality in ("all", "urban")]
    return pd.DataFrame(rows, columns=["iso3", "year", "locality", "people"])


def values_of(*rows):
    """Area, year, nature; lower case is a group."""
    frame = pd.DataFrame(rows, columns=["area", "year", "nature"])
    return frame.assign(indicator="use", area_kind=["economy" if area.isupper() else "group" for area in frame["area"]])


def table(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split())


BREAKDOWNS, HOLDINGS = "indicator area_kind dimension areas last_year", "indicator sources vintages licences"
REVISED = "indicator pairs numbers_before numbers_in_both moved withdrawn median_move largest_move largest_move_of"
USE = ("use", "%", "All people", "17.8.1")


def review(values=None, *, indicators=None, people=None, listed=LISTED, breakdowns=(), holdings=None, revised=()):
    values = values_of() if values is None else values
    held = [("use", WDI, 1, "CC BY 4.0")] if len(values) else []
    sheet = indicator_review(
        catalogue(USE) if indicators is None else indicators,
        pd.DataFrame({"iso3": listed}),
        people_of() if people is None else people,
        values,
        table(BREAKDOWNS, *breakdowns),
        table(HOLDINGS, *(held if holdings is None else holdings)),
        table(REVISED, *revised),
    )
    kept = conform("indicator_review", sheet)
    assert contract_problems("indicator_review", kept).empty, contract_problems("indicator_review", kept).to_string()
    return kept


def the_row(*arguments, **named):
    (row,) = review(*arguments, **named).to_dict("records")
    return row


VALUES = values_of(
    ("AAA", 2018, "estimate"), ("AAA", 2024, "country"), ("BBB", 2018, "estimate"), ("EEE", 2024, "unknown"),
    ("world", 2023, "estimate"), ("ldc", 2022, "unknown"),
)  # fmt: skip


@pytest.mark.worked("indicator_review")
def test_coverage_counts_economies_and_their_people_and_tells_the_recent_from_the_old():
    # BBB's only value is of 2018, six years before the newest number held.
    row = the_row(VALUES)
    assert (row["reference_year"], row["newest_year"]) == (2024, 2024)
    assert (row["economies"], row["economies_recent"], row["economies_listed"]) == (3, 2, 5)
    assert (row["share_of_economies"], row["share_of_economies_recent"]) == pytest.approx((0.6, 0.4))
    assert (row["share_of_people"], row["share_of_people_recent"]) == pytest.approx((0.8, 0.5))
    assert row["evidence"] == "narrow or old"


@pytest.mark.parametrize(("year", "recent"), [(2024 - RECENT_YEARS, 2), (2024 - RECENT_YEARS - 1, 1)])
def test_a_value_of_five_years_is_recent_and_one_of_six_is_not(year, recent):
    row = the_row(values_of(("AAA", 2024, "country"), ("BBB", year, "country")))
    assert row["economies_recent"] == recent
    assert row["evidence"] == ("wide and recent" if recent == 2 else "narrow or old")  # 80 of 100 people, or 50


def test_ages_are_counted_from_the_newest_number_of_any_indicator():
    values = pd.concat([VALUES, values_of(("world", 2026, "estimate")).assign(indicator="other")])
    row = the_row(values)
    # 2, 8 and 2 years; weighted by 50, 30 and no people.
    assert (row["median_age_years"], row["mean_age_years"]) == (2.0, pytest.approx((50 * 2 + 30 * 8) / 80))


def test_the_headline_year_is_the_newest_with_two_thirds_of_the_people():
    assert the_row(VALUES)["headline_year"] == 2018  # 80 of 100; in 2024 only 50
    assert pd.isna(the_row(VALUES[VALUES["area"] != "BBB"])["headline_year"])


def test_the_nature_of_the_newest_values_is_counted_by_economies_and_by_people():
    row = the_row(VALUES)
    assert [row[f"share_{nature}"] for nature in ("country", "estimate", "unknown")] == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert [row[f"people_{nature}"] for nature in ("country", "estimate", "unknown")] == pytest.approx([5 / 8, 3 / 8, 0])


def test_volatility_is_a_share_of_what_both_vintages_have_and_withdrawal_of_what_the_earlier_had():
    row = the_row(VALUES, revised=[("use", 2, 40, 32, 8, 4, 1.5, 9.0, "BBB 2018")])
    assert (row["pairs_compared"], row["numbers_compared"]) == (2, 32)
    assert (row["share_moved"], row["share_withdrawn"]) == (0.25, 0.1)
    assert (row["median_move"], row["largest_move"], row["largest_move_of"]) == (1.5, 9.0, "BBB 2018")
    assert pd.isna(row["volatility_reason"])


@pytest.mark.parametrize(
    ("vintages", "reason"),
    [
        (0, "no dated vintage"),
        (1, "only one vintage"),
        (2, "no two consecutive whole vintages of one source have economies"),
    ],
)
def test_where_vintages_cannot_be_compared_it_is_said_why(vintages, reason):
    row = the_row(VALUES, holdings=[("use", WDI, vintages, "CC BY 4.0")])
    assert row["volatility_reason"] == reason
    assert pd.isna(row["share_moved"])
    assert pd.isna(row["share_withdrawn"])


def test_breakdowns_are_those_of_economies_and_those_of_groups_are_named():
    broken_down = [("use", "economy", "sex", 2, 2023), ("use", "group", "age", 1, 2020), ("use", "group", "locality", 3, 2024)]
    row = the_row(VALUES, breakdowns=broken_down)
    assert (row["economies_by_sex"], row["last_year_by_sex"], row["economies_by_locality"], row["economies_by_age"]) == (2, 2023, 0, 0)
    assert row["breakdowns_of_groups"] == "locality, age"


def test_terms_and_addresses_are_those_of_all_its_sources():
    row = the_row(VALUES, holdings=[("use", f"{DATAHUB}, {WDI}", 3, "CC BY 4.0; CC BY-NC-SA 3.0 IGO")])
    assert row["licence"] == "CC BY-NC-SA 3.0 IGO"
    assert row["links"] == "https://datahub.itu.int https://data.worldbank.org"
    assert row["sdg_metadata"].endswith("Goal=17&Target=17.8")


@pytest.mark.parametrize(
    ("unit", "denominator", "said"),
    [("%", "All people", "stated"), ("%", None, "not stated"), ("ratio", None, "not stated"), ("people", None, "none needed")],
)
def test_a_share_without_a_denominator_is_reported(unit, denominator, said):
    row = the_row(VALUES, indicators=catalogue(("use", unit, denominator, None)))
    assert row["denominator"] == said
    assert ("states no denominator" in row["finding"]) == (said == "not stated")


def test_what_only_groups_have_and_what_no_area_has_is_stated_and_nothing_is_made_up():
    both = catalogue(USE, ("none", "people", None, None))
    groups, nothing = review(VALUES[VALUES["area_kind"] == "group"], indicators=both).to_dict("records")
    assert (groups["evidence"], groups["groups"], groups["newest_year_of_groups"], groups["groups_estimated"]) == (
        "groups only",
        2,
        2023,
        0.5,
    )
    assert (nothing["evidence"], nothing["volatility_reason"]) == ("no data", "no data")
    for row in (groups, nothing):
        assert (row["economies"], row["share_of_people"]) == (0, 0.0)
        assert all(pd.isna(row[name]) for name in ("newest_year", "headline_year", "median_age_years", "share_unknown"))
    assert groups["finding"] == (
        "There are only published figures, of 2 groups up to 2023, 50 % of them the publisher's estimates. "
        "Without values of economies they cannot be recomputed."
    )
    assert nothing["finding"] == "No data yet: no file that we have read has it."


def test_the_finding_says_in_words_what_the_figures_come_to():
    reported = the_row(VALUES, breakdowns=[("use", "economy", "sex", 2, 2023)], revised=[("use", 1, 40, 32, 8, 4, 1.5, 9.0, "BBB 2018")])[
        "finding"
    ]
    assert reported == (
        "3 of 5 economies have a value. 20 % of the people live in economies without a value, and 30 % in economies whose newest value is "
        "older than 5 years. The newest year with values for two thirds of the people is 2018. 33 % of the newest values are estimates; "
        "33 % are not marked. It is broken down by sex for 2 economies. "
        "25 % of the numbers changed between vintages, half of them by 1.5 points or more, and 10 % were withdrawn."
    )


def test_statements_and_targets_that_speak_of_an_indicator_are_counted():
    named = catalogue(("mobile_phone_ownership", "%", "All people", "5.b.1"))
    row = the_row(indicators=named)
    # Paragraphs 20 and 22: 82 of all, 78 of women, 87 of men; one of the targets of universal and meaningful connectivity.
    assert (row["claims"], row["targets"]) == (3, 1)
    assert row["finding"].startswith("3 statements of the resolution and 1 target use it. ")


def test_without_a_population_shares_of_people_are_not_known_and_not_zero():
    row = the_row(VALUES, people=people_of().iloc[:0])
    assert pd.isna(row["share_of_people"])
    assert pd.isna(row["mean_age_years"])
    assert (row["economies"], row["evidence"]) == (3, "narrow or old")


def test_the_order_is_that_of_the_catalogue():
    names = ["zulu", "use", "alpha"]
    sheet = review(VALUES, indicators=catalogue(*((name, "%", "All", None) for name in names)))
    assert sheet["indicator"].tolist() == names


def test_two_values_of_one_year_are_refused():
    with pytest.raises(ValueError, match="values under review: 1 rows are there twice, such as use, AAA, 2024"):
        review(pd.concat([VALUES, values_of(("AAA", 2024, "estimate"))]))


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (pd.concat([people_of(), people_of()]), "people of the review: 56 rows are there twice, such as AAA, 2018, all"),
        (people_of(PEOPLE | {"AAA": float("inf")}), "people of the review: 14 rows have an infinite people, such as AAA, 2018, all"),
    ],
)
def test_people_that_cannot_be_are_refused(people, message):
    with pytest.raises(ValueError, match=message):
        review(VALUES, people=people)


held = st.lists(
    st.tuples(st.sampled_from([*LISTED, "world"]), st.integers(2018, 2024), st.sampled_from(["country", "estimate", "unknown"])),
    min_size=1,
    max_size=25,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=20, deadline=None)
@given(held)
def test_shares_are_nested_and_add_up_whatever_is_held(rows):
    row = the_row(values_of(*rows))
    assert 0 <= row["share_of_people_recent"] <= row["share_of_people"] <= 1
    assert 0 <= row["share_of_economies_recent"] <= row["share_of_economies"] <= 1
    assert row["finding"].endswith(".")
    if row["economies"]:
        assert sum(row[f"share_{nature}"] for nature in ("country", "estimate", "unknown")) == pytest.approx(1)
        assert row["newest_year"] <= row["reference_year"]
        assert row["median_age_years"] >= 0
    else:
        assert row["evidence"] == "groups only"


@settings(max_examples=8, deadline=None)
@given(st.lists(st.floats(1, 1e9), min_size=1, max_size=5))
def test_where_all_report_everybody_is_covered_and_nothing_is_old(numbers):
    people = dict(zip(LISTED, numbers, strict=False))
    row = the_row(values_of(*((iso3, 2024, "country") for iso3 in people)), people=people_of(people), listed=list(people))
    assert (row["share_of_people"], row["share_of_people_recent"]) == pytest.approx((1, 1))
    assert (row["headline_year"], row["mean_age_years"], row["evidence"]) == (2024, 0, "wide and recent")


def test_the_cost_grows_with_the_rows_and_not_faster():
    def seconds(many):
        areas = [chr(65 + n // 26 % 26) + chr(65 + n % 26) + chr(65 + n // 676) for n in range(200)]
        held = pd.MultiIndex.from_product([[f"i{n}" for n in range(many)], areas, range(2004, 2024)], names=["indicator", "area", "year"])
        values = held.to_frame(index=False).assign(area_kind="economy", nature="country")
        indicators = catalogue(*((f"i{n}", "%", "All", None) for n in range(many)))
        holdings = [(f"i{n}", WDI, 1, "CC BY 4.0") for n in range(many)]
        people = people_of(dict.fromkeys(areas, 1.0), range(2004, 2024))
        begun = time.perf_counter()
        review(values, indicators=indicators, people=people, listed=areas, holdings=holdings)
        return time.perf_counter() - begun

    seconds(1)
    assert seconds(40) < 12 * max(seconds(10), 0.02)
