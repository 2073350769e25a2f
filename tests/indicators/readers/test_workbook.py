"""Workbooks become text, or are refused in one line before they cost more memory than there is."""

import io
import random
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.readers import workbook
from indicators.readers.records import Unreadable


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_cells(**cells):
    book = openpyxl.Workbook()
    for name, value in cells.items():
        book.active[name] = value
    return saved(book)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *[(3, "3"), (2.66, "2.66"), (0.1 + 0.2, "0.3"), (0.07, "0.07"), (-1.5, "-1.5"), (964.29, "964.29"), (698259000, "698259000")],
        *[("NA", "NA"), (" 1 ", " 1 "), ("x\u00a0y", "x\u00a0y"), (date(2025, 12, 2), "2025-12-02"), (True, "True"), ("#N/A", "")],
    ],
)
def test_a_cell_is_the_text_it_shows_without_the_noise_of_binary_arithmetic(cell, text):
    assert workbook.sheets(with_cells(A1=1, B2=cell))["Sheet"] == [["1", ""], ["", text]]


def test_rows_and_columns_count_from_the_first_even_if_that_is_empty():
    assert workbook.sheets(with_cells(C2="x"))["Sheet"] == [["", "", ""], ["", "", "x"]]


def test_hidden_sheets_are_left_out():
    book = openpyxl.Workbook()
    book.create_sheet("hidden").sheet_state = "hidden"
    assert workbook.names(saved(book)) == ["Sheet"]
    assert list(workbook.sheets(saved(book))) == ["Sheet"]


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"x" * 100, b"a,b\r\n1,2\r\n", b"<html>", b"\0\0"])
def test_what_is_no_workbook_has_no_sheets_and_is_refused(content):
    assert workbook.names(content) == []
    with pytest.raises(Unreadable, match="a workbook that is damaged"):
        workbook.sheets(content)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_that_is_cut_off_is_refused(share):
    whole = with_cells(A1="x")
    cut = whole[: int(len(whole) * share)]
    assert workbook.names(cut) == []
    with pytest.raises(Unreadable, match="download it again"):
        workbook.sheets(cut)


def test_a_changed_byte_is_noticed():
    """The library does not look at checksums; a figure changed on the way would be read as it is."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_cells(A1=4711))) as whole, zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as plain:
        for name in whole.namelist():
            plain.writestr(name, whole.read(name))
    assert content.getvalue().count(b"4711") == 1
    with pytest.raises(Unreadable, match="damaged"):
        workbook.sheets(content.getvalue().replace(b"4711", b"4712"))


@pytest.mark.parametrize("cell", ["AAA1", "A100000", "XFD1048576"])
def test_a_cell_far_out_is_refused_rather_than_filled_up_to(cell):
    with pytest.raises(Unreadable, match="beyond row 99999 or column ZZ"):
        workbook.sheets(with_cells(A1=1, **{cell: 2}))


def test_a_workbook_that_unpacks_to_more_than_the_cap_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST", 1000)
    with pytest.raises(Unreadable, match="unpacks to more than"):
        workbook.sheets(with_cells(A1=1))


def test_a_damaged_workbook_is_read_or_refused_in_one_line():
    whole, dice = with_cells(A1="x", B2=5), random.Random(1)
    for _ in range(1500):
        damaged = bytearray(whole)
        for _ in range(dice.choice([1, 5, 50])):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        workbook.names(bytes(damaged))
        try:
            workbook.sheets(bytes(damaged))
        except Unreadable as refusal:
            assert "\n" not in str(refusal)  # noqa: PT017


@given(st.lists(st.sampled_from(["", "2023", "2024", "2025"]), max_size=12))
def test_panels_have_every_named_column_once_and_no_name_twice(header):
    panels = list(workbook.panels(header)) if header else []
    places = [place for panel in panels for place in panel]
    assert places == [place for place, name in enumerate(header) if name]
    for panel in panels:
        names = header[panel.start : panel.stop]
        assert len(set(names)) == len(names)
    # No panel could have been longer.
    for panel in panels:
        after = panel.stop
        assert after == len(header) or not header[after] or header[after] in header[panel.start : after]


def test_rows_are_given_back_by_name_or_by_letters_where_a_name_comes_twice_or_not_at_all():
    held = [("one", [["a", "b", "a", ""], ["1", "", "3", "4"]]), ("two", [["x"]])]
    assert workbook.original_rows(held, [held[0][1][0], ["a"]], [2, 100_001, 3, 200_001, -1]) == {
        2: '{"sheet": "one", "row": 2, "column A": "1", "column C": "3", "column D": "4"}',
        100_001: '{"sheet": "two", "row": 1, "a": "x"}',
    }
