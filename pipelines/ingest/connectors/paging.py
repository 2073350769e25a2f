"""Joining the pages of one series: all rows that every page announced, from one edition, or one line that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.ingest.connectors.session import SourceUnusable


@dataclass(frozen=True)
class Page:
    """One page of an answer.

    Attributes:
        url: The address it came from.
        total: How many rows all pages have together, as this page says.
        rows: Its own rows.
        pages: How many pages there are, where the publisher says so.
        edition: What else must be the same on every page, by name.
        header: What it states besides its rows.
    """

    url: str
    total: int
    rows: list[Any]
    pages: int | None = None
    edition: Mapping[str, object] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)

    def promise(self) -> dict[str, object]:
        """Return what every page must say alike."""
        return {"total": self.total, "pages": self.pages, **self.edition}


def all_pages(ask: Callable[[int, int], Page], address: str, most: int) -> list[Page]:
    """Return the pages of one series, which together have as many rows as each of them promises.

    Args:
        ask: Returns a page, given its number, from 1, and how many rows were received before it.
        address: The series, for messages.
        most: Pages after which to stop.

    Raises:
        SourceUnusable: Rows are missing or too many, a page is empty, the promise changed from one page to the next, or there is no end.
    """
    first = ask(1, 0)
    pages, received = [first], len(first.rows)
    while pages[-1].rows and received < first.total and (first.pages is None or len(pages) < first.pages):
        if len(pages) == most:
            raise SourceUnusable(f"{address}: {received} rows of {first.total} after {most} pages, the limit; request larger pages")
        page = ask(len(pages) + 1, received)
        for name, promised in first.promise().items():
            if (now := page.promise()[name]) != promised:
                change = f"{name} changed from {promised} to {now} at page {len(pages) + 1}"
                raise SourceUnusable(f"{address}: {change}, the source was updated meanwhile; try again later")
        pages.append(page)
        received += len(page.rows)
    if not pages[-1].rows and first.total:
        raise SourceUnusable(f"{pages[-1].url}: no rows, although {first.total} are promised; try again later")
    if received != first.total:
        raise SourceUnusable(f"{address}: {received} rows received of the {first.total} announced; try again later")
    return pages


def rows_of(pages: list[Page]) -> list[Any]:
    """Return the rows of all pages."""
    return [row for page in pages for row in page.rows]


def require_once(address: str, rows: int, different: int) -> None:
    """Require that all rows differ: pages that overlap keep the number of rows right and the rows wrong.

    Raises:
        SourceUnusable: Some rows are duplicates.
    """
    if rows != different:
        raise SourceUnusable(f"{address}: {rows - different} rows are duplicates, so others are missing; try again later")
