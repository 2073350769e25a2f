"""Breaks in a series: those that its notes report, and jumps too large for one year. Nothing is fitted across them."""

from __future__ import annotations

import pandas as pd

#: A share that moves faster than this, points a year, starts a new segment (convention).
JUMP = 10.0

#: Phrases for a break in publishers' notes, as found in ITU's files.
_BREAK_NOTES = (
    r"\bbreaks? in\b|\bnot comparable\b|\bmethodological (?:change|refinement)|\bchanges? (?:of|in) (?:the )?(?:definition|method)"
    r"|\bfrom \d{4} includes\b"
)
#: The year such a note names: "from 2023", "as of 2010", "not comparable with 2021", "only in 2014".
_YEAR_OF_BREAK = r"\b(?:from|since|as of|with|in) (\d{4})\b"


def marked(values: pd.DataFrame, series: list[str], jump: float = JUMP) -> pd.DataFrame:
    """Split each series into segments of comparable values.

    A segment starts with a series; in a year that a note names as a break ("from 2023"), or in the year of the note if it names none,
    and again in the year after a single exceptional one ("only in 2014"); and where a value is more than `jump` a year away from
    the one before.

    Args:
        values: One row a year of a series: the columns of `series`, year, value, note; other columns are kept.
        series: The columns that together name a series.
        jump: Points a year; infinite for values that may jump, such as prices.

    Returns:
        The rows sorted by series and year, with `segment`, a number that grows by one with each segment, and `break_reason`: why the
        segment starts, missing where it starts its series.

    Raises:
        ValueError: A series has two values for one year.

    Missing data: a note may be missing; over missing years a jump is judged by the change a year.

    >>> note = "Break in series: from 2021 another question is asked"
    >>> is_noted = pd.DataFrame({"area": "AAA", "year": [2020, 2021, 2022], "value": [50.0, 45.0, 46.0], "note": [None, note, note]})
    >>> marked(is_noted, ["area"])["segment"].tolist()
    [0, 1, 1]
    """
    rows = values.sort_values([*series, "year"], ignore_index=True)
    twice = rows.duplicated([*series, "year"])
    if twice.any():
        first = rows[twice].iloc[0]
        raise ValueError(f"{' '.join(str(first[name]) for name in series)} has two values for {first['year']}: give one")
    number = rows.groupby(series, sort=False, dropna=False).ngroup()
    follows = number == number.shift()
    event = _events(rows, number, follows)
    is_noted = follows & event.notna() & (event != event.where(event.notna(), -1).groupby(number).shift())
    speed = rows["value"].diff() / rows["year"].diff()
    jumps = follows & (speed.abs() > jump)
    why = pd.Series(None, index=rows.index, dtype="str")
    why = why.mask(jumps, "a jump of " + rows["value"].diff().round(1).astype("str") + " to " + rows["year"].astype("str"))
    why = why.mask(is_noted, "the notes report a break in " + event.astype("Int64").astype("str"))
    return rows.assign(segment=(~follows | is_noted | jumps).cumsum() - 1, break_reason=why)


def _events(rows: pd.DataFrame, number: pd.Series, follows: pd.Series) -> pd.Series:
    """Return, for each row, the newest year up to its own in which a note reports a break; missing if none."""
    note = rows["note"].astype("str")
    # A note repeated with the next value reports the same break.
    has_note = note.str.contains(_BREAK_NOTES, case=False, regex=True, na=False) & ~(follows & (note == note.shift()))
    at = rows[has_note]
    named = at["note"].str.extract(f"(?i){_YEAR_OF_BREAK}", expand=False).astype("float64")
    starts = pd.DataFrame({"number": number[has_note], "event": named.fillna(at["year"])})
    alone = at["note"].str.contains(r"\bonly in \d{4}", case=False, regex=True)
    starts = pd.concat([starts, starts.assign(event=starts["event"] + 1)[alone]]).astype("int64").sort_values("event")
    result = pd.merge_asof(
        pd.DataFrame({"number": number, "event_year": rows["year"].astype("int64"), "row": rows.index}).sort_values("event_year"),
        starts,
        left_on="event_year",
        right_on="event",
        by="number",
    )
    return result.set_index("row")["event"].sort_index().astype("float64")
