"""An indicator over time: the world and the income groups as published, our own estimate dashed where nothing is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.drawings.line_chart import LineChart, Series, line_chart, short_label
from pipelines.publication.number_format import format_short
from pipelines.publication.rows.figures import ImputedAggregate
from pipelines.publication.rows.registries import Indicator
from pipelines.publication.rows.vintages import Vintage

#: As many groups as can be distinguished, where none of the world and of the income groups has a series.
MOST_GROUPS = 5


@dataclass(frozen=True)
class GroupChart:
    """A drawing, with what its caption and its table say.

    Attributes:
        picture: The drawing.
        summary: What can be seen in it, in a sentence.
        groups: The names of the groups, as the columns of the table.
        years: By year, the newest first: of each group the published value and our own estimate; None where there is none.
        vintages: The vintages of the published values.
        estimated_from: The vintages of our estimates.
    """

    picture: LineChart
    summary: str
    groups: Sequence[str]
    years: Sequence[tuple[int, Sequence[tuple[float | None, float | None]]]]
    vintages: Sequence[Vintage]
    estimated_from: Sequence[Vintage]


def group_chart(indicator: Indicator, context: SiteContext, imputed_aggregates: Sequence[ImputedAggregate]) -> GroupChart | None:
    """Return an indicator over time; None where no group has a series.

    Args:
        indicator: The indicator.
        context: What pages share.
        imputed_aggregates: Our own estimates of the indicator where a vintage prints none.
    """
    name = indicator.indicator
    series = {code: area.series[name] for code, area in context.areas.items() if not area.is_economy and name in area.series}
    chosen = [code for code in ("world", *context.income_groups) if code in series] or list(series)[:MOST_GROUPS]
    if not chosen:
        return None
    newest = {row.area: row for row in context.figures.get(name, []) if row.is_total}
    estimates = [row for row in imputed_aggregates if row.group_name in chosen and row.value is not None and row.is_total]
    estimated = {code: {row.year: row.value for row in estimates if row.group_name == code and row.value is not None} for code in chosen}
    published, dashed, vintages = [], [], set()
    for place, code in enumerate(chosen):
        look = "whole" if code == "world" else f"part-{place}"
        beyond = series[code].newer(newest[code])
        published.append(Series(short_label(context.titles[code]), look, series[code].points, beyond))
        dashed.append(Series("", f"{look} estimated", sorted(estimated[code].items())))
        vintages |= {*series[code].vintages, *([newest[code].made_from] if beyond else [])}
    (first, low), (last, high) = series[chosen[0]].points[0], series[chosen[0]].points[-1]
    summary = f"{context.titles[chosen[0]]}: {format_short(low)} in {first}, {format_short(high)} in {last}"
    picture = line_chart([*dashed, *published], title=f"{indicator.title}, by group", description=f"{summary}.", ceiling=indicator.ceiling)
    if picture is None:
        return None
    values = [(dict(series[code].points), estimated[code]) for code in chosen]
    years = sorted({year for pair in values for points in pair for year in points}, reverse=True)
    return GroupChart(
        picture,
        summary,
        groups=[short_label(context.titles[code]) for code in chosen],
        years=[(year, [(printed.get(year), ours.get(year)) for printed, ours in values]) for year in years],
        vintages=sorted(vintages),
        estimated_from=sorted({row.made_from for row in estimates}),
    )
