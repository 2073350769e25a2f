"""Contracts of the tables on the resolution: its statements, the verdicts, and how its paragraphs tie to indicators."""

from __future__ import annotations

import pandera.pandas as pa

from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, number, required_text, text
from indicators.contracts.vocabulary import KINDS_OF_IDENTITY, LOCALITIES, RESULTS_OF_IDENTITY, SEXES, TIES, VERDICTS


@table(
    "claims",
    Layer.CLAIMS,
    made_by="claims.resolution.claims_table",
    summary="The measurable statements of resolution A/RES/80/173, with the interval that their words stand for.",
    details='"Almost 85 per cent" is [84, 85). The Methods page lists the words and their intervals.',
    see_also=("verdicts", "claim_conflicts", "paragraphs"),
)
class Claims(Table):
    """One row: one measurable statement of the resolution, in one reading."""

    claim: str = required_text("Name of the claim")
    resolution: str = required_text("Symbol of the resolution")
    adopted: str = pa.Field(description="ISO day on which it was adopted", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    paragraph: int = number("Paragraph of the resolution", needed=True, ge=1)
    statement: str = required_text("The statement in our words")
    wording: str = required_text("The words that carry the figure")
    reading: str = text("How we read it, where it can be read in more than one way")
    reading_of: str = text("The claim of which this is another reading; statements are counted without these")
    figure: float = number("The figure stated", needed=True)
    lower: float = number("Lower end of the interval the words stand for; missing: no lower end")
    upper: float = number("Upper end of the interval the words stand for; missing: no upper end")
    interval: str = required_text("The interval, with square brackets where the end belongs to it")
    unit: str = required_text("Unit of the interval and of the values judged")
    measure: str = text("What is made of the values", among=("value", "complement", "ratio", "economies below"))
    indicator: str = required_text("Indicator it speaks of")
    area: str = required_text("Area it speaks of")
    compared_with: str = text("Area it is divided by, where the claim is a ratio")
    year: int = number("Year it speaks of", needed=True)
    sex: str = text("Sex it speaks of", among=SEXES)
    locality: str = text("Locality it speaks of", among=LOCALITIES)
    age: str = required_text("Age it speaks of")
    source: str = required_text("Source the figure was drawn from")
    vintage_of_record: str = required_text("Vintage the drafters had before them")
    reviewed: str = text("Verdict at adoption that a person has reviewed", among=VERDICTS)

    class Config:
        unique = ["claim"]


@table(
    "verdicts",
    Layer.CLAIMS,
    made_by="claims.verdicts.judge",
    summary="Each statement of the resolution with its verdict: supported or not, by how much, in which edition.",
    details=(
        "In the unit of the claim. *At adoption* uses the edition available to the drafters, *now* the newest stored, *history* those "
        "before and between. A run whose verdict at adoption differs from the reviewed one publishes nothing. The tab *Checks* has one "
        "check per statement, which warns if the newest figures do not support it."
    ),
    see_also=("claims", "chart_verdicts_of_the_resolution", "chart_claims_over_vintages"),
)
class Verdicts(Table):
    """One row: one claim judged against one vintage on one basis."""

    claim: str = required_text("Name of the claim")
    moment: str = text("Vintage of record, newest vintage held, or one before or between", among=("at adoption", "now", "history"))
    basis: str = text("Judged on the published figure, or on one computed here from economies", among=("published", "computed"))
    source: str = required_text("Source of the evidence")
    vintage: str = required_text("Vintage of the evidence")
    published: str = text("When the publisher dated that vintage: ISO day, month or year; missing if it is not held")
    year: int = number("Year of the evidence: the claim's own, or under history the newest that vintage has", needed=True)
    value: float = number("The figure found, in the unit of the claim; missing if there is none")
    lower: float = number("Lowest true value the evidence allows")
    upper: float = number("Highest true value the evidence allows")
    verdict: str = text("Verdict", among=VERDICTS)
    margin: float = number(
        "Distance of the figure from the nearest end of the claim's interval, negative outside it, in the unit of the claim"
    )
    flags: str = text("What to keep in mind, parted by semicolons: definition differs, reported by others, own estimate")
    changed_from: str = pa.Field(
        description="Verdict in the vintage before it on the same basis, by date, where that is another; missing where it is none",
        nullable=True,
        isin=list(VERDICTS),
    )
    change: str = text("What changed between the two vintages, in one sentence; missing where nothing did")
    explanation: str = required_text("The verdict in one sentence")

    class Config:
        unique = ["claim", "moment", "basis", "source", "vintage"]


@table(
    "claim_conflicts",
    Layer.CLAIMS,
    made_by="claims.resolution.conflicts",
    summary="Statements of the resolution that contradict each other, and by how much.",
    see_also=("claim_identities", "claims"),
)
class ClaimConflicts(Table):
    """One row: two sets of statements of the resolution that cannot both hold."""

    claim_a: str = required_text("The one statement")
    claim_b: str = required_text("The other, or those that imply it together, joined by ' + '")
    identity: str = required_text("The identity that ties them")
    interval_a: str = required_text("What the one says of the common quantity")
    interval_b: str = required_text("What the other implies for it")
    gap: float = number("Distance between the two intervals, in the unit of the quantity", needed=True, ge=0)
    explanation: str = required_text("The conflict in one sentence")

    class Config:
        unique = ["claim_a", "claim_b", "identity"]


@table(
    "earlier_resolution",
    Layer.CLAIMS,
    made_by="claims.earlier_resolution.earlier_resolution",
    summary="The statements of A/RES/70/125, ten years earlier: as stated, as that year is known now, and today.",
    details="In the unit of the claim. The edition available in 2015 is not stored, so nothing is said about what was known then.",
    see_also=("claims", "verdicts"),
)
class EarlierResolution(Table):
    """One row: one statement of the resolution of ten years before, as stated, as the newest vintage has its year, and today."""

    claim: str = required_text("Name of the claim")
    resolution: str = required_text("Symbol of the resolution")
    adopted: str = pa.Field(description="ISO day on which it was adopted", str_matches=r"^\d{4}-\d{2}-\d{2}$")
    paragraph: int = number("Paragraph of that resolution", needed=True, ge=1)
    statement: str = required_text("The statement in our words")
    wording: str = required_text("The words that carry the figure")
    reading: str = text("How we read it, where it can be read in more than one way")
    figure: float = number("The figure stated", needed=True)
    lower: float = number("Lower end of the interval the words stand for")
    upper: float = number("Upper end of the interval the words stand for")
    interval: str = required_text("The interval, with square brackets where the end belongs to it")
    unit: str = required_text("Unit of the figures")
    measure: str = text("What is made of the values", among=("value", "complement"))
    indicator: str = required_text("Indicator it speaks of")
    area: str = required_text("Area it speaks of")
    sex: str = text("Sex it speaks of", among=SEXES)
    locality: str = text("Locality it speaks of", among=LOCALITIES)
    age: str = required_text("Age it speaks of")
    year: int = number("Year it speaks of", needed=True)
    value: float = number("The figure for that year in the newest vintage that has it; missing if none has")
    source: str = text("Source of that figure")
    vintage: str = text("Vintage of that figure")
    published: str = text("When the publisher dated that vintage: ISO day, month or year")
    margin: float = number("Distance of the figure from the nearest end of the interval, negative outside it, in the unit")
    verdict: str = text("Verdict on that figure; the edition of the time is not held, so nothing is said of the day itself", among=VERDICTS)
    explanation: str = required_text("The verdict in one sentence")
    why: str = text("Why there is no figure, and who publishes it; missing where there is one")
    latest: float = number("The figure of the newest year there is; missing if none is held")
    latest_year: float = number("That year")
    latest_source: str = text("Source of the latest figure")
    latest_vintage: str = text("Vintage of the latest figure; no change is taken across two vintages")
    latest_told: str = text("The latest figure in one sentence")
    counterpart: str = text("The claim of A/RES/80/173 on the same quantity; missing where there is none")
    counterpart_statement: str = text("That statement in our words")
    counterpart_figure: float = number("The figure it states")

    class Config:
        unique = ["claim"]


@table(
    "crosswalk",
    Layer.CLAIMS,
    made_by="registries.crosswalk.crosswalk_table",
    summary="Which paragraph, action line, SDG indicator and indicator belong together, and whether the tie is official or our proposal.",
    see_also=("paragraphs", "action_lines", "indicators"),
)
class Crosswalk(Table):
    """One row: one paragraph, action line, indicator and breakdown that speak of the same."""

    paragraph: int = number("Paragraph of A/RES/80/173", needed=True, ge=1)
    action_line: str = pa.Field(description="Action line of the World Summit", str_matches=r"^C([1-6]|7 e-[a-z]+|8|9|10|11)$")
    indicator: str = required_text("Name of the indicator")
    breakdown: str = text("The breakdown of it that is meant", among=("all", "sex", "locality", "age"))
    sdg_indicator: str = pa.Field(
        description="Indicator of the 2030 Agenda it reports on; missing if none",
        nullable=True,
        str_matches=r"^\d{1,2}\.[0-9a-d]{1,2}\.\d{1,2}$",
    )
    core_list: str = text(
        "Code in the core list of the Partnership on Measuring ICT for Development; of these only HH6 and HH18 were checked"
    )
    paragraph_tie: str = text("Who ties the indicator to the paragraph", among=TIES)
    sdg_tie: str = pa.Field(description="Who ties the indicator to the SDG indicator; missing without one", nullable=True, isin=list(TIES))
    action_line_tie: str = text("Who ties the action line to it, by the target of its SDG indicator", among=TIES)
    basis: str = required_text("Who makes each of these ties")

    class Config:
        unique = ["paragraph", "action_line", "indicator", "breakdown"]


@table(
    "paragraphs",
    Layer.CLAIMS,
    made_by="registries.crosswalk.paragraphs_table",
    summary="The paragraphs of the resolution, with their statements and indicators, or the reason why they have none.",
    see_also=("claims", "crosswalk", "unmeasured_topics"),
)
class Paragraphs(Table):
    """One row: one paragraph of A/RES/80/173 that the project speaks to."""

    paragraph: int = number("Number of the paragraph", needed=True, ge=1)
    resolution: str = required_text("Symbol of the resolution")
    says: str = required_text("What it says, in our words")
    known_from: str = text("Wording: its words were read. Topic: only what it is about was read", among=("wording", "topic"))
    claims: str = text("Its measurable statements, parted by commas; missing if there are none")
    indicators: str = text("Indicators that speak to it, parted by commas")
    reason: str = text("Why no indicator speaks to it; missing where one does")

    class Config:
        unique = ["paragraph"]


@table(
    "action_lines",
    Layer.CLAIMS,
    made_by="registries.crosswalk.action_lines_table",
    summary="The action lines of the World Summit on the Information Society, with their indicators, or the reason why they have none.",
    see_also=("crosswalk", "indicators"),
)
class ActionLines(Table):
    """One row: one action line of the World Summit on the Information Society."""

    action_line: str = required_text("Its code; C7 has eight")
    title: str = required_text("What it is about")
    sdg_targets: str = required_text(
        "Targets or goals of the 2030 Agenda that the WSIS-SDG matrix ties it to, as reported by others, parted by commas"
    )
    indicators: str = text("Indicators that speak to it, parted by commas")
    reason: str = text("Why no indicator speaks to it; missing where one does")

    class Config:
        unique = ["action_line"]


@table(
    "unmeasured_topics",
    Layer.CLAIMS,
    made_by="claims.unmeasured_topics.unmeasured",
    summary="Topics of the resolution that no stored figure measures by economy, and who publishes figures on them.",
    see_also=("paragraphs", "indicator_review"),
)
class UnmeasuredTopics(Table):
    """One row: one topic of the resolution that the figures which come with the project do not measure economy by economy."""

    name: str = required_text("Name of the topic")
    topic: str = required_text("The topic")
    paragraphs: str = required_text("Paragraphs of A/RES/80/173 that speak of it, parted by commas")
    why: str = required_text("Why it is not measured")
    measured_by: str = required_text("The indicator that would measure it")
    sdg_indicator: str = text("Its code in the 2030 Agenda; missing if it has none")
    core_list: str = text("Its code in the core list of the Partnership on Measuring ICT for Development; missing if it has none")
    publisher: str = required_text("Who publishes it, or would have to")
    doors: str = text("Sources of ours that could bring it, with their series; missing if none could")
    indicators: str = text("Indicators of the catalogue it is held as, parted by commas; missing where it cannot be held")
    breakdown: str = text("The values of the breakdown, one of which is enough, parted by commas; missing: any")
    status: str = text("Whether a value of any economy is held", among=("held", "not held"))
    economies: int = number("Economies with a value of any year", needed=True, ge=0)
    newest_year: float = number("Newest year with a value; missing if there is none")

    class Config:
        unique = ["name"]


@table(
    "calendar",
    Layer.CLAIMS,
    made_by="registries.crosswalk.calendar_table",
    summary="What the resolution asks for, from which body, and by when.",
    see_also=("paragraphs",),
)
class Calendar(Table):
    """One row: one thing that A/RES/80/173 asks for, or one review it names."""

    paragraph: int = number("Paragraph that asks for it", needed=True, ge=1)
    asked: str = required_text("What is asked, in our words")
    of_whom: str = text("Of whom; missing where it is not known to us")
    reported_to: str = text("To whom it is reported; missing where it is not known to us")
    due: str = required_text("When it is due, as it is stated")
    due_year: float = number("The year of that; missing where it recurs")

    class Config:
        unique = ["paragraph", "asked"]


@table(
    "claim_identities",
    Layer.CLAIMS,
    made_by="claims.resolution.identities_tried",
    summary="Each statement compared with what the others imply for the same quantity, step by step.",
    see_also=("claim_conflicts", "claims"),
)
class ClaimIdentities(Table):
    """One row: one statement of a resolution held against what others of it imply for the same quantity."""

    resolution: str = required_text("Symbol of the resolution")
    quantity: str = required_text("The common quantity: indicator, area, year, and the people it is of")
    kind: str = text("How the two are tied", among=KINDS_OF_IDENTITY)
    claim_a: str = required_text("The one statement, or those that imply it together, joined by ' + '")
    claim_b: str = text("The other; missing where the one is held against what is known from elsewhere, such as the urban share")
    identity: str = required_text("The identity that ties them")
    steps: str = required_text("Every step from the words to the two intervals")
    interval_a: str = required_text("What the one says of the common quantity")
    interval_b: str = required_text("What the other says of it")
    overlap: str = text("The values that both allow; missing if there are none")
    result: str = text(
        "Conflict: no value is allowed by both. Too coarse: what is implied leaves room for every value of the other. Possible: else",
        among=RESULTS_OF_IDENTITY,
    )
    gap: float = number("Distance between the two intervals, in the unit of the quantity", needed=True, ge=0)
    explanation: str = required_text("The result in one sentence")

    class Config:
        unique = ["resolution", "quantity", "claim_a", "claim_b", "identity"]
