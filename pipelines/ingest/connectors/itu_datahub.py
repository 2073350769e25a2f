"""The connector to ITU's DataHub: one series as the CSV of its bulk export. It has refused programs since August 2026.

There are two versions. Version 2 exports a series by its number; version 3 needs the numbers of the countries too. Both answer with
a zip or with CSV, and both report errors in the body rather than in the status.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote, urlsplit

from pipelines.ingest.connectors import Fetched, exact_json, itu_files
from pipelines.ingest.connectors.session import ERROR_BODY, Answer, Judgement, Session, SourceUnusable, shown

BASE_URL = "https://api.datahub.itu.int/v3"
LAYOUTS = ("itu-datahub-v2", "itu-datahub-v3")


def fetch(series: str, *, session: Session, base_url: str = BASE_URL, today: dt.date) -> Fetched:  # noqa: ARG001
    """Return the export of one series, without its zip; dated if its rows are.

    Args:
        series: ITU's number of the series, such as 11624.
        session: The session for the requests; it keeps the list of countries.
        base_url: Address of the API, of version 3 or, ending in /v2, of version 2.
        today: Not used.

    Raises:
        SourceUnavailable: The source refuses programs.
        SourceMissing: It has no data for this series.
        SourceUnusable: Anything other than a complete export that holds this series.
    """
    if urlsplit(base_url).path.rstrip("/").endswith("/v2"):
        answer = session.get(f"{base_url}/data/download/byid/{quote(series, safe='')}/iscollection/false", judge=_judge)
    else:
        countries = _countries(session.kept(f"{base_url}/country/all", judge=_judge_list))
        answer = session.get(f"{base_url}/data/download", {"codesid": series, "countriesid": ",".join(countries)}, judge=_judge)
    fetched, published = itu_files.fetched(answer, f"{series}.csv", LAYOUTS, session.limits.size)
    if series not in set(published.rows["series"]):
        raise SourceUnusable(f"{shown(answer.url)}: no figure of series {series} is in the file received; check its number")
    return fetched


def _judge(status: int, body: bytes) -> Judgement | None:
    """Judge an answer by its body first: the service uses status 500 for permanent errors and 403 for a wrong address."""
    text = body[:ERROR_BODY].removeprefix(b"\xef\xbb\xbf").strip().lower()
    if text.startswith(b"throughput exceeds"):
        return Judgement("passing", "the source limits the number of requests (Throughput exceeds…)")
    if text.startswith(b"no data available"):
        return Judgement("missing", "the source has no data for this series; check its number")
    if b"missing authentication token" in text:
        return Judgement("unusable", "no such path ('Missing Authentication Token': no key exists, the path is wrong); check the address")
    if stopped := itu_files.judge_challenge(status, body):
        return stopped
    if status == 200 and (not text or text.startswith(b"<")):
        return Judgement("passing", "a web page instead of a file" if text else "an empty answer instead of a file")
    return None


def _judge_list(status: int, body: bytes) -> Judgement | None:
    return _judge(status, body) or exact_json.judge_array(status, body)


def _countries(answer: Answer) -> list[str]:
    """Return the numbers of all countries, in order."""
    entries: list[Any] = exact_json.parse(answer)
    numbers = {entry["CountryID"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("CountryID"), int)}
    if not numbers or len(numbers) != len(entries):
        raise SourceUnusable(f"{shown(answer.url)}: a list without the numbers of countries (CountryID); the API may have changed")
    return [str(number) for number in sorted(numbers)]
