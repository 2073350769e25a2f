"""The sections on what is known: the newest figures, those computed from the members, our own estimates, and the members themselves."""

from __future__ import annotations

from indicators.contracts.vocabulary import ALL, Publishable
from indicators.measures.indicator_review import percent
from pipelines.publication.areas.cells import area_cell, bounds_cell, indicator_cell, nature_cell, quiet
from pipelines.publication.areas.profile import HEADLINE, AreaProfile
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.documents.model import Column, Kind, Paragraph, Row, Section, Span, Table, Tone, words
from pipelines.publication.drawings.line_chart import sparkline
from pipelines.publication.number_format import MISSING, format_observation, format_value
from pipelines.publication.page_citation import origin
from pipelines.publication.rows.figures import Figure


def newest_figures(area: AreaProfile, context: SiteContext) -> Section:
    """Return the newest figure of each indicator and breakdown: Internet use first, then in the order of the catalogue."""
    if not area.figures:
        return Section("known", "What we know", (Paragraph(words("No figure is published.")),))
    group = area.income_group
    has_rank = group is not None and any(row.place for row in area.figures)
    among = f" Rank among the {group.title.lower()} with a value from the five newest years." if group and has_rank else ""
    figures = sorted(area.figures, key=lambda row: (row.indicator != HEADLINE, context.order[row.indicator], *_all_people_first(row)))
    rows = []
    for row in figures:
        rank = words(f"{row.place} of {row.places}" if row.place else MISSING)
        series = area.series.get(row.indicator) if row.is_total else None
        cells = (
            indicator_cell(row.indicator, context, row, is_linked=True),
            words(format_observation(row)),
            words(str(row.year)),
            nature_cell(row.nature),
            *([rank] if has_rank else []),
            words(f"{row.first_year} ", sparkline(series.points) if series else None),
            words(row.made_from.name),
        )
        rows.append(Row(cells, frozenset({row.made_from}), _priority(row, context)))
    columns = (
        Column("Indicator", share=1),
        Column("Value", Kind.MAIN_NUMBER),
        Column("Year"),
        Column("Nature"),
        *([Column("Rank", Kind.NUMBER)] if has_rank else []),
        Column("Series since", in_brief=False, is_unbroken=True),
        Column("Source", is_unbroken=True),
    )
    table = Table("known", f"The newest value of each indicator.{among}", columns, tuple(rows), ("figure", "figures"))
    made_from = origin((row.made_from for row in area.figures), context.sources)
    licence = Span(f" ({made_from.licence})", Tone.QUIET) if made_from else None
    download = words("Download ", Span("all years as CSV", link=f"areas/{area.code}.csv"), licence)
    return Section("known", "What we know", (table, Paragraph(download, in_brief=False)))


def group_figures(area: AreaProfile, context: SiteContext) -> Section | None:
    """Return the figures of a group computed from its members, with their bounds; None without any."""
    if not area.group_figures:
        return None
    rows = []
    for row in sorted(area.group_figures, key=lambda row: row.indicator != HEADLINE):
        indicator = context.indicators[row.indicator]
        # The title says what a rate is counted in.
        unit = "ratio" if indicator.unit == "per 100 people" else indicator.sign
        cells = (
            indicator_cell(row.indicator, context, row),
            words(str(row.year)),
            bounds_cell(row.lower, row.upper, unit),
            words(format_value(row.carried, unit)),
            words(format_value(row.renormalised, unit)),
            words(format_value(100 * row.coverage, "%")),
            words(row.made_from.name),
        )
        rows.append(Row(cells, frozenset({row.made_from})))
    columns = (
        Column("Indicator", share=1),
        Column("Year"),
        Column("Bounds", share=0.9),
        Column("Older values carried forward", Kind.NUMBER),
        Column("Reporting members only", Kind.NUMBER, in_brief=False),
        Column("People reporting", Kind.NUMBER),
        Column("Vintage"),
    )
    caption = (
        "The newest year in which members with two thirds of the people report, by the newest list of members. The bounds show how far the "
        "members without a value could move the figure."
    )
    table = Table("computed", caption, columns, tuple(rows), ("figure", "figures"))
    return Section("computed", "Computed from the members", (table,))


def estimates(area: AreaProfile, context: SiteContext) -> Section | None:
    """Return our own estimates of a group's figures that the source does not print; None without any."""
    if not area.imputed_aggregates:
        return None
    rows = []
    for row in area.imputed_aggregates:
        unit = context.indicators[row.indicator].unit
        coverage = MISSING if row.coverage is None else percent(row.coverage)
        thin = Span(f" {row.publishable}", Tone.SMALL) if row.publishable and row.publishable != Publishable.PUBLISHED else None
        cells = (
            indicator_cell(row.indicator, context, row),
            words(format_value(row.value, unit)),
            words(str(row.year)),
            bounds_cell(row.lower, row.upper, unit),
            words(coverage, thin),
            words(format_value(row.mean_error, "ratio")),
            words(format_value(row.largest_error, "ratio")),
            words(row.made_from.name),
        )
        rows.append(Row(cells, frozenset({row.made_from})))
    columns = (
        Column("Indicator"),
        Column("Our estimate", Kind.MAIN_NUMBER),
        Column("Year"),
        Column("Bounds"),
        Column("People reporting", Kind.NUMBER),
        Column("Mean error", Kind.NUMBER),
        Column("Largest error", Kind.NUMBER),
        Column("Missing from", is_unbroken=True),
    )
    caption = (
        "Figures of the group that a vintage does not print. Each is our own estimate from the values of the members, not a publisher’s "
        "figure. The errors are those of the same method where a published figure exists."
    )
    return Section("estimates", "Our own estimates", (Table("estimates", caption, columns, tuple(rows), in_brief=False),))


def members(area: AreaProfile, context: SiteContext) -> Section | None:
    """Return the members of a group with their newest figure of Internet use; None for an economy."""
    if not area.members:
        return None
    rows = []
    for member in area.members:
        use = context.internet_use.get(member.iso3)
        if use:
            rest = (words(format_observation(use)), words(str(use.year)), nature_cell(use.nature))
        else:
            rest = (words(MISSING), words(MISSING), quiet("no value"))
        rows.append(Row((area_cell(member.iso3, context), *rest), frozenset({use.made_from}) if use else frozenset()))
    columns = (Column("Economy"), Column("Use the Internet", Kind.MAIN_NUMBER), Column("Year"), Column("Nature"))
    caption = "Members by the newest list, with their newest figure of Internet use"
    return Section("members", "Members", (Table("members", caption, columns, tuple(rows), in_brief=False),))


def _priority(row: Figure, context: SiteContext) -> int | None:
    """Return how much a figure matters in a brief: Internet use first, then indicators of a target or a data gap; parts not at all."""
    if not row.is_total:
        return None
    return 0 if row.indicator == HEADLINE else 1 if row.indicator in context.wanted_indicators else 2


def _all_people_first(row: Figure) -> tuple[tuple[bool, str], ...]:
    """Return the sort key that puts the figure of all people before those of parts of them."""
    return tuple((value not in (ALL, "10+"), value) for value in (row.sex, row.locality, row.age))
