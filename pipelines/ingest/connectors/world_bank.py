"""The connector to the World Bank's API: one series, or the list of areas, with all pages joined to one document.

The API (version 2) is unreliable: it answers 400 to valid addresses, sends HTML or an error body with status 200, fails on large pages,
and shortens pages without notice. So an answer counts only if it is shown to be complete.
`indicators/readers/world_bank_json.py` reads the rows.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import quote

from pipelines.ingest.connectors import Fetched, exact_json
from pipelines.ingest.connectors.paging import Page, all_pages, require_once, rows_of
from pipelines.ingest.connectors.session import Answer, Judgement, Session, SourceMissing, SourceUnusable, one_line

BASE_URL = "https://api.worldbank.org/v2"
#: Enough for any series of the World Development Indicators (265 areas x 66 years); above about 32,500 the API answers with HTML.
ONE_BIG_PAGE = 20_000
#: The size that works when the server fails on the large page.
SMALL_PAGE = 1_000
#: Enough for the list of areas; there are about 300.
AREAS_PAGE = 400
#: Errors for a series that does not exist: invalid value, deleted or archived series.
NO_SUCH_SERIES = ("120", "175")


def fetch(series: str, *, session: Session, base_url: str = BASE_URL, today: dt.date, per_page: int = ONE_BIG_PAGE) -> Fetched:  # noqa: ARG001
    """Return the series with every area and year, from one edition.

    Args:
        series: The World Bank's code, such as IT.NET.USER.ZS.
        session: The session for the requests.
        base_url: Address of the API.
        today: Not used: the World Bank dates its editions.
        per_page: Rows requested at a time. If the source fails on so many, pages of `SMALL_PAGE` are tried.

    Raises:
        SourceUnavailable: The source answered 403.
        SourceMissing: It has no such series, or no rows of it.
        SourceUnusable: Anything other than a complete answer about this series.
    """
    address = f"{base_url}/country/all/indicator/{quote(series, safe='')}"
    try:
        pages = _pages(session, address, per_page, dated=True)
    except SourceUnusable as failure:
        if not failure.too_much or per_page <= SMALL_PAGE:
            raise
        pages = _pages(session, address, SMALL_PAGE, dated=True)
    header, rows = pages[0].header, rows_of(pages)
    _require_one_series(address, series, rows)
    return Fetched(
        content=_whole(header, rows, per_page=len(rows)),
        vintage=header["lastupdated"],
        published=header["lastupdated"],
        url=f"{address}?format=json&per_page={per_page}",
        file=f"{series}.json",
        rows=len(rows),
    )


def fetch_areas(*, session: Session, base_url: str = BASE_URL, today: dt.date) -> Fetched:  # noqa: ARG001
    """Return the list of the World Bank's areas, which says which of them are groups; nothing dates it.

    Args:
        session: The session for the requests.
        base_url: Address of the API.
        today: Not used.

    Raises:
        SourceUnavailable: The source answered 403.
        SourceUnusable: Anything other than a complete list, with groups and economies.
    """
    address = f"{base_url}/country"
    pages = _pages(session, address, AREAS_PAGE, dated=False)
    header, rows = pages[0].header, rows_of(pages)
    try:
        regions = {row["id"]: row["region"]["id"] for row in rows}
    except (KeyError, TypeError) as error:
        raise SourceUnusable(f"{address}: a row without id or region; the API may have changed") from error
    require_once(address, len(rows), len(regions))
    groups = sum(region == "NA" for region in regions.values())
    if groups in (0, len(rows)):
        raise SourceUnusable(f"{address}: {groups} groups among {len(rows)} areas, not distinguishable; the API may have changed")
    return Fetched(
        content=_whole(header, rows, per_page=str(len(rows))),  # text, as on this list
        vintage="",
        published="",
        url=f"{address}?format=json&per_page={AREAS_PAGE}",
        file="country.json",
        rows=len(rows),
    )


def _whole(header: dict[str, Any], rows: list[Any], *, per_page: int | str) -> bytes:
    """Return header and rows as one page: the same bytes whatever the pages were."""
    return exact_json.canonical([header | {"page": 1, "pages": 1, "per_page": per_page}, exact_json.in_order(rows)])


def _pages(session: Session, address: str, per_page: int, *, dated: bool) -> list[Page]:
    """Return all pages; `dated` where the header says when the series was updated."""

    def ask(number: int, _: int) -> Page:
        answer = session.get(address, {"format": "json", "per_page": per_page, "page": number}, judge=_judge)
        header, rows = _envelope(answer)
        edition = {"lastupdated": header.get("lastupdated")}
        if dated and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(edition["lastupdated"])):
            raise SourceUnusable(f"{answer.url}: JSON without [header, rows]; the API may have changed")
        if header["page"] != number:
            raise SourceUnusable(f"{answer.url}: page {header['page']} was received instead of page {number}; try again later")
        return Page(answer.url, header["total"], rows, header["pages"], edition, header)

    return all_pages(ask, address, session.limits.pages)


def _judge(status: int, body: bytes) -> Judgement | None:
    """Judge an answer: good addresses get a 400 now and then, and seconds later they do not."""
    return Judgement("passing", "HTTP 400 Bad Request") if status == 400 else exact_json.judge_array(status, body)


def _envelope(answer: Answer) -> tuple[dict[str, Any], list[Any]]:
    """Return the two parts of an answer, [header, rows]; no rows where the second is null."""
    match exact_json.parse(answer):
        case [{"message": [{"id": code}, *_] as message}, *_] if code in NO_SUCH_SERIES:
            raise SourceMissing(f"{answer.url}: refused by the source ({_in_words(message)}); check the code of the series")
        case [{"message": message}, *_]:
            raise SourceUnusable(f"{answer.url}: refused by the source ({_in_words(message)}); try again later")
        case [{"total": 0}, *_]:
            raise SourceMissing(f"{answer.url}: the series has no rows; check its code")
        case [{"page": int(), "pages": int(), "total": int()} as header, list() | None as rows]:
            return header, rows or []
    raise SourceUnusable(f"{answer.url}: JSON without [header, rows]; the API may have changed")


def _require_one_series(address: str, series: str, rows: list[Any]) -> None:
    """Require that every row is of `series`, and none of the same area and year as another."""
    try:
        keys = {(row["indicator"]["id"], row["country"]["id"], row["date"]) for row in rows}
    except (KeyError, TypeError) as error:
        raise SourceUnusable(f"{address}: a row without indicator, country or date; the API may have changed") from error
    others = {code for code, _, _ in keys} - {series}
    if others:
        raise SourceUnusable(f"{address}: rows of another series were received: {min(map(str, others))}; check the code of the series")
    require_once(address, len(rows), len(keys))


def _in_words(message: Any) -> str:
    """Return the API's error message, a list of {id, key, value}, on one line."""
    match message:
        case [{"id": code, "key": key, "value": value}, *_]:
            return one_line(f"{code} {key}: {value}")
    return one_line(str(message))
