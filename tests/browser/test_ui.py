"""The UI as a person meets it: started as `make ui` starts it, asked by GraphQL as the browser asks it, looked at in headless Chromium."""

import time

import pytest

from tests.support.ui import SELECTOR, chromium, started

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def ui(home):
    with started(home, LOGNAME="analyst") as running:
        yield running


@pytest.fixture(scope="module")
def built(ui, home):
    run = ui.launch("build", {})
    assert ui.ended(run) == "SUCCESS", (home / "ui.log").read_text()[-3000:]
    return run


@pytest.fixture(scope="module")
def page():
    with chromium(width=1500, height=1000) as opened:
        opened.set_default_timeout(60_000)
        yield opened


@pytest.fixture(scope="module")
def as_of_adoption(ui, built, page, home):
    """The example of the launchpad, launched as it is, by the button."""
    page.goto(f"{ui.url}/locations/pipelines.definitions/jobs/as_of_adoption/playground", wait_until="domcontentloaded")
    page.get_by_text("published_until").first.wait_for()
    page.get_by_role("button", name="Launch Run").click()
    page.wait_for_url("**/runs/*")
    run = page.url.split("/runs/")[1].split("?")[0]
    assert ui.ended(run) == "SUCCESS", (home / "ui.log").read_text()[-3000:]
    return run


def test_a_run_started_in_the_ui_publishes(ui, built, home):
    assert (home / "publication" / "index.html").is_file()
    assert (home / "publication" / "digital_divide.duckdb").is_file()


def test_an_example_of_the_launchpad_runs_unchanged_and_leaves_the_publication_alone(ui, built, as_of_adoption, home):
    (only,) = (home / "publications").iterdir()
    assert (home / "publication").resolve() == only
    assert (home / "selections" / "until-2025-12-17" / "index.html").is_file()


def test_a_slip_in_the_launchpad_is_reported_in_one_line_before_anything_runs(ui):
    query = """query ($pipeline: PipelineSelector!, $config: RunConfigData!) { isPipelineConfigValid(pipeline: $pipeline,
        mode: "default", runConfigData: $config) { __typename ... on RunConfigValidationInvalid { errors { message } } } }"""
    config = {"ops": {"raw": {"config": {"sources": ["world-bank"]}}}}
    reported = ui.ask(query, pipeline={**SELECTOR, "pipelineName": "build"}, config=config)["isPipelineConfigValid"]
    assert reported["__typename"] == "RunConfigValidationInvalid"
    (error,) = reported["errors"]
    assert error["message"] == "Value at path root:ops:raw:config:sources[0] not in enum type SourceName got world-bank"


def test_a_claim_that_is_not_supported_is_a_check_that_warns_and_tells_by_how_much(ui, built):
    query = """query ($asset: AssetKeyInput!) { assetNodeOrError(assetKey: $asset) { ... on AssetNode { assetChecksOrError {
        ... on AssetChecks { checks { name executionForLatestMaterialization { evaluation { success severity description } } } } } } } }"""
    checks = ui.ask(query, asset={"path": ["verdicts"]})["assetNodeOrError"]["assetChecksOrError"]["checks"]
    found = {check["name"]: check["executionForLatestMaterialization"]["evaluation"] for check in checks}
    urban = found["supports_online_urban"]
    assert (urban["success"], urban["severity"]) == (False, "WARN")
    assert "0.4 points outside" in urban["description"]  # 85.4 against [84, 85)
    assert found["supports_online_2025"]["success"]
    assert found["agrees_with_the_review"]["success"]


def test_the_nightly_schedule_runs_and_its_tick_asks_for_a_refresh(ui):
    query = """query ($selector: ScheduleSelector!) { scheduleOrError(scheduleSelector: $selector) {
        ... on Schedule { cronSchedule executionTimezone scheduleState { status } } } }"""
    schedule = ui.ask(query, selector={**SELECTOR, "scheduleName": "nightly_refresh"})["scheduleOrError"]
    assert (schedule["cronSchedule"], schedule["executionTimezone"], schedule["scheduleState"]["status"]) == ("0 3 * * *", "UTC", "RUNNING")
    tick = """mutation ($selector: ScheduleSelector!, $at: Float!) { scheduleDryRun(selectorData: $selector, timestamp: $at) {
        ... on DryRunInstigationTick { evaluationResult { error { message } runRequests { jobName } } } } }"""
    result = ui.ask(tick, selector={**SELECTOR, "scheduleName": "nightly_refresh"}, at=1_800_000_000.0)["scheduleDryRun"][
        "evaluationResult"
    ]
    assert result["error"] is None
    assert len(result["runRequests"]) == 1


def test_the_daemon_that_ticks_the_schedule_is_at_work(ui):
    query = "{ instance { daemonHealth { allDaemonStatuses { daemonType required healthy } } } }"
    deadline = time.monotonic() + 60
    while True:
        statuses = ui.ask(query)["instance"]["daemonHealth"]["allDaemonStatuses"]
        if all(status["healthy"] for status in statuses if status["required"]):
            break
        assert time.monotonic() < deadline, statuses
        time.sleep(1)
    assert "SCHEDULER" in {status["daemonType"] for status in statuses}


def test_the_groups_stand_in_the_order_of_the_flow_down_the_list_and_across_the_graph(ui, built, page, home):
    page.goto(f"{ui.url}/asset-groups", wait_until="domcontentloaded")
    groups = ["1_sources", "2_registries", "3_raw", "4_core", "5_measures", "6_claims", "7_charts", "8_publication"]
    shown = {group: page.get_by_text(group, exact=True).filter(visible=True) for group in groups}
    shown[groups[-1]].nth(1).wait_for()  # in the list and in the graph
    boxes = {group: [one.bounding_box() for one in found.all()] for group, found in shown.items()}
    listed = {group: min(found, key=lambda box: box["x"])["y"] for group, found in boxes.items()}
    drawn = {group: max(box["x"] for box in found) for group, found in boxes.items()}
    assert sorted(groups, key=listed.get) == groups
    assert sorted(groups, key=drawn.get) == groups
    page.screenshot(path=home / "asset_graph.png")


def test_the_list_of_runs_says_who_started_each_why_and_of_which_vintages(ui, built, as_of_adoption, page):
    page.goto(f"{ui.url}/runs", wait_until="domcontentloaded")
    for tag in (
        "why: started in the UI",
        "why: what was known when the resolution was adopted",
        "selection: until 2025-12-17",
        "vintages: itu-facts-and-figures 2025 (6), world-bank-wdi 2025-10 (1)",
        "user: analyst",
    ):
        page.get_by_text(tag).first.wait_for()


def test_an_asset_says_what_it_is_and_shows_the_rows_to_look_at_first(ui, built, page, home):
    page.goto(f"{ui.url}/assets/gaps", wait_until="domcontentloaded")
    page.get_by_text("Divides between income groups, women and men").first.wait_for()
    page.get_by_text("The newest gaps of the world").first.wait_for()
    page.get_by_role("link", name="chart_gap_by_sex").first.click()
    page.wait_for_url("**/assets/chart_gap_by_sex*")


def test_one_table_is_materialised_alone(ui, built, page):
    page.goto(f"{ui.url}/assets/gaps", wait_until="domcontentloaded")
    page.get_by_role("button", name="Materialize").first.click()
    query = "{ runsOrError(limit: 1) { ... on Runs { results { status assetSelection { path } } } } }"
    deadline = time.monotonic() + 120
    while True:
        (newest,) = ui.ask(query)["runsOrError"]["results"]
        if newest["assetSelection"] == [{"path": ["gaps"]}] and newest["status"] == "SUCCESS":
            break
        assert time.monotonic() < deadline, newest
        time.sleep(1)


def test_the_checks_of_the_verdicts_can_be_read_in_the_browser(ui, built, page, home):
    page.goto(f"{ui.url}/assets/verdicts?view=checks", wait_until="domcontentloaded")
    page.get_by_text("supports_online_urban").first.wait_for()
    page.get_by_text("supports_online_urban").first.click()
    page.get_by_text("0.4 points outside").first.wait_for()
    page.screenshot(path=home / "asset_check.png")


def test_a_chart_shows_its_preview_in_the_browser(ui, built, page, home):
    page.goto(f"{ui.url}/assets/chart_verdicts_of_the_resolution?view=events", wait_until="domcontentloaded")
    page.get_by_text("[Show Markdown]").first.click()
    page.locator("img[src^='data:image/png']").first.wait_for()
    page.screenshot(path=home / "chart_preview.png")
