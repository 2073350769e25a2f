"""Whether a chart says what the published database says: the plotted table is computed again, and each cell compared.

A picture brings its table in its passport; a CSV twin is its table. Where the picture was drawn by this very code, it is drawn again too,
so that a number changed in the drawing alone is seen.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.registries.labels import LANGUAGES
from pipelines.ingest.snapshots import SnapshotRefused, SnapshotStore
from pipelines.provenance import code_version
from pipelines.publication import build_id
from pipelines.publication.datapackage import DESCRIPTOR, read_descriptor
from pipelines.publishing import chart_files
from pipelines.settings import DATABASE, Settings
from pipelines.warehouse.database import Published, dated

if TYPE_CHECKING:
    from indicators.charts import Chart, Passport

#: Two numbers that differ by less than this part are the same number, computed on two machines.
SAME_NUMBER = 1e-9
#: How many differing lines of a drawing are told.
LINES_TOLD = 5


class CannotVerify(Exception):
    """A file cannot be verified; the message says why, and what to do."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it is computed."""

    what: str  #: table, words, vintage or drawing
    where: str
    printed: str | None
    recomputed: str | None

    def __str__(self) -> str:
        said = ("nothing" if value is None else value or "an empty cell" for value in (self.printed, self.recomputed))
        return "{}, {}: printed {}, recomputed {}".format(self.what, self.where, *said)


@dataclass(frozen=True)
class Finding:
    """What came out of one file."""

    file: str
    chart: str
    publication: str  #: name of the folder it was held against
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def reproduces(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def verify(path: Path, paths: Settings) -> Finding:
    """Compute again what a chart shows, and compare.

    Args:
        path: A PNG or SVG of a publication, wherever it has gone since, or a CSV twin under its own name.
        paths: The data home; of the publications kept in it, the one that the picture was made for is taken, else the newest.

    Raises:
        CannotVerify: The file is no chart of ours, or there is nothing to hold it against.
    """
    from indicators import charts

    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotVerify(f"{path}: {error.strerror}; name a chart of a publication") from None
    passport = None
    if path.suffix == ".csv":
        name, table = path.stem, content.decode("utf-8", errors="replace")
        name, _, language = name.partition(".")
        if name not in chart_files.CHARTS or language not in ("", *LANGUAGES):
            raise CannotVerify(f"{path}: a CSV twin is known by its name, and no chart is called {path.stem}; give it its own name back")
    else:
        try:
            passport = charts.read_passport(content)
        except charts.NoPassport as error:
            raise CannotVerify(f"{path}: {error}") from None
        name, table, language = passport.chart, passport.table, passport.language
        if name not in chart_files.CHARTS:
            raise CannotVerify(f"{path}: this version draws no chart called {name}")
        if language not in LANGUAGES:
            raise CannotVerify(f"{path}: this version draws no chart in {language!r}")
    folder, notes = _held_against(path, passport, paths)
    published = Published(folder / DATABASE)
    try:
        chart = chart_files.draw_chart(name, {table: dated(published, table) for table in chart_files.CHARTS[name][0]}, language or "en")
    except ValueError as error:
        gone = Difference("table", "all rows", f"{len(table.splitlines()) - 1} rows", None)
        return Finding(str(path), name, folder.name, (gone,), (*notes, str(error)))
    differences = [*_cells(table, charts.twin(chart))]
    if passport:
        differences += [*_words(passport, chart), *_vintages(passport, published, SnapshotStore(paths.embedded, paths.snapshots))]
        if passport.code != code_version():
            notes.append("it was drawn by other code than this, so the drawing was not made again")
        elif unlike := _other_font(content, chart):
            notes.append(unlike)
        elif not differences:
            differences += _drawing(content, chart, passport)
    return Finding(str(path), name, folder.name, tuple(differences), tuple(notes))


def _held_against(path: Path, passport: Passport | None, paths: Settings) -> tuple[Path, list[str]]:
    """Return the publication a file is held against, and what a reader should know of the choice."""
    own = path.resolve().parent.parent
    newest = paths.publication.resolve()
    kept = [newest, *(folder for of in (paths.publications, paths.selections) if of.is_dir() for folder in sorted(of.iterdir()))]
    candidates = [folder for folder in kept if (folder / DATABASE).exists() and (folder / DESCRIPTOR).exists()]
    if not candidates:
        raise CannotVerify(f"{paths.publication} holds no publication; run `divide build` first")
    if passport is None:
        return (own if own in candidates else candidates[0]), []
    for folder in candidates:
        descriptor = read_descriptor(folder)
        if build_id.fingerprint(descriptor.code, descriptor.snapshots) == passport.build:
            return folder, []
    return candidates[0], [f"it was made from other files or by other code than any publication kept; held against {candidates[0].name}"]


def _cells(printed: str, recomputed: str) -> Iterator[Difference]:
    """Compare two tables cell by cell; where rows are lacking or too many, the rows themselves are told."""
    was, now = (list(csv.reader(io.StringIO(text))) for text in (printed, recomputed))
    if (head := was[:1]) != now[:1]:
        yield Difference("table", "columns", ", ".join(*head) if head else None, ", ".join(now[0]))
        return
    if len(was) != len(now):
        yield Difference("table", "number of rows", str(len(was) - 1), str(len(now) - 1))
    for number, (before, after) in enumerate(zip_longest(was[1:], now[1:]), start=1):
        if before is None or after is None:
            yield Difference("table", f"row {number}", *(None if row is None else ", ".join(row) for row in (before, after)))
            continue
        for column, one, other in zip_longest(now[0], before, after):
            if not _same(one, other):
                yield Difference("table", f"row {number}, {column or 'beyond the last column'}", one, other)


def _same(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    try:
        return math.isclose(float(one or ""), float(other or ""), rel_tol=SAME_NUMBER)
    except ValueError:
        return False


def _words(passport: Passport, chart: Chart) -> Iterator[Difference]:
    """Compare what a picture says of itself."""
    for words in ("title", "subtitle", "alt", "source"):
        if (printed := getattr(passport, words)) != (recomputed := getattr(chart, words)):
            yield Difference("words", words, printed, recomputed)


def _vintages(passport: Passport, published: Published, store: SnapshotStore) -> Iterator[Difference]:
    """Compare the hashes of the files with those published, and with the bytes that are stored."""
    listed = published.read("snapshots").set_index("snapshot")["sha256"]
    for entry in passport.vintages:
        name, printed = entry["snapshot"], entry["sha256"]
        if printed != listed.get(name):
            yield Difference("vintage", name, printed, listed.get(name))
            continue
        try:
            store.get(name).read()
        except (SnapshotRefused, KeyError, OSError) as error:
            yield Difference("vintage", name, printed, f"not stored as it was ({error})")


def _other_font(content: bytes, chart: Chart) -> str:
    """Say if a PNG took characters from a font that this machine would not take; nothing if it did not."""
    from PIL import Image

    from indicators.charts import fonts

    if not content.startswith(b"\x89PNG"):
        return ""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    drawn_in = picture.info.get("Font", "")
    try:
        here = fonts.font_for(chart.said.language)
    except fonts.NoFont:
        here = ""
    return (
        "" if drawn_in == here else f"it was drawn with {drawn_in or 'no other font'}, which is not what is here, so it was not made again"
    )


def _drawing(content: bytes, chart: Chart, passport: Passport) -> Iterator[Difference]:
    """Draw the picture again and compare it: pixels of a PNG, lines of an SVG."""
    from PIL import Image, ImageChops

    from indicators import charts

    if content.startswith(b"\x89PNG"):
        pictures = [Image.open(io.BytesIO(content)).convert("RGB")]
        corner = "#{:02x}{:02x}{:02x}".format(*pictures[0].getpixel((0, 0)))  # type: ignore[misc]
        palette = charts.DARK if corner == charts.DARK.ground else charts.LIGHT
        again = Image.open(io.BytesIO(charts.render(chart, "png", passport, palette)))
        if (size := pictures[0].size) != again.size:
            yield Difference("drawing", "size in pixels", "{} by {}".format(*size), "{} by {}".format(*again.size))
        elif box := ImageChops.difference(pictures[0], again.convert("RGB")).getbbox():
            yield Difference("drawing", "pixels from {}, {} to {}, {}".format(*box), "other colours", "those of the table")
        return
    svg = charts.render(chart, "svg", passport)
    text = content.decode()
    if charts.DARK.ground in text:
        svg = charts.darkened(svg)
    told = 0
    for number, (one, other) in enumerate(zip_longest(text.splitlines(), svg.decode().splitlines()), start=1):
        if one != other and told < LINES_TOLD:
            told += 1
            yield Difference("drawing", f"line {number}", one and one.strip()[:200], other and other.strip()[:200])
