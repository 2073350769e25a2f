"""The sections on what is not known, and on what the newest vintage changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicators.contracts.vocabulary import ALL, AreaKind
from pipelines.publication.areas.cells import area_cell, indicator_cell, last_value_cell
from pipelines.publication.areas.profile import HEADLINE, AreaProfile
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.documents.model import Block, Column, Kind, Paragraph, Row, Section, Span, Table, words
from pipelines.publication.drawings.strip_chart import RECENT_YEARS
from pipelines.publication.number_format import format_derived, format_population, format_value
from pipelines.publication.rows.figures import DataGap, Revision
from pipelines.publication.rows.vintages import vintage_of
from pipelines.publication.tables import rows_by

#: A sentence has room for so many names.
MOST_NAMES = 12

_TITLE = "What we do not know"
_POINTS = "ranked by how many points each would take off the uncertainty of the world and group figures"


def missing_values(area: AreaProfile, context: SiteContext) -> Section:
    """Return the values of an economy that are missing or old; a brief has a row an indicator, the page one a value."""
    gaps = area.data_gaps
    if not gaps:
        none = Paragraph(words("No missing value of it adds to the uncertainty of a group."), in_brief=False)
        return Section("missing", _TITLE, (*_sentences(area, context), none))
    rows = tuple(
        Row(
            (
                indicator_cell(gap.indicator, context, gap),
                last_value_cell(gap, context.indicators[gap.indicator].unit),
                words(format_value(gap.bounds_shrink_by, "ratio")),
                words(str(gap.rank)),
            ),
            vintage_of(gap.source, gap.vintage),
        )
        for gap in gaps
    )
    columns = (Column("Indicator"), Column("Last value"), Column("Points", Kind.NUMBER), Column("Rank among all gaps", Kind.NUMBER))
    each = Table("missing", f"Missing or outdated values, {_POINTS}.", columns, rows, in_brief=False)
    return Section("missing", _TITLE, (*_sentences(area, context), each, _by_indicator(gaps, context)))


def missing_values_of_members(area: AreaProfile, context: SiteContext) -> Section:
    """Return of which members of a group values are missing or old."""
    blocks = _sentences(area, context)
    if area.member_gaps:
        rows = tuple(
            Row(
                (
                    area_cell(gap.iso3, context),
                    indicator_cell(gap.indicator, context, gap),
                    last_value_cell(gap, context.indicators[gap.indicator].unit),
                    words(format_value(gap.bounds_shrink_by, "ratio")),
                    words(str(gap.rank)),
                ),
                vintage_of(gap.source, gap.vintage),
            )
            for gap in area.member_gaps
        )
        columns = (
            Column("Economy"),
            Column("Indicator"),
            Column("Last value"),
            Column("Points", Kind.NUMBER),
            Column("Rank among all gaps", Kind.NUMBER),
        )
        table = Table("silent", f"Missing or outdated values of its members, {_POINTS}.", columns, rows, in_brief=False)
        register = Paragraph(words(Span("The register of data gaps", link="data-gaps.html")), in_brief=False)
        blocks = (*blocks, table, register)
    return Section("silent", _TITLE, blocks)


def revisions(area: AreaProfile, context: SiteContext) -> Section | None:
    """Return the numbers that the newest vintage changed; None without any."""
    if not area.revisions:
        return None
    by_weight = sorted((row for row in area.revisions if row.kind != "new"), key=_revision_weight)
    priority = {id(row): place for place, row in enumerate(by_weight)}
    rows = []
    for row in area.revisions:
        unit = context.indicators[row.indicator].unit
        after = "withdrawn" if row.kind == "withdrawn" else format_value(row.value_to, unit)
        before, _ = row.vintages
        cells = (
            indicator_cell(row.indicator, context, row),
            words(str(row.year)),
            words(format_value(row.value_from, unit)),
            words(after),
            words(f"{before.name} to {row.vintage_to}"),
        )
        rows.append(Row(cells, frozenset(row.vintages), priority.get(id(row))))
    columns = (
        Column("Indicator", share=1),
        Column("Year"),
        Column("Before", Kind.NUMBER),
        Column("After", Kind.NUMBER),
        Column("Vintages", is_unbroken=True),
    )
    caption = "Numbers that differ from the vintage before. These are revisions, not progress."
    # Values that are only new change no other: a page without another has the table, and a brief has none.
    table = Table("revisions", caption, columns, tuple(rows), ("number", "numbers"), in_brief=bool(by_weight))
    return Section("revisions", "What the newest vintage changed", (table,))


def _revision_weight(row: Revision) -> tuple[bool, bool, float]:
    """Return the sort key of a revision in a brief: Internet use first, then what was withdrawn, then the largest change."""
    return row.indicator != HEADLINE, row.kind != "withdrawn", -abs(row.change or 0)


def _by_indicator(gaps: Sequence[DataGap], context: SiteContext) -> Table:
    """Return the gaps of an economy, those of an indicator in one row, the one that would reduce uncertainty most first."""
    rows = []
    for indicator, of_indicator in rows_by(gaps, lambda gap: gap.indicator).items():
        unit = context.indicators[indicator].sign
        total_first = sorted(of_indicator, key=lambda gap: not gap.is_total)
        values = "; ".join((format_population(gap) or "total") + _last_value(gap, unit) for gap in total_first)
        most = max((gap.bounds_shrink_by for gap in of_indicator if gap.bounds_shrink_by is not None), default=None)
        vintages = frozenset(vintage for gap in of_indicator for vintage in vintage_of(gap.source, gap.vintage))
        rows.append(Row((indicator_cell(indicator, context), words(values), words(format_value(most, "ratio"))), vintages))
    columns = (Column("Indicator", share=1), Column("Missing or outdated", share=1), Column("Points", Kind.NUMBER))
    caption = (
        "Missing or outdated values. Points: how much the most useful value of the row would narrow the bounds of the world and of its "
        "groups, added up."
    )
    return Table("missing-by-indicator", caption, columns, tuple(rows), ("indicator", "indicators"), in_page=False)


def _last_value(gap: DataGap, unit: str) -> str:
    """Return the last value of what is old, in brackets; nothing for what never had a value."""
    return f" (last {format_derived(gap.last_value, unit)}, {gap.last_year})" if gap.last_year else ""


def _sentences(area: AreaProfile, context: SiteContext) -> tuple[Block, ...]:
    """Return what is not known in sentences: indicators, sides of the divide, members."""
    with_value = len({row.indicator for row in area.figures})
    count = f"{with_value} of the" if with_value else "No indicator of the"
    have = "have" if with_value > 1 else "has"
    sentences = [f"{count} {len(context.indicators)}{' indicators' if with_value else ''} in the catalogue {have} a value."]
    sentences += _unknown_sides(area)
    sentences += [] if area.is_economy else _unknown_members(area, context)
    return tuple(Paragraph(words(sentence)) for sentence in sentences)


def _unknown_sides(area: AreaProfile) -> Iterator[str]:
    """Say between which people the difference in Internet use is not known."""
    of_use = [row for row in area.figures if row.indicator == HEADLINE]
    pairs = [
        "between women and men" if all(row.sex == ALL for row in of_use) else "",
        "between urban and rural areas" if all(row.locality == ALL for row in of_use) else "",
    ]
    if unknown := " or ".join(pair for pair in pairs if pair):
        yield f"We do not know how Internet use differs {unknown}."


def _unknown_members(area: AreaProfile, context: SiteContext) -> list[str]:
    """Say of which members Internet use is not known, or only from long ago."""
    if not area.members:
        return ["We have no list of its members, so nothing can be computed from their values."]
    newest = max((row.year for row in context.figures.get(HEADLINE, []) if row.area_kind == AreaKind.ECONOMY), default=0)
    last_old = newest - RECENT_YEARS
    uses = [(member.name, context.internet_use.get(member.iso3)) for member in area.members]
    without = [name for name, use in uses if not use]
    old = [f"{name} ({use.year})" for name, use in uses if use and use.year <= last_old]
    sentences = [f"For {len(without)} of {len(uses)} members there is no figure of Internet use: {_some(without)}."] if without else []
    sentences += [f"For {len(old)} of {len(uses)} members the newest figure is from {last_old} or before: {_some(old)}."] if old else []
    return sentences or [f"All {len(uses)} members have a figure of Internet use newer than {last_old}."]


def _some(names: Sequence[str]) -> str:
    """Return names in a row, no more than a sentence has room for."""
    beyond = len(names) - MOST_NAMES
    return "; ".join(names) if beyond <= 0 else f"{'; '.join(names[:MOST_NAMES])}; and {beyond} more"
