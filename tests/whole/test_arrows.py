"""The arrows between rooms: the contracts of import-linter hold, and a circle made in a copy breaks them."""

import graphlib
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.support.paths import PROJECT

LINTER = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]


@pytest.fixture
def copy(tmp_path) -> Path:
    """The code of both packages, with the contracts."""
    for package in ("indicators", "pipelines"):
        for path in (PROJECT / package).rglob("*.py"):
            target = tmp_path / path.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def broken(folder: Path) -> set[str]:
    """The names of the contracts that the code in a folder breaks; import-linter reports each as `name BROKEN`."""
    ended = subprocess.run(LINTER, cwd=folder, capture_output=True, text=True, check=False)
    assert "Contracts:" in ended.stdout, ended.stdout + ended.stderr
    found = {line.partition("BROKEN")[0].strip() for line in ended.stdout.splitlines() if "BROKEN" in line}
    assert (ended.returncode == 0) == (not found)
    return found


def add(path: Path, line: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")


def test_the_code_keeps_every_contract(copy):
    assert broken(copy) == set()


CIRCLE = "no import circle, between modules or rooms"
INDICATORS, PIPELINES = "the rooms of indicators", "the rooms of pipelines"


@pytest.mark.parametrize(
    ("module", "line", "contracts"),
    [
        # verdicts imports areas: two rooms, and two modules, in a circle.
        ("indicators/registries/areas.py", "from indicators.claims import verdicts", {CIRCLE, INDICATORS}),
        # grammar imports intervals: two modules of one room.
        ("indicators/wording/intervals.py", "from indicators.wording import grammar", {CIRCLE}),
        # An import within a function counts as well.
        ("indicators/wording/intervals.py", "def late():\n    from indicators.wording import grammar\n    return grammar", {CIRCLE}),
        ("indicators/measures/gaps.py", "import duckdb", {
            "indicators computes: no orchestration, database, network, process or environment",
            "only pipelines.warehouse.database opens DuckDB",
        }),
        ("indicators/measures/gaps.py", "from pipelines import settings", {"pipelines imports indicators, and never the reverse"}),
        ("pipelines/publication/excel.py", "from pipelines import settings", {
            "publication reads tables given to it, and imports only indicators",
        }),
        ("pipelines/notify/digest.py", "from pipelines.publishing import opened", {PIPELINES}),
        ("pipelines/warehouse/status.py", "from pipelines.notify import digest", {PIPELINES, CIRCLE}),
    ],
)  # fmt: skip
def test_an_import_against_the_arrows_is_found(copy, module, line, contracts):
    add(copy / module, line)
    assert broken(copy) == contracts


def circle(graph: grimp.ImportGraph) -> list[str]:
    """A circle of modules, a room and its own modules among them, which import-linter does not compare; empty if there is none."""
    try:
        graphlib.TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).prepare()
    except graphlib.CycleError as error:
        return error.args[1]
    return []


def test_no_module_imports_itself_through_others():
    graph = grimp.build_graph("indicators", "pipelines", cache_dir=None)
    assert circle(graph) == []
    graph.add_import(importer="indicators.readers.records", imported="indicators.readers")
    assert set(circle(graph)) >= {"indicators.readers.records", "indicators.readers"}
