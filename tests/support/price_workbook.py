"""A sound workbook of price baskets in ITU's layout: seven economies, six years, invented prices.

The names of sheets and columns, the history with its marks, `NA`, the merged title of the medians and their panels stand as in ITU's own.
"""

import io
from datetime import date

import openpyxl

from tests.support import publishers

YEARS = [*range(2020, 2026)]

#: Percent of monthly GNI per capita by basket, economy and year, 2020 to 2025; None is printed as NA. Two economies are of high income
#: (CHE, NOR), one of upper middle (BRA), two of lower middle (IND, KEN) and two of low income (MLI, UGA).
PRICES = {
    "i154_FBB5": {
        "CHE": [0.9, 0.8, 0.8, 0.8, 0.7, 0.7],
        "NOR": [0.7, 0.7, 0.6, 0.6, 0.5, 0.5],
        "BRA": [2.4, 2.2, 2.0, 2.0, 1.9, 2],
        "KEN": [16, 15, 14, 13, 12.5, 12],
        "IND": [3.1, 3, 2.8, None, 2.5, 2.4],
        "MLI": [40, 38, 35, 30, 28, 26],
        "UGA": [None, None, 33, 32, 30, 29],
    },
    "i154_MobLow": {
        "CHE": [None, None, None, None, 0.3, None],
        "NOR": [None, None, None, None, 0.2, None],
        "BRA": [None, None, None, None, 1, None],
        "KEN": [None, None, None, None, 2.2, None],
        "IND": [None, None, None, None, 0.9, None],
        "MLI": [None, None, None, None, 6, None],
        "UGA": [None, None, None, None, 5, None],
    },
    "i271mb_1GB5": {
        "CHE": [0.4, None, None, None, None, None],
        "NOR": [0.4, None, None, None, None, None],
        "BRA": [1.8, None, None, None, None, None],
        "KEN": [2.6, None, None, None, None, None],
        "IND": [2.1, None, None, None, None, None],
        "MLI": [11, None, None, None, None, None],
        "UGA": [10, None, None, None, None, None],
    },
    "i271mb_2GB": {
        "CHE": [None, 0.3, 0.3, 0.2, 0.2, 0.2],
        "NOR": [None, 0.3, 0.3, 0.3, 0.3, 0.3],
        "BRA": [None, 1.6, 1.5, 1.2, 1.1, 1.1],
        "KEN": [None, 2.1, 2, 1.9, 1.8, 1.8],
        "IND": [None, 1.3, 1.2, 1.1, None, None],
        "MLI": [None, 9, 8.5, 8, 7.5, 7.25],
        "UGA": [None, 8, 7.5, None, 7, 7],
    },
    "i271mb_5GB": {
        "CHE": [None, None, None, None, 0.3, 0.2],
        "NOR": [None, None, None, None, 0.4, 0.4],
        "BRA": [None, None, None, None, 1.2, 1],
        "KEN": [None, None, None, None, 3.2, 3],
        "IND": [None, None, None, None, None, 1.8],
        "MLI": [None, None, None, None, 6.8, 6.6],
        "UGA": [None, None, None, None, None, 7],
    },
}
BASKETS = {
    "i154_FBB5": "Fixed-broadband Internet basket (5GB)",
    "i154_MobLow": "Mobile-cellular\xa0basket – low usage",
    "i271mb_1GB5": "Data-only mobile broadband 1.5 GB",
    "i271mb_2GB": "Data-only mobile broadband 2GB",
    "i271mb_5GB": "Data-only mobile broadband 5GB",
}
HISTORY = {
    "i154_FBB5": ["x", "x", "x", "x", "x", "x"],
    "i154_MobLow": ["x", "x", "x", "x", "x", None],
    "i271mb_1GB5": ["x", None, None, None, None, None],
    "i271mb_2GB": [None, "x", "x", "x", "x", "exp"],
    "i271mb_5GB": [None, "exp", "exp", "exp", "exp", "x"],
}
NAMES = {"CHE": "Switzerland", "NOR": "Norway", "BRA": "Brazil", "KEN": "Kenya", "IND": "India", "MLI": "Mali", "UGA": "Uganda"}
REGIONS = {"CHE": "Europe", "NOR": "Europe", "BRA": "The Americas", "IND": "Asia & Pacific"}
PANELS = {"last 2 years": YEARS[-2:], "last 4 years": YEARS[-4:]}


def cells(values: list) -> list:
    """Print missing values as the workbook does."""
    return ["NA" if value is None else value for value in values]


def price_workbook() -> bytes:
    """Return the workbook as Excel saves it."""
    economies: list[list] = [
        ["IsoCode", "Economy", "Code", "Basket name", "Unit", "ITURegion", "LDC", "LLDC", "SIDS", "Income_2025", *YEARS]
    ]
    for area, name in NAMES.items():
        for basket, title in BASKETS.items():
            for ending, unit, times in (("_GNI", "GNIpc", 1), ("_PPP", "PPP", 8), ("$", "USD", 4)):
                values = [None if value is None else round(value * times, 2) for value in PRICES[basket][area]]
                row = [area, name, basket + ending, title, unit, REGIONS.get(area, "Africa"), 0, 0, 0, "Income", *cells(values)]
                economies.append(row)
    titles: list = [None] * 4 + ["Annual medians for all economies. Not to be used for year-on-year comparison"] + [None] * (len(YEARS) - 1)
    years: list = ["Code", "Unit", "Grouping", "Group", *YEARS]
    for panel, held in PANELS.items():
        titles += [None, None, f"Medians based on economies with data available for the {panel}"] + [None] * (len(held) - 1)
        years += [None, None, *held]
    medians = [
        [],
        titles,
        years,
        # Of all prices of fixed broadband in each year; of the seven economies with both of the last two; of the six with the last four.
        [*("i154_FBB5_GNI", "GNIpc", "World", "World"), 2.75, 2.6, 2.8, 7.5, 2.5, 2.4, None, None, 2.5, 2.4, None, None, 8, "NA", 7.2, 7],
        [*("i271mb_5GB$", "USD", "ITURegion", "Europe"), *["NA"] * 4, 1.4, 1.2, None, None, 1.4, 1.2, None, None, *["NA"] * 4],
    ]
    history = [
        [],
        [None, "Table for mapping historical price baskets"],
        [],
        [None, "Basket name (generic)", "Basket name", "Codes", *YEARS],
        *([None, None, BASKETS[basket], f"{basket}*", *marks] for basket, marks in HISTORY.items()),
        [],
        [None, None, None, "Note: replace * by _GNIpc, _PPP or $"],
        [None, None, None, None, "x", "Data available"],
        [None, None, None, None, "exp", "Data from experimental data collection"],
    ]
    sheets = {
        "Overview": [[], [None, "ICT Price Baskets, invented"], [None, "Release date:", date(2025, 12, 2)]],
        "BasketHistory": history,
        f"economies_{YEARS[0]}-{YEARS[-1]}": economies,
        "medians": medians,
        "GNI_denominator": [[], ["Economy", "Monthly GNI per capita", "Notes", "Source"], ["Mali", 4711.5, None, "World Bank WDI"]],
    }
    book = openpyxl.load_workbook(io.BytesIO(publishers.workbook(sheets)))
    book["medians"].merge_cells(start_row=2, end_row=2, start_column=5, end_column=4 + len(YEARS))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
