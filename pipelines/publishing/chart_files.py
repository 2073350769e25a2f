"""The chart files of a build: each chart that is declared is made from its tables and written with its provenance inside."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.drawing.fonts import NoFont
from indicators.charts.drawing.palette import DARK
from indicators.charts.provenance import BuildInputs, SourceFile, chart_provenance
from indicators.charts.registry import CHARTS
from indicators.registries.sources import strictest
from pipelines.provenance import code_version, git_sha
from pipelines.publication.build_id import fingerprint
from pipelines.publication.licences import OWN_LICENCE
from pipelines.warehouse.database import dated

if TYPE_CHECKING:
    from indicators.charts.drawn_chart import DrawnChart
    from pipelines.warehouse.database import Published, Warehouse


@dataclass(frozen=True)
class ChartResult:
    """What came of one chart."""

    name: str
    chart: DrawnChart | None  #: none if the tables leave nothing to draw
    problem: str = ""  #: why there is no chart, or which of its files could not be written

    @property
    def message(self) -> str:
        """The problem, or the finding of the chart if there is none."""
        return self.problem or (self.chart.text.title if self.chart else "")


def charts(warehouse: Warehouse, folder: Path) -> Iterator[ChartResult]:
    """Make every chart and write it to `folder`, which is emptied first: PNG, SVG on a light and on a dark ground, and the data as CSV.

    Raises:
        ValueError: The build holds everything, and a chart that may not lack data has none.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tables = _inputs(warehouse, CHARTS)
    selection = warehouse.read("selection").iloc[0]
    inputs = build_inputs(warehouse.read("snapshots"), code=str(selection["code"]), git_commit=git_sha() or "")
    rows = []
    for result in _made(CHARTS, tables):
        if chart := result.chart:
            licence = _licence(chart)
            for form, content in _files(chart, licence, inputs):
                (folder / f"{chart.name}.{form}").write_bytes(content)
            rows.append((chart.name, chart.text.title, chart.text.subtitle, chart.text.alt, chart.text.source, licence))
        elif selection["is_everything"] and not CHARTS[result.name].may_lack_data:
            raise ValueError(f"{result.name}: {result.problem}")
        yield result
    table = pd.DataFrame(rows, columns=["chart", "title", "subtitle", "alt", "source", "licence"]).astype("str")
    warehouse.write("charts", table, [*tables, "selection"])


def translated(
    names: Sequence[str],
    language: str,
    published: Published,
    build: str,
    folder: Path,
    *,
    dark_png: bool = False,
) -> Iterator[ChartResult]:
    """Make charts of a publication in one language and write them to `folder`, the language in the names of the files.

    Args:
        names: Of charts.
        language: A code of `indicators.registries.labels.LANGUAGES`.
        published: The database of the publication.
        build: The fingerprint of its code and snapshots.
        folder: Where the files go; other files in it are left alone.
        dark_png: Whether to write the PNG on a dark ground too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = _inputs(published, names)
    inputs = build_inputs(published.read("snapshots"), code=code_version(), git_commit=git_sha() or "", build=build)
    for result in _made(names, tables, language):
        if chart := result.chart:
            try:
                # The PNG comes last: it is the one form that may lack a font.
                for form, content in _files(chart, _licence(chart), inputs, dark_png=dark_png):
                    (folder / f"{chart.name}.{language}.{form}").write_bytes(content)
            except NoFont as error:
                yield replace(result, problem=str(error))
                continue
        yield result


def make_chart(name: str, published: Published, language: str = "en") -> DrawnChart:
    """Make one chart from a database.

    Raises:
        ValueError: The tables leave nothing to draw.
    """
    return CHARTS[name].make(_inputs(published, [name]), language)


def _made(names: Iterable[str], tables: Mapping[str, pd.DataFrame], language: str = "en") -> Iterator[ChartResult]:
    """Make charts one after the other; a chart without data is a result too."""
    for name in names:
        try:
            yield ChartResult(name, CHARTS[name].make(tables, language))
        except ValueError as error:
            yield ChartResult(name, None, str(error))


def _inputs(database: Warehouse | Published, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Return the tables that the charts take."""
    return {table: dated(database, table) for table in sorted({table for name in names for table in CHARTS[name].inputs})}


def _files(chart: DrawnChart, licence: str, inputs: BuildInputs, *, dark_png: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a chart, by the ends of their names, with its provenance inside; PNG last."""
    from indicators.charts.drawing import rendering  # here, because it loads matplotlib

    provenance = chart_provenance(chart, licence, inputs)
    yield "csv", chart.data_csv().encode()
    svg = rendering.render(chart, "svg", provenance)
    yield "svg", svg
    yield "dark.svg", rendering.darkened(svg)
    yield "png", rendering.render(chart, "png", provenance)
    if dark_png:
        yield "dark.png", rendering.render(chart, "png", provenance, DARK)


def _licence(chart: DrawnChart) -> str:
    """Return the licence of a chart: the strictest of its sources, or our own if it shows no figure of a publisher."""
    return strictest(chart.licences) if chart.licences else OWN_LICENCE


def build_inputs(snapshots: pd.DataFrame, *, code: str, git_commit: str, build: str = "") -> BuildInputs:
    """Return what the provenance of a chart says about its build.

    A build is known by its code and its snapshots, and not by the run: the same inputs give the same picture, to the byte. Which runs
    published it, the table `runs` and the descriptor say. A chart that is made from a publication later names the `build` of that.
    """
    columns = ["snapshot", "source", "vintage", "sha256", "licence"]
    files = tuple(SourceFile(*map(str, row)) for row in snapshots.sort_values("snapshot")[columns].itertuples(index=False))
    build = build or fingerprint(code, {file.snapshot: file.sha256 for file in files})
    return BuildInputs(build=build, code=code, git_commit=git_commit, snapshots=files)
