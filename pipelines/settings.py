"""The few paths and limits of a run: read from the environment when asked, frozen, passed on. Nothing is read at import."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

#: When the nightly refresh starts, in one place.
REFRESH_CRON = "0 3 * * *"
REFRESH_TIME_ZONE = "UTC"

#: The database, under construction and as published.
DATABASE = "digital_divide.duckdb"

#: How many publications are kept, the newest among them.
PUBLICATIONS_KEPT = 5


@dataclass(frozen=True)
class Settings:
    """Where things are: `home` holds all that a run writes."""

    home: Path
    embedded: Path = PROJECT / "pipelines" / "embedded"

    @property
    def snapshots(self) -> Path:
        """The store of fetched and dropped files."""
        return self.home / "snapshots"

    @property
    def inbox(self) -> Path:
        """The folder that people drop files into."""
        return self.home / "inbox"

    @property
    def attempts(self) -> Path:
        """How each door was found when it was last asked."""
        return self.home / "doors.json"

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


def settings() -> Settings:
    """Return the settings in force: `DIVIDE_HOME` moves the folder `data/`."""
    home = os.environ.get("DIVIDE_HOME")
    return Settings(home=Path(home).expanduser().resolve() if home else PROJECT / "data")
