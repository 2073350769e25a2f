"""The numbers of the small drawings, worked by hand, and the markup that is made of them."""

import re
from dataclasses import replace

import pytest

from pipelines.publication.drawings import svg
from pipelines.publication.drawings.line_chart import LineChart, Series, line_chart, sparkline
from pipelines.publication.drawings.scale import Point
from pipelines.publication.drawings.strip_chart import groups, peer_strip, strip_chart
from pipelines.publication.drawings.verdict_history_chart import verdict_history_chart
from pipelines.publication.rows.figures import Figure
from pipelines.publication.rows.registries import Indicator
from pipelines.publication.rows.resolution import Claim, Verdict

PERCENT = Indicator("use", "Internet use", "%", "", None, "higher", None, 100.0, None, None, None)
PEOPLE = replace(PERCENT, unit="people", ceiling=None)


def figure(area, year, value, nature="unknown"):
    return Figure(
        "world-bank-wdi", "2025-10", "all", "all", "all", "use", area, "economy", year, value, "%", None, nature, year, None, None
    )


# ---- lines


def test_a_line_runs_from_zero_at_the_bottom_to_the_ceiling_at_the_top():
    """The field is 371 wide from 54 and 224 high from 14: 2000 to 2010 and 0 to 100 per cent."""
    chart = line_chart([Series("Own", "own", [(2000, 0.0), (2010, 100.0)])], title="T", description="D")
    assert [stroke.points for stroke in chart.strokes] == [(Point(54, 238),), (Point(425, 14),)]
    assert [(level.at, level.text) for level in chart.levels] == [(238, "0"), (182, "25"), (126, "50"), (70, "75"), (14, "100")]
    assert [(year.at, year.text) for year in chart.years] == [(54, "2000"), (239.5, "2005"), (425, "2010")]
    (end,) = chart.ends
    assert (end.dot, end.text_y, end.text) == (Point(425, 14), 18, "100.0 Own")


def test_a_line_breaks_where_a_year_is_missing():
    chart = line_chart([Series("A", "own", [(2000, 10.0), (2001, 20.0), (2004, 30.0)])], title="T", description="D")
    assert [len(stroke.points) for stroke in chart.strokes] == [2, 1]
    drawn = svg.render(chart)
    assert re.findall(r'class="line own" d="(M[^"]*)"', drawn) == ["M54.0 215.6L146.8 193.2", "M425.0 170.8h0"]


def test_a_newer_figure_stands_apart_from_its_line():
    chart = line_chart([Series("A", "own", [(2000, 10.0), (2001, 20.0)], newer=(2004, 50.0))], title="T", description="D")
    assert [len(stroke.points) for stroke in chart.strokes] == [2]
    assert chart.ends[0].dot == Point(425, 126)


def test_labels_that_would_cover_each_other_are_moved_apart():
    lines = [Series(label, "own", [(2000, 0.0), (2001, value)]) for label, value in (("A", 50.0), ("B", 49.0), ("C", 0.0))]
    chart = line_chart(lines, title="T", description="D")
    assert [(end.text, round(end.text_y, 1)) for end in chart.ends] == [("50.0 A", 130.0), ("49.0 B", 151.0), ("0.0 C", 242.0)]


def test_nothing_is_drawn_from_nothing():
    assert line_chart([], title="T", description="D") is None
    assert line_chart([Series("A", "own", [])], title="T", description="D") is None
    assert sparkline([(2000, 1.0)]) is None
    assert sparkline([(2000, 0.0), (2001, 0.0)]) is None
    assert strip_chart(PERCENT, [], {}) is None


def test_a_sparkline_fills_its_cell():
    spark = sparkline([(2000, 5.0), (2001, 10.0), (2003, 0.0)])
    assert spark.strokes == ((Point(1, 10), Point(27, 1)), (Point(79, 19),))
    assert 'd="M1 10L27 1M79 19h0"' in svg.render(spark)


def test_a_text_is_escaped_and_a_style_sheet_travels_with_a_drawing_that_stands_alone():
    chart = line_chart([Series("<A>", "own", [(2000, 1.0), (2001, 2.0)])], title='"T" & T', description="D")
    drawn = svg.render(chart, ".line { fill: none; }")
    assert "&lt;A&gt;" in drawn
    assert "&#34;T&#34; &amp; T" in drawn
    assert drawn.startswith('<svg class="lines"')
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawn
    assert "<style>.line { fill: none; }</style>" in drawn


# ---- strips


def test_a_median_is_of_the_recent_values_alone_and_each_economy_counts_once():
    """Of 10, 20 and 60 the middle one is 20; 90, eleven years before the newest, is drawn hollow and not counted. One is no median."""
    economies = [figure("A", 2024, 10.0), figure("B", 2022, 20.0), figure("C", 2024, 60.0), figure("D", 2013, 90.0), figure("E", 2024, 5.0)]
    by_income = groups(economies, dict.fromkeys("ABCD", "High-income economies"))
    assert [(group.title, group.median, len(group.older)) for group in by_income] == [
        ("High-income economies", 20.0, 1),
        ("In no income group", None, 0),
    ]
    chart = strip_chart(PERCENT, by_income, dict(zip("ABCDE", "ABCDE", strict=True)))
    assert chart.label == "Internet use, a dot an economy. High-income economies: median 20.0 of 3; In no income group: 1 recent value."
    assert [[dot.look for dot in row.dots] for row in chart.rows] == [["dot", "dot", "dot", "dot older"], ["dot"]]
    assert chart.rows[0].dots[0].text == "A: 10.0 (2024)"
    assert chart.height == 2 * 62 + 30
    drawn = svg.render(chart)
    assert drawn.count('class="dot"') == 4
    assert drawn.count('class="median"') == 1


def test_a_share_lies_between_the_edges_of_its_strip():
    """The scale is 616 wide from 10: 0 at 10, 25 per cent at 164, 100 at 626."""
    chart = strip_chart(PERCENT, groups([figure("A", 2024, 25.0, nature="estimate")], {}), {"A": "Area"})
    (row,) = chart.rows
    assert (row.dots[0].at, row.dots[0].look) == (Point(164, 39), "dot estimate")
    assert [(level.at, level.anchor) for level in chart.levels] == [
        (10, "start"),
        (164, "middle"),
        (318, "middle"),
        (472, "middle"),
        (626, "end"),
    ]


def test_people_are_set_by_ratio():
    """From 100 to 10,000 equal steps stand for equal ratios: 1,000 is in the middle."""
    economies = [figure("A", 2024, 100.0), figure("B", 2024, 1000.0), figure("C", 2024, 10_000.0)]
    chart = strip_chart(PEOPLE, groups(economies, {}), dict(zip("ABC", "ABC", strict=True)))
    assert [dot.at.x for dot in chart.rows[0].dots] == pytest.approx([10, 318, 626])


def test_an_economy_is_marked_among_its_peers_only_if_it_is_one_of_them():
    peers = [figure("A", 2024, 10.0), figure("B", 2024, 20.0), figure("C", 2024, 60.0)]
    strip = peer_strip("C", peers)
    assert strip.label == "3 economies, a dot each; the median is 20.0, this economy has 60.0."
    assert (strip.own_x, strip.median_x, strip.own_anchor) == pytest.approx((379.6, 133.2, "middle"))
    assert [point.x for point in strip.dots] == pytest.approx([71.6, 133.2])
    assert peer_strip("D", peers) is None
    assert peer_strip("A", peers[:2]) is None, "two are no distribution"


# ---- verdicts over the vintages

CLAIM = Claim("c", "A/RES/80/173", 21, "2025-12-17", "Almost 85.", "almost 85", None, None, 84.0, 85.0, "[84, 85)", "%", "use")


def verdict(vintage, value, lower, upper, word):
    about = {"claim": "c", "moment": "history", "basis": "published", "published": vintage, "year": int(vintage)}
    about |= {"margin": None, "flags": None, "changed_from": None, "change": None, "explanation": "Why."}
    return Verdict("itu-facts-and-figures", vintage, value=value, lower=lower, upper=upper, verdict=word, **about)


def test_the_vintages_stand_in_their_order_over_the_band_of_the_words():
    """Values from 80 to 90 with 8 per cent of room: 79.2 to 90.8 over 166, from 16 down; 85 is at 99, 84 at 113.3."""
    verdicts = [verdict("2024", 80.0, None, None, "not supported"), verdict("2025", 90.0, 89.5, 90.0, "not supported")]
    chart = verdict_history_chart(CLAIM, verdicts)
    assert (chart.band_top, chart.band_bottom) == pytest.approx((99.0, 113.310), abs=0.001)
    first, second = chart.marks
    assert (first.x, first.y, first.bar) == pytest.approx((203.5, 170.552, None), abs=0.001)
    assert second.x == pytest.approx(486.5)
    assert second.bar == pytest.approx((27.448, 34.603), abs=0.001)
    assert (second.vintage, second.year) == ("F&F 2025", "year 2025")
    assert "The words stand for at least 84 and less than 85\u202f%. Facts and Figures 2024, 2024: 80, not supported;" in chart.label
    assert svg.render(chart).count('href="#mark-not-supported"') == 2


def test_one_vintage_is_no_history():
    assert verdict_history_chart(CLAIM, [verdict("2025", 90.0, 89.5, 90.5, "not supported")]) is None
    assert verdict_history_chart(CLAIM, [verdict("2025", None, None, None, "not measurable")] * 2) is None


def test_a_field_is_as_wide_as_its_margins_leave():
    assert LineChart.width - LineChart.left - LineChart.right == 371
