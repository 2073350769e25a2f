"""A small mail server on 127.0.0.1 that takes mail, or misbehaves at the step it is given, and remembers what it was sent."""

from __future__ import annotations

import base64
import datetime as dt
import ssl
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Self


@dataclass
class Manners:
    """How the server behaves; each reply may be given by the word of the client that it answers, RCPT by its address too.

    Attributes:
        replies: What is answered in the place of the usual, such as {"MAIL": "530 authentication required"}; "hang" says nothing and
            "drop" closes the connection.
        says: Extensions it names.
        users: Passwords by user.
        tls: Certificate and key, with which it talks only encrypted.
    """

    replies: dict[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ("8BITMIME",)
    users: dict[str, str] = field(default_factory=dict)
    tls: tuple[Path, Path] | None = None


class MailServer:
    """Takes one mail after the other, each with its recipients."""

    def __init__(self, **manners: object) -> None:
        """Listen on a free port."""
        self.manners = Manners(**manners)  # type: ignore[arg-type]
        self.taken: list[tuple[list[str], bytes]] = []
        self.logged_in: list[str] = []
        self.connections = 0
        ThreadingTCPServer.daemon_threads, ThreadingTCPServer.block_on_close = True, False
        self._tcp = ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        if self.manners.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.manners.tls)
            self._tcp.socket = context.wrap_socket(self._tcp.socket, server_side=True)
        self._thread = threading.Thread(target=self._tcp.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.port = self._tcp.server_address[1]
        self.url = f"{'smtps' if self.manners.tls else 'smtp'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._tcp.shutdown()
        self._tcp.server_close()
        self._thread.join(timeout=5)

    def _handler(self) -> type[StreamRequestHandler]:
        server = self

        class Handler(StreamRequestHandler):
            timeout = 5

            def handle(self) -> None:
                server.connections += 1
                try:
                    if self._answer("CONNECT", "220 mail.example.org"):
                        self._converse()
                except OSError:  # the client hung up
                    pass

            def _converse(self) -> None:
                to: list[str] = []
                while line := self.rfile.readline().decode().strip():
                    word, usual = line.split(" ")[0].upper(), "250 OK"
                    if word == "EHLO":
                        names = ["mail.example.org", *server.manners.says]
                        usual = "\r\n".join([*(f"250-{name}" for name in names[:-1]), f"250 {names[-1]}"])
                    if word == "AUTH":
                        _, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
                        usual = "235 welcome" if server.manners.users.get(user) == password else f"535 not {password}"
                        server.logged_in += [user] * usual.startswith("235")
                    address = line.partition("<")[2].rstrip(">").split(">")[0]
                    if word == "DATA":
                        usual = "354 go on"
                    if word == "QUIT":
                        usual = "221 bye"
                    said = self._answer(f"RCPT {address}" if f"RCPT {address}" in server.manners.replies else word, usual)
                    if not said or word == "QUIT":
                        return
                    if word == "RCPT" and said.startswith("250"):
                        to.append(address)
                    if word == "DATA" and said.startswith("354"):
                        body = b""
                        while (piece := self.rfile.readline()) not in (b".\r\n", b""):
                            body += piece
                        if (said := self._answer("BODY", "250 taken")).startswith("250"):
                            server.taken.append((to, body))
                            to = []
                        if not said:
                            return

            def _answer(self, word: str, usual: str) -> str:
                said = server.manners.replies.get(word, usual)
                if said == "hang":
                    time.sleep(1)
                if said in ("hang", "drop"):
                    return ""
                self.wfile.write(f"{said}\r\n".encode())
                return said

        return Handler


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Write a certificate without a trusted issuer, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return files
