"""Every public table with its contract, and what can be asked of a contract: columns, types, meanings, key.

A contract is the only place where a column is described: the comments in the database, the column schema in the Dagster UI and
the data dictionary of the publication are all read from here. Rules that need more than one table are queries in `sql/checks/`.
"""

from __future__ import annotations

import pandas as pd

from indicators.contracts.claims import (
    ActionLines,
    Calendar,
    ClaimConflicts,
    ClaimIdentities,
    Claims,
    Crosswalk,
    EarlierResolution,
    Paragraphs,
    UnmeasuredTopics,
    Verdicts,
)
from indicators.contracts.core import CurrentObservations, Editions, Freshness, Observations, Quarantine, Revisions, Runs, Snapshots
from indicators.contracts.fields import Table
from indicators.contracts.measures import (
    AggregateConsistency,
    Aggregates,
    ChangeDecomposition,
    Convergence,
    DataGaps,
    Gaps,
    ImputedAggregates,
    IndicatorReview,
    Inequality,
    Projections,
    Scenarios,
    Targets,
    TimeDistance,
)
from indicators.contracts.registries import AreaDifferences, Corrections, Economies, Groups, Indicators, Labels, Memberships, Sources

#: Every public table and its contract; the order is that of the publication.
TABLES: dict[str, type[Table]] = {
    "indicators": Indicators,
    "economies": Economies,
    "groups": Groups,
    "memberships": Memberships,
    "sources": Sources,
    "observations": Observations,
    "editions": Editions,
    "current_observations": CurrentObservations,
    "aggregates": Aggregates,
    "gaps": Gaps,
    "claims": Claims,
    "verdicts": Verdicts,
    "claim_conflicts": ClaimConflicts,
    "claim_identities": ClaimIdentities,
    "earlier_resolution": EarlierResolution,
    "paragraphs": Paragraphs,
    "action_lines": ActionLines,
    "crosswalk": Crosswalk,
    "unmeasured_topics": UnmeasuredTopics,
    "calendar": Calendar,
    "revisions": Revisions,
    "snapshots": Snapshots,
    "quarantine": Quarantine,
    "freshness": Freshness,
    "corrections": Corrections,
    "labels": Labels,
    "area_differences": AreaDifferences,
    "time_distance": TimeDistance,
    "convergence": Convergence,
    "change_decomposition": ChangeDecomposition,
    "inequality": Inequality,
    "aggregate_consistency": AggregateConsistency,
    "imputed_aggregates": ImputedAggregates,
    "projections": Projections,
    "targets": Targets,
    "scenarios": Scenarios,
    "data_gaps": DataGaps,
    "indicator_review": IndicatorReview,
    "runs": Runs,
}


def conform(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with exactly the contract's columns, in its order and types; missing columns become missing values.

    Only the form is set here. Whether the content holds is for `problems` to say.
    """
    absent = pd.Series(None, index=frame.index, dtype="object")
    columns = {name: frame.get(name, absent).astype(kind) for name, kind in column_types(table).items()}  # type: ignore[call-overload]
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def column_types(table: str) -> dict[str, str]:
    """Return the pandas type of each column of `table`: str, int64, float64 or bool."""
    types = {name: str(column.dtype) for name, column in TABLES[table].to_schema().columns.items()}
    return {name: "str" if kind.startswith("string") else kind for name, kind in types.items()}


def column_meanings(table: str) -> dict[str, str]:
    """Return the meaning of each column of `table`, with its unit.

    >>> column_meanings("observations")["value"]
    'The published number, in the unit of the row'
    """
    return {name: str(column.description) for name, column in TABLES[table].to_schema().columns.items()}


def key_columns(table: str) -> list[str]:
    """Return the columns whose values together name one row of `table`; none where rows have no name."""
    return list(TABLES[table].to_schema().unique or [])


def row_meaning(table: str) -> str:
    """Return what one row of `table` is."""
    return (TABLES[table].__doc__ or "").removeprefix("One row: ").rstrip(".")
