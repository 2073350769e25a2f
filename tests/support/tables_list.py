"""The list of tables in `docs/publication.md`, written from the register: `python -m tests.support.tables_list`, or `make docs`."""

from indicators.contracts.tables import DECLARATIONS, row_meaning
from tests.support.paths import PROJECT

DOCUMENT = PROJECT / "docs" / "publication.md"

BEGIN = "<!-- tables: written by `make docs` from the register; a test compares them -->\n"
END = "<!-- end of tables -->\n"


def rows() -> str:
    """Return the list as a table in Markdown: the layer of each table, its section of the methods, and what one row is."""
    lines = [f"| {declared.layer} | [`{name}`](methods.md#{name}) | {row_meaning(name)} |" for name, declared in DECLARATIONS.items()]
    return "\n".join(["| layer | table | one row is |", "|---|---|---|", *lines, ""])


def with_tables(document: str) -> str:
    """Return a document with the list between its two marks."""
    before, _, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{DOCUMENT.name} needs the lines {BEGIN.strip()} and {END.strip()}")
    return before + BEGIN + rows() + END + after


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text("utf-8")), "utf-8")
