"""A digest on its way: servers of our own that take it, refuse it, do not answer, break off, or are not who they say."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import json
import smtplib

import pytest

from indicators.editions.news import NewsItem
from pipelines.notify import delivery
from pipelines.notify.delivery import Limits, Message, NotDelivered
from pipelines.settings import Delivery
from pipelines.settings import delivery as configured
from tests.support.mail_server import MailServer, certificate
from tests.support.server import Reply

LIMITS = Limits(attempts=3)
#: For servers that say nothing; the others may be slow where the machine is.
IMPATIENT = dataclasses.replace(LIMITS, silence=0.3)
ANA, BEN = "ana@example.org", "ben@example.org"
ITEM = {
    "kind": "source unavailable",
    "severity": "medium",
    "subject": "unsd-sdg",
    "before": "available",
    "after": "unavailable",
    "reason": "",
    "page": "",
}
MESSAGE = Message(
    "20261127T030000-0123abcd",
    "2026-11-27T03:00:00Z",
    "Digital divide: Côte d’Ivoire",
    "Türkiye: on pace → met\n",
    "brief",
    "run",
    [NewsItem(**ITEM)],
)
SECRET = "T0001/B0002/secret"


@pytest.fixture
def waits() -> list[float]:
    return []


def mailed(server: MailServer, waits: list[float], message: Message = MESSAGE, to: str = f"Ana <{ANA}>, {BEN}, {ANA}", **said: str) -> dict:
    ways = Delivery(to=to, **{"smtp": server.url, "sender": "divide@example.org"} | said)
    limits = IMPATIENT if "hang" in server.manners.replies.values() else LIMITS
    return delivery.mail(ways, message, delivery.recipients(ways), limits=limits, sleep=waits.append)


# ---- mail that is taken


@pytest.fixture(scope="module")
def letter() -> tuple[list[str], email.message.EmailMessage]:
    """A mail as it arrived, and its recipient."""
    with MailServer() as server:
        assert mailed(server, []) == {}
        ((to, body),) = server.taken
    return to, email.message_from_bytes(body, policy=email.policy.default)


def test_mail_reaches_everybody_whom_it_is_for(letter):
    to, received = letter
    assert to == [ANA, BEN]
    assert received["To"] == f"{ANA}, {BEN}"
    assert (received["From"], received["Auto-Submitted"]) == ("divide@example.org", "auto-generated")


def test_mail_is_plain_text_and_no_letter_is_lost(letter):
    _, received = letter
    assert received.get_content_type() == "text/plain"
    assert received.get_content().replace("\r\n", "\n") == MESSAGE.text
    assert received["Subject"] == MESSAGE.subject


def test_the_same_message_bears_the_same_name_and_moment_so_that_it_is_known_again(letter):
    _, received = letter
    assert received["Message-ID"] == "<20261127T030000-0123abcd@example.org>"
    assert received["Date"].datetime.isoformat() == "2026-11-27T03:00:00+00:00"


def test_a_subject_of_several_lines_puts_no_header_into_the_mail(waits):
    message = Message(**vars(MESSAGE) | {"subject": "shut\r\nBcc: all@example.org\r\n\r\nbody"})
    with MailServer() as server:
        mailed(server, waits, message)
        ((to, body),) = server.taken
    received = email.message_from_bytes(body, policy=email.policy.default)
    assert to == [ANA, BEN]
    assert received["Bcc"] is None
    assert received["Subject"] == "shut Bcc: all@example.org body"


def test_a_user_is_let_in_by_the_password(waits):
    with MailServer(says=("AUTH PLAIN",), users={"bot@example.org": "pa:ss word"}) as server:
        url = server.url.replace("://", "://bot%40example.org@")
        mailed(server, waits, smtp=url, sender="", password="pa:ss word")
        assert server.logged_in == ["bot@example.org"]
        assert b"From: bot@example.org" in server.taken[0][1]


def test_what_is_said_at_parting_does_not_undo_what_was_taken(waits):
    with MailServer(replies={"QUIT": "421 too busy to say goodbye"}) as server:
        assert mailed(server, waits) == {}
        assert len(server.taken) == 1


# ---- mail that is not


def test_one_refused_recipient_does_not_stop_the_others(waits):
    with MailServer(replies={f"RCPT {BEN}": "550 no such user"}) as server:
        assert mailed(server, waits) == {BEN: "550 no such user"}
        assert [to for to, _ in server.taken] == [[ANA]]


@pytest.mark.parametrize(
    ("manners", "tries", "line"),
    [
        ({"replies": {"RCPT": "550 no such user"}}, 1, f"refuses {ANA} (550 no such user); refuses {BEN} (550 no such user)"),
        ({"replies": {"RCPT": "451 try later"}}, 3, f"refuses {ANA} (451 try later)"),
        ({"replies": {"BODY": "552 too large"}}, 1, "refused (552 too large)"),
        ({"replies": {"BODY": "451 try later"}}, 3, "refused (451 try later)"),
        ({"replies": {"CONNECT": "421 too busy"}}, 3, "refused (421 too busy)"),
        ({"replies": {"MAIL": "530 authentication required"}}, 1, "name a user in DIVIDE_DIGEST_SMTP and give DIVIDE_DIGEST_PASSWORD"),
        ({"replies": {"MAIL": "553 not yours"}}, 1, "refuses divide@example.org (553 not yours); set DIVIDE_DIGEST_FROM"),
        ({"replies": {"DATA": "drop"}}, 3, "the connection broke off"),
        ({"replies": {"BODY": "hang"}}, 1, "timed out"),
        ({"replies": {"CONNECT": "hang"}}, 1, "timed out"),
    ],
)
def test_mail_that_is_not_taken_says_why_in_a_line_and_is_tried_again_only_where_that_may_help(waits, manners, tries, line):
    with MailServer(**manners) as server, pytest.raises(NotDelivered) as failure:
        mailed(server, waits)
    assert line in str(failure.value)
    assert "\n" not in str(failure.value)
    assert f"mail by 127.0.0.1:{server.port}" in str(failure.value)
    assert server.connections == tries
    assert waits == [2.0, 4.0][: tries - 1]
    assert server.taken == []


def test_a_server_that_recovers_is_sent_the_mail_once(waits):
    with MailServer(replies={"CONNECT": "421 too busy"}) as server:

        def recover(seconds: float) -> None:
            server.manners.replies.clear()

        ways = Delivery(to=ANA, smtp=server.url)
        assert delivery.mail(ways, MESSAGE, [ANA], limits=LIMITS, sleep=recover) == {}
        assert len(server.taken) == 1


def test_an_unreachable_source_is_a_line_as_well(waits):
    with MailServer() as server:
        pass
    with pytest.raises(NotDelivered, match=r"no answer .*refused"):
        mailed(server, waits)
    assert waits == [2.0, 4.0]


def test_a_wrong_password_is_reported_without_it_though_the_server_repeats_it(waits):
    with MailServer(says=("AUTH PLAIN",), users={"bot": "right"}) as server, pytest.raises(NotDelivered) as failure:
        mailed(server, waits, smtp=server.url.replace("://", "://bot@"), password="hunter2")
    assert "does not let bot in (535); look at DIVIDE_DIGEST_PASSWORD" in str(failure.value)
    assert "hunter2" not in str(failure.value)
    assert (server.connections, server.taken) == (1, [])


def test_a_password_that_no_server_would_understand_is_not_sent(waits):
    with MailServer(says=("AUTH PLAIN",)) as server, pytest.raises(NotDelivered, match="must be of ASCII letters") as failure:
        mailed(server, waits, smtp=server.url.replace("://", "://bot@"), password="wörd")
    assert "ö" not in str(failure.value)


def test_a_server_without_passwords_is_not_given_one(waits):
    with MailServer() as server, pytest.raises(NotDelivered, match="takes no password; leave the user out"):
        mailed(server, waits, smtp=server.url.replace("://", "://bot@"), password="hunter2")


# ---- safe connections


def test_a_server_that_nobody_vouches_for_gets_nothing(tmp_path, waits):
    with MailServer(tls=certificate(tmp_path, "127.0.0.1")) as server, pytest.raises(NotDelivered) as failure:
        mailed(server, waits)
    assert "no safe connection (self-signed certificate); if the certificate is of an authority of your own" in str(failure.value)
    assert server.taken == []
    assert waits == []


def test_a_server_beyond_this_machine_that_offers_no_encryption_gets_nothing(monkeypatch, waits):
    monkeypatch.setattr(delivery, "HERE", frozenset())
    with MailServer() as server, pytest.raises(NotDelivered, match="offers no encryption, and nothing is sent without"):
        mailed(server, waits)
    assert server.taken == []


def test_a_server_beyond_this_machine_is_asked_to_encrypt_before_anything_is_said(monkeypatch, waits):
    monkeypatch.setattr(delivery, "HERE", frozenset())
    asked = []
    monkeypatch.setattr(smtplib.SMTP, "starttls", lambda self, context: asked.append(context.check_hostname))
    with MailServer() as server:
        mailed(server, waits)
    assert asked == [True]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"smtp": ""}, "DIVIDE_DIGEST_SMTP must be smtps://user@host:port"),
        ({"smtp": "mail.example.org"}, "DIVIDE_DIGEST_SMTP must be"),
        ({"smtp": "smtp://mail.example.org:abc"}, "DIVIDE_DIGEST_SMTP must be"),
        ({"smtp": "smtp://bot:hunter2@127.0.0.1"}, "holds a password, which would be shown; put it into DIVIDE_DIGEST_PASSWORD_FILE"),
        ({"smtp": "smtp://bot@127.0.0.1:PORT"}, "no password of bot is given"),
        ({"to": ""}, "DIVIDE_DIGEST_TO must name comma-separated addresses"),
        ({"to": "ana, ben"}, "DIVIDE_DIGEST_TO must name comma-separated addresses"),
        ({"to": f"{ANA}\nBcc: all@example.org"}, "DIVIDE_DIGEST_TO"),
        ({"sender": "us\nBcc: all@example.org"}, "DIVIDE_DIGEST_FROM"),
    ],
)
def test_a_mistake_in_the_configuration_is_a_line_that_names_the_variable_and_no_secret(waits, said, line):
    with MailServer() as server, pytest.raises(NotDelivered) as failure:
        mailed(server, waits, **{name: value.replace("PORT", str(server.port)) for name, value in said.items()})
    assert line in str(failure.value)
    assert "hunter2" not in str(failure.value)
    assert server.taken == []


# ---- the webhook


@pytest.fixture
def hook(server) -> str:
    return f"{server.url}/services/{SECRET}"


def post(hook: str, waits: list[float], limits: Limits = LIMITS) -> None:
    delivery.webhook(Delivery(webhook=hook), MESSAGE, limits=limits, sleep=waits.append)


@pytest.mark.parametrize(
    "reply", [Reply(b"ok"), Reply(status=204), Reply(b"ok", headers={"Content-Type": "text/html"})], ids=["ok", "nothing", "a word as html"]
)
def test_a_webhook_is_given_a_text_for_people_and_the_items_for_programs(server, hook, waits, reply):
    server.play(reply)
    post(hook, waits)
    (asked,) = server.asked
    assert asked.path == f"/services/{SECRET}"
    assert asked.headers["Content-Type"] == "application/json"
    assert json.loads(asked.body) == {
        "text": "brief",
        "subject": MESSAGE.subject,
        "id": MESSAGE.name,
        "run": "run",
        "made_at": MESSAGE.made_at,
        "items": [ITEM],
    }


@pytest.mark.parametrize(
    ("reply", "tries", "line"),
    [
        (Reply(status=500), 3, "HTTP 500"),
        (Reply(status=429, headers={"Retry-After": "7"}), 3, "HTTP 429"),
        (Reply(status=429, headers={"Retry-After": "3600"}), 1, "HTTP 429"),
        (Reply(status=404), 1, "HTTP 404; look at DIVIDE_DIGEST_WEBHOOK"),
        (Reply(status=307, headers={"Location": "https://example.org"}), 1, "sends us on elsewhere (HTTP 307)"),
        (Reply(b"\n<!DOCTYPE html><html>log in", headers={"Content-Type": "text/html"}), 1, "answered with a page, as no webhook does"),
        (Reply(late=1), 1, "no answer in 0.3 s"),
    ],
    ids=["in trouble", "a wait", "a long wait", "gone", "moved", "a page", "silent"],
)
def test_a_webhook_that_does_not_take_it_says_why_in_a_line_without_the_secret(server, hook, waits, reply, tries, line):
    server.play(*[reply] * 3)
    with pytest.raises(NotDelivered) as failure:
        post(hook, waits, IMPATIENT if reply.late else LIMITS)
    assert str(failure.value).startswith(f"webhook at 127.0.0.1:{server.port}: {line}")
    assert "secret" not in str(failure.value)
    assert len(server.asked) == tries
    assert waits == ([7.0, 7.0] if reply.headers else [2.0, 4.0])[: tries - 1]


def test_a_webhook_that_recovers_is_given_it(server, hook, waits):
    server.play(Reply(status=503), Reply(b"ok"))
    post(hook, waits)
    assert len(server.asked) == 2


@pytest.mark.parametrize("hook", ["http://example.org/secret", "example.org/secret", "ftp://example.org/secret"])
def test_a_webhook_that_is_not_encrypted_gets_nothing(hook, waits):
    with pytest.raises(NotDelivered, match="must be an address that begins with https://") as failure:
        post(hook, waits)
    assert "secret" not in str(failure.value)


def test_a_webhook_that_is_not_there_is_reported_without_the_secret(server, waits):
    with pytest.raises(NotDelivered, match=r"no answer \(Connection refused\)") as failure:
        post("http://127.0.0.1:1/secret", waits)
    assert "secret" not in str(failure.value)
    assert waits == [2.0, 4.0]


# ---- the configuration


def test_secrets_may_stand_in_files_and_are_shown_by_nothing(tmp_path, monkeypatch):
    (tmp_path / "password").write_text("hunter2\n")
    monkeypatch.setenv("DIVIDE_DIGEST_TO", ANA)
    monkeypatch.setenv("DIVIDE_DIGEST_PASSWORD_FILE", str(tmp_path / "password"))
    monkeypatch.setenv("DIVIDE_DIGEST_WEBHOOK", "https://example.org/secret")
    ways = configured()
    assert (ways.password, ways.webhook) == ("hunter2", "https://example.org/secret")
    assert "hunter2" not in repr(ways)
    assert "secret" not in repr(ways)


def test_a_secret_whose_file_is_not_there_is_a_line(tmp_path, monkeypatch):
    monkeypatch.setenv("DIVIDE_DIGEST_PASSWORD_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ValueError, match=r"DIVIDE_DIGEST_PASSWORD_FILE: .*nothing cannot be read \(FileNotFoundError\)"):
        configured()


def test_nothing_is_configured_by_default():
    assert not configured().is_configured
