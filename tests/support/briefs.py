"""What several tests ask of a brief: its pages, and whether its numbers are those of the page of its area."""

import re

from pipelines.publication.documents.model import Table, plain
from tests.support.html_reading import NUMBER, Reading, TableRows


def page_count(pdf):
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def tables_of(brief):
    """Return the tables of a brief, each with the name of its section."""
    return [(section.name, block) for section in brief.sections for block in section.blocks if isinstance(block, Table)]


def numbers_missing_from_page(brief, page):
    """Return the rows and sentences of a brief with a number that the row or page on the same matter does not have."""
    rows, missing = TableRows(page).rows, []
    for name, table in tables_of(brief):
        for row in table.rows:
            cells = [plain(cell) for cell in row.cells]
            title = cells[0].partition(",")[0].partition(" (")[0]
            same = [text for text in rows.get(name, []) if title in text]
            if name == "missing":  # the page has a row for each part of the people
                same = [" ".join(same)]
            if not any(set(NUMBER.findall(" ".join(cells))) <= set(NUMBER.findall(text)) for text in same):
                missing.append((name, tuple(cells)))
    on_page = set(NUMBER.findall(Reading(page).visible_text))
    return missing + [sentence for sentence in brief.finding if not set(NUMBER.findall(sentence)) <= on_page]
