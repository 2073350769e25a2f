"""The World Bank's long CSV is read as it is in every form it is passed on in, or is refused with the reason."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import Unreadable, world_bank_long, world_bank_wide
from tests.support.paths import DATA, GENUINE, both, small_files
from tests.support.publishers import saved

LONG = (DATA / "world_bank_long.csv").read_bytes()

HEADER = ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "Year", "Value"]
ARUBA = ["Aruba", "ABW", "Subscriptions", "IT.NET.BBND.P2", "2024", "17.5"]
NAMIBIA = ["Namibia", "NAM", "Subscriptions", "IT.NET.BBND.P2", "2023", ""]
FIGURES = [("IT.NET.BBND.P2", "ABW", "2024", "17.5"), ("IT.NET.BBND.P2", "NAM", "2023", "")]


def figures(content):
    rows = world_bank_long.read(content)
    assert not (rows["problem"] != "").any()
    return list(rows[["series", "area", "year", "value"]].itertuples(index=False, name=None))


def test_a_row_is_read_by_its_codes_and_every_digit_stays():
    rows = world_bank_long.read(LONG)
    assert set(rows) <= set(PUBLISHED_COLUMNS)
    assert rows["row_number"].tolist() == list(range(2, 13))
    assert rows["area"].tolist() == ["BHS", "AFE", "AFE", "CHI", "CIV", "HIC", "NAM", "NAM", "TTO", "TTO", "XKX"]
    assert rows["year"].tolist() == ["2024", "2024", "2025", "2021", "2024", "2025", "2023", "2024", "2023", "2023", "2024"]
    assert rows["value"].tolist()[3:8] == ["40", "1.51554544469722", "34", "3.5", "4.37E-06"]
    assert set(rows["series"]) == set(rows["problem"]) == {""}


def test_two_values_of_one_area_and_year_are_both_handed_on():
    assert [value for _, area, _, value in figures(LONG) if area == "TTO"] == ["26", "27"]


def test_the_copies_of_one_series_a_file_have_no_day():
    assert world_bank_long.published(LONG) == ""


def test_the_list_form_of_the_zip_states_series_and_day():
    preamble = [["Data Source", "World Development Indicators", ""], [], ["Last Updated Date", "2026-04-08", ""], []]
    content = b"\xef\xbb\xbf" + saved(*preamble, [*HEADER, ""], [*ARUBA, ""], [*NAMIBIA, ""], end="\r\n", quoting=csv.QUOTE_ALL)
    assert figures(content) == FIGURES
    assert world_bank_long.read(content)["row_number"].tolist() == [6, 7]
    assert world_bank_long.published(content) == "2026-04-08"
    assert json.loads(world_bank_long.original_rows(content, [6])[6])["Country Name"] == "Aruba"


@given(
    separator=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    bom=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    beyond=st.tuples(st.integers(0, 3), st.integers(0, 3)),
    below=st.lists(st.sampled_from([[], [""], [""] * 6, [""] * 9]), max_size=4),
    order=st.permutations(range(len(HEADER))),
)
def test_however_the_table_is_saved_again_it_says_the_same_figures(separator, end, quoting, bom, beyond, below, order):
    head, *body = ([row[place] for place in order] for row in (HEADER, ARUBA, NAMIBIA))
    rows = [head + [""] * beyond[0], *(row + [""] * beyond[1] for row in body), *below]
    content = bom + saved(*rows, separator=separator, end=end, quoting=quoting)
    assert world_bank_long.recognises(content)
    assert figures(content) == FIGURES


def test_a_decimal_comma_and_words_are_not_guessed_at():
    texts = ["17,5", "NA", "..", "<1", "4.37E-06", "1 234"]
    content = saved(HEADER, *([*ARUBA[:5], text] for text in texts), separator=";")
    assert [value for *_, value in figures(content)] == texts


def test_an_original_row_comes_back_whatever_parts_its_fields():
    found = world_bank_long.original_rows(saved(HEADER, ARUBA, NAMIBIA, separator=";"), [3])
    assert json.loads(found[3]) == dict(zip(HEADER, NAMIBIA, strict=True))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (ARUBA[:5], "row has 5 fields where the header has 6"),
        ([*ARUBA[:5], "17", "5"], "row has 7 fields where the header has 6"),
        ([*ARUBA[:3], "", *ARUBA[4:]], "no Indicator Code in this row"),
    ],
)
def test_a_record_that_cannot_be_read_keeps_its_number_and_shifts_nothing(row, problem):
    rows = world_bank_long.read(saved(HEADER, row, NAMIBIA))
    assert rows["row_number"].tolist() == [2, 3]
    assert rows["problem"].tolist() == [problem, ""]
    assert rows["area"].tolist()[1] == "NAM"


UNREADABLE = {
    "no rows": (saved(HEADER), "a header and no rows"),
    "cut off": (saved(HEADER, ARUBA, NAMIBIA[:3]).removesuffix(b"\n"), "cut off in row 3"),
    "cut off within quotes": (saved(HEADER, ARUBA, quoting=csv.QUOTE_ALL)[:-3], "damaged or cut off in row 2"),
    "names of areas alone": (saved(*(row[:1] + row[4:] for row in (HEADER, ARUBA))), "Country Name without Country Code"),
    "names of series alone": (saved(*(row[:3] + row[4:] for row in (HEADER, ARUBA))), "Indicator Name without Indicator Code"),
    "a column twice": (saved([*HEADER, "Value"], [*ARUBA, "18"]), "column Value is in the header twice"),
    "a breakdown": (saved([*HEADER, "Sex"], [*ARUBA, "female"]), "column Sex of the header is unknown"),
    "years across as well": (saved([*HEADER, "2023"], [*ARUBA, "17"]), "column 2023 of the header is unknown"),
    "two files in one": (LONG + LONG, "a second header in row 13"),
    "not UTF-8": (LONG.decode().encode("cp1252"), "not UTF-8"),
    "all of WDI": (saved(HEADER, *([*ARUBA[:3], f"S{n}", *ARUBA[4:]] for n in range(101))), "more than 100 series"),
    "not this layout": (b"a,b\n1,2\n", "no header with area and year"),
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_cannot_be_used_is_refused_in_one_line_that_says_what_to_do(content, said):
    with pytest.raises(Unreadable) as refusal:
        world_bank_long.read(content)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert ": " in str(refusal.value), "what to do comes after the colon"


OTHERS = {
    str(path.relative_to(DATA)): path.read_bytes()
    for path in small_files()
    if path.name != "world_bank_long.csv" and path.parent.name != "wdi-long"
}
NOT_A_TABLE = {
    "no area": b"Entity,Code,Year,Value\nAruba,ABW,2024,1\n",
    "no value": b"Country Name,Country Code,Year,Population\nAruba,ABW,2024,1\n",
    "a page": b"<html>Country Code,Year,Value</html>",
    "nothing": b"",
    "an open quote": b'"Country Code,Year,Value',
}


@pytest.mark.parametrize("content", [*OTHERS.values(), *NOT_A_TABLE.values()], ids=[*OTHERS, *NOT_A_TABLE])
def test_other_files_are_not_taken_for_it(content):
    assert not world_bank_long.recognises(content)


@given(
    st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: LONG + tail) | st.integers(0, len(LONG)).map(lambda end: LONG[:end])
)
def test_any_bytes_are_read_or_refused_in_one_line(content):
    said = ""
    if world_bank_long.recognises(content):
        assert not world_bank_wide.recognises(content)
        try:
            world_bank_long.read(content)
        except Unreadable as refusal:
            said = str(refusal)
    assert "\n" not in said


@pytest.mark.parametrize(
    ("path", "count"),
    [
        *both("wdi-long/dh_it.net.bbnd.p2_20260401.csv", [24], [5_176]),
        *both("wdi-long/dh_it.net.bbnd.p2_20260501.csv", [26], [5_338]),
        *both("wdi-long/dh_it.net.bbnd.p2_20260701.csv", [25], [5_319]),
        *both("wdi-long/dh_sp.pop.totl_20260701.csv", [4], [17_394]),
    ],
)
def test_every_row_of_a_file_is_read_as_it_is(path, count):
    content = path.read_bytes()
    lines = csv.reader(content.decode("utf-8").splitlines()[1:])
    plain = [(number, code, year, value) for number, (_, code, year, value) in enumerate(lines, start=2)]
    rows = world_bank_long.read(content)
    assert list(rows[["row_number", "area", "year", "value"]].itertuples(index=False, name=None)) == plain
    assert len(plain) == count
    assert set(rows["series"]) == set(rows["problem"]) == {""}
    assert world_bank_long.published(content) == ""


@pytest.mark.skipif(not GENUINE.is_dir(), reason=f"the genuine files are not beside the project ({GENUINE})")
def test_no_other_genuine_file_is_taken_for_it():
    others = [path for path in sorted(GENUINE.rglob("*")) if path.is_file() and path.parent.name != "wdi-long"]
    assert len(others) > 20
    assert [path.name for path in others if world_bank_long.recognises(path.read_bytes())] == []
