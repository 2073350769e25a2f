"""Where Internet use is heading, with how such projections have done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.frame import page, panel_pitch, shares, small_panels, spread, styled, year_axis
from indicators.charts.palette import LIGHT
from indicators.charts.rows import everybody, needed
from indicators.charts.words import chain, group_names, sentences, source_line
from indicators.registries.labels import labels
from indicators.registries.sources import by_age

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from indicators.registries.labels import Labels

NO_CHANGE = "no change"
#: A newer figure of another edition: shown, and not projected from.
ELSEWHERE = "newest elsewhere"
_HEIGHT = 1.6
#: Years of the past beside the fan.
YEARS_BEFORE = 12


@styled
def internet_use_projected(projections: pd.DataFrame, observations: pd.DataFrame, groups: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw where the world's and the income groups' Internet use would go if the past went on, as fans.

    Args:
        projections: Rows of the `projections` contract; used are models that are to be shown, which are those that beat no change in the
            back-test; of several for one group, the one with the least error over the longest horizon.
        observations: Rows of `observations`: the past of each series, of its own source and vintage.
        groups: Rows of `groups`, for names.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: a group that no model beats no change for has no panel; years without a value have no line.

    Raises:
        ValueError: No group of which a model may be shown.
    """
    say = (said := labels(language)).furniture
    rows = everybody(projections)
    named = groups[groups["scheme"].isin(["world", "income", "ldc"])].set_index("group_name")
    rows = rows[rows["area"].isin(named.index) & rows["is_shown"] & rows["value"].notna() & rows["lower"].notna()]
    moving = needed(rows[(rows["model"] != NO_CHANGE) & rows["beats_no_change"]], "projection of a group that beats no change")
    newest = by_age(moving).iloc[-1]
    key = ["area", "source", "vintage"]
    # Groups of one edition only, so that panels can be compared: the newest that projects the world, if any does.
    of_world = moving[moving["area"] == "world"]
    like = by_age(of_world).iloc[-1] if len(of_world) else newest
    moving = moving[(moving["source"] == like["source"]) & (moving["vintage"] == like["vintage"])]
    far = moving[moving["horizon"] == moving["horizon"].max()]
    best = far.sort_values(["backtest_error", "model"]).drop_duplicates(key)[[*key, "model"]]
    fans = moving.merge(best, on=[*key, "model"])
    still = rows[rows["model"] == NO_CHANGE].merge(best[key], on=key)
    past = everybody(observations).merge(best[key], on=key)
    columns = [
        *("area", "series", "year", "value", "lower", "upper", "backtest_error", "persistence_error", "interval_coverage"),
        *("areas_tested", "forecasts_tested", "source", "vintage"),
    ]
    past = past[past["year"] >= int(fans["last_year"].min()) - YEARS_BEFORE]
    parts = [past.assign(series="published"), fans.assign(series=fans["model"]), still.assign(series=NO_CHANGE)]
    # What rounding leaves of a published value is no projection's interval, and the back-test told is that of the model.
    parts[0], parts[2] = (part[["area", "series", "year", "value", "source", "vintage"]] for part in (parts[0], parts[2]))
    elsewhere = {"year": "newest_year", "value": "newest_value", "source": "newest_source", "vintage": "newest_vintage"}
    newer = fans.dropna(subset="newest_value").drop_duplicates("area")[["area", *elsewhere.values()]]
    newer = newer.rename(columns={name: column for column, name in elsewhere.items()}).astype({"year": "int64"})
    parts.append(newer.assign(series=ELSEWHERE))
    data = pd.concat([part.reindex(columns=columns) for part in parts], ignore_index=True)
    data = data.sort_values(["area", "year", "series"], ignore_index=True)

    ends = fans.sort_values("year").drop_duplicates("area", keep="last").set_index("area")
    order = sorted(ends.index, key=lambda area: (area != "world", named.loc[area, "scheme"] != "income", -ends.loc[area, "value"]))
    head = ends.loc[order[0]]
    called = group_names(groups, said)
    shown = {part: f"{head[part]:.0f}" for part in ("value", "last_value", "lower", "upper")}
    title = say(
        "projected: title", **shown, year=head["year"], last_year=head["last_year"],
        people=say("projected: title, world") if order[0] == "world" else say("projected: title, area", area=called[order[0]]),
    )  # fmt: skip
    horizon = int(head["horizon"])
    subtitle = sentences(
        said,
        say(
            "projected: subtitle", years=horizon, forecasts=said.number(head["forecasts_tested"], 0, grouped=True),
            economies=f"{head['areas_tested']:.0f}", ahead=say("a year") if horizon == 1 else say("years", years=horizon),
            model=head["model"], error=said.number(head["backtest_error"]), error_of_no_change=said.number(head["persistence_error"]),
            held=said.percent(f"{100 * head['interval_coverage']:.0f}"),
        ),
        say("projected: subtitle, ring") if len(newer) else "",
    )  # fmt: skip
    source = source_line(data, say("projected: note"), said)

    across = 3
    figure, bottom = page(title, subtitle, source, body=-(-len(order) // across) * panel_pitch(_HEIGHT) - 0.12, said=said)
    names = [called[area] for area in order]
    first, last = int(data["year"].min()), int(data["year"].max())
    panels = small_panels(figure, names, bottom, columns=across, height=_HEIGHT, room=0.72, said=said)
    for panel, area in zip(panels, order, strict=True):
        _fan(panel, data[data["area"] == area], ends.loc[area], first, last, said)
    told = chain(
        [
            say("projected: alt, area", area=name, **{part: f"{ends.loc[area, part]:.0f}" for part in ("value", "lower", "upper")})
            for area, name in zip(order, names, strict=True)
        ],
        said,
    )
    alt = say("projected: alt", panels=len(order), last_year=head["last_year"], title=title, year=head["year"], told=told)
    return Chart("internet_use_projected", title, subtitle, figure, data, alt, source, said)


def _fan(panel: Axes, rows: pd.DataFrame, end: pd.Series, first: int, last: int, said: Labels) -> None:
    """Draw one series: what was published as a line, the fan from its last value, and dotted where no change would leave it."""
    start = pd.DataFrame([{"year": end["last_year"], "value": end["last_value"], "lower": end["last_value"], "upper": end["last_value"]}])
    past, still = rows[rows["series"] == "published"], rows[rows["series"] == NO_CHANGE]
    fan = pd.concat([start, rows[rows["series"] == end["model"]]], ignore_index=True)
    panel.fill_between(fan["year"].astype("float64"), fan["lower"], fan["upper"], color=LIGHT.band, linewidth=0)
    panel.plot(fan["year"], fan["value"], color=LIGHT.blue, linewidth=1.5, linestyle=(0, (2, 1.2)))
    flat = pd.concat([start, still], ignore_index=True)
    panel.plot(flat["year"], flat["value"], color=LIGHT.quiet, linewidth=0.9, linestyle=(0, (1, 1.5)))
    spaced = past.set_index("year")["value"].reindex(range(first, int(end["last_year"]) + 1))
    panel.plot(spaced.index, spaced, color=LIGHT.blue)
    panel.plot([end["last_year"]], [end["last_value"]], marker="o", markersize=3, color=LIGHT.blue)
    ring = rows[rows["series"] == ELSEWHERE]
    panel.plot(
        ring["year"], ring["value"], linestyle="none", zorder=4,
        marker="o", markersize=3.5, color=LIGHT.ground, markeredgecolor=LIGHT.ink, markeredgewidth=0.8,
    )  # fmt: skip
    labels = [
        (float(end["upper"]), f"{end['upper']:.0f}", LIGHT.quiet, "normal"),
        (float(end["value"]), f"{end['value']:.0f}", LIGHT.blue, "bold"),
        (float(end["last_value"]), said.furniture("projected: no change", value=f"{end['last_value']:.0f}"), LIGHT.quiet, "normal"),
        (float(end["lower"]), f"{end['lower']:.0f}", LIGHT.quiet, "normal"),
    ]
    heights = spread([label[0] for label in labels], apart=100 * 0.125 / _HEIGHT, below=104)
    for height, (_, words, colour, weight) in zip(heights, labels, strict=True):
        panel.text(last + 0.05 * (last - first), height, words, color=colour, fontweight=weight, fontsize=7, va="center")
    year_axis(panel, first, last)
    panel.set(ylim=(0, 100), yticks=[0, 50, 100])
    panel.set_yticklabels(list(shares(said, 0, 50, 100).values()))
