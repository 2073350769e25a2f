"""A change split into progress, revision, population and membership: exactly, by hand, and against the method note's own example."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.measures.change_decomposition import change_decomposition

CEILINGS = pd.Series({"share": 100.0, "rate": np.nan})
FOUR = ["progress", "revision", "population", "membership"]
quick = settings(max_examples=12, deadline=None)
SERIES = {"source": "s", "indicator": "share", "sex": "all", "locality": "all", "age": "all"}


def values_of(table, **also):
    """Reported values by vintage, economy and year."""
    rows = [(vintage, iso3, year, value) for vintage, cells in table.items() for (iso3, year), value in cells.items()]
    return pd.DataFrame(rows, columns=["vintage", "iso3", "year", "value"]).astype({"value": "float64"}).assign(**SERIES | also)


def people_of(table):
    """People by edition, economy and year."""
    rows = [(edition, iso3, year, people) for edition, cells in table.items() for (iso3, year), people in cells.items()]
    return pd.DataFrame(rows, columns=["edition", "iso3", "year", "people"]).assign(locality="all")


def members_of(lists, membership="latest"):
    """Members by group and year."""
    rows = [(group, iso3, year) for group, years in lists.items() for year, names in years.items() for iso3 in names]
    return pd.DataFrame(rows, columns=["group_name", "iso3", "year"]).assign(scheme="tiny", membership=membership)


def points_of(*pairs, **also):
    """Pairs of (vintage, year, edition of the population)."""
    names = ["vintage_from", "year_from", "population_from", "vintage_to", "year_to", "population_to"]
    return pd.DataFrame([[*earlier, *later] for earlier, later in pairs], columns=names).assign(**SERIES | also)


def split_of(*frames, measure="value", group="world"):
    found = change_decomposition(*frames, CEILINGS)
    [row] = found[(found["measure"] == measure) & (found["group_name"] == group)].to_dict("records")
    return row


# The worked example of the method note. Edition A, year s: a 60 % of 100 people, b 40 of 50, c 20 of 30. Edition B: a 64 of 102 and b 38
# of 49 for s; a 66 of 103, b 41 of 50 and d 10 of 20 for t. Here s is 2020 and t 2021, and c is given to d's edition nowhere.
VALUES = {
    "A": {("a", 2020): 60, ("b", 2020): 40, ("c", 2020): 20},
    "B": {("a", 2020): 64, ("b", 2020): 38, ("a", 2021): 66, ("b", 2021): 41, ("d", 2021): 10},
}
PEOPLE = {
    "PA": {("a", 2020): 100, ("b", 2020): 50, ("c", 2020): 30},
    "PB": {("a", 2020): 102, ("b", 2020): 49, ("c", 2020): 30, ("a", 2021): 103, ("b", 2021): 50, ("d", 2021): 20, ("c", 2021): 31},
}
LISTS = {"world": {2020: "abcd", 2021: "abcd"}}
PAIR = (("A", 2020, "PA"), ("B", 2021, "PB"))


def worked():
    return values_of(VALUES), people_of(PEOPLE), members_of(LISTS), points_of(PAIR)


@pytest.mark.worked("change_decomposition")
def test_the_worked_example_of_the_method_note():
    # E = 47.7778, 53.3333, 55.3333, 55.5629, 57.8874, 57.8301, 52.3006.
    row = split_of(*worked())
    assert row["value_from"] == pytest.approx(47.7778, abs=5e-5)
    assert row["value_to"] == pytest.approx(52.3006, abs=5e-5)
    parts = {
        "leaving": 5.5556,
        "revision": 2.0,
        "population": 0.2296,
        "within": 2.3245,
        "shift": -0.0574,
        "joining": -5.5295,
        "total": 4.5228,
    }
    assert {name: round(row[name], 4) for name in parts} == pytest.approx(parts, abs=1.1e-4)
    assert row["progress"] == pytest.approx(row["within"] + row["shift"])
    assert row["membership"] == pytest.approx(row["leaving"] + row["joining"])
    assert sum(row[name] for name in FOUR) == pytest.approx(row["total"], abs=1e-12)
    assert (row["n_from"], row["n_to"], row["n_kept"]) == (3, 3, 2)
    assert pd.isna(row["reason"])


def test_the_range_over_the_six_orders_is_that_of_the_method_note():
    # Printed there: revision 2.00 to 2.05, population 0.18 to 0.23, within 2.32 to 2.33, shift -0.06 to -0.05.
    row = split_of(*worked())
    ends = [f"{name}_{end}" for name in ("revision", "population") for end in ("lower", "upper")]
    assert [round(row[end], 2) for end in ends] == [2.0, 2.05, 0.18, 0.23]
    assert 2.25 < row["progress_lower"] <= row["progress"] <= row["progress_upper"] < 2.30


def test_a_count_of_people_is_the_plain_sum():
    # From 60 + 20 + 6 = 86 people to 67.98 + 20.5 + 2 = 90.48. c takes its 6 with it, d brings 2.
    # Revised: 64 + 19 = 83, 3 more; recounted: 65.28 + 18.62 = 83.90; moved: 67.32 + 20.09 = 87.41; more people: 67.98 + 20.5 = 88.48.
    row = split_of(*worked(), measure="people reached")
    parts = {
        "value_from": 86,
        "value_to": 90.48,
        "leaving": -6,
        "revision": 3,
        "population": 0.9,
        "within": 3.51,
        "shift": 1.07,
        "joining": 2,
    }
    assert {name: row[name] for name in parts} == pytest.approx(parts)


def test_those_not_reached_are_the_others():
    # Of 180 people 86 were reached and 94 not; of 173, 90.48 and 82.52.
    row, other = split_of(*worked(), measure="people not reached"), split_of(*worked(), measure="people reached")
    assert (row["value_from"], row["value_to"]) == (pytest.approx(94), pytest.approx(82.52))
    assert row["within"] == pytest.approx(-other["within"])
    assert row["revision"] == pytest.approx(-other["revision"])


def test_the_economies_that_moved_a_figure_most_are_named():
    # c leaves: 30/180 (53.3333 - 20) = +5.56; d joins: 20/173 (10 - 57.8301) = -5.53; a is revised by 100/150 of 4 and moves 102/151 of 2.
    row = split_of(*worked())
    # a adds 2.6667 + (102/151 - 100/150) (64 - 55.3333) + 1.3510 + (103/153 - 102/151) (66 - 57.8874) = 2.6667 + 0.0765 + 1.3510 - 0.0186.
    assert row["note"] == "changed most by c +5.56, d -5.53, a +4.08"


def test_headlines_leave_what_public_data_do_not_explain():
    # 50 was printed of A for 2020 and 60 of B for 2021: ten points, of which 4.5228 are split. Of 180 people half, of 204 (with c's 31)
    # 60 %.
    headlines = pd.DataFrame([("A", 2020, 50.0), ("B", 2021, 60.0), ("B", 2020, 99.0)], columns=["vintage", "year", "headline"]).assign(
        **SERIES, group_name="world", printed_in="itu 2025"
    )
    found = change_decomposition(*worked(), CEILINGS, headlines).set_index("measure")
    assert found.loc["value", "unexplained"] == pytest.approx(10 - 4.5228, abs=1e-4)
    assert found.loc["people reached", ["published_from", "published_to"]].tolist() == pytest.approx([90, 122.4])
    assert found.loc["people not reached", ["published_from", "published_to"]].tolist() == pytest.approx([90, 81.6])
    assert (found["printed_in_from"] == "itu 2025").all()
    explained = found[FOUR].sum(axis=1) + found["unexplained"]
    assert explained.tolist() == pytest.approx((found["published_to"] - found["published_from"]).tolist())
    with pytest.raises(ValueError, match="two rows give one headline"):
        change_decomposition(*worked(), CEILINGS, pd.concat([headlines, headlines]))


def test_within_one_vintage_there_is_no_revision_and_within_one_year_no_progress():
    values, people, members, _ = worked()
    moved = split_of(values, people, members, points_of((("B", 2020, "PB"), ("B", 2021, "PB"))))
    assert (moved["revision"], moved["population"]) == (0, 0)
    # d has no value for 2020, and joins; a and b are E3 = 55.5629 and E5 = 57.8301.
    assert moved["progress"] == pytest.approx(57.8301 - 55.5629, abs=1e-4)
    revised = split_of(values, people, members, points_of((("A", 2020, "PA"), ("B", 2020, "PA"))))
    assert (revised["progress"], revised["population"]) == (0, 0)
    assert revised["revision"] == pytest.approx(2)


def test_a_change_of_the_list_is_distinguished_from_a_member_that_stops_reporting():
    # b is struck from the list, c stops reporting, d is put on it, e begins to report; each is 10 people, a stays at 50.
    values = values_of({"A": {("a", 2020): 50, ("b", 2020): 10, ("c", 2020): 30}, "B": {("a", 2020): 50, ("d", 2020): 90, ("e", 2020): 70}})
    people = people_of({"P": {(iso3, 2020): 10 for iso3 in "abcde"} | {(iso3, 2021): 10 for iso3 in "abcde"}})
    lists = members_of({"world": {2020: "abce", 2021: "acde"}})
    row = split_of(values, people, lists, points_of((("A", 2020, "P"), ("B", 2021, "P"))))
    # Leaving: (50+10+30)/3 = 30 to 50, of which to (50+30)/2 = 40 by the list. Joining: 50 to (50+90+70)/3 = 70, from (50+70)/2 = 60 by it.
    assert (row["leaving"], row["joining"], row["listing"]) == (pytest.approx(20), pytest.approx(20), pytest.approx(10 + 10))
    assert (row["progress"], row["revision"], row["population"]) == (0, 0, 0)


def test_a_value_withdrawn_without_filling_counts_as_leaving_and_as_joining():
    # b's 20 for 2020 is gone in B, and nothing before it fills the year; its 40 for 2021 is there.
    values = values_of({"A": {("a", 2020): 60, ("b", 2020): 20}, "B": {("a", 2020): 60, ("a", 2021): 60, ("b", 2021): 40}})
    people = people_of({"P": {(iso3, year): 1 for iso3 in "ab" for year in (2020, 2021)}})
    row = split_of(values, people, members_of({"world": {2020: "ab", 2021: "ab"}}), points_of((("A", 2020, "P"), ("B", 2021, "P"))))
    assert (row["leaving"], row["joining"], row["listing"]) == (20, -10, 0)
    assert row["n_kept"] == 1


def test_a_revision_says_whether_figures_were_reported_or_filled():
    # Each of four economies is a quarter of the people, and revised by 8, 12, 16 and 20 points. In 2020, a was and is reported; b was
    # joined between 2019 and 2021 and is reported; c was reported and is joined; d is joined in both.
    reported = {("a", 2020): 10, ("b", 2019): 10, ("b", 2021): 10, ("c", 2020): 10, ("d", 2019): 10, ("d", 2021): 10}
    now = {("a", 2020): 18, ("b", 2020): 22, ("c", 2019): 26, ("c", 2021): 26, ("d", 2019): 30, ("d", 2021): 30}
    people = people_of({"P": {(iso3, 2020): 5 for iso3 in "abcd"}})
    points = points_of((("A", 2020, "P"), ("B", 2020, "P")))
    row = split_of(values_of({"A": reported, "B": now}), people, members_of({"world": {2020: "abcd"}}), points)
    statuses = ["revision_of_reported", "revision_newly_reported", "revision_withdrawn", "revision_of_filled"]
    assert [row[name] for name in statuses] == pytest.approx([2, 3, 4, 5])
    assert row["revision"] == pytest.approx(14)


@pytest.mark.parametrize(
    ("earlier", "later", "reason", "ends"),
    [
        ({}, {("a", 2020): 1}, "no member has a value at the first point", (None, 1)),
        ({("a", 2020): 1}, {}, "no member has a value at the second point", (1, None)),
        ({("a", 2020): 1}, {("b", 2020): 3}, "no member has a value in all states, so that the change cannot be split", (1, 3)),
    ],
)
def test_what_cannot_be_split_stays_missing_with_the_reason(earlier, later, reason, ends):
    values = values_of({"A": earlier | {("z", 2020): 0}, "B": later | {("z", 2020): 0}})
    people = people_of({"P": {(iso3, 2020): 1 for iso3 in "abz"}})
    row = split_of(values, people, members_of({"world": {2020: "ab"}}), points_of((("A", 2020, "P"), ("B", 2020, "P"))))
    assert row["reason"] == reason
    assert all(np.isnan(row[name]) for name in [*FOUR, "within", "shift", "listing", "revision_lower", "revision_of_reported"])
    assert [None if np.isnan(end) else end for end in (row["value_from"], row["value_to"])] == list(ends)
    assert np.isnan(row["total"]) == (None in ends)


def test_economies_without_people_or_with_none_are_no_part_of_it():
    values = values_of({"A": {("a", 2020): 50, ("n", 2020): 0, ("z", 2020): 0}, "B": {("a", 2020): 60, ("n", 2020): 99, ("z", 2020): 99}})
    people = people_of({"P": {("a", 2020): 10, ("z", 2020): 0}})
    row = split_of(values, people, members_of({"world": {2020: "anz"}}), points_of((("A", 2020, "P"), ("B", 2020, "P"))))
    assert (row["revision"], row["total"], row["n_kept"]) == (10, 10, 1)


def test_an_indicator_without_a_ceiling_counts_no_people():
    # From 120 to 150 subscriptions a 100 people.
    values = values_of({"A": {("a", 2020): 120}, "B": {("a", 2020): 150}}, indicator="rate")
    people, members = people_of({"P": {("a", 2020): 10}}), members_of({"world": {2020: "a"}})
    found = change_decomposition(values, people, members, points_of((("A", 2020, "P"), ("B", 2020, "P")), indicator="rate"), CEILINGS)
    assert found["measure"].tolist() == ["value"]
    assert found["revision"].tolist() == [30]


def test_populations_as_large_as_int64_holds_do_not_overflow():
    most = 4_000_000_000_000_000_000
    values = values_of({"A": {("a", 2020): 100, ("b", 2020): 0}, "B": {("a", 2020): 50, ("b", 2020): 0}})
    people = people_of({"P": {("a", 2020): most, ("b", 2020): most}})
    row = split_of(values, people, members_of({"world": {2020: "ab"}}), points_of((("A", 2020, "P"), ("B", 2020, "P"))))
    assert (row["value_from"], row["revision"]) == (50, -25)


@pytest.mark.parametrize(("which", "what"), [(0, "value"), (1, "population"), (2, "membership"), (3, "pair of points")])
def test_doubled_rows_are_refused(which, what):
    frames = list(worked())
    frames[which] = pd.concat([frames[which], frames[which].tail(1)])
    with pytest.raises(ValueError, match=f"two rows give one {what}"):
        change_decomposition(*frames, CEILINGS)


@pytest.mark.parametrize("which", range(4))
def test_without_values_people_members_or_points_there_is_nothing_to_split(which):
    frames = list(worked())
    frames[which] = frames[which].iloc[:0]
    assert change_decomposition(*frames, CEILINGS).empty


def test_both_kinds_of_lists_and_all_groups_and_pairs_are_split_at_once():
    values, people, members, points = worked()
    lists = pd.concat([members, members_of({"world": {2020: "ab", 2021: "ab"}, "solo": {2020: "a", 2021: "a"}}, membership="in force")])
    both = pd.concat([points, points_of((("B", 2020, "PB"), ("B", 2021, "PB")))])
    found = change_decomposition(values, people, lists, both, CEILINGS)
    assert len(found) == 2 * 3 * 3
    key = ["vintage_from", "member_list", "group_name", "measure"]
    found = found.set_index(key).sort_index()
    assert found.loc[("A", "latest", "world", "value"), "total"] == pytest.approx(4.5228, abs=1e-4)
    # Without c and d, only E1 to E5 are left: 53.3333 to 57.8301; a alone goes from 60 over 64 to 66.
    assert found.loc[("A", "in force", "world", "value"), "total"] == pytest.approx(57.8301 - 53.3333, abs=1e-4)
    assert found.loc[("A", "in force", "solo", "value"), FOUR].tolist() == [2, 4, 0, 0]


def slowly(values, people, lists, earlier, later, reached=None):
    """The seven states one after the other, economy by economy; values are looked up as they stand (no filling)."""
    (vintage_a, s, edition_a), (vintage_b, t, edition_b) = earlier, later
    old, revised = values[vintage_a], values[vintage_b]
    first = [c for c in lists[s] if (c, s) in old and people[edition_a].get((c, s), 0) > 0]
    last = [c for c in lists[t] if (c, t) in revised and people[edition_b].get((c, t), 0) > 0]
    kept = [c for c in first if c in last and (c, s) in revised and people[edition_b].get((c, s), 0) > 0]
    if not kept:
        return None

    def figure(among, stated, year, counted, counted_year):
        weighted = sum(counted[c, counted_year] * stated[c, year] for c in among)
        return weighted / sum(counted[c, counted_year] for c in among) if reached is None else weighted / 100

    a, b = people[edition_a], people[edition_b]
    states = [
        figure(first, old, s, a, s), figure(kept, old, s, a, s), figure(kept, revised, s, a, s), figure(kept, revised, s, b, s),
        figure(kept, revised, t, b, s), figure(kept, revised, t, b, t), figure(last, revised, t, b, t),
    ]  # fmt: skip
    steps = np.diff(states)
    return {
        "progress": steps[3] + steps[4], "revision": steps[1], "population": steps[2], "membership": steps[0] + steps[5],
        "total": states[6] - states[0],
    }  # fmt: skip


def random_world(random, names):
    """Values of two vintages for years so far apart that the one fills nothing of the other, people of two editions, lists of two years."""
    # The later year comes first in time, so that nothing is carried into the earlier: s is 2020 and t 2010.
    values = {
        "A": {(c, 2020): random.integers(0, 101) for c in names if random.random() < 0.8},
        "B": {(c, 2010): random.integers(0, 101) for c in names if random.random() < 0.9}
        | {(c, 2020): random.integers(0, 101) for c in names},
    }
    people = {edition: {(c, y): int(random.integers(0, 1_500_000_000)) for c in names for y in (2010, 2020)} for edition in ("PA", "PB")}
    lists = {year: [c for c in names if random.random() < 0.8] for year in (2010, 2020)}
    return values, people, lists


@pytest.mark.parametrize(("seed", "size"), [*((seed, 6) for seed in range(12)), (99, 3000)])
def test_it_is_what_walking_through_the_seven_states_finds(seed, size):
    random = np.random.default_rng(seed)
    values, people, lists = random_world(random, [f"c{number}" for number in range(size)])
    earlier, later = ("A", 2020, "PA"), ("B", 2010, "PB")
    if not lists[2010] or not lists[2020]:
        return
    frames = values_of(values), people_of(people), members_of({"world": lists}), points_of((earlier, later))
    for measure in ("value", "people reached"):
        row = split_of(*frames, measure=measure)
        expected = slowly(values, people, lists, earlier, later, None if measure == "value" else True)
        if expected is None:
            assert row["reason"]
            continue
        assert {name: row[name] for name in expected} == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_the_ranges_are_those_of_taking_the_four_steps_in_every_order(seed):
    # Two economies, values and people at three states each; V moves the values on, P the people.
    random = np.random.default_rng(seed)
    p, n = random.integers(0, 101, (3, 2)), random.integers(1, 100, (3, 2))
    names = "ab"
    values = {"A": dict(zip([(c, 2020) for c in names], p[0], strict=True))}
    values["B"] = {(c, year): p[state][place] for state, year in ((1, 2020), (2, 2010)) for place, c in enumerate(names)}
    people = {"PA": {(c, 2020): int(n[0][place]) for place, c in enumerate(names)}}
    people["PB"] = {(c, year): int(n[state][place]) for state, year in ((1, 2020), (2, 2010)) for place, c in enumerate(names)}
    pair = points_of((("A", 2020, "PA"), ("B", 2010, "PB")))
    row = split_of(values_of(values), people_of(people), members_of({"world": {2010: names, 2020: names}}), pair)
    found = {"revision": [], "population": [], "progress": []}
    for order in set(permutations("VVPP")):
        at, terms = [0, 0], {("V", 0): 0.0, ("V", 1): 0.0, ("P", 0): 0.0, ("P", 1): 0.0}
        for step in order:
            before = (n[at[1]] * p[at[0]]).sum() / n[at[1]].sum()
            axis = "VP".index(step)
            at[axis] += 1
            terms[step, at[axis] - 1] = (n[at[1]] * p[at[0]]).sum() / n[at[1]].sum() - before
        found["revision"].append(terms["V", 0])
        found["population"].append(terms["P", 0])
        found["progress"].append(terms["V", 1] + terms["P", 1])
    for term, outcomes in found.items():
        assert (row[f"{term}_lower"], row[f"{term}_upper"]) == (pytest.approx(min(outcomes)), pytest.approx(max(outcomes)))


@quick
@given(st.integers(0, 2**32 - 1), st.integers(1, 8))
def test_the_parts_always_add_up_and_lie_within_their_orders(seed, size):
    random = np.random.default_rng(seed)
    names = [f"c{number}" for number in range(size)]
    years = range(2018, 2023)
    values = {v: {(c, y): float(random.integers(0, 101)) for c in names for y in years if random.random() < 0.6} for v in "AB"}
    people = {e: {(c, y): int(random.integers(0, 10**9)) for c in names for y in years} for e in ("PA", "PB")}
    lists = {y: [c for c in names if random.random() < 0.8] for y in years}
    if not values["A"] or not values["B"] or not any(lists.values()):
        return
    pairs = [(("A", s, "PA"), ("B", t, "PB")) for s in years for t in years]
    found = change_decomposition(values_of(values), people_of(people), members_of({"world": lists}), points_of(*pairs), CEILINGS)
    can = found[found["reason"].isna()]
    size_of = np.maximum(1, can["value_from"].abs() + can["value_to"].abs())
    for parts, whole in [
        (FOUR, "total"),
        (["within", "shift"], "progress"),
        (["leaving", "joining"], "membership"),
        (["revision_of_reported", "revision_newly_reported", "revision_withdrawn", "revision_of_filled"], "revision"),
    ]:
        assert ((can[parts].sum(axis=1) - can[whole]).abs() <= 1e-9 * size_of).all()
    for term in ("progress", "revision", "population"):
        assert (can[f"{term}_lower"] <= can[term] + 1e-9 * size_of).all()
        assert (can[f"{term}_upper"] >= can[term] - 1e-9 * size_of).all()
    assert found.loc[found["reason"].notna(), FOUR].isna().all().all()


USE = "individuals_using_internet"


def held(embedded, members, *pairs):
    """The split between points of the embedded vintages of Internet use."""
    values = embedded["reported_values"]
    series = {"source": "world-bank-wdi", "indicator": USE}
    counted = embedded["people"].assign(edition="P")
    ends = points_of(*(((v, s, "P"), (w, t, "P")) for (v, s), (w, t) in pairs), **series)
    return change_decomposition(values[values["indicator"] == USE], counted, members, ends, pd.Series({USE: 100.0}))


def test_the_real_example_of_the_method_note(embedded):
    # Middle East, North Africa, Afghanistan & Pakistan, October 2025 for 2023 to July 2026 for 2024: 56.89 to 67.18, +10.29 = coverage
    # -0.01, revision +6.93, within +3.42, shift -0.05; Pakistan alone +6.31 of the revision and +2.98 of the progress.
    economies = embedded["economies"]
    region = economies[economies["world_bank_region"] == "Middle East, North Africa, Afghanistan & Pakistan"]["iso3"]
    assert len(region) == 23
    members = members_of({"region": {2023: region, 2024: region}})
    found = held(embedded, members, (("2025-10", 2023), ("2026-07-13", 2024)))
    [row] = found[found["measure"] == "value"].to_dict("records")
    printed = {
        "value_from": 56.89,
        "value_to": 67.18,
        "total": 10.29,
        "membership": -0.01,
        "revision": 6.93,
        "within": 3.42,
        "shift": -0.05,
    }
    assert {name: round(row[name], 2) for name in printed} == pytest.approx(printed, abs=0.011)
    assert row["note"].startswith("changed most by PAK +9.2")
    assert row["revision_withdrawn"] == pytest.approx(6.31, abs=0.15)


def test_the_ends_are_the_figures_of_the_aggregates(embedded):
    found = held(
        embedded, embedded["members_by_year"], (("2025-10", 2022), ("2026-04-11", 2023)), (("2026-07-13", 2010), ("2026-07-13", 2024))
    )
    table = embedded["aggregates"]
    table = table[(table["indicator"] == USE) & (table["rule"] == "interpolate and carry")]
    table = table.set_index(["vintage", "year", "membership", "group_name"])["value"]
    rows = found[found["measure"] == "value"]
    # Two changes, two lists, and the world, six regions of ITU, four income groups, two unions of them, African countries, LDC, LLDC, SIDS.
    assert len(rows) == 2 * 2 * 17
    for end in ("from", "to"):
        expected = table.reindex(pd.MultiIndex.from_frame(rows[[f"vintage_{end}", f"year_{end}", "member_list", "group_name"]]))
        np.testing.assert_allclose(rows[f"value_{end}"], expected, rtol=0, atol=1e-9)


# Facts and Figures 2024 printed 2.6 billion offline in 2024, Facts and Figures 2025 2.3 billion for the same year. The country data of
# the time, October 2025, ended in 2023 and are carried; those of July 2026 have 2024.
def test_two_point_six_billion_offline_became_two_point_three_by_revision_alone(embedded):
    found = held(embedded, embedded["members_by_year"], (("2025-10", 2024), ("2026-07-13", 2024)))
    found = found[(found["group_name"] == "world") & (found["member_list"] == "latest")].set_index("measure")
    row = found.loc["people not reached"]
    assert 2.55e9 <= row["value_from"] <= 2.65e9
    assert 2.25e9 <= row["value_to"] <= 2.35e9
    assert row["progress"] == 0
    assert row["population"] == 0
    assert row["revision"] == pytest.approx(-265e6, abs=1e6)
    assert row["membership"] == pytest.approx(-14e6, abs=1e6)
    assert row[FOUR].sum() == pytest.approx(row["total"], abs=1e-3)


def test_what_is_infinite_is_refused():
    values, people, members = values_of(VALUES), people_of(PEOPLE), members_of(LISTS)
    with pytest.raises(ValueError, match="values: 8 rows have an infinite value"):
        change_decomposition(values.assign(value=np.inf), people, members, points_of(PAIR), CEILINGS)
    with pytest.raises(ValueError, match="people: 10 rows have an infinite people"):
        change_decomposition(values, people.assign(people=np.inf), members, points_of(PAIR), CEILINGS)
