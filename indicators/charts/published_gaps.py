"""The gaps in Internet use as ITU published them: income, sex, locality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, inches_wide, lying_scale, page, shares, styled, turn_round
from indicators.charts.palette import LIGHT
from indicators.charts.rows import FACTS_AND_FIGURES, INTERNET_USE, ONE_DECIMAL_WIDTH, needed, newest_of
from indicators.charts.words import group_names, inside, lowered, sentences, source_line
from indicators.registries.labels import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from indicators.registries.labels import Labels


@styled
def gap_by_income(gaps: pd.DataFrame, groups: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw the published gap in Internet use between income groups, year by year within each edition.

    Args:
        gaps: Rows of the `gaps` contract; used are those of income that Facts and Figures printed for Internet use.
        groups: Rows of `groups`, for names.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Raises:
        ValueError: No published gap by income.
    """
    say = (said := labels(language)).furniture
    rows = _gap_rows(gaps, groups, "income", said).sort_values(["vintage", "year"], ascending=False, ignore_index=True)
    rows = rows.assign(label=rows["year"].astype("str"), block=[say("edition", vintage=vintage) for vintage in rows["vintage"]])
    edition = rows[rows["vintage"] == rows.loc[0, "vintage"]]
    new, old = edition.iloc[0], edition.iloc[-1]
    title = say(
        "gap by income: title", rich=new["name_a"], of_rich=_percent(new, "a", said), poor=new["name_b"], of_poor=_percent(new, "b", said),
        year=new["year"],
    )  # fmt: skip
    if new["year"] == old["year"]:
        title += say("gap by income: title, one year", points=_points(new, said))
    else:
        change = new["difference"] - old["difference"]
        # Half of both ranges is what rounding alone can make of a change.
        certain = abs(change) > (new["difference_upper"] - new["difference_lower"] + old["difference_upper"] - old["difference_lower"]) / 2
        moved = "hardly changed" if not certain else "widened" if change > 0 else "narrowed"
        # Difference and ratio stand together, because they can move in opposite directions.
        title += say(
            f"gap by income: title, {moved}", since=old["year"], points_then=_points(old, said), points_now=_points(new, said),
            ratio_then=said.number(old["ratio"], 2), ratio_now=said.number(new["ratio"], 2),
        )  # fmt: skip
    subtitle = sentences(said, say("gap by income: subtitle"), say("editions apart"))
    return _dumbbells("gap_by_income", title, subtitle, rows, said)


@styled
def gap_by_sex(gaps: pd.DataFrame, groups: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw the published gap in Internet use between men and women, by edition; figures of two editions are never joined.

    Args:
        gaps: Rows of the `gaps` contract; used are those of sex that Facts and Figures printed for Internet use.
        groups: Rows of `groups`, for names.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Raises:
        ValueError: No published gap by sex.
    """
    say = (said := labels(language)).furniture
    rows = _gap_rows(gaps, groups, "sex", said)
    rows = rows.assign(is_world=rows["area"] == "world").sort_values(
        ["vintage", "is_world", "year", "area"], ascending=[False, False, False, True], ignore_index=True
    )
    rows = rows.assign(label=_area_and_year(rows, said), block=[say("edition", vintage=vintage) for vintage in rows["vintage"]])
    head = rows[rows["is_world"]].iloc[0] if rows["is_world"].any() else rows.iloc[0]
    title = say(
        "gap by sex: title", year=head["year"], of_women=_percent(head, "b", said), of_men=_percent(head, "a", said),
        where="" if head["area"] == "world" else say("gap by sex: title, where", area=head["area_name"]),
        parity=said.number(head["parity"], 2),
    )  # fmt: skip
    subtitle = sentences(said, say("gap by sex: subtitle"), say("editions apart"))
    return _dumbbells("gap_by_sex", title, subtitle, rows.drop(columns="is_world"), said)


@styled
def gap_by_locality(gaps: pd.DataFrame, groups: pd.DataFrame, *, language: str = "en") -> Chart:
    """Draw the published gap in Internet use between urban and rural people, each area in its newest year of the newest edition.

    Args:
        gaps: Rows of the `gaps` contract; used are those of locality that Facts and Figures printed for Internet use.
        groups: Rows of `groups`, for names and kinds of group.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Raises:
        ValueError: No published gap by locality.
    """
    say = (said := labels(language)).furniture
    rows = newest_of(_gap_rows(gaps, groups, "locality", said))
    rows = rows[rows["year"] == rows.groupby("area")["year"].transform("max")]
    kinds, others = {"world": "", "income": say("income groups"), "itu region": say("ITU regions")}, say("other groups")
    schemes = rows["area"].map(groups.set_index("group_name")["scheme"])
    rows = rows.assign(block=schemes.map(kinds).fillna(others))
    rank = {name: place for place, name in enumerate([*kinds.values(), others])}
    rows = rows.assign(rank=rows["block"].map(rank)).sort_values(["rank", "difference"], ascending=[True, False], ignore_index=True)
    year = int(rows["year"].max())
    rows["label"] = rows["area_name"].where(rows["year"] == year, _area_and_year(rows, said))
    widest = rows.sort_values("difference", kind="stable").iloc[-1]
    world = rows[rows["area"] == "world"]
    head = world.iloc[0] if len(world) else widest
    figures = {"urban": _percent(head, "a", said), "rural": _percent(head, "b", said), "year": head["year"]}
    if len(world):
        title = say("gap by locality: title, world", **figures)
    else:
        title = say("gap by locality: title, area", area=head["area_name"], **figures)
    if len(world) and widest["area"] != "world":
        title += say("gap by locality: title, widest", area=inside(widest["area_name"], said), points=_points(widest, said))
    subtitle = say("gap by locality: subtitle", year=year, vintage=head["vintage"])
    return _dumbbells("gap_by_locality", title, subtitle, rows.drop(columns="rank"), said)


def _gap_rows(gaps: pd.DataFrame, groups: pd.DataFrame, divide: str, said: Labels) -> pd.DataFrame:
    """Return the gaps of one divide in Internet use that ITU printed for groups, with the names of areas and sides.

    Gaps of single economies, of a part of the people, and of the World Bank's copy of the same editions stay out.
    """
    titles = group_names(groups, said)
    rows = gaps[(gaps["divide"] == divide) & (gaps["basis"] == "published") & (gaps["indicator"] == INTERNET_USE)]
    rows = rows[(rows["source"] == FACTS_AND_FIGURES) & (rows["among"] == "all") & rows["area"].isin(titles.index)]
    needed(rows, f"gap in Internet use by {divide} in {FACTS_AND_FIGURES}")
    names = {f"name_{side}": rows[f"side_{side}"].map(lambda key: _side(key, divide, said)) for side in "ab"}
    return rows.assign(area_name=rows["area"].map(titles).fillna(rows["area"]), **names)


def _side(key: str, divide: str, said: Labels) -> str:
    """Return what a side of a divide is called; the keys of income groups are their English names inside a sentence."""
    if divide == "income":
        return key if said.is_english else lowered(said.group_in_short(key))
    return said.furniture({"male": "men", "female": "women"}.get(key, key))


def _area_and_year(rows: pd.DataFrame, said: Labels) -> pd.Series:
    return rows["area_name"] + said.furniture("comma") + rows["year"].astype("str")


def _dumbbells(name: str, title: str, subtitle: str, rows: pd.DataFrame, said: Labels) -> Chart:
    """Draw one dumbbell a row, in blocks with a heading each; difference and ratio stand beside it with the range that rounding allows."""
    say = said.furniture
    source = source_line(rows, say("gaps: note"), said)
    blocks = list(rows["block"].drop_duplicates())
    headings = [block for block in blocks if block]
    lines = len(rows) + 1.1 * len(headings) + 0.9
    figure, bottom = page(title, subtitle, source, body=0.25 * lines + 0.3, said=said)
    labels_wide = (
        max([inches_wide(words, 8.5) + 0.12 for words in rows["label"]] + [inches_wide(words, 8.5, "bold") for words in headings]) + 0.35
    )
    numbers = 2.8
    inches = WIDTH - 2 * MARGIN - labels_wide - numbers
    panel = axes_at(figure, MARGIN + labels_wide, bottom + 0.25, inches, 0.25 * lines)
    panel.set(xlim=(0, 100), ylim=(lines, 0))
    lying_scale(panel, shares(said, 0, 25, 50, 75, 100), top=0.9, bottom=lines)
    beside = panel.get_yaxis_transform()
    first = rows.iloc[0]
    left, columns = -labels_wide / inches, {"difference": 1 + 0.44 / inches, "ratio": 1 + 1.6 / inches}
    ratio = say(f"ratio by {first['divide']}")
    for at, words in zip(columns.values(), (say("difference in points"), ratio), strict=True):
        panel.text(at, 0.3, words, transform=beside, fontsize=7.5, color=LIGHT.quiet, va="center")
    height = 0.9
    for block in blocks:
        if block:
            panel.text(left, height + 0.55, block, transform=beside, fontsize=8.5, fontweight="bold", va="center")
            height += 1.1
        for number, row in rows[rows["block"] == block].iterrows():
            at = height + 0.5
            panel.text(left + 0.12 / inches, at, row["label"], transform=beside, fontsize=8.5, va="center")
            _dumbbell(panel, row, at, said, with_names=number == rows.index[0])
            for measure, column in columns.items():
                decimals = 2 if measure == "ratio" else _decimals(row)
                panel.text(
                    column,
                    at,
                    said.number(row[measure], decimals) if pd.notna(row[measure]) else "–",
                    transform=beside,
                    fontsize=8.5,
                    va="center",
                )
                panel.text(
                    column + 0.37 / inches,
                    at,
                    _range(row, measure, decimals, said),
                    transform=beside,
                    fontsize=7.5,
                    color=LIGHT.quiet,
                    va="center",
                )
            height += 1
    if said.direction == "rtl":
        turn_round(panel)
    data = rows[
        [
            "block", "label", "divide", "area", "year", "side_a", "side_b", "value_a", "value_b", "difference", "difference_lower",
            "difference_upper", "ratio", "ratio_lower", "ratio_upper", "source", "vintage",
        ]
    ]  # fmt: skip
    alt = say("gaps: alt", rows=len(rows), one=first["name_a"], other=first["name_b"], title=title)
    return Chart(name, title, subtitle, figure, data.reset_index(drop=True), alt, source, said)


def _dumbbell(panel: Axes, row: pd.Series, at: float, said: Labels, *, with_names: bool) -> None:
    """Draw one row's two sides, each with its value on the outer side, and on the first row its name."""
    panel.plot([row["value_b"], row["value_a"]], [at, at], color=LIGHT.faint, linewidth=2.2, solid_capstyle="butt", zorder=2)
    panel.plot([row["value_a"]], [at], marker="o", markersize=6.2, color=LIGHT.blue, zorder=3)
    panel.plot(
        [row["value_b"]], [at], marker="o", markersize=5.2, color=LIGHT.ground, markeredgecolor=LIGHT.orange, markeredgewidth=1.6, zorder=3
    )
    a_is_right = row["value_a"] >= row["value_b"]
    for side, colour, right in (("a", LIGHT.blue, a_is_right), ("b", LIGHT.orange, not a_is_right)):
        value = row[f"value_{side}"]
        panel.annotate(
            _percent(row, side, said), (value, at), xytext=(6 if right else -6, -0.4), textcoords="offset points",
            ha="left" if right else "right", va="center", fontsize=8, color=LIGHT.for_words(colour),
        )  # fmt: skip
        if with_names:
            # Near the edge of the scale a name turns inwards, as long as the other side is far enough away.
            turned = abs(row["difference"]) > 40 and not 30 < value < 80
            outwards = right != turned
            panel.annotate(
                row[f"name_{side}"].capitalize(), (value, at), xytext=(-1 if outwards else 1, 7), textcoords="offset points",
                ha="left" if outwards else "right", fontsize=8, fontweight="bold", color=LIGHT.for_words(colour),
            )  # fmt: skip


def _decimals(row: pd.Series) -> int:
    """Return how many decimals the two sides of a gap were printed with, from the range their rounding leaves the difference."""
    width = row["difference_upper"] - row["difference_lower"]
    return 0 if pd.notna(width) and width > 5 * ONE_DECIMAL_WIDTH else 1


def _percent(row: pd.Series, side: str, said: Labels) -> str:
    return said.number(row[f"value_{side}"], _decimals(row))


def _points(row: pd.Series, said: Labels) -> str:
    return said.number(row["difference"], _decimals(row))


def _range(row: pd.Series, measure: str, decimals: int, said: Labels) -> str:
    """Return, in brackets, the range the two sides leave a measure; nothing where there is none or it vanishes in the print."""
    ends = [said.number(row[f"{measure}_{end}"], decimals) for end in ("lower", "upper") if pd.notna(row[f"{measure}_{end}"])]
    return f"({ends[0]}–{ends[1]})" if len(set(ends)) == 2 else ""
