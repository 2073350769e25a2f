"""Differences between a publisher's list of areas and ours: an unknown code, another kind, another income group, a renamed region.

Nothing is taken from such a list automatically: a person looks at each difference and changes our dated tables.
"""

from __future__ import annotations

import pandas as pd

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import AreaAttribute
from indicators.registries.areas import known_areas
from indicators.registries.sources import sources

#: The World Bank's codes of its income groups. INX, not classified, is no group.
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
    listed: pd.DataFrame, known_areas: pd.DataFrame, economies: pd.DataFrame, memberships: pd.DataFrame, *, source: str, vintage: str
) -> pd.DataFrame:
    """Return the table `area_differences`, one row a code and attribute in which the two lists differ.

    Args:
        listed: The publisher's list: code, area_kind, income, region.
        known_areas: What the publisher's codes mean in our tables: code, area_kind.
        economies: Our economies: iso3, world_bank_region.
        memberships: Our dated memberships.
        source: Source of the list.
        vintage: Vintage of the list.

    An area that only our tables have is not a difference: a publisher need not list every territory.
    """
    income = memberships[(memberships["scheme"] == "income") & memberships["valid_to"].isna()].set_index("iso3")["group_name"]
    ours = listed[["code"]].assign(
        area_kind=listed["code"].map(known_areas.set_index("code")["area_kind"]),
        income=listed["code"].map(income),
        region=listed["code"].map(economies.set_index("iso3")["world_bank_region"]),
    )
    theirs = listed.assign(income=listed["income"].map(INCOME), region=listed["region"].replace("", None))
    parts = []
    for attribute in AreaAttribute:
        # An unknown code is one difference and not three.
        comparable = (attribute == AreaAttribute.AREA_KIND) | (ours["area_kind"] == theirs["area_kind"])
        differ = comparable & (theirs[attribute].fillna("") != ours[attribute].fillna(""))
        both = {"area": listed["code"], "attribute": attribute, "published": theirs[attribute], "ours": ours[attribute]}
        parts.append(pd.DataFrame(both)[differ])
    table = pd.concat(parts).assign(source=source, vintage=vintage)
    return conform("area_differences", table.sort_values(["attribute", "area"]))
