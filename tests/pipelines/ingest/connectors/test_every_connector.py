"""What holds for every connector, at every request of its conversation, against a server that misbehaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipelines.ingest.connectors import Fetched
from pipelines.ingest.connectors.session import Session, SourceMissing, SourceUnavailable, SourceUnusable
from tests.support.publishers import CONVERSATIONS, HTML, QUICK
from tests.support.server import Reply, Server

EVERYWHERE = [(name, place) for name, conversation in CONVERSATIONS.items() for place in range(len(conversation.replies))]
IN_JSON = [(name, place) for name, place in EVERYWHERE if CONVERSATIONS[name].replies[place].body[:1] in (b"{", b"[")]
each_request = pytest.mark.parametrize(("name", "place"), EVERYWHERE, ids=str)
each_json = pytest.mark.parametrize(("name", "place"), IN_JSON, ids=str)


def ask(server: Server, session: Session, name: str, place: int, *instead: Reply) -> Fetched:
    """Request a connector whose conversation goes well, but for these replies that come before the one at `place`."""
    replies = CONVERSATIONS[name].replies
    server.play(*replies[:place], *instead, *replies[place:])
    return CONVERSATIONS[name].ask(session, server.url)


def refusal(server: Server, session: Session, name: str, place: int, reply: Reply, kind: type[SourceUnusable] = SourceUnusable) -> str:
    """Return the line with which a connector refuses this reply, which comes at `place` however often it asks."""
    server.play(*CONVERSATIONS[name].replies[:place], *[reply] * 20)
    with pytest.raises(kind) as refused:
        CONVERSATIONS[name].ask(session, server.url)
    line = str(refused.value)
    assert "\n" not in line
    assert line.startswith(server.url)
    return line


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_an_unchanged_answer_gives_the_same_once_more(server, session, name):
    first, second = ask(server, session, name, 0), CONVERSATIONS[name].replies
    with Session(QUICK) as another:
        assert ask(server, another, name, 0) == first
    assert len(server.asked) == 2 * len(second)
    assert first.rows >= 2


@each_request
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_status_that_passes_is_asked_again(server, session, waits, name, place, status):
    ask(server, session, name, place, *[Reply(b"sorry", status=status)] * 2)
    assert waits == [1, 2]


@each_request
@pytest.mark.parametrize("as_date", [False, True])
def test_the_wait_that_the_publisher_asks_for_is_kept(server, session, waits, name, place, as_date):
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    ask(server, session, name, place, Reply(status=429, headers={"Retry-After": moment if as_date else "20"}))
    assert len(waits) == 1
    assert 15 < waits[0] <= 20


@each_request
@pytest.mark.parametrize("status", [400, 401, 410, 418])
def test_a_status_that_stays_is_not_asked_again(server, session, name, place, status):
    asked_again = status == 400 and "world bank" in name  # it answers so to good addresses
    assert f"HTTP {status}" in refusal(server, session, name, place, Reply(b"no", status=status))
    assert len(server.asked) == place + (3 if asked_again else 1)


@each_request
def test_an_unavailable_source_is_requested_once(server, session, waits, name, place):
    assert "closed to programs (HTTP 403 Forbidden)" in refusal(server, session, name, place, Reply(b"no", status=403), SourceUnavailable)
    assert (len(server.asked), waits) == (place + 1, [])


@each_request
def test_what_is_not_there_is_said_to_be_missing(server, session, name, place):
    assert "HTTP 404" in refusal(server, session, name, place, Reply(b"no", status=404), SourceMissing)


@each_request
@pytest.mark.parametrize(
    "accident", [HTML, Reply(), Reply(b" \n"), Reply(b"0123456789", sent=4), Reply(b"0123456789", sent=5, chunked=True)]
)
def test_what_came_in_place_of_the_answer_is_asked_again_and_then_said(server, session, waits, name, place, accident):
    ask(server, session, name, place, accident, accident)
    assert waits == [1, 2]
    with Session(QUICK, sleep=waits.append) as another:
        line = refusal(server, another, name, place, accident)
    reasons = ("instead", "broke off after", "no workbook was received")
    assert any(reason in line for reason in reasons)
    assert "(asked 3 times)" in line


@each_request
def test_a_body_cut_in_the_middle_is_asked_for_again(server, session, waits, name, place):
    whole = CONVERSATIONS[name].replies[place]
    ask(server, session, name, place, replace(whole, sent=len(whole.body) // 2))
    assert waits == [1]


@each_request
def test_a_redirect_to_another_host_is_not_followed(server, session, name, place):
    elsewhere = Reply(status=302, headers={"Location": f"http://localhost:{server.port}/"})
    assert "sent on to another host" in refusal(server, session, name, place, elsewhere)
    assert len(server.asked) == place + 1


@each_request
def test_a_slow_drip_ends_at_the_deadline(server, name, place):
    with Session(replace(QUICK, deadline=0.05), sleep=lambda seconds: None) as hasty:
        assert "not whole after 0.05 s" in refusal(server, hasty, name, place, replace(CONVERSATIONS[name].replies[place], drip=0.005))


@each_request
def test_an_answer_over_the_cap_is_refused(server, name, place):
    sizes = [len(reply.body) for reply in CONVERSATIONS[name].replies]
    with Session(replace(QUICK, size=max(sizes))) as small:
        line = refusal(server, small, name, place, Reply(CONVERSATIONS[name].replies[place].body + b" " * (max(sizes) - sizes[place] + 1)))
    assert "larger than the" in line


@each_json
@pytest.mark.parametrize(
    "body", [b"[NaN]", b'{"a": -Infinity}', b"[1,]", b"{'a': 1}", b'["\xff"]', b'{"a": "\\uE000"}', '["\ue000"]'.encode()]
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_what_is_not_json_although_it_begins_so_is_refused(server, session, name, place, body, wrapped):
    good = CONVERSATIONS[name].replies[place].body
    opening, closing = good[:1], good[-1:]
    body = opening + (b'"a": ' if opening == b"{" else b"") + body + closing if wrapped or body[:1] != opening else body
    assert "not valid JSON" in refusal(server, session, name, place, Reply(body))
    assert len(server.asked) == place + 1


@each_json
def test_json_nested_without_end_is_refused(server, session, name, place):
    good = CONVERSATIONS[name].replies[place].body
    nested = b"[" * 100_000 + b"]" * 100_000 if good[:1] == b"[" else b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    assert "not valid JSON" in refusal(server, session, name, place, Reply(nested))


@each_json
@pytest.mark.parametrize("content", [b"", b"1, 2", b'"a"', b"null, null"])
def test_json_of_another_form_is_refused(server, session, name, place, content):
    good = CONVERSATIONS[name].replies[place].body
    body = b"[" + content + b"]" if good[:1] == b"[" else b'{"a": [' + content + b"]}"
    line = refusal(server, session, name, place, Reply(body))
    assert "the API may have changed" in line or "the service may have changed" in line or "does not list" in line


@each_json
def test_a_byte_order_mark_and_other_spacing_change_nothing(server, session, name, place):
    good = CONVERSATIONS[name].replies[place]
    first = ask(server, session, name, 0)
    replies = list(CONVERSATIONS[name].replies)
    replies[place] = Reply(b"\xef\xbb\xbf\n" + good.body.replace(b", ", b" ,\n "))
    server.play(*replies)
    with Session(QUICK) as another:
        assert CONVERSATIONS[name].ask(another, server.url) == first
