"""ITU's workbook of aggregates: blocks, panels and footnotes are read by what they say, and what they do not say is never guessed.

The workbook is written here, in the layout that public code describes; its numbers are invented.
"""

import io
import json

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.editions.observations import observations
from indicators.readers import itu_aggregates
from indicators.readers.records import Unreadable
from indicators.registries.sources import sources
from tests.support import publishers

FOOTER = [
    [],
    ["Notes:"],
    ["* 1 Exabyte = 1012 Megabytes"],
    ["** 1 terabit = 1’000’000 megabits"],
    ["*** Individuals aged 10 or older"],
    ["All data are ITU estimates"],
    ["Values are rounded to 1 decimal"],
    ["N/A: Not available"],
    [],
    ["Version November 2024, for Facts and Figures 2024"],
]
REGIONS = [
    ["Key ICT indicators, by region"],
    [],
    ["Fixed-telephone subscriptions/Millions", None, None, None, "Per 100 inhabitants"],
    ["Region", 2023, 2024, None, 2023, 2024],
    ["Africa", 9.5, 9, None, 0.8, 0.7],
    ["Asia-Pacific", 330.1, 320, None, 7.5, 7.2],
    [],
    ["Individuals using the Internet(Millions)", None, None, None, "Individuals using the Internet(%)"],
    [None, 2023, 2024, None, 2023, 2024],
    ["Africa", 520.4, 560, None, 36, 38.1],
    ["World*", 5300, 5500.5, None, 65.9, 68],
    [],
    ["Individuals owning a mobile phone***(Millions)", None, None, None, "%"],
    [None, 2023, 2024, None, 2023, 2024],
    ["Africa", "N/A", 640.2, None, "N/A", 63.2],
    [],
    ["Fixed broadband traffic(Exabytes)"],
    [None, 2023, 2024],
    ["World", 5000, 6000.3],
    [],
    ["International bandwidth usage(Tbits/s**)", None, None, None, "kbits/s per user"],
    [None, 2023, 2024, None, 2023, 2024],
    ["World", 1217, 1518.5, None, 230.5, 277],
    *FOOTER,
]
LOCALITY = [
    ["Percentage of individuals using the Internet, by urban and rural area"],
    [],
    [],
    [None, "Urban", None, None, "Rural"],
    [None, 2023, 2024, None, 2023, 2024],
    ["World", 81.5, 83, None, 46.2, 48],
    ["LDCs", 55.4, "N/A", None, 27.5, 28.1],
    *FOOTER,
]
SEX_AND_AGE = [
    ["Internet use by sex and age"],
    [],
    ["Percentage of individuals using the Internet, by sex"],
    [None, "2023*", None, None, None, 2024],
    [None, "Total", "Female", "Male", None, "Total", "Female", "Male"],
    ["World", 65.9, 63, 69, None, 68, 65, 70],
    [],
    ["The Americas", 86.5, 86, 87, None, 87.5, 87, 88],
    [],
    ["Percentage of individuals using the Internet, by age"],
    [None, 2024],
    [None, "Total", "Youth (15-24)", "Rest of the population"],
    ["World", 68, 79, 66],
    *FOOTER,
]


def workbook(regions=REGIONS, locality=LOCALITY, sex_and_age=SEX_AND_AGE, **others):
    sheets = {"By BDT region": regions, "By urban-rural area": locality, "Internet use by sex & age": sex_and_age} | others
    return publishers.workbook({name: rows or [] for name, rows in sheets.items()})


def figures(rows, **wanted):
    """The values of the rows that say so, by area and year."""
    for column, word in wanted.items():
        rows = rows[rows[column] == word]
    assert not rows.duplicated(["area", "year"]).any()
    return dict(zip(zip(rows["area"], rows["year"], strict=True), rows["value"], strict=True))


@pytest.fixture(scope="module")
def rows():
    return itu_aggregates.read(workbook())


def test_it_is_recognised_by_the_name_of_any_of_its_sheets():
    assert itu_aggregates.recognises(workbook())
    assert not itu_aggregates.recognises(publishers.workbook({"Sheet": []}))
    assert not itu_aggregates.recognises(b"area,value\r\n")


def test_two_panels_of_the_same_years_are_two_measures(rows):
    of_block = {"series": "Individuals using the Internet", "locality": "", "sex": "", "age": "", "problem": ""}
    first_sheet = rows[rows["row_number"] < 100_000]
    assert figures(first_sheet, **of_block, unit="millions") == {
        ("Africa", "2023"): "520.4",
        ("Africa", "2024"): "560",
        ("World", "2023"): "5300",
        ("World", "2024"): "5500.5",
    }
    assert figures(first_sheet, **of_block, unit="%") == {
        ("Africa", "2023"): "36",
        ("Africa", "2024"): "38.1",
        ("World", "2023"): "65.9",
        ("World", "2024"): "68",
    }


def test_a_unit_may_stand_behind_a_slash_and_that_of_the_second_panel_alone(rows):
    assert figures(rows, series="Fixed-telephone subscriptions", unit="millions")["Asia-Pacific", "2024"] == "320"
    assert figures(rows, series="Fixed-telephone subscriptions", unit="per 100 inhabitants")["Asia-Pacific", "2024"] == "7.2"


def test_a_slash_that_parts_no_unit_stays_in_the_title():
    title = "Population covered by at least an LTE/WiMAX mobile network"
    assert itu_aggregates._understood(title)["title"] == title
    assert itu_aggregates._understood(f"{title}/Millions") == {"marks": "", "unit": "millions", "title": title}


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Percentage of individuals using the Internet, by sex", "Individuals using the Internet"),
        ("Individuals using the Internet by urban/rural area (%)", "Individuals using the Internet"),
        ("Percentage of individuals using the Internet, total", "Individuals using the Internet"),
        ("Population covered by a mobile-cellular network/Millions", "Population covered by a mobile-cellular network"),
        ("International bandwidth\nusage (Tbits/s**)", "International bandwidth usage"),
    ],
)
def test_a_title_says_what_is_measured_and_not_how_it_is_broken_down(heading, title):
    assert itu_aggregates._understood(heading)["title"] == title


def test_a_mark_brings_its_footnote_to_its_figures_and_to_no_others(rows):
    notes = rows.set_index("row_number")["note"]
    assert set(notes[15]) == {"Individuals aged 10 or older"}
    assert set(notes[19]) == {""}
    assert set(notes[23]) == {"1 terabit = 1’000’000 megabits"}
    assert set(notes[11]) == {"1 Exabyte = 1012 Megabytes"}, "the mark at an area"
    assert set(notes[200_006]) == {"1 Exabyte = 1012 Megabytes", ""}, "the mark at a year"


def test_a_mark_without_a_footnote_is_reported():
    rows = itu_aggregates.read(workbook(regions=[["A thing****(Millions)"], [None, 2024], ["World", 5]]))
    assert rows["note"][0] == "marked ****, which no footnote explains"


def test_urban_and_rural_years_are_distinguished_by_their_headings(rows):
    of_sheet = rows[rows["row_number"].between(100_000, 199_999)]
    assert set(of_sheet["series"]) == {"Individuals using the Internet"}
    assert set(of_sheet["unit"]) == {"%"}
    assert figures(of_sheet, locality="urban") == {
        ("World", "2023"): "81.5",
        ("World", "2024"): "83",
        ("LDCs", "2023"): "55.4",
        ("LDCs", "2024"): "",
    }
    assert figures(of_sheet, locality="rural")["LDCs", "2024"] == "28.1"


def test_without_headings_two_panels_of_that_sheet_are_urban_and_rural_in_this_order_and_the_note_says_so():
    rows = itu_aggregates.read(workbook(locality=[row for row in LOCALITY if "Urban" not in row]))
    of_sheet = rows[rows["row_number"].between(100_000, 199_999)]
    assert figures(of_sheet, locality="urban")["World", "2024"] == "83"
    assert figures(of_sheet, locality="rural")["World", "2024"] == "48"
    assert set(of_sheet["note"]) == {"urban before rural, as the sheet's name"}
    assert set(of_sheet["problem"]) == {""}


def test_breakdowns_across_with_the_years_above_are_read_for_each_year(rows):
    by_sex = rows[rows["row_number"].between(200_001, 200_009)]
    assert figures(by_sex, sex="female") == {
        ("World", "2023"): "63",
        ("World", "2024"): "65",
        ("The Americas", "2023"): "86",
        ("The Americas", "2024"): "87",
    }
    assert figures(by_sex, sex="")["World", "2024"] == "68"
    by_age = rows[rows["row_number"] > 200_009]
    assert figures(by_age, age="youth (15-24)") == {("World", "2024"): "79"}
    assert figures(by_age, age="rest of the population") == {("World", "2024"): "66"}


def test_all_are_estimates_because_the_footer_says_so(rows):
    assert set(rows["nature"]) == {"E"}
    silent = itu_aggregates.read(
        workbook(*([row for row in sheet if "estimates" not in str(row)] for sheet in (REGIONS, LOCALITY, SEX_AND_AGE)))
    )
    assert set(silent["nature"]) == {""}


def test_a_whole_number_has_one_decimal_if_the_footer_says_so(rows):
    assert set(rows["printed"][rows["value"].isin(["5300", "65.9"])]) == {"one decimal"}
    unsaid = itu_aggregates.read(
        workbook(*([row for row in sheet if "rounded" not in str(row)] for sheet in (REGIONS, LOCALITY, SEX_AND_AGE)))
    )
    assert set(unsaid["printed"]) == {""}
    finer = itu_aggregates.read(workbook(regions=[["A(Millions)"], [None, 2024], ["World", 5.25]]))
    assert finer["printed"][0] == "", "more than one decimal is not rounded to one"


def test_a_year_in_the_middle_of_its_panel_holds_for_all_of_it():
    by_sex = [
        ["A thing(%)"],
        [None, None, 2023, None, None, None, 2024],
        [None, *["Total", "Female", "Male", None] * 2],
        ["World", 5, 4, 6, None, 8, 7, 9],
    ]
    rows = itu_aggregates.read(workbook(regions=by_sex, locality=None, sex_and_age=None))
    assert figures(rows, sex="", problem="") == {("World", "2023"): "5", ("World", "2024"): "8"}
    assert figures(rows, sex="male", problem="") == {("World", "2023"): "6", ("World", "2024"): "9"}


def test_where_no_value_is_stated_nothing_is_a_problem():
    rows = itu_aggregates.read(workbook(regions=[["A thing"], [None, 2023, 2024], ["World", "N/A", 6]], locality=None, sex_and_age=None))
    assert rows[["value", "problem"]].values.tolist() == [["", ""], ["6", "no unit above column C"]]


def test_nothing_of_the_whole_workbook_is_left_unread_or_doubtful(rows):
    cells = [
        cell
        for sheet in (REGIONS, LOCALITY, SEX_AND_AGE)
        for row in sheet
        for cell in row[1:]
        if cell == "N/A" or (isinstance(cell, int | float) and cell not in (2023, 2024))
    ]
    assert sorted("" if cell == "N/A" else f"{cell:g}" for cell in cells) == sorted(rows["value"])
    assert set(rows["problem"]) == {""}


def test_the_month_of_the_version_is_when_it_was_published():
    assert itu_aggregates.published(workbook()) == "2024-11"
    assert itu_aggregates.published(workbook([["A(%)"], [None, 2024], ["World", 5]], [], [])) == ""
    assert itu_aggregates.published(workbook(locality=[*LOCALITY, ["Version May 2023"]])) == "", "two versions are none"


def test_rows_are_numbered_by_sheet_and_found_again_however_the_sheets_are_ordered():
    content = workbook()
    names = ["Internet use by sex & age", "By urban-rural area", "By BDT region"]
    turned = openpyxl.load_workbook(io.BytesIO(content))
    turned._sheets = [turned[name] for name in names]
    saved = io.BytesIO()
    turned.save(saved)
    pd.testing.assert_frame_equal(itu_aggregates.read(saved.getvalue()), itu_aggregates.read(content))
    for bytes_ in (content, saved.getvalue()):
        found = itu_aggregates.original_rows(bytes_, [100_007, 5, 10**9, 0])
        assert set(found) == {100_007, 5}
        assert json.loads(found[100_007]) == {
            "sheet": "By urban-rural area",
            "row": 7,
            "column A": "LDCs",
            "column B": "55.4",
            "column C": "N/A",
            "column E": "27.5",
            "column F": "28.1",
        }


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ([["A thing(Millions)"], ["World", 5.5, 6.5]], "there is no row of years above this block"),
        ([["A thing"], [None, 2023, 2024], ["World", 5.5, 6.5]], "no unit above column"),
        ([[None, 2023, 2024], ["World", 5.5, 6.5]], "no title above column"),
        (
            [["A thing(Millions)"], [None, 2023, 2024, None, 2023, 2024], ["World", 5, 6, None, 7, 8]],
            "two columns have this year and heading",
        ),
        ([["A thing(Millions)"], [None, 2023, 2023], ["World", 5, 6]], "two columns have this year and heading"),
        ([["A thing(%)"], [None, 2023, 2024], ["World", 0.655, 0.68], ["Africa", 0.36, 0.38]], "they may be fractions, not percent"),
        ([["A thing(%)"], [None, 2023, 2024], [None, 65.5, 68]], "there is no area in this row"),
        (
            [["A thing(%)", "Urban"], [None, "Rural", None], [None, 2023, 2024], ["World", 5, 6]],
            "more than one locality above column",
        ),
        ([["A thing(%)"], [None, "Change", "Growth"], ["World", 5, 6]], "there is no row of years above this block"),
    ],
)
def test_what_the_headings_do_not_settle_is_a_problem_and_no_guess(sheet, said):
    rows = itu_aggregates.read(workbook(regions=sheet, locality=None, sex_and_age=None))
    assert len(rows) > 0
    assert rows["problem"].str.contains(said, regex=False).all(), set(rows["problem"])


def test_a_figure_beside_the_columns_is_a_problem_and_a_second_label_is_not():
    sheet = [["A thing(Millions)", None, None, None, "%"], [None, 2023, None, None, 2023], ["World", 5, None, "World", 60, None, 7]]
    rows = itu_aggregates.read(workbook(regions=sheet, locality=None, sex_and_age=None))
    assert rows[["value", "problem"]].values.tolist() == [["5", ""], ["60", ""], ["7", "no heading above column G"]]


def test_years_that_stand_once_over_a_sheet_hold_for_each_of_its_blocks():
    sheet = [[None, 2023, 2024], ["A thing(Millions)"], ["World", 5, 6], [], ["Another(Millions)"], ["World", 7, 8]]
    rows = itu_aggregates.read(workbook(regions=sheet, locality=None, sex_and_age=None))
    assert rows[["series", "year", "value"]].values.tolist() == [
        ["A thing", "2023", "5"],
        ["A thing", "2024", "6"],
        ["Another", "2023", "7"],
        ["Another", "2024", "8"],
    ]


def test_years_that_stand_over_each_block_are_not_lent_to_one_without():
    sheet = [["A(Millions)"], [None, 2023], ["World", 5], ["B(Millions)"], [None, 2020], ["World", 6], ["C(Millions)"], ["World", 7]]
    rows = itu_aggregates.read(workbook(regions=sheet, locality=None, sex_and_age=None))
    assert rows["problem"].tolist() == ["", "", "there is no row of years above this block"]


def test_the_title_of_a_panel_has_no_unit_from_the_title_of_the_block():
    sheet = [["A thing(Millions)", None, None, "Another thing"], [None, 2023, None, 2023], ["World", 5, None, 6]]
    rows = itu_aggregates.read(workbook(regions=sheet, locality=None, sex_and_age=None))
    assert rows[["value", "problem"]].values.tolist() == [["5", ""], ["6", "no unit above column D"]]


@pytest.mark.parametrize("name", ["By BDT region", "By urban-rural area", "Internet use by sex & age"])
def test_a_sheet_that_is_missing_is_named(name):
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    del book[name]
    saved = io.BytesIO()
    book.save(saved)
    assert itu_aggregates.recognises(saved.getvalue())
    with pytest.raises(Unreadable, match=f"lacks the sheet {name}"):
        itu_aggregates.read(saved.getvalue())


def test_a_workbook_without_figures_is_refused():
    with pytest.raises(Unreadable, match="no figures in the sheets"):
        itu_aggregates.read(workbook(FOOTER, FOOTER, FOOTER))


def test_a_further_sheet_is_read_like_the_others_and_numbered_after_them():
    rows = itu_aggregates.read(workbook(**{"By income": [["A thing(Millions)"], [None, 2024], ["High-income", 5]]}))
    assert rows[rows["row_number"] == 300_003][["series", "area", "value"]].values.tolist() == [["A thing", "High-income", "5"]]


def test_the_catalogue_turns_the_figures_into_observations():
    """5500.5 millions are 5,500,500,000 people, to a tenth of a million; 9 millions were 9.0."""
    rows = itu_aggregates.read(workbook())
    rows = rows[(rows["row_number"] < 100_000) & (rows["value"] != "")]
    found, refused = observations(rows, source=sources()["itu-aggregates"], vintage="2024-11", published="2024-11", snapshot="a.xlsx")
    ours = found.set_index(["indicator", "area", "year"])
    users = ours.loc["individuals_using_internet_number", "world", 2024]
    assert users[["value", "lower", "upper", "nature"]].tolist() == [5_500_500_000, 5_500_450_000, 5_500_550_000, "estimate"]
    lines = ours.loc["fixed_telephone_subscriptions_number", "itu-africa", 2024]
    assert lines[["value", "lower", "upper"]].tolist() == [9_000_000, 8_950_000, 9_050_000]
    share = ours.loc["individuals_using_internet", "world", 2024]
    assert share[["value", "lower", "upper"]].tolist() == [68, 67.95, 68.05]
    assert ours.loc["mobile_phone_ownership", "itu-africa", 2024]["note"] == "Individuals aged 10 or older"
    assert ours.loc["international_bandwidth", "world", 2024]["value"] == 1_518_500_000
    assert ours.loc["fixed_broadband_traffic", "world", 2024]["value"] == 6000.3
    # The number of owners, and bandwidth per user, are none of our indicators.
    assert sorted(refused["row_number"]) == [15, 23, 23]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([None, "Africa", "A thing(%)", "Urban", "Millions", "N/A", 2023, 2024, 5.5, "x"]), max_size=6), max_size=8
    )
)
def test_of_any_sheet_every_figure_is_in_one_row_and_sound_only_if_year_title_unit_and_area_stand_over_it_once(sheet):
    rows = itu_aggregates.read(workbook(regions=sheet))
    rows = rows[(rows["row_number"] < 100_000) & (rows["value"] != "")]
    assert (rows["value"] == "5.5").sum() == sum(row[1:].count(5.5) for row in sheet)
    sound = rows[rows["problem"] == ""]
    assert (sound[["year", "series", "unit", "area"]] != "").all(axis=None)
    assert not sound.duplicated(["row_number", "series", "unit", "year", "sex", "locality", "age"]).any()
