"""What every page promises: its links lead somewhere, it reads well without eyes, loads nothing from elsewhere, takes nothing for zero."""

import itertools
import json
import re
from urllib.parse import urldefrag

import pandas as pd
import pytest

from indicators.charts import registry
from indicators.contracts.tables import DECLARATIONS
from indicators.registries.catalogue import indicators_table
from pipelines.publication.site import build, register_pages, search_index
from pipelines.publication.site.environment import NAVIGATION
from tests.support.html_reading import Reading
from tests.support.paths import PROJECT
from tests.support.small_publication import write_site


@pytest.fixture(scope="module")
def site(small_publication, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    return folder, write_site(small_publication, folder)


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


def test_every_link_has_a_target_and_every_id_is_unique(site, readings):
    folder, _ = site
    made_by_others = re.compile(r"(tables|charts)/|citation\.|indicator_review\.html|https?://")
    names = {page: [element["id"] for element in reading.elements if "id" in element] for page, reading in readings.items()}
    for page, reading in readings.items():
        assert len(names[page]) == len(set(names[page])), page
        for link in reading.all("a"):
            address, anchor = urldefrag(link["href"])
            target = (folder / page).parent / address if address else folder / page
            address_of_target = str(target.resolve().relative_to(folder.resolve())) if not address.startswith("http") else address
            if made_by_others.match(address_of_target):
                continue
            assert target.is_file(), (page, link["href"])
            assert not anchor or anchor in names[address_of_target], (page, link["href"])
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
        found = re.search(r"\b(nan|NaN|NaT|null|undefined|None|True|False)\b", reading.visible_text)
        assert not found, (page, found)


def test_an_economy_without_a_figure_says_so_and_takes_nothing_for_zero(readings):
    text = readings["areas/TKL.html"].visible_text
    assert "We have no figure of Internet use for Tokelau. This does not mean that no one uses it." in text
    assert "no value 2.5 1" in text
    assert "Tokelau – – no value" in readings["areas/world.html"].visible_text


def test_a_true_zero_stays_zero_and_an_estimate_is_marked(readings):
    assert "0.0 % of people use the Internet (2021)" in readings["areas/LAO.html"].visible_text
    assert "73.6 % of people use the Internet (2025, estimated by the publisher)." in readings["areas/world.html"].visible_text


def test_a_place_is_a_whole_number_among_the_peers_that_have_a_value(readings):
    assert (
        "44.0 % of people use the Internet (2021). It ranks 1 of 2 among low-income economies." in readings["areas/CIV.html"].visible_text
    )


def test_a_group_with_enough_values_has_scenarios_with_their_past_errors(readings):
    text = readings["areas/world.html"].visible_text
    assert "every economy goes on 84 % 81 to 85 1.3 to 1.6 billion after 6 years: 5.4 for the group (too high), 9.4 for an economy" in text
    assert (
        "every economy stands at 95 95 % 395 to 403 million by 2030, 1 of 2 economies would have to be faster than the best quarter was"
        in text
    )
    assert "The population stays as in 2025" in text
    assert not [
        page
        for page, reading in readings.items()
        if "These are scenarios, not forecasts." in reading.visible_text and page != "areas/world.html" and "areas" in page
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


def test_the_search_finds_every_page_and_every_chapter_of_the_methods_by_its_title(site, readings):
    folder, _ = site
    text = (folder / build.SEARCH_INDEX).read_text("utf-8")
    pages = json.loads(text.removeprefix("const PAGES = ").removesuffix(";\n"))
    chapters = {f"methods.html#{section['id']}" for section in readings["methods.html"].all("section")}
    assert {address for address, *_ in pages} - {"indicator_review.html"} == set(readings) | chapters


@pytest.mark.parametrize("table", DECLARATIONS)
def test_the_search_finds_the_chapter_of_each_table_by_the_name_and_the_summary_of_the_table(site, table):
    folder, _ = site
    text = (folder / build.SEARCH_INDEX).read_text("utf-8")
    pages = json.loads(text.removeprefix("const PAGES = ").removesuffix(";\n"))
    (entry,) = [entry for entry in pages if entry[0] == f"methods.html#{table}"]
    assert entry[2:] == ["method", table, DECLARATIONS[table].summary]


def test_a_paragraph_shows_the_verdict_of_each_vintage_in_a_table_and_a_drawing(readings):
    text = readings["paragraphs/21.html"].text_of("claim-online-urban")
    assert "Facts and Figures 2024 2024-11 2024 83 % [82.5, 83.5]" in text
    assert "Facts and Figures 2025 2025-11-17 2025 85.4 % [85.35, 85.45]" in text
    (drawing,) = readings["paragraphs/21.html"].all("svg", **{"class": "lines history"})
    assert "The words stand for at least 84 and less than 85" in drawing["aria-label"]
    assert "A report. Due: 2027." in readings["paragraphs/21.html"].visible_text


def test_a_selection_says_so_on_every_page(small_publication, tmp_path):
    files = write_site(small_publication, tmp_path, selection="until 2025", is_everything=False)
    for page in files:
        if page.endswith(".html"):
            assert "Made from a selection of the data, not from all of it:" in (tmp_path / page).read_text("utf-8"), page


def test_the_same_tables_give_the_same_bytes_and_pages_are_light(small_publication, site, tmp_path):
    folder, files = site
    assert write_site(small_publication, tmp_path) == files
    for file in files:
        content = (folder / file).read_bytes()
        assert content == (tmp_path / file).read_bytes(), file
        assert len(content) < 150_000, file


def test_an_indicator_shows_its_groups_over_time_and_our_estimate_apart(readings):
    reading = readings["indicators/individuals_using_internet.html"]
    assert "Low-income economies: 10.0 in 2018, 15.0 in 2020." in reading.visible_text
    assert "Dashed: our own estimate from the members, where WDI 2025-10 prints none." in reading.visible_text
    assert "2021 – (35.2 %) 2020 15 %" in reading.visible_text, "the table keeps the estimate apart from what is published"
    assert "Low-income economies 35.2 % 2021 30 % to 41 % 60 % indicative 1.25 2.5 WDI 2025-10" in reading.visible_text
    assert {image["alt"] for image in reading.all("img")} == {"Lines."}
    assert len(reading.all("picture")) == 2, "the charts of it, but no other"
    assert reading.all("a", href="../index.html#chart-gap_by_sex")


def test_a_chart_is_shown_on_the_page_of_an_indicator_that_there_is():
    assert {name for chart in registry.CHARTS.values() for name in chart.indicator_pages} <= set(indicators_table()["indicator"])
    assert register_pages.CHART in registry.CHARTS


def test_an_indicator_says_how_good_it_is(readings):
    text = readings["indicators/individuals_using_internet.html"].visible_text
    assert "87 % of the world’s people live in the 2 economies with a value 85 % in economies with a recent value" in text
    assert "18 % of the numbers changed from one vintage to the next half of them by 2.7 or more" in text
    assert "Two of three have a value." in text


def test_a_group_shows_our_estimates_and_the_members_without_values(readings):
    assert "Individuals using the Internet 35.2 % 2021 30 % to 41 %" in readings["areas/low-income.html"].visible_text
    assert "Tokelau Individuals using the Internet no value 2.5 1" in readings["areas/world.html"].visible_text
    assert "Tokelau" not in readings["areas/low-income.html"].visible_text, "it is not a member"


def test_a_file_holds_all_years_of_an_area_with_their_terms(site):
    folder, _ = site
    lines = (folder / "areas" / "CIV.csv").read_text("utf-8").splitlines()
    assert lines[0] == "indicator,unit,sex,locality,age,year,value,lower,upper,nature,source,vintage,licence"
    assert lines[2] == "individuals_using_internet,%,all,all,all,2019,35.5,,,unknown,world-bank-wdi,2025-10,CC BY 4.0"
    assert len(lines) == 5
    assert not (folder / "areas" / "TKL.csv").exists()


def test_other_names_are_of_existing_areas_and_differ_from_their_names():
    economies = pd.read_csv(PROJECT / "indicators" / "registries" / "economies.csv", keep_default_na=False).set_index("iso3")["name"]
    groups = pd.read_csv(PROJECT / "indicators" / "registries" / "groups.csv")["group_name"]
    for area, names in search_index.names_by_area().items():
        assert area in economies or area in set(groups), area
        assert economies.get(area) not in names.split("; "), area
