"""The page of an indicator, and the list of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.charts.registry import shown_on
from indicators.contracts.vocabulary import ALL, AreaKind, Better
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.drawings import strip_chart
from pipelines.publication.page_citation import origin
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.figures import DataGap, Figure, ImputedAggregate
from pipelines.publication.rows.registries import Chart, Indicator, IndicatorReview
from pipelines.publication.site.environment import render
from pipelines.publication.site.group_chart import group_chart
from pipelines.publication.tables import Tables, rows_by, typed_rows

#: How many charts a page shows whole, the others by their title; and how many data gaps it lists.
CHARTS_SHOWN, MOST_GAPS = 2, 10


@dataclass(frozen=True)
class ListedIndicator:
    """An indicator of the list, with what data there are."""

    indicator: Indicator
    economies: int
    groups: int
    newest_year: int | None
    breakdowns: Sequence[str]


def pages(tables: Tables, charts: Sequence[Chart], context: SiteContext, info: PublicationInfo) -> dict[str, str]:
    """Return the page of each indicator by its address.

    Args:
        tables: The published tables; used are indicator_review, imputed_aggregates and data_gaps.
        charts: The published charts.
        context: What pages share.
        info: The publication.
    """
    reviews = {row.indicator: row for row in typed_rows(tables.read("indicator_review"), IndicatorReview)}
    estimates = rows_by(typed_rows(tables.read("imputed_aggregates"), ImputedAggregate), lambda row: row.indicator)
    gaps = rows_by(typed_rows(tables.read("data_gaps").sort_values("rank"), DataGap), lambda row: row.indicator)
    drawn = {row.chart: row for row in charts}
    return {
        f"indicators/{name}.html": page(
            indicator,
            context,
            info,
            review=reviews.get(name),
            estimates=estimates.get(name, []),
            gaps=gaps.get(name, [])[:MOST_GAPS],
            charts=[drawn[chart] for chart in shown_on(name) if chart in drawn],
        )
        for name, indicator in context.indicators.items()
    }


def page(
    indicator: Indicator,
    context: SiteContext,
    info: PublicationInfo,
    *,
    review: IndicatorReview | None,
    estimates: Sequence[ImputedAggregate],
    gaps: Sequence[DataGap],
    charts: Sequence[Chart],
) -> str:
    """Return the page of an indicator: over time, its distribution, what it is, how good it is, and the newest values, the best first."""
    figures = context.figures.get(indicator.indicator, [])
    sign = 1 if indicator.better == Better.LOWER else -1
    best_first = sorted(figures, key=lambda row: (sign * row.value, context.titles[row.area]))
    totals = [row for row in best_first if row.is_total]
    economies = [row for row in totals if row.area_kind == AreaKind.ECONOMY]
    by_income = strip_chart.groups(economies, context.income_group_titles)
    return render(
        "indicator.html",
        f"indicators/{indicator.indicator}.html",
        info,
        cite=indicator.title,
        made_from=origin((row.made_from for row in figures), context.sources),
        indicator=indicator,
        over_time=group_chart(indicator, context, estimates),
        by_income=by_income,
        strip=strip_chart.strip_chart(indicator, by_income, context.titles),
        recent_years=strip_chart.RECENT_YEARS,
        by_ratio=indicator.unit in strip_chart.UNITS_BY_RATIO,
        drawn_from=sorted({row.made_from for row in economies}),
        review=review,
        newest_estimates=[
            row for area in context.areas.values() for row in area.imputed_aggregates if row.indicator == indicator.indicator
        ],
        gaps=gaps,
        charts=charts[:CHARTS_SHOWN],
        more_charts=charts[CHARTS_SHOWN:],
        economies=economies,
        groups=[row for row in totals if row.area_kind == AreaKind.GROUP],
        parts=[row for row in figures if not row.is_total],
        titles=context.titles,
        paragraphs=context.paragraphs,
    )


def index(context: SiteContext, info: PublicationInfo) -> str:
    """Return the list of the catalogue, the indicators that have a value first."""
    listed = [_listed(indicator, context.figures.get(name, [])) for name, indicator in context.indicators.items()]
    with_data_first = sorted(listed, key=lambda row: row.newest_year is None)
    return render("indicators.html", "indicators/index.html", info, listed=with_data_first)


def _listed(indicator: Indicator, figures: Sequence[Figure]) -> ListedIndicator:
    areas: Mapping[str, set[str]] = {kind: {row.area for row in figures if row.area_kind == kind} for kind in AreaKind}
    breakdowns = {
        "sex": any(row.sex != ALL for row in figures),
        "urban and rural": any(row.locality != ALL for row in figures),
        "age": any(row.age not in (ALL, "10+") for row in figures),
    }
    return ListedIndicator(
        indicator,
        economies=len(areas[AreaKind.ECONOMY]),
        groups=len(areas[AreaKind.GROUP]),
        newest_year=max((row.year for row in figures), default=None),
        breakdowns=[name for name, is_there in breakdowns.items() if is_there],
    )
