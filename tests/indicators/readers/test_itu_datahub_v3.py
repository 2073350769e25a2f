"""The newer CSV of ITU's DataHub is read by ids and codes, split records are joined where that is safe, and the rest is refused."""

import csv
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.readers import Unreadable, itu_datahub_v3
from tests.support import publishers
from tests.support.paths import DATA, both, genuine_only, small_files

CSV = (DATA / "itu_datahub_v3.csv").read_bytes()
HEADER, *_ = CSV.decode().splitlines()

PLAIN = {
    "SeriesID": "11624",
    "SeriesCode": "i99H",
    "Series": "Internet users (%)",
    "Unit": "% of individuals",
    "Database": "Invented Indicators Database",
    "Year": "2024",
    "AreaName": "Namibia",
    "AreaCode": "NAM",
    "DisaggregationGroup": "",
    "Disaggregation1": "",
    "Disaggregation2": "",
    "Value": "62.5",
    "Notes": "",
    "Source": "Survey",
    "LastModifiedOn": "2026-02-02",
}


def row(rows, number):
    return rows[rows["row_number"] == number].iloc[0]


def csv_of(*changes, header=HEADER):
    """Return a CSV whose rows are PLAIN with these changes; a text stays unchanged."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    text.write(header + "\n")
    for changed in changes:
        text.write(changed + "\n") if isinstance(changed, str) else writer.writerow((PLAIN | changed).values())
    return text.getvalue().encode()


def only(**changed):
    return itu_datahub_v3.read(csv_of(changed)).iloc[0]


# --- rows ------------------------------------------------------------------------------------------------------------------------


def test_a_row_is_read_whole():
    assert row(itu_datahub_v3.read(CSV), 2).to_dict() == {
        "row_number": 2,
        "series": "11624",
        "family": "",
        "area": "NAM",
        "year": "2024",
        "sex": "",
        "locality": "",
        "age": "",
        "value": "62.50",
        "unit": "% of individuals",
        "note": "Aged 6,\nor older.; Invented Indicators Database; modified 2026-02-02",
        "origin": "Statistical office, invented ",
        "repair": "",
        "problem": "",
    }


def test_all_columns_are_known_ones_and_text():
    rows = itu_datahub_v3.read(CSV)
    assert set(rows) <= set(PUBLISHED_COLUMNS)
    assert not rows.isna().any(axis=None)
    assert rows["row_number"].dtype == "int64"
    assert set(rows.drop(columns="row_number").map(type).to_numpy().ravel()) == {str}


def test_rows_are_numbered_as_a_person_counts_records_the_empty_line_and_both_halves_included():
    # A newline in the quotes of row 2 counts nothing; row 11 is the second half of row 10 and row 12 is empty.
    assert itu_datahub_v3.read(CSV)["row_number"].tolist() == [2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 18, 19]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (3, ["9289", "HHU4212-%_POP", "FEMALE", "RURAL", ""]),
        (4, ["28292", "HHU271sown-%_POP", "MALE", "", "BELOW15"]),
        (5, ["9276", "HHU4212-%_POP", "MALE", "", ""]),
        (6, ["90001", "HHU4212-%_INT", "", "", "ABOVE74"]),
        (9, ["9145", "HHU271-%_POP", "", "", ""]),
        (13, ["33435", "", "", "", ""]),
    ],
)
def test_family_and_breakdowns_come_from_the_code_with_the_denominator_kept(number, expected):
    found = row(itu_datahub_v3.read(CSV), number)
    assert found[["series", "family", "sex", "locality", "age"]].tolist() == expected
    assert found["problem"] == ""


def test_the_labels_of_a_household_series_repeat_its_code_and_are_not_in_the_note():
    assert row(itu_datahub_v3.read(CSV), 3)["note"] == "Invented Households Database; modified 2026-07-07"


@pytest.mark.parametrize("word", ["BELOW15", "15TO24", "25TO74", "ABOVE74", "15TO74", "ABOVE64"])
def test_an_age_is_known_by_its_form_so_that_the_catalogue_can_tell_which(word):
    assert only(SeriesCode=f"HHU4212-%_POP-{word}-")[["age", "problem"]].tolist() == [word, ""]
    assert only(SeriesCode=f"HHU4212-%_POP-FEMALE-{word}")[["sex", "age", "problem"]].tolist() == ["FEMALE", word, ""]


@given(
    st.permutations(["FEMALE", "URBAN", "25TO74"]).map(lambda words: words[:2]),
    st.sampled_from(["Gender", "Location", "Age", "", "Something new"]),
    st.text("AbcdeFM 0-9", max_size=6),
)
@settings(max_examples=50, deadline=None)
def test_labels_never_decide_what_is_broken_down(words, group, label):
    found = only(
        SeriesCode=f"HHU4212-%_POP-{words[0]}-{words[1]}", DisaggregationGroup=group, Disaggregation1=label, Disaggregation2="Male"
    )
    assert sorted(found[["sex", "locality", "age"]]) == sorted(["", *words])
    assert [found["sex"], found["locality"], found["age"]] == [word if word in words else "" for word in ("FEMALE", "URBAN", "25TO74")]
    assert found["problem"] == ""


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("HHU4212-%_POP-ISCO8-", "broken down by ISCO8, which is not kept"),
        ("HHU4212-%_POP-ISCED01-MALE", "broken down by ISCED01, which is not kept"),
        ("HHU4212-%_POP-FEMALE-SELFEMP", "broken down by SELFEMP, which is not kept"),
        ("HHA422-%_HH-NOCHILDREN-RURAL", "broken down by NOCHILDREN, which is not kept"),
        ("HHU4212-%_POP-Female-", "broken down by Female, which is not kept"),
        ("HHU4212-%_POP-FEMALE-MALE", "broken down by sex twice, FEMALE and MALE"),
        ("HHU4212-%_POP-FEMALE", "code HHU4212-%_POP-FEMALE is not <indicator>-<denominator>-<breakdown>-<breakdown>"),
        (
            "HHU4212-%_POP-RURAL-FEMALE-15TO24",
            "code HHU4212-%_POP-RURAL-FEMALE-15TO24 is not <indicator>-<denominator>-<breakdown>-<breakdown>",
        ),
    ],
)
def test_a_breakdown_that_cannot_be_kept_is_a_problem_and_no_total(code, problem):
    assert only(SeriesCode=code)["problem"] == problem


@pytest.mark.parametrize(
    ("code", "group"), [("i99H", "Gender"), ("xHH18_IDI", "Location"), ("HHU4212-%_POP--", "Something new"), ("i99H", "Family")]
)
def test_a_total_by_its_code_that_is_labelled_as_a_part_is_a_problem(code, group):
    problem = only(SeriesCode=code, DisaggregationGroup=group, Disaggregation1="Some", Disaggregation2="Part")["problem"]
    assert problem == f"labelled as Some, Part, which is not in the code {code}"


def test_a_code_with_one_breakdown_that_is_labelled_with_two_is_a_problem():
    labels = {"DisaggregationGroup": "Gender", "Disaggregation1": "Rural", "Disaggregation2": "Female"}
    assert only(SeriesCode="HHU4212-%_POP-FEMALE-", **labels)["problem"].startswith("labelled as Rural, Female, ")


def test_a_series_that_parts_networks_is_what_its_id_says_with_the_words_in_the_note():
    rows = itu_datahub_v3.read(CSV)
    assert row(rows, 13)[["note", "problem"]].tolist() == [
        "MHz; Spectrum blocks: Block > 6 GHz; Invented Indicators Database; modified 2026-07-10",
        "",
    ]
    two = only(DisaggregationGroup="Technology", Disaggregation1="4G", Disaggregation2="10 Mbit/s")
    assert two[["note", "problem"]].tolist() == ["Technology: 4G, 10 Mbit/s; Invented Indicators Database; modified 2026-02-02", ""]
    assert only(DisaggregationGroup="Speed tier")["note"].startswith("Speed tier; ")


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_blank_value_is_not_stated_and_leaves_nothing_to_refuse(blank):
    assert only(Value=blank)[["value", "problem"]].tolist() == ["", ""]
    assert only(Value=blank, SeriesCode="HHU4212-%_POP-ISCO8-")[["value", "problem"]].tolist() == ["", ""]


@pytest.mark.parametrize("value", ["<1", "NaN", "..", "NA", "With price control", "8.25E-4", "6.698259E8", "41.53568411487971", "100.0"])
def test_values_stay_as_they_were_printed(value):
    assert only(Value=value)[["value", "problem"]].tolist() == [value, ""]


def test_a_group_stands_by_its_code_among_the_economies():
    assert row(itu_datahub_v3.read(CSV), 15)[["area", "value"]].tolist() == ["WLD", "<1"]


@given(st.dictionaries(st.sampled_from([*PLAIN][3:]), st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)))
@settings(max_examples=80, deadline=None)
def test_what_is_said_of_a_figure_is_nowhere_lost(changed):
    said = PLAIN | changed
    found = only(**changed)
    assert [found["area"], found["year"], found["unit"], found["origin"]] == [said[name] for name in ("AreaCode", "Year", "Unit", "Source")]
    reported = [said["Notes"], said["DisaggregationGroup"].strip(), *(said[f"Disaggregation{n}"].strip() for n in (1, 2)), said["Database"]]
    reported.append(said["LastModifiedOn"].strip())
    assert all(part in found["note"] for part in reported)


# --- split records ---------------------------------------------------------------------------------------------------------------


def test_a_record_that_a_line_break_in_its_source_cut_is_joined_and_reported():
    found = row(itu_datahub_v3.read(CSV), 10)
    assert found[["series", "value", "origin", "problem"]].tolist() == [
        "19303",
        "2.869273303753859",
        "Regulator; a Ministry\n of Posts ",
        "",
    ]
    assert found["note"] == "As of June; Invented Indicators Database; modified 2026-07-11"
    assert found["repair"] == "joined with row 11, because a line break in Source split it"
    assert itu_datahub_v3.read(CSV)["repair"].ne("").sum() == 1


def test_both_rows_of_a_joined_record_are_given_back():
    given_back = itu_datahub_v3.original_rows(CSV, [10, 18])
    assert list(given_back) == [10, 18]
    whole = json.loads(given_back[10])
    assert (whole["Source"], whole["row 11"]) == ("Regulator; a Ministry", [" of Posts ", "2026-07-11"])
    assert "LastModifiedOn" not in whole
    assert json.loads(given_back[18])["Disaggregation1"] == "Female"


START = "19303,i992b,Broadband,per 100 people,Database,2024,Namibia,NAM,,,,2.9,,Regulator"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([START, "Posts,2026-13"], id="the end is no day"),
        pytest.param([START, "Posts"], id="no day at all"),
        pytest.param([START], id="no second row"),
        pytest.param(["Posts,2026-07-11"], id="no first row"),
        pytest.param(["Posts,2026-07-11", START], id="the other way round"),
        pytest.param(
            [START.replace("Regulator", "2026-07-11"), "Posts,2026-07-11"], id="the first row has its day and lacks another field"
        ),
        pytest.param([START.replace("2024,Namibia", "Namibia"), "Posts,Office,2026-07-11"], id="another width"),
        pytest.param([START.replace("2.9,,", "2.9,"), "a note,Regulator,2026-07-11"], id="a break in Notes, never seen"),
        pytest.param([START.replace("2024,", "Database,"), "Posts,2026-07-11"], id="no year in the place of the year"),
        pytest.param([START.replace("19303,", "Indicators,"), "Posts,2026-07-11"], id="no number in the place of the number"),
        pytest.param([START, "and", "Posts,2026-07-11"], id="two breaks"),
        pytest.param([START, "", "Posts,2026-07-11"], id="an empty line between"),
        pytest.param([START + ",2026-07-11,more"], id="too wide"),
    ],
)
def test_a_join_that_is_not_safe_is_not_made_and_every_part_is_refused(lines):
    rows = itu_datahub_v3.read(csv_of({}, *lines, {}))
    numbers = [number for number, line in enumerate(lines, start=3) if line]
    assert rows["row_number"].tolist() == [2, *numbers, len(lines) + 3]
    assert rows["problem"].iloc[[0, -1]].tolist() == ["", ""]
    assert rows["problem"].iloc[1:-1].str.fullmatch(r"row has \d+ fields where the header has 15").all()
    assert (rows["repair"] == "").all()


def test_many_split_records_in_a_row_are_each_joined_with_their_own_half():
    lines = [line for number in range(50) for line in (START.replace("Regulator", f"Office {number}"), f"of {number},2026-07-11")]
    rows = itu_datahub_v3.read(csv_of(*lines))
    assert rows["origin"].tolist() == [f"Office {number}\nof {number}" for number in range(50)]
    assert rows["row_number"].tolist() == list(range(2, 102, 2))
    assert (rows["problem"] == "").all()


@given(
    st.lists(st.sampled_from(["whole", "split", "narrow", "empty"]), min_size=1, max_size=12).filter(lambda kinds: set(kinds) != {"empty"})
)
@settings(max_examples=80, deadline=None)
def test_every_record_comes_once_in_its_order_whatever_else_the_file_has(kinds):
    written = {"whole": [{}], "split": [START, "Posts,2026-07-11"], "narrow": ["one,field,more"], "empty": [""]}
    content = csv_of(*(line for kind in kinds for line in written[kind]))
    rows = itu_datahub_v3.read(content)
    reported = rows["repair"].ne("").map({True: "split", False: "whole"}).mask(rows["problem"] != "", "narrow")
    assert reported.tolist() == [kind for kind in kinds if kind != "empty"]
    assert rows["row_number"].is_monotonic_increasing
    assert set(itu_datahub_v3.original_rows(content, rows["row_number"].tolist())) == set(rows["row_number"])


def test_nothing_is_joined_where_the_columns_stand_in_another_order():
    names = ["LastModifiedOn", *list(PLAIN)[:-1]]
    content = csv_of(",".join(["2026-07-11", *list(PLAIN.values())[:-1]]), START, "Posts,2026-07-11", header=",".join(names))
    rows = itu_datahub_v3.read(content)
    assert rows["problem"].ne("").tolist() == [False, True, True]
    assert rows.iloc[0]["note"] == "Invented Indicators Database; modified 2026-07-11"


# --- the day ---------------------------------------------------------------------------------------------------------------------


def test_the_edition_has_the_newest_day_on_which_a_row_was_changed():
    assert itu_datahub_v3.published(CSV) == "2026-07-11"  # in the second half of a split record


@pytest.mark.parametrize(
    ("days", "newest"),
    [
        (["2016-10-28", "2026-02-02 ", "2025-12-31"], "2026-02-02"),
        (["", ""], ""),
        (["2026-02-30", "9 May 2026", "2024-01-23"], "2024-01-23"),
    ],
)
def test_what_is_no_day_does_not_date_the_edition(days, newest):
    assert itu_datahub_v3.published(csv_of(*({"LastModifiedOn": day} for day in days))) == newest


def test_a_row_without_a_day_says_nothing_of_it():
    assert only(LastModifiedOn="")["note"] == "Invented Indicators Database"


# --- bytes -----------------------------------------------------------------------------------------------------------------------


def test_this_layout_is_distinguished_from_all_others():
    for path in small_files():
        assert itu_datahub_v3.recognises(path.read_bytes()) == (path.name in ("itu_datahub_v3.csv", "v3_sample_rows.csv")), path
    assert itu_datahub_v3.recognises(CSV[:200])
    # DataCSV of the SDG database may have a column SeriesID too.
    assert not itu_datahub_v3.recognises(b"Goal,SeriesID,SeriesCode,GeoAreaCode,TimePeriod,Value\n")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=100, deadline=None)
def test_recognising_never_raises(content):
    assert not itu_datahub_v3.recognises(content)


@pytest.mark.parametrize(
    "form", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n"), lambda text: text + b"\n\n"]
)
def test_a_mark_of_utf8_the_ends_of_lines_and_empty_lines_at_the_end_change_nothing(form):
    rows = itu_datahub_v3.read(form(CSV)).replace(r"\r\n", "\n", regex=True)
    assert rows.equals(itu_datahub_v3.read(CSV))


def test_the_order_of_the_columns_is_free_and_one_more_is_not_in_the_way():
    content = csv_of({"SeriesCode": "HHU4212-%_POP-RURAL-"}, {"Value": ""})
    text = io.StringIO()
    writer = csv.DictWriter(text, ["New", *sorted(PLAIN)], restval="x")
    writer.writeheader()
    writer.writerows(csv.DictReader(content.decode().splitlines()))
    assert itu_datahub_v3.read(text.getvalue().encode()).equals(itu_datahub_v3.read(content))


@pytest.mark.parametrize("name", [name for name in PLAIN if name != "SeriesID"])
def test_a_file_that_lacks_a_column_is_refused_by_its_name(name):
    content = csv_of({}, header=re.sub(rf"\b{name}\b", "Other", HEADER))
    assert itu_datahub_v3.recognises(content)
    with pytest.raises(Unreadable, match=rf"\(v3\) but lacks {name}: export it again"):
        itu_datahub_v3.read(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEADER.encode(), "a header and no rows"),
        (CSV[: CSV.index(b"or older")], "cut off in row 2"),
        (CSV.replace(b"Survey", b"Sur\xffvey"), "not UTF-8"),
        (CSV.replace(b"Disaggregation2", b"Disaggregation2,Year", 1), "column Year is in the header twice"),
    ],
)
def test_damage_is_refused_in_one_line(content, reason):
    with pytest.raises(Unreadable, match=reason) as refusal:
        itu_datahub_v3.read(content)
    assert "\n" not in str(refusal.value)


def test_a_file_cut_off_between_quotes_leaves_one_row_of_the_wrong_width():
    rows = itu_datahub_v3.read(CSV[: CSV.index(b"41.5356") + 4])
    assert rows["problem"].tolist() == ["", "row has 12 fields where the header has 15"]


def test_a_header_that_comes_again_is_no_figure_of_any_series():
    rows = itu_datahub_v3.read(csv_of({}, HEADER, {}))
    assert rows["series"].tolist() == ["11624", "SeriesID", "11624"]


@given(st.binary(max_size=60), st.integers(0, len(CSV)))
@settings(max_examples=100, deadline=None)
def test_a_damaged_file_is_read_or_refused_in_one_line(noise, place):
    said = ""
    try:
        content = CSV[:place] + noise + CSV[place:]
        assert not itu_datahub_v3.read(content).isna().any(axis=None)
        itu_datahub_v3.published(content)
    except Unreadable as refusal:
        said = str(refusal)
    assert "\n" not in said


# --- the genuine rows ------------------------------------------------------------------------------------------------------------

BY_LABEL = {
    "Female": ("sex", "FEMALE"),
    "Male": ("sex", "MALE"),
    "Rural": ("locality", "RURAL"),
    "Urban": ("locality", "URBAN"),
    "14 years and younger": ("age", "BELOW15"),
    "25 to 74 years": ("age", "25TO74"),
    "75 years and older": ("age", "ABOVE74"),
}


@pytest.mark.parametrize(("path", "count", "empty", "refused"), both("itu-datahub/v3_sample_rows.csv", [9, 2, 1], [32, 3, 8]))
def test_rows_are_read_cell_by_cell_and_their_codes_say_what_their_labels_say(path, count, empty, refused):
    content = path.read_bytes()
    assert itu_datahub_v3.recognises(content)
    plain = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    rows = itu_datahub_v3.read(content)
    assert len(rows) == len(plain) == count
    assert rows["row_number"].tolist() == list(range(2, count + 2))
    names = ["SeriesID", "AreaCode", "Year", "Value", "Unit", "Source"]
    assert rows[["series", "area", "year", "value", "unit", "origin"]].to_numpy().tolist() == [
        [one[name] for name in names] for one in plain
    ]
    assert (rows["repair"] == "").all()
    assert (rows["value"] == "").sum() == empty
    for found, one in zip(rows.to_dict("records"), plain, strict=True):
        assert found["note"].startswith(one["Notes"])
        assert found["note"].endswith(f"{one['Database']}; modified {one['LastModifiedOn']}")
        labels = [one[name] for name in ("Disaggregation1", "Disaggregation2") if one[name]]
        if one["Database"] != "ITU Households Database":
            assert found["family"] == found["problem"] == ""
            assert all(label.strip() in found["note"] for label in labels)
            continue
        assert found["family"] == "-".join(one["SeriesCode"].split("-")[:2])
        if any(label not in BY_LABEL for label in labels):
            assert re.fullmatch(r"broken down by [A-Z0-9]+, which is not kept", found["problem"])
        else:
            assert {name: found[name] for name in ("sex", "locality", "age") if found[name]} == dict(BY_LABEL[label] for label in labels)
            assert found["problem"] == ""
    assert rows["problem"].ne("").sum() == refused
    assert itu_datahub_v3.published(content) == "2026-07-11"


@pytest.mark.parametrize(
    "path", [*both("itu-datahub/individuals-using-the-internet.csv"), genuine_only("itu-datahub/ITU_ICTPriceBaskets_2008-2025.xlsx")]
)
def test_files_of_other_layouts_are_not_taken_for_this_one(path):
    assert not itu_datahub_v3.recognises(path.read_bytes())


def test_a_workbook_of_prices_is_not_taken_for_this_one():
    assert not itu_datahub_v3.recognises(publishers.baskets())
