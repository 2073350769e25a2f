"""What is known of each economy and group, gathered from the published tables: the one account that its page and its brief give."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pipelines.publication.site import queries

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

#: Runs a SELECT on the published tables, with its parameters if it has any.
Ask = Callable[..., "pd.DataFrame"]

#: The indicator that stands first everywhere, and that is drawn over time.
HEADLINE = "individuals_using_internet"

#: The queries of `sql/pages/` whose rows are parted by area.
PARTED = (
    "newest_figures",
    "area_gaps",
    "years_behind",
    "outlook",
    "area_scenarios",
    "area_revisions",
    "group_figures",
    "newest_imputed_aggregates",
    "group_data_gaps",
)


def areas(ask: Ask) -> list[Row]:
    """Return every economy and group that has a figure or members, with all that its page says.

    Args:
        ask: Runs a SELECT on the published tables.

    Returns:
        One entry an area, economies first, each kind by name: code, name, kind, scheme (of a group), m49, region and subregion (of an
        economy, the regions as the United Nations list them), groups (of an economy), members (of a group), figures, series (indicator to
        years and values), gaps, behind, targets, untold (targets that cannot be told, by reason), outlook, scenarios (of a group), missing,
        revisions, computed (a group's own figures), imputed_aggregates (ours, where the source prints none), silent (values of members
        that would tell most).
    """

    def gathered(name: str) -> pd.DataFrame:
        query = queries.page_query(name)
        return ask(query.text, query.parameters)

    parted = {name: rows_by(gathered(name)) for name in PARTED}
    series = _series(gathered("series"))
    targets = rows_by(ask("from targets order by area, status = 'undetermined', target_set, target"))
    missing = rows_by(ask("from data_gaps order by iso3, rank"), "iso3")
    memberships = ask(
        "select distinct scheme, group_name, title, iso3, name from memberships join groups using (scheme, group_name) "
        "join economies using (iso3) where valid_to is null order by scheme, title, name"
    )
    groups_of, members_of = rows_by(memberships, "iso3"), rows_by(memberships, "group_name")
    # An area without a figure and without a place in any list has no page: uninhabited islands, groups that nobody prints.
    known = set(parted["newest_figures"]) | set(groups_of) | set(members_of) | set(parted["group_figures"])
    named = ask(
        "select iso3 as code, name, 'economy' as kind, null as scheme, m49, un_region as region, un_subregion as subregion from economies "
        "union all select group_name, title, 'group', scheme, null, null, null from groups"
    )
    found = []
    for area in rows(named):
        code = area["code"]
        if code not in known:
            continue
        judged = targets.get(code, [])
        found.append(
            area
            | {
                "groups": groups_of.get(code, []),
                "members": members_of.get(code, []),
                "figures": parted["newest_figures"].get(code, []),
                "series": series.get(code, {}),
                "gaps": parted["area_gaps"].get(code, []),
                "behind": parted["years_behind"].get(code, []),
                "targets": [row for row in judged if row["status"] != "undetermined"],
                "untold": [row for row in judged if row["status"] == "undetermined"],
                "outlook": parted["outlook"].get(code, []),
                "scenarios": parted["area_scenarios"].get(code, []),
                "missing": missing.get(code, []),
                "revisions": parted["area_revisions"].get(code, []),
                "computed": parted["group_figures"].get(code, []),
                "imputed_aggregates": parted["newest_imputed_aggregates"].get(code, []),
                "silent": parted["group_data_gaps"].get(code, []),
            }
        )
    return sorted(found, key=lambda area: (area["kind"] != "economy", str(area["name"]).casefold(), area["code"]))


def headline(area: Row) -> Row | None:
    """Return the newest figure of Internet use of an area, in total; None if there is none."""
    return next((row for row in area["figures"] if row["indicator"] == HEADLINE and is_total(row)), None)


def peers(area: Row) -> Row | None:
    """Return the income group of an economy, whose members are its peers; None for a group, and for an economy that has none."""
    return next((group for group in area["groups"] if group["scheme"] == "income"), None)


def is_total(row: Row) -> bool:
    """Say whether a figure is of all people: those aged 10 and over are all of whom phones are asked."""
    return bool(row["sex"] == "all" and row["locality"] == "all" and row["age"] in ("all", "10+"))


def _series(table: pd.DataFrame) -> dict[str, dict[str, Row]]:
    """Return for each area and indicator its years and values, the oldest first, and the vintages they are of."""
    found: dict[str, dict[str, Row]] = {}
    columns = ["area", "indicator", "year", "value", "source", "vintage"]
    # One walk over the rows: a group of pandas for each of some thousand series would cost more than all pages together.
    for area, indicator, year, value, source, vintage in table.sort_values("year")[columns].itertuples(index=False, name=None):
        series = found.setdefault(area, {}).setdefault(indicator, {"points": [], "vintages": []})
        series["points"].append((year, value))
        if (source, vintage) not in series["vintages"]:
            series["vintages"].append((source, vintage))
    return found


def rows_by(table: pd.DataFrame, column: str = "area") -> dict[str, list[Row]]:
    """Return the rows of a table by what stands in a column, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows(table):
        found.setdefault(row[column], []).append(row)
    return found


def rows(table: pd.DataFrame) -> list[Row]:
    """Return a table's rows, missing values as None: a template takes NaN for true."""
    records = table.astype("object").where(table.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in records]
