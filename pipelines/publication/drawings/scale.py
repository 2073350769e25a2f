"""The levels of a scale, and where they are written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Point:
    """A place in a drawing, in its own units; x grows to the right and y downwards."""

    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """A level of a scale: its place on the axis, and how it is written."""

    at: float
    text: str
    anchor: Anchor = "middle"


def levels(low: float, high: float, *, cover: bool = False) -> list[float]:
    """Return three to six round values between two ends.

    Args:
        low: The lower end.
        high: The upper end.
        cover: Whether a last level at or above `high` is added, so that the scale covers it.

    >>> levels(74.3, 86.2), levels(0.1, 9.7), levels(3.9, 4.6)
    ([75.0, 80.0, 85.0], [2.0, 4.0, 6.0, 8.0], [4.0, 4.2, 4.4, 4.6])
    >>> levels(0.0, 137.2, cover=True), levels(0.0, 0.0, cover=True)
    ([0.0, 50.0, 100.0, 150.0], [0.0])
    """
    step = next(base * 10.0**power for power in range(-4, 14) for base in (1, 2, 5) if (high - low) / (base * 10.0**power) <= 5)
    last = math.ceil(high / step - 1e-9) if cover else math.floor(high / step + 1e-9)
    return [round(place * step, 6) for place in range(math.ceil(low / step - 1e-9), last + 1)]


def powers_of_ten(lowest: float, highest: float) -> list[float]:
    """Return the powers of ten around two positive values.

    >>> powers_of_ten(230.0, 118_000.0)
    [100.0, 1000.0, 10000.0, 100000.0, 1000000.0]
    """
    first, last = math.floor(math.log10(lowest)), math.ceil(math.log10(highest))
    return [10.0**power for power in range(first, max(last, first + 1) + 1)]
