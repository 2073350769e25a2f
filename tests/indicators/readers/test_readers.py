"""A published file's bytes are recognised, read as text row by row, or refused in one helpful line."""

import csv
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import readers
from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import Unreadable
from tests.support.paths import DATA, both

DATAHUB = (DATA / "itu_datahub_v2.csv").read_bytes()
EMBEDDED = (DATA / "embedded_facts_and_figures.csv").read_bytes()


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def row(number, content=DATAHUB):
    rows = readers.read(content).rows
    return rows[rows["row_number"] == number].iloc[0]


@pytest.mark.parametrize(("content", "layout"), [(DATAHUB, "itu-datahub-v2"), (EMBEDDED, "embedded")])
def test_a_layout_is_recognised_from_its_bytes_zipped_or_not(content, layout):
    assert readers.recognise(content) == readers.recognise(zipped(any__csv=content)) == layout


@pytest.mark.parametrize("content", [DATAHUB, EMBEDDED])
def test_reading_is_the_same_from_a_zip_with_metadata_beside_the_table(content):
    plain, packed = readers.read(content), readers.read(zipped(Metadata_Country_1__csv=b"a,b\n1,2\n", data__csv=content))
    assert plain.layout == packed.layout
    assert plain.rows.equals(packed.rows)


def test_all_columns_but_the_row_number_are_text_and_none_is_missing():
    rows = readers.read(DATAHUB).rows
    assert list(rows) == list(PUBLISHED_COLUMNS)
    assert rows.dtypes.astype("str").to_dict() == dict.fromkeys(PUBLISHED_COLUMNS, "str") | {"row_number": "int64"}
    assert not rows.isna().any(axis=None)


def test_a_newline_inside_quotes_does_not_shift_the_row_numbers():
    # The source text of row 2 holds a line break, and the file has no newline at its end: 14 rows, 2 to 15.
    assert readers.read(DATAHUB).rows["row_number"].tolist() == list(range(2, 16))
    assert "\r\n" in row(2)["origin"]


def test_namibia_and_the_word_na_stay_text():
    assert row(4)["area"] == "NAM"
    assert row(4)["value"] == "NA"


def test_a_row_of_the_wrong_width_is_kept_with_its_number_and_shifts_nothing():
    assert row(11)["problem"] == "row has 9 fields where the header has 13"
    assert row(11)["value"] == ""
    assert row(12)["value"] == "61.0"


def test_a_breakdown_takes_the_series_of_its_total_by_code_and_its_breakdown_from_the_ending():
    assert row(12)[["series", "sex", "locality", "age"]].tolist() == ["11624", "female", "", ""]


def test_a_breakdown_in_two_ways_is_not_mistaken_for_one_of_them():
    # "_HHCRuralFemale" begins like "_HHCRural": it keeps its own number, under which the catalogue knows it.
    assert row(13)[["series", "sex", "locality"]].tolist() == ["9289", "", ""]


def test_a_breakdown_whose_total_is_not_in_the_file_keeps_its_own_number():
    assert row(14)[["series", "sex"]].tolist() == ["33798", "male"]


def test_columns_are_taken_by_name_whatever_their_order():
    assert readers.read(b"series,area,year,value,note,sex\nx,World,2020,1,n,female\n").rows.iloc[0][["note", "sex"]].tolist() == [
        "n",
        "female",
    ]


def test_an_original_row_comes_back_with_its_fields_by_name():
    found = readers.original_rows(zipped(a__csv=DATAHUB), [7, 11, 999])
    assert sorted(found) == [7, 11]
    assert json.loads(found[7])["dataValue"] == "6.698259E8"
    assert len(json.loads(found[11])) == 9


def test_fields_beyond_the_header_come_back_too():
    assert json.loads(readers.original_rows(b"series,area,year,value\na,b,c,d,e,f\n", [2])[2])["beyond the header"] == ["e", "f"]


def test_an_original_record_of_a_json_answer_comes_back_too():
    record = {
        "indicator": {"id": "IT.NET.USER.ZS", "value": ""},
        "country": {"id": "AW", "value": "Aruba"},
        "countryiso3code": "ABW",
        "date": "2020",
        "value": 50,
    }
    answer = json.dumps([{"total": 1, "lastupdated": "2026-07-13"}, [record]]).encode()
    assert json.loads(readers.original_rows(zipped(answer__json=answer), [2])[2])["countryiso3code"] == "ABW"


UNREADABLE = {
    "empty": (b"", "the file is empty"),
    "a web page": (b"<!DOCTYPE html><title>Data</title>", "a web page or XML"),
    "a challenge page": (b"<html><title>Just a moment...</title>", "refuses programs"),
    "a JSON error": (b'{"message":"Missing Authentication Token"}', "Missing Authentication Token"),
    "an error in plain text": (b"No data available for this selection", "No data available"),
    "UTF-16": ("series,area,year,value\n".encode("utf-16"), "UTF-16"),
    "a PDF": (b"%PDF-1.7", "a PDF"),
    "a binary file": (b"\x89PNG\r\n\0\0", "a binary file"),
    "an unrelated CSV": (b"name,age\nAda,36\n", "columns are name, age"),
    "a column missing": (DATAHUB.replace(b'"dataNote",', b""), "lacks dataNote"),
    "a header only": (DATAHUB.split(b"\n")[0], "a header and no rows"),
    "an embedded header only": (b"series,area,year,value\n", "a header and no rows"),
    "a column unknown": (b"series,area,year,value,colour\n", "column 'colour'"),
    "a column twice": (b"series,area,year,value,sex,sex\nx,World,2020,1,,\n", "column sex is in the header twice"),
    "cut off inside quotes": (DATAHUB[:-3], "damaged or cut off in row 15"),
    "not UTF-8": (EMBEDDED.replace(b"two lines", b"two \xff lines"), "not UTF-8"),
    "a zip cut off": (zipped(a__csv=DATAHUB)[:200], "a zip that is damaged"),
    "an empty zip": (zipped(), "a zip with no table (empty)"),
    "a zip with two tables": (zipped(a__csv=DATAHUB, b__csv=DATAHUB), "a zip with 2 tables"),
    "a zip in a zip": (zipped(a__csv=zipped(a__csv=DATAHUB)), "a zip within a zip"),
    "a workbook": (zipped(**{"xl/workbook__xml": b"<x/>"}), "an Excel workbook"),
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_table_is_refused_in_one_line_that_says_what_it_seems_and_what_to_do(content, said):
    with pytest.raises(Unreadable) as refusal:
        readers.read(content)
    message = str(refusal.value)
    assert said in message
    assert "\n" not in message
    assert ":" in message, "what to do comes after the colon"


def test_a_zip_that_unpacks_to_more_than_the_cap_is_refused(monkeypatch):
    monkeypatch.setattr(readers, "LARGEST", 1000)
    with pytest.raises(Unreadable, match="unpacks to more than"):
        readers.read(zipped(a__csv=EMBEDDED * 10))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda tail: EMBEDDED + tail) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused_in_one_line(content):
    said = ""
    try:
        readers.read(content)
    except Unreadable as refusal:
        said = str(refusal)
    assert "\n" not in said


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        *both("itu-datahub/individuals-using-the-internet.csv", [14], [5_099]),
        *both("itu-datahub/fixed-broadband-subscriptions_1777496718795.csv", [8], [8_860]),
    ],
)
def test_an_export_is_read_whole(path, rows):
    published = readers.read(path.read_bytes())
    assert published.layout == "itu-datahub-v2"
    assert published.rows["row_number"].tolist() == list(range(2, rows + 2))
    assert (published.rows["problem"] == "").all()


# ---- a CSV that a spreadsheet saved again


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n"])
def test_another_separator_gives_the_same_rows(separator, first):
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=separator).writerows(csv.reader(io.StringIO(DATAHUB.decode("utf-8-sig"), newline="")))
    saved = (first.format(separator) + lines.getvalue()).encode("utf-8-sig")
    plain, again = readers.read(DATAHUB), readers.read(saved)
    assert again.layout == plain.layout
    assert again.rows.drop(columns="row_number").equals(plain.rows.drop(columns="row_number"))
    shift = 1 if first else 0
    assert again.rows["row_number"].tolist() == [number + shift for number in plain.rows["row_number"]]
    number = int(again.rows["row_number"].iloc[3])
    assert readers.original_rows(saved, [number])[number] == readers.original_rows(DATAHUB, [number - shift])[number - shift]


def test_a_decimal_comma_is_not_read_as_a_number():
    row = DATAHUB.splitlines(keepends=True)
    names = row[0].decode("utf-8-sig").strip().replace('"', "").replace(",", ";")
    content = f'{names}\n11624;i99H;Use;;%;1;NAM;Namibia;"62,5";2021;;;x\n'.encode()
    assert readers.read(content).rows["value"].tolist() == ["62,5"]
