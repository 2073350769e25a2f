"""How far each rule for missing members lands from the group figures that were published.

Ours are the figures of `aggregate.aggregates`; the other rules are what one writes in a few lines of pandas.
"""

import tempfile
from pathlib import Path

import pandas as pd

from indicators.measures.aggregates import aggregates

#: The rules in the order of the report; the last is ours.
RULES = ("unweighted mean", "renormalised", "missing as zero", "carried forward", "interpolate and carry")


def estimates(values: pd.DataFrame, people: pd.DataFrame, members: pd.DataFrame, ceilings: pd.Series) -> pd.DataFrame:
    """Estimate each group in each year by each rule, from economies' values of one series and vintage and one list of members.

    Args:
        values: source, vintage, indicator, locality, iso3, year, value.
        people: iso3, year, locality, people.
        members: group_name, iso3.
        ceilings: Highest possible value by indicator.

    Returns:
        group_name and year with a column a rule, and the hard bounds `lower` and `upper`; only years in which a member reported.
    """
    years = pd.DataFrame({"year": range(int(values["year"].min()), int(values["year"].max()) + 1)})
    people = people[(people["locality"] == "all") & people["year"].isin(years["year"])]
    listed = members.merge(years, how="cross")
    of_list = listed.assign(scheme="list", membership="at publication")
    figures = aggregates(values.assign(sex="all", age="all"), people, of_list, ceilings)
    by_rule = figures.pivot(index=["group_name", "year"], columns="rule", values="value")
    bounds = figures[figures["rule"] == "hard bounds"].set_index(["group_name", "year"])[["lower", "upper"]]

    wide = values.pivot(index="iso3", columns="year", values="value").reindex(columns=years["year"])
    stated = pd.DataFrame({"reported": wide.stack(), "carried": wide.ffill(axis="columns").stack()})
    cells = listed.merge(people, on=["iso3", "year"]).join(stated, on=["iso3", "year"])
    cells["of_carried"] = cells["people"].where(cells["carried"].notna())
    cells["product"] = cells["people"] * cells["carried"]
    by_group = cells.groupby(["group_name", "year"])
    own = pd.DataFrame({"unweighted mean": by_group["reported"].mean()})
    own["carried forward"] = by_group["product"].sum() / by_group["of_carried"].sum()
    found = own.join(by_rule[["renormalised", "interpolate and carry"]]).join(bounds)
    return found.assign(**{"missing as zero": found["lower"]}).dropna(subset="renormalised").reset_index()


def compared(
    published: pd.DataFrame, values: pd.DataFrame, people: pd.DataFrame, members: pd.DataFrame, ceilings: pd.Series
) -> pd.DataFrame:
    """Set every published group figure beside what each rule makes of its members.

    Args:
        published: source, vintage, indicator, group_name, year, value, and which members to take: members_source, members_vintage, list.
        values: As for `estimates`, all vintages.
        people: As for `estimates`.
        members: group_name, list, iso3.
        ceilings: As for `estimates`.

    Returns:
        The published rows whose members are available and of which at least one reported, with the columns of `estimates`.
    """
    parts = []
    for (source, vintage, indicator, day), figures in published.groupby(["members_source", "members_vintage", "indicator", "list"]):
        stated = values[(values["source"] == source) & (values["vintage"] == vintage) & (values["indicator"] == indicator)]
        stated = stated[stated["locality"] == "all"]
        listed = members[(members["list"] == day) & members["group_name"].isin(figures["group_name"])][["group_name", "iso3"]]
        if stated.empty or listed.empty:
            continue
        found = estimates(stated, people, listed, ceilings)
        parts.append(figures.merge(found, on=["group_name", "year"]))
    return pd.concat(parts, ignore_index=True)


def summary(figures: pd.DataFrame) -> pd.DataFrame:
    """Return mean, median and worst absolute error of each rule and the number of figures, a row a rule."""
    errors = figures[list(RULES)].sub(figures["published"], axis="index").abs()
    return pd.DataFrame({"mean": errors.mean(), "median": errors.median(), "worst": errors.max(), "n": errors.count()})


def held_by_bounds(figures: pd.DataFrame, rounding: float = 0.05) -> pd.Series:
    """Return for each published figure whether it is in the hard bounds, give or take what is lost to rounding at one decimal."""
    return (figures["published"] >= figures["lower"] - rounding) & ~(figures["published"] > figures["upper"] + rounding)


#: What is made of the tables that the steps write, in an order in which each finds what it reads.
MADE = ("editions", "dated_members", "published_averages", "vintages_of_groups", "members_by_list", "values_as_printed", "people")


def tables() -> dict[str, pd.DataFrame]:
    """Return the tables a comparison is made from, built from the embedded vintages alone."""
    from pipelines.settings import settings
    from pipelines.snapshots import SnapshotStore
    from pipelines.warehouse import build_tables
    from pipelines.warehouse.database import Warehouse
    from pipelines.warehouse.parameters import Build

    with tempfile.TemporaryDirectory() as folder:
        store = SnapshotStore(settings().embedded, Path(folder) / "snapshots")
        with Warehouse(Path(folder) / "build").held() as warehouse:
            build_tables.make_with_inputs(Build(warehouse, store), "aggregate_consistency")
            return {table: warehouse.read(table) for table in (*MADE, "indicators")}


def published_figures(held: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every published group figure that has missing members to choose a rule for, with its estimates."""
    published = held["published_averages"]
    published = published[(published["membership"] == "at publication") & published["members_vintage"].notna()]
    # Every economy has an urban share: there is nothing to choose.
    published = published[(published["indicator"] != "urban_share") & (published["locality"] == "all")]
    published = published.rename(columns={"value": "published"}).drop(columns=["lower", "upper"])
    ceilings = held["indicators"].set_index("indicator")["ceiling"]
    return compared(published, held["values_as_printed"], held["people"], held["members_by_list"], ceilings)
