"""The reader of the World Bank's JSON: a dozen records by hand, and the genuine answers where they are at hand."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal

import pandas as pd
import pytest

from indicators import readers
from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers.records import Unreadable
from indicators.readers.world_bank_json import original_rows, published, read, recognises
from pipelines.ingest.connectors.session import Session
from pipelines.ingest.connectors.world_bank import fetch
from tests.support.paths import SHARED, both
from tests.support.server import Reply, Server

HEADER = '{"page":1,"pages":1,"per_page":20000,"total":TOTAL,"sourceid":"2","lastupdated":"2026-07-13"}'


def record(code: str = "ABW", two_letters: str = "AW", year: str = "2024", value: str = "97.2", status: str = "") -> str:
    """One record as the World Bank prints it, the value as given."""
    return (
        '{"indicator":{"id":"IT.NET.USER.ZS","value":"Individuals using the Internet (% of population)"},'
        f'"country":{{"id":"{two_letters}","value":"Some area"}},"countryiso3code":"{code}","date":"{year}","value":{value},'
        f'"unit":"","obs_status":"{status}","decimal":0}}'
    )


def answer(*records: str, total: int | None = None) -> bytes:
    """A whole answer, `[header, rows]`."""
    return f"[{HEADER.replace('TOTAL', str(len(records) if total is None else total))},[{','.join(records)}]]".encode()


def test_a_record_becomes_a_row_of_text_with_its_place_in_the_file():
    frame = read(answer(record(), record("NAM", "NA", "2023", "62", status="E")))
    assert frame.to_dict("list") == {
        "row_number": [2, 3],
        "series": ["IT.NET.USER.ZS", "IT.NET.USER.ZS"],
        "area": ["ABW", "NAM"],
        "year": ["2024", "2023"],
        "sex": ["all", "all"],
        "locality": ["all", "all"],
        "age": ["all", "all"],
        "value": ["97.2", "62"],
        "unit": ["", ""],
        "printed": ["", ""],
        "note": ["", "E"],
        "origin": ["", ""],
        "seen_in": ["", ""],
        "problem": ["", ""],
        "family": ["", ""],
        "nature": ["", ""],
        "repair": ["", ""],
    }
    assert list(frame) == list(PUBLISHED_COLUMNS)


@pytest.mark.parametrize("records", [[record(value="null")], [record()]])
def test_the_columns_are_of_their_types_even_without_rows(records):
    types = read(answer(*records)).dtypes.astype("str").to_dict()
    assert types == {column: "int64" if column == "row_number" else "str" for column in PUBLISHED_COLUMNS}


@pytest.mark.parametrize("number", ["67.0", "67", "67.10", "0", "-0.5", "1E-05", "6.698259E8", "1234567890123456789.0123456789"])
def test_a_number_keeps_every_digit_it_was_printed_with(number):
    assert read(answer(record(value=number)))["value"].tolist() == [number]


def test_a_word_that_is_no_number_stays_to_be_refused_with_its_row():
    assert read(answer(record(value="NaN")))[["value", "problem"]].to_numpy().tolist() == [["NaN", ""]]


def test_a_record_without_a_value_is_no_observation_and_no_nought_and_is_counted():
    content = answer(record(year="2024"), record(year="2023", value="null"), record(year="2022", value="0"))
    assert read(content)["value"].tolist() == ["97.2", "", "0"]
    found = readers.read(content)
    assert found.rows[["row_number", "year", "value"]].to_numpy().tolist() == [[2, "2024", "97.2"], [4, "2022", "0"]]
    assert found.without_value == 1


def test_the_header_dates_it_and_bare_records_are_not_dated():
    assert published(answer(record())) == "2026-07-13"
    assert published(b"[" + record().encode() + b"]") == ""


@pytest.mark.parametrize(
    ("two_letters", "code", "area"),
    [
        ("XD", "", "HIC"),
        ("XM", "", "LIC"),
        ("XN", "", "LMC"),
        ("XT", "", "UMC"),
        ("XY", "", "INX"),
        ("XK", "XKX", "XKX"),
        ("ZZ", "", "ZZ"),  # not in the table: stays itself, and none of our areas has two letters
    ],
)
def test_an_area_without_a_code_of_three_letters_is_named_by_the_table(two_letters, code, area):
    assert read(answer(record(code, two_letters)))["area"].tolist() == [area]


def test_the_bare_records_are_read_as_with_their_header():
    pd.testing.assert_frame_equal(read(f"[{record()},{record('AFG', 'AF')}]".encode()), read(answer(record(), record("AFG", "AF"))))


def test_a_byte_order_mark_is_no_hindrance():
    content = b"\xef\xbb\xbf" + answer(record())
    assert recognises(content)
    assert len(read(content)) == 1


@pytest.mark.parametrize("content", [answer(record()), answer(), answer(record(), total=2), b"[" + record().encode() + b"]"])
def test_the_layout_is_recognised_from_its_bytes(content):
    assert recognises(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"<html></html>",
        b"\xff\xfe[",
        b"[]",
        b"{}",
        b"[null, null]",
        b"[1, 2, 3]",
        b"[" * 100_000,
        b'[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]',
        b'[{"page":1,"pages":1,"per_page":"20000","total":296},[{"id":"ABW","iso2Code":"AW"}]]',  # the list of countries
        answer(record())[:-2],
    ],
)
def test_other_bytes_are_not_taken_for_it_and_not_read(content):
    assert not recognises(content)
    with pytest.raises(Unreadable):
        read(content)


@pytest.mark.parametrize("total", [1, 3])
def test_a_part_of_an_answer_is_refused(total):
    with pytest.raises(Unreadable, match=f"2 records, but the header states {total}"):
        read(answer(record(), record(year="2023"), total=total))


@pytest.mark.parametrize(
    "odd",
    [
        "{}",
        "7",
        "null",
        record(value="true"),
        record(value="[1]"),
        record().replace('"date":"2024"', '"date":null'),
        record().replace('"value":97.2,', ""),
        record().replace('"country":{', '"state":{'),
    ],
)
def test_a_record_of_another_form_is_kept_with_its_problem(odd):
    frame = read(answer(record(), odd))
    assert frame["row_number"].tolist() == [2, 3]
    assert frame["problem"].tolist() == ["", "not a record with indicator, country, countryiso3code, date and value"]
    assert set(frame.drop(columns=["row_number", "problem"]).iloc[1]) == {""}


def test_a_refused_record_can_be_shown_as_it_was():
    content = answer(record(value="null"), record("NAM", "NA", "2023", "62.10"), "7")
    shown = original_rows(content, [3, 4, 5, 1, 0, -1])
    assert list(shown) == [3, 4]
    assert json.loads(shown[3])["countryiso3code"] == "NAM"
    assert json.loads(shown[3])["value"] == "62.10"
    assert shown[4] == '"7"'


def test_an_answer_without_records_is_refused():
    with pytest.raises(Unreadable, match="no records: check its code"):
        read(answer())


def test_the_reader_reads_what_the_connector_fetched(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    body = answer(record(value="67.10"), record("AFG", "AF", value="null"), record("", "XD", value="93"))
    with Server() as server, Session() as session:
        server.play(Reply(body))
        fetched = fetch("IT.NET.USER.ZS", session=session, base_url=server.url, today=dt.date(2026, 11, 24))
    assert recognises(fetched.content)
    # The connector stores records in an order of its own, so that an unchanged answer gives unchanged bytes.
    stored, sent = (read(content).drop(columns="row_number").sort_values("area", ignore_index=True) for content in (fetched.content, body))
    pd.testing.assert_frame_equal(stored, sent)


# Rounded to six decimals by another hand: 93.1234565 is exactly half way.
SMALL_FIGURES = """series,area,year,value
IT.NET.USER.ZS,AFE,2023,27.5
IT.NET.USER.ZS,ABW,2022,93.123456
IT.NET.USER.ZS,NAM,2023,64.4
IT.NET.USER.ZS,NAM,2022,62.123456
IT.NET.USER.ZS,AFG,2022,0.000012
"""


@pytest.mark.parametrize(
    ("path", "figures", "records", "nulls"),
    both(
        "world-bank-api/IT.NET.USER.ZS_2014_2023_20260411.json",
        [SMALL_FIGURES, 7, 2],
        [SHARED / "figures" / "wdi-2026-04-11--IT.NET.USER.ZS.csv", 2660, 427],
    ),
)
def test_an_answer_equals_its_figures_as_gathered_by_others_in_every_cell(path, figures, records, nulls):
    frame = readers.read(path.read_bytes()).rows
    gathered = pd.read_csv(io.StringIO(figures) if isinstance(figures, str) else figures, dtype="str", keep_default_na=False)
    ours = {(row.series, row.area, row.year): row.value for row in frame.itertuples()}
    theirs = {(row.series, row.area, row.year): row.value for row in gathered.itertuples()}
    assert len(ours) == len(frame) == len(theirs) == records - nulls
    assert ours.keys() == theirs.keys()
    half_a_step = Decimal("0.0000005")  # the gathered figures are rounded to six decimals, six of them exactly half way
    assert [key for key, printed in theirs.items() if abs(Decimal(ours[key]) - Decimal(printed)) > half_a_step] == []


@pytest.mark.parametrize(
    ("path", "rows", "gaps", "last"), both("world-bank-api/SP.URB.TOTL.IN.ZS_2014_2023_20260411.json", [3, 1, 5], [2650, 10, 2661])
)
def test_an_answer_is_recognised_and_keeps_its_gaps(path, rows, gaps, last):
    content = path.read_bytes()
    assert recognises(content)
    found = readers.read(content)
    assert (len(found.rows), found.without_value) == (rows, gaps)
    assert (found.rows["row_number"].min(), found.rows["row_number"].max()) == (2, last)


@pytest.mark.parametrize(
    ("path", "known"),
    [
        *both("world-bank-api/EXCERPT_data_IT.NET.USER.ZS_lastupdated_20260713.json", [True], [True]),
        *both("world-bank-api/EXCERPT_country_20261008.json", [False], [False]),
        *both("world-bank-api/EXCERPT_error_120.json", [False], [False]),
    ],
)
def test_excerpts_are_recognised_as_figures_or_not(path, known):
    content = path.read_bytes()
    assert recognises(content) is known
    with pytest.raises(Unreadable):  # the excerpt of the figures holds a few of some 17,000 records
        read(content)
