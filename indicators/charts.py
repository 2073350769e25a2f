"""Charts: tidy tables in, figures out, each with its words, its table and its source line; no method note would name what is computed here.

Titles say the finding and are composed from the data, so they change when the data change. Colours are those of Okabe and Ito, which
survive colour blindness; what a colour says, a shape, a dash or a word says too, so that grey print loses nothing.
"""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, ParamSpec

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from indicators.sources import by_age, sources, vintage_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from matplotlib.axes import Axes

INTERNET_USE = "individuals_using_internet"
FACTS_AND_FIGURES = "itu-facts-and-figures"

#: Inches. A page of text is some 6.3 inches wide; at that width small print of 6.5 points is still 5, the years on the map's tiles 4.
WIDTH = 8.0
MARGIN = 0.25
PNG_DOTS_PER_INCH = 200
PREVIEW_DOTS_PER_INCH = 80
#: Keeps the tallest chart's preview below 30 KB.
PREVIEW_PIXELS = 260_000
PREVIEW_COLOURS = 40

#: A printed figure whose interval is no wider than this was printed with one decimal; integers leave a whole point.
ONE_DECIMAL_WIDTH = 0.11
#: The map's year is the newest in which this part of the economies that ever reported did so; older values carry their year.
MAP_YEAR_SHARE = 2 / 3
#: Three rules are shown for the world and for this many groups, those where the rules differ most.
MOST_DIFFERENT = 8
#: Upper ends of the map's classes, percent; a value at an end belongs to the class above, 100 to the last.
CLASS_ENDS = (20, 40, 60, 80, 100)

BLUE, ORANGE, GREEN, SKY, AMBER, PURPLE = "#0072B2", "#D55E00", "#009E73", "#56B4E9", "#E69F00", "#CC79A7"
INK, QUIET, FAINT, BAND = "#262626", "#5e5e5e", "#b3b3b3", "#d5e3ee"
#: Light to dark, so that the order is read in grey as well (ColorBrewer YlGnBu, 5 classes).
CLASS_COLOURS = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
#: Colour and shape of each verdict.
VERDICT_LOOKS = {
    "borne out": (BLUE, "o"),
    "borne out only narrowly": (SKY, "D"),
    "not borne out": (ORANGE, "X"),
    "revised since": (PURPLE, "^"),
    "cannot tell": (QUIET, "s"),
    "not measurable": (FAINT, "_"),
}
SIDE_NAMES = {"male": "men", "female": "women"}

P = ParamSpec("P")


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure with the words and the numbers that belong to it, so that a page can show all of it."""

    name: str
    title: str  #: the finding, composed from the data
    subtitle: str  #: what, unit, years, and how to read it
    figure: Figure = field(repr=False)
    data: pd.DataFrame = field(repr=False)  #: exactly what is drawn, one row a drawn number or interval
    alt: str  #: for who cannot see it: type of chart, what it shows, the finding with its numbers
    source: str  #: source, vintage, licence

    @property
    def licences(self) -> set[str]:
        """The licences of the sources of what is drawn."""
        return {sources()[source].licence for source in self.data["source"].dropna().unique()}


def render(chart: Chart, form: Literal["png", "svg"]) -> bytes:
    """Return the chart as a file: the same chart is the same bytes, on every run.

    Raises:
        ValueError: The form is neither png nor svg.
    """
    about = {"Title": chart.title, "Description": chart.alt, "Source": chart.source}
    if form == "png":
        return _packed(_pixels(chart, PNG_DOTS_PER_INCH), PNG_DOTS_PER_INCH, about)
    if form != "svg":
        raise ValueError(f"a chart is rendered as png or svg, not as {form}")
    buffer = io.BytesIO()
    with matplotlib.rc_context(_style() | {"svg.hashsalt": chart.name}):
        chart.figure.savefig(buffer, format="svg", metadata={**about, "Date": None})
    return buffer.getvalue()


def preview(png: bytes) -> bytes:
    """Return a rendered PNG made small and of few colours, below 30 KB, to show beside a run."""
    image = Image.open(io.BytesIO(png))
    scale = min(PREVIEW_DOTS_PER_INCH / PNG_DOTS_PER_INCH, (PREVIEW_PIXELS / (image.width * image.height)) ** 0.5)
    small = image.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.LANCZOS)
    few = small.quantize(PREVIEW_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    return _packed(few, PREVIEW_DOTS_PER_INCH, {"Title": str(image.info.get("Title", ""))})


def _pixels(chart: Chart, dots: int) -> Image.Image:
    """Draw the figure at so many dots per inch."""
    buffer = io.BytesIO()
    with matplotlib.rc_context(_style()):
        chart.figure.savefig(buffer, format="rgba", dpi=dots)
    wide = int(WIDTH * dots)
    return Image.frombytes("RGBA", (wide, len(buffer.getvalue()) // (4 * wide)), buffer.getvalue()).convert("RGB")


def _packed(image: Image.Image, dots: int, about: dict[str, str]) -> bytes:
    """Return the image as PNG with words inside; stronger compression than this takes longer and saves nothing."""
    info = PngInfo()
    for key, words in about.items():
        info.add_text(key, words)
    buffer = io.BytesIO()
    image.save(buffer, format="png", dpi=(dots, dots), pnginfo=info, compress_level=3 if image.mode == "RGB" else 9)
    return buffer.getvalue()


def _styled(draw: Callable[P, Chart]) -> Callable[P, Chart]:
    """Draw in the one style, whatever matplotlib settings the caller has."""

    @functools.wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> Chart:
        with matplotlib.rc_context(_style()):
            return draw(*args, **kwargs)

    return styled


# --- the charts -------------------------------------------------------------------------------------------------------------


@_styled
def internet_use_over_time(aggregates: pd.DataFrame, observations: pd.DataFrame, groups: pd.DataFrame) -> Chart:
    """Draw Internet use of the world, the income groups and the ITU regions over the years, each in its own small panel.

    Args:
        aggregates: Rows of the `aggregates` contract; used are those of Internet use of all people, newest membership, from the
            newest vintage that covers the world well enough.
        observations: Rows of `observations`; used are ITU's own aggregates printed with one decimal, newest edition.
        groups: Rows of `groups`, for the titles of the panels.

    Missing data: a year below two thirds of coverage is dashed, below one half its line is left out and only the bounds are drawn.

    Raises:
        ValueError: No aggregates of Internet use, or none of the world that may be published.
    """
    kept = _everybody(aggregates)
    kept = _newest_that_tells_of_the_world(kept[(kept["rule"] == "interpolate and carry") & (kept["membership"] == "latest")])
    _needed(kept, "year with a publishable world figure of Internet use under the rule that carries values")
    named = groups[groups["scheme"].isin(["world", "income", "itu region"])].set_index("group_name")
    kept = kept[kept["group_name"].isin(named.index)]
    ours = kept[["group_name", "year", "value", "lower", "upper", "coverage", "publishable", "source", "vintage"]].assign(series="computed")
    ours["value"] = ours["value"].where(ours["publishable"] != "not published")
    printed = _everybody(observations)
    printed = printed[(printed["source"] == FACTS_AND_FIGURES) & printed["area"].isin(named.index) & _has_one_decimal(printed)]
    dots = _newest(printed).rename(columns={"area": "group_name"})
    dots = dots[["group_name", "year", "value", "lower", "upper", "source", "vintage"]].assign(series="published")
    data = pd.concat([ours, dots], ignore_index=True).sort_values(["group_name", "series", "year"], ignore_index=True)

    headline = ours[ours["publishable"] == "published"]
    newest = _needed(headline[headline["group_name"] == "world"], "year with a publishable world figure").sort_values("year").iloc[-1]
    year = int(newest["year"])
    same_year = headline[(headline["year"] == year) & headline["group_name"].map(named["scheme"]).eq("income")].sort_values("value")
    title = f"By our estimate {newest['value']:.0f} per cent of the world’s people used the Internet in {year}"
    if len(same_year) > 1:
        most, least = same_year.iloc[-1], same_year.iloc[0]
        title += (
            f": {most['value']:.0f} per cent in {_short(named.loc[most['group_name'], 'title']).lower()} economies,"
            f" {least['value']:.0f} per cent in {_short(named.loc[least['group_name'], 'title']).lower()} ones"
        )
    subtitle = (
        f"Individuals using the Internet, per cent of population, {ours['year'].min()}–{data['year'].max()}. "
        "Our figures are made from economies’ own, interpolated between years, the newest carried on; groups as on the newest lists."
    )
    source = _source_line(data, "Group figures and bounds: own calculations, weighted by population.")

    figure, bottom = _page(title, subtitle, source, body=6.0)
    first, last = int(data["year"].min()), int(data["year"].max())
    ends = ours.dropna(subset="value").sort_values("year").groupby("group_name")["value"].last()
    ends = ends.sort_values(ascending=False, kind="stable")
    order = {scheme: [name for name in ends.index if named.loc[name, "scheme"] == scheme] for scheme in named["scheme"].unique()}
    inner = WIDTH - 2 * MARGIN
    rows = [("world", 4.35, 1.45, 0.45), ("income", 2.25, 1.25, 1.0), ("itu region", 0.2, 1.25, 1.0)]
    for scheme, floor, height, part in rows:
        names = order.get(scheme, [])
        step = inner * part / max(len(names), 1)
        for place, name in enumerate(names):
            panel = _axes(figure, MARGIN + 0.24 + place * step, bottom + floor, step - 0.32, height)
            _time_panel(panel, data[data["group_name"] == name], first, last, with_scale=place == 0, with_years=scheme == "world")
            figure.text(
                (MARGIN + place * step) / WIDTH, (bottom + floor + height + 0.12) / figure.get_figheight(),
                _short(named.loc[name, "title"]), fontsize=8.5, fontweight="bold",
            )  # fmt: skip
    _time_key(_axes(figure, MARGIN + inner * 0.45 + 0.8, bottom + 4.3, inner * 0.55 - 0.8, 1.6))
    for words, height in (("Income groups of the World Bank", 3.8), ("Regions of ITU", 1.75)):
        figure.text(MARGIN / WIDTH, (bottom + height) / figure.get_figheight(), words, fontsize=8.5, color=QUIET)

    alt = (
        f"Line charts in {len(ends)} small panels: share of people using the Internet in the world, in income groups and in ITU regions, "
        f"{ours['year'].min()} to {data['year'].max()}, with the bounds that economies without data leave possible. {title}."
    )
    return Chart("internet_use_over_time", title, subtitle, figure, data, alt, source)


def _time_panel(panel: Axes, rows: pd.DataFrame, first: int, last: int, *, with_scale: bool, with_years: bool) -> None:
    """Draw one group: bounds as a band, our figure as a line (dashed where indicative), ITU's figures as dots, both ends labelled."""
    ours, dots = rows[rows["series"] == "computed"], rows[rows["series"] == "published"]
    panel.fill_between(ours["year"], ours["lower"], ours["upper"].fillna(100), color=BAND, linewidth=0)
    panel.plot(ours["year"], ours["value"], color=BLUE, linewidth=1.3, linestyle=(0, (2, 1.2)))
    solid = ours["value"].where(ours["publishable"] == "published")
    panel.plot(ours["year"], solid, color=BLUE)
    # A published year between two that are not has no line to belong to.
    alone = solid[solid.shift().isna() & solid.shift(-1).isna()]
    panel.plot(ours.loc[alone.index, "year"], alone, color=BLUE, linestyle="none", marker="o", markersize=2)
    panel.plot(
        dots["year"], dots["value"], linestyle="none", marker="o", markersize=3, color="white", markeredgecolor=INK, markeredgewidth=0.8
    )
    labels = []
    for part, colour, weight in ((ours.dropna(subset="value"), BLUE, "bold"), (dots, INK, "normal")):
        if not part.empty:
            end = part.sort_values("year").iloc[-1]
            labels.append((float(end["value"]), f"{end['value']:.1f}" + (f" in {end['year']}" if with_years else ""), colour, weight))
    inches = panel.get_position().height * panel.figure.get_figheight()  # type: ignore[union-attr]
    heights = _spread([label[0] for label in labels], apart=100 * 0.125 / inches)
    span = last - first or 1
    for height, (_, words, colour, weight) in zip(heights, labels, strict=True):
        panel.text(last + 0.03 * span, height, words, color=colour, fontweight=weight, fontsize=7.5, va="center")
    panel.set(xlim=(first, last + 0.02 * span), ylim=(0, 100), yticks=[0, 50, 100], xticks=[first, last])
    panel.set_xticklabels([str(first), str(last)])
    panel.get_xticklabels()[0].set_horizontalalignment("left")
    panel.get_xticklabels()[1].set_horizontalalignment("right")
    if not with_scale:
        panel.set_yticklabels([])
    else:
        panel.set_yticklabels(["0", "50", "100"])


def _time_key(key: Axes) -> None:
    """Explain the marks of the time panels once, beside the first of them."""
    key.set(xlim=(0, 1), ylim=(0, 4))
    key.axis("off")
    key.plot([0.01, 0.1], [3.5, 3.5], color=BLUE)
    key.plot([0.01, 0.1], [2.5, 2.5], color=BLUE, linewidth=1.3, linestyle=(0, (2, 1.2)))
    key.plot([0.055], [1.5], linestyle="none", marker="o", markersize=3.5, color="white", markeredgecolor=INK, markeredgewidth=0.8)
    key.add_patch(Rectangle((0.01, 0.28), 0.09, 0.45, color=BAND, linewidth=0))
    words = (
        "Our figure, where economies with two thirds of\nthe people reported for the year; newest in bold",
        "Indicative: from one half. With less, no line",
        "As ITU estimated it, newest edition",
        "Bounds: economies that did not report could lie\nanywhere between 0 and 100 per cent",
    )
    for height, line in zip((3.5, 2.5, 1.5, 0.5), words, strict=True):
        key.text(0.14, height, line, fontsize=7.5, va="center", linespacing=1.25)


@_styled
def gap_by_income(gaps: pd.DataFrame, groups: pd.DataFrame) -> Chart:
    """Draw the published gap in Internet use between income groups, year by year within each edition.

    Args:
        gaps: Rows of the `gaps` contract; used are those of income that Facts and Figures printed for Internet use.
        groups: Rows of `groups`, for names.

    Raises:
        ValueError: No published gap by income.
    """
    rows = _gap_rows(gaps, groups, "income").sort_values(["vintage", "year"], ascending=False, ignore_index=True)
    rows = rows.assign(label=rows["year"].astype("str"), block="Edition " + rows["vintage"])
    edition = rows[rows["vintage"] == rows.loc[0, "vintage"]]
    new, old = edition.iloc[0], edition.iloc[-1]
    title = (
        f"{_percent(new, 'a')} per cent are online in {new['name_a']} economies, "
        f"{_percent(new, 'b')} in {new['name_b']} ones ({new['year']})"
    )
    if new["year"] == old["year"]:
        title += f": a gap of {_points(new)} points"
    else:
        change = new["difference"] - old["difference"]
        # Half of both ranges is what rounding alone can make of a change.
        certain = abs(change) > (new["difference_upper"] - new["difference_lower"] + old["difference_upper"] - old["difference_lower"]) / 2
        verb = "hardly changed" if not certain else "widened" if change > 0 else "narrowed"
        # Difference and ratio stand together, because they can move in opposite directions.
        title += f"; since {old['year']} the gap {verb}, from {_points(old)} points to {_points(new)}, as the ratio went from "
        title += f"{old['ratio']:.2f} to {new['ratio']:.2f}"
    subtitle = f"Individuals using the Internet, per cent of population, as published. {_EDITIONS_APART}"
    return _dumbbells("gap_by_income", title, subtitle, rows)


@_styled
def gap_by_sex(gaps: pd.DataFrame, groups: pd.DataFrame) -> Chart:
    """Draw the published gap in Internet use between men and women, by edition; figures of two editions are never joined.

    Args:
        gaps: Rows of the `gaps` contract; used are those of sex that Facts and Figures printed for Internet use.
        groups: Rows of `groups`, for names.

    Raises:
        ValueError: No published gap by sex.
    """
    rows = _gap_rows(gaps, groups, "sex")
    rows = rows.assign(is_world=rows["area"] == "world").sort_values(
        ["vintage", "is_world", "year", "area"], ascending=[False, False, False, True], ignore_index=True
    )
    rows = rows.assign(label=rows["area_name"] + ", " + rows["year"].astype("str"), block="Edition " + rows["vintage"])
    head = rows[rows["is_world"]].iloc[0] if rows["is_world"].any() else rows.iloc[0]
    where = "" if head["area"] == "world" else f" in {head['area_name']}"
    title = (
        f"In {head['year']}, {_percent(head, 'b')} per cent of {head['name_b']} and {_percent(head, 'a')} per cent of {head['name_a']}"
        f"{where} used the Internet: a parity of {head['parity']:.2f}"
    )
    subtitle = f"Individuals using the Internet, per cent of {head['name_b']} and of {head['name_a']}, as published. {_EDITIONS_APART}"
    return _dumbbells("gap_by_sex", title, subtitle, rows.drop(columns="is_world"))


@_styled
def gap_by_locality(gaps: pd.DataFrame, groups: pd.DataFrame) -> Chart:
    """Draw the published gap in Internet use between urban and rural people, each area in its newest year of the newest edition.

    Args:
        gaps: Rows of the `gaps` contract; used are those of locality that Facts and Figures printed for Internet use.
        groups: Rows of `groups`, for names and kinds of group.

    Raises:
        ValueError: No published gap by locality.
    """
    rows = _newest(_gap_rows(gaps, groups, "locality"))
    rows = rows[rows["year"] == rows.groupby("area")["year"].transform("max")]
    kinds = {"world": "", "income": "Income groups", "itu region": "ITU regions"}
    schemes = rows["area"].map(groups.set_index("group_name")["scheme"])
    rows = rows.assign(block=schemes.map(kinds).fillna("Other groups"))
    rank = {name: place for place, name in enumerate([*kinds.values(), "Other groups"])}
    rows = rows.assign(rank=rows["block"].map(rank)).sort_values(["rank", "difference"], ascending=[True, False], ignore_index=True)
    year = int(rows["year"].max())
    rows["label"] = rows["area_name"].where(rows["year"] == year, rows["area_name"] + ", " + rows["year"].astype("str"))
    widest = rows.sort_values("difference", kind="stable").iloc[-1]
    world = rows[rows["area"] == "world"]
    head = world.iloc[0] if len(world) else widest
    place = "of the world’s" if len(world) else f"of {head['area_name']}’s"
    title = (
        f"{_percent(head, 'a')} per cent {place} {head['name_a']} and {_percent(head, 'b')} per cent of its {head['name_b']} people "
        f"used the Internet in {head['year']}"
    )
    if len(world) and widest["area"] != "world":
        title += f"; the gap is widest in {_prose(widest['area_name'])}: {_points(widest)} points"
    subtitle = (
        f"Individuals using the Internet, per cent of urban and of rural population, {year}, as published in edition {head['vintage']}."
    )
    return _dumbbells("gap_by_locality", title, subtitle, rows.drop(columns="rank"))


_EDITIONS_APART = "Each edition revises the years before: compare rows within an edition only."


def _gap_rows(gaps: pd.DataFrame, groups: pd.DataFrame, divide: str) -> pd.DataFrame:
    """Return the gaps of one divide in Internet use that ITU printed for groups, with the names of areas and sides.

    Gaps of single economies, of a part of the people, and of the World Bank's copy of the same editions stay out.
    """
    titles = groups.set_index("group_name")["title"].map(_short)
    rows = gaps[(gaps["divide"] == divide) & (gaps["basis"] == "published") & (gaps["indicator"] == INTERNET_USE)]
    rows = rows[(rows["source"] == FACTS_AND_FIGURES) & (rows["among"] == "all") & rows["area"].isin(titles.index)]
    _needed(rows, f"gap in Internet use by {divide} in {FACTS_AND_FIGURES}")
    names = {f"name_{side}": rows[f"side_{side}"].map(lambda key: SIDE_NAMES.get(key, key)) for side in "ab"}
    return rows.assign(area_name=rows["area"].map(titles).fillna(rows["area"]), **names)


def _dumbbells(name: str, title: str, subtitle: str, rows: pd.DataFrame) -> Chart:
    """Draw one dumbbell a row, in blocks with a heading each; difference and ratio stand beside it with the range that rounding allows."""
    source = _source_line(rows, "In brackets: the range that the rounding of the printed figures allows.")
    blocks = list(rows["block"].drop_duplicates())
    headings = [block for block in blocks if block]
    lines = len(rows) + 1.1 * len(headings) + 0.9
    figure, bottom = _page(title, subtitle, source, body=0.25 * lines + 0.3)
    labels = max([_inches(words, 8.5) + 0.12 for words in rows["label"]] + [_inches(words, 8.5, "bold") for words in headings]) + 0.35
    numbers = 2.8
    inches = WIDTH - 2 * MARGIN - labels - numbers
    panel = _axes(figure, MARGIN + labels, bottom + 0.25, inches, 0.25 * lines)
    panel.set(xlim=(0, 100), ylim=(lines, 0), xticks=[0, 25, 50, 75, 100], yticks=[])
    panel.set_xticklabels(["0", "25", "50", "75", "100%"])
    # The value axis lies flat here, so the grid lines that carry values stand upright.
    panel.grid(visible=False)
    panel.vlines([0, 25, 50, 75, 100], 0.9, lines, color="#dedede", linewidth=0.6, zorder=0.5)
    panel.spines["bottom"].set_visible(False)
    panel.tick_params(axis="x", length=0)
    beside = panel.get_yaxis_transform()
    first = rows.iloc[0]
    left, columns = -labels / inches, {"difference": 1 + 0.44 / inches, "ratio": 1 + 1.6 / inches}
    of_what = f"{first['name_a']} / {first['name_b']}" if len(first["name_a"]) < 6 else "times"
    for at, words in zip(columns.values(), ("Difference, points", f"Ratio, {of_what}"), strict=True):
        panel.text(at, 0.3, words, transform=beside, fontsize=7.5, color=QUIET, va="center")
    height = 0.9
    for block in blocks:
        if block:
            panel.text(left, height + 0.55, block, transform=beside, fontsize=8.5, fontweight="bold", va="center")
            height += 1.1
        for number, row in rows[rows["block"] == block].iterrows():
            at = height + 0.5
            panel.text(left + 0.12 / inches, at, row["label"], transform=beside, fontsize=8.5, va="center")
            _dumbbell(panel, row, at, with_names=number == rows.index[0])
            for measure, column in columns.items():
                decimals = 2 if measure == "ratio" else _decimals(row)
                panel.text(
                    column,
                    at,
                    f"{row[measure]:.{decimals}f}" if pd.notna(row[measure]) else "–",
                    transform=beside,
                    fontsize=8.5,
                    va="center",
                )
                panel.text(
                    column + 0.37 / inches, at, _range(row, measure, decimals), transform=beside, fontsize=7.5, color=QUIET, va="center"
                )
            height += 1
    data = rows[
        [
            "block", "label", "divide", "area", "year", "side_a", "side_b", "value_a", "value_b", "difference", "difference_lower",
            "difference_upper", "ratio", "ratio_lower", "ratio_upper", "source", "vintage",
        ]
    ]  # fmt: skip
    alt = (
        f"Dumbbell chart of {len(rows)} rows: Internet use of {first['name_a']} and of {first['name_b']} as two points joined by a bar, "
        f"with difference and ratio. {title}."
    )
    return Chart(name, title, subtitle, figure, data.reset_index(drop=True), alt, source)


def _dumbbell(panel: Axes, row: pd.Series, at: float, *, with_names: bool) -> None:
    """Draw one row's two sides, each with its value on the outer side, and on the first row its name."""
    panel.plot([row["value_b"], row["value_a"]], [at, at], color=FAINT, linewidth=2.2, solid_capstyle="butt", zorder=2)
    panel.plot([row["value_a"]], [at], marker="o", markersize=6.2, color=BLUE, zorder=3)
    panel.plot([row["value_b"]], [at], marker="o", markersize=5.2, color="white", markeredgecolor=ORANGE, markeredgewidth=1.6, zorder=3)
    a_is_right = row["value_a"] >= row["value_b"]
    for side, colour, right in (("a", BLUE, a_is_right), ("b", ORANGE, not a_is_right)):
        value = row[f"value_{side}"]
        panel.annotate(
            _percent(row, side), (value, at), xytext=(6 if right else -6, -0.4), textcoords="offset points",
            ha="left" if right else "right", va="center", fontsize=8, color=_darker(colour),
        )  # fmt: skip
        if with_names:
            # Near the edge of the scale a name turns inwards, as long as the other side is far enough away.
            turned = abs(row["difference"]) > 40 and not 30 < value < 80
            outwards = right != turned
            panel.annotate(
                row[f"name_{side}"].capitalize(), (value, at), xytext=(-1 if outwards else 1, 7), textcoords="offset points",
                ha="left" if outwards else "right", fontsize=8, fontweight="bold", color=_darker(colour),
            )  # fmt: skip


@_styled
def verdicts_of_the_resolution(claims: pd.DataFrame, verdicts: pd.DataFrame) -> Chart:
    """Draw each statement of the resolution as the interval its words stand for, with the evidence at adoption, now and before.

    Args:
        claims: Rows of the `claims` contract.
        verdicts: Rows of `verdicts`; of two bases at one moment the published one is drawn, unless only the computed one has a value.

    Missing data: a statement without evidence keeps its row and its interval, and its verdict says so.

    Raises:
        ValueError: No claims, or no verdict at adoption.
    """
    _needed(claims, "claims")
    ordered = claims.sort_values("paragraph", kind="stable").reset_index(drop=True)
    judged = verdicts[verdicts["claim"].isin(ordered["claim"])]
    # A computed figure stands in only where there is no published one: sort those with a value first, then the published ones.
    judged = judged.assign(no_value=judged["value"].isna(), computed=judged["basis"] == "computed").sort_values(
        ["no_value", "computed", "source", "vintage"], kind="stable"
    )
    once = judged[judged["moment"] != "history"].drop_duplicates(["claim", "moment"])
    before = judged[(judged["moment"] == "history") & ~judged["no_value"]].drop_duplicates(["claim", "source", "vintage"])
    adopted = _needed(once[once["moment"] == "at adoption"], "verdict at adoption").set_index("claim")
    now = once[once["moment"] == "now"].set_index("claim")
    # A second reading of the same words is no second statement.
    statements = adopted[adopted.index.isin(ordered.loc[ordered["reading_of"].isna(), "claim"])]
    counts = statements["verdict"].value_counts()
    good = int(counts.get("borne out", 0) + counts.get("borne out only narrowly", 0))
    title = f"{good} of {len(statements)} statements of the resolution were borne out by the figures its drafters had"
    if "not borne out" in counts:
        title += f", {counts['not borne out']} {'was' if counts['not borne out'] == 1 else 'were'} not"
    open_still = int(counts.get("cannot tell", 0) + counts.get("not measurable", 0))
    if open_still:
        title += f", for {open_still} they cannot tell"
    changed = int((now["verdict"] == "revised since").sum())
    if changed:
        title += f"; {changed} no longer hold{'s' if changed == 1 else ''}"
    paragraphs = f"{ordered['paragraph'].min()}–{ordered['paragraph'].max()}"
    two_ways = f", in {len(ordered)} readings" if len(statements) < len(ordered) else ""
    subtitle = (
        f"Statements of A/RES/80/173, paragraphs {paragraphs}{two_ways}, each on a scale of its own. Shaded: the values its words allow. "
        "Marks: the evidence and the range it leaves, filled from what the drafters had, hollow from the newest; upright strokes from "
        "other editions, each with the newest year it had."
    )
    source = _source_line(judged[~judged["no_value"]], "Intervals and verdicts: own reading, by the published wording rules.")

    pitch = 0.53
    figure, bottom = _page(title, subtitle, source, body=pitch * len(ordered) + 0.3)
    number_wide, words_wide, scale_wide = 0.34, 2.45, 2.7
    panel = _axes(figure, MARGIN + number_wide + words_wide + 0.15, bottom, scale_wide, pitch * len(ordered) + 0.3)
    panel.set(xlim=(0, 1), ylim=(len(ordered), -0.3 / pitch))
    panel.axis("off")
    beside = panel.get_yaxis_transform()
    left, right, end = (
        inches / scale_wide
        for inches in (-(number_wide + words_wide + 0.15), scale_wide + 0.22, WIDTH - 2 * MARGIN - number_wide - words_wide - 0.15)
    )
    for at, words in (
        (left, "Para."),
        (left + number_wide / scale_wide, "Statement"),
        (0, "What its words allow, and what was found"),
        (right, "Verdict"),
    ):
        panel.text(at, -0.28, words, transform=beside, fontsize=7.5, color=QUIET, va="center")
    drawn = []
    for top, claim in enumerate(ordered.to_dict("records")):
        starts = top == 0 or claim["paragraph"] != ordered.loc[top - 1, "paragraph"]
        if starts:
            panel.plot([left, end], [top - 0.02] * 2, transform=beside, color="#d0d0d0", linewidth=0.8, clip_on=False)
            panel.text(left, top + 0.42, str(claim["paragraph"]), transform=beside, fontsize=8.5, fontweight="bold", va="center")
        evidence = [
            (moment, table.loc[claim["claim"]])
            for moment, table in (("at adoption", adopted), ("now", now))
            if claim["claim"] in table.index
        ]
        earlier = before[(before["claim"] == claim["claim"]) & (before["year"] <= claim["year"])]
        scale = _claim_scale(claim, evidence, earlier)
        _claim_interval(panel, claim, scale, top)
        panel.text(
            left + number_wide / scale_wide, top + 0.42, "\n".join(_lines(claim["statement"], 8, words_wide)[:3]),
            transform=beside, fontsize=8, va="center", linespacing=1.15,
        )  # fmt: skip
        for lane, (moment, row) in zip((0.2, 0.44), evidence, strict=False):
            colour, shape = VERDICT_LOOKS[row["verdict"]]
            _evidence(panel, row, scale, top + lane, colour, shape, hollow=moment == "now")
            panel.plot([right + 0.02], [top + lane], transform=beside, clip_on=False, **_marker(colour, shape, hollow=moment == "now"))
            weight = "normal" if row["verdict"] == "borne out" else "bold"
            panel.text(
                right + 0.06,
                top + lane,
                row["verdict"],
                transform=beside,
                fontsize=7.5,
                fontweight=weight,
                color=_darker(colour),
                va="center",
            )
        for _, row in earlier.iterrows():
            _evidence(panel, row, scale, top + 0.64, "#8c8c8c", "|", hollow=False)
        flags = "; ".join(_flags([row for _, row in evidence]))
        panel.text(
            right + 0.06,
            top + 0.56,
            "\n".join(_lines(flags, 6.5, 1.4)[:2]),
            transform=beside,
            fontsize=6.5,
            color=QUIET,
            va="top",
            linespacing=1.1,
        )
        drawn += [{**row.to_dict(), "claim": claim["claim"], "moment": moment} for moment, row in evidence]
        drawn += earlier.to_dict("records")
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
    told = "; ".join(f"{count} {verdict}" for verdict, count in counts.items())
    alt = (
        f"Interval chart of {len(ordered)} statements of A/RES/80/173: for each, what its words allow and the evidence then and now. "
        f"{title}. Verdicts at adoption: {told}."
    )
    return Chart("verdicts_of_the_resolution", title, subtitle, figure, data, alt, source)


def _flags(rows: list[pd.Series]) -> list[str]:
    """Return what a reader should keep in mind of the evidence, once each and in short; that aggregates are estimates holds for all."""
    flags = [flag.partition(":")[0].strip() for row in rows if pd.notna(row["flags"]) for flag in row["flags"].split(";")]
    return [flag for flag in dict.fromkeys(flags) if flag and flag != "estimate"]


def _claim_scale(claim: Mapping[Any, Any], evidence: list[tuple[str, pd.Series]], earlier: pd.DataFrame) -> Callable[[float], float]:
    """Return how a value of this claim's unit becomes a place between 0 and 1: a scale wide enough for interval and evidence."""
    numbers = [claim["figure"], claim["lower"], claim["upper"], *earlier[["value", "lower", "upper"]].to_numpy(dtype="float64").ravel()]
    for _, row in evidence:
        numbers += [row["value"], row["lower"], row["upper"]]
    known = np.array([number for number in numbers if pd.notna(number) and np.isfinite(number)], dtype="float64")
    low, high = known.min(), known.max()
    pad = 0.12 * (high - low) or 0.1 * abs(high) or 1.0
    return lambda value: float((value - (low - pad)) / (high - low + 2 * pad))


def _claim_interval(panel: Axes, claim: Mapping[Any, Any], scale: Callable[[float], float], top: int) -> None:
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
                color="#7d9db5",
                linewidth=1.1,
                linestyle="-" if bracket in "[]" else (0, (1.5, 1.5)),
            )
        else:
            panel.plot([place], [top + 0.4], marker=">" if side == "upper" else "<", markersize=5, color="#7d9db5", clip_on=False, zorder=4)
    panel.add_patch(Rectangle((ends[0], top + 0.06), ends[1] - ends[0], 0.68, color=BAND, linewidth=0, zorder=0.5))
    panel.plot([0, 1], [top + 0.74] * 2, color=FAINT, linewidth=0.7)
    # The inverse of the scale at both ends gives the span; a few round values on it are the ticks.
    step = scale(1.0) - scale(0.0)
    low, high = -scale(0.0) / step, (1 - scale(0.0)) / step
    for wanted in (4, 6, 9):
        ticks = [tick for tick in MaxNLocator(nbins=wanted, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high) if 0.03 <= scale(tick) <= 0.97]
        if len(ticks) > 1:
            break
    unit = {"%": "%", "ratio": " times"}.get(claim["unit"], f" {claim['unit']}")
    for tick in ticks:
        panel.plot([scale(tick)] * 2, [top + 0.74, top + 0.78], color=FAINT, linewidth=0.7)
        panel.text(
            scale(tick),
            top + 0.87,
            f"{tick:.6g}{unit if unit == '%' or tick == ticks[-1] else ''}",
            fontsize=6.5,
            color=QUIET,
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
        panel.plot([scale(row["value"])], [height], zorder=4, **_marker(colour, shape, hollow=hollow))


def _marker(colour: str, shape: str, *, hollow: bool) -> dict[str, Any]:
    """Return the look of a marker: filled at adoption, hollow now."""
    return {
        "marker": shape, "markersize": 5.5, "linestyle": "none", "color": "white" if hollow and shape not in "_|" else colour,
        "markeredgecolor": colour, "markeredgewidth": 1.2,
    }  # fmt: skip


@_styled
def internet_use_by_economy(current_observations: pd.DataFrame, economies: pd.DataFrame) -> Chart:
    """Draw one equal tile for each of the World Bank's economies, coloured by the newest value of Internet use.

    The layout is ours: near neighbours are near each other, and neither borders nor areas are shown, so that small economies are seen.

    Args:
        current_observations: Rows of the `current_observations` contract; used are the newest values of Internet use of all people.
        economies: Rows of `economies`, for names.

    Missing data: an economy without a value is hatched and grey; a value older than the map's year carries its own year, and
    the code of an economy whose value is an estimate is set in italics.

    Raises:
        ValueError: No value of Internet use of any economy.
    """
    tiles = tile_grid()
    rows = _everybody(current_observations)
    rows = rows[(rows["area_kind"] == "economy") & rows["area"].isin(tiles["iso3"])]
    newest = _needed(rows, "value of Internet use of an economy").sort_values("year").drop_duplicates("area", keep="last")
    year = _map_year(rows)
    names = economies.set_index("iso3")["name"]
    data = tiles.merge(newest[["area", "year", "value", "nature", "source", "vintage"]], left_on="iso3", right_on="area", how="left")
    data = data.drop(columns="area").assign(name=data["iso3"].map(names).fillna(data["iso3"]), older=data["year"].lt(year))
    data["year"] = data["year"].astype("Int64")
    known = data.dropna(subset="value")
    of_year = known[~known["older"]]
    below = int((of_year["value"] < CLASS_ENDS[0]).sum())
    low_half = int((of_year["value"] < 50).sum())
    title = f"In {low_half} of {len(of_year)} economies with a value for {year} or later, less than half of the people used the Internet"
    if below:
        title += f"; in {below} of them, less than a fifth"
    subtitle = (
        f"Individuals using the Internet, per cent of population, {year} or later; an older value shows its year. "
        f"One tile for each of {len(data)} economies; {len(data) - len(known)} have no data."
    )
    if known["nature"].eq("estimate").any():
        subtitle += " Codes in italics: estimates."
    unsaid = int(known["nature"].eq("unknown").sum())
    note = f"For {unsaid} economies the source does not say whether the value is an estimate. " if unsaid else ""
    source = _source_line(known, f"{note}Tiles are placed for reading and imply nothing on borders or status.")

    columns, lines = int(tiles["column"].max()), int(tiles["row"].max())
    side = (WIDTH - 2 * MARGIN) / columns
    figure, bottom = _page(title, subtitle, source, body=side * lines)
    panel = _axes(figure, MARGIN, bottom, side * columns, side * lines)
    panel.set(xlim=(0, columns), ylim=(lines, 0))
    panel.axis("off")
    places = data.to_dict("records")
    corners = {place["iso3"]: (place["column"] - 0.98, place["row"] - 0.98) for place in places}
    classes = np.searchsorted(CLASS_ENDS, known["value"], side="right").clip(max=len(CLASS_ENDS) - 1)
    panel.add_collection(
        PatchCollection(
            [Rectangle(corners[iso3], 0.96, 0.96) for iso3 in known["iso3"]],
            facecolors=[CLASS_COLOURS[place] for place in classes],
            edgecolors="#8c8c8c",
            linewidths=0.3,
        )
    )
    absent = [Rectangle(corners[iso3], 0.96, 0.96) for iso3 in data.loc[data["value"].isna(), "iso3"]]
    panel.add_collection(PatchCollection(absent, facecolors="#f0f0f0", edgecolors="#b3b3b3", linewidths=0.3, hatch="//////"))
    dark = dict(zip(known["iso3"], classes >= 3, strict=True))
    for place in places:
        ink = QUIET if pd.isna(place["value"]) else "white" if dark[place["iso3"]] else INK
        x, y = corners[place["iso3"]][0] + 0.48, corners[place["iso3"]][1]
        slant = "italic" if place["nature"] == "estimate" else "normal"
        panel.text(
            x, y + (0.36 if place["older"] else 0.5), place["iso3"], fontsize=6, fontstyle=slant, color=ink, ha="center", va="center"
        )
        if place["older"]:
            panel.text(x, y + 0.75, f"’{place['year'] % 100:02d}", fontsize=5.2, color=ink, ha="center", va="center")
    _map_key(panel, lines)
    alt = (
        f"Tile map: one square for each of {len(data)} economies, coloured by the share of people using the Internet, "
        f"in {len(CLASS_ENDS)} classes from below {CLASS_ENDS[0]} to {CLASS_ENDS[-1]} per cent. {title}. "
        f"{len(data) - len(known)} economies have no data."
    )
    return Chart("internet_use_by_economy", title, subtitle, figure, data, alt, source)


def tile_grid() -> pd.DataFrame:
    """Return the place of each economy on the tile map: iso3, column and row, from the north-west corner, counted from 1."""
    return pd.read_csv(Path(__file__).with_name("tile_grid.csv"), keep_default_na=False)


def _map_year(rows: pd.DataFrame) -> int:
    """Return the newest year with values of at least `MAP_YEAR_SHARE` of the economies that ever had one; failing that the fullest year."""
    reporting = rows.groupby("year")["area"].nunique()
    enough = reporting[reporting >= MAP_YEAR_SHARE * rows["area"].nunique()]
    years = enough if len(enough) else reporting[reporting == reporting.max()]
    return int(years.index.to_numpy().max())


def _map_key(panel: Axes, lines: int) -> None:
    """Draw the classes of the map and the mark for no data, in the empty south-west."""
    top, wide = lines - 1.75, 1.9
    panel.text(0.02, top - 0.35, "Per cent of people using the Internet", fontsize=7.5, fontweight="bold", va="bottom")
    for place, (end, colour) in enumerate(zip(CLASS_ENDS, CLASS_COLOURS, strict=True)):
        panel.add_patch(Rectangle((0.02 + wide * place, top), wide, 0.8, facecolor=colour, edgecolor="#8c8c8c", linewidth=0.3))
        panel.text(0.02 + wide * (place + 1), top + 1.2, str(end), fontsize=7, ha="center", va="center", color=QUIET)
    panel.text(0.02, top + 1.2, "0", fontsize=7, va="center", color=QUIET)
    at = 0.02 + wide * (len(CLASS_ENDS) + 0.5)
    panel.add_patch(Rectangle((at, top), 0.96, 0.8, facecolor="#f0f0f0", edgecolor="#b3b3b3", linewidth=0.3, hatch="//////"))
    panel.text(at + 0.48, top + 1.2, "no data", fontsize=7, ha="center", va="center", color=QUIET)


@_styled
def world_figure_by_vintage(observations: pd.DataFrame) -> Chart:
    """Draw the world's Internet use as each vintage told it: one line a vintage, so that what revisions moved is seen.

    Args:
        observations: Rows of the `observations` contract; used are the world's figures of Internet use of all people.

    Missing data: a vintage without a year has no point there, and its line does not bridge years it skips. Years before the last one
    that no vintage has are left out.

    Raises:
        ValueError: Fewer than two vintages hold a world figure.
    """
    rows = _everybody(observations)
    rows = rows[(rows["area"] == "world") & (rows["area_kind"] == "group")]
    if rows[["source", "vintage"]].drop_duplicates().shape[0] < 2:
        raise ValueError("world_figure_by_vintage: no data: it takes two vintages that hold a world figure of Internet use")
    rows = rows[rows["year"] >= _since_the_last_gap(rows["year"])]
    data = rows[["source", "vintage", "published", "year", "value", "lower", "upper", "seen_in"]].sort_values(
        ["published", "source", "vintage", "year"], ignore_index=True
    )
    widest = _surest_move(data)
    title = (
        f"Revisions moved the world figure for {widest['year']:.0f} by at least {np.floor(widest['moved'] * 10 + 1e-6) / 10:.1f} points"
        if widest["moved"] > 0
        else "The vintages held agree on the world figure within the rounding of what was printed"
    )
    if widest["moved"] > 0:
        title += f": from {_plain(widest['low'])} to {_plain(widest['high'])} per cent between editions"
    subtitle = (
        f"Individuals using the Internet, world, per cent of population, {data['year'].min()}–{data['year'].max()}, "
        "as each edition published it. "
        "Bars: the range that rounding leaves."
    )
    source = _source_line(data, "")

    figure, bottom = _page(title, subtitle, source, body=4.0)
    panel = _axes(figure, MARGIN + 0.3, bottom + 0.25, WIDTH - 2 * MARGIN - 0.3 - 2.3, 3.65)
    looks = [(QUIET, "s"), (AMBER, "D"), (GREEN, "^"), (ORANGE, "v"), (PURPLE, "P"), (SKY, "X"), (BLUE, "o")]
    vintages = list(data[["source", "vintage"]].drop_duplicates().itertuples(index=False, name=None))
    ends = []
    for place, key in enumerate(vintages):
        # The newest vintage is always the blue circle; the others count back from it.
        colour, shape = looks[(place - len(vintages)) % len(looks)]
        line = data[(data["source"] == key[0]) & (data["vintage"] == key[1])].set_index("year")
        spaced = line["value"].reindex(range(line.index.min(), line.index.max() + 1))
        wide = line[line["upper"] - line["lower"] > ONE_DECIMAL_WIDTH]
        panel.vlines(wide.index, wide["lower"], wide["upper"], color=colour, linewidth=1.2)
        panel.plot(
            spaced.index,
            spaced,
            color=colour,
            linewidth=1.6,
            marker=shape,
            markersize=4.2,
            markeredgecolor="white",
            markeredgewidth=0.5,
            zorder=3,
        )
        ends.append((int(line.index.max()), float(spaced.iloc[-1]), vintage_name(*key), colour))
    low, high = float(data["value"].min()), float(data["value"].max())
    pad = 0.06 * (high - low or 1.0)
    first, last = int(data["year"].min()), int(data["year"].max())
    panel.set(xlim=(first - 0.4, last + 0.4), ylim=(low - pad, high + pad))
    panel.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    panel.yaxis.set_major_formatter("{x:.0f}%")
    apart = (high - low + 2 * pad) * 0.165 / 3.65
    heights = _spread([end[1] for end in ends], apart=apart, below=high + pad - apart / 2)
    edge = last + 0.4
    for height, (year, value, words, colour) in zip(heights, ends, strict=True):
        panel.plot(
            [year + 0.12, edge, edge + 0.1], [value, height, height], color=colour, linewidth=0.6, alpha=0.7, clip_on=False, zorder=1
        )
        panel.text(edge + 0.16, height, words, color=_darker(colour), fontsize=7.5, va="center")
    alt = (
        f"Line chart: the world’s share of people using the Internet, {first} to {last}, one line for each of {len(vintages)} vintages. "
        f"{title}."
    )
    return Chart("world_figure_by_vintage", title, subtitle, figure, data, alt, source)


def _since_the_last_gap(years: pd.Series) -> int:
    """Return the first of the years that lead up to the newest without one missing.

    >>> _since_the_last_gap(pd.Series([2005, 2006, 2010, 2011, 2012, 2011]))
    2010
    """
    held = set(years)
    first = int(years.max())
    while first - 1 in held:
        first -= 1
    return first


def _surest_move(data: pd.DataFrame) -> dict[str, float]:
    """Return the year whose value moved most between vintages, counting only what rounding cannot explain; `low` and `high` as printed."""
    ends = data.assign(lower=data["lower"].fillna(data["value"]), upper=data["upper"].fillna(data["value"]))
    moved = ends.groupby("year")["lower"].max() - ends.groupby("year")["upper"].min()
    year = moved.idxmax()
    rows = ends[ends["year"] == year].to_dict("records")
    low, high = min(rows, key=lambda row: row["upper"]), max(rows, key=lambda row: row["lower"])
    return {"year": low["year"], "moved": float(moved.max()), "low": low["value"], "high": high["value"]}


@_styled
def three_rules(aggregates: pd.DataFrame, groups: pd.DataFrame | None = None) -> Chart:
    """Draw, for the world and the groups where they differ most, the three rules for missing data side by side.

    Args:
        aggregates: Rows of the `aggregates` contract; used are those of Internet use of all people, newest membership, from the
            newest vintage that covers the world well enough, in its newest year that does.
        groups: Rows of `groups`, for names; without it groups go by their keys.

    Missing data: a figure of a group with too little coverage is hollow and says so; a rule that gives no value has no mark.

    Raises:
        ValueError: No year with a world figure that may be published.
    """
    rows = _everybody(aggregates)
    rows = _newest_that_tells_of_the_world(rows[rows["membership"] == "latest"])
    world = rows[(rows["group_name"] == "world") & (rows["publishable"] == "published")]
    year = int(_needed(world, "year with a publishable world figure of Internet use")["year"].max())
    rows = rows[rows["year"] == year]
    wide = rows.pivot(index="group_name", columns="rule", values="value").reindex(columns=["renormalised", "interpolate and carry"])
    apart = (wide["renormalised"] - wide["interpolate and carry"]).abs().rename("apart").sort_values(ascending=False)
    shown = ["world", *apart.dropna().drop("world", errors="ignore").index[:MOST_DIFFERENT]]
    facts = rows[rows["rule"] == "hard bounds"].drop_duplicates("group_name").set_index("group_name")
    names = groups.set_index("group_name")["title"].map(_short) if groups is not None else pd.Series(dtype="str")
    data = (
        facts.loc[shown, ["lower", "upper", "coverage", "n_reporting", "n_members", "publishable", "source", "vintage"]]
        .join(wide)
        .join(apart)
    )
    data = data.reset_index().assign(year=year)
    data.insert(1, "name", data["group_name"].map(names).fillna(data["group_name"]))
    worst = data[data["group_name"] != "world"].iloc[0] if len(data) > 1 else data.iloc[0]
    whole = data.iloc[0]
    title = (
        f"How missing data are treated moves the {year} figure of {_prose(worst['name'])} by {worst['apart']:.1f} points, "
        f"the world’s by {whole['apart']:.1f}"
    )
    subtitle = (
        f"Per cent of people using the Internet, {year}: the world and the groups where the rules differ most. "
        "Carried: an economy’s other years fill its gaps. Renormalised: those that reported stand for all. Bounds: the others may lie "
        "anywhere from 0 to 100. Coverage: people living in economies that reported; hollow marks: below two thirds."
    )
    source = _source_line(data, "Group figures: own calculations, weighted by population, newest membership.")

    pitch, head = 0.36, 0.42
    labels = max(_inches(name, 8.5, "bold") for name in data["name"]) + 0.3
    numbers = 3.25
    inches = WIDTH - 2 * MARGIN - labels - numbers
    figure, bottom = _page(title, subtitle, source, body=pitch * len(data) + head + 0.25)
    panel = _axes(figure, MARGIN + labels, bottom + 0.25, inches, pitch * len(data) + head)
    panel.set(xlim=(0, 100), ylim=(len(data) - 0.5, -0.5 - head / pitch), xticks=[0, 25, 50, 75, 100], yticks=[])
    panel.set_xticklabels(["0", "25", "50", "75", "100%"])
    # The value axis lies flat here, so the grid lines that carry values stand upright.
    panel.grid(visible=False)
    panel.vlines([0, 25, 50, 75, 100], -0.5, len(data) - 0.5, color="#dedede", linewidth=0.6, zorder=0.5)
    panel.spines["bottom"].set_visible(False)
    panel.tick_params(axis="x", length=0)
    beside = panel.get_yaxis_transform()
    left, top = -labels / inches, -0.5 - 0.25 / pitch
    at_inch = {"interpolate and carry": 0.38, "renormalised": 1.06, "bounds": 1.86, "coverage": 2.66}
    column = {name: 1 + inch / inches for name, inch in at_inch.items()}
    looks = {"interpolate and carry": (BLUE, "o"), "renormalised": (ORANGE, "D")}
    for name, words in zip(column, ("Carried", "Renorm.", "Bounds", "Coverage"), strict=True):
        panel.text(
            column[name], top, words, transform=beside, fontsize=7.5, color=_darker(looks[name][0]) if name in looks else QUIET, va="center"
        )
    for name, (colour, shape) in looks.items():
        panel.plot([column[name] - 0.1 / inches], [top], transform=beside, clip_on=False, marker=shape, markersize=5, color=colour)
    panel.add_patch(
        Rectangle(
            (column["bounds"] - 0.17 / inches, top - 0.16), 0.13 / inches, 0.32, transform=beside, color=BAND, linewidth=0, clip_on=False
        )
    )
    for place, row in data.iterrows():
        at = float(place)  # type: ignore[arg-type]
        solid = row["publishable"] == "published"
        panel.text(
            left,
            at,
            row["name"],
            transform=beside,
            fontsize=8.5,
            fontweight="bold" if row["group_name"] == "world" else "normal",
            va="center",
        )
        high = 100.0 if pd.isna(row["upper"]) else row["upper"]
        panel.add_patch(Rectangle((row["lower"], at - 0.3), high - row["lower"], 0.6, color=BAND, linewidth=0, zorder=1))
        # One mark a little above the other, so that neither hides where the rules agree.
        for lane, (name, (colour, shape)) in zip((-0.15, 0.15), looks.items(), strict=True):
            if pd.notna(row[name]):
                face = colour if solid else "white"
                panel.plot(
                    [row[name]],
                    [at + lane],
                    marker=shape,
                    markersize=4.8,
                    color=face,
                    markeredgecolor=colour,
                    markeredgewidth=1.2,
                    zorder=3,
                )
            words = f"{row[name]:.1f}" if pd.notna(row[name]) else "–"
            panel.text(column[name], at, words, transform=beside, fontsize=8.5, va="center")
        panel.text(column["bounds"], at, f"{row['lower']:.1f}–{high:.1f}", transform=beside, fontsize=8.5, va="center")
        panel.text(column["coverage"], at if solid else at - 0.16, f"{row['coverage']:.0%}", transform=beside, fontsize=8.5, va="center")
        if not solid:
            panel.text(
                column["coverage"], at + 0.22, row["publishable"], transform=beside, fontsize=6.5, color=_darker(ORANGE), va="center"
            )
    told = "; ".join(
        f"{row['name']}: interpolate and carry {row['interpolate and carry']:.1f}, renormalised {row['renormalised']:.1f}, "
        f"bounds {row['lower']:.1f} to {row['upper']:.1f}"
        for row in data.to_dict("records")
    )
    alt = f"Dot plot with bars: three rules for missing data, {len(data)} groups, {year}. {title}. {told}."
    return Chart("three_rules", title, subtitle, figure, data, alt, source)


# --- choosing rows ----------------------------------------------------------------------------------------------------------


def _everybody(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of Internet use of all people, not of a part of them."""
    everybody = (rows["indicator"] == INTERNET_USE) & (rows["sex"] == "all") & (rows["locality"] == "all") & (rows["age"] == "all")
    return rows.loc[everybody]


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest vintage; vintages are ISO dates or years, so the last in the alphabet is the newest."""
    newest: pd.DataFrame = rows[rows["vintage"] == rows["vintage"].max()]
    return newest


def _newest_that_tells_of_the_world(aggregates: pd.DataFrame) -> pd.DataFrame:
    """Return the aggregates from the newest vintage, of whatever source, in which some year of the world may be published; else none.

    A file of a few economies, added yesterday, is a newer vintage too; it must not empty the charts. Nor may one take the place of a dated
    edition that is dated only by the day it came.
    """
    of_world = aggregates[(aggregates["group_name"] == "world") & (aggregates["publishable"] == "published")]
    if of_world.empty:
        return of_world.copy()
    best = by_age(of_world).iloc[-1]
    newest: pd.DataFrame = aggregates[(aggregates["vintage"] == best["vintage"]) & (aggregates["source"] == best["source"])]
    return newest


def _has_one_decimal(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether its printed form leaves no more than a tenth of a point."""
    return (rows["upper"] - rows["lower"]) <= ONE_DECIMAL_WIDTH


def _needed(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return the rows if there are any.

    Raises:
        ValueError: There are none.
    """
    if rows.empty:
        raise ValueError(f"no data to draw: no {what}")
    return rows


# --- words ------------------------------------------------------------------------------------------------------------------


def _source_line(rows: pd.DataFrame, note: str) -> str:
    """Return publisher, title, vintages and licence of the rows in one line, and a note on what is ours."""
    parts = []
    for key, of_source in rows.dropna(subset="source").groupby("source", sort=True):
        known = sources().get(str(key))
        vintages = ", ".join(sorted(of_source["vintage"].unique()))
        edition = f"vintages {vintages}" if ", " in vintages else f"vintage {vintages}"
        terms = f"{known.licence}; estimates of the publisher" if known and known.nature == "estimate" else known.licence if known else ""
        parts.append(f"{known.publisher}, {known.title}, {edition} ({terms})" if known else f"{key}, {edition}")
    return f"Source: {'; '.join(parts)}. {note}".strip()


def _short(title: str) -> str:
    """Return a group's title without its classification and without the word economies."""
    return title.partition(" (")[0].removesuffix(" economies")


def _prose(name: str) -> str:
    """Return a short group name as it stands inside a sentence.

    >>> [_prose(name) for name in ("Low-income", "Least developed countries", "Arab States", "Africa")]
    ['low-income economies', 'the least developed countries', 'the Arab States', 'Africa']
    """
    if name.endswith("-income"):
        return f"{name[0].lower()}{name[1:]} economies"
    if name.endswith(("developing States", "countries")):
        return f"the {name[0].lower()}{name[1:]}"
    return f"the {name}" if name.endswith(("States", "Americas", "CIS")) else name


def _decimals(row: pd.Series) -> int:
    """Return how many decimals the two sides of a gap were printed with, from the range their rounding leaves the difference."""
    width = row["difference_upper"] - row["difference_lower"]
    return 0 if pd.notna(width) and width > 5 * ONE_DECIMAL_WIDTH else 1


def _percent(row: pd.Series, side: str) -> str:
    return f"{row[f'value_{side}']:.{_decimals(row)}f}"


def _points(row: pd.Series) -> str:
    return f"{row['difference']:.{_decimals(row)}f}"


def _plain(value: float) -> str:
    """Return a number with one decimal, or none if it has none."""
    return f"{value:.1f}".removesuffix(".0")


def _range(row: pd.Series, measure: str, decimals: int) -> str:
    """Return, in brackets, the range the two sides leave a measure; nothing where there is none or it vanishes in the print."""
    ends = [f"{row[f'{measure}_{end}']:.{decimals}f}" for end in ("lower", "upper") if pd.notna(row[f"{measure}_{end}"])]
    return f"({ends[0]}–{ends[1]})" if len(set(ends)) == 2 else ""


# --- page and type ----------------------------------------------------------------------------------------------------------


@functools.cache
def _style() -> Any:
    """Return matplotlib's own defaults with our style on them, whatever the user's settings; the backend is not a matter of style."""
    settings = matplotlib.rc_params_from_file(Path(__file__).with_name("divide.mplstyle"), use_default_template=True)
    return {name: value for name, value in settings.items() if not name.startswith("backend")}


def _page(title: str, subtitle: str, source: str, *, body: float) -> tuple[Figure, float]:
    """Start a page: title and subtitle above a body of so many inches, the source line below.

    Returns:
        The figure, and where the body begins, in inches from its lower edge.
    """
    inner = WIDTH - 2 * MARGIN
    heads = _lines(title, 13, inner, weight="bold")
    subs = _lines(subtitle, 9, inner)
    feet = _lines(source, 6.8, inner)
    above = MARGIN + 0.235 * len(heads) + 0.06 + 0.165 * len(subs) + 0.17
    below = MARGIN - 0.08 + 0.125 * len(feet) + 0.12
    tall = above + body + below
    figure = Figure(figsize=(WIDTH, tall))
    left = MARGIN / WIDTH
    figure.text(left, 1 - MARGIN / tall, "\n".join(heads), fontsize=13, fontweight="bold", va="top", linespacing=1.12, color=INK)
    at = MARGIN + 0.235 * len(heads) + 0.06
    figure.text(left, 1 - at / tall, "\n".join(subs), fontsize=9, va="top", color=QUIET, linespacing=1.2)
    figure.text(left, (MARGIN - 0.08) / tall, "\n".join(feet), fontsize=6.8, va="bottom", color=QUIET, linespacing=1.2)
    return figure, below


def _axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes at a place given in inches from the lower left corner."""
    wide, tall = figure.get_size_inches()
    return figure.add_axes((left / wide, bottom / tall, width / wide, height / tall))


def _lines(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Break text into lines no wider than `width` inches, at spaces."""
    lines: list[str] = []
    space, used = _inches(" ", size, weight), 0.0
    for word in text.split():
        wide = _inches(word, size, weight)
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return lines


@functools.lru_cache(maxsize=10_000)
def _inches(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide text is, in inches."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, weight), ismath=False)
    return float(width) / 72


@functools.cache
def _font(size: float, weight: str) -> FontProperties:
    return FontProperties(size=size, weight=weight)


def _spread(places: Iterable[float], *, apart: float, below: float = float("inf")) -> list[float]:
    """Move labels up or down as little as keeps them `apart`, in their order and none above `below`.

    >>> _spread([10, 11, 40], apart=4)
    [8.5, 12.5, 40.0]
    """
    wanted = np.array(list(places), dtype="float64")
    order = np.argsort(wanted, kind="stable")
    clusters: list[list[float]] = []
    for place in wanted[order]:
        clusters.append([place])
        # Two clusters that touch become one, centred on what its members wanted.
        while len(clusters) > 1 and _top(clusters[-2], apart) + apart > _bottom(clusters[-1], apart):
            clusters[-2:] = [clusters[-2] + clusters[-1]]
    settled = [_bottom(cluster, apart) + apart * step for cluster in clusters for step in range(len(cluster))]
    for place in range(len(settled) - 1, -1, -1):
        settled[place] = min(settled[place], below - apart * (len(settled) - 1 - place))
    result = np.empty(len(wanted))
    result[order] = settled
    return [float(place) for place in result]


def _bottom(cluster: list[float], apart: float) -> float:
    return float(np.mean(cluster)) - apart * (len(cluster) - 1) / 2


def _top(cluster: list[float], apart: float) -> float:
    return float(np.mean(cluster)) + apart * (len(cluster) - 1) / 2


def _darker(colour: str) -> str:
    """Return the colour dark enough for small print on white."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"#{int(red * 0.72):02x}{int(green * 0.72):02x}{int(blue * 0.72):02x}"
