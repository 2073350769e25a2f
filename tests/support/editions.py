"""Editions of observations that a test made up: `sql/editions.sql` itself decides which is dated, an excerpt, or newest."""

from collections.abc import Collection

import duckdb
import pandas as pd

from indicators.registries.sources import sources, sources_table
from pipelines.warehouse import queries

EDITION = ["source", "vintage", "indicator", "area_kind", "sex", "locality", "age"]


def editions_of(
    observations: pd.DataFrame, undated: Collection[str] = (), ordinary_sources: Collection[str] = (), gathered: Collection[str] = ()
) -> pd.DataFrame:
    """Return the table `editions` of observations; every vintage is dated but those named, and files hold what their source holds.

    Args:
        observations: What every observation names: source, vintage, published, indicator, area, area_kind, year and breakdown.
        undated: The vintages without a date.
        ordinary_sources: Sources that are made up too: each holds whole series and dates its vintages; the first named is preferred.
        gathered: Vintages of which single figures are held, or a collection with holes.
    """
    held = observations.assign(snapshot=observations["source"] + "/" + observations["vintage"])
    snapshots = held.groupby(["snapshot", "source", "vintage"], as_index=False)["published"].max()
    registry = sources_table()
    made_up = pd.DataFrame(
        [
            {"source": name, "precedence_economies": 100 + place, "precedence_groups": 100 + place, "tells_its_date": True}
            for place, name in enumerate(ordinary_sources)
        ],
        columns=["source", "precedence_economies", "precedence_groups", "tells_its_date"],
    )
    snapshots["is_dated"] = ~snapshots["vintage"].isin(undated)
    snapshots["whole_series"] = [name not in sources() or sources()[name].whole_series for name in snapshots["source"]]
    snapshots["whole_series"] &= ~snapshots["vintage"].isin(gathered)
    query = queries.model("editions")
    with duckdb.connect() as connection:
        connection.register("observations", held)
        connection.register("snapshots", snapshots)
        connection.register("sources", pd.concat([registry[list(made_up)], made_up], ignore_index=True))
        return connection.execute(query.text, dict(query.parameters)).df()


def with_editions(observations: pd.DataFrame, **also: Collection[str]) -> pd.DataFrame:
    """Return observations with the age of the edition of each and whether that is an excerpt, as the warehouse hands them over."""
    if observations.empty:
        return observations.assign(rank_by_age=pd.Series(dtype="int64"), is_excerpt=pd.Series(dtype="bool"))
    editions = editions_of(observations, **also)
    return observations.merge(editions[[*EDITION, "rank_by_age", "is_excerpt"]], on=EDITION, how="left")


def with_ages(rows: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """Return rows of another table with the age of the vintage of each, by the observations it was made from."""
    with_ranks = observations if "rank_by_age" in observations else with_editions(observations)
    ages = with_ranks[["source", "vintage", "rank_by_age"]].drop_duplicates()
    return rows.merge(ages, on=["source", "vintage"], how="left")
