"""What the page promises: every claim with its verdicts, nothing missing shown as zero, nothing loaded from elsewhere, readable by all."""

import datetime as dt
import itertools
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from indicators.charts.drawing.palette import VERDICT_LOOKS
from indicators.claims import resolution
from indicators.contracts.tables import TABLES, conform
from indicators.contracts.validation import contract_problems
from indicators.contracts.vocabulary import Verdict
from indicators.editions.freshness import freshness
from indicators.registries.sources import sources_table
from pipelines.publication.site import environment, front_page, sources_page

WDI, FACTS = "world-bank-wdi", "itu-facts-and-figures"
CLAIMS = resolution.claims_table(resolution.load_claims())
CHARTS = pd.DataFrame(
    [
        {
            "chart": "gap_by_sex",
            "title": "A gap of 6 points",
            "subtitle": "Per cent",
            "alt": "Two points joined by a bar.",
            "source": "Source: ITU",
            "licence": "CC BY 4.0",
        }
    ]
)
DOWNLOADS = [
    {
        "name": "claims",
        "description": "One row: a claim",
        "rows": 16,
        "licence": "MIT",
        "files": [{"path": "tables/claims.csv", "bytes": 12_345, "format": "csv"}],
    },
    {
        "name": "digital_divide.duckdb",
        "description": "All",
        "rows": None,
        "licence": "MIT",
        "files": [{"path": "digital_divide.duckdb", "bytes": 9, "format": "duckdb"}],
    },
]
ABOUT = {
    "made_at": "2026-01-16T04:05:06Z",
    "git_sha": "abc123def456",
    "code": "0a1b2c3d4e5f",
    "run": "run-7",
    "selection": "everything held",
    "is_everything": True,
    "licence": "CC BY 4.0",
    "what_changed": "first publication",
}
STYLE = (environment.FOLDER / "style.css").read_text("utf-8")
VOID = {"meta", "link", "img", "source", "br", "use", "path", "hr", "input"}


def table(name, rows):
    frame = conform(name, pd.DataFrame(rows))
    assert contract_problems(name, frame).empty, contract_problems(name, frame).to_string()
    return frame


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
    return {name: conform(name, pd.DataFrame()) for name in TABLES} | {
        "claims": CLAIMS,
        "verdicts": table("verdicts", verdicts),
        "sources": sources_table(),
        "snapshots": table(
            "snapshots", [snapshot(FACTS, "2025", "2025-11-17"), snapshot(FACTS, "2024", "2024-11"), snapshot(WDI, "2025-10", "2025-10")]
        ),
        "quarantine": table("quarantine", refused),
        "freshness": standing(),
        **changed,
    }


def standing(attempts=None):
    """Return where the sources of the small publication stand on the day it was made."""
    held = [(FACTS, "2025", "2025-11-17"), (FACTS, "2024", "2024-11"), (WDI, "2025-10", "2025-10")]
    vintages = pd.DataFrame(held, columns=["source", "vintage", "published"])
    return freshness(vintages, attempts or {}, {WDI}, dt.date(2026, 1, 16))


def with_verdict(claim, moment, **changed):
    """Return the small publication with one verdict changed, and more rows if they are given whole."""
    verdicts = world()["verdicts"]
    rows = (verdicts["claim"] == claim) & (verdicts["moment"] == moment)
    verdicts.loc[rows, list(changed)] = list(changed.values())
    return world(verdicts=verdicts)


def render(tables=None, charts=CHARTS, downloads=DOWNLOADS, **about):
    return front_page.page(tables or world(), charts, downloads, ABOUT | about)


class Reading(HTMLParser):
    """The page as elements in order, with the text each holds; an element that is not closed in turn is an error."""

    def __init__(self, html):
        super().__init__()
        self.elements, self._open = [], []
        self.feed(html)
        assert not self._open, self._open

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, "text": "", **dict(attributes)}
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.elements.append({"tag": tag, "text": "", **dict(attributes)})

    def handle_endtag(self, tag):
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop()["tag"] == tag, f"</{tag}> comes too early"
        self.handle_data(" " if tag in ("td", "th", "p", "li", "dd", "dt") else "")

    def handle_data(self, data):
        for element in self._open:
            element["text"] += data

    def all(self, *tags, **attributes):
        return [
            element
            for element in self.elements
            if element["tag"] in tags and all(element.get(name) == value for name, value in attributes.items())
        ]

    def text_of(self, name):
        (element,) = [element for element in self.elements if element.get("id") == name]
        return " ".join(element["text"].split())

    def cells_of(self, claim):
        """Return the labelled cells of a claim's row, by label."""
        start = next(number for number, element in enumerate(self.elements) if element.get("id") == f"claim-{claim}")
        row = {}
        for element in self.elements[start:]:
            if "data-label" in element and element["data-label"] not in row:
                row[element["data-label"]] = " ".join(element["text"].split())
        return row

    @property
    def visible_text(self):
        body = self.all("body")[0]["text"]
        return " ".join(body.split())


def test_every_claim_has_its_row_in_the_order_of_the_paragraphs():
    shuffled = CLAIMS.sample(frac=1, random_state=1)
    reading = Reading(render(world(claims=shuffled)))
    rows = [element["id"].removeprefix("claim-") for element in reading.all("tbody") if element.get("id")]
    assert sorted(rows) == sorted(CLAIMS["claim"])
    assert (paragraphs := [reading.cells_of(claim)["Paragraph"] for claim in rows]) == sorted(paragraphs)
    for claim in CLAIMS.itertuples():
        assert claim.statement in reading.text_of(f"claim-{claim.claim}")
        assert claim.interval in reading.cells_of(claim.claim)["The words stand for"]


@pytest.mark.parametrize("word", Verdict)
def test_a_verdict_is_the_word_of_the_table_with_a_shape_and_not_colour_alone(word):
    html = render(with_verdict("online-2025", "now", verdict=word))
    reading = Reading(html)
    assert reading.cells_of("online-2025")["Now"].removesuffix(" changed") == word
    assert reading.cells_of("online-2025")["At adoption"] == "supported"
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
    assert "No verdict differs now" in before.visible_text
    assert "1 verdict differs now" in after.visible_text
    assert after.cells_of("online-2025")["Now"] == "revised since changed"


def test_the_figure_stands_with_its_interval_its_vintage_and_its_margin():
    cells = Reading(render(with_verdict("third-offline", "now", value=26.4, lower=26.35, upper=26.45, margin=-4.43))).cells_of(
        "third-offline"
    )
    assert cells["Figure found"] == "26.4 % [26.35, 26.45] Facts and Figures 2025"
    assert cells["Margin"] == "−4.43 points"


def test_what_economies_give_and_other_vintages_stand_with_the_claim():
    more = [
        verdict("online-2005", basis="computed", vintage="2025-10", source=WDI, verdict="undetermined", flags="own estimate"),
        verdict("online-2005", "history", vintage="2023", year=2005, value=15.5),
    ]
    tables = world()
    tables["verdicts"] = table("verdicts", [*tables["verdicts"].to_dict("records"), *more])
    text = Reading(render(tables)).text_of("claim-online-2005")
    assert "Computed here from economies: undetermined. Why online-2005 now computed." in text
    assert "1 other vintage" in text
    assert "Facts and Figures 2023 2005 15.5 %" in text


def test_a_figure_of_another_vintage_at_adoption_is_told():
    text = Reading(render(with_verdict("below-20-in-some", "at adoption", source=WDI, vintage="2025-10", value=7.0))).text_of(
        "claim-below-20-in-some"
    )
    assert "7 economies, WDI 2025-10" in text
    assert "At adoption: Why below-20-in-some at adoption published." in text


def test_a_missing_value_is_a_dash_and_never_zero():
    tables = with_verdict("online-2025", "now", verdict="not measurable", value=None, lower=None, upper=None, margin=None)
    cells = Reading(render(tables)).cells_of("online-2025")
    assert cells["Figure found"] == "– – Facts and Figures 2025"
    assert cells["Margin"] == "–"
    without = Reading(render(world(verdicts=conform("verdicts", pd.DataFrame()))))
    assert {without.cells_of("online-2025")[label] for label in ("Figure found", "At adoption", "Now", "Margin")} == {"–"}


def test_a_true_zero_stays_zero():
    assert Reading(render(with_verdict("men-online", "now", margin=0.0))).cells_of("men-online")["Margin"] == "0 points"


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
    assert "There are none: all statements could hold together." in Reading(render()).text_of("conflicts")


def test_a_source_tells_what_was_read_what_was_refused_and_how_old_it_is():
    text = Reading(sources_page.page(world(), ABOUT)).text_of("sources")
    assert "2025 2025-11-17 CC BY 4.0 1 10 2" in text
    assert "2024 2024-11 CC BY 4.0 1 10 0" in text
    assert "Within its rhythm: the newest was 60 days old" in text
    assert "A newer vintage is due: the newest was 107 days old when this page was made; one is expected every 91 days." in text
    assert "No vintage is held." in text


def test_the_front_page_tells_how_fresh_the_sources_are_and_leads_to_more():
    reading = Reading(render())
    text = reading.text_of("sources")
    assert "Facts and Figures 2025 2025-11-17 2 within its rhythm" in text
    assert "a newer vintage is due" in text
    assert "no vintage is held" in text
    assert reading.all("a", href=f"sources.html#source-{FACTS}")


def test_the_world_stands_in_four_numbers_or_a_number_is_said_not_to_be_held():
    nothing = Reading(render()).all("ul", **{"class": "cards"})[0]["text"].split()
    assert nothing.count("–") == nothing.count("held") == 4
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
        "2.2 billion do not use it 2025, Facts and Figures 2025",
        "4.03 times as large a share uses it in high-income as in low-income economies 2025, Facts and Figures 2025",
        "0.92 women for 1 man use it, share by share 2025, Facts and Figures 2025",
    ]


def test_a_selection_shows_the_banner_and_the_whole_does_not():
    assert "Made from a selection" not in render()
    selected = Reading(render(selection="world-bank-wdi, until 2025-12-31", is_everything=False)).visible_text
    assert "Made from a selection, not from everything held: world-bank-wdi, until 2025-12-31." in selected


def test_html_in_the_data_is_escaped():
    attack = "<script>alert('&')</script>"
    tables = with_verdict("online-2025", "now", explanation=attack)
    html = render(tables, CHARTS.assign(title=attack, alt='"><img src=x>'), what_changed=attack)
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
    assert len(names) == len([element for element in reading.elements if "id" in element]), "no id stands twice"


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
