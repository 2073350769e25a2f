"""Data gaps by group: which series lack values, for how many economies of each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.drawing.layout import (
    MARGIN,
    WIDTH,
    axes_at,
    class_key,
    fitting_size,
    mirror,
    page,
    text_start,
    text_width,
    tiles,
    wrapped,
)
from indicators.charts.drawing.palette import LIGHT, SHARE_CLASSES
from indicators.charts.drawn_chart import ChartText
from indicators.charts.phrases import clauses, group_names, listed, lowered, source_line
from indicators.charts.selection import group_titles, require_rows
from indicators.contracts.vocabulary import ALL, AreaKind, Locality, Sex
from indicators.registries.labels import ENGLISH, Plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from indicators.registries.labels import Labels

#: Schemes whose groups are columns, in this order.
SCHEMES = ("world", "itu region", "income", "ldc", "lldc", "sids")
SERIES = ["indicator", "sex", "locality", "age"]
NO_VALUE, OLDER_VALUE = "no value", "older value"
_BREAKDOWNS: dict[str, str] = {Sex.FEMALE: "women", Sex.MALE: "men", Locality.URBAN: "urban", Locality.RURAL: "rural"}
#: Inches above the cells for the headings, at least, and for the names of the series, at most.
_HEAD, _LABEL = 1.05, 2.9


def data(
    data_gaps: pd.DataFrame,
    current_observations: pd.DataFrame,
    memberships: pd.DataFrame,
    groups: pd.DataFrame,
    indicators: pd.DataFrame,
) -> pd.DataFrame:
    """Count the economies of each group that lack a value of the year a series is judged by, one row a series, group, kind and edition.

    A gap with an older value counts under the edition that has that value; a gap without any belongs to no edition. Gaps are counted among
    the economies of the world's list, under the newest lists of members.

    Missing data are the subject: `has_values` says whether any economy has a value of the series. A series without gaps has no row; a group
    without gaps has one, with 0 economies.

    Raises:
        ValueError: No gap, or no list of the members of the world.
    """
    require_rows(data_gaps, "data gap")
    lists = memberships[memberships["scheme"].isin(SCHEMES) & memberships["valid_to"].isna()][["group_name", "iso3"]]
    lists = lists[lists["iso3"].isin(lists.loc[lists["group_name"] == "world", "iso3"])]
    require_rows(lists, "list of the members of the world")
    gaps = data_gaps[[*SERIES, "iso3", "reference_year", "last_year", "source", "vintage"]].merge(lists, on="iso3")
    gaps["gap"] = gaps["last_year"].notna().map({True: OLDER_VALUE, False: NO_VALUE})
    key = [*SERIES, "reference_year", "group_name", "gap", "source", "vintage"]
    frame = gaps.groupby(key, dropna=False).agg(economies=("iso3", "size")).reset_index()
    full = sorted(set(lists["group_name"]) - set(frame["group_name"]))
    no_gap = frame.iloc[[0] * len(full)].assign(group_name=full, gap=NO_VALUE, source=None, vintage=None, economies=0)
    frame = pd.concat([frame, no_gap]) if full else frame
    frame = frame.merge(lists["group_name"].value_counts().rename("members").reset_index(), on="group_name")

    valued = current_observations.loc[current_observations["area_kind"] == AreaKind.ECONOMY, SERIES].drop_duplicates()
    frame = frame.merge(valued.assign(has_values=True), on=SERIES, how="left")
    titles = frame["indicator"].map(indicators.set_index("indicator")["title"])
    frame = frame.assign(
        title=titles.fillna(frame["indicator"]),
        group_title=group_titles(frame["group_name"], groups),
        has_values=frame["has_values"].eq(True),
    )
    frame["label"] = _series_labels(frame, ENGLISH)
    of_world = frame[frame["group_name"] == "world"].groupby("label")["economies"].sum()
    by_gaps = of_world.reset_index().sort_values(["economies", "label"])["label"]
    columns = [group for scheme in SCHEMES for group in groups.loc[groups["scheme"] == scheme, "group_name"]]
    return frame.assign(
        line=frame["label"].map({label: place for place, label in enumerate(by_gaps)}),
        column=frame["group_name"].map({group: place for place, group in enumerate(columns)}),
    ).sort_values(["line", "group_name", "gap", "source"], ignore_index=True)


TEXT: dict[str, str | Plural] = {
    "data gaps: title, whole": Plural(
        (
            "For {whole} of {series} series we hold no economy’s value; the most complete one, {fullest}, lacks {lacking} of "
            "{economies} economies"
        ),
        (
            "For {whole} of {series} series we hold no economy’s value; the most complete one, {fullest}, lacks {lacking} of "
            "{economies} economies"
        ),
        "series",
    ),
    "data gaps: title": "{series} is missing for {lacking} of {economies} economies, {fullest} for {fewest}",
    "data gaps: subtitle": (
        "Per cent of economies in each group without a value in the data we hold, for the newest year in which economies with two "
        "thirds of the world’s people reported, or else the newest year with any value. Small: economies that never reported. Groups "
        "follow the newest lists."
    ),
    "data gaps: note": "A series with no values here may be published elsewhere. Counts: own calculations.",
    "data gaps: never": "never {share}",
    "data gaps: lldc": "Landlocked dev. countries",
    "data gaps: sids": "Small islands",
    "data gaps: empty": "No value for any economy: {series}.",
    "data gaps: key": "Per cent of economies without a value",
    "data gaps: alt": Plural(
        "Heat map of {series} series by {groups} groups: the share of economies without a value, darker for more. {title}. {values}.",
        "Heat map of {series} series by {groups} groups: the share of economies without a value, darker for more. {title}. {values}.",
        "series",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Text(ChartText):
    """The text of the chart; `row_text` has the label of each row's series and the heading of its group."""

    empty: str  #: names the series without any value; empty if they are drawn, or if there are none
    never: str  #: pattern of the share that never reported
    key: str


def words(frame: pd.DataFrame, labels: Labels) -> Text:
    """Compose the text; the title counts the series without any value, or is about those with the most and the fewest gaps."""
    phrase = labels.chart_text
    names = group_names(frame["group_name"], frame["group_title"], labels)
    row_text = {
        "label": _series_labels(frame, labels),
        "heading": [
            phrase(f"data gaps: {group}") if group in ("lldc", "sids") else name
            for group, name in zip(frame["group_name"], names, strict=True)
        ],
    }
    of_world = frame.assign(**row_text)[frame["group_name"] == "world"]
    series = of_world.groupby("line").agg(label=("label", "first"), economies=("economies", "sum"), has_values=("has_values", "first"))
    total = int(of_world["members"].iloc[0])
    fewest, most, empty = series.iloc[0], series.iloc[-1], series[~series["has_values"]]
    fullest = lowered(fewest["label"]) if labels.is_english else fewest["label"]
    if len(empty):
        title = phrase(
            "data gaps: title, whole", whole=len(empty), series=len(series), fullest=fullest, lacking=fewest["economies"], economies=total
        )
    else:
        title = phrase(
            "data gaps: title", series=most["label"], lacking=most["economies"], economies=total, fullest=fullest,
            fewest=fewest["economies"],
        )  # fmt: skip
    counts = [
        f"{label}: {phrase('some of all', some=economies, all=total)}"
        for label, economies in zip(series["label"], series["economies"], strict=True)
    ]
    named_below = phrase("data gaps: empty", series=clauses(sorted(empty["label"]), labels)) if 0 < len(empty) < len(series) else ""
    columns = frame["column"].nunique()
    return Text(
        title=title,
        subtitle=phrase("data gaps: subtitle"),
        alt=phrase("data gaps: alt", series=len(series), groups=columns, title=title, values=clauses(counts, labels)),
        source=source_line(frame, phrase("data gaps: note"), labels),
        language=labels.language,
        row_text=row_text,
        empty=named_below,
        never=phrase("data gaps: never", share="{}"),
        key=phrase("data gaps: key"),
    )


def draw(frame: pd.DataFrame, text: Text) -> Figure:
    """Draw a heat map of series by groups; a cell has the share without a value, and in small print the share that never reported.

    Series without any value are named below the map instead of filling it with rows.
    """
    shown = frame[frame["has_values"]] if frame["has_values"].any() else frame
    lines = shown.drop_duplicates("line").set_index("line")["label"]
    columns = frame.dropna(subset="column").drop_duplicates("column").sort_values("column").set_index("column")[["heading", "members"]]
    side, size = 0.3, min(fitting_size(label, 8, _LABEL) for label in lines)
    left = max(text_width(label, size) for label in lines) + 0.12
    # Headings rise at an angle, and reach upwards and beyond the last column.
    upwards, beyond = (max(text_width(heading, 7.5) for heading in headings) for headings in (columns["heading"], columns["heading"][-1:]))
    width = (WIDTH - 2 * MARGIN - left - max(0.6, 0.77 * beyond - 0.05)) / len(columns)
    note = wrapped(text.empty, 8, WIDTH - 2 * MARGIN)
    below = 0.62 + 0.17 * len(note) + (0.12 if note else 0)
    figure, bottom = page(text, body=max(_HEAD, 0.66 * upwards) + side * len(lines) + below)
    start, start_side = text_start(text)
    top = (bottom + below - 0.12) / figure.get_figheight()
    figure.text(start, top, "\n".join(note), fontsize=8, ha=start_side, va="top", linespacing=1.25)
    panel = axes_at(figure, MARGIN + left, bottom + below, width * len(columns), side * len(lines))
    panel.set(xlim=(0, len(columns)), ylim=(len(lines), 0))
    panel.axis("off")
    for place, label in enumerate(lines):
        panel.text(-0.08 / width, place + 0.5, label, fontsize=size, ha="right", va="center")
    for place, heading in enumerate(columns["heading"]):
        panel.text(place + 0.35, -0.15, heading, fontsize=7.5, rotation=40, rotation_mode="anchor", ha="left", va="bottom")
    _cells(
        panel,
        _shares(shown, lines.index, columns["members"]),
        _shares(shown[shown["gap"] == NO_VALUE], lines.index, columns["members"]),
        text,
    )
    key = axes_at(figure, MARGIN + left, bottom, 3.0, 0.55)
    key.set(xlim=(0, 3.0 / 0.22), ylim=(1.6, 1.6 - 0.55 / 0.22))
    key.axis("off")
    class_key(key, text.key, left=0.02, top=0, width=1.9)
    if text.is_right_to_left:
        mirror(panel)
        mirror(key)
    return figure


def _shares(rows: pd.DataFrame, lines: pd.Index, members: pd.Series) -> np.ndarray:
    """Return the economies of the rows in per cent of the members, one line a series and one column a group."""
    counts = rows.pivot_table(index="line", columns="column", values="economies", aggfunc="sum")
    shares: np.ndarray = (100 * counts.reindex(index=lines, columns=members.index).fillna(0) / members).to_numpy()
    return shares


def _cells(panel: Axes, shares: np.ndarray, never: np.ndarray, text: Text) -> None:
    """Draw the cells, coloured by the share of economies without a value."""
    classes = np.searchsorted(SHARE_CLASSES, shares, side="right").clip(max=len(SHARE_CLASSES) - 1)
    corners = [(column + 0.03, line + 0.05) for line, column in np.ndindex(shares.shape)]
    tiles(panel, corners, 0.94, 0.9, [LIGHT.classes[place] for place in classes.ravel()], edgecolor=LIGHT.muted)
    for line, column in np.ndindex(shares.shape):
        ink = LIGHT.on_high if classes[line, column] >= 3 else LIGHT.on_low
        share, small = float(shares[line, column]), float(never[line, column])
        some_older, x = small < share, column + 0.5
        panel.text(x, line + (0.36 if some_older else 0.5), _percent(share), fontsize=7.5, color=ink, ha="center", va="center")
        if some_older:
            panel.text(x, line + 0.76, text.never.format(_percent(small)), fontsize=5.2, color=ink, ha="center", va="center")


def _series_labels(frame: pd.DataFrame, labels: Labels) -> list[str]:
    """Return each row's series in few words: the indicator, and the part of the people if it is not all."""
    names = []
    for row in frame[[*SERIES, "title"]].to_dict("records"):
        parts = [str(row[part]) for part in ("sex", "locality", "age") if row[part] != ALL]
        breakdowns = [labels.chart_text(_BREAKDOWNS[part]) if part in _BREAKDOWNS else part for part in parts]
        name = _shortened(row["title"]) if labels.is_english else labels.indicator(row["indicator"], row["title"])
        names.append(listed([name, *breakdowns], labels))
    return names


def _shortened(title: str) -> str:
    """Return the English title of an indicator without the words that go without saying in a table."""
    name = title.replace("Population covered by a", "Covered by a").replace(" per 100 people", "")
    return name.replace(" at least a ", " ").replace(" an ", " ").replace(" a ", " ").replace(" network", "")


def _percent(share: float) -> str:
    """Write a share without decimals, without rounding some to none or to all.

    >>> [_percent(share) for share in (0.0, 0.4, 99.6, 100.0, 12.5)]
    ['0', '<1', '>99', '100', '12']
    """
    if 0 < share < 1:
        return "<1"
    return ">99" if 99 < share < 100 else f"{share:.0f}"


CHART = Chart(
    name="data_gaps_by_group",
    position=130,
    description="Which series lack values, and for how many economies of each group.",
    columns=(
        *("indicator", "sex", "locality", "age", "reference_year", "group_name", "gap", "source", "vintage"),
        *("economies", "members", "label"),
    ),
    data=data,
    text=TEXT,
    words=words,
    draw=draw,
    may_lack_data=True,
)
