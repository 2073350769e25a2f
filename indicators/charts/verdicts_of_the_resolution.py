"""The statements of the resolution against the evidence: the interval of each statement, with the figures at adoption, now and before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
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
    round_ticks,
    verdict_mark,
    wrapped,
)
from indicators.charts.drawing.palette import LIGHT, VERDICT_LOOKS
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import clauses, source_line
from indicators.charts.selection import require_rows
from indicators.contracts.vocabulary import Basis, Moment, Nature, Verdict
from indicators.registries.labels import Plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

#: Moments of the evidence.
AT_ADOPTION, NOW, HISTORY = Moment.AT_ADOPTION, Moment.NOW, Moment.HISTORY


def data(claims: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the evidence for each statement, in the order of the paragraphs, one row a figure.

    Of two bases at one moment the published one is taken, unless only the computed one has a value. Earlier figures are those up to the
    year of the statement, one an edition.

    Missing data: a statement without evidence keeps one row without a value.

    Raises:
        ValueError: No claims, or no verdict at adoption.
    """
    require_rows(claims, "claims")
    ordered = claims.sort_values("paragraph", kind="stable").reset_index(drop=True)
    rows = verdicts[verdicts["claim"].isin(ordered["claim"])]
    rows = rows.assign(no_value=rows["value"].isna(), computed=rows["basis"] == Basis.COMPUTED)
    rows = rows.sort_values(["no_value", "computed", "source", "vintage"], kind="stable")
    rows = rows.merge(claims[["claim", "year"]].rename(columns={"year": "year_of_claim"}), on="claim")
    at_adoption, now = (rows[rows["moment"] == moment].drop_duplicates("claim") for moment in (AT_ADOPTION, NOW))
    require_rows(at_adoption, "verdict at adoption")
    earlier = rows[(rows["moment"] == HISTORY) & ~rows["no_value"]].drop_duplicates(["claim", "source", "vintage"])
    drawn = pd.concat([at_adoption, now, earlier[earlier["year"] <= earlier["year_of_claim"]]])
    statements = ordered[["claim", "paragraph", "statement", "unit", "lower", "upper", "interval", "figure"]]
    statements = statements.assign(is_reading=ordered["reading_of"].notna())
    return drawn.merge(statements, on="claim", how="right", suffixes=("", "_of_claim"))


TEXT: dict[str, str | Plural] = {
    "statements: title": Plural(
        "{good} of {statements} statements of the resolution was supported by the figures available to its drafters",
        "{good} of {statements} statements of the resolution were supported by the figures available to its drafters",
        "good",
    ),
    "statements: title, one not": ", {refuted} was not",
    "statements: title, some not": ", {refuted} were not",
    "statements: title, open": Plural(", {open} could not be determined", ", {open} could not be determined", "open"),
    "statements: title, one changed": "; {changed} no longer holds",
    "statements: title, some changed": "; {changed} no longer hold",
    "statements: subtitle": (
        "Statements of A/RES/80/173, paragraphs {paragraphs}{readings}; each row has its own scale. Shaded: values that agree with "
        "the wording. Marks: the evidence with its range; filled: available to the drafters; hollow: newest. Vertical strokes: other "
        "editions, each for its newest year."
    ),
    "statements: subtitle, readings": Plural(", in {readings} reading", ", in {readings} readings", "readings"),
    "statements: scale": "Values the wording allows, and the evidence",
    "statements: alt, verdict": "{count} {verdict}",
    "statements: alt": Plural(
        (
            "Interval chart of {statements} statement of A/RES/80/173: the values its wording allows, and the evidence at adoption "
            "and now. {title}. Verdicts at adoption: {values}."
        ),
        (
            "Interval chart of {statements} statements of A/RES/80/173: for each, the values its wording allows, and the evidence at "
            "adoption and now. {title}. Verdicts at adoption: {values}."
        ),
        "statements",
    ),
}


@dataclass(frozen=True)
class StatementText:
    """The text of one statement."""

    statement: str
    flags: str  #: what to keep in mind about the evidence
    ticks: Mapping[float, str]  #: a few round values of its unit


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the verdict of each row."""

    statements: tuple[StatementText, ...]
    paragraph_heading: str
    statement_heading: str
    scale_heading: str
    verdict_heading: str


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title counts the verdicts at adoption, and those that have changed since."""
    phrase = labels.chart_text
    at_adoption = frame[(frame["moment"] == AT_ADOPTION) & ~frame["is_reading"]]
    counts = {verdict: int((at_adoption["verdict"] == verdict).sum()) for verdict in VERDICT_LOOKS}
    title = phrase("statements: title", good=sum(counts[verdict] for verdict in Verdict.supporting()), statements=len(at_adoption))
    if refuted := counts[Verdict.NOT_SUPPORTED]:
        title += phrase("statements: title, one not" if refuted == 1 else "statements: title, some not", refuted=refuted)
    if undecided := counts[Verdict.UNDETERMINED] + counts[Verdict.NOT_MEASURABLE]:
        title += phrase("statements: title, open", open=undecided)
    if changed := int(((frame["moment"] == NOW) & (frame["verdict"] == Verdict.REVISED_SINCE)).sum()):
        title += phrase("statements: title, one changed" if changed == 1 else "statements: title, some changed", changed=changed)
    claims = frame["claim"].nunique()
    subtitle = phrase(
        "statements: subtitle", paragraphs=f"{frame['paragraph'].min()}–{frame['paragraph'].max()}",
        readings=phrase("statements: subtitle, readings", readings=claims) if len(at_adoption) < claims else "",
    )  # fmt: skip
    # The most frequent verdict first; of equally frequent ones the weaker first.
    order = list(VERDICT_LOOKS)
    by_count = sorted(order, key=lambda verdict: (counts[verdict], order.index(verdict)), reverse=True)
    by_verdict = [
        phrase("statements: alt, verdict", verdict=phrase(verdict), count=counts[verdict]) for verdict in by_count if counts[verdict]
    ]
    return Text(
        title=title,
        subtitle=subtitle,
        alt=phrase("statements: alt", statements=claims, title=title, values=clauses(by_verdict, labels)),
        source=source_line(frame[frame["value"].notna()], phrase("statements: note"), labels),
        language=labels.language,
        row_text={"verdict_text": [phrase(verdict) if pd.notna(verdict) else "" for verdict in frame["verdict"]]},
        statements=tuple(_statement_text(rows, labels) for _, rows in frame.groupby("claim", sort=False)),
        paragraph_heading=phrase("paragraph, in short"),
        statement_heading=phrase("statement"),
        scale_heading=phrase("statements: scale"),
        verdict_heading=phrase("verdict"),
    )


def _statement_text(rows: pd.DataFrame, labels: Labels) -> StatementText:
    claim = rows.iloc[0]
    return StatementText(
        statement=labels.statement(claim["claim"], claim["statement"]),
        flags=clauses(_flags(_evidence(rows)["flags"], labels), labels),
        ticks=_ticks(_scale(rows), claim["unit"], labels),
    )


def _ticks(scale: Callable[[float], float], unit: str, labels: Labels) -> dict[float, str]:
    """Return a few round values on the scale of a statement as text; shares have the per cent sign, else the last one has the unit."""
    # The inverse of the scale at both ends gives its span.
    step = scale(1.0) - scale(0.0)
    low, high = -scale(0.0) / step, (1 - scale(0.0)) / step
    for at_most in (4, 6, 9):
        ticks = [tick for tick in round_ticks(low, high, at_most, (1, 2, 2.5, 5)) if 0.03 <= scale(tick) <= 0.97]
        if len(ticks) > 1:
            break
    numbers = {tick: labels.as_written(f"{tick:.6g}") for tick in ticks}
    if unit == "%":
        return {tick: labels.percent(number) for tick, number in numbers.items()}
    last = numbers[ticks[-1]]
    return numbers | {ticks[-1]: labels.chart_text("times", number=last) if unit == "ratio" else f"{last} {labels.unit(unit)}"}


def _scale(rows: pd.DataFrame) -> Callable[[float], float]:
    """Return how a value becomes a place between 0 and 1: a scale wide enough for the interval and the evidence of a statement."""
    numbers = rows[["value", "lower", "upper", "figure", "lower_of_claim", "upper_of_claim"]]
    return padded_scale(numbers.to_numpy(dtype="float64").ravel())


def _flags(flags: Iterable[str], labels: Labels) -> list[str]:
    """Return what to keep in mind about the evidence, once each and in short; that aggregates are estimates holds for all."""
    short = [flag.partition(":")[0].strip() for joined in flags if pd.notna(joined) for flag in joined.split(";")]
    return [labels.flag(flag) for flag in dict.fromkeys(short) if flag and flag != Nature.ESTIMATE]


def _evidence(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a statement at adoption and now."""
    return rows[rows["moment"].isin([AT_ADOPTION, NOW])]


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw each statement as the interval of its words, with its evidence: filled at adoption, hollow now, thin strokes before."""
    pitch, number_width, words_width, scale_width = 0.53, 0.34, 2.45, 2.7
    figure, bottom = page(text, body=pitch * len(text.statements) + 0.3)
    before_scale = number_width + words_width + 0.15
    panel = axes_at(figure, MARGIN + before_scale, bottom, scale_width, pitch * len(text.statements) + 0.3)
    panel.set(xlim=(0, 1), ylim=(len(text.statements), -0.3 / pitch))
    panel.axis("off")
    beside = panel.get_yaxis_transform()
    left, right, end = (inches / scale_width for inches in (-before_scale, scale_width + 0.22, WIDTH - 2 * MARGIN - before_scale))
    statement_at = left + number_width / scale_width
    for x, heading in (
        (left, text.paragraph_heading),
        (statement_at, text.statement_heading),
        (0, text.scale_heading),
        (right, text.verdict_heading),
    ):
        panel.text(x, -0.28, heading, transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center")
    paragraph = None
    for top, ((_, rows), words_of) in enumerate(zip(frame.groupby("claim", sort=False), text.statements, strict=True)):
        claim, evidence, earlier = rows.iloc[0], _evidence(rows), rows[rows["moment"] == HISTORY]
        if claim["paragraph"] != paragraph:
            paragraph = claim["paragraph"]
            panel.plot([left, end], [top - 0.02] * 2, transform=beside, color=LIGHT.rule, linewidth=0.8, clip_on=False)
            panel.text(left, top + 0.42, str(paragraph), transform=beside, fontsize=8.5, fontweight="bold", va="center")
        scale = _scale(rows)
        _interval(panel, claim, scale, top)
        for tick, label in words_of.ticks.items():
            panel.plot([scale(tick)] * 2, [top + 0.74, top + 0.78], color=LIGHT.faint, linewidth=0.7)
            panel.text(scale(tick), top + 0.87, label, fontsize=6.5, color=LIGHT.quiet, ha="center", va="center")
        panel.text(
            statement_at, top + 0.42, "\n".join(wrapped(words_of.statement, 8, words_width)[:3]),
            transform=beside, fontsize=8, va="center", linespacing=1.15,
        )  # fmt: skip
        for lane, row in zip((0.2, 0.44), evidence.to_dict("records"), strict=False):
            colour, shape = VERDICT_LOOKS[row["verdict"]]
            hollow = row["moment"] == NOW
            _figure(panel, row["value"], row["lower"], row["upper"], scale, top + lane, colour, shape, hollow=hollow)
            verdict_mark(panel, right + 0.02, top + lane, colour, shape, hollow=hollow, transform=beside, clip_on=False)
            panel.text(
                right + 0.06, top + lane, row["verdict_text"], transform=beside, fontsize=7.5, va="center",
                fontweight="normal" if row["verdict"] == Verdict.SUPPORTED else "bold", color=LIGHT.for_text(colour),
            )  # fmt: skip
        for value, lower, upper in zip(earlier["value"], earlier["lower"], earlier["upper"], strict=True):
            _figure(panel, value, lower, upper, scale, top + 0.64, LIGHT.muted, "|")
        panel.text(
            right + 0.06, top + 0.56, "\n".join(wrapped(words_of.flags, 6.5, 1.4)[:2]), transform=beside, fontsize=6.5,
            color=LIGHT.quiet, va="top", linespacing=1.1,
        )  # fmt: skip
    if text.is_right_to_left:
        mirror(panel)
    return figure


def _interval(panel: Axes, claim: pd.Series, scale: Callable[[float], float], top: int) -> None:
    """Draw the interval of a statement: a solid edge belongs to it, a dashed one does not, and an arrow stands for no end."""
    ends = []
    for side, bracket in (("lower", claim["interval"][0]), ("upper", claim["interval"][-1])):
        value = claim[f"{side}_of_claim"]
        is_bounded = pd.notna(value) and np.isfinite(value)
        place = scale(value) if is_bounded else float(side == "upper")
        # Shares end at 100 even where the words name no upper end: the edge may be beyond what the row shows.
        is_visible = 0 <= place <= 1
        place = min(max(place, 0.0), 1.0)
        ends.append(place)
        if is_bounded and is_visible:
            style = "-" if bracket in "[]" else (0, (1.5, 1.5))
            panel.plot([place, place], [top + 0.06, top + 0.74], color=LIGHT.edge, linewidth=1.1, linestyle=style)
        else:
            arrow = ">" if side == "upper" else "<"
            panel.plot([place], [top + 0.4], marker=arrow, markersize=5, color=LIGHT.edge, clip_on=False, zorder=4)
    rectangle(panel, ends[0], top + 0.06, ends[1] - ends[0], 0.68, color=LIGHT.band, zorder=0.5)
    panel.plot([0, 1], [top + 0.74] * 2, color=LIGHT.faint, linewidth=0.7)


def _figure(
    panel: Axes,
    value: float,
    lower: float,
    upper: float,
    scale: Callable[[float], float],
    height: float,
    colour: str,
    shape: str,
    *,
    hollow: bool = False,
) -> None:
    """Draw one figure and its range; nothing where there is none."""
    if pd.notna(lower) and pd.notna(upper):
        panel.plot([scale(lower), scale(upper)], [height] * 2, color=colour, linewidth=1.2, solid_capstyle="butt", zorder=3)
    if pd.notna(value):
        verdict_mark(panel, scale(value), height, colour, shape, hollow=hollow, zorder=4)


CHART = Chart(
    name="verdicts_of_the_resolution",
    position=30,
    description="The values that the resolution's wording allows, against the evidence.",
    columns=(
        *("paragraph", "claim", "statement", "unit", "interval", "lower_of_claim", "upper_of_claim", "moment", "basis", "source"),
        *("vintage", "year", "value", "lower", "upper", "verdict", "flags"),
    ),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
)
