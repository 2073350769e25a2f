"""Commands that write for readers: `charts`, `brief` and `labels`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.errors import CheckFailed, Unusable
from pipelines.cli.reading import published_settings
from pipelines.cli.terminal import show, with_progress
from pipelines.settings import DATABASE, checkout

if TYPE_CHECKING:
    from indicators.registries.labels import Labels


@click.command()
@click.argument("names", nargs=-1, metavar="[CHART]...")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the charts: ar, zh, en, fr, ru or es.")
@click.option("--dark-png", is_flag=True, help="Also write a PNG with a dark background, as CHART.LANGUAGE.dark.png.")
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the files.")
def charts(names: tuple[str, ...], language: str, dark_png: bool, folder: Path) -> None:
    """Draw charts in one of the six official languages of the UN.

    All charts of the publication are drawn, or those named.

    Each chart is written as PNG, as SVG for light and for dark pages, and as CSV; `divide verify` can check each file.
    """
    from indicators.charts.registry import CHARTS
    from indicators.registries.labels import LANGUAGES
    from pipelines.publication.build_id import fingerprint
    from pipelines.publication.datapackage import read_descriptor
    from pipelines.publishing import chart_files
    from pipelines.warehouse.database import Published

    labels = _labels_in(language)
    if unknown := [name for name in names if name not in CHARTS]:
        raise click.UsageError(f"there is no chart {unknown[0]}; choose from {', '.join(CHARTS)}")
    publication = published_settings().publication
    descriptor = read_descriptor(publication)
    wanted = list(dict.fromkeys(names)) or list(CHARTS)
    build = fingerprint(descriptor.code, descriptor.snapshots)
    drawn, without_png = 0, ""
    for result in chart_files.translated(wanted, language, Published(publication / DATABASE), build, folder, dark_png=dark_png):
        if result.chart:
            drawn, without_png = drawn + 1, result.problem or without_png
            click.echo(f"{result.name}: {result.chart.text.title}")
        else:
            click.echo(f"{result.name}: {result.problem}")
    if missing := labels.missing:
        click.echo(
            f"{len(missing)} labels have no translation into {LANGUAGES[language]} and are shown in English; "
            f"`divide labels --missing --language {language}` lists them"
        )
    if not drawn:
        raise CheckFailed("no chart was drawn: the publication has no data for it")
    if without_png:
        raise CheckFailed(f"{without_png}; SVG and CSV were written to {folder}")
    click.echo(f"{drawn} {'chart' if drawn == 1 else 'charts'} in {LANGUAGES[language]}: {folder}")


@click.command()
@click.option("--language", metavar="CODE", help="Only this language: ar, zh, fr, ru or es.")
@click.option("--missing", is_flag=True, help="Only labels without a translation, which are shown in English.")
@click.option("--update", is_flag=True, help="Update the catalogues of the translators from the registries; for contributors.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def labels(language: str | None, missing: bool, update: bool, as_json: bool) -> None:
    """Show labels in each language, and which are missing.

    Labels are the names of indicators, groups and economies, and the words of charts; the status says where each comes from.
    """
    from indicators.charts.registry import own_text
    from indicators.contracts.vocabulary import LabelStatus
    from indicators.registries.labels import LANGUAGES, labels_table

    if update:
        _update_catalogues()
        return
    if language and _labels_in(language).is_english:
        raise click.UsageError("--language en: English is the original and needs no translation; choose another language")
    rows = labels_table(own_text())
    rows = rows[rows["language"] == language] if language else rows[rows["language"] != "en"]
    shown = rows[rows["status"] == LabelStatus.MISSING] if missing else rows
    if as_json or len(shown):
        columns = ("kind", "key", "english", "language") if missing else ("kind", "key", "language", "label", "status")
        show(shown, as_json=as_json, columns=columns, title="Labels")
    if not as_json:
        counts = (rows["status"] == LabelStatus.MISSING).groupby(rows["language"], sort=False).sum()
        click.echo("Missing: " + ", ".join(f"{LANGUAGES[str(code)]} {count}" for code, count in counts.items()))


@click.command()
@click.argument("areas", nargs=-1, metavar="AREA...")
@click.option("--all", "everywhere", is_flag=True, help="Write the brief of every economy and group.")
@click.option("--format", "form", type=click.Choice(["md", "html", "pdf"]), help="Default: the ending of --to, else md.")
@click.option("--to", type=click.Path(path_type=Path), help="File for one brief, or folder for several; an existing file is replaced.")
def brief(areas: tuple[str, ...], everywhere: bool, form: str | None, to: Path | None) -> None:
    """Write a brief of an economy or group, one or two pages.

    The figures are those of its page on the site.

    AREA is a code (KEN, 404, ldc) or a name (kenya). Without --to a single brief goes to the standard output.
    """
    from pipelines.publication.briefs.area_lookup import AreaUnclear, find_area
    from pipelines.publication.documents.forms import FORMS
    from pipelines.publishing import opened

    if bool(areas) == everywhere:
        raise click.UsageError("name the areas, as in `divide brief KEN`, or use --all")
    ending = to.suffix.removeprefix(".").lower() if to and not to.is_dir() else ""
    if ending and ending not in FORMS:
        raise click.UsageError(f"{to}: the ending .{ending} is unknown; a file ends with .md, .html or .pdf, and a folder has no ending")
    if ending and form and form != ending:
        raise click.UsageError(f"--to {to} and --format {form} disagree; leave one of them out")
    is_file, form = bool(ending), form or ending or "md"
    if not to and form == "pdf" and sys.stdout.isatty():
        raise click.UsageError("a PDF cannot be shown in a terminal; name a file, as in --to brief.pdf")
    if everywhere and not to:
        raise click.UsageError("--all writes many files; name a folder, as in --to briefs")
    library = opened.briefs(published_settings().publication)
    try:
        codes = [find_area(words, list(library.context.areas.values())).code for words in areas] or list(library.context.areas)
    except AreaUnclear as error:
        raise click.UsageError(str(error)) from None
    codes = list(dict.fromkeys(codes))
    if (is_file or not to) and len(codes) > 1:
        raise click.UsageError(f"{len(codes)} briefs do not fit into one file; name a folder with --to")
    if not to:
        sys.stdout.buffer.write(FORMS[form](library.brief(codes[0])))
        return
    files = {code: to if is_file else to / f"{code}.{form}" for code in codes}
    try:
        (to.parent if is_file else to).mkdir(parents=True, exist_ok=True)
        for code in with_progress(codes, "Writing briefs"):
            files[code].write_bytes(FORMS[form](library.brief(code)))
    except OSError as error:
        raise Unusable(f"{error.filename or to}: {error.strerror}; choose another place with --to") from None
    click.echo(f"{files[codes[0]]}" if len(codes) == 1 else f"{len(codes)} briefs in {to}")


def _update_catalogues() -> None:
    """Rewrite the template and the catalogues of labels where they have changed, and report what translators have to do."""
    from indicators.charts.registry import labels_with_charts, own_text
    from indicators.registries.label_catalogues import refreshed
    from indicators.registries.labels import LANGUAGES

    if checkout() is None:
        raise click.UsageError("--update changes files of the project and needs a checkout of it")
    changed = {path: content for path, content in refreshed(own_text()).items() if not path.exists() or path.read_bytes() != content}
    for path, content in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        click.echo(f"{path}: updated")
    if not changed:
        click.echo("The template and the catalogues of labels are up to date.")
    missing = {name: len(labels_with_charts(code).missing) for code, name in LANGUAGES.items() if code != "en"}
    click.echo("Missing: " + ", ".join(f"{name} {count}" for name, count in missing.items()))


def _labels_in(language: str) -> Labels:
    from indicators.charts.registry import labels_with_charts

    try:
        return labels_with_charts(language)
    except ValueError as error:
        raise click.UsageError(f"--language {language}: {error}") from None
