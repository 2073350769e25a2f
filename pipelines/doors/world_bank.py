"""The door of the World Bank's API: one whole series, all its pages joined to one document, or one line that says what came instead.

The API (version 2) has no service promise and strange ways: it answers 400 to good addresses, sends HTML or an error body with status
200, fails on large pages, and cuts pages short without a word. So an answer counts only if it proves to be whole. What its rows mean
is for `indicators/readers/world_bank_json.py`.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from pipelines.doors import Fetched
from pipelines.doors.session import Answer, Session, SourceUnusable, one_line

BASE_URL = "https://api.worldbank.org/v2"
#: Takes any series of the World Development Indicators at once (265 areas x 66 years); above about 32,500 the API answers with HTML.
ONE_BIG_PAGE = 20_000
#: The size that still works when the server fails on the big page.
SMALL_PAGE = 1_000
#: Good addresses get a 400 now and then; seconds later they do not.
ALSO_TRANSIENT = frozenset({400})

# Decimals are carried through as marked text and unmarked at the end: parsed and printed again, 67.10 would come out as 67.1.
_MARK = "\ue000"  # a character for private use, so no text has it
_MARKED_DECIMAL = re.compile(r'"\\ue000([-+0-9.eE]+)\\ue000"')


def fetch(series: str, *, session: Session, base_url: str = BASE_URL, per_page: int = ONE_BIG_PAGE) -> Fetched:
    """Return the whole series, every area and year, from one edition.

    Args:
        series: The World Bank's code, such as IT.NET.USER.ZS.
        session: The session to ask with.
        base_url: Address of the API.
        per_page: Rows asked for at a time. If the source fails on that many, pages of `SMALL_PAGE` are tried.

    Raises:
        SourceClosed: The source answered 403.
        SourceUnusable: Anything else but a whole answer about this series.
    """
    address = f"{base_url}/country/all/indicator/{quote(series, safe='')}"
    try:
        header, rows = _all_pages(session, address, per_page)
    except SourceUnusable as failure:
        if not failure.too_much or per_page <= SMALL_PAGE:
            raise
        header, rows = _all_pages(session, address, SMALL_PAGE)
    _require_one_series(address, series, rows)
    whole = header | {"page": 1, "pages": 1, "per_page": len(rows)}  # the same bytes whatever the pages were
    text = json.dumps([whole, rows], sort_keys=True, separators=(",", ":"))
    return Fetched(
        content=_MARKED_DECIMAL.sub(r"\1", text).encode("ascii"),
        vintage=header["lastupdated"],
        published=header["lastupdated"],
        url=f"{address}?format=json&per_page={per_page}",
        file=f"{series}.json",
        rows=len(rows),
    )


def _all_pages(session: Session, address: str, per_page: int) -> tuple[dict[str, Any], list[Any]]:
    """Return the header of the first page and the rows of all, as many as it promised."""
    header, rows = _page(session, address, per_page, 1)
    for number in range(2, header["pages"] + 1):
        next_header, next_rows = _page(session, address, per_page, number)
        for field in ("total", "lastupdated"):
            if next_header[field] != header[field]:
                change = f"{field} changed from {header[field]} to {next_header[field]} at page {number}"
                raise SourceUnusable(f"{address}: {change}, the source was updated meanwhile; ask again")
        rows += next_rows
        if len(rows) > header["total"]:  # do not go on for as many pages as a wrong header names
            break
    if len(rows) != header["total"]:
        raise SourceUnusable(f"{address}: {len(rows)} rows came of the {header['total']} promised; ask again later")
    return header, rows


def _page(session: Session, address: str, per_page: int, number: int) -> tuple[dict[str, Any], list[Any]]:
    """Return header and rows of one page, with at least one row."""
    query = {"format": "json", "per_page": per_page, "page": number}
    answer = session.get(address, query, also_transient=ALSO_TRANSIENT, ask_again_if=_not_json)
    header, rows = _envelope(answer)
    if header["page"] != number:
        raise SourceUnusable(f"{answer.url}: page {header['page']} came instead of page {number}; ask again later")
    if not rows:
        raise SourceUnusable(f"{answer.url}: no rows, although {header['total']} are promised; ask again later")
    return header, rows


def _not_json(content: bytes) -> str:
    """Say what came where a JSON array should be; the service does this in passing, so it is worth asking again."""
    text = content.removeprefix(b"\xef\xbb\xbf").strip()
    if text.startswith(b"["):
        return "" if text.endswith(b"]") else "the JSON was cut off"
    if not text:
        return "an empty answer came instead of JSON"
    beginning = text[:500].lower()
    if beginning.startswith(b"<?xml") and b"<html" not in beginning:
        return "XML came instead of JSON"
    if beginning.startswith(b"<"):
        return "an HTML page came instead of JSON"
    return f"{text[:40].decode(errors='replace')!r} came instead of a JSON array"


def _envelope(answer: Answer) -> tuple[dict[str, Any], list[Any]]:
    """Return the two parts of an answer, [header, rows]; no rows where the second is null."""
    try:
        document = json.loads(
            answer.content.decode("utf-8-sig"), parse_float=lambda number: f"{_MARK}{number}{_MARK}", parse_constant=_refuse
        )
    except (ValueError, RecursionError) as error:
        raise SourceUnusable(f"{answer.url}: not valid JSON ({error}); ask again later") from error
    match document:
        case [{"message": message}, *_]:
            raise SourceUnusable(f"{answer.url}: refused by the source ({_in_words(message)}); check the code of the series")
        case [{"total": 0}, *_]:
            raise SourceUnusable(f"{answer.url}: the series has no rows; check its code")
        case [
            {"page": int(), "pages": int(), "total": int(), "lastupdated": str(day)} as header,
            list() | None as rows,
        ] if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
            return header, rows or []
    raise SourceUnusable(f"{answer.url}: JSON of another form than [header, rows]; the API may have changed")


def _require_one_series(address: str, series: str, rows: list[Any]) -> None:
    """Require that every row speaks of `series`, and none of the same area and year as another.

    Pages that overlap keep the number of rows right and the rows wrong.
    """
    try:
        keys = {(row["indicator"]["id"], row["country"]["id"], row["date"]) for row in rows}
    except (KeyError, TypeError) as error:
        raise SourceUnusable(f"{address}: a row without indicator, country or date; the API may have changed") from error
    others = {code for code, _, _ in keys} - {series}
    if others:
        raise SourceUnusable(f"{address}: rows of another series came, {min(map(str, others))}; check the code of the series")
    if len(keys) != len(rows):
        raise SourceUnusable(f"{address}: {len(rows) - len(keys)} rows came twice, so others are missing; ask again later")


def _in_words(message: Any) -> str:
    """Return the API's error message, a list of {id, key, value}, on one line."""
    match message:
        case [{"id": code, "key": key, "value": value}, *_]:
            return one_line(f"{code} {key}: {value}")
    return one_line(str(message))


def _refuse(constant: str) -> None:
    """Refuse NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(f"{constant} is no JSON")
