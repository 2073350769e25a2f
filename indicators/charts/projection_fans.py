"""Where Internet use is heading, with how such projections have done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.frame import page, panel_pitch, small_panels, spread, styled, year_axis
from indicators.charts.palette import LIGHT
from indicators.charts.rows import everybody, needed
from indicators.charts.words import plain, short, source_line
from indicators.sources import by_age

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NO_CHANGE = "no change"
#: A newer figure of another edition: shown, and not projected from.
ELSEWHERE = "newest elsewhere"
_HEIGHT = 1.6
#: Years of the past beside the fan.
YEARS_BEFORE = 12


@styled
def internet_use_projected(projections: pd.DataFrame, observations: pd.DataFrame, groups: pd.DataFrame) -> Chart:
    """Draw where the world's and the income groups' Internet use would go if the past went on, as fans.

    Args:
        projections: Rows of the `projections` contract; used are models that are to be shown, which are those that beat no change in the
            back-test; of several for one group, the one with the least error over the longest horizon.
        observations: Rows of `observations`: the past of each series, of its own source and vintage.
        groups: Rows of `groups`, for names.

    Missing data: a group that no model beats no change for has no panel; years without a value have no line.

    Raises:
        ValueError: No group of which a model may be shown.
    """
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
    name = short(named.loc[order[0], "title"])
    title = (
        f"If the past goes on, {head['value']:.0f} per cent {'of the world’s people' if order[0] == 'world' else 'in ' + name} "
        f"would use the Internet in {head['year']}, up from {head['last_value']:.0f} in {head['last_year']}; "
        f"it could be {head['lower']:.0f} to {head['upper']:.0f}"
    )
    tested = ends.loc[order[0]]
    subtitle = (
        f"Individuals using the Internet, per cent of population: as published, and projected {int(head['horizon'])} years on. Fan: where "
        f"four in five outcomes lay in the back-test. Back-test: over {tested['forecasts_tested']:,.0f} forecasts for "
        f"{tested['areas_tested']:.0f} economies {_count_years(int(head['horizon']))} ahead, the model ({tested['model']}) missed by "
        f"{plain(tested['backtest_error'])} points on average, “no change” by {plain(tested['persistence_error'])}; "
        f"its fan held {tested['interval_coverage']:.0%} of later outcomes."
    )
    if len(newer):
        subtitle += " Ring: the newest figure published elsewhere, which is not projected from."
    source = source_line(data, "Projections: own calculations; no forecast of anybody’s, and not the publisher’s.")

    across = 3
    figure, bottom = page(title, subtitle, source, body=-(-len(order) // across) * panel_pitch(_HEIGHT) - 0.12)
    names = [short(named.loc[area, "title"]) for area in order]
    first, last = int(data["year"].min()), int(data["year"].max())
    for panel, area in zip(small_panels(figure, names, bottom, columns=across, height=_HEIGHT, room=0.72), order, strict=True):
        _fan(panel, data[data["area"] == area], ends.loc[area], first, last)
    told = "; ".join(
        f"{name}: {ends.loc[area, 'value']:.0f} per cent, {ends.loc[area, 'lower']:.0f} to {ends.loc[area, 'upper']:.0f}"
        for area, name in zip(order, names, strict=True)
    )
    alt = f"Fan charts in {len(order)} panels: published shares to {head['last_year']}, then projected. {title}. In {head['year']}, {told}."
    return Chart("internet_use_projected", title, subtitle, figure, data, alt, source)


def _fan(panel: Axes, rows: pd.DataFrame, end: pd.Series, first: int, last: int) -> None:
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
        (float(end["last_value"]), f"{end['last_value']:.0f} no change", LIGHT.quiet, "normal"),
        (float(end["lower"]), f"{end['lower']:.0f}", LIGHT.quiet, "normal"),
    ]
    heights = spread([label[0] for label in labels], apart=100 * 0.125 / _HEIGHT, below=104)
    for height, (_, words, colour, weight) in zip(heights, labels, strict=True):
        panel.text(last + 0.05 * (last - first), height, words, color=colour, fontweight=weight, fontsize=7, va="center")
    year_axis(panel, first, last)
    panel.set(ylim=(0, 100), yticks=[0, 50, 100])
    panel.set_yticklabels(["0", "50", "100%"])


def _count_years(number: int) -> str:
    return "a year" if number == 1 else f"{number} years"
