"""Where text breaks, which way a page runs, and which numbers stand on a scale."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from indicators.charts.drawing.layout import MARGIN, WIDTH, round_ticks, text_width, wrapped
from indicators.charts.phrases import source_line
from indicators.registries.labels import labels
from tests.support.chart_checks import drawn
from tests.support.chart_world import GapBySex


def test_chinese_is_broken_between_characters_and_never_before_a_closing_mark():
    text = "使用互联网的人，占人口百分比（2024 年），按已发布数字。"
    lines = wrapped(text, 9, 0.6)
    assert len(lines) > 4
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line[0] not in "，。）" and line[-1] != "（" for line in lines)
    assert all(text_width(line, 9) <= 0.6 + 2 * 9 / 72 for line in lines)


def test_a_line_is_not_broken_at_a_no_break_space():
    assert wrapped("soit 94\u00a0% au moins", 9, 0.01) == ["soit", "94\u00a0%", "au", "moins"]


def test_arabic_letters_are_joined_and_run_from_the_right():
    # Joined letters are narrower than the same letters kept apart by a non-joiner.
    assert text_width("سسسس", 20) < text_width("\u200c".join("سسسس"), 20)
    # A tall alef, then low kashidas: the alef is the first letter, so the tall ink is at the right.
    figure = Figure(figsize=(3, 1), dpi=100)
    canvas = FigureCanvasAgg(figure)
    figure.text(0.5, 0.3, "ا" + "ـ" * 12, fontsize=30, ha="center")
    canvas.draw()
    ink = np.asarray(canvas.buffer_rgba())[:, :, 0] < 128
    tall = np.flatnonzero(ink.sum(axis=0) > 10)
    inked = np.flatnonzero(ink.any(axis=0))
    assert tall.size
    assert tall.min() > inked.mean()


def test_an_arabic_page_begins_at_the_right_and_its_rows_are_mirrored():
    english, arabic = drawn(GapBySex), drawn(GapBySex, language="ar")
    assert {text.get_horizontalalignment() for text in arabic.figure.texts} == {"right"}
    assert {text.get_position()[0] for text in arabic.figure.texts} == {1 - MARGIN / WIDTH}
    panels = [chart.figure.axes[0] for chart in (english, arabic)]
    left, right = (panel.get_position() for panel in panels)
    # What was left of the page's middle is as far right of it now, to the rounding of different labels.
    assert left.x1 < right.x1
    low, high = panels[1].get_xlim()
    assert low > high  # values grow to the left
    edition = [
        next(text for text in panel.texts if word in text.get_text()) for panel, word in zip(panels, ("Edition", "إصدار"), strict=True)
    ]
    assert [text.get_position()[0] < 0.5 for text in edition] == [True, False]


def test_dates_keep_their_order_in_arabic():
    rows = drawn(GapBySex).data.assign(vintage="2031-07-01")
    assert "\u200e2031-07-01\u200e" in source_line(rows, "", labels("ar"))
    assert "\u200e" not in source_line(rows, "", labels("fr"))


@pytest.mark.parametrize(("low", "high"), [(0.0, 7.0), (88.3, 93.9), (3.1, 4.9), (0.2, 2640.0)])
def test_ticks_are_those_of_matplotlib_within_the_scale(low, high):
    theirs = MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    assert round_ticks(low, high, 6, (1, 2, 2.5, 5)) == pytest.approx([tick for tick in theirs if low <= tick <= high])
