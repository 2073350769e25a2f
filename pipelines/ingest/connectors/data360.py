"""The door of the World Bank's Data360, which passes ITU's DataHub on to programs: one whole series of the database ITU_DH.

The service dates nothing and caps its pages without a word, so rows are counted against what every page promises. What they mean is for
`indicators/readers/data360_json.py`.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from pipelines.ingest.connectors import Fetched, exact_json
from pipelines.ingest.connectors.paging import Page, all_pages, require_once, rows_of
from pipelines.ingest.connectors.session import Session, SourceMissing, SourceUnusable, one_line

BASE_URL = "https://data360api.worldbank.org"
DATABASE = "ITU_DH"
PAGE = 1_000


def fetch(series: str, *, session: Session, base_url: str = BASE_URL, today: dt.date) -> Fetched:  # noqa: ARG001
    """Return the whole series, every area, year and breakdown; nothing dates it.

    Args:
        series: The code without the database, such as INT_USER_PT.
        session: The session to ask with.
        base_url: Address of the service.
        today: Not needed here.

    Raises:
        SourceClosed: The source answered 403.
        SourceMissing: It has no rows of this series.
        SourceUnusable: Anything else but a whole answer about this series.
    """
    address = f"{base_url}/data360/data"
    about = {"DATABASE_ID": DATABASE, "INDICATOR": f"{DATABASE}_{series}"}

    def ask(_: int, before: int) -> Page:
        answer = session.get(address, about | {"top": PAGE, "skip": before}, judge=exact_json.judge_object)
        match exact_json.parse(answer):
            case {"count": int(count), "value": list(rows)}:
                return Page(answer.url, count, rows)
        raise SourceUnusable(f"{answer.url}: JSON of another form than count and value; the service may have changed")

    url = f"{address}?{urlencode(about)}"
    rows = rows_of(all_pages(ask, url, session.limits.pages))
    if not rows:
        raise SourceMissing(f"{url}: no rows; check the code of the series")
    for row in rows:
        if not isinstance(row, dict) or any(row.get(name) != asked for name, asked in about.items()):
            said = [row.get(name) for name in about] if isinstance(row, dict) else row
            raise SourceUnusable(f"{url}: a row of something else came, {one_line(str(said))}; check the code of the series")
    require_once(url, len(rows), exact_json.different(rows))
    content = exact_json.canonical({"count": len(rows), "value": exact_json.in_order(rows)})
    return Fetched(content, vintage="", published="", url=url, file=f"{series}.json", rows=len(rows))
