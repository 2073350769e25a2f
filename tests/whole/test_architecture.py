"""The document of the architecture is true: each file and function it names is there, and it has every room with its allowed imports."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.support.paths import PROJECT

TEXT = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
#: "`function` in `path`", as the two walks through the code name their places.
PLACES = re.findall(r"`(\w+)` in\s+`((?:indicators|pipelines)/[\w/]+\.py)`", TEXT)
FILES = sorted(set(re.findall(r"`((?:indicators|pipelines|sql|tests|docs)/[\w./-]+)`", TEXT)))
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}


@pytest.mark.parametrize("path", FILES)
def test_each_file_that_is_named_is_there(path):
    assert (PROJECT / path).exists()


@pytest.mark.parametrize(("function", "path"), PLACES)
def test_each_function_that_is_named_is_where_it_is_said_to_be(function, path):
    assert re.search(rf"^(?:class|\s*def) {function}\(", (PROJECT / path).read_text("utf-8"), re.MULTILINE)


def test_both_walks_name_their_places():
    assert len(PLACES) >= 12


@pytest.mark.parametrize(("package", "contract"), [("indicators", "rooms-of-indicators"), ("pipelines", "rooms-of-pipelines")])
def test_every_room_of_the_import_rules_is_in_the_tables(package, contract):
    rooms = [room for layer in CONTRACTS[contract]["layers"] for room in re.split(r"[|:]", layer)]
    for room in map(str.strip, rooms):
        assert re.search(rf"`{package}/{room}(?:\.py)?`", TEXT) or room == "definitions", room


def test_there_is_a_picture_of_the_flow():
    assert "```mermaid\nflowchart" in TEXT
