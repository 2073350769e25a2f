"""The head of an area's document: the main finding, a few numbers, Internet use over time, and the economy among its peers."""

from __future__ import annotations

from collections.abc import Iterator

from indicators.contracts.vocabulary import Nature, TargetStatus
from pipelines.publication.areas.profile import HEADLINE, AreaProfile
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.documents.model import Card, Column, Drawing, Kind, Paragraph, Row, Section, Span, Table, Tone, Words, words
from pipelines.publication.drawings.line_chart import Series as Line
from pipelines.publication.drawings.line_chart import line_chart, short_label
from pipelines.publication.drawings.strip_chart import peer_strip
from pipelines.publication.number_format import MISSING, format_observation, format_value
from pipelines.publication.rows.figures import Figure, TimeDistance
from pipelines.publication.rows.vintages import Vintage


def kind(area: AreaProfile) -> Words:
    """Return what an area is: an economy with its groups, or a group of so many economies."""
    if not area.is_economy:
        return words(f"Group of {len(area.members)} economies" if area.members else "Group")
    groups: list[str | Span] = []
    for group in area.groups:
        groups += [", " if groups else ": ", Span(group.title, link=f"areas/{group.group_name}.html")]
    return words("Economy", *groups)


def finding(area: AreaProfile, context: SiteContext) -> tuple[tuple[str, ...], frozenset[Vintage]]:
    """Return the main finding on Internet use in a few sentences, the first one the most important, and its vintages."""
    use, world = context.internet_use.get(area.code), context.internet_use.get("world")
    if use:
        sentences = [f"{format_observation(use)} of people use the Internet ({use.year}{_estimated(use)}).", *_standing(area, use)]
        vintages = {use.made_from}
        if world and area.code != "world":
            sentences.append(f"The world figure is {format_observation(world)} ({world.year}{_estimated(world)}).")
            vintages.add(world.made_from)
        return tuple(sentences), frozenset(vintages)
    computed = next((row for row in area.group_figures if row.indicator == HEADLINE and row.is_total), None)
    if computed is None:
        return (f"We have no figure of Internet use for {area.name}.", "This does not mean that no one uses it."), frozenset()
    unit = context.indicators[HEADLINE].unit
    between = f"Between {format_value(computed.lower, unit)} and {format_value(computed.upper, unit)}"
    return (
        f"{between} of people use the Internet ({computed.year}).",
        "We computed this range from the values of the members; no figure of the group is published.",
    ), frozenset({computed.made_from})


def cards(area: AreaProfile, context: SiteContext) -> Iterator[Card]:
    """Give the numbers at the head of the page."""
    behind = _behind_the_world(area)
    if behind and behind.years_behind is not None:
        direction = "behind" if behind.years_behind >= 0 else "ahead of"
        yield Card(f"{abs(behind.years_behind):.1f}", f"years {direction} the world in Internet use")
    with_value = len({row.indicator for row in area.figures})
    yield Card(str(with_value), f"indicators with a value, of {len(context.indicators)} in the catalogue")
    if area.is_economy:
        yield Card(str(len(area.data_gaps)), "missing or outdated values that add to the uncertainty of its groups")
    reached = sum(row.status in (TargetStatus.MET, TargetStatus.ON_PACE) for row in area.targets)
    yield Card(str(reached), "targets that can be judged are met or on pace", beside=f"of {len(area.targets)}")


def over_time(area: AreaProfile, context: SiteContext) -> Section | None:
    """Return Internet use over the years with that of the income group and the world; None without a series of the area."""
    looks = {area.code: "own"}
    if area.income_group:
        looks.setdefault(area.income_group.group_name, "peers")
    looks.setdefault("world", "world")
    series = {
        code: context.areas[code].series[HEADLINE] for code in looks if code in context.areas and HEADLINE in context.areas[code].series
    }
    if area.code not in series:
        return None
    uses = {code: context.internet_use[code] for code in series}
    (first, low), (last, high) = series[area.code].points[0], series[area.code].points[-1]
    title = "Internet use over time"
    described = f"From {low:.1f} per cent in {first} to {high:.1f} per cent in {last}."
    picture = line_chart(
        [Line(short_label(context.titles[code]), looks[code], line.points, line.newer(uses[code])) for code, line in series.items()],
        title=f"Internet use: {area.name}",
        description=described,
    )
    if picture is None:
        return None
    of_lines = dict.fromkeys(vintage for line in series.values() for vintage in line.vintages)
    drawn_from = {*of_lines, *(figure.made_from for figure in uses.values())}
    values = [dict(line.points) for line in series.values()]
    table = Table(
        "picture",
        f"People using the Internet, per cent. Each column is from one vintage: {'; '.join(vintage.name for vintage in of_lines)}.",
        (Column("Year"), *(Column(context.titles[code], Kind.NUMBER) for code in series)),
        tuple(
            Row((words(str(year)), *(words(f"{column[year]:.1f}" if year in column else MISSING) for column in values)))
            for year in sorted(values[0], reverse=True)
        ),
        is_short=len(series) == 1,
    )
    vintages = "; ".join(vintage.name for vintage in sorted(drawn_from))
    caption = words(f"People using the Internet, per cent. A line is broken where a year has no value. {vintages}.")
    drawing = Drawing(picture, f"{title}. {described}", caption, table, made_from=frozenset(drawn_from))
    return Section("over-time", title, (drawing,))


def peers(area: AreaProfile, context: SiteContext) -> Section | None:
    """Return an economy among the economies of its income group; None where it has no recent value, or too few have one."""
    group, ranked = area.income_group, context.peers(area)
    strip = peer_strip(area.code, ranked)
    if group is None or strip is None:
        return None
    place = next(place for place, row in enumerate(ranked) if row.area == area.code)
    use, title = ranked[place], group.title.lower()
    group_page = f"areas/{group.group_name}.html"
    parts: list[str | Span] = []
    if use.place:
        parts += [f"Rank {use.place} of {use.places} among ", Span(title, link=group_page), ". "]
    parts.append("The nearest are ")
    neighbours = [row for row in ranked[max(place - 2, 0) : place + 3] if row is not use]
    for row in neighbours:
        parts += [Span(context.titles[row.area], link=f"areas/{row.area}.html"), f" {format_observation(row)}"]
        parts += [Span(f" ({row.year})", Tone.QUIET)] if row.year != use.year else []
        parts.append(", " if row is not neighbours[-1] else ".")
    caption = words(
        f"Newest Internet use of the {len(ranked)} {title} with a value from the five newest years, per cent. The line marks the median; "
        "each economy counts once. All values are on ",
        Span("the page of the group", link=f"{group_page}#members"),
        ".",
    )
    blocks = (Paragraph(words(*parts), in_brief=False), Drawing(strip, strip.label, caption, in_brief=False))
    return Section("among", "Among its peers", blocks)


def _estimated(row: Figure) -> str:
    return ", estimated by the publisher" if row.nature == Nature.ESTIMATE else ""


def _standing(area: AreaProfile, use: Figure) -> Iterator[str]:
    """Give the rank among peers and the distance to the world, each if it is known of this very figure."""
    if area.income_group and use.place:
        yield f"It ranks {use.place} of {use.places} among {area.income_group.title.lower()}."
    behind = _behind_the_world(area)
    if behind and behind.years_behind is not None and behind.year == use.year:
        yield f"It is {abs(behind.years_behind):.1f} years {'ahead of' if behind.years_behind < 0 else 'behind'} the world."


def _behind_the_world(area: AreaProfile) -> TimeDistance | None:
    return next((row for row in area.time_distances if row.indicator == HEADLINE and row.benchmark == "world"), None)
