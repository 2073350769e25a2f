"""Whether economies behind move faster, and whether they come closer together, over one fixed set of economies."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.measures.convergence import convergence

CEILINGS = pd.Series({"share": 100.0, "rate": np.nan})
quick = settings(max_examples=12, deadline=None)


def values_of(table, first_year=2020, indicator="share", **also):
    """Reported values, an economy a row and a year a column; None where nothing was reported."""
    cells = [(iso3, year, value) for iso3, row in table.items() for year, value in enumerate(row, start=first_year) if value is not None]
    series = {"source": "s", "vintage": "1", "indicator": indicator, "sex": "all", "locality": "all", "age": "all"}
    return pd.DataFrame(cells, columns=["iso3", "year", "value"]).astype({"value": "float64"}).assign(**series | also)


def people_of(table, years):
    """The same people in every year, or a list of them by year."""
    rows = [
        (iso3, year, people if np.isscalar(people) else people[place]) for iso3, people in table.items() for place, year in enumerate(years)
    ]
    return pd.DataFrame(rows, columns=["iso3", "year", "people"]).assign(locality="all").dropna(subset="people")


def members_of(groups, years):
    """The same members in every year."""
    rows = [(group, iso3, year) for group, names in groups.items() for iso3 in names for year in years]
    return pd.DataFrame(rows, columns=["group_name", "iso3", "year"]).assign(scheme="tiny", membership="latest")


def found_in(table, people, groups=None, first_year=2020, **named):
    """Convergence by measure, scale and year; one group of all unless stated otherwise."""
    years = range(first_year, first_year + max(len(row) for row in table.values()))
    groups = groups or {"world": list(people)}
    found = convergence(values_of(table, first_year, **named), people_of(people, years), members_of(groups, years), CEILINGS)
    return found.set_index(["group_name", "measure", "scale", "year_from", "year_to", "year"]).sort_index()


# Three economies over two years: 20, 50 and 80 become 50, 60 and 70. (x_T - x_0)/2 = 15, 5, -5 falls by a third of x_0: a - b x_0 with b
# = 1/3.
CLOSER = {"AAA": [20, None, 50], "BBB": [50, 70, 60], "CCC": [80, 80, 70]}
EQUAL = {"AAA": 100, "BBB": 100, "CCC": 100}


@pytest.mark.worked("convergence")
def test_beta_is_the_slope_of_growth_on_the_start():
    row = found_in(CLOSER, EQUAL).loc[("world", "beta", "linear", 2020, 2022, 2022)]
    assert row["value"] == pytest.approx(1 / 3)
    # -ln(1 - 2/3)/2 = ln(3)/2; the three points lie on one line, so that leaving one out changes nothing.
    assert row["speed"] == pytest.approx(math.log(3) / 2)
    assert row["standard_error"] == pytest.approx(0, abs=1e-12)
    assert row["note"] == "errors in the first year's values alone make beta positive"
    assert (row["n_economies"], row["n_left_out"], row["coverage"]) == (3, 0, 1)
    assert pd.isna(row["reason"])


def test_beta_on_logits_is_that_of_the_logits():
    # logit(20, 50, 80) = -ln 4, 0, ln 4; logit(50, 60, 70) = 0, ln 1.5, ln(7/3). By symmetry of the start around 0,
    # b = -sum(x_0 (x_T - x_0)/2) / sum(x_0^2) = -(ln 4 (ln(7/3) - ln 4) - ln 4 (0 + ln 4)) / (4 ln(4)^2) = (2 ln 4 - ln(7/3)) / (4 ln 4).
    row = found_in(CLOSER, EQUAL).loc[("world", "beta", "logit", 2020, 2022, 2022)]
    assert row["value"] == pytest.approx((2 * math.log(4) - math.log(7 / 3)) / (4 * math.log(4)))
    assert row["n_clipped"] == 0


@pytest.mark.worked("convergence")
def test_sigma_is_the_spread_over_people_in_each_year():
    # 2020: mean 50, (30^2 + 0 + 30^2)/3 = 600. 2021: AAA joined at 35, mean 185/3: (80/3)^2 + (25/3)^2 + (55/3)^2 = 10050/9, a third of it.
    # 2022: mean 60, (100 + 0 + 100)/3.
    rows = found_in(CLOSER, EQUAL).loc[("world", "sigma", "linear", 2020, 2022)]
    spread = [math.sqrt(600), math.sqrt(10050 / 27), math.sqrt(200 / 3)]
    assert rows["value"].tolist() == pytest.approx(spread)
    assert rows["change"].tolist() == pytest.approx([found - spread[0] for found in spread])
    assert rows["n_filled"].tolist() == [0, 1, 0]
    assert rows[["standard_error", "speed"]].isna().all().all()


def test_people_weigh_in_sigma_and_not_in_beta():
    # 100 and 300 people at 20 and 60, and 0.0001 at 50: mean 50, (100*900 + 300*100)/400 = 300; beta sees three economies.
    table = {"AAA": [20, 30], "BBB": [60, 60], "CCC": [50, 50]}
    found = found_in(table, {"AAA": 100, "BBB": 300, "CCC": 1e-7})
    assert found.loc[("world", "sigma", "linear", 2020, 2021, 2020), "value"] == pytest.approx(math.sqrt(300))
    equal = found_in(table, EQUAL)
    beta = ("world", "beta", "linear", 2020, 2021, 2021)
    assert found.loc[beta, "value"] == pytest.approx(equal.loc[beta, "value"])


def test_shares_are_clipped_before_their_logit():
    # 0 and 100 stand at logit(0.5) and logit(99.5) = -/+ ln 199; three equal economies: sqrt(2/3) ln 199.
    rows = found_in({"AAA": [0, 0], "BBB": [50, 50], "CCC": [100, 100]}, EQUAL).loc[("world", "sigma", "logit", 2020, 2021)]
    assert rows["value"].tolist() == pytest.approx([math.sqrt(2 / 3) * math.log(199)] * 2)
    assert rows["n_clipped"].tolist() == [2, 2]


def test_an_indicator_without_a_ceiling_has_logarithms_and_no_logits():
    # 1, 10 and 100 become 10, 10 and 10: each logarithm closes its whole distance in the one year, b = 1, and no steady speed does that.
    found = found_in({"AAA": [1, 10], "BBB": [10, 10], "CCC": [100, 10]}, EQUAL, indicator="rate")
    assert set(found.index.get_level_values("scale")) == {"linear", "log"}
    row = found.loc[("world", "beta", "log", 2020, 2021, 2021)]
    assert row["value"] == pytest.approx(1)
    assert "no steady speed" in row["note"] or abs(row["speed"]) > 20
    assert found.loc[("world", "sigma", "log", 2020, 2021), "value"].tolist() == pytest.approx(
        [math.sqrt(2 / 3) * math.log(10), 0], abs=1e-9
    )


def test_a_zero_has_no_logarithm():
    found = found_in({"AAA": [0, 10], "BBB": [10, 10], "CCC": [100, 10]}, EQUAL, indicator="rate")
    sigma = found.loc[("world", "sigma", "log", 2020, 2021)]
    assert sigma.loc[2020, "reason"] == "a value of zero or less has no logarithm"
    assert sigma["change"].isna().all()
    assert sigma.loc[2021, "value"] == pytest.approx(0, abs=1e-9)
    assert found.loc[("world", "beta", "log", 2020, 2021, 2021), "reason"] == "a value of zero or less has no logarithm"
    assert found.loc[("world", "beta", "linear", 2020, 2021, 2021), "value"] == pytest.approx(1)


def test_a_value_below_zero_is_taken_as_it_is_where_no_logarithm_is():
    found = found_in({"AAA": [-10, 10], "BBB": [10, 10], "CCC": [30, 10]}, EQUAL, indicator="rate")
    assert found.loc[("world", "beta", "linear", 2020, 2021, 2021), "value"] == pytest.approx(1)


def test_where_all_began_at_one_level_there_is_no_beta():
    found = found_in({"AAA": [0.1, 10], "BBB": [0.1, 20], "CCC": [0.1, 30]}, EQUAL)
    for scale in ("linear", "logit"):
        row = found.loc[("world", "beta", scale, 2020, 2021, 2021)]
        assert row["reason"] == "all economies began at one level"
        assert row[["value", "standard_error", "speed"]].isna().all()


def test_an_economy_that_lacks_an_end_is_left_out_and_counted():
    # DDD has no value for the last year, EEE none at all: 3 of 5 members, 300 of 330 people.
    table = CLOSER | {"DDD": [99, 99, None]}
    found = found_in(table, EQUAL | {"DDD": 20, "EEE": 10})
    row = found.loc[("world", "beta", "linear", 2020, 2022, 2022)]
    assert (row["n_economies"], row["n_left_out"]) == (3, 2)
    assert row["coverage"] == pytest.approx(300 / 330)
    assert row["value"] == pytest.approx(1 / 3)


def test_an_economy_without_people_in_one_year_is_left_out():
    found = found_in(CLOSER | {"DDD": [1, 2, 99]}, EQUAL | {"DDD": [1, None, 1], "ZZZ": 0})
    row = found.loc[("world", "beta", "linear", 2020, 2022, 2022)]
    assert (row["n_economies"], row["n_left_out"]) == (3, 1)


@pytest.mark.parametrize("names", [["AAA"], ["AAA", "BBB"], ["EEE"]])
def test_fewer_than_three_economies_have_no_convergence(names):
    found = found_in(CLOSER, EQUAL | {"EEE": 1}, {"few": names}).loc["few"]
    assert set(found["reason"]) == {"fewer than three economies have values for both ends of the window"}
    assert found[["value", "standard_error", "speed", "change"]].isna().all().all()
    assert (found["publishable"] == ("not published" if names == ["EEE"] else "published")).all()


def test_a_series_without_two_full_years_says_so():
    # Only 60 of 100 people ever report: below two thirds.
    found = found_in({"AAA": [1, 2], "BBB": [3, 4], "CCC": [5, 7]}, {"AAA": 20, "BBB": 20, "CCC": 20, "EEE": 40})
    assert set(found["reason"]) == {"no two years are reported for by two thirds of the people"}
    assert found["value"].isna().all()


def test_windows_are_the_whole_series_and_its_newest_five_and_ten_years():
    # In 2008 only one of three reports, so that the series begins in 2009 and ends, with all, in 2022; 2023 has one again.
    table = {"AAA": [10.0 + year for year in range(16)], "BBB": [None, *[20.0 + year for year in range(14)], None]}
    table["CCC"] = [None, *[50.0] * 14, None]
    found = found_in(table, EQUAL, first_year=2008).loc[("world", "sigma", "linear")]
    windows = found.index.droplevel("year").unique().tolist()
    assert windows == [(2009, 2022), (2012, 2022), (2017, 2022)]
    assert len(found) == 14 + 11 + 6


def test_a_window_of_just_five_years_is_reported_once():
    table = {name: [10.0 + place + year for year in range(6)] for place, name in enumerate(EQUAL)}
    windows = found_in(table, EQUAL).index.droplevel(["group_name", "measure", "scale", "year"]).unique()
    assert windows.tolist() == [(2020, 2025)]


def test_it_is_the_list_of_the_last_year_that_counts():
    members = members_of({"club": list(EQUAL)}, [2020, 2021, 2022]).query("year == 2022")
    found = convergence(values_of(CLOSER), people_of(EQUAL, range(2020, 2023)), members, CEILINGS)
    assert (found["n_economies"] == 3).all()


def test_populations_as_large_as_int64_holds_do_not_overflow():
    found = found_in(CLOSER, dict.fromkeys(EQUAL, 4_000_000_000_000_000_000))
    assert found.loc[("world", "sigma", "linear", 2020, 2022, 2020), "value"] == pytest.approx(math.sqrt(600))


@pytest.mark.parametrize(("which", "what"), [(0, "value"), (1, "population"), (2, "membership")])
def test_doubled_rows_are_refused(which, what):
    frames = [values_of(CLOSER), people_of(EQUAL, range(2020, 2023)), members_of({"world": EQUAL}, range(2020, 2023))]
    frames[which] = pd.concat([frames[which], frames[which].tail(1)])
    with pytest.raises(ValueError, match=f"two rows give one {what}"):
        convergence(*frames, CEILINGS)


@pytest.mark.parametrize("which", range(3))
def test_without_values_people_or_members_there_is_no_convergence(which):
    frames = [values_of(CLOSER), people_of(EQUAL, range(2020, 2023)), members_of({"world": EQUAL}, range(2020, 2023))]
    frames[which] = frames[which].iloc[:0]
    assert convergence(*frames, CEILINGS).empty


def slope(x, y):
    """Least squares, as numpy has it."""
    return np.polyfit(x, y, 1)[0]


@pytest.mark.parametrize("size", [4, 1500])
def test_beta_and_its_error_are_what_fitting_again_without_each_economy_gives(size):
    random = np.random.default_rng(size)
    start, end = random.uniform(1, 90, size), random.uniform(1, 99, size)
    names = [f"c{number}" for number in range(size)]
    table = {name: [a, None, None, b] for name, a, b in zip(names, start, end, strict=True)}
    row = found_in(table, dict.fromkeys(names, 1)).loc[("world", "beta", "logit", 2020, 2023, 2023)]
    x = np.log(np.clip(start, 0.5, 99.5) / (100 - np.clip(start, 0.5, 99.5)))
    y = (np.log(np.clip(end, 0.5, 99.5) / (100 - np.clip(end, 0.5, 99.5))) - x) / 3
    left_out = range(size) if size < 100 else random.choice(size, 0)
    assert row["value"] == pytest.approx(-slope(x, y), rel=1e-9)
    # Leave-one-out slopes by the textbook sums, one economy at a time; for few economies by the fit itself.
    without = []
    for one in range(size):
        keep = np.arange(size) != one
        dx = x[keep] - x[keep].mean()
        without.append(dx @ y[keep] / (dx @ dx))
    assert [slope(np.delete(x, one), np.delete(y, one)) for one in left_out] == pytest.approx([without[one] for one in left_out])
    error = math.sqrt((size - 1) / size * ((np.array(without) - np.mean(without)) ** 2).sum())
    assert row["standard_error"] == pytest.approx(error, rel=1e-9)


@quick
@given(st.integers(0, 2**32 - 1))
def test_sigma_is_the_root_of_half_the_mean_squared_distance_of_pairs(seed):
    random = np.random.default_rng(seed)
    size = int(random.integers(3, 9))
    names = [f"c{number}" for number in range(size)]
    table = {name: random.uniform(0, 100, 2).tolist() for name in names}
    people = {name: int(random.integers(1, 1_500_000_000)) for name in names}
    found = found_in(table, people)
    w = np.array([people[name] for name in names]) / sum(people.values())
    for year in (0, 1):
        for scale in ("linear", "logit"):
            p = np.array([table[name][year] for name in names])
            x = p if scale == "linear" else np.log(np.clip(p, 0.5, 99.5) / (100 - np.clip(p, 0.5, 99.5)))
            pairs = (w[:, None] * w[None, :] * (x[:, None] - x[None, :]) ** 2).sum()
            value = found.loc[("world", "sigma", scale, 2020, 2021, 2020 + year), "value"]
            assert value == pytest.approx(math.sqrt(pairs / 2), rel=1e-9, abs=1e-9)


@quick
@given(st.integers(0, 2**32 - 1))
def test_series_groups_and_order_of_rows_do_not_touch_one_another(seed):
    random = np.random.default_rng(seed)
    names = [f"c{number}" for number in range(6)]
    tables = [{name: [None if random.random() < 0.2 else float(random.integers(0, 101)) for _ in range(4)] for name in names} for _ in "12"]
    people, members = (
        people_of(dict.fromkeys(names, 1), range(2020, 2024)),
        members_of({"all": names, "half": names[:3]}, range(2020, 2024)),
    )
    frames = [values_of(table, vintage=vintage) for table, vintage in zip(tables, "12", strict=True)]
    together = pd.concat(frames).sample(frac=1, random_state=int(seed))
    both = convergence(together, people.sample(frac=1, random_state=1), members.sample(frac=1, random_state=2), CEILINGS)
    alone = pd.concat([convergence(frame, people, members, CEILINGS) for frame in frames if not frame.empty], ignore_index=True)
    pd.testing.assert_frame_equal(both, alone, check_dtype=False, rtol=1e-9, atol=1e-12)


def test_over_ten_years_the_world_converges_on_both_scales_and_near_the_ceiling_on_one_of_them_by_itself(embedded):
    use = embedded["reported_values"]
    use = use[(use["indicator"] == "individuals_using_internet") & (use["vintage"] == "2026-07-13")]
    members = embedded["members_by_year"]
    found = convergence(
        use, embedded["people"], members[members["membership"] == "latest"], pd.Series({"individuals_using_internet": 100.0})
    )
    world = found[(found["group_name"] == "world") & (found["year_from"] == 2014)].set_index(["measure", "scale", "year"])
    # Worked from the same rows by numpy, without the module.
    wide = use.pivot(index="iso3", columns="year", values="value").loc[:, [2014, 2024]].dropna()
    living = embedded["people"].query("locality == 'all'").pivot(index="iso3", columns="year", values="people")
    wide = wide[wide.index.isin(living.index)]
    assert world["n_economies"].unique().tolist() == [len(wide)]
    clipped = wide.clip(0.5, 99.5)
    for scale, x in (("linear", wide), ("logit", np.log(clipped / (100 - clipped)))):
        assert world.loc[("beta", scale, 2024), "value"] == pytest.approx(-slope(x[2014], (x[2024] - x[2014]) / 10))
        for year in (2014, 2024):
            w = living.loc[wide.index, year]
            mean = np.average(x[year], weights=w)
            assert world.loc[("sigma", scale, year), "value"] == pytest.approx(math.sqrt(np.average((x[year] - mean) ** 2, weights=w)))


def test_without_a_value_a_person_or_a_member_there_is_nothing_to_measure():
    values, people = values_of(CLOSER), people_of(EQUAL, range(2020, 2023))
    members = members_of({"world": EQUAL}, range(2020, 2023))
    assert convergence(values.assign(value=np.nan), people, members, CEILINGS).empty
    assert convergence(values, people.assign(people=0), members, CEILINGS).empty
    assert convergence(values, people, members_of({"world": ["DDD"]}, range(2020, 2023)), CEILINGS).empty


def test_what_is_infinite_is_refused():
    values, people = values_of(CLOSER), people_of(EQUAL, range(2020, 2023))
    members = members_of({"world": EQUAL}, range(2020, 2023))
    with pytest.raises(ValueError, match="values: 8 rows have an infinite value, such as "):
        convergence(values.assign(value=np.inf), people, members, CEILINGS)
    with pytest.raises(ValueError, match="people: 9 rows have an infinite people"):
        convergence(values, people.assign(people=np.inf), members, CEILINGS)
