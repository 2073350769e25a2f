"""The evidence for each statement of the resolution, edition by edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.patches import Rectangle

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, broken, inches_wide, marker, page, styled, turn_round
from indicators.charts.palette import LIGHT, VERDICT_LOOKS
from indicators.charts.rows import needed
from indicators.charts.statements import claim_scale
from indicators.charts.words import edition_name, source_line
from indicators.contracts.vocabulary import Basis, Moment, Verdict
from indicators.registries.labels import labels
from indicators.registries.sources import by_age

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from indicators.registries.labels import Labels

_PITCH = 0.62


@styled
def claims_over_vintages(claims: pd.DataFrame, verdicts: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw for each statement what every edition held said of it, against the interval its words stand for.

    Args:
        claims: Rows of the `claims` contract.
        verdicts: Rows of `verdicts`; used are published figures of the source a statement was drawn from, one an edition.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: an edition that says nothing of a statement has no mark; a statement with evidence of fewer than two editions is no row.
    An edition may speak of an earlier year than the statement; the year stands below the figure, and figures are not joined.

    Raises:
        ValueError: No statement with evidence of two editions.
    """
    say = (said := labels(language)).furniture
    rows = verdicts[(verdicts["basis"] == Basis.PUBLISHED) & verdicts["value"].notna() & verdicts["claim"].isin(claims["claim"])]
    rows = rows[rows["source"] == rows["claim"].map(claims.set_index("claim")["source"])]
    # The edition of record is listed at its moment, and the newest once more as now: one figure an edition.
    moments = pd.CategoricalDtype([Moment.AT_ADOPTION, Moment.NOW, Moment.HISTORY], ordered=True)
    rows = rows.assign(moment=rows["moment"].astype(moments)).sort_values("moment").drop_duplicates(["claim", "source", "vintage"])
    rows = rows[rows.groupby("claim")["vintage"].transform("size") > 1]
    needed(rows, "statement with evidence of two editions")
    told = claims.set_index("claim")[["paragraph", "statement", "unit", "interval", "lower", "upper", "figure"]]
    ordered = told.loc[[name for name in told.index if name in set(rows["claim"])]].sort_values("paragraph", kind="stable")
    rows = rows.assign(moment=rows["moment"].astype("str")).join(ordered[["paragraph", "statement", "unit", "interval"]], on="claim")
    rows["place"] = rows["claim"].map({name: place for place, name in enumerate(ordered.index)})
    columns = [
        *("paragraph", "claim", "statement", "unit", "interval", "moment", "source", "vintage"),
        *("year", "value", "lower", "upper", "verdict"),
    ]
    data = by_age(rows).sort_values("place", kind="stable", ignore_index=True)[columns]

    newest = data.groupby("claim").tail(1).set_index("claim")
    before = data.groupby("claim").nth(-2).set_index("claim")
    # A second reading of the same words is no second statement.
    once = newest.index.isin(claims.loc[claims["reading_of"].isna(), "claim"])
    holds, held = (
        int(of.loc[newest.index[once], "verdict"].map(lambda verdict: Verdict(verdict).supports).sum()) for of in (newest, before)
    )
    title = say("by edition: title", holds=holds, statements=once.sum(), held=held or say("none"))
    subtitle = say("by edition: subtitle")
    source = source_line(data, say("statements: note"), said)

    words_wide = 2.35
    wide = WIDTH - 2 * MARGIN - 0.34 - words_wide - 0.2
    figure, bottom = page(title, subtitle, source, body=_PITCH * len(ordered) + 0.62, said=said)
    panel = axes_at(figure, MARGIN + 0.34 + words_wide + 0.15, bottom + 0.3, wide, _PITCH * len(ordered) + 0.3)
    editions = by_age(data[["source", "vintage"]].drop_duplicates())
    main = str(data["source"].mode().iloc[0])
    many = int((editions["source"] == main).sum())
    # The editions of one source are not steps after those of another: those of the source that has the heads stand a column each, those of
    # any other are spread over the width, between the heads where they can.
    places = {
        (source_key, vintage): (place + 0.5) * many / len(of_source) - 0.5
        for _, of_source in editions.groupby("source", sort=False)
        for place, (source_key, vintage) in enumerate(of_source[["source", "vintage"]].itertuples(index=False, name=None))
    }
    panel.set(xlim=(-0.5, many - 0.5), ylim=(len(ordered), -0.3 / _PITCH))
    panel.axis("off")
    beside = panel.get_yaxis_transform()
    for (source_key, vintage), at in places.items():
        if source_key == main:
            panel.text(at, -0.28, say("edition", vintage=vintage), fontsize=7.5, color=LIGHT.quiet, ha="center", va="center")
    left = -(0.34 + words_wide + 0.15) / wide
    for place, (name, claim) in enumerate(ordered.iterrows()):
        if place == 0 or claim["paragraph"] != ordered["paragraph"].iloc[place - 1]:
            panel.plot([left, 1], [place - 0.02] * 2, transform=beside, color=LIGHT.rule, linewidth=0.8, clip_on=False)
            panel.text(left, place + 0.42, str(claim["paragraph"]), transform=beside, fontsize=8.5, fontweight="bold", va="center")
        panel.text(
            left + 0.34 / wide, place + 0.42, "\n".join(broken(said.statement(str(name), claim["statement"]), 8, words_wide)[:3]),
            transform=beside, fontsize=8, va="center", linespacing=1.15,
        )  # fmt: skip
        _row(panel, claim.to_dict(), data[data["claim"] == name], places, place, main, said)
    _verdict_key(panel, sorted(set(data["verdict"]), key=list(VERDICT_LOOKS).index), len(ordered), said)
    if said.direction == "rtl":
        turn_round(panel)
    alt = say("by edition: alt", statements=len(ordered), title=title)
    return Chart("claims_over_vintages", title, subtitle, figure, data, alt, source, said)


def _row(
    panel: Axes, claim: Mapping[Any, Any], rows: pd.DataFrame, places: Mapping[tuple[str, str], float], top: int, main: str, said: Labels
) -> None:
    """Draw one statement: its interval lying across, and a mark an edition, higher values higher."""
    scale = claim_scale(claim, [(row["vintage"], row) for _, row in rows.iterrows()], rows.iloc[:0])

    def height(value: float) -> float:
        return top + 0.66 - 0.5 * scale(value)

    first, last = panel.get_xlim()
    high = height(claim["upper"]) if pd.notna(claim["upper"]) else top + 0.16
    low = height(claim["lower"]) if pd.notna(claim["lower"]) else top + 0.66
    high, low = max(high, top + 0.1), min(low, top + 0.72)
    panel.add_patch(Rectangle((first, high), last - first, low - high, color=LIGHT.band, linewidth=0, zorder=0.5))
    for row in rows.to_dict("records"):
        at = places[row["source"], row["vintage"]]
        colour, shape = VERDICT_LOOKS[row["verdict"]]
        if pd.notna(row["lower"]) and pd.notna(row["upper"]):
            panel.plot([at, at], [height(row["lower"]), height(row["upper"])], color=colour, linewidth=1.2, solid_capstyle="butt")
        panel.plot([at], [height(row["value"])], zorder=4, **marker(colour, shape, hollow=False))
        value = said.number(row["value"], 2 if claim["unit"] == "ratio" else None)
        value = said.percent(value) if claim["unit"] == "%" else f"{value}×" if claim["unit"] == "ratio" else value
        panel.annotate(
            value, (at, height(row["value"])), xytext=(6, 0), textcoords="offset points", fontsize=7.5, va="center",
            fontweight="bold" if Verdict(row["verdict"]).supports else "normal", color=LIGHT.for_words(colour), zorder=5,
        )  # fmt: skip
        panel.text(at, top + 0.86, _when(row, main, said), fontsize=6, color=LIGHT.quiet, ha="center", va="center", linespacing=1.05)


def _when(row: Mapping[Any, Any], main: str, said: Labels) -> str:
    """Name the year a figure speaks of, and its edition where that is not one of the heads of the columns."""
    if row["source"] == main:
        return str(row["year"])
    return said.furniture("by edition: year", year=row["year"]) + "\n" + edition_name(row["source"], row["vintage"], said)


def _verdict_key(panel: Axes, verdicts: list[str], bottom: int, said: Labels) -> None:
    """Explain the marks below the last row."""
    at, last = panel.get_xlim()
    inch = (last - at) / (panel.get_position().width * WIDTH)
    for verdict in verdicts:
        colour, shape = VERDICT_LOOKS[verdict]
        panel.plot([at + 0.06 * inch], [bottom + 0.3], clip_on=False, **marker(colour, shape, hollow=False))
        words = said.furniture(verdict)
        panel.text(at + 0.15 * inch, bottom + 0.3, words, fontsize=7.5, color=LIGHT.for_words(colour), va="center")
        at += (inches_wide(words, 7.5) + 0.35) * inch
