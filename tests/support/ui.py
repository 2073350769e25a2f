"""The Dagster UI as a person starts it, the questions a browser asks it, and a headless Chromium to look at it."""

from __future__ import annotations

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.paths import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
            reported = json.load(answer)
        assert "errors" not in reported, reported["errors"]
        return reported["data"]

    def launch(self, job: str, config: dict) -> str:
        query = """mutation ($params: ExecutionParams!) { launchRun(executionParams: $params) {
            __typename ... on LaunchRunSuccess { run { runId } } ... on RunConfigValidationInvalid { errors { message } } } }"""
        params = {"selector": {**SELECTOR, "pipelineName": job}, "runConfigData": config, "mode": "default"}
        launched = self.ask(query, params=params)["launchRun"]
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


@contextmanager
def started(home: Path, *command: str, cwd: Path = PROJECT, **environment: str) -> Iterator[Ui]:
    """Start the UI on a data home and a free port, and end it as Ctrl-C does.

    Args:
        home: The data home; the output of the UI goes to `ui.log` there.
        command: What is `divide` here; by default that of the environment of this process, as `make ui` has it.
        cwd: The folder it is started from.
        environment: More variables.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (home / "ui.log").open("w") as log:
        # A shell's & takes SIGINT away from what it starts; the UI ends on it, so it is given back.
        process = subprocess.Popen(
            [*(command or (sys.executable, "-m", "pipelines.cli")), "ui", "--port", str(port)],
            cwd=cwd,
            env={**os.environ, "DIVIDE_HOME": str(home), **environment},
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


@contextmanager
def chromium(**viewport: int) -> Iterator[Page]:
    """Open an empty page in headless Chromium."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium")
    assert found, "chromium is not on the PATH: install Debian's package chromium"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*arguments, "--disable-component-update", "--disable-sync"])
        yield browser.new_page(viewport=viewport)
        browser.close()
