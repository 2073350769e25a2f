"""What a brief tells, in which order and words: the account of the area's page, cut to what fits on two pages.

Numbers are written by `site.number_format`, as on the pages. Every word of a brief stands here, so that a form only lays out; where
rows are left out it is said how many, and that the page has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.registries.conventions import whole
from indicators.registries.sources import vintage_name
from pipelines.publication.site import area_chart, area_pages, area_profiles, citing
from pipelines.publication.site.area_profiles import HEADLINE, Row
from pipelines.publication.site.number_format import MISSING, count, distance, figure, held, nature, side, told, whom
from pipelines.publication.site.site_context import Known

#: How many rows of each table a brief has room for; the page has all.
MOST_FIGURES, MOST_COMPUTED, MOST_BEHIND, MOST_MISSING, MOST_GAPS, MOST_TARGETS, MOST_REVISIONS = 14, 4, 4, 8, 5, 6, 3

#: How many names a sentence has room for.
MOST_NAMES = 12

#: A figure older than the newest year by this many years is told as old, as a place among peers does.
OLD_AFTER = whole("peer_years")

#: What all briefs are part of.
SERIES = "Digital-divide indicators: the figures of A/RES/80/173, followed up"


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, whether numbers stand in it, and its share of the width that is left; 0 is as wide as its cells."""

    head: str
    is_number: bool = False
    share: float = 0


@dataclass(frozen=True)
class Table:
    """A table: what it shows, its columns, and rows of cells as they are read."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A section: its heading, what is said before its table, the table if it has one, and what is said after it."""

    name: str
    title: str
    said: tuple[str, ...] = ()
    table: Table | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """Internet use over the years: the SVG without its looks, what it shows in words, its caption, and the same as a table."""

    title: str
    svg: str
    alt: str
    caption: str
    table: Table


@dataclass(frozen=True)
class Brief:
    """All that a brief tells, as text: what it finds, the figures, the drawing if there is one, and the other sections in order."""

    code: str
    language: str
    direction: str
    series: str
    title: str
    kind: str
    warning: str
    finding: tuple[str, ...]
    figures: Section
    drawing: Drawing | None
    sections: tuple[Section, ...]
    foot: str


def of(area: Row, known: Known, about: Mapping[str, Any]) -> Brief:
    """Return the brief of an area.

    Args:
        area: An entry of `pipelines.publication.site.areas.areas`.
        known: What pages and briefs compare with.
        about: git_sha, code, build (by what the publication is known), selection, is_everything.
    """
    peers = area_profiles.peers(area)
    drawing, drawn_from = _drawing(area, peers, known)
    shown = _figures_shown(area, known)
    gaps = _gaps_shown(area)
    revisions = _revisions_shown(area)
    made_of = [
        *(*shown, *gaps, *area["behind"], *area["targets"], *area["computed"], *(row for row in area["missing"] if row["source"])),
        *({"source": row["source"], "vintage": row[vintage]} for row in revisions for vintage in ("vintage_from", "vintage_to")),
        *({"source": source, "vintage": vintage} for source, vintage in drawn_from),
        *([known.uses["world"]] if _world(area, known) else []),
    ]
    sections = [
        _computed(area, known),
        _behind(area, known),
        _not_known(area, known),
        _gaps(area, gaps, known),
        _pace(area, known),
        _revised(area, revisions, known),
        _sources(area, citing.made_of(made_of, known.sources), about),
    ]
    selection = "" if about["is_everything"] else f"Made from a selection, not from everything held: {about['selection']}."
    return Brief(
        code=area["code"],
        language="en",
        direction="ltr",
        series=SERIES,
        title=area["name"],
        kind=_kind(area),
        warning=selection,
        finding=tuple(_finding(area, peers, known)),
        figures=_figures(area, shown, peers, known),
        drawing=drawing,
        sections=tuple(section for section in sections if section),
        foot=f"{area['name']} · publication {about['build']}",
    )


# ---- head


def _kind(area: Row) -> str:
    if area["kind"] == "economy":
        return "Economy" + (": " + ", ".join(group["title"] for group in area["groups"]) if area["groups"] else "")
    return f"Group of {len(area['members'])} economies" if area["members"] else "Group"


def _finding(area: Row, peers: Row | None, known: Known) -> Iterable[str]:
    """Return in a sentence or two where Internet use stands, by the newest figure."""
    use = known.uses.get(area["code"])
    if use:
        yield f"{held(use)} of people use the Internet ({use['year']}{_estimated(use)}){_standing(area, use, peers)}."
        if world := _world(area, known):
            yield f"In the world it is {held(world)} ({world['year']}{_estimated(world)})."
        return
    computed = next((row for row in area["computed"] if row["indicator"] == HEADLINE and area_profiles.is_total(row)), None)
    if not computed:
        yield f"No figure of Internet use is held for {area['name']}, which does not mean that nobody uses it."
        return
    unit = known.indicators[HEADLINE]["unit"]
    yield (
        f"Between {figure(computed['lower'], unit)} and {figure(computed['upper'], unit)} of people use the Internet ({computed['year']}), "
        "computed from the values of the members; no published figure of the group is held."
    )


def _standing(area: Row, use: Row, peers: Row | None) -> str:
    """Return the place among peers and the distance to the world, each if it is known of this very figure."""
    to_world = next((row for row in area["behind"] if row["indicator"] == HEADLINE and row["benchmark"] == "world"), None)
    place = f"place {use['place']:.0f} of {use['places']:.0f} among {peers['title'].lower()}" if peers and use["place"] else ""
    distance = ""
    if to_world and to_world["years_behind"] is not None and to_world["year"] == use["year"]:
        distance = f"{abs(to_world['years_behind']):.1f} years {'ahead of' if to_world['years_behind'] < 0 else 'behind'} the world"
    return "".join(f", {part}" for part in (place, distance) if part)


def _estimated(row: Row) -> str:
    return ", estimated by the publisher" if row["nature"] == "estimate" else ""


def _world(area: Row, known: Known) -> Row | None:
    return known.uses.get("world") if area["code"] != "world" and area["code"] in known.uses else None


# ---- what is known


def _figures_shown(area: Row, known: Known) -> list[Row]:
    """Return the figures of all people that a brief has room for: first Internet use, then what a target or a data gap speaks of."""
    whole = [row for row in area["figures"] if area_profiles.is_total(row)]

    def in_order(row: Row) -> tuple[bool, int]:
        return row["indicator"] != HEADLINE, known.order[row["indicator"]]

    by_weight = sorted(whole, key=lambda row: (row["indicator"] != HEADLINE, row["indicator"] not in known.asked, in_order(row)))
    return sorted(by_weight[:MOST_FIGURES], key=in_order)


def _figures(area: Row, shown: Sequence[Row], peers: Row | None, known: Known) -> Section:
    title = "What is known"
    if not shown:
        return Section("known", title, ("No published figure is held.",))
    has_place = peers is not None and any(row["place"] for row in shown)
    among = f"; place among the {peers['title'].lower()} with a value in the five years up to the newest" if has_place and peers else ""
    columns = [Column("Indicator", share=1), Column("Value", is_number=True), Column("Year"), Column("Nature")]
    columns += [Column("Place", is_number=True)] if has_place else []
    rows = [
        (
            known.indicators[row["indicator"]]["title"],
            held(row),
            str(row["year"]),
            nature(row),
            *([f"{row['place']:.0f} of {row['places']:.0f}" if row["place"] else MISSING] if has_place else []),
            vintage_name(row["source"], row["vintage"]),
        )
        for row in shown
    ]
    table = Table(f"The newest value of each indicator{among}.", (*columns, Column("Source")), tuple(rows))
    more = _left_out(len(area["figures"]) - len(shown), "more figure", "more figures", area)
    return Section("known", title, table=table, after=more)


def _drawing(area: Row, peers: Row | None, known: Known) -> tuple[Drawing | None, list[tuple[str, str]]]:
    svg, drawn_from = area_chart.of(area, peers, known)
    if not svg:
        return None, []
    codes = area_chart.compared(area, peers, known)
    of_year = [dict(known.areas[code]["series"][HEADLINE]["points"]) for code in codes]
    columns = (Column("Year"), *(Column(known.titles[code], is_number=True) for code in codes))
    years = sorted(of_year[0], reverse=True)
    rows = [(str(year), *(f"{values[year]:.1f}" if year in values else MISSING for values in of_year)) for year in years]
    vintages = "; ".join(vintage_name(source, vintage) for source, vintage in drawn_from)
    caption = f"People using the Internet, per cent. A line is broken where a year has no value. {vintages}."
    of_lines = dict.fromkeys(pair for code in codes for pair in known.areas[code]["series"][HEADLINE]["vintages"])
    of_table = f"People using the Internet, per cent, each column from one vintage: {'; '.join(vintage_name(*pair) for pair in of_lines)}."
    title = "Internet use over time"
    return Drawing(title, svg, f"{title}. {area_chart.described(area)}", caption, Table(of_table, columns, tuple(rows))), drawn_from


# ---- what is not known


def _not_known(area: Row, known: Known) -> Section:
    """Return what is missing or old, and what it would tell: the account of an economy by the register, of a group by its members."""
    catalogue, with_value = len(known.indicators), len({row["indicator"] for row in area["figures"]})
    said = [f"Of {catalogue} indicators in the catalogue {with_value or 'none'} {'has' if with_value == 1 else 'have'} a value here."]
    said += _sides_not_known(area)
    said += _members_not_known(area, known) if area["kind"] == "group" else []
    missing = _missing(area, known)
    after = [*_left_out(len(missing) - MOST_MISSING, "more indicator", "more indicators", area)]
    if area["untold"]:
        titles = dict.fromkeys(known.indicators[row["indicator"]]["title"] for row in area["untold"])
        cannot = count(len(area["untold"]), "target cannot", "targets cannot")
        after.append(f"{cannot} be judged, since no value is held or the values are too few: {'; '.join(titles)}.")
    caption = (
        "Values missing or old, and by how many points the most telling of them would narrow the bounds of the world and of the groups "
        "it is in, added up."
    )
    columns = (Column("Indicator", share=1), Column("No value of, or only an old one", share=1), Column("Points", is_number=True))
    table = Table(caption, columns, tuple(missing[:MOST_MISSING])) if missing else None
    return Section("not-known", "What is not known", tuple(said), table, tuple(after))


def _sides_not_known(area: Row) -> list[str]:
    """Say which sides of the divide are not known of Internet use."""
    of_use = [row for row in area["figures"] if row["indicator"] == HEADLINE]
    sides = [
        "between women and men" if all(row["sex"] == "all" for row in of_use) else "",
        "between urban and rural areas" if all(row["locality"] == "all" for row in of_use) else "",
    ]
    unknown = ", and ".join(side for side in sides if side)
    return [f"How Internet use differs {unknown} is not known."] if unknown else []


def _members_not_known(area: Row, known: Known) -> list[str]:
    """Say of which members Internet use is not known, or only from long ago."""
    if not area["members"]:
        return ["No list of its members is held, so nothing can be computed from their values."]
    newest = max((row["newest_year"] for row in known.figures.get(HEADLINE, []) if row["newest_year"]), default=0)
    uses = [(member["name"], known.uses.get(member["iso3"])) for member in area["members"]]
    silent = [name for name, use in uses if not use]
    old = [f"{name} ({use['year']})" for name, use in uses if use and use["year"] <= newest - OLD_AFTER]
    last = f"{newest - OLD_AFTER:.0f}"
    lines = [f"For {len(silent)} of {len(uses)} members no figure of Internet use is held: {_some(silent)}."] if silent else []
    lines += [f"For {len(old)} of {len(uses)} members the newest is from {last} or before: {_some(old)}."] if old else []
    return lines or [f"For all {len(uses)} members a figure of Internet use newer than {last} is held."]


def _missing(area: Row, known: Known) -> list[tuple[str, ...]]:
    """Return the gaps of an economy as rows of cells, those of an indicator in one, what would tell most first."""
    by_indicator: dict[str, list[Row]] = {}
    for row in area["missing"]:
        by_indicator.setdefault(row["indicator"], []).append(row)
    rows: list[tuple[str, ...]] = []
    for indicator, gaps in by_indicator.items():
        unit = known.indicators[indicator]["unit"]
        total_first = sorted(gaps, key=lambda row: not area_profiles.is_total(row))
        missing = "; ".join((whom(row) or "total") + _last(row, unit) for row in total_first)
        tells = max((row["bounds_shrink_by"] for row in gaps if row["bounds_shrink_by"] is not None), default=None)
        rows.append((known.indicators[indicator]["title"], missing, figure(tells, "ratio")))
    return rows


def _last(row: Row, unit: str) -> str:
    """Return the last value of what is old, in brackets; nothing for what was never held."""
    return f" (last {told(row['last_value'], _sign(unit))}, {row['last_year']:.0f})" if row["last_year"] else ""


# ---- gaps, distances, targets, members, revisions


def _gaps_shown(area: Row) -> list[Row]:
    """Return the gaps a brief has room for: those of Internet use first, of all people, and as published."""
    first = sorted(area["gaps"], key=lambda row: (row["indicator"] != HEADLINE, row["basis"] != "published", row["among"] != "all"))
    return first[:MOST_GAPS]


def _gaps(area: Row, shown: Sequence[Row], known: Known) -> Section | None:
    if not shown:
        return None
    rows = []
    for row in shown:
        indicator = known.indicators[row["indicator"]]
        among = "" if row["among"] == "all" else f" ({row['among']})"
        values = (figure(row[value], indicator["unit"]) for value in ("value_a", "value_b"))
        rows.append(
            (
                f"{side(row['side_a'])} and {side(row['side_b'])}",
                indicator["title"] + among,
                str(row["year"]),
                *values,
                figure(row["difference"], "ratio"),
                figure(row["ratio"], "ratio"),
                f"{row['basis']}, {vintage_name(row['source'], row['vintage'])}",
            )
        )
    columns = (
        *(Column("Between", share=1), Column("In", share=1.5), Column("Year"), Column("The one", is_number=True)),
        *(Column("The other", is_number=True), Column("Points", is_number=True), Column("Ratio", is_number=True), Column("Basis")),
    )
    after = _left_out(len(area["gaps"]) - len(shown), "more gap", "more gaps", area)
    return Section("gaps", "Gaps within", table=Table("The newest gap of each kind.", columns, tuple(rows)), after=after)


def _behind(area: Row, known: Known) -> Section | None:
    if not area["behind"]:
        return None
    benchmarks = [benchmark for benchmark in ("world", "high-income") if benchmark != area["code"]]
    by_indicator = area_pages.side_by_side(area["behind"])
    shown = sorted(by_indicator, key=lambda entry: entry[0] != HEADLINE)[:MOST_BEHIND]
    rows = []
    for indicator, found in shown:
        one = next(iter(found.values()))
        where = f"{known.indicators[indicator]['title']}, {told(one['value'], known.indicators[indicator]['unit'])} in {one['year']}"
        rows.append((where, *(distance(found[benchmark]) if benchmark in found else MISSING for benchmark in benchmarks)))
    heads = (Column(known.titles[benchmark], share=0.6) for benchmark in benchmarks)
    caption = "How long ago each benchmark stood where this area stands; “at least” where its series begins too late to tell."
    table = Table(caption, (Column("Indicator", share=1), *heads), tuple(rows))
    more = _left_out(len(by_indicator) - len(shown), "more indicator", "more indicators", area)
    return Section("behind", "Years behind", table=table, after=more)


def _pace(area: Row, known: Known) -> Section:
    title = "Pace to the targets"
    if not area["targets"]:
        return Section("pace", title, ("No target can be judged from what is held.",))
    rows = []
    for row in area["targets"][:MOST_TARGETS]:
        unit = _sign(known.indicators[row["indicator"]]["unit"])
        now = f"{told(row['latest'], unit)} ({row['year']:.0f})"
        paces = (figure(row[pace], "ratio") for pace in ("pace", "required_pace"))
        asked = told(row["required"], unit)
        rows.append((f"{row['statement']} ({row['target_set']})", str(row["deadline"]), now, asked, *paces, row["status"]))
    columns = (
        *(Column("Target", share=1), Column("By"), Column("Now", is_number=True), Column("Asked", is_number=True)),
        *(Column("Pace a year", is_number=True), Column("Needed", is_number=True), Column("Status")),
    )
    caption = "Targets that can be judged. The pace is that of up to the last five years; nothing is said of where a series will be."
    more = _left_out(len(area["targets"]) - len(rows), "more target", "more targets", area)
    return Section("pace", title, table=Table(caption, columns, tuple(rows)), after=more)


def _computed(area: Row, known: Known) -> Section | None:
    if not area["computed"]:
        return None
    rows = []
    for row in sorted(area["computed"], key=lambda row: row["indicator"] != HEADLINE)[:MOST_COMPUTED]:
        indicator = known.indicators[row["indicator"]]
        unit = "ratio" if indicator["unit"] == "per 100 people" else _sign(indicator["unit"])
        between = f"{figure(row['lower'], unit)} and {'no end' if row['upper'] is None else figure(row['upper'], unit)}"
        of = f" ({whom(row)})" if whom(row) else ""
        reporting = figure(100 * row["coverage"], "%")
        source = vintage_name(row["source"], row["vintage"])
        rows.append((indicator["title"] + of, str(row["year"]), between, figure(row["carried"], unit), reporting, source))
    columns = (
        *(Column("Indicator", share=1), Column("Year"), Column("Certainly between", share=0.9), Column("Carried", is_number=True)),
        *(Column("People reporting", is_number=True), Column("Vintage")),
    )
    caption = (
        "For the newest year in which two thirds of the people report: what the silent members may change, and what it is with their own "
        "older values carried forward."
    )
    more = _left_out(len(area["computed"]) - len(rows), "more figure", "more figures", area)
    return Section("computed", "Computed from the members", table=Table(caption, columns, tuple(rows)), after=more)


def _revisions_shown(area: Row) -> list[Row]:
    """Return the revisions that moved most: what was withdrawn, then the largest changes; a value that is only new changes no other."""
    weight = {"withdrawn": 0, "changed": 1}
    moved = [row for row in area["revisions"] if row["kind"] in weight]
    return sorted(moved, key=lambda row: (row["indicator"] != HEADLINE, weight[row["kind"]], -abs(row["change"] or 0)))[:MOST_REVISIONS]


def _revised(area: Row, shown: Sequence[Row], known: Known) -> Section | None:
    if not shown:
        return None
    rows = []
    for row in shown:
        indicator = known.indicators[row["indicator"]]
        of = f" ({whom(row)})" if whom(row) else ""
        after = "withdrawn" if row["kind"] == "withdrawn" else figure(row["value_to"], indicator["unit"])
        vintages = f"{vintage_name(row['source'], row['vintage_from'])} to {row['vintage_to']}"
        rows.append((indicator["title"] + of, str(row["year"]), figure(row["value_from"], indicator["unit"]), after, vintages))
    columns = (
        *(Column("Indicator", share=1), Column("Year"), Column("Before", is_number=True), Column("After", is_number=True)),
        Column("Vintages"),
    )
    caption = "Numbers printed otherwise than in the vintage before, the largest changes. This is revision, not progress."
    more = _left_out(len(area["revisions"]) - len(shown), "more number, new or changed", "more numbers, new or changed", area)
    return Section("revisions", "What the newest vintage changed", table=Table(caption, columns, tuple(rows)), after=more)


def _sources(area: Row, made_of: Mapping[str, Any] | None, about: Mapping[str, Any]) -> Section:
    said = [] if made_of is None else [citing.sentence(made_of, f"{area['name']}: what is known of connectivity", about)]
    said.append(
        f"Made from publication {about['build']} (code {about['code']}), as the provenance of its charts names it. "
        "Where a figure is missing it is not known here, and is not nought. Estimates are the publisher’s; what is computed is ours."
    )
    return Section("sources", "Sources, and how to cite", tuple(said))


# ---- words that several parts say


def _left_out(rows: int, one: str, many: str, area: Row) -> tuple[str, ...]:
    return (f"On the page areas/{area['code']}.html of the publication: {count(rows, one, many)}.",) if rows > 0 else ()


def _some(names: Sequence[str]) -> str:
    """Return names in a row, no more than there is room for."""
    beyond = len(names) - MOST_NAMES
    return "; ".join(names) if beyond <= 0 else f"{'; '.join(names[:MOST_NAMES])}; and {beyond} more"


def _sign(unit: str) -> str:
    """Return a unit as a narrow column has room for it, where the words beside it say of what it is a share."""
    return "%" if unit.startswith("%") else unit
