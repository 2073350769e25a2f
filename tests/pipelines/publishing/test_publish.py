"""The public folder: described to the last byte, licensed as strictly as what is in it, and swapped in whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from indicators.charts.drawing import rendering
from indicators.contracts.declarations import Layer
from indicators.contracts.tables import TABLES, column_meanings, column_types, row_meaning
from indicators.contracts.validation import contract_problems
from indicators.registries.sources import sources
from pipelines.publication import datapackage, formats, sdmx
from pipelines.publication.documents import pdf
from pipelines.publication.site import front_page
from pipelines.publishing import opened
from pipelines.publishing import publish as publication
from pipelines.settings import PUBLICATIONS_KEPT, Settings
from pipelines.warehouse import build_tables, register
from pipelines.warehouse import selection as selection_module
from pipelines.warehouse.database import MixedVintages, Published, Warehouse, read_published
from pipelines.warehouse.parameters import Build
from pipelines.warehouse.status import what_changed
from tests.support.data_homes import DataHome
from tests.support.paths import DATA

#: A build or a publication for nearly every test.
pytestmark = pytest.mark.long

DATAHUB = (DATA / "itu_datahub_v2.csv").read_bytes()
NC_SA, FREE, CITED, OURS = "CC BY-NC-SA 3.0 IGO", "CC BY 4.0", "Figures cited", "MIT"
LISTS = "Lists cited (UN M49, ITU, World Bank)"


@pytest.fixture(scope="module", autouse=True)
def _no_pixels() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendering, "render", lambda chart, form, *more: f"{chart.name} as {form}".encode())
        patched.setattr(pdf, "pdf", lambda brief: brief.code.encode())
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> DataHome:
    """A house with one publication; tests that change it work on a copy."""
    house = DataHome.in_folder(tmp_path_factory.mktemp("house"))
    house.build()
    house.publish()
    return house


@pytest.fixture
def house(built, tmp_path) -> DataHome:
    """A copy of the house, to do with as one likes."""
    return built.copy_to(tmp_path / "home")


@pytest.fixture(scope="module")
def folder(built) -> Path:
    return built.paths.publication


def describe(folder: Path) -> dict[str, Any]:
    def no_constant(name: str) -> None:
        raise ValueError(f"{name} is no JSON")

    return json.loads((folder / "datapackage.json").read_text("utf-8"), parse_constant=no_constant)


@pytest.fixture(scope="module")
def package(folder) -> dict[str, Any]:
    return describe(folder)


@pytest.fixture(scope="module")
def resources(package) -> dict[str, dict[str, Any]]:
    return {resource["path"]: resource for resource in package["resources"]}


# ---- the descriptor


def test_every_file_is_described_but_the_descriptor_itself(folder, resources):
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    pages = datapackage.listed(folder / "pages.sha256")
    assert files - set(resources) - set(pages) == {"datapackage.json"}
    assert set(resources) | set(pages) <= files
    assert not set(resources) & set(pages)
    assert {f"tables/{table}.{form}" for table in TABLES for form in ("csv", "parquet")} <= files
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {
        *("charts", "sdmx", "tables"),
        *("areas", "assets", "briefs", "indicators", "paragraphs"),
    }
    assert {*formats.DESCRIPTIONS} <= files


def test_hash_and_size_of_every_file_are_those_described(folder, resources):
    for path, resource in resources.items():
        content = (folder / path).read_bytes()
        assert resource["bytes"] == len(content), path
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}", path


def test_every_file_has_a_name_of_its_own_that_frictionless_allows(resources):
    names = [resource["name"] for resource in resources.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][-a-z0-9._/]*", name) for name in names)


def test_every_file_says_its_licence_with_its_text_if_it_has_one(resources):
    texts = {source.licence: source.licence_url for source in sources().values()} | {OURS: "https://opensource.org/license/mit", LISTS: ""}
    for path, resource in resources.items():
        (licence,) = resource["licenses"]
        assert licence["title"] in texts, path
        assert re.fullmatch(r"[-a-zA-Z0-9._]+", licence["name"]), path
        assert licence.get("path", "") == texts[licence["title"]], path


@pytest.mark.parametrize("table", list(TABLES))
def test_the_fields_of_a_table_are_those_of_its_contract_and_of_its_file(folder, resources, table):
    fields = resources[f"tables/{table}.csv"]["schema"]["fields"]
    meanings, types = column_meanings(table), column_types(table)
    assert [(field["name"], field["description"]) for field in fields] == list(meanings.items())
    frictionless = {"str": "string", "int64": "integer", "float64": "number", "bool": "boolean"}
    assert [field["type"] for field in fields] == [frictionless[types[name]] for name in types]
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        assert next(csv.reader(handle)) == list(meanings)


@pytest.mark.parametrize("table", list(TABLES))
def test_a_primary_key_is_named_only_where_it_holds_in_the_file(folder, resources, table):
    key = resources[f"tables/{table}.csv"]["schema"].get("primaryKey")
    if key:
        rows = pd.read_csv(folder / "tables" / f"{table}.csv", dtype="str", keep_default_na=False)[key]
        assert not rows.duplicated().any()
        assert not (rows == "").any(axis=None)


@pytest.mark.parametrize("table", list(TABLES))
def test_a_table_has_the_same_rows_in_the_database_and_in_both_files(folder, table):
    held = read_published(folder / "digital_divide.duckdb", f"from {table}")
    parquet = duckdb.sql(f"from '{folder}/tables/{table}.parquet'").to_arrow_table().to_pandas()
    pd.testing.assert_frame_equal(held, parquet)
    types = column_types(table)
    text = {name: "str" for name, kind in types.items() if kind == "str"}
    plain = pd.read_csv(folder / "tables" / f"{table}.csv", dtype=text, keep_default_na=False, na_values={name: [""] for name in types})
    pd.testing.assert_frame_equal(held, plain.astype(types), check_exact=True)
    assert contract_problems(table, held).empty


def test_the_descriptor_says_from_what_it_was_made(package, built):
    assert package["snapshots"] == {snapshot.name: snapshot.sidecar["sha256"] for snapshot in built.store.list()}
    assert package["run"] == "first-run"
    assert package["selection"] == "everything held"
    assert {source["title"] for source in package["sources"]} == {snapshot.sidecar["citation"] for snapshot in built.store.list()}
    assert {licence["title"] for licence in package["licenses"]} == {resource["licenses"][0]["title"] for resource in package["resources"]}


def test_the_sdmx_file_has_every_number_of_every_vintage(folder):
    numbers = read_published(folder / "digital_divide.duckdb", "from observations")
    written = pd.read_csv(folder / "sdmx" / "observations.csv")
    assert written["OBS_VALUE"].to_list() == numbers["value"].to_list()
    assert not written.duplicated([*sdmx.DIMENSIONS]).any()


def test_the_data_dictionary_has_a_row_for_each_column(folder):
    reported = pd.read_csv(folder / "data_dictionary.csv", dtype="str")
    columns = read_published(folder / "digital_divide.duckdb", "select table_name, column_name from duckdb_columns() where not internal")
    assert set(zip(reported["table"], reported["column"], strict=True)) == set(columns.itertuples(index=False, name=None))
    row = reported[(reported["table"] == "aggregates") & (reported["column"] == "coverage")].iloc[0]
    assert (row["type"], row["in_key"], row["may_be_missing"]) == ("number", "False", "False")
    assert row["rules"].startswith("must be at least 0")


def test_the_page_names_no_file_that_is_not_there(folder):
    pages = {path.name: re.findall(r'(?:href|src)="([^"#:]+)[#"]', path.read_text("utf-8")) for path in folder.glob("*.html")}
    assert {"digital_divide.duckdb", "datapackage.json", "tables/observations.csv", "indicator_review.html"} <= set(pages["index.html"])
    assert {"index.html", "tables/indicator_review.csv"} <= set(pages["indicator_review.html"])
    assert [link for links in pages.values() for link in links if not (folder / link).is_file()] == []


def test_the_database_is_closed_and_says_what_its_tables_and_columns_are(folder):
    assert not list(folder.glob("*.wal"))
    said = read_published(
        folder / "digital_divide.duckdb",
        "select table_name, count(*) filter (where comment is null) as silent from duckdb_columns() where not internal group by 1",
    )
    assert dict(zip(said["table_name"], said["silent"], strict=True)) == dict.fromkeys(TABLES, 0)
    tables = read_published(folder / "digital_divide.duckdb", "select table_name, comment from duckdb_tables()")
    assert dict(zip(tables["table_name"], tables["comment"], strict=True)) == {table: f"One row: {row_meaning(table)}" for table in TABLES}


# ---- altered


def test_a_publication_as_it_was_made_is_not_altered(folder):
    assert opened.altered(folder) == []


@pytest.mark.parametrize("path", ["tables/observations.csv", "tables/runs.parquet", "charts/gap_by_sex.svg", "digital_divide.duckdb"])
@pytest.mark.parametrize("harm", ["one byte", "one byte more", "gone"])
def test_a_file_that_was_touched_is_named(house, path, harm):
    victim = house.paths.publication / path
    content = bytearray(victim.read_bytes())
    if harm == "gone":
        victim.unlink()
    else:
        victim.write_bytes(bytes([content[0] ^ 1]) + content[1:] if harm == "one byte" else content + b"\n")
    assert opened.altered(house.paths.publication) == [path]


def test_a_page_that_was_touched_is_named(house):
    index = house.paths.publication / "index.html"
    index.write_text(index.read_text("utf-8").replace("not supported", "supported"), "utf-8")
    assert opened.altered(house.paths.publication) == ["index.html"]


# ---- licences


def licence_of(folder: Path) -> dict[str, str]:
    return {resource["path"]: resource["licenses"][0]["title"] for resource in describe(folder)["resources"]}


def test_tables_of_free_figures_are_free_and_our_own_words_are_ours(folder):
    licences = licence_of(folder)
    for table in ("observations", "current_observations", "aggregates", "gaps", "verdicts", "revisions"):
        assert licences[f"tables/{table}.csv"] == licences[f"tables/{table}.parquet"] == FREE
    for table in ("time_distance", "convergence", "change_decomposition", "inequality", "aggregate_consistency", "imputed_aggregates"):
        assert licences[f"tables/{table}.csv"] == licences[f"tables/{table}.parquet"] == FREE
    for table in ("projections", "targets", "data_gaps"):
        assert licences[f"tables/{table}.csv"] == licences[f"tables/{table}.parquet"] == FREE
    for table in ("economies", "memberships"):
        assert licences[f"tables/{table}.csv"] == licences[f"tables/{table}.parquet"] == LISTS
    for table in ("indicators", "groups", "sources", "claims", "claim_conflicts", "runs"):
        assert licences[f"tables/{table}.csv"] == licences[f"tables/{table}.parquet"] == OURS
    # All refused rows are rows of Facts and Figures, which are cited.
    assert licences["tables/quarantine.csv"] == CITED
    assert licences["digital_divide.duckdb"] == FREE


def test_a_non_commercial_share_alike_snapshot_makes_what_it_touches_so_and_leaves_the_rest(house):
    before = licence_of(house.paths.publication)
    sidecar = {"published": "2026-04-29", "licence": NC_SA, "citation": "ITU DataHub", "url": "https://datahub.itu.int"}
    house.store.put("itu-datahub", "2026-04-29", "use.csv", DATAHUB, sidecar)
    house.build()
    after = licence_of(house.publish("second-run"))
    # The small export has shares of Namibia and Kosovo, and refused rows. It has no earlier vintage to be compared with, no claim is
    # drawn from it, and it gives a figure for women but none for men. Published averages are held against its members too, and a number
    # that no economy has is missing from it as well.
    touched = {"observations", "current_observations", "aggregates", "snapshots", "quarantine"}
    touched |= {
        "editions",
        "convergence",
        "inequality",
        "aggregate_consistency",
        "projections",
        "targets",
        "data_gaps",
        "indicator_review",
        "earlier_resolution",
    }
    changed = {path for path in before if after[path] != before[path]}
    assert {after[path] for path in changed} == {NC_SA}
    assert {Path(path).stem for path in changed if path.startswith("tables/")} == touched
    assert after["digital_divide.duckdb"] == NC_SA
    # A chart is as free as what is drawn in it, which its table states.
    for path in house.paths.publication.glob("charts/*.csv"):
        drawn = set(pd.read_csv(path)["source"].dropna())
        free_as = NC_SA if "itu-datahub" in drawn else FREE if "world-bank-wdi" in drawn else CITED
        assert {after[f"charts/{path.stem}.{form}"] for form in ("csv", "png", "svg")} == {free_as}, path.stem


def test_a_snapshot_without_an_address_leaves_the_descriptor_valid(house):
    with house.warehouse.connect() as connection:
        connection.execute("update snapshots set url = null, citation = 'somebody' where vintage = '2019'")
    assert {"title": "somebody"} in describe(house.publish("second-run"))["sources"]


# ---- swapping in


@pytest.mark.worked("runs")
def test_the_first_publication_says_so_and_the_next_what_changed(house):
    folder = house.publish("second-run")
    runs = read_published(folder / "digital_divide.duckdb", "select run, status, what_changed from runs order by finished_at, run")
    assert runs.values.tolist() == [
        ["first-run", "published", "first publication"],
        ["second-run", "published", "nothing: the same figures as before"],
    ]
    assert what_changed(Published(folder / "digital_divide.duckdb")) in runs["what_changed"].tolist()


def test_what_changed_tells_new_snapshots_numbers_and_verdicts(house):
    with house.warehouse.connect() as connection:
        connection.execute("insert into snapshots by name select * replace ('a/2026/new.csv' as snapshot) from snapshots limit 1")
        connection.execute(
            "update current_observations set value = value + 1 where area in ('NAM', 'NER') and indicator = 'population' and year = 2023"
        )
        connection.execute("delete from current_observations where area = 'AFG' and indicator = 'population' and year = 2023")
        connection.execute(
            "update verdicts set verdict = 'revised since' where claim = 'online-2025' and moment = 'now' and basis = 'published'"
        )
    assert what_changed(Published(house.publish("second-run") / "digital_divide.duckdb")) == (
        "1 new snapshot (a/2026/new.csv); current numbers: 2 changed, 1 gone; online-2025 (published): supported became revised since"
    )


def links(paths: Settings) -> tuple[str, set[str]]:
    """Return where the publication points to, and every folder beside it, hidden ones too."""
    return os.readlink(paths.publication), {path.name for path in paths.publications.iterdir()}


@pytest.mark.parametrize("moment", ["page", "database", "swap"])
def test_a_failure_at_any_moment_leaves_the_last_publication_and_no_litter(house, monkeypatch, moment):
    before = links(house.paths)

    def fail(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    target = {"page": (front_page, "render"), "database": (Warehouse, "export"), "swap": (publication, "_point")}[moment]
    monkeypatch.setattr(*target, fail)
    with pytest.raises(OSError, match="No space left"):
        house.publish("second-run")
    assert links(house.paths)[0] == before[0]
    assert opened.altered(house.paths.publication) == []
    assert not [name for name in links(house.paths)[1] if name.startswith(".")]
    if moment == "swap":
        monkeypatch.undo()
        house.publish("third-run")
        assert links(house.paths)[0].endswith("-third-ru")


@pytest.mark.parametrize("file", ["tables/gaps.csv", "charts/gap_by_sex.png", "areas/KEN.html", "digital_divide.duckdb"])
def test_a_file_that_was_cut_short_on_the_way_is_not_published(house, monkeypatch, file):
    before = links(house.paths)[0]
    real = front_page.page

    def cut_short(tables: Any, charts: Any, downloads: Any, about: Any) -> str:
        (aside,) = house.paths.publications.glob(".*.partial")
        (aside / file).write_bytes((aside / file).read_bytes()[:-1])
        return real(tables, charts, downloads, about)

    monkeypatch.setattr(front_page, "page", cut_short)
    with pytest.raises(publication.Incomplete, match=f"^{file} is not as it was described; nothing was published, run the build again$"):
        house.publish("second-run")
    assert links(house.paths)[0] == before


def test_tables_of_two_states_are_not_published_together(house):
    before = links(house.paths)
    with house.warehouse.held():
        build_tables.make(Build(house.warehouse, house.store), *register.tables(Layer.REGISTRIES))
    with pytest.raises(MixedVintages, match=r"was made from an older (indicators|sources|memberships)"):
        house.publish("second-run")
    assert links(house.paths) == before


def test_only_the_newest_publications_are_kept_and_what_killed_runs_left_is_cleared(house):
    for number in range(8):
        shutil.copytree(house.paths.publication, house.paths.publications / f"20200101T00000{number}-abcdefgh")
    (house.paths.publications / ".20200101T000000-dead.4711.partial").mkdir()
    house.publish("second-run")
    target, beside = links(house.paths)
    assert len(beside) == PUBLICATIONS_KEPT == 5
    assert Path(target).name in beside
    assert {f"20200101T00000{number}-abcdefgh" for number in (5, 6, 7)} <= beside


def test_a_clock_that_once_ran_ahead_does_not_cost_the_publication(house):
    for number in range(5):
        shutil.copytree(house.paths.publication, house.paths.publications / f"20990101T00000{number}-abcdefgh")
    folder = house.publish("second-run")
    assert (folder / "digital_divide.duckdb").exists()


def test_a_damaged_publication_is_replaced_by_the_next(house):
    database = house.paths.publication.resolve() / "digital_divide.duckdb"
    database.write_bytes(database.read_bytes()[:5000])
    house.publish("second-run")
    assert opened.altered(house.paths.publication) == []


def test_a_selection_is_published_beside_again_and_again_and_the_publication_stays_as_it_is(house):
    before = links(house.paths)
    bytes_before = (house.paths.publication / "datapackage.json").read_bytes()
    house.build(selection_module.Selection(("itu-facts-and-figures",), "2025-12-17"))
    for run in ("second-run", "third-run"):
        folder = house.publish(run)
        assert folder == house.paths.selections / "itu-facts-and-figures-until-2025-12-17"
        assert opened.altered(folder) == []
        reported = describe(folder)
        assert (reported["selection"], reported["run"]) == ("itu-facts-and-figures, until 2025-12-17", run)
        assert opened.newest_selection(house.paths) == folder
    assert [path.name for path in house.paths.selections.iterdir()] == [folder.name]
    assert links(house.paths) == before
    assert (house.paths.publication / "datapackage.json").read_bytes() == bytes_before


@pytest.mark.parametrize("selection", [selection_module.Selection((), "1999-12-31"), selection_module.Selection(("itu-datahub",))], ids=str)
def test_a_selection_that_leaves_nothing_is_refused_with_what_there_is_to_choose_from(built, tmp_path, selection):
    warehouse = Warehouse(tmp_path / "build.duckdb")
    with pytest.raises(ValueError, match=r"leaves no snapshot; choose a later day, or add a file") as refused:
        build_tables.make(Build(warehouse, built.store, selection), "snapshots")
    assert str(selection) in str(refused.value)
    assert not warehouse.path.exists()


@pytest.mark.parametrize(
    ("sources", "until", "named"),
    [(("unicef",), "", "unicef"), (("world-bank-wdi", "wdi"), "", "wdi"), ((), "December", "December"), ((), "2025-13-40", "2025-13-40")],
)
def test_a_selection_of_what_does_not_exist_cannot_be_made(sources, until, named):
    with pytest.raises(ValueError, match=named):
        selection_module.Selection(sources, until)


def test_a_reader_keeps_what_it_has_open_and_a_new_one_sees_the_new(house):
    with duckdb.connect(str(house.paths.database), read_only=True) as reader:
        house.publish("second-run")
        assert reader.sql("select count(*) from runs").fetchall() == [(1,)]
        assert reader.sql("select count(*) from observations").fetchall()[0][0] > 1000
    assert len(read_published(house.paths.database, "from runs")) == 2
