"""The World Bank's wide CSV says the same figures in every form it is passed on in, or is refused with the reason."""

import csv
import io
import itertools
import json
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import readers
from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import Unreadable, world_bank_long, world_bank_wide
from tests.support.paths import DATA, GENUINE, both, small_files
from tests.support.publishers import saved

BULK = (DATA / "world_bank_wide.csv").read_bytes()
GNI = "API_NY.GNP.PCAP.CD_DS2_en_csv_v2_115503.csv"

HEADER = ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2023", "2024"]
ARUBA = ["Aruba", "ABW", "Subscriptions", "IT.NET.BBND.P2", "17.5", "18"]
NAMIBIA = ["Namibia", "NAM", "Subscriptions", "IT.NET.BBND.P2", "", "3.25"]
FIGURES = [
    ("IT.NET.BBND.P2", "ABW", "2023", "17.5"),
    ("IT.NET.BBND.P2", "ABW", "2024", "18"),
    ("IT.NET.BBND.P2", "NAM", "2023", ""),
    ("IT.NET.BBND.P2", "NAM", "2024", "3.25"),
]
DATABANK = (
    "\ufeffSeries Name,Series Code,Country Name,Country Code,2023 [YR2023],2024 [YR2024]\r\n"
    "Subscriptions,IT.NET.BBND.P2,Aruba,ABW,17.5,18\r\n"
    "Subscriptions,IT.NET.BBND.P2,Namibia,NAM,..,3.25\r\n"
    "\r\n\r\n\r\nData from database: World Development Indicators\r\nLast Updated: 07/13/2026\r\n"
).encode()


def figures(content):
    rows = world_bank_wide.read(content)
    assert not (rows["problem"] != "").any()
    return list(rows[["series", "area", "year", "value"]].itertuples(index=False, name=None))


def problems(content):
    rows = world_bank_wide.read(content)
    return dict(rows.loc[rows["problem"] != "", ["row_number", "problem"]].itertuples(index=False, name=None))


def changed(row, name, value):
    return [value if known == name else field for known, field in zip(HEADER, row, strict=True)]


# --- the bulk file ---------------------------------------------------------------------------------------------------------------


def test_a_cell_is_a_row_with_the_codes_of_its_record_and_every_digit_as_published():
    rows = world_bank_wide.read(BULK)
    # Nine records of five years; the header is in row 5, under four lines, two of them empty.
    assert len(rows) == 9 * 5
    assert rows["row_number"].tolist() == [row for row in range(6, 15) for _ in range(5)]
    assert set(rows) <= set(PUBLISHED_COLUMNS)
    ivory_coast = rows[rows["area"] == "CIV"]
    assert ivory_coast["year"].tolist() == ["2021", "2022", "2023", "2024", "2025"]
    assert ivory_coast["value"].tolist() == ["1.03", "1.2", "", "1.51554544469722", ""]
    assert set(rows["series"]) == {"IT.NET.BBND.P2"}
    assert set(rows["problem"]) == {""}


def test_codes_of_economies_and_groups_stay_as_published():
    assert list(dict.fromkeys(world_bank_wide.read(BULK)["area"])) == ["BHS", "AFE", "CHI", "CIV", "HIC", "INX", "NAM", "TTO", "XKX"]


def test_only_empty_cells_and_two_points_are_no_value_and_other_words_stay():
    rows = world_bank_wide.read(BULK).set_index(["area", "year"])["value"]
    assert rows["TTO"].tolist() == ["25", "NA", "26", "", ""]
    assert rows["NAM"].tolist() == ["0", "3.25", "3.5", "4.37E-06", ""]
    # BHS 2, AFE 0, CHI 4, CIV 2, HIC 0, INX 5, NAM 1, TTO 2 and XKX 1 without value.
    assert (rows == "").sum() == 17


def test_the_edition_is_dated_by_the_preamble():
    assert world_bank_wide.published(BULK) == "2026-04-08"


@pytest.mark.parametrize("day", [b"08/04/2026", b"8.4.2026", b"2026-13-01", b"", b"soon"])
def test_a_day_that_was_rewritten_is_not_guessed_at(day):
    assert world_bank_wide.published(BULK.replace(b"2026-04-08", day)) == ""


def test_an_original_row_comes_back_with_its_fields_by_name():
    found = world_bank_wide.original_rows(BULK, [5, 13, 99])
    assert list(found) == [13]
    assert json.loads(found[13])["Country Name"] == "Trinidad and Tobago"
    assert json.loads(found[13])["2022"] == "NA"


@pytest.mark.parametrize(
    "order", list(itertools.permutations(["API_X_DS2_1.csv", "Metadata_Country_API_X_DS2_1.csv", "Metadata_Indicator_API_X.csv"]))
)
def test_the_table_is_taken_from_its_zip_whatever_the_order_of_the_members(order):
    metadata = '\ufeff"Country Code","Region","TableName",\r\n"NAM","Africa","Namibia",\r\n'.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in order:
            archive.writestr(name, BULK if name.startswith("API_") else metadata)
    assert readers.unwrap(buffer.getvalue()) == BULK


# --- the same in other forms -----------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(
    separator=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    bom=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    above=st.lists(st.sampled_from([[], [""], ["Data Source", "WDI"], ["sep=;"], ["Last Updated Date", "2026-04-08", ""]]), max_size=6),
    beyond_header=st.integers(0, 3),
    beyond_rows=st.integers(0, 3),
    below=st.lists(st.sampled_from([[], [""], [""] * 6, [""] * 9]), max_size=4),
    order=st.permutations(range(len(HEADER))),
)
def test_however_the_table_is_saved_again_it_says_the_same_figures(
    separator, end, quoting, bom, above, beyond_header, beyond_rows, below, order
):
    years = [name for name in (HEADER[place] for place in order) if name.isdigit()]
    table = [[row[place] for place in order] for row in (HEADER, ARUBA, NAMIBIA)]
    head, body = table[0] + [""] * beyond_header, [row + [""] * beyond_rows for row in table[1:]]
    content = bom + saved(*above, head, *body, *below, separator=separator, end=end, quoting=quoting)
    assert world_bank_wide.recognises(content)
    assert sorted(figures(content)) == FIGURES
    assert [year for _, _, year, _ in figures(content)] == years * 2


def test_an_export_of_databank_is_read_by_its_own_names_its_mark_and_its_footer():
    assert world_bank_wide.recognises(DATABANK)
    assert figures(DATABANK) == FIGURES
    assert world_bank_wide.read(DATABANK)["row_number"].tolist() == [2, 2, 3, 3]
    assert world_bank_wide.published(DATABANK) == "2026-07-13"


def test_the_footer_is_one_whether_or_not_empty_fields_follow_it_and_a_newline_ends_it():
    padded = re.sub(rb"(\r\n\r\n\r\n|Indicators|2026)\r\n", rb"\1,,,,,\r\n", DATABANK).replace(b"\r\n\r\n", b"\r\n,,,,,\r\n")
    for content in (padded, padded.replace(b",", b";"), DATABANK.removesuffix(b"\r\n")):
        assert figures(content) == FIGURES
        assert world_bank_wide.published(content) == "2026-07-13"


def test_the_day_of_the_footer_is_read_month_first_or_not_at_all():
    assert world_bank_wide.published(DATABANK.replace(b"07/13/2026", b"07/01/2026")) == "2026-07-01"
    assert world_bank_wide.published(DATABANK.replace(b"07/13/2026", b"13/07/2026")) == ""


def test_a_file_of_wdi_without_preamble_has_no_day_and_may_hold_several_series():
    other = changed(ARUBA, "Indicator Code", "SP.POP.TOTL")
    content = saved(HEADER, ARUBA, other)
    assert world_bank_wide.published(content) == ""
    assert [series for series, *_ in figures(content)] == ["IT.NET.BBND.P2"] * 2 + ["SP.POP.TOTL"] * 2


def test_without_columns_of_the_series_it_is_left_to_the_caller_to_say():
    assert figures(saved(*([*row[:2], *row[4:]] for row in (HEADER, ARUBA)))) == [("", "ABW", "2023", "17.5"), ("", "ABW", "2024", "18")]


def test_a_decimal_comma_is_not_guessed_at():
    content = saved(HEADER, changed(ARUBA, "2023", "17,5"), separator=";")
    assert figures(content)[0] == ("IT.NET.BBND.P2", "ABW", "2023", "17,5")


def test_space_around_names_codes_and_values_is_left_out():
    padded = ([f" {field}\u00a0" for field in row] for row in (HEADER, ARUBA, changed(NAMIBIA, "2023", "..")))
    assert figures(saved(*padded)) == FIGURES


@pytest.mark.parametrize("end", [b"", b"\n", b",,", b'""'])
def test_an_empty_record_at_the_very_end_is_no_sign_of_being_cut_off(end):
    assert figures(saved(HEADER, ARUBA, NAMIBIA) + end) == FIGURES


def test_a_record_that_only_begins_like_the_footer_is_not_lost():
    content = saved(HEADER, ARUBA, ["Last Updated: 07/13/2026", "and more"])
    assert problems(content) == {3: "row has 2 fields where the header has 6"}


def test_a_column_without_name_in_the_midst_may_be_there_if_it_is_empty():
    assert figures(saved(*([*row[:4], "", "", *row[4:]] for row in (HEADER, ARUBA, NAMIBIA)))) == FIGURES


def test_a_column_that_pandas_named_may_be_there_if_it_is_empty():
    assert figures(saved([*HEADER, "Unnamed: 6"], [*ARUBA, ""], [*NAMIBIA, ""])) == FIGURES


# --- rows and files that cannot be used ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (ARUBA[:5], "row has 5 fields where the header has 6"),
        (["Bahamas", " The", *ARUBA[1:]], "row has 7 fields where the header has 6"),
        (["a note", "", ""], "row has 3 fields where the header has 6"),
        (changed(ARUBA, "Indicator Code", ""), "no Indicator Code in this row"),
    ],
)
def test_a_record_that_cannot_be_read_is_one_row_with_the_problem_and_shifts_nothing(row, problem):
    content = saved(HEADER, row, NAMIBIA)
    assert problems(content) == {2: problem}
    rows = world_bank_wide.read(content)
    assert rows["row_number"].tolist() == [2, 3, 3]
    assert rows.loc[0, ["year", "value"]].tolist() == ["", ""]
    assert rows["value"].tolist()[1:] == ["", "3.25"]


def test_fields_beyond_the_header_come_back_in_the_original():
    content = saved(HEADER, [*ARUBA, "", "stray"], separator=";")
    assert problems(content) == {2: "row has 8 fields where the header has 6"}
    assert json.loads(world_bank_wide.original_rows(content, [2])[2])["beyond the header"] == ["", "stray"]


def all_of_wdi():
    series = [changed(ARUBA, "Indicator Code", f"S{number}") for number in range(101)]
    return saved(HEADER, *series, *[NAMIBIA] * 2000) + b"\xff not UTF-8, for who reads on"


UNREADABLE = {
    "no rows": (saved(HEADER), "a header and no rows"),
    "empty rows alone": (saved(HEADER, [], [""] * 6), "a header and no rows"),
    "cut off between fields": (saved(HEADER, ARUBA, NAMIBIA[:3]).removesuffix(b"\n"), "cut off in row 3"),
    "cut off within quotes": (BULK[:-8], "damaged or cut off in row 14"),
    "cut off in the footer": (DATABANK[: DATABANK.index(b"pdated: 07")], "cut off in row 8"),
    "names of areas alone": (saved(*(row[:1] + row[2:] for row in (HEADER, ARUBA))), "Country Name without Country Code"),
    "names of series alone": (saved(*(row[:3] + row[4:] for row in (HEADER, ARUBA))), "Indicator Name without Indicator Code"),
    "a year twice": (saved([*HEADER, "2024 [YR2024]"], [*ARUBA, "19"]), "column 2024 is in the header twice"),
    "a code twice": (saved([*HEADER, "Series Code"], [*ARUBA, "X"]), "column Indicator Code is in the header twice"),
    "a column unknown": (saved([*HEADER, "Sex"], [*ARUBA, "female"]), "column Sex of the header is unknown"),
    "a year that is none": (saved([*HEADER, "2025 [YR2026]"], [*ARUBA, "19"]), "column 2025 [YR2026] of the header"),
    "an index before it": (saved(["", *HEADER], ["0", *ARUBA]), "column (1, without a name) of the header"),
    "a header again": (saved(HEADER, ARUBA, HEADER, NAMIBIA), "a second header in row 3"),
    "another header": (BULK + saved(list(reversed(HEADER)), list(reversed(ARUBA))), "a second header in row 15"),
    "not UTF-8": (BULK.decode("utf-8-sig").encode("cp1252"), "not UTF-8"),
    "too many series": (all_of_wdi(), "more than 100 series"),
    "not this layout": (b"a,b\n1,2\n", "no header with area and year"),
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_cannot_be_used_is_refused_in_one_line_that_says_what_to_do(content, said):
    with pytest.raises(Unreadable) as refusal:
        world_bank_wide.read(content)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert ": " in str(refusal.value), "what to do comes after the colon"


@given(st.integers(0, len(BULK) - 1))
def test_wherever_the_file_is_cut_off_it_says_no_other_figure(end):
    if world_bank_wide.recognises(BULK[:end]):
        try:
            said = figures(BULK[:end])
        except Unreadable:
            said = []
        assert said == figures(BULK)[: len(said)]
        assert len(said) % 5 == 0


def test_a_hundred_series_are_few_enough():
    content = saved(HEADER, *(changed(ARUBA, "Indicator Code", f"S{number}") for number in range(100)))
    assert len(figures(content)) == 200


def test_padding_of_nul_bytes_becomes_a_row_that_is_refused_and_nothing_else():
    assert problems(saved(HEADER, ARUBA) + b"\0" * 64 + b"\n") == {3: "row has 1 fields where the header has 6"}


OTHERS = {str(path.relative_to(DATA)): path.read_bytes() for path in small_files() if path.name not in ("world_bank_wide.csv", GNI)}
NOT_A_TABLE = {
    "metadata of its zip": b'\xef\xbb\xbf"Country Code","Region","IncomeGroup","SpecialNotes","TableName",\r\n',
    "years without areas": b"2023,2024\n1,2\n",
    "areas without years": b"Country Name,Country Code\nAruba,ABW\n",
    "series across": b"Time,Time Code,Country Name,Country Code,Subscriptions [IT.NET.BBND.P2]\n",
    "a table that is long": b"Country Name,Country Code,Year,Value,2024\n",
    "a page": b"<html>Country Code,2024</html>",
    "nothing": b"",
    "an open quote": b'"Country Code,2024',
    "binary": b"PK\x03\x04\0\0Country Code",
    "a preamble alone": BULK[: BULK.index(b'"Country Name"')],
}


@pytest.mark.parametrize("content", [*OTHERS.values(), *NOT_A_TABLE.values()], ids=[*OTHERS, *NOT_A_TABLE])
def test_other_files_are_not_taken_for_it(content):
    assert not world_bank_wide.recognises(content)


def test_its_header_is_looked_for_in_the_first_lines_alone():
    assert not world_bank_wide.recognises(saved(*[["something else"]] * 2000, HEADER, ARUBA))


@given(
    st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: BULK + tail) | st.integers(0, len(BULK)).map(lambda end: BULK[:end])
)
def test_any_bytes_are_read_or_refused_in_one_line(content):
    said = ""
    if world_bank_wide.recognises(content):
        assert not world_bank_long.recognises(content)
        try:
            world_bank_wide.read(content)
        except Unreadable as refusal:
            said = str(refusal)
    assert "\n" not in said


# --- a whole file, and the genuine one -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "cells", "values"), both(f"world-bank-bulk/{GNI}", [5 * 4, 11], [266 * 66, 12_980]))
def test_every_cell_of_a_file_is_read_as_it_is(path, cells, values):
    content = path.read_bytes()
    lines = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    table = lines[4:]
    plain = [
        (number, record[3], record[1], year, value)
        for number, record in enumerate(table[1:], start=6)
        for year, value in zip(table[0][4:-1], record[4:-1], strict=True)
    ]
    rows = world_bank_wide.read(content)
    assert world_bank_wide.recognises(content)
    assert list(rows[["row_number", "series", "area", "year", "value"]].itertuples(index=False, name=None)) == plain
    assert len(plain) == cells
    assert (rows["value"] != "").sum() == values
    assert world_bank_wide.published(content) == lines[2][1] == "2026-04-08"


@pytest.mark.skipif(not GENUINE.is_dir(), reason=f"the genuine files are not beside the project ({GENUINE})")
def test_no_other_genuine_file_is_taken_for_it():
    others = [path for path in sorted(GENUINE.rglob("*")) if path.is_file() and path.name != GNI]
    assert len(others) > 20
    assert [path.name for path in others if world_bank_wide.recognises(path.read_bytes())] == []
