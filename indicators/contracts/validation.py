"""What breaks a contract, in plain words."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from indicators.contracts.tables import TABLES, column_types, key_columns


def contract_problems(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return in plain words what in `frame` breaks the contract of `table`.

    Returns:
        One row a broken rule: `column`, `rule` in words, `rows` that break it, up to three `examples`. Empty if the contract is kept.

    >>> from indicators.contracts.tables import conform
    >>> groups = pd.DataFrame({"group_name": ["both"], "scheme": [""], "title": ["Both"], "has_members": [True]})
    >>> contract_problems("groups", conform("groups", groups))[["column", "rule", "rows"]].to_numpy().tolist()
    [['scheme', 'must not be empty', 1]]
    """
    cases = _failures(table, frame)
    if cases.empty:
        return pd.DataFrame({"column": [], "rule": [], "rows": [], "examples": []})
    doubled = cases["check"].astype("str") == "multiple_fields_uniqueness"
    # Where the whole table is at fault, pandera names its contract.
    at_fault = cases["column"].where(cases["column"].isin([*column_types(table)]), table)
    found = []
    if doubled.any():
        keys = cases[doubled].pivot(index="index", columns="column", values="failure_case").astype("str")
        keys = keys[[name for name in key_columns(table) if name in keys]]
        examples = keys.drop_duplicates().head(3).agg("/".join, axis=1)
        found.append({"column": ", ".join(keys.columns), "rule": "key must be unique", "rows": len(keys), "examples": "; ".join(examples)})
    for (column, check), broken in cases[~doubled].assign(column=at_fault).groupby(["column", "check"], sort=True):
        examples = broken["failure_case"].map(str).drop_duplicates().head(3)
        found.append({"column": column, "rule": in_words(str(check)), "rows": len(broken), "examples": "; ".join(examples)})
    return pd.DataFrame(found)


def contract_offenders(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `frame` that break the contract of `table`; none where a whole column is at fault.

    >>> from indicators.contracts.tables import conform
    >>> groups = pd.DataFrame({"group_name": ["both", "one"], "scheme": ["", "sex"], "title": ["Both", "One"], "has_members": [True, True]})
    >>> contract_offenders("groups", conform("groups", groups))["group_name"].to_list()
    ['both']
    """
    cases = _failures(table, frame)
    rows = [] if cases.empty else cases["index"].dropna().drop_duplicates().sort_values().astype("int64").to_list()
    return frame.reset_index(drop=True).loc[rows]


def _failures(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return what breaks the contract of `table` as pandera reports it, a row a case."""
    try:
        TABLES[table].validate(frame.reset_index(drop=True), lazy=True)
    except pa.errors.SchemaErrors as error:
        return pd.DataFrame(error.failure_cases)
    return pd.DataFrame()


def in_words(check: str) -> str:
    """Say pandera's name for a rule as a person would."""
    name, _, argument = check.partition("(")
    argument = argument.removesuffix(")")
    phrases = {
        "not_nullable": "must not be missing",
        "column_in_dataframe": "column is missing",
        "column_in_schema": "column is not in the contract",
        "column_ordered": "columns are not in the contract's order",
        "greater_than_or_equal_to": f"must be at least {argument}",
        "greater_than": f"must be more than {argument}",
        "less_than_or_equal_to": f"must be at most {argument}",
        "less_than": f"must be less than {argument}",
        "isin": f"must be one of {argument}",
        "str_matches": f"must have the form {argument}",
        "str_length": "must not be empty",
        "dtype": f"must be of type {argument}",
    }
    return phrases.get(name, check)
