"""The page of an indicator, and the list of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from indicators.charts.registry import shown_on
from pipelines.publication.site import citing, group_chart, strip_chart
from pipelines.publication.site.area_profiles import Row, is_total, rows, rows_by
from pipelines.publication.site.environment import render
from pipelines.publication.site.site_context import Known

if TYPE_CHECKING:
    import pandas as pd


#: How many charts a page shows whole, the others by their title; and how many of the values that would tell most it names.
SHOWN, GAPS = 2, 10


def pages(tables: Mapping[str, pd.DataFrame], charts: Sequence[Row], known: Known, about: Mapping[str, Any]) -> dict[str, str]:
    """Return the page of each indicator by its address.

    Args:
        tables: The published tables by name; used are indicator_review, imputed_aggregates and data_gaps.
        charts: The published charts: chart, title, subtitle, alt, source, licence.
        known: What pages share.
        about: git_sha, selection, is_everything.
    """
    reviewed = {row["indicator"]: row for row in rows(tables["indicator_review"])}
    estimates, gaps = (rows_by(tables[name], "indicator") for name in ("imputed_aggregates", "data_gaps"))
    drawn = {row["chart"]: row for row in charts}
    return {
        f"indicators/{name}.html": page(
            name,
            known,
            about,
            reviewed=reviewed.get(name),
            estimates=estimates.get(name, []),
            gaps=sorted(gaps.get(name, []), key=lambda row: row["rank"])[:GAPS],
            charts=[drawn[chart] for chart in shown_on(name) if chart in drawn],
        )
        for name in known.indicators
    }


def page(
    indicator: str,
    known: Known,
    about: Mapping[str, Any],
    *,
    reviewed: Row | None,
    estimates: list[Row],
    gaps: list[Row],
    charts: list[Row],
) -> str:
    """Return the page of an indicator: how it went and lies, what it is, how good, and the newest value of every area, the best first."""
    entry = known.indicators[indicator]
    held = known.figures.get(indicator, [])
    falling = entry["better"] == "lower"
    newest = sorted(held, key=lambda row: (row["value"] if falling else -row["value"], known.titles[row["area"]]))
    totals = [row for row in newest if is_total(row)]
    economies = [row for row in totals if row["area_kind"] == "economy"]
    parted = strip_chart.groups(economies, known.income_of)
    return render(
        "indicator.html",
        f"indicators/{indicator}.html",
        about,
        entry=entry,
        over_time=group_chart.of(entry, known, estimates),
        parted=parted,
        strip=strip_chart.of(entry, parted, known.titles),
        recent_years=strip_chart.RECENT_YEARS,
        by_ratio=entry["unit"] in strip_chart.BY_RATIO,
        drawn_from=sorted({(row["source"], row["vintage"]) for row in economies}),
        reviewed=reviewed,
        imputed_aggregates=[row for area in known.areas.values() for row in area["imputed_aggregates"] if row["indicator"] == indicator],
        gaps=gaps,
        charts=charts[:SHOWN],
        more_charts=charts[SHOWN:],
        economies=economies,
        groups=[row for row in totals if row["area_kind"] == "group"],
        parts=[row for row in held if not is_total(row)],
        titles=known.titles,
        paragraphs=known.paragraphs,
        made_of=citing.made_of(held, known.sources),
    )


def index(known: Known, about: Mapping[str, Any]) -> str:
    """Return the list of the catalogue, those of which a value is held first."""
    listed = [row | _held(known.figures.get(name, [])) for name, row in known.indicators.items()]
    return render("indicators.html", "indicators/index.html", about, listed=sorted(listed, key=lambda row: not row["values"]))


def _held(figures: list[Row]) -> Row:
    """Return in a few figures what is held of an indicator."""
    return {
        "values": len(figures),
        "economies": len({row["area"] for row in figures if row["area_kind"] == "economy"}),
        "groups": len({row["area"] for row in figures if row["area_kind"] == "group"}),
        "newest": max((row["year"] for row in figures), default=None),
        "by_sex": any(row["sex"] != "all" for row in figures),
        "by_locality": any(row["locality"] != "all" for row in figures),
        "by_age": any(row["age"] not in ("all", "10+") for row in figures),
    }
