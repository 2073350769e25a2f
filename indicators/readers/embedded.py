"""The project's own layout: the figures a fresh machine starts from, and the form to bring figures into by hand.

CSV in UTF-8. The header begins `series,area,year,value`; after these, in any order, may stand sex, locality, age, unit, printed (the
value in the publisher's words), seen_in (publisher, or reported by others) and note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.readers import records

if TYPE_CHECKING:
    import pandas as pd

LAYOUT = "embedded"
#: Figures of any source can be written in it.
SOURCE = ""
original_rows = records.csv_rows
_FIRST = ["series", "area", "year", "value"]
_OPTIONAL = ["sex", "locality", "age", "unit", "printed", "seen_in", "note"]


def recognises(content: bytes) -> bool:
    """Return whether the header begins as ours does."""
    return records.header(content)[: len(_FIRST)] == _FIRST


def read(content: bytes) -> pd.DataFrame:
    """Return the rows.

    Raises:
        records.Unreadable: A column we do not know, no rows, or damage.
    """
    known = _FIRST + _OPTIONAL
    for name in records.header(content):
        if name not in known:
            raise records.Unreadable(f"column {name!r} is not one of {', '.join(known)}: rename or drop it")
    return records.table(content, {name: name for name in known})
