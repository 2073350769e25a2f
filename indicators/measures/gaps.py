"""Gaps between two groups of people: difference, relative gap, ratio, parity and the ratio of those left offline.

Both sides of a pair come from the same area, year, source, vintage and base; the query that makes the pairs decides who is paired.
"""

from __future__ import annotations

import pandas as pd


def gaps(gap_pairs: pd.DataFrame) -> pd.DataFrame:
    """Measure the gap of each pair of shares.

    With `a` the better-off or reference side and `b` the other, both in percent:

    - `difference` = a - b, percentage points; `relative` = (a - b) / a; `ratio` = a / b; `parity` = b / a, for the sexes women over men;
    - `offline_ratio` = (100 - b) / (100 - a), because a gap that closes among those online may widen among those offline.

    Args:
        gap_pairs: One row a pair, with value_a, lower_a, upper_a and value_b, lower_b, upper_b in percent; what else it has is kept.

    Returns:
        The pairs with the five measures, and for difference, ratio and parity the interval that the two sides' intervals allow.

    Missing data: an interval end that is missing on one side leaves that end of the measure missing. A zero in a denominator gives no
    ratio, never infinity.
    Source: docs/methods.md#gaps. Relative gap and parity as ITU prints them; the others are textbook forms. Difference and relative gap
    belong side by side, because they can move in opposite directions.

    >>> men = {"value_a": [77.0], "lower_a": [76.5], "upper_a": [77.5]}
    >>> row = pd.DataFrame({**men, "value_b": [71.0], "lower_b": [70.5], "upper_b": [71.5]})
    >>> gaps(row)[["difference", "difference_lower", "difference_upper", "parity"]].round(3).iloc[0].tolist()
    [6.0, 5.0, 7.0, 0.922]
    """
    a, b = gap_pairs["value_a"], gap_pairs["value_b"]
    return gap_pairs.drop(columns=["lower_a", "upper_a", "lower_b", "upper_b"]).assign(
        difference=a - b,
        difference_lower=gap_pairs["lower_a"] - gap_pairs["upper_b"],
        difference_upper=gap_pairs["upper_a"] - gap_pairs["lower_b"],
        relative=_over(a - b, a),
        ratio=_over(a, b),
        ratio_lower=_over(gap_pairs["lower_a"], gap_pairs["upper_b"]),
        ratio_upper=_over(gap_pairs["upper_a"], gap_pairs["lower_b"]),
        parity=_over(b, a),
        parity_lower=_over(gap_pairs["lower_b"], gap_pairs["upper_a"]),
        parity_upper=_over(gap_pairs["upper_b"], gap_pairs["lower_a"]),
        offline_ratio=_over(100 - b, 100 - a),
    )


def _over(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """Divide; nothing divided by zero is a number."""
    return numerator / denominator.where(denominator != 0)
