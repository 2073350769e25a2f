"""The connectors against a server that misbehaves as the publishers' do; without waiting times, and nothing leaves this machine."""

from __future__ import annotations

import gzip
import json
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from indicators.readers import world_bank_areas
from pipelines.ingest.connectors import Fetched, world_bank
from pipelines.ingest.connectors import session as session_module
from pipelines.ingest.connectors.session import Answer, Judgement, Session, SourceMissing, SourceUnavailable, SourceUnusable
from tests.support.publishers import AREA_ROWS, HTML, QUICK, TODAY, WDI, WDI_ROWS, area_row, areas_page, wdi_page, wdi_row
from tests.support.server import Reply, Server

PATH = f"/country/all/indicator/{WDI}"


GOOD = wdi_page(WDI_ROWS)
GATEWAY = Reply(b"<html>Bad Gateway</html>", status=502)


def ask(server: Server, session: Session, **choices: object) -> Fetched:
    return world_bank.fetch(WDI, session=session, base_url=server.url, today=TODAY, **choices)  # type: ignore[arg-type]


def refusal(server: Server, session: Session, *replies: Reply, kind: type[SourceUnusable] = SourceUnusable, **choices: object) -> str:
    """Return the line with which the World Bank's connector refuses these replies, after requesting all of them."""
    server.play(*replies)
    with pytest.raises(SourceUnusable) as refused:
        ask(server, session, **choices)
    assert refused.type is kind
    assert len(server.asked) == len(replies)
    line = str(refused.value)
    assert "\n" not in line
    assert server.url in line
    return line


# ---- the session


def test_a_whole_answer_is_returned_with_the_address_it_came_from(server, session, waits):
    server.play(Reply(b"whole"))
    answer = session.get(f"{server.url}/a", {"b": "c d"})
    assert (answer.content, answer.url, waits) == (b"whole", f"{server.url}/a?b=c+d", [])


def test_the_publisher_can_tell_who_asks(server, session):
    server.play(Reply())
    session.get(server.url)
    assert server.asked[0].headers["User-Agent"].startswith("digital-divide/")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_status_that_passes_is_asked_again_with_doubling_waits(server, session, waits, status):
    server.play(Reply(status=status), Reply(status=status), Reply(b"good"))
    assert session.get(server.url).content == b"good"
    assert waits == [1, 2]  # first_wait 1, doubled, at the upper end of the jitter


def test_the_waits_spread_over_the_upper_half_and_never_pass_the_longest(server):
    waits: list[float] = []
    server.play(*[Reply(status=503)] * 7)
    with (
        Session(replace(QUICK, attempts=7, longest_wait=5), sleep=waits.append, chance=lambda: 0.0) as hasty,
        pytest.raises(SourceUnusable),
    ):
        hasty.get(server.url)
    assert waits == [0.5, 1, 2, 2.5, 2.5, 2.5]  # halves of 1, 2, 4 and then of 5


def test_a_status_that_does_not_pass_is_named_after_the_last_attempt(server, session):
    server.play(*[Reply(status=503)] * 3)
    with pytest.raises(SourceUnusable, match=r"HTTP 503 Service Unavailable \(asked 3 times\); try again later"):
        session.get(server.url)
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [202, 204, 400, 401, 404, 410, 501])
def test_a_status_that_stays_is_not_asked_again(server, session, status):
    server.play(Reply(status=status))
    with pytest.raises(SourceUnusable, match=f"HTTP {status}") as refused:
        session.get(server.url)
    assert len(server.asked) == 1
    assert not isinstance(refused.value, SourceUnavailable)


def test_404_is_distinguished_from_other_refusals(server, session):
    server.play(Reply(status=404), Reply(status=410))
    with pytest.raises(SourceMissing, match="HTTP 404"):
        session.get(server.url)
    with pytest.raises(SourceUnusable, match="HTTP 410") as refused:
        session.get(server.url)
    assert not isinstance(refused.value, SourceMissing)


def test_a_connector_may_judge_an_answer_by_its_status_and_body(server, session, waits):
    seen = []

    def judge(status: int, body: bytes) -> Judgement | None:
        seen.append((status, body))
        return {b"busy": Judgement("passing", "busy"), b"never": Judgement("unusable", "never"), b"shut": Judgement("closed", "shut")}.get(
            body
        )

    server.play(Reply(b"busy"), Reply(b"busy", status=400), Reply(b"busy", status=403, headers={"Retry-After": "9"}, chunked=True))
    with pytest.raises(SourceUnusable, match=r"busy \(asked 3 times\)"):
        session.get(server.url, judge=judge)
    assert seen == [(200, b"busy"), (400, b"busy"), (403, b"busy")]
    assert waits == [1, 2]
    server.play(Reply(b"never", status=500), Reply(b"shut"), Reply(b"good"), Reply(b"else", status=403))
    with pytest.raises(SourceUnusable, match=f"{server.url}: never$"):
        session.get(server.url, judge=judge)
    with pytest.raises(SourceUnavailable, match=r"closed to programs \(shut\)"):
        session.get(server.url, judge=judge)
    assert session.get(server.url, judge=judge).content == b"good"
    with pytest.raises(SourceUnavailable, match="HTTP 403"):
        session.get(server.url, judge=judge)
    assert len(server.asked) == 7


def test_the_wait_a_source_requests_is_kept_although_the_connector_judged_the_answer(server, session, waits):
    server.play(Reply(status=400, headers={"Retry-After": "9"}), Reply(b"good"))
    session.get(server.url, judge=lambda status, body: None if status == 200 else Judgement("passing", "busy"))
    assert waits == [9]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("more", [{}, {"drip": 0.0001}, {"chunked": True}])
def test_a_connector_sees_only_the_beginning_of_the_body_of_an_error(server, session, packed, more):
    body = bytes(range(256)) * 1000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    server.play(Reply(gzip.compress(body) if packed else body, status=500, headers=headers, **more))
    seen = []
    with pytest.raises(SourceUnusable):
        session.get(server.url, judge=lambda status, body: seen.append(body) or Judgement("unusable", "no"))
    assert seen == [body[: session_module.ERROR_BODY]]


def test_an_errors_body_that_drips_or_breaks_off_is_not_waited_for(server):
    seen = []
    server.play(Reply(b"x" * 1000, status=400, drip=0.02), Reply(b"x" * 1000, status=400, sent=3))
    began = time.monotonic()
    with Session(replace(QUICK, connect=0.2)) as hasty:
        for _ in range(2):
            with pytest.raises(SourceUnusable, match="HTTP 400"):
                hasty.get(server.url, judge=lambda status, body: seen.append(body))
    assert time.monotonic() - began < 2  # to the end it would take 20 s
    assert 0 < len(seen[0]) < 100
    assert seen[1] == b"xxx"


def test_an_answer_may_be_kept_and_is_then_asked_for_once(server, session):
    server.play(Reply(b"1"), Reply(b"2"), Reply(b"3"), Reply(b"4"), Reply(b"5"))
    assert session.kept(server.url, {"a": 1}).content == b"1"
    assert session.kept(server.url, {"a": 1}).content == b"1"
    assert session.get(server.url, {"a": 1}).content == b"2"  # requested again, and not kept
    assert session.kept(server.url, {"a": 1}).content == b"1"
    assert session.get(server.url, {"a": 1}, keep=True).content == b"3"
    assert session.kept(server.url, {"a": 1}).content == b"3"
    assert session.kept(server.url, {"a": 2}).content == b"4"
    with Session(QUICK) as another:
        assert another.kept(server.url, {"a": 1}).content == b"5"


def test_an_address_of_great_length_does_not_hide_what_is_said_of_it(server, session):
    server.play(Reply(status=404))
    with pytest.raises(SourceMissing) as refused:
        session.get(server.url, {"ids": ",".join(map(str, range(1000)))})
    assert len(str(refused.value)) < 300
    assert len(server.asked[0].query["ids"]) > 3000


def test_403_means_closed_and_is_asked_once(server, session):
    server.play(Reply(status=403))
    with pytest.raises(SourceUnavailable, match=r"closed to programs.*divide add"):
        session.get(server.url)
    assert len(server.asked) == 1


def test_the_wait_a_source_asks_for_is_kept(server, session, waits):
    server.play(Reply(status=429, headers={"Retry-After": "7"}), Reply(b"good"))
    assert session.get(server.url).content == b"good"
    assert waits == [7]


def test_the_wait_may_be_given_as_a_date(server, session, waits):
    moment = datetime.now(UTC) + timedelta(seconds=20)
    server.play(Reply(status=503, headers={"Retry-After": format_datetime(moment, usegmt=True)}), Reply(b"good"))
    session.get(server.url)
    assert 15 < waits[0] <= 20


@pytest.mark.parametrize("header", ["soon", "-5", "", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_wait_we_do_not_understand_or_that_is_over_leaves_the_usual_one(server, session, waits, header):
    server.play(Reply(status=429, headers={"Retry-After": header}), Reply(b"good"))
    session.get(server.url)
    assert waits == [1]


def test_a_source_that_asks_for_a_longer_wait_than_ours_is_left_alone(server, session, waits):
    server.play(Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(SourceUnusable, match="asks us to wait 3600 s"):
        session.get(server.url)
    assert (len(server.asked), waits) == (1, [])


def test_a_connection_that_is_refused_is_tried_again_and_then_named(session, waits):
    with Server() as gone:
        pass  # its port is free again
    with pytest.raises(SourceUnusable, match=r"no answer \(.*refused.*\) \(asked 3 times\)"):
        session.get(gone.url)
    assert waits == [1, 2]


def test_a_host_that_cannot_be_reached_is_not_tried_again_in_this_session(session, waits):
    with Server() as gone:
        pass
    lines = []
    for path in ("/a", "/b", "/a"):
        with pytest.raises(SourceUnusable) as refused:
            session.get(gone.url + path)
        lines.append(str(refused.value))
    assert waits == [1, 2]
    assert set(lines) == {lines[0]}
    with pytest.raises(SourceUnusable, match="no answer"), Session(QUICK, sleep=waits.append) as another:
        another.get(gone.url)
    assert len(waits) == 4  # a new session tries again


def test_a_name_that_nobody_knows_is_not_asked_for_again(session, waits):
    for _ in range(3):
        with pytest.raises(SourceUnusable, match="no answer"):
            session.get("http://statistics.invalid/")
    assert waits == [1, 2]


def test_a_proxy_that_is_not_there_is_not_asked_again(session, waits, monkeypatch):
    with Server() as gone:
        monkeypatch.setenv("http_proxy", gone.url)
    for _ in range(2):
        with pytest.raises(SourceUnusable, match="no answer"):
            session.get("http://statistics.invalid/")
    assert waits == [1, 2]


def test_another_host_is_still_asked_when_one_cannot_be_reached(server, session):
    with Server() as gone:
        pass
    server.play(Reply(b"good"))
    with pytest.raises(SourceUnusable):
        session.get(gone.url)
    assert session.get(server.url).content == b"good"


@pytest.mark.parametrize("trouble", [Reply(status=503), Reply(b"0123456789", sent=4), Reply(late=0.3)])
def test_a_host_that_is_there_but_in_trouble_is_asked_again_for_the_next_series(server, trouble):
    server.play(*[trouble] * 2, Reply(b"good"))
    with Session(replace(QUICK, read=0.1, attempts=2), sleep=lambda seconds: None) as hasty:
        with pytest.raises(SourceUnusable):
            hasty.get(server.url)
        assert hasty.get(server.url).content == b"good"


def test_a_host_that_answered_one_attempt_was_reached(server):
    waits = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        server._http.server_close()

    server.play(Reply(status=503))
    with Session(QUICK, sleep=wait) as patient:
        for _ in range(3):
            with pytest.raises(SourceUnusable, match="no answer"):
                patient.get(server.url)
    assert len(waits) == 4  # two in the first call, two in the second, in which no server answered any more; none in the third


def test_an_answer_that_does_not_begin_times_out(server):
    server.play(*[Reply(late=0.5)] * 2)
    line = r"no answer \(timed out\) \(asked 2 times\)"
    hasty = Session(replace(QUICK, read=0.1, attempts=2), sleep=lambda seconds: None)
    with hasty, pytest.raises(SourceUnusable, match=line) as refused:
        hasty.get(server.url)
    assert refused.value.too_much


def test_an_address_that_is_none_is_refused_at_once(session, waits):
    with pytest.raises(SourceUnusable, match="nowhere: cannot be asked"):
        session.get("nowhere")
    assert waits == []


@pytest.mark.parametrize(
    "cut", [Reply(b"0123456789", sent=4), Reply(b"0123456789", sent=5, chunked=True), Reply(b"0123456789", sent=10, chunked=True)]
)
def test_a_body_that_was_cut_is_asked_again(server, session, cut):
    server.play(cut, Reply(b"0123456789"))
    assert session.get(server.url).content == b"0123456789"
    server.play(cut, cut, cut)
    with pytest.raises(SourceUnusable, match=r"broke off after.*IncompleteRead"):
        session.get(server.url)


def test_a_body_that_is_not_in_the_packing_it_names_is_refused(server, session):
    server.play(*[Reply(b"plain", headers={"Content-Encoding": "gzip"})] * 3)
    with pytest.raises(SourceUnusable, match="broke off"):
        session.get(server.url)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_a_body_may_come_packed_and_in_chunks(server, session, chunked, packed):
    body = b"0123456789" * 50_000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    server.play(Reply(gzip.compress(body) if packed else body, headers=headers, chunked=chunked))
    assert session.get(server.url).content == body


def test_a_slow_drip_ends_at_the_deadline_although_every_byte_is_in_time(server):
    server.play(Reply(b"x" * 1000, drip=0.02))
    began = time.monotonic()
    with Session(replace(QUICK, deadline=0.2)) as hasty, pytest.raises(SourceUnusable, match=r"not whole after 0.2 s"):
        hasty.get(server.url)
    assert time.monotonic() - began < 2  # to the end it would take 20 s
    assert len(server.asked) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_over_the_cap_is_refused_however_small_it_was_packed(server, packed):
    body = b"x" * 1_000_001
    reply = Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"}) if packed else Reply(body)
    server.play(reply, reply)
    with Session(replace(QUICK, size=1_000_000)) as small, pytest.raises(SourceUnusable, match="larger than the 1000000 bytes"):
        small.get(server.url)
    with Session(replace(QUICK, size=1_000_001)) as large:
        assert large.get(server.url).content == body


def test_a_redirect_within_the_host_is_followed(server, session):
    server.play(Reply(status=301, headers={"Location": "/new?a=b"}), Reply(b"good"))
    assert session.get(server.url).url == f"{server.url}/new?a=b"


def test_redirects_without_end_are_left(server, session):
    server.play(*[Reply(status=302, headers={"Location": "/again"})] * 4)
    with pytest.raises(SourceUnusable, match="more than 3 redirects"):
        session.get(server.url)
    assert len(server.asked) == 4


@pytest.mark.parametrize("location", ["http://localhost:{port}/", "//localhost:{port}/", "ftp://127.0.0.1/", "http://[", "data:,x"])
def test_a_redirect_to_another_host_is_not_followed(server, session, location):
    server.play(Reply(status=302, headers={"Location": location.format(port=server.port)}))
    with pytest.raises(SourceUnusable, match="sent on to another host"):
        session.get(server.url)
    assert len(server.asked) == 1


def test_a_redirect_does_not_step_down_from_https():
    assert session_module._same_host("http://a.org/x", "https://a.org/x")
    assert not session_module._same_host("https://a.org/x", "http://a.org/x")


def test_the_body_of_a_redirect_is_not_read(server, session):
    server.play(Reply(b"x" * 1000, status=302, headers={"Location": "/new"}, drip=0.02), Reply(b"good"))
    began = time.monotonic()
    assert session.get(server.url).content == b"good"
    assert time.monotonic() - began < 2


def ask_at_the_same_time(session: Session, monkeypatch: pytest.MonkeyPatch, *urls: str) -> int:
    """Return how many of these requests were under way at once."""
    under_way: list[str] = []
    most: list[int] = []

    def slow(address: str, judge: object) -> Answer:
        under_way.append(address)
        time.sleep(0.03)
        most.append(len(under_way))
        under_way.remove(address)
        return Answer(address, b"")

    monkeypatch.setattr(session, "_ask", slow)
    threads = [threading.Thread(target=session.get, args=(url,)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=5)
    assert len(most) == len(urls)
    return max(most)


def test_a_host_is_asked_one_thing_at_a_time(session, monkeypatch):
    assert ask_at_the_same_time(session, monkeypatch, "http://a.invalid/1", "http://a.invalid/2", "http://a.invalid/3") == 1


def test_one_host_does_not_wait_for_another(session, monkeypatch):
    assert ask_at_the_same_time(session, monkeypatch, "http://a.invalid/1", "http://b.invalid/1") == 2


def test_a_proxy_of_the_environment_is_used(server, session, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url)
    server.play(Reply(b"through the proxy"))
    assert session.get("http://statistics.invalid/a").content == b"through the proxy"


# ---- the World Bank


def test_a_series_comes_as_one_document_with_its_edition(server, session):
    server.play(GOOD)
    fetched = ask(server, session)
    assert (fetched.vintage, fetched.published, fetched.file, fetched.rows) == ("2026-07-13", "2026-07-13", "IT.NET.USER.ZS.json", 3)
    assert fetched.url == f"{server.url}{PATH}?format=json&per_page=20000"
    header, rows = json.loads(fetched.content)
    assert rows == WDI_ROWS
    assert header == {"page": 1, "pages": 1, "per_page": 3, "total": 3, "sourceid": "2", "lastupdated": "2026-07-13"}
    assert (server.asked[0].path, server.asked[0].query) == (PATH, {"format": "json", "per_page": "20000", "page": "1"})


def test_an_unchanged_answer_gives_unchanged_bytes_whatever_its_pages_spaces_and_key_order(server, session):
    shuffled = json.dumps([dict(reversed(part.items())) for part in WDI_ROWS], indent=2)
    server.play(
        GOOD,
        wdi_page(WDI_ROWS[:2], pages=2, per_page=2),
        wdi_page(WDI_ROWS[2:], number=2, pages=2, per_page=2),
        Reply(b'[{"lastupdated":"2026-07-13","total":3,"sourceid":"2","per_page":9,"pages":1,"page":1},' + shuffled.encode() + b"]"),
    )
    whole, in_pages, in_other_order = ask(server, session), ask(server, session, per_page=2), ask(server, session)
    assert whole.content == in_pages.content == in_other_order.content
    assert [asked.query["page"] for asked in server.asked] == ["1", "1", "2", "1"]


@pytest.mark.parametrize("number", ["67.0", "67.10", "67", "0.00001", "1E-05", "12345678901234567890.123456789", "-0.0"])
def test_a_number_keeps_every_digit_it_was_printed_with(server, session, number):
    server.play(replace(GOOD, body=GOOD.body.replace(b"97.2", number.encode())))
    assert f'"value":{number}}}'.encode() in ask(server, session).content


@pytest.mark.parametrize("accident", [Reply(status=400), Reply(b'<?xml version="1.0"?><error/>')])
def test_a_good_address_that_gets_a_400_or_xml_is_asked_again(server, session, waits, accident):
    server.play(accident, accident, GOOD)
    assert ask(server, session).rows == 3
    assert waits == [1, 2]


@pytest.mark.parametrize(
    ("accident", "what"),
    [
        (HTML, "an HTML page was received instead of JSON"),
        (Reply(b'<?xml version="1.0"?><wb:error/>'), "XML was received instead of JSON"),
        (Reply(b'{"page":1}'), "instead of a JSON array"),
        (Reply(b"  "), "an empty answer was received"),
        (Reply(GOOD.body[:200]), "the JSON was cut off"),
        (replace(GOOD, sent=200), "broke off after"),
        (GATEWAY, "HTTP 502 Bad Gateway"),
    ],
)
def test_what_keeps_coming_instead_on_big_and_small_pages_is_said(server, session, accident, what):
    assert what in refusal(server, session, *[accident] * 6)  # three times each
    assert [asked.query["per_page"] for asked in server.asked] == ["20000"] * 3 + ["1000"] * 3


@pytest.mark.parametrize("accident", [GATEWAY, HTML])
def test_small_pages_are_asked_for_if_the_big_one_keeps_failing(server, session, accident):
    small = wdi_page(WDI_ROWS[:2], pages=2), wdi_page(WDI_ROWS[2:], number=2, pages=2)
    server.play(accident, accident, accident, *small)
    assert ask(server, session).rows == 3
    assert [(asked.query["per_page"], asked.query["page"]) for asked in server.asked][3:] == [("1000", "1"), ("1000", "2")]


def test_small_pages_are_not_asked_for_if_size_is_not_the_cause(server, session):
    assert "HTTP 400" in refusal(server, session, *[Reply(status=400)] * 3)


def test_small_pages_that_fail_are_not_asked_for_a_second_time(server, session):
    assert "HTTP 502" in refusal(server, session, *[GATEWAY] * 3, per_page=1000)


def test_the_error_body_with_status_200_is_a_refusal(server, session):
    error = b'[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]'
    line = refusal(server, session, Reply(error), kind=SourceMissing)
    assert "refused by the source (120 Invalid value: The provided parameter value is not valid)" in line


@pytest.mark.parametrize(("code", "kind"), [("175", SourceMissing), ("105", SourceUnusable), (None, SourceUnusable)])
def test_an_error_body_says_no_to_the_series_or_tells_of_trouble(server, session, code, kind):
    error = json.dumps([{"message": [{"id": code, "key": "key", "value": "value"}]}]).encode()
    assert f"refused by the source ({code} key: value)" in refusal(server, session, Reply(error), kind=kind)


@pytest.mark.parametrize("message", [[], "no", {}, [{"id": ["120"]}], None])
def test_an_error_body_of_another_form_is_refused_as_well(server, session, message):
    assert "refused by the source" in refusal(server, session, Reply(json.dumps([{"message": message}]).encode()))


@pytest.mark.parametrize("updated", ["2026-07-13", None])
def test_a_series_without_rows_is_said_to_have_none(server, session, updated):
    assert "the series has no rows" in refusal(server, session, wdi_page(None, total=0, updated=updated), kind=SourceMissing)


def test_null_where_rows_are_promised_is_refused(server, session):
    assert "no rows, although 3 are promised" in refusal(server, session, wdi_page(None))


def test_a_total_that_does_not_match_is_refused(server, session):
    assert "3 rows received of the 4 announced" in refusal(server, session, wdi_page(WDI_ROWS, total=4))


def test_a_page_that_ends_early_is_refused(server, session):
    short = wdi_page(WDI_ROWS[:1], pages=2), wdi_page(WDI_ROWS[2:], number=2, pages=2)
    assert "2 rows received of the 3 announced" in refusal(server, session, *short)


def test_more_rows_than_promised_are_refused_without_asking_for_every_page_named(server, session):
    endless = wdi_page(WDI_ROWS, pages=1_000_000, total=4), wdi_page(WDI_ROWS, number=2, pages=1_000_000, total=4)
    assert "6 rows received of the 4 announced" in refusal(server, session, *endless)


@pytest.mark.parametrize(
    ("second", "change"),
    [
        (wdi_page(WDI_ROWS[2:], number=2, pages=2, updated="2026-07-14"), "lastupdated changed from 2026-07-13 to 2026-07-14 at page 2"),
        (wdi_page(WDI_ROWS[2:], number=2, pages=2, total=4), "total changed from 3 to 4 at page 2"),
    ],
)
def test_pages_of_two_editions_are_not_joined(server, session, second, change):
    assert change in refusal(server, session, wdi_page(WDI_ROWS[:2], pages=2), second)


def test_pages_without_end_are_left_at_a_stated_number(server):
    server.play(*[wdi_page([wdi_row("ABW", 1, year)], number=year, pages=100, total=100) for year in range(1, 6)])
    with Session(replace(QUICK, pages=4)) as patient, pytest.raises(SourceUnusable, match="4 rows of 100 after 4 pages"):
        ask(server, patient)
    assert len(server.asked) == 4


def test_the_same_page_twice_is_refused_by_its_number_or_by_its_rows(server, session):
    assert "page 1 was received instead of page 2" in refusal(
        server, session, wdi_page(WDI_ROWS[:1], pages=2), wdi_page(WDI_ROWS[:1], pages=2)
    )
    server.asked.clear()
    assert "1 rows are duplicates" in refusal(server, session, wdi_page([*WDI_ROWS[:2], WDI_ROWS[0]]))


@pytest.mark.parametrize(("others", "named"), [(["SP.POP.TOTL"], "SP.POP.TOTL"), ([None, 5], "5")])
def test_rows_of_another_series_are_refused(server, session, others, named):
    strange = [wdi_row("AGO", 5, year, other) for year, other in enumerate(others)]
    assert f"rows of another series were received: {named}" in refusal(
        server, session, wdi_page([*WDI_ROWS, *strange], total=len(WDI_ROWS) + len(strange))
    )


@pytest.mark.parametrize("row", [{}, None, "row", {"indicator": None}])
def test_a_row_that_names_no_area_is_refused(server, session, row):
    assert "a row without indicator, country or date" in refusal(server, session, wdi_page([*WDI_ROWS[:2], row]))


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"[1, 2]",
        b'[{"page":1,"pages":1,"total":3}, []]',
        b'[{"page":1,"pages":1,"total":3,"lastupdated":"../../etc"}, []]',
        b'[{"page":1,"pages":1,"total":"3","lastupdated":"2026-07-13"}, []]',
        b'[{"page":1,"pages":1,"total":3,"lastupdated":"2026-07-13"}, {}]',
        GOOD.body[:-1] + b", []]",
    ],
)
def test_json_of_another_form_is_refused(server, session, body):
    assert "JSON without [header, rows]" in refusal(server, session, Reply(body))


def test_a_slow_drip_is_no_answer_on_big_or_small_pages(server):
    with Session(replace(QUICK, deadline=0.1)) as hasty:
        assert "not whole after 0.1 s" in refusal(server, hasty, replace(GOOD, drip=0.01), replace(GOOD, drip=0.01))


def test_a_body_over_the_cap_is_no_answer(server):
    with Session(replace(QUICK, size=100)) as small:
        assert "larger than the 100 bytes" in refusal(server, small, GOOD, GOOD)


# ---- the World Bank's areas


def areas(server: Server, session: Session) -> Fetched:
    return world_bank.fetch_areas(session=session, base_url=server.url, today=TODAY)


def test_the_areas_come_as_one_list_that_nothing_dates(server, session):
    server.play(areas_page(AREA_ROWS))
    fetched = areas(server, session)
    assert (fetched.vintage, fetched.published, fetched.file, fetched.rows) == ("", "", "country.json", 3)
    assert fetched.url == f"{server.url}/country?format=json&per_page=400"
    assert (server.asked[0].path, server.asked[0].query) == ("/country", {"format": "json", "per_page": "400", "page": "1"})
    assert json.loads(fetched.content) == [{"page": 1, "pages": 1, "per_page": "3", "total": 3}, AREA_ROWS]
    assert list(world_bank_areas.areas(fetched.content)["area_kind"]) == ["economy", "group", "economy"]


def test_an_unchanged_list_of_areas_gives_unchanged_bytes_whatever_its_pages_and_order(server, session):
    server.play(
        areas_page(AREA_ROWS),
        areas_page(AREA_ROWS[::-1]),
        areas_page(AREA_ROWS[2:], pages=2),
        areas_page(AREA_ROWS[:2], number=2, pages=2),
    )
    assert areas(server, session) == areas(server, session) == areas(server, session)
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ([areas_page(AREA_ROWS, total=4)], "3 rows received of the 4 announced"),
        (
            [areas_page(AREA_ROWS[:2], pages=2), areas_page(AREA_ROWS[2:], number=2, pages=2, total=4)],
            "total changed from 3 to 4 at page 2",
        ),
        ([areas_page(AREA_ROWS[:2], pages=2), areas_page(AREA_ROWS[:1], pages=2)], "page 1 was received instead of page 2"),
        ([areas_page([*AREA_ROWS[:2], AREA_ROWS[0]])], "1 rows are duplicates"),
        ([areas_page([area_row("ABW", "LCN")], total=1)], "0 groups among 1 areas"),
        ([areas_page([area_row("AFE", "NA"), area_row("AFW", "NA")], total=2)], "2 groups among 2 areas"),
        ([areas_page([*AREA_ROWS[:2], {"id": "AGO"}])], "a row without id or region"),
        ([areas_page([*AREA_ROWS[:2], "AGO"])], "a row without id or region"),
        ([areas_page([*AREA_ROWS[:2], {"id": [], "region": {"id": "NA"}}])], "a row without id or region"),
        ([areas_page(None)], "no rows, although 3 are promised"),
        ([areas_page(None, total=0)], "no rows"),
        ([Reply(b'[{"message":[{"id":"120","key":"Invalid value","value":"no"}]}]')], "refused by the source (120 Invalid value: no)"),
    ],
)
def test_a_list_of_areas_that_is_not_whole_is_refused(server, session, replies, said):
    server.play(*replies)
    with pytest.raises(SourceUnusable) as refused:
        areas(server, session)
    assert said in str(refused.value)
    assert len(server.asked) == len(replies)
