"""Every notebook runs top to bottom on the embedded figures."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from tests.support.paths import PROJECT

pytestmark = pytest.mark.long


#: Something that each notebook cannot fail to show.
SHOWN = {"01_explore_the_database": "third-offline", "02_why_a_claim_moved": "2024 as printed in 2025: 28.8", "03_one_country": "Kenya"}


@pytest.fixture(scope="module")
def published_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    subprocess.run([sys.executable, "-m", "tests.benchmarks.plain"], cwd=PROJECT, env={**os.environ, "DIVIDE_HOME": str(home)}, check=True)
    return home


@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_notebook_runs_on_the_published_database(path, published_home, monkeypatch):
    monkeypatch.setenv("DIVIDE_HOME", str(published_home))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(PROJECT)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any(SHOWN[path.stem] in str(output) for output in shown)
    assert not [output for output in shown if output.output_type == "error"]
