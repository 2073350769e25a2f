"""Where a series changes its meaning: breaks its notes tell of, and jumps no population makes in a year. Nothing is fitted through them."""

from __future__ import annotations

import pandas as pd

from indicators.registries.conventions import number

#: A share that moves faster than this, points a year, starts a new segment.
JUMP = number("break_jump")

#: How publishers tell in a note that values before and after are not of one kind, as met in ITU's files.
_TOLD = (
    r"\bbreaks? in\b|\bnot comparable\b|\bmethodological (?:change|refinement)|\bchanges? (?:of|in) (?:the )?(?:definition|method)"
    r"|\bfrom \d{4} includes\b"
)
#: The year such a note names: "from 2023", "as of 2010", "not comparable with 2021", "only in 2014".
_YEAR_TOLD = r"\b(?:from|since|as of|with|in) (\d{4})\b"


def marked(values: pd.DataFrame, series: list[str], jump: float = JUMP) -> pd.DataFrame:
    """Part each series into segments that can be compared within themselves.

    A segment starts with a series; in a year that a note names as a break ("from 2023"), or in the year of the note if it names none,
    and again in the year after one that is said to stand alone ("only in 2014"); and where a value is more than `jump` a year away from
    the one before.

    Args:
        values: One row a year of a series: the columns of `series`, year, value, note; what else it has is kept.
        series: The columns that together name a series.
        jump: Points a year; infinite for what may jump, such as a price.

    Returns:
        The rows sorted by series and year, with `segment`, a number that grows by one with each segment, and `break_told`: why the
        segment starts, missing where it starts its series.

    Raises:
        ValueError: A series has two values for one year.

    Missing data: a note may be missing; over missing years a jump is judged by the change a year.

    >>> note = "Break in series: from 2021 another question is asked"
    >>> told = pd.DataFrame({"area": "AAA", "year": [2020, 2021, 2022], "value": [50.0, 45.0, 46.0], "note": [None, note, note]})
    >>> marked(told, ["area"])["segment"].tolist()
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
    told = follows & event.notna() & (event != event.where(event.notna(), -1).groupby(number).shift())
    speed = rows["value"].diff() / rows["year"].diff()
    jumps = follows & (speed.abs() > jump)
    why = pd.Series(None, index=rows.index, dtype="str")
    why = why.mask(jumps, "a jump of " + rows["value"].diff().round(1).astype("str") + " to " + rows["year"].astype("str"))
    why = why.mask(told, "the notes tell of a break in " + event.astype("Int64").astype("str"))
    return rows.assign(segment=(~follows | told | jumps).cumsum() - 1, break_told=why)


def _events(rows: pd.DataFrame, number: pd.Series, follows: pd.Series) -> pd.Series:
    """Return, for each row, the newest year up to its own in which its series is said to break; missing if none."""
    note = rows["note"].astype("str")
    # A note printed again beside the next value tells of the same break.
    speaks = note.str.contains(_TOLD, case=False, regex=True, na=False) & ~(follows & (note == note.shift()))
    at = rows[speaks]
    named = at["note"].str.extract(f"(?i){_YEAR_TOLD}", expand=False).astype("float64")
    starts = pd.DataFrame({"number": number[speaks], "event": named.fillna(at["year"])})
    alone = at["note"].str.contains(r"\bonly in \d{4}", case=False, regex=True)
    starts = pd.concat([starts, starts.assign(event=starts["event"] + 1)[alone]]).astype("int64").sort_values("event")
    found = pd.merge_asof(
        pd.DataFrame({"number": number, "event_year": rows["year"].astype("int64"), "row": rows.index}).sort_values("event_year"),
        starts,
        left_on="event_year",
        right_on="event",
        by="number",
    )
    return found.set_index("row")["event"].sort_index().astype("float64")
