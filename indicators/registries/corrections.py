"""Corrections: what a publisher prints wrongly and what is read instead, declared in `corrections.toml`.

A correction changes rows that print exactly what it names. Once the publisher has fixed the error the table `corrections` says so; then set
`until` to the last vintage that has the error. Older vintages still need the correction.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import CorrectionStatus

_FILE = "indicators/registries/corrections.toml"


@dataclass(frozen=True)
class Correction:
    """One thing that a publisher prints wrongly; `corrections.toml` says what each field means."""

    name: str
    source: str
    where: Mapping[str, str | list[str]]
    column: str
    printed: str
    why: str
    since: str
    becomes: str | None = None
    until: str | None = None

    @property
    def named(self) -> dict[str, list[str]]:
        """The texts that each column of `where` may have."""
        return {column: [texts] if isinstance(texts, str) else texts for column, texts in self.where.items()}

    def covers(self, rows: pd.DataFrame) -> pd.Series:
        """Return which rows it covers, whether they still have the error or not."""
        covered = pd.Series(True, index=rows.index)
        for column, texts in self.named.items():
            covered &= rows[column].isin(texts)
        return covered

    def applies_to(self, rows: pd.DataFrame) -> pd.Series:
        """Return which rows have the error."""
        return self.covers(rows) & (rows[self.column] == self.printed)


@cache
def corrections() -> tuple[Correction, ...]:
    """Return the corrections declared.

    Raises:
        ValueError: An entry lacks a field, has one too many, or names a column that published rows do not have.
    """
    return tuple(_correction(name, entry) for name, entry in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items())


def corrected(rows: pd.DataFrame, source: str, declared: tuple[Correction, ...] | None = None) -> tuple[pd.DataFrame, pd.Series]:
    """Return rows as the corrections of their source read them, and of each row what was corrected ("" if nothing).

    Args:
        rows: Rows in the columns of `PUBLISHED_COLUMNS`, as text; not changed.
        source: The source of the rows.
        declared: The corrections; by default those of `corrections.toml`.

    A row whose right value is not known gets a `problem`, so that it is refused.
    """
    remarks = pd.Series("", index=rows.index, dtype="str")
    for correction in corrections() if declared is None else declared:
        wrong = correction.applies_to(rows) if correction.source == source else None
        if wrong is None or not wrong.any():
            continue
        rows = rows.copy()
        if correction.becomes is None:
            doubt = f"{correction.column} '{correction.printed}' is taken to be wrong: {correction.why} ({_FILE}, {correction.name})"
            rows["problem"] = rows["problem"].mask(wrong & (rows["problem"] == ""), doubt)
        else:
            rows[correction.column] = rows[correction.column].mask(wrong, correction.becomes)
            remark = f"corrected: {correction.column} '{correction.printed}' read as '{correction.becomes}' ({correction.name})"
            remarks = remarks.mask(wrong, remarks.mask(remarks != "", remarks + "; ") + remark)
    return rows, remarks


def corrections_table(published_corrected: pd.DataFrame, declared: tuple[Correction, ...] | None = None) -> pd.DataFrame:
    """Return the table `corrections`: each correction with the rows it changed, and whether the publisher still prints the error.

    Args:
        published_corrected: Rows as published, of all that the corrections name, in the columns of `PUBLISHED_COLUMNS` and
            `source`, `vintage`, `published`, `is_dated`; an undated vintage counts as the oldest, as in `editions`.
        declared: The corrections; by default those of `corrections.toml`.

    Returns:
        One row a correction. `status` is "applies" if the newest vintage that has such rows has the error in any of them; if it has not,
        "ended" where the entry states `until`, else "fixed by publisher"; "not held" if no vintage has such rows.
    """
    table = []
    for correction in corrections() if declared is None else declared:
        rows = published_corrected[published_corrected["source"] == correction.source]
        rows = rows[correction.covers(rows)]
        wrong = correction.applies_to(rows)
        newest = rows.sort_values(["is_dated", "published", "vintage"])["vintage"].iloc[-1] if len(rows) else None
        table.append(
            {
                "correction": correction.name,
                "source": correction.source,
                "applies_to": ", ".join(f"{column} {' or '.join(texts)}" for column, texts in correction.named.items()),
                "corrected_column": correction.column,
                "printed": correction.printed,
                "becomes": correction.becomes,
                "why": correction.why,
                "since": correction.since,
                "until": correction.until,
                "rows": int(wrong.sum()),
                "newest_vintage": newest,
                "status": _status(correction, newest, still_wrong=bool(wrong[rows["vintage"] == newest].any())),
            }
        )
    return conform("corrections", pd.DataFrame(table))


def _status(correction: Correction, newest: str | None, *, still_wrong: bool) -> CorrectionStatus:
    """Return whether the newest vintage with such rows still has the error."""
    if newest is None:
        return CorrectionStatus.NOT_HELD
    if still_wrong:
        return CorrectionStatus.APPLIES
    return CorrectionStatus.ENDED if correction.until else CorrectionStatus.FIXED_BY_PUBLISHER


def _correction(name: str, entry: dict[str, object]) -> Correction:
    try:
        correction = Correction(name=name, **entry)  # type: ignore[arg-type]
    except TypeError as error:
        raise ValueError(f"{_FILE}: {name}: {str(error).removeprefix('Correction.__init__() ')}") from None
    if unknown := sorted({correction.column, *correction.where} - set(PUBLISHED_COLUMNS)):
        raise ValueError(f"{_FILE}: {name}: {unknown[0]!r} is none of the columns {', '.join(PUBLISHED_COLUMNS)}")
    return correction
