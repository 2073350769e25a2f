"""Whether a published figure can be true given its members' values: worlds worked by hand, what must always hold, a published exception."""

from itertools import combinations

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.measures import aggregate_consistency as module
from indicators.measures.aggregate_consistency import aggregate_consistency
from indicators.registries.areas import economies_table
from pipelines.warehouse import queries
from tests.support.embedded_figures import embedded_figures

CEILINGS = pd.Series({"share": 100.0, "rate": np.nan})
quick = settings(max_examples=20, deadline=None)


def figures_of(*numbers, group="club", half=0.5, **others):
    """Published figures of one group, each of a year of its own from 2020 on, printed to the nearest whole."""
    rows = pd.DataFrame({"value": [float(number) for number in numbers], "year": range(2020, 2020 + len(numbers))})
    rows["lower"], rows["upper"] = rows["value"] - half, rows["value"] + half
    reported = {"scheme": "tiny", "group_name": group, "indicator": "share", "sex": "all", "locality": "all", "age": "all", "source": "s"}
    reported |= {"vintage": "1", "membership": "at publication", "list": "2026-01-01", "members_source": "m", "members_vintage": "9"}
    return rows.assign(**(reported | {"members_are": "of the same vintage"} | others))


def world_of(members, years=1, half=0.0, indicator="share", group="club"):
    """Values, people and members from {economy: (people, value)}, the same in every year; None where there is none."""
    rows = pd.DataFrame(
        [(iso3, year, n, p) for iso3, (n, p) in members.items() for year in range(2020, 2020 + years)],
        columns=["iso3", "year", "people", "value"],
    ).astype({"value": "float64"})
    values = rows.drop(columns="people").assign(lower=rows["value"] - half, upper=rows["value"] + half, source="m", vintage="9")
    people = rows.drop(columns="value").assign(locality="all").dropna(subset="people")
    lists = pd.DataFrame({"group_name": group, "list": "2026-01-01", "iso3": list(members)})
    return values.assign(indicator=indicator, locality="all").dropna(subset="value"), people, lists


def judged(published, members, **kwargs):
    return aggregate_consistency(published, *world_of(members, years=len(published), **kwargs), CEILINGS).set_index("year")


# Of 100 people 50 live in AAA at 80, 30 in BBB at 40, 20 in CCC, which has no value: 40 + 12 = 52 and 20 more, [52, 72].
CLUB = {"AAA": (50, 80), "BBB": (30, 40), "CCC": (20, None)}


def test_the_bounds_are_what_the_members_allow_and_the_slack_what_their_populations_do():
    row = judged(figures_of(60), CLUB).loc[2020]
    assert row[["lowest_possible", "highest_possible", "coverage"]].tolist() == pytest.approx([52, 72, 0.8])
    assert row[["n_reporting", "n_members"]].tolist() == [2, 3]
    # At 60: |80-60| of a half, |40-60| of three tenths, 60 of a fifth (it may be at 0): 10 + 6 + 12 = 28, two per cent of it 0.56.
    assert row["slack"] == pytest.approx(0.56)
    assert row["feasible"] == "feasible"
    assert row[["beyond", "forced_by", "forced_by_any_of", "reason", "note"]].isna().all()


def test_a_silent_member_may_be_at_the_end_that_is_further_from_the_figure():
    # At 30: 50 of a half, 10 of three tenths, and of a fifth 70, if it is at 100: 25 + 3 + 14 = 42, two per cent of it 0.84.
    assert judged(figures_of(30), CLUB).loc[2020, "slack"] == pytest.approx(0.84)


@pytest.mark.worked("aggregate_consistency")
def test_a_figure_is_too_low_or_too_high_once_its_whole_printed_interval_and_the_slack_are_passed():
    # At 50 the slack is 0.02 (15 + 3 + 10) = 0.56: the highest of [49.5, 50.5] is 50.5, short of 52 - 0.56 by 0.94.
    # At 51 it is 0.02 (14.5 + 3.3 + 10.2) = 0.56: 51.5 is past 51.44. At 74: 0.02 (3 + 10.2 + 14.8) = 0.56; 73.5 is 0.94 past 72.56.
    rows = judged(figures_of(50, 51, 74), CLUB)
    assert rows["feasible"].tolist() == ["infeasible, too low", "feasible", "infeasible, too high"]
    assert rows["beyond"].tolist() == pytest.approx([0.94, np.nan, 0.94], nan_ok=True)


def test_what_members_print_in_round_numbers_widens_the_bounds():
    row = judged(figures_of(60), CLUB, half=0.5).loc[2020]
    # Eight tenths of half a point to either side.
    assert row[["lowest_possible", "highest_possible"]].tolist() == pytest.approx([51.6, 72.4])


def test_a_printed_form_without_a_limit_can_not_be_passed_on_that_side():
    # "Over 74 per cent" of members that reach at most 72; and "over 10 per cent", which may be anything above.
    rows = figures_of(74, 10).assign(lower=[74.0, 10.0], upper=np.nan)
    assert judged(rows, CLUB)["feasible"].tolist() == ["infeasible, too high", "feasible"]


def test_a_member_that_prints_only_a_limit_may_be_anything_beyond_it():
    values, people, lists = world_of({"AAA": (1, 95), "BBB": (1, 10)})
    values = values.assign(lower=[95.0, np.nan], upper=[np.nan, 10.0])
    row = aggregate_consistency(figures_of(50), values, people, lists, CEILINGS).iloc[0]
    # AAA from 95 to 100, BBB from 0 to 10.
    assert row[["lowest_possible", "highest_possible"]].tolist() == pytest.approx([47.5, 55])


def test_one_member_that_alone_forces_the_exception_is_named():
    # 90 of 100 people at 90, the others at 50: [86, 86]. At 60, only without the large one is 60 possible.
    row = judged(figures_of(60), {"BIG": (90, 90), "AAA": (5, 50), "BBB": (5, 50)}).loc[2020]
    assert (row["feasible"], row["forced_by"], row["forced_by_any_of"]) == ("infeasible, too low", "BIG", "BIG")


def test_where_each_of_several_would_do_all_of_them_are_named():
    # Thirds at 60, 66 and 72: 66. At 61 short by 4.5 less the slack; each alone frees at least 20.
    row = judged(figures_of(61), {"AAA": (1, 60), "BBB": (1, 66), "CCC": (1, 72)}).loc[2020]
    assert row["forced_by"] == "CCC"
    assert row["forced_by_any_of"] == "CCC, BBB, AAA"


def test_where_no_single_one_would_do_the_fewest_that_do_together_are_named():
    # Four quarters at 80: 80, and a figure of 30. Without one 60 is the lowest, without two 40, without three 20.
    row = judged(figures_of(30), dict.fromkeys(["AAA", "BBB", "CCC", "DDD"], (1, 80))).loc[2020]
    assert row["forced_by"] == "AAA, BBB, CCC"
    assert pd.isna(row["forced_by_any_of"])


def test_a_member_without_its_value_would_leave_more_slack_too():
    # Halves at 60, and exactly 29: short by 60 - 0.02 * 31 - 29 = 30.38. Each frees 30, and of slack 0.02 * (71 - 31) / 2 = 0.4.
    row = judged(figures_of(29, half=0), {"AAA": (1, 60), "BBB": (1, 60)}).loc[2020]
    assert (row["forced_by"], row["forced_by_any_of"]) == ("AAA", "AAA, BBB")


def test_too_high_a_figure_is_forced_by_those_with_most_room_above_them():
    row = judged(figures_of(70), {"LOW": (60, 10), "TOP": (40, 90)}).loc[2020]
    # 42 reported. Without LOW up to 96; without TOP up to 46.
    assert (row["feasible"], row["forced_by"], row["forced_by_any_of"]) == ("infeasible, too high", "LOW", "LOW")


def test_without_a_ceiling_nothing_is_too_high_while_a_member_has_no_value():
    rate = {"indicator": "rate"}
    row = judged(figures_of(500, **rate), {"AAA": (1, 80), "BBB": (1, None)}, **rate).loc[2020]
    assert (row["feasible"], row["lowest_possible"]) == ("feasible", 40)
    assert pd.isna(row["highest_possible"])
    # Once all have reported, it is; and each of them alone, the heaviest first, would have left it possible.
    row = judged(figures_of(500, **rate), {"AAA": (1, 80), "BBB": (3, 80)}, **rate).loc[2020]
    assert (row["feasible"], row["forced_by"], row["forced_by_any_of"]) == ("infeasible, too high", "BBB", "BBB, AAA")


def test_more_than_ten_members_are_counted():
    members = {f"E{number:02}": (1, 60) for number in range(13)}
    assert judged(figures_of(50), members).loc[2020, "forced_by_any_of"] is np.nan
    many = judged(figures_of(10), members).loc[2020, "forced_by"]
    # 60 less 10.5 and a slack of 1 is 48.5; each frees 60/13 and a little of slack: ten free 46.9, eleven enough.
    assert many == "E00, E01, E02, E03, E04, E05, E06, E07, E08, E09 and 1 more"


@pytest.mark.parametrize(
    ("figure", "world", "reason"),
    [
        ({"sex": "female"}, {}, "no population by sex or age is available"),
        ({"age": "15-24"}, {}, "no population by sex or age is available"),
        ({"members_vintage": None, "members_source": None}, {}, "no vintage has values of economies for that year"),
        ({"members_vintage": "8"}, {}, "no vintage has values of economies for that year"),
        ({"indicator": "rate"}, {}, "no vintage has values of economies for that year"),
        ({"list": "2001-01-01"}, {}, "the list of members of that day is not available"),
        ({"group_name": "nobody"}, {}, "the list of members of that day is not available"),
        ({}, {"people": lambda people: people.assign(year=1999)}, "no population is available for that year"),
        ({}, {"people": lambda people: people.assign(people=0)}, "no member has a population for that year"),
        ({}, {"people": lambda people: people.assign(iso3="ZZZ").head(1)}, "no member has a population for that year"),
        ({}, {"lists": lambda lists: lists.query("iso3 == 'CCC'")}, "no member has a value for that year"),
    ],
)
def test_what_can_not_be_tested_says_why_and_has_no_bounds(figure, world, reason):
    values, people, lists = world_of(CLUB)
    people, lists = world.get("people", lambda frame: frame)(people), world.get("lists", lambda frame: frame)(lists)
    row = aggregate_consistency(figures_of(60, **figure), values, people, lists, CEILINGS).iloc[0]
    assert (row["feasible"], row["reason"]) == ("not testable", reason)
    assert row[["lowest_possible", "highest_possible", "slack", "beyond", "coverage", "forced_by"]].isna().all()


def test_a_member_without_a_population_leaves_the_group_and_the_note_names_it():
    row = judged(figures_of(60), CLUB | {"NOP": (None, 10)}).loc[2020]
    assert row["note"] == "left out because there is no population: NOP"
    assert row["lowest_possible"] == pytest.approx(52)


def test_the_list_decides_who_is_a_member():
    values, people, lists = world_of(CLUB)
    lists = pd.concat([lists, pd.DataFrame({"group_name": "club", "list": "2001-12-31", "iso3": ["BBB"]})])
    both = pd.concat([figures_of(52), figures_of(52, membership="in force", list="2001-12-31")])
    found = aggregate_consistency(both, values, people, lists, CEILINGS).set_index("membership")
    assert found.loc["at publication", "feasible"] == "feasible"
    assert found.loc["in force", ["lowest_possible", "highest_possible", "feasible"]].tolist() == [40, 40, "infeasible, too high"]


def test_each_edition_of_the_members_values_is_a_test_of_its_own():
    values, people, lists = world_of(CLUB)
    later = values.assign(vintage="10", value=values["value"] / 2, lower=values["value"] / 2, upper=values["value"] / 2)
    both = pd.concat([figures_of(60), figures_of(60, members_vintage="10", members_are="first after it")])
    found = aggregate_consistency(both, pd.concat([values, later]), people, lists, CEILINGS).set_index("members_vintage")
    assert found["feasible"].to_dict() == {"9": "feasible", "10": "infeasible, too high"}
    assert found.loc["10", "highest_possible"] == pytest.approx(46)


def test_populations_of_the_largest_economies_do_not_overflow():
    members = {"CHN": (1_400_000_000, 90), "IND": (1_440_000_000, 70), "USA": (340_000_000, 95)}
    assert judged(figures_of(81), members).loc[2020, "lowest_possible"] == pytest.approx((126e9 + 100.8e9 + 32.3e9) / 3.18e9)


@pytest.mark.parametrize("which", range(4))
def test_rows_that_are_there_twice_are_refused(which):
    frames = [figures_of(60), *world_of(CLUB)]
    frames[which] = pd.concat([frames[which], frames[which].head(1)])
    with pytest.raises(ValueError, match="1 rows are there twice") as refusal:
        aggregate_consistency(*frames, CEILINGS)
    assert "\n" not in str(refusal.value)


def test_without_published_figures_there_is_nothing_to_test_and_without_the_rest_nothing_can_be():
    frames = [figures_of(60), *world_of(CLUB)]
    assert aggregate_consistency(frames[0].head(0), *frames[1:], CEILINGS).empty
    for absent in (1, 2, 3):
        found = aggregate_consistency(*[frame.head(0) if place == absent else frame for place, frame in enumerate(frames)], CEILINGS)
        assert found["feasible"].tolist() == ["not testable"]


def test_blocks_make_no_difference(monkeypatch):
    published = pd.concat([figures_of(50, 60, 74, 90), figures_of(10, 20, 70, 80, group="nobody")])
    whole = aggregate_consistency(published, *world_of(CLUB, years=4), CEILINGS)
    monkeypatch.setattr(module, "BLOCK", 3)
    pd.testing.assert_frame_equal(whole, aggregate_consistency(published, *world_of(CLUB, years=4), CEILINGS))


def test_the_inputs_are_not_changed():
    frames = [figures_of(50), *world_of(CLUB)]
    before = [frame.copy() for frame in frames]
    aggregate_consistency(*frames, CEILINGS)
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@st.composite
def clubs(draw):
    """One to five members with whole shares, some of them without a value, and at least one that reports."""
    n = draw(st.integers(1, 5))
    shares = draw(
        st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=n, max_size=n).filter(lambda row: any(v is not None for v in row))
    )
    people = draw(st.lists(st.integers(1, 1_500_000_000), min_size=n, max_size=n))
    return dict(zip(["AAA", "BBB", "CCC", "DDD", "EEE"], zip(people, shares, strict=True), strict=False))


@quick
@given(clubs(), st.data())
def test_whatever_the_missing_values_are_and_however_far_populations_are_off_the_true_figure_is_feasible(club, data):
    # To first order: half of the two per cent leaves room for what the first order leaves out.
    n = np.array([people * data.draw(st.floats(0.99, 1.01)) for people, _ in club.values()])
    p = np.array([data.draw(st.integers(0, 100)) if share is None else share for _, share in club.values()], dtype="float64")
    row = judged(figures_of((n * p).sum() / n.sum(), half=1e-6), club).loc[2020]
    assert row["feasible"] == "feasible"
    assert 0 <= row["lowest_possible"] <= row["highest_possible"] + 1e-9 <= 100 + 2e-9


@quick
@given(clubs(), st.integers(0, 100))
def test_the_members_named_are_the_fewest_without_whose_values_the_figure_would_be_possible(club, figure):
    row = judged(figures_of(figure), club).loc[2020]
    if row["feasible"] == "feasible":
        assert pd.isna(row["forced_by"])
        return

    def is_possible_without(names):
        silenced = {name: (people, None if name in names else share) for name, (people, share) in club.items()}
        return judged(figures_of(figure), silenced).loc[2020, "feasible"] in ("feasible", "not testable")

    forcing = row["forced_by"].split(", ")
    reporting = [name for name, (_, share) in club.items() if share is not None]
    assert is_possible_without(forcing)
    assert not any(is_possible_without(some) for some in combinations(reporting, len(forcing) - 1))
    each = [] if pd.isna(row["forced_by_any_of"]) else row["forced_by_any_of"].split(", ")
    assert sorted(each) == [name for name in reporting if is_possible_without([name])]


def test_the_region_of_the_middle_east_is_feasible_for_seventeen_years_and_too_low_in_2024():
    economies = economies_table()
    region = economies.loc[economies["world_bank_region"] == "Middle East, North Africa, Afghanistan & Pakistan", "iso3"]
    internet = embedded_figures("2026-07-13", "IT.NET.USER.ZS").rename(columns={"area": "iso3"})
    published = internet[(internet["iso3"] == "MEA") & (internet["year"] >= 2007)]
    figures = figures_of(*published["value"], half=0.05).assign(year=published["year"].to_numpy())
    values = internet.assign(indicator="share", locality="all", source="m", vintage="9", lower=internet["value"], upper=internet["value"])
    people = embedded_figures("2026-07-01", "SP.POP.TOTL").rename(columns={"area": "iso3", "value": "people"}).assign(locality="all")
    lists = pd.DataFrame({"group_name": "club", "list": "2026-01-01", "iso3": region})
    found = aggregate_consistency(figures, values, people, lists, CEILINGS).set_index("year")
    assert len(region) == 23
    assert found.loc[2007:2023, "feasible"].tolist() == ["feasible"] * 17
    row = found.loc[2024]
    assert row["feasible"] == "infeasible, too low"
    assert row[["lowest_possible", "highest_possible"]].round(1).tolist() == [64.6, 73.4]
    assert row["slack"] + 0.05 == pytest.approx(0.48, abs=0.005)
    assert row["forced_by"] == "PAK"


@pytest.fixture
def warehouse():
    """The tables that the two SELECTs read, empty but for one indicator and what names the groups."""
    connection = duckdb.connect()
    connection.execute(
        """
        create table observations (
            indicator varchar, area varchar, area_kind varchar, year bigint, sex varchar default 'all', locality varchar default 'all',
            age varchar default 'all', value double, lower double, upper double, source varchar, vintage varchar, published varchar
        );
        create table indicators as select 'share' as indicator, 'mean over people' as aggregation union all select 'population', 'none';
        create table groups (group_name varchar, scheme varchar, title varchar, union_of varchar);
        insert into groups values
            ('world', 'world', 'World', null), ('club', 'income', 'Club', null),
            ('wb-nac', 'world bank', 'North America (World Bank)', null), ('wb-oed', 'world bank', 'OECD members (World Bank)', null);
        create table economies as select 'AAA' as iso3, 'North America' as world_bank_region union all select 'BBB', null;
        create view editions as select distinct source, vintage, vintage <> 'undated' as is_dated from observations;
        create table vintages_of_groups (list varchar);
        create table memberships (scheme varchar, group_name varchar, iso3 varchar, valid_from varchar, valid_to varchar);
        insert into memberships values
            ('world', 'world', 'AAA', null, null), ('world', 'world', 'BBB', null, null),
            ('income', 'club', 'AAA', '2018-07-01', '2022-07-01'), ('income', 'club', 'BBB', '2020-07-01', null);
        """
    )
    made(connection, "dated_members")
    yield connection
    connection.close()


def add(connection, area, value, source, vintage, *, kind="economy", year=2021, indicator="share", sex="all"):
    """One observation of an edition published on the first day of its vintage."""
    connection.execute(
        "insert into observations (indicator, area, area_kind, year, sex, value, lower, upper, source, vintage, published) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [indicator, area, kind, year, sex, value, value, value, source, vintage, vintage],
    )


def made(connection, name):
    """What a SELECT of the project gives; it is kept as the table of its name, for those that read it."""
    query = queries.model(name)
    connection.execute(f"create or replace table {name} as {query.text}", dict(query.parameters))
    return connection.sql(f"from {name}").to_arrow_table().to_pandas()


def test_members_values_are_of_the_same_vintage_or_else_of_the_neighbours_that_have_the_year(warehouse):
    add(warehouse, "club", 50, "own", "2023", kind="group")
    add(warehouse, "AAA", 50, "own", "2023")
    for source, vintage, year in [
        ("other", "2021-11", 2021),
        ("other", "2022-11", 2021),
        ("other", "2024-11", 2021),
        ("other", "2025", 2021),
    ]:
        add(warehouse, "AAA", 50, source, vintage, year=year)
    add(warehouse, "AAA", 50, "other", "2023-01-05", year=2019)
    # Nothing says whether what has no date came out before or after a figure.
    add(warehouse, "AAA", 50, "other", "undated")
    warehouse.execute("update observations set published = '2023-06-30' where vintage = 'undated'")
    add(warehouse, "club", 50, "itu", "2023-06-30", kind="group")
    add(warehouse, "club", 50, "itu", "2023-06-30", kind="group", year=2022)
    add(warehouse, "club", 50, "itu", "2023-06-30", kind="group", sex="female")
    found = made(warehouse, "published_averages")
    found = found[found["membership"] == "at publication"].fillna("-")
    chosen = found[["source", "year", "sex", "members_source", "members_vintage", "members_are"]].to_numpy().tolist()
    assert sorted(chosen) == [
        ["itu", 2021, "all", "other", "2022-11", "last before it"],
        ["itu", 2021, "all", "other", "2024-11", "first after it"],
        ["itu", 2021, "all", "own", "2023", "last before it"],
        ["itu", 2021, "female", "-", "-", "none"],
        ["itu", 2022, "all", "-", "-", "none"],
        ["own", 2021, "all", "own", "2023", "of the same vintage"],
    ]


def test_the_list_is_that_of_the_day_of_publication_and_beside_it_that_of_the_year(warehouse):
    add(warehouse, "AAA", 50, "other", "2023")
    add(warehouse, "club", 50, "itu", "2023-06-30", kind="group")
    add(warehouse, "world", 50, "itu", "2023-06", kind="group")
    add(warehouse, "club", 50, "world-bank-wdi", "2021", kind="group")
    lists = made(warehouse, "published_averages")[["source", "group_name", "membership", "list"]].drop_duplicates()
    # The world has no dates; and the World Bank uses the list of the day for every year.
    assert sorted(lists.to_numpy().tolist()) == [
        ["itu", "club", "at publication", "2023-06-30"],
        ["itu", "club", "in force", "2021-12-31"],
        # AAA left within the year before.
        ["itu", "club", "list before", "2022-06-30"],
        ["itu", "world", "at publication", "2023-06-01"],
        ["world-bank-wdi", "club", "at publication", "2021-01-01"],
        ["world-bank-wdi", "club", "list before", "2020-06-30"],
    ]
    members = made(warehouse, "members_by_list").groupby(["group_name", "list"])["iso3"].agg(list)
    assert members["club"].to_dict() == {
        "2020-06-30": ["AAA"],
        "2021-01-01": ["AAA", "BBB"],
        "2021-12-31": ["AAA", "BBB"],
        "2022-06-30": ["AAA", "BBB"],
        "2023-06-01": ["BBB"],
        "2023-06-30": ["BBB"],
    }
    # Its regions are not known before July 2025.
    assert "wb-nac" not in members


def test_people_in_no_economy_belong_to_the_groups_whose_population_has_them(warehouse):
    for area, people, kind in [("AAA", 60, "economy"), ("BBB", 30, "economy"), ("world", 100, "group"), ("wb-nac", 70, "group")]:
        add(warehouse, area, people, "world-bank-wdi", "2026-07-01", kind=kind, indicator="population")
    add(warehouse, "club", 30, "world-bank-wdi", "2026-07-01", kind="group", indicator="population")
    made(warehouse, "published_averages")
    members = made(warehouse, "members_by_list").groupby("group_name")["iso3"].agg(list).to_dict()
    assert members == {"club": ["BBB"], "wb-nac": ["AAA", "rest of the world"], "world": ["AAA", "BBB", "rest of the world"]}


def test_what_is_infinite_is_refused():
    values, people, lists = world_of(CLUB)
    with pytest.raises(ValueError, match="published figures: 1 rows have an infinite value"):
        aggregate_consistency(figures_of(np.inf), values, people, lists, CEILINGS)
    with pytest.raises(ValueError, match="values: 2 rows have an infinite value"):
        aggregate_consistency(figures_of(60), values.assign(value=np.inf), people, lists, CEILINGS)
    with pytest.raises(ValueError, match="people: 3 rows have an infinite people"):
        aggregate_consistency(figures_of(60), values, people.assign(people=np.inf), lists, CEILINGS)
