"""What commands read: the publication of this data home, if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.cli.errors import Unusable
from pipelines.settings import Settings, settings

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.warehouse.queries import Query


def published_settings() -> Settings:
    """Return the settings of a data home that has a publication.

    Raises:
        Unusable: Nothing was published yet.
    """
    paths = settings()
    if not paths.database.exists():
        raise Unusable(f"no publication in {paths.home}; run `divide build` first")
    return paths


def published_rows(select: str | Query, parameters: Sequence[object] = ()) -> pd.DataFrame:
    """Return the rows of a SELECT on the published database."""
    from pipelines.warehouse.database import read_published

    return read_published(published_settings().database, select, list(parameters))
