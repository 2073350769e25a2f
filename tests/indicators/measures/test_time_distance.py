"""Years behind: how long ago a benchmark first reached the level of an area."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import readers
from indicators.measures.time_distance import time_distance
from tests.support.paths import SMALL, genuine_only

BETTER = pd.Series({"use": "higher", "offline": "lower", "radio": "neither"})
quick = settings(max_examples=30, deadline=None)


def levels_of(table, first_year=2000, indicator="use", benchmark="top", **also):
    """Levels by area and year; None where there is no row."""
    return pd.DataFrame(
        [
            {"area": area, "area_kind": "economy", "year": year, "value": float(value)}
            for area, series in table.items()
            for year, value in enumerate(series, start=first_year)
            if value is not None
        ]
    ).assign(
        **(
            {"basis": "published", "source": "s", "vintage": "1", "indicator": indicator, "sex": "all", "locality": "all", "age": "all"}
            | also
        ),
        benchmark=benchmark,
    )


def behind(table, area="AAA", **named):
    """The rows of one area, by year."""
    found = time_distance(levels_of(table, **named), BETTER)
    return found[found["area"] == area].set_index("year")


# The benchmark climbs from 10 in 2000 by 10, 20 and 40 a year: 10, 20, 40, 80.
TOP = [10, 20, 40, 80]


@pytest.mark.worked("time_distance")
def test_the_years_behind_are_those_since_the_benchmark_stood_there():
    # AAA is at 30 in 2003; the benchmark was half-way from 20 in 2001 to 40 in 2002, in 2001.5: 1.5 years behind.
    row = behind({"top": TOP, "AAA": [None, None, None, 30]}).loc[2003]
    assert (row["benchmark_year"], row["years_behind"], row["lower"], row["upper"]) == (2001.5, 1.5, 1.5, 1.5)
    assert pd.isna(row["reason"])
    assert pd.isna(row["note"])


def test_an_area_ahead_is_behind_by_a_negative_number_of_years():
    # 60 in 2000; the benchmark came there half-way between 2002 and 2003.
    assert behind({"top": TOP, "AAA": [60]}).loc[2000, "years_behind"] == -2.5


def test_a_level_the_benchmark_reports_is_met_in_that_very_year():
    assert behind({"top": TOP, "AAA": [None, None, None, 40]}).loc[2003, "benchmark_year"] == 2002


def test_a_level_held_when_the_benchmark_begins_gives_only_the_least_years_behind():
    # 10 or less: the benchmark may have passed it long before 2000.
    found = behind({"top": TOP, "AAA": [10, None, None, 5]})
    assert found["years_behind"].isna().all()
    assert found["lower"].tolist() == [0, 3]
    assert found["upper"].isna().all()
    assert (
        found.loc[2003, "reason"]
        == "At least 3 years behind: the benchmark was already at this level or above in 2000, the first year of its series"
    )


def test_a_level_the_benchmark_has_not_come_to_gives_only_the_least_years_ahead():
    found = behind({"top": TOP, "AAA": [90, None, 90, None, 81]})
    assert found["years_behind"].isna().all()
    assert found["upper"].tolist() == [-3, -1, 1]
    assert found["lower"].isna().all()
    assert (
        found.loc[2000, "reason"]
        == "More than 3 years ahead: the benchmark had not reached this level by 2003, the last year of its series"
    )
    assert found.loc[2002, "reason"].startswith("More than 1 year ahead:")
    assert found.loc[2004, "reason"].startswith("Less than 1 year behind:")


def test_an_area_above_the_benchmark_in_its_last_year_is_ahead_by_no_number_of_years():
    # The benchmark has 80 in 2003, its last year; AAA has 90 in the same.
    assert (
        behind({"top": TOP, "AAA": [None, None, None, 90]})
        .loc[2003, "reason"]
        .startswith("Ahead: the benchmark had not reached this level by 2003")
    )


def test_a_level_before_the_benchmark_begins_is_at_most_so_much_ahead():
    levels = pd.concat([levels_of({"top": TOP}), levels_of({"AAA": [4]}, first_year=1998)])
    [row] = time_distance(levels, BETTER).to_dict("records")
    assert row["lower"] == -2
    assert row["reason"].startswith("At most 2 years ahead:")


def test_it_is_the_first_crossing_that_counts():
    # 10, 50, 30, 70: 40 was first met at three quarters of the first year, and again later; 60 only on the way from 30 to 70, in 2002.75.
    table = {"top": [10, 50, 30, 70], "AAA": [None, None, None, None, 40], "BBB": [None, None, None, None, 60]}
    assert behind(table).loc[2004, "benchmark_year"] == 2000.75
    assert behind(table, "BBB").loc[2004, "benchmark_year"] == 2002.75


def test_where_less_is_better_a_level_is_met_from_above():
    # 90, 80, 60, 20: 70 was met half-way from 80 in 2001 to 60 in 2002.
    row = behind({"top": [90, 80, 60, 20], "AAA": [None, None, None, 70]}, indicator="offline").loc[2003]
    assert row["years_behind"] == 1.5
    assert behind({"top": [90, 80], "AAA": [95]}, indicator="offline").loc[2000, "lower"] == 0
    assert behind({"top": [90, 80], "AAA": [15]}, indicator="offline").loc[2000, "upper"] == -1


def test_where_neither_direction_is_better_there_is_no_result():
    row = behind({"top": TOP, "AAA": [30]}, indicator="radio").loc[2000]
    assert row["reason"] == "neither direction is better"
    assert row[["years_behind", "lower", "upper"]].isna().all()


def test_without_a_benchmark_or_a_value_there_is_no_result():
    assert behind({"AAA": [30]}).loc[2000, "reason"] == "the benchmark has no series in this vintage"
    levels = pd.concat([levels_of({"top": TOP}), levels_of({"AAA": [30]}).assign(value=np.nan)])
    [row] = time_distance(levels, BETTER).to_dict("records")
    assert row["reason"] == "the area has no value"
    assert np.isnan(row["lower"])


def test_a_benchmark_of_one_point_is_no_path():
    found = behind({"top": [50], "AAA": [40, 60]})
    assert found["years_behind"].isna().all()
    assert (found.loc[2000, "lower"], found.loc[2001, "upper"]) == (0, 1)


def test_a_stretch_of_more_than_five_years_is_named():
    # 20 in 2000 and 80 five or six years later.
    for years, note in ((5, None), (6, "the benchmark's series is interpolated over more than 5 years: 2000 to 2006")):
        row = behind({"top": [20, *[None] * (years - 1), 80], "AAA": [50]}).loc[2000]
        assert row["years_behind"] == -years / 2
        assert row["note"] == note if note else pd.isna(row["note"])


def test_vintages_sources_and_breakdowns_do_not_mix():
    # Another vintage's benchmark passes 30 in 2001, this one's in 2001.5; a third has none.
    levels = pd.concat(
        [
            levels_of({"top": TOP, "AAA": [None, None, None, 30]}),
            levels_of({"top": [10, 30], "AAA": [None, None, None, 30]}, vintage="2"),
            levels_of({"AAA": [None, None, None, 30]}, vintage="3"),
        ]
    )
    found = time_distance(levels, BETTER).set_index("vintage")["years_behind"]
    assert found.tolist()[:2] == [1.5, 2.0]
    assert np.isnan(found["3"])


def test_two_values_for_one_year_are_refused():
    levels = levels_of({"top": TOP, "AAA": [30]})
    with pytest.raises(ValueError, match="AAA has two values of use for 2000 in 1; give one"):
        time_distance(pd.concat([levels, levels.tail(1)]), BETTER)


def test_the_benchmark_is_in_no_row_and_no_levels_give_no_rows():
    assert set(time_distance(levels_of({"top": TOP, "AAA": [30]}), BETTER)["area"]) == {"AAA"}
    assert time_distance(levels_of({"top": TOP, "AAA": [30]}).iloc[:0], BETTER).empty


def slowly(path, level):
    """The first year, with its fraction, in which the joined path is at the level; None if it begins there or never does."""
    points = sorted(path.items())
    if level <= points[0][1]:
        return None
    for (year_a, a), (year_b, b) in pairwise(points):
        if a < level <= b:
            return year_a + (level - a) / (b - a) * (year_b - year_a)
    return None


PATHS = st.dictionaries(st.integers(2000, 2020), st.integers(0, 50).map(float), min_size=1, max_size=8)


@quick
@given(PATHS, PATHS, st.randoms())
def test_it_is_what_walking_along_the_benchmark_finds(top, area, random):
    rows = [{"area": "top", "year": year, "value": value} for year, value in top.items()]
    rows += [{"area": "AAA", "year": year, "value": value} for year, value in area.items()]
    random.shuffle(rows)
    usual = levels_of({"top": [1]}).drop(columns=["area", "year", "value"]).iloc[0].to_dict()
    found = time_distance(pd.DataFrame(rows).assign(**usual), BETTER).set_index("year")
    for year, level in area.items():
        crossed = slowly(top, level)
        if crossed is None:
            assert np.isnan(found.loc[year, "years_behind"])
            assert found.loc[year, "reason"]
        else:
            assert found.loc[year, "years_behind"] == pytest.approx(year - crossed, abs=1e-9)
            assert min(top) <= crossed <= max(top)


def test_many_series_at_once_are_each_as_alone():
    random = np.random.default_rng(1)
    paths = {f"v{number}": np.round(random.normal(0, 8, 20).cumsum() + 50, 1) for number in range(300)}
    levels = pd.concat([levels_of({"top": path, "AAA": [None] * 10 + [55]}, vintage=name) for name, path in paths.items()])
    found = time_distance(levels, BETTER).set_index("vintage")["benchmark_year"]
    expected = pd.Series({name: slowly(dict(enumerate(path, start=2000)), 55) for name, path in paths.items()}, dtype="float64")
    pd.testing.assert_series_equal(found.sort_index(), expected.sort_index(), check_names=False)
    assert found.notna().any()
    assert found.isna().any()


# Sicherl (gaptimer.eu): in 2008 most of some 190 to 200 economies were "between 8 to 12 years" behind Sweden for mobile, Internet and fixed
# broadband. The series held begin in 2000, when Sweden already had 71.8, 45.7 and 2.8 a 100 people: an economy below is only given "at
# least 8 years". So what can be known of the average is its least, which must not exceed 12, and that about half were at least 8 years
# behind.


def behind_sweden_in_2008(levels, indicator):
    levels = levels[levels["year"] <= 2008].assign(indicator=indicator, basis="published", benchmark="SWE")
    found = time_distance(levels, pd.Series({indicator: "higher"}))
    return found[found["year"] == 2008]


def is_supported(found):
    reported = found["years_behind"].fillna(found["lower"])
    assert 170 <= len(found) <= 215
    assert reported.mean() <= 12
    assert 0.45 <= (reported >= 8).mean() <= 0.75


@pytest.mark.parametrize("indicator", ["mobile_cellular_subscriptions", "fixed_broadband_subscriptions"])
def test_about_half_of_all_economies_were_at_least_eight_years_behind_sweden_in_2008(embedded, indicator):
    levels = embedded["observations"]
    levels = levels[(levels["indicator"] == indicator) & (levels["area_kind"] == "economy")]
    is_supported(behind_sweden_in_2008(levels, indicator))


def exported_levels(content):
    """The levels in an export of ITU's DataHub."""
    rows = readers.read(content).rows
    usual = levels_of({"SWE": [1]}).drop(columns=["area", "year", "value"]).iloc[0].to_dict()
    return rows[["area"]].assign(year=rows["year"].astype("int64"), value=rows["value"].astype("float64"), **usual)


@pytest.mark.parametrize("path", [genuine_only("itu-datahub/individuals-using-the-internet.csv")])
def test_so_they_were_for_internet_use_in_the_file_of_itu(path):
    is_supported(behind_sweden_in_2008(exported_levels(path.read_bytes()), "use"))


def test_years_behind_sweden_are_read_from_an_export_of_itu():
    header = (SMALL / "itu-datahub" / "individuals-using-the-internet.csv").read_bytes().splitlines()[0].decode()
    printed = [("SWE", 2000, "45"), ("SWE", 2001, "60.0"), ("SWE", 2002, "7.0E1"), ("SWE", 2008, "90")]
    printed += [("BBB", 2008, "65"), ("CCC", 2008, "48"), ("DDD", 2008, "30.5"), ("DDD", 2007, "29")]
    rows = [f'11624,"i99H","Use",,"%",1,"{area}","","{value}",{year},"","ITU estimate. ",""' for area, year, value in printed]
    found = behind_sweden_in_2008(exported_levels("\n".join([header, *rows]).encode()), "use").set_index("area")
    # Sweden passed 65 half way between 2001 and 2002, and 48 a fifth of the way from 2000 to 2001. It had 45 where its series begins:
    # whoever is below is at least 8 years behind.
    assert found.loc[["BBB", "CCC"], "years_behind"].tolist() == pytest.approx([6.5, 7.8])
    assert (pd.isna(found.loc["DDD", "years_behind"]), found.loc["DDD", "lower"]) == (True, 8)


def test_an_infinite_level_is_refused():
    with pytest.raises(ValueError, match="levels: 1 rows have an infinite value, such as AAA, economy, 2000, inf"):
        time_distance(levels_of({"top": TOP, "AAA": [np.inf]}), BETTER)
