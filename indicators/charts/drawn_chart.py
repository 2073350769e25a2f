"""What is drawn: the text of a chart in one language, and the chart as drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from indicators.registries.labels import labels
from indicators.registries.sources import sources

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, kw_only=True)
class ChartText:
    """All text of a chart that depends on the language; a chart that writes more than this adds fields."""

    title: str  #: the finding, composed from the data
    subtitle: str  #: what is shown, unit, years, and how to read it
    alt: str  #: for readers who cannot see it: type of chart, what it shows, the finding with its numbers
    source: str  #: source, vintage, licence
    language: str  #: a code of `indicators.registries.labels.LANGUAGES`
    row_text: Mapping[str, Sequence[str]] = field(default_factory=dict)  #: columns of text in addition to the data, one value a row

    @property
    def is_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return labels(self.language).direction == "rtl"


@dataclass(frozen=True, eq=False)
class DrawnChart:
    """A figure with its text and its data, so that a page can show all of it."""

    name: str
    text: ChartText
    data: pd.DataFrame = field(repr=False)  #: exactly what is drawn, one row a drawn number or interval
    figure: Figure = field(repr=False)

    @property
    def licences(self) -> set[str]:
        """The licences of the sources of what is drawn."""
        return {sources()[source].licence for source in self.data["source"].dropna().unique()}

    def data_csv(self) -> str:
        """Return the data as CSV. A missing value is an empty cell; a number is written so that it reads back as itself."""
        return self.data.to_csv(index=False, lineterminator="\n")
