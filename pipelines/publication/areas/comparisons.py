"""The sections that compare: gaps within an area, years behind benchmarks, and the pace to the targets."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.contracts.vocabulary import ALL, Basis
from indicators.conventions import texts
from pipelines.publication.areas.cells import indicator_cell
from pipelines.publication.areas.profile import HEADLINE, AreaProfile
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.documents.model import Column, Kind, Paragraph, Row, Section, Span, Table, Tone, Words, words
from pipelines.publication.number_format import (
    MISSING,
    format_count,
    format_derived,
    format_distance,
    format_side,
    format_value,
    format_years,
)
from pipelines.publication.rows.figures import Target, TimeDistance
from pipelines.publication.rows.vintages import vintage_of
from pipelines.publication.tables import rows_by

#: The areas that all others are compared with.
BENCHMARKS = texts("benchmarks")


def gaps(area: AreaProfile, context: SiteContext) -> Section | None:
    """Return the newest gap of each kind: those of Internet use first, as published, and of all people; None without any."""
    if not area.gaps:
        return None
    rows = []
    for gap in sorted(area.gaps, key=lambda row: (row.indicator != HEADLINE, row.basis != Basis.PUBLISHED, row.among != ALL)):
        unit = context.indicators[gap.indicator].unit
        among = Span(f" ({gap.among})", Tone.QUIET) if gap.among != ALL else None
        cells = (
            words(f"{format_side(gap.side_a)} and {format_side(gap.side_b)}"),
            words(*indicator_cell(gap.indicator, context), among),
            words(str(gap.year)),
            words(format_value(gap.value_a, unit)),
            words(format_value(gap.value_b, unit)),
            words(format_value(gap.difference, "ratio")),
            words(format_value(gap.ratio, "ratio")),
            words(f"{gap.basis}, {gap.made_from.name}"),
        )
        rows.append(Row(cells, frozenset({gap.made_from})))
    columns = (
        Column("Groups", share=1),
        Column("Indicator", share=1.5),
        Column("Year"),
        Column("First", Kind.NUMBER),
        Column("Second", Kind.NUMBER),
        Column("Points", Kind.NUMBER),
        Column("Ratio", Kind.NUMBER),
        Column("Basis"),
    )
    caption = "The newest gap of each kind, in points and as a ratio: one can grow while the other shrinks."
    return Section("gaps", "Gaps within", (Table("gaps", caption, columns, tuple(rows), ("gap", "gaps")),))


def years_behind(area: AreaProfile, context: SiteContext) -> Section | None:
    """Return how many years an area is behind each benchmark, an indicator a row; None where no indicator can be compared."""
    if not area.time_distances:
        return None
    benchmarks = [code for code in BENCHMARKS if code in context.titles and code != area.code]
    rows = []
    for indicator, distances in rows_by(area.time_distances, lambda row: row.indicator).items():
        level, by_benchmark = distances[0], {row.benchmark: row for row in distances}
        value = format_derived(level.value, context.indicators[indicator].unit)
        cells = (
            # A brief has no room for columns of year and value.
            words(*indicator_cell(indicator, context), Span("", short=f", {value} in {level.year}")),
            words(str(level.year)),
            words(value),
            *(_distance_cell(by_benchmark.get(code)) for code in benchmarks),
        )
        rows.append(Row(cells, frozenset(row.made_from for row in distances), int(indicator != HEADLINE)))
    columns = (
        Column("Indicator", share=1),
        Column("Year", in_brief=False),
        Column("Value", Kind.NUMBER, in_brief=False),
        *(Column(f"Behind {'the world' if code == 'world' else context.titles[code].lower()}", share=0.6) for code in benchmarks),
    )
    caption = (
        "Years since each benchmark was at this level. “At least” means that the series of the benchmark begins too late to know more."
    )
    return Section("behind", "Years behind", (Table("behind", caption, columns, tuple(rows), ("indicator", "indicators")),))


def pace(area: AreaProfile, context: SiteContext) -> Section:
    """Return the pace to each target that can be judged, and which cannot."""
    blocks: list[Table | Paragraph] = []
    if area.targets:
        columns = (
            Column("Target", share=1),
            Column("By"),
            Column("Now", Kind.NUMBER),
            Column("Target value", Kind.NUMBER),
            Column("Pace a year", Kind.NUMBER),
            Column("Pace needed", Kind.NUMBER),
            Column("Status"),
        )
        caption = "Targets that can be judged. The pace is the change a year over up to five years; it is no forecast."
        blocks.append(Table("pace", caption, columns, tuple(_target_row(row, context) for row in area.targets), ("target", "targets")))
    else:
        blocks.append(Paragraph(words("No target can be judged: there are too few values.")))
    if area.unjudged_targets:
        blocks.append(Paragraph(words(_unjudged(area.unjudged_targets, context)), is_note=True))
    return Section("pace", "Pace to the targets", tuple(blocks))


def _distance_cell(row: TimeDistance | None) -> Words:
    if row is None:
        return words(MISSING)
    if row.years_behind is not None:
        return words(format_years(row.years_behind))
    return words(Span(row.reason or MISSING, Tone.QUIET, short=format_distance(row)))


def _target_row(row: Target, context: SiteContext) -> Row:
    unit = context.indicators[row.indicator].sign
    set_by = Span(f" {row.set_by} ({row.set_status})", Tone.SMALL, short=f" ({row.target_set})")
    cells = (
        words(row.statement, set_by),
        words(str(row.deadline)),
        words(format_derived(row.latest, unit), Span(f" ({row.year})", Tone.QUIET) if row.year else None),
        words(format_derived(row.required, unit)),
        words(format_value(row.pace, "ratio")),
        words(format_value(row.required_pace, "ratio")),
        words(Span(row.status, Tone.STATUS)),
    )
    return Row(cells, vintage_of(row.source, row.vintage))


def _unjudged(targets: Sequence[Target], context: SiteContext) -> str:
    titles = dict.fromkeys(context.indicators[row.indicator].title for row in targets)
    cannot = format_count(len(targets), "target cannot", "targets cannot")
    return f"{cannot} be judged because values are missing or too few: {'; '.join(titles)}."
