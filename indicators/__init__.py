"""What the figures are: pure functions on tidy frames, and the registries they rest on; no database, network, clock or environment.

`catalogue`, `sources` and `resolution` are data with a reader each; `readers` turn published files into rows, `observations` gives
the rows their meaning, `contracts` says what every table holds; `aggregate` and `gaps` compute; `wording` and `intervals` say what words
stand for, `verdicts` judges them; `charts` draws; `sdmx` writes the numbers under SDMX's codes.

For analysts, the names in `__all__` are the public ones, each documented with an example: `from indicators import interval`. They are
loaded at first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indicators.claims.verdicts import judge
    from indicators.contracts.tables import column_meanings
    from indicators.contracts.validation import contract_problems
    from indicators.measures.aggregates import aggregates
    from indicators.measures.change_decomposition import change_decomposition as split_change
    from indicators.measures.gaps import gaps as measure_gaps
    from indicators.measures.inequality import inequality as measure_inequality
    from indicators.measures.projections import projections
    from indicators.measures.scenarios import scenarios as ask_scenarios
    from indicators.measures.time_distance import time_distance as measure_time_distance
    from indicators.registries.resolution import load_claims, load_identities
    from indicators.registries.sources import strictest, vintage_name
    from indicators.wording.grammar import interval, printed
    from indicators.wording.intervals import Interval

__all__ = [
    "Interval",
    "aggregates",
    "ask_scenarios",
    "column_meanings",
    "contract_problems",
    "interval",
    "judge",
    "load_claims",
    "load_identities",
    "measure_gaps",
    "measure_inequality",
    "measure_time_distance",
    "printed",
    "projections",
    "split_change",
    "strictest",
    "vintage_name",
]

#: The module of each public name. A function that has the name of its module is public under a verb.
_HOMES = {
    "Interval": ("wording.intervals", "Interval"),
    "aggregates": ("measures.aggregates", "aggregates"),
    "ask_scenarios": ("measures.scenarios", "scenarios"),
    "column_meanings": ("contracts.tables", "column_meanings"),
    "interval": ("wording.grammar", "interval"),
    "judge": ("claims.verdicts", "judge"),
    "load_claims": ("registries.resolution", "load_claims"),
    "load_identities": ("registries.resolution", "load_identities"),
    "measure_gaps": ("measures.gaps", "gaps"),
    "measure_inequality": ("measures.inequality", "inequality"),
    "measure_time_distance": ("measures.time_distance", "time_distance"),
    "printed": ("wording.grammar", "printed"),
    "contract_problems": ("contracts.validation", "contract_problems"),
    "projections": ("measures.projections", "projections"),
    "split_change": ("measures.change_decomposition", "change_decomposition"),
    "strictest": ("registries.sources", "strictest"),
    "vintage_name": ("registries.sources", "vintage_name"),
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module at first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'indicators' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    found = getattr(import_module(f"indicators.{module}"), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *__all__})
