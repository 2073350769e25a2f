"""The documents are held to the code."""

import re
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from click.testing import CliRunner

from pipelines.cli.main import divide
from pipelines.publication import citation, formats
from tests.support import tables_list
from tests.support.paths import PROJECT

README = (PROJECT / "README.md").read_text("utf-8")
COMMANDS = (PROJECT / "docs" / "command-line.md").read_text("utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
PUBLICATION = (PROJECT / "docs" / "publication.md").read_text("utf-8")
DOCUMENTS = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("command", sorted(divide.commands))
def test_every_command_has_a_help_text_and_is_documented(command):
    assert divide.commands[command].help
    assert f"divide {command}" in COMMANDS
    assert CliRunner().invoke(divide, [command, "--help"]).exit_code == 0


@pytest.mark.parametrize("target", re.findall(r"^([a-z-]+):.*##", (PROJECT / "Makefile").read_text("utf-8"), re.M))
def test_every_make_target_is_documented(target):
    assert f"make {target}" in CONTRIBUTING


def test_the_list_of_tables_is_that_of_the_register():
    assert tables_list.with_tables(PUBLICATION) == PUBLICATION, "run `make docs`, which writes the list in docs/publication.md"


def test_a_document_without_the_marks_of_the_list_is_refused():
    with pytest.raises(ValueError, match=r"publication\.md needs the lines <!-- tables"):
        tables_list.with_tables("# The publication\n")


def test_the_readme_is_short():
    assert len(README.split()) <= 900


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document):
    for target, anchor in re.findall(r"\]\((?!https?:|#)([^)#]+)#?([^)]*)\)", document.read_text("utf-8")):
        assert (document.parent / target).exists(), target
        if target.endswith("methods.md") and anchor:
            assert f'<a id="{anchor}">' in (document.parent / target).read_text("utf-8"), anchor


@pytest.mark.parametrize("path", formats.DESCRIPTIONS)
def test_every_form_of_the_publication_is_documented(path):
    assert Path(path).name in PUBLICATION


def test_every_notebook_is_in_the_readme():
    assert not [path.stem for path in (PROJECT / "notebooks").glob("*.ipynb") if path.stem not in README]


def test_the_citation_of_the_code_is_that_of_its_version_and_licence():
    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (cited["version"], cited["license"]) == (project["version"], project["license"])
    assert cited["authors"] == [{"name": citation.AUTHORS}]


def test_every_notebook_is_kept_without_output():
    for path in (PROJECT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs"), path.name
            assert cell.get("execution_count") is None, path.name
