"""A statement over the vintages: the values each vintage allows, and the band that the statement's words stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pipelines.publication.drawings.scale import Tick, levels
from pipelines.publication.number_format import format_interval_in_words
from pipelines.publication.rows.resolution import Claim, Verdict


@dataclass(frozen=True)
class Mark:
    """The figure of one vintage: its place, the bar of the values it allows, and two lines of words below."""

    x: float
    y: float
    verdict: str
    #: The upper and the lower end of the bar; None where an end does not exist.
    bar: tuple[float, float] | None
    vintage: str
    year: str


@dataclass(frozen=True)
class VerdictHistoryChart:
    """The marks of the vintages, in their order, over the band of the statement, in units of the drawing."""

    width: ClassVar[int] = 640
    height: ClassVar[int] = 230
    left: ClassVar[int] = 62
    right: ClassVar[int] = 12
    top: ClassVar[int] = 16
    bottom: ClassVar[int] = 48

    label: str
    band_top: float
    band_bottom: float
    levels: tuple[Tick, ...]
    marks: tuple[Mark, ...]


def verdict_history_chart(claim: Claim, verdicts: Sequence[Verdict]) -> VerdictHistoryChart | None:
    """Return the figures of a statement, vintage by vintage; None where fewer than two vintages have one.

    Args:
        claim: The statement.
        verdicts: Its published verdicts in the order of their vintages; those without a value are left out.
    """
    judged = [(row, row.value) for row in verdicts if row.value is not None]
    if len(judged) < 2:
        return None
    allowed = [end for row, value in judged for end in (row.lower, row.upper, value) if end is not None]
    ends = [*allowed, *(end for end in (claim.lower, claim.upper) if end is not None)]
    room = (max(ends) - min(ends)) * 0.08 or 1.0
    low, high = float(min(ends) - room), float(max(ends) + room)
    width = VerdictHistoryChart.width - VerdictHistoryChart.left - VerdictHistoryChart.right
    height = VerdictHistoryChart.height - VerdictHistoryChart.top - VerdictHistoryChart.bottom

    def y(value: float) -> float:
        return VerdictHistoryChart.top + (high - value) / (high - low) * height

    marks = tuple(
        Mark(
            x=VerdictHistoryChart.left + (place + 0.5) / len(judged) * width,
            y=y(value),
            verdict=row.verdict,
            bar=None if row.lower is None or row.upper is None else (y(row.upper), y(row.lower)),
            # A long name does not fit below its mark.
            vintage=row.made_from.name.replace("Facts and Figures", "F&F"),
            year=f"year {row.year}",
        )
        for place, (row, value) in enumerate(judged)
    )
    figures = "; ".join(f"{row.made_from.name}, {row.year}: {value:g}, {row.verdict}" for row, value in judged)
    return VerdictHistoryChart(
        label=f"{claim.statement} The words stand for {format_interval_in_words(claim.interval, claim.unit)}. {figures}.",
        band_top=y(high if claim.upper is None else claim.upper),
        band_bottom=y(low if claim.lower is None else claim.lower),
        levels=tuple(Tick(y(level), f"{level:g}") for level in levels(low, high)),
        marks=marks,
    )
