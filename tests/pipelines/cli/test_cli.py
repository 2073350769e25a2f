"""`divide …`: exit codes, JSON for scripts, one line for what went wrong, and help at once."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from indicators.charts.drawing import fonts, rendering
from indicators.charts.registry import labels_with_charts
from indicators.contracts.tables import TABLES, column_types
from indicators.registries import label_catalogues, labels, resolution
from indicators.registries.sources import sources
from pipelines.cli import main as cli
from pipelines.notify import digest
from pipelines.publication.documents import pdf
from pipelines.publishing import opened
from pipelines.settings import Settings
from pipelines.warehouse.database import read_published
from tests.support.data_homes import DataHome
from tests.support.paths import PROJECT
from tests.support.server import Reply

COMMANDS = sorted(cli.divide.commands)


class Terminal:
    """Runs the command in this process as the script would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Return exit code, output and errors."""
        self._monkeypatch.setattr(sys, "argv", ["divide", *arguments])
        self._capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, *self._capsys.readouterr()


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A data home with a publication, which no test changes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendering, "render", lambda chart, form, *more: b"x")
        patched.setattr(pdf, "pdf", lambda brief: b"x")
        house = DataHome.in_folder(tmp_path_factory.mktemp("house"))
        house.build()
        house.publish()
    return house.paths.home


@pytest.fixture
def terminal(home, monkeypatch, capsys) -> Terminal:
    monkeypatch.setenv("DIVIDE_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def own_home(home, tmp_path, monkeypatch) -> Path:
    """A copy of the data home, to do with as one likes."""
    shutil.copytree(home, tmp_path / "home", symlinks=True)
    monkeypatch.setenv("DIVIDE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


# ---- help

HEAVY = ("pandas", "numpy", "dagster", "duckdb", "requests", "matplotlib", "pandera", "pyarrow", "rich", "jinja2", "indicators")
HELP = f"""
import sys
from click.testing import CliRunner
from pipelines.cli import main as cli
for arguments in [["--help"], ["-h"], *([command, "--help"] for command in cli.divide.commands)]:
    result = CliRunner().invoke(cli.divide, arguments)
    assert result.exit_code == 0, arguments
    print("\\0".join([" ".join(arguments), result.output]), end="\\1")
print(sorted({{name.partition(".")[0] for name in sys.modules}} & {set(HEAVY)!r}), end="")
"""


@pytest.fixture(scope="module")
def helped() -> tuple[dict[str, str], str]:
    """What every --help prints, in a fresh process, and what it imported."""
    ended = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=False, cwd=PROJECT)
    assert ended.returncode == 0, ended.stderr
    *pages, heavy = ended.stdout.split("\1")
    return dict(page.split("\0") for page in pages), heavy


def test_help_imports_nothing_heavy(helped):
    assert helped[1] == "[]"


def test_help_lists_every_command_with_what_it_does(helped):
    pages, _ = helped
    assert pages["--help"] == pages["-h"]
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\w", pages["--help"], re.MULTILINE), command


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_says_in_a_sentence_what_it_does_and_explains_every_option(helped, command):
    page = helped[0][f"{command} --help"]
    assert page.startswith(f"Usage: divide {command}")
    said = page.split("\n\n")[1]
    assert said.strip()[0].isupper()
    for option in cli.divide.commands[command].params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_the_commands_are_those_of_the_design_so_far():
    assert {"build", "refresh", "add", "claims", "check", "diff", "ui"} <= set(COMMANDS)


def test_the_script_is_installed_under_its_name():
    script = Path(sys.executable).with_name("divide")
    ended = subprocess.run([script, "--help"], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Usage: divide ")


# ---- exit codes


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["claims", "too", "much"], ["claims", "--yaml"], ["add"], ["diff"], ["diff", "world-bank-wdi", "2025-10"],
        ["ui", "--port", "three"], ["build", "--unknown"], ["--bug"], ["brief"], ["brief", "KEN", "--all"], ["brief", "--all"],
        ["brief", "kenia"], ["brief", "congo"], ["brief", "KEN", "USA"], ["brief", "KEN", "--format", "docx"],
        ["brief", "KEN", "--to", "ken.pdf", "--format", "md"], ["brief", "KEN", "--to", "ken.docx"],
        ["brief", "KEN", "USA", "--to", "both.pdf"], ["charts", "--language", "de", "--to", "x"], ["charts"],
        ["charts", "no_such_chart", "--to", "x"], ["labels", "--language", "en"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_mistake_of_use_is_exit_code_2_and_says_how_to_go_on(terminal, arguments):
    code, out, err = terminal.run(*arguments)
    assert (code, out) == (2, "")
    assert re.match(r"Usage: .*\bdivide ", err)
    assert "Error: " in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "command",
    [["claims"], ["check"], ["brief", "KEN"], ["claims", "--json"], ["diff", "world-bank-wdi", "2025-10", "2026-04-11"]],
    ids=" ".join,
)
def test_without_a_publication_it_is_exit_code_3_and_one_line_that_says_what_to_do(terminal, tmp_path, monkeypatch, command):
    monkeypatch.setenv("DIVIDE_HOME", str(tmp_path / "nothing"))
    code, out, err = terminal.run(*command)
    assert (code, out) == (3, "")
    assert err == f"Error: no publication in {tmp_path}/nothing; run `divide build` first\n"
    assert not (tmp_path / "nothing").exists()


def test_an_unforeseen_error_is_one_line_and_exit_code_3(terminal, monkeypatch):
    monkeypatch.setattr(opened, "altered", lambda folder: {}["of two\nlines"])
    code, out, err = terminal.run("check")
    assert (code, out) == (3, "")
    assert re.fullmatch(r"Error: [^\n]*of two[^\n]*lines[^\n]* \(unexpected; `divide --debug …` shows where\)\n", err)


def test_an_error_without_words_is_reported_by_its_kind(terminal, monkeypatch):
    monkeypatch.setattr(opened, "altered", lambda folder: (_ for _ in ()).throw(MemoryError))
    assert terminal.run("check")[2] == "Error: MemoryError (unexpected; `divide --debug …` shows where)\n"


# ---- --debug


def debugged(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipelines.cli", "--debug", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env={**os.environ, "DIVIDE_HOME": str(home)})


@pytest.fixture(scope="module")
def stated(tmp_path_factory) -> subprocess.CompletedProcess[str]:
    return debugged(tmp_path_factory.mktemp("nothing"), "claims")


def test_debug_shows_the_traceback_of_an_error(stated):
    assert "Traceback (most recent call last):" in stated.stderr
    assert "in published_settings" in stated.stderr
    assert "run `divide build` first" in stated.stderr


def test_debug_keeps_the_exit_code(stated):
    assert stated.returncode == 3


def test_a_mistake_of_use_is_no_traceback_even_under_debug(terminal):
    assert terminal.run("--debug", "nonsense")[0] == 2


def test_debug_changes_nothing_where_all_is_well(terminal):
    assert terminal.run("--debug", "claims", "--json") == terminal.run("claims", "--json")


# ---- claims


def test_claims_as_json_are_what_is_published(terminal, home):
    code, out, err = terminal.run("claims", "--json")
    assert (code, err) == (0, "")
    rows = {row["claim"]: row for row in json.loads(out)}
    assert set(rows) == {claim.claim for claim in resolution.load_claims()}
    third = rows["third-offline"]
    assert (third["paragraph"], third["interval"], third["value"], third["unit"]) == (16, "[30.83, 35.83)", 26.4, "%")
    assert (third["at_adoption"], third["now"], third["reviewed"]) == ("not supported",) * 3
    database = home / "publication" / "digital_divide.duckdb"
    said = read_published(database, "select claim, explanation from verdicts where moment = 'now' and basis = 'published'")
    assert {claim: row["explanation"] for claim, row in rows.items()} == dict(zip(said["claim"], said["explanation"], strict=True))


def test_claims_are_a_table_in_the_order_of_the_paragraphs(terminal):
    code, out, err = terminal.run("claims")
    assert (code, err) == (0, "")
    assert out.startswith("Statements of A/RES/80/173 and their verdicts")
    assert re.findall(r"^│ +(\d\d) │", out, re.MULTILINE) == sorted(str(claim.paragraph) for claim in resolution.load_claims())
    assert "narrowly supported" in out


def test_a_verdict_that_is_another_now_than_at_adoption_has_a_line_below_the_table(terminal, own_home):
    import duckdb

    assert "at adoption." not in terminal.run("claims")[1]
    with duckdb.connect(str(own_home / "publication" / "digital_divide.duckdb")) as connection:
        changed = "set verdict = 'revised since', change = 'The figure was revised.'"
        connection.execute(f"update verdicts {changed} where claim = 'online-2025' and moment = 'now' and basis = 'published'")
    assert terminal.run("claims")[1].endswith("online-2025: supported at adoption, revised since now. The figure was revised.\n")


def test_a_verdict_that_differs_from_the_reviewed_one_is_exit_code_1_after_the_table(terminal, own_home):
    import duckdb

    with duckdb.connect(str(own_home / "publication" / "digital_divide.duckdb")) as connection:
        connection.execute("update claims set reviewed = 'undetermined' where claim in ('own-a-phone', 'women-online')")
    code, out, err = terminal.run("claims", "--json")
    assert code == 1
    assert len(json.loads(out)) == len(resolution.load_claims())
    assert err == (
        "Error: the verdict at adoption differs from the reviewed one for own-a-phone, women-online; check the data, or review "
        "`verdict` in indicators/registries/resolution.toml\n"
    )


# ---- check


def test_check_says_how_much_it_checked(terminal):
    assert terminal.run("check") == (0, f"All {len(TABLES)} tables meet their contracts, and every file is as published.\n", "")
    assert terminal.run("check", "--json") == (0, "[]\n", "")


def test_check_names_files_that_were_changed_or_are_gone(terminal, own_home):
    tables = own_home / "publication" / "tables"
    (tables / "gaps.csv").unlink()
    (tables / "runs.csv").write_bytes(b"")
    code, out, err = terminal.run("check", "--json")
    assert (code, err) == (1, "Error: 2 problems found in the publication; run `divide build` to publish again\n")
    problem = "not the file that was published"
    assert sorted(json.loads(out), key=str) == [{"what": f"tables/{name}.csv", "problem": problem} for name in ("gaps", "runs")]


def test_check_names_the_column_and_the_rule_that_a_table_breaks(terminal, own_home):
    import duckdb

    folder = own_home / "publication"
    database, descriptor = folder / "digital_divide.duckdb", folder / "datapackage.json"
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    with duckdb.connect(str(database)) as connection:
        connection.execute("update aggregates set coverage = 96.7 where group_name = 'world' and year = 2024 and rule = 'hard bounds'")
    # Whoever falsifies a figure may mend the hash as well; what the contract says still holds the table to account.
    descriptor.write_text(descriptor.read_text("utf-8").replace(before, hashlib.sha256(database.read_bytes()).hexdigest()), "utf-8")
    code, out, err = terminal.run("check")
    assert code == 1
    assert "aggregates.coverage: must be at most 1" in out
    assert "such as 96.7" in out
    assert err == "Error: 1 problem found in the publication; run `divide build` to publish again\n"


def test_check_falls_short_on_a_database_that_cannot_be_opened(terminal, own_home):
    database = own_home / "publication" / "digital_divide.duckdb"
    database.write_bytes(database.read_bytes()[:5000])
    code, out, _ = terminal.run("check")
    assert code == 1
    assert "digital_divide.duckdb: not the file that was published" in out


def test_check_leaves_the_publication_as_it_is(terminal, home):
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    terminal.run("check")
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


# ---- diff


def test_diff_shows_the_largest_change_first(terminal):
    code, out, err = terminal.run("diff", "world-bank-wdi", "2025-10", "2026-04-11", "--json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert {row["kind"] for row in rows} <= {"changed", "new", "withdrawn"}
    changes = [abs(row["change"]) for row in rows if row["kind"] == "changed"]
    assert changes == sorted(changes, reverse=True)
    assert all(row["change"] == pytest.approx(row["value_to"] - row["value_from"]) for row in rows if row["kind"] == "changed")
    assert all(row["change"] is None for row in rows if row["kind"] != "changed")


def test_diff_is_a_table_for_people(terminal):
    code, out, _ = terminal.run("diff", "world-bank-wdi", "2025-10", "2026-04-11")
    assert code == 0
    assert out.startswith("world-bank-wdi, 2025-10 to 2026-04-11")
    stated = out.splitlines()[-1]
    form = r"individuals_using_internet: (\d+) changed \(median \S+, largest \S+\), (\d+) new, (\d+) withdrawn; \d+ economies, \d+ groups"
    found = re.fullmatch(form, stated)
    assert found, stated
    shown = json.loads(terminal.run("diff", "world-bank-wdi", "2025-10", "2026-04-11", "--json")[1])
    assert [int(number) for number in found.groups()] == [
        sum(row["kind"] == kind for row in shown) for kind in ("changed", "new", "withdrawn")
    ]


# ---- the digest


@pytest.fixture
def flipped(own_home) -> Settings:
    """A data home in which the last reported verdict differs from the published one."""
    paths = Settings(own_home)
    digest.report(paths, run="the first")
    state = json.loads((paths.digests / "state.json").read_text("utf-8"))
    state["publication"] = "of another night"
    for row in state["reported"]["verdicts"]:
        if (row["claim"], row["basis"]) == ("online-2025", "published"):
            row["verdict"] = "undetermined"
    (paths.digests / "state.json").write_text(json.dumps(state), "utf-8")
    return paths


def test_what_was_reported_of_a_publication_is_nothing_new_if_it_is_published_again(own_home):
    paths = Settings(own_home)
    digest.report(paths, run="the first")
    state = json.loads((paths.digests / "state.json").read_text("utf-8"))
    (paths.digests / "state.json").write_text(json.dumps(state | {"publication": "of another night"}), "utf-8")
    assert digest.report(paths, run="the next").line.startswith("Nothing that matters: ")


def test_the_digest_shows_the_last_message_again_and_what_the_last_run_said(terminal, flipped):
    digest.report(flipped, run="the second")
    digest.report(flipped, run="the third")
    code, out, err = terminal.run("digest")
    assert (code, err) == (0, "")
    assert out.startswith(
        "Digital divide: verdict changed: online-2025 (published): undetermined became supported\n\n1 thing that matters in"
    )
    assert "   why:  Facts and Figures 2025 gives 73.6 % for 2025" in out
    assert out.endswith("Last run: Nothing that matters: nothing new came.\n")


def test_the_digest_as_json_has_its_items(terminal, flipped):
    digest.report(flipped, run="the second")
    stated = json.loads(terminal.run("digest", "--json")[1])
    (item,) = stated["last_message"]["items"]
    assert (item["kind"], item["before"], item["after"], item["page"]) == (
        *("verdict changed", "undetermined", "supported", "paragraphs/20.html, table verdicts"),
    )
    assert stated["last_run"].startswith("1 thing that matters: ")


def test_before_any_run_there_is_no_digest(terminal, own_home):
    assert terminal.run("digest") == (3, "", "Error: no run has written a digest yet; run `divide build` first\n")
    assert not (own_home / "digest").exists()


def test_a_trial_without_a_way_says_what_to_set(terminal):
    code, out, err = terminal.run("digest", "--test")
    assert (code, out) == (3, "")
    assert err == "Error: no channel is configured; set DIVIDE_DIGEST_TO and DIVIDE_DIGEST_SMTP, or DIVIDE_DIGEST_WEBHOOK\n"


@pytest.mark.parametrize(("status", "code"), [(200, 0), (404, 3)])
def test_a_trial_message_says_what_became_of_it(terminal, server, monkeypatch, status, code):
    monkeypatch.setenv("DIVIDE_DIGEST_WEBHOOK", f"{server.url}/secret")
    server.play(Reply(status=status))
    ended, out, err = terminal.run("digest", "--test")
    assert ended == code
    assert json.loads(server.asked[0].body)["text"].startswith("This is a trial")
    if code:
        assert err == f"Error: webhook at 127.0.0.1:{server.port}: HTTP 404; look at DIVIDE_DIGEST_WEBHOOK\n"
    else:
        assert out == "webhook: the test message was accepted\n"


# ---- sources and refresh


def test_sources_are_listed_a_line_each_and_none_is_requested(terminal):
    code, out, err = terminal.run("sources")
    assert (code, err) == (0, "")
    lines = dict(line.split(": ", 1) for line in out.splitlines())
    assert set(lines) == set(sources())
    assert re.match(r"WDI 2026-07-13 is \d+ days old( and overdue)?: .* every 91 days; not requested yet", lines["world-bank-wdi"])
    assert lines["data360"] == "no dated vintage; not requested yet"


def test_sources_as_json_are_the_table_freshness(terminal):
    code, out, _ = terminal.run("sources", "--json")
    assert code == 0
    assert set(json.loads(out)[0]) == set(column_types("freshness"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--source", "world-bank"], "world-bank cannot be fetched; choose from world-bank-wdi"),
        (["--address", "world-bank-wdi"], "needs a URL, as in --address world-bank-wdi=https://"),
        (["--address", "itu=http://x"], "itu cannot be fetched"),
    ],
)
def test_an_unknown_connector_or_one_without_an_address_is_a_mistake_of_use(terminal, arguments, said):
    code, out, err = terminal.run("refresh", *arguments)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    "arguments",
    [["world-bank-wdi", "2026-04-11", "2025-10"], ["world-bank-wdi", "2025-10", "2026-07-13"], ["world-bank-wdi", "x'; drop", "y"]],
    ids=" ".join,
)
def test_vintages_that_do_not_follow_one_another_are_a_mistake_of_use_that_names_those_that_do(terminal, arguments):
    code, out, err = terminal.run("diff", *arguments)
    assert (code, out) == (2, "")
    assert "2025-10 2026-04-11" in err


def test_a_source_without_revisions_is_a_mistake_of_use(terminal):
    code, _, err = terminal.run("diff", "unicef", "1", "2")
    assert code == 2
    assert "consecutive editions with revisions: none" in err


# ---- ui


def test_the_ui_is_started_on_the_instance_of_the_data_home(terminal, tmp_path, monkeypatch):
    started: list[list[str]] = []
    home = tmp_path / "a home"
    monkeypatch.setenv("DIVIDE_HOME", str(home))
    monkeypatch.setenv("DAGSTER_HOME", "taken back")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "execv", lambda program, arguments: started.append(arguments))
    code, out, err = terminal.run("ui", "--port", "3456")
    assert (code, out, err) == (0, "Dagster UI: http://127.0.0.1:3456 (Ctrl-C stops it)\n", "")
    ((_, *arguments),) = started
    assert arguments[:3] == ["-m", "dagster", "dev"]
    assert arguments[-4:] == ["-h", "127.0.0.1", "-p", "3456"]
    assert os.environ["DAGSTER_HOME"] == str(home)
    assert Path.cwd() == home
    assert f'base_dir: "{home}/dagster"' in (home / "dagster.yaml").read_text("utf-8")
    assert "base_dir: data/" not in (home / "dagster.yaml").read_text("utf-8")


# ---- brief


@pytest.mark.parametrize("words", ["KEN", "ken", "kenya", "404"])
def test_a_brief_goes_to_the_standard_output_however_the_area_is_named(terminal, words):
    code, out, err = terminal.run("brief", words)
    assert (code, err) == (0, "")
    assert out.startswith("# Kenya\n")
    assert "## What we do not know" in out


@pytest.mark.parametrize(
    ("arguments", "name", "start"),
    [
        (["--to", "kenya.pdf"], "kenya.pdf", b"%PDF-"),
        (["--to", "new/folder/kenya.html"], "new/folder/kenya.html", b"<!doctype html>"),
        (["--to", "folder"], "folder/KEN.md", b"# Kenya"),
        (["--to", "folder", "--format", "pdf"], "folder/KEN.pdf", b"%PDF-"),
    ],
)
def test_a_brief_is_written_where_it_is_asked_for_in_the_form_of_its_ending(terminal, tmp_path, monkeypatch, arguments, name, start):
    monkeypatch.chdir(tmp_path)
    assert terminal.run("brief", "KEN", *arguments) == (0, f"{name}\n", "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_several_briefs_go_into_a_folder_each_once(terminal, tmp_path):
    code, out, err = terminal.run("brief", "KEN", "usa", "kenya", "ldc", "--format", "html", "--to", str(tmp_path / "briefs"))
    assert (code, out, err) == (0, f"3 briefs in {tmp_path / 'briefs'}\n", "")
    assert {path.name for path in (tmp_path / "briefs").iterdir()} == {"KEN.html", "USA.html", "ldc.html"}


def test_a_pdf_is_not_written_to_the_screen_but_can_be_redirected(terminal, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, _, err = terminal.run("brief", "KEN", "--format", "pdf")
    assert code == 2
    assert "a PDF cannot be shown in a terminal; name a file, as in --to brief.pdf" in err


def test_a_brief_that_cannot_be_written_is_one_line(terminal, tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = terminal.run("brief", "KEN", "--to", str(tmp_path / "file" / "ken.md"))
    assert (code, out) == (3, "")
    assert err == f"Error: {tmp_path}/file: File exists; choose another place with --to\n"


# ---- charts and labels in other languages


def test_charts_in_another_language_are_written_with_it_in_their_names_and_reported_by_their_titles(terminal, home, tmp_path):
    before = {path for path in home.rglob("*") if path.is_file()}
    code, out, err = terminal.run("charts", "gap_by_income", "price_against_income", "--language", "fr", "--to", str(tmp_path / "fr"))
    assert (code, err) == (0, "")
    assert {path.name for path in (tmp_path / "fr").iterdir()} == {f"gap_by_income.fr.{form}" for form in ("png", "svg", "dark.svg", "csv")}
    first, second, *_, last = out.splitlines()
    assert first.startswith("gap_by_income: Part de la population en ligne en ")
    assert second.startswith("price_against_income: no data")
    assert last == f"1 chart in French: {tmp_path / 'fr'}"
    assert {path for path in home.rglob("*") if path.is_file()} == before


def test_where_nothing_can_be_drawn_it_is_exit_code_1(terminal, tmp_path):
    code, _, err = terminal.run("charts", "price_against_income", "--to", str(tmp_path))
    assert (code, err) == (1, "Error: no chart was drawn: the publication has no data for it\n")


def test_a_png_without_a_font_is_exit_code_1_in_one_line_and_the_rest_is_written(terminal, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_names", lambda: {"DejaVu Sans"})
    code, _, err = terminal.run("charts", "gap_by_income", "--language", "zh", "--to", str(tmp_path))
    assert code == 1
    assert re.fullmatch(r"Error: no font here has the Chinese characters, .*; SVG and CSV were written to .*\n", err)
    assert {path.name for path in tmp_path.iterdir()} == {f"gap_by_income.zh.{form}" for form in ("svg", "dark.svg", "csv")}


def test_labels_that_are_missing_are_listed_by_language(terminal, monkeypatch):
    missing = {name: len(labels_with_charts(language).missing) for language, name in labels.LANGUAGES.items() if language != "en"}
    code, out, _ = terminal.run("labels", "--missing")
    assert code == 0
    assert out.endswith(f"Missing: {', '.join(f'{name} {count}' for name, count in missing.items())}\n")
    french = {key: translation for key, translation in labels._translations("fr").items() if key != ("indicator", "population")}
    monkeypatch.setattr(labels, "_translations", lambda language: french)
    code, out, _ = terminal.run("labels", "--missing", "--language", "fr", "--json")
    assert ("indicator", "population", "Population") in [(row["kind"], row["key"], row["english"]) for row in json.loads(out)]
    assert len(json.loads(out)) == missing["French"] + 1


def test_the_files_of_the_translators_are_brought_up_to_date(terminal, monkeypatch, tmp_path):
    paths = {path: tmp_path / path.parent.parent.name / path.name for path in label_catalogues.refreshed()}
    monkeypatch.setattr(label_catalogues, "TEMPLATE", paths[label_catalogues.TEMPLATE])
    monkeypatch.setattr(label_catalogues, "catalogue_path", lambda language: paths[labels.catalogue_path(language)])
    code, out, _ = terminal.run("labels", "--update")
    assert code == 0
    assert out.splitlines()[:-1] == [f"{path}: updated" for path in paths.values()]
    written = {path: path.read_bytes() for path in paths.values()}
    code, out, _ = terminal.run("labels", "--update")
    assert (code, out.splitlines()[0]) == (0, "The template and the catalogues of labels are up to date.")
    assert {path: path.read_bytes() for path in paths.values()} == written
