"""The published gap in Internet use between high-income and low-income economies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.charts.chart import Chart
from indicators.charts.phrases import sentences
from indicators.charts.published_gaps import COLUMNS, GapText, draw_dumbbells, gap_text, percent, points, published_gaps, ratio, side_name
from indicators.charts.selection import INTERNET_USE
from indicators.registries.labels import Plural

if TYPE_CHECKING:
    import pandas as pd

    from indicators.registries.labels import Labels


def data(gaps: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the published gaps by income, one row an edition and year, the newest first.

    Raises:
        ValueError: There are none.
    """
    return published_gaps(gaps, groups, "income").sort_values(["rank_by_age", "year"], ascending=[True, False], ignore_index=True)


TEXT: dict[str, str | Plural] = {
    "gap by income: title": "{of_rich} per cent are online in {rich} economies, {of_poor} in {poor} ones ({year})",
    "gap by income: title, one year": Plural(": a gap of {points} point", ": a gap of {points} points", "points"),
    "gap by income: title, widened": (
        "; since {since} the gap widened, from {points_then} points to {points_now}, as the ratio went from {ratio_then} to {ratio_now}"
    ),
    "gap by income: title, narrowed": (
        "; since {since} the gap narrowed, from {points_then} points to {points_now}, as the ratio went from {ratio_then} to {ratio_now}"
    ),
    "gap by income: title, hardly changed": (
        "; since {since} the gap hardly changed, from {points_then} points to {points_now}, as the ratio went from {ratio_then} to "
        "{ratio_now}"
    ),
    "gap by income: subtitle": "Individuals using the Internet, per cent of population, as published.",
}


def words(frame: pd.DataFrame, labels: Labels) -> GapText:
    """Compose the text; the title says how the gap changed within the newest edition."""
    phrase = labels.chart_text
    edition = frame[frame["vintage"] == frame["vintage"].iloc[0]]
    new, old = edition.iloc[0], edition.iloc[-1]
    title = phrase(
        "gap by income: title", rich=side_name(new, "a", labels), of_rich=percent(new, "a", labels), poor=side_name(new, "b", labels),
        of_poor=percent(new, "b", labels), year=new["year"],
    )  # fmt: skip
    if new["year"] == old["year"]:
        title += phrase("gap by income: title, one year", points=points(new, labels))
    else:
        # Difference and ratio are shown together, because they can move in opposite directions.
        title += phrase(
            f"gap by income: title, {_change(old, new)}", since=old["year"],
            points_then=points(old, labels), points_now=points(new, labels), ratio_then=ratio(old, labels), ratio_now=ratio(new, labels),
        )  # fmt: skip
    return gap_text(
        frame,
        labels,
        title=title,
        subtitle=sentences(labels, phrase("gap by income: subtitle"), phrase("editions apart")),
        block=[phrase("edition", vintage=vintage) for vintage in frame["vintage"]],
        label=[str(year) for year in frame["year"]],
    )


def _change(old: pd.Series, new: pd.Series) -> str:
    """Return how the gap changed between two years of one edition, beyond what rounding can explain."""
    change = new["difference"] - old["difference"]
    # Rounding alone can make a change of half of both ranges.
    range_new, range_old = (row["difference_upper"] - row["difference_lower"] for row in (new, old))
    if not abs(change) > (range_new + range_old) / 2:
        return "hardly changed"
    return "widened" if change > 0 else "narrowed"


CHART = Chart(
    name="gap_by_income",
    position=50,
    description="High-income and low-income economies, side by side.",
    columns=COLUMNS,
    data=data,
    text=TEXT,
    words=words,
    draw=draw_dumbbells,
    indicator_pages={INTERNET_USE: 80},
)
