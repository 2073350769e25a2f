"""The colours of the charts, by what they say, on a light and on a dark ground.

Marks keep a contrast of 3 to their ground and words one of 4.5 (WCAG 2.2), and the colours that tell series apart stay apart for readers
with any of the three kinds of colour blindness. Charts are drawn in `LIGHT`; since no two of its colours are the same, a chart is put on
the dark ground by taking each colour for its counterpart, without being drawn again.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb, lower case, no two the same."""

    ground: str
    ink: str  #: titles, labels of areas, values
    quiet: str  #: subtitles, source lines, notes; also what is only context
    muted: str  #: axes, edges of tiles, editions of before
    faint: str  #: joins between two marks, ticks
    grid: str
    rule: str  #: between paragraphs
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
    green_words: str
    sky_words: str
    amber_words: str
    #: Five classes from little to much, in an order that grey print keeps; on a dark ground little is dark.
    classes: tuple[str, str, str, str, str]
    on_little: str  #: words on the first three classes
    on_much: str  #: words on the last two

    @property
    def series(self) -> tuple[str, ...]:
        """The colours that tell one series from another."""
        return (self.quiet, self.amber, self.green, self.orange, self.purple, self.sky, self.blue)

    def for_words(self, colour: str) -> str:
        """Return the colour in which words stand beside a mark of this colour."""
        return {self.green: self.green_words, self.sky: self.sky_words, self.amber: self.amber_words, self.muted: self.quiet}.get(
            colour, colour
        )

    def counterparts(self, other: Palette) -> dict[str, str]:
        """Return for each colour the one that says the same in the other palette."""
        return dict(zip(self._all(), other._all(), strict=True))

    def _all(self) -> list[str]:
        """Return every colour, in the order of the fields."""
        values = dataclasses.astuple(self)
        return [colour for value in values for colour in (value if isinstance(value, tuple) else (value,))]


LIGHT = Palette(
    ground="#ffffff", ink="#262626", quiet="#5e5e5e", muted="#8c8c8c", faint="#b3b3b3", grid="#dedede", rule="#d0d0d0", band="#d5e3ee",
    edge="#7391a8", absent="#f0f0f0", hatch="#b4b4b4",
    blue="#0060af", orange="#c04714", green="#578b75", sky="#1595f0", amber="#b58b4f", purple="#78356c",
    green_words="#3f6f5b", sky_words="#0c6db5", amber_words="#7f5e2b",
    classes=("#ffffcc", "#9cd8b4", "#41b6c4", "#2474ac", "#253494"), on_little="#242424", on_much="#fefefe",
)  # fmt: skip

DARK = Palette(
    ground="#14191e", ink="#ececee", quiet="#a9abb1", muted="#7d8088", faint="#5f626a", grid="#2f3138", rule="#3a3d45", band="#27394a",
    edge="#6f93b0", absent="#22242a", hatch="#565962",
    blue="#64b7ff", orange="#ff6a33", green="#00856d", sky="#cdf8ff", amber="#f1d681", purple="#b36fab",
    green_words="#35b497", sky_words="#ccf7fe", amber_words="#f0d580",
    classes=("#252a5a", "#2c5590", "#2a7d92", "#62cdb0", "#eef8b8"), on_little="#fbfbfb", on_much="#141414",
)  # fmt: skip

#: Upper ends of the classes of a share, percent; a value at an end belongs to the class above, 100 to the last.
SHARE_CLASSES = (20, 40, 60, 80, 100)
#: Colour and shape of each verdict.
VERDICT_LOOKS = {
    "supported": (LIGHT.blue, "o"),
    "narrowly supported": (LIGHT.sky, "D"),
    "not supported": (LIGHT.orange, "X"),
    "revised since": (LIGHT.purple, "^"),
    "undetermined": (LIGHT.quiet, "s"),
    "not measurable": (LIGHT.muted, "_"),
}
