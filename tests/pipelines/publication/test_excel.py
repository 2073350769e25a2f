"""The workbook: numbers are numbers, text stays text, and what has no sheet is named with its place."""

import datetime as dt
import zipfile
from typing import Any

import openpyxl
import pandas as pd
import pytest

from indicators.contracts.data_dictionary import data_dictionary
from indicators.contracts.tables import column_meanings, column_types
from pipelines.publication import excel
from tests.support.small_publication import INFO

GROUPS = pd.DataFrame(
    {
        "group_name": ["=1+1", "+49", "-5", "@sum", "2024-05-01", "https://example.org"],
        "scheme": ["007", "1E5", "TRUE", "NA", "1/2", "é\u202f%"],
        "title": pd.Series(["x" * 40_000, None, "a\nb", "'quoted", " spaced ", "<&>"], dtype="str"),
        "has_members": [True, False, True, False, True, False],
        "union_of": pd.Series([None] * 6, dtype="str"),
    }
)
SHEETS = ["read me", "columns", "claims", "verdicts", "sources", "snapshots", "groups", "gaps"]
GAPS = pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in column_types("gaps").items()})


def blank(table: str, rows: int) -> pd.DataFrame:
    """A table of the contract's columns, with `rows` rows of nothing much."""
    fill: dict[str, Any] = {"str": "x", "int64": 2024, "float64": 1.5, "bool": True}
    return pd.DataFrame({name: pd.Series([fill[kind]] * rows, dtype=kind) for name, kind in column_types(table).items()})


@pytest.fixture(scope="module")
def tables():
    snapshots = blank("snapshots", 1).assign(source="world-bank-wdi", vintage="2026-07-13", published="2026-07-13", citation="WB.")
    sources, claims, verdicts = blank("sources", 1), blank("claims", 2), blank("verdicts", 3)
    held = {"groups": GROUPS, "gaps": GAPS, "snapshots": snapshots, "sources": sources, "claims": claims, "verdicts": verdicts}
    return held | {"observations": blank("observations", 4)}


@pytest.fixture(scope="module")
def path(tables, tmp_path_factory):
    path = tmp_path_factory.mktemp("excel") / excel.WORKBOOK
    excel.write(path, tables, data_dictionary(tables), INFO)
    return path


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def test_the_first_sheets_say_what_it_is_and_the_rest_are_the_tables(book):
    assert book.sheetnames == SHEETS


def test_the_first_sheet_says_how_to_cite_the_licence_and_what_is_not_there(book):
    reported = {row[0]: row[1] for row in book["read me"].iter_rows(values_only=True) if row[0]}
    assert reported["How to cite"].startswith("Follow-up of the digital-divide figures of A/RES/80/173, made on 16 January 2026")
    assert reported["Licence of the whole"] == "CC BY 4.0"
    assert reported["observations"].endswith("4 rows. tables/observations.csv and tables/observations.parquet")


def test_text_is_never_a_formula_a_link_a_date_or_a_number(book):
    rows = list(book["groups"].iter_rows(min_row=2))
    assert [row[0].value for row in rows] == GROUPS["group_name"].to_list()
    assert [row[1].value for row in rows] == GROUPS["scheme"].to_list()
    assert {cell.data_type for row in rows for cell in row[:2]} == {"s"}
    assert not any(cell.hyperlink for row in rows for cell in row)


def test_a_missing_value_is_an_empty_cell_and_a_text_too_long_is_cut_and_says_so(book):
    titles = [row[2].value for row in book["groups"].iter_rows(min_row=2)]
    assert titles[0] == "x" * 32_766 + "…"
    assert titles[1:] == [None, "a\nb", "'quoted", " spaced ", "<&>"]


def test_numbers_and_truths_are_what_they_are(book, tables):
    (row,) = book["snapshots"].iter_rows(min_row=2, max_row=2)
    by_name = dict(zip(tables["snapshots"], row, strict=True))
    assert (by_name["rows"].data_type, by_name["rows"].value) == ("n", 2024)
    assert (by_name["is_dated"].data_type, by_name["is_dated"].value) == ("b", True)


def test_headings_stay_in_sight_filter_and_say_what_the_column_means(book):
    for name in book.sheetnames:
        assert book[name].freeze_panes == "A2"
    assert book["verdicts"].auto_filter.ref.startswith("A1:")
    assert "Name of the statement" in book["verdicts"]["A1"].comment.text


def test_no_sheet_holds_a_formula_or_a_link_and_every_heading_of_a_table_has_a_note(book, tables):
    for sheet in book.worksheets:
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    for name in book.sheetnames[2:]:
        meanings = column_meanings(name)
        assert [cell.comment.text for cell in book[name][1]] == [meanings[column] for column in tables[name]]


def test_a_code_of_digits_is_not_marked_as_a_number_by_mistake(path):
    with zipfile.ZipFile(path) as parts:
        assert b'<ignoredError sqref="A1:E7" numberStoredAsText="1"/>' in parts.read(f"xl/worksheets/sheet{1 + SHEETS.index('groups')}.xml")


def test_the_same_tables_make_the_same_bytes_and_the_workbook_was_made_when_the_publication_was(path, tables, tmp_path):
    again = tmp_path / "again.xlsx"
    excel.write(again, tables, data_dictionary(tables), INFO)
    assert again.read_bytes() == path.read_bytes()
    made = openpyxl.load_workbook(path).properties
    assert made.created == made.modified == dt.datetime(2026, 1, 16, 4, 5, 6)


def test_an_empty_table_has_its_headings(book):
    assert [cell.value for cell in book["gaps"][1]] == list(GAPS)


@pytest.mark.parametrize(("table", "rows", "shown"), [("gaps", 1_048_575, True), ("gaps", 1_048_576, False), ("observations", 1, False)])
def test_a_table_that_excel_cannot_hold_has_no_sheet(table, rows, shown):
    assert excel.has_a_sheet(table, rows) is shown
