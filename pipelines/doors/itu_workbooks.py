"""The door of ITU's web site: the workbooks of the price baskets and of the regional and global aggregates.

Each has the year of its edition in its address and comes late in that year, so the year before is looked at as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pipelines.doors import Fetched, itu_files
from pipelines.doors.session import Answer, Judgement, Session, SourceMissing

BASE_URL = "https://www.itu.int/en/ITU-D/Statistics/Documents"
#: Path of each workbook, by the name of its layout.
WORKBOOKS = {
    "itu-price-baskets": "ICT_Prices/ITU_ICTPriceBaskets_2008-{year}.xlsx",
    "itu-aggregates": "facts/ITU_regional_global_Key_ICT_indicator_aggregates_Nov_{year}.xlsx",
}


def fetch(series: str, *, session: Session, base_url: str = BASE_URL, today: dt.date) -> Fetched:
    """Return the newest edition of a workbook.

    Args:
        series: Which workbook: a key of WORKBOOKS.
        session: The session to ask with.
        base_url: Address of the folder of documents.
        today: The newest edition there can be is of this year.

    Raises:
        SourceClosed: The source keeps programs out.
        SourceMissing: There is an edition neither of this year nor of the year before.
        SourceUnusable: Anything else but a whole workbook of this layout.
    """
    path = WORKBOOKS[series]
    return fetch_workbook([f"{base_url}/{path.format(year=year)}" for year in (today.year, today.year - 1)], series, session=session)


def fetch_workbook(addresses: Iterable[str], layout: str, *, session: Session) -> Fetched:
    """Return the workbook at the first of these addresses where there is one.

    Args:
        addresses: Where it may be, the preferred address first; the last part of each is the name of the file.
        layout: The layout that it must have.
        session: The session to ask with.

    Raises:
        SourceClosed: The source keeps programs out.
        SourceMissing: There is none at any address; the message names them all.
        SourceUnusable: Anything else but a whole workbook of this layout.
    """
    address, answer = _first(addresses, session)
    itu_files.require_workbook(answer, session.limits.size)
    published = itu_files.published_in(answer.content, answer, [layout])
    return Fetched(
        content=answer.content,
        vintage=published.dated,
        published=published.dated,
        url=answer.url,
        file=address.rsplit("/", 1)[-1],
        rows=len(published.rows) + published.without_value,
    )


def judge(status: int, body: bytes) -> Judgement | None:
    """Judge an answer: a page that keeps programs out is closed, and what is no zip an accident."""
    if stopped := itu_files.judge_challenge(status, body):
        return stopped
    if status == 200 and not body.startswith(itu_files.ZIP):
        return Judgement("passing", f"no workbook came; the answer begins {body[:40].decode(errors='replace')!r}")
    return None


def _first(addresses: Iterable[str], session: Session) -> tuple[str, Answer]:
    """Return the first address that there is, and its answer."""
    missing = []
    for address in addresses:
        try:
            return address, session.get(address, judge=judge)
        except SourceMissing:
            missing.append(address)
    raise SourceMissing(f"{', '.join(missing)}: HTTP 404, no edition of these years; check the addresses")
