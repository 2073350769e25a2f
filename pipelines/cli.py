"""`divide …`: thin over the rest. What a command needs is imported when it runs, so that `--help` is instant.

Exit codes: 0 fine, 1 a check fell short, 2 usage, 3 a source or file could not be used, and nothing was changed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from indicators.registries.labels import Labels
    from pipelines.orchestration.run_job import Ended
    from pipelines.settings import Settings

FELL_SHORT, UNUSABLE = 1, 3

#: On a terminal of fewer columns a table leaves out the explanations, which would be one word a line.
NARROW = 140

#: What each step does, for who waits.
_DOING = {
    "new_vintages": "asking the publishers",
    "dropped_files": "taking in the files that wait",
    "raw": "reading the snapshots",
    "registries": "writing the registries",
    "core": "reading the observations and choosing current numbers",
    "measures": "computing groups, gaps, projections and targets",
    "claims": "judging the resolution's statements",
    "charts": "drawing the charts",
    "publication": "publishing",
    "digest": "telling what matters",
}


class Failure(click.ClickException):
    """One clear line: a source or file could not be used, and nothing was changed."""

    exit_code = UNUSABLE


class FellShort(click.ClickException):
    """One clear line: a check fell short."""

    exit_code = FELL_SHORT


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def divide(context: click.Context, debug: bool) -> None:
    """Follow up the digital-divide figures of A/RES/80/173."""
    context.obj = debug


@divide.command()
@click.option("--source", "sources", multiple=True, metavar="SOURCE", help="Build from this source only; may be repeated.")
@click.option("--published-until", default="", metavar="DAY", help="Build from vintages published until this ISO day only.")
def build(sources: tuple[str, ...], published_until: str) -> None:
    """Build the publication from what is stored, offline.

    With a selection the result goes to its own folder, and the publication stays as it is.
    """
    from pipelines.settings import settings
    from pipelines.warehouse.selection import Selection

    try:
        selection = Selection(sources, published_until)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    paths = settings()
    ops = {} if selection.is_everything else {"raw": {"config": {"sources": list(sources), "published_until": published_until}}}
    ended = _run("build", paths, ops)
    _tell_what_came_out(paths if not ops else None)
    if not ops:
        _tell_what_matters(paths, ended)


@divide.command()
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Ask this source only, such as world-bank-wdi; repeatable.")
@click.option("--address", "addresses", multiple=True, metavar="NAME=URL", help="Ask a source at another base address; repeatable.")
def refresh(sources: tuple[str, ...], addresses: tuple[str, ...]) -> None:
    """Ask the publishers for new editions, then build; if nothing is new, recompute nothing."""
    from pipelines.ingest.refresh import CONNECTORS
    from pipelines.settings import settings

    paths = settings()
    at = dict(address.partition("=")[::2] for address in addresses)
    for name in [*sources, *at]:
        if name not in CONNECTORS:
            raise click.UsageError(f"no door is known for {name}; known are {', '.join(CONNECTORS)}")
    if without := [name for name, url in at.items() if not url.startswith(("http://", "https://"))]:
        raise click.UsageError(f"--address {without[0]} needs an address, as in {without[0]}=https://example.org/api")
    config = {"addresses": at} | ({"sources": list(sources)} if sources else {})
    ended = _run("refresh", paths, {"new_vintages": {"config": config}})
    for line in ended.warnings:
        if line.startswith("new_vintages") and "digest_was_delivered" not in line:
            click.echo(f"warning: {line.partition(': ')[2]}", err=True)
    if "publication" in ended.steps:
        _tell_what_came_out(paths)
    else:
        click.echo("Nothing new came, and the publication is of this code and these snapshots: nothing was recomputed.")
    _tell_what_matters(paths, ended)


@divide.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--vintage",
    default="",
    metavar="LABEL",
    help="Date of the edition, such as 2026-04-29; by default in the file or its name, else today and a hash.",
)
@click.option(
    "--series", default="", metavar="CODE", help="Publisher's code of the series, for files that do not say it; by default in its name."
)
def add(files: tuple[Path, ...], vintage: str, series: str) -> None:
    """Store files that you downloaded; each is recognised by its bytes, or refused with the reason.

    All files are read before any is stored: if one is refused, nothing changes.
    """
    from pipelines.ingest import added_files
    from pipelines.ingest.snapshots import SnapshotRefused, SnapshotStore
    from pipelines.settings import settings

    paths = settings()
    store = SnapshotStore(paths.embedded, paths.snapshots)
    try:
        added = added_files.add(store, files, vintage=vintage, series=series)
    except (added_files.FileRefused, SnapshotRefused) as error:
        raise Failure(str(error)) from None
    for entry in added:
        if entry.is_new:
            rows = f"{entry.kept:,} of {entry.rows:,} rows have a meaning, {entry.quarantined:,} go to quarantine"
            if entry.without_value:
                rows += f", {entry.without_value:,} more state no value"
            click.echo(f"{entry.snapshot.name}: stored, {rows}")
            if entry.rewritten:
                click.echo("  other bytes are held under that label and name, so this is a vintage of its own")
            if not entry.is_dated:
                click.echo("  neither the file nor its name tells its date, so it counts as of today; --vintage can say otherwise")
        else:
            click.echo(f"{entry.snapshot.name}: already held, nothing changed")
    if any(entry.is_new for entry in added):
        click.echo("Run `divide build` to publish.")


@divide.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def claims(as_json: bool) -> None:
    """Show the verdicts on the resolution's statements, at adoption and now; exit 1 if one at adoption differs from the reviewed one."""
    rows = _published(
        "select paragraph, claims.claim, statement, interval, max(value) filter (where moment = 'now') as value, claims.unit, "
        "max(verdict) filter (where moment = 'at adoption') as at_adoption, max(verdict) filter (where moment = 'now') as now, reviewed, "
        "max(explanation) filter (where moment = 'now') as explanation, max(change) filter (where moment = 'now') as change "
        "from claims join verdicts using (claim) where basis = 'published' group by all order by paragraph, claims.claim"
    )
    _show(
        rows,
        as_json,
        columns=["paragraph", "claim", "interval", "value", "at_adoption", "now", "explanation"],
        title="A/RES/80/173, statements and verdicts",
    )
    if not as_json:
        changed = rows[rows["at_adoption"] != rows["now"]].astype("object")
        for row in changed.where(changed.notna(), "").to_dict("records"):
            click.echo(f"{row['claim']} was {row['at_adoption']} at adoption. {row['change']}".rstrip())
    differing = rows[rows["at_adoption"] != rows["reviewed"]]
    if not differing.empty:
        raise FellShort("at adoption differs from the reviewed verdict: " + ", ".join(differing["claim"]))


@divide.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def check(as_json: bool) -> None:
    """Check the published tables against their contracts, and every file against its hash; exit 1 if one falls short."""
    import duckdb

    from indicators.contracts.tables import TABLES
    from indicators.contracts.validation import contract_problems
    from pipelines.publishing import opened
    from pipelines.settings import DATABASE

    paths = _paths_of_a_publication()
    found = [{"what": path, "problem": "not the bytes that were published"} for path in opened.altered(paths.publication)]
    for table in TABLES:
        try:
            problems = contract_problems(table, _published(f"from {table}"))
        except duckdb.Error as error:
            found.append({"what": f"{DATABASE}, {table}", "problem": f"cannot be read: {str(error).splitlines()[0]}"})
            continue
        found += [
            {"what": f"{table}.{row.column}", "problem": f"{row.rule}: {row.rows} rows, such as {row.examples}"}
            for row in problems.itertuples()
        ]
    if as_json:
        click.echo(json.dumps(found))
    for problem in [] if as_json else found:
        click.echo(f"{problem['what']}: {problem['problem']}")
    if found:
        raise FellShort(f"{len(found)} checks fell short")
    if not as_json:
        click.echo(f"{len(TABLES)} tables keep their contracts, every file is as published.")


@divide.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def verify(file: Path, as_json: bool) -> None:
    """Compute again what a chart shows (PNG, SVG or its CSV twin) from the published database; exit 1 if something differs."""
    from dataclasses import asdict

    from pipelines.publishing import verify as verifying

    try:
        found = verifying.verify(file, _paths_of_a_publication())
    except verifying.CannotVerify as error:
        raise Failure(str(error)) from None
    if as_json:
        click.echo(json.dumps(asdict(found) | {"reproduces": found.reproduces}, ensure_ascii=False))
    else:
        for line in (*found.notes, *map(str, found.differences)):
            click.echo(line)
    if not found.reproduces:
        many = len(found.differences)
        raise FellShort(f"{file} does not reproduce: {many} difference{'s' if many > 1 else ''} from {found.publication}")
    if not as_json:
        click.echo(f"{file} reproduces: {found.chart}, from {found.publication}")


@divide.command()
@click.argument("names", nargs=-1, metavar="[CHART]...")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Of the words in the charts: ar, zh, en, fr, ru or es.")
@click.option("--dark-png", is_flag=True, help="Write PNG on a dark ground too, as CHART.LANGUAGE.dark.png.")
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the files.")
def charts(names: tuple[str, ...], language: str, dark_png: bool, folder: Path) -> None:
    """Draw charts of the publication in one of the six languages of the United Nations: all, or those named.

    Written are PNG, SVG for light and for dark pages and CSV, as CHART.LANGUAGE.png and so on; `divide verify` reproduces them too.
    """
    from indicators.registries.labels import LANGUAGES
    from pipelines.publishing import chart_files
    from pipelines.publishing.opened import DESCRIPTOR
    from pipelines.settings import DATABASE
    from pipelines.warehouse.database import Published

    said = _labels_in(language)
    if unknown := [name for name in names if name not in chart_files.CHARTS]:
        raise click.UsageError(f"no chart is called {unknown[0]}; there are {', '.join(chart_files.CHARTS)}")
    publication = _paths_of_a_publication().publication
    descriptor = json.loads((publication / DESCRIPTOR).read_text("utf-8"))
    wanted = list(dict.fromkeys(names)) or list(chart_files.CHARTS)
    drawn, without_png = 0, ""
    published = Published(publication / DATABASE)
    for name, chart, told in chart_files.translated(wanted, language, published, descriptor, folder, dark_png=dark_png):
        click.echo(f"{name}: {told if chart is None else chart.title}")
        drawn += chart is not None
        if chart is not None and told != chart.title:
            without_png = told
    if missing := said.missing:
        click.echo(f"{len(missing)} labels are not translated into {LANGUAGES[language]}: divide labels --missing --language {language}")
    if not drawn:
        raise FellShort("nothing was drawn: the publication has no data for it")
    if without_png:
        raise FellShort(f"{without_png}; SVG and CSV were written to {folder}")
    click.echo(f"{drawn} {'chart' if drawn == 1 else 'charts'} in {LANGUAGES[language]}: {folder}")


@divide.command()
@click.option("--language", metavar="CODE", help="This language only: ar, zh, fr, ru or es.")
@click.option("--missing", is_flag=True, help="Only labels that are shown in English because they have no translation.")
@click.option("--update", is_flag=True, help="Bring the files of the translators up to date with the registries; for contributors.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def labels(language: str | None, missing: bool, update: bool, as_json: bool) -> None:
    """Show what indicators, groups, economies and the words of charts are called, and where each label comes from."""
    from indicators.registries.labels import LANGUAGES, MISSING, labels_table

    if update:
        _update_labels()
        return
    if language and _labels_in(language).is_english:
        raise click.UsageError("--language en: the labels are made from English, and none is missing; name another language")
    rows = labels_table()
    rows = rows[rows["language"] == language] if language else rows[rows["language"] != "en"]
    shown = rows[rows["status"] == MISSING] if missing else rows
    if as_json or len(shown):
        columns = ["kind", "key", "english", "language"] if missing else ["kind", "key", "language", "label", "status"]
        _show(shown, as_json, columns=columns, title="Labels")
    if not as_json:
        counts = rows.groupby("language", sort=False)["status"].agg(lambda of: int((of == MISSING).sum()))
        click.echo("Missing: " + ", ".join(f"{LANGUAGES[str(code)]} {count}" for code, count in counts.items()))


def _update_labels() -> None:
    """Write the template and the catalogues of labels anew where they have changed, and report what translators have to do."""
    from indicators.registries.label_catalogues import refreshed
    from indicators.registries.labels import LANGUAGES
    from indicators.registries.labels import labels as labels_in

    changed = 0
    for path, content in refreshed().items():
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            click.echo(f"{path}: updated")
            changed += 1
    if not changed:
        click.echo("The template and the catalogues of labels are up to date.")
    click.echo("Missing: " + ", ".join(f"{name} {len(labels_in(code).missing)}" for code, name in LANGUAGES.items() if code != "en"))


@divide.command()
@click.argument("source")
@click.argument("vintage_from")
@click.argument("vintage_to")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def diff(source: str, vintage_from: str, vintage_to: str, as_json: bool) -> None:
    """Show what changed between two consecutive vintages of a source, largest change first, and in brief at the end."""
    from pipelines.warehouse import queries

    pairs = _published("select distinct vintage_from, vintage_to from revisions where source = ? order by all", [source])
    if not ((pairs["vintage_from"] == vintage_from) & (pairs["vintage_to"] == vintage_to)).any():
        known = ", ".join(f"{row.vintage_from} {row.vintage_to}" for row in pairs.itertuples()) or "none"
        raise click.UsageError(f"{source} {vintage_from} and {vintage_to} are not consecutive vintages that differ; those are: {known}")
    rows = _published(
        "select indicator, area, year, sex, locality, age, kind, value_from, value_to, change from revisions "
        "where source = ? and vintage_from = ? and vintage_to = ? order by kind, abs(change) desc nulls last, indicator, area, year",
        [source, vintage_from, vintage_to],
    )
    _show(
        rows,
        as_json,
        columns=["kind", "indicator", "area", "year", "value_from", "value_to", "change"],
        title=f"{source}, {vintage_from} to {vintage_to}",
    )
    if as_json:
        return
    brief = _published(
        f"from ({queries.model('revisions_in_brief').text}) where source = ? and vintage_from = ? and vintage_to = ?",
        [source, vintage_from, vintage_to],
    )
    for row in brief.itertuples():
        moved = f" (median {row.median_change:.3g}, largest {row.largest_change:.3g})" if row.changed else ""
        click.echo(
            f"{row.indicator}: {row.changed:,} changed{moved}, {row.new:,} new, {row.withdrawn:,} withdrawn; "
            f"{row.economies:,} economies, {row.groups:,} groups"
        )


@divide.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def sources(as_json: bool) -> None:
    """Show where each source stands: newest vintage, age against its rhythm, how its door was found; nobody is asked."""
    import datetime as dt

    from pipelines.ingest import fetch_log
    from pipelines.ingest.snapshots import SnapshotStore
    from pipelines.ingest.source_status import source_status
    from pipelines.settings import settings

    paths = settings()
    store = SnapshotStore(paths.embedded, paths.snapshots)
    rows = source_status(store, fetch_log.read(paths.fetch_log), dt.datetime.now(dt.UTC).date())
    if as_json:
        click.echo(rows.to_json(orient="records", force_ascii=False))
        return
    for row in rows.itertuples():
        click.echo(f"{row.source}: {row.told}" + (f" ({row.door_said})" if isinstance(row.door_said, str) else ""))


@divide.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--test", "on_trial", is_flag=True, help="Send a trial message by every way that is configured, and say what became of it.")
def digest(as_json: bool, on_trial: bool) -> None:
    """Show the last message again, which a run leaves when something that matters happened; and what the last run said."""
    from pipelines.notify import digest as told
    from pipelines.settings import settings

    if on_trial:
        _try_delivery()
        return
    message, line = told.newest(settings())
    if not line:
        raise Failure("no run has told anything yet; run `divide build` first")
    if as_json:
        click.echo(json.dumps({"last_run": line, "last_message": message}, ensure_ascii=False))
        return
    if message:
        click.echo(f"{message['subject']}\n\n{message['text']}")
    click.echo(f"Last run: {line}")


@divide.command()
@click.argument("areas", nargs=-1, metavar="AREA...")
@click.option("--all", "everywhere", is_flag=True, help="Write the brief of every economy and group.")
@click.option("--format", "form", type=click.Choice(["md", "html", "pdf"]), help="Default: what --to ends with, else md.")
@click.option("--to", type=click.Path(path_type=Path), help="File for one brief, or folder, which is made; a file there is replaced.")
def brief(areas: tuple[str, ...], everywhere: bool, form: str | None, to: Path | None) -> None:
    """Write a brief of an economy or group: one or two pages of what is known and what is not, with the figures of its page.

    AREA is a code (KEN, 404, ldc) or a name (kenya). Without --to one brief goes to the standard output.
    """
    from pipelines.publication.briefs import library, wanted
    from pipelines.publication.briefs.forms import FORMS

    if bool(areas) == everywhere:
        raise click.UsageError("name the areas, as in `divide brief KEN`, or say --all")
    ending = to.suffix.removeprefix(".").lower() if to and not to.is_dir() else ""
    if ending and ending not in FORMS:
        raise click.UsageError(f"{to} ends with .{ending}: a file is to end with .md, .html or .pdf, and a new folder without an ending")
    if ending and form and form != ending:
        raise click.UsageError(f"{to} ends with .{ending}, but --format says {form}")
    is_file, form = bool(ending), form or ending or "md"
    if not to and form == "pdf" and sys.stdout.isatty():
        raise click.UsageError("a PDF is not for the screen: say where to, as in --to brief.pdf")
    if everywhere and not to:
        raise click.UsageError("--all writes a file an area: say to which folder, as in --to briefs")
    held = library.opened(_paths_of_a_publication().publication)
    try:
        codes = [wanted.area(words, list(held.known.areas.values()))["code"] for words in areas] or list(held.known.areas)
    except wanted.Unclear as error:
        raise click.UsageError(str(error)) from None
    codes = list(dict.fromkeys(codes))
    if (is_file or not to) and len(codes) > 1:
        raise click.UsageError(f"{len(codes)} briefs do not go into one file: name a folder with --to")
    if not to:
        sys.stdout.buffer.write(FORMS[form](held.brief(codes[0])))
        return
    files = {code: to if is_file else to / f"{code}.{form}" for code in codes}
    try:
        (to.parent if is_file else to).mkdir(parents=True, exist_ok=True)
        for code in _shown_in_progress(codes, "writing briefs"):
            files[code].write_bytes(FORMS[form](held.brief(code)))
    except OSError as error:
        raise Failure(f"{error.filename or to}: {error.strerror}; name another place with --to") from None
    click.echo(f"{files[codes[0]]}" if len(codes) == 1 else f"{len(codes)} briefs in {to}")


@divide.command()
@click.option("--port", default=3000, show_default=True, help="Port on this machine.")
def ui(port: int) -> None:
    """Start the Dagster UI and the nightly schedule on this machine; stop with Ctrl-C."""
    import os

    from pipelines.orchestration.run_job import dagster_home
    from pipelines.settings import PROJECT, settings

    os.environ["DAGSTER_HOME"] = str(dagster_home(settings()))
    os.chdir(PROJECT)
    click.echo(f"Dagster UI: http://127.0.0.1:{port}")
    os.execv(  # noqa: S606  (the UI takes the place of this process, so that Ctrl-C reaches it)
        sys.executable, [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions", "-h", "127.0.0.1", "-p", str(port)]
    )


def main() -> None:
    """Run the command line: errors are one line, with a traceback only on `--debug`."""
    debug = "--debug" in sys.argv[1:2]
    try:
        sys.exit(divide.main(standalone_mode=False))
    except click.UsageError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit("Aborted.")
    except Exception as error:
        if debug:
            import traceback

            traceback.print_exc()
        elif isinstance(error, click.ClickException):
            error.show()
        else:
            line = " ".join(str(error).split()) or type(error).__name__
            click.echo(f"Error: {line} (divide --debug shows where)", err=True)
        sys.exit(error.exit_code if isinstance(error, click.ClickException) else UNUSABLE)


def _run(job: str, paths: Settings, ops: dict[str, Any]) -> Ended:
    """Run a job with its steps shown, and turn a failure into one line."""
    from pipelines.orchestration.run_job import run_job

    with _progress() as on_step:
        ended = run_job(job, paths, ops=ops, why=_command_line(), on_step=on_step)
    if not ended.succeeded:
        lines = "; ".join(ended.failures) or f"run {ended.run} failed; the UI shows where"
        raise (FellShort if ended.fell_short else Failure)(lines)
    return ended


def _command_line() -> str:
    """Return the command that is at work, as it was given."""
    context = click.get_current_context()
    words = ["divide", str(context.info_name)]
    for option in context.command.params:
        value = context.params[str(option.name)]
        for each in value if isinstance(value, tuple) else (value,) if value else ():
            words += [option.opts[0], str(each)]
    return " ".join(words)


class _progress:  # noqa: N801  (reads as a phrase)
    """Show on the terminal what a run is doing; silent where the output is no terminal."""

    def __enter__(self) -> Callable[[str], None]:
        from rich.console import Console

        self._status = Console(stderr=True).status("starting")
        self._status.start()
        return lambda step: self._status.update(_DOING.get(step, step))

    def __exit__(self, *_: object) -> None:
        self._status.stop()


def _shown_in_progress(items: Sequence[str], doing: str) -> Iterable[str]:
    """Go through items with a bar on the terminal; without one where the output is no terminal, or there is one item."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(items, doing, console=console, transient=True, disable=not console.is_terminal or len(items) == 1)


def _tell_what_came_out(paths: Settings | None) -> None:
    """Say in a few lines what a build made."""
    from pipelines.publishing import opened
    from pipelines.settings import DATABASE, settings

    folder = paths.publication if paths else opened.newest_selection(settings())
    told = opened.summary(folder)
    click.echo(f"Verdicts now: {told['verdicts']}")
    click.echo(f"Rows: {told['observations']:,} numbers of {told['vintages']} vintages, {told['quarantined']} rows in quarantine")
    click.echo(f"Changed: {told['what_changed']}")
    click.echo(f"Page:     {folder / 'index.html'}   (the first of {told['pages']})")
    click.echo(f"Database: {folder / DATABASE}")
    click.echo("UI:       make ui   (then http://127.0.0.1:3000)")


def _tell_what_matters(paths: Settings, ended: Ended) -> None:
    """Show the message of this run, or the line that nothing matters, and whether it reached whom it is for."""
    from pipelines.notify import digest as told

    message, line = told.newest(paths)
    click.echo(f"Digest:   {line}")
    if message and message["run"] == ended.run:
        click.echo(f"\n{message['text']}")
    for warning in ended.warnings:
        if "digest_was_delivered" in warning:
            click.echo(f"warning: {warning.partition(': ')[2]}", err=True)


def _try_delivery() -> None:
    """Send a trial message, and say of each way what became of it."""
    import datetime as dt

    from pipelines.notify import digest as told
    from pipelines.settings import delivery

    try:
        ways = delivery()
    except ValueError as error:
        raise Failure(str(error)) from None
    if not ways.is_configured:
        raise Failure("no way is configured; set DIVIDE_DIGEST_TO and DIVIDE_DIGEST_SMTP, or DIVIDE_DIGEST_WEBHOOK")
    failed = []
    for way, problem in told.trial(ways, dt.datetime.now(dt.UTC)):
        if problem:
            failed.append(problem)
        else:
            click.echo(f"{way}: the trial message was taken")
    if failed:
        raise Failure("; ".join(failed))


def _paths_of_a_publication() -> Settings:
    from pipelines.settings import settings

    paths = settings()
    if not paths.database.exists():
        raise Failure(f"{paths.database} does not exist yet; run `divide build` first")
    return paths


def _labels_in(language: str) -> Labels:
    from indicators.registries.labels import labels

    try:
        return labels(language)
    except ValueError as error:
        raise click.UsageError(f"--language {language}: {error}") from None


def _published(sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
    from pipelines.warehouse.database import read_published

    return read_published(_paths_of_a_publication().database, sql, list(parameters))


def _show(rows: pd.DataFrame, as_json: bool, *, columns: list[str], title: str) -> None:
    """Write rows as JSON, or the named columns as a table."""
    if as_json:
        click.echo(rows.to_json(orient="records", force_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if console.width < NARROW:
        columns = [column for column in columns if column != "explanation"]
    table = Table(title=title, title_justify="left", show_lines="explanation" in columns)
    for column in columns:
        numeric = rows[column].dtype.kind in "if"
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", no_wrap=numeric)
    for row in rows[columns].itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    console.print(table)


def _cell(value: Any) -> str:
    if value is None or value != value:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
