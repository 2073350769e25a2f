"""The how-to guides do what they say: each is followed, block by block, in a copy of the project.

Following a guide builds the whole, so it is a long test; what a guide touches, and that its blocks are well formed, is tested always.
"""

from __future__ import annotations

import configparser
import re
import sysconfig

import pytest

from pipelines.settings import REFRESH_CRON, REFRESH_TIME_ZONE
from tests.support import ui
from tests.support.guides import GUIDES, Copy, files, steps
from tests.support.paths import PROJECT

#: Into how many files of the project one may have to write, at most: the promise that adding a thing touches little.
MOST_FILES = {"add-an-indicator": 1, "add-a-claim": 1, "add-a-table": 2, "add-a-chart": 1, "add-a-source": 3}

#: What does not count: files that a rehearsal brings, and what holds a thing to what is said of it (chapter, check, test).
NOT_COUNTED = re.compile(r"[^/]+\.(csv|env)$|docs/|tests/|sql/checks/")


def of_the_project(guide: str) -> list[str]:
    """The files of the project in which a guide declares or makes something."""
    return [path for path in files(guide) if not NOT_COUNTED.match(path)]


OF_PUBLISHED_FIGURES = "basis = 'published' and moment <> 'history' order by moment"


@pytest.fixture
def copy(tmp_path) -> Copy:
    return Copy(tmp_path / "project")


def asked(copy: Copy, query: str) -> list[tuple[object, ...]]:
    """What the published database of a copy answers."""
    import duckdb

    with duckdb.connect(copy.folder / "data" / "publication" / "digital_divide.duckdb", read_only=True) as database:
        return database.sql(query).fetchall()


# ---- what is tested always


@pytest.mark.parametrize("guide", MOST_FILES)
def test_a_guide_touches_no_more_files_than_promised(guide):
    assert 1 <= len(of_the_project(guide)) <= MOST_FILES[guide], of_the_project(guide)


@pytest.mark.parametrize("guide", [path.stem for path in sorted(GUIDES.glob("*.md"))])
def test_every_guide_has_a_test_that_follows_it(guide):
    followed = {name.removeprefix("test_how_to_").replace("_", "-") for name in globals() if name.startswith("test_how_to_")}
    assert guide in followed


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_guide_is_linked_from_where_people_begin(document):
    linked = set(re.findall(r"docs/how-to/([a-z-]+)\.md", (PROJECT / document).read_text("utf-8")))
    assert linked == {path.stem for path in GUIDES.glob("*.md")}


@pytest.mark.parametrize("guide", [path.stem for path in sorted(GUIDES.glob("*.md"))])
def test_a_guide_runs_no_command_from_outside_the_project(guide):
    for step in steps(guide):
        if not step.path:
            assert "sudo" not in step.content
            assert "/home/" not in step.content


def test_make_finds_the_environment_of_a_copy_complete(copy):
    # Else `make` would install the copy into the environment that the tests run in.
    ended = copy.run("make --dry-run docs wheel")
    assert ended.status == 0, ended.said
    assert "pip" not in ended.said


# ---- what is followed


@pytest.mark.long
def test_how_to_add_an_indicator(copy):
    copy.follow("add-an-indicator")
    found = "select area, value, unit, source, vintage from current_observations where indicator = 'electricity_access' order by area"
    assert asked(copy, found) == [
        ("ABW", 99.5, "%", "world-bank-wdi", "2026-09-01"),
        ("NAM", 56.5, "%", "world-bank-wdi", "2026-09-01"),
        ("NER", 20.5, "%", "world-bank-wdi", "2026-09-01"),
    ]
    # Its group figures stand beside those of the other indicators, with how little is behind them.
    world = "select publishable from aggregates where indicator = 'electricity_access' and group_name = 'world' and rule = 'renormalised'"
    assert set(asked(copy, world)) == {("not published",)}
    assert "Access to electricity" in (copy.folder / "data/publication/indicators/electricity_access.html").read_text("utf-8")
    labels = "select label, status from labels where kind = 'indicator' and key = 'electricity_access' and language = 'fr'"
    assert asked(copy, labels) == [("Access to electricity", "missing, shown in English")]


@pytest.mark.long
def test_how_to_add_a_claim(copy):
    copy.follow("add-a-claim")
    # 4G covers 93 per cent of people as printed, so that 7 per cent are without; a third is 30.83 to 35.83.
    verdicts = f"select moment, verdict, value from verdicts where claim = 'third-without-4g' and {OF_PUBLISHED_FIGURES}"
    assert asked(copy, verdicts) == [("at adoption", "not supported", 7.0), ("now", "not supported", 7.0)]
    pairs = "select least(claim_a, claim_b), greatest(claim_a, claim_b) from claim_conflicts"
    assert asked(copy, f"{pairs} where 'third-without-4g' in (claim_a, claim_b)") == [("covered-by-4g", "third-without-4g")]
    assert asked(copy, "select reviewed from claims where claim = 'third-without-4g'") == [("not supported",)]


@pytest.mark.long
def test_how_to_add_a_table(copy):
    copy.follow("add-a-table")
    # The share, the population and their product come from one row each.
    assert asked(copy, "select count(*) > 100, bool_and(people_offline between 0 and population) from people_offline") == [(True, True)]
    comments = "select comment from duckdb_columns() where table_name = 'people_offline' and column_name = 'population'"
    assert asked(copy, comments) == [("Number of people",)]
    assert asked(copy, "select comment is not null from duckdb_tables() where table_name = 'people_offline'") == [(True,)]
    publication = copy.folder / "data" / "publication"
    assert (publication / "tables" / "people_offline.csv").is_file()
    assert 'id="people_offline"' in (publication / "methods.html").read_text("utf-8")
    assert "`people_offline`" in (copy.folder / "docs" / "publication.md").read_text("utf-8")
    assets = "from pipelines.definitions import defs\nprint(*(s.key.to_user_string() for s in defs().resolve_all_asset_specs()))"
    assert "people_offline" in copy.python(assets).split()


@pytest.mark.long
def test_how_to_add_a_source(copy):
    copy.follow("add-a-source")
    found = "select area, value, vintage, published, nature, licence, row_number from observations where source = 'example-statistics'"
    assert asked(copy, f"{found} order by area") == [
        ("ABW", 97.5, "2026-05-01", "2026-05-01", "unknown", "CC BY 4.0", 2),
        ("NAM", 66.0, "2026-05-01", "2026-05-01", "unknown", "CC BY 4.0", 3),
    ]
    refused = "select row_number, reason like 'area ''XXX'' is unknown%' from quarantine where source = 'example-statistics'"
    assert asked(copy, refused) == [(4, True)]
    assert asked(copy, "select newest_vintage from freshness where source = 'example-statistics'") == [("2026-05-01",)]
    assert "Example Statistics Office" in (copy.folder / "data/publication/sources.html").read_text("utf-8")


@pytest.mark.long
def test_how_to_update_facts_and_figures(copy):
    copy.follow("update-facts-and-figures")
    world = "where source = 'itu-facts-and-figures' and indicator = 'individuals_using_internet' and area = 'world' and sex = 'all'"
    world += " and locality = 'all' and age = 'all'"
    # The edition of 2025 prints 73.6 per cent for the world, and one point more is 74.6.
    assert (74.6,) in asked(copy, f"select value from observations {world} and vintage = '2026' and year = 2026")
    assert asked(copy, f"select value_from, value_to from revisions {world} and vintage_to = '2026' and year = 2025") == [(73.6, 74.1)]
    # 74.1 is in the interval of "74 per cent", [73.5, 74.5], as 73.6 did: the verdict stays, drawn from the new edition.
    verdicts = f"select moment, verdict, value, vintage from verdicts where claim = 'online-2025' and {OF_PUBLISHED_FIGURES}"
    assert asked(copy, verdicts) == [("at adoption", "supported", 73.6, "2025"), ("now", "supported", 74.1, "2026")]
    embedded = copy.folder / "pipelines" / "embedded" / "itu-facts-and-figures" / "2026"
    assert sorted(path.name for path in embedded.iterdir()) == ["aggregates.csv", "aggregates.csv.toml"]
    assert not (copy.folder / "data" / "snapshots" / "itu-facts-and-figures" / "2026").exists()


@pytest.mark.long
def test_how_to_run_on_a_server(copy, tmp_path, monkeypatch):
    root = tmp_path / "srv"
    root.mkdir()
    monkeypatch.setenv("ROOT", str(root))
    texts = {}
    for step in steps("run-on-a-server"):
        if step.path:
            texts[step.path] = step.content.replace("/srv/divide", str(root))
            continue
        # The packages that the wheel needs are those of this environment: nothing is fetched but what builds the wheel.
        ended = copy.run(step.content, PIP_NO_INDEX="1", PIP_NO_DEPS="1", PYTHONPATH="")
        assert ended.status == 0, f"{step.content}\n{ended.said}"
        for packages in (root / "environment" / "lib").glob("python*/site-packages"):
            (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    assert "meet their contracts" in ended.said  # the restored backup is whole
    service = configparser.ConfigParser()
    service.optionxform = str
    service.read_string(texts["divide.service"])
    program, command, *_ = service["Service"]["ExecStart"].split()
    assert command == "ui"
    assert service["Service"]["EnvironmentFile"] == str(root / "divide.env")
    variables = dict(line.split("=", 1) for line in texts["divide.env"].splitlines() if not line.startswith("#"))
    with ui.started(root / "data", program, cwd=root, **variables) as running:
        asked_for = "{ repositoriesOrError { ... on RepositoryConnection { nodes { schedules { name scheduleState { status } } } } } }"
        (found,) = running.ask(asked_for)["repositoriesOrError"]["nodes"]
        nightly = [schedule["scheduleState"]["status"] for schedule in found["schedules"] if schedule["name"] == "nightly_refresh"]
        assert nightly == ["RUNNING"]


# ---- the settings that a guide names


def test_the_variables_of_the_server_are_those_that_the_settings_read():
    text = (GUIDES / "run-on-a-server.md").read_text("utf-8")
    settings = (PROJECT / "pipelines" / "settings.py").read_text("utf-8")
    for name in set(re.findall(r"DIVIDE_DIGEST_([A-Z]+?)(?:_FILE)?\b", text)):
        assert f'("{name}")' in settings, name
    assert REFRESH_CRON == "0 3 * * *", "the guide says 03:00 UTC"
    assert REFRESH_TIME_ZONE == "UTC"


# ---- the two that other tests begin


@pytest.mark.long
def test_how_to_add_a_chart(copy):
    for step in steps("add-a-chart"):
        if step.path:
            copy.write(step)
    # The first run draws the picture and asks to look at it; the second compares.
    first, second = (copy.run(step.content) for step in [step for step in steps("add-a-chart") if not step.path] * 2)
    assert (first.status, second.status) == (1, 0), second.said
    assert "offline_by_region.png was drawn: look at it" in first.said


def test_how_to_translate_labels():
    # The commands it names are those that there are; the catalogues themselves are tested with the labels.
    text = (GUIDES / "translate-labels.md").read_text("utf-8")
    assert set(re.findall(r"`divide (\w+)", text)) == {"labels"}
    assert "labels:" in (PROJECT / "Makefile").read_text("utf-8")
    assert list((PROJECT / "indicators" / "registries" / "locales").glob("*/LC_MESSAGES/labels.po"))
