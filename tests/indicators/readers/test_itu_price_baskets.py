"""ITU's workbook of price baskets: every price with its basket, unit and year, and no two measures under one name.

The workbooks are written here and in `tests/support/price_workbook.py`, in ITU's layout with invented numbers. Where ITU's own is present,
every cell of it is compared too.
"""

import io
import itertools
import json
import random
from dataclasses import dataclass
from datetime import date

import openpyxl
import pandas as pd
import pytest

from indicators.editions.observations import observations
from indicators.readers import itu_price_baskets
from indicators.readers.records import Unreadable
from indicators.registries.catalogue import crosswalk, indicators
from indicators.registries.sources import sources
from tests.support import publishers
from tests.support.paths import genuine_only
from tests.support.price_workbook import price_workbook

MATCHED = "only the annual median is kept, not: Use this to compare last 2 years; Medians for the last 2 years"
CLASSES = ["Africa", 1, 0, 0, "Low income"]
SHEETS = {
    "Overview": [[], [None, "Overview"], [None, "Release date:", date(2025, 12, 2)]],
    "BasketHistory": [
        [],
        [None, "Table for mapping historical price baskets"],
        [],
        [None, "Basket name (generic)", "Basket name", "Codes", 2024, 2025],
        [None, "Fixed", "Fixed-broadband (5GB)", "i154_FBB5*", "x", "x"],
        [None, "Mobile", "Data-only 5GB", "i271mb_5GB*", "exp", "x"],
        [None, None, "Data-only 10GB", "i271mb_10GB*", None, "est"],
        [],
        [None, None, None, "Note: replace * by _GNIpc, _PPP or $"],
        [None, None, None, None, "exp", "Data from experimental data collection"],
    ],
    "economies_2024-2025": [
        ["IsoCode", "Economy", "Code", "Basket name", "Unit", "ITURegion", "LDC", "LLDC", "SIDS", "Income_2025", 2024, 2025],
        ["MLI", "Mali", "i154_FBB5_GNI", "Fixed-broadband (5GB)", "GNIpc", *CLASSES, 3, 2.66],
        ["MLI", "Mali", "i154_FBB5$", "Fixed-broadband (5GB)", "USD", *CLASSES, "NA", 12.5],
        ["MLI", "Mali", "i271mb_5GB_PPP", "Data-only 5GB", "PPP", *CLASSES, 0, 7.0000000000000007],
        ["MLI", "Mali", "i271mb_10GB_GNI", "Data-only 10GB", "GNIpc", *CLASSES, 9, 8],
        ["MLI", "Mali", "i154_FBB9_GNI", "Fixed-broadband (9GB)", "GNIpc", *CLASSES, 4, "NA"],
    ],
    "medians": [
        [None, None, None, None, None, None, None, "Use this to compare last 2 years"],
        [None, None, None, None, "Annual medians", None, None, "Medians for the last 2 years"],
        ["Code", "Unit", "Grouping", "Group", 2024, 2025, None, None, 2024, 2025],
        ["i154_FBB5_GNI", "GNIpc", "ITURegion", "The Americas", 2.1, 2, None, None, 2.2, "NA"],
        ["i271mb_5GB$", "USD", "World", "World", 10.77, "NA", None, None, 10.77, 10.1],
    ],
    "GNI_denominator": [[], ["Economy", "Monthly GNI per capita", "Notes", "Source"], ["Mali", 4711.5, None, "World Bank WDI"]],
}


def workbook(order=tuple(SHEETS), **instead):
    return publishers.workbook({name: instead.get(name.partition("_")[0], SHEETS[name]) for name in order})


@pytest.fixture(scope="module")
def rows():
    return itu_price_baskets.read(workbook())


def test_a_workbook_is_recognised_even_if_it_lost_a_sheet_and_another_is_not():
    assert itu_price_baskets.recognises(workbook())
    assert itu_price_baskets.recognises(workbook(["medians", "BasketHistory"]))
    assert not itu_price_baskets.recognises(workbook(["medians"]))
    assert not itu_price_baskets.recognises(b"IsoCode,Code,Unit\r\n")


def test_every_price_has_code_unit_area_and_year_as_printed(rows):
    prices = rows[(rows["row_number"] < 100_000) & (rows["value"] != "") & (rows["problem"] == "")]
    assert prices[["row_number", "series", "unit", "area", "year", "value"]].values.tolist() == [
        [2, "i154_FBB5_GNI", "GNIpc", "MLI", "2024", "3"],
        [2, "i154_FBB5_GNI", "GNIpc", "MLI", "2025", "2.66"],
        [3, "i154_FBB5$", "USD", "MLI", "2025", "12.5"],
        [4, "i271mb_5GB_PPP", "PPP", "MLI", "2024", "0"],
        [4, "i271mb_5GB_PPP", "PPP", "MLI", "2025", "7"],
        [5, "i271mb_10GB_GNI", "GNIpc", "MLI", "2024", "9"],
        [5, "i271mb_10GB_GNI", "GNIpc", "MLI", "2025", "8"],
    ]


def test_na_is_no_value(rows):
    assert rows.set_index(["row_number", "year"])["value"][3, "2024"] == ""
    assert "NA" not in set(rows["value"])
    assert (rows["value"] == "").sum() == 4


def test_the_note_tells_what_the_history_says_of_the_basket_in_that_year(rows):
    notes = rows[rows["row_number"] < 100_000].set_index(["series", "year"])["note"]
    assert notes["i154_FBB5_GNI", "2025"] == ""
    assert notes["i271mb_5GB_PPP", "2024"] == "experimental collection"
    assert notes["i271mb_5GB_PPP", "2025"] == ""
    assert notes["i271mb_10GB_GNI", "2024"] == "a year in which BasketHistory does not have the basket"
    assert notes["i271mb_10GB_GNI", "2025"] == "est in BasketHistory"


def test_a_code_that_only_begins_like_a_known_one_is_a_problem_where_it_has_a_price(rows):
    assert rows[rows["series"] == "i154_FBB9_GNI"][["value", "problem"]].values.tolist() == [
        ["4", "basket code 'i154_FBB9_GNI' is unknown"],
        ["", ""],
    ]


def test_of_the_medians_of_a_group_only_the_annual_ones_are_sound(rows):
    medians = rows[rows["row_number"] > 100_000]
    assert medians[["row_number", "series", "area", "year", "value", "note", "problem"]].values.tolist() == [
        [100_004, "i154_FBB5_GNI", "The Americas", "2024", "2.1", "Annual medians; grouping: ITURegion", ""],
        [100_004, "i154_FBB5_GNI", "The Americas", "2025", "2", "Annual medians; grouping: ITURegion", ""],
        [100_004, "i154_FBB5_GNI", "The Americas", "2024", "2.2", "", MATCHED],
        [100_004, "i154_FBB5_GNI", "The Americas", "2025", "", "", ""],
        [100_005, "i271mb_5GB$", "World", "2024", "10.77", "experimental collection; Annual medians", ""],
        [100_005, "i271mb_5GB$", "World", "2025", "", "Annual medians", ""],
        [100_005, "i271mb_5GB$", "World", "2024", "10.77", "experimental collection", MATCHED],
        [100_005, "i271mb_5GB$", "World", "2025", "10.1", "", MATCHED],
    ]


def test_the_order_of_sheets_and_of_columns_changes_nothing(rows):
    turned = list(reversed(SHEETS))
    pd.testing.assert_frame_equal(itu_price_baskets.read(workbook(turned)), rows)
    columns = [10, 4, 0, 11, 2, 1]
    economies = [[row[place] for place in columns] for row in SHEETS["economies_2024-2025"]]
    other = itu_price_baskets.read(workbook(economies=economies))
    pd.testing.assert_frame_equal(other[rows.columns], rows)


def test_a_line_above_the_header_and_lines_below_the_table_are_no_rows(rows):
    economies = [["Prices"], *SHEETS["economies_2024-2025"], [], ["Source: ITU"]]
    other = itu_price_baskets.read(workbook(economies=economies))
    assert (other["row_number"] - rows["row_number"]).tolist() == [1] * 10 + [0] * 8
    assert other["value"].tolist() == rows["value"].tolist()


def test_a_price_without_a_code_is_a_problem_and_not_lost():
    economies = [*SHEETS["economies_2024-2025"], ["MLI", "Mali", None, None, "USD", *CLASSES, 5, "NA"]]
    rows = itu_price_baskets.read(workbook(economies=economies))
    assert rows[rows["row_number"] == 7]["problem"].tolist() == ["basket code '' is unknown", ""]


def test_the_day_of_release_is_when_it_was_published():
    assert itu_price_baskets.published(workbook()) == "2025-12-02"
    assert itu_price_baskets.published(workbook(Overview=[["Release date:", "2025-12-02"]])) == "2025-12-02"
    assert itu_price_baskets.published(workbook(Overview=[["Release date:", "soon"]])) == ""
    assert itu_price_baskets.published(workbook(["economies_2024-2025", "medians", "BasketHistory"])) == ""


def test_rows_are_found_again_by_number_with_their_sheet():
    found = itu_price_baskets.original_rows(workbook(), [3, 100_005, 99, 0])
    header, _, printed, *_ = SHEETS["economies_2024-2025"]
    assert set(found) == {3, 100_005}
    assert json.loads(found[3]) == {"sheet": "economies_2024-2025", "row": 3} | dict(zip(map(str, header), map(str, printed), strict=True))
    years = {"column E": "10.77", "column F": "NA", "column I": "10.77", "column J": "10.1"}
    labels = {"Code": "i271mb_5GB$", "Unit": "USD", "Grouping": "World", "Group": "World"}
    assert json.loads(found[100_005]) == {"sheet": "medians", "row": 5} | labels | years


@pytest.mark.parametrize("name", ["economies_2024-2025", "medians", "BasketHistory"])
def test_a_sheet_that_is_missing_is_named(name):
    with pytest.raises(Unreadable, match=f"lacks the sheet {name.partition('_')[0]}.*: download it again"):
        itu_price_baskets.read(workbook([other for other in SHEETS if other != name]))


def test_two_sheets_of_economies_are_refused():
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book.copy_worksheet(book["economies_2024-2025"]).title = "economies_2023-2024"
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(Unreadable, match=r"two sheets of economies .*: keep one"):
        itu_price_baskets.read(saved.getvalue())


@pytest.mark.parametrize(
    ("sheet", "row", "cell", "becomes", "said"),
    [
        ("economies", 1, "Code", "Codes", "economies_2024-2025 lacks the column Code"),
        ("economies", 1, 2024, None, "has 0 columns of 2024"),
        ("economies", 1, 2024, 2025, "has 0 columns of 2024"),
        ("economies", 1, "Basket name", 2025, "has 2 columns of 2025"),
        ("medians", 3, "Group", "group", "medians lacks the column Group"),
        ("medians", 2, "Annual medians", "Medians", "no panel of years under 'Annual medians"),
        ("BasketHistory", 4, "Codes", "codes", "BasketHistory lacks the column Codes"),
    ],
)
def test_a_column_that_is_missing_is_named(sheet, row, cell, becomes, said):
    name = next(name for name in SHEETS if name.startswith(sheet))
    changed = [list(cells) for cells in SHEETS[name]]
    changed[row - 1][changed[row - 1].index(cell)] = becomes
    with pytest.raises(Unreadable, match=said):
        itu_price_baskets.read(workbook(**{sheet: changed}))


@pytest.mark.parametrize(("sheet", "lines"), [("economies", 1), ("medians", 3)])
def test_a_sheet_without_rows_is_refused(sheet, lines):
    name = next(name for name in SHEETS if name.startswith(sheet))
    with pytest.raises(Unreadable, match=f"the sheet {name} has a header and no rows"):
        itu_price_baskets.read(workbook(**{sheet: [*SHEETS[name][:lines], [], ["Source: ITU"]]}))


def test_the_catalogue_has_an_indicator_for_each_basket_in_each_unit():
    meanings = crosswalk("itu-price-baskets")
    assert {code for code, _ in meanings} == set(itu_price_baskets._CODES)
    units = {"_GNI": "% of monthly GNI per capita", "_PPP": "PPP$ a month", "$": "US$ a month"}
    for (code, _), meaning in meanings.items():
        assert indicators()[meaning.indicator].unit == next(unit for ending, unit in units.items() if code.endswith(ending))


def test_prices_become_observations_to_a_hundredth(rows):
    """3 was 3.00 before a spreadsheet dropped the trailing zeros: it stands for [2.995, 3.005]."""
    sound = rows[(rows["value"] != "") & (rows["problem"] == "")]
    found, refused = observations(sound, source=sources()["itu-price-baskets"], vintage="2025-12-02", published="2025-12-02", snapshot="a")
    fixed = found.set_index(["indicator", "area", "year"]).loc[("price_fixed_broadband_basket", "MLI", 2024)]
    assert fixed[["value", "lower", "upper", "unit"]].tolist() == [3, 2.995, 3.005, "% of monthly GNI per capita"]
    dollars = found.set_index(["indicator", "area", "year"]).loc[("price_fixed_broadband_basket_5gb_usd", "MLI", 2025)]
    assert dollars[["value", "lower", "upper", "unit"]].tolist() == [12.5, 12.495, 12.505, "US$ a month"]
    assert not refused["reason"].str.contains("catalogue").any()


@dataclass(frozen=True)
class Facts:
    """What was counted in a whole workbook: in the small one by hand, in the genuine one with a spreadsheet."""

    first_year: int
    economies: int
    codes: int
    prices: int
    experimental: int
    #: How many years back each of the other panels of medians goes.
    panels: tuple[int, ...]
    medians: int
    medians_refused: int
    lines_of_medians: int


# Fixed broadband has 39 prices (three of 42 are NA), low usage and 1.5 GB have 7 each, 2 GB has 32 and 5 GB 12, each in three units.
SMALL = Facts(2020, 7, 15, 3 * (39 + 7 + 7 + 32 + 12), 5, (2, 4), 15, 7, 2)
GENUINE = Facts(2008, 221, 45, 41_853, 16, (2, 4, 5), 5_473, 2_115, 675)


@dataclass(frozen=True)
class Whole:
    """A whole workbook: its bytes, as read by us, its sheets as another library reads them, and what was counted in it."""

    content: bytes
    rows: pd.DataFrame
    sheets: dict[str, list]
    facts: Facts

    @property
    def economies(self) -> str:
        return f"economies_{self.facts.first_year}-2025"

    @property
    def annual(self) -> range:
        return range(self.facts.first_year, 2026)


@pytest.fixture(
    scope="module",
    params=[pytest.param(None, id="small"), genuine_only("itu-datahub/ITU_ICTPriceBaskets_2008-2025.xlsx")],
)
def whole(request) -> Whole:
    content, facts = (request.param.read_bytes(), GENUINE) if request.param else (price_workbook(), SMALL)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheets = {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}
    return Whole(content, itu_price_baskets.read(content), sheets, facts)


def test_every_cell_of_the_economies_is_read(whole):
    header, *lines = whole.sheets[whole.economies]
    expected = [
        (number, line[0], line[2], line[4], str(year), "" if cell == "NA" else str(cell))
        for number, line in enumerate(lines, start=2)
        for year, cell in zip(header[10:], line[10:], strict=True)
    ]
    read = whole.rows[whole.rows["row_number"] < 100_000]
    assert len(expected) == whole.facts.economies * whole.facts.codes * len(whole.annual)
    assert list(zip(*(read[name] for name in ("row_number", "area", "series", "unit", "year", "value")), strict=True)) == expected
    assert (read["value"] != "").sum() == whole.facts.prices
    assert set(read["problem"]) == {""}


def test_every_experimental_year_of_the_history_is_flagged_and_no_other(whole):
    header, *lines = whole.sheets["BasketHistory"][3:]
    flagged = {
        (row[3].removesuffix("*"), str(year))
        for row in itertools.takewhile(lambda row: row[3], lines)
        for year, mark in zip(header[4:], row[4:], strict=True)
        if mark == "exp"
    }
    assert len(flagged) == whole.facts.experimental
    baskets = whole.rows["series"].str.replace(r"(_GNI|_PPP|\$)$", "", regex=True)
    reported = whole.rows["note"].str.contains("experimental")
    assert set(zip(baskets[reported], whole.rows["year"][reported], strict=True)) == flagged
    assert [pair in flagged for pair in zip(baskets, whole.rows["year"], strict=True)] == reported.tolist()


def test_every_cell_of_the_medians_is_read_and_only_the_annual_panel_is_sound(whole):
    lines = whole.sheets["medians"][3:]
    matched = [year for back in whole.facts.panels for year in range(2026 - back, 2026)]
    years = [*whole.annual, *matched]
    read = whole.rows[whole.rows["row_number"] > 100_000]
    expected = [
        (100_000 + number, line[3], line[0], line[1], str(year), "" if cell == "NA" else str(cell))
        for number, line in enumerate(lines, start=4)
        for year, cell in zip(years, [cell for cell in line[4:] if cell is not None], strict=True)
    ]
    assert list(zip(*(read[name] for name in ("row_number", "area", "series", "unit", "year", "value")), strict=True)) == expected
    panel = [place % len(years) for place in range(len(read))]
    stated = read["value"] != ""
    assert (read["problem"] == "").tolist() == [place < len(whole.annual) or not has for place, has in zip(panel, stated, strict=True)]
    assert stated.sum() == whole.facts.medians
    assert (read["problem"] != "").sum() == whole.facts.medians_refused
    yearly = read["note"].str.contains("Not to be used for year-on-year comparison").sum()
    assert yearly == whole.facts.lines_of_medians * len(whole.annual)


def test_a_whole_workbook_tells_its_day_and_gives_its_rows_back(whole):
    assert itu_price_baskets.recognises(whole.content)
    assert itu_price_baskets.published(whole.content) == "2025-12-02"
    lines = whole.sheets[whole.economies]
    numbers = random.Random(1).sample(range(2, len(lines) + 1), 50)
    header = [str(name) for name in lines[0]]
    for number, row in itu_price_baskets.original_rows(whole.content, numbers).items():
        cells = [str(cell) for cell in lines[number - 1]]
        assert json.loads(row) == {"sheet": whole.economies, "row": number} | dict(zip(header, cells, strict=True))
