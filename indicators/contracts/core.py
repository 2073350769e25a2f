"""Contracts of the tables that hold what was published: snapshots, observations, what was refused, what was revised."""

from __future__ import annotations

import pandera.pandas as pa

from indicators.contracts.fields import Table, number, required_text, text
from indicators.contracts.vocabulary import DOOR_STATES, LOCALITIES, NATURES, SEXES
from indicators.registries.conventions import wholes

_FIRST_YEAR, _LAST_YEAR = wholes("years_accepted")


class Snapshots(Table):
    """One row: one stored file of one vintage, its bytes never changed."""

    snapshot: str = required_text("Name of the snapshot: source/vintage/file")
    source: str = required_text("The door of the publisher it came through")
    vintage: str = required_text("The dated edition it holds")
    file: str = required_text("File name")
    layout: str = required_text("Layout recognised from its bytes")
    published: str = required_text("When the publisher dated it: ISO day, month or year; the day it was added where nothing tells")
    retrieved: str = text("ISO day on which it was retrieved")
    whole_series: bool = pa.Field(description="Whether it holds whole series, so that a figure no longer in it was withdrawn")
    rows: int = number(
        "Rows read from it, in a wide table cells: those that state a value, and those that cannot be read", needed=True, ge=0
    )
    without_value: int = number("Rows or cells that state that there is no value; they are no observations", needed=True, ge=0)
    is_dated: bool = pa.Field(description="Whether the publisher, its name or who added it dated it; else it counts as the oldest")
    repaired: int = number("Rows the reader put right, such as one torn in two; the note of each says so", needed=True, ge=0)
    bytes: int = number("Size in bytes", needed=True, gt=0)
    sha256: str = pa.Field(description="Checksum of the bytes", str_matches=r"^[0-9a-f]{64}$")
    url: str = text("Address it came from")
    licence: str = required_text("Licence of the data")
    citation: str = required_text("How to cite it")
    origin: str = text("How these bytes came to us, where it was not straight from the publisher")

    class Config:
        unique = ["snapshot"]


class Observations(Table):
    """One row: one number a publisher gave for one indicator, area, year and breakdown, in one vintage."""

    indicator: str = required_text("Name of the indicator")
    area: str = required_text("ISO3 of an economy, or name of a group")
    area_kind: str = text("Whether the area is an economy or a group", among=("economy", "group"))
    year: int = number("Calendar year the value is for", needed=True, ge=_FIRST_YEAR, le=_LAST_YEAR)
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted: all, or a range such as 15-24, 10+")
    value: float = number("The published number, in the unit of the row", needed=True)
    lower: float = number("Lowest true value the printed form allows; missing: no lower limit stated")
    upper: float = number("Highest true value the printed form allows; missing: no upper limit stated")
    unit: str = required_text("Unit of the value")
    printed: str = text("The value as its publisher wrote it")
    nature: str = text("Who measured: the country, or an estimate of the publisher", among=NATURES)
    source: str = required_text("The door of the publisher it came through")
    vintage: str = required_text("The dated edition it was read in")
    published: str = required_text(
        "When the publisher dated that edition: ISO day, month or year; the day it was added where nothing tells"
    )
    seen_in: str = text("Read at the publisher, or reported by others", among=("publisher", "reported by others"))
    note: str = text("Notes and source as the publisher gives them")
    snapshot: str = required_text("The stored file it was read from")
    row_number: int = number("Row in that file, the header being row 1", needed=True, ge=1)
    licence: str = required_text("Licence of the data")

    class Config:
        unique = ["indicator", "area", "year", "sex", "locality", "age", "source", "vintage"]


class Editions(Table):
    """One row: one edition of a series, which is what one vintage of a source holds of one indicator, kind of area and breakdown."""

    source: str = required_text("Source of the vintage")
    vintage: str = required_text("The vintage")
    indicator: str = required_text("Name of the indicator")
    area_kind: str = text("Whether its areas are economies or groups", among=("economy", "group"))
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    published: str = required_text("When the publisher dated the vintage: ISO day, month or year; the day it was added where nothing tells")
    is_dated: bool = pa.Field(description="Whether the publisher, a file name or who added it dated the vintage; else it is the oldest")
    whole_series: bool = pa.Field(description="Whether its files hold whole series, not single figures or a collection with holes")
    areas: int = number("Areas with a number for any year", needed=True, ge=1)
    first_year: int = number("First year with a number", needed=True)
    last_year: int = number("Last year with a number", needed=True)
    years: int = number("Years with a number; fewer than from first to last where years in between are not held", needed=True, ge=1)
    share_of_fullest: float = number(
        "Its areas as a share of those of the fullest edition of the same source and series that is dated, 0 to 1; of the fullest of all "
        "where none is",
        needed=True,
        gt=0,
        le=1,
    )
    is_excerpt: bool = pa.Field(description="Whether that share is too small for a whole edition: what it leaves out says nothing")
    is_whole: bool = pa.Field(description="Whether it is dated, holds the whole series and is no excerpt: what it leaves out was withdrawn")
    is_base: bool = pa.Field(
        description="Whether weights and ranks may be taken from it: it is no excerpt beside the fullest edition of any source, and is "
        "dated, unless no edition of the series is"
    )
    rank_by_age: int = number(
        "Place among all vintages by age, 1 for the newest: dated before undated ones, then by date; of any editions the one with the "
        "lowest place is the newest",
        needed=True,
        ge=1,
    )
    rank_by_preference: int = number(
        "Place among the editions of the series, 1 for the first choice: dated before undated ones, then by source, then by age",
        needed=True,
        ge=1,
    )

    class Config:
        unique = ["source", "vintage", "indicator", "area_kind", "sex", "locality", "age"]


class CurrentObservations(Observations):
    """One row: one number, from the newest vintage of the preferred source, with what it was chosen from."""

    vintages_to_choose_from: int = number("How many vintages hold this number, over all sources", needed=True, ge=1)
    sources_to_choose_from: int = number("How many sources hold it", needed=True, ge=1)
    differs_by: float = number(
        "Largest distance from what the newest vintage of another source says of it, in the unit of the value; missing if there is none",
        ge=0,
    )
    chosen_because: str = required_text("Why this source and vintage")

    class Config:
        unique = ["indicator", "area", "year", "sex", "locality", "age"]


class Freshness(Table):
    """One row: one source, how old its newest vintage is, and how its door was found."""

    source: str = required_text("The door of the publisher")
    as_of: str = pa.Field(description="ISO day on which this was told", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    newest_vintage: str = text("The newest vintage held that somebody dated; missing if none is")
    published: str = text("When the publisher dated it: ISO day, month or year")
    age_days: float = number("Days from its first day to as_of", ge=0)
    rhythm_days: int = number("Time expected between two vintages, days", needed=True, ge=1)
    overdue: bool = pa.Field(description="Whether it is older than that")
    door: str = text("How the door was found when last asked", among=DOOR_STATES)
    last_attempt: str = text("When the door was last asked, ISO, UTC; missing if never")
    last_success: str = text("When it last gave whole answers, ISO, UTC; missing if never")
    door_said: str = text("What it said, where it was not open")
    told: str = required_text("Where the source stands, in one sentence")

    class Config:
        unique = ["source"]


class Quarantine(Table):
    """One row: one published row that was refused, as it was."""

    source: str = required_text("The door of the publisher")
    vintage: str = required_text("The dated edition")
    file: str = required_text("File name")
    row_number: int = number("Row in that file, the header being row 1", needed=True, ge=1)
    indicator: str = text("The indicator it speaks of, and so on, as far as could be read")
    area: str = text("The area")
    year: float = number("The calendar year")
    sex: str = text("Sex of the people counted")
    locality: str = text("Locality of the people counted")
    age: str = text("Age of the people counted")
    reason: str = required_text("Why it was refused, and what to do")
    raw: str = required_text("The row as it was: its fields by name, as JSON")


class Revisions(Table):
    """One row: one number that differs between two consecutive vintages of one source."""

    indicator: str = required_text("Name of the indicator")
    area: str = required_text("Area")
    area_kind: str = text("Whether the area is an economy or a group", among=("economy", "group"))
    year: int = number("Calendar year the value is for", needed=True)
    sex: str = text("Sex of the people counted", among=SEXES)
    locality: str = text("Locality of the people counted", among=LOCALITIES)
    age: str = required_text("Age of the people counted")
    source: str = required_text("Source of both vintages")
    vintage_from: str = required_text("The earlier vintage")
    vintage_to: str = required_text("The later vintage")
    value_from: float = number("Value in the earlier vintage; missing if it is new")
    value_to: float = number("Value in the later vintage; missing if it was withdrawn")
    change: float = number("Later less earlier, in the unit of the indicator; missing if new or withdrawn")
    kind: str = text("What happened", among=("new", "withdrawn", "changed"))

    class Config:
        unique = ["indicator", "area", "year", "sex", "locality", "age", "source", "vintage_from"]


class Runs(Table):
    """One row: one refresh that reached the publication."""

    run: str = required_text("Identifier of the run")
    finished_at: str = required_text("UTC time at which it was published, ISO")
    git_sha: str = text("Commit of the code that ran")
    status: str = required_text("How it ended")
    what_changed: str = required_text("What changed since the publication before, in one line")

    class Config:
        unique = ["run"]
