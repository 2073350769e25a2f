"""Files from ITU: distinguished from the web pages sent in their place, taken out of their zip, and tried with their reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators import readers
from pipelines.ingest.connectors import Fetched
from pipelines.ingest.connectors.session import ERROR_BODY, Answer, Judgement, SourceUnusable, shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from indicators.readers import Published

_CHALLENGES = (b"challenge", b"captcha", b"just a moment", b"are you a robot", b"access denied", b"request rejected")


def judge_challenge(status: int, body: bytes) -> Judgement | None:
    """Judge a web page sent in place of the data to refuse programs: it means closed, whatever its status; 202 is typical."""
    text = body[:ERROR_BODY].removeprefix(b"\xef\xbb\xbf").strip().lower()
    is_page = text.startswith(b"<")
    if (status == 202 and (is_page or not text)) or (is_page and any(word in text for word in _CHALLENGES)):
        return Judgement("closed", f"HTTP {status} with a page that refuses programs")
    return None


def fetched(answer: Answer, file: str, layouts: Collection[str], largest: int) -> tuple[Fetched, Published]:
    """Return what to store of an answer, dated as in the file, and its rows as read by one of these layouts.

    Args:
        answer: A file, or a zip with one.
        file: The name to store it under.
        layouts: The layouts it may have.
        largest: The most bytes it may unpack to.

    Raises:
        SourceUnusable: It cannot be read, or has another layout.
    """
    try:
        content = readers.unwrap(answer.content, largest)
        published = readers.read(content)
    except readers.Unreadable as error:
        raise SourceUnusable(f"{shown(answer.url)}: {error}") from error
    if published.layout not in layouts:
        raise SourceUnusable(f"{shown(answer.url)}: a file of the layout {published.layout} was received; check the address")
    rows = len(published.rows) + published.without_value
    return Fetched(content, vintage=published.dated, published=published.dated, url=answer.url, file=file, rows=rows), published
