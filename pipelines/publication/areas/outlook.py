"""The sections that look ahead: the series if past trends continue, and a group under scenarios."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.publication.areas.profile import HEADLINE, AreaProfile
from pipelines.publication.documents.model import Column, Kind, Paragraph, Row, Section, Span, Table, Tone, Words, words
from pipelines.publication.number_format import MISSING, format_count, format_people, format_value
from pipelines.publication.rows.figures import Scenario
from pipelines.publication.tables import rows_by


def projection(area: AreaProfile) -> Section | None:
    """Return the projection of Internet use; None where no model is better than “no change”."""
    coming = [row for row in area.projections if row.indicator == HEADLINE and row.sex == "all" and row.locality == "all"]
    if not area.projections:
        return None
    rows = tuple(
        Row(
            (
                words(str(row.year)),
                words(format_value(row.value, "%")),
                words(f"{format_value(row.lower, '%')} to {format_value(row.upper, '%')}"),
                words(row.model.capitalize()),
                words(format_value(row.backtest_error, "ratio")),
                words(format_value(row.persistence_error, "ratio")),
            )
        )
        for row in coming
    )
    columns = (
        Column("Year"),
        Column("Value", Kind.MAIN_NUMBER),
        Column("Range of four in five past errors"),
        Column("Model"),
        Column("Mean error in the past", Kind.NUMBER),
        Column("Mean error of “no change”", Kind.NUMBER),
    )
    caption = (
        "Projection by the model with the smallest error. It is shown only because its errors in "
        f"{area.projections[0].areas_tested} areas are smaller than those of “no change”. It does not forecast what policy will do."
    )
    return Section("outlook", "If past trends continue", (Table("outlook", caption, columns, rows, in_brief=False),))


def scenarios(area: AreaProfile) -> Section | None:
    """Return Internet use of a group under each scenario; None where too few members have a value."""
    chosen = [row for row in area.scenarios if row.indicator == HEADLINE and row.locality == "all"]
    if not chosen:
        return None
    years = list(dict.fromkeys(row.year for row in chosen))
    rows = []
    for scenario, in_years in rows_by(chosen, lambda row: row.scenario).items():
        by_year = {row.year: row for row in in_years}
        cells: list[Words] = [words(in_years[0].assumption)]
        for year in years:
            row = by_year.get(year)
            cells += [_share_cell(row), _people_cell(row)] if row else [words(MISSING), words(MISSING)]
        tested = _faster_members(in_years) if scenario == "target reached" else _past_errors(in_years)
        cells.append(words(Span(tested, Tone.SMALL)))
        rows.append(Row(tuple(cells), frozenset(row.made_from for row in in_years)))
    heads = [column for year in years for column in (Column(f"In {year}"), Column(f"Offline in {year}", is_unbroken=True))]
    table = Table(
        "what-if",
        "Share of people using the Internet, and people offline. A range shows what members without a path could change.",
        (Column("Scenario"), *heads, Column("Past error in points, or what it takes")),
        tuple(rows),
        in_brief=False,
    )
    intro = (
        "These are scenarios, not forecasts. Each row gives Internet use if every economy of the group did what the row says, and by how "
        "many points the same rule missed in the past. The population stays as in "
        f"{chosen[0].population_year}; if it grows, more people will be offline."
    )
    note = words(
        "We project no single economy so far ahead. Past errors look smaller than they were at the time, because the values were revised "
        f"since. Values: {chosen[0].made_from.name}. ",
        Span("Methods", link="methods.html#scenarios"),
        " explains the rules; ",
        Span("the table of scenarios", link="tables/scenarios.csv"),
        " has other indicators.",
    )
    blocks = (Paragraph(words(intro), in_brief=False), table, Paragraph(note, is_note=True, in_brief=False))
    return Section("what-if", "Scenarios", blocks)


def _share_cell(row: Scenario) -> Words:
    value = "" if row.value is None else format_value(float(round(row.value)), "%")
    parts: list[str | Span] = [value]
    if round(row.upper) != round(row.lower):
        parts.append(Span(f" {round(row.lower)} to {round(row.upper)}", Tone.SMALL))
    if row.publishable == "indicative":
        parts.append(Span(" indicative", Tone.SMALL))
    return words(*parts)


def _people_cell(row: Scenario) -> Words:
    """Return the people offline, the word for millions once where both ends have it."""
    low, high = format_people(row.offline_lower), format_people(row.offline_upper)
    if low == high:
        return words(low)
    short = low.split(" ")[0] if low.split(" ")[1:] == high.split(" ")[1:] else low
    return words(f"{short} to {high}")


def _past_errors(rows: Sequence[Scenario]) -> str:
    """Return by how many points a rule missed in the past, so many years ahead."""
    errors = []
    for row in rows:
        if row.backtest_error is None:
            continue
        of_group = ""
        if row.group_error is not None:
            bias = row.group_bias or 0.0
            notes = ["too high"] if bias < -row.group_error / 2 else ["too low"] if bias > row.group_error / 2 else []
            notes += ["no better than no change"] if row.reason and "in this group" in row.reason else []
            in_brackets = f" ({', '.join(notes)})" if notes else ""
            of_group = f"{row.group_error:.1f} for the group{in_brackets}, "
        errors.append(f"after {format_count(row.tested_horizon, 'year', 'years')}: {of_group}{row.backtest_error:.1f} for an economy")
    return "; ".join(errors) or "not tested: the past series is too short"


def _faster_members(rows: Sequence[Scenario]) -> str:
    """Return how many members would have to be faster than the best quarter was."""
    return "; ".join(
        f"by {row.year}, {row.n_faster_than_best_quarter} of {row.n_with_path} economies would have to be faster than the best quarter was"
        for row in rows
    )
