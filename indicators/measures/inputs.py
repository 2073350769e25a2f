"""What every measure requires of its inputs: one row a key, finite numbers, no negative counts."""

from __future__ import annotations

import numpy as np
import pandas as pd


def require_unique(frame: pd.DataFrame, key: list[str], what: str) -> None:
    """Require that `key` names one row of an input.

    Raises:
        ValueError: Rows of `what` are there twice; the message says how many, and one of them.
    """
    doubled = frame.duplicated(key)
    if doubled.any():
        example = ", ".join(str(part) for part in frame.loc[doubled, key].iloc[0])
        raise ValueError(f"{what}: {int(doubled.sum())} rows are there twice, such as {example}; give each once")


def require_finite(frame: pd.DataFrame, column: str, what: str) -> None:
    """Require that every number of a column of an input is finite or missing.

    Raises:
        ValueError: Numbers of `what` are infinite; the message says how many, and gives one row.
    """
    infinite = np.isinf(frame[column].to_numpy("float64", na_value=np.nan))
    if infinite.any():
        example = ", ".join(str(part) for part in frame.loc[infinite].iloc[0])
        raise ValueError(f"{what}: {int(infinite.sum())} rows have an infinite {column}, such as {example}; leave out what is no number")


def require_not_negative(frame: pd.DataFrame, column: str, names: list[str]) -> None:
    """Require that nothing counted in a column of an input is below zero.

    Raises:
        ValueError: A number is; the message gives it with its `names`.
    """
    below = frame[frame[column] < 0]
    if not below.empty:
        row = below.iloc[0]
        raise ValueError(f"{column} of {', '.join(str(row[name]) for name in names)} is {row[column]:g}, below zero: leave the row out")
