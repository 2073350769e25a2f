"""What the API of ITU's DataHub answered is read with every digit, economies and groups alike; its lists are not taken for data."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import Unreadable, itu_datahub_json
from tests.support.paths import DATA, both, small_files

SERIES, AGGREGATE = (DATA / "itu_datahub_series.json").read_bytes(), (DATA / "itu_datahub_aggregate.json").read_bytes()


def row(rows, number):
    return rows[rows["row_number"] == number].iloc[0]


def record(**changed):
    return json.loads(SERIES)[0] | changed


def group(**changed):
    return json.loads(AGGREGATE)[0] | changed


def answer(*records):
    return json.dumps(records).encode()


def only(one):
    return itu_datahub_json.read(answer(one)).iloc[0]


# --- figures of economies --------------------------------------------------------------------------------------------------------


def test_a_figure_of_an_economy_is_read_whole():
    assert row(itu_datahub_json.read(SERIES), 2).to_dict() == {
        "row_number": 2,
        "series": "11624",
        "area": "NAM",
        "year": "2023",
        "value": "62.50",
        "nature": "",
        "note": "Aged 6 and older.",
        "origin": "Statistical office",
        "problem": "",
    }


def test_the_order_of_the_names_is_free():
    assert row(itu_datahub_json.read(SERIES), 3)[["series", "area", "year", "value", "origin"]].tolist() == [
        "11624",
        "KSO",
        "2004",
        "8.25E-4",
        "ITU estimate.",
    ]


def test_null_is_not_stated_and_a_strange_word_stays():
    rows = itu_datahub_json.read(SERIES)
    assert row(rows, 4)[["value", "note", "origin", "problem"]].tolist() == ["", "", "", ""]
    assert row(rows, 5)[["value", "problem"]].tolist() == ["<1", ""]


def test_all_columns_are_known_ones_and_text():
    for rows in (itu_datahub_json.read(SERIES), itu_datahub_json.read(AGGREGATE), itu_datahub_json.read(answer(7))):
        assert set(rows) <= set(PUBLISHED_COLUMNS)
        assert not rows.isna().any(axis=None)
        assert rows["row_number"].dtype == "int64"
        assert set(rows.drop(columns="row_number").map(type).to_numpy().ravel()) == {str}


@pytest.mark.parametrize(
    "held",
    [
        [],
        [{"value": "50.1", "id": 5}, {"value": "50.1", "id": 6}],
        [{"id": 5}],
        [{"value": ["50.1"]}],
        [{"value": True}],
        ["50.1"],
        "50.1",
        {"value": "50.1"},
        None,
    ],
    ids=str,
)
def test_an_answer_that_holds_other_than_one_value_is_a_problem(held):
    for one in (record(answer=held), group(answer=held)):
        assert only(one)[["value", "problem"]].tolist() == ["", "answer does not hold exactly one value"]


def test_only_the_record_that_cannot_be_read_has_a_problem():
    two = "answer does not hold exactly one value"
    assert itu_datahub_json.read(SERIES)["problem"].tolist() == ["", "", "", "", two, two, "record lacks dataYear"]


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (7, "not a record with names"),
        (None, "not a record with names"),
        ([record()], "not a record with names"),
        ({"isoCode": "NAM", "dataYear": 2024}, "record lacks codeID, answer"),
        ({name: text for name, text in record().items() if name != "isoCode"}, "record must have either isoCode or regionID"),
        (record(regionID=647), "record must have either isoCode or regionID"),
    ],
    ids=str,
)
def test_what_is_no_record_of_data_has_a_problem_and_those_beside_it_do_not(one, problem):
    assert itu_datahub_json.read(answer(record(), one, group()))["problem"].tolist() == ["", problem, ""]


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,2})?", fullmatch=True), st.booleans())
@settings(max_examples=100, deadline=None)
def test_every_digit_stays_be_the_value_text_or_a_number(printed, is_text):
    content = answer(record(answer=[{"value": "HERE"}]), group(answer=[{"value": "HERE"}]))
    content = content.replace(b'"HERE"', f'"{printed}"'.encode() if is_text else printed.encode())
    assert itu_datahub_json.read(content)["value"].tolist() == [printed, printed]


def test_what_is_no_number_stays_to_be_refused_with_its_row():
    content = answer(record(answer=[{"value": "HERE"}])).replace(b'"HERE"', b"NaN")
    assert itu_datahub_json.read(content)[["value", "problem"]].to_numpy().tolist() == [["NaN", ""]]


# --- figures of groups -----------------------------------------------------------------------------------------------------------


def test_a_figure_of_a_group_is_an_estimate_and_goes_by_the_number_of_the_region():
    assert row(itu_datahub_json.read(AGGREGATE), 2).to_dict() == {
        "row_number": 2,
        "series": "11624",
        "area": "647",
        "year": "2005",
        "value": "8.60",
        "nature": "E",
        "note": "modified 2025-11-17",
        "origin": "",
        "problem": "",
    }


def test_all_that_is_said_of_a_group_is_in_the_note_and_the_percentage_where_it_is_another_figure():
    rows = itu_datahub_json.read(AGGREGATE)
    assert row(rows, 3)[["value", "note"]].tolist() == [
        "1.5e9",
        "Preliminary; number of answers 22; as a percentage 12; modified 2025-11-18",
    ]
    assert row(rows, 4)[["value", "note", "problem"]].tolist() == ["", "", ""]


def test_an_edition_of_groups_has_the_newest_day_and_one_of_economies_none():
    assert itu_datahub_json.published(AGGREGATE) == "2025-11-18"
    assert itu_datahub_json.published(SERIES) == itu_datahub_json.published(b"[]") == ""
    assert itu_datahub_json.published(answer(group(updateDate="soon"), 7, group(updateDate="2024-04-24T18:20:23.000Z"))) == "2024-04-24"


# --- bytes -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"[]", b" [ ]\n", b"\xef\xbb\xbf[]"])
def test_an_array_of_nothing_is_refused_with_what_it_may_mean(content):
    assert itu_datahub_json.recognises(content)
    with pytest.raises(Unreadable, match=r"no such id, or no data of it; check the id") as refusal:
        itu_datahub_json.read(content)
    assert ":" in str(refusal.value)


def test_data_are_distinguished_from_all_other_layouts():
    own = ("itu_datahub_series.json", "itu_datahub_aggregate.json")
    own += ("itu-get-country-series.json", "itu-get-indicator-series.json", "itu-get-regional-aggregate.json")
    for path in small_files():
        assert itu_datahub_json.recognises(path.read_bytes()) == (path.name in own), path
    assert itu_datahub_json.recognises(b"\xef\xbb\xbf \n" + SERIES)
    assert itu_datahub_json.recognises(SERIES[:400])  # cut off: its own refusal says so


@pytest.mark.parametrize(
    "one",
    [
        {"CountryID": 4, "IsoCode": "ABW", "ShortName": "Aruba", "Regions": []},
        {"regionID": 3, "regionCode": "ARB", "regionName": "Arab States", "className": "ITU/BDT Classification"},
        {"codeID": 11624, "answerType": "Number", "code": "i99H", "startYear": 1960, "disaggregation": []},
        {"codeID": 11624, "isoCode": "NAM", "value": "62.5", "dataYear": 2024},
        [],
        {},
    ],
    ids=str,
)
def test_lists_and_metadata_are_not_taken_for_data(one):
    assert not itu_datahub_json.recognises(answer(one))


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=100, deadline=None)
def test_recognising_never_raises(content):
    assert itu_datahub_json.recognises(content) == (content.strip().replace(b" ", b"") == b"[]")


@pytest.mark.parametrize(
    "content",
    [
        SERIES[: len(SERIES) // 2],
        SERIES[:-2],
        SERIES + SERIES,
        SERIES.replace(b"Statistical", b"\xff"),
        SERIES.replace(b"Statistical", rb"\ud800"),
        SERIES.replace(b"Statistical", rb"\uDBFF."),
        b"[" * 100_000,
        b'{"codeID": 11624, "dataYear": 2024, "answer": [{"value": "1"}]}',
        b"<html>",
    ],
    ids=lambda content: content[-12:].decode("latin-1"),
)
def test_what_is_cut_off_damaged_or_no_array_is_refused_in_one_line(content):
    with pytest.raises(Unreadable, match="JSON") as refusal:
        itu_datahub_json.read(content)
    assert "\n" not in str(refusal.value)
    assert ": " in str(refusal.value)


NAMES = st.sampled_from(["codeID", "dataYear", "answer", "isoCode", "regionID", "value", "updateDate", "answersPercentage"])
SIMPLE = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


@given(st.recursive(SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=7), max_leaves=12))
@settings(max_examples=100, deadline=None)
def test_any_json_is_read_or_refused_in_one_line(document):
    said = ""
    try:
        content = json.dumps([document]).encode()
        rows = itu_datahub_json.read(content)
        itu_datahub_json.published(content)
        assert len(rows) == 1
        assert not rows.isna().any(axis=None)
    except Unreadable as refusal:
        said = str(refusal)
    assert "\n" not in said


def test_records_are_given_back_by_row_number_with_their_digits():
    given_back = itu_datahub_json.original_rows(AGGREGATE, [1, 2, 4, 5])
    assert list(given_back) == [2, 4]
    assert json.loads(given_back[2])["answer"] == [{"value": "8.60"}]
    assert json.loads(given_back[2])["regionName"] == "Arab States"


# --- whole answers ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "count"),
    [*both("itu-datahub-api/itu-get-country-series.json", [3], [5]), *both("itu-datahub-api/itu-get-indicator-series.json", [2], [3])],
)
def test_figures_of_economies_are_read_cell_by_cell(path, count):
    content = path.read_bytes()
    assert itu_datahub_json.recognises(content)
    plain = json.loads(content)
    rows = itu_datahub_json.read(content)
    assert len(rows) == len(plain) == count
    assert rows[["series", "area", "year", "value", "note", "origin"]].to_numpy().tolist() == [
        [str(one["codeID"]), one["isoCode"], str(one["dataYear"]), one["answer"][0]["value"], one["dataNote"], one["dataSource"]]
        for one in plain
    ]
    assert (rows["problem"] + rows["nature"] == "").all()
    assert itu_datahub_json.published(content) == ""


@pytest.mark.parametrize(
    ("path", "values"), both("itu-datahub-api/itu-get-regional-aggregate.json", [["8.5", "11"]], [["8.6", "10.5", "14.1"]])
)
def test_figures_of_a_group_are_read_cell_by_cell(path, values):
    content = path.read_bytes()
    assert itu_datahub_json.recognises(content)
    rows = itu_datahub_json.read(content)
    assert rows[["area", "year", "value", "nature"]].to_numpy().tolist() == [
        [str(one["regionID"]), str(one["dataYear"]), str(one["answer"][0]["value"]), "E"] for one in json.loads(content)
    ]
    assert rows["value"].tolist() == values
    assert set(rows["note"]) == {"modified 2025-11-17"}
    assert itu_datahub_json.published(content) == "2025-11-17"


LISTS = [both(f"itu-datahub-api/itu-{name}.json") for name in ("get-indicator", "list-countries", "list-regions", "list-umc-targets")]


@pytest.mark.parametrize("path", [path for paths in LISTS for path in paths])
def test_files_of_lists_and_metadata_are_not_taken_for_data(path):
    assert not itu_datahub_json.recognises(path.read_bytes())
