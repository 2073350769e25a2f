"""The evidence for each statement of the resolution, edition by edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import (
    MARGIN,
    WIDTH,
    axes_at,
    mirror,
    padded_scale,
    page,
    rectangle,
    text_width,
    verdict_mark,
    wrapped,
)
from indicators.charts.drawing.palette import LIGHT, VERDICT_LOOKS
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import edition_name, source_line
from indicators.charts.selection import require_rows
from indicators.contracts.vocabulary import Basis, Moment, Verdict
from indicators.registries.labels import Plural
from indicators.registries.sources import by_age

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

_PITCH = 0.62
#: Inches for the number of the paragraph, for the statement, and for both with the space after them.
_NUMBER_WIDTH, _WORDS_WIDTH = 0.34, 2.35
_BEFORE = _NUMBER_WIDTH + _WORDS_WIDTH + 0.15


def data(claims: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures for each statement from the source it was drawn from, one row an edition, the oldest first.

    Missing data: an edition without a figure has no row; a statement with figures of fewer than two editions is left out. An edition may
    are about an earlier year than the statement.

    Raises:
        ValueError: No statement with evidence of two editions.
    """
    by_claim = claims.set_index("claim")
    rows = verdicts[(verdicts["basis"] == Basis.PUBLISHED) & verdicts["value"].notna() & verdicts["claim"].isin(claims["claim"])]
    rows = rows[rows["source"] == rows["claim"].map(by_claim["source"])]
    # The edition of record is listed at its moment, and the newest once more as now: one figure an edition.
    moments = pd.CategoricalDtype([Moment.AT_ADOPTION, Moment.NOW, Moment.HISTORY], ordered=True)
    rows = rows.assign(moment=rows["moment"].astype(moments)).sort_values("moment").drop_duplicates(["claim", "source", "vintage"])
    rows = rows[rows.groupby("claim")["vintage"].transform("size") > 1]
    require_rows(rows, "statement with evidence of two editions")
    statements = by_claim[["paragraph", "statement", "unit", "interval", "figure", "reading_of", "lower", "upper"]]
    statements = statements.sort_values("paragraph", kind="stable").rename(columns={"lower": "lower_of_claim", "upper": "upper_of_claim"})
    rows = by_age(rows.join(statements, on="claim"))
    editions = rows[["source", "vintage"]].drop_duplicates().assign(edition=lambda of: range(len(of)))
    rows = rows.merge(editions, on=["source", "vintage"])
    place = rows["claim"].map({claim: place for place, claim in enumerate(statements.index)})
    return rows.assign(place=place, is_reading=rows["reading_of"].notna()).sort_values("place", kind="stable", ignore_index=True)


TEXT: dict[str, str | Plural] = {
    "by edition: title": Plural(
        "By the newest edition, {holds} of {statements} statements of the resolution holds; by the edition before, {previous} did",
        "By the newest edition, {holds} of {statements} statements of the resolution hold; by the edition before, {previous} did",
        "holds",
    ),
    "by edition: subtitle": (
        "Shaded: values that agree with the wording. Marks: the figure of each edition with its range, for its newest year up to the "
        "year of the statement (small). An edition from before the statement’s year can hardly support it. Each row has its own "
        "scale."
    ),
    "by edition: year": "{year} in",
    "by edition: alt": Plural(
        "For {statements} statement of A/RES/80/173: the figure of every edition we hold, against the values its wording allows. {title}.",
        (
            "For {statements} statements of A/RES/80/173, one row each: the figure of every edition we hold, against the values its "
            "wording allows. {title}."
        ),
        "statements",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has each row's statement, edition, year and value."""

    verdicts: Mapping[str, str]  #: those that occur, in the order of the key


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title counts the statements that the newest edition supports, and those the edition before did."""
    phrase = labels.chart_text
    # A second reading of the same words is no second statement.
    figures = frame[~frame["is_reading"]].groupby("claim")
    newest, previous = (int(figures.nth(place)["verdict"].isin(Verdict.supporting()).sum()) for place in (-1, -2))
    title = phrase("by edition: title", holds=newest, statements=figures.ngroups, previous=previous or phrase("none"))
    main = _main_source(frame)
    values, years = [], []
    for row in frame.to_dict("records"):
        value = labels.number(row["value"], 2 if row["unit"] == "ratio" else None)
        values.append(labels.percent(value) if row["unit"] == "%" else f"{value}×" if row["unit"] == "ratio" else value)
        # The heads of the columns name the editions of the main source only.
        in_edition = phrase("by edition: year", year=row["year"]) + "\n" + edition_name(row["source"], row["vintage"], labels)
        years.append(str(row["year"]) if row["source"] == main else in_edition)
    return Text(
        title=title,
        subtitle=phrase("by edition: subtitle"),
        alt=phrase("by edition: alt", statements=frame["claim"].nunique(), title=title),
        source=source_line(frame, phrase("statements: note"), labels),
        language=labels.language,
        row_text={
            "statement_text": [labels.statement(claim, english) for claim, english in zip(frame["claim"], frame["statement"], strict=True)],
            "edition_text": [phrase("edition", vintage=vintage) for vintage in frame["vintage"]],
            "year_text": years,
            "value_text": values,
        },
        verdicts={verdict: phrase(verdict) for verdict in VERDICT_LOOKS if (frame["verdict"] == verdict).any()},
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw a row a statement: its interval as a band, and a mark an edition, higher values higher; figures are not joined."""
    statements = [rows for _, rows in frame.groupby("claim", sort=False)]
    width = WIDTH - 2 * MARGIN - _NUMBER_WIDTH - _WORDS_WIDTH - 0.2
    figure, bottom = page(text, body=_PITCH * len(statements) + 0.62)
    panel = axes_at(figure, MARGIN + _NUMBER_WIDTH + _WORDS_WIDTH + 0.15, bottom + 0.3, width, _PITCH * len(statements) + 0.3)
    editions = frame.drop_duplicates("edition").sort_values("edition")
    of_main = editions[editions["source"] == _main_source(frame)]
    panel.set(xlim=(-0.5, len(of_main) - 0.5), ylim=(len(statements), -0.3 / _PITCH))
    panel.axis("off")
    beside = panel.get_yaxis_transform()
    for x, edition in enumerate(of_main["edition_text"]):
        panel.text(x, -0.28, edition, fontsize=7.5, color=LIGHT.quiet, ha="center", va="center")
    places = _places(editions, len(of_main))
    left, paragraph = -_BEFORE / width, None
    for top, rows in enumerate(statements):
        claim = rows.iloc[0]
        if claim["paragraph"] != paragraph:
            paragraph = claim["paragraph"]
            panel.plot([left, 1], [top - 0.02] * 2, transform=beside, color=LIGHT.rule, linewidth=0.8, clip_on=False)
            panel.text(left, top + 0.42, str(paragraph), transform=beside, fontsize=8.5, fontweight="bold", va="center")
        panel.text(
            left + _NUMBER_WIDTH / width, top + 0.42, "\n".join(wrapped(claim["statement_text"], 8, _WORDS_WIDTH)[:3]),
            transform=beside, fontsize=8, va="center", linespacing=1.15,
        )  # fmt: skip
        _row(panel, rows, places, top)
    _key(panel, text.verdicts, len(statements))
    if text.is_right_to_left:
        mirror(panel)
    return figure


def _main_source(frame: pd.DataFrame) -> str:
    """Return the source of most figures; its editions head the columns."""
    return str(frame["source"].mode().iloc[0])


def _places(editions: pd.DataFrame, columns: int) -> dict[int, float]:
    """Return the horizontal position of each edition in the panel.

    The editions of one source are no steps after those of another: those of the main source have a column each, those of any other are
    spread over the width, between the columns where they can.
    """
    return {
        edition: (place + 0.5) * columns / len(of_source) - 0.5
        for _, of_source in editions.groupby("source", sort=False)
        for place, edition in enumerate(of_source["edition"])
    }


def _row(panel: Axes, rows: pd.DataFrame, places: Mapping[int, float], top: int) -> None:
    """Draw one statement: its interval as a band, and a mark an edition."""
    numbers = rows[["value", "lower", "upper", "figure", "lower_of_claim", "upper_of_claim"]]
    scale = padded_scale(numbers.to_numpy(dtype="float64").ravel())

    def height(value: float) -> float:
        return top + 0.66 - 0.5 * scale(value)

    claim = rows.iloc[0]
    first, last = panel.get_xlim()
    high = height(claim["upper_of_claim"]) if pd.notna(claim["upper_of_claim"]) else top + 0.16
    low = height(claim["lower_of_claim"]) if pd.notna(claim["lower_of_claim"]) else top + 0.66
    high, low = max(high, top + 0.1), min(low, top + 0.72)
    rectangle(panel, first, high, last - first, low - high, color=LIGHT.band, zorder=0.5)
    for row in rows.to_dict("records"):
        x = places[row["edition"]]
        colour, shape = VERDICT_LOOKS[row["verdict"]]
        if pd.notna(row["lower"]) and pd.notna(row["upper"]):
            panel.plot([x, x], [height(row["lower"]), height(row["upper"])], color=colour, linewidth=1.2, solid_capstyle="butt")
        verdict_mark(panel, x, height(row["value"]), colour, shape, zorder=4)
        panel.annotate(
            row["value_text"], (x, height(row["value"])), xytext=(6, 0), textcoords="offset points", fontsize=7.5, va="center",
            fontweight="bold" if row["verdict"] in Verdict.supporting() else "normal", color=LIGHT.for_text(colour), zorder=5,
        )  # fmt: skip
        panel.text(x, top + 0.86, row["year_text"], fontsize=6, color=LIGHT.quiet, ha="center", va="center", linespacing=1.05)


def _key(panel: Axes, verdicts: Mapping[str, str], bottom: int) -> None:
    """Explain the marks below the last row."""
    x, last = panel.get_xlim()
    inch = (last - x) / (panel.get_position().width * WIDTH)
    for verdict, name in verdicts.items():
        colour, shape = VERDICT_LOOKS[verdict]
        verdict_mark(panel, x + 0.06 * inch, bottom + 0.3, colour, shape, clip_on=False)
        panel.text(x + 0.15 * inch, bottom + 0.3, name, fontsize=7.5, color=LIGHT.for_text(colour), va="center")
        x += (text_width(name, 7.5) + 0.35) * inch


CHART = Chart(
    name="claims_over_vintages",
    position=40,
    description="The figures of each edition for the resolution's statements.",
    columns=(
        *("paragraph", "claim", "statement", "unit", "interval", "moment", "source", "vintage"),
        *("year", "value", "lower", "upper", "verdict"),
    ),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
)
