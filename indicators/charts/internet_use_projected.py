"""Internet use projected: where shares would go if the past continued, with the errors that such projections have made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import end_labels, page, panel_pitch, share_axis, small_panels, year_axis
from indicators.charts.drawing.palette import LIGHT
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import clauses, group_names, sentences, share_ticks, source_line
from indicators.charts.selection import INTERNET_USE, group_titles, internet_use_of_all_people, require_rows, same_vintage
from indicators.contracts.vocabulary import Basis, Model
from indicators.registries.labels import Plural
from indicators.registries.sources import by_age

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

#: Series of the frame that are not the projection of a model.
PUBLISHED, NO_CHANGE = Basis.PUBLISHED, Model.NO_CHANGE
#: A newer figure of another edition: shown, but no projection starts from it.
NEWEST_ELSEWHERE = "newest elsewhere"
SCHEMES = ("world", "income", "ldc")
#: Years of the past shown before the fan.
YEARS_BEFORE = 12
_COLUMNS, _HEIGHT = 3, 1.6


def data(projections: pd.DataFrame, observations: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the past, the projection and the no-change line of Internet use, one row an area, series and year.

    The models are those that beat no change in the back-test; of several for one group, the one with the least error over the longest
    horizon. All groups are of one edition, so that panels can be compared: the newest that projects the world, if any does.

    Missing data: a group for which no model beats no change has no rows; nor has a year without a value.

    Raises:
        ValueError: No group has a model that may be shown.
    """
    rows = internet_use_of_all_people(projections)
    shown = groups[groups["scheme"].isin(SCHEMES)].set_index("group_name")["scheme"]
    rows = rows[rows["area"].isin(shown.index) & rows["is_shown"] & rows["value"].notna() & rows["lower"].notna()]
    moving = require_rows(rows[(rows["model"] != NO_CHANGE) & rows["beats_no_change"]], "projection of a group that beats no change")
    of_world = moving[moving["area"] == "world"]
    moving = same_vintage(moving, by_age(of_world if len(of_world) else moving).iloc[-1])
    key = ["area", "source", "vintage"]
    furthest = moving[moving["horizon"] == moving["horizon"].max()]
    best = furthest.sort_values(["backtest_error", "model"]).drop_duplicates(key)[[*key, "model"]]
    fans = moving.merge(best, on=[*key, "model"])

    plain = ["area", "year", "value", "source", "vintage"]
    # What rounding leaves of a published value is no interval of a projection, and the back-test is that of the model: both stay out.
    past = internet_use_of_all_people(observations).merge(best[key], on=key)
    past = past.loc[past["year"] >= int(fans["last_year"].min()) - YEARS_BEFORE, plain]
    no_change = rows[rows["model"] == NO_CHANGE].merge(best[key], on=key)[plain]
    newest = fans.dropna(subset="newest_value").drop_duplicates("area")
    newest = newest[["area", *(f"newest_{column}" for column in plain[1:])]].set_axis(plain, axis="columns").astype({"year": "int64"})
    frame = pd.concat(
        [
            past.assign(series=PUBLISHED),
            fans.assign(series=fans["model"]),
            no_change.assign(series=NO_CHANGE),
            newest.assign(series=NEWEST_ELSEWHERE),
        ],
        ignore_index=True,
    )
    frame = frame.sort_values(["area", "year", "series"], ignore_index=True)
    return frame.assign(title=group_titles(frame["area"], groups), scheme=frame["area"].map(shown))


def _ends(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the last row of each area's projection: the world first, then income groups, then by value, highest first."""
    ends = frame.dropna(subset="model").drop_duplicates("area", keep="last")
    ends = ends.assign(is_group=ends["area"] != "world", is_other=ends["scheme"] != "income", from_top=-ends["value"])
    ends = ends.sort_values(["is_group", "is_other", "from_top"], kind="stable", ignore_index=True)
    return ends.astype({"horizon": "int64", "last_year": "int64"})


TEXT: dict[str, str | Plural] = {
    "projected: title": (
        "If past trends continue, {value} per cent {people} would use the Internet in {year}, up from {last_value} in {last_year}; "
        "the range is {lower} to {upper}"
    ),
    "projected: title, world": "of the world’s people",
    "projected: title, area": "in {area}",
    "projected: subtitle": Plural(
        (
            "Individuals using the Internet, per cent of population: as published, then projected for {years} year. Fan: where four "
            "in five outcomes fell in the back-test. Back-test: in {forecasts} forecasts for {economies} economies, {ahead} ahead, "
            "the mean error was {error} points for the model ({model}) and {error_of_no_change} points for “no change”; the fan "
            "contained {contained} of later outcomes."
        ),
        (
            "Individuals using the Internet, per cent of population: as published, then projected for {years} years. Fan: where four "
            "in five outcomes fell in the back-test. Back-test: in {forecasts} forecasts for {economies} economies, {ahead} ahead, "
            "the mean error was {error} points for the model ({model}) and {error_of_no_change} points for “no change”; the fan "
            "contained {contained} of later outcomes."
        ),
        "years",
    ),
    "projected: subtitle, ring": "Ring: the newest figure from another source, not used in the projection.",
    "projected: note": "Projections: own calculations, not forecasts by the publisher or anyone else.",
    "projected: no change": "{value} no change",
    "projected: alt, area": "{area}: {value} per cent, {lower} to {upper}",
    "projected: alt": Plural(
        "Fan charts in {panels} panel: published shares to {last_year}, then projected. {title}. In {year}, {values}.",
        "Fan charts in {panels} panels: published shares to {last_year}, then projected. {title}. In {year}, {values}.",
        "panels",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart."""

    names: tuple[str, ...]  #: a panel
    no_change: tuple[str, ...]  #: a panel: the label of the no-change line
    ticks: tuple[str, ...]


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title is about the world, or the first group if the world is not projected."""
    phrase = labels.chart_text
    ends = _ends(frame)
    names = group_names(ends["area"], ends["title"], labels)
    head = ends.iloc[0]
    shown = {part: f"{head[part]:.0f}" for part in ("value", "last_value", "lower", "upper")}
    title = phrase(
        "projected: title", **shown, year=head["year"], last_year=head["last_year"],
        people=phrase("projected: title, world") if head["area"] == "world" else phrase("projected: title, area", area=names[0]),
    )  # fmt: skip
    horizon = int(head["horizon"])
    subtitle = phrase(
        "projected: subtitle", years=horizon, forecasts=labels.number(head["forecasts_tested"], 0, grouped=True),
        economies=f"{head['areas_tested']:.0f}", ahead=phrase("a year") if horizon == 1 else phrase("years", years=horizon),
        model=head["model"], error=labels.number(head["backtest_error"]), error_of_no_change=labels.number(head["persistence_error"]),
        contained=labels.percent(f"{100 * head['interval_coverage']:.0f}"),
    )  # fmt: skip
    ring = phrase("projected: subtitle, ring") if (frame["series"] == NEWEST_ELSEWHERE).any() else ""
    by_area = [
        phrase("projected: alt, area", area=name, **{part: f"{end[part]:.0f}" for part in ("value", "lower", "upper")})
        for name, end in zip(names, ends.to_dict("records"), strict=True)
    ]
    alt = phrase(
        "projected: alt", panels=len(ends), last_year=head["last_year"], title=title, year=head["year"], values=clauses(by_area, labels)
    )
    return Text(
        title=title,
        subtitle=sentences(labels, subtitle, ring),
        alt=alt,
        source=source_line(frame, phrase("projected: note"), labels),
        language=labels.language,
        names=tuple(names),
        no_change=tuple(phrase("projected: no change", value=f"{value:.0f}") for value in ends["last_value"]),
        ticks=tuple(share_ticks(labels, 0, 50, 100).values()),
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw one fan a group in small panels."""
    figure, bottom = page(text, body=-(-len(text.names) // _COLUMNS) * panel_pitch(_HEIGHT) - 0.12)
    panels = small_panels(figure, text.names, bottom, columns=_COLUMNS, height=_HEIGHT, room=0.72, from_right=text.is_right_to_left)
    first, last = int(frame["year"].min()), int(frame["year"].max())
    for panel, (_, end), no_change in zip(panels, _ends(frame).iterrows(), text.no_change, strict=True):
        _fan(panel, frame[frame["area"] == end["area"]], end, first, last, no_change)
        year_axis(panel, first, last)
        share_axis(panel, text.ticks)
    return figure


def _fan(panel: Axes, rows: pd.DataFrame, end: pd.Series, first: int, last: int, no_change: str) -> None:
    """Draw one area: the published past as a line, the fan from its last value, and a dotted line for no change."""
    start = pd.DataFrame([{"year": end["last_year"], "value": end["last_value"], "lower": end["last_value"], "upper": end["last_value"]}])
    past, newest = rows[rows["series"] == PUBLISHED], rows[rows["series"] == NEWEST_ELSEWHERE]
    fan, flat = (
        pd.concat([start, rows.loc[rows["series"] == series, list(start)]], ignore_index=True) for series in (end["model"], NO_CHANGE)
    )
    panel.fill_between(fan["year"].astype("float64"), fan["lower"], fan["upper"], color=LIGHT.band, linewidth=0)
    panel.plot(fan["year"], fan["value"], color=LIGHT.blue, linewidth=1.5, linestyle=(0, (2, 1.2)))
    panel.plot(flat["year"], flat["value"], color=LIGHT.quiet, linewidth=0.9, linestyle=(0, (1, 1.5)))
    values = past.set_index("year")["value"].reindex(range(first, int(end["last_year"]) + 1))
    panel.plot(values.index, values, color=LIGHT.blue)
    panel.plot([end["last_year"]], [end["last_value"]], marker="o", markersize=3, color=LIGHT.blue)
    panel.plot(
        newest["year"], newest["value"], linestyle="none", zorder=4,
        marker="o", markersize=3.5, color=LIGHT.ground, markeredgecolor=LIGHT.ink, markeredgewidth=0.8,
    )  # fmt: skip
    labels = [
        (float(end["upper"]), f"{end['upper']:.0f}", LIGHT.quiet, "normal"),
        (float(end["value"]), f"{end['value']:.0f}", LIGHT.blue, "bold"),
        (float(end["last_value"]), no_change, LIGHT.quiet, "normal"),
        (float(end["lower"]), f"{end['lower']:.0f}", LIGHT.quiet, "normal"),
    ]
    end_labels(panel, last + 0.05 * (last - first), labels, apart=100 * 0.125 / _HEIGHT, below=104)


CHART = Chart(
    name="internet_use_projected",
    position=100,
    description="Where shares would go if past trends continued, with the errors of such projections.",
    columns=(
        *("area", "series", "year", "value", "lower", "upper", "backtest_error", "persistence_error", "interval_coverage"),
        *("areas_tested", "forecasts_tested", "source", "vintage"),
    ),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    indicator_pages={INTERNET_USE: 50},
    may_lack_data=True,
)
