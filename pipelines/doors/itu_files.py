"""Files as ITU sends them: told from the pages that come in their place, opened within limits, and tried with their reader."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.doors.session import ERROR_BODY, Answer, Judgement, SourceUnusable, shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from indicators.readers import Published

#: The first bytes of a zip, and so of a workbook.
ZIP = b"PK"
# What zipfile raises of a zip that is not as it should be.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
_CHALLENGES = (b"challenge", b"captcha", b"just a moment", b"are you a robot", b"access denied", b"request rejected")


def judge_challenge(status: int, body: bytes) -> Judgement | None:
    """Judge a page that stands before the data to keep programs out: that is closed, whatever its status; 202 is such a page's own."""
    text = body[:ERROR_BODY].removeprefix(b"\xef\xbb\xbf").strip().lower()
    is_page = text.startswith(b"<")
    if (status == 202 and (is_page or not text)) or (is_page and any(word in text for word in _CHALLENGES)):
        return Judgement("closed", f"HTTP {status} with a page that keeps programs out")
    return None


def published_in(content: bytes, answer: Answer, layouts: Collection[str]) -> Published:
    """Return what the reader of one of these layouts finds in a file.

    Raises:
        SourceUnusable: The file cannot be read, or is of another layout.
    """
    from indicators import readers

    try:
        published = readers.read(content)
    except readers.Unreadable as error:
        raise SourceUnusable(f"{shown(answer.url)}: {error}") from error
    if published.layout not in layouts:
        raise SourceUnusable(f"{shown(answer.url)}: a file of the layout {published.layout} came; check the address, it may have changed")
    return published


def csv_of(answer: Answer, most: int) -> bytes:
    """Return the CSV of an answer, which is a zip with one CSV, or the CSV itself.

    Raises:
        SourceUnusable: A zip that is damaged, holds no CSV, several or another zip, or unpacks to more than `most` bytes.
    """
    if not answer.content.startswith(ZIP):
        return answer.content
    with _opened(answer, most) as archive:
        tables = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(tables) != 1:
            raise SourceUnusable(
                f"{shown(answer.url)}: a zip with {len(tables)} CSV files came, where one is expected; ask for a single series"
            )
        content = archive.read(tables[0])
    if content.startswith(ZIP):
        raise SourceUnusable(f"{shown(answer.url)}: a zip within a zip came; check the address, the API may have changed")
    return content


def require_workbook(answer: Answer, most: int) -> None:
    """Require that an answer is a whole Excel workbook.

    Raises:
        SourceUnusable: It is none, or damaged, or unpacks to more than `most` bytes.
    """
    with _opened(answer, most) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise SourceUnusable(f"{shown(answer.url)}: a zip came that is no Excel workbook; check the address")
        if damaged := archive.testzip():
            raise SourceUnusable(f"{shown(answer.url)}: a workbook came whose {damaged} is damaged; ask again later")


@contextmanager
def _opened(answer: Answer, most: int) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose members together unpack to at most `most` bytes; zipfile gives out no more of each than it announces."""
    try:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > most:
                raise SourceUnusable(f"{shown(answer.url)}: a zip that unpacks to {size} bytes, more than the {most} we take; ask for less")
            yield archive
    except _DAMAGE as error:
        raise SourceUnusable(f"{shown(answer.url)}: a zip that is damaged, cut off or locked ({error}); ask again later") from error
