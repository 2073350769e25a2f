"""The queries of `sql/pages/`, by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
from pipelines.warehouse.queries import SQL, Query, _query


@cache
def page_query(name: str) -> Query:
    """Return a query of `sql/pages/`: it makes no table, but gathers what a page says from the published ones."""
    return _query(SQL / "pages" / f"{name}.sql")
