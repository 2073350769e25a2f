"""Reads ITU's workbook "Key ICT indicator aggregates": figures of the world, the regions and other groups, all of them estimates.

Its sheets are stacks of blocks: titles and headings, then a row for each area, with years, units or breakdowns across. The position of rows
and columns differs from edition to edition, so a sheet is read by the content of its cells. The headings above a column must give its
year, title and unit, each once, in words listed here; otherwise its figures are rows with a problem, and nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from indicators.contracts.vocabulary import Locality
from indicators.readers import workbook
from indicators.readers.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from indicators.readers.workbook import Sheet

LAYOUT = "itu-aggregates"
SOURCE = "itu-aggregates"

_BY_LOCALITY = "By urban-rural area"
#: In the order in which their rows are numbered.
_SHEETS = ("By BDT region", _BY_LOCALITY, "Internet use by sex & age")

_MARKS = re.compile(r"\*+")
_FOOTNOTE = re.compile(r"(\*+)\s*([^*].*)", re.DOTALL)
_FIGURE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|N/A")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_UNITS = r"millions?|billions?|%(?: of [\w ]+)?|per ?cent|percentage|per 100 \w+|exabytes?|zettabytes?|[kMGT]?bits?/s(?: per [\w ]+)?"
_ONLY_UNIT = re.compile(_UNITS, re.IGNORECASE)
# "Individuals using the Internet(Millions)", "Fixed-broadband subscriptions/Millions"; "an LTE/WiMAX mobile network" states no unit.
_WITH_UNIT = re.compile(rf"(.*\S)\s*(?:\(\s*({_UNITS})\s*\)|/\s*({_UNITS}))", re.IGNORECASE)
_PERCENTAGE_OF = re.compile(r"(?:percentage|proportion|share) of (?:the )?(.+)", re.IGNORECASE)
# The breakdown of a table does not change what it measures.
_BROKEN_DOWN = re.compile(r",?\s+by (?:sex|gender|age|location|area|region|urban|rural|bdt)\b.*|,\s*(?:by\s.+|total)$", re.IGNORECASE)
_WORDS = {
    "sex": r"females?|males?|women|men",
    "locality": r"(?:urban|rural)(?: areas?)?",
    "age": r"youth\b.*|rest of (?:the )?population\b.*|(?:aged )?[0-9]+\s*[-–]\s*[0-9]+",
    "all or a label": r"total|both sexes|(?:itu |bdt )?regions?|areas?|econom(?:y|ies)|countr(?:y|ies)|groups?|years?",
}
_VERSION = re.compile(r"\bversion\s+([a-z]+)\s+((?:19|20)[0-9]{2})\b", re.IGNORECASE)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")


class _Block(NamedTuple):
    """The headings of a block, and under them its rows of figures by their numbers."""

    headings: list[list[str]]
    figures: dict[int, list[str]]


def recognises(content: bytes) -> bool:
    """Return whether the workbook has a sheet that only this one has."""
    return not set(_SHEETS).isdisjoint(workbook.names(content))


def read(content: bytes) -> pd.DataFrame:
    """Return one row a figure: its series is the title of its block without unit and footnote marks, its area the label of its row.

    `N/A` and empty cells are no value; totals have no word for sex, locality and age. The note has the footnotes of the marks that are
    over a figure or at its area. A row of the second sheet has the number of its row and 100,000, of the third 200,000; sheets beyond
    the three we know follow by name, and are read alike.

    Raises:
        Unreadable: A sheet is missing, there are no figures, or damage.
    """
    sheets = _sheets(content)
    tables = [
        table.assign(row_number=table["row_number"] + place * workbook.ROWS_A_SHEET)
        for place, (name, sheet) in enumerate(sheets.items())
        for table in _tables(name, sheet)
    ]
    if not tables:
        raise Unreadable(f"no figures in the sheets {', '.join(sheets)}: download it again, unedited")
    rows = pd.concat(tables, ignore_index=True).fillna("")
    rows["value"] = rows["value"].replace("N/A", "")
    rows["problem"] = rows["problem"].mask(rows["value"] == "", "")
    footers = "\n".join(row[0].casefold() for sheet in sheets.values() for row in sheet if row)
    rows["nature"] = "E" if "all data are itu estimates" in footers else ""
    # So that 74 is again the 74.0 that it was before a spreadsheet dropped the zero.
    rounded = rows["value"].str.fullmatch(r"-?[0-9]+(?:\.[0-9])?") & ("rounded to 1 decimal" in footers)
    rows["printed"] = pd.Series("", index=rows.index, dtype="str").mask(rounded, "one decimal")
    return rows


def original_rows(content: bytes, row_numbers: Collection[int]) -> dict[int, str]:
    """Return rows as they were, with their sheet and row, their cells by column, by row number."""
    sheets = list(_sheets(content).items())
    return workbook.original_rows(sheets, [()] * len(sheets), row_numbers)


def published(content: bytes) -> str:
    """Return the month that the footers name as the version, such as 2024-11; "" if they name none, or several."""
    texts = (cell for sheet in workbook.sheets(content).values() for row in sheet for cell in row)
    versions = {(month.casefold(), year) for text in texts for month, year in _VERSION.findall(text)}
    months = {f"{year}-{_MONTHS.index(month) + 1:02}" for month, year in versions if month in _MONTHS}
    return months.pop() if len(months) == 1 else ""


def _sheets(content: bytes) -> dict[str, Sheet]:
    """Return the sheets, their cells without outer space: those we know, then any others by name."""
    sheets = workbook.sheets(content)
    for name in _SHEETS:
        if name not in sheets:
            raise Unreadable(f"looks like ITU's aggregates but lacks the sheet {name}: download it again, unedited")
    names = [*_SHEETS, *sorted(set(sheets) - set(_SHEETS))]
    return {name: [[cell.strip() for cell in row] for row in sheets[name]] for name in names}


def _tables(name: str, sheet: Sheet) -> Iterator[pd.DataFrame]:
    """Yield the rows of each block of a sheet."""
    footnotes = {match[1]: match[2].strip() for row in sheet if row and (match := _FOOTNOTE.fullmatch(row[0]))}
    headers = sum(map(_has_years_alone, sheet))
    above: list[list[str]] = []
    for headings, figures in _blocks(sheet):
        problem = ""
        if any(map(_has_years_alone, headings)):
            above = headings
        elif headers == 1 and above:
            headings = [*above, *headings]  # the years are given once, above the whole sheet
        else:
            problem = "there is no row of years above this block"
        columns = _columns(headings, footnotes, by_locality=name == _BY_LOCALITY)
        yield from _figures(pd.DataFrame(columns), figures, footnotes, problem)


def _blocks(sheet: Sheet) -> list[_Block]:
    """Part a sheet into headings and the figures under them: a heading after figures begins a new block, an empty row does not."""
    blocks: list[_Block] = []
    current = _Block([], {})
    for number, row in enumerate(sheet, start=1):
        if any(map(_FIGURE.fullmatch, row[1:])) and not _has_years_alone(row):
            if not current.figures:
                blocks.append(current)
            current.figures[number] = row
        elif any(row):
            if current.figures:
                current = _Block([], {})
            current.headings.append(row)
    return blocks


def _has_years_alone(row: list[str]) -> bool:
    """Return whether a row has only years after its label, marked or not."""
    cells = [_MARKS.sub("", cell) for cell in row[1:] if cell]
    return bool(cells) and all(map(_YEAR.fullmatch, cells))


def _columns(headings: list[list[str]], footnotes: dict[str, str], *, by_locality: bool) -> list[dict[str, str | int]]:
    """Return the headings of each column, in the columns of a reader, with its `place`.

    The fullest row of headings, with years or breakdowns, defines the columns and divides them into panels. In the other rows a
    heading applies to its column and those to the right in its panel; the only heading of a panel applies to all of it.
    """
    of_block: list[dict[str, str]] = []
    for heading in (_understood(row[0]) for row in headings if row[0]):
        of_block = [heading] if "title" in heading else [*of_block, heading]  # the title nearest to the figures is theirs
    fullest = max(headings, key=lambda row: sum(map(bool, row[1:])), default=[])
    panels = list(workbook.panels(["", *fullest[1:]]))
    column_rows: list[dict[str, str | int]] = []
    left = 1
    for panel in panels:
        for place in panel:
            over = [_heading(row, left, panel, place) for row in headings]
            column_rows.append(
                {"place": place} | _column(place, of_block, [_understood(heading) for heading in over if heading], footnotes)
            )
        left = panel.stop
    if by_locality and len(panels) == 2 and not any(column["locality"] for column in column_rows):
        for column in column_rows:
            in_first = column["place"] in panels[0]
            column |= {
                "locality": Locality.URBAN if in_first else Locality.RURAL,
                "note": _joined([column["note"], "urban before rural, as the sheet's name"]),
            }
    return column_rows


def _heading(row: list[str], left: int, panel: range, place: int) -> str:
    """Return the heading that a row has for a column; the heading of a panel may be above the empty columns before it, from `left` on."""
    texts = [text for text in row[left : panel.stop] if text]
    to_the_left = [text for text in row[left : place + 1] if text]
    return to_the_left[-1] if to_the_left else texts[0] if len(texts) == 1 else ""


def _understood(heading: str) -> dict[str, str]:
    """Return the parts of one heading, by kind: a year, a unit or breakdown in lower case, or else a title; with its footnote marks.

    >>> _understood("Individuals owning a mobile phone***(Millions)")
    {'marks': '***', 'unit': 'millions', 'title': 'Individuals owning a mobile phone'}
    >>> _understood("Percentage of individuals using the Internet, by sex")
    {'marks': '', 'unit': '%', 'title': 'Individuals using the Internet'}
    >>> _understood("Rural")
    {'marks': '', 'locality': 'rural'}
    """
    parts = {"marks": " ".join(_MARKS.findall(heading))}
    text = " ".join(_MARKS.sub(" ", heading).split())
    if _YEAR.fullmatch(text):
        return parts | {"year": text}
    if _ONLY_UNIT.fullmatch(text):
        return parts | {"unit": text.casefold()}
    if match := _WITH_UNIT.fullmatch(text):
        text, parts["unit"] = match[1], (match[2] or match[3]).casefold()
    if match := _PERCENTAGE_OF.fullmatch(text):
        text, parts["unit"] = match[1], "%"
    for kind, words in _WORDS.items():
        if re.fullmatch(words, text, re.IGNORECASE):
            return parts | {kind: text.casefold()}
    title = _BROKEN_DOWN.sub("", text)
    return parts | {"title": title[:1].upper() + title[1:]}


def _column(place: int, of_block: list[dict[str, str]], own: list[dict[str, str]], footnotes: dict[str, str]) -> dict[str, str]:
    """Return the description of one column: its own title and unit take precedence over those of the block."""

    def words_of(kind: str, by: list[dict[str, str]]) -> list[str]:
        return list(dict.fromkeys(stated[kind] for stated in by if stated.get(kind)))

    titles = words_of("title", own)
    stated = {
        "series": titles or words_of("title", of_block),
        # The unit of the block belongs to its title only.
        "unit": words_of("unit", own) or ([] if titles else words_of("unit", of_block)),
        "year": words_of("year", own),
        **{dimension: words_of(dimension, [*of_block, *own]) for dimension in ("sex", "locality", "age")},
    }
    problem = ""
    for kind, words in stated.items():
        if len(words) > 1 or (not words and kind in ("series", "unit", "year")):
            called = "title" if kind == "series" else kind
            problem = problem or f"{'more than one' if words else 'no'} {called} above column {workbook.letters(place)}"
    note = _footnotes(words_of("marks", [*of_block, *own]), footnotes)
    return {kind: words[0] if len(words) == 1 else "" for kind, words in stated.items()} | {"note": note, "problem": problem}


def _footnotes(marks: Iterable[str], footnotes: dict[str, str]) -> str:
    """Return the footnotes with these marks."""
    each = dict.fromkeys(mark for several in marks for mark in several.split())
    return _joined(footnotes.get(mark, f"marked {mark}, which no footnote explains") for mark in each)


def _joined(texts: Iterable[object]) -> str:
    return "; ".join(str(text) for text in texts if text)


def _figures(columns: pd.DataFrame, figures: dict[int, list[str]], footnotes: dict[str, str], problem: str) -> Iterator[pd.DataFrame]:
    """Yield the figures of a block with their headings, and cells without a heading; all with the problem of the block, if any."""
    labels = [row[0] for row in figures.values()]
    rows = pd.DataFrame({"row_number": list(figures), "area": [_MARKS.sub("", label).strip() for label in labels]})
    if not columns.empty:
        meaning = ["series", "unit", "year", "sex", "locality", "age"]
        doubled = columns.duplicated(meaning, keep=False) & (columns["problem"] == "")
        columns["problem"] = columns["problem"].mask(doubled, "two columns have this year and heading, so they cannot be distinguished")
        values = [[row[place] for place in columns["place"]] for row in figures.values()]
        rows["of_area"] = [_footnotes(_MARKS.findall(label), footnotes) for label in labels]
        table = workbook.long(rows, columns, values)
        table["note"] = [_joined(notes) for notes in zip(table["note"], table["of_area"], strict=True)]
        table["problem"] = table["problem"].mask((table["area"] == "") & (table["problem"] == ""), "there is no area in this row")
        if problem:
            table["problem"] = problem
        shares = (table["unit"] == "%") & (table["problem"] == "")
        if pd.to_numeric(table["value"][shares], errors="coerce").max() <= 1:
            table["problem"] = table["problem"].mask(shares, "no share of the block is above 1: they may be fractions, not percent")
        yield table.drop(columns=["place", "of_area"])
    # A second column of the same labels adds nothing; any other cell outside the columns does.
    labelled = {0, *columns.get("place", ())}
    stray = [
        {"row_number": number, "area": row[0], "value": cell, "problem": problem or f"no heading above column {workbook.letters(place)}"}
        for number, row in figures.items()
        for place, cell in enumerate(row)
        if cell and place not in labelled and (cell != row[0] or _FIGURE.fullmatch(cell))
    ]
    if stray:
        yield pd.DataFrame(stray)
