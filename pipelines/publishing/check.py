"""Whether a publication still is what was published: its tables against their contracts, its files against their hashes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indicators.contracts.tables import TABLES
from indicators.contracts.validation import contract_problems
from pipelines.publishing import opened
from pipelines.settings import DATABASE
from pipelines.warehouse.database import CannotRead, Published


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it should be: a file, a table or a column, and what is wrong with it."""

    what: str
    problem: str


def publication_problems(folder: Path) -> list[Problem]:
    """Return what is wrong with the publication in `folder`: files first, then tables; nothing in it is changed."""
    problems = [Problem(path, "not the file that was published") for path in opened.altered(folder)]
    published = Published(folder / DATABASE)
    for table in TABLES:
        try:
            broken = contract_problems(table, published.read(table))
        except CannotRead as error:
            problems.append(Problem(f"{DATABASE}, {table}", f"cannot be read: {str(error).splitlines()[0]}"))
            continue
        problems += [
            Problem(f"{table}.{row.column}", f"{row.rule}: {row.rows} rows, such as {row.examples}") for row in broken.itertuples()
        ]
    return problems
