"""Contracts of the tables that hold what was published: snapshots, observations, what was refused, what was revised."""

from __future__ import annotations

import pandera.pandas as pa

from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, number, required_text, text
from indicators.contracts.vocabulary import DOOR_STATES, LOCALITIES, NATURES, SEXES


@table(
    "snapshots",
    Layer.RAW,
    summary="The files this build was made from: edition, date of publication, licence and citation of each.",
    details="The bytes of a snapshot never change once it is stored. Their checksum is verified each time they are read.",
    see_also=("observations", "quarantine", "sources"),
)
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


@table(
    "observations",
    Layer.CORE,
    made_by="editions.observations.observations_and_quarantine",
    summary="Every number of every stored edition, as its publisher printed it.",
    details=(
        "Each row states its unit, source, vintage, licence, file and row number. *Nature* says whether the country measured the value or "
        "the publisher estimated it. A figure has one row for each edition that prints it; use `current_observations` for one value per "
        "figure."
    ),
    see_also=("current_observations", "revisions", "quarantine"),
)
class Observations(Table):
    """One row: one number a publisher gave for one indicator, area, year and breakdown, in one vintage."""

    indicator: str = required_text("Name of the indicator")
    area: str = required_text("ISO3 of an economy, or name of a group")
    area_kind: str = text("Whether the area is an economy or a group", among=("economy", "group"))
    year: int = number("Calendar year the value is for", needed=True, ge=1960, le=2100)
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


@table(
    "current_observations",
    Layer.CORE,
    summary="One value per figure: the newest vintage of the preferred source. Start here to look up a number.",
    details=(
        "Each row states its unit. `chosen_because` says why this source and vintage were chosen, `differs_by` how far another source is "
        "from it."
    ),
    see_also=("observations", "revisions", "data_gaps"),
)
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


@table(
    "freshness",
    Layer.CORE,
    made_by="editions.freshness.freshness",
    summary="How old the newest edition of each source is, how often editions are due, and how the last request ended.",
    see_also=("new_vintages", "sources"),
)
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


@table(
    "quarantine",
    Layer.CORE,
    made_by="editions.observations.observations_and_quarantine",
    summary="Published rows that were refused, unchanged, with the reason and what to do.",
    details=(
        "Nothing is guessed: a row with an unknown area, series or unit is kept here, and all other rows are used. Every row read is "
        "either here or in `observations`."
    ),
    see_also=("observations", "corrections"),
)
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


@table(
    "revisions",
    Layer.CORE,
    summary="Changes between two consecutive editions of a source: numbers added, withdrawn or changed.",
    details=(
        "In the unit of the indicator. A change between two editions is a revision and not progress; `change_decomposition` separates the "
        "two."
    ),
    see_also=("change_decomposition", "chart_world_figure_by_vintage"),
)
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


@table(
    "runs",
    Layer.PUBLICATION,
    summary="The runs that published: when, by which version of the code, and what changed.",
    see_also=("publication",),
)
class Runs(Table):
    """One row: one refresh that reached the publication."""

    run: str = required_text("Identifier of the run")
    finished_at: str = required_text("UTC time at which it was published, ISO")
    git_sha: str = text("Commit of the code that ran")
    status: str = required_text("How it ended")
    what_changed: str = required_text("What changed since the publication before, in one line")

    class Config:
        unique = ["run"]
