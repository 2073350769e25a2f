"""What a chart promises: the same bytes, the numbers it shows and no others, words that follow the data, nothing missing drawn as zero."""

import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest
from PIL import Image

from indicators import charts
from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from tests.support.paths import PROJECT

WDI, FACTS = "world-bank-wdi", "itu-facts-and-figures"
INTERNET = charts.INTERNET_USE


def table(name, rows, checked=True):
    frame = conform(name, pd.DataFrame(rows))
    assert not checked or contract_problems(name, frame).empty, contract_problems(name, frame).to_string()
    return frame


GROUPS = table(
    "groups",
    [
        {"group_name": name, "scheme": scheme, "title": title, "has_members": True}
        for name, scheme, title in (
            ("world", "world", "World"),
            ("high-income", "income", "High-income economies"),
            ("low-income", "income", "Low-income economies"),
            ("itu-africa", "itu region", "Africa (ITU region)"),
        )
    ],
)


def aggregate(group, year, value, coverage=0.9, rule="interpolate and carry", **more):
    publishable = "published" if coverage >= 2 / 3 else "indicative" if coverage >= 1 / 2 else "not published"
    return {
        "scheme": "world", "group_name": group, "membership": "latest", "indicator": INTERNET, "year": year, "sex": "all",
        "locality": "all", "age": "all", "rule": rule, "value": value, "lower": 10.0, "upper": 95.0, "coverage": coverage,
        "n_reporting": 3, "n_filled": 1, "n_members": 4, "publishable": publishable, "population": 100.0, "source": WDI,
        "vintage": "2031-07-01",
    } | more  # fmt: skip


def observation(area, year, value, half=0.05, vintage="2031-07-01", source=WDI, **more):
    return {
        "indicator": INTERNET, "area": area, "area_kind": "economy" if area.isupper() else "group", "year": year, "sex": "all",
        "locality": "all", "age": "all", "value": value, "lower": value - half, "upper": value + half, "unit": "%", "printed": str(value),
        "nature": "unknown", "source": source, "vintage": vintage, "published": vintage, "seen_in": "publisher", "snapshot": "a/b/c",
        "row_number": 1, "licence": "CC BY 4.0", "vintages_to_choose_from": 1, "sources_to_choose_from": 1,
        "chosen_because": "the only one",
    } | more  # fmt: skip


def gap(divide, a, b, value_a, value_b, year, vintage, area="world", half=0.5, **more):
    return {
        "divide": divide, "indicator": INTERNET, "area": area, "among": "all", "year": year, "basis": "published", "side_a": a, "side_b": b,
        "value_a": value_a, "value_b": value_b, "difference": value_a - value_b, "difference_lower": value_a - value_b - 2 * half,
        "difference_upper": value_a - value_b + 2 * half, "ratio": value_a / value_b, "parity": value_b / value_a,
        "ratio_lower": (value_a - half) / (value_b + half), "ratio_upper": (value_a + half) / (value_b - half),
        "publishable": "published", "source": FACTS, "vintage": vintage,
    } | more  # fmt: skip


@cache
def over_time(world=60.0):
    rows = [
        aggregate("world", 2028, 55.0),
        aggregate("world", 2029, world),
        aggregate("high-income", 2029, 91.0, scheme="income"),
        aggregate("low-income", 2028, 20.0, coverage=0.55, scheme="income"),
        aggregate("low-income", 2029, 22.0, coverage=0.3, scheme="income"),
        aggregate("itu-africa", 2029, 35.0, scheme="itu region"),
        aggregate("world", 2029, 3.0, coverage=0.01, vintage="2031-08-01"),
    ]
    dots = [
        observation("world", 2030, 61.3, source=FACTS, vintage="2030"),
        observation("world", 2028, 60.0, 0.5, source=FACTS, vintage="2030"),
    ]
    return charts.internet_use_over_time(table("aggregates", rows), _observations(dots), GROUPS)


def _observations(rows):
    return table("observations", rows)


@cache
def by_income(newest=24.0):
    rows = [
        gap("income", "high-income", "low-income", 94.0, newest, 2030, "2030", half=0.05),
        gap("income", "high-income", "low-income", 92.0, 23.0, 2028, "2030", half=0.05),
        gap("income", "high-income", "low-income", 93.0, 27.0, 2029, "2029"),
        gap("income", "high-income", "low-income", 93.0, 26.0, 2029, "2031-07-01", source=WDI),
    ]
    return charts.gap_by_income(table("gaps", rows), GROUPS)


@cache
def by_sex(women=71.0):
    rows = [
        gap("sex", "male", "female", 77.0, women, 2030, "2030"),
        gap("sex", "male", "female", 29.0, 18.0, 2030, "2030", area="low-income"),
        gap("sex", "male", "female", 70.0, 65.0, 2029, "2029"),
        gap("sex", "male", "female", 50.0, 40.0, 2030, "2030", area="KEN"),
        gap("sex", "male", "female", 60.0, 50.0, 2030, "2030", among="rural"),
    ]
    return charts.gap_by_sex(table("gaps", rows), GROUPS)


@cache
def by_locality(rural=58.2):
    rows = [
        gap("locality", "urban", "rural", 85.4, rural, 2030, "2030", half=0.05),
        gap("locality", "urban", "rural", 54.7, 20.9, 2030, "2030", area="itu-africa", half=0.05),
        gap("locality", "urban", "rural", 50.7, 19.9, 2029, "2030", area="itu-africa", half=0.05),
        gap("locality", "urban", "rural", 50.0, 10.0, 2029, "2029", area="low-income"),
    ]
    return charts.gap_by_locality(table("gaps", rows), GROUPS)


def _claim(name, paragraph, lower, upper, interval, unit="%"):
    return {
        "claim": name, "resolution": "A/RES/80/173", "adopted": "2025-12-17", "paragraph": paragraph,
        "statement": f"Statement {name} of the text.", "wording": "words", "figure": lower,
        "lower": lower, "upper": upper, "interval": interval, "unit": unit, "measure": "value", "indicator": INTERNET, "area": "world",
        "year": 2030, "sex": "all", "locality": "all", "age": "all", "source": FACTS, "vintage_of_record": "2030", "reviewed": "supported",
    }  # fmt: skip


def _verdict(name, moment, value, verdict, basis="published", vintage="2030", year=2030):
    return {
        "claim": name, "moment": moment, "basis": basis, "source": FACTS, "vintage": vintage, "year": year, "value": value,
        "lower": None if value is None else value - 0.5, "upper": None if value is None else value + 0.5,
        "verdict": verdict, "explanation": "because",
    }  # fmt: skip


@cache
def verdicts(now="supported"):
    claims = [
        _claim("late", 22, 70.5, 71.5, "[70.5, 71.5]"),
        _claim("early", 16, 4.0, None, "(4, inf)", unit="ratio"),
        _claim("silent", 20, 15.0, 16.0, "(15, 16)"),
    ]
    found = [
        _verdict("late", "at adoption", 71.0, "supported"),
        _verdict("late", "now", 71.2, now, vintage="2031"),
        _verdict("late", "history", 65.0, "not supported", vintage="2029", year=2029),
        _verdict("late", "at adoption", 55.5, "not supported", basis="computed"),
        _verdict("early", "at adoption", 3.0, "not supported"),
        _verdict("silent", "at adoption", None, "not measurable"),
    ]
    return charts.verdicts_of_the_resolution(table("claims", claims), table("verdicts", found))


@cache
def by_economy(kenya=30.0):
    rows = [
        observation("KEN", 2030, kenya), observation("FRA", 2030, 90.0, nature="estimate"), observation("BRA", 2030, 80.0),
        observation("BRA", 2029, 79.0), observation("ERI", 2024, 19.0),
    ]  # fmt: skip
    economies = table("economies", [{"iso3": "KEN", "name": "Kenya"}, {"iso3": "ERI", "name": "Eritrea"}])
    return charts.internet_use_by_economy(table("current_observations", rows), economies)


@cache
def by_vintage(later=69.2):
    rows = [
        observation("world", 2028, 60.0, vintage="2029-10-01"),
        observation("world", 2019, 31.0, vintage="2029-10-01"),
        observation("world", 2029, 65.4, vintage="2029-10-01"),
        observation("world", 2029, later, vintage="2030-04-01"),
        observation("world", 2029, 66.0, half=0.5, source=FACTS, vintage="2029"),
    ]
    return charts.world_figure_by_vintage(_observations(rows))


@cache
def rules(renormalised=40.0):
    rows = []
    for group, values, coverage in (
        ("world", (60.0, 61.0), 0.9),
        ("itu-africa", (35.0, renormalised), 0.6),
        ("low-income", (20.0, 20.5), 0.8),
    ):
        carried, of_reporting = values
        rows += [
            aggregate(group, 2029, carried, coverage),
            aggregate(group, 2029, of_reporting, coverage, rule="renormalised"),
            aggregate(group, 2029, None, coverage, rule="hard bounds"),
        ]
    rows.append(aggregate("world", 2030, 70.0, coverage=0.2))
    return charts.three_rules(table("aggregates", rows), GROUPS)


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
MORE_GROUPS = table(
    "groups",
    [
        *GROUPS.to_dict("records"),
        {"group_name": "itu-europe", "scheme": "itu region", "title": "Europe (ITU region)", "has_members": True},
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


@cache
def within_regions(somalia=20.0):
    values = {"KEN": (30.0, 40.0), "SOM": (None, somalia), "FRA": (88.0, 90.0), "DEU": (91.0, 93.0)}
    rows = [
        observation(iso3, year, value)
        for iso3, pair in values.items()
        for year, value in zip((2028, 2029), pair, strict=True)
        if value is not None
    ]
    rows.append(observation("KEN", 2029, 99.0, vintage="2031-09-01"))
    whole = [
        aggregate("world", 2029, 60.0),
        aggregate("itu-africa", 2029, 30.0, scheme="itu region"),
        aggregate("itu-europe", 2029, 92.0, scheme="itu region"),
    ]
    return charts.internet_use_within_regions(table("aggregates", whole), _observations(rows), ECONOMIES, MORE_GROUPS)


def _distance(area, value, behind, least=None, **more):
    return {
        "indicator": INTERNET, "area": area, "area_kind": "group", "year": 2029, "sex": "all", "locality": "all", "age": "all",
        "basis": "computed", "benchmark": "high-income", "value": value, "benchmark_year": None if behind is None else 2029 - behind,
        "years_behind": behind, "lower": least if behind is None else behind, "upper": behind, "source": WDI, "vintage": "2031-07-01",
    } | more  # fmt: skip


@cache
def behind(world=9.5):
    rows = [
        _distance("world", 60.0, world),
        _distance("itu-africa", 30.0, None, least=20.0),
        _distance("itu-europe", 92.0, None),
        _distance("low-income", 35.0, 18.0),
        _distance("low-income", 33.0, 17.0, year=2028),
        _distance("low-income", 33.0, 3.0, basis="published"),
        _distance("low-income", 33.0, 3.0, benchmark="world"),
        _distance("KEN", 40.0, 16.0, area_kind="economy"),
    ]
    return charts.years_behind_in_internet_use(table("time_distance", rows), MORE_GROUPS)


def _projection(area, model, horizon, value, half, **more):
    return {
        "indicator": INTERNET, "area": area, "area_kind": "group", "sex": "all", "locality": "all", "age": "all", "model": model,
        "year": 2029 + horizon, "horizon": horizon, "value": value, "lower": None if half is None else value - half,
        "upper": None if half is None else value + half, "interval_coverage": 0.8, "backtest_error": 2.0, "persistence_error": 5.0,
        "line_error": 3.0, "areas_tested": 40.0, "forecasts_tested": 400.0, "beats_no_change": model != "no change", "is_shown": True,
        "last_value": 60.0, "last_year": 2029, "first_year": 2020, "n_values": 10, "source": WDI, "vintage": "2031-07-01",
    } | more  # fmt: skip


@cache
def fans(world=66.0):
    rows = [
        _projection("world", "logistic", 1, 62.0, 3.0),
        _projection("world", "logistic", 2, world, 6.0, newest_year=2030.0, newest_value=61.3, newest_source=FACTS, newest_vintage="2030"),
        _projection("world", "linear in logit", 1, 63.0, 3.0, backtest_error=2.5),
        _projection("world", "linear in logit", 2, 68.0, 6.0, backtest_error=4.5),
        _projection("world", "no change", 1, 60.0, 4.0),
        _projection("world", "no change", 2, 60.0, 8.0),
        _projection("low-income", "logistic", 2, 30.0, 8.0, beats_no_change=False, is_shown=False),
    ]
    past = [observation("world", year, value) for year, value in ((2026, 50.0), (2028, 57.0), (2029, 60.0))]
    return charts.internet_use_projected(table("projections", rows), _observations(past), GROUPS)


@cache
def by_edition(now="supported"):
    claims = [
        _claim("late", 22, 70.5, 71.5, "[70.5, 71.5]"),
        _claim("lone", 20, 15.0, 16.0, "(15, 16)"),
        _claim("early", 16, 4.0, None, "(4, inf)", unit="ratio"),
    ]
    found = [
        _verdict("late", "at adoption", 71.0, now),
        _verdict("late", "now", 71.0, now),
        _verdict("late", "history", 65.0, "not supported", vintage="2029", year=2029),
        _verdict("late", "history", 64.0, "not supported", vintage="2031-07-01") | {"source": WDI},
        _verdict("late", "at adoption", 55.5, "not supported", basis="computed"),
        _verdict("lone", "at adoption", 15.5, "supported"),
        _verdict("early", "at adoption", 4.5, "supported"),
        _verdict("early", "history", 5.0, "supported", vintage="2029", year=2029),
    ]
    return charts.claims_over_vintages(table("claims", claims), table("verdicts", found))


def _gap(iso3, last_year=None, indicator=INTERNET, rank=1, **more):
    known = last_year is not None
    age = 2029 - last_year if known else None
    return {
        "rank": rank, "rank_in_indicator": rank, "indicator": indicator, "iso3": iso3, "sex": "all", "locality": "all", "age": "all",
        "reference_year": 2029, "last_year": last_year, "last_value": 20.0 if known else None, "age_years": age,
        "nature": "unknown" if known else None, "bounds_shrink_by": 1.0, "groups": "", "plausible_lower": 0.0, "plausible_upper": 100.0,
        "source": WDI if known else None, "vintage": "2031-07-01" if known else None,
    } | more  # fmt: skip


@cache
def unknown(*others):
    rows = [_gap("SOM", 2024), _gap("KEN"), *map(_gap, others), *(_gap(iso3, sex="female") for iso3 in ("KEN", "SOM", "FRA", "DEU"))]
    titles = table("indicators", [{"indicator": INTERNET, "title": "Individuals using the Internet"}], checked=False)
    # France and Germany have a value of the year, and are no gaps; of women nobody has any.
    held = table("current_observations", [observation(area, 2029, 90.0) for area in ("FRA", "DEU")])
    return charts.data_gaps_by_group(table("data_gaps", rows), held, MEMBERS, MORE_GROUPS, titles)


@cache
def prices(kenya=6.0):
    basket = "price_fixed_broadband_basket"
    values = {"KEN": (2030, kenya), "SOM": (2030, 0.05), "FRA": (2030, 1.0), "DEU": (2029, 1.0)}
    rows = [
        observation(
            iso3, year, value, indicator=basket, unit="% of monthly GNI per capita", source="itu-price-baskets", vintage="2031-12-02"
        )
        for iso3, (year, value) in values.items()
    ]
    return charts.price_against_income(table("current_observations", rows), MEMBERS, MORE_GROUPS, ECONOMIES)


ALL = [
    *(over_time, within_regions, by_income, by_sex, by_locality, verdicts, by_edition, by_economy, by_vintage, behind, fans),
    *(prices, unknown, rules),
]
ANOTHER = {
    over_time: 64.0, by_income: 29.0, by_sex: 73.0, by_locality: 62.0, verdicts: "revised since", by_economy: 60.0, by_vintage: 67.1,
    rules: 44.0, within_regions: 3.0, behind: 4.0, fans: 70.0, by_edition: "not supported", prices: 1.5, unknown: "FRA",
}  # fmt: skip


@pytest.mark.parametrize("draw", ALL)
def test_two_drawings_of_the_same_data_are_the_same_bytes(draw):
    first, second = draw(), draw.__wrapped__()
    assert charts.render(first, "png") == charts.render(second, "png")
    assert charts.render(first, "svg") == charts.render(first, "svg") == charts.render(second, "svg")


@pytest.mark.parametrize("draw", ALL)
def test_the_title_follows_the_data_and_the_alt_text_tells_it(draw):
    chart, other = draw(), draw(ANOTHER[draw])
    assert chart.title != other.title
    assert chart.title in chart.alt
    assert other.title in other.alt


@pytest.mark.parametrize("draw", ALL)
def test_an_svg_holds_its_words_as_text_and_names_its_source(draw):
    chart = draw()
    picture = charts.render(chart, "svg").decode()
    assert chart.title.split()[0] in picture
    assert ">Source: " in picture
    assert "<dc:date>" not in picture
    assert "vintage" in chart.source


@pytest.mark.parametrize("draw", ALL)
def test_an_svg_tells_a_screen_reader_what_it_shows_and_loads_nothing(draw):
    chart = draw()
    picture = charts.render(chart, "svg")
    root = ElementTree.fromstring(picture)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert [named[name] for name in root.get("aria-labelledby").split()] == [chart.title, chart.alt]
    assert b"<!DOCTYPE" not in picture
    assert not re.search(rb'(href|src)="(?!#)', picture)
    assert "".join(root.itertext()).count(chart.alt) == 2  # once as description, once in the metadata


@pytest.mark.parametrize("draw", ALL)
def test_on_the_dark_ground_only_the_colours_change(draw):
    chart = draw()
    picture = charts.render(chart, "svg")
    dark = charts.darkened(picture)
    colour = re.compile(rb"#[0-9a-f]{6}\b")
    used, anew = (set(map(bytes.decode, colour.findall(of))) for of in (picture, dark))
    there = charts.LIGHT.counterparts(charts.DARK)
    assert used <= set(there), "a chart takes its colours from the palette"
    assert anew == {there[name] for name in used}
    assert colour.sub(b"", dark) == colour.sub(b"", picture)
    assert charts.render(chart, "svg", palette=charts.DARK) == dark


def test_a_dark_png_is_drawn_in_the_dark_colours_and_leaves_the_figure_light():
    chart = by_sex.__wrapped__()
    before = charts.render(chart, "png")
    dark = Image.open(io.BytesIO(charts.render(chart, "png", palette=charts.DARK)))
    there = charts.LIGHT.counterparts(charts.DARK)
    assert "#{:02x}{:02x}{:02x}".format(*dark.getpixel((0, 0))) == charts.DARK.ground
    shown = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in dark.getcolors(1 << 24)}
    assert {there[charts.LIGHT.blue], there[charts.LIGHT.orange], there[charts.LIGHT.ink]} <= shown
    assert not {charts.LIGHT.blue, charts.LIGHT.ground} & shown
    assert charts.render(chart, "png") == before


@pytest.mark.parametrize("form", ["png", "svg"])
def test_another_process_makes_the_same_bytes(form):
    code = "import sys, test_charts as t; sys.stdout.buffer.write(t.charts.render(t.by_sex(), sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", code, form],
        cwd=Path(__file__).parent,
        env={"PATH": "", "PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "SOURCE_DATE_EPOCH": "1"},
        capture_output=True,
        check=True,
    )
    assert made.stdout == charts.render(by_sex(), form)


@pytest.mark.parametrize("draw", ALL)
def test_a_png_is_sharp_enough_for_print_and_its_preview_is_light(draw):
    chart = draw()
    png = charts.render(chart, "png")
    picture = Image.open(io.BytesIO(png))
    assert picture.size[0] == charts.WIDTH * 300
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    picture.load()
    assert picture.text["Title"] == chart.title
    assert picture.text["Description"] == chart.alt
    assert len(charts.preview(png)) < 30_000


def test_a_chart_is_png_or_svg_and_nothing_else():
    with pytest.raises(ValueError, match="png or svg"):
        charts.render(rules(), "pdf")


def test_the_settings_of_the_caller_do_not_show():
    plain = charts.render(rules(), "png")
    with matplotlib.rc_context({"font.size": 20, "axes.facecolor": "red", "lines.linewidth": 9}):
        assert charts.render(rules.__wrapped__(), "png") == plain


def test_a_year_with_too_little_coverage_keeps_its_bounds_and_has_no_line():
    low = over_time().data.query("group_name == 'low-income' and series == 'computed'").set_index("year")
    assert low.loc[2028, "value"] == 20.0
    assert pd.isna(low.loc[2029, "value"])
    assert (low.loc[2029, "lower"], low.loc[2029, "upper"]) == (10.0, 95.0)


def test_only_published_figures_with_one_decimal_are_dots():
    dots = over_time().data.query("series == 'published'")
    assert dots[["year", "value"]].to_numpy().tolist() == [[2030, 61.3]]


def test_the_headline_is_of_the_newest_year_that_may_be_published():
    assert over_time().title.startswith("By our estimate 60 per cent of the world’s people used the Internet in 2029")
    # The 2030 figure of the world stands on a fifth of its people.
    assert set(rules().data["year"]) == {2029}


def test_a_newer_vintage_of_a_few_economies_does_not_empty_the_chart():
    assert set(over_time().data.query("series == 'computed'")["vintage"]) == {"2031-07-01"}


def test_lines_and_points_stand_where_the_twin_says():
    chart = over_time()
    of_world = chart.data.query("group_name == 'world' and series == 'computed'")
    drawn = [list(line.get_ydata()) for axes in chart.figure.axes for line in axes.lines]
    assert of_world["value"].tolist() in drawn


def test_editions_stand_apart_and_a_change_is_told_within_one_only():
    chart = by_income()
    assert chart.data["block"].tolist() == ["Edition 2030", "Edition 2030", "Edition 2029"]
    # 92 - 23 = 69 points in 2028 and 94 - 24 = 70 in 2030, both of edition 2030; the 66 of edition 2029 is not part of it.
    assert "since 2028 the gap widened, from 69.0 points to 70.0, as the ratio went from 4.00 to 3.92" in chart.title  # 92 / 23, 94 / 24
    assert not any(len(line.get_xdata()) > 2 for axes in chart.figure.axes for line in axes.lines)


def test_gaps_of_economies_of_a_part_of_the_people_and_of_copies_stay_out():
    assert by_sex().data[["area", "year", "value_b"]].to_numpy().tolist() == [
        ["world", 2030, 71.0],
        ["low-income", 2030, 18.0],
        ["world", 2029, 65.0],
    ]


def test_a_change_within_rounding_is_no_change():
    assert "hardly changed" in by_income(newest=25.05).title


def test_each_area_shows_its_newest_year_of_the_newest_edition():
    chart = by_locality()
    assert chart.data[["area", "year", "vintage"]].to_numpy().tolist() == [["world", 2030, "2030"], ["itu-africa", 2030, "2030"]]
    assert "widest in Africa: 33.8 points" in chart.title


def test_statements_stand_in_the_order_of_their_paragraphs_and_a_computed_figure_only_stands_in():
    data = verdicts().data
    assert data["paragraph"].drop_duplicates().tolist() == [16, 20, 22]
    assert data.query("claim == 'late' and moment == 'at adoption'")["value"].tolist() == [71.0]
    assert data.query("claim == 'late' and moment == 'history'")["value"].tolist() == [65.0]


def test_a_statement_without_evidence_keeps_its_row_and_has_no_value():
    silent = verdicts().data.query("claim == 'silent'")
    assert silent["verdict"].tolist() == ["not measurable"]
    assert silent["value"].isna().all()
    assert (
        verdicts().title == "1 of 3 statements of the resolution was supported by the figures available to its drafters, 1 was not, "
        "1 could not be determined"
    )


def test_every_economy_of_the_world_has_a_tile_and_no_two_share_one():
    tiles = charts.tile_grid()
    memberships = pd.read_csv(PROJECT / "indicators" / "registries" / "memberships.csv", keep_default_na=False)
    assert sorted(tiles["iso3"]) == sorted(set(memberships.query("scheme == 'world'")["iso3"]))
    assert not tiles.duplicated(["column", "row"]).any()
    assert (tiles[["column", "row"]].min() == 1).all()


def test_an_economy_without_data_is_hatched_and_never_zero():
    chart = by_economy()
    data = chart.data.set_index("iso3")
    assert data["value"].notna().sum() == 4
    assert pd.isna(data.loc["NRU", "value"])
    known, absent = chart.figure.axes[0].collections
    assert (len(known.get_paths()), len(absent.get_paths())) == (4, len(data) - 4)
    assert absent.get_hatch()


def test_an_older_value_carries_its_year_and_stays_out_of_the_headline():
    chart = by_economy()
    # Three of four economies have 2030, and that is more than two thirds; Eritrea's value is of 2024.
    assert chart.data.query("older")["iso3"].tolist() == ["ERI"]
    assert "’24" in [text.get_text() for text in chart.figure.axes[0].texts]
    assert chart.title.startswith("In 1 of 3 economies with a value for 2030 or later")


def test_an_estimate_is_set_in_italics():
    chart = by_economy()
    assert [text.get_text() for text in chart.figure.axes[0].texts if text.get_fontstyle() == "italic"] == ["FRA"]
    assert "Codes in italics: estimates." in chart.subtitle
    assert "For 3 economies the source does not say whether the value is an estimate." in chart.source


def test_a_move_between_vintages_is_counted_only_beyond_rounding():
    # 65.4 is at most 65.45, 69.2 at least 69.15: whatever was rounded, the year moved by 3.7 points.
    assert "for 2029 by at least 3.7 points: from 65.4 to 69.2 per cent" in by_vintage().title


def test_stray_early_years_do_not_stretch_the_scale():
    assert by_vintage().data["year"].tolist() == [2029, 2028, 2029, 2029]


def test_groups_come_by_how_much_the_rules_differ_after_the_world():
    data = rules().data
    assert data["group_name"].tolist() == ["world", "itu-africa", "low-income"]
    assert data["apart"].tolist() == [1.0, 5.0, 0.5]
    assert rules().title == "The treatment of missing data moves the 2029 figure of Africa by 5.0 points, and the world figure by 1.0"


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.internet_use_over_time(conform("aggregates", pd.DataFrame()), conform("observations", pd.DataFrame()), GROUPS),
        lambda: charts.gap_by_income(conform("gaps", pd.DataFrame()), GROUPS),
        lambda: charts.gap_by_sex(conform("gaps", pd.DataFrame()), GROUPS),
        lambda: charts.gap_by_locality(conform("gaps", pd.DataFrame()), GROUPS),
        lambda: charts.verdicts_of_the_resolution(conform("claims", pd.DataFrame()), conform("verdicts", pd.DataFrame())),
        lambda: charts.internet_use_by_economy(conform("current_observations", pd.DataFrame()), conform("economies", pd.DataFrame())),
        lambda: charts.world_figure_by_vintage(conform("observations", pd.DataFrame())),
        lambda: charts.three_rules(conform("aggregates", pd.DataFrame()), GROUPS),
        lambda: charts.internet_use_within_regions(
            conform("aggregates", pd.DataFrame()), conform("observations", pd.DataFrame()), ECONOMIES, GROUPS
        ),
        lambda: charts.claims_over_vintages(conform("claims", pd.DataFrame()), conform("verdicts", pd.DataFrame())),
        lambda: charts.years_behind_in_internet_use(conform("time_distance", pd.DataFrame()), GROUPS),
        lambda: charts.internet_use_projected(conform("projections", pd.DataFrame()), conform("observations", pd.DataFrame()), GROUPS),
        lambda: charts.price_against_income(conform("current_observations", pd.DataFrame()), MEMBERS, GROUPS, ECONOMIES),
        lambda: charts.data_gaps_by_group(
            conform("data_gaps", pd.DataFrame()),
            conform("current_observations", pd.DataFrame()),
            MEMBERS,
            GROUPS,
            conform("indicators", pd.DataFrame()),
        ),
    ],
)
def test_without_data_a_chart_says_in_one_line_what_is_missing(draw):
    with pytest.raises(ValueError, match="no data") as caught:
        draw()
    assert "\n" not in str(caught.value)


def test_the_spread_of_a_region_is_told_within_one_vintage():
    chart = within_regions()
    # Kenya's 99 is of another vintage. Africa: 40 - 20 = 20 points; Europe: 93 - 90 = 3.
    assert (
        chart.title
        == "Within Africa, Internet use ranges from 20 per cent in Somalia to 40 in Kenya (2029): the widest spread of the two regions"
    )
    assert set(chart.data["vintage"]) == {"2031-07-01"}
    assert chart.data.query("iso3 == 'SOM'")["year"].tolist() == [2029]
    assert chart.data.query("iso3.isna() and region == 'Africa'")["value"].tolist() == [30.0]


def test_a_line_of_an_economy_does_not_bridge_a_year_it_lacks():
    thin = within_regions().figure.axes[0].collections[0]
    # Somalia has one of the two years: a path with a hole, and a point.
    assert sorted(pd.isna(path.vertices).any() for path in thin.get_paths()) == [False, True]
    assert [20.0] in [list(line.get_ydata()) for line in within_regions().figure.axes[0].lines]


def test_years_behind_are_of_groups_computed_here_in_the_newest_year_and_at_least_is_said():
    data = behind().data
    assert data[["area", "lower", "at_least"]].to_numpy().tolist() == [
        ["itu-africa", 20.0, True],
        ["low-income", 18.0, False],
        ["world", 9.5, False],
    ]
    assert behind().title == "In Internet use, Africa is more than 20 years behind high-income economies; the world is 9.5 years behind"
    assert "over 20" in [text.get_text() for text in behind().figure.axes[0].texts]


def test_a_fan_is_of_the_model_that_missed_by_least_and_its_back_test_is_told():
    chart = fans()
    assert set(chart.data["series"]) == {"published", "logistic", "no change", "newest elsewhere"}
    # What another source has since is shown, with its edition, and not projected from.
    newest = chart.data.query("series == 'newest elsewhere'")
    assert newest[["year", "value", "source", "vintage"]].to_numpy().tolist() == [[2030, 61.3, FACTS, "2030"]]
    assert "Ring: the newest figure from another source" in chart.subtitle
    assert set(chart.data["area"]) == {"world"}, "a model that does not beat no change is not shown"
    assert chart.title.endswith("would use the Internet in 2031, up from 60 in 2029; the range is 60 to 72")
    assert "in 400 forecasts for 40 economies, 2 years ahead, the mean error was 2 points for the model (logistic)" in chart.subtitle
    assert "5 points for “no change”" in chart.subtitle


def test_a_year_without_a_value_breaks_the_line_of_the_past():
    past = next(line for line in fans().figure.axes[0].lines if len(line.get_xdata()) == 4)
    assert [value for value in past.get_ydata() if value == value] == [50.0, 57.0, 60.0]  # 2027 is missing


def test_each_edition_says_one_thing_of_a_statement_and_one_edition_alone_is_no_history():
    chart = by_edition()
    assert chart.data[["claim", "vintage", "value"]].to_numpy().tolist() == [
        ["early", "2029", 5.0],
        ["early", "2030", 4.5],
        ["late", "2029", 65.0],
        ["late", "2030", 71.0],
    ]
    # Late: 65 was not supported, 71 is; early: both are.
    assert chart.title == "By the newest edition, 2 of 2 statements of the resolution hold; by the edition before, 1 did"


def test_gaps_are_counted_among_the_economies_of_the_world():
    data = unknown().data.groupby(["label", "group_name"])["economies"].sum()
    assert data["Individuals using the Internet", "world"] == 2
    assert data["Individuals using the Internet, women", "itu-europe"] == 2
    # The third low-income member is not on the world's list.
    assert set(unknown().data.query("group_name == 'low-income'")["members"]) == {2}
    never = unknown().data.query("label == 'Individuals using the Internet' and group_name == 'world' and gap == 'no value'")
    assert never["economies"].tolist() == [1]
    assert unknown().title.startswith("For 1 of 2 series we hold no economy’s value")


def test_a_series_of_which_no_value_is_held_is_named_below_the_map_instead_of_filling_a_row():
    def words(chart):
        return [text.get_text() for axes in chart.figure.axes for text in axes.texts], [text.get_text() for text in chart.figure.texts]

    rows, beside = words(unknown())
    assert "Individuals using the Internet" in rows
    assert "Individuals using the Internet, women" not in rows
    assert "No value for any economy: Individuals using the Internet, women." in beside
    # It has the numbers of the row all the same: they are told, and stand in the table beside the picture.
    assert "Individuals using the Internet, women" in set(unknown().data["label"])


def test_a_price_at_the_line_is_affordable_and_an_older_one_is_left_out():
    chart = prices(kenya=2.0)
    # Germany's price is of 2029; three of four economies have 2030.
    assert chart.data["area"].tolist() == ["FRA", "SOM", "KEN"]
    assert chart.data["affordable"].all()
    assert (
        chart.title
        == "Fixed broadband (5 GB) costs at most 2 per cent of income in 3 of 3 economies in 2030, and in 2 of 2 low-income ones"
    )
    assert "in 1 of 2 low-income ones" in prices(kenya=2.01).title
    assert "Prices below 0.1 are drawn at 0.1." in chart.subtitle


def test_inputs_are_not_changed():
    rows = table(
        "aggregates",
        [
            aggregate("world", 2029, 60.0),
            aggregate("world", 2029, 61.0, rule="renormalised"),
            aggregate("world", 2029, None, rule="hard bounds"),
        ],
    )
    before = rows.copy()
    charts.three_rules(rows, GROUPS)
    pd.testing.assert_frame_equal(rows, before)
