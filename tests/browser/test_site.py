"""The site as a person meets it: by axe-core at two widths, light and dark; by the keyboard alone; with and without JavaScript."""

import shutil

import pytest

from pipelines.publication.briefs.library import library
from pipelines.publication.documents.html import html
from tests.support.small_publication import INFO, write_site

pytestmark = pytest.mark.browser

#: One page of each kind.
PAGES = [
    *("index.html", "paragraphs/index.html", "paragraphs/21.html", "paragraphs/calendar.html", "paragraphs/unmeasured_topics.html"),
    *("indicators/index.html", "indicators/individuals_using_internet.html", "areas/index.html", "areas/CIV.html", "areas/world.html"),
    "CIV-brief.html",
    *("paragraphs/earlier-resolution.html", "data-gaps.html", "revisions.html", "sources.html", "methods.html"),
]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
#: What is looked for: everything in the light, and in the dark what the colours change, for the rest is the same page.
RULES = {"light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "dark": ["color-contrast"]}


@pytest.fixture(scope="module")
def folder(small_publication, tmp_path_factory):
    made = tmp_path_factory.mktemp("site")
    write_site(small_publication, made)
    (made / "CIV-brief.html").write_bytes(html(library(small_publication, INFO).brief("CIV")))
    return made


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "chromium is not on the PATH: install Debian's package chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
        yield started
        started.close()


@pytest.fixture
def desktop(browser):
    page = browser.new_page(viewport=DESKTOP)
    yield page
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_kind_of_page_and_nothing_sticks_out(browser, folder, viewport, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport=viewport, color_scheme=scheme)
    found = {}
    for address in PAGES:
        page.goto((folder / address).as_uri())
        results = Axe().run(page, options={"runOnly": RULES[scheme]}).response
        broken = [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in results["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            broken.append("the page is wider than the window")
        if broken:
            found[address] = broken
    page.close()
    assert not found


def test_the_first_key_skips_to_the_content(desktop, folder):
    desktop.goto((folder / "areas/CIV.html").as_uri())
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert desktop.locator(".skip").bounding_box()["y"] >= 0
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main"


def test_everything_can_be_reached_and_is_seen_when_it_is(desktop, folder):
    desktop.goto((folder / "areas/CIV.html").as_uri())
    reached = []
    for _ in range(200):
        desktop.keyboard.press("Tab")
        reported = desktop.evaluate("""() => { const e = document.activeElement, style = getComputedStyle(e);
            const name = e.id || e.getAttribute("href") || e.getAttribute("aria-labelledby") || "";
            return [e.tagName, name, style.outlineStyle, parseFloat(style.outlineWidth)] }""")
        if reported[0] == "BODY":
            break
        reached.append(reported)
    assert all(style != "none" and width >= 2 for _, _, style, width in reached), reached
    tags = [tag for tag, *_ in reached]
    assert "INPUT" in tags
    assert "SUMMARY" in tags
    assert ["DIV", "known-caption"] in [reported[:2] for reported in reached], "a table that scrolls can be scrolled by key"
    assert len(reached) >= desktop.locator("a:visible").count()


def test_the_search_is_worked_by_key_and_tells_what_it_found(desktop, folder):
    asked = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.goto((folder / "areas/CIV.html").as_uri())
    desktop.locator("#search").focus()
    desktop.keyboard.type("cote ivo")
    assert desktop.locator("#search-status").text_content() == "1 page found"
    assert desktop.locator("#found a").all_text_contents() == ["Côte d’Ivoire"]
    desktop.keyboard.press("ArrowDown")
    assert desktop.evaluate("document.activeElement.textContent") == "Côte d’Ivoire"
    desktop.keyboard.press("ArrowDown")
    assert desktop.evaluate("document.activeElement.id") == "search", "after the last comes the first"
    desktop.keyboard.press("Escape")
    assert desktop.locator("#found").is_hidden()
    desktop.keyboard.type("lao")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/areas/LAO.html")
    assert all(url.startswith(("file:", "data:")) for url in asked)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ivory coast", "Côte d’Ivoire economy, Ivory Coast"),
        ("CÔTE D'I", "Côte d’Ivoire economy"),
        ("tkl", "Tokelau economy, TKL"),
        ("para 21", "Paragraph 21 paragraph"),
        ("4g", "Population covered by at least a 4G mobile network indicator"),
        ("internet", "Individuals using the Internet indicator"),
        ("time distance", "Years behind method, time_distance"),
        ("zzz", "No page found."),
    ],
)
def test_the_search_knows_other_names_accents_codes_and_starts_of_words(desktop, folder, typed, found):
    desktop.goto((folder / "areas/CIV.html").as_uri())
    desktop.locator("#search").fill(typed)
    assert desktop.locator("#found li").first.text_content() == found


def test_the_list_of_areas_is_narrowed_by_name_and_group_and_says_how_many_are_left(desktop, folder):
    desktop.goto((folder / "areas/index.html").as_uri())
    reported = desktop.locator("form.narrow [role=status]")
    assert reported.text_content() == "6 of 6 shown"
    desktop.locator("#narrow-words").focus()
    desktop.keyboard.type("ivory")
    assert reported.text_content() == "1 of 6 shown"
    assert desktop.locator("main h2:visible").count() == 1
    desktop.keyboard.press("Escape")
    desktop.locator("#narrow-groups").select_option("low-income")
    assert desktop.locator("[data-searched]:visible a").all_text_contents() == ["Côte d’Ivoire", 'Lao "People’s" & <Republic>']


def test_a_table_on_a_phone_needs_no_scrolling_and_stays_a_table(browser, folder):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    for address in (
        "areas/CIV.html",
        "areas/low-income.html",
        "indicators/individuals_using_internet.html",
        "revisions.html",
        "data-gaps.html",
    ):
        page.goto((folder / address).as_uri())
        wide = (
            "[...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth).length"
        )
        assert page.evaluate(wide) == 0, address
    assert page.get_by_role("table").first.get_by_role("rowheader").count() > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.rows td'), '::before').content") != "none"
    page.close()


def test_on_a_phone_the_formulas_and_tables_of_the_methods_scroll_in_boxes_of_their_own(browser, folder):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto((folder / "methods.html").as_uri())
    assert page.evaluate("[...document.querySelectorAll('.scroll, pre')].some(each => each.scrollWidth > each.clientWidth)")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


def test_the_contents_of_the_methods_stay_beside_the_text_and_lead_to_its_chapters(desktop, folder):
    desktop.goto((folder / "methods.html").as_uri())
    desktop.get_by_role("navigation", name="Contents").get_by_role("link", name="Scenarios").click()
    assert desktop.locator("section#scenarios h2").is_visible()
    assert abs(desktop.locator("section#scenarios").bounding_box()["y"]) < 100
    assert desktop.locator("nav.chapters").bounding_box()["y"] >= 0


def test_without_javascript_the_form_stays_hidden_and_the_page_is_whole(browser, folder):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((folder / "areas/CIV.html").as_uri())
    assert page.locator("form.search").is_hidden()
    assert page.locator("section[aria-labelledby=known] table").first.is_visible()
    page.goto((folder / "areas/index.html").as_uri())
    assert page.locator("form.narrow").is_hidden()
    assert page.locator("[data-searched]:visible").count() == 6
    page.close()


def test_what_is_folded_is_printed(desktop, folder, tmp_path):
    desktop.goto((folder / "areas/CIV.html").as_uri())
    desktop.emulate_media(media="print")
    assert desktop.locator("header.site nav").is_hidden()
    assert desktop.locator("details table").first.bounding_box()["height"] > 20
