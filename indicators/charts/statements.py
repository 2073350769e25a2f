"""The resolution's statements against the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, broken, marker, page, styled, turn_round
from indicators.charts.palette import LIGHT, VERDICT_LOOKS
from indicators.charts.rows import needed
from indicators.charts.words import chain, source_line
from indicators.registries.labels import labels

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.axes import Axes

    from indicators.registries.labels import Labels


@styled
def verdicts_of_the_resolution(claims: pd.DataFrame, verdicts: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw each statement of the resolution as the interval its words stand for, with the evidence at adoption, now and before.

    Args:
        claims: Rows of the `claims` contract.
        verdicts: Rows of `verdicts`; of two bases at one moment the published one is drawn, unless only the computed one has a value.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: a statement without evidence keeps its row and its interval, and its verdict says so.

    Raises:
        ValueError: No claims, or no verdict at adoption.
    """
    say = (said := labels(language)).furniture
    needed(claims, "claims")
    ordered = claims.sort_values("paragraph", kind="stable").reset_index(drop=True)
    judged = verdicts[verdicts["claim"].isin(ordered["claim"])]
    # A computed figure stands in only where there is no published one: sort those with a value first, then the published ones.
    judged = judged.assign(no_value=judged["value"].isna(), computed=judged["basis"] == "computed").sort_values(
        ["no_value", "computed", "source", "vintage"], kind="stable"
    )
    once = judged[judged["moment"] != "history"].drop_duplicates(["claim", "moment"])
    before = judged[(judged["moment"] == "history") & ~judged["no_value"]].drop_duplicates(["claim", "source", "vintage"])
    adopted = needed(once[once["moment"] == "at adoption"], "verdict at adoption").set_index("claim")
    now = once[once["moment"] == "now"].set_index("claim")
    # A second reading of the same words is no second statement.
    statements = adopted[adopted.index.isin(ordered.loc[ordered["reading_of"].isna(), "claim"])]
    counts = statements["verdict"].value_counts()
    good = int(counts.get("supported", 0) + counts.get("narrowly supported", 0))
    title = say("statements: title", good=good, statements=len(statements))
    if refuted := int(counts.get("not supported", 0)):
        title += say("statements: title, one not" if refuted == 1 else "statements: title, some not", refuted=refuted)
    open_still = int(counts.get("undetermined", 0) + counts.get("not measurable", 0))
    if open_still:
        title += say("statements: title, open", open=open_still)
    changed = int((now["verdict"] == "revised since").sum())
    if changed:
        title += say("statements: title, one changed" if changed == 1 else "statements: title, some changed", changed=changed)
    subtitle = say(
        "statements: subtitle", paragraphs=f"{ordered['paragraph'].min()}–{ordered['paragraph'].max()}",
        readings=say("statements: subtitle, readings", readings=len(ordered)) if len(statements) < len(ordered) else "",
    )  # fmt: skip
    source = source_line(judged[~judged["no_value"]], say("statements: note"), said)

    pitch = 0.53
    figure, bottom = page(title, subtitle, source, body=pitch * len(ordered) + 0.3, said=said)
    number_wide, words_wide, scale_wide = 0.34, 2.45, 2.7
    panel = axes_at(figure, MARGIN + number_wide + words_wide + 0.15, bottom, scale_wide, pitch * len(ordered) + 0.3)
    panel.set(xlim=(0, 1), ylim=(len(ordered), -0.3 / pitch))
    panel.axis("off")
    beside = panel.get_yaxis_transform()
    left, right, end = (
        inches / scale_wide
        for inches in (-(number_wide + words_wide + 0.15), scale_wide + 0.22, WIDTH - 2 * MARGIN - number_wide - words_wide - 0.15)
    )
    for at, words in (
        (left, say("paragraph, in short")),
        (left + number_wide / scale_wide, say("statement")),
        (0, say("statements: scale")),
        (right, say("verdict")),
    ):
        panel.text(at, -0.28, words, transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center")
    drawn = []
    for top, claim in enumerate(ordered.to_dict("records")):
        starts = top == 0 or claim["paragraph"] != ordered.loc[top - 1, "paragraph"]
        if starts:
            panel.plot([left, end], [top - 0.02] * 2, transform=beside, color=LIGHT.rule, linewidth=0.8, clip_on=False)
            panel.text(left, top + 0.42, str(claim["paragraph"]), transform=beside, fontsize=8.5, fontweight="bold", va="center")
        evidence = [
            (moment, table.loc[claim["claim"]])
            for moment, table in (("at adoption", adopted), ("now", now))
            if claim["claim"] in table.index
        ]
        earlier = before[(before["claim"] == claim["claim"]) & (before["year"] <= claim["year"])]
        scale = claim_scale(claim, evidence, earlier)
        _claim_interval(panel, claim, scale, top, said)
        lines = broken(said.statement(claim["claim"], claim["statement"]), 8, words_wide)
        panel.text(
            left + number_wide / scale_wide, top + 0.42, "\n".join(lines[:3]),
            transform=beside, fontsize=8, va="center", linespacing=1.15,
        )  # fmt: skip
        for lane, (moment, row) in zip((0.2, 0.44), evidence, strict=False):
            colour, shape = VERDICT_LOOKS[row["verdict"]]
            _evidence(panel, row, scale, top + lane, colour, shape, hollow=moment == "now")
            panel.plot([right + 0.02], [top + lane], transform=beside, clip_on=False, **marker(colour, shape, hollow=moment == "now"))
            weight = "normal" if row["verdict"] == "supported" else "bold"
            panel.text(
                right + 0.06,
                top + lane,
                say(row["verdict"]),
                transform=beside,
                fontsize=7.5,
                fontweight=weight,
                color=LIGHT.for_words(colour),
                va="center",
            )
        for _, row in earlier.iterrows():
            _evidence(panel, row, scale, top + 0.64, LIGHT.muted, "|", hollow=False)
        flags = chain(_flags([row for _, row in evidence], said), said)
        panel.text(
            right + 0.06,
            top + 0.56,
            "\n".join(broken(flags, 6.5, 1.4)[:2]),
            transform=beside,
            fontsize=6.5,
            color=LIGHT.quiet,
            va="top",
            linespacing=1.1,
        )
        drawn += [{**row.to_dict(), "claim": claim["claim"], "moment": moment} for moment, row in evidence]
        drawn += earlier.to_dict("records")
    if said.direction == "rtl":
        turn_round(panel)
    data = pd.DataFrame(drawn).merge(
        ordered[["claim", "paragraph", "statement", "unit", "lower", "upper", "interval"]],
        on="claim",
        how="right",
        suffixes=("", "_of_claim"),
    )
    data = data[
        [
            "paragraph", "claim", "statement", "unit", "interval", "lower_of_claim", "upper_of_claim", "moment", "basis", "source",
            "vintage", "year", "value", "lower", "upper", "verdict", "flags",
        ]
    ]  # fmt: skip
    told = chain([say("statements: alt, verdict", verdict=say(str(verdict)), count=count) for verdict, count in counts.items()], said)
    alt = say("statements: alt", statements=len(ordered), title=title, told=told)
    return Chart("verdicts_of_the_resolution", title, subtitle, figure, data, alt, source, said)


def _flags(rows: list[pd.Series], said: Labels) -> list[str]:
    """Return what a reader should keep in mind of the evidence, once each and in short; that aggregates are estimates holds for all."""
    flags = [flag.partition(":")[0].strip() for row in rows if pd.notna(row["flags"]) for flag in row["flags"].split(";")]
    return [said.flag(flag) for flag in dict.fromkeys(flags) if flag and flag != "estimate"]


def claim_scale(claim: Mapping[Any, Any], evidence: list[tuple[str, pd.Series]], earlier: pd.DataFrame) -> Callable[[float], float]:
    """Return how a value of this claim's unit becomes a place between 0 and 1: a scale wide enough for interval and evidence."""
    numbers = [claim["figure"], claim["lower"], claim["upper"], *earlier[["value", "lower", "upper"]].to_numpy(dtype="float64").ravel()]
    for _, row in evidence:
        numbers += [row["value"], row["lower"], row["upper"]]
    known = np.array([number for number in numbers if pd.notna(number) and np.isfinite(number)], dtype="float64")
    low, high = known.min(), known.max()
    pad = 0.12 * (high - low) or 0.1 * abs(high) or 1.0
    return lambda value: float((value - (low - pad)) / (high - low + 2 * pad))


def _claim_interval(panel: Axes, claim: Mapping[Any, Any], scale: Callable[[float], float], top: int, said: Labels) -> None:
    """Draw the interval a statement stands for: a solid edge belongs to it, a dashed one does not, and an arrow runs on without end."""
    ends = []
    for side, bracket in (("lower", claim["interval"][0]), ("upper", claim["interval"][-1])):
        bounded = pd.notna(claim[side]) and np.isfinite(claim[side])
        place = scale(claim[side]) if bounded else float(side == "upper")
        # Shares end at 100 even where the words name no upper end: the edge may lie beyond what the row shows.
        beyond = not 0 <= place <= 1
        place = min(max(place, 0.0), 1.0)
        ends.append(place)
        if bounded and not beyond:
            panel.plot(
                [place, place],
                [top + 0.06, top + 0.74],
                color=LIGHT.edge,
                linewidth=1.1,
                linestyle="-" if bracket in "[]" else (0, (1.5, 1.5)),
            )
        else:
            panel.plot(
                [place], [top + 0.4], marker=">" if side == "upper" else "<", markersize=5, color=LIGHT.edge, clip_on=False, zorder=4
            )
    panel.add_patch(Rectangle((ends[0], top + 0.06), ends[1] - ends[0], 0.68, color=LIGHT.band, linewidth=0, zorder=0.5))
    panel.plot([0, 1], [top + 0.74] * 2, color=LIGHT.faint, linewidth=0.7)
    # The inverse of the scale at both ends gives the span; a few round values on it are the ticks.
    step = scale(1.0) - scale(0.0)
    low, high = -scale(0.0) / step, (1 - scale(0.0)) / step
    for wanted in (4, 6, 9):
        ticks = [tick for tick in MaxNLocator(nbins=wanted, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high) if 0.03 <= scale(tick) <= 0.97]
        if len(ticks) > 1:
            break
    for tick in ticks:
        words = said.as_written(f"{tick:.6g}")
        if claim["unit"] == "%":
            words = said.percent(words)
        elif tick == ticks[-1]:
            words = said.furniture("times", number=words) if claim["unit"] == "ratio" else f"{words} {said.unit(claim['unit'])}"
        panel.plot([scale(tick)] * 2, [top + 0.74, top + 0.78], color=LIGHT.faint, linewidth=0.7)
        panel.text(
            scale(tick),
            top + 0.87,
            words,
            fontsize=6.5,
            color=LIGHT.quiet,
            ha="center",
            va="center",
        )


def _evidence(
    panel: Axes, row: pd.Series, scale: Callable[[float], float], height: float, colour: str, shape: str, *, hollow: bool
) -> None:
    """Draw one figure found and the range it leaves; nothing where there is none."""
    if pd.notna(row["lower"]) and pd.notna(row["upper"]):
        panel.plot([scale(row["lower"]), scale(row["upper"])], [height] * 2, color=colour, linewidth=1.2, solid_capstyle="butt", zorder=3)
    if pd.notna(row["value"]):
        panel.plot([scale(row["value"])], [height], zorder=4, **marker(colour, shape, hollow=hollow))
