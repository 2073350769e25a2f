"""Intervals with exact ends, and arithmetic on them.

Ends are decimals, open or closed, because a claim may be decided by the end itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Interval:
    """All values between two exact ends. An end that is None is infinite and never belongs to the interval.

    >>> words, figure = Interval(Decimal(84), Decimal(85), upper_closed=False), Interval(Decimal("84.5"), Decimal("85.5"))
    >>> str(words), words.holds(figure), words.meets(figure), str(words.meet(figure))
    ('[84, 85)', False, True, '[84.5, 85)')
    """

    lower: Decimal | None
    upper: Decimal | None
    lower_closed: bool = True
    upper_closed: bool = True

    def __post_init__(self) -> None:
        """Mark infinite ends as open, so that intervals of the same values are equal."""
        object.__setattr__(self, "lower_closed", self.lower_closed and self.lower is not None)
        object.__setattr__(self, "upper_closed", self.upper_closed and self.upper is not None)

    def __str__(self) -> str:
        left = "[" if self.lower_closed and self.lower is not None else "("
        right = "]" if self.upper_closed and self.upper is not None else ")"
        return f"{left}{_plain(self.lower, '-inf')}, {_plain(self.upper, 'inf')}{right}"

    def in_words(self, unit: str = "") -> str:
        """Return the interval for a sentence, with its unit where there is one.

        >>> from decimal import Decimal as D
        >>> Interval(D("92.5"), D("93.5")).in_words("%"), Interval(D(84), D(85), upper_closed=False).in_words("%")
        ('between 92.5 and 93.5 %', 'at least 84 and less than 85 %')
        >>> Interval(D(4), None, lower_closed=False).in_words(), Interval(D(7), D(7)).in_words("economies")
        ('more than 4', 'exactly 7 economies')
        """
        low, high = _plain(self.lower, ""), _plain(self.upper, "")
        sign = f" {unit}" if unit else ""
        if self.lower is not None and self.lower == self.upper:
            return f"exactly {low}{sign}"
        if self.lower_closed and self.upper_closed:
            return f"between {low} and {high}{sign}"
        lower = f"{'at least' if self.lower_closed else 'more than'} {low}" if low else ""
        upper = f"{'at most' if self.upper_closed else 'less than'} {high}" if high else ""
        return (" and ".join(end for end in (lower, upper) if end) or "any value") + sign

    @classmethod
    def from_text(cls, text: str) -> Interval:
        """Return the interval of a text such as `[84, 85)`.

        >>> Interval.from_text("(93, 100]").in_words("%")
        'more than 93 and at most 100 %'

        Raises:
            ValueError: The text is not an interval.
        """
        parts = re.fullmatch(r"([\[(])(\S+), (\S+)([\])])", text)
        if parts is None:
            raise ValueError(f"{text!r} is not an interval; write it as [84, 85)")
        low, high = (None if end in ("-inf", "inf") else Decimal(end) for end in (parts[2], parts[3]))
        return cls(low, high, parts[1] == "[", parts[4] == "]")

    @property
    def empty(self) -> bool:
        """Whether the interval contains no value."""
        if self.lower is None or self.upper is None:
            return False
        return self.lower > self.upper or (self.lower == self.upper and not (self.lower_closed and self.upper_closed))

    def meet(self, other: Interval) -> Interval:
        """Return the values in both intervals; the result may be `empty`."""
        low = max([end for end in (self, other) if end.lower is not None], key=lambda end: (end.lower, not end.lower_closed), default=self)
        high = min([end for end in (self, other) if end.upper is not None], key=lambda end: (end.upper, end.upper_closed), default=self)
        return Interval(low.lower, high.upper, low.lower_closed, high.upper_closed)

    def meets(self, other: Interval) -> bool:
        """Return whether the two intervals have a value in common."""
        return not self.meet(other).empty

    def holds(self, other: Interval) -> bool:
        """Return whether this interval contains every value of `other`."""
        return other.empty or self.meet(other) == other

    def distance(self, other: Interval) -> Decimal:
        """Return the distance between two intervals; 0 if they overlap or touch."""
        gaps = [Decimal(0)]
        if self.lower is not None and other.upper is not None:
            gaps.append(self.lower - other.upper)
        if self.upper is not None and other.lower is not None:
            gaps.append(other.lower - self.upper)
        return max(gaps)

    def complement(self) -> Interval:
        """Return 100 minus each value."""
        upper = None if self.lower is None else 100 - self.lower
        lower = None if self.upper is None else 100 - self.upper
        return Interval(lower, upper, self.upper_closed, self.lower_closed)

    def over(self, other: Interval) -> Interval:
        """Return each value divided by each value of another, positive interval; an end divided by zero becomes infinite."""
        lower = self.lower / other.upper if self.lower is not None and other.upper else None
        upper = self.upper / other.lower if self.upper is not None and other.lower else None
        # Zero over anything is zero, whether the other's end belongs to it or not.
        closed_below, closed_above = other.upper_closed or self.lower == 0, other.lower_closed or self.upper == 0
        return Interval(lower, upper, self.lower_closed and closed_below, self.upper_closed and closed_above)

    def rounded(self, decimals: int = 2) -> Interval:
        """Return the interval with its ends rounded, for display."""
        lower = None if self.lower is None else round(self.lower, decimals)
        upper = None if self.upper is None else round(self.upper, decimals)
        return Interval(lower, upper, self.lower_closed, self.upper_closed)


def image(formula: Callable[..., Decimal], share: tuple[Decimal, Decimal], *intervals: Interval) -> Interval:
    """Return the lowest and highest value of a formula that is monotone in each argument: they are at the corners.

    Args:
        formula: Takes a share, then one value of each interval.
        share: Its lowest and highest value, both included.
        intervals: The intervals of the other arguments.

    Raises:
        ValueError: An interval has no end on one side.
    """
    ends: list[tuple[tuple[Decimal, bool], tuple[Decimal, bool]]] = []
    for about in intervals:
        if about.lower is None or about.upper is None:
            raise ValueError(f"{about} has no end on one side; identities need shares, which end at 0 and 100")
        ends.append(((about.lower, about.lower_closed), (about.upper, about.upper_closed)))
    corners = [
        (formula(part, *(value for value, _ in corner)), all(closed for _, closed in corner))
        for part in share
        for corner in itertools.product(*ends)
    ]
    lowest, highest = min(end for end, _ in corners), max(end for end, _ in corners)
    return Interval(
        lowest,
        highest,
        any(closed for end, closed in corners if end == lowest),
        any(closed for end, closed in corners if end == highest),
    )


def _plain(end: Decimal | None, infinite: str) -> str:
    return infinite if end is None else f"{end.normalize():f}"
