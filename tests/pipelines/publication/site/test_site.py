"""What every page promises: its links lead somewhere, it reads well without eyes, loads nothing from elsewhere, takes nothing for zero."""

import itertools
import json
import re
from urllib.parse import urldefrag

import duckdb
import pandas as pd
import pytest

from indicators.charts import registry
from indicators.claims import resolution
from indicators.claims.unmeasured_topics import unmeasured
from indicators.contracts.tables import TABLES, conform
from indicators.registries import crosswalk
from indicators.registries.catalogue import indicators_table
from indicators.registries.sources import sources_table
from pipelines.publication.site import (
    build,
    front_page,
    line_chart,
    register_pages,
    search_index,
    strip_chart,
    verdict_history_chart,
)
from pipelines.publication.site.environment import NAVIGATION
from pipelines.settings import PROJECT
from pipelines.warehouse.database import read_published
from tests.pipelines.publication.site.test_front_page import ABOUT, Reading, standing
from tests.support.editions import editions_of

WDI, FACTS = "world-bank-wdi", "itu-facts-and-figures"
CLAIMS = resolution.claims_table(resolution.load_claims())


def number(area, year, value, **more):
    about = {"indicator": "individuals_using_internet", "area": area, "area_kind": "economy", "year": year, "value": value, "unit": "%"}
    about |= {"sex": "all", "locality": "all", "age": "all", "source": WDI, "vintage": "2025-10", "nature": "unknown"}
    about |= {"printed": f"{value}", "licence": "CC BY 4.0", "snapshot": f"{WDI}/2025-10/a.csv"}
    return about | more


OF_FACTS = {"source": FACTS, "vintage": "2025", "snapshot": f"{FACTS}/2025/a.csv", "area_kind": "group", "nature": "estimate"}
NUMBERS = [
    *(number("CIV", 2018 + place, value) for place, value in enumerate([30.0, 35.5, 40.25, 44.0])),
    number("LAO", 2021, 0.0),
    number("world", 2025, 73.6, **OF_FACTS),
    *(number("low-income", year, value, area_kind="group") for year, value in ((2018, 10.0), (2019, 12.0), (2020, 15.0))),
]
#: Our own estimate where the vintage prints none: 44.0 of Côte d'Ivoire, nought of the Lao People's Democratic Republic.
ESTIMATE = {"source": WDI, "vintage": "2025-10", "indicator": "individuals_using_internet", "group_name": "low-income", "year": 2021}
ESTIMATE |= {
    "sex": "all",
    "locality": "all",
    "age": "all",
    "value": 35.2,
    "lower": 30.0,
    "upper": 41.0,
    "coverage": 0.6,
    "mean_error": 1.25,
}
ESTIMATE |= {"publishable": "indicative", "list": "2025-10-07", "nature": "own estimate", "largest_error": 2.5}
REVIEW = {"indicator": "individuals_using_internet", "economies": 2, "share_of_people": 0.87, "share_of_people_recent": 0.85, "groups": 3}
REVIEW |= {"headline_year": 2021.0, "newest_year": 2021.0, "share_unknown": 1.0, "share_moved": 0.18, "median_move": 2.7, "vintages": 2}
REVIEW |= {"finding": "Two of three have a value.", "evidence": "wide and recent"}
CHARTS = pd.DataFrame(
    {
        "chart": chart,
        "title": f"What {chart} shows",
        "subtitle": "Per cent",
        "alt": "Lines.",
        "source": "Source: ITU",
        "licence": "CC BY 4.0",
    }
    for chart in ("internet_use_over_time", "internet_use_by_economy", "gap_by_sex", "data_gaps_by_group")
)
SNAPSHOTS = [
    {
        "snapshot": f"{source}/{vintage}/a.csv",
        "source": source,
        "vintage": vintage,
        "file": "a.csv",
        "published": published,
        "is_dated": True,
    }
    | {"layout": "embedded", "bytes": 5, "sha256": "0" * 64, "licence": "CC BY 4.0", "citation": "Cite", "rows": 10}
    | {"without_value": 0, "repaired": 0}
    for source, vintage, published in ((WDI, "2025-10", "2025-10-07"), (FACTS, "2025", "2025-11-17"), (FACTS, "2024", "2024-11"))
]
VERDICT = {"claim": "online-urban", "basis": "published", "source": FACTS, "year": 2025, "margin": -0.4, "explanation": "Why."}
VERDICT |= {"value": 85.4, "lower": 85.35, "upper": 85.45, "verdict": "not supported", "vintage": "2025", "published": "2025-11-17"}
THEN = {"moment": "history", "vintage": "2024", "published": "2024-11", "year": 2024, "value": 83.0, "lower": 82.5, "upper": 83.5}


def world():
    """Return a world of three economies, one of them without a figure, and two groups, one of them without members."""
    economies = [("CIV", "Côte d’Ivoire"), ("LAO", 'Lao "People’s" & <Republic>'), ("TKL", "Tokelau")]
    groups = [("world", "world", "World"), ("low-income", "income", "Low-income economies"), ("wb-sas", "wb region", "South Asia")]
    members = [("world", "world", iso3) for iso3, _ in economies] + [("income", "low-income", "CIV"), ("income", "low-income", "LAO")]
    observed = pd.DataFrame([*NUMBERS, number("wb-sas", 2021, 12.0, area_kind="group")])
    said_before = pd.DataFrame([number("world", 2024, 83.0, locality="urban", **OF_FACTS | {"vintage": "2024"})])
    published = pd.DataFrame(SNAPSHOTS)[["source", "vintage", "published"]]
    gap = {"rank": 1, "rank_in_indicator": 1, "indicator": "individuals_using_internet", "iso3": "TKL", "sex": "all", "locality": "all"}
    gap |= {"age": "all", "reference_year": 2021, "bounds_shrink_by": 2.5, "world_bound_shrinks_by": 2.5}
    revision = number("CIV", 2020, 0.0) | {"vintage_from": "2025-01", "vintage_to": "2025-10", "value_from": 38.0, "value_to": 40.25}
    revision |= {"change": 2.25, "kind": "changed"}
    calendar = {"paragraph": 21, "asked": "A report", "of_whom": None, "reported_to": None, "due": "2027", "due_year": 2027.0}
    asked = {"indicator": "individuals_using_internet", "group_name": "world", "sex": "all", "locality": "all", "age": "all", "year": 2030}
    asked |= {"population_year": 2025, "publishable": "published", "source": "world-bank-wdi", "vintage": "2025-10", "n_with_path": 2}
    asked |= {"n_faster_than_best_quarter": 1}
    paced = {"scenario": "own pace", "assumption": "every economy goes on", "value": 84.2, "lower": 81.1, "upper": 84.6}
    paced |= {"offline_lower": 1.261e9, "offline_upper": 1.553e9, "tested_horizon": 6.0, "backtest_error": 9.44, "group_error": 5.37}
    reached = {"scenario": "target reached", "assumption": "every economy stands at 95", "value": 95.1, "lower": 95.1, "upper": 95.2}
    reached |= {"offline_lower": 3.95e8, "offline_upper": 4.03e8}
    silent = {"group_name": "low-income", "scenario": "no change", "assumption": "every economy stays", "publishable": "not published"}
    scenarios = [asked | paced | {"group_bias": -5.37}, asked | reached, asked | silent]
    ties = crosswalk.crosswalk_table(resolution.load_claims())
    identities = resolution.identities_tried(resolution.load_claims(), resolution.load_identities(), resolution.load_inclusions())
    return {
        "indicators": indicators_table(),
        "sources": sources_table(),
        "claims": CLAIMS,
        "economies": pd.DataFrame(economies, columns=["iso3", "name"]),
        "groups": pd.DataFrame(groups, columns=["group_name", "scheme", "title"]),
        "memberships": pd.DataFrame(members, columns=["scheme", "group_name", "iso3"]),
        "observations": observed,
        "editions": editions_of(pd.concat([observed, said_before]).merge(published, on=["source", "vintage"])),
        "current_observations": observed,
        "snapshots": pd.DataFrame(SNAPSHOTS),
        "freshness": standing(),
        "verdicts": pd.DataFrame([VERDICT | {"moment": "now"}, VERDICT | {"moment": "at adoption"}, VERDICT | THEN]),
        "data_gaps": pd.DataFrame([gap]),
        "revisions": pd.DataFrame([revision]),
        "calendar": pd.DataFrame([calendar]),
        "scenarios": pd.DataFrame(scenarios),
        "crosswalk": ties,
        "paragraphs": crosswalk.paragraphs_table(ties, CLAIMS),
        "claim_identities": identities,
        "imputed_aggregates": pd.DataFrame([ESTIMATE]),
        "indicator_review": pd.DataFrame([REVIEW]),
        "unmeasured_topics": unmeasured(conform("observations", pd.DataFrame())),
    }


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    database = tmp_path_factory.mktemp("database") / "published.duckdb"
    with duckdb.connect(str(database)) as connection:
        for table in TABLES:
            form = conform(table, pd.DataFrame())
            connection.sql(f"create table {table} as from form")
            if (rows := world().get(table)) is not None:
                columns = ", ".join(f'"{column}"' for column in rows if column in form)
                connection.sql(f"insert into {table} by name select {columns} from rows")
    return lambda sql, parameters=None: read_published(database, sql, parameters)


def written(ask, folder, **about):
    """Write the site and its front page; return the addresses of its pages."""
    tables = {table: ask(f"from {table}") for table in TABLES}
    files = build.build(ask, tables, folder, ABOUT | about, CHARTS)
    (folder / "index.html").write_text(front_page.page(tables, CHARTS, [], ABOUT | about), "utf-8")
    return [*files, "index.html"]


@pytest.fixture(scope="module")
def site(ask, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    return folder, written(ask, folder)


@pytest.fixture(scope="module")
def readings(site):
    folder, files = site
    return {file: Reading((folder / file).read_text("utf-8")) for file in files if file.endswith(".html")}


def test_each_paragraph_indicator_economy_and_group_has_its_page(site, readings):
    folder, files = site
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) == sorted(files)
    assert {page for page in readings if page.startswith("areas/")} == {
        f"areas/{name}.html" for name in ("index", "CIV", "LAO", "TKL", "world", "low-income", "wb-sas")
    }
    assert {f"indicators/{name}.html" for name in indicators_table()["indicator"]} <= set(readings)
    assert {"paragraphs/16.html", "paragraphs/127.html", "paragraphs/calendar.html", "paragraphs/unmeasured_topics.html"} <= set(readings)
    assert {address for address, _ in NAVIGATION} <= set(readings)


def test_every_link_leads_somewhere_and_every_id_stands_once(site, readings):
    folder, _ = site
    made_by_others = re.compile(r"(tables|charts)/|citation\.|indicator_review\.html|https?://")
    names = {page: [element["id"] for element in reading.elements if "id" in element] for page, reading in readings.items()}
    for page, reading in readings.items():
        assert len(names[page]) == len(set(names[page])), page
        for link in reading.all("a"):
            address, anchor = urldefrag(link["href"])
            target = (folder / page).parent / address if address else folder / page
            told = str(target.resolve().relative_to(folder.resolve())) if not address.startswith("http") else address
            if made_by_others.match(told):
                continue
            assert target.is_file(), (page, link["href"])
            assert not anchor or anchor in names[told], (page, link["href"])
        for use in reading.all("use"):
            assert use["href"].removeprefix("#") in names[page], (page, use["href"])


def test_nothing_is_loaded_from_elsewhere(site, readings):
    folder, files = site
    for page, reading in readings.items():
        for element in reading.all("link", "script", "img", "source"):
            address = element.get("src") or element.get("srcset") or element.get("href")
            assert re.match(r"(\./|(\.\./)+)(assets/[\w-]+\.(css|js)|charts/\w+(\.dark)?\.svg)$|data:,$", address), (page, address)
        assert not any(element.get("style", "").count("url(") for element in reading.elements), page
    for file in files:
        if file.startswith("assets/"):
            assert not re.search(r"https?://|url\(|@import|fetch\(", (folder / file).read_text("utf-8")), file


def test_every_page_reads_well_without_eyes(readings):
    titles = [reading.all("title")[0]["text"] for reading in readings.values()]
    assert len(titles) == len(set(titles))
    described = [reading.all("meta", name="description")[0]["content"] for reading in readings.values()]
    assert len(described) == len(set(described))
    for page, reading in readings.items():
        assert reading.all("html", lang="en"), page
        assert [len(reading.all(tag)) for tag in ("main", "header", "footer", "h1")] == [1, 1, 1, 1], page
        levels = [int(element["tag"][1]) for element in reading.all("h1", "h2", "h3", "h4")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), page
        assert all(header.get("scope") for header in reading.all("th")), page
        assert page == "index.html" or len(reading.all("caption")) == len(reading.all("table")), page
        assert all(drawing.get("aria-label") or drawing.get("aria-hidden") for drawing in reading.all("svg")), page
        names = {element["id"] for element in reading.elements if "id" in element}
        for region in reading.all("div", role="region"):
            assert region["tabindex"] == "0", page
            assert "aria-label" in region or set(region["aria-labelledby"].split()) <= names, page


def test_every_page_says_how_it_is_cited_and_of_which_vintages(readings):
    for page, reading in readings.items():
        assert "How to cite" in reading.visible_text, page
    assert (
        "Vintages: Facts and Figures 2025, WDI 2025-10. Licence of the figures:"
        in readings["indicators/individuals_using_internet.html"].visible_text
    )
    assert "Vintages: Facts and Figures 2024, Facts and Figures 2025." in readings["paragraphs/21.html"].visible_text


def test_a_table_names_its_columns_for_a_phone_as_in_its_head(readings):
    for page, reading in readings.items():
        for table in reading.all("table"):
            if "rows" in table.get("class", "").split():
                named = re.findall(r"--c\d+:'([^']*)'", table["style"])
                assert 2 <= len(named) <= 9, (page, named)
                assert " ".join(table["text"].split()).find(" ".join(" ".join(named).split())) >= 0, (page, named)


def test_no_word_of_the_machine_reaches_the_reader(readings):
    for page, reading in readings.items():
        if page == "methods.html":  # where the code is spoken of
            continue
        found = re.search(r"\b(nan|NaN|NaT|null|undefined|None|True|False)\b", reading.visible_text)
        assert not found, (page, found)


def test_an_economy_without_a_figure_says_so_and_takes_nothing_for_zero(readings):
    text = readings["areas/TKL.html"].visible_text
    assert "No figure of Internet use is held for Tokelau, which does not mean that nobody uses it." in text
    assert "none held 2.5 1" in text
    assert "Tokelau – – not known" in readings["areas/world.html"].visible_text


def test_a_true_zero_stays_zero_and_an_estimate_is_marked(readings):
    assert "0.0 % of people use the Internet (2021)" in readings["areas/LAO.html"].visible_text
    assert "73.6 % of people use the Internet (2025, estimated by the publisher)." in readings["areas/world.html"].visible_text


def test_a_place_is_a_whole_number_among_the_peers_that_have_a_value(readings):
    assert (
        "44.0 % of people use the Internet (2021). That is place 1 of 2 among low-income economies."
        in readings["areas/CIV.html"].visible_text
    )


def test_a_group_says_if_then_and_how_far_off_and_one_with_too_little_known_does_not(readings):
    text = readings["areas/world.html"].visible_text
    assert "every economy goes on 84 % 81 to 85 1.3 to 1.6 billion after 6 years the group 5.4 too high, an economy 9.4" in text
    assert "every economy stands at 95 95 % 395 to 403 million by 2030 1 of 2 economies faster than the best quarter did" in text
    assert "People stay as many as they were in 2025" in text
    assert not [
        page
        for page, reading in readings.items()
        if "If …, then …" in reading.visible_text and page != "areas/world.html" and "areas" in page
    ]


def test_a_group_without_members_has_a_page_that_says_no_more_than_is_known(readings):
    text = readings["areas/wb-sas.html"].visible_text
    assert "12.0 % of people use the Internet" in text
    assert "Members" not in text


def test_names_with_accents_quotes_and_brackets_are_written_as_they_are(site):
    folder, _ = site
    page = (folder / "areas" / "LAO.html").read_text("utf-8")
    assert "Lao &#34;People’s&#34; &amp; &lt;Republic&gt;" in page
    assert "<Republic>" not in page
    assert "Côte d’Ivoire" in (folder / "areas" / "CIV.html").read_text("utf-8")


def test_the_search_finds_every_page_by_its_title(site, readings):
    folder, _ = site
    text = (folder / build.SEARCHED).read_text("utf-8")
    pages = json.loads(text.removeprefix("const PAGES = ").removesuffix(";\n"))
    assert {address for address, *_ in pages} - {"indicator_review.html"} == set(readings)


def test_a_paragraph_tells_the_verdict_of_each_vintage_in_a_table_and_a_picture(readings):
    text = readings["paragraphs/21.html"].text_of("claim-online-urban")
    assert "Facts and Figures 2024 2024-11 2024 83 % [82.5, 83.5]" in text
    assert "Facts and Figures 2025 2025-11-17 2025 85.4 % [85.35, 85.45]" in text
    (drawing,) = readings["paragraphs/21.html"].all("svg", **{"class": "lines history"})
    assert "The words stand for [84, 85)" in drawing["aria-label"]
    assert "A report. Due: 2027." in readings["paragraphs/21.html"].visible_text


def test_a_selection_says_so_on_every_page(ask, tmp_path):
    files = written(ask, tmp_path, selection="until 2025", is_everything=False)
    for page in files:
        if page.endswith(".html"):
            assert "Made from a selection, not from everything held:" in (tmp_path / page).read_text("utf-8"), page


def test_the_same_tables_give_the_same_bytes_and_pages_are_light(ask, site, tmp_path):
    folder, files = site
    assert written(ask, tmp_path) == files
    for file in files:
        content = (folder / file).read_bytes()
        assert content == (tmp_path / file).read_bytes(), file
        assert len(content) < 120_000, file


def test_a_line_breaks_where_a_year_is_missing():
    drawn = line_chart.chart([line_chart.Line("A", "own", [(2000, 10.0), (2001, 20.0), (2004, 30.0)])], title="T", description="D")
    (path,) = re.findall(r'class="line own" d="(M[^"]*)"', drawn)[:1]
    assert path.count("L") == 1
    assert len(re.findall(r'class="line own"', drawn)) == 2


def test_nothing_is_drawn_from_nothing():
    assert line_chart.chart([], title="T", description="D") == ""
    assert verdict_history_chart.of({"lower": 1.0, "upper": 2.0}, []) == ""


def placed(area, year, value):
    return {"area": area, "year": year, "value": value, "nature": "unknown"}


def test_a_median_is_of_the_recent_values_alone_and_each_economy_counts_once():
    """Of 10, 20 and 60 the middle one is 20; 90, of eleven years before the newest, is drawn hollow and not counted. One is no median."""
    economies = [placed("A", 2024, 10.0), placed("B", 2022, 20.0), placed("C", 2024, 60.0), placed("D", 2013, 90.0), placed("E", 2024, 5.0)]
    parted = strip_chart.groups(economies, dict.fromkeys("ABCD", "High-income economies"))
    assert [(group.title, group.median, len(group.older)) for group in parted] == [
        ("High-income economies", 20.0, 1),
        ("In no income group", None, 0),
    ]
    drawn = strip_chart.of({"title": "T", "unit": "%", "ceiling": 100.0}, parted, dict(zip("ABCDE", "ABCDE", strict=True)))
    assert drawn.count('class="dot"') == 4
    assert drawn.count('class="dot older"') == 1
    assert "High-income economies: median 20.0 of 3; In no income group: 1 recent value." in drawn


def test_an_economy_is_marked_among_its_peers_only_if_it_is_one_of_them():
    peers = [placed("A", 2024, 10.0), placed("B", 2024, 20.0), placed("C", 2024, 60.0)]
    assert "3 economies, a dot each; the median is 20.0, this economy has 60.0." in strip_chart.among("C", peers)
    assert strip_chart.among("D", peers) == ""
    assert strip_chart.among("A", peers[:2]) == "", "two are no distribution"


def test_an_indicator_shows_its_groups_over_time_and_our_estimate_apart(readings):
    reading = readings["indicators/individuals_using_internet.html"]
    assert "Low-income economies: 10.0 in 2018, 15.0 in 2020." in reading.visible_text
    assert "Dashed: our own estimate from the members, where WDI 2025-10 prints none." in reading.visible_text
    assert "2021 – (35.2 %) 2020 15 %" in reading.visible_text, "the twin keeps the estimate apart from what is published"
    assert "Low-income economies 35.2 % 2021 30 % and 41 % 60 % indicative 1.25 2.5 WDI 2025-10" in reading.visible_text
    assert {image["alt"] for image in reading.all("img")} == {"Lines."}
    assert len(reading.all("picture")) == 2, "the charts of it, but no other"
    assert reading.all("a", href="../index.html#chart-gap_by_sex")


def test_a_chart_is_shown_on_the_page_of_an_indicator_that_there_is():
    assert {name for chart in registry.CHARTS.values() for name in chart.indicator_pages} <= set(indicators_table()["indicator"])
    assert register_pages.CHART in registry.CHARTS


def test_an_indicator_says_how_good_it_is(readings):
    text = readings["indicators/individuals_using_internet.html"].visible_text
    assert "87 % of the world’s people live in the 2 economies with a value 85 % where it is recent" in text
    assert "18 % of the numbers moved from one vintage to the next half of them by 2.7 or more" in text
    assert "Two of three have a value." in text


def test_a_group_tells_what_stands_in_for_it_and_whose_values_it_lacks(readings):
    assert "Individuals using the Internet 35.2 % 2021 30 % and 41 %" in readings["areas/low-income.html"].visible_text
    assert "Tokelau Individuals using the Internet none held 2.5 1" in readings["areas/world.html"].visible_text
    assert not readings["areas/low-income.html"].all("h2", id="silent"), "Tokelau is none of its members"


def test_a_file_holds_all_years_of_an_area_with_their_terms(site):
    folder, _ = site
    lines = (folder / "areas" / "CIV.csv").read_text("utf-8").splitlines()
    assert lines[0] == "indicator,unit,sex,locality,age,year,value,lower,upper,nature,source,vintage,licence"
    assert lines[2] == "individuals_using_internet,%,all,all,all,2019,35.5,,,unknown,world-bank-wdi,2025-10,CC BY 4.0"
    assert len(lines) == 5
    assert not (folder / "areas" / "TKL.csv").exists()


def test_other_names_are_of_areas_that_there_are_and_no_name_is_told_twice():
    economies = pd.read_csv(PROJECT / "indicators" / "registries" / "economies.csv", keep_default_na=False).set_index("iso3")["name"]
    groups = pd.read_csv(PROJECT / "indicators" / "registries" / "groups.csv")["group_name"]
    for area, names in search_index.also_called().items():
        assert area in economies or area in set(groups), area
        assert economies.get(area) not in names.split("; "), area
