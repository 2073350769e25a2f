"""The page of each paragraph, their list, and three related pages: calendar, topics not measured, the earlier resolution."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.contracts.vocabulary import Basis
from indicators.registries.sources import by_age, with_age
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.drawings.verdict_history_chart import VerdictHistoryChart, verdict_history_chart
from pipelines.publication.page_citation import origin
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.resolution import (
    CalendarEntry,
    Claim,
    ClaimIdentity,
    EarlierStatement,
    Paragraph,
    Tie,
    UnmeasuredTopic,
    Verdict,
)
from pipelines.publication.site.environment import render
from pipelines.publication.site.statements import Statement, claim_names, statements
from pipelines.publication.tables import Tables, rows_by, typed_rows

#: A paragraph's ties to indicators and breakdowns; the table repeats a tie for each action line.
TIE_KEY = ["paragraph", "indicator", "breakdown"]


@dataclass(frozen=True)
class StatementSection:
    """A statement on the page of its paragraph: with the verdict of each vintage, and their drawing."""

    statement: Statement
    vintages: Sequence[Verdict]
    history: VerdictHistoryChart | None


@dataclass(frozen=True)
class Implication:
    """What statements imply for each other."""

    identity: ClaimIdentity
    one: Sequence[str]
    others: Sequence[str]
    steps: Sequence[str]


@dataclass(frozen=True)
class ListedParagraph:
    """A paragraph of the list, with its statements."""

    paragraph: Paragraph
    statements: Sequence[Statement]


def pages(tables: Tables, context: SiteContext, info: PublicationInfo) -> Iterator[tuple[str, str]]:
    """Give the address and text of each page.

    Args:
        tables: The published tables; used are paragraphs, claims, verdicts, editions, claim_identities, crosswalk, calendar,
            unmeasured_topics and earlier_resolution.
        context: What pages share.
        info: The publication.
    """
    judged, by_vintage = statements(tables), _verdicts_by_vintage(tables)
    claims = {row.claim.claim: row.claim for row in judged}
    implications = _implications(tables, claims)
    ties = typed_rows(tables.read("crosswalk").drop_duplicates(TIE_KEY), Tie)
    calendar = typed_rows(tables.read("calendar"), CalendarEntry)
    topics = typed_rows(tables.read("unmeasured_topics"), UnmeasuredTopic)
    earlier = typed_rows(tables.read("earlier_resolution"), EarlierStatement)
    paragraphs = typed_rows(tables.read("paragraphs").sort_values("paragraph"), Paragraph)
    adopted = dt.date.fromisoformat(next(iter(claims.values())).adopted)
    for place, paragraph in enumerate(paragraphs):
        number = paragraph.paragraph
        sections = [_section(row, by_vintage) for row in judged if row.claim.paragraph == number]
        names = {row.statement.claim.claim for row in sections}
        yield (
            f"paragraphs/{number}.html",
            render(
                "paragraph.html",
                f"paragraphs/{number}.html",
                info,
                cite=f"Paragraph {number} of {paragraph.resolution}: statements, verdicts and indicators",
                made_from=origin((verdict.made_from for row in sections for verdict in row.vintages), context.sources),
                paragraph=paragraph,
                adopted=adopted,
                previous=paragraphs[place - 1].paragraph if place else None,
                next=paragraphs[place + 1].paragraph if place + 1 < len(paragraphs) else None,
                sections=sections,
                claims=claims,
                implications=[row for row in implications if names & {*row.one, *row.others}],
                ties=[row for row in ties if row.paragraph == number and row.indicator in context.indicators],
                indicators=context.indicators,
                areas_with_value={name: len({row.area for row in rows}) for name, rows in context.figures.items()},
                calendar=[row for row in calendar if row.paragraph == number],
                topics=[row for row in topics if str(number) in row.paragraphs.split(", ")],
                earlier=[row for row in earlier if row.counterpart in names],
            ),
        )
    listed = [ListedParagraph(row, [one for one in judged if one.claim.paragraph == row.paragraph]) for row in paragraphs]
    yield "paragraphs/index.html", render("paragraphs.html", "paragraphs/index.html", info, listed=listed, adopted=adopted)
    dated = sorted(calendar, key=lambda row: (row.due_year is None, row.due_year or 0, row.paragraph))
    yield "paragraphs/calendar.html", render("calendar.html", "paragraphs/calendar.html", info, calendar=dated)
    address = "paragraphs/unmeasured_topics.html"
    sources = {row.name: _possible_sources(row, context) for row in topics}
    yield address, render("unmeasured_topics.html", address, info, topics=topics, possible_sources=sources, indicators=context.indicators)
    address = "paragraphs/earlier-resolution.html"
    yield address, render("earlier_resolution.html", address, info, earlier=earlier, claims=claims)


def _possible_sources(topic: UnmeasuredTopic, context: SiteContext) -> str | None:
    """Return the sources that could bring a topic, by their titles."""
    if topic.connectors is None:
        return None
    return re.sub(
        r"[a-z0-9]+(?:-[a-z0-9]+)+",
        lambda name: context.sources[name[0]].title if name[0] in context.sources else name[0],
        topic.connectors,
    )


def _section(statement: Statement, by_vintage: dict[str, list[Verdict]]) -> StatementSection:
    verdicts = by_vintage.get(statement.claim.claim, [])
    return StatementSection(statement, verdicts, verdict_history_chart(statement.claim, verdicts))


def _implications(tables: Tables, claims: Mapping[str, Claim]) -> list[Implication]:
    """Return what the claims imply for each other, conflicts first."""
    implications = []
    for row in sorted(typed_rows(tables.read("claim_identities"), ClaimIdentity), key=lambda row: row.result):
        one, others = claim_names(row.claim_a), claim_names(row.claim_b)
        if {*one, *others} <= set(claims):
            implications.append(Implication(row, one, others, [_with_wording(step, claims) for step in row.steps.split("; ")]))
    return implications


def _with_wording(step: str, claims: Mapping[str, Claim]) -> str:
    """Return a step with the wording of a claim, and its paragraph, in place of its name."""

    def wording(match: re.Match[str]) -> str:
        claim = claims.get(match[0])
        return f"“{claim.wording}” (paragraph {claim.paragraph})" if claim else match[0]

    return re.sub(r"[a-z0-9]+(?:-[a-z0-9]+)+", wording, step)


def _verdicts_by_vintage(tables: Tables) -> dict[str, list[Verdict]]:
    """Return the published verdicts of each claim by the age of their vintage, each vintage once."""
    verdicts = tables.read("verdicts")
    published = verdicts[verdicts["basis"] == Basis.PUBLISHED]
    once = with_age(published.drop_duplicates(["claim", "source", "vintage"]), tables.read("editions"))
    return rows_by(typed_rows(by_age(once), Verdict), lambda row: row.claim)
