"""Contracts of the tables that come with the code: indicators, areas, groups, sources, labels."""

from __future__ import annotations

import pandera.pandas as pa

from indicators.contracts.fields import Table, number, required_text, text
from indicators.contracts.vocabulary import AGGREGATIONS, BETTER, STANDINGS
from indicators.registries.labels import KINDS as KINDS_OF_LABEL
from indicators.registries.labels import LANGUAGES
from indicators.registries.labels import STATUSES as STATUSES_OF_LABEL


class Indicators(Table):
    """One row: one indicator of the catalogue."""

    indicator: str = required_text("Name of the indicator, the same in every table")
    title: str = required_text("Name in plain English")
    unit: str = required_text("Unit of its values")
    definition: str = required_text("What is counted")
    denominator: str = text("Who or what the share is a share of")
    better: str = text("Which direction is an improvement", among=BETTER)
    aggregation: str = text("How economies make a group", among=AGGREGATIONS)
    ceiling: float = number("Highest value there can be; missing if there is none")
    sdg_indicator: str = text("Indicator of the 2030 Agenda it reports on, if any")
    action_lines: str = text("WSIS action lines it speaks to, parted by commas; the table crosswalk says who says so")
    paragraphs: str = text("Paragraphs of A/RES/80/173 it speaks to, parted by commas; the table crosswalk says who says so")
    no_paragraph_because: str = text("Why it is here although it speaks to no paragraph; missing where it speaks to one")

    class Config:
        unique = ["indicator"]


class Economies(Table):
    """One row: one country or territory; never a group."""

    iso3: str = pa.Field(description="ISO 3166-1 alpha-3 code; XKX for Kosovo", str_matches=r"^[A-Z]{3}$")
    name: str = required_text("Name in English")
    m49: str = text("UN M49 number, three digits")
    un_region: str = text("Region of UN M49")
    un_subregion: str = text("Sub-region of UN M49")
    itu_region: str = text("Region of ITU; missing for territories outside its six regions")
    world_bank_region: str = text("Region of the World Bank since July 2025")

    class Config:
        unique = ["iso3"]


class Groups(Table):
    """One row: one group of economies, as this project names it."""

    group_name: str = required_text("Name of the group, the same in every table")
    scheme: str = required_text("The classification the group belongs to")
    title: str = required_text("Name in plain English")
    has_members: bool = pa.Field(description="Whether the table memberships holds its members, or those of the groups it is made of")
    union_of: str = text("The groups it is made of, parted by commas; missing for all but unions")

    class Config:
        unique = ["group_name"]


class Memberships(Table):
    """One row: one economy in one group over one period."""

    scheme: str = required_text("The classification: world, itu region, income, african countries, ldc, lldc, sids")
    group_name: str = required_text("Name of the group")
    iso3: str = pa.Field(description="Member", str_matches=r"^[A-Z]{3}$")
    valid_from: str = text("First day of membership, ISO date; missing: since before our lists begin")
    valid_to: str = text("First day no longer a member, ISO date; missing: still a member on the newest list")
    note: str = text("What a reader should know of this membership")

    class Config:
        unique = ["scheme", "iso3", "valid_from"]


class Sources(Table):
    """One row: one door of one publisher."""

    source: str = required_text("Name of the source, the same in every table")
    title: str = required_text("Name of the data set or publication")
    publisher: str = required_text("Who publishes it")
    url: str = required_text("Where it is published")
    licence: str = required_text("Licence of the data")
    licence_url: str = text("Text of the licence; missing where nothing is asked but to cite")
    citation: str = required_text("How to cite it")
    precedence_economies: int = number("Order of choice for a figure of an economy, 1 first", needed=True, ge=1)
    precedence_groups: int = number("Order of choice for a figure of a group, 1 first", needed=True, ge=1)
    tells_its_date: bool = pa.Field(description="Whether a vintage says when it was published; else it is dated by the day it came")
    rhythm_days: int = number("Time expected between two vintages, days", needed=True, ge=1)

    class Config:
        unique = ["source"]


class AreaDifferences(Table):
    """One row: one matter in which a publisher's newest list of areas says otherwise of a code than our tables do."""

    source: str = required_text("Whose list")
    vintage: str = required_text("The edition of the list")
    area: str = required_text("The publisher's code of the area")
    matter: str = text("What differs", among=("area_kind", "income", "region"))
    published: str = text("What the list says; missing if nothing")
    ours: str = text("What our tables say; missing if nothing, or if the code is not known")

    class Config:
        unique = ["source", "area", "matter"]


class Corrections(Table):
    """One row: one thing that a publisher prints wrongly and we read otherwise."""

    correction: str = required_text("Name of the correction")
    source: str = required_text("The door of the publisher")
    rows_spoken_of: str = required_text("Which of its rows are spoken of")
    column_corrected: str = required_text("What they say wrongly")
    printed: str = required_text("What is printed")
    becomes: str = text("What is read instead; missing where such a row is refused")
    why: str = required_text("How we know")
    since: str = required_text("The first vintage seen to have it")
    until: str = text("The last vintage seen to have it; missing as long as it is needed")
    rows: int = number("Rows corrected or refused, over all vintages held", needed=True, ge=0)
    newest_vintage: str = text("The newest vintage that has such rows; missing if none has")
    standing: str = text("Whether that vintage still prints it so", among=STANDINGS)

    class Config:
        unique = ["correction"]


class Labels(Table):
    """One row: one label in one of the six official languages of the United Nations."""

    kind: str = text("What is named", among=KINDS_OF_LABEL)
    key: str = required_text("The thing named: its key in the table of its kind, or the key of the chart text")
    language: str = text("ISO 639 code of the language", among=tuple(LANGUAGES))
    label: str = required_text("What it is called, in the last of its plural forms; words in braces stand for numbers and names")
    english: str = required_text("What it is called in English")
    status: str = text("Where the words come from, and whether a native speaker has reviewed them", among=STATUSES_OF_LABEL)

    class Config:
        unique = ["kind", "key", "language"]
