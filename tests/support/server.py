"""A small HTTP server on 127.0.0.1 that plays replies in turn, misbehaving ones included, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    """One answer of the server.

    Attributes:
        body: The body; its length is announced unless the headers say otherwise.
        status: HTTP status.
        headers: Further headers.
        sent: Bytes really sent of the body, or of its chunks, before the connection closes; all if None.
        late: Seconds to wait before answering at all.
        drip: Seconds to wait after each byte.
        chunked: Send the body in chunks, without announcing its length.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: int | None = None
    late: float = 0
    drip: float = 0
    chunked: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""


class Server:
    """Plays the replies given to `play`, one a request; when none is left it answers 418, which no connector retries."""

    def __init__(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        self.asked: list[Asked] = []
        self._replies: list[Reply] = []
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._http.block_on_close = False  # a slow reply of a finished test is not waited for
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.port = self._http.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def play(self, *replies: Reply) -> None:
        """Queue replies."""
        self._replies += replies

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(timeout=5)

    def _take(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            return self._replies.pop(0) if self._replies else Reply(b"no reply left to play", status=418)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 5

            def do_GET(self) -> None:
                address = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(address.query).items()}
                try:
                    body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                    self._send(server._take(Asked(address.path, query, dict(self.headers), body)))
                except OSError:  # the client hung up, as it should on some replies
                    pass
                finally:
                    self.close_connection = True

            def do_POST(self) -> None:
                self.do_GET()

            def _send(self, reply: Reply) -> None:
                time.sleep(reply.late)
                length = {"Transfer-Encoding": "chunked"} if reply.chunked else {"Content-Length": str(len(reply.body))}
                self.send_response(reply.status)
                for name, value in (length | {"Connection": "close"} | dict(reply.headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                body = reply.body
                if reply.chunked:
                    half = len(body) // 2
                    body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (body[:half], body[half:], b""))
                body = body[: reply.sent]
                if not reply.drip:
                    self.wfile.write(body)
                    return
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(reply.drip)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        return Handler
