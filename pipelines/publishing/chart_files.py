"""The charts of a build: which there are, what each is drawn from, and the files that are made of it, each with its passport inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.warehouse.database import dated

if TYPE_CHECKING:
    import pandas as pd

    from indicators.charts import Chart, Made
    from pipelines.warehouse.database import Published, Warehouse
from pipelines.publication.build_id import fingerprint
from pipelines.publication.datapackage import Descriptor

#: Every chart, in the order of the page: the function of `indicators.charts` that draws it, the tables it takes, and what it shows.
CHARTS = {
    "internet_use_over_time": (
        ("aggregates", "observations", "groups"),
        "People online in the world and its groups, with the bounds that silence leaves.",
    ),
    "internet_use_within_regions": (
        ("aggregates", "observations", "economies", "groups"),
        "Every economy of each region over the years, and the region itself.",
    ),
    "verdicts_of_the_resolution": (("claims", "verdicts"), "What the resolution's words stand for, against the evidence of each vintage."),
    "claims_over_vintages": (("claims", "verdicts"), "What each edition held said of the resolution's statements."),
    "gap_by_income": (("gaps", "groups"), "High-income and low-income economies, side by side."),
    "gap_by_sex": (("gaps", "groups"), "Women and men, edition by edition."),
    "gap_by_locality": (("gaps", "groups"), "Urban and rural areas, side by side."),
    "internet_use_by_economy": (("current_observations", "economies"), "Every economy as a tile of equal size."),
    "years_behind_in_internet_use": (
        ("time_distance", "groups"),
        "How long ago high-income economies stood where each group is now.",
    ),
    "internet_use_projected": (
        ("projections", "observations", "groups"),
        "Where shares would go if the past went on, with what such projections missed by.",
    ),
    "world_figure_by_vintage": (("observations",), "How revisions moved the figure of the world."),
    "price_against_income": (
        ("current_observations", "memberships", "groups", "economies"),
        "Prices of broadband against the line of 2 per cent of income.",
    ),
    "data_gaps_by_group": (
        ("data_gaps", "current_observations", "memberships", "groups", "indicators"),
        "What is not known, of which economies.",
    ),
    "three_rules": (("aggregates", "groups"), "What is assumed of the silent decides the figure: three rules side by side."),
}

#: Charts that may find nothing to show in all that is held, and say so: prices do not come with the code, no projection need beat no
#: change, and no gap need be left.
MAY_LACK_DATA = frozenset({"price_against_income", "internet_use_projected", "data_gaps_by_group"})


def charts(warehouse: Warehouse, folder: Path) -> Iterator[tuple[str, Chart | None, str]]:
    """Draw every chart and write it to `folder`, once: PNG, SVG on a light and on a dark ground, and as CSV what is drawn.

    Yields:
        The name of each chart, the chart, and what it finds; no chart, and why, where the snapshots held leave no data for it.

    Raises:
        ValueError: Everything held was taken, and a chart that is always to be drawn has no data.
    """
    import shutil

    import pandas as pd

    from pipelines.provenance import git_sha

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tables = {name: dated(warehouse, name) for name in sorted({table for inputs, _ in CHARTS.values() for table in inputs})}
    selection = warehouse.read("selection").iloc[0]
    made = made_of(warehouse.read("snapshots"), code=str(selection["code"]), git_commit=git_sha() or "")
    drawn = []
    for name in CHARTS:
        try:
            chart = draw_chart(name, tables)
        except ValueError as error:
            if selection["is_everything"] and name not in MAY_LACK_DATA:
                raise
            yield name, None, str(error)
            continue
        licence = _licence(chart)
        for form, content in _files(chart, licence, made):
            (folder / f"{name}.{form}").write_bytes(content)
        told = {"title": chart.title, "subtitle": chart.subtitle, "alt": chart.alt, "source": chart.source, "licence": licence}
        drawn.append({"chart": name} | told)
        yield name, chart, chart.title
    columns = ["chart", "title", "subtitle", "alt", "source", "licence"]
    warehouse.write("charts", pd.DataFrame(drawn, columns=columns).astype("str"), [*tables, "selection"])


def translated(
    names: Sequence[str], language: str, published: Published, descriptor: Descriptor, folder: Path, *, dark_png: bool = False
) -> Iterator[tuple[str, Chart | None, str]]:
    """Draw charts of a publication with their words in a language and write them to `folder`, the language in the names of the files.

    Args:
        names: Keys of `CHARTS`.
        language: A code of `indicators.registries.labels.LANGUAGES`.
        published: The database of the publication.
        descriptor: Its descriptor, for what it was made of.
        folder: Where the files go; what else lies there is left alone.
        dark_png: Whether to write the PNG on a dark ground too.

    Yields:
        The name of each chart, the chart, and what it finds or which form of it cannot be drawn here; no chart, and why, where the
        publication has no data for it.
    """
    from indicators.charts import NoFont
    from pipelines.provenance import code_version, git_sha

    folder.mkdir(parents=True, exist_ok=True)
    tables = {name: dated(published, name) for name in sorted({table for name in names for table in CHARTS[name][0]})}
    made = made_of(
        published.read("snapshots"), code=code_version(), git_commit=git_sha() or "",
        build=fingerprint(descriptor.code, descriptor.snapshots),
    )  # fmt: skip
    for name in names:
        try:
            chart = draw_chart(name, tables, language)
        except ValueError as error:
            yield name, None, str(error)
            continue
        told = chart.title
        # The PNG comes last: it is the one form that may lack a font.
        files = _files(chart, _licence(chart), made, dark_png=dark_png)
        try:
            for form, content in files:
                (folder / f"{name}.{language}.{form}").write_bytes(content)
        except NoFont as error:
            told = str(error)
        yield name, chart, told


def _files(chart: Chart, licence: str, made: Made, *, dark_png: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield what is written of a chart, by the end of its file name, with its passport inside; PNG last."""
    from indicators import charts as draw

    passport = draw.passport(chart, licence, made)
    yield "csv", draw.twin(chart).encode()
    svg = draw.render(chart, "svg", passport)
    yield "svg", svg
    yield "dark.svg", draw.darkened(svg)
    yield "png", draw.render(chart, "png", passport)
    if dark_png:
        yield "dark.png", draw.render(chart, "png", passport, draw.DARK)


def _licence(chart: Chart) -> str:
    """Return the licence of a chart; one of what is missing may show no publisher's figure at all, and then it is ours."""
    from indicators.registries.sources import strictest
    from pipelines.publication.licences import OWN_LICENCE

    return strictest(chart.licences) if chart.licences else OWN_LICENCE


def draw_chart(name: str, tables: dict[str, pd.DataFrame], language: str = "en") -> Chart:
    """Draw one chart from the tables it takes, with its words in a language.

    Raises:
        ValueError: They leave nothing to draw.
    """
    from indicators import charts as draw

    function: Callable[..., Chart] = getattr(draw, name)
    return function(*(tables[table] for table in CHARTS[name][0]), language=language)


def made_of(snapshots: pd.DataFrame, *, code: str, git_commit: str, build: str = "") -> Made:
    """Return what a chart's passport says of its build.

    A build is known by its code and its snapshots, and not by the run: the same inputs give the same picture, to the byte. Which runs
    published them, the table `runs` and the descriptor say. What is drawn from a publication later names the `build` of that.
    """
    from indicators.charts import Made

    listed = snapshots.sort_values("snapshot")[["snapshot", "source", "vintage", "sha256", "licence"]].to_dict("records")
    entries = tuple({str(name): str(value) for name, value in entry.items()} for entry in listed)
    build = build or fingerprint(code, {entry["snapshot"]: entry["sha256"] for entry in entries})
    return Made(build=build, code=code, git_commit=git_commit, snapshots=entries)
