"""What is not known, of whom: a heat map of the data gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, broken, class_key, fitting, inches_wide, page, reading_edge, styled, turn_round
from indicators.charts.palette import LIGHT, SHARE_CLASSES
from indicators.charts.rows import needed
from indicators.charts.words import chain, group_names, listing, source_line
from indicators.registries.labels import Labels, labels

#: Schemes whose groups are columns, in this order.
SCHEMES = ("world", "itu region", "income", "ldc", "lldc", "sids")
_BREAKDOWNS = {"female": "women", "male": "men", "urban": "urban", "rural": "rural"}
#: Inches above the cells for the headings, at least, and for the names of the series, at most.
_HEAD, _LABEL = 1.05, 2.9


@styled
def data_gaps_by_group(
    data_gaps: pd.DataFrame,
    current_observations: pd.DataFrame,
    memberships: pd.DataFrame,
    groups: pd.DataFrame,
    indicators: pd.DataFrame,
    *,
    language: str = "en",
) -> Chart:
    """Draw for each indicator and group how many of the group's economies have no value for the year the indicator is judged by.

    Args:
        data_gaps: Rows of the `data_gaps` contract.
        current_observations: Rows of `current_observations`; they tell which series have a value of any economy.
        memberships: Rows of `memberships`; used are the newest lists.
        groups: Rows of `groups`, for names.
        indicators: Rows of `indicators`, for titles.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data is the matter: a cell counts economies, and in small print those that never reported, among the figures held. A series
    that lacks nothing is no row, and those of which nothing is held are named below the map instead of filling it.

    Raises:
        ValueError: No gap, or no list of members.
    """
    say = (said := labels(language)).furniture
    needed(data_gaps, "data gap")
    lists = memberships[memberships["scheme"].isin(SCHEMES) & memberships["valid_to"].isna()][["group_name", "iso3"]]
    # Gaps are counted among the economies of the world's list; a group may have members beside it.
    lists = lists[lists["iso3"].isin(lists.loc[lists["group_name"] == "world", "iso3"])]
    needed(lists, "list of the members of the world")
    series = ["indicator", "sex", "locality", "age"]
    gaps = data_gaps[[*series, "iso3", "reference_year", "last_year", "source", "vintage"]].merge(lists, on="iso3")
    gaps["gap"] = gaps["last_year"].notna().map({True: "older value", False: "no value"})
    # A gap with an older value counts under the edition that has it; one without any belongs to no edition.
    data = gaps.groupby([*series, "reference_year", "group_name", "gap", "source", "vintage"], dropna=False).agg(economies=("iso3", "size"))
    data = data.reset_index().merge(lists["group_name"].value_counts().rename("members").reset_index(), on="group_name")
    titles = indicators.set_index("indicator")["title"].to_dict()
    data["label"] = [
        _label(said.indicator(key, str(titles.get(key, key))), row, said)
        for key, row in zip(data["indicator"], data.to_dict("records"), strict=True)
    ]
    lines = (
        data[data["group_name"] == "world"]
        .groupby("label")["economies"]
        .sum()
        .reset_index()
        .sort_values(["economies", "label"], ascending=[True, True])
    )
    named = groups.set_index("group_name")
    columns = [name for scheme in SCHEMES for name in named.index[named["scheme"] == scheme] if name in set(lists["group_name"])]
    data["place"] = data["label"].map({label: place for place, label in enumerate(lines["label"])})
    data = data.sort_values(["place", "group_name", "gap", "source"], ignore_index=True).drop(columns="place")

    members = lists["group_name"].value_counts()
    total = int(members["world"])
    held = current_observations.loc[current_observations["area_kind"] == "economy", series].drop_duplicates()
    of_none = data[[*series, "label"]].drop_duplicates().merge(held, how="left", indicator="side").query("side == 'left_only'")["label"]
    empty = sorted(lines.loc[lines["label"].isin(of_none), "label"])
    series_names = [label for label in lines["label"] if label not in empty] or empty
    fewest = lines.iloc[0]
    if empty:
        title = say(
            "data gaps: title, whole", whole=len(empty), series=len(lines), fullest=_inside(str(fewest["label"]), said),
            lacking=int(fewest["economies"]), economies=total,
        )  # fmt: skip
    else:
        most = lines.iloc[-1]
        title = say(
            "data gaps: title", series=most["label"], lacking=int(most["economies"]), economies=total,
            fullest=_inside(str(fewest["label"]), said), fewest=int(fewest["economies"]),
        )  # fmt: skip
    subtitle = say("data gaps: subtitle")
    source = source_line(data, say("data gaps: note"), said)

    side = 0.3
    size = min(fitting(label, 8, _LABEL) for label in series_names)
    left = max(inches_wide(label, size) for label in series_names) + 0.12
    called = group_names(groups, said)
    headings = [say(f"data gaps: {name}") if name in ("lldc", "sids") else called[name] for name in columns]
    # Headings rise at an angle, and reach so far up and over the last column.
    up, over = (max(inches_wide(heading, 7.5) for heading in some) for some in (headings, headings[-1:]))
    head, beyond = max(_HEAD, 0.66 * up), max(0.6, 0.77 * over - 0.05)
    wide = (WIDTH - 2 * MARGIN - left - beyond) / len(columns)
    beside = say("data gaps: empty", series=chain(empty, said)) if empty and empty != series_names else ""
    told_beside = broken(beside, 8, WIDTH - 2 * MARGIN)
    below = 0.62 + 0.17 * len(told_beside) + (0.12 if told_beside else 0)
    figure, bottom = page(title, subtitle, source, body=head + side * len(series_names) + below, said=said)
    edge, reading = reading_edge(said)
    high = (bottom + below - 0.12) / figure.get_figheight()
    figure.text(edge, high, "\n".join(told_beside), fontsize=8, ha=reading, va="top", linespacing=1.25)
    panel = axes_at(figure, MARGIN + left, bottom + below, wide * len(columns), side * len(series_names))
    panel.set(xlim=(0, len(columns)), ylim=(len(series_names), 0))
    panel.axis("off")
    for place, label in enumerate(series_names):
        panel.text(-0.08 / wide, place + 0.5, label, fontsize=size, ha="right", va="center")
    for place, heading in enumerate(headings):
        panel.text(place + 0.35, -0.15, heading, fontsize=7.5, rotation=40, rotation_mode="anchor", ha="left", va="bottom")
    counts = data.pivot_table(index="label", columns="group_name", values="economies", aggfunc="sum")
    counts = counts.reindex(index=series_names, columns=columns).fillna(0)
    never = data[data["gap"] == "no value"].pivot_table(index="label", columns="group_name", values="economies", aggfunc="sum")
    never = never.reindex(index=series_names, columns=columns).fillna(0)
    shares = 100 * counts / members.reindex(columns)
    classes = np.searchsorted(SHARE_CLASSES, shares.to_numpy(), side="right").clip(max=len(SHARE_CLASSES) - 1)
    cells = [Rectangle((column + 0.03, row + 0.05), 0.94, 0.9) for row in range(len(series_names)) for column in range(len(columns))]
    colours = [LIGHT.classes[place] for place in classes.ravel()]
    panel.add_collection(PatchCollection(cells, facecolors=colours, edgecolors=LIGHT.muted, linewidths=0.3))
    for row, label in enumerate(series_names):
        for column, name in enumerate(columns):
            ink = LIGHT.on_much if classes[row, column] >= 3 else LIGHT.on_little
            some_older = never.loc[label, name] < counts.loc[label, name]
            share = shares.loc[label, name]
            panel.text(
                column + 0.5, row + (0.36 if some_older else 0.5), _percent(share), fontsize=7.5, color=ink, ha="center", va="center"
            )
            if some_older:
                small = _percent(100 * never.loc[label, name] / members[name])
                panel.text(
                    column + 0.5, row + 0.76, say("data gaps: never", share=small), fontsize=5.2, color=ink, ha="center", va="center"
                )
    key = axes_at(figure, MARGIN + left, bottom, 3.0, 0.55)
    key.set(xlim=(0, 3.0 / 0.22), ylim=(1.6, 1.6 - 0.55 / 0.22))
    key.axis("off")
    class_key(key, say("data gaps: key"), left=0.02, top=0, wide=1.9)
    if said.direction == "rtl":
        turn_round(panel)
        turn_round(key)
    told = [f"{row['label']}: {say('some of all', some=int(row['economies']), all=total)}" for row in lines.to_dict("records")]
    alt = say("data gaps: alt", series=len(lines), groups=len(columns), title=title, told=chain(told, said))
    return Chart("data_gaps_by_group", title, subtitle, figure, data, alt, source, said)


def _label(title: str, row: Mapping[Any, Any], said: Labels) -> str:
    """Return a series in few words: what, and of whom if not of all."""
    name = title.replace("Population covered by a", "Covered by a").replace(" per 100 people", "")
    name = name.replace(" at least a ", " ").replace(" an ", " ").replace(" a ", " ").replace(" network", "")
    parts = [str(row[part]) for part in ("sex", "locality", "age") if row[part] != "all"]
    of_whom = [said.furniture(_BREAKDOWNS[part]) if part in _BREAKDOWNS else part for part in parts]
    return listing([name if said.is_english else title, *of_whom], said)


def _inside(label: str, said: Labels) -> str:
    """Return a label as it stands inside a sentence; translations are worded so that it stays as it is."""
    return label[0].lower() + label[1:] if said.is_english else label


def _percent(share: float) -> str:
    """Write a share whole, without making some into none or into all.

    >>> [_percent(share) for share in (0.0, 0.4, 99.6, 100.0, 12.5)]
    ['0', '<1', '>99', '100', '12']
    """
    if 0 < share < 1:
        return "<1"
    return ">99" if 99 < share < 100 else f"{share:.0f}"
