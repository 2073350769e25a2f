"""The connector to the World Bank's Data360, which offers ITU's DataHub to programs: one series of the database ITU_DH.

The service states no date and shortens pages without notice, so the rows are counted against the total that every page states.
`indicators/readers/data360_json.py` reads them.
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
    """Return the series with every area, year and breakdown; it has no date.

    Args:
        series: The code without the database, such as INT_USER_PT.
        session: The session for the requests.
        base_url: Address of the service.
        today: Not used.

    Raises:
        SourceUnavailable: The source answered 403.
        SourceMissing: It has no rows for this series.
        SourceUnusable: Anything other than a complete answer about this series.
    """
    address = f"{base_url}/data360/data"
    about = {"DATABASE_ID": DATABASE, "INDICATOR": f"{DATABASE}_{series}"}

    def ask(_: int, before: int) -> Page:
        answer = session.get(address, about | {"top": PAGE, "skip": before}, judge=exact_json.judge_object)
        match exact_json.parse(answer):
            case {"count": int(count), "value": list(rows)}:
                return Page(answer.url, count, rows)
        raise SourceUnusable(f"{answer.url}: JSON without count and value; the service may have changed")

    url = f"{address}?{urlencode(about)}"
    rows = rows_of(all_pages(ask, url, session.limits.pages))
    if not rows:
        raise SourceMissing(f"{url}: no rows; check the code of the series")
    for row in rows:
        if not isinstance(row, dict) or any(row.get(name) != asked for name, asked in about.items()):
            received = [row.get(name) for name in about] if isinstance(row, dict) else row
            raise SourceUnusable(f"{url}: a row of another series was received: {one_line(str(received))}; check the code of the series")
    require_once(url, len(rows), exact_json.different(rows))
    content = exact_json.canonical({"count": len(rows), "value": exact_json.in_order(rows)})
    return Fetched(content, vintage="", published="", url=url, file=f"{series}.json", rows=len(rows))
