"""The passport of a chart: what was plotted, from which vintages, by which code; it travels inside the picture."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, unescape

from PIL import Image

if TYPE_CHECKING:
    from indicators.charts.chart import Chart

_SPACE = "urn:digital-divide:passport"
_ELEMENT = re.compile(rf'<passport xmlns="{_SPACE}">(.*?)</passport>', re.DOTALL)


class NoPassport(ValueError):
    """A file holds no passport that can be read; the message says why."""


@dataclass(frozen=True)
class Made:
    """Of what and by what a set of charts was made; equal inputs and code make an equal one, on every run."""

    build: str  #: fingerprint of code and snapshots together: the same inputs have the same, whatever run it was
    code: str  #: fingerprint of the code
    git_commit: str  #: commit of it, with a + if files differ; empty outside a checkout
    snapshots: tuple[dict[str, str], ...]  #: snapshot, source, vintage, sha256, licence of every file the build is made from


@dataclass(frozen=True)
class Passport:
    """What a picture says of itself."""

    chart: str
    title: str
    subtitle: str
    alt: str
    source: str
    licence: str
    build: str
    code: str
    git_commit: str
    vintages: tuple[dict[str, str], ...]  #: the snapshots of the vintages that the plotted table names, with their hashes
    table: str  #: the plotted table as CSV, the very text of the twin
    language: str = "en"  #: of its words, a code of `indicators.registries.labels.LANGUAGES`

    def as_json(self) -> str:
        """Return the passport as JSON, in the order of the fields; English, the language of the publication, goes without saying."""
        told = dataclasses.asdict(self)
        return json.dumps({name: value for name, value in told.items() if (name, value) != ("language", "en")}, ensure_ascii=False)

    def as_element(self) -> str:
        """Return the passport as an element for the metadata of an SVG."""
        return f'<passport xmlns="{_SPACE}">{escape(self.as_json())}</passport>'


def passport(chart: Chart, licence: str, made: Made) -> Passport:
    """Write the passport of a chart."""
    named = set(zip(chart.data["source"], chart.data["vintage"], strict=True))
    vintages = tuple(entry for entry in made.snapshots if (entry["source"], entry["vintage"]) in named)
    return Passport(
        chart=chart.name, title=chart.title, subtitle=chart.subtitle, alt=chart.alt, source=chart.source, licence=licence,
        build=made.build, code=made.code, git_commit=made.git_commit, vintages=vintages, table=twin(chart),
        language=chart.said.language,
    )  # fmt: skip


def twin(chart: Chart) -> str:
    """Return the plotted table as CSV; a missing value is an empty cell, and a number is written so that it reads back as itself."""
    return chart.data.to_csv(index=False, lineterminator="\n")


def read_passport(content: bytes) -> Passport:
    """Return the passport inside a PNG or an SVG.

    Raises:
        NoPassport: The file is neither, or holds none that can be read.
    """
    try:
        if content.startswith(b"\x89PNG"):
            picture = Image.open(io.BytesIO(content))
            picture.load()
            written = picture.info.get("Passport")
        else:
            found = _ELEMENT.search(content.decode("utf-8"))
            written = unescape(found[1]) if found else None
    except (OSError, ValueError, SyntaxError) as error:
        raise NoPassport(f"it cannot be read as PNG or SVG ({error})") from None
    if written is None:
        raise NoPassport("it holds no passport: it is no chart of this project, or was saved anew by another program")
    try:
        told = json.loads(written)
        return Passport(**told | {"vintages": tuple(told["vintages"])})
    except (ValueError, TypeError, KeyError) as error:
        raise NoPassport(f"its passport cannot be read ({error})") from None
