"""Colours stand out from their ground and from each other, also for readers who see fewer of them."""

import itertools
import re

import pytest
from coloraide import Color

from indicators.charts.drawing.palette import DARK, LIGHT, VERDICT_LOOKS

GROUNDS = {"light": LIGHT, "dark": DARK}
#: WCAG 2.2, success criteria 1.4.11 and 1.4.3.
MARKS, TEXT = 3.0, 4.5
#: Colours that differ less than this (CIEDE2000) are close to each other at a glance.
APART = 10.0
SEEN_BY = (None, "protan", "deutan", "tritan")


def contrast(one, other):
    return Color(one).contrast(other, method="wcag21")


def difference(one, other, seen_by):
    pair = [Color(colour) if seen_by is None else Color(colour).filter(seen_by) for colour in (one, other)]
    return pair[0].delta_e(pair[1], method="2000")


def test_the_measure_of_contrast_is_that_of_the_guideline():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)  # (1 + 0.05) / (0 + 0.05)


@pytest.mark.parametrize("palette", GROUNDS.values(), ids=GROUNDS)
def test_marks_stand_out_from_their_ground(palette):
    marks = {*palette.series, palette.muted, palette.edge}
    assert {colour: contrast(colour, palette.ground) for colour in marks if contrast(colour, palette.ground) < MARKS} == {}


@pytest.mark.parametrize("palette", GROUNDS.values(), ids=GROUNDS)
def test_text_can_be_read_on_its_ground(palette):
    words = {palette.ink, palette.quiet, *(palette.for_text(colour) for colour in palette.series)}
    on = [(colour, palette.ground) for colour in words]
    on += [(palette.on_low, ground) for ground in palette.classes[:3]] + [(palette.on_high, ground) for ground in palette.classes[3:]]
    on += [(palette.quiet, palette.absent), (palette.ink, palette.band)]
    assert {pair: contrast(*pair) for pair in on if contrast(*pair) < TEXT} == {}


@pytest.mark.parametrize("seen_by", SEEN_BY)
@pytest.mark.parametrize("palette", GROUNDS.values(), ids=GROUNDS)
def test_no_two_series_look_alike(palette, seen_by):
    pairs = itertools.combinations(palette.series, 2)
    assert {pair: difference(*pair, seen_by) for pair in pairs if difference(*pair, seen_by) < APART} == {}


@pytest.mark.parametrize("seen_by", SEEN_BY)
@pytest.mark.parametrize("palette", GROUNDS.values(), ids=GROUNDS)
def test_classes_keep_their_order_for_every_eye(palette, seen_by):
    light = [Color(colour).filter(seen_by).luminance() if seen_by else Color(colour).luminance() for colour in palette.classes]
    order = sorted(light, reverse=palette is LIGHT)
    assert light == order
    neighbours = itertools.pairwise(palette.classes)
    assert all(difference(*pair, seen_by) > APART for pair in neighbours)


def test_a_measure_that_is_too_small_would_be_seen():
    assert contrast("#56b4e9", LIGHT.ground) < MARKS
    assert difference("#d55e00", "#a67c00", "deutan") < APART


def test_every_colour_has_one_counterpart_and_no_two_the_same():
    there = LIGHT.counterparts(DARK)
    assert len(set(there.values())) == len(there) == len(DARK.counterparts(LIGHT))
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for pair in there.items() for colour in pair)
    assert {there[colour] for colour, _ in VERDICT_LOOKS.values()} <= set(there.values())
