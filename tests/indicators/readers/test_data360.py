"""Figures of World Bank Data360 are read by their codes, as CSV and as JSON alike, or refused with the reason."""

import csv
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import Unreadable, data360_csv, data360_json
from tests.support.paths import DATA, both, small_files

CSV, JSON = (DATA / "data360.csv").read_bytes(), (DATA / "data360.json").read_bytes()


def row(rows, number):
    return rows[rows["row_number"] == number].iloc[0]


def answer(*records, count=None):
    return json.dumps({"count": len(records) if count is None else count, "value": records}).encode()


def record(**changed):
    return json.loads(JSON)["value"][0] | changed


def csv_of(rows):
    """Return the project's CSV with the rows given, each as the changes to its first row."""
    header, first = list(csv.reader(CSV.decode().splitlines()))[:2]
    lines = [",".join(f'"{field}"' for field in {**dict(zip(header, first, strict=True)), **changed}.values()) for changed in rows]
    return "\n".join([",".join(header), *lines]).encode()


# --- the CSV ---------------------------------------------------------------------------------------------------------------------


def test_a_row_of_the_csv_is_read_by_its_codes():
    rows = data360_csv.read(CSV)
    assert row(rows, 2).to_dict() == {
        "row_number": 2,
        "series": "INT_USER_PT",
        "area": "KEN",
        "year": "2022",
        "sex": "_T",
        "locality": "_T",
        "age": "_T",
        "value": "35.0",
        "unit": "PT_POP",
        "note": "aggregation method W_AVG",
        "origin": "",
        "problem": "",
    }
    assert rows[["sex", "locality", "age"]].head(4).to_numpy().tolist() == [
        ["_T", "_T", "_T"],
        ["F", "_T", "_T"],
        ["_T", "URB", "_T"],
        ["_T", "_T", "Y15T24"],
    ]


def test_all_columns_are_known_ones_and_text():
    for rows in (data360_csv.read(CSV), data360_json.read(JSON)):
        assert set(rows) <= set(PUBLISHED_COLUMNS)
        assert not rows.isna().any(axis=None)
        assert rows["row_number"].dtype == "int64"


def test_every_digit_and_every_form_of_exponent_stays():
    values = data360_csv.read(CSV)["value"].tolist()
    assert values[3] == "44.10000000000001"
    assert values[5] == "6.47186e+001"


def test_a_group_comes_by_its_code_whatever_its_label():
    assert row(data360_csv.read(CSV), 6)[["area", "problem"]].tolist() == ["CEB", ""]


def test_flags_that_say_something_come_as_words_and_the_usual_ones_do_not():
    rows = data360_csv.read(CSV)
    assert row(rows, 7)["note"] == "observation status E; confidentiality C"
    assert row(rows, 6)["note"] == "aggregation method MEAN"
    assert data360_csv.read(csv_of([{"AGG_METHOD": "_Z"}]))["note"].tolist() == [""]


def test_a_row_without_a_value_has_none_and_no_problem():
    assert row(data360_csv.read(CSV), 8)[["value", "problem"]].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (9, "broken down by COMP_BREAKDOWN_2 (ISCED11_3), which is not kept"),
        (10, "unit multiplier '2': what the value counts is not certain"),
        (11, "frequency 'Q', where only yearly figures (A) are kept"),
    ],
)
def test_what_is_not_a_plain_yearly_figure_has_a_problem(number, problem):
    assert row(data360_csv.read(CSV), number)["problem"] == problem


def test_another_database_keeps_its_whole_code_and_a_total_by_any_code_is_one():
    # Row 12 has COMP_BREAKDOWN_1 "_T", _2 "_Z" and _3 empty.
    assert row(data360_csv.read(CSV), 12)[["series", "value", "problem"]].tolist() == ["WB_WDI_SP_POP_TOTL", "5.0E7", ""]


def test_the_order_of_the_columns_is_free_and_labels_may_be_absent():
    records = list(csv.DictReader(CSV.decode().splitlines(keepends=True)))
    names = [name for name in sorted(records[0], reverse=True) if not name.endswith("_LABEL") and name != "STRUCTURE"]
    lines = [",".join(f'"{record[name]}"' for name in names) for record in records]
    other = "\r\n".join([",".join(names), *lines]).encode("utf-8-sig")
    assert data360_csv.recognises(other)
    assert data360_csv.read(other).equals(data360_csv.read(CSV))


@pytest.mark.parametrize("name", data360_csv.NEEDED)
def test_a_csv_without_a_column_that_tells_figures_apart_is_refused_by_its_name(name):
    content = CSV.replace(f",{name},".encode(), f",NO_{name},".encode(), 1)
    with pytest.raises(Unreadable, match=rf"lacks {name}: download"):
        data360_csv.read(content)


@given(
    st.sampled_from(["COMP_BREAKDOWN_1", "COMP_BREAKDOWN_2", "COMP_BREAKDOWN_3"]),
    st.sampled_from(["", "_T", "_Z"]) | st.text("AZ_T0", max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_only_a_total_passes_in_every_other_breakdown(name, code):
    fine = code in ("", "_T", "_Z")
    assert (data360_csv.read(csv_of([{name: code}]))["problem"].iloc[0] == "") is fine
    assert (data360_json.read(answer(record(**{name: code})))["problem"].iloc[0] == "") is fine


def test_a_record_of_the_csv_is_given_back_as_it_was():
    given_back = data360_csv.original_rows(CSV, [9, 400])
    assert list(given_back) == [9]
    assert json.loads(given_back[9])["COMP_BREAKDOWN_2_LABEL"] == "Upper secondary, \nor equal"


# --- the JSON --------------------------------------------------------------------------------------------------------------------


def test_a_record_of_the_json_is_read_like_a_row_of_the_csv():
    assert row(data360_json.read(JSON), 2).to_dict() == row(data360_csv.read(CSV), 2).to_dict() | {
        "note": "aggregation method W_AVG; Aged 15–74; Individuals using the Internet, invented",
        "origin": "ITU, invented",
    }


def test_a_null_is_not_stated_and_a_strange_word_stays():
    rows = data360_json.read(JSON)
    assert row(rows, 4)[["value", "note", "origin"]].tolist() == ["6.47186e+001", "", ""]
    assert row(rows, 5)[["value", "problem"]].tolist() == ["", ""]
    assert row(rows, 6)["value"] == "NaN"
    assert row(rows, 6)["note"].startswith("aggregation method W_AVG; observation status M;")


def test_a_record_that_lacks_a_field_has_a_problem_and_the_others_do_not():
    problems = data360_json.read(JSON)["problem"].tolist()
    assert problems == [""] * 5 + ["broken down by COMP_BREAKDOWN_1 (SKL_BASIC), which is not kept", "record lacks SEX"]


@pytest.mark.parametrize("count", [0, 1, 3, "2000", None])
def test_more_or_fewer_records_than_counted_are_refused_with_what_to_do(count):
    content = json.dumps({"count": count, "value": [record(), record(REF_AREA="NAM")]}).encode()
    with pytest.raises(Unreadable, match=rf"2 rows, but the answer states {count}: request all pages"):
        data360_json.read(content)


def test_a_count_may_be_printed_as_text():
    assert len(data360_json.read(answer(record(), count="1"))) == 1


@pytest.mark.parametrize("strange", ["a word", 7, None, ["REF_AREA"]])
def test_what_is_no_record_has_a_problem(strange):
    assert data360_json.read(answer(strange, record()))["problem"].tolist() == ["not a record with names", ""]


def test_a_number_that_is_not_text_keeps_its_digits():
    content = answer(record(OBS_VALUE="HERE", UNIT_MULT=0)).replace(b'"HERE"', b"35.10")
    assert data360_json.read(content)[["value", "problem"]].to_numpy().tolist() == [["35.10", ""]]
    original = json.loads(data360_json.original_rows(content, [2])[2])
    assert (original["OBS_VALUE"], original["UNIT_MULT"]) == ("35.10", "0")


def test_records_of_the_json_are_given_back_by_row_number():
    given_back = data360_json.original_rows(JSON, [1, 2, 8, 9])
    assert list(given_back) == [2, 8]
    assert json.loads(given_back[2]) == record()


@pytest.mark.parametrize(
    "content",
    [
        JSON[: len(JSON) // 2],
        JSON.replace(b'"count"', b'"total"'),
        b'{"count": 1, "value": {"OBS_VALUE": "1"}}',
        b'{"count": 1, "value": ' + b"[" * 100_000 + b'"OBS_VALUE"',
        "{“count”".encode() + b"\xff",
    ],
)
def test_json_that_is_cut_off_or_of_another_form_is_refused_in_one_line(content):
    with pytest.raises(Unreadable, match="JSON") as error:
        data360_json.read(content)
    assert "\n" not in str(error.value)


# --- both ------------------------------------------------------------------------------------------------------------------------


def test_each_layout_knows_its_own_files_and_no_other():
    for path in small_files():
        content = path.read_bytes()
        assert data360_csv.recognises(content) == (path.name in ("data360.csv", "ITU_DH_POP_COV_4G.csv")), path
        assert data360_json.recognises(content) == (path.name == "data360.json"), path
    assert data360_json.recognises(b"\xef\xbb\xbf \n" + JSON)
    assert data360_json.read(b"\xef\xbb\xbf \n" + JSON).equals(data360_json.read(JSON))
    assert not data360_json.recognises(b'{"count": 1, "value": [{"country": "KEN"}]}')
    assert data360_json.recognises(JSON[:900])  # cut off: its own refusal says more than "JSON"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=100, deadline=None)
def test_recognising_never_raises(content):
    assert not data360_csv.recognises(content)
    assert not data360_json.recognises(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CSV.splitlines(keepends=True)[0], "no rows"),
        (CSV[: CSV.index(b"Upper secondary") + 4], "cut off in row 9"),
        (CSV.replace(b"STRUCTURE_ID", b"SEX", 1), "SEX is in the header twice"),
        (CSV[:2000] + b"\xff" + CSV[2000:], "not UTF-8"),
        (CSV.splitlines(keepends=True)[0].replace(b"TIME_PERIOD,OBS_VALUE", b"2021,2022"), "lacks TIME_PERIOD, OBS_VALUE.*wide form"),
    ],
)
def test_a_csv_that_is_damaged_is_refused_in_one_line(content, reason):
    with pytest.raises(Unreadable, match=reason):
        data360_csv.read(content)


def test_a_csv_cut_off_between_quotes_leaves_one_row_of_the_wrong_width():
    content = CSV[: CSV.index(b"33.25") + 3]
    assert data360_csv.read(content)["problem"].tolist() == ["", "row has 25 fields where the header has 39"]


def test_a_header_that_comes_again_gives_a_row_with_a_problem():
    header = CSV.splitlines(keepends=True)[0]
    assert data360_csv.read(CSV + header)["problem"].iloc[-1] == "frequency 'FREQ', where only yearly figures (A) are kept"


@pytest.mark.parametrize(("path", "count", "areas", "world"), both("data360/ITU_DH_POP_COV_4G.csv", [6, 5, 80.25], [2_710, 260, 82.03]))
def test_a_whole_file_is_read_cell_by_cell(path, count, areas, world):
    content = path.read_bytes()
    assert data360_csv.recognises(content)
    plain = [line.split(",") for line in content.decode().replace('"Population coverage, at least 4G"', "").splitlines()[1:]]
    # With the label taken out above, commas inside quotes are left in names of areas alone: the sixth field comes before them, the others
    # are counted from the end.
    expected = [[fields[5], fields[-16], fields[-15], fields[-24], f"aggregation method {fields[-14]}"] for fields in plain]
    rows = data360_csv.read(content)
    assert rows[["area", "year", "value", "unit", "note"]].to_numpy().tolist() == expected
    assert rows["row_number"].tolist() == list(range(2, count + 2))
    assert set(rows["series"]) == {"POP_COV_4G"}
    assert rows[["sex", "locality", "age"]].drop_duplicates().to_numpy().tolist() == [["_T", "_T", "_T"]]
    assert (rows["problem"] == "").all()
    assert rows["area"].nunique() == areas
    # The mean of all economies, printed as the world.
    printed = rows[(rows["area"] == "WLD") & (rows["year"] == "2022")]
    assert printed["value"].astype("float64").round(2).tolist() == [world]


@pytest.mark.parametrize(
    "path", [*both("unsd/it_mob_own_2020.csv"), *both("wdi-long/dh_sp.pop.totl_20260701.csv"), *both("itu-datahub/v3_sample_rows.csv")]
)
def test_files_of_other_layouts_are_not_taken_for_data360(path):
    content = path.read_bytes()
    assert not data360_csv.recognises(content)
    assert not data360_json.recognises(content)
