"""Figures of the UN's SDG database are read alike from the API's JSON and from its three forms of CSV, or refused with the reason."""

import csv
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import Unreadable, unsd_csv, unsd_json
from tests.support.paths import DATA, both, small_files

JSON = (DATA / "unsd.json").read_bytes()
DATACSV, SDMX, DDF = ((DATA / f"unsd_{form}.csv").read_bytes() for form in ("datacsv", "sdmx", "ddf"))

EMAIL = "broken down by Type of skill (EMAIL), which is not kept"
NATIONAL = "reporting type 'N', where only global figures (G) are kept"
THOUSANDS = "unit multiplier '3': what the value counts is not certain"
QUARTERLY = "frequency 'Q', where only yearly figures (A) are kept"


def row(rows, number):
    return rows[rows["row_number"] == number].iloc[0]


def record(**changed):
    """Return the first record of the project's JSON; dimensions and attributes are added to its own."""
    first = json.loads(JSON)["data"][0]
    for name in ("dimensions", "attributes"):
        changed[name] = first[name] | changed.get(name, {})
    return first | changed


def answer(*records, **changed):
    return json.dumps({"totalElements": len(records), "attributes": [], "dimensions": [], "data": records} | changed).encode()


def csv_of(**changed):
    """Return DataCSV with one row, the project's first, changed as said."""
    first = next(csv.DictReader(DATACSV.decode().splitlines())) | changed
    return "\n".join(",".join(f'"{field}"' for field in line) for line in (first, first.values())).encode()


# --- the JSON --------------------------------------------------------------------------------------------------------------------


def test_a_record_of_the_json_is_read():
    assert row(unsd_json.read(JSON), 2).to_dict() == {
        "row_number": 2,
        "series": "IT_USE_ii99",
        "area": "404",
        "year": "2022",
        "sex": "BOTHSEX",
        "locality": "ALLAREA",
        "age": "ALLAGE",
        "value": "35",
        "unit": "PERCENT",
        "nature": "C",
        "note": "",
        "origin": "ITU, invented",
        "problem": "",
    }


def test_breakdowns_natures_and_what_is_reported_come_as_published():
    rows = unsd_json.read(JSON)
    assert row(rows, 3)[["sex", "nature", "note"]].tolist() == ["FEMALE", "E", "Aged 15 and older.; Break in series"]
    assert row(rows, 4)[["locality", "nature", "note"]].tolist() == [
        "URBAN",
        "CA",
        "period 2021-2022; base period 2015; lower bound 59; upper bound 62.0; observation status B; source type SURVEY",
    ]


def test_other_dimensions_that_are_totals_are_no_problem():
    # Activity TOTAL, Type of speed ANYS (any), Freq ANNUAL.
    assert row(unsd_json.read(JSON), 5)[["area", "value", "problem"]].tolist() == ["1", "66.30", ""]


def test_a_null_is_no_value_and_a_strange_word_stays():
    # Row 6 is null, row 7 says "NaN" of the type Null, row 8 is text.
    assert unsd_json.read(JSON)["value"].tolist()[4:7] == ["", "", "<1"]


@pytest.mark.parametrize(("number", "problem"), [(9, EMAIL), (10, NATIONAL), (11, "time period 2021.5 is no whole year")])
def test_what_is_not_a_plain_yearly_figure_has_a_problem(number, problem):
    assert row(unsd_json.read(JSON), number)["problem"] == problem


def test_a_figure_that_serves_a_second_indicator_comes_twice_and_alike():
    rows = unsd_json.read(JSON).drop(columns="row_number")
    assert rows.iloc[-1].equals(rows.iloc[0])


@pytest.mark.parametrize("total", [0, 10, 12, "2000", None])
def test_more_or_fewer_records_than_promised_are_refused_with_what_to_do(total):
    content = json.dumps(json.loads(JSON) | {"totalElements": total}).encode()
    with pytest.raises(Unreadable, match=rf"11 rows, but the answer states {total}: request all pages"):
        unsd_json.read(content)


def test_a_joined_document_with_its_release_is_read_like_a_page():
    page = json.loads(JSON)
    joined = {"release": "2026.Q2.G.02", "series": "IT_USE_ii99"} | {
        name: page[name] for name in ("totalElements", "attributes", "dimensions", "data")
    }
    content = json.dumps(joined).encode("utf-8-sig")
    assert unsd_json.recognises(content)
    assert unsd_json.read(content).equals(unsd_json.read(JSON))


def test_an_unknown_attribute_is_reported_and_an_unknown_dimension_refused():
    rows = unsd_json.read(answer(record(attributes={"Method": "SURVEY"}), record(dimensions={"Method": "SURVEY"}), record()))
    assert rows["problem"].tolist()[1:] == ["broken down by Method (SURVEY), which is not kept", ""]
    both = unsd_json.read(answer(record(attributes={"Method": "_T"}, dimensions={"Method": "SURVEY"})))
    assert both["problem"].tolist() == ["broken down by Method (SURVEY), which is not kept"]
    reported = unsd_json.read(answer(record(attributes={"Method": "SURVEY"}), record()))
    assert reported[["note", "problem"]].to_numpy().tolist() == [["method SURVEY", ""], ["", ""]]


@pytest.mark.parametrize("name", ["series", "geoAreaCode", "timePeriodStart", "value", "attributes", "dimensions"])
def test_a_record_that_lacks_a_field_has_a_problem_and_the_others_do_not(name):
    lacking = {key: value for key, value in record().items() if key != name}
    assert unsd_json.read(answer(lacking, record()))["problem"].tolist() == [f"record lacks {name}", ""]


@pytest.mark.parametrize(
    ("strange", "problem"),
    [
        ("a word", "not a record with names"),
        (None, "not a record with names"),
        ({**record(), "dimensions": ["Sex"]}, "attributes or dimensions without names"),
        ({**record(), "attributes": None}, "attributes or dimensions without names"),
    ],
)
def test_what_is_no_record_has_a_problem(strange, problem):
    assert unsd_json.read(answer(strange))["problem"].tolist() == [problem]


def test_a_number_that_is_not_text_keeps_its_digits():
    content = answer(record(value="HERE", geoAreaCode=4)).replace(b'"HERE"', b"35.10")
    assert unsd_json.read(content)[["value", "area"]].to_numpy().tolist() == [["35.10", "4"]]


def test_records_are_given_back_by_row_number():
    given_back = unsd_json.original_rows(JSON, [1, 3, 12, 13])
    assert list(given_back) == [3, 12]
    assert json.loads(given_back[3])["timePeriodStart"] == "2022.0"
    assert json.loads(given_back[3])["footnotes"] == ["Aged 15 and older.", "Break in series"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (JSON[: len(JSON) // 2], "cut off"),
        (answer(), "the series has no rows"),
        (b'{"totalElements": 1, "dimensions": [], "data": {}}', "but not the"),
        (b'{"totalElements": 1, "dimensions": [], "data": ' + b"[" * 100_000, "cut off"),
        (JSON + b"\xff", "cut off"),
    ],
)
def test_json_that_is_cut_off_empty_or_of_another_form_is_refused_in_one_line(content, reason):
    with pytest.raises(Unreadable, match=reason) as error:
        unsd_json.read(content)
    assert "\n" not in str(error.value)


# --- DataCSV and the portal's download -------------------------------------------------------------------------------------------


def test_a_row_of_datacsv_says_what_the_record_of_the_json_says():
    assert row(unsd_csv.read(DATACSV), 2).to_dict() == row(unsd_json.read(JSON), 2).to_dict()
    assert row(unsd_csv.read(DATACSV), 3)["note"] == 'Aged 15 and older.\nBreak in the "series", 2021'
    assert row(unsd_csv.read(DATACSV), 5)[["age", "note"]].tolist() == [
        "15-24",
        "time coverage 3 months; base period 2015; lower bound 42.0; upper bound 46.2; observation status B; https://example.org/area",
    ]


def test_datacsv_keeps_words_for_values_and_says_what_it_cannot_keep():
    rows = unsd_csv.read(DATACSV)
    assert rows["value"].tolist()[4:8] == ["66.3", "<1", "NaN", ""]
    assert rows["problem"].tolist() == [""] * 8 + [EMAIL, NATIONAL, THOUSANDS, "", ""]
    assert row(rows, 14)[["year", "origin", "note"]].tolist() == ["2022", "", ""]
    assert set(rows) <= set(PUBLISHED_COLUMNS)
    assert not rows.isna().any(axis=None)


def test_the_portal_leaves_the_brackets_out_and_may_leave_some_in():
    portal = DATACSV.replace(b"[", b"").replace(b"]", b"")
    assert unsd_csv.read(portal).equals(unsd_csv.read(DATACSV))
    mixed = DATACSV.replace(b"[Nature]", b"Nature").replace(b"[Units]", b"Units")
    assert unsd_csv.read(mixed).equals(unsd_csv.read(DATACSV))


def test_a_column_that_describes_the_figure_is_reported_and_the_first_of_two_problems_is_said():
    content = csv_of(**{"[Source Type]": "SURVEY", "[Type of skill]": "EMAIL", "[Reporting Type]": "N"})
    assert unsd_csv.read(content)[["note", "problem"]].to_numpy().tolist() == [["source type SURVEY", NATIONAL]]


def test_the_type_of_a_value_is_heeded_where_a_file_has_it():
    content = csv_of(Value="0", ValueType="Null")
    assert unsd_csv.read(content)["value"].tolist() == [""]


@pytest.mark.parametrize("padding", [b"\0", b"\0" * 5000, b"\0\0\r\n"])
def test_padding_by_nul_bytes_is_cut_off(padding):
    padded = DATACSV + padding
    assert unsd_csv.recognises(padded)
    assert unsd_csv.read(padded).equals(unsd_csv.read(DATACSV))
    assert unsd_csv.original_rows(padded, [9]) == unsd_csv.original_rows(DATACSV, [9])


def test_nul_bytes_in_the_midst_are_damage_and_no_padding():
    middle = len(DATACSV) // 2
    with pytest.raises(Unreadable, match="NUL bytes in the midst"):
        unsd_csv.read(DATACSV[:middle] + b"\0\0" + DATACSV[middle:])


def test_a_record_is_given_back_as_it_was():
    given_back = json.loads(unsd_csv.original_rows(DATACSV, [10])[10])
    assert (given_back["[Type of skill]"], given_back["Goal"]) == ("EMAIL", "17")


@given(st.sampled_from(["_T", "_Z", "TOTAL", "total", "ALLAGE", ""]) | st.text("AGLOT_", max_size=5))
@settings(max_examples=80, deadline=None)
def test_only_a_total_passes_in_a_dimension_that_is_not_kept(word):
    fine = word.upper() in ("", "_T", "_Z", "TOTAL", "ALL", "ALLAGE") and word in (word.upper(), word.lower())
    expected = "" if fine else f"broken down by Type of skill ({word}), which is not kept"
    assert unsd_csv.read(csv_of(**{"[Type of skill]": word}))["problem"].tolist() == [expected]
    assert unsd_json.read(answer(record(dimensions={"Type of skill": word})))["problem"].tolist() == [expected]


@given(st.integers(1900, 2200), st.sampled_from(["", ".0", ".00"]))
@settings(max_examples=30, deadline=None)
def test_a_whole_year_stays_itself_however_it_is_printed(year, printed):
    rows = unsd_csv.read(csv_of(TimePeriod=f"{year}{printed}", Time_Detail=str(year)))
    assert rows[["year", "note", "problem"]].to_numpy().tolist() == [[str(year), "", ""]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (DATACSV.splitlines(keepends=True)[0], "no rows"),
        (DATACSV.replace(b'"Value"', b'"Wert"', 1), "lacks Value"),
        (DATACSV.replace(b'"TimePeriod"', b'"Year"', 1), "lacks TimePeriod"),
        (DATACSV.replace(b"[Age]", b"Sex", 1), "column Sex is in the header twice"),
        (DATACSV[: DATACSV.index(b"Break in")], "cut off in row 3"),
        (DATACSV[:1000] + b"\xff" + DATACSV[1000:], "not UTF-8"),
    ],
)
def test_a_csv_that_is_damaged_is_refused_in_one_line(content, reason):
    with pytest.raises(Unreadable, match=reason):
        unsd_csv.read(content)


# --- SDMX ------------------------------------------------------------------------------------------------------------------------


def test_a_row_of_the_sdmx_file_is_read_in_its_own_spellings():
    rows = unsd_csv.read(SDMX)
    kenya = row(unsd_csv.read(DATACSV), 2).to_dict()
    assert row(rows, 2).to_dict() == kenya | {"series": "IT_USE_II99", "sex": "_T", "locality": "_T", "age": "_T", "unit": "PT"}
    assert row(rows, 3)[["sex", "nature", "note"]].tolist() == ["F", "E", "Aged 15 and older; Invented throughout"]
    assert row(rows, 4)[["locality", "note"]].tolist() == ["U", "observation status E"]
    assert row(rows, 5)[["age", "note", "problem"]].tolist() == ["Y15T24", "geo info type URL; none", ""]
    assert row(rows, 10)[["value", "problem"]].tolist() == ["", ""]


def test_other_breakdowns_multipliers_and_periods_of_the_sdmx_file_have_a_problem():
    assert unsd_csv.read(SDMX)["problem"].tolist() == [
        *([""] * 4),
        "broken down by COMPOSITE_BREAKDOWN (SKILL_ICTPRGM), which is not kept",
        THOUSANDS,
        QUARTERLY,
        NATIONAL,
        "",
    ]


def test_the_sdmx_file_is_dated_by_its_newest_change_and_the_others_by_none():
    assert unsd_csv.published(SDMX) == unsd_csv.published(SDMX + b"\0" * 99) == "2026-06-30"
    assert unsd_csv.published(SDMX.replace(b"T00:00:00", b"").replace(b"2026-", b"in 2026, ")) == ""
    assert unsd_csv.published(DATACSV) == unsd_csv.published(DDF) == ""


def test_the_columns_of_the_sdmx_file_may_stand_in_any_order():
    records = list(csv.reader(SDMX.decode().splitlines()))
    turned = "\n".join(",".join(f'"{field}"' for field in fields[::-1]) for fields in records).encode()
    assert unsd_csv.recognises(turned)
    assert unsd_csv.read(turned).equals(unsd_csv.read(SDMX))


# --- DDF -------------------------------------------------------------------------------------------------------------------------


def test_the_ddf_form_takes_the_series_from_its_last_column_and_keeps_its_short_words():
    rows = unsd_csv.read(DDF)
    assert set(rows["series"]) == {"se_adt_acts"}
    assert rows[["area", "year", "sex", "locality", "value", "unit", "nature", "problem"]].to_numpy().tolist() == [
        ["404", "2018", "bothsex", "allarea", "12.5", "percent", "notspec", ""],
        ["404", "2018", "female", "allarea", "111.13876", "percent", "notspec", ""],
        ["404", "2018", "bothsex", "rural", "4", "percent", "c", ""],
        ["404", "2018", "bothsex", "allarea", "9", "percent", "c", "broken down by type_of_skill (email), which is not kept"],
        ["404", "2019", "bothsex", "allarea", "", "percent", "c", ""],
    ]


@pytest.mark.parametrize(
    ("path", "count", "impossible"),
    both("unsd/it_mob_own_2020.csv", [6, ["104.5", "112.25"]], [589, ["111.13876", "109.50562", "112.9233", "132.8175"]]),
)
def test_a_ddf_file_is_read_cell_by_cell_with_its_impossible_percentages(path, count, impossible):
    content = path.read_bytes()
    assert unsd_csv.recognises(content)
    plain = [line.split(",") for line in content.decode().splitlines()]
    assert plain[0] == ["geo_area", "nature", "sex", "units", "year", "it_mob_own"]
    rows = unsd_csv.read(content)
    assert rows[["area", "nature", "sex", "unit", "year", "value"]].to_numpy().tolist() == plain[1:]
    assert rows["row_number"].tolist() == list(range(2, count + 2))
    assert set(rows["series"]) == {"it_mob_own"}
    assert (rows["problem"] == "").all()
    above = rows[rows["value"].astype("float64") > 100]
    assert above["value"].tolist() == impossible


# --- all -------------------------------------------------------------------------------------------------------------------------


def test_each_layout_knows_its_own_files_and_no_other():
    own = ("unsd_datacsv.csv", "unsd_sdmx.csv", "unsd_ddf.csv", "it_mob_own_2020.csv")
    for path in small_files():
        content = path.read_bytes()
        assert unsd_csv.recognises(content) == (path.name in own), path
        assert unsd_json.recognises(content) == (path.name == "unsd.json"), path
    assert not unsd_json.recognises(b'{"totalElements": 0, "data": [{"id": 1}]}')
    assert unsd_json.recognises(JSON[:2000])  # cut off: its own refusal says more than "JSON"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=100, deadline=None)
def test_recognising_never_raises(content):
    assert not unsd_csv.recognises(content)
    assert not unsd_json.recognises(content)


@pytest.mark.parametrize(
    "path",
    [*both("data360/ITU_DH_POP_COV_4G.csv"), *both("wdi-long/dh_sp.pop.totl_20260701.csv"), *both("itu-datahub/v3_sample_rows.csv")],
)
def test_files_of_other_layouts_are_not_taken_for_the_sdg_database(path):
    content = path.read_bytes()
    assert not unsd_csv.recognises(content)
    assert not unsd_json.recognises(content)
