"""A small invented world for the tests of charts: four economies in two regions and two income groups, and a table row in one call."""

import pandas as pd

from indicators.charts.selection import INTERNET_USE
from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems

WDI, FACTS = "world-bank-wdi", "itu-facts-and-figures"
_CHECKED = {}


def table(name, rows, checked=True):
    """Return rows as a table, checked against its contract once for the same rows."""
    key = (name, repr(rows))
    if key not in _CHECKED:
        frame = conform(name, pd.DataFrame(rows))
        assert not checked or contract_problems(name, frame).empty, contract_problems(name, frame).to_string()
        _CHECKED[key] = with_ages(frame)
    return _CHECKED[key]


def with_ages(frame):
    """Return a table with the age of each vintage, as charts are given it; here the label is the date, so the last label is the newest."""
    if "vintage" not in frame:
        return frame
    newest_first = sorted(set(frame["vintage"].dropna()), reverse=True)
    return frame.assign(rank_by_age=frame["vintage"].map({vintage: place for place, vintage in enumerate(newest_first, start=1)}))


def empty(name):
    return with_ages(conform(name, pd.DataFrame()))


GROUPS = table(
    "groups",
    [
        {"group_name": name, "scheme": scheme, "title": title, "has_members": True}
        for name, scheme, title in (
            ("world", "world", "World"),
            ("high-income", "income", "High-income economies"),
            ("low-income", "income", "Low-income economies"),
            ("itu-africa", "itu region", "Africa (ITU region)"),
            ("itu-europe", "itu region", "Europe (ITU region)"),
        )
    ],
)
ECONOMIES = table(
    "economies",
    [
        {"iso3": iso3, "name": name, "itu_region": region}
        for iso3, name, region in (
            ("KEN", "Kenya", "Africa"),
            ("SOM", "Somalia", "Africa"),
            ("FRA", "France", "Europe"),
            ("DEU", "Germany", "Europe"),
        )
    ],
)
MEMBERS = table(
    "memberships",
    [
        {"scheme": scheme, "group_name": name, "iso3": iso3}
        for scheme, name, members in (
            ("world", "world", "KEN SOM FRA DEU"),
            ("itu region", "itu-africa", "KEN SOM"),
            ("itu region", "itu-europe", "FRA DEU"),
            ("income", "high-income", "FRA DEU"),
            ("income", "low-income", "KEN SOM VAT"),
        )
        for iso3 in members.split()
    ],
)


def aggregate(group, year, value, coverage=0.9, rule="interpolate and carry", **more):
    publishable = "published" if coverage >= 2 / 3 else "indicative" if coverage >= 1 / 2 else "not published"
    return {
        "scheme": "world", "group_name": group, "membership": "latest", "indicator": INTERNET_USE, "year": year, "sex": "all",
        "locality": "all", "age": "all", "rule": rule, "value": value, "lower": 10.0, "upper": 95.0, "coverage": coverage,
        "n_reporting": 3, "n_filled": 1, "n_members": 4, "publishable": publishable, "population": 100.0, "source": WDI,
        "vintage": "2031-07-01",
    } | more  # fmt: skip


def observation(area, year, value, half=0.05, vintage="2031-07-01", source=WDI, **more):
    return {
        "indicator": INTERNET_USE, "area": area, "area_kind": "economy" if area.isupper() else "group", "year": year, "sex": "all",
        "locality": "all", "age": "all", "value": value, "lower": value - half, "upper": value + half, "unit": "%", "printed": str(value),
        "nature": "unknown", "source": source, "vintage": vintage, "published": vintage, "seen_in": "publisher", "snapshot": "a/b/c",
        "row_number": 1, "licence": "CC BY 4.0", "vintages_to_choose_from": 1, "sources_to_choose_from": 1,
        "chosen_because": "the only one",
    } | more  # fmt: skip


def gap(divide, a, b, value_a, value_b, year, vintage, area="world", half=0.5, **more):
    return {
        "divide": divide, "indicator": INTERNET_USE, "area": area, "among": "all", "year": year, "basis": "published",
        "side_a": a, "side_b": b, "value_a": value_a, "value_b": value_b, "difference": value_a - value_b,
        "difference_lower": value_a - value_b - 2 * half, "difference_upper": value_a - value_b + 2 * half,
        "ratio": value_a / value_b, "parity": value_b / value_a,
        "ratio_lower": (value_a - half) / (value_b + half), "ratio_upper": (value_a + half) / (value_b - half),
        "publishable": "published", "source": FACTS, "vintage": vintage,
    } | more  # fmt: skip


def claim(name, paragraph, lower, upper, interval, unit="%"):
    return {
        "claim": name, "resolution": "A/RES/80/173", "adopted": "2025-12-17", "paragraph": paragraph,
        "statement": f"Statement {name} of the text.", "wording": "words", "figure": lower,
        "lower": lower, "upper": upper, "interval": interval, "unit": unit, "measure": "value", "indicator": INTERNET_USE,
        "area": "world", "year": 2030, "sex": "all", "locality": "all", "age": "all", "source": FACTS, "vintage_of_record": "2030",
        "reviewed": "supported",
    }  # fmt: skip


def verdict(name, moment, value, verdict, basis="published", vintage="2030", year=2030):
    return {
        "claim": name, "moment": moment, "basis": basis, "source": FACTS, "vintage": vintage, "year": year, "value": value,
        "lower": None if value is None else value - 0.5, "upper": None if value is None else value + 0.5,
        "verdict": verdict, "explanation": "because",
    }  # fmt: skip


class GapBySex:
    """The chart that the tests of layout and files draw too."""

    chart = "gap_by_sex"

    @staticmethod
    def tables(women=71.0):
        rows = [
            gap("sex", "male", "female", 77.0, women, 2030, "2030"),
            gap("sex", "male", "female", 29.0, 18.0, 2030, "2030", area="low-income"),
            gap("sex", "male", "female", 70.0, 65.0, 2029, "2029"),
            gap("sex", "male", "female", 50.0, 40.0, 2030, "2030", area="KEN"),
            gap("sex", "male", "female", 60.0, 50.0, 2030, "2030", among="rural"),
        ]
        return {"gaps": table("gaps", rows), "groups": GROUPS}


def panel_texts(chart):
    """Return all that is written inside the panels of a chart."""
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts]
