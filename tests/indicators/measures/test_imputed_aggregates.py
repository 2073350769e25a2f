"""Estimates of a group's figure that is no longer printed, worked by hand, and against the region that the method note works out."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from indicators.measures.imputed_aggregates import imputed_aggregates
from indicators.registries.areas import economies_table
from tests.support.embedded_figures import embedded_figures

CEILINGS = pd.Series({"use": 100.0})
SERIES = {"source": "s", "indicator": "use", "sex": "all", "locality": "all", "age": "all"}
quick = settings(max_examples=15, deadline=None)


def cells(table, name, vintage, **series):
    """A series an entry, its values by year."""
    rows = [{name: who, "year": year, "value": float(value)} for who, of_year in table.items() for year, value in of_year.items()]
    return pd.DataFrame(rows, columns=[name, "year", "value"]).assign(vintage=vintage, **SERIES | series)


def editions(**has_holes):
    """Vintages in their order, the last of them the newest; each came out on the first day of its year."""
    last = list(has_holes)[-1]
    return pd.DataFrame(
        [
            {
                "source": "s",
                "indicator": "use",
                "vintage": name,
                "list": f"{2023 + place}-01-01",
                "has_holes": holes,
                "is_newest": name == last,
            }
            for place, (name, holes) in enumerate(has_holes.items())
        ]
    )


def listed(**lists):
    """Members of groups by the number of the edition: `one={"g": [...]}`."""
    days = {"one": "2023-01-01", "two": "2024-01-01"}
    rows = [(group, days[which], iso3) for which, groups in lists.items() for group, members in groups.items() for iso3 in members]
    return pd.DataFrame(rows, columns=["group_name", "list", "iso3"])


def hundred_each(*names, years=range(2005, 2026)):
    return pd.DataFrame([{"iso3": name, "year": year, "locality": "all", "people": 100} for name in names for year in years])


PEOPLE = hundred_each("AAA", "BBB", "CCC")
G = {"g": ["AAA", "BBB"]}
# The first vintage has the group at 52 and 59 where its members make 50 and 60: off by 2 and 1. The second prints members only.
FIRST = cells({"AAA": {2020: 40, 2021: 50}, "BBB": {2020: 60, 2021: 70}}, "iso3", "1")
SECOND = cells({"AAA": {2020: 41, 2021: 51, 2022: 55}, "BBB": {2020: 60, 2022: 70}}, "iso3", "2")
PRINTED = cells({"g": {2020: 52, 2021: 59}}, "group_name", "1")
VALUES = pd.concat([FIRST, SECOND])
VINTAGES = editions(**{"1": False, "2": False})
MEMBERS = listed(one=G, two=G)


def table(printed=PRINTED, values=VALUES, vintages=VINTAGES, people=PEOPLE, members=MEMBERS):
    found = conform("imputed_aggregates", imputed_aggregates(printed, values, vintages, people, members, CEILINGS))
    assert contract_problems("imputed_aggregates", found).empty
    return found.set_index(["group_name", "year"])


@pytest.mark.worked("imputed_aggregates")
def test_the_members_own_values_stand_in_for_a_group_that_the_newest_vintage_does_not_print():
    # BBB has 65 between 60 and 70: (41 + 60) / 2, (51 + 65) / 2, (55 + 70) / 2.
    found = table().loc["g"]
    assert found["value"].tolist() == [50.5, 58.0, 62.5]
    assert found["coverage"].tolist() == [1, 0.5, 1]
    assert found["publishable"].tolist() == ["published", "indicative", "published"]
    assert found["n_filled"].tolist() == [0, 1, 0]
    # In 2021 only AAA reports: 25.5 of it, and BBB may be anything: 50 more.
    assert found.loc[2021, ["lower", "upper"]].tolist() == [25.5, 75.5]
    assert set(found["nature"]) == {"own estimate"}
    assert set(found["vintage"]) == {"2"}
    assert set(found["missing_because"]) == {"the vintage prints no group of the indicator"}
    assert found["reason"].isna().all()


def test_the_error_of_the_rule_is_that_of_the_newest_vintage_that_has_both():
    found = table().loc[("g", 2022)]
    assert found[["n_compared", "mean_error", "largest_error", "largest_error_year"]].tolist() == [2, 1.5, 2, 2020]
    assert found["compared_in"] == "1"
    # Had the second vintage printed 2020 as 50, it would be the one to use: 50.5 is off by a half.
    of_second = cells({"g": {2020: 50}}, "group_name", "2")
    found = table(printed=pd.concat([PRINTED, of_second])).loc[("g", 2022)]
    assert found[["n_compared", "mean_error", "compared_in"]].tolist() == [1, 0.5, "2"]


def test_the_members_compared_with_are_those_of_the_list_of_the_vintage():
    # By the first list the group was AAA alone: 40 and 50 against 52 and 59.
    found = table(members=listed(one={"g": ["AAA"]}, two=G)).loc[("g", 2020)]
    assert found[["mean_error", "largest_error", "value", "list"]].tolist() == [10.5, 12, 50.5, "2024-01-01"]


def test_what_was_printed_before_is_reported_with_its_vintage():
    found = table().loc["g"]
    assert found.loc[[2020, 2021], "last_printed"].tolist() == [52, 59]
    assert found.loc[2020, "last_printed_in"] == "1"
    assert found.loc[2022, ["last_printed", "last_printed_in"]].isna().all()


@pytest.mark.parametrize(
    ("of_second", "holes", "missing"),
    [
        ({"g": {2020: 50}}, False, {2021: "the series of the group ends earlier", 2022: "the series of the group ends earlier"}),
        ({"g": {2020: 50, 2022: 62}}, False, {2021: "the series of the group has a gap"}),
        ({"g": {2022: 62}}, False, {2020: "the series of the group begins later", 2021: "the series of the group begins later"}),
        ({"h": {2020: 1}}, False, dict.fromkeys((2020, 2021, 2022), "the vintage does not print the group")),
        ({}, True, dict.fromkeys((2020, 2021, 2022), "the vintage is held as an incomplete compilation")),
        ({"g": {2020: 50, 2021: 58, 2022: 62}}, False, {}),
    ],
)
def test_the_reason_states_why_the_vintage_has_no_figure(of_second, holes, missing):
    printed = pd.concat([PRINTED, cells(of_second, "group_name", "2")])
    found = table(printed=printed, vintages=editions(**{"1": False, "2": holes})).reset_index()
    assert found[found["group_name"] == "g"].set_index("year")["missing_because"].to_dict() == missing


def test_nothing_is_imputed_before_the_first_printed_year_or_after_the_last_reported():
    # The group was printed from 2021 on; in 2023 only CCC reports, which is no member.
    values = pd.concat([VALUES, cells({"CCC": {2023: 10}}, "iso3", "2")])
    found = table(printed=PRINTED[PRINTED["year"] == 2021], values=values)
    assert found.index.tolist() == [("g", 2021), ("g", 2022)]


def test_a_member_that_lost_all_its_values_is_named_and_the_people_behind_the_figure_are_reported():
    values = pd.concat([VALUES, cells({"CCC": {2020: 90}}, "iso3", "1")])
    three = {"g": ["AAA", "BBB", "CCC"]}
    found = table(values=values, members=listed(one=three, two=three)).loc[("g", 2022)]
    assert found["value"] == 62.5
    assert found["lost_members"] == "CCC"
    assert found["note"] == "without a value of this or an earlier year: CCC"
    assert found["share_with_value"] == pytest.approx(2 / 3)
    assert found["n_members"] == 3
    assert table()["lost_members"].isna().all()


def test_the_people_whose_value_is_carried_for_more_than_five_years_are_counted():
    # AAA last reported in 2010, BBB reports on: in 2015 its value is five years old, in 2016 six.
    old = cells({"AAA": {2010: 20}, "BBB": {2010: 40, 2015: 50, 2016: 60}}, "iso3", "2")
    found = table(printed=cells({"g": {2010: 30}}, "group_name", "1"), values=pd.concat([FIRST, old])).loc["g"]
    assert found.loc[[2015, 2016], "carried_long"].tolist() == [0, 0.5]
    assert found.loc[2016, "note"] == "carried more than 5 years: AAA"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"members": listed(one=G)}, "the list of members of that day is not available"),
        ({"printed": PRINTED.assign(sex="female")}, "no population by sex or age is available"),
        ({"members": listed(one=G, two={"g": ["CCC"]})}, "no member has a value of that or an earlier year in the vintage"),
        ({"values": FIRST}, "no member has a value of that or an earlier year in the vintage"),
        ({"people": hundred_each("AAA", "BBB", years=[2019])}, "no population is available for that year"),
    ],
)
def test_where_nothing_can_be_estimated_the_row_says_why(change, reason):
    found = table(**change).loc["g"]
    assert found.index.tolist() == [2020, 2021]
    assert set(found["reason"]) == {reason}
    assert found["value"].isna().all()


def test_without_printed_groups_or_vintages_nothing_is_imputed():
    assert table(printed=PRINTED.head(0)).empty
    assert table(vintages=VINTAGES.assign(is_newest=False)).empty


@pytest.mark.parametrize("doubled", ["printed", "members"])
def test_doubles_are_refused(doubled):
    given_frames = {"printed": PRINTED, "members": MEMBERS}
    with pytest.raises(ValueError, match="are there twice"):
        table(**{doubled: pd.concat([given_frames[doubled]] * 2)})


shares = st.lists(st.integers(0, 100), min_size=3, max_size=3)


@quick
@given(shares, shares, st.randoms())
def test_a_publisher_that_follows_the_rule_is_met_without_error_in_any_order_of_rows(a, b, random):
    years = range(2020, 2023)
    values = {name: dict(zip(years, series, strict=True)) for name, series in (("AAA", a), ("BBB", b))}
    mean = {year: (values["AAA"][year] + values["BBB"][year]) / 2 for year in years}
    frames = {
        "printed": cells({"g": mean}, "group_name", "1"),
        "values": pd.concat([cells(values, "iso3", "1"), cells(values, "iso3", "2")]),
        "members": MEMBERS,
    }
    found = table(**{name: frame.sample(frac=1, random_state=random.randrange(2**31)) for name, frame in frames.items()})
    assert found["value"].tolist() == pytest.approx(list(mean.values()))
    assert found["largest_error"].max() == pytest.approx(0, abs=1e-9)
    assert (found["value"] - found["last_printed"]).abs().max() < 1e-9


# ---- the region that the method note works out, from the embedded figures


def test_the_region_of_the_note_is_missed_by_what_the_note_says():
    # "Middle East, North Africa, Afghanistan & Pakistan", 23 members, published 2007 to 2024: mean error 1.2, worst 5.7; in 2022 published
    # 57.8, by the rule 60.0, bounds [45.1, 85.7]. Had its publisher printed no group in an edition of the same values:
    use = embedded_figures("2026-07-13", "IT.NET.USER.ZS")
    economies = economies_table()
    region = economies.loc[economies["world_bank_region"].str.startswith("Middle East", na=False), "iso3"]
    assert len(region) == 23
    people = embedded_figures("2026-07-01", "SP.POP.TOTL").rename(columns={"area": "iso3", "value": "people"}).assign(locality="all")
    values = use[use["area"].isin(region)].rename(columns={"area": "iso3"})[["iso3", "year", "value"]].assign(**SERIES)
    printed = use[use["area"] == "MEA"][["year", "value"]].assign(group_name="region", vintage="1", **SERIES)
    found = table(
        printed=printed,
        values=pd.concat([values.assign(vintage="1"), values.assign(vintage="2")]),
        people=people[["iso3", "year", "locality", "people"]],
        members=listed(one={"region": region}, two={"region": region}),
    ).loc["region"]
    assert found["n_compared"].unique().tolist() == [18]
    assert found["mean_error"].iloc[0] == pytest.approx(1.2, abs=0.05)
    assert found["largest_error"].iloc[0] == pytest.approx(5.7, abs=0.05)
    row = found.loc[2022]
    assert row["last_printed"] == 57.8
    assert row["value"] == pytest.approx(60.0, abs=0.05)
    assert row[["lower", "upper"]].tolist() == pytest.approx([45.1, 85.7], abs=0.05)
