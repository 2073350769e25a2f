"""Inequality between economies against values worked by hand, exact pairwise sums, a world of single people, and what must always hold."""

from fractions import Fraction
from math import log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.measures.inequality import inequality
from indicators.registries.areas import economies_table
from tests.support.embedded_figures import embedded_figures

CEILINGS = pd.Series({"share": 100.0, "rate": np.nan})
quick = settings(max_examples=8, deadline=None)

NO_MEMBERS = pd.DataFrame(columns=["scheme", "membership", "group_name", "iso3", "year"])
NO_INCOMES = pd.DataFrame(columns=["iso3", "year", "income", "ranked_by"])
CONCENTRATION = ["concentration index", "concentration index (Erreygers)", "concentration index (Wagstaff)"]


def world_of(q, people, *, incomes=None, groups=None, year=2020, indicator="share"):
    """The four tables for one year in which economy i has value q[i]; missing where it is None."""
    iso3 = [f"E{number:06}" for number in range(len(q))]
    base = pd.DataFrame({"iso3": iso3, "year": year})
    values = base.assign(value=q, source="s", vintage="1", indicator=indicator, sex="all", locality="all", age="all").dropna(subset="value")
    values["value"] = values["value"].astype("float64")
    weights = base.assign(locality="all", people=people).dropna(subset="people")
    ranks = NO_INCOMES if incomes is None else base.assign(income=incomes, ranked_by="GNI")
    members = NO_MEMBERS
    if groups is not None:
        members = base.assign(scheme="tiny", membership="latest", group_name=groups).dropna(subset="group_name")
    return values, weights, members, ranks


def measured(*args, **kwargs):
    """Measures over all that report, by measure; the split ones where there are groups."""
    found = inequality(*world_of(*args, **kwargs), CEILINGS)
    found = found[found["economies"] == "reporting that year"]
    scheme = "tiny" if kwargs.get("groups") is not None else "none"
    return found[(found["scheme"] == scheme) | ~found["measure"].isin(["theil", "mean log deviation"])].set_index("measure")


def pairwise_gini(q, weights):
    """The definition: every economy against every other."""
    q, w = np.asarray(q, "float64"), np.asarray(weights, "float64")
    w = w / w.sum()
    return (np.outer(w, w) * np.abs(q[:, None] - q[None, :])).sum() / (2 * (w * q).sum())


def pairwise_concentration(q, weights, incomes):
    """C = 2 / mu times the sum of w q r, less one, where r counts all poorer and half of those as rich."""
    q, w, income = np.asarray(q, "float64"), np.asarray(weights, "float64"), np.asarray(incomes, "float64")
    w = w / w.sum()
    poorer = (income[None, :] < income[:, None]) + (income[None, :] == income[:, None]) / 2
    return 2 / (w * q).sum() * (w * q * (poorer @ w)).sum() - 1


# Four economies of 10, 20, 30 and 40 people, of which 20, 20, 60 and 70 % are reached: w = 0.1, 0.2, 0.3, 0.4.
# mu = 0.02 + 0.04 + 0.18 + 0.28 = 0.52. Pairs: |0.2-0.6| (0.3)(0.3) + |0.2-0.7| (0.3)(0.4) + |0.6-0.7| (0.3)(0.4)
# = 0.036 + 0.06 + 0.012 = 0.108, each twice in the sum: G = 0.216 / 1.04 = 0.108 / 0.52.
Q, PEOPLE = [20, 20, 60, 70], [10, 20, 30, 40]
# Incomes 300, 100, 100, 200: r of the two at 100 is 0.5/2 = 0.25, at 200 0.5 + 0.2 = 0.7, at 300 0.9 + 0.05 = 0.95.
# sum(w q r) = 0.02*0.95 + 0.04*0.25 + 0.18*0.25 + 0.28*0.7 = 0.019 + 0.01 + 0.045 + 0.196 = 0.27; C = 0.54/0.52 - 1 = 0.02/0.52.
INCOMES = [300, 100, 100, 200]
GROUPS = ["south", "south", "north", "north"]


@pytest.fixture(scope="module")
def tiny():
    return measured(Q, PEOPLE, incomes=INCOMES, groups=GROUPS)


@pytest.mark.worked("inequality")
def test_the_gini_is_half_the_mean_difference_over_the_mean(tiny):
    row = tiny.loc["gini"]
    assert row["value"] == pytest.approx(0.108 / 0.52)
    assert row["mean"] == pytest.approx(52)
    assert row["highest"] == pytest.approx(0.48)
    assert row["share_of_highest"] == pytest.approx(0.108 / 0.52 / 0.48)
    assert row[["between", "within"]].isna().all()


def test_one_and_three_with_weights_one_and_three_have_a_gini_of_fifteen_hundredths():
    # mu = 2.5; the one pair differs by 2: 2 * (1/4)(3/4) * 2 / (2 * 2.5) = 0.15.
    assert measured([1, 3], [1, 3]).loc["gini", "value"] == pytest.approx(0.15)


def test_economies_of_equal_income_share_their_mean_rank(tiny):
    assert tiny.loc["concentration index", "value"] == pytest.approx(0.02 / 0.52)
    assert tiny.loc["concentration index (Erreygers)", "value"] == pytest.approx(4 * 0.02)
    assert tiny.loc["concentration index (Wagstaff)", "value"] == pytest.approx(0.02 / 0.52 / 0.48)
    assert set(tiny.loc[CONCENTRATION, "ranked_by"]) == {"GNI"}


def test_the_theil_is_split_by_shares_of_those_reached(tiny):
    # South: w 0.3, mean 0.2, no inequality inside. North: w 0.7, mean 0.46/0.7, share s = 0.46/0.52.
    # T_north = (3/7) x ln x + (4/7) y ln y with x = 0.6*0.7/0.46 and y = 0.7*0.7/0.46.
    x, y = 0.42 / 0.46, 0.49 / 0.46
    within = 0.46 / 0.52 * (3 / 7 * x * log(x) + 4 / 7 * y * log(y))
    between = 0.06 / 0.52 * log(0.2 / 0.52) + 0.46 / 0.52 * log(0.46 / 0.7 / 0.52)
    row = tiny.loc["theil"]
    assert row[["within", "between", "value"]].tolist() == pytest.approx([within, between, within + between], abs=1e-14)
    assert row["highest"] == pytest.approx(-log(0.52))


def test_the_mean_log_deviation_is_split_by_shares_of_people(tiny):
    north = 0.46 / 0.7
    within = 0.7 * (3 / 7 * log(north / 0.6) + 4 / 7 * log(north / 0.7))
    between = 0.3 * log(0.52 / 0.2) + 0.7 * log(0.52 / north)
    row = tiny.loc["mean log deviation"]
    assert row[["within", "between", "value"]].tolist() == pytest.approx([within, between, within + between], abs=1e-14)
    assert pd.isna(row["highest"])


def test_a_zero_leaves_theil_and_has_no_logarithm_in_the_mean_log_deviation():
    # mu = 0.5 with x = 0 and 2: T = 0 + 0.5 * 2 ln 2 = ln 2 = -ln(mu), the highest there is; and the Gini is 1 - mu.
    found = measured([0, 100], [1, 1], groups=["a", "b"])
    assert found.loc["theil", ["value", "between", "within"]].tolist() == pytest.approx([log(2), log(2), 0])
    assert found.loc["theil", "share_of_highest"] == pytest.approx(1)
    assert found.loc["gini", ["value", "highest"]].tolist() == pytest.approx([0.5, 0.5])
    row = found.loc["mean log deviation"]
    assert row[["value", "between", "within"]].isna().all()
    assert row["reason"] == "the logarithm of zero is not defined: E000000"


def test_a_reason_names_ten_economies_and_counts_the_rest():
    row = measured([0] * 12 + [50], [1] * 13).loc["mean log deviation"]
    assert row["reason"].endswith("E000008, E000009 and 2 more")


@pytest.mark.parametrize(
    ("q", "people", "undefined", "reason"),
    [
        ([0, 0], [1, 2], ["gini", "theil", "mean log deviation", *CONCENTRATION[::2]], "the mean is 0"),
        ([50], [7], ["gini", "theil", "mean log deviation", *CONCENTRATION], "one economy alone has a value"),
        ([50, None], [7, 8], ["gini", "theil", "mean log deviation", *CONCENTRATION], "one economy alone has a value"),
        ([-1, 50], [7, 8], ["gini", "theil", "mean log deviation", *CONCENTRATION], "a value is negative"),
        ([100, 100], [7, 9], CONCENTRATION[2:], "the mean is at the ceiling"),
        ([111, 50], [7, 9], CONCENTRATION[1:], "a value is above the ceiling"),
    ],
)
def test_what_is_undefined_is_missing_and_says_why(q, people, undefined, reason):
    found = measured(q, people, incomes=range(len(q)))
    assert found.loc[undefined, "value"].isna().all()
    assert set(found.loc[undefined, "reason"]) == {reason}
    defined = found.drop(index=undefined)
    assert defined["value"].notna().all()
    assert defined["reason"].isna().all()


def test_where_all_are_equal_there_is_no_inequality_to_the_last_digit():
    found = measured([33.3] * 3, [1, 3, 7], incomes=[1, 2, 3], groups=["a", "a", "b"])
    assert found["value"].tolist() == [0] * 6
    assert found.loc[["theil", "mean log deviation"], ["between", "within"]].to_numpy() == pytest.approx(np.zeros((2, 2)), abs=1e-15)


def test_where_everybody_is_reached_no_rounding_of_weights_makes_a_corrected_index():
    # These weights sum to one less three of the last digit; C / (1 - mu) would be a quotient of two such digits.
    people = np.random.default_rng(34).integers(1, 1_000_000, 50)
    row = measured([100] * 50, people, incomes=range(50)).loc["concentration index (Wagstaff)"]
    assert row["reason"] == "the mean is at the ceiling"
    assert pd.isna(row["value"])


def test_a_rate_without_a_ceiling_has_no_highest_value_and_no_corrections():
    found = measured([120, 40], [1, 1], incomes=[2, 1], indicator="rate")
    # mu = 80; the one pair differs by 80: 2 * 0.25 * 80 / 160 = 0.25, and so is C, since the richer has more.
    assert found.loc[["gini", "concentration index"], "value"].tolist() == pytest.approx([0.25, 0.25])
    assert found["highest"].isna().all()
    assert found.loc["gini", "mean"] == 80
    assert set(found.loc[CONCENTRATION[1:], "reason"]) == {"the values have no ceiling"}


def test_populations_of_the_largest_economies_do_not_overflow():
    # In int64 the square of their sum is negative, and a Gini came out as 8.14.
    q, people = [90.6, 64.9, 93.1], np.array([1_400_000_000, 1_440_000_000, 340_000_000])
    assert measured(q, people).loc["gini", "value"] == pytest.approx(pairwise_gini(q, people), rel=1e-12)


def test_coverage_is_of_all_people_and_decides_what_is_publishable():
    # Of 10 people 4 live where there is a value: less than half.
    row = measured([50, 60, None], [1, 3, 6]).loc["gini"]
    assert (row["coverage"], row["n"], row["publishable"]) == (pytest.approx(0.4), 2, "not published")


def test_who_is_left_out_is_named_and_lowers_the_coverage():
    values, people, members, incomes = world_of([10, 20, 40, 60], [1, 1, 1, None], incomes=[1, 2, None, 4], groups=["a", "b", None, "b"])
    found = inequality(values, people, members, incomes, CEILINGS).set_index(["measure", "scheme"])
    without_people = "left out because there is no population: E000003"
    assert found.loc[("gini", "none"), "note"] == without_people
    assert found.loc[("gini", "none"), "n"] == 3
    assert found.loc[("theil", "tiny"), "note"] == f"{without_people}; in no group: E000002"
    assert found.loc[("theil", "tiny"), ["n", "coverage"]].tolist() == [2, pytest.approx(2 / 3)]
    assert found.loc[("concentration index", "none"), "note"] == f"{without_people}; without an income: E000002"


def test_an_economy_without_people_weighs_nothing():
    assert measured([10, 90, 50], [1, 0, 1]).loc["gini", ["value", "n"]].tolist() == [pytest.approx(pairwise_gini([10, 50], [1, 1])), 2]


def test_years_are_compared_by_the_economies_that_are_there_in_all_of_them():
    # 2020 and 2021: all three or two thirds report; 2022: one sixth, which is no year to compare. C has no value in 2021.
    parts = [world_of([10, 20, 90], [3, 1, 2], year=2020), world_of([20, 30, None], [3, 1, 2], year=2021)]
    parts.append(world_of([None, 40, None], [3, 1, 2], year=2022))
    values, people, *_ = (pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))
    found = inequality(values, people, NO_MEMBERS, NO_INCOMES, CEILINGS)
    gini = found[found["measure"] == "gini"].set_index(["economies", "year"])
    same = gini.loc["same in all years"]
    assert same.index.tolist() == [2020, 2021]
    assert same["n"].tolist() == [2, 2]
    assert same["value"].tolist() == pytest.approx([pairwise_gini([10, 20], [3, 1]), pairwise_gini([20, 30], [3, 1])])
    assert set(same["note"]) == {"compares 2 years from 2020 to 2021"}
    assert gini.loc["reporting that year", "n"].tolist() == [3, 2, 1]


def test_series_vintages_and_localities_are_measured_apart():
    values, people, members, incomes = world_of(Q, PEOPLE)
    other = world_of([10, 20, 30, 90], PEOPLE)[0].assign(vintage="2")
    urban = world_of([50, 60, 70, 80], PEOPLE)[0].assign(locality="urban")
    both = pd.concat([people, people.assign(locality="urban", people=[4, 3, 2, 1])])
    found = inequality(pd.concat([values, other, urban]), both, members, incomes, CEILINGS)
    gini = found[found["measure"] == "gini"].set_index(["vintage", "locality"])["value"]
    assert gini["1", "all"] == pytest.approx(0.108 / 0.52)
    assert gini["2", "all"] == pytest.approx(pairwise_gini([10, 20, 30, 90], PEOPLE))
    assert gini["1", "urban"] == pytest.approx(pairwise_gini([50, 60, 70, 80], [4, 3, 2, 1]))


@pytest.mark.parametrize("which", range(4))
def test_rows_that_are_there_twice_are_refused(which):
    frames = list(world_of(Q, PEOPLE, incomes=INCOMES, groups=GROUPS))
    frames[which] = pd.concat([frames[which], frames[which].head(1)])
    with pytest.raises(ValueError, match="1 rows are there twice") as refusal:
        inequality(*frames, CEILINGS)
    assert "\n" not in str(refusal.value)


def test_an_economy_in_two_groups_of_a_scheme_is_refused():
    values, people, members, incomes = world_of(Q, PEOPLE, groups=GROUPS)
    with pytest.raises(ValueError, match="members of a scheme"):
        inequality(values, people, pd.concat([members, members.head(1).assign(group_name="north")]), incomes, CEILINGS)


@pytest.mark.parametrize("absent", [0, 1, 2, 3])
def test_without_rows_there_are_only_the_measures_that_need_none(absent):
    frames = list(world_of(Q, PEOPLE, incomes=INCOMES, groups=GROUPS))
    frames[absent] = frames[absent].head(0)
    found = inequality(*frames, CEILINGS)
    assert found.empty == (absent < 2)
    assert list(found.columns) == list(inequality(*world_of(Q, PEOPLE), CEILINGS).columns)


def test_the_inputs_are_not_changed():
    frames = world_of(Q, PEOPLE, incomes=INCOMES, groups=GROUPS)
    before = [frame.copy() for frame in frames]
    inequality(*frames, CEILINGS)
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def random_world(n, seed):
    """Tenths of a percent, among them zeros and ties, and populations over seven orders of magnitude."""
    random = np.random.default_rng(seed)
    tenths = random.integers(1, 1001, n)
    people = (10 ** random.uniform(2, 9.1, n)).astype("int64") + 1
    return tenths, people, random.integers(1, max(n // 3, 2), n), random.integers(0, 7, n)


def test_two_hundred_economies_agree_with_every_pair_of_them():
    tenths, people, incomes, groups = random_world(200, 7)
    found = measured(tenths / 10, people, incomes=incomes, groups=groups.astype(str))
    assert found.loc["gini", "value"] == pytest.approx(pairwise_gini(tenths, people), rel=1e-12)
    expected = pairwise_concentration(tenths, people, incomes)
    assert found.loc["concentration index", "value"] == pytest.approx(expected, abs=1e-13)
    # The definitions, not the order of summation we use.
    w, q = people / people.sum(), tenths / 1000
    mu = (w * q).sum()
    assert found.loc["theil", "value"] == pytest.approx((w * q / mu * np.log(q / mu)).sum(), abs=1e-13)
    assert found.loc["mean log deviation", "value"] == pytest.approx((w * np.log(mu / q)).sum(), abs=1e-13)


def test_a_hundred_thousand_economies_agree_with_every_pair_of_them_counted_in_whole_numbers():
    tenths, people, incomes, groups = random_world(100_000, 11)
    found = measured(tenths / 10, people, incomes=incomes, groups=groups.astype(str))
    # People of one value do not differ: the people of each of 1000 values give all pairs, in Python's own integers.
    weight = [0] * 1001
    for value, many in zip(tenths.tolist(), people.tolist(), strict=True):
        weight[value] += many
    taken = sum(one * weight[one] for one in range(1001))
    pairs = sum(weight[one] * weight[other] * (one - other) for one in range(1001) for other in range(one))
    exact = Fraction(2 * pairs, 2 * sum(weight) * taken)
    assert found.loc["gini", "value"] == pytest.approx(float(exact), rel=1e-11)
    # The same for the ranks: twice the weight of all poorer and of one's own, in whole numbers.
    by_income = pd.DataFrame({"income": incomes, "n": people.astype(object), "nq": people.astype(object) * tenths.astype(object)})
    by_income = by_income.groupby("income").sum()
    twice_rank, below = 0, 0
    for n, nq in by_income.itertuples(index=False):
        twice_rank += nq * (2 * below + n)
        below += n
    assert found.loc["concentration index", "value"] == pytest.approx(float(Fraction(twice_rank, below * taken) - 1), abs=1e-12)
    for measure in ("theil", "mean log deviation"):
        value, between, within = found.loc[measure, ["value", "between", "within"]]
        assert between + within == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("n", [200, 100_000])
def test_a_world_of_single_people_has_the_gini_and_the_concentration_of_its_economies(n):
    # Economies of 1 to 9 people become that many units of one person: nothing may change, a person counts as their economy.
    random = np.random.default_rng(n)
    people = random.integers(1, 10, n)
    q, income = random.integers(1, 1000, n) / 10, random.integers(1, 1000, n)
    economies = measured(q, people, incomes=income)["value"]
    single = measured(np.repeat(q, people), np.ones(people.sum(), dtype="int64"), incomes=np.repeat(income, people))["value"]
    pd.testing.assert_series_equal(economies, single, rtol=1e-9, check_exact=False)
    # Each of them is reached or is not: the Gini of such people is exactly the highest that economies of that mean can have.
    units = np.sort(np.repeat(q, people))
    reached = np.sort(random.random(units.size) < units / 100)
    rank = (np.arange(units.size) + 0.5) / units.size
    of_people = 2 * (reached * rank).mean() / reached.mean() - 1
    assert of_people == pytest.approx(1 - reached.mean(), abs=1e-12)
    assert economies["gini"] < 1 - reached.mean()


@st.composite
def worlds(draw):
    """Two to twelve economies: shares in tenths, people up to India's, incomes and groups with ties."""
    n = draw(st.integers(2, 12))
    q = draw(st.lists(st.integers(0, 1000), min_size=n, max_size=n).filter(any))
    people = draw(st.lists(st.integers(1, 1_500_000_000), min_size=n, max_size=n))
    incomes = draw(st.lists(st.integers(1, 5), min_size=n, max_size=n))
    groups = draw(st.lists(st.sampled_from("abc"), min_size=n, max_size=n))
    return [value / 10 for value in q], people, incomes, groups


@quick
@given(worlds())
def test_measures_lie_within_their_ranges_and_splits_add_up(world):
    q, people, incomes, groups = world
    found = measured(q, people, incomes=incomes, groups=groups)
    mu = found.loc["gini", "mean"] / 100
    assert found.loc["gini", "value"] == pytest.approx(pairwise_gini(q, people), abs=1e-12)
    assert -1e-12 <= found.loc["gini", "value"] <= 1 - mu + 1e-12
    assert abs(found.loc["concentration index", "value"]) <= found.loc["gini", "value"] + 1e-12
    assert found.loc["concentration index", "value"] == pytest.approx(pairwise_concentration(q, people, incomes), abs=1e-12)
    assert 0 <= found.loc["theil", "value"] <= -log(mu) + 1e-12
    for measure in ("theil", "mean log deviation"):
        value, between, within = found.loc[measure, ["value", "between", "within"]]
        assert np.isnan([value, between, within]).all() or between + within == pytest.approx(value, abs=1e-12)
        assert not between < 0
        assert not within < 0


@quick
@given(worlds())
def test_the_corrected_indices_only_change_sign_if_those_not_reached_are_measured(world):
    q, people, incomes, _ = world
    q = [min(max(value, 0.1), 99.9) for value in q]
    online, offline = (measured(side, people, incomes=incomes) for side in (q, [100 - value for value in q]))
    for measure in CONCENTRATION[1:]:
        assert online.loc[measure, "value"] == pytest.approx(-offline.loc[measure, "value"], abs=1e-9)
    # And of the Gini: mu G(q) = (1 - mu) G(1 - q).
    mu = online.loc["gini", "mean"] / 100
    assert mu * online.loc["gini", "value"] == pytest.approx((1 - mu) * offline.loc["gini", "value"], abs=1e-12)


@quick
@given(worlds())
def test_ranked_by_the_value_itself_the_concentration_index_is_the_gini(world):
    q, people, *_ = world
    found = measured(q, people, incomes=q)
    assert found.loc["concentration index", "value"] == pytest.approx(found.loc["gini", "value"], abs=1e-12)


@quick
@given(worlds(), st.randoms())
def test_neither_the_order_of_rows_nor_the_unit_of_people_matters(world, random):
    q, people, incomes, groups = world
    frames = world_of(q, people, incomes=incomes, groups=groups)
    shuffled = [frame.sample(frac=1, random_state=random.randrange(2**31)) for frame in frames]
    shuffled[1] = shuffled[1].assign(people=shuffled[1]["people"] * 4.0)
    pd.testing.assert_frame_equal(inequality(*frames, CEILINGS), inequality(*shuffled, CEILINGS))


@pytest.fixture(scope="module")
def published():
    """Internet use in 2023 by the compilation of July 2026, with the population and the GNI per capita of the same month."""

    def column(edition, series):
        table = embedded_figures(edition, series)
        return table[table["year"] == 2023].set_index("area")["value"]

    economies = economies_table().set_index("iso3")
    table = economies[["world_bank_region"]].assign(
        q=column("2026-07-13", "IT.NET.USER.ZS"),
        people=column("2026-07-01", "SP.POP.TOTL"),
        income=column("2026-07-01", "NY.GNP.PCAP.CD"),
    )
    return table.dropna(subset=["q", "people"])


def test_internet_use_of_2023_is_as_unequal_as_worked_out_before(published):
    found = measured(
        published["q"].tolist(),
        published["people"].tolist(),
        incomes=published["income"].tolist(),
        groups=published["world_bank_region"].tolist(),
    )
    assert found.loc["gini", ["n", "value", "highest"]].tolist() == pytest.approx([177, 0.17205, 0.2851], abs=0.00002)
    assert found.loc["theil", ["value", "within", "between"]].tolist() == pytest.approx([0.06142, 0.01637, 0.04505], abs=0.00002)
    assert found.loc["mean log deviation", ["value", "within", "between"]].tolist() == pytest.approx(
        [0.08240, 0.02962, 0.05278], abs=0.00002
    )
    assert found.loc["concentration index", "n"] == 174
    assert found.loc[CONCENTRATION, "value"].tolist() == pytest.approx([0.15888, 0.45437, 0.55735], abs=0.00002)


def test_the_concentration_worked_out_before_puts_economies_of_equal_income_in_the_order_of_their_value(published):
    # 0.15896, 0.45458 and 0.55762 come of ranks that are not shared; ours, which share them, are lower by 0.00008.
    untied = published["income"] + published["q"] / 1000
    found = measured(published["q"].tolist(), published["people"].tolist(), incomes=untied.tolist())
    assert found.loc[CONCENTRATION, "value"].tolist() == pytest.approx([0.15896, 0.45458, 0.55762], abs=0.00002)


def test_what_is_infinite_is_refused():
    values, people, members, ranks = world_of([20, 40], [1, 1])
    with pytest.raises(ValueError, match="values: 2 rows have an infinite value, such as E000000, 2020, -inf"):
        inequality(values.assign(value=-np.inf), people, members, ranks, CEILINGS)
    with pytest.raises(ValueError, match="people: 2 rows have an infinite people"):
        inequality(values, people.assign(people=np.inf), members, ranks, CEILINGS)


def test_a_series_whose_breakdown_is_not_reported_is_a_series():
    # Values 1 and 3 of 1 and 3 people: 0.15, as everywhere.
    values, people, members, ranks = world_of([1, 3], [1, 3])
    found = inequality(values.assign(age=None), people, members, ranks, CEILINGS)
    assert found.loc[found["measure"] == "gini", "value"].tolist() == pytest.approx([0.15])
