"""What the charts of published gaps in Internet use share: which rows they take, their text, and the dumbbells they are drawn as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.drawing.layout import MARGIN, WIDTH, axes_at, horizontal_scale, mirror, page, text_width
from indicators.charts.drawing.palette import LIGHT
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import group_names, listed, lowered, share_ticks, source_line
from indicators.charts.selection import FACTS_AND_FIGURES, INTERNET_USE, ONE_DECIMAL_WIDTH, group_titles, require_rows
from indicators.contracts.vocabulary import ALL, Basis, Divide, Sex

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

#: Columns of the data CSV.
COLUMNS = (
    *("block", "label", "divide", "area", "year", "side_a", "side_b", "value_a", "value_b"),
    *("difference", "difference_lower", "difference_upper", "ratio", "ratio_lower", "ratio_upper", "source", "vintage"),
)


#: What a chart calls the sexes.
_SEXES: dict[str, str] = {Sex.MALE: "men", Sex.FEMALE: "women"}


def published_gaps(gaps: pd.DataFrame, groups: pd.DataFrame, divide: str) -> pd.DataFrame:
    """Return the gaps of one divide in Internet use that Facts and Figures printed for groups, with the titles of the areas.

    Gaps of single economies, of a part of the people, and of the World Bank's copy of the same editions are left out.

    Raises:
        ValueError: There are none.
    """
    rows = gaps[(gaps["divide"] == divide) & (gaps["basis"] == Basis.PUBLISHED) & (gaps["indicator"] == INTERNET_USE)]
    rows = rows[(rows["source"] == FACTS_AND_FIGURES) & (rows["among"] == ALL) & rows["area"].isin(groups["group_name"])]
    require_rows(rows, f"gap in Internet use by {divide} in {FACTS_AND_FIGURES}")
    return rows.assign(title=group_titles(rows["area"], groups), scheme=rows["area"].map(groups.set_index("group_name")["scheme"]))


@dataclass(frozen=True, kw_only=True)
class GapText(ChartText):
    """The text of a chart of gaps; `row_text` has block and label of each row, and its numbers as printed."""

    ticks: dict[float, str]
    difference: str  #: headings of the columns
    ratio: str
    side_a: str
    side_b: str


def gap_text(frame: pd.DataFrame, labels: Labels, *, title: str, subtitle: str, block: Sequence[str], label: Sequence[str]) -> GapText:
    """Complete the text of a chart of gaps.

    Args:
        frame: The rows of the chart, in its order.
        labels: Of the language.
        title: Of the chart.
        subtitle: Of the chart.
        block: The heading of each row; empty if none.
        label: The label of each row.
    """
    phrase = labels.chart_text
    rows = [row for _, row in frame.iterrows()]
    side_a, side_b = (side_name(rows[0], side, labels) for side in "ab")
    return GapText(
        title=title,
        subtitle=subtitle,
        alt=phrase("gaps: alt", rows=len(rows), one=side_a, other=side_b, title=title),
        source=source_line(frame, phrase("gaps: note"), labels),
        language=labels.language,
        row_text={
            "block": block,
            "label": label,
            "value_a_text": [percent(row, "a", labels) for row in rows],
            "value_b_text": [percent(row, "b", labels) for row in rows],
            "difference_text": [points(row, labels) for row in rows],
            "difference_range": [_range(row, "difference", _decimals(row), labels) for row in rows],
            "ratio_text": [ratio(row, labels) for row in rows],
            "ratio_range": [_range(row, "ratio", 2, labels) for row in rows],
        },
        ticks=share_ticks(labels, 0, 25, 50, 75, 100),
        difference=phrase("difference in points"),
        ratio=phrase(f"ratio by {rows[0]['divide']}"),
        side_a=side_a.capitalize(),
        side_b=side_b.capitalize(),
    )


def area_names(frame: pd.DataFrame, labels: Labels) -> list[str]:
    """Return the name of each row's area."""
    return group_names(frame["area"], frame["title"], labels)


def area_and_year(name: str, year: int, labels: Labels) -> str:
    """Return the label of a row that needs its year after its area."""
    return listed([name, str(year)], labels)


def side_name(row: pd.Series, side: str, labels: Labels) -> str:
    """Return the name of a side of a gap; the keys of income groups are their English names inside a sentence."""
    key = str(row[f"side_{side}"])
    if row["divide"] == Divide.INCOME:
        return key if labels.is_english else lowered(labels.group_in_short(key))
    return labels.chart_text(_SEXES.get(key, key))


def percent(row: pd.Series, side: str, labels: Labels) -> str:
    """Return the value of a side with the decimals it was printed with."""
    return labels.number(row[f"value_{side}"], _decimals(row))


def points(row: pd.Series, labels: Labels) -> str:
    """Return the difference with the decimals of its two sides."""
    return labels.number(row["difference"], _decimals(row)) if pd.notna(row["difference"]) else "–"


def ratio(row: pd.Series, labels: Labels) -> str:
    """Return the ratio with two decimals."""
    return labels.number(row["ratio"], 2) if pd.notna(row["ratio"]) else "–"


def _decimals(row: pd.Series) -> int:
    """Return how many decimals the two sides of a gap were printed with, from the range their rounding leaves the difference."""
    width = row["difference_upper"] - row["difference_lower"]
    return 0 if pd.notna(width) and width > 5 * ONE_DECIMAL_WIDTH else 1


def _range(row: pd.Series, measure: str, decimals: int, labels: Labels) -> str:
    """Return, in brackets, the range that rounding leaves a measure; empty if there is none or it vanishes in print."""
    ends = [labels.number(row[f"{measure}_{end}"], decimals) for end in ("lower", "upper") if pd.notna(row[f"{measure}_{end}"])]
    return f"({ends[0]}–{ends[1]})" if len(set(ends)) == 2 else ""


def draw_dumbbells(frame: pd.DataFrame, text: GapText) -> Figure:
    """Draw one dumbbell a row, in blocks with a heading each; difference and ratio are next to it with the range that rounding leaves."""
    blocks = list(frame["block"].drop_duplicates())
    headings = [block for block in blocks if block]
    lines = len(frame) + 1.1 * len(headings) + 0.9
    figure, bottom = page(text, body=0.25 * lines + 0.3)
    widths = [text_width(label, 8.5) + 0.12 for label in frame["label"]] + [text_width(heading, 8.5, "bold") for heading in headings]
    labels_width, numbers_width = max(widths) + 0.35, 2.8
    width = WIDTH - 2 * MARGIN - labels_width - numbers_width
    panel = axes_at(figure, MARGIN + labels_width, bottom + 0.25, width, 0.25 * lines)
    panel.set(xlim=(0, 100), ylim=(lines, 0))
    horizontal_scale(panel, text.ticks, top=0.9, bottom=lines)
    beside = panel.get_yaxis_transform()
    left = -labels_width / width
    columns = {"difference": 1 + 0.44 / width, "ratio": 1 + 1.6 / width}
    for x, heading in zip(columns.values(), (text.difference, text.ratio), strict=True):
        panel.text(x, 0.3, heading, transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center")
    top = 0.9
    for block in blocks:
        if block:
            panel.text(left, top + 0.55, block, transform=beside, fontsize=8.5, fontweight="bold", va="center")
            top += 1.1
        for place, row in frame[frame["block"] == block].iterrows():
            middle = top + 0.5
            panel.text(left + 0.12 / width, middle, row["label"], transform=beside, fontsize=8.5, va="center")
            _dumbbell(panel, row, middle, text if place == frame.index[0] else None)
            for measure, x in columns.items():
                panel.text(x, middle, row[f"{measure}_text"], transform=beside, fontsize=8.5, va="center")
                panel.text(
                    x + 0.37 / width, middle, row[f"{measure}_range"], transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center"
                )
            top += 1
    if text.is_right_to_left:
        mirror(panel)
    return figure


def _dumbbell(panel: Axes, row: pd.Series, height: float, text: GapText | None) -> None:
    """Draw the two sides of a row, each with its value on the outer side, and its name if `text` is given."""
    panel.plot([row["value_b"], row["value_a"]], [height, height], color=LIGHT.faint, linewidth=2.2, solid_capstyle="butt", zorder=2)
    panel.plot([row["value_a"]], [height], marker="o", markersize=6.2, color=LIGHT.blue, zorder=3)
    panel.plot(
        [row["value_b"]], [height], marker="o", markersize=5.2, color=LIGHT.ground, markeredgecolor=LIGHT.orange, markeredgewidth=1.6,
        zorder=3,
    )  # fmt: skip
    a_is_right = row["value_a"] >= row["value_b"]
    for side, colour, is_right in (("a", LIGHT.blue, a_is_right), ("b", LIGHT.orange, not a_is_right)):
        value = row[f"value_{side}"]
        panel.annotate(
            row[f"value_{side}_text"], (value, height), xytext=(6 if is_right else -6, -0.4), textcoords="offset points",
            ha="left" if is_right else "right", va="center", fontsize=8, color=LIGHT.for_text(colour),
        )  # fmt: skip
        if text:
            # Near the edge of the scale a name turns inwards, as long as the other side is far enough away.
            is_turned = abs(row["difference"]) > 40 and not 30 < value < 80
            outwards = is_right != is_turned
            panel.annotate(
                text.side_a if side == "a" else text.side_b, (value, height), xytext=(-1 if outwards else 1, 7),
                textcoords="offset points", ha="left" if outwards else "right", fontsize=8, fontweight="bold",
                color=LIGHT.for_text(colour),
            )  # fmt: skip
