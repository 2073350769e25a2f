"""Whether a chart says what the published database says: its data are computed again, and each cell is compared.

A picture carries its data in its provenance; a data CSV is the data. A picture that this very code drew is drawn again too, so that a
number changed in the drawing alone is found.
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

from PIL import Image, ImageChops

from indicators.charts.drawing import fonts
from indicators.charts.drawing.palette import DARK, LIGHT
from indicators.charts.drawing.rendering import darkened, render
from indicators.charts.provenance import NoProvenance, read_provenance
from indicators.charts.registry import CHARTS
from indicators.registries.labels import LANGUAGES
from pipelines.provenance import code_version
from pipelines.publication import build_id
from pipelines.publication.datapackage import DESCRIPTOR, read_descriptor
from pipelines.publishing import chart_files
from pipelines.settings import DATABASE, Settings
from pipelines.snapshots import SnapshotRefused, SnapshotStore
from pipelines.warehouse.database import Published

if TYPE_CHECKING:
    from indicators.charts.drawn_chart import DrawnChart
    from indicators.charts.provenance import Provenance

#: Two numbers that differ by less than this part are the same number, computed on two machines.
SAME_NUMBER = 1e-9
#: How many differing lines of a drawing are reported.
LINES_REPORTED = 5


class CannotVerify(Exception):
    """A file cannot be verified; the message says why, and what to do."""


@dataclass(frozen=True)
class Difference:
    """One thing that differs from what is computed."""

    what: str  #: table, words, vintage or drawing
    where: str
    printed: str | None
    recomputed: str | None

    def __str__(self) -> str:
        values = ("nothing" if value is None else value or "an empty cell" for value in (self.printed, self.recomputed))
        return "{}, {}: printed {}, recomputed {}".format(self.what, self.where, *values)


@dataclass(frozen=True)
class Finding:
    """The outcome for one file."""

    file: str
    chart: str
    publication: str  #: name of the folder it was compared with
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def reproduces(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def verify(path: Path, paths: Settings) -> Finding:
    """Compute again what a chart shows, and compare.

    Args:
        path: A PNG or SVG of a publication, in any folder, or a data CSV under its own name.
        paths: The data home; of its publications, the one that the picture was made for is taken, else the newest.

    Raises:
        CannotVerify: The file is no chart of this project, or there is no publication to compare it with.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotVerify(f"{path}: {error.strerror}; name a chart of a publication") from None
    provenance = None
    if path.suffix == ".csv":
        name, table = path.stem, content.decode("utf-8", errors="replace")
        name, _, language = name.partition(".")
        if name not in CHARTS or language not in ("", *LANGUAGES):
            raise CannotVerify(f"{path}: a data CSV is known by its name, and no chart is called {path.stem}; restore its name")
    else:
        try:
            provenance = read_provenance(content)
        except NoProvenance as error:
            raise CannotVerify(f"{path}: {error}") from None
        name, table, language = provenance.chart, provenance.table, provenance.language
        if name not in CHARTS:
            raise CannotVerify(f"{path}: this version draws no chart called {name}")
        if language not in LANGUAGES:
            raise CannotVerify(f"{path}: this version draws no chart in {language!r}")
    folder, notes = _publication_of(path, provenance, paths)
    published = Published(folder / DATABASE)
    try:
        chart = chart_files.make_chart(name, published, language or "en")
    except ValueError as error:
        all_rows = Difference("table", "all rows", f"{len(table.splitlines()) - 1} rows", None)
        return Finding(str(path), name, folder.name, (all_rows,), (*notes, str(error)))
    differences = [*_cells(table, chart.data_csv())]
    if provenance:
        differences += [*_words(provenance, chart), *_vintages(provenance, published, SnapshotStore(paths.embedded, paths.snapshots))]
        if provenance.code != code_version():
            notes.append("another version of the code drew it, so the drawing was not compared")
        elif unlike := _other_font(content, chart):
            notes.append(unlike)
        elif not differences:
            differences += _drawing(content, chart, provenance)
    return Finding(str(path), name, folder.name, tuple(differences), tuple(notes))


def _publication_of(path: Path, provenance: Provenance | None, paths: Settings) -> tuple[Path, list[str]]:
    """Return the publication a file is compared with, and what a reader should know about the choice."""
    own = path.resolve().parent.parent
    newest = paths.publication.resolve()
    kept = [newest, *(folder for of in (paths.publications, paths.selections) if of.is_dir() for folder in sorted(of.iterdir()))]
    candidates = [folder for folder in kept if (folder / DATABASE).exists() and (folder / DESCRIPTOR).exists()]
    if not candidates:
        raise CannotVerify(f"{paths.publication} holds no publication; run `divide build` first")
    if provenance is None:
        return (own if own in candidates else candidates[0]), []
    for folder in candidates:
        descriptor = read_descriptor(folder)
        if build_id.fingerprint(descriptor.code, descriptor.snapshots) == provenance.build:
            return folder, []
    return candidates[0], [f"no publication here was made from the same files by the same code; compared with {candidates[0].name}"]


def _cells(printed: str, recomputed: str) -> Iterator[Difference]:
    """Compare two tables cell by cell; a missing or surplus row is reported whole."""
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


def _words(provenance: Provenance, chart: DrawnChart) -> Iterator[Difference]:
    """Compare the text of a chart."""
    for words in ("title", "subtitle", "alt", "source"):
        if (printed := getattr(provenance, words)) != (recomputed := getattr(chart.text, words)):
            yield Difference("words", words, printed, recomputed)


def _vintages(provenance: Provenance, published: Published, store: SnapshotStore) -> Iterator[Difference]:
    """Compare the hashes of the files with those published, and with the stored bytes."""
    listed = published.read("snapshots").set_index("snapshot")["sha256"]
    for file in provenance.vintages:
        name, printed = file.snapshot, file.sha256
        if printed != listed.get(name):
            yield Difference("vintage", name, printed, listed.get(name))
            continue
        try:
            store.get(name).read()
        except (SnapshotRefused, KeyError, OSError) as error:
            yield Difference("vintage", name, printed, f"the stored file has changed ({error})")


def _other_font(content: bytes, chart: DrawnChart) -> str:
    """Return a note if a PNG took characters from a font that this machine would not take; empty if it did not."""
    if not content.startswith(b"\x89PNG"):
        return ""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    drawn_in = picture.info.get("Font", "")
    try:
        here = fonts.font_for(chart.text.language)
    except fonts.NoFont:
        here = ""
    if drawn_in == here:
        return ""
    return f"it was drawn with {drawn_in or 'no other font'}, and this machine would use {here or 'none'}, so the drawing was not compared"


def _drawing(content: bytes, chart: DrawnChart, provenance: Provenance) -> Iterator[Difference]:
    """Draw the picture again and compare it: pixels of a PNG, lines of an SVG."""
    if content.startswith(b"\x89PNG"):
        pictures = [Image.open(io.BytesIO(content)).convert("RGB")]
        corner = "#{:02x}{:02x}{:02x}".format(*pictures[0].getpixel((0, 0)))  # type: ignore[misc]
        palette = DARK if corner == DARK.ground else LIGHT
        again = Image.open(io.BytesIO(render(chart, "png", provenance, palette)))
        if (size := pictures[0].size) != again.size:
            yield Difference("drawing", "size in pixels", "{} by {}".format(*size), "{} by {}".format(*again.size))
        elif box := ImageChops.difference(pictures[0], again.convert("RGB")).getbbox():
            yield Difference("drawing", "pixels from {}, {} to {}, {}".format(*box), "other colours", "those of the table")
        return
    svg = render(chart, "svg", provenance)
    text = content.decode()
    if DARK.ground in text:
        svg = darkened(svg)
    reported = 0
    for number, (one, other) in enumerate(zip_longest(text.splitlines(), svg.decode().splitlines()), start=1):
        if one != other and reported < LINES_REPORTED:
            reported += 1
            yield Difference("drawing", f"line {number}", one and one.strip()[:200], other and other.strip()[:200])
