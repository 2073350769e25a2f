"""The kinds of columns that contracts are written with."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import pandera.pandas as pa


def text(meaning: str) -> Any:
    """Return a column of text that may be missing."""
    return pa.Field(description=meaning, nullable=True)


def required_text(meaning: str) -> Any:
    """Return a column of text that is never missing or empty."""
    return pa.Field(description=meaning, nullable=False, str_length={"min_value": 1})


def word(meaning: str, among: Iterable[StrEnum | str], *, required: bool = True) -> Any:
    """Return a column of text whose values are words of a vocabulary."""
    return pa.Field(description=meaning, nullable=not required, isin=[str(member) for member in among])


def code(meaning: str, pattern: str, *, required: bool = True) -> Any:
    """Return a column of text whose values have the form of a regular expression."""
    return pa.Field(description=meaning, nullable=not required, str_matches=pattern)


def iso_day(meaning: str) -> Any:
    """Return a column of days, as text in ISO form."""
    return code(meaning, r"^\d{4}-\d{2}-\d{2}$")


def number(meaning: str, *, required: bool = False, **checks: float) -> Any:
    """Return a column of numbers within `checks`, such as `ge=0`."""
    return pa.Field(description=meaning, nullable=not required, **checks)  # type: ignore[arg-type]


def count(meaning: str, *, least: int = 0) -> Any:
    """Return a column of whole numbers of at least `least`, never missing."""
    return number(meaning, required=True, ge=least)


def share(meaning: str, *, required: bool = False, summed: bool = False) -> Any:
    """Return a column of shares from 0 to 1; one that is summed may exceed 1 by the last digit of a sum."""
    return number(meaning, required=required, ge=0, le=1 + 1e-9 if summed else 1)


def percentage(meaning: str, *, required: bool = False) -> Any:
    """Return a column of percentages from 0 to 100."""
    return number(meaning, required=required, ge=0, le=100)


def flag(meaning: str) -> Any:
    """Return a column of yes or no."""
    return pa.Field(description=meaning)


class Table(pa.DataFrameModel):
    """What all contracts share: exactly the columns named, in their order, of their types."""

    class Config:
        strict = True
        ordered = True
