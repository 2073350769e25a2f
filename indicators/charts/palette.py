"""The colours of the charts, by what they say."""

from __future__ import annotations

BLUE, ORANGE, GREEN, SKY, AMBER, PURPLE = "#0072B2", "#D55E00", "#009E73", "#56B4E9", "#E69F00", "#CC79A7"
INK, QUIET, FAINT, BAND = "#262626", "#5e5e5e", "#b3b3b3", "#d5e3ee"
#: Light to dark, so that the order is read in grey as well (ColorBrewer YlGnBu, 5 classes).
CLASS_COLOURS = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
#: Colour and shape of each verdict.
VERDICT_LOOKS = {
    "borne out": (BLUE, "o"),
    "borne out only narrowly": (SKY, "D"),
    "not borne out": (ORANGE, "X"),
    "revised since": (PURPLE, "^"),
    "cannot tell": (QUIET, "s"),
    "not measurable": (FAINT, "_"),
}


def darker(colour: str) -> str:
    """Return the colour dark enough for small print on white."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"#{int(red * 0.72):02x}{int(green * 0.72):02x}{int(blue * 0.72):02x}"
