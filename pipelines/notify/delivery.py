"""How a digest leaves this machine: by mail, by webhook, or not at all; a way that fails says in one line why, and whether to try again.

The standard library's smtplib and requests do it: a package for a hundred services, such as Apprise, says only that something failed, and
would not show which of several recipients a server refused. What a chat tool takes is a webhook, and nearly all take a field `text`.
"""

from __future__ import annotations

import datetime as dt
import smtplib
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from indicators.editions.news import NewsItem, one_line
from pipelines.retries import retry_after, retrying
from pipelines.settings import Delivery

Result = TypeVar("Result")

#: Names of this machine: what is said to it crosses no network, so it needs no encryption.
HERE = frozenset({"localhost", "127.0.0.1", "::1"})

#: Bytes looked at of a webhook's answer: enough to distinguish a page from a word.
BEGINNING = 1024


@dataclass(frozen=True)
class Limits:
    """How long to wait and how often to try. Times in seconds; a run waits for all of it.

    Attributes:
        silence: Until a server says something.
        attempts: Tries in one run, the first included.
        first_wait: Before the second; it doubles with each.
        longest_wait: A server that asks for more is left until the next run.
    """

    silence: float = 15
    attempts: int = 3
    first_wait: float = 2
    longest_wait: float = 30


class NotDelivered(Exception):
    """A way did not take the message; the message is one line for the user, with no secret in it.

    Attributes:
        passing: Whether trying again soon may help.
        wait: Seconds the server asks to be left alone.
    """

    def __init__(self, line: str, *, passing: bool = False, wait: float = 0) -> None:
        """Keep the line, whether to try again, and after how long."""
        super().__init__(line)
        self.passing = passing
        self.wait = wait


@dataclass(frozen=True)
class Message:
    """A message, in the forms that the ways of delivery need.

    Attributes:
        name: Its name among all digests; a message that is sent again has the same one, so that a receiver can recognise it.
        made_at: ISO, UTC.
        subject: The one most important thing.
        text: All of it, in lines of at most 72 letters.
        brief: A line an item, for a chat.
        run: The run that made it.
        items: All of it, for programs.
    """

    name: str
    made_at: str
    subject: str
    text: str
    brief: str
    run: str
    items: list[NewsItem]


def mail(ways: Delivery, message: Message, to: list[str], *, limits: Limits, sleep: Callable[[float], None] = time.sleep) -> dict[str, str]:
    """Send by mail to `to`, each an address.

    Returns:
        The recipients that the server refused, each with the reason; the others have it.

    Raises:
        NotDelivered: No recipient has it.
    """
    return _tried(lambda: _mailed(ways, message, to, limits), limits, sleep)


def webhook(ways: Delivery, message: Message, *, limits: Limits, sleep: Callable[[float], None] = time.sleep) -> None:
    """Give the message to the webhook.

    Raises:
        NotDelivered: It was not taken.
    """
    _tried(lambda: _posted(ways, message, limits), limits, sleep)


def recipients(ways: Delivery) -> list[str]:
    """Return the addresses named in the configuration, each once and without names."""
    return list(dict.fromkeys(address for _, address in getaddresses([ways.to])))


def _tried(attempt: Callable[[], Result], limits: Limits, sleep: Callable[[float], None]) -> Result:
    return retrying(
        lambda failure: failure.wait if isinstance(failure, NotDelivered) and failure.passing else None,
        attempts=limits.attempts,
        first_wait=limits.first_wait,
        longest_wait=limits.longest_wait,
        sleep=sleep,
    )(attempt)


def _mailed(ways: Delivery, message: Message, to: list[str], limits: Limits) -> dict[str, str]:
    """Try once to send by mail."""
    server = urlsplit(ways.smtp)
    named = f"mail by {_named(ways.smtp)}"
    smtp = None
    try:
        smtp = _connected(ways, limits)
        if server.username:
            _log_in(smtp, unquote(server.username), ways.password, named)
        letter = _letter(ways, message, to)
        refused = smtp.send_message(letter, from_addr=_address(letter["From"]), to_addrs=to)
        with suppress(smtplib.SMTPException, OSError):  # it is delivered, whatever is said at parting
            smtp.quit()
    except smtplib.SMTPRecipientsRefused as error:
        raise NotDelivered(f"{named}: {_refusals(_by_recipient(error.recipients))}", passing=_pass(error.recipients)) from None
    except smtplib.SMTPSenderRefused as error:
        advice = "name a user in DIVIDE_DIGEST_SMTP and give DIVIDE_DIGEST_PASSWORD" if error.smtp_code == 530 else "set DIVIDE_DIGEST_FROM"
        raise NotDelivered(f"{named}: refuses {error.sender} ({_answer(error)}); {advice}", passing=400 <= error.smtp_code < 500) from None
    except smtplib.SMTPResponseException as error:
        raise NotDelivered(f"{named}: refused ({_answer(error)})", passing=error.smtp_code < 500) from None
    except smtplib.SMTPNotSupportedError as error:
        raise NotDelivered(f"{named}: cannot take it ({one_line(str(error))})") from None
    except smtplib.SMTPServerDisconnected as error:
        is_unresponsive = "timed out" in str(error)  # a server that did not answer will not answer a moment later
        raise NotDelivered(f"{named}: the connection broke off ({one_line(str(error))})", passing=not is_unresponsive) from None
    except ssl.SSLError as error:
        advice = "if the certificate is of an authority of your own, set SSL_CERT_FILE to it"
        reason = getattr(error, "verify_message", "") or error.reason or error
        raise NotDelivered(f"{named}: no safe connection ({one_line(str(reason))}); {advice}") from None
    except OSError as error:  # not found, refused, no answer
        raise NotDelivered(f"{named}: no answer ({one_line(str(error))})", passing=not isinstance(error, TimeoutError)) from None
    except ValueError as error:
        raise NotDelivered(f"{named}: {one_line(str(error))}; look at DIVIDE_DIGEST_TO and DIVIDE_DIGEST_FROM") from None
    finally:
        if smtp is not None:
            smtp.close()
    return _by_recipient(refused)


def _connected(ways: Delivery, limits: Limits) -> smtplib.SMTP:
    """Return a connection to the mail server, encrypted unless the server is this machine."""
    server = urlsplit(ways.smtp)
    try:
        host, port = server.hostname or "", server.port
    except ValueError:
        host, port = "", None
    if server.scheme not in ("smtp", "smtps") or not host or server.path.strip("/"):
        raise NotDelivered("DIVIDE_DIGEST_SMTP must be smtps://user@host:port or smtp://user@host:port")
    if server.password is not None:
        raise NotDelivered("DIVIDE_DIGEST_SMTP holds a password, which would be shown; put it into DIVIDE_DIGEST_PASSWORD_FILE")
    if not ways.to.isprintable() or not recipients(ways) or not all(_is_address(address) for address in recipients(ways)):
        raise NotDelivered("DIVIDE_DIGEST_TO must name comma-separated addresses, as in ana@example.org, team@example.org")
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=limits.silence, context=ssl.create_default_context())
    smtp = smtplib.SMTP(host, port or (25 if host in HERE else 587), timeout=limits.silence)
    if host not in HERE:
        try:
            smtp.starttls(context=ssl.create_default_context())
        except smtplib.SMTPNotSupportedError:
            smtp.close()
            line = f"mail by {_named(ways.smtp)}: offers no encryption, and nothing is sent without; use smtps:// or a relay here"
            raise NotDelivered(line) from None
        except BaseException:
            smtp.close()
            raise
    return smtp


def _log_in(smtp: smtplib.SMTP, user: str, password: str, named: str) -> None:
    if not password:
        raise NotDelivered(f"{named}: no password of {user} is given; set DIVIDE_DIGEST_PASSWORD or DIVIDE_DIGEST_PASSWORD_FILE")
    if not (user + password).isascii():
        raise NotDelivered(f"{named}: user and password must be of ASCII letters, since mail servers agree on no others")
    try:
        smtp.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        # What the server says is left out: some repeat what they were given.
        line = f"{named}: does not let {user} in ({error.smtp_code}); look at DIVIDE_DIGEST_PASSWORD"
        raise NotDelivered(line, passing=400 <= error.smtp_code < 500) from None
    except smtplib.SMTPNotSupportedError:
        raise NotDelivered(f"{named}: takes no password; leave the user out of DIVIDE_DIGEST_SMTP") from None


def _letter(ways: Delivery, message: Message, to: list[str]) -> EmailMessage:
    """Write the mail: plain text in UTF-8, its subject on one line."""
    server = urlsplit(ways.smtp)
    user = unquote(server.username or "digital-divide")
    letter = EmailMessage()
    letter["From"] = ways.sender or (user if "@" in user else f"{user}@{server.hostname}")
    letter["To"] = ", ".join(to)
    letter["Subject"] = one_line(message.subject)
    letter["Date"] = format_datetime(dt.datetime.fromisoformat(message.made_at))
    letter["Message-ID"] = f"<{message.name}@{_address(letter['From']).rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text, cte="quoted-printable")
    return letter


def _posted(ways: Delivery, message: Message, limits: Limits) -> None:
    """Try once to give the message to the webhook."""
    import requests

    address = urlsplit(ways.webhook)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in HERE):
        raise NotDelivered("DIVIDE_DIGEST_WEBHOOK must be an address that begins with https://")
    named = f"webhook at {_named(ways.webhook)}"
    told = {"text": message.brief, "subject": message.subject, "id": message.name, "run": message.run, "made_at": message.made_at}
    try:
        with requests.post(
            ways.webhook,
            json=told | {"items": [asdict(item) for item in message.items]},
            headers={"User-Agent": "digital-divide"},
            timeout=limits.silence,
            allow_redirects=False,
            stream=True,
        ) as response:
            status, headers = response.status_code, response.headers
            is_page = False
            if status == 200 and "html" in headers.get("Content-Type", ""):
                beginning = response.raw.read1(BEGINNING, decode_content=True).lstrip().lower()
                is_page = beginning.startswith((b"<!doctype", b"<html"))
    except requests.exceptions.SSLError as error:
        advice = "behind a proxy of your own, set REQUESTS_CA_BUNDLE to its certificates"
        raise NotDelivered(f"{named}: no safe connection ({_reason(error)}); {advice}") from None
    except requests.ReadTimeout:
        # It may have been taken: asked again at once, a slow receiver would have it twice.
        raise NotDelivered(f"{named}: no answer in {limits.silence:g} s") from None
    except requests.ConnectionError as error:
        raise NotDelivered(f"{named}: no answer ({_reason(error)})", passing=True) from None
    except (requests.RequestException, ValueError, OSError) as error:
        raise NotDelivered(f"{named}: cannot be asked ({type(error).__name__}); look at DIVIDE_DIGEST_WEBHOOK") from None
    if is_page:
        raise NotDelivered(f"{named}: answered with a page, as no webhook does; look at DIVIDE_DIGEST_WEBHOOK")
    if 300 <= status < 400:
        raise NotDelivered(f"{named}: sends us on elsewhere (HTTP {status}), and we do not follow; look at DIVIDE_DIGEST_WEBHOOK")
    if status == 429 or status >= 500:
        raise NotDelivered(f"{named}: HTTP {status}", passing=True, wait=retry_after(headers.get("Retry-After", "")))
    if not 200 <= status < 300:
        raise NotDelivered(f"{named}: HTTP {status}; look at DIVIDE_DIGEST_WEBHOOK")


def _reason(error: BaseException) -> str:
    """Return the kind of the innermost reason: its words may hold the address, which is a secret."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__


def _named(address: str) -> str:
    """Return host and port of an address, and nothing that may be a secret."""
    return urlsplit(address).netloc.rpartition("@")[2] or "nowhere"


def _address(header: str) -> str:
    return getaddresses([str(header)])[0][1]


def _is_address(text: str) -> bool:
    try:
        return bool(Address(addr_spec=text).domain)
    except (ValueError, IndexError):
        return False


def _by_recipient(refused: Mapping[str, tuple[int, bytes]]) -> dict[str, str]:
    return {address: f"{code} {one_line(said.decode(errors='replace'))}" for address, (code, said) in refused.items()}


def _refusals(refused: Mapping[str, str]) -> str:
    return "; ".join(f"refuses {address} ({said})" for address, said in refused.items())


def _pass(refused: Mapping[str, tuple[int, bytes]]) -> bool:
    """Say whether the refusals may pass: a server that does not know us yet puts us off with a code of 400 and more."""
    return all(400 <= code < 500 for code, _ in refused.values())


def _answer(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error
    return f"{error.smtp_code} {one_line(said.decode(errors='replace') if isinstance(said, bytes) else str(said))}"
