"""The picture of an indicator over time: the world and the income groups as published, our own estimate dashed where nothing is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.publication.site import number_format
from pipelines.publication.site.area_chart import newer, short
from pipelines.publication.site.area_profiles import Row, is_total
from pipelines.publication.site.line_chart import Line, chart
from pipelines.publication.site.site_context import Known

#: As many groups as can be told apart, where none of the world and of income has a series.
MOST = 5


@dataclass(frozen=True)
class Drawing:
    """A picture, and what its caption and its table say."""

    svg: str
    #: What can be seen in it, in a sentence.
    told: str
    #: The heads of the columns of the groups.
    columns: Sequence[str]
    #: By year, the newest first: of each group the published value and our own estimate; None where there is none.
    years: Sequence[tuple[int, Sequence[tuple[float | None, float | None]]]]
    #: The sources and vintages of what is published, and of what is estimated.
    vintages: Sequence[tuple[str, str]]
    estimated_from: Sequence[tuple[str, str]]


def of(entry: Row, known: Known, imputed_aggregates: Sequence[Row]) -> Drawing | None:
    """Return the drawing of an indicator; None where no group has a series.

    Args:
        entry: The indicator: indicator, title, ceiling.
        known: What pages share.
        imputed_aggregates: Our own estimates of the indicator where a vintage prints none: rows of the table `imputed_aggregates`.
    """
    name = entry["indicator"]
    series = {code: held for code, area in known.areas.items() if area["kind"] == "group" and (held := area["series"].get(name))}
    chosen = [code for code in ("world", *known.income) if code in series] or list(series)[:MOST]
    if not chosen:
        return None
    figures = {row["area"]: row for row in known.figures.get(name, []) if is_total(row)}
    estimates = [row for row in imputed_aggregates if row["group_name"] in chosen and row["value"] is not None and is_total(row)]
    estimated = {code: {row["year"]: row["value"] for row in estimates if row["group_name"] == code} for code in chosen}
    published, dashed, vintages = [], [], set()
    for place, code in enumerate(chosen):
        held, look = series[code], "whole" if code == "world" else f"part-{place}"
        beyond = newer(held, figures[code])
        published.append(Line(short(known.titles[code]), look, held["points"], beyond))
        dashed.append(Line("", f"{look} estimated", sorted(estimated[code].items())))
        vintages |= {*held["vintages"], *([(figures[code]["source"], figures[code]["vintage"])] if beyond else [])}
    (first, low), (last, high) = series[chosen[0]]["points"][0], series[chosen[0]]["points"][-1]
    told = f"{known.titles[chosen[0]]}: {number_format.short(low)} in {first}, {number_format.short(high)} in {last}"
    values = [(dict(series[code]["points"]), estimated[code]) for code in chosen]
    years = sorted({year for pair in values for points in pair for year in points}, reverse=True)
    return Drawing(
        chart([*dashed, *published], title=f"{entry['title']}, by group", description=f"{told}.", top=entry["ceiling"]),
        told,
        [f"#{short(known.titles[code])}" for code in chosen],
        [(year, [(printed.get(year), ours.get(year)) for printed, ours in values]) for year in years],
        sorted(vintages),
        sorted({(row["source"], row["vintage"]) for row in estimates}),
    )
