"""The page of methods, made from the docstrings of the measures themselves, so that it says what the code does."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.site.environment import render

#: The modules that say what a figure is, in the order they are read, with their heading.
MODULES = {
    "wording": "What words stand for",
    "verdicts": "Verdicts",
    "aggregate": "Figures of groups",
    "gaps": "Gaps",
    "inequality": "Inequality",
    "time_distance": "Years behind",
    "convergence": "Convergence",
    "breaks": "Breaks in series",
    "projection": "If it went on as before",
    "targets": "Targets and pace",
    "what_if": "If …, then …",
    "change_split": "Change, split",
    "feasibility": "Whether a published figure can be",
    "data_gaps": "Gaps of data",
}

#: Parts of a docstring that tell who calls the function, and not who reads the figure.
FOR_CALLERS = re.compile(r"^(Args|Returns|Raises|Yields|Attributes):\n(?:(?:[ \t].*)?\n)*", re.MULTILINE)


def page(about: Mapping[str, Any]) -> str:
    """Return the page of methods."""
    return render("methods.html", "methods.html", about, chapters=list(_chapters()))


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
            "name": name,
            "heading": heading,
            "told": _html(inspect.getdoc(module) or ""),
            "functions": [{"name": label, "told": _html(inspect.getdoc(function) or "")} for label, function in functions],
        }


def _html(docstring: str) -> str:
    """Return what a docstring tells a reader of figures, as HTML: without arguments, returns, errors and examples."""
    from markdown_it import MarkdownIt

    text = FOR_CALLERS.sub("", docstring.split("\n>>> ")[0] + "\n")
    return str(MarkdownIt("commonmark", {"html": False}).render(text))
