"""The licence of each table of a publication, from the sources of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from indicators.registries.sources import strictest

if TYPE_CHECKING:
    import pandas as pd


#: Tables of our own words and work, without a publisher's figures.
OWN_TABLES = {
    *("indicators", "groups", "sources", "claims", "claim_conflicts", "claim_identities", "paragraphs", "action_lines", "crosswalk"),
    *("unmeasured_topics", "calendar", "freshness", "corrections", "labels", "area_differences", "runs"),
}
OWN_LICENCE = "MIT"
OWN_LICENCE_URL = "https://opensource.org/license/mit"

#: Columns that name the sources a row is made from, some with its vintage.
SOURCE_COLUMNS = (
    *("source", "sources", "latest_source", "members_source", "newest_source"),
    *("printed_in_from", "printed_in_to", "population_from", "population_to"),
    "ranked_by",
)

#: Countries, territories and their groups, compiled from published lists that are cited.
COMPILED_LICENCE = "Lists cited (UN M49, ITU, World Bank)"


def licences(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the licence of each table: the strictest of the sources its rows come from.

    A row that names no source says that no source has the number, so it is made from all of them.
    """
    of_source = dict(zip(tables["sources"]["source"], tables["sources"]["licence"], strict=True))
    all_sources = set(of_source)
    with_data = _sources_named(tables["observations"], all_sources) or _sources_named(tables["snapshots"], all_sources)
    by_table = {}
    for name, table in tables.items():
        if name in OWN_TABLES:
            by_table[name] = OWN_LICENCE
        elif not {"source", "sources"} & set(table):
            by_table[name] = COMPILED_LICENCE
        else:
            made_from = _sources_named(table, all_sources)
            says_what_is_missing = table.empty or table["source" if "source" in table else "sources"].isna().any()
            by_table[name] = strictest(of_source[source] for source in (made_from | with_data if says_what_is_missing else made_from))
    return by_table


def _sources_named(table: pd.DataFrame, sources: set[str]) -> set[str]:
    """Return the sources that the rows of a table name."""
    cells = {str(cell) for column in SOURCE_COLUMNS if column in table for cell in table[column].dropna().unique()}
    return {word for cell in cells for word in cell.replace(",", " ").split()} & sources
