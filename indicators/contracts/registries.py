"""Contracts of the tables that come with the code: indicators, areas, groups, sources, corrections, labels."""

from __future__ import annotations

from indicators.contracts import columns
from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, count, flag, number, required_text, text, word
from indicators.contracts.vocabulary import Aggregation, AreaAttribute, Better, CorrectionStatus, LabelKind, LabelStatus, Language


@table(
    "indicators",
    Layer.REGISTRIES,
    made_by="registries.catalogue.indicators_table",
    summary="What is measured: each indicator with its unit, its definition, and the population it is a share of.",
    see_also=("indicator_review", "observations", "crosswalk"),
)
class Indicators(Table):
    """One row: one indicator of the catalogue."""

    indicator: str = required_text("Name of the indicator, the same in every table")
    title: str = required_text("Title in English")
    unit: str = required_text("Unit of its values")
    definition: str = required_text("What is counted")
    denominator: str = text("Who or what a share is a share of")
    better: str = word("Whether higher or lower values are an improvement, or neither", Better)
    aggregation: str = word("How values of economies make the figure of a group", Aggregation)
    ceiling: float = number("Highest value the indicator can have, in its unit; missing if there is none")
    sdg_indicator: str = text("Indicator of the 2030 Agenda it reports on; missing if none")
    action_lines: str = text("WSIS action lines it is related to, comma-separated; the table crosswalk gives the authority")
    paragraphs: str = text("Paragraphs of A/RES/80/173 it is related to, comma-separated; the table crosswalk gives the authority")
    no_paragraph_because: str = text("Why it is in the catalogue without a paragraph; missing where it has one")

    class Config:
        unique = ["indicator"]


@table(
    "economies",
    Layer.REGISTRIES,
    made_by="registries.areas.economies_table",
    summary="Countries and territories, with their codes and regions; a group is never among them.",
    see_also=("memberships", "area_differences"),
)
class Economies(Table):
    """One row: one country or territory; groups are in the table groups."""

    iso3: str = columns.iso3(meaning="ISO 3166-1 alpha-3 code; XKX for Kosovo")
    name: str = required_text("Name in English")
    m49: str = text("Code in the UN M49 standard, three digits")
    un_region: str = text("Region of UN M49")
    un_subregion: str = text("Sub-region of UN M49")
    itu_region: str = text("Region of ITU; missing for territories outside its six regions")
    world_bank_region: str = text("Region of the World Bank, as defined since July 2025")

    class Config:
        unique = ["iso3"]


@table(
    "groups",
    Layer.REGISTRIES,
    made_by="registries.areas.groups_table",
    summary="The groups that have figures: the world, income groups, ITU regions, African countries, LDCs, LLDCs, SIDS.",
    see_also=("memberships", "aggregates"),
)
class Groups(Table):
    """One row: one group of economies."""

    group_name: str = required_text("Name of the group, the same in every table")
    scheme: str = columns.scheme()
    title: str = required_text("Title in English")
    has_members: bool = flag("Whether the table memberships has its members, or those of the groups it is the union of")
    union_of: str = text("Groups it is the union of, comma-separated; missing if it is not a union")

    class Config:
        unique = ["group_name"]


@table(
    "memberships",
    Layer.REGISTRIES,
    made_by="registries.areas.memberships_table",
    summary="Which economies belong to which group, from which day to which day.",
    details="A figure uses the list in force on 31 December of its year, and is given with the figure by the newest list.",
    see_also=("groups", "area_differences", "aggregates"),
)
class Memberships(Table):
    """One row: one economy in one group over one period."""

    scheme: str = required_text("Classification: world, itu region, income, african countries, ldc, lldc or sids")
    group_name: str = columns.group_name()
    iso3: str = columns.iso3(meaning="ISO 3166-1 alpha-3 code of the member")
    valid_from: str = text("First day of membership, ISO; missing: a member since before the first list")
    valid_to: str = text("First day after membership, ISO; missing: a member on the newest list")
    note: str = columns.note(meaning="Remarks on this membership")

    class Config:
        unique = ["scheme", "iso3", "valid_from"]


@table(
    "sources",
    Layer.REGISTRIES,
    made_by="registries.sources.sources_table",
    summary="The data services of the publishers: licence, citation, how often a new edition is due, and which source is preferred.",
    see_also=("freshness", "snapshots"),
)
class Sources(Table):
    """One row: one source, that is one data service or publication of one publisher."""

    source: str = required_text("Name of the source, the same in every table")
    title: str = required_text("Title of the data set or publication")
    publisher: str = columns.publisher()
    url: str = required_text("Address at which it is published")
    licence: str = columns.licence()
    licence_url: str = text("Address of the licence; missing where only a citation is required")
    citation: str = columns.citation()
    precedence_economies: int = count("Order of preference for figures of economies; 1 is first", least=1)
    precedence_groups: int = count("Order of preference for figures of groups; 1 is first", least=1)
    tells_its_date: bool = flag("Whether a vintage states its date of publication; if not, it is dated by the day on which it was added")
    update_interval_days: int = count("Expected time between two vintages, in days", least=1)

    class Config:
        unique = ["source"]


@table(
    "area_differences",
    Layer.CORE,
    made_by="editions.area_differences.area_differences",
    summary="Differences between the World Bank's newest list of economies and groups and our tables.",
    details="Empty if the lists agree, or if no such list is stored yet.",
    see_also=("economies", "memberships"),
)
class AreaDifferences(Table):
    """One row: one attribute of an area code that differs between a publisher's newest list of areas and our tables."""

    source: str = columns.source(meaning="Source of the list")
    vintage: str = columns.vintage(meaning="Vintage of the list")
    area: str = required_text("The publisher's code of the area")
    attribute: str = word("Attribute that differs: the kind of area, its income group or its region", AreaAttribute)
    published: str = text("Value in the publisher's list; missing if it has none")
    ours: str = text("Value in our tables; missing if they have none, or do not have the code")

    class Config:
        unique = ["source", "area", "attribute"]


@table(
    "corrections",
    Layer.CORE,
    made_by="registries.corrections.corrections_table",
    summary=(
        "Errors in published files that we read otherwise: what is printed, what we read, why, and whether the publisher still prints it."
    ),
    details="The note of each corrected number names the correction.",
    see_also=("observations", "quarantine"),
)
class Corrections(Table):
    """One row: one error that a publisher prints and that is corrected here."""

    correction: str = required_text("Name of the correction")
    source: str = columns.source()
    applies_to: str = required_text("Published rows that the correction covers")
    corrected_column: str = required_text("Column of those rows that is wrong")
    printed: str = required_text("Value as printed")
    becomes: str = text("Value that is read instead; missing where the row is refused")
    why: str = required_text("Evidence for the correction")
    since: str = required_text("First vintage that has the error")
    until: str = text("Last vintage that has the error; missing while newer vintages may still have it")
    rows: int = count("Number of rows corrected or refused, over all vintages")
    newest_vintage: str = text("Newest vintage that has such rows; missing if none has them")
    status: str = word("Whether that vintage still has the error", CorrectionStatus)

    class Config:
        unique = ["correction"]


@table(
    "labels",
    Layer.REGISTRIES,
    made_by="registries.labels.labels_table",
    summary="Names of indicators, units, groups, economies and chart texts in the six official languages of the United Nations.",
    details=(
        "A label without a translation is given in English and marked as missing. Each translation says whether it is an official term, "
        "from CLDR, or ours."
    ),
    see_also=("indicators", "groups"),
)
class Labels(Table):
    """One row: one label in one of the six official languages of the United Nations."""

    kind: str = word("Kind of thing that the label names", LabelKind)
    key: str = required_text("Key of the thing in the table of its kind, or key of the chart text")
    language: str = word("ISO 639 code of the language", Language)
    label: str = required_text("The label, in the last of its plural forms; words in braces stand for numbers and names")
    english: str = required_text("The label in English")
    status: str = word("Where the label comes from, and whether a native speaker has reviewed it", LabelStatus)

    class Config:
        unique = ["kind", "key", "language"]
