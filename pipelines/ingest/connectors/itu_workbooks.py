"""The connector to ITU's web site: the workbooks of the price baskets and of the regional and global aggregates.

The address contains the year of the edition. It appears late in that year, so the year before is tried too.
"""

from __future__ import annotations

import datetime as dt

from pipelines.ingest.connectors import Fetched, itu_files
from pipelines.ingest.connectors.session import Judgement, Session, SourceMissing

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
        session: The session for the requests.
        base_url: Address of the folder of documents.
        today: Gives the year of the newest possible edition.

    Raises:
        SourceUnavailable: The source refuses programs.
        SourceMissing: There is no edition of this year or the year before.
        SourceUnusable: Anything other than a complete workbook of this layout.
    """
    addresses = [f"{base_url}/{WORKBOOKS[series].format(year=year)}" for year in (today.year, today.year - 1)]
    for address in addresses:
        try:
            answer = session.get(address, judge=_judge)
        except SourceMissing:
            continue
        workbook, _ = itu_files.fetched(answer, address.rsplit("/", 1)[-1], [series], session.limits.size)
        return workbook
    raise SourceMissing(f"{', '.join(addresses)}: HTTP 404, no edition of these years; check the addresses")


def _judge(status: int, body: bytes) -> Judgement | None:
    """Judge an answer: a page that refuses programs means closed; an answer that is not a zip is a passing error."""
    if stopped := itu_files.judge_challenge(status, body):
        return stopped
    if status == 200 and not body.startswith(b"PK"):
        return Judgement("passing", f"no workbook was received; the answer begins {body[:40].decode(errors='replace')!r}")
    return None
