"""The briefs that a publication can give: its areas, and what it is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.publication.briefs import content
from pipelines.publication.briefs.content import Brief
from pipelines.publication.site import area_profiles
from pipelines.publication.site.site_context import TABLES, Known

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Library:
    """What is known of every area with a page, and the publication it stands in."""

    known: Known
    about: Mapping[str, Any]

    def brief(self, code: str) -> Brief:
        """Return the brief of an area."""
        return content.of(self.known.areas[code], self.known, self.about)


def of_tables(known: Known, snapshots: pd.DataFrame, about: Mapping[str, Any]) -> Library:
    """Return the briefs of a publication that is being made.

    Args:
        known: What its pages say.
        snapshots: The table of that name.
        about: git_sha, code, selection, is_everything.
    """
    return _library(known, dict(zip(snapshots["snapshot"], snapshots["sha256"], strict=True)), about)


def opened(folder: Path) -> Library:
    """Return the briefs of a publication that lies in `folder`; nothing in it is changed."""
    from pipelines.publishing.opened import DESCRIPTOR
    from pipelines.settings import DATABASE
    from pipelines.warehouse.database import Published
    from pipelines.warehouse.selection import Selection

    published = Published(folder / DATABASE)
    descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    known = Known({table: published.read(table) for table in TABLES}, area_profiles.areas(published.query))
    about = descriptor | {"is_everything": descriptor["selection"] == str(Selection())}
    return _library(known, descriptor["snapshots"], about)


def _library(known: Known, snapshots: Mapping[str, str], about: Mapping[str, Any]) -> Library:
    from pipelines.publication.build_id import fingerprint

    told = {name: about[name] for name in ("git_sha", "code", "selection", "is_everything")}
    return Library(known, told | {"build": fingerprint(about["code"], snapshots)})
