"""One message after each run, if something that matters happened since the last: kept as a file, told to whoever started the run, and sent.

What was last told is remembered in one file, `state.json`, together with the messages that still wait to be sent. It is replaced whole, so
that a run that is killed at any moment has either told nothing, and the next run does, or has told it once. A shut door is thus news on
the first night and no longer on the second, and a message that no server took goes out with a later run. Nothing here may fail a run.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.editions import news
from indicators.editions.news import NewsItem, StatusSnapshot
from pipelines.notify import delivery as by
from pipelines.notify.delivery import Message
from pipelines.settings import DATABASE, Delivery, Settings, delivery
from pipelines.warehouse.database import CannotRead, Published
from pipelines.warehouse.status import status_snapshot, what_changed

#: Runs that try to send a message before it is given up; it stays a file. A week of nights is time enough to mend a server.
TRIES = 7

#: Messages kept as files, newest first.
KEPT = 100

#: Columns of a mail, as people who read in a terminal have it.
WIDTH = 72

#: What a subject begins with, so that filters can sort it; and its letters, but for how many more things there are.
SUBJECT, SUBJECT_LETTERS = "Digital divide: ", 120

#: Items that a chat is given line by line.
BRIEF = 12

NEWEST = "newest.txt"
LOG = "log.txt"
_STATE = "state.json"


@dataclass(frozen=True)
class Told:
    """What a run told.

    Attributes:
        line: All of it in one line.
        text: The message; empty if nothing matters.
        problems: Why a message waits, a line a way.
        sent: Where messages went.
    """

    line: str
    text: str = ""
    problems: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()


@dataclass
class _State:
    """What is remembered from run to run.

    Attributes:
        publication: The publication that was last told of.
        code: The code that made it.
        told: What of its standing the next is compared with; None if that is not known.
        line: What the last run told, in one line.
        last: The last message.
        waiting: Messages that somebody has not been given: `message`, `given` to whom, and the `tries` so far.
    """

    publication: str = ""
    code: str = ""
    told: dict[str, Any] | None = None
    line: str = ""
    last: dict[str, Any] | None = None
    waiting: list[dict[str, Any]] = field(default_factory=list)


def tell(paths: Settings, *, run: str) -> Told:
    """Compare the publication with what was last told, keep a message of `run` if something matters, and send what waits."""
    with _alone(paths):
        state = _read(paths)
        _remember(paths, state, run)
        problems, sent = _send(paths, state)
        text = str(state.last["text"]) if state.last and state.last["run"] == run else ""
    return Told(state.line, text, tuple(problems), tuple(sent))


def newest(paths: Settings) -> tuple[dict[str, Any] | None, str]:
    """Return the last message, and what the last run said in one line; None and "" if nothing was ever told."""
    state = _read(paths)
    return state.last, state.line


def trial(ways: Delivery, now: dt.datetime) -> list[tuple[str, str]]:
    """Send a trial message by every way that is configured.

    Returns:
        For each way its name, and what went wrong, or "" where it was taken.
    """
    made_at = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    text = "This is a trial: the digest of the digital-divide indicators reaches you.\n"
    message = by.Message(f"trial-{now:%Y%m%dT%H%M%S}", made_at, "Digital divide: a trial message", text, text, "trial", [])
    found = []
    for name, deliver in _ways(ways):
        try:
            refused = deliver(message, set())
            found += [(name, f"refuses {to} ({why})") for to, why in refused.items()] or [(name, "")]
        except by.NotDelivered as failure:
            found.append((name, str(failure)))
    return found


def _remember(paths: Settings, state: _State, run: str) -> None:
    """Put into the state what this run tells, and write it down; from then on it is told, and no run tells it again."""
    folder = paths.publication.resolve()
    if not (folder / DATABASE).exists():
        state.line = "Nothing to tell: nothing was published yet."
    elif folder.name == state.publication and state.told is not None:
        state.line = "Nothing that matters: nothing new came."
    else:
        published = Published(folder / DATABASE)
        about = json.loads((folder / "datapackage.json").read_text("utf-8"))
        now = status_snapshot(published)
        before = _told_before(paths, state, folder)
        items = [] if before is None else news.news_items(before, now)
        if before is None:
            state.line = "Nothing to compare with; what matters is told from the next publication on."
        else:
            state.line = f"Nothing that matters: {what_changed(published).removeprefix('nothing: ')}."
        if items:
            code_changed = state.code not in ("", about["code"])
            message = _message(items, folder.name, paths.publication, str(about["created"]), run, code_changed=code_changed)
            state.line = f"{_many(len(items)).capitalize()}: {message.subject.removeprefix(SUBJECT)}"
            state.last = asdict(message)
            if _is_configured():
                state.waiting.append({"message": asdict(message), "given": [], "tries": 0})
        state.told = {name: frame.to_dict("records") for name, frame in now.compared_columns().items()}
        state.publication, state.code = folder.name, about["code"]
    _write(paths, state)
    if state.last:
        _keep(paths, state.last)
    with (paths.digests / LOG).open("a", encoding="utf-8") as log:
        log.write(f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {run[:8]} {state.line}\n")


def _told_before(paths: Settings, state: _State, folder: Path) -> StatusSnapshot | None:
    """Return what was last told; where that is not known, how the newest publication kept before this one stands; else None."""
    if state.told is not None:
        with suppress(KeyError, ValueError, TypeError):  # damaged, as if it were not known
            told = {name: [{column: row[column] for column in types} for row in state.told[name]] for name, types in news.COMPARED.items()}
            frames = {name: pd.DataFrame(told[name], columns=[*types]).astype(types) for name, types in news.COMPARED.items()}
            return news.StatusSnapshot(**frames)
    kept = paths.publications.iterdir() if paths.publications.exists() else ()
    for earlier in sorted((path for path in kept if not path.name.startswith(".") and path != folder), reverse=True):
        with suppress(CannotRead):
            return status_snapshot(Published(earlier / DATABASE))
    return None


def _message(items: list[NewsItem], name: str, publication: Path, made_at: str, run: str, *, code_changed: bool) -> Message:
    """Write the items down."""
    more = f", and {len(items) - 1} more" if len(items) > 1 else ""
    subject = textwrap.shorten(f"{SUBJECT}{items[0].kind}: {items[0]}", SUBJECT_LETTERS, placeholder="…") + more
    lines = [_many(len(items)).capitalize() + f" in the digital-divide indicators, {made_at[:10]}.", ""]
    for number, item in enumerate(items, 1):
        lines += _wrapped(f"{number}. {item.kind.capitalize()}: {item.subject}", "   ")
        for label, said in (("was", item.before), ("now", item.after), ("why", item.reason), ("see", item.page)):
            lines += _wrapped(f"   {label}:  {said}", " " * 9)
        lines.append("")
    if code_changed:
        lines += [*_wrapped("The code is other than before, so that not all of this need come from new figures."), ""]
    lines += [f"Pages:  {publication / 'index.html'}", f"Run:    {run}"]
    brief = [subject, *(f"• {item.kind}: {item}" for item in items[:BRIEF])]
    brief += [f"• and {len(items) - BRIEF} more: divide digest"] if len(items) > BRIEF else []
    return Message(name, made_at, subject, "\n".join(lines) + "\n", "\n".join(brief), run, [asdict(item) for item in items])


def _many(count: int) -> str:
    return f"{count} thing{'s' if count > 1 else ''} that matter{'' if count > 1 else 's'}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _is_configured() -> bool:
    try:
        return delivery().is_configured
    except ValueError:  # it is, and wrongly, which is said when it is to be sent
        return True


def _ways(ways: Delivery) -> Iterator[tuple[str, Callable[[Message, set[str]], Mapping[str, str]]]]:
    """Yield each way that is configured: its name, and what gives a message to those who have it not yet and returns who refused it."""
    limits = by.Limits()
    if ways.by_mail:

        def mail(message: Message, given: set[str]) -> Mapping[str, str]:
            to = [address for address in by.recipients(ways) if address not in given]
            refused = by.mail(ways, message, to, limits=limits) if to or not by.recipients(ways) else {}
            given.update(set(to) - set(refused))
            return refused

        yield "mail", mail
    if ways.webhook:

        def webhook(message: Message, given: set[str]) -> Mapping[str, str]:
            if "webhook" not in given:
                by.webhook(ways, message, limits=limits)
                given.add("webhook")
            return {}

        yield "webhook", webhook


def _send(paths: Settings, state: _State) -> tuple[list[str], list[str]]:
    """Give what waits to whom it is for, oldest first, and write down at once who has it.

    A way that failed is not tried again in this run.

    Returns:
        What went wrong, a line each; and the ways by which a message went.
    """
    problems: list[str] = []
    sent: list[str] = []
    if not state.waiting:
        return problems, sent
    try:
        ways = list(_ways(delivery()))
    except ValueError as error:
        ways, problems = [], [str(error)]
    shut = set(problems)
    for waiting in list(state.waiting):
        message, given = by.Message(**waiting["message"]), set(waiting["given"])
        missed = bool(shut)
        for name, deliver in ways:
            if name in shut:
                missed = True
                continue
            before = set(given)
            try:
                refused = deliver(message, given)
            except by.NotDelivered as failure:
                line, missed = str(failure), True
            except Exception as failure:
                line, missed = f"{name}: {type(failure).__name__}; please report it", True
            else:
                line = "; ".join(f"mail: refuses {to} ({why})" for to, why in refused.items())
                missed = missed or bool(refused)
            if given != before:
                sent.append(name)
                waiting["given"] = sorted(given)
                _write(paths, state)
            if line:
                shut.add(name)
                problems.append(line)
        waiting["tries"] += 1
        if not missed or waiting["tries"] >= TRIES:
            state.waiting.remove(waiting)
            if missed:
                problems.append(f"{message.name} is given up after {TRIES} runs; it stays in {paths.digests / message.name}.txt")
    _write(paths, state)
    if state.waiting:
        problems.append(
            f"{len(state.waiting)} waiting, tried again with the next run; divide digest --test tells whether it would go through now"
        )
    return problems, sent


@contextmanager
def _alone(paths: Settings) -> Iterator[None]:
    """Let one run at a time tell; the lock goes with the process."""
    paths.digests.mkdir(parents=True, exist_ok=True)
    with (paths.digests / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(paths: Settings) -> _State:
    """Return what is remembered; nothing where the file is missing or damaged."""
    try:
        state = _State(**json.loads((paths.digests / _STATE).read_text("utf-8")))
        # What waits must be whole as well: a message that cannot be read would keep the others back.
        for waiting in state.waiting:
            Message(**waiting["message"]), waiting["given"], waiting["tries"]
    except (OSError, ValueError, TypeError, KeyError):
        return _State()
    return state


def _write(paths: Settings, state: _State) -> None:
    _write_whole(paths.digests / _STATE, json.dumps(asdict(state), ensure_ascii=False, allow_nan=False))


def _keep(paths: Settings, message: Mapping[str, Any]) -> None:
    """Keep the message as a file of its own and as the newest, and the newest files only."""
    own = paths.digests / f"{message['name']}.txt"
    if not own.exists():
        text = f"{message['subject']}\n\n{message['text']}"
        _write_whole(paths.digests / NEWEST, text)
        _write_whole(own, text)
    files = sorted(path for path in paths.digests.glob("*.txt") if path.name not in (NEWEST, LOG))
    for path in files[:-KEPT]:
        path.unlink(missing_ok=True)


def _write_whole(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(text, "utf-8")
    os.replace(partial, path)
