"""What the page of the review sheet promises: every indicator once, nothing missing shown as zero, nothing loaded from elsewhere."""

import itertools
import re
from dataclasses import replace

import pandas as pd
import pytest

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import Evidence
from indicators.registries.catalogue import indicators_table
from pipelines.publication.site import environment, review_page
from tests.support.html_reading import Reading
from tests.support.small_publication import INFO, FrameTables, table

STYLE = (environment.FOLDER / "style.css").read_text("utf-8")
USE, PHONE = "individuals_using_internet", "mobile_phone_ownership"


def sheet(**changed):
    """The whole catalogue: Internet use held for economies, phones for groups, nothing else held."""
    names = indicators_table()["indicator"]
    rows = {name: {"indicator": name, "evidence": "no data", "finding": "Nothing.", "denominator": "stated"} for name in names}
    counts = ("claims", "targets", "economies", "economies_recent", "economies_by_sex", "economies_by_locality", "economies_by_age")
    for row in rows.values():
        row |= dict.fromkeys((*counts, "groups", "pairs_compared", "vintages"), 0) | {"economies_listed": 254, "reference_year": 2025}
        row |= {"volatility_reason": "no data"}
    of_use = {"evidence": "wide and recent", "finding": "A finding.", "claims": 11, "targets": 4, "economies": 209, "economies_recent": 188}
    of_use |= {"share_of_people": 0.9939, "share_of_people_recent": 0.9765, "newest_year": 2024, "headline_year": 2023}
    of_use |= {"median_age_years": 1.0, "mean_age_years": 1.14, "share_country": 0.39, "share_estimate": 0.61, "share_unknown": 0.0}
    of_use |= {"people_estimate": 0.47, "economies_by_sex": 90, "last_year_by_sex": 2023, "pairs_compared": 1, "share_moved": 0.181}
    of_use |= {"median_move": 2.731, "largest_move": 24.04, "largest_move_of": "BWA 2021", "share_withdrawn": 0.0306}
    of_use |= {"vintages": 3, "sources": "itu-datahub, world-bank-wdi", "licence": "CC BY-NC-SA 3.0 IGO", "volatility_reason": None}
    of_phones = {"evidence": "groups only", "groups": 6, "newest_year_of_groups": 2025, "groups_estimated": 1.0, "vintages": 2}
    of_phones |= {"sources": "itu-facts-and-figures", "licence": "Figures cited", "breakdowns_of_groups": "sex"}
    rows[USE] |= of_use | changed
    rows[PHONE] |= of_phones
    return table("indicator_review", list(rows.values()))


def render(reviewed=None, **about):
    tables = FrameTables(indicators=indicators_table(), indicator_review=sheet() if reviewed is None else reviewed)
    return review_page.page(tables, "CC BY-NC-SA 3.0 IGO", replace(INFO, **about))


def test_every_indicator_is_on_the_page_once_under_its_evidence():
    reading = Reading(render())
    headers = [" ".join(element["text"].split()) for element in reading.all("th", scope="row")]
    assert len(headers) == len(indicators_table())
    counts = dict(zip(Evidence, (1, 0, 1, len(headers) - 2), strict=True))
    tally = [" ".join(item["text"].split()) for item in reading.all("li") if item["text"].strip()[0].isdigit()]
    assert tally == [f"{number} {evidence}".replace("nothing held", "no data") for evidence, number in counts.items()]


def test_the_figures_of_an_indicator_stand_in_its_row_with_source_vintages_and_licence():
    reading = Reading(render())
    assert reading.labelled_cells(f"indicator-{USE}") == {
        "Used by": "11 statements, 4 targets",
        "Economies": "209 188 recent",
        "People": "99 % 98 % recent",
        "Headline year": "2023 newest 2024",
        "Age, years": "1.14 median 1",
        "Who measured": "estimate 61 % of people 47 %",
        "Broken down": "sex 90 (2023)",
        "Revised": "18 % changed median 2.73, largest 24.04 (BWA 2021); 3 % withdrawn",
    }
    text = reading.text_of(f"indicator-{USE}")
    assert "A finding." in text
    assert "From ITU DataHub, WDI: 3 dated vintages. Licence: CC BY-NC-SA 3.0 IGO." in text


def test_what_is_not_known_is_said_and_is_not_zero():
    unknown = {"headline_year": None, "share_unknown": 1.0, "share_of_people": None, "share_of_people_recent": None}
    unknown |= {"mean_age_years": None, "economies_by_sex": 0, "share_moved": None, "share_withdrawn": None, "median_move": None}
    cells = Reading(render(sheet(**unknown, volatility_reason="only one vintage"))).labelled_cells(f"indicator-{USE}")
    assert (cells["Headline year"], cells["Who measured"], cells["Broken down"]) == ("none newest 2024", "not stated", "no")
    assert (cells["People"], cells["Age, years"], cells["Revised"]) == ("– – recent", "– median 1", "only one vintage")


@pytest.mark.parametrize("reviewed", [sheet(), conform("indicator_review", pd.DataFrame())])
def test_no_word_of_the_machine_reaches_the_reader_and_nothing_comes_from_elsewhere(reviewed):
    html = render(reviewed)
    reading = Reading(html)
    assert not re.search(r"\b(nan|NaN|None|NaT|null|undefined|True|False)\b", reading.visible_text)
    assert not reading.all("iframe", "object", "embed", "base", "img")


def test_html_in_the_data_is_escaped():
    attack = "<script>alert('&')</script>"
    html = render(sheet(finding=attack))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_links_inside_the_page_lead_somewhere_and_the_front_page_is_linked():
    reading = Reading(render())
    names = [element["id"] for element in reading.elements if "id" in element]
    assert len(names) == len(set(names))
    links = {link["href"] for link in reading.all("a")}
    assert {link[1:] for link in links if link.startswith("#")} <= set(names)
    assert {"./index.html", "index.html#sources", "tables/indicator_review.csv"} <= links


def test_a_selection_shows_the_banner_and_the_whole_does_not():
    assert "Made from a selection" not in render()
    assert "Made from a selection" in render(is_everything=False, selection="until 2025-12-17")


def test_the_page_reads_well_without_eyes_and_prints_on_its_side():
    html = render()
    reading = Reading(html)
    levels = [int(element["tag"][1]) for element in reading.all("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(header.get("scope") for header in reading.all("th"))
    assert len(reading.all("caption")) == len(reading.all("table"))
    names = {element["id"] for element in reading.elements if "id" in element}
    for region in reading.all("div", role="region"):
        assert region["tabindex"] == "0"
        assert set(region["aria-labelledby"].split()) <= names
    assert "@page wide { size: A4 landscape; }" in STYLE
