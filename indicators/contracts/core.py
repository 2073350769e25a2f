"""Contracts of the tables that hold what was published: snapshots, observations, refused rows, revisions."""

from __future__ import annotations

from indicators.contracts import columns
from indicators.contracts.columns import BREAKDOWN
from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, code, count, flag, iso_day, number, required_text, text, word
from indicators.contracts.vocabulary import ConnectorState, RevisionKind, SeenIn
from indicators.conventions import wholes

_FIRST_YEAR, _LAST_YEAR = wholes("years_accepted")

_DATED = "Date on which the publisher issued the vintage: ISO day, month or year; where no date is stated, the day it was added"


@table(
    "snapshots",
    Layer.RAW,
    summary="The files this build was made from: edition, date of publication, licence and citation of each.",
    details="The bytes of a snapshot never change once it is stored. Their checksum is verified each time they are read.",
    see_also=("observations", "quarantine", "sources"),
)
class Snapshots(Table):
    """One row: one stored file of one vintage; its bytes never change."""

    snapshot: str = columns.snapshot()
    source: str = columns.source()
    vintage: str = columns.vintage()
    file: str = columns.file()
    layout: str = required_text("Layout of the file, recognised from its bytes")
    published: str = required_text(_DATED)
    retrieved: str = text("Day on which the file was retrieved, ISO")
    whole_series: bool = flag("Whether the file holds whole series, so that a figure that is no longer in it was withdrawn")
    rows: int = count("Number of rows read, in a wide table of cells: those with a value and those that could not be read")
    without_value: int = count("Number of rows or cells that state that there is no value; they are not observations")
    is_dated: bool = flag("Whether the publisher, the file name or the person who added it stated its date; if not, it counts as oldest")
    repaired: int = count("Number of rows the reader repaired, such as one row split in two; the note of each observation says so")
    bytes: int = number("Size of the file, in bytes", required=True, gt=0)
    sha256: str = code("SHA-256 checksum of the bytes, in hexadecimal digits", r"^[0-9a-f]{64}$")
    url: str = text("Address from which the file was retrieved")
    licence: str = columns.licence()
    citation: str = columns.citation()
    origin: str = text("How the file was obtained, where it did not come directly from the publisher")

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
    see_also=("editions", "current_observations", "quarantine"),
)
class Observations(Table):
    """One row: one number that a publisher gives for one indicator, area, year and breakdown, in one vintage."""

    indicator: str = columns.indicator()
    area: str = columns.area()
    area_kind: str = columns.area_kind()
    year: int = columns.year(meaning="Calendar year the value is for", ge=_FIRST_YEAR, le=_LAST_YEAR)
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    value: float = number("The published number, in the unit of the row", required=True)
    lower: float = number("Lowest true value that the printed number allows, in the unit of the row; missing: no lower limit")
    upper: float = number("Highest true value that the printed number allows, in the unit of the row; missing: no upper limit")
    unit: str = columns.unit()
    printed: str = text("The value as the publisher printed it")
    nature: str = columns.nature()
    source: str = columns.source()
    vintage: str = columns.vintage()
    published: str = required_text(_DATED)
    seen_in: str = word("Whether the number was read in the publisher's own file or is reported by others", SeenIn)
    note: str = text("Notes and origin of the data, as the publisher gives them")
    snapshot: str = columns.snapshot()
    row_number: int = columns.row_number()
    licence: str = columns.licence()

    class Config:
        unique = ["indicator", "area", "year", *BREAKDOWN, "source", "vintage"]


@table(
    "editions",
    Layer.CORE,
    summary="What each edition holds of each series, and whether it is dated, whole, an excerpt, the newest or the preferred one.",
    details=(
        "All tables that need the newest, the preferred or a whole edition read it here. `rank_by_age` is 1 for the newest vintage; of any "
        "editions the one with the lowest rank is the newest."
    ),
    see_also=("current_observations", "revisions", "snapshots"),
)
class Editions(Table):
    """One row: one edition of a series, that is of one indicator, kind of area and breakdown, in one vintage."""

    source: str = columns.source()
    vintage: str = columns.vintage()
    indicator: str = columns.indicator()
    area_kind: str = columns.area_kind()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    published: str = required_text(_DATED)
    is_dated: bool = flag("Whether the publisher, the file name or the person who added it stated its date; if not, it counts as oldest")
    whole_series: bool = flag("Whether its files hold whole series, and not single figures or a compilation with gaps")
    areas: int = count("Number of areas with a number for any year", least=1)
    first_year: int = columns.year(meaning="First year with a number")
    last_year: int = columns.year(meaning="Last year with a number")
    years: int = count("Number of years with a number; fewer than from first to last year where years in between have none", least=1)
    share_of_fullest: float = number(
        "Its areas as a share of those of the fullest dated edition of the same source and series, at most 1; if none is dated, of the "
        "fullest of all",
        required=True,
        gt=0,
        le=1,
    )
    is_excerpt: bool = flag("Whether that share is too small for a whole edition; what an excerpt leaves out was not withdrawn")
    is_whole: bool = flag("Whether it is dated, holds the whole series and is no excerpt; what it leaves out was withdrawn")
    is_base: bool = flag(
        "Whether weights and ranks may be taken from it: it is no excerpt compared with the fullest edition of any source, and it is "
        "dated, unless no edition of the series is"
    )
    rank_by_age: int = count(
        "Rank of its vintage by age among all vintages, 1 for the newest: dated before undated ones, then by date; of any editions the one "
        "with the lowest rank is the newest",
        least=1,
    )
    rank_by_preference: int = count(
        "Rank among the editions of the series, 1 for the first choice: dated before undated ones, then by source, then by age", least=1
    )

    class Config:
        unique = ["source", "vintage", "indicator", "area_kind", *BREAKDOWN]


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
    """One row: one number, from the newest vintage of the preferred source that has it."""

    vintages_to_choose_from: int = count("Number of vintages that have this number, over all sources", least=1)
    sources_to_choose_from: int = count("Number of sources that have this number", least=1)
    differs_by: float = number(
        "Largest absolute difference from the number in the newest vintage of another source, in the unit of the row; missing if none",
        ge=0,
    )
    chosen_because: str = required_text("Why this source and vintage were chosen")

    class Config:
        unique = ["indicator", "area", "year", *BREAKDOWN]


@table(
    "freshness",
    Layer.CORE,
    made_by="editions.freshness.freshness",
    summary="How old the newest edition of each source is, how often editions are due, and how the last request ended.",
    see_also=("new_vintages", "sources"),
)
class Freshness(Table):
    """One row: one source, with the age of its newest vintage and the result of the newest request to it."""

    source: str = columns.source()
    as_of: str = iso_day("Day to which the row applies, ISO")
    newest_vintage: str = text("Newest dated vintage of the source; missing if there is none")
    published: str = columns.published()
    age_days: float = number("Age of that vintage on the day as_of, in days, counted from the first day of its date", ge=0)
    update_interval_days: int = count("Expected time between two vintages of the source, in days", least=1)
    overdue: bool = flag("Whether the vintage is older than the expected time between two vintages")
    connector_state: str = word("Result of the newest request to the source", ConnectorState)
    last_attempt: str = text("Time of the newest request, ISO, UTC; missing if there was none")
    last_success: str = text("Time of the newest request that was answered in full, ISO, UTC; missing if there was none")
    connector_message: str = text("Message of the newest request, where it failed")
    summary: str = required_text("State of the source in one sentence")

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
    """One row: one published row that was refused, kept as it was published."""

    source: str = columns.source()
    vintage: str = columns.vintage()
    file: str = columns.file()
    row_number: int = columns.row_number()
    indicator: str = text("Name of the indicator; this and the next five columns are missing where they could not be read")
    area: str = text("Code of the area")
    year: float = number("Calendar year")
    sex: str = text("Sex of the people counted")
    locality: str = text("Locality of the people counted")
    age: str = text("Age of the people counted")
    reason: str = required_text("Why the row was refused, and what to do about it")
    raw: str = required_text("The row as published: its fields by name, as JSON")


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

    indicator: str = columns.indicator()
    area: str = columns.area()
    area_kind: str = columns.area_kind()
    year: int = columns.year(meaning="Calendar year the value is for")
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    source: str = columns.source(meaning="Source of both vintages")
    vintage_from: str = required_text("The earlier vintage")
    vintage_to: str = required_text("The later vintage")
    value_from: float = number("Value in the earlier vintage, in the unit of the indicator; missing if the number is new")
    value_to: float = number("Value in the later vintage, in the unit of the indicator; missing if the number was withdrawn")
    change: float = number("Later value minus earlier value, in the unit of the indicator; missing if new or withdrawn")
    kind: str = word("Whether the number is new, withdrawn or changed", RevisionKind)

    class Config:
        unique = ["indicator", "area", "year", *BREAKDOWN, "source", "vintage_from"]


@table(
    "runs",
    Layer.PUBLICATION,
    summary="The runs that published: when, by which version of the code, and what changed.",
    see_also=("publication",),
)
class Runs(Table):
    """One row: one run that updated the publication."""

    run: str = required_text("Identifier of the run")
    finished_at: str = required_text("Time at which the run published, ISO, UTC")
    git_sha: str = text("Commit of the code that ran")
    status: str = required_text("Result of the run")
    what_changed: str = required_text("What changed since the publication before, in one line")

    class Config:
        unique = ["run"]
