"""What a chart is: its declaration, from which asset, files, page and command line are derived."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

import pandas as pd

from indicators.charts.drawing.layout import styled
from indicators.charts.drawn_chart import ChartText, DrawnChart
from indicators.registries.labels import Labels, Plural, chart_texts, labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure


Text = TypeVar("Text", bound=ChartText)


@dataclass(frozen=True)
class Chart(Generic[Text]):
    """The declaration of a chart; asset, files, page and command line are derived from it."""

    name: str  #: also the name of its module, its files and, after `chart_`, its asset
    position: int  #: place on the page; charts are in ascending order
    description: str  #: what it shows, one sentence
    columns: tuple[str, ...]  #: of the data CSV; the frame may have more, for the text and the drawing
    text: Mapping[str, str | Plural]  #: its own text in English, by key; `labels.toml` has what charts share
    data: Callable[..., pd.DataFrame]  #: its parameters are named as the tables it takes
    words: Callable[[pd.DataFrame, Labels], Text]
    draw: Callable[[pd.DataFrame, Text], Figure]
    indicator_pages: Mapping[str, int] = field(default_factory=dict)  #: indicators whose pages show it, with its position there
    may_lack_data: bool = False  #: whether a full build may have nothing to draw

    @property
    def inputs(self) -> tuple[str, ...]:
        """The tables it takes."""
        return tuple(inspect.signature(self.data).parameters)

    def labels(self, language: str) -> Labels:
        """Return the labels in a language, with the text of this chart among them.

        Raises:
            ValueError: There is no such language.
        """
        return labels(language).with_text(chart_texts(self.text))

    def make(self, tables: Mapping[str, pd.DataFrame], language: str = "en") -> DrawnChart:
        """Select, word and draw the chart.

        Args:
            tables: At least those of `inputs`, by name; they are not changed.
            language: A code of `indicators.registries.labels.LANGUAGES`.

        Raises:
            ValueError: The tables leave nothing to draw, or there is no such language.
        """
        selected = self.data(**{name: tables[name] for name in self.inputs})
        text = self.words(selected, self.labels(language))
        frame = selected.assign(**{column: list(values) for column, values in text.row_text.items()})
        return DrawnChart(self.name, text, frame[list(self.columns)], styled(self.draw, frame, text))
