"""What Dagster finds: complete, described, and true to what the code reads and checks."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys

import dagster as dg
import pytest
import yaml

from indicators.charts.registry import CHARTS
from indicators.contracts.tables import TABLES, column_meanings, column_types, key_columns, row_meaning
from indicators.registries import resolution
from pipelines.definitions import defs
from pipelines.defs import new_vintages, raw
from pipelines.orchestration.resources import BuildDatabase, DataHome
from pipelines.warehouse import checks as checks_module
from pipelines.warehouse import queries as models
from pipelines.warehouse import register, selection
from tests.support.paths import PROJECT

#: In the order of the flow, which is that of the alphabet, by which the UI sorts.
GROUPS = [
    *("1_sources", "2_registries", "3_raw", "4_core", "5_measures", "6_claims", "7_charts", "8_publication"),
]


@pytest.fixture(scope="module")
def found() -> dg.Definitions:
    return defs()


@pytest.fixture(scope="module")
def specs(found) -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in found.resolve_all_asset_specs()}


@pytest.fixture(scope="module")
def checks(found) -> dict[tuple[str, str], dg.AssetCheckSpec]:
    graph = found.resolve_asset_graph()
    return {(key.asset_key.to_user_string(), key.name): graph.get_check_spec(key) for key in graph.asset_check_keys}


# ---- loading

LOADED = """
import json, sys
from pipelines.definitions import defs
from pipelines.defs import new_vintages, raw
found = defs()
heavy = [name for name in ("matplotlib", "requests", "jinja2") if name in sys.modules]
print(json.dumps({"assets": len(list(found.resolve_all_asset_specs())), "heavy": heavy, "schedules": len(found.schedules)}))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> dict:
    """What a process with nothing in its environment finds, started in a folder of no importance."""
    command = [sys.executable, "-c", LOADED]
    ended = subprocess.run(command, env={}, cwd=tmp_path_factory.mktemp("elsewhere"), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1]) | {"said": ended.stderr}


def test_the_definitions_load_with_an_empty_environment_from_anywhere_and_in_silence(loaded, specs):
    assert loaded["assets"] == len(specs)
    assert loaded["schedules"] == 1
    assert loaded["said"] == ""


def test_loading_the_definitions_brings_in_neither_charts_nor_network_nor_page(loaded):
    assert loaded["heavy"] == []


def test_the_definitions_can_be_validated(found):
    dg.Definitions.validate_loadable(found)


# ---- assets


def test_every_public_table_every_chart_every_raw_table_the_connectors_and_the_publication_are_assets(specs):
    # The table of runs is written by the publication itself: a run is in it only once it was published.
    tables = set(TABLES) - {"runs"}
    assert set(specs) == tables | {f"chart_{name}" for name in CHARTS} | set(selection.RAW_TABLES.values()) | {
        "new_vintages",
        "dropped_files",
        "publication",
        "digest",
    }


def test_every_asset_begins_with_a_sentence_and_says_where_to_look_and_what_it_is_made_with(specs):
    for name, spec in specs.items():
        first, *more = spec.description.split("\n\n")
        assert first.endswith("."), name
        assert "*" not in first, name  # the catalogue shows the beginning as it is written
        assert more, name
        assert spec.kinds, name


def test_every_link_of_a_description_leads_to_an_asset(specs):
    for name, spec in specs.items():
        linked = set(re.findall(r"\(/assets/(\w+)\)", spec.description))
        assert linked <= set(specs) - {name}, name
        assert linked or name.startswith("chart_"), name


@pytest.mark.parametrize("table", [name for name in TABLES if name != "runs"])
def test_every_table_says_what_one_row_is_what_names_it_which_file_makes_it_and_where_it_is_published(specs, table):
    text = specs[table].description
    assert f"**One row is** {row_meaning(table)}." in text
    assert all(f"`{name}`" in text for name in key_columns(table))
    assert (PROJECT / register.made_in(table)).is_file()
    assert f"`{register.made_in(table)}`" in text
    assert f"`tables/{table}.csv`" in text
    assert f"`methods.html#{table}`" in text


def test_every_asset_belongs_to_a_group_and_the_groups_sort_in_the_order_of_the_flow(specs):
    order = sorted({spec.group_name for spec in specs.values()})
    assert order == GROUPS
    place = {name: order.index(spec.group_name) for name, spec in specs.items()}
    assert all(place[dep.asset_key.to_user_string()] <= place[name] for name, spec in specs.items() for dep in spec.deps)


@pytest.mark.parametrize("path", sorted((models.SQL / "heads").glob("*.sql")), ids=lambda path: path.stem)
def test_the_rows_to_look_at_first_are_few_in_columns_say_which_they_are_and_read_no_table_that_comes_later(found, path):
    query = models.head(path.stem)
    assert path.stem in query.reads
    assert query.description.endswith(".")
    above = found.resolve_asset_graph().get_ancestor_asset_keys(dg.AssetKey(path.stem))
    assert {dg.AssetKey(table) for table in query.reads} <= above | {dg.AssetKey(path.stem)}


def test_no_asset_has_an_owner(specs):
    assert not any(spec.owners for spec in specs.values())


@pytest.mark.parametrize("table", [name for name in TABLES if name != "runs"])
def test_every_public_table_shows_its_columns_with_types_and_meanings(specs, table):
    schema = specs[table].metadata["dagster/column_schema"]
    assert {column.name: column.type for column in schema.columns} == column_types(table)
    assert {column.name: column.description for column in schema.columns} == column_meanings(table)
    assert all(column.description for column in schema.columns)


def test_nothing_depends_on_what_is_not_there(specs):
    for name, spec in specs.items():
        assert {dep.asset_key.to_user_string() for dep in spec.deps} <= set(specs), name


# What each table is made from, worked out from its query or the tables its function is named after, and read off the files by eye.
UPSTREAM = {
    "snapshots": ("new_vintages", "dropped_files", "sources"),
    "raw_world_bank_wdi": ("snapshots",),
    "indicators": ("new_vintages", "dropped_files"),
    "observations": ("snapshots", *selection.RAW_TABLES.values(), "economies", "groups"),
    "quarantine": ("snapshots", *selection.RAW_TABLES.values()),
    "freshness": ("snapshots", "sources"),
    "corrections": ("snapshots", *selection.RAW_TABLES.values()),
    "area_differences": ("snapshots", "economies", "memberships"),
    "editions": ("observations", "snapshots", "sources"),
    "current_observations": ("observations", "editions", "quarantine"),
    "revisions": ("observations", "editions", "quarantine"),
    "aggregates": ("observations", "memberships", "groups", "indicators", "editions"),
    "gaps": ("aggregates", "observations", "indicators"),
    "time_distance": ("aggregates", "observations", "indicators", "editions"),
    "convergence": ("observations", "memberships", "groups", "indicators", "editions"),
    "change_decomposition": ("aggregates", "observations", "memberships", "groups", "indicators", "editions"),
    "inequality": ("observations", "memberships", "groups", "economies", "indicators", "editions"),
    "aggregate_consistency": ("observations", "memberships", "economies", "groups", "indicators", "editions"),
    "imputed_aggregates": ("observations", "memberships", "economies", "groups", "indicators", "editions"),
    "projections": ("current_observations", "observations", "editions", "indicators"),
    "targets": ("current_observations", "observations", "gaps", "editions", "memberships", "indicators"),
    "scenarios": ("aggregates", "observations", "editions", "memberships", "groups", "indicators"),
    "data_gaps": ("current_observations", "observations", "memberships", "groups", "indicators", "editions"),
    "indicator_review": ("current_observations", "observations", "revisions", "economies", "indicators", "editions"),
    "verdicts": ("claims", "observations", "aggregates", "editions"),
    "claim_identities": ("claims",),
    "claim_conflicts": ("claim_identities",),
    "earlier_resolution": ("claims", "observations", "editions"),
    "crosswalk": ("claims", "indicators"),
    "paragraphs": ("claims", "crosswalk"),
    "action_lines": ("crosswalk",),
    "unmeasured_topics": ("observations",),
    "calendar": ("new_vintages", "dropped_files"),
}


@pytest.mark.parametrize("table", UPSTREAM)
def test_the_graph_shows_what_a_table_is_made_from_and_what_its_checks_compare_it_with(specs, table):
    assert {dep.asset_key.to_user_string() for dep in specs[table].deps} == set(UPSTREAM[table])


def test_the_charts_depend_on_the_tables_they_are_drawn_from(specs):
    for name, chart in CHARTS.items():
        assert {dep.asset_key.to_user_string() for dep in specs[f"chart_{name}"].deps} == set(chart.inputs)


def test_the_publication_waits_for_everything_public(specs):
    waits_for = {dep.asset_key.to_user_string() for dep in specs["publication"].deps}
    assert waits_for == (set(TABLES) - {"runs"}) | {f"chart_{name}" for name in CHARTS}


def test_what_matters_is_reported_once_it_is_published(specs):
    assert {dep.asset_key.to_user_string() for dep in specs["digest"].deps} == {"publication"}


def test_only_the_connectors_are_tried_again(found):
    retried = {node.name for node in found.resolve_job_def("refresh").nodes if node.definition.retry_policy is not None and node.name}
    assert retried <= {"new_vintages"}


# ---- checks


@pytest.mark.parametrize("table", [name for name in TABLES if name != "runs"])
def test_every_public_table_has_a_blocking_check_of_its_contract(checks, table):
    spec = checks[table, "keeps_its_contract"]
    assert spec.blocking
    assert row_meaning(table) in spec.description


def test_every_query_of_sql_checks_is_a_blocking_check_of_its_table(checks):
    for check in models.checks():
        spec = checks[check.table, check.query.name]
        assert spec.blocking
        assert spec.description == check.query.description


def test_every_claim_has_a_check_that_warns(checks):
    named = {checks_module.check_name(claim.claim): claim for claim in resolution.load_claims()}
    found = {name: spec for (table, name), spec in checks.items() if table == "verdicts" and name.startswith("supports_")}
    assert set(found) == set(named)
    for name, spec in found.items():
        assert not spec.blocking
        assert f"Paragraph {named[name].paragraph}: {named[name].statement}" in spec.description


def test_a_verdict_that_differs_from_the_review_blocks(checks):
    assert checks["verdicts", "agrees_with_the_review"].blocking


def test_thin_years_and_unavailable_sources_warn_only(checks):
    assert not checks["aggregates", "newest_year_covers_most_people"].blocking
    for table, check in [
        ("new_vintages", "connectors_are_available"),
        ("new_vintages", "sources_are_fresh"),
        ("freshness", "sources_are_fresh"),
        ("corrections", "corrections_still_apply"),
        ("area_differences", "area_lists_agree"),
        ("aggregate_consistency", "published_averages_are_possible"),
        ("dropped_files", "every_file_could_be_used"),
        ("new_vintages", "digest_was_delivered"),
        ("digest", "digest_was_delivered"),
    ]:
        assert not checks[table, check].blocking


def test_every_check_says_what_it_checks(checks):
    assert all(spec.description for spec in checks.values())


# ---- jobs, schedule, executor


JOBS = ["build", "as_of_adoption", "one_source", "refresh", "refresh_one_source", "take_in"]


def selected(found: dg.Definitions, job: str) -> set[str]:
    return {key.to_user_string() for key in found.resolve_job_def(job).asset_layer.selected_asset_keys}


def test_a_build_asks_nobody_and_a_refresh_asks_first_and_both_make_the_rest(found, specs):
    assert selected(found, "refresh") == set(specs) - {"dropped_files"}
    assert selected(found, "build") == set(specs) - {"new_vintages", "dropped_files"}
    assert selected(found, "take_in") == set(specs) - {"new_vintages"}
    assert selected(found, "as_of_adoption") == selected(found, "one_source") == selected(found, "build")
    assert selected(found, "refresh_one_source") == selected(found, "refresh")


def test_the_drop_folder_is_looked_into_from_the_start(found):
    (sensor,) = found.sensors
    assert (sensor.name, sensor.job.name, sensor.default_status) == ("inbox", "take_in", dg.DefaultSensorStatus.RUNNING)


@pytest.mark.parametrize("job", JOBS)
def test_the_jobs_run_in_one_process(found, job):
    assert found.resolve_job_def(job).executor_def.name == "in_process"


@pytest.mark.parametrize("job", JOBS)
def test_the_jobs_say_what_they_do(found, job):
    assert found.resolve_job_def(job).description.endswith(".")


# ---- the launchpad


def test_the_jobs_are_all_tested(found):
    assert {job.name for job in found.jobs} == set(JOBS)


@pytest.mark.parametrize("job", JOBS)
def test_what_the_launchpad_begins_with_is_valid(found, job):
    definition = found.resolve_job_def(job)
    assert dg.validate_run_config(definition, definition.run_config or {})


def test_the_example_of_adoption_has_the_day_of_the_resolution_and_every_field_to_change(found):
    config = found.resolve_job_def("as_of_adoption").run_config["ops"]["raw"]["config"]
    assert config["published_until"] == "2025-12-17"
    assert set(config) == set(raw.Selection.model_fields)


@pytest.mark.parametrize("job", ["build", "refresh"])
def test_the_examples_in_the_words_of_a_job_are_valid_as_they_stand(found, job):
    definition = found.resolve_job_def(job)
    (example,) = re.findall(r"```yaml\n(.*?)```", definition.description, re.S)
    assert dg.validate_run_config(definition, yaml.safe_load(example))


@pytest.mark.parametrize("config", [raw.Selection, new_vintages.Requests])
def test_every_field_of_the_launchpad_is_described_with_an_example(config):
    for name, field in config.model_fields.items():
        assert "Example: " in field.description, name


@pytest.mark.parametrize(
    ("op", "wrong", "reported"),
    [
        ("raw", {"sources": ["world-bank"]}, "enum type SourceName"),
        ("raw", {"published_untill": "2025-12-17"}, 'unexpected config entry "published_untill"'),
        ("new_vintages", {"sources": ["itu-facts-and-figures"]}, "enum type ConnectedSource"),  # it has no connector
    ],
)
def test_a_slip_in_the_launchpad_is_refused_before_anything_runs(found, op, wrong, reported):
    with pytest.raises(dg.DagsterInvalidConfigError) as refused:
        dg.validate_run_config(found.resolve_job_def("refresh"), {"ops": {op: {"config": wrong}}})
    assert reported in str(refused.value)


def test_a_day_that_is_none_ends_the_run_in_one_line_with_nothing_changed(tmp_path):
    database = BuildDatabase(home=DataHome(folder=str(tmp_path)))
    context = dg.build_asset_context()
    with pytest.raises(dg.Failure, match=r"^'2025-13-01' is no day of the calendar; write it as 2025-12-17; nothing was changed$"):
        next(iter(raw.raw(context, raw.Selection(published_until="2025-13-01"), database=database)))
    assert not database.warehouse.has("snapshots")


def test_the_nightly_refresh_is_at_three_in_the_night_utc_and_on_from_the_start(found):
    (schedule,) = found.schedules
    assert (schedule.name, schedule.job.name) == ("nightly_refresh", "refresh")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 3 * * *", "UTC")
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING


def test_a_tick_of_the_schedule_asks_for_a_run(found):
    night = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
    schedule = found.get_repository_def().get_schedule_def("nightly_refresh")
    with dg.build_schedule_context(scheduled_execution_time=night, repository_def=found.get_repository_def()) as context:
        ticked = schedule.evaluate_tick(context)
    (request,) = ticked.run_requests
    assert ticked.skip_message is None
    assert request.run_config in ({}, None)
    assert request.tags["user"] == "nightly schedule"
    assert request.tags["why"] == "due by the schedule 0 3 * * *, UTC"


def test_the_instance_keeps_telemetry_off_and_runs_one_build_at_a_time():
    text = (PROJECT / "dagster.yaml").read_text("utf-8")
    assert "telemetry:\n  enabled: false" in text
    assert "max_concurrent_runs: 1" in text
