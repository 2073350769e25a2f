"""The colours of the charts, named by their use, on a light and on a dark ground.

Marks keep a contrast of 3 to their ground and text one of 4.5 (WCAG 2.2). The colours of different series stay distinct for readers with
any of the three kinds of colour blindness. Charts are drawn in `LIGHT`; since no two of its colours are the same, replacing each with its
counterpart puts a chart on the dark ground without drawing it again.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from indicators.contracts.vocabulary import Verdict
from indicators.conventions import wholes


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb, lower case, no two the same."""

    ground: str
    ink: str  #: titles, labels of areas, values
    quiet: str  #: subtitles, source lines, notes, context
    muted: str  #: axes, edges of tiles, earlier editions
    faint: str  #: joins between two marks, ticks
    grid: str
    rule: str  #: lines between paragraphs
    band: str  #: intervals and bounds
    edge: str  #: ends of an interval
    absent: str  #: tiles without data
    hatch: str
    blue: str
    orange: str
    green: str
    sky: str
    amber: str
    purple: str
    green_text: str
    sky_text: str
    amber_text: str
    #: Five classes from low to high, in an order that grey print keeps; on a dark ground low is dark.
    classes: tuple[str, str, str, str, str]
    on_low: str  #: text on the first three classes
    on_high: str  #: text on the last two

    @property
    def series(self) -> tuple[str, ...]:
        """The colours that distinguish series."""
        return (self.quiet, self.amber, self.green, self.orange, self.purple, self.sky, self.blue)

    def for_text(self, colour: str) -> str:
        """Return the colour for text next to a mark of this colour."""
        return {self.green: self.green_text, self.sky: self.sky_text, self.amber: self.amber_text, self.muted: self.quiet}.get(
            colour, colour
        )

    def counterparts(self, other: Palette) -> dict[str, str]:
        """Return for each colour the one with the same use in the other palette."""
        return dict(zip(self._all(), other._all(), strict=True))

    def _all(self) -> list[str]:
        """Return every colour, in the order of the fields."""
        values = dataclasses.astuple(self)
        return [colour for value in values for colour in (value if isinstance(value, tuple) else (value,))]


LIGHT = Palette(
    ground="#ffffff", ink="#262626", quiet="#5e5e5e", muted="#8c8c8c", faint="#b3b3b3", grid="#dedede", rule="#d0d0d0", band="#d5e3ee",
    edge="#7391a8", absent="#f0f0f0", hatch="#b4b4b4",
    blue="#0060af", orange="#c04714", green="#578b75", sky="#1595f0", amber="#b58b4f", purple="#78356c",
    green_text="#3f6f5b", sky_text="#0c6db5", amber_text="#7f5e2b",
    classes=("#ffffcc", "#9cd8b4", "#41b6c4", "#2474ac", "#253494"), on_low="#242424", on_high="#fefefe",
)  # fmt: skip

DARK = Palette(
    ground="#14191e", ink="#ececee", quiet="#a9abb1", muted="#7d8088", faint="#5f626a", grid="#2f3138", rule="#3a3d45", band="#27394a",
    edge="#6f93b0", absent="#22242a", hatch="#565962",
    blue="#64b7ff", orange="#ff6a33", green="#00856d", sky="#cdf8ff", amber="#f1d681", purple="#b36fab",
    green_text="#35b497", sky_text="#ccf7fe", amber_text="#f0d580",
    classes=("#252a5a", "#2c5590", "#2a7d92", "#62cdb0", "#eef8b8"), on_low="#fbfbfb", on_high="#141414",
)  # fmt: skip

#: Upper ends of the classes of a share, percent; a value at an end belongs to the class above, 100 to the last.
SHARE_CLASSES = wholes("share_classes")
#: Colour and shape of each verdict.
VERDICT_LOOKS: dict[str, tuple[str, str]] = {
    Verdict.SUPPORTED: (LIGHT.blue, "o"),
    Verdict.NARROWLY_SUPPORTED: (LIGHT.sky, "D"),
    Verdict.NOT_SUPPORTED: (LIGHT.orange, "X"),
    Verdict.REVISED_SINCE: (LIGHT.purple, "^"),
    Verdict.UNDETERMINED: (LIGHT.quiet, "s"),
    Verdict.NOT_MEASURABLE: (LIGHT.muted, "_"),
}
