"""One message after each run, made once and delivered once, whatever is killed, damaged or unavailable in between."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import threading
from collections.abc import Callable

import pytest

from indicators.editions.news import StatusSnapshot, news_items
from pipelines.notify import delivery, digest
from pipelines.notify.delivery import Limits
from pipelines.orchestration import digest_delivery
from pipelines.settings import Settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse.database import CannotRead
from tests.support.mail_server import MailServer
from tests.support.server import Reply
from tests.support.status_snapshots import judged, snapshot_of, source, target

ANA, BEN = "ana@example.org", "ben@example.org"

QUIET = snapshot_of(verdicts=[judged("supported")], sources=[source()])
FLIPPED = snapshot_of(verdicts=[judged("revised since")], sources=[source()])
SHUT = snapshot_of(verdicts=[judged("supported")], sources=[source("unavailable", said="HTTP 403")])


class House:
    """A data home whose publications hold whatever standing a test gives them."""

    def __init__(self, home: Settings, snapshots: dict[str, StatusSnapshot]) -> None:
        self.paths = home
        self._snapshots = snapshots
        self.nights = self.runs = 0

    def publish(self, snapshot: StatusSnapshot) -> None:
        """Put a publication in place of the last, as a night would."""
        self.nights += 1
        folder = self.paths.publications / f"202611{self.nights:02}T030000-0123abcd"
        folder.mkdir(parents=True)
        (folder / "digital_divide.duckdb").touch()
        (folder / "datapackage.json").write_text(json.dumps({"created": f"2026-11-{self.nights:02}T03:00:00Z", "code": "abc"}))
        self._snapshots[folder.name] = snapshot
        self.paths.publication.unlink(missing_ok=True)
        self.paths.publication.symlink_to(folder)

    def report(self) -> digest.RunMessage:
        """Tell what a run of its own finds."""
        self.runs += 1
        return digest.report(self.paths, run=f"run-{self.runs}")

    def night(self, snapshot: StatusSnapshot) -> digest.RunMessage:
        """Publish and report."""
        self.publish(snapshot)
        return self.report()

    @property
    def state(self) -> dict:
        """What is remembered."""
        return json.loads((self.paths.digests / "state.json").read_text())


@pytest.fixture
def house(tmp_path, monkeypatch) -> House:
    snapshots: dict[str, StatusSnapshot] = {}
    monkeypatch.setattr(digest, "status_snapshot", lambda database: snapshots[database.path.parent.name])
    monkeypatch.setattr(digest, "what_changed", lambda database: "current numbers: 3 new")
    monkeypatch.setattr(delivery, "Limits", lambda: Limits(attempts=1))
    return House(Settings(tmp_path / "home"), snapshots)


def killed(*_: object, **__: object) -> None:
    """Stand for what ends with its process."""
    raise KeyboardInterrupt


@pytest.fixture
def mailed(monkeypatch) -> Callable[[MailServer], None]:
    """Configure mail by a server."""

    def configure(server: MailServer, to: str = f"{ANA}, {BEN}") -> None:
        monkeypatch.setenv("DIVIDE_DIGEST_TO", to)
        monkeypatch.setenv("DIVIDE_DIGEST_SMTP", server.url)

    return configure


# ---- what is reported


def test_the_first_publication_is_one_line(house):
    stated = house.night(QUIET)
    assert stated == digest.RunMessage("Nothing to compare with; important changes are reported from the next publication on.")
    assert not (house.paths.digests / "newest.txt").exists()


def test_a_night_on_which_nothing_matters_is_one_line(house):
    house.night(QUIET)
    assert house.night(QUIET) == digest.RunMessage("Nothing that matters: current numbers: 3 new.")


def test_a_night_on_which_nothing_came_is_one_line(house):
    house.night(QUIET)
    assert house.report() == digest.RunMessage("Nothing that matters: nothing new came.")


def test_before_anything_was_published_that_is_said(house):
    assert house.report().line == "Nothing to report: nothing was published yet."


MESSAGE = """\
1 thing that matters in the digital-divide indicators, 2026-11-02.

1. Verdict changed: online-2025 (published)
   was:  supported
   now:  revised since
   why:  Facts and Figures 2025 gives 73.6 %.
   see:  paragraphs/20.html, table verdicts

"""


def test_what_matters_is_a_message_in_the_run_and_in_a_file(house):
    house.night(QUIET)
    stated = house.night(FLIPPED)
    assert stated.text == f"{MESSAGE}Pages:  {house.paths.publication / 'index.html'}\nRun:    run-2\n"
    assert stated.line == "1 thing that matters: verdict changed: online-2025 (published): supported became revised since"
    kept = (house.paths.digests / "20261102T030000-0123abcd.txt").read_text("utf-8")
    assert kept == (house.paths.digests / "newest.txt").read_text("utf-8")
    assert kept == f"Digital divide: verdict changed: online-2025 (published): supported became revised since\n\n{stated.text}"


def test_each_run_has_a_line_in_the_log(house):
    house.night(QUIET)
    house.night(FLIPPED)
    house.report()
    lines = (house.paths.digests / "log.txt").read_text("utf-8").splitlines()
    assert [line.split(" ", 2)[2][:19] for line in lines] == ["Nothing to compare ", "1 thing that matter", "Nothing that matter"]


def test_lines_are_of_72_letters_but_for_what_cannot_be_broken(house):
    areas = [target(f"A{letter}A", "on pace") for letter in "ABCDEFGHIJKLMN"]
    house.night(snapshot_of(targets=areas, sources=[source()]))
    said = "HTTP 403 Forbidden: the request was rejected by a firewall, " * 5 + "https://example.org/" + "x" * 80
    stated = house.night(snapshot_of(targets=[(*row[:4], "met", *row[5:]) for row in areas], sources=[source("unavailable", said=said)]))
    long = [line for line in stated.text.splitlines()[:-3] if len(line) > 72]
    assert [line.strip() for line in long] == ["https://example.org/" + "x" * 80]


def test_the_subject_says_the_most_important_thing_and_how_many_more_there_are(house):
    house.night(QUIET)
    house.night(snapshot_of(verdicts=[judged("undetermined")], sources=[source("unavailable", overdue=True)]))
    assert house.state["last"]["subject"] == (
        "Digital divide: verdict changed: online-2025 (published): supported became undetermined, and 2 more"
    )


def test_an_unavailable_source_is_reported_once_and_again_when_it_is_available(house):
    house.night(QUIET)
    assert "source unavailable" in house.night(SHUT).line
    assert house.report().text == ""
    assert house.night(SHUT).text == ""
    assert "source available again" in house.night(QUIET).line


def test_other_code_is_said_since_it_may_be_the_cause(house):
    house.night(QUIET)
    house.publish(FLIPPED)
    (house.paths.publication / "datapackage.json").write_text(json.dumps({"created": "2026-11-02T03:00:00Z", "code": "other"}))
    assert "The code is other than before" in house.report().text


# ---- what is killed or damaged


def test_the_next_run_reports_what_a_killed_run_did_not(house):
    house.night(QUIET)
    house.publish(FLIPPED)
    assert house.report().text.startswith(MESSAGE)


def test_what_several_killed_runs_published_is_reported_together_however_few_are_kept(house):
    house.night(QUIET)
    for night in (SHUT, FLIPPED, FLIPPED):
        house.publish(night)
    assert "verdict changed" in house.report().line


def test_without_what_is_remembered_the_publication_before_is_compared_with(house):
    house.night(QUIET)
    (house.paths.digests / "state.json").unlink()
    assert "verdict changed" in house.night(FLIPPED).line


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"publication": 3, "surprise": 1}', '{"waiting": [{}]}', '{"reported": {"verdicts": 7}}']
)
def test_damage_to_what_is_remembered_stops_nothing(house, damage):
    house.night(QUIET)
    (house.paths.digests / "state.json").write_text(damage)
    assert "verdict changed" in house.night(FLIPPED).line
    assert house.night(FLIPPED).text == ""


def test_a_publication_before_that_cannot_be_read_is_passed_over(house, monkeypatch):
    house.night(QUIET)
    house.publish(QUIET)
    (house.paths.digests / "state.json").unlink()
    whole = digest.status_snapshot

    def read(database):
        if "20261102" in str(database.path):
            raise CannotRead("no table targets")
        return whole(database)

    monkeypatch.setattr(digest, "status_snapshot", read)
    assert "verdict changed" in house.night(FLIPPED).line


def test_the_message_is_stored_before_anything_is_sent(house, monkeypatch):
    house.night(QUIET)
    house.publish(FLIPPED)
    with monkeypatch.context() as patched:
        patched.setattr(digest, "_send", killed)
        with pytest.raises(KeyboardInterrupt):
            house.report()
    assert (house.paths.digests / "newest.txt").read_text("utf-8").startswith("Digital divide: verdict changed")
    assert house.report().line == "Nothing that matters: nothing new came."


def test_two_runs_at_once_tell_it_once(house):
    house.night(QUIET)
    house.publish(FLIPPED)
    found: list[digest.RunMessage] = []
    threads = [threading.Thread(target=lambda name=name: found.append(digest.report(house.paths, run=name))) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(stated.line[:19] for stated in found) == ["1 thing that matter", "Nothing that matter"]


# ---- what is sent


def test_a_message_is_sent_once(house, mailed):
    with MailServer() as server:
        mailed(server)
        house.night(QUIET)
        assert house.night(FLIPPED).sent == ("mail",)
        house.report()
        house.night(FLIPPED)
        assert [to for to, _ in server.taken] == [[ANA, BEN]]


def test_nothing_is_sent_if_nothing_matters(house, mailed):
    with MailServer() as server:
        mailed(server)
        house.night(QUIET)
        house.night(QUIET)
        assert server.connections == 0


def test_a_message_that_was_not_taken_goes_out_with_a_later_run(house, mailed):
    with MailServer(replies={"CONNECT": "421 too busy"}) as server:
        mailed(server)
        house.night(QUIET)
        stated = house.night(FLIPPED)
        assert stated.problems[0].endswith("refused (421 too busy)")
        assert stated.problems[1] == "1 waiting, tried again with the next run; divide digest --test shows whether it would succeed now"
        server.manners.replies.clear()
        assert house.report() == digest.RunMessage("Nothing that matters: nothing new came.", sent=("mail",))
        assert len(server.taken) == 1
        assert house.state["waiting"] == []


def test_a_run_that_is_killed_while_it_sends_leaves_the_message_to_the_next(house, mailed, monkeypatch):
    with MailServer() as server:
        mailed(server)
        house.night(QUIET)
        house.publish(FLIPPED)
        with monkeypatch.context() as patched:
            patched.setattr(delivery, "mail", killed)
            with pytest.raises(KeyboardInterrupt):
                house.report()
        house.report()
        assert len(server.taken) == 1


def test_who_has_it_is_not_sent_it_again_and_who_has_not_is(house, mailed):
    with MailServer(replies={f"RCPT {BEN}": "451 try later"}) as server:
        mailed(server)
        house.night(QUIET)
        assert house.night(FLIPPED).problems[0] == f"mail: refuses {BEN} (451 try later)"
        server.manners.replies.clear()
        house.report()
        assert [to for to, _ in server.taken] == [[ANA], [BEN]]


def test_a_wrong_address_that_was_mended_gets_what_waits(house, mailed):
    with MailServer(replies={"RCPT bem@example.org": "550 no such user"}) as server:
        mailed(server, "bem@example.org")
        house.night(QUIET)
        house.night(FLIPPED)
        mailed(server, BEN)
        assert house.report().problems == ()
        assert [to for to, _ in server.taken] == [[BEN]]


def test_one_way_that_fails_keeps_the_other_from_nothing(house, mailed, server, monkeypatch):
    monkeypatch.setenv("DIVIDE_DIGEST_WEBHOOK", f"{server.url}/secret")
    server.play(Reply(b"ok"))
    with MailServer(replies={"CONNECT": "554 no"}) as refusing:
        mailed(refusing)
        house.night(QUIET)
        stated = house.night(FLIPPED)
        assert stated.sent == ("webhook",)
        assert "refused (554 no)" in stated.problems[0]
        refusing.manners.replies.clear()
        house.report()
    assert (len(server.asked), len(refusing.taken)) == (1, 1)


def test_what_waits_is_sent_in_order_and_a_way_that_failed_is_left_alone_for_the_run(house, mailed):
    with MailServer(replies={"CONNECT": "421 too busy"}) as server:
        mailed(server)
        for night in (QUIET, FLIPPED, QUIET):
            house.night(night)
        assert (len(house.state["waiting"]), server.connections) == (2, 2)
        server.manners.replies.clear()
        house.report()
        subjects = [next(line for line in body.splitlines() if line.startswith(b"Message-ID")) for _, body in server.taken]
    assert [subject.split(b"<")[1][:8] for subject in subjects] == [b"20261102", b"20261103"]


def test_a_message_that_nobody_takes_is_given_up_after_a_week_of_nights_and_stays_a_file(house, mailed):
    with MailServer(replies={"CONNECT": "554 no"}) as server:
        mailed(server)
        house.night(QUIET)
        house.night(FLIPPED)
        for _ in range(digest.TRIES - 2):
            assert "given up" not in "".join(house.report().problems)
        problems = house.report().problems
    assert problems[1].endswith(
        f"is given up after {digest.TRIES} runs; it stays in {house.paths.digests / '20261102T030000-0123abcd'}.txt"
    )
    assert house.report().problems == ()


def test_a_configuration_that_cannot_be_read_keeps_the_message(house, monkeypatch):
    monkeypatch.setenv("DIVIDE_DIGEST_WEBHOOK_FILE", "/nothing")
    house.night(QUIET)
    assert house.night(FLIPPED).problems[0] == "DIVIDE_DIGEST_WEBHOOK_FILE: /nothing cannot be read (FileNotFoundError)"
    assert len(house.state["waiting"]) == 1


def test_mail_without_a_recipient_keeps_the_message_though_the_webhook_has_it(house, server, monkeypatch):
    monkeypatch.setenv("DIVIDE_DIGEST_WEBHOOK", f"{server.url}/secret")
    monkeypatch.setenv("DIVIDE_DIGEST_SMTP", "smtp://127.0.0.1")
    server.play(Reply(b"ok"))
    house.night(QUIET)
    for stated in (house.night(FLIPPED), house.report()):
        assert stated.problems[0].startswith("DIVIDE_DIGEST_TO must name comma-separated addresses")
    assert len(server.asked) == 1


def test_secrets_are_in_no_file(house, monkeypatch, server):
    monkeypatch.setenv("DIVIDE_DIGEST_WEBHOOK", f"{server.url}/services/secret")
    house.night(QUIET)
    stated = house.night(FLIPPED)
    assert stated.problems[0].endswith("HTTP 418; look at DIVIDE_DIGEST_WEBHOOK")
    for path in house.paths.digests.iterdir():
        assert b"services/secret" not in path.read_bytes(), path.name


def test_old_messages_are_cleared_away(house, monkeypatch):
    monkeypatch.setattr(digest, "KEPT", 2)
    for night in (QUIET, FLIPPED, QUIET, FLIPPED):
        house.night(night)
    kept = sorted(path.name[:8] for path in house.paths.digests.glob("2*.txt"))
    assert kept == ["20261103", "20261104"]


def test_a_trial_says_of_each_way_what_became_of_it(mailed, house, server, monkeypatch):
    monkeypatch.setenv("DIVIDE_DIGEST_WEBHOOK", f"{server.url}/secret")
    with MailServer() as taking:
        mailed(taking)
        found = dict(digest.trial(digest.delivery(), dt.datetime(2026, 11, 27, 3, tzinfo=dt.UTC)))
    assert found == {"mail": "", "webhook": f"webhook at 127.0.0.1:{server.port}: HTTP 418; look at DIVIDE_DIGEST_WEBHOOK"}
    assert b"Subject: Digital divide: a trial message" in taking.taken[0][1]


# ---- in a run


def test_whatever_goes_wrong_with_the_digest_fails_no_run(house, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(digest, "report", broken)
    outcome = digest_delivery.deliver(house.paths, "a run", logging.getLogger())
    assert (outcome.passed, outcome.sentence) == (
        False,
        "the digest was not written: OSError (no space left on device); please report it",
    )


@pytest.mark.parametrize(("problems", "passed"), [((), True), (("mail by mail.example.org: no answer",), False)])
def test_the_check_says_whether_the_message_was_delivered(house, monkeypatch, problems, passed):
    monkeypatch.setattr(digest, "report", lambda *_, **__: digest.RunMessage("1 thing that matters", problems=problems, sent=("mail",)))
    outcome = digest_delivery.deliver(house.paths, "a run", logging.getLogger())
    assert outcome.passed is passed
    assert outcome.sentence.startswith("sent by mail" if passed else "mail by mail.example.org: no answer")


def test_the_message_that_waits_is_whole(house, mailed):
    with MailServer(replies={"CONNECT": "554 no"}) as server:
        mailed(server)
        house.night(QUIET)
        house.night(FLIPPED)
    (waiting,) = house.state["waiting"]
    assert set(waiting["message"]) == {field.name for field in dataclasses.fields(delivery.Message)}
    assert waiting["message"]["items"][0]["kind"] == "verdict changed"


def test_the_label_of_a_vintage_that_a_publisher_rewrote_is_the_one_the_store_gives(tmp_path):
    store = SnapshotStore(tmp_path / "embedded", tmp_path / "snapshots")
    said = {"published": "2026-07-13", "retrieved": "2026-11-24T03:00:05Z", "licence": "MIT", "citation": "us"}
    for content in (b"one", b"two"):
        store.put_edition("world-bank-wdi", "2026-07-13", "use.json", content, said)
    rows = [(snapshot.name, snapshot.source, snapshot.vintage, snapshot.file) for snapshot in store.list()]
    (item,) = news_items(snapshot_of(snapshots=[row for row in rows if row[2] == "2026-07-13"]), snapshot_of(snapshots=rows))
    assert (item.kind, item.subject) == ("history rewritten", "WDI 2026-07-13")
