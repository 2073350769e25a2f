"""One contract a table: its grain, its fields with unit and meaning, what must hold; `problems()` tells in plain words what does not.

A contract is the only place where a column is described: the comments in the database, the column schema in the Dagster UI and
the data dictionary of the publication are all read from here. Rules that need more than one table are queries in `sql/checks/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from indicators.labels import KINDS as KINDS_OF_LABEL
from indicators.labels import LANGUAGES
from indicators.labels import STATUSES as STATUSES_OF_LABEL

NATURES = ("country", "estimate", "unknown")
SEXES = ("all", "female", "male")
LOCALITIES = ("all", "urban", "rural")
RULES = ("renormalised", "interpolate and carry", "hard bounds")
VERDICTS = ("borne out", "borne out only narrowly", "not borne out", "revised since", "cannot tell", "not measurable")
BETTER = ("higher", "lower", "neither")
AGGREGATIONS = ("mean over people", "median over economies", "none")
DOOR_STATES = ("open", "closed", "unusable", "never asked", "no door")
STANDINGS = ("applies", "mended", "over", "not held")
KINDS_OF_IDENTITY = ("same quantity", "complement", "total from parts", "part from total", "share of a part", "ratio", "inclusion")
TIES = ("official", "proposed")
RESULTS_OF_IDENTITY = ("possible", "conflict", "too coarse")
DIVIDES = ("income", "sex", "locality", "age")
FEASIBILITIES = ("feasible", "infeasible, too low", "infeasible, too high", "not testable")
EDITIONS_OF_MEMBERS = ("of the same vintage", "last before it", "first after it", "none")
MEASURES = (
    "gini",
    "concentration index",
    "concentration index (Erreygers)",
    "concentration index (Wagstaff)",
    "theil",
    "mean log deviation",
)
MODELS = ("logistic", "gompertz", "linear in logit", "no change")
MISSING_FIGURES = (
    "the vintage is held in a gathering with holes",
    "the vintage prints no group of the indicator",
    "the vintage does not print the group",
    "the series of the group ends earlier",
    "the series of the group begins later",
    "the series of the group has a hole",
)
SCENARIOS = ("no change", "own pace", "typical pace", "best quarter's pace", "target reached")
TARGET_RULES = ("at least", "above", "at most", "within")
EVIDENCE = ("wide and recent", "narrow or old", "groups only", "nothing held")
DENOMINATORS = ("stated", "not stated", "none needed")
TARGET_STATUSES = ("met", "missed", "on pace", "too slow", "moving away", "cannot tell")


def _text(description: str, *, key: bool = False, among: tuple[str, ...] | None = None) -> Any:
    checks: dict[str, Any] = {"isin": list(among)} if among else {}
    return pa.Field(description=description, nullable=not key and among is None, **checks)


def _needed(description: str) -> Any:
    return pa.Field(description=description, nullable=False, str_length={"min_value": 1})


def _number(description: str, *, needed: bool = False, **checks: Any) -> Any:
    return pa.Field(description=description, nullable=not needed, **checks)


class Table(pa.DataFrameModel):
    """What all contracts share: exactly the columns named, in their order, of their types."""

    class Config:
        strict = True
        ordered = True


class Indicators(Table):
    """One row: one indicator of the catalogue."""

    indicator: str = _needed("Name of the indicator, the same in every table")
    title: str = _needed("Name in plain English")
    unit: str = _needed("Unit of its values")
    definition: str = _needed("What is counted")
    denominator: str = _text("Who or what the share is a share of")
    better: str = _text("Which direction is an improvement", among=BETTER)
    aggregation: str = _text("How economies make a group", among=AGGREGATIONS)
    ceiling: float = _number("Highest value there can be; missing if there is none")
    sdg_indicator: str = _text("Indicator of the 2030 Agenda it reports on, if any")
    action_lines: str = _text("WSIS action lines it speaks to, parted by commas; the table crosswalk says who says so")
    paragraphs: str = _text("Paragraphs of A/RES/80/173 it speaks to, parted by commas; the table crosswalk says who says so")
    no_paragraph_because: str = _text("Why it is here although it speaks to no paragraph; missing where it speaks to one")

    class Config:
        unique = ["indicator"]


class Economies(Table):
    """One row: one country or territory; never a group."""

    iso3: str = pa.Field(description="ISO 3166-1 alpha-3 code; XKX for Kosovo", str_matches=r"^[A-Z]{3}$")
    name: str = _needed("Name in English")
    m49: str = _text("UN M49 number, three digits")
    un_region: str = _text("Region of UN M49")
    un_subregion: str = _text("Sub-region of UN M49")
    itu_region: str = _text("Region of ITU; missing for territories outside its six regions")
    world_bank_region: str = _text("Region of the World Bank since July 2025")

    class Config:
        unique = ["iso3"]


class Groups(Table):
    """One row: one group of economies, as this project names it."""

    group_name: str = _needed("Name of the group, the same in every table")
    scheme: str = _needed("The classification the group belongs to")
    title: str = _needed("Name in plain English")
    has_members: bool = pa.Field(description="Whether the table memberships holds its members, or those of the groups it is made of")
    union_of: str = _text("The groups it is made of, parted by commas; missing for all but unions")

    class Config:
        unique = ["group_name"]


class Memberships(Table):
    """One row: one economy in one group over one period."""

    scheme: str = _needed("The classification: world, itu region, income, african countries, ldc, lldc, sids")
    group_name: str = _needed("Name of the group")
    iso3: str = pa.Field(description="Member", str_matches=r"^[A-Z]{3}$")
    valid_from: str = _text("First day of membership, ISO date; missing: since before our lists begin")
    valid_to: str = _text("First day no longer a member, ISO date; missing: still a member on the newest list")
    note: str = _text("What a reader should know of this membership")

    class Config:
        unique = ["scheme", "iso3", "valid_from"]


class Sources(Table):
    """One row: one door of one publisher."""

    source: str = _needed("Name of the source, the same in every table")
    title: str = _needed("Name of the data set or publication")
    publisher: str = _needed("Who publishes it")
    url: str = _needed("Where it is published")
    licence: str = _needed("Licence of the data")
    licence_url: str = _text("Text of the licence; missing where nothing is asked but to cite")
    citation: str = _needed("How to cite it")
    precedence_economies: int = _number("Order of choice for a figure of an economy, 1 first", needed=True, ge=1)
    precedence_groups: int = _number("Order of choice for a figure of a group, 1 first", needed=True, ge=1)
    rhythm_days: int = _number("Time expected between two vintages, days", needed=True, ge=1)

    class Config:
        unique = ["source"]


class Snapshots(Table):
    """One row: one stored file of one vintage, its bytes never changed."""

    snapshot: str = _needed("Name of the snapshot: source/vintage/file")
    source: str = _needed("The door of the publisher it came through")
    vintage: str = _needed("The dated edition it holds")
    file: str = _needed("File name")
    layout: str = _needed("Layout recognised from its bytes")
    published: str = _needed("When the publisher dated it: ISO day, month or year; the day it was added where nothing tells")
    retrieved: str = _text("ISO day on which it was retrieved")
    whole_series: bool = pa.Field(description="Whether it holds whole series, so that a figure no longer in it was withdrawn")
    rows: int = _number(
        "Rows read from it, in a wide table cells: those that state a value, and those that cannot be read", needed=True, ge=0
    )
    without_value: int = _number("Rows or cells that state that there is no value; they are no observations", needed=True, ge=0)
    is_dated: bool = pa.Field(description="Whether the publisher, its name or who added it dated it; else it counts as the oldest")
    repaired: int = _number("Rows the reader put right, such as one torn in two; the note of each says so", needed=True, ge=0)
    bytes: int = _number("Size in bytes", needed=True, gt=0)
    sha256: str = pa.Field(description="Checksum of the bytes", str_matches=r"^[0-9a-f]{64}$")
    url: str = _text("Address it came from")
    licence: str = _needed("Licence of the data")
    citation: str = _needed("How to cite it")
    origin: str = _text("How these bytes came to us, where it was not straight from the publisher")

    class Config:
        unique = ["snapshot"]


class Observations(Table):
    """One row: one number a publisher gave for one indicator, area, year and breakdown, in one vintage."""

    indicator: str = _needed("Name of the indicator")
    area: str = _needed("ISO3 of an economy, or name of a group")
    area_kind: str = _text("Whether the area is an economy or a group", among=("economy", "group"))
    year: int = _number("Calendar year the value is for", needed=True, ge=1960, le=2100)
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted: all, or a range such as 15-24, 10+")
    value: float = _number("The published number, in the unit of the row", needed=True)
    lower: float = _number("Lowest true value the printed form allows; missing: no lower limit stated")
    upper: float = _number("Highest true value the printed form allows; missing: no upper limit stated")
    unit: str = _needed("Unit of the value")
    printed: str = _text("The value as its publisher wrote it")
    nature: str = _text("Who measured: the country, or an estimate of the publisher", among=NATURES)
    source: str = _needed("The door of the publisher it came through")
    vintage: str = _needed("The dated edition it was read in")
    published: str = _needed("When the publisher dated that edition: ISO day, month or year; the day it was added where nothing tells")
    seen_in: str = _text("Read at the publisher, or reported by others", among=("publisher", "reported by others"))
    note: str = _text("Notes and source as the publisher gives them")
    snapshot: str = _needed("The stored file it was read from")
    row_number: int = _number("Row in that file, the header being row 1", needed=True, ge=1)
    licence: str = _needed("Licence of the data")

    class Config:
        unique = ["indicator", "area", "year", "sex", "locality", "age", "source", "vintage"]


class CurrentObservations(Observations):
    """One row: one number, from the newest vintage of the preferred source, with what it was chosen from."""

    vintages_to_choose_from: int = _number("How many vintages hold this number, over all sources", needed=True, ge=1)
    sources_to_choose_from: int = _number("How many sources hold it", needed=True, ge=1)
    differs_by: float = _number(
        "Largest distance from what the newest vintage of another source says of it, in the unit of the value; missing if there is none",
        ge=0,
    )
    chosen_because: str = _needed("Why this source and vintage")

    class Config:
        unique = ["indicator", "area", "year", "sex", "locality", "age"]


class Freshness(Table):
    """One row: one source, how old its newest vintage is, and how its door was found."""

    source: str = _needed("The door of the publisher")
    as_of: str = pa.Field(description="ISO day on which this was told", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    newest_vintage: str = _text("The newest vintage held that somebody dated; missing if none is")
    published: str = _text("When the publisher dated it: ISO day, month or year")
    age_days: float = _number("Days from its first day to as_of", ge=0)
    rhythm_days: int = _number("Time expected between two vintages, days", needed=True, ge=1)
    overdue: bool = pa.Field(description="Whether it is older than that")
    door: str = _text("How the door was found when last asked", among=DOOR_STATES)
    last_attempt: str = _text("When the door was last asked, ISO, UTC; missing if never")
    last_success: str = _text("When it last gave whole answers, ISO, UTC; missing if never")
    door_said: str = _text("What it said, where it was not open")
    told: str = _needed("Where the source stands, in one sentence")

    class Config:
        unique = ["source"]


class AreaDifferences(Table):
    """One row: one matter in which a publisher's newest list of areas says otherwise of a code than our tables do."""

    source: str = _needed("Whose list")
    vintage: str = _needed("The edition of the list")
    area: str = _needed("The publisher's code of the area")
    matter: str = _text("What differs", among=("area_kind", "income", "region"))
    published: str = _text("What the list says; missing if nothing")
    ours: str = _text("What our tables say; missing if nothing, or if the code is not known")

    class Config:
        unique = ["source", "area", "matter"]


class Corrections(Table):
    """One row: one thing that a publisher prints wrongly and we read otherwise."""

    correction: str = _needed("Name of the correction")
    source: str = _needed("The door of the publisher")
    rows_spoken_of: str = _needed("Which of its rows are spoken of")
    column_corrected: str = _needed("What they say wrongly")
    printed: str = _needed("What is printed")
    becomes: str = _text("What is read instead; missing where such a row is refused")
    why: str = _needed("How we know")
    since: str = _needed("The first vintage seen to have it")
    until: str = _text("The last vintage seen to have it; missing as long as it is needed")
    rows: int = _number("Rows corrected or refused, over all vintages held", needed=True, ge=0)
    newest_vintage: str = _text("The newest vintage that has such rows; missing if none has")
    standing: str = _text("Whether that vintage still prints it so", among=STANDINGS)

    class Config:
        unique = ["correction"]


class Labels(Table):
    """One row: one label in one of the six official languages of the United Nations."""

    kind: str = _text("What is named", among=KINDS_OF_LABEL)
    key: str = _needed("The thing named: its key in the table of its kind, or the place of the words in the charts")
    language: str = _text("ISO 639 code of the language", among=tuple(LANGUAGES))
    label: str = _needed("What it is called; places in braces take numbers and names; English where the translation is missing")
    english: str = _needed("What it is called in English")
    status: str = _text("Where the words come from, and who has looked at them", among=STATUSES_OF_LABEL)

    class Config:
        unique = ["kind", "key", "language"]


class Quarantine(Table):
    """One row: one published row that was refused, as it was."""

    source: str = _needed("The door of the publisher")
    vintage: str = _needed("The dated edition")
    file: str = _needed("File name")
    row_number: int = _number("Row in that file, the header being row 1", needed=True, ge=1)
    indicator: str = _text("The indicator it speaks of, and so on, as far as could be read")
    area: str = _text("The area")
    year: float = _number("The calendar year")
    sex: str = _text("Sex of the people counted")
    locality: str = _text("Locality of the people counted")
    age: str = _text("Age of the people counted")
    reason: str = _needed("Why it was refused, and what to do")
    raw: str = _needed("The row as it was: its fields by name, as JSON")


class Aggregates(Table):
    """One row: one group's population-weighted figure under one rule for missing data."""

    scheme: str = _needed("The classification the group belongs to")
    group_name: str = _needed("Name of the group")
    membership: str = _text("Members of that year's 31 December, or of the newest list", among=("in force", "latest"))
    indicator: str = _needed("Name of the indicator")
    year: int = _number("Calendar year", needed=True)
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    rule: str = _text("What is assumed of members without a value", among=RULES)
    value: float = _number("The group's figure in the unit of the indicator; missing under hard bounds, which gives an interval")
    lower: float = _number("Lowest value the missing members leave possible", needed=True)
    upper: float = _number("Highest value the missing members leave possible; missing where the indicator has no ceiling")
    coverage: float = _number(
        "Share of the group's people who live in members with a value reported for that year, 0 to 1", needed=True, ge=0, le=1 + 1e-9
    )
    n_reporting: int = _number("Members with a value reported for that year", needed=True, ge=0)
    n_filled: int = _number("Members whose value this rule took from other years", needed=True, ge=0)
    n_members: int = _number(
        "Members with a known population; in the world the people outside the economies listed count as one", needed=True, ge=1
    )
    publishable: str = _text("By coverage: two thirds and more, half and more, less", among=("published", "indicative", "not published"))
    population: float = _number("People living in the members, by the newest vintage of the population", needed=True, gt=0)
    people: float = _number(
        "People reached in the members that have a value under this rule, and so at least; missing for rates that are no share of people"
    )
    people_lower: float = _number("Fewest people reached that the bounds allow; missing for rates that are no share of people")
    people_upper: float = _number("Most people reached that the bounds allow; missing for rates that are no share of people")
    source: str = _needed("Source of the members' values")
    vintage: str = _needed("Vintage of the members' values")
    note: str = _text(
        "Members left out for want of a population, that never reported, or whose value was carried long; holes of the vintage"
    )

    class Config:
        unique = ["group_name", "membership", "indicator", "year", "sex", "locality", "age", "rule", "source", "vintage"]


class Gaps(Table):
    """One row: one divide in one area and year, both sides from one source and vintage; computed ones by the newest lists."""

    divide: str = _text("Which divide", among=DIVIDES)
    indicator: str = _needed("Name of the indicator")
    area: str = _needed("Area both sides belong to")
    among: str = _needed("The people compared: all, or a locality, sex or age both sides share")
    year: int = _number("Calendar year", needed=True)
    basis: str = _text("Published by the source, or computed here from economies", among=("published", "computed"))
    side_a: str = _needed("The better-off or reference side")
    side_b: str = _needed("The other side")
    value_a: float = _number("Value of side a, in percent", needed=True, ge=0, le=100)
    value_b: float = _number("Value of side b, in percent", needed=True, ge=0, le=100)
    difference: float = _number("a - b, percentage points", needed=True, ge=-100, le=100)
    difference_lower: float = _number("Lowest difference the two printed forms or bounds allow, percentage points")
    difference_upper: float = _number("Highest difference the two printed forms or bounds allow, percentage points")
    relative: float = _number("(a - b) / a, a ratio; missing if a is 0", le=1)
    ratio: float = _number("a / b; missing if b is 0", ge=0)
    ratio_lower: float = _number("Lowest ratio the two printed forms or bounds allow", ge=0)
    ratio_upper: float = _number("Highest ratio the two printed forms or bounds allow", ge=0)
    parity: float = _number("b / a, for the sexes women over men; missing if a is 0", ge=0)
    parity_lower: float = _number("Lowest parity the two printed forms or bounds allow", ge=0)
    parity_upper: float = _number("Highest parity the two printed forms or bounds allow", ge=0)
    offline_ratio: float = _number("(100 - b) / (100 - a); missing if a is 100", ge=0)
    coverage_a: float = _number("Share of side a's people behind its value, 0 to 1; missing for published figures")
    coverage_b: float = _number("Share of side b's people behind its value, 0 to 1; missing for published figures")
    publishable: str = _text(
        "By the coverage of the thinner side; published figures are the publisher's", among=("published", "indicative", "not published")
    )
    source: str = _needed("Source of both values")
    vintage: str = _needed("Vintage of both values")

    class Config:
        unique = ["divide", "indicator", "area", "among", "year", "basis", "source", "vintage"]


class Claims(Table):
    """One row: one measurable statement of the resolution, in one reading."""

    claim: str = _needed("Name of the claim")
    resolution: str = _needed("Symbol of the resolution")
    adopted: str = pa.Field(description="ISO day on which it was adopted", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    paragraph: int = _number("Paragraph of the resolution", needed=True, ge=1)
    statement: str = _needed("The statement in our words")
    wording: str = _needed("The words that carry the figure")
    reading: str = _text("How we read it, where it can be read in more than one way")
    reading_of: str = _text("The claim of which this is another reading; statements are counted without these")
    figure: float = _number("The figure stated", needed=True)
    lower: float = _number("Lower end of the interval the words stand for; missing: no lower end")
    upper: float = _number("Upper end of the interval the words stand for; missing: no upper end")
    interval: str = _needed("The interval, with square brackets where the end belongs to it")
    unit: str = _needed("Unit of the interval and of the values judged")
    measure: str = _text("What is made of the values", among=("value", "complement", "ratio", "economies below"))
    indicator: str = _needed("Indicator it speaks of")
    area: str = _needed("Area it speaks of")
    compared_with: str = _text("Area it is divided by, where the claim is a ratio")
    year: int = _number("Year it speaks of", needed=True)
    sex: str = _text("Sex it speaks of", among=SEXES)
    locality: str = _text("Locality it speaks of", among=LOCALITIES)
    age: str = _needed("Age it speaks of")
    source: str = _needed("Source the figure was drawn from")
    vintage_of_record: str = _needed("Vintage the drafters had before them")
    reviewed: str = _text("Verdict at adoption that a person has reviewed", among=VERDICTS)

    class Config:
        unique = ["claim"]


class Verdicts(Table):
    """One row: one claim judged against one vintage on one basis."""

    claim: str = _needed("Name of the claim")
    moment: str = _text("Vintage of record, newest vintage held, or one before or between", among=("at adoption", "now", "history"))
    basis: str = _text("Judged on the published figure, or on one computed here from economies", among=("published", "computed"))
    source: str = _needed("Source of the evidence")
    vintage: str = _needed("Vintage of the evidence")
    published: str = _text("When the publisher dated that vintage: ISO day, month or year; missing if it is not held")
    year: int = _number("Year of the evidence: the claim's own, or under history the newest that vintage has", needed=True)
    value: float = _number("The figure found, in the unit of the claim; missing if there is none")
    lower: float = _number("Lowest true value the evidence allows")
    upper: float = _number("Highest true value the evidence allows")
    verdict: str = _text("Verdict", among=VERDICTS)
    margin: float = _number(
        "Distance of the figure from the nearest end of the claim's interval, negative outside it, in the unit of the claim"
    )
    flags: str = _text("What to keep in mind, parted by semicolons: definition differs, reported by others, own estimate")
    changed_from: str = pa.Field(
        description="Verdict in the vintage before it on the same basis, by date, where that is another; missing where it is none",
        nullable=True,
        isin=list(VERDICTS),
    )
    change: str = _text("What changed between the two vintages, in one sentence; missing where nothing did")
    explanation: str = _needed("The verdict in one sentence")

    class Config:
        unique = ["claim", "moment", "basis", "source", "vintage"]


class ClaimConflicts(Table):
    """One row: two sets of statements of the resolution that cannot both hold."""

    claim_a: str = _needed("The one statement")
    claim_b: str = _needed("The other, or those that imply it together, joined by ' + '")
    identity: str = _needed("The identity that ties them")
    interval_a: str = _needed("What the one says of the common quantity")
    interval_b: str = _needed("What the other implies for it")
    gap: float = _number("Distance between the two intervals, in the unit of the quantity", needed=True, ge=0)
    explanation: str = _needed("The conflict in one sentence")

    class Config:
        unique = ["claim_a", "claim_b", "identity"]


class ThenAndNow(Table):
    """One row: one statement of the resolution of ten years before, as stated, as the newest vintage has its year, and today."""

    claim: str = _needed("Name of the claim")
    resolution: str = _needed("Symbol of the resolution")
    adopted: str = pa.Field(description="ISO day on which it was adopted", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    paragraph: int = _number("Paragraph of that resolution", needed=True, ge=1)
    statement: str = _needed("The statement in our words")
    wording: str = _needed("The words that carry the figure")
    reading: str = _text("How we read it, where it can be read in more than one way")
    figure: float = _number("The figure stated", needed=True)
    lower: float = _number("Lower end of the interval the words stand for")
    upper: float = _number("Upper end of the interval the words stand for")
    interval: str = _needed("The interval, with square brackets where the end belongs to it")
    unit: str = _needed("Unit of the figures")
    measure: str = _text("What is made of the values", among=("value", "complement"))
    indicator: str = _needed("Indicator it speaks of")
    area: str = _needed("Area it speaks of")
    sex: str = _text("Sex it speaks of", among=SEXES)
    locality: str = _text("Locality it speaks of", among=LOCALITIES)
    age: str = _needed("Age it speaks of")
    year: int = _number("Year it speaks of", needed=True)
    value: float = _number("The figure for that year in the newest vintage that has it; missing if none has")
    source: str = _text("Source of that figure")
    vintage: str = _text("Vintage of that figure")
    published: str = _text("When the publisher dated that vintage: ISO day, month or year")
    margin: float = _number("Distance of the figure from the nearest end of the interval, negative outside it, in the unit")
    verdict: str = _text(
        "Verdict on that figure; the edition of the time is not held, so nothing is said of the day itself", among=VERDICTS
    )
    explanation: str = _needed("The verdict in one sentence")
    why: str = _text("Why there is no figure, and who publishes it; missing where there is one")
    latest: float = _number("The figure of the newest year there is; missing if none is held")
    latest_year: float = _number("That year")
    latest_source: str = _text("Source of the latest figure")
    latest_vintage: str = _text("Vintage of the latest figure; no change is taken across two vintages")
    latest_told: str = _text("The latest figure in one sentence")
    counterpart: str = _text("The claim of A/RES/80/173 on the same quantity; missing where there is none")
    counterpart_statement: str = _text("That statement in our words")
    counterpart_figure: float = _number("The figure it states")

    class Config:
        unique = ["claim"]


class Crosswalk(Table):
    """One row: one paragraph, action line, indicator and breakdown that speak of the same."""

    paragraph: int = _number("Paragraph of A/RES/80/173", needed=True, ge=1)
    action_line: str = pa.Field(description="Action line of the World Summit", str_matches=r"^C([1-6]|7 e-[a-z]+|8|9|10|11)$")
    indicator: str = _needed("Name of the indicator")
    breakdown: str = _text("The breakdown of it that is meant", among=("all", "sex", "locality", "age"))
    sdg_indicator: str = pa.Field(
        description="Indicator of the 2030 Agenda it reports on; missing if none",
        nullable=True,
        str_matches=r"^\d{1,2}\.[0-9a-d]{1,2}\.\d{1,2}$",
    )
    core_list: str = _text(
        "Code in the core list of the Partnership on Measuring ICT for Development; of these only HH6 and HH18 were checked"
    )
    paragraph_tie: str = _text("Who ties the indicator to the paragraph", among=TIES)
    sdg_tie: str = pa.Field(description="Who ties the indicator to the SDG indicator; missing without one", nullable=True, isin=list(TIES))
    action_line_tie: str = _text("Who ties the action line to it, by the target of its SDG indicator", among=TIES)
    basis: str = _needed("Who makes each of these ties")

    class Config:
        unique = ["paragraph", "action_line", "indicator", "breakdown"]


class Paragraphs(Table):
    """One row: one paragraph of A/RES/80/173 that the project speaks to."""

    paragraph: int = _number("Number of the paragraph", needed=True, ge=1)
    resolution: str = _needed("Symbol of the resolution")
    says: str = _needed("What it says, in our words")
    known_from: str = _text("Wording: its words were read. Topic: only what it is about was read", among=("wording", "topic"))
    claims: str = _text("Its measurable statements, parted by commas; missing if there are none")
    indicators: str = _text("Indicators that speak to it, parted by commas")
    reason: str = _text("Why no indicator speaks to it; missing where one does")

    class Config:
        unique = ["paragraph"]


class ActionLines(Table):
    """One row: one action line of the World Summit on the Information Society."""

    action_line: str = _needed("Its code; C7 has eight")
    title: str = _needed("What it is about")
    sdg_targets: str = _needed(
        "Targets or goals of the 2030 Agenda that the WSIS-SDG matrix ties it to, as reported by others, parted by commas"
    )
    indicators: str = _text("Indicators that speak to it, parted by commas")
    reason: str = _text("Why no indicator speaks to it; missing where one does")

    class Config:
        unique = ["action_line"]


class Unmeasured(Table):
    """One row: one topic of the resolution that the figures which come with the project do not measure economy by economy."""

    name: str = _needed("Name of the topic")
    topic: str = _needed("The topic")
    paragraphs: str = _needed("Paragraphs of A/RES/80/173 that speak of it, parted by commas")
    why: str = _needed("Why it is not measured")
    measured_by: str = _needed("The indicator that would measure it")
    sdg_indicator: str = _text("Its code in the 2030 Agenda; missing if it has none")
    core_list: str = _text("Its code in the core list of the Partnership on Measuring ICT for Development; missing if it has none")
    publisher: str = _needed("Who publishes it, or would have to")
    doors: str = _text("Sources of ours that could bring it, with their series; missing if none could")
    indicators: str = _text("Indicators of the catalogue it is held as, parted by commas; missing where it cannot be held")
    breakdown: str = _text("The values of the breakdown, one of which is enough, parted by commas; missing: any")
    status: str = _text("Whether a value of any economy is held", among=("held", "not held"))
    economies: int = _number("Economies with a value of any year", needed=True, ge=0)
    newest_year: float = _number("Newest year with a value; missing if there is none")

    class Config:
        unique = ["name"]


class Calendar(Table):
    """One row: one thing that A/RES/80/173 asks for, or one review it names."""

    paragraph: int = _number("Paragraph that asks for it", needed=True, ge=1)
    asked: str = _needed("What is asked, in our words")
    of_whom: str = _text("Of whom; missing where it is not known to us")
    reported_to: str = _text("To whom it is reported; missing where it is not known to us")
    due: str = _needed("When it is due, as it is stated")
    due_year: float = _number("The year of that; missing where it recurs")

    class Config:
        unique = ["paragraph", "asked"]


class ClaimIdentities(Table):
    """One row: one statement of a resolution held against what others of it imply for the same quantity."""

    resolution: str = _needed("Symbol of the resolution")
    quantity: str = _needed("The common quantity: indicator, area, year, and the people it is of")
    kind: str = _text("How the two are tied", among=KINDS_OF_IDENTITY)
    claim_a: str = _needed("The one statement, or those that imply it together, joined by ' + '")
    claim_b: str = _text("The other; missing where the one is held against what is known from elsewhere, such as the urban share")
    identity: str = _needed("The identity that ties them")
    steps: str = _needed("Every step from the words to the two intervals")
    interval_a: str = _needed("What the one says of the common quantity")
    interval_b: str = _needed("What the other says of it")
    overlap: str = _text("The values that both allow; missing if there are none")
    result: str = _text(
        "Conflict: no value is allowed by both. Too coarse: what is implied leaves room for every value of the other. Possible: else",
        among=RESULTS_OF_IDENTITY,
    )
    gap: float = _number("Distance between the two intervals, in the unit of the quantity", needed=True, ge=0)
    explanation: str = _needed("The result in one sentence")

    class Config:
        unique = ["resolution", "quantity", "claim_a", "claim_b", "identity"]


class Revisions(Table):
    """One row: one number that differs between two consecutive vintages of one source."""

    indicator: str = _needed("Name of the indicator")
    area: str = _needed("Area")
    area_kind: str = _text("Whether the area is an economy or a group", among=("economy", "group"))
    year: int = _number("Calendar year the value is for", needed=True)
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    source: str = _needed("Source of both vintages")
    vintage_from: str = _needed("The earlier vintage")
    vintage_to: str = _needed("The later vintage")
    value_from: float = _number("Value in the earlier vintage; missing if it is new")
    value_to: float = _number("Value in the later vintage; missing if it was withdrawn")
    change: float = _number("Later less earlier, in the unit of the indicator; missing if new or withdrawn")
    kind: str = _text("What happened", among=("new", "withdrawn", "changed"))

    class Config:
        unique = ["indicator", "area", "year", "sex", "locality", "age", "source", "vintage_from"]


class TimeDistance(Table):
    """One row: one area, how many years it is behind one benchmark, at the level it has in one year; both of one source and vintage."""

    indicator: str = _needed("Name of the indicator")
    area: str = _needed("ISO3 of an economy, or name of a group")
    area_kind: str = _text("Whether the area is an economy or a group", among=("economy", "group"))
    year: int = _number("Calendar year of the area's level", needed=True)
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    basis: str = _text(
        "Whether the groups' levels are published by the source, or computed here from economies", among=("published", "computed")
    )
    benchmark: str = _needed("The area it is compared with")
    value: float = _number("Level of the area, in the unit of the indicator")
    benchmark_year: float = _number("When the benchmark first stood at that level, its values joined linearly; years with their fraction")
    years_behind: float = _number("year - benchmark_year, years; negative is ahead; missing where that cannot be told")
    lower: float = _number("Fewest years behind that the benchmark's series leaves possible; missing: no lower end")
    upper: float = _number("Most years behind that the benchmark's series leaves possible; missing: no upper end")
    reason: str = _text("Why years_behind is missing, and what can be said")
    source: str = _needed("Source of both levels")
    vintage: str = _needed("Vintage of both levels")
    note: str = _text("Where the benchmark's series is joined over more than five years")

    class Config:
        unique = ["indicator", "area", "year", "sex", "locality", "age", "basis", "benchmark", "source", "vintage"]


class Convergence(Table):
    """One row: one measure of convergence, beta or sigma, of a fixed set of economies, on one scale and over one window; sigma a year."""

    scheme: str = _needed("The classification the group belongs to")
    group_name: str = _needed("Name of the group within which economies are compared")
    membership: str = _text("Members of the last year's 31 December, or of the newest list", among=("in force", "latest"))
    indicator: str = _needed("Name of the indicator")
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    measure: str = _text("beta: whether those behind move faster; sigma: how far apart they are", among=("beta", "sigma"))
    scale: str = _text(
        "Values as they are, their logits where there is a ceiling, or their logarithms where none", among=("linear", "logit", "log")
    )
    year_from: int = _number("First year of the window", needed=True)
    year_to: int = _number("Last year of the window", needed=True)
    year: int = _number("Calendar year of sigma; for beta the last of the window", needed=True)
    value: float = _number(
        "beta: slope b of (x_T - x_0)/T = a - b x_0, a year, positive where those behind move faster, which errors in the first year's "
        "values alone bring about; sigma: standard deviation over people, in the unit of the indicator, logits or logarithms"
    )
    standard_error: float = _number("beta: delete-one jackknife over economies; missing for sigma", ge=0)
    speed: float = _number("beta: -ln(1 - b T)/T, a year; missing if b T is 1 or more, and for sigma")
    change: float = _number("sigma: less its value in the first year, negative where economies converge; missing for beta")
    n_economies: int = _number("Economies in the set: those with values reported for both ends, and people", needed=True, ge=0)
    n_left_out: int = _number("Members outside it; in the world the people outside the economies listed count as one", needed=True, ge=0)
    n_filled: int = _number("Economies whose value for the year is joined linearly between reported ones", needed=True, ge=0)
    n_clipped: int = _number("Economies clipped to 0.5 or 99.5 percent before the logit", needed=True, ge=0)
    coverage: float = _number("Share of the group's people in the last year who live in the set, 0 to 1", needed=True, ge=0, le=1 + 1e-9)
    publishable: str = _text("By coverage: two thirds and more, half and more, less", among=("published", "indicative", "not published"))
    reason: str = _text("Why there is no value")
    source: str = _needed("Source of the economies' values")
    vintage: str = _needed("Vintage of the economies' values")
    note: str = _text("What to keep in mind")

    class Config:
        unique = [
            "group_name", "membership", "indicator", "sex", "locality", "age", "measure", "scale", "year_from", "year_to",
            "year", "source", "vintage",
        ]  # fmt: skip


class ChangeSplit(Table):
    """One row: one change of a group's figure between two points, each a vintage and a year, in the parts that add up to it."""

    scheme: str = _needed("The classification the group belongs to")
    group_name: str = _needed("Name of the group")
    member_list: str = _text("Members of each year's 31 December, or of the newest list", among=("in force", "latest"))
    indicator: str = _needed("Name of the indicator")
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    measure: str = _text(
        "The mean in the unit of the indicator, or the people it reaches or does not, in members with a value",
        among=("value", "people reached", "people not reached"),
    )
    vintage_from: str = _needed("Vintage of the first point")
    year_from: int = _number("Year of the first point", needed=True)
    vintage_to: str = _needed("Vintage of the second point; the same if only the year differs")
    year_to: int = _number("Year of the second point", needed=True)
    value_from: float = _number("Figure at the first point, each vintage's values joined and carried; missing if no member has one")
    value_to: float = _number("Figure at the second point; missing if no member has one")
    total: float = _number("value_to - value_from; progress, revision, population and membership add up to it")
    progress: float = _number("From the first year to the second, as the later vintage tells both: within + shift")
    revision: float = _number("What the first year's values are now said to have been, less what was said before")
    population: float = _number("The first year's people as the later edition of the population counts them")
    membership: float = _number("Members that are in the one figure and not in the other: leaving + joining")
    within: float = _number("Part of progress: economies' own values move")
    shift: float = _number("Part of progress: people move between economies; in a count of people their growth")
    leaving: float = _number("Part of membership: those in the first figure only")
    joining: float = _number("Part of membership: those in the second figure only")
    listing: float = _number("Part of membership because the list changed; the rest because members fell silent or began to report")
    revision_of_reported: float = _number("Part of revision: reported before and now")
    revision_newly_reported: float = _number("Part of revision: taken from other years before, reported now")
    revision_withdrawn: float = _number("Part of revision: reported before, taken from other years now")
    revision_of_filled: float = _number("Part of revision: taken from other years before and now")
    revision_lower: float = _number("Lowest revision over the six orders in which values and populations can move")
    revision_upper: float = _number("Highest revision over the six orders")
    population_lower: float = _number("Lowest population term over the six orders")
    population_upper: float = _number("Highest population term over the six orders")
    progress_lower: float = _number("Lowest progress over the six orders")
    progress_upper: float = _number("Highest progress over the six orders")
    published_from: float = _number("What had been printed of the group for the first point; people at the population used here")
    published_to: float = _number("What had been printed of the group for the second point")
    unexplained: float = _number("Change of what was printed less total; with it the parts add up to the printed change")
    n_from: int = _number("Members with a value at the first point", needed=True, ge=0)
    n_to: int = _number("Members with a value at the second point", needed=True, ge=0)
    n_kept: int = _number("Members with a value at both, and for the first year in the later vintage", needed=True, ge=0)
    group_people_from: float = _number("People of all members at the first point", needed=True, ge=0)
    group_people_to: float = _number("People of all members at the second point", needed=True, ge=0)
    population_from: str = _needed("Edition of the population at the first point: source and vintage")
    population_to: str = _needed("Edition of the population at the second point: source and vintage")
    printed_in_from: str = _text("Where published_from was printed: source and vintage")
    printed_in_to: str = _text("Where published_to was printed: source and vintage")
    source: str = _needed("Source of both vintages")
    reason: str = _text("Why the change cannot be split")
    note: str = _text("The economies that moved the figure most, in the unit of the row, people in millions; holes of a vintage")

    class Config:
        unique = [
            "group_name", "member_list", "indicator", "sex", "locality", "age", "measure", "source",
            "vintage_from", "year_from", "vintage_to",
            "year_to", "population_from", "population_to",
        ]  # fmt: skip


class Inequality(Table):
    """One row: one measure of inequality between economies, for one indicator, year and way to split it."""

    measure: str = _text("Which measure; a ratio without a unit", among=MEASURES)
    indicator: str = _needed("Name of the indicator")
    year: int = _number("Calendar year", needed=True)
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    scheme: str = _needed("What it is split by: income, itu region, world bank region; none: over all economies, not split")
    membership: str = _text(
        "Members of that year's 31 December, or of the newest list; none: not split", among=("in force", "latest", "none")
    )
    economies: str = _text(
        "All economies that report for the year, or those there in every year in which two thirds of the people are, so that years compare",
        among=("reporting that year", "same in all years"),
    )
    value: float = _number("The measure, each economy weighing as much as its people; missing where it is undefined")
    between: float = _number("Part of it between the groups; only of theil and mean log deviation", ge=0)
    within: float = _number("Part of it within the groups; between and within add up to the value", ge=0)
    mean: float = _number("Weighted mean of the economies taken, in the unit of the indicator", needed=True)
    highest: float = _number(
        "Highest value of the measure at this mean, as if people were reached wholly or not at all; missing without a ceiling"
    )
    share_of_highest: float = _number("Value over highest, a ratio: a falling gini may only mean a rising mean", ge=-1 - 1e-9, le=1 + 1e-9)
    coverage: float = _number("Share of the world's people who live in the economies taken, 0 to 1", needed=True, ge=0, le=1 + 1e-9)
    publishable: str = _text("By coverage: two thirds and more, half and more, less", among=("published", "indicative", "not published"))
    n: int = _number("Economies taken", needed=True, ge=1)
    source: str = _needed("Source of the economies' values")
    vintage: str = _needed("Vintage of the economies' values")
    ranked_by: str = _text("By what income economies are ranked, with its source and vintage; only of the concentration indices")
    reason: str = _text("Why the measure is undefined; missing where it is defined")
    note: str = _text("Economies left out for want of a population, a group or an income; which years are compared")

    class Config:
        unique = [
            *[
                "measure",
                "indicator",
                "year",
                "sex",
                "locality",
                "age",
                "scheme",
                "membership",
                "economies",
                "source",
                "vintage",
                "ranked_by",
            ]
        ]


class Feasibility(Table):
    """One row: one published group figure tested against what its members' own values allow."""

    scheme: str = _needed("The classification the group belongs to; unknown for a group we do not know")
    group_name: str = _needed("Name of the group")
    indicator: str = _needed("Name of the indicator")
    year: int = _number("Calendar year", needed=True)
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    source: str = _needed("Source of the published figure")
    vintage: str = _needed("Vintage of the published figure")
    membership: str = _text(
        "Members on the list of the day the figure came out, on the list before that if it ended within the year before, or on that of the "
        "figure's year's 31 December",
        among=("at publication", "list before", "in force"),
    )
    list: str = pa.Field(description="That day, ISO", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    members_source: str = _text("Source of the members' values; missing if none is held for the year")
    members_vintage: str = _text("Vintage of the members' values")
    members_are: str = _text("How that vintage stands to the one of the figure", among=EDITIONS_OF_MEMBERS)
    published: float = _number("The published figure, in the unit of the indicator", needed=True)
    published_lower: float = _number("Lowest true value its printed form allows; missing: no lower limit stated")
    published_upper: float = _number("Highest true value its printed form allows; missing: no upper limit stated")
    lowest_possible: float = _number(
        "Lowest value the members' values allow, the silent at 0, in the unit of the indicator; missing if not testable"
    )
    highest_possible: float = _number(
        "Highest value they allow, the silent at the ceiling; missing if not testable, or a silent member has no ceiling"
    )
    slack: float = _number("How far the two may move if every population is off by two per cent, in the unit of the indicator", ge=0)
    feasible: str = _text("Whether the figure can be true, within the slack", among=FEASIBILITIES)
    beyond: float = _number(
        "How far its nearest true value lies beyond bound and slack, in the unit of the indicator; missing if feasible", gt=0
    )
    forced_by: str = _text(
        "The fewest members without whose values the figure would be possible, those that matter most first; ten are named"
    )
    forced_by_any_of: str = _text("All members whose value alone forces it; missing if no single one does; ten are named")
    coverage: float = _number(
        "Share of the group's people who live in members with a value, 0 to 1; missing if not testable", ge=0, le=1 + 1e-9
    )
    n_reporting: int = _number("Members with a value for the year", needed=True, ge=0)
    n_members: int = _number(
        "Members with a known population, counted where the test came so far; people outside the economies count as one", needed=True, ge=0
    )
    reason: str = _text("Why it cannot be tested; missing where it is")
    note: str = _text("Members left out for want of a population")

    class Config:
        unique = [
            *["group_name", "indicator", "year", "sex", "locality", "age", "source", "vintage"],
            *["membership", "members_source", "members_vintage"],
        ]


class StandIns(Table):
    """One row: one group figure that a source's newest vintage does not print, and our own estimate in its place."""

    source: str = _needed("Source that does not print it, and of the members' values")
    vintage: str = _needed("Its newest vintage, that of the members' values")
    indicator: str = _needed("Name of the indicator")
    group_name: str = _needed("Name of the group")
    year: int = _number("Calendar year", needed=True)
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    list: str = pa.Field(description="Day on whose list the members stand: that of the vintage, ISO", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    missing_because: str = _text("In which way the vintage goes without the figure", among=MISSING_FIGURES)
    value: float = _number("Members' values interpolated and carried, weighted by people, in the unit of the indicator; else a reason")
    nature: str = _text("Whose figure it is: ours, and no publisher's", among=("own estimate",))
    lower: float = _number("Lowest value the missing members leave possible; missing where nothing can be estimated")
    upper: float = _number("Highest value the missing members leave possible; missing where the indicator has no ceiling")
    coverage: float = _number(
        "Share of the group's people who live in members with a value reported for that year, 0 to 1", ge=0, le=1 + 1e-9
    )
    known: float = _number("Share of the group's people who live in members with a value of that or an earlier year, 0 to 1", ge=0, le=1)
    carried_long: float = _number("Share of the group's people whose value is carried for more than five years, 0 to 1", ge=0, le=1)
    publishable: str = pa.Field(
        description="By coverage: two thirds and more, half and more, less; missing where nothing can be estimated",
        nullable=True,
        isin=["published", "indicative", "not published"],
    )
    n_reporting: int = _number("Members with a value reported for that year", needed=True, ge=0)
    n_filled: int = _number("Members whose value is taken from other years", needed=True, ge=0)
    n_members: int = _number("Members with a known population; people outside the economies count as one", needed=True, ge=0)
    lost_members: str = _text(
        "Members that had values in an earlier vintage and have none in this one, which may have holes; parted by commas"
    )
    n_compared: int = _number("Years in which the same rule can be held against the published figure", needed=True, ge=0)
    compared_in: str = _text("Newest vintage that has both, by the list of its day; missing if none has")
    mean_error: float = _number("Mean absolute difference in those years, in the unit of the indicator", ge=0)
    largest_error: float = _number("Largest absolute difference in those years, in the unit of the indicator", ge=0)
    largest_error_year: float = _number("Year of it")
    last_printed: float = _number("What the last vintage that printed the figure said; of another vintage, not to be joined on")
    last_printed_in: str = _text("That vintage; missing if none printed it")
    reason: str = _text("Why nothing can be estimated; missing where something is")
    note: str = _text("Members left out for want of a population, without a value, or whose value was carried long")

    class Config:
        unique = ["source", "vintage", "indicator", "group_name", "year", "sex", "locality", "age"]


class Projections(Table):
    """One row: one year of one series as one model projects it, with how the model would have done so far."""

    indicator: str = _needed("Name of the indicator, a share of which more is better")
    area: str = _needed("ISO3 of an economy, or name of a group")
    area_kind: str = _text("Whether the area is an economy or a group", among=("economy", "group"))
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    model: str = _text("Growth curve, straight line through the logits of the last five years, or the last value", among=MODELS)
    year: int = _number("Year projected, one to five after the last value of the series", needed=True)
    horizon: int = _number("Years after the last value", needed=True, ge=1, le=5)
    value: float = _number("Projected value, in percent; missing where the model cannot say, and then there is a reason", ge=0, le=100)
    lower: float = _number(
        "Lower end of what is expected: value plus the 10th percentile of the model's errors; missing if not tested",
        ge=0,
        le=100,
    )
    upper: float = _number(
        "Upper end: value plus the 90th percentile; an interval may lie beside its value, where the model was mostly too low or too high",
        ge=0,
        le=100,
    )
    bias: float = _number("Mean of those errors, percentage points: what came less what was forecast; above 0 the model has been too low")
    interval_coverage: float = _number(
        "Share of later outcomes that such an interval, made from earlier ones, would have held; it promises 0.8", ge=0, le=1
    )
    backtest_error: float = _number("Mean absolute error of the model over as many years, over all economies, percentage points", ge=0)
    persistence_error: float = _number("The same of no change, over the same forecasts, percentage points", ge=0)
    line_error: float = _number("The same of the straight line in logits, percentage points", ge=0)
    own_error: float = _number("Mean absolute error of the model in this series alone, percentage points; missing if it is too short", ge=0)
    own_persistence_error: float = _number("The same of no change, over the same forecasts, percentage points", ge=0)
    areas_tested: float = _number("Economies in the back-test; below 30 it decides nothing", ge=0)
    forecasts_tested: float = _number("Forecasts in the back-test", ge=0)
    beats_no_change: bool = pa.Field(description="Whether the model's error is below that of no change, over at least 30 economies")
    is_shown: bool = pa.Field(description="Whether to show it: no change always, the line if it beats no change, a curve if it beats both")
    last_value: float = _number("Last value of the series, in percent", needed=True, ge=0, le=100)
    last_year: int = _number("Year of it", needed=True)
    first_year: int = _number("First year fitted: that of the series, or of the newest break in it", needed=True)
    n_values: int = _number("Values from there to the last", needed=True, ge=1)
    left_out: str = _text("Why the values before first_year are left out; missing if there are none")
    source: str = _needed("Source of the series")
    vintage: str = _needed("Vintage of the series")
    newest_year: float = _number("Year of the newest published figure of any source, where the series ends before it; not projected from")
    newest_value: float = _number("That figure, in percent", ge=0, le=100)
    newest_source: str = _text("Source of that figure")
    newest_vintage: str = _text("Vintage of that figure")
    reason: str = _text("Why there is no value, what the back-test holds against it, or why its interval lies beside it")

    class Config:
        unique = ["indicator", "area", "sex", "locality", "age", "model", "year"]


class Targets(Table):
    """One row: one target held against one area."""

    target: str = _needed("Name of the target")
    target_set: str = _needed("Whose targets it belongs to")
    statement: str = _needed("The target in our words")
    area: str = _needed("ISO3 of an economy, or name of a group")
    area_kind: str = _text("Whether the area is an economy or a group", among=("economy", "group"))
    indicator: str = _needed("Indicator it is held against")
    age: str = _needed("Age of the people counted")
    rule: str = _text("How the value is compared; within: required to required_upper", among=TARGET_RULES)
    stated: float = _number("What the target says, in the unit of the indicator", needed=True)
    required: float = _number("What is asked: as stated, and 95 where 100 per cent is stated", needed=True)
    required_upper: float = _number("Upper end of what is asked, for the rule within; else missing")
    deadline: int = _number("Last year the target leaves", needed=True)
    latest: float = _number("Newest value up to the deadline, in the unit of the indicator; missing if none is held")
    lower: float = _number("Lowest true value its printed form allows")
    upper: float = _number("Highest true value its printed form allows")
    year: float = _number("Year of it")
    pace: float = _number("Change a year since pace_from, in the unit of the indicator; missing without a second value in five years")
    pace_from: float = _number("First year with a value of the five before, not across a break")
    n_values: float = _number("Values from there to the latest", ge=1)
    required_pace: float = _number("Change a year that reaches what is asked by the deadline; missing once met, or at the deadline")
    ratio: float = _number("required_pace / pace; missing where the pace leads away", ge=0)
    logit_pace: float = _number("Change of the logit a year; missing for what is no share")
    logit_required_pace: float = _number("Change of the logit a year that reaches what is asked by the deadline")
    logit_ratio: float = _number("logit_required_pace / logit_pace; missing where the pace leads away", ge=0)
    status: str = _text("Where the area stands, by the pace in the unit of the indicator", among=TARGET_STATUSES)
    source: str = _text("Source of the values; missing if none is held")
    vintage: str = _text("Vintage of the values; missing if none is held")
    set_by: str = _needed("Where the target is set")
    set_status: str = _text("How we know of it", among=("as printed", "as reported by others"))
    base: str = _text("What differs between the target and the figure")
    reason: str = _text("Why it cannot be told, or what to keep in mind")

    class Config:
        unique = ["target", "area"]


class WhatIf(Table):
    """One row: one scenario, group and year: where the group would stand if every member moved as the scenario says; never a forecast."""

    scenario: str = _text("The scenario; the Methods page has its rule under Scenarios", among=SCENARIOS)
    assumption: str = _needed("What is taken to be so, of every economy; the people of each stay as many as they are")
    group_name: str = _needed("Name of the group, by the newest list of its members; an economy alone has no row")
    indicator: str = _needed("Name of the indicator, a share of people of which more is better")
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    year: int = _number("The year asked for", needed=True)
    base_year: int = _number("Newest year in which half of the world's people live in economies with a value", needed=True)
    horizon: int = _number("Years from base_year to year", needed=True, ge=1)
    value: float = _number("The group's share, in percent, over the members with a path; missing if none has one", ge=0, le=100)
    lower: float = _number(
        "Lowest share the members without a path leave possible: they at 0, under target reached at the target", needed=True, ge=0, le=100
    )
    upper: float = _number("Highest share they leave possible: they at 100", needed=True, ge=0, le=100)
    people_lower: float = _number("Fewest people reached that these bounds allow", needed=True, ge=0)
    people_upper: float = _number("Most people reached that these bounds allow", needed=True, ge=0)
    offline_lower: float = _number("Fewest people not reached that these bounds allow", needed=True, ge=0)
    offline_upper: float = _number("Most people not reached that these bounds allow", needed=True, ge=0)
    population: float = _number("People of the members, in population_year", needed=True, gt=0)
    population_year: int = _number("Newest year held of the population, which is held constant: none of coming years is held", needed=True)
    coverage: float = _number(
        "Share of the group's people in members whose path starts from a value of base_year, 0 to 1", needed=True, ge=0, le=1
    )
    known: float = _number("Share of the group's people in members with a path, 0 to 1", needed=True, ge=0, le=1)
    publishable: str = _text("By coverage: two thirds and more, half and more, less", among=("published", "indicative", "not published"))
    n_members: int = _number("Members with a known population; people outside the economies count as one", needed=True, ge=1)
    n_with_path: int = _number("Members with a path: with a value of the five years before, and a pace", needed=True, ge=0)
    required: float = _number("What the target asks of every economy, in percent; missing if there is no target", ge=0, le=100)
    n_at_target: float = _number("Members with a path that would stand at that or better in that year", ge=0)
    n_faster_than_best_quarter: int = _number(
        "Members that would move faster than the best quarter of those that once stood where they stand", needed=True, ge=0
    )
    tested_horizon: float = _number(
        "Years over which the pace rule was tested on the past; fewer than horizon where no past is so long; missing if not tested", ge=1
    )
    backtest_error: float = _number("Mean absolute error of the rule over so many years, over economies, percentage points", ge=0)
    bias: float = _number("Mean of these errors, percentage points: what came less what the rule said; below 0 it has been too high")
    persistence_error: float = _number("Mean absolute error of no change, over the same cases, percentage points", ge=0)
    economies_tested: float = _number("Economies it was tested on, 30 or more", ge=0)
    forecasts_tested: float = _number("Cases: economies and years from which it was let run", ge=0)
    group_error: float = _number(
        "Mean absolute error of the group's own figure by the rule, percentage points; missing if too few members could be scored", ge=0
    )
    group_bias: float = _number("Mean of these errors, percentage points")
    group_persistence_error: float = _number("Mean absolute error of no change for the group, from the same years, percentage points", ge=0)
    origins_tested: float = _number("Years from which the group's figure was let run; they overlap", ge=0)
    beats_no_change: bool = pa.Field(description="Whether the rule's error over economies is below that of no change")
    source: str = _needed("Source of the members' values")
    vintage: str = _needed("Vintage of the members' values")
    reason: str = _text("What was not tested, or not over so long, or does not beat no change, over economies or in the group")
    note: str = _text("Members without a path, those with most people first; members left out for want of a population")

    class Config:
        unique = ["scenario", "group_name", "indicator", "sex", "locality", "age", "year"]


class DataGaps(Table):
    """One row: one economy without a value for the year its indicator is judged by, in one breakdown; best worth closing first."""

    rank: int = _number("Place among all gaps, 1 worth most", needed=True, ge=1)
    rank_in_indicator: int = _number("Place among the gaps of the indicator and breakdown", needed=True, ge=1)
    indicator: str = _needed("Name of the indicator")
    iso3: str = pa.Field(description="The economy", str_matches=r"^[A-Z]{3}$")
    sex: str = _text("Sex of the people counted", among=SEXES)
    locality: str = _text("Locality of the people counted", among=LOCALITIES)
    age: str = _needed("Age of the people counted")
    reference_year: int = _number(
        "Newest year with values for two thirds of the world's people, or with any value where there is no such year", needed=True
    )
    last_year: float = _number("Year of the last value held; missing if there never was one")
    last_value: float = _number("That value, in the unit of the indicator")
    age_years: float = _number("Years from it to the reference year; 0 if it is newer", ge=0)
    nature: str = _text("Who measured the last value, as in observations; missing if there is none")
    world_bound_shrinks_by: float = _number("Points by which knowing it would narrow the hard bounds of the world", ge=0)
    group_bound_shrinks_by: float = _number("The same, summed over its other groups", ge=0)
    bounds_shrink_by: float = _number("The two together, by which gaps are ranked; missing where the indicator has no highest value", ge=0)
    groups: str = _text("Its other groups by the newest lists, parted by commas")
    plausible_lower: float = _number("Its own other years, less the 90th percentile of what carrying as long missed by; else 0", ge=0)
    plausible_upper: float = _number("The same, plus it; the highest value there can be where nothing was ever reported")
    plausible_bound_shrinks_by: float = _number("What it would be worth if the bounds took it to lie in that range", ge=0)
    source: str = _text("Source of the last value")
    vintage: str = _text("Vintage of the last value")
    reason: str = _text("Why its worth is not known")

    class Config:
        unique = ["indicator", "iso3", "sex", "locality", "age"]


class IndicatorReview(Table):
    """One row: one indicator of the catalogue, with what is held of it: how wide, how new, by whom, how often rewritten, on what terms."""

    indicator: str = _needed("Name of the indicator")
    evidence: str = _text(
        "Whether economies with two thirds of the people have a value of the last five years, or some have any, or only groups, or none",
        among=EVIDENCE,
    )
    finding: str = _needed("What the figures of the row come to, in words")
    claims: int = _number("Statements of the resolution that speak of it, each in its first reading", needed=True, ge=0)
    targets: int = _number("Targets that speak of it", needed=True, ge=0)
    reference_year: float = _number("Newest year of any number held, of any indicator; ages are counted from it")
    newest_year: float = _number("Newest year with a value of an economy")
    headline_year: float = _number("Newest year in which economies with two thirds of the people have a value; missing if there is none")
    economies: int = _number("Economies with a value of all people, of any year", needed=True, ge=0)
    economies_recent: int = _number("Those whose newest value is no older than five years", needed=True, ge=0)
    economies_listed: int = _number("Economies of the table economies", needed=True, ge=0)
    share_of_economies: float = _number("Economies with a value over those listed, 0 to 1", ge=0, le=1)
    share_of_economies_recent: float = _number("The same, of values no older than five years", ge=0, le=1)
    share_of_people: float = _number(
        "Share of the world's people who live in economies with a value, 0 to 1; missing without a population", ge=0, le=1 + 1e-9
    )
    share_of_people_recent: float = _number("The same, of values no older than five years", ge=0, le=1 + 1e-9)
    median_age_years: float = _number("Age of the newest value, years, median over the economies with one", ge=0)
    mean_age_years: float = _number("Age of the newest value, years, mean over the people of the economies with one", ge=0)
    share_country: float = _number("Share of economies whose newest value the country measured; the three add up to 1", ge=0, le=1)
    share_estimate: float = _number("Share of economies whose newest value the publisher estimated", ge=0, le=1)
    share_unknown: float = _number("Share of economies of whose newest value this is not told", ge=0, le=1)
    people_country: float = _number("share_country, each economy weighing as much as its people", ge=0, le=1 + 1e-9)
    people_estimate: float = _number("share_estimate, weighed so", ge=0, le=1 + 1e-9)
    people_unknown: float = _number("share_unknown, weighed so", ge=0, le=1 + 1e-9)
    economies_by_sex: int = _number("Economies with women and men of one year, source and vintage", needed=True, ge=0)
    last_year_by_sex: float = _number("Newest year in which an economy has both")
    economies_by_locality: int = _number("Economies with urban and rural of one year, source and vintage", needed=True, ge=0)
    last_year_by_locality: float = _number("Newest year in which an economy has both")
    economies_by_age: int = _number("Economies with two ages or more of one year, source and vintage", needed=True, ge=0)
    last_year_by_age: float = _number("Newest year in which an economy has them")
    groups: int = _number("Groups with a published figure of all people", needed=True, ge=0)
    newest_year_of_groups: float = _number("Newest year of these")
    groups_estimated: float = _number("Share of groups whose newest figure is the publisher's estimate, 0 to 1", ge=0, le=1)
    breakdowns_of_groups: str = _text("By what groups are broken down, parted by commas")
    pairs_compared: int = _number("Pairs of consecutive whole vintages of one source that hold economies", needed=True, ge=0)
    numbers_compared: float = _number("Numbers of economies that both vintages have, over all pairs", ge=0)
    share_moved: float = _number("Share of them that moved beyond their precision, 0 to 1", ge=0, le=1)
    median_move: float = _number("Median of the moves without their sign, in the unit of the indicator", ge=0)
    largest_move: float = _number("Largest of them", ge=0)
    largest_move_of: str = _text("Economy and year of the largest")
    share_withdrawn: float = _number("Share of the numbers of the earlier vintage that the later no longer has, 0 to 1", ge=0, le=1)
    volatility_reason: str = _text("Why vintages cannot be compared; missing where they can")
    vintages: int = _number("Dated vintages held, over all sources", needed=True, ge=0)
    sources: str = _text("Sources it is held from, parted by commas; missing if nothing is held")
    licence: str = _text("Strictest licence of its numbers")
    links: str = _text("Addresses of its sources, parted by spaces")
    sdg_metadata: str = _text("Address of the metadata of the indicator of the 2030 Agenda it reports on")
    denominator: str = _text("Whether the catalogue states who or what a share is a share of", among=DENOMINATORS)

    class Config:
        unique = ["indicator"]


class Runs(Table):
    """One row: one refresh that reached the publication."""

    run: str = _needed("Identifier of the run")
    finished_at: str = _needed("UTC time at which it was published, ISO")
    git_sha: str = _text("Commit of the code that ran")
    status: str = _needed("How it ended")
    what_changed: str = _needed("What changed since the publication before, in one line")

    class Config:
        unique = ["run"]


#: Every public table and its contract; the order is that of the publication.
TABLES: dict[str, type[Table]] = {
    "indicators": Indicators,
    "economies": Economies,
    "groups": Groups,
    "memberships": Memberships,
    "sources": Sources,
    "observations": Observations,
    "current_observations": CurrentObservations,
    "aggregates": Aggregates,
    "gaps": Gaps,
    "claims": Claims,
    "verdicts": Verdicts,
    "claim_conflicts": ClaimConflicts,
    "claim_identities": ClaimIdentities,
    "then_and_now": ThenAndNow,
    "paragraphs": Paragraphs,
    "action_lines": ActionLines,
    "crosswalk": Crosswalk,
    "unmeasured": Unmeasured,
    "calendar": Calendar,
    "revisions": Revisions,
    "snapshots": Snapshots,
    "quarantine": Quarantine,
    "freshness": Freshness,
    "corrections": Corrections,
    "labels": Labels,
    "area_differences": AreaDifferences,
    "time_distance": TimeDistance,
    "convergence": Convergence,
    "change_split": ChangeSplit,
    "inequality": Inequality,
    "feasibility": Feasibility,
    "stand_ins": StandIns,
    "projections": Projections,
    "targets": Targets,
    "what_if": WhatIf,
    "data_gaps": DataGaps,
    "indicator_review": IndicatorReview,
    "runs": Runs,
}


def conform(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with exactly the contract's columns, in its order and types; missing columns become missing values.

    Only the form is set here. Whether the content holds is for `problems` to say.
    """
    absent = pd.Series(None, index=frame.index, dtype="object")
    columns = {name: frame.get(name, absent).astype(kind) for name, kind in column_types(table).items()}  # type: ignore[call-overload]
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def refuse_doubles(frame: pd.DataFrame, key: list[str], what: str) -> None:
    """Require that `key` names one row of an input.

    Raises:
        ValueError: Rows of `what` are there twice; the message says how many, and one of them.
    """
    doubled = frame.duplicated(key)
    if doubled.any():
        example = ", ".join(str(part) for part in frame.loc[doubled, key].iloc[0])
        raise ValueError(f"{what}: {int(doubled.sum())} rows are there twice, such as {example}; give each once")


def refuse_infinite(frame: pd.DataFrame, column: str, what: str) -> None:
    """Require that every number of a column of an input is finite or missing.

    Raises:
        ValueError: Numbers of `what` are infinite; the message says how many, and gives one row.
    """
    infinite = np.isinf(frame[column].to_numpy("float64", na_value=np.nan))
    if infinite.any():
        example = ", ".join(str(part) for part in frame.loc[infinite].iloc[0])
        raise ValueError(f"{what}: {int(infinite.sum())} rows have an infinite {column}, such as {example}; leave out what is no number")


def refuse_negatives(frame: pd.DataFrame, column: str, names: list[str]) -> None:
    """Require that nothing counted in a column of an input is below zero.

    Raises:
        ValueError: A number is; the message gives it with its `names`.
    """
    below = frame[frame[column] < 0]
    if not below.empty:
        row = below.iloc[0]
        raise ValueError(f"{column} of {', '.join(str(row[name]) for name in names)} is {row[column]:g}, below zero: leave the row out")


def column_types(table: str) -> dict[str, str]:
    """Return the pandas type of each column of `table`: str, int64, float64 or bool."""
    types = {name: str(column.dtype) for name, column in TABLES[table].to_schema().columns.items()}
    return {name: "str" if kind.startswith("string") else kind for name, kind in types.items()}


def column_meanings(table: str) -> dict[str, str]:
    """Return the meaning of each column of `table`, with its unit.

    >>> column_meanings("observations")["value"]
    'The published number, in the unit of the row'
    """
    return {name: str(column.description) for name, column in TABLES[table].to_schema().columns.items()}


def key(table: str) -> list[str]:
    """Return the columns whose values together name one row of `table`; none where rows have no name."""
    return list(TABLES[table].to_schema().unique or [])


def grain(table: str) -> str:
    """Return what one row of `table` is."""
    return (TABLES[table].__doc__ or "").removeprefix("One row: ").rstrip(".")


def data_dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what each column of the published tables is.

    Args:
        tables: Published tables by name; an example of each column is taken from them.

    Returns:
        One row a column, in the order of the tables: `table`, `column`, `type` (text, whole number, number, yes or no), `meaning` with
        the unit, `in_key` (whether it is part of what names a row), `may_be_missing`, `rules` in words, and as `example` the first
        value in the table that is not missing.
    """
    kinds = {"str": "text", "int64": "whole number", "float64": "number", "bool": "yes or no"}
    rows: list[dict[str, Any]] = []
    for table, frame in tables.items():
        types, meanings, named_by = column_types(table), column_meanings(table), key(table)
        for name, column in TABLES[table].to_schema().columns.items():
            held = frame[name].dropna()
            rows.append(
                {
                    "table": table,
                    "column": name,
                    "type": kinds[types[name]],
                    "meaning": meanings[name],
                    "in_key": name in named_by,
                    "may_be_missing": bool(column.nullable),
                    "rules": "; ".join(_in_words(str(check.error)) for check in column.checks) or None,
                    "example": None if held.empty else str(held.iloc[0]),
                }
            )
    return pd.DataFrame(rows)


def problems(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Tell in plain words what in `frame` breaks the contract of `table`.

    Returns:
        One row a broken rule: `column`, `rule` in words, `rows` that break it, up to three `examples`. Empty if the contract is kept.

    >>> groups = pd.DataFrame({"group_name": ["both"], "scheme": [""], "title": ["Both"], "has_members": [True]})
    >>> problems("groups", conform("groups", groups))[["column", "rule", "rows"]].to_numpy().tolist()
    [['scheme', 'must not be empty', 1]]
    """
    cases = _failures(table, frame)
    if cases.empty:
        return pd.DataFrame({"column": [], "rule": [], "rows": [], "examples": []})
    doubled = cases["check"].astype("str") == "multiple_fields_uniqueness"
    # Where the whole table is at fault, pandera names its contract.
    at_fault = cases["column"].where(cases["column"].isin([*column_types(table)]), table)
    found = []
    if doubled.any():
        keys = cases[doubled].pivot(index="index", columns="column", values="failure_case").astype("str")
        keys = keys[[name for name in key(table) if name in keys]]
        examples = keys.drop_duplicates().head(3).agg("/".join, axis=1)
        found.append({"column": ", ".join(keys.columns), "rule": "key must be unique", "rows": len(keys), "examples": "; ".join(examples)})
    for (column, check), broken in cases[~doubled].assign(column=at_fault).groupby(["column", "check"], sort=True):
        examples = broken["failure_case"].map(str).drop_duplicates().head(3)
        found.append({"column": column, "rule": _in_words(str(check)), "rows": len(broken), "examples": "; ".join(examples)})
    return pd.DataFrame(found)


def offenders(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `frame` that break the contract of `table`; none where a whole column is at fault.

    >>> groups = pd.DataFrame({"group_name": ["both", "one"], "scheme": ["", "sex"], "title": ["Both", "One"], "has_members": [True, True]})
    >>> offenders("groups", conform("groups", groups))["group_name"].to_list()
    ['both']
    """
    cases = _failures(table, frame)
    rows = [] if cases.empty else cases["index"].dropna().drop_duplicates().sort_values().astype("int64").to_list()
    return frame.reset_index(drop=True).loc[rows]


def _failures(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return what breaks the contract of `table` as pandera tells it, a row a case."""
    try:
        TABLES[table].validate(frame.reset_index(drop=True), lazy=True)
    except pa.errors.SchemaErrors as error:
        return pd.DataFrame(error.failure_cases)
    return pd.DataFrame()


def _in_words(check: str) -> str:
    """Say pandera's name for a rule as a person would."""
    name, _, argument = check.partition("(")
    argument = argument.removesuffix(")")
    phrases = {
        "not_nullable": "must not be missing",
        "column_in_dataframe": "column is missing",
        "column_in_schema": "column is not in the contract",
        "column_ordered": "columns are not in the contract's order",
        "greater_than_or_equal_to": f"must be at least {argument}",
        "greater_than": f"must be more than {argument}",
        "less_than_or_equal_to": f"must be at most {argument}",
        "less_than": f"must be less than {argument}",
        "isin": f"must be one of {argument}",
        "str_matches": f"must have the form {argument}",
        "str_length": "must not be empty",
        "dtype": f"must be of type {argument}",
    }
    return phrases.get(name, check)
