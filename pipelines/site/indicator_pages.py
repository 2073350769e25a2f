"""The page of an indicator, and the list of them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipelines.site import citing
from pipelines.site.areas import Row, is_total
from pipelines.site.environment import render
from pipelines.site.known import Known

if TYPE_CHECKING:
    import pandas as pd


def page(indicator: str, known: Known, about: Mapping[str, Any]) -> str:
    """Return the page of an indicator: what it is, what is held of it, and the newest value of every area, the best first."""
    entry = known.indicators[indicator]
    held = known.figures.get(indicator, [])
    falling = entry["better"] == "lower"
    newest = sorted(held, key=lambda row: (row["value"] if falling else -row["value"], known.titles[row["area"]]))
    totals = [row for row in newest if is_total(row)]
    return render(
        "indicator.html",
        f"indicators/{indicator}.html",
        about,
        entry=entry,
        economies=[row for row in totals if row["area_kind"] == "economy"],
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


#: What the file of an indicator holds of `current_observations`; its terms travel with each row.
COLUMNS = ["area", "area_kind", "sex", "locality", "age", "year", "value", "lower", "upper", "nature", "source", "vintage", "licence"]


def figures(observations: pd.DataFrame) -> dict[str, str]:
    """Return the newest figures of each indicator, all years, as CSV by the address of the file; a missing value is empty."""
    return {
        f"indicators/{indicator}.csv": held[COLUMNS].to_csv(index=False, lineterminator="\n")
        for indicator, held in observations.groupby("indicator", observed=True)
    }


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
