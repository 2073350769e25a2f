"""What the figures are: pure functions on tidy frames, and the registries they rest on; no database, network, clock or environment.

`catalogue`, `sources` and `resolution` are data with a reader each; `readers` turn published files into rows, `observations` gives
the rows their meaning, `contracts` says what every table holds; `aggregate` and `gaps` compute; `wording` and `intervals` say what words
stand for, `verdicts` judges them; `charts` draws; `sdmx` writes the numbers under SDMX's codes.

For analysts, the names in `__all__` are the public ones, each documented with an example: `from indicators import interval`. They are
loaded when they are asked for, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indicators.aggregate import aggregates
    from indicators.change_split import change_split as split_change
    from indicators.contracts import column_meanings, problems
    from indicators.gaps import gaps as measure_gaps
    from indicators.inequality import inequality as measure_inequality
    from indicators.intervals import Interval
    from indicators.projection import projections
    from indicators.resolution import load_claims, load_identities
    from indicators.sources import strictest, vintage_name
    from indicators.time_distance import time_distance as measure_time_distance
    from indicators.verdicts import judge
    from indicators.what_if import what_if as ask_what_if
    from indicators.wording import interval, printed

__all__ = [
    "Interval",
    "aggregates",
    "ask_what_if",
    "column_meanings",
    "interval",
    "judge",
    "load_claims",
    "load_identities",
    "measure_gaps",
    "measure_inequality",
    "measure_time_distance",
    "printed",
    "problems",
    "projections",
    "split_change",
    "strictest",
    "vintage_name",
]

#: Where each public name stands. A function that has the name of its module is public under a verb.
_HOMES = {
    "Interval": ("intervals", "Interval"),
    "aggregates": ("aggregate", "aggregates"),
    "ask_what_if": ("what_if", "what_if"),
    "column_meanings": ("contracts", "column_meanings"),
    "interval": ("wording", "interval"),
    "judge": ("verdicts", "judge"),
    "load_claims": ("resolution", "load_claims"),
    "load_identities": ("resolution", "load_identities"),
    "measure_gaps": ("gaps", "gaps"),
    "measure_inequality": ("inequality", "inequality"),
    "measure_time_distance": ("time_distance", "time_distance"),
    "printed": ("wording", "printed"),
    "problems": ("contracts", "problems"),
    "projections": ("projection", "projections"),
    "split_change": ("change_split", "change_split"),
    "strictest": ("sources", "strictest"),
    "vintage_name": ("sources", "vintage_name"),
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'indicators' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    found = getattr(import_module(f"indicators.{module}"), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *__all__})
