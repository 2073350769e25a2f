"""Contracts of the tables on the resolution: statements, verdicts, and how paragraphs correspond to indicators."""

from __future__ import annotations

from indicators.contracts import columns
from indicators.contracts.declarations import Layer, table
from indicators.contracts.fields import Table, code, count, number, required_text, text, word
from indicators.contracts.vocabulary import (
    Basis,
    Breakdown,
    ClaimMeasure,
    IdentityKind,
    IdentityResult,
    Moment,
    ParagraphBasis,
    TopicStatus,
    Verdict,
)

_MARGIN = "Distance of the figure from the nearest end of the interval, negative outside the interval, in the unit of the statement"


@table(
    "claims",
    Layer.CLAIMS,
    made_by="registries.resolution.claims_table",
    summary="The measurable statements of resolution A/RES/80/173, with the interval that their words stand for.",
    details='"Almost 85 per cent" is [84, 85). The Methods page lists the words and their intervals.',
    see_also=("verdicts", "claim_conflicts", "paragraphs"),
)
class Claims(Table):
    """One row: one measurable statement of the resolution, in one reading."""

    claim: str = columns.claim()
    resolution: str = columns.resolution()
    adopted: str = columns.adopted()
    paragraph: int = columns.paragraph()
    statement: str = columns.statement()
    wording: str = columns.wording()
    reading: str = columns.reading()
    reading_of: str = text("Name of the statement of which this is a second reading; counts of statements leave second readings out")
    figure: float = columns.figure()
    lower: float = number("Lower end of the interval the words stand for; missing: no lower end")
    upper: float = number("Upper end of the interval the words stand for; missing: no upper end")
    interval: str = columns.interval()
    unit: str = required_text("Unit of the figure, of the interval and of the values it is compared with")
    measure: str = word("What is compared: the value, 100 less the value, the ratio of two areas, or a count of economies", ClaimMeasure)
    indicator: str = columns.indicator()
    area: str = columns.area()
    compared_with: str = text("Area by which the value is divided, where the statement is a ratio")
    year: int = columns.year(meaning="Calendar year the statement is about")
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    source: str = required_text("Source from which the figure was taken")
    vintage_of_record: str = required_text("Newest vintage of that source at the time of adoption")
    reviewed: str = word("Verdict at adoption that a person has reviewed", Verdict)

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
    """One row: one statement compared with one vintage, on one basis."""

    claim: str = columns.claim()
    moment: str = word("Vintage of record (at adoption), newest vintage (now), or another vintage (history)", Moment)
    basis: str = word("Whether the statement is compared with a published figure, or with one computed here from economies", Basis)
    source: str = required_text("Source of the evidence")
    vintage: str = required_text("Vintage of the evidence")
    published: str = text("Date on which the publisher issued the vintage: ISO day, month or year; missing if we do not hold the vintage")
    year: int = columns.year(meaning="Year of the evidence: that of the statement; under history the newest year the vintage has")
    value: float = number("Figure found, in the unit of the statement; missing if there is none")
    lower: float = number("Lowest true value the evidence allows, in the unit of the statement")
    upper: float = number("Highest true value the evidence allows, in the unit of the statement")
    verdict: str = columns.verdict()
    margin: float = number(_MARGIN)
    flags: str = text("Cautions, separated by semicolons: definition differs, reported by others, estimate, own estimate")
    changed_from: str = word("Verdict on the vintage before, on the same basis, if it was different", Verdict, required=False)
    change: str = text("What changed between the two vintages, in one sentence; missing if the verdict is the same")
    explanation: str = required_text("The verdict in one sentence")

    class Config:
        unique = ["claim", "moment", "basis", "source", "vintage"]


@table(
    "claim_conflicts",
    Layer.CLAIMS,
    made_by="claims.identities.conflicts",
    summary="Statements of the resolution that contradict each other, and by how much.",
    see_also=("claim_identities", "claims"),
)
class ClaimConflicts(Table):
    """One row: two sets of statements of the resolution that cannot both hold."""

    claim_a: str = required_text("The first statement")
    claim_b: str = required_text("The second statement, or the statements that together imply it, joined by ' + '")
    identity: str = required_text("Identity that relates the two")
    interval_a: str = required_text("Interval of the common quantity that the first states")
    interval_b: str = required_text("Interval of the common quantity that the second implies")
    gap: float = number("Distance between the two intervals, in the unit of the quantity", required=True, ge=0)
    explanation: str = required_text("The conflict in one sentence")

    class Config:
        unique = ["claim_a", "claim_b", "identity"]


@table(
    "claim_identities",
    Layer.CLAIMS,
    made_by="claims.identities.compare_statements",
    summary="Each statement compared with what the others imply for the same quantity, step by step.",
    see_also=("claim_conflicts", "claims"),
)
class ClaimIdentities(Table):
    """One row: one statement of a resolution compared with what other statements imply for the same quantity."""

    resolution: str = columns.resolution()
    quantity: str = required_text("Common quantity: indicator, area, year, and the people counted")
    kind: str = word("How the two are related", IdentityKind)
    claim_a: str = required_text("The first statement, or the statements that together imply it, joined by ' + '")
    claim_b: str = text("The second statement; missing where the first is compared with a known quantity, such as the urban share")
    identity: str = required_text("Identity that relates the two")
    steps: str = required_text("Every step from the words to the two intervals")
    interval_a: str = required_text("Interval of the common quantity that the first states or implies")
    interval_b: str = required_text("Interval of the common quantity that the second states or implies")
    overlap: str = text("Values that both allow; missing if there are none")
    result: str = word(
        "Conflict: no value fits both; too coarse: the implied interval contains the other; possible: otherwise",
        IdentityResult,
    )
    gap: float = number("Distance between the two intervals, in the unit of the quantity", required=True, ge=0)
    explanation: str = required_text("The result in one sentence")

    class Config:
        unique = ["resolution", "quantity", "claim_a", "claim_b", "identity"]


@table(
    "earlier_resolution",
    Layer.CLAIMS,
    made_by="claims.earlier_resolution.earlier_resolution",
    summary="The statements of A/RES/70/125, ten years earlier: as stated, as that year is known now, and today.",
    details="In the unit of the claim. The edition available in 2015 is not stored, so nothing is said about what was known then.",
    see_also=("claims", "verdicts"),
)
class EarlierResolution(Table):
    """One row: one statement of the resolution of 2015, with its figure in the newest vintage and the latest figure."""

    claim: str = columns.claim()
    resolution: str = columns.resolution()
    adopted: str = columns.adopted()
    paragraph: int = columns.paragraph()
    statement: str = columns.statement()
    wording: str = columns.wording()
    reading: str = columns.reading()
    figure: float = columns.figure()
    lower: float = number("Lower end of the interval the words stand for; missing: no lower end")
    upper: float = number("Upper end of the interval the words stand for; missing: no upper end")
    interval: str = columns.interval()
    unit: str = required_text("Unit of the figures")
    measure: str = word("What is compared: the value, or 100 less the value", (ClaimMeasure.VALUE, ClaimMeasure.COMPLEMENT))
    indicator: str = columns.indicator()
    area: str = columns.area()
    sex: str = columns.sex()
    locality: str = columns.locality()
    age: str = columns.age()
    year: int = columns.year(meaning="Calendar year the statement is about")
    value: float = number("Figure for that year in the newest vintage that has it, in the unit of the statement; missing if none has it")
    source: str = text("Source of that figure")
    vintage: str = text("Vintage of that figure")
    published: str = columns.published()
    margin: float = number(_MARGIN)
    verdict: str = columns.verdict(
        meaning="Verdict on that figure; the vintage of 2015 is not available, so there is no verdict at adoption"
    )
    explanation: str = required_text("The verdict in one sentence")
    why: str = text("Why there is no figure, and who publishes it; missing where there is one")
    latest: float = number("Figure of the newest year, in the unit of the statement; missing if there is none")
    latest_year: float = number("Calendar year of the latest figure")
    latest_source: str = text("Source of the latest figure")
    latest_vintage: str = text("Vintage of the latest figure; do not subtract figures of two vintages")
    latest_summary: str = text("The latest figure in one sentence")
    counterpart: str = text("Name of the statement of A/RES/80/173 on the same quantity; missing where there is none")
    counterpart_statement: str = text("That statement in our words")
    counterpart_figure: float = number("Figure it states")

    class Config:
        unique = ["claim"]


@table(
    "crosswalk",
    Layer.CLAIMS,
    made_by="claims.crosswalk.crosswalk_table",
    summary="Which paragraph, action line, SDG indicator and indicator belong together, and whether the tie is official or our proposal.",
    see_also=("paragraphs", "action_lines", "indicators"),
)
class Crosswalk(Table):
    """One row: one paragraph, action line, indicator and breakdown that are about the same subject."""

    paragraph: int = columns.paragraph(meaning="Paragraph of A/RES/80/173")
    action_line: str = code("Action line of the World Summit on the Information Society", r"^C([1-6]|7 e-[a-z]+|8|9|10|11)$")
    indicator: str = columns.indicator()
    breakdown: str = word("Breakdown of the indicator that is meant; all: the total", Breakdown)
    sdg_indicator: str = code(
        "Indicator of the 2030 Agenda that it reports on; missing if none", r"^\d{1,2}\.[0-9a-d]{1,2}\.\d{1,2}$", required=False
    )
    core_list: str = text("Code in the core list of the Partnership on Measuring ICT for Development; only HH6 and HH18 were checked")
    paragraph_tie: str = columns.tie(meaning="Who relates the indicator to the paragraph: an official document, or this project (proposed)")
    sdg_tie: str = columns.tie(meaning="Who relates the indicator to the SDG indicator; missing if there is none", required=False)
    action_line_tie: str = columns.tie(meaning="Who relates the action line to the indicator, by the target of its SDG indicator")
    basis: str = required_text("Reason for each of these relations")

    class Config:
        unique = ["paragraph", "action_line", "indicator", "breakdown"]


@table(
    "paragraphs",
    Layer.CLAIMS,
    made_by="claims.crosswalk.paragraphs_table",
    summary="The paragraphs of the resolution, with their statements and indicators, or the reason why they have none.",
    see_also=("claims", "crosswalk", "unmeasured_topics"),
)
class Paragraphs(Table):
    """One row: one paragraph of A/RES/80/173 that the project covers."""

    paragraph: int = columns.paragraph()
    resolution: str = columns.resolution()
    summary: str = required_text("What the paragraph says, in our words")
    based_on: str = word("Whether the summary is based on the wording of the paragraph, or only on its topic", ParagraphBasis)
    claims: str = text("Names of its measurable statements, comma-separated; missing if there are none")
    indicators: str = text("Indicators on its subject, comma-separated; missing if there are none")
    reason: str = text("Why it has no indicator; missing if it has one")

    class Config:
        unique = ["paragraph"]


@table(
    "action_lines",
    Layer.CLAIMS,
    made_by="claims.crosswalk.action_lines_table",
    summary="The action lines of the World Summit on the Information Society, with their indicators, or the reason why they have none.",
    see_also=("crosswalk", "indicators"),
)
class ActionLines(Table):
    """One row: one action line of the World Summit on the Information Society."""

    action_line: str = required_text("Code of the action line; C7 has eight parts")
    title: str = required_text("Subject of the action line")
    sdg_targets: str = required_text(
        "Targets or goals of the 2030 Agenda that the WSIS-SDG matrix relates to it, as reported by others, comma-separated"
    )
    indicators: str = text("Indicators on its subject, comma-separated; missing if there are none")
    reason: str = text("Why it has no indicator; missing if it has one")

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
    """One row: one topic of the resolution for which the figures supplied with the project have no value of an economy."""

    name: str = required_text("Name of the row")
    topic: str = required_text("The topic, in our words")
    paragraphs: str = required_text("Paragraphs of A/RES/80/173 on the topic, comma-separated")
    why: str = required_text("Why the topic is not measured")
    measured_by: str = required_text("Indicator that would measure the topic")
    sdg_indicator: str = text("Code of that indicator in the 2030 Agenda; missing if it has none")
    core_list: str = columns.core_list()
    publisher: str = required_text("Organisation that publishes the indicator, or that would have to")
    connectors: str = text("Sources with a connector that could supply it, with their series; missing if there are none")
    indicators: str = text("Indicators of the catalogue that would hold its values, comma-separated; missing if there are none")
    breakdown: str = text("Values of the breakdown, any one of which is enough, comma-separated; missing: any breakdown")
    status: str = word("Whether a value of any economy is held", TopicStatus)
    economies: int = count("Number of economies with a value for any year")
    newest_year: float = number("Newest calendar year with a value of an economy; missing if there is none")

    class Config:
        unique = ["name"]


@table(
    "calendar",
    Layer.CLAIMS,
    made_by="claims.crosswalk.calendar_table",
    summary="What the resolution asks for, from which body, and by when.",
    see_also=("paragraphs",),
)
class Calendar(Table):
    """One row: one request that A/RES/80/173 makes, or one review that it names."""

    paragraph: int = columns.paragraph(meaning="Paragraph of A/RES/80/173 that makes the request")
    request: str = required_text("What is requested, in our words")
    addressee: str = text("Who is requested to do it; missing where we do not know")
    reported_to: str = text("Who receives the report; missing where we do not know")
    due: str = required_text("When it is due, as the resolution states it")
    due_year: float = number("Calendar year in which it is due; missing where it recurs")

    class Config:
        unique = ["paragraph", "request"]
