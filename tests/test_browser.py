"""The UI as a person meets it: started as `make ui` starts it, asked by GraphQL as the browser asks it, looked at in headless Chromium."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
SELECTOR = {"repositoryName": "__repository__", "repositoryLocationName": "pipelines.definitions"}
START_SECONDS, RUN_SECONDS = 90, 180


class Ui:
    """A running UI, and the questions a browser would ask it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def ask(self, query: str, **variables: object) -> dict:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            told = json.load(answer)
        assert "errors" not in told, told["errors"]
        return told["data"]

    def launch(self, job: str, config: dict) -> str:
        query = """mutation ($params: ExecutionParams!) { launchRun(executionParams: $params) {
            __typename ... on LaunchRunSuccess { run { runId } } ... on RunConfigValidationInvalid { errors { message } } } }"""
        launched = self.ask(query, params={"selector": {**SELECTOR, "pipelineName": job}, "runConfigData": config, "mode": "default"})[
            "launchRun"
        ]
        assert launched["__typename"] == "LaunchRunSuccess", launched
        return launched["run"]["runId"]

    def ended(self, run: str) -> str:
        query = "query ($run: ID!) { runOrError(runId: $run) { ... on Run { status } } }"
        deadline = time.monotonic() + RUN_SECONDS
        while time.monotonic() < deadline:
            status = self.ask(query, run=run)["runOrError"]["status"]
            if status in ("SUCCESS", "FAILURE", "CANCELED"):
                return status
            time.sleep(1)
        raise AssertionError(f"run {run} did not end in {RUN_SECONDS} s")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def ui(home):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (home / "ui.log").open("w")
    command = [sys.executable, "-m", "pipelines.cli", "ui", "--port", str(port)]
    # A shell's & takes SIGINT away from what it starts; the UI ends on it, so it is given back.
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DIVIDE_HOME": str(home)},
        stdout=log,
        stderr=subprocess.STDOUT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        start_new_session=True,
    )
    running = Ui(port)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                running.ask("{ version }")
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, (home / "ui.log").read_text()
                assert time.monotonic() < deadline, "the UI did not start"
                time.sleep(0.5)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


@pytest.fixture(scope="module")
def built(ui, home):
    run = ui.launch("build", {})
    assert ui.ended(run) == "SUCCESS", (home / "ui.log").read_text()[-3000:]
    return run


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "chromium is not on the PATH: install Debian's package chromium"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*arguments, "--disable-component-update", "--disable-sync"])
        yield browser.new_page(viewport={"width": 1500, "height": 1000})
        browser.close()


def test_a_run_started_in_the_ui_publishes(ui, built, home):
    assert (home / "publication" / "index.html").is_file()
    assert (home / "publication" / "digital_divide.duckdb").is_file()


def test_a_selection_started_in_the_launchpad_leaves_the_publication_alone(ui, built, home):
    before = (home / "publication").readlink()
    run = ui.launch("build", {"ops": {"raw": {"config": {"published_until": "2025-12-17"}}}})
    assert ui.ended(run) == "SUCCESS"
    assert (home / "publication").readlink() == before
    assert (home / "selections" / "until-2025-12-17" / "index.html").is_file()


def test_a_claim_that_is_not_borne_out_is_a_check_that_warns_and_tells_by_how_much(ui, built):
    query = """query ($asset: AssetKeyInput!) { assetNodeOrError(assetKey: $asset) { ... on AssetNode { assetChecksOrError {
        ... on AssetChecks { checks { name executionForLatestMaterialization { evaluation { success severity description } } } } } } } }"""
    checks = ui.ask(query, asset={"path": ["verdicts"]})["assetNodeOrError"]["assetChecksOrError"]["checks"]
    found = {check["name"]: check["executionForLatestMaterialization"]["evaluation"] for check in checks}
    urban = found["bears_out_online_urban"]
    assert (urban["success"], urban["severity"]) == (False, "WARN")
    assert "0.4 points outside" in urban["description"]  # 85.4 against [84, 85)
    assert found["bears_out_online_2025"]["success"]
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


def test_the_asset_graph_shows_the_layers_in_the_browser(ui, built, page, home):
    page.goto(f"{ui.url}/asset-groups", wait_until="domcontentloaded")
    for layer in ("raw", "core", "measures", "claims", "charts", "publication"):
        page.get_by_text(layer, exact=True).first.wait_for(timeout=60_000)
    page.screenshot(path=home / "asset_graph.png")


def test_the_checks_of_the_verdicts_can_be_read_in_the_browser(ui, built, page, home):
    page.goto(f"{ui.url}/assets/verdicts?view=checks", wait_until="domcontentloaded")
    page.get_by_text("bears_out_online_urban").first.wait_for(timeout=60_000)
    page.get_by_text("bears_out_online_urban").first.click()
    page.get_by_text("0.4 points outside").first.wait_for(timeout=60_000)
    page.screenshot(path=home / "asset_check.png")


def test_a_chart_shows_its_preview_in_the_browser(ui, built, page, home):
    page.goto(f"{ui.url}/assets/chart_verdicts_of_the_resolution?view=events", wait_until="domcontentloaded")
    page.get_by_text("Show Markdown").first.click(timeout=60_000)
    page.locator("img[src^='data:image/png']").first.wait_for(timeout=60_000)
    page.screenshot(path=home / "chart_preview.png")
