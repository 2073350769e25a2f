"""The columns of the rows that are read from a published file, before anything is said of their meaning."""

from __future__ import annotations

#: The columns of what a reader returns: text as published, "" where the layout has no such column; row_number alone is a number.
#: `family` is what the codes of a total and of its breakdowns share, where the layout has such codes; `nature` the publisher's own flag.
#: `repair` says what the reader put right in a record. `problem` says why a row cannot be read (its other columns may then be empty),
#: so that it is refused and not lost.
PUBLISHED_COLUMNS = (
    "row_number",
    "series",
    "family",
    "area",
    "year",
    "sex",
    "locality",
    "age",
    "value",
    "unit",
    "printed",
    "nature",
    "note",
    "origin",
    "seen_in",
    "repair",
    "problem",
)
