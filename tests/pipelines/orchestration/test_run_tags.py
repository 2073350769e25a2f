"""Who started a run, why, and what it was made from, as the list of runs says it."""

import getpass
from types import SimpleNamespace

import dagster as dg
import pytest
from click.testing import CliRunner

from pipelines.cli import main as cli
from pipelines.orchestration import run_job, run_tags
from pipelines.orchestration.run_job import Ended


def snapshot(source: str, vintage: str, published: str):
    return SimpleNamespace(source=source, vintage=vintage, published=published)


def test_the_vintages_are_the_newest_of_each_source_by_the_day_it_was_published_and_how_many_there_are():
    held = [
        snapshot("b", "2024", "2024-11-27"),
        snapshot("b", "2024", "2024-11-27"),  # a second file of one vintage
        snapshot("b", "march", "2025-03-01"),
        snapshot("a", "2026-07-13", "2026-07-13"),
    ]
    assert run_tags.vintages(held) == "a 2026-07-13 (1), b march (2)"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("https://me:secret@example.org/api", "https://example.org/api"),
        ("x=http://token@example.org/a?key=secret&b=1#c and more", "x=http://example.org/a and more"),
        ("a mail to me@example.org stays, so does a question?", "a mail to me@example.org stays, so does a question?"),
        ("two\n lines", "two lines"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_a_tag_is_short_on_one_line_and_keeps_no_secret_of_an_address(text, reported):
    assert run_tags.short(text) == reported


def test_a_user_without_a_name_is_said_to_be_unknown(monkeypatch):
    def nobody():
        raise KeyError("uid not found: 1000")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert run_tags.who() == "unknown"


def tags_of_a_run(note: str, given: dict[str, str]) -> dict[str, str]:
    @dg.asset
    def first(context: dg.AssetExecutionContext) -> None:
        run_tags.tag(context, note, selection="everything held")

    with dg.DagsterInstance.ephemeral() as instance:
        run = dg.materialize([first], instance=instance, tags=given).run_id
        return {name: value for name, value in instance.get_run_by_id(run).tags.items() if not name.startswith(("dagster/", "."))}


@pytest.mark.parametrize(
    ("note", "given", "user", "why"),
    [
        ("", {}, "me", "started in the UI"),
        ("figures for the annual report", {}, "me", "figures for the annual report"),
        ("", {"user": "nightly schedule", "why": "due"}, "nightly schedule", "due"),
        ("a note counts for more", {"user": "her", "why": "divide build"}, "her", "a note counts for more"),
    ],
)
def test_a_run_says_who_and_why_and_what_was_said_when_it_was_started_stays(monkeypatch, note, given, user, why):
    monkeypatch.setattr(getpass, "getuser", lambda: "me")
    assert tags_of_a_run(note, given) == {"user": user, "why": why, "selection": "everything held"}


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        (["build"], "divide build"),
        (
            ["build", "--source", "world-bank-wdi", "--published-until", "2025-12-17"],
            "divide build --source world-bank-wdi --published-until 2025-12-17",
        ),
        (["refresh", "--address", "data360=https://x.org"], "divide refresh --address data360=https://x.org"),
    ],
)
def test_a_run_of_the_command_line_is_tagged_with_the_command_as_it_was_given(monkeypatch, words, reported):
    given = {}

    def ran(definitions, job, paths, *, why, **_):
        given["why"] = why
        return Ended("r", False, False, ("ended here",), (), ())

    monkeypatch.setattr(run_job, "run_job", ran)
    CliRunner().invoke(cli.divide, words)
    assert given["why"] == reported
