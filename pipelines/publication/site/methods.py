"""The page of methods, made from the docstrings of the measures themselves, so that it says what the code does."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt

from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.site.environment import render

#: The modules that say what a figure is, in the order they are read, with their heading.
MODULES = {
    "wording.grammar": "What words stand for",
    "claims.verdicts": "Verdicts",
    "measures.aggregates": "Figures of groups",
    "measures.gaps": "Gaps",
    "measures.inequality": "Inequality",
    "measures.time_distance": "Years behind",
    "measures.convergence": "Convergence",
    "measures.series_breaks": "Breaks in series",
    "measures.projections": "If it went on as before",
    "measures.targets": "Targets and pace",
    "measures.scenarios": "If …, then …",
    "measures.change_decomposition": "Change, split",
    "measures.aggregate_consistency": "Whether a published figure can be",
    "measures.data_gaps": "Gaps of data",
}

#: Parts of a docstring that tell who calls the function, and not who reads the figure.
FOR_CALLERS = re.compile(r"^(Args|Returns|Raises|Yields|Attributes):\n(?:(?:[ \t].*)?\n)*", re.MULTILINE)


def page(info: PublicationInfo) -> str:
    """Return the page of methods."""
    return render("methods.html", "methods.html", info, chapters=list(_chapters()))


def _chapters() -> Iterator[dict[str, Any]]:
    """Give each module with what it and its public functions say of themselves, as HTML."""
    for name, heading in MODULES.items():
        module = importlib.import_module(f"indicators.{name}")
        functions = [
            (label, function)
            for label, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not label.startswith("_") and "schema" not in label
        ]
        functions.sort(key=lambda entry: inspect.getsourcelines(entry[1])[1])
        yield {
            "name": name.rpartition(".")[2],
            "heading": heading,
            "told": _html(inspect.getdoc(module) or ""),
            "functions": [{"name": label, "told": _html(inspect.getdoc(function) or "")} for label, function in functions],
        }


def _html(docstring: str) -> str:
    """Return what a docstring tells a reader of figures, as HTML: without arguments, returns, errors and examples."""
    text = FOR_CALLERS.sub("", docstring.split("\n>>> ")[0] + "\n")
    return str(MarkdownIt("commonmark", {"html": False}).render(text))
