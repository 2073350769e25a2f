"""One polite HTTP session: a whole answer within its limits, or one clear line that says what came instead.

Retries are those of `pipelines.retries` and not urllib3's `Retry`, which does its work before the body is read: it cannot ask again for a
body that was cut, slow or not what was wanted, keep to a deadline, or be tested without waiting. The connectors decide what a good body is.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Literal, Self
from urllib.parse import urlencode, urljoin, urlsplit

from pipelines.retries import retry_after, retrying

if TYPE_CHECKING:
    import requests

#: Statuses that pass: too many requests, and a server or gateway in trouble.
TRANSIENT = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: What to do where programs are not let in.
BY_HAND = "save the file in a browser and add it with 'divide add FILE'"
#: Bytes looked at of the body of an answer that is an error: enough for the sentence in it.
ERROR_BODY = 4096


class SourceUnusable(Exception):
    """Something keeps the answer of a source from being used; the message is one line for the user.

    Attributes:
        too_much: The size of the answer may be the cause (a server error, a body cut or slow): asking for less may help.
    """

    def __init__(self, line: str, *, too_much: bool = False) -> None:
        """Keep the line, and whether to ask for less."""
        super().__init__(line)
        self.too_much = too_much


class SourceUnavailable(SourceUnusable):
    """The source does not let programs in (403). It is a state and not an accident: asking again does not help."""


class SourceMissing(SourceUnusable):
    """The source does not have what was requested: 404, or its own answer to that effect. Final, but only for this series."""


@dataclass(frozen=True)
class Judgement:
    """The judgement of a connector on an answer, by the rules of its publisher.

    Attributes:
        state: `passing` is worth asking again; `closed`, `missing` and `unusable` are not.
        reason: What came, for the user.
    """

    state: Literal["passing", "closed", "missing", "unusable"]
    reason: str


#: Looks at status and body of an answer; None leaves it to the session. The body is whole with status 200, else its first ERROR_BODY bytes.
Judge = Callable[[int, bytes], Judgement | None]


class _Transient(Exception):
    """Why one attempt failed, where the next may succeed; `unreached` if no server answered."""

    def __init__(self, reason: str, *, too_much: bool, wait: float = 0, unreached: bool = False) -> None:
        super().__init__(reason)
        self.too_much = too_much
        self.wait = wait
        self.unreached = unreached


@dataclass(frozen=True)
class Limits:
    """How long to wait, how much to take, how often to ask. Times in seconds.

    Attributes:
        connect: Until a connection is made.
        read: From one piece of the answer to the next.
        deadline: For one answer, so that a slow drip ends; looked at with every piece of the body.
        size: Bytes of one answer, unpacked. The largest series seen has 5 MB.
        attempts: Requests for one answer, the first included.
        first_wait: Before the second attempt; it doubles with each.
        longest_wait: Before any attempt. A source that asks for more in Retry-After is left alone.
        redirects: Steps to another path of the same host.
        pages: Requests for one series, where it comes in pages. The longest seen needs some twenty.
    """

    connect: float = 10
    read: float = 60
    deadline: float = 300
    size: int = 64 * 2**20
    attempts: int = 5
    first_wait: float = 2
    longest_wait: float = 120
    redirects: int = 3
    pages: int = 500


@dataclass(frozen=True)
class Answer:
    """A whole body that came with status 200, and the address it came from."""

    url: str
    content: bytes


class Session:
    """Asks one host one thing at a time. Share one session between the connectors of a run."""

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Open the session; proxies and CA bundles come from the environment, as requests has them.

        Args:
            limits: How long, how much, how often.
            sleep: Waits between attempts; tests give one that does not.
            chance: A number from 0 to 1 that spreads the waits over the upper half of each.
        """
        import requests

        self.limits = limits
        self._retrying = retrying(
            lambda failure: failure.wait if isinstance(failure, _Transient) else None,
            attempts=limits.attempts,
            first_wait=limits.first_wait,
            longest_wait=limits.longest_wait,
            sleep=sleep,
            spread=lambda: 0.5 + chance() / 2,
        )
        self._locks: dict[str, threading.Lock] = {}
        self._unreached: dict[str, str] = {}  # host -> the line that says so
        self._kept: dict[str, Answer] = {}
        self._http = requests.Session()
        self._http.headers["User-Agent"] = _user_agent()
        # Set not to follow a redirect, requests still reads its body, without limit, to prepare the next step. Ours are followed below.
        self._http.get_redirect_target = lambda _: None  # type: ignore[method-assign, assignment]

    def __enter__(self) -> Self:
        """Return the session itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, url: str, params: Mapping[str, object] | None = None, *, judge: Judge | None = None, keep: bool = False) -> Answer:
        """Return the answer to one GET.

        A host that could not be reached in any attempt is not tried again in this session.

        Args:
            url: Address without query.
            params: The query.
            judge: Says of an answer what the session cannot know: that it is an accident of this source, or its way of saying no.
            keep: Keep the answer for `kept`.

        Raises:
            SourceUnavailable: The source answered 403, or in its own way that it is closed.
            SourceMissing: The source answered 404, or in its own way that it has nothing there.
            SourceUnusable: No whole answer came within the limits, or an error that another request does not solve.
        """
        address = _with_query(url, params)
        host = urlsplit(url).netloc
        with self._locks.setdefault(host, threading.Lock()):
            if host in self._unreached:
                raise SourceUnusable(self._unreached[host])
            failures: list[_Transient] = []

            def ask() -> Answer:
                try:
                    return self._ask(address, judge)
                except _Transient as failure:
                    failures.append(failure)
                    raise

            try:
                answer = self._retrying(ask)
            except _Transient as failure:
                line = f"{shown(address)}: {failure} (asked {len(failures)} times); try again later"
                if all(one.unreached for one in failures):
                    self._unreached[host] = line
                raise SourceUnusable(line, too_much=failure.too_much) from failure
            if keep:
                self._kept[address] = answer
            return answer

    def kept(self, url: str, params: Mapping[str, object] | None = None, *, judge: Judge | None = None) -> Answer:
        """Return the last answer from this address that was kept, or `get` and keep one: what several series need is requested once."""
        return self._kept.get(_with_query(url, params)) or self.get(url, params, judge=judge, keep=True)

    def _ask(self, address: str, judge: Judge | None) -> Answer:
        """Ask once, along redirects within the host."""
        deadline = time.monotonic() + self.limits.deadline
        here, named = address, shown(address)
        for _ in range(1 + self.limits.redirects):
            with self._open(here) as response:
                if response.status_code not in REDIRECTS:
                    answer = Answer(here, self._body(response, named, deadline)) if response.status_code == 200 else None
                    body = answer.content if answer else self._beginning(response) if judge else b""
                    if judge and (judgement := judge(response.status_code, body)):
                        raise self._judged(judgement, response, named)
                    if answer:
                        return answer
                    raise self._refusal(response, named)
                location = response.headers.get("Location", "")
            if not _same_host(here, location):
                line = f"{named}: sent on to another host, {one_line(location)}; if the source has moved there, change its address"
                raise SourceUnusable(line)
            here = urljoin(here, location)
        raise SourceUnusable(f"{named}: more than {self.limits.redirects} redirects, the last to {shown(here)}; check the address")

    def _open(self, address: str) -> requests.Response:
        """Return the answer with its body still to be read."""
        import requests

        try:
            return self._http.get(address, stream=True, allow_redirects=False, timeout=(self.limits.connect, self.limits.read))
        except requests.exceptions.SSLError as error:
            advice = "behind a proxy of your own, set REQUESTS_CA_BUNDLE to its certificates"
            raise SourceUnusable(f"{shown(address)}: no safe connection ({_root(error)}); {advice}") from error
        except (requests.ConnectionError, requests.Timeout) as error:
            reason = f"no answer ({_root(error)})"
            raise _Transient(reason, too_much=isinstance(error, requests.ReadTimeout), unreached=_is_unreached(error)) from error
        except requests.RequestException as error:
            raise SourceUnusable(f"{shown(address)}: cannot be asked ({_root(error)}); check the address") from error

    def _body(self, response: requests.Response, address: str, deadline: float) -> bytes:
        """Read the body, unpacked, piece by piece as it arrives.

        `read1` returns what one packet brought; `iter_content` would wait until its chunk is full, and a drip would pass the deadline.
        A body shorter than its Content-Length is an error of urllib3's.
        """
        from urllib3.exceptions import HTTPError

        content = bytearray()
        try:
            while piece := response.raw.read1(2**16, decode_content=True):
                content += piece
                if len(content) > self.limits.size:
                    line = f"{address}: the answer is larger than the {self.limits.size} bytes we take; ask for less"
                    raise SourceUnusable(line, too_much=True)
                if time.monotonic() > deadline:
                    line = f"{address}: the answer was not whole after {self.limits.deadline:g} s; try again later"
                    raise SourceUnusable(line, too_much=True)
        except HTTPError as error:
            raise _Transient(f"the answer broke off after {len(content)} bytes ({one_line(str(error))})", too_much=True) from error
        return bytes(content)

    def _beginning(self, response: requests.Response) -> bytes:
        """Return the beginning of an error's body, or what of it came soon and in one piece: it only explains, so it is not waited for."""
        from urllib3.exceptions import HTTPError

        content = bytearray()
        deadline = time.monotonic() + self.limits.connect
        try:
            while len(content) < ERROR_BODY and time.monotonic() < deadline:
                piece = response.raw.read1(ERROR_BODY - len(content), decode_content=True)
                if not piece:
                    break
                content += piece
        except HTTPError:
            pass
        return bytes(content[:ERROR_BODY])

    def _judged(self, judgement: Judgement, response: requests.Response, address: str) -> Exception:
        """Return the result of a connector's judgement."""
        match judgement.state:
            case "passing":
                return self._passing(response, address, judgement.reason)
            case "closed":
                return SourceUnavailable(f"{address}: closed to programs ({judgement.reason}); {BY_HAND}")
            case "missing":
                return SourceMissing(f"{address}: {judgement.reason}")
            case "unusable":
                return SourceUnusable(f"{address}: {judgement.reason}")

    def _refusal(self, response: requests.Response, address: str) -> Exception:
        """Return what an answer that is neither 200 nor a redirect amounts to."""
        status = response.status_code
        what = f"HTTP {status} {one_line(response.reason or '')}".rstrip()
        if status == 403:
            return SourceUnavailable(f"{address}: closed to programs ({what}); {BY_HAND}")
        if status == 404:
            return SourceMissing(f"{address}: {what}; check the address and the series")
        if status not in TRANSIENT:
            return SourceUnusable(f"{address}: {what}; check the address and the series")
        return self._passing(response, address, what)

    def _passing(self, response: requests.Response, address: str, what: str) -> Exception:
        """Return an accident worth asking again, unless the source asks for a longer wait than ours."""
        wait = retry_after(response.headers.get("Retry-After", ""))
        if wait > self.limits.longest_wait:
            return SourceUnusable(f"{address}: {what}, asks us to wait {wait:.0f} s; try again after that")
        return _Transient(what, too_much=response.status_code == 200 or response.status_code >= 500, wait=wait)


def _user_agent() -> str:
    """Return who we are, so that a publisher can distinguish our requests from others'."""
    try:
        release = version("digital-divide")
    except PackageNotFoundError:  # run from a checkout that is not installed
        release = "0"
    return f"digital-divide/{release} (statistics pipeline; one request at a time)"


def _with_query(url: str, params: Mapping[str, object] | None) -> str:
    """Return the address with its query."""
    return f"{url}?{urlencode(params)}" if params else url


def _is_unreached(error: BaseException) -> bool:
    """Return whether no connection was made: unknown name, refused, no answer to the first request, a proxy that is not there."""
    import requests
    from urllib3.exceptions import NewConnectionError

    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    return any(isinstance(getattr(part, "reason", None), NewConnectionError) for part in error.args)


def _same_host(here: str, location: str) -> bool:
    """Say whether a redirect stays on its host, and does not step down from https."""
    try:
        old, new = urlsplit(here), urlsplit(urljoin(here, location))
    except ValueError:  # not an address at all
        return False
    return old.hostname == new.hostname and new.scheme in {old.scheme, "https"}


def _root(error: BaseException) -> str:
    """Return the innermost reason of a failed request in one line; what requests wraps round it does not help a user."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return one_line(str(error)) or type(error).__name__


def shown(address: str) -> str:
    """Return an address as messages show it: one with hundreds of numbers in its query would hide what is said of it."""
    return address if len(address) <= 200 else f"{address[:199]}…"


def one_line(text: str) -> str:
    """Return text from outside on one line and not too long."""
    return " ".join(text.split())[:200]
