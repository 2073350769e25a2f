"""Our tables against figures that others have printed, written out here with their source; tolerances are those of the method note.

The numbers of the tests are those of its table "External results to test against"; 15 is in `test_inequality`, with the order of ties
that the note took and ours, and the examples of its sections 3.7 to 3.9 in `test_targets`, `test_change_decomposition` and
`test_data_gaps`. The
embedded vintages suffice where nothing else is said. What does not reproduce is `NOT_REPRODUCED`, with the reason, and has to go on
differing by as much: a change on either side is to be noticed.
"""

from decimal import Decimal

import pandas as pd
import pytest

from indicators import readers
from indicators.editions.observations import observations
from indicators.measures.aggregates import aggregates
from indicators.measures.time_distance import time_distance
from indicators.registries.sources import sources
from indicators.wording.intervals import Interval
from pipelines.ingest import added_files
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build
from tests.support.paths import GENUINE, SMALL, both
from tests.support.price_workbook import price_workbook

DATAHUB = GENUINE / "itu-datahub" / "individuals-using-the-internet.csv"
PRICES = GENUINE / "itu-datahub" / "ITU_ICTPriceBaskets_2008-2025.xlsx"
needs_prices = pytest.mark.skipif(not PRICES.is_file(), reason=f"ITU's price workbook is not beside the project ({PRICES})")
needs_datahub = pytest.mark.skipif(not DATAHUB.is_file(), reason=f"ITU's own country file is not beside the project ({DATAHUB})")

USE = "individuals_using_internet"
REGION = "Middle East, North Africa, Afghanistan & Pakistan"

# What is printed, what the same words come to here, and why they differ as far as that is known.
NOT_REPRODUCED = {
    "economies of low and middle income that meet either price target in 2025": (
        54,
        60,
        "the economies counted are not published; 54 is what the workbook's prices of 2024 come to by the income groups of the end of 2023",
    ),
    "low-income": (22.5, 20.1, "PRK, ERI, SSD, SDN, SYR and YEM have no public value for 2024"),
    "lower-middle-income": (58.9, 60.5, "India is 64.9 in the country data, while ITU's total implies about 61.5"),
    "itu-asia-pacific": (74.1, 75.5, "India again, and China changes its source between 2022 and 2023"),
    "itu-arab-states": (68.6, 79.6, "a quarter of the people live in economies without a value; they would have to average 35 per cent"),
    "world": (71.2, 72.7, "all of the above"),
    "European Union 2023": (90.1646, 90.2514, "printed from the release of January 2025, which is not held; later ones revised it"),
    "years by which the world is behind Sweden in 2008, fixed broadband": (
        8.0,
        7.1,
        "printed as 8 to 12 from an edition of the time; the years behind are those of the series as revised since",
    ),
}

# Facts and Figures 2025, aggregates workbook of November 2025: % using the Internet in 2024.
ITU_2024 = {
    "world": 71.2,
    "low-income": 22.5,
    "lower-middle-income": 58.9,
    "upper-middle-income": 86.9,
    "high-income": 93.0,
    "ldc": 31.4,
    "lldc": 35.6,
    "sids": 62.5,
    "itu-africa": 33.6,
    "itu-americas": 86.4,
    "itu-arab-states": 68.6,
    "itu-asia-pacific": 74.1,
    "itu-cis": 90.8,
    "itu-europe": 90.8,
}


def computed(embedded, group, year, rule="renormalised"):
    """The row of a group computed from the country data of July 2026, on the membership of the year."""
    table = embedded["aggregates"]
    table = table[(table["indicator"] == USE) & (table["vintage"] == "2026-07-13") & (table["membership"] == "in force")]
    [row] = table[(table["group_name"] == group) & (table["year"] == year) & (table["rule"] == rule)].to_dict("records")
    return row


def printed(embedded, source, vintage, area, year):
    """The published figure of a group in one vintage."""
    table = embedded["observations"]
    table = table[(table["indicator"] == USE) & (table["source"] == source) & (table["vintage"] == vintage) & (table["sex"] == "all")]
    table = table[(table["locality"] == "all") & (table["age"] == "all")]
    return table[(table["area"] == area) & (table["year"] == year)]["value"].item()


# Tests 6 and 7: groups of 2024 from public country data, published and ours both to one decimal. The World Bank's copy of July 2026
# lacks 22 economies, of which the LDCs and the SIDS miss enough to be left to ITU's own country file below.
@pytest.mark.parametrize(
    ("group", "tolerance"),
    [
        *[(group, 0.3) for group in ("high-income", "upper-middle-income", "itu-europe", "itu-americas", "lldc")],
        *[(group, 0.8) for group in ("itu-africa", "itu-cis")],
    ],
)
def test_groups_whose_members_report_come_close_to_what_itu_prints(group, tolerance, embedded):
    row = computed(embedded, group, 2024)
    assert row["publishable"] == "published"
    assert round(row["value"], 1) == pytest.approx(ITU_2024[group], abs=tolerance + 1e-9)


def country_values(path, embedded):
    """The values of economies in a country file of ITU."""
    numbers, _ = observations(
        readers.read(path.read_bytes()).rows, source=sources()["itu-datahub"], vintage="2026-04", published="2026-04", snapshot="s"
    )
    return numbers[numbers["area_kind"] == "economy"].rename(columns={"area": "iso3"})[list(embedded["reported_values"])]


@pytest.fixture(scope="module")
def from_datahub_values(embedded):
    """The values of economies in ITU's country file."""
    return country_values(DATAHUB, embedded)


@pytest.fixture(scope="module")
def from_datahub(from_datahub_values, embedded):
    """Groups computed from ITU's country file, as the product would compute them."""
    ceilings = embedded["indicators"].set_index("indicator")["ceiling"]
    table = aggregates(from_datahub_values, embedded["people"], embedded["members_by_year"], ceilings)
    table = table[(table["year"] == 2024) & (table["membership"] == "in force") & (table["rule"] == "renormalised")]
    return table.set_index("group_name")["value"]


# How a country file gives a group, on the small one: 1, 6 and 3 people of which 94.5, 37.126 and 64.4 per cent are online in 2023, and 1 of
# which nothing is reported that year: (94.5 + 6 x 37.126 + 3 x 64.4) / 10 = 51.0456 of ten in eleven people.
def test_a_group_comes_from_a_country_file_by_the_people_of_its_members(embedded):
    values = country_values(SMALL / "itu-datahub" / "individuals-using-the-internet.csv", embedded)
    people = pd.DataFrame({"iso3": ["ABW", "KEN", "NAM", "BEL"], "year": 2023, "locality": "all", "people": [1.0, 6.0, 3.0, 1.0]})
    members = people[["iso3", "year"]].assign(scheme="s", membership="in force", group_name="four")
    found = aggregates(values, people, members, embedded["indicators"].set_index("indicator")["ceiling"])
    row = found.query("rule == 'renormalised' and year == 2023").iloc[0]
    assert (row["value"], row["coverage"]) == (pytest.approx(51.0456), pytest.approx(10 / 11))


# The same from ITU's own country file, for every group of tests 6 and 7; ours as the method note gives it.
@needs_datahub
@pytest.mark.parametrize(
    ("group", "ours", "tolerance"),
    [
        ("high-income", 93.1, 0.3),
        ("upper-middle-income", 86.9, 0.3),
        ("itu-europe", 90.9, 0.3),
        ("itu-americas", 86.3, 0.3),
        ("lldc", 35.8, 0.3),
        ("ldc", 31.1, 0.3),
        ("itu-africa", 34.1, 0.8),
        ("itu-cis", 91.4, 0.8),
        ("sids", 63.2, 0.8),
    ],
)
def test_itus_country_file_gives_groups_close_to_what_itu_prints(group, ours, tolerance, from_datahub):
    value = round(from_datahub[group], 1)
    assert value == pytest.approx(ITU_2024[group], abs=tolerance + 1e-9)
    # The upper-middle-income list of the note is not stated; ours differs in the last decimal.
    assert value == pytest.approx(ours, abs=0.1 + 1e-9)


# Test 8 is not reproducible, and a close match would be suspicious: ITU fills missing values by estimates it does not publish.
@pytest.mark.parametrize("group", ["low-income", "lower-middle-income", "itu-asia-pacific", "itu-arab-states", "world"])
def test_groups_that_rest_on_unpublished_estimates_are_not_reproduced(group, embedded):
    printed_by_itu, ours, reason = NOT_REPRODUCED[group]
    assert printed_by_itu == ITU_2024[group]
    value = computed(embedded, group, 2024)["value"]
    assert abs(value - printed_by_itu) > 0.8, reason
    # Ours as the note has them, from ITU's country file; the World Bank's copy lacks 22 economies.
    assert value == pytest.approx(ours, abs=0.4), reason


# Test 9: the World Bank's release of April 2026 carries the values of the F&F 2025 workbook, 12 of 12.
@pytest.mark.parametrize(
    ("area", "in_2022", "in_2023"),
    [
        ("world", 67.0, 69.2),
        ("low-income", 21.2, 22.0),
        ("lower-middle-income", 52.3, 55.4),
        ("upper-middle-income", 82.7, 85.3),
        ("high-income", 91.0, 91.9),
        ("ldc", 28.2, 29.9),
    ],
)
def test_the_world_bank_release_of_april_2026_carries_facts_and_figures_2025(area, in_2022, in_2023, embedded):
    for year, value in ((2022, in_2022), (2023, in_2023)):
        assert printed(embedded, "world-bank-wdi", "2026-04-11", area, year) == value
        assert printed(embedded, "itu-facts-and-figures", "2025", area, year) == value


# Test 10: the release of October 2025 carries Facts and Figures 2024.
@pytest.mark.parametrize(("year", "value"), [(2022, 63.7), (2023, 65.4)])
def test_the_world_bank_release_of_october_2025_carries_facts_and_figures_2024(year, value, embedded):
    assert printed(embedded, "world-bank-wdi", "2025-10", "world", year) == value
    assert printed(embedded, "itu-facts-and-figures", "2024", "world", year) == value


# Test 11: growth of the rate, printed as 2.9 % for 2024 and 3.3 % for 2025 (Facts and Figures 2025). From 69.2, 71.2, 73.6, each to
# one decimal: 71.15/69.25 = 2.74 % to 71.25/69.15 = 3.04 %; 73.55/71.25 = 3.23 % to 73.65/71.15 = 3.51 %.
@pytest.mark.parametrize(("year", "growth"), [(2024, "2.9"), (2025, "3.3")])
def test_the_printed_growth_of_the_rate_is_what_the_printed_rates_allow(year, growth, embedded):
    half = Decimal("0.05")
    now, before = (Decimal(str(printed(embedded, "itu-facts-and-figures", "2025", "world", y))) for y in (year, year - 1))
    ratio = Interval(now - half, now + half).over(Interval(before - half, before + half))
    stated = 1 + Decimal(growth) / 100
    assert ratio.meets(Interval(stated, stated))


# Test 5: the European Union as the World Bank computes it, release of January 2025 (carried by Our World in Data); the Union of today in
# all years, the United Kingdom never, as in the World Bank's aggregates. Other releases here, so the tolerance is that of the note.
EUROPEAN_UNION = [
    *("AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN"),
    *("IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"),
]


def european_union(embedded, vintage, year):
    """The figure of the Union from its members' values of one release."""
    values = embedded["reported_values"].query("indicator == @USE and vintage == @vintage and year == @year and locality == 'all'")
    people = embedded["people"].query("locality == 'all' and year == @year").set_index("iso3")["people"]
    values = values.set_index("iso3")["value"].loc[EUROPEAN_UNION]
    return (values * people[EUROPEAN_UNION]).sum() / people[EUROPEAN_UNION].sum()


@pytest.mark.parametrize(
    ("year", "figure", "ours"),
    [(2005, 48.3475, 48.3330), (2011, 69.6419, 69.6680), (2017, 78.7162, 78.7384), (2020, 84.7697, 84.7945)],
)
def test_the_european_union_is_as_the_world_bank_computed_it(year, figure, ours, embedded):
    value = european_union(embedded, "2026-07-13", year)
    assert value == pytest.approx(figure, abs=0.08)
    assert value == pytest.approx(ours, abs=0.0002)


def test_the_european_union_of_2023_is_another_in_each_release(embedded):
    figure, ours, reason = NOT_REPRODUCED["European Union 2023"]
    assert european_union(embedded, "2025-10", 2023) == pytest.approx(90.247, abs=0.0005)
    value = european_union(embedded, "2026-07-13", 2023)
    assert value == pytest.approx(ours, abs=0.0002)
    assert abs(value - figure) > 0.08, reason


# Test 12: the share of people in towns that the totals, urban and rural figures of one edition imply, (total - rural) / (urban - rural).
def test_the_urban_shares_that_the_workbook_of_2025_implies_are_possible_and_smooth(embedded):
    table = embedded["observations"].query("source == 'itu-facts-and-figures' and vintage == '2025' and sex == 'all' and age == 'all'")
    table = table[table["indicator"] == USE].pivot(index=["area", "year"], columns="locality", values="value").dropna()
    share = ((table["all"] - table["rural"]) / (table["urban"] - table["rural"])).unstack()
    assert share.loc["world"].round(3).to_dict() == {2022: 0.557, 2024: 0.566, 2025: 0.566}
    assert share.shape == (14, 3)
    assert share.stack().between(0, 1).all()
    # The note's tolerance is for the years between which one edition was made; 2022 to 2024 are two steps, of up to 0.023.
    assert (share[2025] - share[2024]).abs().max() < 0.02
    assert (share[2024] - share[2022]).abs().max() < 2 * 0.02


@pytest.fixture(scope="module")
def region(embedded):
    """The 23 members of the World Bank's region of 2025, under every rule, and what the World Bank publishes for it, 2007 to 2024."""
    economies, values = embedded["economies"], embedded["reported_values"]
    iso3 = economies.loc[economies["world_bank_region"] == REGION, "iso3"]
    values = values[(values["indicator"] == USE) & (values["vintage"] == "2026-07-13") & values["iso3"].isin(iso3)]
    years = pd.DataFrame({"year": range(2004, 2025)})
    members = pd.DataFrame({"scheme": "world bank", "membership": "latest", "group_name": "region", "iso3": iso3}).merge(years, how="cross")
    ours = aggregates(values, embedded["people"], members, embedded["indicators"].set_index("indicator")["ceiling"])
    published = embedded["observations"].query(f"indicator == '{USE}' and vintage == '2026-07-13' and area == 'wb-mea'")
    assert (len(iso3), sorted(published["year"])) == (23, list(range(2007, 2025)))
    return ours.set_index(["rule", "year"]), values, published.set_index("year")["value"]


# Test 13, the table "Why three rules": mean absolute error and worst year of each rule against the published series, in points.
@pytest.mark.parametrize(
    ("rule", "column", "mean_error", "worst"),
    [
        ("renormalised", "value", 4.2, 19.0),
        ("hard bounds", "lower", 3.1, 13.6),
        ("interpolate and carry", "value", 1.2, 5.7),
    ],
)
def test_the_rules_miss_the_published_region_by_what_the_note_says(rule, column, mean_error, worst, region):
    ours, _, published = region
    error = (ours.loc[rule][column] - published).abs().dropna()
    assert len(error) == 18
    assert error.mean() == pytest.approx(mean_error, abs=0.05)
    # The tolerance of the note is for the means; the worst year of the renormalised rule comes out at 18.95 here, printed as 19.0.
    assert error.max() == pytest.approx(worst, abs=0.06)


def test_economies_unweighted_or_carried_without_interpolation_miss_it_by_what_the_note_says(region, embedded):
    _, values, published = region
    unweighted = (values.groupby("year")["value"].mean() - published).abs()
    assert (unweighted.mean(), unweighted.max()) == (pytest.approx(20.1, abs=0.05), pytest.approx(28.0, abs=0.05))
    people = embedded["people"].query("locality == 'all'").pivot(index="iso3", columns="year", values="people")
    carried = values.pivot(index="iso3", columns="year", values="value").reindex(columns=range(2004, 2025)).ffill(axis="columns")
    weights = people.loc[carried.index, carried.columns].where(carried.notna())
    error = ((carried * weights).sum() / weights.sum() - published).abs().dropna()
    assert (error.mean(), error.max()) == (pytest.approx(1.3, abs=0.05), pytest.approx(5.7, abs=0.05))


def test_the_region_in_2022_and_2024_is_as_the_note_prints_it(region):
    ours, _, published = region
    # 2022: published 57.8, renormalised 76.0, interpolate and carry 60.0, bounds [45.1, 85.7]; 2024: published 61.5, bounds [64.6, 73.4].
    assert (published[2022], published[2024]) == (57.8, 61.5)
    assert ours.loc[("renormalised", 2022), "value"] == pytest.approx(76.0, abs=0.05)
    assert ours.loc[("interpolate and carry", 2022), "value"] == pytest.approx(60.0, abs=0.05)
    assert ours.loc[("hard bounds", 2022), ["lower", "upper"]].tolist() == pytest.approx([45.1, 85.7], abs=0.05)
    assert ours.loc[("hard bounds", 2024), ["lower", "upper"]].tolist() == pytest.approx([64.6, 73.4], abs=0.05)


def test_pakistan_alone_is_worth_31_of_the_41_points_of_bound_in_2022(region, embedded):
    ours, values, _ = region
    row = ours.loc[("hard bounds", 2022)]
    people = embedded["people"].query("iso3 == 'PAK' and year == 2022 and locality == 'all'")["people"].item()
    assert row["upper"] - row["lower"] == pytest.approx(40.6, abs=0.05)
    assert 100 * people / row["population"] == pytest.approx(31.1, abs=0.05)
    assert values.query("iso3 == 'PAK' and year == 2022").empty


# Test 14: the world from the country data of July 2026.
def test_the_world_of_2024_is_as_the_note_computed_it(embedded):
    row = computed(embedded, "world", 2024)
    assert row["coverage"] == pytest.approx(0.967, abs=0.0005)
    assert row["value"] == pytest.approx(72.7, abs=0.05)
    assert (row["lower"], row["upper"]) == (pytest.approx(70.3, abs=0.05), pytest.approx(73.6, abs=0.05))
    # Offline 2.15 to 2.42 billion: all people less those the bounds reach.
    fewest, most = ((row["population"] - row[end]) / 1e9 for end in ("people_upper", "people_lower"))
    assert (fewest, most) == (pytest.approx(2.15, abs=0.005), pytest.approx(2.42, abs=0.005))


def test_the_bounds_of_the_world_of_2023_are_as_the_note_computed_them(embedded):
    row = computed(embedded, "world", 2023, "hard bounds")
    assert (row["lower"], row["upper"]) == (pytest.approx(66.7, abs=0.05), pytest.approx(73.4, abs=0.05))


# What ITU prints beside the shares, against our gaps of the same edition: the printed figure, to half a unit of its last digit, must meet
# the interval of the gap. Facts and Figures 2021 to 2025, as printed.
@pytest.mark.parametrize(
    ("divide", "indicator", "area", "year", "edition", "measure", "figure"),
    [
        ("sex", USE, "world", 2020, "2021", "parity", "0.92"),
        ("sex", USE, "world", 2022, "2022", "parity", "0.92"),
        ("sex", USE, "world", 2023, "2023", "parity", "0.92"),
        ("sex", USE, "world", 2024, "2024", "parity", "0.94"),
        ("sex", USE, "world", 2025, "2025", "parity", "0.92"),
        ("sex", "mobile_phone_ownership", "world", 2024, "2024", "parity", "0.93"),
        ("sex", "mobile_phone_ownership", "world", 2025, "2025", "parity", "0.90"),
        ("age", USE, "world", 2020, "2021", "ratio", "1.24"),
        ("locality", USE, "world", 2022, "2025", "ratio", "1.6"),
        ("locality", USE, "world", 2023, "2023", "ratio", "1.6"),
        ("locality", USE, "world", 2024, "2024", "ratio", "1.7"),
        ("locality", USE, "world", 2025, "2025", "ratio", "1.5"),
        ("locality", USE, "itu-africa", 2023, "2023", "ratio", "2.5"),
        ("locality", USE, "itu-africa", 2024, "2024", "ratio", "2.5"),
        ("locality", USE, "itu-africa", 2025, "2025", "ratio", "2.6"),
        ("locality", USE, "itu-europe", 2025, "2025", "ratio", "1.1"),
        ("locality", USE, "high-income", 2025, "2025", "ratio", "1.1"),
    ],
)
def test_a_printed_ratio_lies_in_what_the_shares_of_its_edition_allow(divide, indicator, area, year, edition, measure, figure, embedded):
    table = embedded["gaps"].query("basis == 'published' and source == 'itu-facts-and-figures'")
    table = table[(table["divide"] == divide) & (table["indicator"] == indicator) & (table["area"] == area)]
    [gap] = table[(table["year"] == year) & (table["vintage"] == edition)].to_dict("records")
    low, high = gap["ratio_lower"], gap["ratio_upper"]
    if measure == "parity":  # women over men, the inverse of our ratio
        low, high = 1 / high, 1 / low
    half = 0.5 * 10 ** -len(figure.partition(".")[2])
    assert low <= float(figure) + half
    assert high >= float(figure) - half


# ---- revisions, as counted in the files of consecutive vintages by others


def test_the_world_development_indicators_rewrote_internet_use_between_october_2025_and_april_2026(embedded):
    between = embedded["revisions"].query("source == 'world-bank-wdi' and vintage_from == '2025-10' and vintage_to == '2026-04-11'")
    economies = between.query("area_kind == 'economy'")
    moved = economies["change"].abs() > 0.05
    assert (moved.sum(), (economies["kind"] == "withdrawn").sum(), (economies["kind"] == "new").sum()) == (293, 52, 54)
    assert economies["change"].abs()[moved].median() == pytest.approx(2.8, abs=0.05)
    assert economies["change"].abs().max() == pytest.approx(24, abs=0.5)
    assert (between.query("area_kind == 'group'")["kind"] == "changed").sum() == 213
    world = between.query("area == 'world'").set_index("year")
    assert world.loc[[2022, 2023], "value_from"].tolist() == [63.7, 65.4]
    assert world.loc[[2022, 2023], "value_to"].round(1).tolist() == [67.0, 69.2]


# Of the genuine refreshes 4,125 of 5,176 cells differ as text, for one has six digits and the next all of them. So it is in the small ones,
# where one figure of Nepal is corrected, one of Namibia is new and one of ten groups is withdrawn; Aruba's of 2024 is of a year that the
# first does not cover. Of the genuine economies 162 numbers are in the second file alone: 151 of 2024, which the first has for groups only,
# and 11 of 2023, which are new.
@pytest.mark.parametrize(
    ("path", "counts", "of_nepal"),
    both(
        "wdi-long/dh_it.net.bbnd.p2_20260401.csv",
        [(1, 1, 1), (4.81, 8.5)],
        [(39, 11, 19), (4.83, 8.52)],
    ),
)
def test_three_refreshes_of_fixed_broadband_differ_in_their_digits_and_in_few_figures(path, counts, of_nepal, tmp_path):
    store, warehouse = SnapshotStore(tmp_path / "none", tmp_path / "snapshots"), Warehouse(tmp_path / "build.duckdb")
    added_files.add(store, sorted(path.parent.glob("dh_it.net.bbnd.p2_*.csv")))
    with warehouse.held():
        build_tables.make_with_inputs(Build(warehouse, store), "revisions", "current_observations")
        revisions = warehouse.read("revisions")
        current = warehouse.read("current_observations")
    changed, new, gone = counts
    assert revisions.groupby(["vintage_to", "area_kind", "kind"]).size().to_dict() == {
        ("2026-05-01", "economy", "changed"): changed,
        ("2026-05-01", "economy", "new"): new,
        ("2026-07-01", "group", "withdrawn"): gone,
    }
    assert set(revisions.query("kind == 'withdrawn'")["area"]) == {"wb-fcs"} == {"wb-fcs"} - set(current["area"])
    largest = revisions.loc[revisions["change"].abs().idxmax()]
    assert (largest["area"], largest["year"]) == ("NPL", 2022)
    assert [largest["value_from"], largest["value_to"]] == [pytest.approx(value, abs=0.005) for value in of_nepal]


# ---- prices of December 2025, against Facts and Figures 2025


def prices_in(content):
    """The prices of a workbook of ITU."""
    published = readers.read(content)
    found, _ = observations(
        published.rows, source=sources()["itu-price-baskets"], vintage="2025-12-02", published=published.dated, snapshot="prices"
    )
    return found


@pytest.fixture(scope="module")
def prices():
    return prices_in(PRICES.read_bytes())


@pytest.fixture(scope="module")
def small_prices():
    return prices_in(price_workbook())


FIXED, MOBILE = "price_fixed_broadband_basket", "price_data_only_mobile_broadband_basket_5gb"


TWO_GB, LOW_USAGE = "price_data_only_mobile_broadband_basket_2gb", "price_mobile_cellular_low_usage_basket"


def of_economies(prices, basket, year):
    """The prices of one basket and year by economy, percent of GNI per capita."""
    return prices.query("indicator == @basket and year == @year and area_kind == 'economy'").set_index("area")["value"]


def of_group(prices, basket, year, group, embedded, listed_in=None):
    """The prices of the members of a group, by the list in force at the end of a year."""
    listed_in = listed_in or year
    members = embedded["members_by_year"].query("membership == 'in force' and group_name == @group and year == @listed_in")
    values = of_economies(prices, basket, year)
    return values[values.index.isin(members["iso3"])]


ONE_AND_A_HALF_GB = "price_data_only_mobile_broadband_basket_1_5gb"


# How economies are counted, on the small workbook: those at most and below 2 per cent, all, and the median, by basket and year.
@pytest.mark.parametrize(
    ("basket", "year", "meeting", "of", "below", "median"),
    [
        (FIXED, 2025, 3, 7, 2, 2.4),  # 0.5 0.7 2 2.4 12 26 29
        (FIXED, 2024, 3, 7, 3, 2.5),  # 0.5 0.7 1.9 2.5 12.5 28 30
        (FIXED, 2022, 3, 7, 2, 2.8),  # 0.6 0.8 2 2.8 14 33 35
        (FIXED, 2021, 2, 6, 2, 2.6),  # 0.7 0.8 2.2 3 15 38: between 2.2 and 3
        (FIXED, 2020, 2, 6, 2, 2.75),  # 0.7 0.9 2.4 3.1 16 40: between 2.4 and 3.1
        (MOBILE, 2025, 4, 7, 4, 1.8),  # 0.2 0.4 1 1.8 3 6.6 7
        (MOBILE, 2024, 3, 5, 3, 1.2),  # 0.3 0.4 1.2 3.2 6.8
        (TWO_GB, 2021, 4, 7, 4, 1.6),  # 0.3 0.3 1.3 1.6 2.1 8 9
        (TWO_GB, 2022, 5, 7, 4, 1.5),  # 0.3 0.3 1.2 1.5 2 7.5 8.5
        (TWO_GB, 2023, 5, 6, 5, 1.15),  # 0.2 0.3 1.1 1.2 1.9 8: between 1.1 and 1.2
        (TWO_GB, 2024, 4, 6, 4, 1.45),  # 0.2 0.3 1.1 1.8 7 7.5: between 1.1 and 1.8
        (LOW_USAGE, 2024, 4, 7, 4, 1),  # 0.2 0.3 0.9 1 2.2 5 6
        (ONE_AND_A_HALF_GB, 2020, 3, 7, 3, 2.1),  # 0.4 0.4 1.8 2.1 2.6 10 11
    ],
)
def test_economies_and_their_median_are_counted_in_a_price_workbook(basket, year, meeting, of, below, median, small_prices):
    values = of_economies(small_prices, basket, year)
    assert ((values <= 2).sum(), len(values), (values < 2).sum()) == (meeting, of, below)
    assert ((values > 2).sum(), values.median()) == (of - meeting, pytest.approx(median))


# Medians of the two economies of each income group: 2025 5 GB 2.4 of 3 and 1.8, 6.8 of 6.6 and 7, 0.3 of 0.2 and 0.4; and so on.
@pytest.mark.parametrize(
    ("basket", "year", "group", "median"),
    [
        *((MOBILE, 2025, "high-income", 0.3), (MOBILE, 2025, "lower-middle-income", 2.4), (MOBILE, 2025, "low-income", 6.8)),
        *((FIXED, 2022, "high-income", 0.7), (FIXED, 2022, "lower-middle-income", 8.4), (FIXED, 2022, "low-income", 34)),
        *((TWO_GB, 2022, "high-income", 0.3), (TWO_GB, 2022, "lower-middle-income", 1.6), (TWO_GB, 2022, "low-income", 8)),
        *((FIXED, 2024, "high-income", 0.6), (LOW_USAGE, 2024, "low-income", 5.5)),
    ],
)
def test_the_median_of_an_income_group_is_that_of_its_members_in_a_price_workbook(basket, year, group, median, small_prices, embedded):
    assert of_group(small_prices, basket, year, group, embedded).median() == pytest.approx(median)


def test_economies_that_meet_the_target_with_either_basket_are_counted_once_in_a_price_workbook(small_prices, embedded):
    # 2025: Brazil with both, India with 5 GB alone. 2024: Brazil with both; India has no price of 5 GB, and 2.5 of fixed broadband.
    assert meeting_either(small_prices, MOBILE, 2025, embedded, listed_in=2025) == 2
    assert meeting_either(small_prices, MOBILE, 2024, embedded, listed_in=2023) == 1


# Test 1 and 2; as printed 88 of 195 and "ten more" than 2024; 130 of 205 and "six more", where the workbook has one economy more and
# 123 in 2024, one less. The target is met at exactly 2 per cent.
@needs_prices
@pytest.mark.parametrize(
    ("basket", "year", "meeting", "of", "below"),
    [(FIXED, 2025, 88, 195, 87), (FIXED, 2024, 78, 195, 78), (MOBILE, 2025, 131, 206, 131), (MOBILE, 2024, 123, 204, 123)],
)
def test_as_many_economies_meet_the_price_target_of_two_per_cent(prices, basket, year, meeting, of, below):
    values = of_economies(prices, basket, year)
    assert ((values <= 2).sum(), len(values), (values < 2).sum()) == (meeting, of, below)


# Test 3. Facts and Figures 2025: mobile from 1.5 to 1.4, fixed broadband 2.5 in both years. Of 2024 that is not what the workbook's own
# economies come to, 2.60, nor what it prints for the world, 2.57.
@needs_prices
@pytest.mark.parametrize(("basket", "year", "printed"), [(MOBILE, 2024, 1.5), (MOBILE, 2025, 1.4), (FIXED, 2025, 2.5)])
def test_the_median_over_economies_is_the_one_printed(prices, basket, year, printed):
    assert of_economies(prices, basket, year).median() == pytest.approx(printed, abs=0.05)


@needs_prices
@pytest.mark.parametrize(("group", "times"), [("lower-middle-income", 7), ("low-income", 22)])
def test_the_mobile_basket_weighs_as_many_times_as_printed_on_poorer_economies(group, times, prices, embedded):
    ratio = of_group(prices, MOBILE, 2025, group, embedded).median() / of_group(prices, MOBILE, 2025, "high-income", embedded).median()
    assert round(ratio) == times


def meeting_either(prices, mobile, year, embedded, listed_in):
    """The economies of low and middle income that meet the target with either basket."""
    groups = ("low-income", "lower-middle-income", "upper-middle-income")
    meeting = set()
    for basket in (mobile, FIXED):
        for group in groups:
            values = of_group(prices, basket, year, group, embedded, listed_in)
            meeting |= set(values.index[values <= 2])
    return len(meeting)


# Test 4.
@needs_prices
def test_the_count_of_economies_that_meet_either_price_target_is_not_reproduced(prices, embedded):
    printed_by_itu, ours, reason = NOT_REPRODUCED["economies of low and middle income that meet either price target in 2025"]
    assert meeting_either(prices, MOBILE, 2025, embedded, listed_in=2025) == ours, reason
    assert meeting_either(prices, MOBILE, 2025, embedded, listed_in=2024) == 61
    assert meeting_either(prices, MOBILE, 2024, embedded, listed_in=2023) == printed_by_itu


# ---- Test 16: Sicherl's "between 8 to 12 years" behind Sweden in 2008, for mobile telephones, the Internet and fixed broadband.


@pytest.mark.parametrize("indicator", ["mobile_cellular_subscriptions", "fixed_broadband_subscriptions"])
def test_how_many_years_the_world_was_behind_sweden_in_2008(indicator, embedded):
    world = embedded["aggregates"].query("indicator == @indicator and group_name == 'world' and membership == 'latest' and year == 2008")
    [level] = world.loc[
        world["rule"] == "renormalised", ["source", "vintage", "indicator", "sex", "locality", "age", "year", "value"]
    ].to_dict("records")
    sweden = embedded["reported_values"].query("indicator == @indicator and iso3 == 'SWE'").rename(columns={"iso3": "area"})
    levels = pd.concat([sweden, pd.DataFrame([level | {"area": "world"}])]).assign(basis="computed", benchmark="SWE")
    [behind] = time_distance(levels, pd.Series({indicator: "higher"})).to_dict("records")
    if indicator == "mobile_cellular_subscriptions":
        # Sweden was past the 59 per 100 of the world before its series begins, in 2000: at least 8 years.
        assert (behind["lower"], pd.isna(behind["upper"])) == (8, True)
    else:
        least, ours, reason = NOT_REPRODUCED["years by which the world is behind Sweden in 2008, fixed broadband"]
        assert behind["years_behind"] == pytest.approx(ours, abs=0.05)
        assert behind["years_behind"] < least - 0.5, reason


@needs_datahub
def test_the_world_was_at_least_eight_years_behind_sweden_online_in_2008(from_datahub_values, embedded):
    sweden = from_datahub_values.query("iso3 == 'SWE'").set_index("year")["value"]
    people = embedded["people"].query("locality == 'all' and year == 2008").set_index("iso3")["people"]
    values = from_datahub_values.query("year == 2008").set_index("iso3")["value"]
    weights = people.reindex(values.index)
    level = (values * weights).sum() / weights.sum()
    # 22.8 per cent; Sweden had 45.7 in 2000, where the series of the file begins.
    assert level == pytest.approx(22.8, abs=0.05)
    assert (sweden.index.min(), sweden[2000] > 2 * level - 1) == (2000, True)


# ---- printed by others than the method note names


# Facts and Figures 2022, affordability of ICT services (itu.int, November 2022): 103 and 71 economies meet the target, seven more each than
# in 2021; medians 1.9 and 1.5 (mobile, 2 GB), 3.5 and 3.2 (fixed broadband).
@needs_prices
@pytest.mark.parametrize(
    ("basket", "year", "meeting", "median"),
    [(TWO_GB, 2021, 96, 1.9), (TWO_GB, 2022, 103, 1.5), (FIXED, 2021, 64, 3.5), (FIXED, 2022, 71, 3.2)],
)
def test_prices_of_2021_and_2022_are_as_facts_and_figures_2022_prints_them(basket, year, meeting, median, prices):
    values = of_economies(prices, basket, year)
    assert (values <= 2).sum() == meeting
    assert values.median() == pytest.approx(median, abs=0.0501)


# The same page: "nearly 10 times as much in lower-middle-income economies and nearly 30 times in low-income", said of the mobile basket.
@needs_prices
@pytest.mark.parametrize(("group", "times", "of_mobile"), [("lower-middle-income", 10, 6.5), ("low-income", 30, 21.2)])
def test_the_ratios_printed_for_the_mobile_basket_of_2022_are_those_of_fixed_broadband(group, times, of_mobile, prices, embedded):
    def ratio(basket):
        return of_group(prices, basket, 2022, group, embedded).median() / of_group(prices, basket, 2022, "high-income", embedded).median()

    assert 0.95 * times <= ratio(FIXED) < times
    assert ratio(TWO_GB) == pytest.approx(of_mobile, abs=0.05)


# ITU, The affordability of ICT services 2024, pages 18 and 23: low-usage basket 0.9 in the world, 5.2 in low-income economies; fixed
# broadband 1 per cent in high-income economies. Facts and Figures 2024: mobile basket 1.1.
@needs_prices
@pytest.mark.parametrize(
    ("basket", "group", "median"),
    [(LOW_USAGE, None, 0.9), (LOW_USAGE, "low-income", 5.2), (FIXED, "high-income", 1.0), (TWO_GB, None, 1.1)],
)
def test_medians_of_2024_are_as_itu_prints_them(basket, group, median, prices, embedded):
    values = of_group(prices, basket, 2024, group, embedded) if group else of_economies(prices, basket, 2024)
    assert values.median() == pytest.approx(median, abs=0.05)


# ITU's brief on affordability in 2020, as reported by others: above the target are 84 economies, "45 per cent", with the mobile basket of
# 1.5 GB and 111 with fixed broadband.
@needs_prices
@pytest.mark.parametrize(("basket", "above", "share"), [(ONE_AND_A_HALF_GB, 84, 45), (FIXED, 111, None)])
def test_as_many_economies_were_above_the_price_target_in_2020_as_printed(basket, above, share, prices):
    values = of_economies(prices, basket, 2020)
    assert (values > 2).sum() == above
    assert share is None or round(100 * (values > 2).mean()) == share


# Printed in 2023 and 2024, and collected again since: the workbook of December 2025 has more economies and other prices for those years.
@needs_prices
@pytest.mark.parametrize(
    ("basket", "year", "what", "printed", "ours"),
    [
        (TWO_GB, 2023, "economies", 188, 207),
        (TWO_GB, 2023, "meeting", 114, 126),
        (TWO_GB, 2023, "median", 1.3, 1.23),
        (FIXED, 2023, "economies", 178, 194),
        (FIXED, 2023, "meeting", 71, 79),
        (FIXED, 2023, "median", 2.9, 2.675),
        (FIXED, 2024, "median", 2.5, 2.6),
    ],
)
def test_prices_that_were_collected_again_are_no_longer_those_printed(basket, year, what, printed, ours, prices):
    values = of_economies(prices, basket, year)
    found = {"economies": len(values), "meeting": (values <= 2).sum(), "median": values.median()}[what]
    assert found == pytest.approx(ours, abs=0.005)
    assert abs(found - printed) > 0.05


# Subscriptions in the world, our mean over people times all people. ITU: The World in 2010 (5.3 billion mobile in 2010), ICT Facts and
# Figures 2015 (738 million in 2000, "more than 7 billion" in 2015), Statshots of 2010 (4.6 billion at the end of 2009; 216 and 479 million
# fixed broadband at the end of 2005 and 2009). The editions of the time are not held: within 2.5 per cent.
@pytest.mark.parametrize(
    ("indicator", "year", "millions"),
    [
        ("mobile_cellular_subscriptions", 2000, 738),
        ("mobile_cellular_subscriptions", 2009, 4600),
        ("mobile_cellular_subscriptions", 2010, 5300),
        ("mobile_cellular_subscriptions", 2015, 7000),
        ("fixed_broadband_subscriptions", 2009, 479),
    ],
)
def test_subscriptions_in_the_world_come_to_what_itu_counted(indicator, year, millions, embedded):
    table = embedded["aggregates"].query("indicator == @indicator and group_name == 'world' and membership == 'latest' and year == @year")
    [row] = table[table["rule"] == "renormalised"].to_dict("records")
    assert row["value"] / 100 * row["population"] / 1e6 == pytest.approx(millions, rel=0.025)


# Fixed broadband of 2021 in Facts and Figures 2021, an estimate of the same year, and subscriptions of 2024 in the edition of 2024.
@pytest.mark.parametrize(
    ("indicator", "group", "year", "printed", "tolerance"),
    [
        ("fixed_broadband_subscriptions", "world", 2021, 17, 0.5),
        ("fixed_broadband_subscriptions", "ldc", 2021, 1.4, 0.2),
        ("fixed_broadband_subscriptions", "low-income", 2024, 0.5, 0.1),
        ("fixed_broadband_subscriptions", "high-income", 2024, 38, 0.5),
        ("mobile_cellular_subscriptions", "high-income", 2024, 138, 0.5),
    ],
)
def test_subscriptions_per_100_people_are_as_printed(indicator, group, year, printed, tolerance, embedded):
    assert subscriptions(embedded, indicator, group, year) == pytest.approx(printed, abs=tolerance)


# The same editions, where the country data of July 2026 say otherwise. The mobile ones were revised: the edition of 2025 prints 92 for
# Africa, 159 for the CIS. Why two lines of fixed broadband per 100 people in Africa are printed is not known; its largest economy has 0.1.
@pytest.mark.parametrize(
    ("indicator", "group", "year", "printed", "ours"),
    [
        ("mobile_cellular_subscriptions", "world", 2021, 110, 106.6),
        ("mobile_cellular_subscriptions", "world", 2024, 112, 110.2),
        ("mobile_cellular_subscriptions", "itu-africa", 2024, 98, 90.7),
        ("mobile_cellular_subscriptions", "itu-cis", 2024, 147, 154.4),
        ("mobile_cellular_subscriptions", "low-income", 2024, 71, 67.0),
        ("fixed_broadband_subscriptions", "itu-africa", 2024, 2, 0.9),
    ],
)
def test_subscriptions_per_100_people_that_are_no_longer_those_printed(indicator, group, year, printed, ours, embedded):
    value = subscriptions(embedded, indicator, group, year)
    assert value == pytest.approx(ours, abs=0.05)
    assert abs(value - printed) > 0.5


# The World Bank's own figures of the release of July 2026, against its members' values carried: the world within a few hundredths.
@pytest.mark.parametrize("year", range(2020, 2025))
def test_the_world_bank_and_we_make_the_same_of_fixed_broadband(year, embedded):
    table = embedded["observations"].query("indicator == 'fixed_broadband_subscriptions' and vintage == '2026-07-01' and area == 'world'")
    figure = table.set_index("year").loc[year, "value"]
    assert subscriptions(embedded, "fixed_broadband_subscriptions", "world", year) == pytest.approx(figure, abs=0.03)


def subscriptions(embedded, indicator, group, year):
    """Subscriptions per 100 people of a group by the list in force, values of July 2026 carried."""
    table = embedded["aggregates"].query(
        "indicator == @indicator and vintage == '2026-07-01' and membership == 'in force' and year == @year"
    )
    return table[(table["group_name"] == group) & (table["rule"] == "interpolate and carry")]["value"].item()


# Which income groups the subscriptions of that release stand on is not printed. Its figures of 2015 to 2024 are those of the groups in
# force until June 2026, on average within 0.12; by the groups of its own day, 1 July 2026, they are off by points.
@pytest.mark.parametrize(("group", "before", "of_its_day"), [("lower-middle-income", 0.12, 3.5), ("upper-middle-income", 0.04, 1.0)])
def test_mobile_subscriptions_by_income_stand_on_the_groups_before_those_of_their_day(group, before, of_its_day, embedded):
    named = "indicator == 'mobile_cellular_subscriptions' and vintage == '2026-07-01' and 2015 <= year <= 2024"
    values = embedded["reported_values"].query(named).merge(embedded["people"].query("locality == 'all'"), on=["iso3", "year"])
    figures = embedded["observations"].query(f"{named} and area == @group").set_index("year")["value"]
    lists = embedded["members_by_year"].query("group_name == @group and year == 2025")
    for membership, expected in (("in force", before), ("latest", of_its_day)):
        members = values[values["iso3"].isin(lists.loc[lists["membership"] == membership, "iso3"])]
        sums = members.assign(product=members["value"] * members["people"]).groupby("year")[["product", "people"]].sum()
        assert (sums["product"] / sums["people"] - figures).abs().mean() == pytest.approx(expected, abs=0.05)


# Facts and Figures 2019 to 2025: how many people use the Internet, and how many do not, in billions, as printed beside the rate. The rate
# with one decimal times the population of July 2026, which counts more people than the editions of the time did.
@pytest.mark.parametrize(
    ("edition", "year", "online", "offline"),
    [
        ("2023", 2023, 5.4, 2.6),
        ("2024", 2023, None, 2.8),
        ("2024", 2024, 5.5, 2.6),
        ("2025", 2023, 5.6, None),
        ("2025", 2024, 5.8, 2.3),
        ("2025", 2025, 6, 2.2),
    ],
)
def test_the_printed_counts_of_people_are_those_of_the_printed_rates(edition, year, online, offline, embedded):
    population = embedded["people"].query("locality == 'all' and year == @year")["people"].sum() / 1e9
    rate = printed(embedded, "itu-facts-and-figures", edition, "world", year)
    for share, count in ((rate, online), (100 - rate, offline)):
        if count:
            least, most = ((share + way * 0.05) / 100 * population for way in (-1, 1))
            half = 0.5 if count == 6 else 0.05
            assert least <= count + half
            assert most >= count - half


# Growth of the rate in other editions: 3.5 and 4.7 % (Facts and Figures 2023, for 2022 and 2023), from 62.2, 64.4 and 67.4.
@pytest.mark.parametrize(("year", "growth"), [(2022, "3.5"), (2023, "4.7")])
def test_the_growth_that_the_edition_of_2023_prints_is_that_of_its_own_rates(year, growth, embedded):
    half = Decimal("0.05")
    now, before = (Decimal(str(printed(embedded, "itu-facts-and-figures", "2023", "world", y))) for y in (year, year - 1))
    ratio = Interval(now - half, now + half).over(Interval(before - half, before + half))
    stated = 1 + Decimal(growth) / 100
    assert ratio.meets(Interval(stated - Decimal("0.0005"), stated + Decimal("0.0005")))


# "An increase of 227 million on the revised figure of 2023" (Facts and Figures 2024), and 1.7 billion since 2018 (2023), each from the
# rates of its own edition: 67.6 less 65.4, and 67.4 less 48.6.
@pytest.mark.parametrize(
    ("edition", "since", "until", "millions", "half"), [("2024", 2023, 2024, 227, 0.5), ("2023", 2018, 2023, 1700, 50)]
)
def test_new_users_are_the_difference_of_the_rates_of_one_edition(edition, since, until, millions, half, embedded):
    ends = []
    for year in (since, until):
        population = embedded["people"].query("locality == 'all' and year == @year")["people"].sum() / 1e6
        rate = printed(embedded, "itu-facts-and-figures", edition, "world", year)
        ends.append([(rate + way * 0.05) / 100 * population for way in (-1, 1)])
    assert ends[1][0] - ends[0][1] <= millions + half
    assert ends[1][1] - ends[0][0] >= millions - half


# Groups of 2023 in Facts and Figures 2023, as reported by others, against the country data of July 2026: where the members' values were
# not revised much they agree, and Africa, whose were, does not: 37.1 then, 33.0 now.
@pytest.mark.parametrize(("group", "figure", "tolerance"), [("itu-europe", 90.5, 0.9), ("itu-cis", 89.1, 0.9), ("itu-americas", 86.9, 1.6)])
def test_groups_of_2023_come_close_to_what_was_printed_that_year(group, figure, tolerance, embedded):
    assert computed(embedded, group, 2023)["value"] == pytest.approx(figure, abs=tolerance)


def test_africa_of_2023_is_four_points_below_what_was_printed_that_year(embedded):
    assert computed(embedded, "itu-africa", 2023)["value"] == pytest.approx(37.1 - 4.1, abs=0.05)
