"""Paths and limits of a run: read from the environment when asked, then frozen and passed on. Nothing is read at import."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

_PACKAGE = Path(__file__).resolve().parent

#: Where the wheel keeps what a checkout has outside the packages; pyproject.toml lists it. This folder exists in no checkout.
_IN_WHEEL = _PACKAGE / "_resources"

#: The folder of the user data directory that holds the data of an installed wheel.
APPLICATION = "digital-divide"

#: When the nightly refresh starts, in one place.
REFRESH_CRON = "0 3 * * *"
REFRESH_TIME_ZONE = "UTC"

#: The database, under construction and as published.
DATABASE = "digital_divide.duckdb"

#: The document that the Methods page is made from.
METHOD_NOTE = "docs/methods.md"

#: How many publications are kept, the newest among them.
PUBLICATIONS_KEPT = 5


@dataclass(frozen=True)
class Settings:
    """Where things are: `home` holds all that a run writes."""

    home: Path
    embedded: Path = _PACKAGE / "embedded"

    @property
    def snapshots(self) -> Path:
        """The store of fetched and dropped files."""
        return self.home / "snapshots"

    @property
    def inbox(self) -> Path:
        """The folder that people drop files into."""
        return self.home / "inbox"

    @property
    def fetch_log(self) -> Path:
        """The result of the last request to each source."""
        return self.home / "fetch_log.json"

    @property
    def digests(self) -> Path:
        """The messages of each run, and those that wait to be sent."""
        return self.home / "digest"

    @property
    def build(self) -> Path:
        """The database under construction, never read by users."""
        return self.home / "build" / DATABASE

    @property
    def chart_files(self) -> Path:
        """The rendered charts of the build."""
        return self.home / "build" / "charts"

    @property
    def publications(self) -> Path:
        """All publications kept, one folder each."""
        return self.home / "publications"

    @property
    def publication(self) -> Path:
        """What users open: a link to the newest whole publication."""
        return self.home / "publication"

    @property
    def selections(self) -> Path:
        """Publications made from a selection of the snapshots, a folder each; they never replace the publication."""
        return self.home / "selections"

    @property
    def database(self) -> Path:
        """The published database."""
        return self.publication / DATABASE


def checkout() -> Path | None:
    """Return the root of the checkout that the code runs from; None where it was installed from a wheel."""
    return None if _IN_WHEEL.is_dir() else _PACKAGE.parent


def resource(path: str) -> Path:
    """Return a file or folder that belongs to the code and is outside the packages, such as `sql` or `dagster.yaml`.

    Args:
        path: As in a checkout, relative to its root. The wheel carries what `force-include` in pyproject.toml lists.
    """
    return (checkout() or _IN_WHEEL) / path


def settings() -> Settings:
    """Return the settings in force.

    Data are in the folder that `DIVIDE_HOME` names; by default in `data/` of a checkout, and without a checkout in the data directory of
    the user, which depends on the operating system (on Linux `~/.local/share/digital-divide`).
    """
    if home := os.environ.get("DIVIDE_HOME"):
        return Settings(Path(home).expanduser().resolve())
    root = checkout()
    return Settings(root / "data" if root else user_data_path(APPLICATION, appauthor=False))


@dataclass(frozen=True)
class Delivery:
    """How a digest is sent, as configured; what is empty is not used. Secrets are not in its representation.

    Attributes:
        to: The recipients of mail: comma-separated addresses.
        smtp: smtps://user@host:port, or smtp://, which turns to encryption once connected.
        sender: The sender of mail; by default the user of the mail server.
        password: Of that user.
        webhook: Address that takes JSON; whoever knows it can write there, so that it is a secret too.
    """

    to: str = ""
    smtp: str = ""
    sender: str = ""
    password: str = field(default="", repr=False)
    webhook: str = field(default="", repr=False)

    @property
    def by_mail(self) -> bool:
        """Whether mail is to be sent."""
        return bool(self.to or self.smtp)

    @property
    def is_configured(self) -> bool:
        """Whether a digest goes anywhere but to a file."""
        return self.by_mail or bool(self.webhook)


def delivery() -> Delivery:
    """Return how a digest is sent: the variables `DIVIDE_DIGEST_…`; a secret may be in a file, named by the variable with `_FILE`.

    Raises:
        ValueError: A file of a secret cannot be read.
    """

    def said(name: str) -> str:
        return os.environ.get(f"DIVIDE_DIGEST_{name}", "").strip()

    def secret(name: str) -> str:
        path = said(f"{name}_FILE")
        try:
            return Path(path).expanduser().read_text("utf-8").strip() if path else said(name)
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"DIVIDE_DIGEST_{name}_FILE: {path} cannot be read ({type(error).__name__})") from None

    return Delivery(said("TO"), said("SMTP"), said("FROM"), secret("PASSWORD"), secret("WEBHOOK"))
