"""The kinds of columns that contracts are written with."""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa


def text(description: str, *, key: bool = False, among: tuple[str, ...] | None = None) -> Any:
    """Return a column of text, one of `among` where that is given; it may be missing unless it is a key or one of `among`."""
    checks: dict[str, Any] = {"isin": list(among)} if among else {}
    return pa.Field(description=description, nullable=not key and among is None, **checks)


def required_text(description: str) -> Any:
    """Return a column of text that is never missing or empty."""
    return pa.Field(description=description, nullable=False, str_length={"min_value": 1})


def number(description: str, *, needed: bool = False, **checks: Any) -> Any:
    """Return a column of numbers within `checks`, such as `ge=0`; it may be missing unless it is needed."""
    return pa.Field(description=description, nullable=not needed, **checks)


class Table(pa.DataFrameModel):
    """What all contracts share: exactly the columns named, in their order, of their types."""

    class Config:
        strict = True
        ordered = True
