"""The newest figures of each indicator and each area, all years, as CSV; a missing value is empty, and terms travel with each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

#: What a file holds of a number beside what the file is of.
NUMBER = ["sex", "locality", "age", "year", "value", "lower", "upper", "nature", "source", "vintage", "licence"]


def figures(observations: pd.DataFrame) -> Mapping[str, str]:
    """Return the files of indicators and of areas by their address, from `current_observations`."""
    return {
        **{f"indicators/{name}.csv": text for name, text in _parted(observations, "indicator", ["area", "area_kind", *NUMBER]).items()},
        **{f"areas/{code}.csv": text for code, text in _parted(observations, "area", ["indicator", "unit", *NUMBER]).items()},
    }


def _parted(observations: pd.DataFrame, by: str, columns: Sequence[str]) -> dict[str, str]:
    """Return the rows as CSV by what stands in a column, which holds plain codes and is itself left out."""
    # Written once and parted as text: a frame for each of some hundred files would cost more than all rows together.
    head, *lines = observations[[by, *columns]].to_csv(index=False, lineterminator="\n").splitlines(keepends=True)
    found: dict[str, list[str]] = {}
    for line in lines:
        of, _, rest = line.partition(",")
        found.setdefault(of, [head.partition(",")[2]]).append(rest)
    return {of: "".join(rest) for of, rest in found.items()}
