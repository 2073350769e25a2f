"""The briefs of a whole build: each as it was published, on two pages, with the figures of its page."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli.main import divide
from pipelines.definitions import defs
from pipelines.orchestration.run_job import run_job
from pipelines.publication.documents import pdf
from pipelines.publication.site import area_pages
from pipelines.publishing import opened
from pipelines.settings import Settings
from tests.support.briefs import numbers_missing_from_page, page_count

#: The whole build, with each PDF set.
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DIVIDE_HOME", str(made))
        patched.setenv("DAGSTER_HOME", "unset")
        assert run_job(defs, "build", Settings(made)).failures == ()
        yield made


@pytest.fixture(scope="module")
def briefs(home):
    return opened.briefs(Settings(home).publication)


def test_every_figure_of_every_brief_is_on_the_page_of_its_area(briefs):
    missing = {
        code: numbers_missing_from_page(briefs.brief(code), area_pages.page(area, briefs.context, briefs.info))
        for code, area in briefs.context.areas.items()
    }
    assert len(missing) > 200
    assert {code: rows for code, rows in missing.items() if rows} == {}


def test_every_area_has_its_brief_on_two_pages_at_most_and_it_keeps_the_standard(home, briefs):
    folder = Settings(home).publication / "briefs"
    assert {path.stem for path in folder.iterdir()} == set(briefs.context.areas)
    contents = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name for name, content in contents.items() if page_count(content) > 2 or b"pdfuaid:part" not in content} == set()


def test_what_is_asked_for_is_what_was_published_to_the_byte(home, briefs):
    published = Settings(home).publication / "briefs"
    for code in ("KEN", "PRK", "world"):
        assert pdf.pdf(briefs.brief(code)) == (published / f"{code}.pdf").read_bytes(), code


def test_a_brief_that_was_changed_is_found(home):
    folder = Settings(home).publication
    brief = folder / "briefs" / "KEN.pdf"
    content = brief.read_bytes()
    try:
        brief.write_bytes(content + b" ")
        assert opened.altered(folder) == ["briefs/KEN.pdf"]
    finally:
        brief.write_bytes(content)
    assert opened.altered(folder) == []


@pytest.mark.parametrize("form", ["md", "html"])
def test_all_are_written_in_one_go(home, briefs, tmp_path, form):
    result = CliRunner().invoke(divide, ["brief", "--all", "--format", form, "--to", str(tmp_path / "briefs")])
    assert (result.exit_code, result.output) == (0, f"{len(briefs.context.areas)} briefs in {tmp_path / 'briefs'}\n")
    written = {Path(path).stem for path in (tmp_path / "briefs").glob(f"*.{form}")}
    assert written == set(briefs.context.areas)
