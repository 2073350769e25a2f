"""The connector to the UN Statistics Division's SDG database: one series of one release, with every area and breakdown.

The only sign of a new release is its label in the list of all series. The list is long, so it is read once before the first series of a
session and once after each series: if the label is still the same, all rows are of that release. `indicators/readers/unsd_json.py` reads
the rows.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlencode

from pipelines.ingest.connectors import Fetched, exact_json
from pipelines.ingest.connectors.paging import Page, all_pages, require_once, rows_of
from pipelines.ingest.connectors.session import Answer, Session, SourceMissing, SourceUnusable, one_line

BASE_URL = "https://unstats.un.org/SDGAPI/v1/sdg"
PAGE = 1_000
# Year, quarter, and a number within it: 2026.Q2.G.02.
_RELEASE = re.compile(r"\d{4}\.Q[1-4]\.[A-Z]\.\d+")
_CURRENT = {"allreleases": "false"}


def fetch(series: str, *, session: Session, base_url: str = BASE_URL, today: dt.date) -> Fetched:  # noqa: ARG001
    """Return the series; its vintage is the release, dated to the first month of the quarter in the label.

    Args:
        series: The series code, such as IT_USE_ii99, in capitals or not.
        session: The session for the requests; it keeps the list of releases.
        base_url: Address of the API.
        today: Not used: the release is dated.

    Raises:
        SourceUnavailable: The source answered 403.
        SourceMissing: It does not list this series, or has no rows of it.
        SourceUnusable: Anything other than a complete answer about this series, or another release was published meanwhile.
    """
    listed = f"{base_url}/Series/List"
    code, release = _release(session.kept(listed, _CURRENT, judge=exact_json.judge_array), series)
    address = f"{base_url}/Series/Data"
    url = f"{address}?{urlencode({'seriesCode': code})}"

    def ask(number: int, _: int) -> Page:
        answer = session.get(address, {"seriesCode": code, "page": number, "pageSize": PAGE}, judge=exact_json.judge_object)
        match exact_json.parse(answer):
            case {"totalElements": int(total), "totalPages": int(pages), "pageNumber": int(received), "data": list(rows)} as whole:
                if received != number:
                    raise SourceUnusable(f"{answer.url}: page {received} was received instead of page {number}; try again later")
                return Page(answer.url, total, rows, pages, header=whole)
        raise SourceUnusable(f"{answer.url}: JSON without a page of data; the API may have changed")

    pages = all_pages(ask, url, session.limits.pages)
    rows = rows_of(pages)
    if not rows:
        raise SourceMissing(f"{url}: no rows; check the code of the series")
    for row in rows:
        if not isinstance(row, dict) or str(row.get("series")).casefold() != code.casefold():
            other = row.get("series") if isinstance(row, dict) else row
            raise SourceUnusable(f"{url}: a row of another series was received: {one_line(str(other))}; check the code of the series")
    require_once(url, len(rows), exact_json.different(rows))
    _, now = _release(session.get(listed, _CURRENT, judge=exact_json.judge_array, keep=True), series)
    if now != release:
        raise SourceUnusable(f"{url}: release {now} was published while {release} was being read; try again later")
    whole = {
        "release": release,
        "series": code,
        "totalElements": len(rows),
        "attributes": _code_lists(pages, "attributes"),
        "dimensions": _code_lists(pages, "dimensions"),
        "data": exact_json.in_order(rows),
    }
    return Fetched(exact_json.canonical(whole), vintage=release, published=_month(release), url=url, file=f"{code}.json", rows=len(rows))


def _release(listed: Answer, series: str) -> tuple[str, str]:
    """Return a series' code as the database spells it, and the release it is of."""
    entries = exact_json.parse(listed)
    if not all(isinstance(entry, dict) for entry in entries):
        raise SourceUnusable(f"{listed.url}: JSON without a list of series; the API may have changed")
    found = {(str(entry.get("code")), str(entry.get("release"))) for entry in entries if _is_named(entry, series)}
    if not found:
        raise SourceMissing(f"{listed.url}: does not list {series}; check the code of the series")
    if len(found) > 1 or not _RELEASE.fullmatch(min(found)[1]):
        labels = ", ".join(" ".join(pair) for pair in sorted(found))
        raise SourceUnusable(f"{listed.url}: one release is expected of {series}, such as 2026.Q2.G.02; listed is {one_line(labels)}")
    return found.pop()


def _is_named(entry: dict[str, Any], series: str) -> bool:
    return str(entry.get("code")).casefold() == series.casefold()


def _month(release: str) -> str:
    """Return the first month of a release's quarter, which is all that its label says of its date.

    >>> _month("2026.Q2.G.02")
    '2026-04'
    """
    return f"{release[:4]}-{3 * int(release[6]) - 2:02}"


def _code_lists(pages: list[Page], field: str) -> list[dict[str, Any]]:
    """Return the codes that the pages explain, whatever page each was on, in an order of their own."""
    lists: dict[str, list[Any]] = {}
    try:
        for entry in (entry for page in pages for entry in page.header.get(field) or []):
            codes = lists.setdefault(entry["id"], [])
            codes += [code for code in entry["codes"] if code not in codes]
    except (KeyError, TypeError) as error:
        raise SourceUnusable(f"{pages[0].url}: {field} of another form than lists of codes; the API may have changed") from error
    return exact_json.in_order({"id": name, "codes": exact_json.in_order(codes)} for name, codes in lists.items())
