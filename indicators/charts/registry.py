"""Every chart there is: a module of this package that declares a `CHART` is one."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from indicators import charts
from indicators.charts.chart import Chart
from indicators.registries.labels import Labels, Text, chart_texts, labels


def declared() -> dict[str, Chart[Any]]:
    """Collect the declarations, by name and in the order of the page.

    Raises:
        ValueError: A chart is not named as its module, or two charts claim one position.
    """
    found: dict[int, Chart[Any]] = {}
    for module in pkgutil.iter_modules(charts.__path__):
        chart = getattr(import_module(f"{charts.__name__}.{module.name}"), "CHART", None) if not module.ispkg else None
        if chart is None:
            continue
        if chart.name != module.name:
            raise ValueError(f"indicators/charts/{module.name}.py declares a chart named {chart.name}; name both alike")
        if (other := found.get(chart.position)) is not None:
            raise ValueError(f"the charts {other.name} and {chart.name} both have position {chart.position}; give one another")
        found[chart.position] = chart
    return {found[position].name: found[position] for position in sorted(found)}


CHARTS = declared()


def own_text() -> list[Text]:
    """Return the text of the charts themselves, in English."""
    return [text for chart in CHARTS.values() for text in chart_texts(chart.text)]


def labels_with_charts(language: str) -> Labels:
    """Return the labels in a language, with the text of every chart among them.

    Raises:
        ValueError: There is no such language.
    """
    return labels(language).with_text(own_text())


def shown_on(indicator: str) -> list[str]:
    """Return the names of the charts that the page of an indicator shows, in their order there."""
    return sorted(
        (name for name in CHARTS if indicator in CHARTS[name].indicator_pages), key=lambda name: CHARTS[name].indicator_pages[indicator]
    )
