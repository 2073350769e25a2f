"""A group's figure under each rule, its coverage and its bounds, on a world small enough to work by hand."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from indicators.measures.aggregates import aggregates, interpolate_and_carry, publishable

CEILINGS = pd.Series({"share": 100.0, "rate": np.nan})
quick = settings(max_examples=15, deadline=None)


def values_of(table, first_year=2020, indicator="share"):
    """Reported values, an economy a row and a year a column; None where nothing was reported."""
    cells = [
        {"iso3": iso3, "year": year, "value": float(value)}
        for iso3, series in table.items()
        for year, value in enumerate(series, start=first_year)
        if value is not None
    ]
    series = {"source": "s", "vintage": "1", "indicator": indicator, "sex": "all", "locality": "all", "age": "all"}
    return pd.DataFrame(cells, columns=["iso3", "year", "value"]).assign(**series)


def people_of(table, first_year=2020):
    """People by economy and year; None where the population is not known."""
    return pd.DataFrame(
        [
            {"iso3": iso3, "year": year, "locality": "all", "people": people}
            for iso3, series in table.items()
            for year, people in enumerate(series, start=first_year)
            if people is not None
        ]
    )


def members_of(groups, years):
    """The same members in every year."""
    return pd.DataFrame(
        [
            {"scheme": "tiny", "membership": "latest", "group_name": group, "iso3": iso3, "year": year}
            for group, members in groups.items()
            for iso3 in members
            for year in years
        ]
    )


def figures(values, people, members):
    """Aggregates by group, year and rule."""
    return aggregates(values, people, members, CEILINGS).set_index(["group_name", "year", "rule"]).sort_index()


# Five economies, 200 people. AAA has a gap inside, BBB one at the end, CCC one before its first value, DDD goes from 0 to 100,
# EEE never reports.
WORLD = {
    "AAA": [40, None, 60],
    "BBB": [20, 30, None],
    "CCC": [None, 80, 90],
    "DDD": [0, 50, 100],
}
PEOPLE = {"AAA": [100] * 3, "BBB": [50] * 3, "CCC": [30] * 3, "DDD": [10] * 3, "EEE": [10] * 3}
GROUPS = {
    "world": ["AAA", "BBB", "CCC", "DDD", "EEE"],
    "north": ["AAA", "BBB", "CCC"],
    "south": ["DDD", "EEE"],
    "solo": ["AAA"],
    "silent": ["EEE"],
}
YEARS = range(2020, 2023)


@pytest.fixture(scope="module")
def tiny():
    return figures(values_of(WORLD), people_of(PEOPLE), members_of(GROUPS, YEARS))


@pytest.mark.worked("aggregates")
def test_the_renormalised_figure_is_that_of_the_people_of_the_reporting(tiny):
    # 2020: (100*40 + 50*20 + 10*0) / 160 = 5000/160; 2021: (50*30 + 30*80 + 10*50) / 90 = 4400/90; 2022: (6000 + 2700 + 1000) / 140.
    expected = [5000 / 160, 4400 / 90, 9700 / 140]
    assert tiny.loc[("world", YEARS, "renormalised"), "value"].tolist() == pytest.approx(expected)


@pytest.mark.worked("aggregates")
def test_the_carried_figure_interpolates_inside_and_carries_to_the_end_but_never_before_the_first(tiny):
    # 2021: AAA is at 50 between 40 and 60, so (100*50 + 50*30 + 30*80 + 10*50) / 190 = 9400/190.
    # 2022: BBB keeps its 30, so (6000 + 1500 + 2700 + 1000) / 190 = 11200/190. 2020: CCC has nothing before 2021; 5000/160.
    expected = [5000 / 160, 9400 / 190, 11200 / 190]
    assert tiny.loc[("world", YEARS, "interpolate and carry"), "value"].tolist() == pytest.approx(expected)
    assert tiny.loc[("world", YEARS, "interpolate and carry"), "n_filled"].tolist() == [0, 1, 1]


@pytest.mark.worked("aggregates")
def test_the_bounds_put_members_without_data_at_0_and_at_100(tiny):
    # Of 200 people 160 report in 2020: 5000/200 = 25, and 40/200 = 20 more; 90 in 2021: 22, and 55 more; 140 in 2022: 48.5, and 30 more.
    bounds = tiny.loc[("world", YEARS, "hard bounds"), ["lower", "upper"]]
    assert bounds["lower"].tolist() == pytest.approx([25, 22, 48.5])
    assert bounds["upper"].tolist() == pytest.approx([45, 77, 78.5])
    assert tiny.loc[("world", YEARS, "hard bounds"), "value"].isna().all()


def test_coverage_is_of_people_who_report_for_the_year_itself_under_every_rule(tiny):
    # 160/200, 90/200, 140/200: filled values never count.
    for rule in ("renormalised", "interpolate and carry", "hard bounds"):
        rows = tiny.loc[("world", YEARS, rule), :]
        assert rows["coverage"].tolist() == pytest.approx([0.8, 0.45, 0.7])
        assert rows["publishable"].tolist() == ["published", "not published", "published"]
        assert rows["n_reporting"].tolist() == [3, 3, 3]
        assert rows["n_members"].tolist() == [5, 5, 5]


def test_people_are_counted_under_the_rules_that_know_everybody_and_never_by_renormalising(tiny):
    # 2022: 112 people by what is known, 97 (48.5 % of 200) to 157 (78.5 %) by the bounds.
    assert tiny.loc[("world", 2022, "interpolate and carry"), "people"] == pytest.approx(112)
    assert pd.isna(tiny.loc[("world", 2022, "renormalised"), "people"])
    bounds = tiny.loc[("world", 2022, "hard bounds")]
    assert (bounds["people_lower"], bounds["people_upper"], bounds["population"]) == (pytest.approx(97), pytest.approx(157), 200)


def test_0_and_100_are_figures_like_any_other(tiny):
    # The south is DDD (10 people) and EEE without data (10): 0 in 2020, 100 in 2022, of the half that reports.
    assert tiny.loc[("south", [2020, 2022], "renormalised"), "value"].tolist() == [0, 100]
    assert tiny.loc[("south", 2020, "hard bounds"), ["lower", "upper"]].tolist() == [0, 50]
    assert tiny.loc[("south", 2022, "hard bounds"), ["lower", "upper"]].tolist() == [50, 100]


def test_a_group_of_one_has_the_figure_of_its_member(tiny):
    assert tiny.loc[("solo", YEARS, "interpolate and carry"), "value"].tolist() == [40, 50, 60]
    assert tiny.loc[("solo", [2020, 2022], "renormalised"), "value"].tolist() == [40, 60]
    # In 2021 its only member had no value: no renormalised figure, and bounds that say nothing.
    assert ("solo", 2021, "renormalised") not in tiny.index
    assert tiny.loc[("solo", 2021, "hard bounds"), ["lower", "upper", "coverage", "n_reporting"]].tolist() == [0, 100, 0, 0]


def test_a_group_without_any_reporter_has_bounds_and_no_figure(tiny):
    rows = tiny.loc["silent"]
    assert set(rows.index.get_level_values("rule")) == {"hard bounds"}
    assert rows[["lower", "upper"]].drop_duplicates().to_numpy().tolist() == [[0, 100]]
    assert set(rows["publishable"]) == {"not published"}


def test_the_tiny_world_keeps_the_contract():
    table = aggregates(values_of(WORLD), people_of(PEOPLE), members_of(GROUPS, YEARS), CEILINGS)
    assert contract_problems("aggregates", conform("aggregates", table)).empty


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [
        (1.0, "published"),
        (2 / 3, "published"),
        (0.6666, "indicative"),
        (0.5, "indicative"),
        (0.4999, "not published"),
        (0.0, "not published"),
        (np.nan, "not published"),
    ],
)
def test_two_thirds_of_the_people_publish_a_figure_and_half_make_it_indicative(coverage, expected):
    assert publishable(pd.Series([coverage])).tolist() == [expected]


# Of 3,000,000,000 people, exactly two thirds or half report, or one person less.
@pytest.mark.parametrize(
    ("reporting", "expected"),
    [
        (2_000_000_000, "published"),
        (1_999_999_999, "indicative"),
        (1_500_000_000, "indicative"),
        (1_499_999_999, "not published"),
    ],
)
def test_one_person_more_or_less_decides_whether_a_figure_is_published(reporting, expected):
    people = people_of({"AAA": [reporting], "BBB": [3_000_000_000 - reporting]})
    found = figures(values_of({"AAA": [50]}), people, members_of({"world": ["AAA", "BBB"]}, [2020]))
    assert found["publishable"].unique().tolist() == [expected]


def test_coverage_counts_people_and_not_economies():
    # Nine islands of 1 person report, the continent of 991 does not.
    islands = [f"I{number:02}" for number in range(9)]
    found = figures(
        values_of({island: [50] for island in islands}),
        people_of({"BIG": [991]} | {island: [1] for island in islands}),
        members_of({"world": [*islands, "BIG"]}, [2020]),
    )
    assert found["coverage"].unique().tolist() == pytest.approx([0.009])
    assert found["publishable"].unique().tolist() == ["not published"]


def test_populations_of_the_largest_economies_do_not_overflow():
    # The sum of populations times shares is 2.4e11 and its square passes int64; (1.40e9 * 90 + 1.44e9 * 70 + 0.34e9 * 95) / 3.18e9.
    people = people_of({"CHN": [1_400_000_000], "IND": [1_440_000_000], "USA": [340_000_000]})
    assert people["people"].dtype == "int64"
    found = figures(values_of({"CHN": [90], "IND": [70], "USA": [95]}), people, members_of({"world": ["CHN", "IND", "USA"]}, [2020]))
    assert found.loc[("world", 2020, "renormalised"), "value"] == pytest.approx((126e9 + 100.8e9 + 32.3e9) / 3.18e9)
    assert found.loc[("world", 2020, "interpolate and carry"), "people"] == pytest.approx(1.26e9 + 1.008e9 + 0.323e9)


def test_populations_whose_sum_passes_int64_are_summed_all_the_same():
    # Twelve economies of 1e18 people: 1.2e19, where int64 ends at 9.2e18. Half of them at 100 and half at 0.
    names = [f"A{letter}A" for letter in "ABCDEFGHIJKL"]
    values = values_of({name: [100 * (place % 2)] for place, name in enumerate(names)})
    found = figures(values, people_of({name: [10**18] for name in names}), members_of({"world": names}, [2020]))
    assert found.loc[("world", 2020, "renormalised"), ["value", "population", "coverage"]].tolist() == [50, pytest.approx(1.2e19), 1]
    assert found.loc[("world", 2020, "hard bounds"), ["lower", "upper"]].tolist() == [50, 50]


def test_members_that_are_all_alike_make_a_group_like_them():
    found = figures(
        values_of({"AAA": [70], "BBB": [70]}), people_of({"AAA": [3], "BBB": [7]}), members_of({"world": ["AAA", "BBB"]}, [2020])
    )
    assert set(found.xs("renormalised", level="rule")["value"]) == {70}
    assert found.loc[("world", 2020, "hard bounds"), ["lower", "upper"]].tolist() == [70, 70]


def test_a_year_in_which_everybody_is_silent_is_bridged_by_the_rule_that_carries_and_by_no_other():
    # 2021 was reported by no member: AAA is at 50 between 40 and 60.
    found = figures(values_of({"AAA": [40, None, 60]}), people_of({"AAA": [10] * 3}), members_of({"world": ["AAA"]}, YEARS))
    assert found.loc[("world", 2021, "interpolate and carry"), ["value", "coverage", "publishable"]].tolist() == [50, 0, "not published"]
    assert ("world", 2021, "renormalised") not in found.index


@pytest.mark.parametrize(("doubled", "what"), [("values", "reported values"), ("people", "populations"), ("members", "members")])
def test_what_is_there_twice_is_refused(doubled, what):
    frames = {"values": values_of(WORLD), "people": people_of(PEOPLE), "members": members_of(GROUPS, YEARS)}
    frames[doubled] = pd.concat([frames[doubled], frames[doubled].head(1)])
    with pytest.raises(ValueError, match=f"{what}: 1 rows are there twice, such as .*; give each once"):
        aggregates(*frames.values(), CEILINGS)


@pytest.mark.parametrize(
    ("values", "people", "message"),
    [
        ({"AAA": [-1]}, {"AAA": [10]}, "value of share, AAA, 2020 is -1, below zero: leave the row out"),
        ({"AAA": [1]}, {"AAA": [-10]}, "people of AAA, 2020, all is -10, below zero: leave the row out"),
    ],
)
def test_what_is_below_zero_is_refused(values, people, message):
    with pytest.raises(ValueError, match=message):
        figures(values_of(values), people_of(people), members_of({"world": ["AAA"]}, [2020]))


def test_localities_sexes_ages_indicators_vintages_and_schemes_go_in_one_pass_and_do_not_touch_one_another():
    plain, members = values_of(WORLD), members_of(GROUPS, YEARS)
    people = pd.concat([people_of(PEOPLE), people_of(PEOPLE).assign(locality="urban")])
    changes = [{}, {"sex": "female"}, {"locality": "urban"}, {"age": "15-24"}, {"vintage": "2"}, {"source": "t"}, {"indicator": "rate"}]
    together = pd.concat([plain.assign(**change) for change in changes])
    found = aggregates(together, people, pd.concat([members, members.assign(membership="in force")]), CEILINGS)
    alone = aggregates(plain, people, members, CEILINGS)
    assert len(found) == 2 * len(changes) * len(alone)
    series = {"source": "s", "vintage": "1", "indicator": "share", "sex": "all", "locality": "all", "age": "all", "membership": "latest"}
    for change in changes:
        part = found[np.logical_and.reduce([found[name] == which for name, which in (series | change).items()])]
        assert part["value"].tolist() == pytest.approx(alone["value"].tolist(), nan_ok=True)


def test_an_economy_without_people_weighs_nothing_and_is_no_member():
    people = people_of({"AAA": [100], "NUL": [0]})
    found = figures(values_of({"AAA": [40], "NUL": [99]}), people, members_of({"world": ["AAA", "NUL"], "empty": ["NUL"]}, [2020]))
    assert found.loc[("world", 2020, "renormalised"), ["value", "n_members", "coverage"]].tolist() == [40, 1, 1]
    assert "empty" not in found.index


# NOP had 1 person when last counted: a thousandth of the 1000 others in the group is not more than a thousandth, of 999 it is.
def test_an_economy_without_a_population_leaves_its_group_and_the_note_names_it():
    people = people_of({"AAA": [1000, 1000], "NOP": [1, None], "NEV": [None, None]})
    members = members_of({"world": ["AAA", "NOP", "NEV"], "others": ["AAA"]}, [2020, 2021])
    found = figures(values_of({"AAA": [50, 60], "NOP": [0, 0]}), people, members)
    row = found.loc[("world", 2021, "renormalised")]
    assert (row["value"], row["n_members"], row["population"]) == (60, 1, 1000)
    assert row["note"] == "left out because there is no population: NEV, NOP"
    assert found.loc[("world", 2020, "renormalised"), "note"] == "left out because there is no population: NEV"
    assert pd.isna(found.loc[("others", 2021, "renormalised"), "note"])


def test_an_economy_without_a_population_that_was_more_than_a_thousandth_of_its_group_stops_the_work():
    people = people_of({"AAA": [999, 999], "NOP": [1, None]})
    with pytest.raises(ValueError, match=r"NOP has no population for 2021 but was 0\.1% of world: add a vintage") as refusal:
        figures(values_of({"AAA": [50, 60]}), people, members_of({"world": ["AAA", "NOP"]}, [2020, 2021]))
    assert "\n" not in str(refusal.value)


def test_before_the_first_count_of_a_large_member_its_group_has_no_figure_and_the_others_have():
    # A series of people that begins later for one economy: its group cannot be weighed before, and nothing is stopped by it.
    people = people_of({"AAA": [1000, 1000], "LAT": [None, 500], "BBB": [1000, 1000]})
    members = members_of({"world": ["AAA", "LAT"], "others": ["AAA", "BBB"]}, [2020, 2021])
    found = figures(values_of({"AAA": [50, 60], "LAT": [None, 30]}), people, members)
    assert ("world", 2020, "hard bounds") not in found.index
    assert found.loc[("world", 2021, "renormalised"), "value"] == pytest.approx(50)  # (1000 * 60 + 500 * 30) / 1500
    assert found.loc[("others", 2020, "renormalised"), "value"] == 50


def test_where_only_the_urban_population_begins_later_the_whole_is_weighed_all_the_same():
    people = pd.concat([people_of({"AAA": [1000, 1000]}), people_of({"AAA": [None, 600]}).assign(locality="urban").dropna()])
    found = figures(values_of({"AAA": [50, 60]}), people, members_of({"world": ["AAA"]}, [2020, 2021]))
    assert found.loc[("world", 2020, "renormalised"), "value"] == 50


def test_an_economy_without_an_urban_population_is_named_too():
    people = pd.concat([people_of({"AAA": [1000], "NUR": [1000]}), people_of({"AAA": [600]}).assign(locality="urban")])
    values = values_of({"AAA": [50]}).assign(locality="urban")
    found = figures(values, people, members_of({"world": ["AAA", "NUR"]}, [2020]))
    assert found["note"].str.contains("NUR").all()


@pytest.mark.parametrize("absent", ["values", "people", "members"])
def test_without_values_people_or_members_there_are_no_aggregates(absent):
    frames = {"values": values_of(WORLD), "people": people_of(PEOPLE), "members": members_of(GROUPS, YEARS)}
    # As the database gives a table without rows, of no chunk at all.
    frames[absent] = pa.Table.from_pandas(frames[absent], preserve_index=False).schema.empty_table().to_pandas()
    found = aggregates(*frames.values(), CEILINGS)
    assert found.empty
    assert contract_problems("aggregates", conform("aggregates", found)).empty


def test_an_indicator_without_a_ceiling_has_no_upper_bound_and_counts_no_people():
    # 120 subscriptions per 100 of 100 people are 120; the 100 people without data may have any number.
    people, members = people_of({"AAA": [100], "BBB": [100]}), members_of({"world": ["AAA", "BBB"]}, [2020])
    found = figures(values_of({"AAA": [120]}, indicator="rate"), people, members)
    assert found.loc[("world", 2020, "renormalised"), "value"] == 120
    assert found.loc[("world", 2020, "hard bounds"), "lower"] == 60
    assert found["upper"].isna().all()
    assert found["people_upper"].isna().all()
    assert found["people"].isna().all()


def test_a_value_carried_for_more_than_five_years_is_named_in_the_note_of_the_rule_that_carries():
    # AAA last reported in 2020: five years on, in 2025, it is carried silently, in 2026 it is named.
    values = values_of({"AAA": [40], "BBB": [10, 20, 30, 40, 50, 60, 70]})
    people = people_of({"AAA": [100] * 7, "BBB": [100] * 7})
    found = figures(values, people, members_of({"world": ["AAA", "BBB"]}, range(2020, 2027)))
    notes = found.xs("interpolate and carry", level="rule").loc["world", "note"]
    assert notes[2026] == "carried more than 5 years: AAA"
    assert notes.drop(2026).isna().all()
    assert pd.isna(found.loc[("world", 2026, "renormalised"), "note"])
    assert found.loc[("world", 2026, "interpolate and carry"), "value"] == 55


def test_years_without_any_value_between_two_reported_ones_are_interpolated_at_their_own_distance():
    # 2020 10, 2024 50: a quarter of the way in 2021; no column was ever reported for 2021 to 2023.
    values = pd.concat([values_of({"AAA": [10]}), values_of({"AAA": [50]}, first_year=2024)])
    found = figures(values, people_of({"AAA": [1] * 5}), members_of({"world": ["AAA"]}, range(2020, 2025)))
    assert found.xs("interpolate and carry", level="rule")["value"].tolist() == [10, 20, 30, 40, 50]


def test_each_vintage_is_filled_from_its_own_values_only():
    values = pd.concat([values_of({"AAA": [10, 20, 30]}), values_of({"AAA": [50, None, None], "BBB": [None, 1, 1]}).assign(vintage="2")])
    people = people_of({"AAA": [1] * 3, "BBB": [1] * 3})
    found = aggregates(values, people, members_of({"solo": ["AAA"]}, YEARS), CEILINGS)
    carried = found[found["rule"] == "interpolate and carry"].set_index(["vintage", "year"])["value"]
    assert carried["1"].tolist() == [10, 20, 30]
    assert carried["2"].tolist() == [50, 50, 50]


def test_membership_of_the_year_decides_who_counts():
    # BBB joins in 2021.
    members = members_of({"club": ["AAA", "BBB"]}, [2020, 2021]).query("iso3 == 'AAA' or year == 2021")
    found = figures(values_of({"AAA": [40, 40], "BBB": [80, 80]}), people_of({"AAA": [1, 1], "BBB": [1, 1]}), members)
    assert found.xs("renormalised", level="rule")["value"].tolist() == [40, 60]


def test_interpolation_leaves_what_was_reported_and_what_comes_before_the_first_value():
    wide = pd.DataFrame({2020: [np.nan, 10.0], 2021: [5.0, np.nan], 2023: [np.nan, 40.0]}, index=["AAA", "BBB"])
    before = wide.copy()
    filled = interpolate_and_carry(wide)
    # BBB: 10 in 2020 and 40 in 2023, a third of the way in 2021.
    assert filled.loc["BBB"].tolist() == [10, 20, 40]
    assert np.isnan(filled.loc["AAA", 2020])
    assert filled.loc["AAA", [2021, 2023]].tolist() == [5, 5]
    pd.testing.assert_frame_equal(wide, before)


def test_the_inputs_are_not_changed():
    given_frames = values_of(WORLD), people_of(PEOPLE), members_of(GROUPS, YEARS)
    before = [frame.copy() for frame in given_frames]
    aggregates(*given_frames, CEILINGS)
    for frame, copy in zip(given_frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@st.composite
def worlds(draw):
    """One to five economies over up to four years: shares with gaps, and people as whole numbers up to the size of India."""
    years = draw(st.integers(1, 4))
    names = ["AAA", "BBB", "CCC", "DDD", "EEE"][: draw(st.integers(1, 5))]
    share = st.one_of(st.none(), st.integers(0, 1000).map(lambda tenths: tenths / 10))
    shares = {name: draw(st.lists(share, min_size=years, max_size=years)) for name in names}
    assume(any(value is not None for series in shares.values() for value in series))
    people = {name: draw(st.lists(st.integers(1, 1_500_000_000), min_size=years, max_size=years)) for name in names}
    return shares, people, range(2020, 2020 + years)


@quick
@given(worlds(), st.data())
def test_whatever_the_missing_values_are_the_figure_is_within_the_bounds(world, data):
    shares, people, years = world
    found = figures(values_of(shares), people_of(people), members_of({"world": shares}, years))
    complete = {name: [data.draw(st.integers(0, 100)) if value is None else value for value in series] for name, series in shares.items()}
    for year in found.index.get_level_values("year").unique():
        n = np.array([people[name][year - 2020] for name in shares], dtype="float64")
        p = np.array([complete[name][year - 2020] for name in shares], dtype="float64")
        bounds = found.loc[("world", year, "hard bounds")]
        assert bounds["lower"] - 1e-9 <= (n * p).sum() / n.sum() <= bounds["upper"] + 1e-9


@quick
@given(worlds())
def test_bounds_coverage_and_figures_are_tied_by_their_identities(world):
    shares, people, years = world
    found = figures(values_of(shares), people_of(people), members_of({"world": shares}, years))
    assert ((found["upper"] - found["lower"]) - 100 * (1 - found["coverage"])).abs().max() < 1e-9
    assert found["coverage"].between(0, 1).all()
    with_figure = found.dropna(subset="value")
    assert (with_figure["value"] >= with_figure["lower"] - 1e-9).all()
    assert (with_figure["value"] <= with_figure["upper"] + 1e-9).all()
    renormalised = with_figure[with_figure.index.get_level_values("rule") == "renormalised"]
    assert (renormalised["value"] - renormalised["lower"] / renormalised["coverage"]).abs().max() < 1e-6
    carried = with_figure[with_figure.index.get_level_values("rule") == "interpolate and carry"]
    assert (carried["people"] <= carried["people_upper"] * (1 + 1e-12) + 1e-6).all()
    assert (carried["people"] >= carried["people_lower"] * (1 - 1e-12) - 1e-6).all()


@quick
@given(worlds())
def test_the_world_is_the_weighted_mean_of_the_groups_that_make_it_up(world):
    shares, people, years = world
    names = list(shares)
    parts = {"one": names[::2], "two": names[1::2]}
    found = figures(values_of(shares), people_of(people), members_of({"world": names, **parts}, years)).reset_index()
    whole, split = found[found["group_name"] == "world"], found[found["group_name"] != "world"]
    weight = {"renormalised": "reporting", "hard bounds": "population"}
    found = split.assign(reporting=split["coverage"] * split["population"])
    for (year, rule), row in whole.set_index(["year", "rule"]).iterrows():
        rows = found[(found["year"] == year) & (found["rule"] == rule)]
        if rule == "interpolate and carry":
            assert row["people"] == pytest.approx(rows["people"].sum())
            continue
        for column in ["value"] if rule == "renormalised" else ["lower", "upper", "coverage"]:
            assert row[column] == pytest.approx((rows[column] * rows[weight[rule]]).sum() / rows[weight[rule]].sum(), abs=1e-9)


@quick
@given(worlds(), st.randoms())
def test_the_order_of_rows_does_not_matter(world, random):
    shares, people, years = world
    frames = values_of(shares), people_of(people), members_of({"world": shares, "solo": ["AAA"]}, years)
    shuffled = [frame.sample(frac=1, random_state=random.randrange(2**31)) for frame in frames]
    pd.testing.assert_frame_equal(aggregates(*frames, CEILINGS), aggregates(*shuffled, CEILINGS))


@quick
@given(worlds(), st.integers(1, 1_000_000_000))
def test_an_economy_that_is_parted_in_two_of_the_same_value_changes_nothing(world, part):
    shares, people, years = world
    whole = figures(values_of(shares), people_of(people), members_of({"world": shares}, years))
    split_shares = shares | {"XXX": shares["AAA"]}
    first = [min(part, count) for count in people["AAA"]]
    split_people = people | {"AAA": first, "XXX": [count - taken for count, taken in zip(people["AAA"], first, strict=True)]}
    split = figures(values_of(split_shares), people_of(split_people), members_of({"world": split_shares}, years))
    columns = ["value", "lower", "upper", "coverage", "population"]
    pd.testing.assert_frame_equal(whole[columns], split[columns], rtol=1e-9, atol=1e-9)
