"""The sources: who publishes, under which licence, and what to know of a source before believing its rows.

The entries are in `sources.toml`. Requests over the network are not part of this package.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from indicators.contracts.tables import conform

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Source:
    """One data service or publication of one publisher; `sources.toml` says what each field means."""

    name: str
    title: str
    short_title: str
    publisher: str
    url: str
    licence: str
    licence_url: str
    citation: str
    share_alike: bool
    non_commercial: bool
    series: str
    area_codes: str
    states_units: bool
    whole_series: bool
    precedence_economies: int
    precedence_groups: int
    tells_its_date: bool
    update_interval_days: int
    least_decimals: int
    nature: str


@cache
def sources() -> dict[str, Source]:
    """Return the sources by name.

    Raises:
        ValueError: An entry lacks a field or has one too many; the message says which.
    """
    found = {}
    for name, entry in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items():
        try:
            found[name] = Source(name=name, **entry)
        except TypeError as error:
            raise ValueError(f"indicators/registries/sources.toml: {name}: {str(error).removeprefix('Source.__init__() ')}") from None
    return found


def vintage_name(source: str, vintage: str) -> str:
    """Return how a vintage is called in a sentence.

    >>> vintage_name("itu-facts-and-figures", "2025")
    'Facts and Figures 2025'
    """
    return f"{sources()[source].short_title} {vintage}"


def with_age(rows: pd.DataFrame, editions: pd.DataFrame) -> pd.DataFrame:
    """Return rows that name a vintage with `rank_by_age`, its rank by age, 1 for the newest; missing if the vintage is not stored.

    Args:
        rows: Any with `source` and `vintage`.
        editions: Rows of the `editions` contract.
    """
    return rows.merge(editions[["source", "vintage", "rank_by_age"]].drop_duplicates(), on=["source", "vintage"], how="left")


def by_age(rows: pd.DataFrame, *first: str) -> pd.DataFrame:
    """Sort rows by the age of their vintage, the newest last.

    Args:
        rows: Any with `rank_by_age`, as `with_age` gives it; a row without it counts as the oldest.
        first: Columns that go before age.
    """
    ascending = [True] * len(first) + [False]
    return rows.sort_values([*first, "rank_by_age"], ascending=ascending, kind="stable", na_position="first")


def sources_table() -> pd.DataFrame:
    """Return the sources as the table `sources`, one row a source."""
    rows = [asdict(source) | {"source": source.name, "licence_url": source.licence_url or None} for source in sources().values()]
    return conform("sources", pd.DataFrame(rows))


def strictest(licences: Iterable[str]) -> str:
    """Return the licence that something made from material under all of `licences` must carry.

    The terms only add up: share-alike material decides the licence of the whole, and non-commercial use stays non-commercial.

    Raises:
        ValueError: No licence is given, one is not that of any source, or two of them exclude each other.

    >>> strictest(["CC BY 4.0", "CC BY-NC-SA 3.0 IGO"])
    'CC BY-NC-SA 3.0 IGO'
    """
    terms = {source.licence: (source.share_alike, source.non_commercial, bool(source.licence_url)) for source in sources().values()}
    given = set(licences)
    if not given:
        raise ValueError("no licence is given: name those of the sources used")
    if unknown := given - set(terms):
        raise ValueError(f"licence {min(unknown)!r} is that of no source; add it to indicators/registries/sources.toml")
    share_alike = sorted(licence for licence in given if terms[licence][0])
    if len(share_alike) > 1:
        raise ValueError(f"{' and '.join(share_alike)} both ask for their own terms on the whole: publish the two apart")
    return max(given, key=lambda licence: terms[licence])
