"""The provenance of a chart: what was drawn, from which vintages, by which code. It is stored inside the picture."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, unescape

if TYPE_CHECKING:
    from indicators.charts.drawn_chart import DrawnChart

_NAMESPACE = "urn:digital-divide:provenance"
_ELEMENT = re.compile(rf'<provenance xmlns="{_NAMESPACE}">(.*?)</provenance>', re.DOTALL)


class NoProvenance(ValueError):
    """A file holds no provenance that can be read; the message says why."""


@dataclass(frozen=True)
class SourceFile:
    """One snapshot of a source that a build is made from."""

    snapshot: str
    source: str
    vintage: str
    sha256: str
    licence: str


@dataclass(frozen=True)
class BuildInputs:
    """The code and the files that a set of charts was made from; equal inputs are equal on every run."""

    build: str  #: fingerprint of code and snapshots together
    code: str  #: fingerprint of the code
    git_commit: str  #: commit of the code, with a + if files differ; empty outside a checkout
    snapshots: tuple[SourceFile, ...]


@dataclass(frozen=True)
class Provenance:
    """What a picture says about itself."""

    chart: str
    title: str
    subtitle: str
    alt: str
    source: str
    licence: str
    build: str
    code: str
    git_commit: str
    vintages: tuple[SourceFile, ...]  #: the snapshots of the vintages that the data name
    table: str  #: the data drawn, as CSV; the same text as the data CSV
    language: str = "en"  #: of the text, a code of `indicators.registries.labels.LANGUAGES`

    def as_json(self) -> str:
        """Return the provenance as JSON, in the order of the fields; English, the language of the publication, is left out."""
        fields = dataclasses.asdict(self)
        return json.dumps({name: value for name, value in fields.items() if (name, value) != ("language", "en")}, ensure_ascii=False)

    def as_element(self) -> str:
        """Return the provenance as an element for the metadata of an SVG."""
        return f'<provenance xmlns="{_NAMESPACE}">{escape(self.as_json())}</provenance>'


def chart_provenance(chart: DrawnChart, licence: str, inputs: BuildInputs) -> Provenance:
    """Return the provenance of a chart."""
    drawn = set(zip(chart.data["source"], chart.data["vintage"], strict=True))
    vintages = tuple(file for file in inputs.snapshots if (file.source, file.vintage) in drawn)
    text = chart.text
    return Provenance(
        chart=chart.name, title=text.title, subtitle=text.subtitle, alt=text.alt, source=text.source, licence=licence,
        build=inputs.build, code=inputs.code, git_commit=inputs.git_commit, vintages=vintages, table=chart.data_csv(),
        language=text.language,
    )  # fmt: skip


def read_provenance(content: bytes) -> Provenance:
    """Return the provenance inside a PNG or an SVG.

    Raises:
        NoProvenance: The file is neither, or holds no provenance that can be read.
    """
    from PIL import Image

    try:
        if content.startswith(b"\x89PNG"):
            picture = Image.open(io.BytesIO(content))
            picture.load()
            stored = picture.info.get("Provenance")
        else:
            element = _ELEMENT.search(content.decode("utf-8"))
            stored = unescape(element[1]) if element else None
    except (OSError, ValueError, SyntaxError) as error:
        raise NoProvenance(f"it cannot be read as PNG or SVG ({error})") from None
    if stored is None:
        raise NoProvenance("it holds no provenance: it is no chart of this project, or another program saved it again")
    try:
        fields = json.loads(stored)
        return Provenance(**fields | {"vintages": tuple(SourceFile(**entry) for entry in fields["vintages"])})
    except (ValueError, TypeError, KeyError) as error:
        raise NoProvenance(f"its provenance cannot be read ({error})") from None
