"""The world in four numbers, for the front page: each with year, vintage and nature, or without a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.contracts.vocabulary import ALL, Basis, Nature
from indicators.registries.sources import with_age
from pipelines.publication.areas.profile import HEADLINE
from pipelines.publication.number_format import MISSING, format_people, format_value
from pipelines.publication.rows.vintages import Vintaged
from pipelines.publication.tables import Tables, typed_rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class WorldFigure(Vintaged):
    """A value of the world: a row of `current_observations`."""

    year: int
    value: float
    nature: str | None


@dataclass(frozen=True)
class WorldGap(Vintaged):
    """A gap of the world: a row of `gaps`."""

    year: int
    ratio: float | None
    parity: float | None


@dataclass(frozen=True)
class HeadlineNumber:
    """A number with the words that follow it, the page that has more, and where it comes from; `about` is empty where there is no value."""

    number: str
    words: str
    address: str
    about: str


def headline_numbers(tables: Tables) -> list[HeadlineNumber]:
    """Return Internet use, people offline, the ratio of high to low income, and of women to men.

    Args:
        tables: The published tables; used are `current_observations` and `gaps`.
    """
    observations, gaps = tables.read("current_observations"), with_age(tables.read("gaps"), tables.read("editions"))
    use, offline = (_newest_figure(observations, indicator) for indicator in (HEADLINE, "individuals_offline_number"))
    income, sexes = (_newest_gap(gaps, divide) for divide in ("income", "sex"))
    return [
        HeadlineNumber(
            format_value(use.value if use else None, "%"),
            "of the world’s people use the Internet",
            f"indicators/{HEADLINE}.html",
            _about(use),
        ),
        HeadlineNumber(
            format_people(offline.value) if offline else MISSING,
            "people do not use it",
            "indicators/individuals_offline_number.html",
            _about(offline),
        ),
        HeadlineNumber(
            format_value(income.ratio if income else None, "ratio"),
            "is the ratio of Internet use in high-income economies to use in low-income economies",
            "areas/low-income.html",
            _about(income),
        ),
        HeadlineNumber(
            f"{100 * sexes.parity:.0f}" if sexes and sexes.parity is not None else MISSING,
            "women are online for every 100 men (share of women ÷ share of men)",
            "areas/world.html",
            _about(sexes),
        ),
    ]


def _about(row: WorldFigure | WorldGap | None) -> str:
    """Return year, vintage and nature of a number. A gap has no nature of its own: its two sides have."""
    if row is None:
        return ""
    estimated = ", estimated by the publisher" if isinstance(row, WorldFigure) and row.nature == Nature.ESTIMATE else ""
    return f"{row.year}, {row.made_from.name}{estimated}"


def _newest_figure(observations: pd.DataFrame, indicator: str) -> WorldFigure | None:
    """Return the newest value of the world in total."""
    in_total = (observations["sex"] == ALL) & (observations["locality"] == ALL) & observations["age"].isin([ALL, "10+"])
    of_world = observations[in_total & (observations["area"] == "world") & (observations["indicator"] == indicator)]
    return next(iter(typed_rows(of_world.sort_values("year", ascending=False).head(1), WorldFigure)), None)


def _newest_gap(gaps: pd.DataFrame, divide: str) -> WorldGap | None:
    """Return the newest published gap of Internet use among all people of the world."""
    of_world = (gaps["area"] == "world") & (gaps["divide"] == divide) & (gaps["indicator"] == HEADLINE) & (gaps["among"] == ALL)
    published = gaps[of_world & (gaps["basis"] == Basis.PUBLISHED)]
    return next(iter(typed_rows(published.sort_values(["year", "rank_by_age"], ascending=[False, True]).head(1), WorldGap)), None)
