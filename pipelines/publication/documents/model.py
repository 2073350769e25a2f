"""The parts of a document, without any markup: a page, a brief in Markdown, in HTML and as PDF are written from the same parts.

A brief is an excerpt of a page. The parts say for themselves what an excerpt keeps: a block and a column whether they belong to it, a row
how much it matters, a span what it says where room is scarce.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pipelines.publication.drawings.line_chart import LineChart, Sparkline
from pipelines.publication.drawings.strip_chart import PeerStrip
from pipelines.publication.rows.vintages import Vintage


class Tone(StrEnum):
    """How words are emphasised, or not."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    SMALL = "small"
    #: A word of a vocabulary with a look of its own, such as the status of a target.
    STATUS = "status"


@dataclass(frozen=True)
class Span:
    """Some words of a sentence or cell.

    Attributes:
        text: The words.
        tone: How they are emphasised.
        link: The address they lead to, from the folder of the publication; a self-contained form leaves it out.
        hint: What the words mean, shown when a reader asks for it.
        short: The words of an excerpt in their place; None: the same.
    """

    text: str
    tone: Tone = Tone.PLAIN
    link: str = ""
    hint: str = ""
    short: str | None = None


Words = tuple[Span | Sparkline, ...]


@dataclass(frozen=True)
class Paragraph:
    """One or more sentences; a note is set smaller than the text."""

    words: Words
    is_note: bool = False
    in_brief: bool = True
    made_from: frozenset[Vintage] = frozenset()


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    #: The number that the row is about.
    MAIN_NUMBER = "main number"

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers."""
        return self is not Kind.TEXT


@dataclass(frozen=True)
class Column:
    """A column: its heading, what its cells are, and its share of the width that is left; 0: as wide as its cells."""

    heading: str
    kind: Kind = Kind.TEXT
    share: float = 0
    in_brief: bool = True
    is_unbroken: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its cells, the vintages it is made from, and its priority in an excerpt, 0 first; None: an excerpt leaves it out."""

    cells: tuple[Words, ...]
    made_from: frozenset[Vintage] = frozenset()
    priority: int | None = 0


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        name: Its name in the document.
        caption: What it shows.
        columns: Its columns.
        rows: Its rows, each with a cell a column.
        counted_as: What a row is, as one and as many: "figure", "figures".
        in_brief: Whether a brief has it.
        in_page: Whether the page has it.
        is_short: Whether it has two narrow columns, so that a phone has room for it as it is.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    counted_as: tuple[str, str] = ("row", "rows")
    in_brief: bool = True
    in_page: bool = True
    is_short: bool = False


@dataclass(frozen=True)
class Drawing:
    """A drawing: what it shows in words, its caption, and the same as a table if it has one."""

    picture: LineChart | PeerStrip
    alt: str
    caption: Words
    table: Table | None = None
    in_brief: bool = True
    made_from: frozenset[Vintage] = frozenset()


Block = Paragraph | Table | Drawing


@dataclass(frozen=True)
class Section:
    """A section: its name in the document, its title, and its blocks in order."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Card:
    """A number at the head of a page, with the words about it."""

    number: str
    words: str
    beside: str = ""


@dataclass(frozen=True)
class Document:
    """The document of one area.

    Attributes:
        code: The code of the area.
        title: Its name.
        kind: What it is: an economy of these groups, a group of so many economies.
        finding: The main finding, a sentence each; the first one is emphasised.
        cards: Numbers at the head of a page.
        sections: The sections in order.
        warning: What a reader has to know first; empty for most.
        series: The series of documents it belongs to.
        foot: The line at the foot of each page.
        language: ISO 639 code.
        direction: Direction of the writing: `ltr` or `rtl`.
    """

    code: str
    title: str
    kind: Words
    finding: tuple[str, ...]
    cards: tuple[Card, ...]
    sections: tuple[Section, ...]
    finding_from: frozenset[Vintage] = frozenset()
    warning: str = ""
    series: str = "Digital-divide indicators: follow-up of the figures of A/RES/80/173"
    foot: str = ""
    language: str = field(default="en", kw_only=True)
    direction: str = field(default="ltr", kw_only=True)

    @property
    def made_from(self) -> frozenset[Vintage]:
        """The vintages of all its figures."""
        vintages = set(self.finding_from)
        for block in (block for section in self.sections for block in section.blocks):
            if isinstance(block, Table):
                vintages |= {vintage for row in block.rows for vintage in row.made_from}
            else:
                vintages |= block.made_from
        return frozenset(vintages)

    def section(self, name: str) -> Section | None:
        """Return the section of a name, if the document has it."""
        return next((section for section in self.sections if section.name == name), None)


def words(*parts: str | Span | Sparkline | None) -> Words:
    """Return words from texts and spans; None is left out."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts if part is not None)


def plain(parts: Words) -> str:
    """Return words as text alone."""
    return "".join(part.text for part in parts if isinstance(part, Span))
