"""The newest figures of each indicator and each area, all years, as CSV; a missing value is empty, and each row names its licence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

#: The columns of a file besides those that identify its subject.
NUMBER_COLUMNS = ["sex", "locality", "age", "year", "value", "lower", "upper", "nature", "source", "vintage", "licence"]


def csv_files(observations: pd.DataFrame) -> Mapping[str, str]:
    """Return the files of indicators and of areas by their address, from `current_observations`."""
    by_indicator = _texts_by(observations, "indicator", ["area", "area_kind", *NUMBER_COLUMNS])
    by_area = _texts_by(observations, "area", ["indicator", "unit", *NUMBER_COLUMNS])
    return {
        **{f"indicators/{name}.csv": text for name, text in by_indicator.items()},
        **{f"areas/{code}.csv": text for code, text in by_area.items()},
    }


def _texts_by(observations: pd.DataFrame, key: str, columns: Sequence[str]) -> dict[str, str]:
    """Return the rows as CSV by the value of a column, which holds plain codes and is itself left out."""
    # Written once and divided as text: a frame for each of some hundred files would cost more than all rows together.
    head, *lines = observations[[key, *columns]].to_csv(index=False, lineterminator="\n").splitlines(keepends=True)
    texts: dict[str, list[str]] = {}
    for line in lines:
        value, _, rest = line.partition(",")
        texts.setdefault(value, [head.partition(",")[2]]).append(rest)
    return {value: "".join(rest) for value, rest in texts.items()}
