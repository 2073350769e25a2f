"""Where a publisher's list of areas says otherwise than ours: a code we do not know, another kind, another income group, a renamed region.

Nothing is taken over from such a list by itself: a difference is for a person to look at, and to write into our dated tables.
"""

from __future__ import annotations

import pandas as pd

from indicators.contracts.tables import conform
from indicators.registries.areas import known_areas
from indicators.registries.sources import sources

#: The World Bank's codes of its income groups. INX is none: not classified.
INCOME = {"LIC": "low-income", "LMC": "lower-middle-income", "UMC": "upper-middle-income", "HIC": "high-income"}


def area_differences(published_areas: pd.DataFrame, economies: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Return the table `area_differences` for the newest list of areas that is stored; empty if there is none.

    Args:
        published_areas: That list: source, vintage, code, area_kind, income, region.
        economies: Our economies: iso3, world_bank_region.
        memberships: Our dated memberships.
    """
    if published_areas.empty:
        return conform("area_differences", pd.DataFrame())
    source, vintage = (str(published_areas[name].iloc[0]) for name in ("source", "vintage"))
    return differences(published_areas, known_areas(sources()[source].area_codes), economies, memberships, source=source, vintage=vintage)


def differences(
    listed: pd.DataFrame, known: pd.DataFrame, economies: pd.DataFrame, memberships: pd.DataFrame, *, source: str, vintage: str
) -> pd.DataFrame:
    """Return the table `area_differences`, one row a code and matter in which the two lists differ.

    Args:
        listed: The publisher's list: code, area_kind, income, region.
        known: Our reading of the publisher's codes: code, area_kind.
        economies: Our economies: iso3, world_bank_region.
        memberships: Our dated memberships.
        source: Where the list comes from.
        vintage: Which edition of it.

    Areas that only we know are no difference: a publisher need not list every territory.
    """
    income = memberships[(memberships["scheme"] == "income") & memberships["valid_to"].isna()].set_index("iso3")["group_name"]
    ours = listed[["code"]].assign(
        area_kind=listed["code"].map(known.set_index("code")["area_kind"]),
        income=listed["code"].map(income),
        region=listed["code"].map(economies.set_index("iso3")["world_bank_region"]),
    )
    theirs = listed.assign(income=listed["income"].map(INCOME), region=listed["region"].replace("", None))
    found = []
    for matter in ("area_kind", "income", "region"):
        # An unknown code is one difference and not three.
        comparable = (matter == "area_kind") | (ours["area_kind"] == theirs["area_kind"])
        differ = comparable & (theirs[matter].fillna("") != ours[matter].fillna(""))
        found.append(pd.DataFrame({"area": listed["code"], "matter": matter, "published": theirs[matter], "ours": ours[matter]})[differ])
    table = pd.concat(found).assign(source=source, vintage=vintage)
    return conform("area_differences", table.sort_values(["matter", "area"]))
