"""What a chart is: a figure with the words, the table and the source line that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
from matplotlib.figure import Figure

from indicators.registries.labels import ENGLISH, Labels
from indicators.registries.sources import sources


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure with the words and the numbers that belong to it, so that a page can show all of it."""

    name: str
    title: str  #: the finding, composed from the data
    subtitle: str  #: what, unit, years, and how to read it
    figure: Figure = field(repr=False)
    data: pd.DataFrame = field(repr=False)  #: exactly what is drawn, one row a drawn number or interval
    alt: str  #: for who cannot see it: type of chart, what it shows, the finding with its numbers
    source: str  #: source, vintage, licence
    said: Labels = ENGLISH  #: the labels in the language of its words

    @property
    def licences(self) -> set[str]:
        """The licences of the sources of what is drawn."""
        return {sources()[source].licence for source in self.data["source"].dropna().unique()}
