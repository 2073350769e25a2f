"""Missing values and what they would add, on a world small enough to work by hand, and on the embedded one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.measures.aggregates import aggregates
from indicators.measures.data_gaps import data_gaps
from tests.support.paths import PROJECT

USE = "individuals_using_internet"
CEILINGS = pd.Series({"use": 100.0, "rate": np.nan})
YEARS = range(2018, 2022)

# 200 people: the north has AAA and BBB, the south CCC and DDD; BBB and CCC are also the islands.
PEOPLE = {"AAA": 100, "BBB": 60, "CCC": 30, "DDD": 10}
GROUPS = {"world": ["AAA", "BBB", "CCC", "DDD"], "north": ["AAA", "BBB"], "south": ["CCC", "DDD"], "islands": ["BBB", "CCC"]}


def values_of(table, indicator="use", first_year=2018, **named):
    """An economy a row, a value a year; None where nothing is known."""
    rows = [
        {"iso3": iso3, "year": year, "value": float(value)}
        for iso3, series in table.items()
        for year, value in enumerate(series, start=first_year)
        if value is not None
    ]
    rest = {"sex": "all", "locality": "all", "age": "all", "nature": "country", "source": "s", "vintage": "1"}
    return pd.DataFrame(rows, columns=["iso3", "year", "value"]).assign(indicator=indicator, **(rest | named))


def people_of(people, years=YEARS, locality="all"):
    return pd.DataFrame([{"iso3": iso3, "year": year, "locality": locality, "people": n} for iso3, n in people.items() for year in years])


def members_of(groups, years=YEARS, membership="latest"):
    return pd.DataFrame(
        [
            {"scheme": "tiny", "membership": membership, "group_name": group, "iso3": iso3, "year": year}
            for group, members in groups.items()
            for iso3 in members
            for year in years
        ]
    )


def asked(indicator="use", sex="all", locality="all", age="all"):
    return pd.DataFrame([{"indicator": indicator, "sex": sex, "locality": locality, "age": age}])


def register(values, breakdowns=None, people=None, members=None):
    return data_gaps(
        values,
        asked() if breakdowns is None else breakdowns,
        people_of(PEOPLE) if people is None else people,
        members_of(GROUPS) if members is None else members,
        CEILINGS,
    )


# 2020 is the last year that two thirds of the 200 people have a value for: A, B and D are 170 people; in 2021 A alone has one.
KNOWN = {"AAA": [10, 20, 30, 40], "BBB": [None, 50, 60], "CCC": [70, None, None], "DDD": [None, None, 5]}


def test_the_year_is_the_newest_that_two_thirds_of_the_people_have_a_value_for():
    found = register(values_of(KNOWN))
    assert found["reference_year"].unique().tolist() == [2020]
    assert found["iso3"].tolist() == ["CCC"]


@pytest.mark.worked("data_gaps")
def test_a_gap_is_worth_its_economys_share_of_each_group_by_hand():
    # CCC: 30 of the world's 200 people, 30 of the south's 40, 30 of the islands' 90.
    [gap] = register(values_of(KNOWN)).to_dict("records")
    assert gap["world_bound_shrinks_by"] == pytest.approx(15)
    assert gap["group_bound_shrinks_by"] == pytest.approx(75 + 100 / 3)
    assert gap["bounds_shrink_by"] == pytest.approx(15 + 75 + 100 / 3)
    assert gap["groups"] == "islands, south"
    assert (gap["last_year"], gap["last_value"], gap["age_years"], gap["nature"]) == (2018, 70, 2, "country")
    assert (gap["rank"], gap["rank_in_indicator"]) == (1, 1)


@pytest.mark.parametrize(
    ("removed", "order"),
    [
        # AAA: 50 + 62.5 = 112.5; BBB: 30 + 37.5 + 66.7 = 134.2; CCC: 123.3; DDD: 5 + 25 = 30.
        ("BBB", ["BBB", "CCC"]),
        ("DDD", ["CCC", "DDD"]),
        ("AAA", ["CCC", "AAA"]),
    ],
)
def test_a_known_economy_taken_away_stands_at_the_computed_place(removed, order):
    # The year of the others stays the reference; without AAA fewer than two thirds are left, and 2021 has no value at all.
    table = {iso3: series[:3] for iso3, series in KNOWN.items() if iso3 != removed}
    found = register(values_of(table))
    assert found["reference_year"].unique().tolist() == [2020]
    assert found["iso3"].tolist() == order
    gap = found.set_index("iso3").loc[removed]
    assert gap["world_bound_shrinks_by"] == pytest.approx(100 * PEOPLE[removed] / 200)
    assert pd.isna(gap["last_year"])
    assert gap["plausible_lower"] == 0
    assert gap["plausible_upper"] == 100


def test_where_no_year_has_two_thirds_the_newest_with_any_value_is_taken():
    found = register(values_of({"AAA": [10, 20], "DDD": [None, None, 5]}))
    assert found["reference_year"].unique().tolist() == [2020]
    assert found["iso3"].tolist() == ["BBB", "CCC", "AAA"]


def test_where_no_economy_has_a_value_every_economy_is_a_gap_of_the_newest_year_of_the_population():
    found = register(values_of({}))
    assert found["reference_year"].unique().tolist() == [2021]
    # BBB 134.2, CCC 123.3, AAA 112.5, DDD 30.
    assert found["iso3"].tolist() == ["BBB", "CCC", "AAA", "DDD"]
    assert found["last_year"].isna().all()


def test_a_value_of_a_later_year_does_not_close_the_gap_and_is_named():
    found = register(values_of({"AAA": [10, 20, 30], "BBB": [50, 50, 50], "CCC": [70, None, None, 80], "DDD": [5, 5, 5]}))
    [gap] = found.to_dict("records")
    assert (gap["iso3"], gap["last_year"], gap["age_years"]) == ("CCC", 2021, 0)


def test_equal_worth_goes_by_age_never_before_old_before_new():
    people = dict.fromkeys(("AAA", "BBB", "CCC", "DDD", "EEE"), 10)
    groups = {"world": list(people)}
    values = values_of({"AAA": [1, None, None], "BBB": [None, 2, None], "DDD": [None, None, 4], "EEE": [5, 5, None]})
    found = register(values, people=people_of(people), members=members_of(groups))
    assert found["iso3"].tolist() == ["CCC", "AAA", "BBB", "EEE"]
    assert found["rank"].tolist() == [1, 2, 3, 4]


def test_breakdowns_are_weighted_by_the_people_of_their_locality():
    breakdowns = pd.concat([asked(), asked(locality="rural"), asked(sex="female")])
    rural = people_of({"AAA": 10, "BBB": 30, "CCC": 0, "DDD": None}, locality="rural").dropna()
    found = register(values_of(KNOWN), breakdowns, pd.concat([people_of(PEOPLE), rural]))
    in_the_country = found[found["locality"] == "rural"].set_index("iso3")
    assert in_the_country.loc["AAA", "world_bound_shrinks_by"] == pytest.approx(25)
    # Nobody lives in the country: nothing is missing. Nobody knows how many: of unknown worth, last of all, and said to be so.
    assert "CCC" not in in_the_country.index
    assert np.isnan(in_the_country.loc["DDD", "bounds_shrink_by"])
    assert in_the_country.loc["DDD", "reason"] == "no population is available for the year"
    assert found["iso3"].tolist()[-1] == "DDD"
    # How many are women is not held.
    women = found[found["sex"] == "female"].set_index("iso3")
    assert women.loc["AAA", "world_bound_shrinks_by"] == pytest.approx(50)
    assert found.groupby(["sex", "locality"])["rank_in_indicator"].apply(list).tolist() == [[1], [1, 2, 3], [1, 2, 3, 4]]


def test_without_a_highest_value_a_gap_is_listed_last_and_its_worth_is_not_known():
    breakdowns = pd.concat([asked("rate"), asked()])
    found = register(pd.concat([values_of(KNOWN), values_of({"AAA": [150]}, indicator="rate")]), breakdowns)
    assert found["indicator"].tolist() == ["use", "rate", "rate", "rate"]
    rate = found[found["indicator"] == "rate"]
    assert rate[["bounds_shrink_by", "plausible_lower", "plausible_upper"]].isna().all().all()
    assert rate["reason"].str.startswith("the indicator has no highest value").all()


def test_people_outside_every_economy_count_in_the_world_and_are_no_gap():
    # 50 people of nowhere: CCC is 30 of 250.
    people = people_of(PEOPLE | {"rest of the world": 50})
    groups = GROUPS | {"world": [*GROUPS["world"], "rest of the world"]}
    found = register(values_of(KNOWN), people=people, members=members_of(groups))
    assert found.set_index("iso3").loc["CCC", "world_bound_shrinks_by"] == pytest.approx(12)
    assert "rest of the world" not in set(found["iso3"])


def test_the_newest_lists_decide_and_not_those_in_force():
    members = pd.concat([members_of(GROUPS), members_of({"world": ["AAA"], "club": ["CCC"]}, membership="in force")])
    pd.testing.assert_frame_equal(register(values_of(KNOWN), members=members), register(values_of(KNOWN)))


def test_a_year_later_than_the_population_is_weighed_by_its_newest_year():
    found = register(values_of({"AAA": [1], "BBB": [1]}, first_year=2025))
    assert found["reference_year"].unique().tolist() == [2025]
    assert found.set_index("iso3")["world_bound_shrinks_by"].to_dict() == {"CCC": pytest.approx(15), "DDD": pytest.approx(5)}


def test_the_largest_populations_do_not_overflow():
    people = {"CHN": 1_400_000_000, "IND": 1_440_000_000, "USA": 340_000_000}
    found = register(values_of({}), people=people_of(people), members=members_of({"world": list(people)}))
    assert found["world_bound_shrinks_by"].sum() == pytest.approx(100)


def test_the_plausible_range_is_what_carrying_has_missed_by():
    # Forty economies that gain 3 points a year: carried for one year they are off by 3, for two by 6. The last stopped two years ago at 50.
    names = [f"A{chr(65 + number // 26)}{chr(65 + number % 26)}" for number in range(41)]
    table = {name: [40, 43, 46, 49] for name in names[:40]} | {names[40]: [None, 50, None, None]}
    found = register(values_of(table), people=people_of(dict.fromkeys(names, 10)), members=members_of({"world": names}))
    [gap] = found.to_dict("records")
    assert (gap["plausible_lower"], gap["plausible_upper"]) == (pytest.approx(44), pytest.approx(56))
    # 12 of 100 points, of one economy in forty-one.
    assert gap["plausible_bound_shrinks_by"] == pytest.approx(12 / 41)


def test_errors_are_not_taken_between_two_vintages():
    names = [f"A{chr(65 + number // 26)}{chr(65 + number % 26)}" for number in range(41)]
    old = values_of({name: [40, None, None, None] for name in names})
    new = values_of({name: [None, None, None, 80] for name in names[:40]}, vintage="2")
    [gap] = register(pd.concat([old, new]), people=people_of(dict.fromkeys(names, 10)), members=members_of({"world": names})).to_dict(
        "records"
    )
    assert (gap["plausible_lower"], gap["plausible_upper"]) == (0, 100)


@pytest.mark.parametrize("absent", ["breakdowns", "people", "members"])
def test_without_breakdowns_people_or_members_there_is_no_register(absent):
    frames = {"breakdowns": asked(), "people": people_of(PEOPLE), "members": members_of(GROUPS)}
    frames[absent] = frames[absent].iloc[:0]
    assert register(values_of(KNOWN), **frames).empty


def test_two_values_for_one_year_are_refused():
    with pytest.raises(ValueError, match="AAA has two values of use for 2018"):
        register(pd.concat([values_of({"AAA": [1]}), values_of({"AAA": [2]})]))


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_what_the_gaps_are_worth_together_is_the_width_of_the_bounds(data):
    # The same world through the aggregates: the width of the hard bounds is what all gaps together would close.
    names = ["AAA", "BBB", "CCC", "DDD", "EEE"]
    people = people_of({name: data.draw(st.integers(1, 1_500_000_000)) for name in names})
    table = {name: data.draw(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=4, max_size=4)) for name in names}
    groups = {"world": names, "north": names[:2], "south": names[2:]}
    values = values_of(table)
    found = register(values, people=people, members=members_of(groups))
    if values.empty:
        assert found["world_bound_shrinks_by"].sum() == pytest.approx(100)
        return
    year = pd.concat([found["reference_year"], pd.Series([2021])]).iloc[0]
    figures = aggregates(values, people, members_of(groups), CEILINGS)
    bounds = figures[(figures["year"] == year) & (figures["rule"] == "hard bounds")].set_index("group_name")
    width = bounds["upper"] - bounds["lower"]
    if not found.empty:
        assert found["world_bound_shrinks_by"].sum() == pytest.approx(width["world"])
        assert found["group_bound_shrinks_by"].sum() == pytest.approx(width["north"] + width["south"])
        assert (found["bounds_shrink_by"].diff().dropna() <= 1e-9).all()
        assert (found["plausible_bound_shrinks_by"] <= found["bounds_shrink_by"] + 1e-9).all()


def embedded(vintage, series):
    """The values of one World Bank series that comes with the project, by area."""
    values = pd.read_csv(PROJECT / "pipelines" / "embedded" / "world-bank-wdi" / vintage / f"{series}.csv", keep_default_na=False)
    rest = {"indicator": USE, "sex": "all", "locality": "all", "age": "all", "nature": "unknown", "source": "s", "vintage": vintage}
    return values.rename(columns={"area": "iso3"}).assign(**rest)


def test_pakistan_is_worth_31_points_of_its_regions_bound():
    # 31.1 of the 40.6 points in 2022, as the method note works out from the country data of July 2026.
    economies = pd.read_csv(PROJECT / "indicators" / "registries" / "economies.csv", keep_default_na=False)
    region = economies.loc[economies["world_bank_region"] == "Middle East, North Africa, Afghanistan & Pakistan", "iso3"]
    people = embedded("2026-07-01", "SP.POP.TOTL").rename(columns={"value": "people"})[["iso3", "year", "locality", "people"]]
    # Fewer than two thirds have a value for 2022, so the year is that of the newest value: it is held to 2022.
    of_2022 = embedded("2026-07-13", "IT.NET.USER.ZS").query("year == 2022")
    of_2022 = of_2022[of_2022["iso3"].isin(region)]
    members = members_of({"world": region}, range(2000, 2026))
    found = data_gaps(of_2022, asked(USE), people, members, pd.Series({USE: 100.0}))
    assert found.iloc[0]["iso3"] == "PAK"
    assert found.iloc[0]["world_bound_shrinks_by"] == pytest.approx(31.1, abs=0.05)
    assert found["world_bound_shrinks_by"].sum() == pytest.approx(40.6, abs=0.05)


def test_populations_that_no_whole_number_holds_together_weigh_what_they_are():
    # In 2021 only BBB reports, 6 parts of 20; in 2020 AAA does too, 16 parts of 20: there two thirds are reported. The parts are of 6e17
    # people, and what they add up to, 1.2e19, is more than a 64-bit whole number holds.
    people = people_of({iso3: part * 6 * 10**16 for iso3, part in PEOPLE.items()})
    found = register(values_of({"AAA": [None, None, 50], "BBB": [None, None, 50, 50]}), people=people)
    assert found["reference_year"].unique().tolist() == [2020]
    assert found.set_index("iso3")["world_bound_shrinks_by"].to_dict() == pytest.approx({"CCC": 15, "DDD": 5})


def test_doubled_people_and_members_and_what_is_infinite_are_refused():
    values = values_of({"AAA": [50]})
    people, members = people_of(PEOPLE), members_of(GROUPS)
    with pytest.raises(ValueError, match="people: 1 rows are there twice"):
        register(values, people=pd.concat([people, people.head(1)]))
    with pytest.raises(ValueError, match="members: 1 rows are there twice"):
        register(values, members=pd.concat([members, members.head(1)]))
    with pytest.raises(ValueError, match="values: 1 rows have an infinite value"):
        register(values.assign(value=np.inf))
    with pytest.raises(ValueError, match="people: 16 rows have an infinite people"):
        register(values, people=people.assign(people=np.inf))
