"""What the page promises: every claim with its verdicts, nothing missing shown as zero, nothing loaded from elsewhere, readable by all."""

import itertools
import re
from dataclasses import replace

import pandas as pd
import pytest

from indicators.charts.drawing.palette import VERDICT_LOOKS
from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import Verdict
from indicators.registries.sources import sources_table
from pipelines.publication.rows.registries import Chart
from pipelines.publication.site import environment, front_page, sources_page
from pipelines.publication.site.front_page import Download, DownloadFile
from tests.support.html_reading import Reading
from tests.support.small_publication import CLAIMS, FACTS, INFO, WDI, FrameTables, current_freshness, table

CHARTS = [Chart("gap_by_sex", "A gap of 6 points", "Per cent", "Two points joined by a bar.", "Source: ITU", "CC BY 4.0")]
DOWNLOADS = [
    Download("claims", "One row: a claim", 16, "MIT", [DownloadFile("tables/claims.csv", 12_345, "csv")], "methods.html#claims"),
    Download("digital_divide.duckdb", "All", None, "MIT", [DownloadFile("digital_divide.duckdb", 9, "duckdb")]),
]
STYLE = (environment.FOLDER / "style.css").read_text("utf-8")


def verdict(claim, moment="now", basis="published", vintage="2025", verdict="supported", value=73.6, **more):
    about = {"source": FACTS, "year": 2025, "lower": value, "upper": value, "margin": 0.1, "explanation": f"Why {claim} {moment} {basis}."}
    return {"claim": claim, "moment": moment, "basis": basis, "vintage": vintage, "verdict": verdict, "value": value} | about | more


def snapshot(source, vintage, published, file="a.csv", rows=10):
    about = {"layout": "embedded", "bytes": 5, "sha256": "0" * 64, "licence": "CC BY 4.0", "citation": "Cite"}
    about |= {"without_value": 0, "repaired": 0}
    return {
        "snapshot": f"{source}/{vintage}/{file}",
        "source": source,
        "vintage": vintage,
        "file": file,
        "published": published,
        "rows": rows,
    } | about


def world(**changed):
    """Return the tables of a small publication; every claim supported unless said otherwise."""
    verdicts = [verdict(claim, moment) for claim in CLAIMS["claim"] for moment in ("at adoption", "now")]
    refused = [
        {"source": FACTS, "vintage": "2025", "file": "a.csv", "row_number": number, "reason": "why", "raw": "{}"} for number in (2, 3)
    ]
    return {
        "claims": CLAIMS,
        "verdicts": table("verdicts", verdicts),
        "sources": sources_table(),
        "snapshots": table(
            "snapshots", [snapshot(FACTS, "2025", "2025-11-17"), snapshot(FACTS, "2024", "2024-11"), snapshot(WDI, "2025-10", "2025-10")]
        ),
        "quarantine": table("quarantine", refused),
        "freshness": current_freshness(),
        **changed,
    }


def with_verdict(claim, moment, **changed):
    """Return the small publication with one verdict changed, and more rows if they are given whole."""
    verdicts = world()["verdicts"]
    rows = (verdicts["claim"] == claim) & (verdicts["moment"] == moment)
    verdicts.loc[rows, list(changed)] = list(changed.values())
    return world(verdicts=verdicts)


def render(tables=None, charts=CHARTS, downloads=DOWNLOADS, **about):
    return front_page.page(FrameTables(**(tables or world())), charts, downloads, replace(INFO, **about))


def test_every_claim_has_its_row_in_the_order_of_the_paragraphs():
    shuffled = CLAIMS.sample(frac=1, random_state=1)
    reading = Reading(render(world(claims=shuffled)))
    rows = [element["id"].removeprefix("claim-") for element in reading.all("tbody") if element.get("id")]
    assert sorted(rows) == sorted(CLAIMS["claim"])
    assert (paragraphs := [reading.labelled_cells(f"claim-{claim}")["Paragraph"] for claim in rows]) == sorted(paragraphs)
    for claim in CLAIMS.itertuples():
        assert claim.statement in reading.text_of(f"claim-{claim.claim}")
        assert claim.interval in reading.labelled_cells(f"claim-{claim.claim}")["Wording and range"]


@pytest.mark.parametrize("word", Verdict)
def test_a_verdict_is_the_word_of_the_table_with_a_shape_and_not_colour_alone(word):
    html = render(with_verdict("online-2025", "now", verdict=word))
    reading = Reading(html)
    assert reading.labelled_cells("claim-online-2025")["Now"].removesuffix(" changed") == word
    assert reading.labelled_cells("claim-online-2025")["At adoption"] == "supported"
    slug = word.replace(" ", "-")
    assert reading.all("symbol", id=f"mark-{slug}")
    assert reading.all("use", href=f"#mark-{slug}")
    assert f".{slug} .mark" in STYLE
    assert word in VERDICT_LOOKS, "the page and the charts know the same verdicts"


def test_a_changed_verdict_changes_the_row_the_count_and_the_sentence():
    before, after = Reading(render()), Reading(render(with_verdict("online-2025", "now", verdict="revised since")))
    tally = [" ".join(item["text"].split()) for item in after.all("li") if "at adoption:" in item["text"]]
    everything = int(CLAIMS["reading_of"].isna().sum())  # statements, each counted in its first reading
    assert tally == [f"{everything - 1} supported at adoption: {everything}", "1 revised since at adoption: 0"]
    assert "No verdict differs from" in before.visible_text
    assert "1 verdict differs from" in after.visible_text
    assert after.labelled_cells("claim-online-2025")["Now"] == "revised since changed"


def test_the_figure_has_its_interval_its_vintage_and_its_margin():
    cells = Reading(render(with_verdict("third-offline", "now", value=26.4, lower=26.35, upper=26.45, margin=-4.43))).labelled_cells(
        "claim-third-offline"
    )
    assert cells["Published figure"] == "26.4 % [26.35, 26.45] Facts and Figures 2025"
    assert cells["Margin"] == "−4.43 points"


def test_what_economies_give_and_other_vintages_stand_with_the_claim():
    more = [
        verdict("online-2005", basis="computed", vintage="2025-10", source=WDI, verdict="undetermined", flags="own estimate"),
        verdict("online-2005", "history", vintage="2023", year=2005, value=15.5),
    ]
    tables = world()
    tables["verdicts"] = table("verdicts", [*tables["verdicts"].to_dict("records"), *more])
    text = Reading(render(tables)).text_of("claim-online-2005")
    assert "Computed by us from economies: undetermined. Why online-2005 now computed." in text
    assert "1 other vintage" in text
    assert "Facts and Figures 2023 2005 15.5 %" in text


def test_a_figure_of_another_vintage_at_adoption_is_shown():
    text = Reading(render(with_verdict("below-20-in-some", "at adoption", source=WDI, vintage="2025-10", value=7.0))).text_of(
        "claim-below-20-in-some"
    )
    assert "7 economies, WDI 2025-10" in text
    assert "At adoption: Why below-20-in-some at adoption published." in text


def test_a_missing_value_is_a_dash_and_never_zero():
    tables = with_verdict("online-2025", "now", verdict="not measurable", value=None, lower=None, upper=None, margin=None)
    cells = Reading(render(tables)).labelled_cells("claim-online-2025")
    assert cells["Published figure"] == "– – Facts and Figures 2025"
    assert cells["Margin"] == "–"
    without = Reading(render(world(verdicts=conform("verdicts", pd.DataFrame()))))
    assert {without.labelled_cells("claim-online-2025")[label] for label in ("Published figure", "At adoption", "Now", "Margin")} == {"–"}


def test_a_true_zero_stays_zero():
    assert Reading(render(with_verdict("men-online", "now", margin=0.0))).labelled_cells("claim-men-online")["Margin"] == "0 points"


@pytest.mark.parametrize(
    "tables", [world(), world(verdicts=conform("verdicts", pd.DataFrame()), snapshots=conform("snapshots", pd.DataFrame()))]
)
def test_no_word_of_the_machine_reaches_the_reader(tables):
    text = Reading(render(tables, git_sha="")).visible_text
    assert not re.search(r"\b(nan|NaN|None|NaT|null|undefined|True|False)\b", text)


def test_conflicting_statements_are_written_out():
    conflict = {"claim_a": "third-offline", "claim_b": "women-online + men-online", "identity": "people are women and men", "gap": 4.091}
    conflict |= {"interval_a": "(64.17, 69.17]", "interval_b": "[73.26, 74.27)", "explanation": "they do not meet"}
    text = Reading(render(world(claim_conflicts=table("claim_conflicts", [conflict])))).text_of("conflicts")
    statements = CLAIMS.set_index("claim")["statement"]
    for expected in (
        statements["third-offline"],
        statements["women-online"],
        statements["men-online"],
        "(64.17, 69.17]",
        "[73.26, 74.27)",
        "4.09 apart",
    ):
        assert expected in text
    assert "There are none: all statements could be true together." in Reading(render()).text_of("conflicts")


def test_a_source_shows_the_rows_read_the_rows_left_out_and_its_age():
    text = Reading(sources_page.page(FrameTables(**world()), INFO)).text_of("sources")
    assert "2025 2025-11-17 CC BY 4.0 1 10 2" in text
    assert "2024 2024-11 CC BY 4.0 1 10 0" in text
    assert "Up to date: the newest vintage was 60 days old" in text
    assert "A newer vintage is due: the newest vintage was 107 days old when this page was made; we expect one every 91 days." in text
    assert "We have no vintage of it." in text


def test_the_front_page_shows_how_fresh_the_sources_are_and_links_to_more():
    reading = Reading(render())
    text = reading.text_of("sources")
    assert "Facts and Figures 2025 2025-11-17 2 up to date" in text
    assert "a newer vintage is due" in text
    assert "no data yet" in text
    assert reading.all("a", href=f"sources.html#source-{FACTS}")


def test_the_front_page_has_four_numbers_of_the_world_or_says_that_there_are_no_data():
    nothing = Reading(render()).all("ul", **{"class": "cards"})[0]["text"].split()
    assert nothing.count("–") == nothing.count("data") == 4
    common = {"area": "world", "sex": "all", "locality": "all", "age": "all", "source": FACTS, "vintage": "2025", "year": 2025}
    figure = common | {"nature": "estimate"}
    held = [
        figure | {"indicator": "individuals_using_internet", "value": 73.6},
        figure | {"indicator": "individuals_using_internet", "value": 71.2, "year": 2024},
        figure | {"indicator": "individuals_using_internet", "value": 77.0, "sex": "male"},
        figure | {"indicator": "individuals_offline_number", "value": 2.2e9, "nature": "unknown"},
    ]
    gap = {"indicator": "individuals_using_internet", "area": "world", "among": "all", "year": 2025, "source": FACTS, "vintage": "2025"}
    gaps = [
        gap | {"divide": "income", "basis": "published", "ratio": 94.2 / 23.4},
        gap | {"divide": "income", "basis": "computed", "ratio": 9.0},
        gap | {"divide": "sex", "basis": "published", "parity": 71 / 77},
    ]
    tables = world(current_observations=pd.DataFrame(held), gaps=pd.DataFrame(gaps))
    cards = [" ".join(item["text"].split()) for item in Reading(render(tables)).all("li") if "Facts and Figures 2025" in item["text"]]
    assert cards == [
        "73.6 % of the world’s people use the Internet 2025, Facts and Figures 2025, estimated by the publisher",
        "2.2 billion people do not use it 2025, Facts and Figures 2025",
        "4.03 is the ratio of Internet use in high-income economies to use in low-income economies 2025, Facts and Figures 2025",
        "92 women are online for every 100 men (share of women ÷ share of men) 2025, Facts and Figures 2025",
    ]


def test_a_selection_shows_the_banner_and_the_whole_does_not():
    assert "Made from a selection" not in render()
    selected = Reading(render(selection="world-bank-wdi, until 2025-12-31", is_everything=False)).visible_text
    assert "Made from a selection of the data, not from all of it: world-bank-wdi, until 2025-12-31." in selected


def test_html_in_the_data_is_escaped():
    attack = "<script>alert('&')</script>"
    tables = with_verdict("online-2025", "now", explanation=attack)
    html = render(tables, [replace(CHARTS[0], title=attack, alt='"><img src=x>')], what_changed=attack)
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 3
    assert Reading(html).all("img")[0]["alt"] == '"><img src=x>'


def test_nothing_is_loaded_from_elsewhere_and_no_script_but_those_of_tables_and_search_runs():
    reading = Reading(render())
    assert not reading.all("iframe", "object", "embed", "base")
    assert [(script["src"], script["text"]) for script in reading.all("script")] == [
        ("./assets/tables.js", ""),
        ("./assets/search-index.js", ""),
        ("./assets/search.js", ""),
    ]
    for element in reading.elements:
        loaded = [element.get(name) for name in ("src", "srcset", "data", "poster")] + (
            [] if element["tag"] == "a" else [element.get("href")]
        )
        assert all(
            re.match(r"\./charts/\w+(\.dark)?\.svg$|\./assets/[\w-]+\.(css|js)$|#|data:,$", address) for address in loaded if address
        ), element
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_links_inside_the_page_lead_somewhere():
    reading = Reading(render())
    names = {element["id"] for element in reading.elements if "id" in element}
    assert {link["href"][1:] for link in reading.all("a", "use") if link["href"].startswith("#")} <= names
    assert {"./charts/gap_by_sex.png", "./charts/gap_by_sex.svg", "./charts/gap_by_sex.csv", "tables/claims.csv"} <= {
        link["href"] for link in reading.all("a")
    }
    assert len(names) == len([element for element in reading.elements if "id" in element]), "no id occurs twice"


def test_the_page_reads_well_without_eyes():
    reading = Reading(render())
    assert reading.all("html", lang="en")
    assert len(reading.all("main")) == len(reading.all("header")) == len(reading.all("footer")) == 1
    levels = [int(element["tag"][1]) for element in reading.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(image.get("alt") for image in reading.all("img"))
    assert all(header.get("scope") for header in reading.all("th"))
    assert reading.all("a")[0]["href"] == "#main"
    names = {element["id"] for element in reading.elements if "id" in element}
    for region in reading.all("div", role="region"):
        assert region["tabindex"] == "0"
        assert "aria-label" in region or set(region["aria-labelledby"].split()) <= names


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_marks_stand_out_from_their_ground(scheme):
    """WCAG 2.2 asks 4.5 of text and 3 of shapes."""
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2])
    colours = light if scheme == "light" else dark
    for text in ("ink", "quiet", "link"):
        assert min(contrast(colours[text], colours[ground]) for ground in ("paper", "soft")) >= 4.5, text
    for shape in ("good", "near", "bad", "moved", "open", "none", "link", "strong"):
        assert min(contrast(colours[shape], colours[ground]) for ground in ("paper", "soft")) >= 3, shape
    assert contrast(colours["ink"], colours["notice"]) >= 4.5
    assert contrast(colours["notice-line"], colours["paper"]) >= 3


def contrast(one, other):
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_the_contents_name_each_place_once():
    listed = re.search(r'<nav class="contents".*?</nav>', render(), re.DOTALL)
    addresses = re.findall(r'href="([^"]+)"', listed[0])
    assert "#verdicts" in addresses
    assert len(addresses) == len(set(addresses))
