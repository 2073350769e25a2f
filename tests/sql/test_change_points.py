"""The queries that say which points are compared, with which people, headline or benchmark, on databases worked out by hand."""

import duckdb
import pandas as pd
import pytest

from pipelines.warehouse import queries
from tests.support.editions import editions_of

USE = "individuals_using_internet"
ALL = {"sex": "all", "locality": "all", "age": "all"}
INDICATORS = pd.DataFrame(
    [(USE, "higher", "mean over people", 100.0), ("radio", "neither", "mean over people", 100.0), ("population", "neither", "none", None)],
    columns=["indicator", "better", "aggregation", "ceiling"],
)


def rows_of(name, *, undated=(), **tables):
    """What a query of `sql/` gives on the tables handed to it; every vintage of the observations is dated but those named."""
    if "observations" in tables:
        tables["editions"] = editions_of(tables["observations"], undated, ordinary_sources=("itu", "s", "a"))
    query = queries.model(name)
    with duckdb.connect() as connection:
        for table, frame in tables.items():
            connection.register(table, frame)
        return connection.execute(query.text, dict(query.parameters)).df()


def world_by_year(vintages, indicator=USE):
    """Hard bounds of the world: the years in which two thirds report, by vintage, and one more in which they do not."""
    rows = [(vintage, year, "published") for vintage, years in vintages.items() for year in years]
    rows += [(vintage, max(years) + 1, "indicative") for vintage, years in vintages.items()]
    return pd.DataFrame(rows, columns=["vintage", "year", "publishable"]).assign(
        source="s", indicator=indicator, group_name="world", membership="latest", rule="hard bounds", **ALL
    )


def said(*rows):
    """What was printed: source, vintage, published, area, year, value."""
    frame = pd.DataFrame(rows, columns=["source", "vintage", "published", "area", "year", "value"])
    kind = frame["area"].str.isupper().map({True: "economy", False: "group"})
    return frame.assign(indicator=USE, area_kind=kind, lower=frame["value"] - 0.05, upper=frame["value"] + 0.05, **ALL)


def editions(*dated):
    return pd.DataFrame(dated, columns=["edition", "published"]).assign(iso3="AAA", year=2020, locality="all", people=1.0)


def points(vintages, *printed, populations=(("p 2024", "2024"),), undated=(), **also):
    held = said(*(("s", vintage, vintage, "AAA", 2000, 1.0) for vintage in vintages), *printed)
    tables = {"aggregates": world_by_year(vintages, **also), "indicators": INDICATORS, "observations": held}
    found = rows_of("change_points", undated=undated, **tables, population_editions=editions(*populations))
    ends = ["vintage_from", "year_from", "vintage_to", "year_to"]
    return found, [tuple(row) for row in found[ends].to_numpy().tolist()]


def test_one_vintage_is_compared_with_itself_from_its_first_year_and_from_five_years_ago():
    _, ends = points({"2024": range(2010, 2021)})
    assert ends == [("2024", 2010, "2024", 2020), ("2024", 2015, "2024", 2020)]


def test_a_vintage_that_nobody_dated_is_no_point():
    _, ends = points({"2024": range(2010, 2021), "9999": range(2010, 2025)}, undated=["9999"])
    assert ends == [("2024", 2010, "2024", 2020), ("2024", 2015, "2024", 2020)]


def test_a_vintage_is_compared_with_the_next_and_with_the_newest():
    # Of 2022 and 2023 the newest common year is 2020, of both and 2024 too; in their newest years, 2020 to 2021 and 2022.
    _, ends = points({"2022": [2019, 2020], "2023": [2020, 2021], "2024": [2020, 2022]})
    assert ends == [
        ("2022", 2020, "2023", 2020), ("2022", 2020, "2023", 2021), ("2022", 2020, "2024", 2020), ("2022", 2020, "2024", 2022),
        ("2023", 2020, "2024", 2020), ("2023", 2021, "2024", 2022), ("2024", 2020, "2024", 2022),
    ]  # fmt: skip


def test_vintages_without_a_common_year_are_compared_from_newest_to_newest():
    _, ends = points({"2023": [2020], "2024": [2021]})
    assert ends == [("2023", 2020, "2024", 2021)]


@pytest.mark.parametrize(("published", "is_compared"), [("2023", True), ("2023-06", False)])
def test_a_year_whose_figure_was_printed_at_both_times_is_compared_itself(published, is_compared):
    _, ends = points({"2023": [2020], "2024": [2020, 2021]}, ("itu", "e", published, "world", 2021, 70.0))
    assert (("2023", 2021, "2024", 2021) in ends) is is_compared


def test_each_vintage_has_the_last_population_that_came_out_while_it_was_the_newest():
    populations = (("p 2021", "2021"), ("p 2022", "2022-05"), ("p 2023", "2023"), ("p 2025", "2025"))
    found, _ = points({"2022": [2020], "2023": [2020]}, populations=populations)
    assert found[["population_from", "population_to"]].drop_duplicates().to_numpy().tolist() == [["p 2022", "p 2025"]]
    # Before the first population came out, the oldest has to do.
    found, _ = points({"2020": [2019], "2023": [2019]}, populations=(("p 2024", "2024"), ("p 2025", "2025")))
    assert found["population_from"].unique().tolist() == ["p 2024"]


def test_an_indicator_of_which_neither_direction_is_better_is_not_compared():
    assert points({"2023": [2019, 2020]}, indicator="radio")[1] == []


def test_a_headline_is_the_newest_that_had_been_printed_by_then():
    held = said(
        ("s", "2023", "2023", "AAA", 2020, 1.0), ("s", "2024", "2024", "AAA", 2020, 1.0), ("itu", "old", "2022", "world", 2020, 60.0),
        ("itu", "new", "2023-11", "world", 2020, 63.0), ("itu", "late", "2025", "world", 2020, 66.0),
        ("itu", "new", "2023-11", "ldc", 2020, 30.0),
    )  # fmt: skip
    ends = pd.DataFrame(
        [{"source": "s", "indicator": USE, "vintage_from": "2023", "year_from": 2020, "vintage_to": "2024", "year_to": 2020} | ALL]
    )
    found = rows_of("printed_headlines", observations=held, change_points=ends)
    stated = [tuple(row) for row in found[["vintage", "group_name", "headline", "printed_in"]].to_numpy().tolist()]
    assert stated == [("2023", "world", 60.0, "itu old"), ("2024", "ldc", 30.0, "itu new"), ("2024", "world", 63.0, "itu new")]


def test_every_edition_of_the_population_has_its_people_and_the_rest_of_the_world():
    # Of 100 people in the world 60 and 30 live in the economies listed; the edition of one economy alone serves as no base.
    rows = [("a", "1", "AAA", 60.0), ("a", "1", "BBB", 30.0), ("a", "1", "world", 100.0), ("a", "2", "AAA", 70.0), ("a", "2", "BBB", 30.0)]
    rows += [("a", "2", "world", 100.0), ("a", "3", "AAA", 99.0)]
    frame = pd.DataFrame(rows, columns=["source", "vintage", "area", "value"]).assign(
        indicator="population", published="2024", year=2020, **ALL
    )
    frame["area_kind"] = frame["area"].map(lambda area: "group" if area == "world" else "economy")
    people = pd.DataFrame({"iso3": ["AAA", "AAA"], "year": 2020, "locality": ["all", "urban"], "people": [80.0, 20.0]})
    found = rows_of("population_editions", observations=frame, people=people)
    stated = {tuple(row[:3]): row[3] for row in found[["edition", "iso3", "locality", "people"]].to_numpy().tolist()}
    assert stated == {
        ("a 1", "AAA", "all"): 60, ("a 1", "AAA", "urban"): 15, ("a 1", "BBB", "all"): 30, ("a 1", "rest of the world", "all"): 10,
        ("a 2", "AAA", "all"): 70, ("a 2", "AAA", "urban"): 17.5, ("a 2", "BBB", "all"): 30,
    }  # fmt: skip


def test_an_edition_of_the_population_that_nobody_dated_serves_only_where_there_is_no_other():
    rows = pd.DataFrame([("a", "1", "AAA", 60.0), ("a", "2", "AAA", 70.0)], columns=["source", "vintage", "area", "value"])
    frame = rows.assign(indicator="population", published="2024", year=2020, area_kind="economy", **ALL)
    people = pd.DataFrame({"iso3": ["AAA"], "year": 2020, "locality": ["all"], "people": [80.0]})
    for undated, editions_used in ((["2"], {"a 1"}), (["1", "2"], {"a 1", "a 2"})):
        assert set(rows_of("population_editions", undated=undated, observations=frame, people=people)["edition"]) == editions_used


def test_levels_are_held_against_the_newest_vintage_that_has_the_benchmark_twice():
    held = said(
        *(("s", "2023", "2023", "world", year, 50.0 + year - 2020) for year in (2020, 2021)),
        ("s", "2024", "2024", "world", 2021, 55.0), ("s", "2023", "2023", "AAA", 2021, 40.0), ("s", "2024", "2024", "AAA", 2021, 41.0),
    )  # fmt: skip
    over = said(("s", "2023", "2023", "ldc", 2021, 95.0)).assign(lower=95.0, upper=100.0)
    reported = said().drop(columns=["area", "area_kind"]).assign(iso3=pd.Series(dtype="str"))
    aggregates = world_by_year({"2024": [2020]}).iloc[:0].assign(value=pd.Series(dtype="float64"))
    found = rows_of(
        "benchmarked_levels", indicators=INDICATORS, observations=pd.concat([held, over]), reported_values=reported, aggregates=aggregates
    )
    stated = [tuple(row) for row in found[["basis", "vintage", "benchmark", "area", "year", "value"]].to_numpy().tolist()]
    assert stated == [
        ("published", "2023", "world", "AAA", 2021, 40.0), ("published", "2023", "world", "world", 2020, 50.0),
        ("published", "2023", "world", "world", 2021, 51.0),
    ]  # fmt: skip
    # Once more with an edition that came last and has no date.
    late = said(*(("s", "9999", "9999", "world", year, 70.0) for year in (2020, 2021)))
    again = rows_of(
        "benchmarked_levels", undated=["9999"], indicators=INDICATORS, observations=pd.concat([held, over, late]),
        reported_values=reported, aggregates=aggregates,
    )  # fmt: skip
    assert again.equals(found)
