"""Files as ITU sends them: told from the pages that come in their place, taken out of their zip, and tried with their reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.ingest.connectors import Fetched
from pipelines.ingest.connectors.session import ERROR_BODY, Answer, Judgement, SourceUnusable, shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from indicators.readers import Published

_CHALLENGES = (b"challenge", b"captcha", b"just a moment", b"are you a robot", b"access denied", b"request rejected")


def judge_challenge(status: int, body: bytes) -> Judgement | None:
    """Judge a page that stands before the data to keep programs out: that is closed, whatever its status; 202 is such a page's own."""
    text = body[:ERROR_BODY].removeprefix(b"\xef\xbb\xbf").strip().lower()
    is_page = text.startswith(b"<")
    if (status == 202 and (is_page or not text)) or (is_page and any(word in text for word in _CHALLENGES)):
        return Judgement("closed", f"HTTP {status} with a page that keeps programs out")
    return None


def fetched(answer: Answer, file: str, layouts: Collection[str], largest: int) -> tuple[Fetched, Published]:
    """Return what to store of an answer, dated as the file says, and what the reader of one of these layouts finds in it.

    Args:
        answer: A file, or a zip with one.
        file: The name to store it under.
        layouts: Those it may have.
        largest: Bytes that it may unpack to.

    Raises:
        SourceUnusable: It cannot be read, or is of another layout.
    """
    from indicators import readers

    try:
        content = readers.unwrap(answer.content, largest)
        published = readers.read(content)
    except readers.Unreadable as error:
        raise SourceUnusable(f"{shown(answer.url)}: {error}") from error
    if published.layout not in layouts:
        raise SourceUnusable(f"{shown(answer.url)}: a file of the layout {published.layout} came; check the address, it may have changed")
    rows = len(published.rows) + published.without_value
    return Fetched(content, vintage=published.dated, published=published.dated, url=answer.url, file=file, rows=rows), published
