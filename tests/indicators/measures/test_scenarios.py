"""Where groups would stand if every economy moved as a scenario says: each rule by hand, and how far it has been off."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from indicators.contracts.vocabulary import Scenario
from indicators.measures import scenarios as scenarios_module
from indicators.measures.scenarios import load_scenarios, scenarios

SERIES = {"source": "s", "vintage": "1", "indicator": "use", "sex": "all", "locality": "all", "age": "all"}
NO_CHANGE, OWN, TYPICAL, BEST, TARGET = Scenario
NAMES = [f"{chr(65 + number // 26)}{chr(65 + number % 26)}X" for number in range(40)]


def values_of(table, base_year=2024, note=None):
    """By economy its values by year."""
    rows = [(iso3, year, value) for iso3, path in table.items() for year, value in path.items()]
    return (
        pd.DataFrame(rows, columns=["iso3", "year", "value"])
        .astype({"year": "int64", "value": "float64"})
        .assign(**SERIES, base_year=base_year, note=note)
    )


def people_of(counts, year=2025):
    return pd.DataFrame({"iso3": list(counts), "year": year, "locality": "all", "people": list(counts.values())})


def members_of(groups, year=2025):
    rows = [(group, iso3) for group, economies in groups.items() for iso3 in economies]
    return pd.DataFrame(rows, columns=["group_name", "iso3"]).assign(scheme="s", membership="latest", year=year)


def aim(required=95.0, **named):
    target = {"indicator": "use", "rule": "at least", "required": required, "deadline": 2030, "areas": ["economies"], "economies_of": []}
    return pd.DataFrame([target | named])


def asked(values, people=None, groups=None, stated=None, years=(2030,)):
    economies = list(dict.fromkeys(values["iso3"]))
    people = people_of(dict.fromkeys(economies, 100.0)) if people is None else people
    groups = {"all": list(people["iso3"])} if groups is None else groups
    return scenarios(values, people, members_of(groups), pd.DataFrame() if stated is None else stated, list(years))


def row_of(found, scenario, group="all", year=2030):
    [row] = found[(found["scenario"] == scenario) & (found["group_name"] == group) & (found["year"] == year)].to_dict("records")
    return row


def peers_from_50(odds, at=50.0):
    """Economies that stood at 50 in 2010, each with its odds five years later; their pace is ln(odds) / 5."""
    return {name: {2010: at, 2015: 100 * o / (1 + o)} for name, o in zip(NAMES, odds, strict=False)}


@pytest.mark.worked("scenarios")
def test_no_change_is_the_members_last_values_weighed_with_their_people():
    # 60 of 3 people and 80 of 1: (180 + 80) / 4 = 65.
    row = row_of(asked(values_of({"AAA": {2023: 50, 2024: 60}, "BBB": {2022: 80}}), people_of({"AAA": 3, "BBB": 1})), NO_CHANGE)
    assert (row["value"], row["lower"], row["upper"]) == (65.0, 65.0, 65.0)
    assert (row["population"], row["offline_lower"], row["offline_upper"]) == (4.0, pytest.approx(1.4), pytest.approx(1.4))
    # Only AAA has a value of the base year, and three quarters of the people.
    assert (row["coverage"], row["share_with_path"], row["publishable"]) == (0.75, 1.0, "published")


@pytest.mark.worked("scenarios")
def test_the_own_pace_is_that_of_the_logit_over_up_to_five_years():
    # The odds go from 1 in 2019 to 1.5 in 2024, so by 2029 to 2.25 and by 2034 to 3.375; what was in 2018 is too long ago.
    found = asked(values_of({"AAA": {2018: 10, 2019: 50, 2024: 60}}), years=(2029, 2034))
    assert row_of(found, OWN, year=2029)["value"] == pytest.approx(100 * 2.25 / 3.25)
    assert row_of(found, OWN, year=2034)["value"] == pytest.approx(100 * 3.375 / 4.375)


def test_a_path_starts_in_the_year_of_the_last_value():
    # The odds double a year from 1 in 2021 to 2 in 2022; the base year is 2024 and the year asked for eight years after the value.
    row = row_of(asked(values_of({"AAA": {2021: 100 / 3, 2022: 40}})), OWN)
    pace = np.log((40 / 60) / (1 / 2))
    assert row["value"] == pytest.approx(100 / (1 + np.exp(-(np.log(40 / 60) + 8 * pace))))


def test_a_falling_share_goes_on_falling():
    assert row_of(asked(values_of({"AAA": {2023: 60, 2024: 55}})), OWN)["value"] < 55


def test_no_pace_is_taken_across_a_break():
    # From 50 to 65 in a year is a jump; since then there is one value, and no pace.
    row = row_of(asked(values_of({"AAA": {2023: 50, 2024: 65}})), OWN)
    assert np.isnan(row["value"])
    assert (row["lower"], row["upper"], row["n_with_path"], row["reason"][:24]) == (0.0, 100.0, 0, "no member has a path; no"[:24])


def test_a_value_older_than_five_years_before_the_base_year_starts_no_path():
    found = asked(values_of({"AAA": {2019: 50}, "BBB": {2018: 50}}), groups={"recent": ["AAA"], "old": ["BBB"]})
    assert row_of(found, NO_CHANGE, "recent")["value"] == 50.0
    assert np.isnan(row_of(found, NO_CHANGE, "old")["value"])
    assert row_of(found, NO_CHANGE, "old")["note"] == "without a path: BBB"


def test_where_every_value_is_too_old_each_group_has_bounds_alone():
    found = asked(values_of({"AAA": {2018: 50}}), stated=aim())
    assert found["value"].isna().all()
    assert list(found["upper"]) == [100.0] * len(Scenario)


def test_the_typical_pace_is_the_median_of_those_that_once_stood_there():
    # Eleven stood at 50 in 2010; five years later the sixth of them had odds of 2, so AAA, at 50 in 2025, has odds of 2 in 2030.
    odds = [1.1, 1.2, 1.3, 1.4, 1.5, 2.0, 3.0, 3.5, 4.5, 5.0, 6.0]
    found = asked(values_of(peers_from_50(odds) | {"ZZZ": {2025: 50}}, base_year=2025), groups={"all": ["ZZZ"]})
    assert row_of(found, TYPICAL)["value"] == pytest.approx(100 * 2 / 3)
    # A quarter of the eleven were faster than halfway (in logits) between the eighth and the ninth.
    best = np.sqrt(3.5 * 4.5)
    assert row_of(found, BEST)["value"] == pytest.approx(100 * best / (1 + best))


@pytest.mark.parametrize(("peers", "is_reported"), [(10, True), (9, False)])
def test_ten_peers_show_what_is_typical_and_nine_do_not(peers, is_reported):
    found = asked(values_of(peers_from_50([2.0] * peers) | {"ZZZ": {2025: 50}}, base_year=2025), groups={"all": ["ZZZ"]})
    assert np.isnan(row_of(found, TYPICAL)["value"]) != is_reported
    assert row_of(found, NO_CHANGE)["value"] == 50.0


@pytest.mark.parametrize(("stood_at", "is_peer"), [(45.0, True), (44.0, False), (55.0, True), (56.0, False)])
def test_peers_stood_within_five_points(stood_at, is_peer):
    found = asked(values_of(peers_from_50([2.0] * 10, at=stood_at) | {"ZZZ": {2025: 50}}, base_year=2025), groups={"all": ["ZZZ"]})
    assert np.isnan(row_of(found, TYPICAL)["value"]) != is_peer


def test_an_economy_that_lingered_counts_once():
    # Six ran, from 50 to odds of 3. Five crawled: at 50 in 2010 and in each year to 2015, and still five years later.
    # One vote each, the median is that of the runners; counted by years the crawlers would have 30 of 36.
    runners = peers_from_50([3.0] * 6)
    crawlers = {name: dict.fromkeys(range(2010, 2021), 50.0) for name in NAMES[20:25]}
    found = asked(values_of(runners | crawlers | {"ZZZ": {2025: 50}}, base_year=2025), groups={"all": ["ZZZ"]})
    assert row_of(found, TYPICAL)["value"] == pytest.approx(75.0)


def test_where_the_target_is_reached_those_below_stand_at_it_and_those_above_stay():
    # 95 of 3 people and 98 of 1: 95.75; CCC, 1 person, has no value: at 95 or at 100.
    values = values_of({"AAA": {2024: 40}, "BBB": {2024: 98}})
    row = row_of(asked(values, people_of({"AAA": 3.0, "BBB": 1.0, "CCC": 1.0}), stated=aim()), TARGET)
    assert row["value"] == pytest.approx(95.75)
    assert (row["lower"], row["upper"]) == (pytest.approx((4 * 95.75 + 95) / 5), pytest.approx((4 * 95.75 + 100) / 5))
    assert (row["required"], row["n_at_target"], row["assumption"]) == (
        95.0,
        2.0,
        "every economy is at 95 per cent or more in that year",
    )


def test_a_scenario_counts_the_members_that_must_be_faster_than_the_best_quarter():
    # From 50 the best quarter reached odds of 2 in five years, ln(2) / 5 a year; 95 per cent in five years asks ln(19) / 5 of ZZZ.
    found = asked(values_of(peers_from_50([2.0] * 10) | {"ZZZ": {2025: 50}}, base_year=2025), groups={"all": ["ZZZ"]}, stated=aim())
    assert row_of(found, TARGET)["n_faster_than_best_quarter"] == 1
    assert {row_of(found, name)["n_faster_than_best_quarter"] for name in (NO_CHANGE, TYPICAL, BEST)} == {0}


@pytest.mark.parametrize(
    "stated",
    [
        aim(indicator="other"),
        aim(rule="at most"),
        aim(areas=["world"]),
        aim(economies_of=["low-income"]),
        aim(deadline=2024),
    ],
)
def test_without_a_target_for_every_economy_that_is_still_ahead_none_is_reached(stated):
    found = asked(values_of({"AAA": {2024: 40}}), stated=stated)
    assert set(found["scenario"]) == set(Scenario) - {TARGET}
    assert found["required"].isna().all()
    assert found["n_at_target"].isna().all()


def test_of_two_targets_the_higher_is_asked():
    found = asked(values_of({"AAA": {2024: 40}}), stated=pd.concat([aim(60.0), aim(70.0)]))
    assert row_of(found, TARGET)["value"] == 70.0


def test_a_year_that_is_not_ahead_has_no_row():
    assert sorted(set(asked(values_of({"AAA": {2024: 40}}), years=(2023, 2024, 2025))["year"])) == [2025]


def test_vintages_and_indicators_are_never_mixed():
    # In the other vintage the same economies stood elsewhere; neither lends the other a pace or a value.
    one = values_of({"AAA": {2023: 50, 2024: 60}})
    other = values_of({"AAA": {2024: 20}}).assign(vintage="2")
    both = asked(pd.concat([one, other]))
    for part, vintage in ((one, "1"), (other, "2")):
        alone = asked(part)
        pd.testing.assert_frame_equal(both[both["vintage"] == vintage].reset_index(drop=True), alone)


def thirty(path, count=30, base_year=2012):
    return values_of(dict.fromkeys(NAMES[:count], path), base_year=base_year)


def test_the_back_test_of_the_own_pace_by_hand():
    # From 2011 the odds of 40 and 50, 2/3 and 1, lead to 1.5, 60 per cent in 2012, where 55 came: 5 too high, as far off as no change.
    row = row_of(asked(thirty({2010: 40, 2011: 50, 2012: 55}), years=(2013,)), OWN, year=2013)
    reported = {name: row[name] for name in ("horizon", "tested_horizon", "economies_tested", "forecasts_tested", "origins_tested")}
    assert reported == {"horizon": 1, "tested_horizon": 1, "economies_tested": 30, "forecasts_tested": 30, "origins_tested": 1}
    assert [row[name] for name in ("backtest_error", "bias", "persistence_error", "group_error", "group_bias")] == pytest.approx(
        [5, -5, 5, 5, -5]
    )
    assert not row["beats_no_change"]
    assert row["reason"] == (
        "does not beat no change: missed by 5.0 points so far, no change by 5.0; "
        "no better than no change in this group: missed it by 5.0 points so far, no change by 5.0"
    )
    assert row["group_persistence_error"] == pytest.approx(5.0)


def test_a_pace_is_tested_over_as_many_years_as_thirty_economies_have():
    # No change: over two years, from 2010 to 2012, 15 points; the own pace, which 2010 does not have, over one.
    found = asked(thirty({2010: 40, 2011: 50, 2012: 55}), years=(2015,))
    unchanged, own = row_of(found, NO_CHANGE, year=2015), row_of(found, OWN, year=2015)
    assert (unchanged["horizon"], unchanged["tested_horizon"], unchanged["backtest_error"]) == (3, 2, 15.0)
    assert own["tested_horizon"] == 1
    assert own["reason"].startswith("tested over 1 years only: no 30 economies have series long enough")


def test_twenty_nine_economies_test_nothing_and_the_row_says_so():
    row = row_of(asked(thirty({2010: 40, 2011: 50, 2012: 55}, count=29), years=(2013,)), OWN, year=2013)
    assert np.isnan(row["tested_horizon"])
    assert np.isnan(row["backtest_error"])
    assert row["reason"].startswith("not tested")


def test_a_group_is_tested_only_where_half_of_its_people_can_be_scored():
    absent = people_of(dict.fromkeys(NAMES[:30], 1.0) | {"ZZZ": 31.0})
    found = asked(thirty({2010: 40, 2011: 50, 2012: 55}), absent, {"all": list(absent["iso3"]), "few": NAMES[:30]}, years=(2013,))
    assert np.isnan(row_of(found, OWN, "all", 2013)["group_error"])
    assert row_of(found, OWN, "few", 2013)["group_error"] == pytest.approx(5.0)
    assert row_of(found, OWN, "all", 2013)["backtest_error"] == pytest.approx(5.0)


def test_errors_of_members_cancel_in_their_group():
    # Half come 5 lower than the own pace says, half (from 60, whose odds go from 1.5 to 1) 5 higher than it says: 40 and not 45.
    up, down = {2010: 40, 2011: 50, 2012: 55}, {2010: 60, 2011: 50, 2012: 45}
    values = values_of({name: up if at % 2 else down for at, name in enumerate(NAMES[:30])}, base_year=2012)
    row = row_of(asked(values, years=(2013,)), OWN, year=2013)
    assert row["backtest_error"] == pytest.approx(5.0)
    assert row["group_error"] == pytest.approx(0.0, abs=1e-9)


def test_the_back_test_of_the_typical_pace_knows_nothing_later():
    # Thirty stood at 50 from 2000 on: after five years at odds of 1.5, 60 per cent. In 2005 thirty others stand at 50, and run to 80 by
    # 2010: as known in 2005, 60 is typical, and 20 points too low. Their own run is known only once it is over.
    first = {name: {2000: 50, 2005: 60} for name in NAMES[:10]}
    later = {name + name[0]: {2005: 50, 2010: 80} for name in NAMES[:30]}
    found = asked(values_of(first | later, base_year=2010), years=(2015,))
    row = row_of(found, TYPICAL, year=2015)
    assert (row["tested_horizon"], row["economies_tested"]) == (5, 30)
    assert row["bias"] == pytest.approx(20.0)


def test_an_aim_is_not_tested():
    row = row_of(asked(thirty({2010: 40, 2011: 50, 2012: 55}), stated=aim(), years=(2013,)), TARGET, year=2013)
    assert np.isnan(row["backtest_error"])
    assert row["reason"].startswith("a target is not tested")


def test_members_without_a_path_are_named_those_with_most_people_first():
    people = people_of({"AAA": 1.0} | {name: float(at) for at, name in enumerate(NAMES[:12], start=1)})
    row = row_of(asked(values_of({"AAA": {2024: 40}}), people), NO_CHANGE)
    assert row["note"] == "without a path: " + ", ".join(NAMES[11:1:-1]) + " and 2 more"


# ---- what may come


def test_one_member_is_its_group():
    assert row_of(asked(values_of({"AAA": {2024: 40}})), NO_CHANGE)["value"] == 40.0


def test_a_member_of_nobody_weighs_nothing_and_a_group_of_nobody_is_not_there():
    values = values_of({"AAA": {2024: 40}, "BBB": {2024: 90}})
    found = asked(values, people_of({"AAA": 10, "BBB": 0}), {"all": ["AAA", "BBB"], "nobody": ["BBB"]})
    assert row_of(found, NO_CHANGE)["value"] == 40.0
    assert set(found["group_name"]) == {"all"}


def test_a_group_without_any_value_has_bounds_alone():
    found = asked(values_of({"AAA": {2024: 40}}), people_of({"AAA": 10, "BBB": 5}), {"absent": ["BBB"]}, aim())
    assert found["value"].isna().all()
    assert set(zip(found["scenario"], found["lower"], found["upper"], strict=True)) == {
        *((name, 0.0, 100.0) for name in list(Scenario)[:-1]),
        (TARGET, 95.0, 100.0),
    }
    assert set(found["publishable"]) == {"not published"}
    assert contract_problems("scenarios", conform("scenarios", found)).empty


@pytest.mark.parametrize("share", [0.0, 0.2, 99.8, 100.0])
def test_0_and_100_stay_unchanged_without_a_pace(share):
    found = asked(values_of({"AAA": {2023: share, 2024: share}}))
    assert row_of(found, OWN)["value"] == pytest.approx(share, abs=1e-12)


def test_populations_as_large_as_an_integer_holds_do_not_overflow():
    people = people_of(dict.fromkeys(["AAA", "BBB", "CCC"], 2**62))
    row = row_of(asked(values_of({"AAA": {2024: 30}, "BBB": {2024: 60}, "CCC": {2024: 90}}), people), NO_CHANGE)
    assert row["value"] == pytest.approx(60.0)
    assert row["offline_lower"] == pytest.approx(0.4 * 3 * 2.0**62)


@pytest.mark.parametrize(
    ("values", "people", "said"),
    [
        ({"AAA": {2024: -1}}, {"AAA": 1}, "use of AAA is -1.0 in 2024, which is no share in percent"),
        ({"AAA": {2024: 101}}, {"AAA": 1}, "is no share"),
        ({"AAA": {2024: np.inf}}, {"AAA": 1}, "is no share"),
        ({"AAA": {2024: 50}}, {"AAA": -1}, "people of AAA, 2025, all is -1, below zero"),
        ({"AAA": {2024: 50}}, {"AAA": np.inf}, "infinite people"),
    ],
)
def test_what_is_no_share_or_no_count_is_refused(values, people, said):
    with pytest.raises(ValueError, match=said):
        asked(values_of(values), people_of(people))


def test_doubles_are_refused():
    values, people, members = values_of({"AAA": {2024: 50}}), people_of({"AAA": 1}), members_of({"all": ["AAA"]})
    for doubled in (
        (pd.concat([values] * 2), people, members),
        (values, pd.concat([people] * 2), members),
        (values, people, pd.concat([members] * 2)),
    ):
        with pytest.raises(ValueError, match="there twice, such as"):
            scenarios(*doubled, pd.DataFrame(), [2030])


def test_nothing_held_asks_nothing():
    values, people, members = values_of({"AAA": {2024: 50}}), people_of({"AAA": 1}), members_of({"all": ["AAA"]})
    for held in ((values[:0], people, members), (values, people[:0], members), (values, people, members[:0])):
        assert scenarios(*held, pd.DataFrame(), [2030]).empty
    assert scenarios(values.assign(value=np.nan), people, members, pd.DataFrame(), [2030]).empty


# ---- what holds of all

shares = st.floats(0, 100)
worlds = st.lists(st.tuples(st.lists(st.one_of(st.none(), shares), min_size=8, max_size=8), st.integers(0, 10**9)), min_size=1, max_size=6)


def drawn(world):
    table = {
        name: {2017 + at: value for at, value in enumerate(path) if value is not None}
        for name, (path, _) in zip(NAMES, world, strict=False)
    }
    counts = {name: n for name, (_, n) in zip(NAMES, world, strict=False)}
    return values_of(table), people_of(counts)


@settings(max_examples=15, deadline=None)
@given(worlds)
def test_whatever_the_values_a_group_is_in_its_bounds_and_between_its_members(world):
    values, people = drawn(world)
    names = list(people["iso3"])
    found = asked(values, people, {"all": names} | {name: [name] for name in names}, aim(), years=(2025, 2035))
    assert contract_problems("scenarios", conform("scenarios", found)).empty
    if found.empty:
        assert values["value"].empty or not people["people"].any()
        return
    reported = found.dropna(subset="value")
    assert reported["value"].between(reported["lower"] - 1e-9, reported["upper"] + 1e-9).all()
    alone = reported[reported["group_name"] != "all"].groupby(["scenario", "year"])["value"].agg(["min", "max"])
    together = reported[reported["group_name"] == "all"].set_index(["scenario", "year"])["value"]
    assert (together >= alone["min"].reindex(together.index) - 1e-9).all()
    assert (together <= alone["max"].reindex(together.index) + 1e-9).all()


@settings(max_examples=15, deadline=None)
@given(worlds, shares)
def test_the_later_value_of_a_member_without_data_is_in_the_bounds_before(world, share):
    values, people = drawn(world)
    people = pd.concat([people, people_of({"ZZZ": 1000})])
    before = asked(values, people, {"all": list(people["iso3"])}, aim())
    after = asked(pd.concat([values, values_of({"ZZZ": {2024: share}})]), people, {"all": list(people["iso3"])}, aim())
    for scenario in (NO_CHANGE, TARGET) if not before.empty else ():
        wide, narrow = row_of(before, scenario), row_of(after, scenario)
        assert wide["lower"] - 1e-9 <= narrow["lower"] <= narrow["upper"] <= wide["upper"] + 1e-9


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(60, 70), min_size=2, max_size=12), st.floats(60, 70))
def test_the_faster_the_higher(before, now):
    # All stand at the same level; those that came from lower are faster.
    names = NAMES[: len(before)]
    values = values_of({name: {2022: share, 2024: now} for name, share in zip(names, sorted(before), strict=True)})
    found = asked(values, groups={name: [name] for name in names})
    reached = found[found["scenario"] == OWN].set_index("group_name")["value"].reindex(names)
    assert (reached.diff().dropna() <= 1e-9).all()


def test_the_order_of_rows_does_not_matter():
    rng = np.random.default_rng(5)
    table = {name: dict(zip(range(2005, 2025), np.clip(20 + rng.normal(2, 1, 20).cumsum(), 0, 100), strict=True)) for name in NAMES}
    values = values_of(table)
    shuffled = values.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(asked(values, stated=aim()), asked(shuffled, people_of(dict.fromkeys(NAMES, 100.0)), stated=aim()))


# ---- the registry


def test_the_registry_names_the_scenarios_that_are_computed_and_its_years_ascend():
    scenarios = load_scenarios()
    assert list(scenarios.assumptions) == list(Scenario)
    assert scenarios.years == sorted(scenarios.years)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("year = 2035", "year = 2030", "years 2030, 2030: write each once"), ('."own pace"', '."any pace"', "can be computed, in this order")],
)
def test_an_entry_that_cannot_be_right_is_refused(tmp_path, monkeypatch, before, after, said):
    text = (scenarios_module.Path(scenarios_module.__file__).parent / "scenarios.toml").read_text("utf-8")
    (tmp_path / "scenarios.toml").write_text(text.replace(before, after), "utf-8")
    monkeypatch.setattr(scenarios_module, "__file__", str(tmp_path / "scenarios.py"))
    load_scenarios.cache_clear()
    with pytest.raises(ValueError, match=said):
        load_scenarios()
    load_scenarios.cache_clear()
