"""What is declared of a table in addition to its columns: its place in the flow, what makes it, and its description for readers.

The declaration is on the contract, so that everything about a table is in one place. What a table is made from is declared
nowhere: the parameters of its function, or the tables that its query reads, say it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from indicators.contracts.fields import Table

Contract = TypeVar("Contract", bound=type[Table])


class Layer(StrEnum):
    """The layers of a build, in the order of the flow."""

    SOURCES = "sources"
    REGISTRIES = "registries"
    RAW = "raw"
    CORE = "core"
    MEASURES = "measures"
    CLAIMS = "claims"
    CHARTS = "charts"
    PUBLICATION = "publication"


@dataclass(frozen=True)
class Declaration:
    """One public table.

    Attributes:
        name: The table, and with it the asset, the file `sql/<name>.sql` where a query makes it, and its chapter in `docs/methods.md`.
        layer: Its place in the flow.
        contract: Its columns.
        summary: One sentence: what it holds.
        details: Unit, rule and what to keep in mind, in Markdown; "" where the summary is enough.
        made_by: The function that makes it, from `indicators`, such as `measures.gaps.gaps`; "" where a query makes it. Its parameters
            are its inputs: each is named after what it reads.
        see_also: Assets to look at next.
    """

    name: str
    layer: Layer
    contract: type[Table]
    summary: str
    details: str
    made_by: str
    see_also: tuple[str, ...]


#: Every declaration by the name of its table, in the order in which the contracts are read.
DECLARED: dict[str, Declaration] = {}


def table(
    name: str, layer: Layer, *, summary: str, details: str = "", made_by: str = "", see_also: tuple[str, ...] = ()
) -> Callable[[Contract], Contract]:
    """Declare the table whose contract follows; `Declaration` says what each argument is.

    Raises:
        ValueError: Two contracts are declared for one table.
    """

    def declare(contract: Contract) -> Contract:
        if name in DECLARED:
            raise ValueError(f"the table {name} is declared twice: {DECLARED[name].contract.__name__} and {contract.__name__}")
        DECLARED[name] = Declaration(name, layer, contract, summary, details, made_by, see_also)
        return contract

    return declare
