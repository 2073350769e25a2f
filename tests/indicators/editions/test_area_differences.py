"""A publisher's list of areas is compared with ours: new codes, other classes and renamed regions are reported; nothing is copied."""

import json

import pandas as pd
import pytest

from indicators import readers
from indicators.contracts.validation import contract_problems
from indicators.editions.area_differences import area_differences, differences
from indicators.readers import Unreadable, world_bank_areas
from indicators.registries.areas import known_areas
from tests.support.paths import both

KNOWN = pd.DataFrame(
    [("ABW", "economy"), ("NAM", "economy"), ("ETH", "economy"), ("HIC", "group"), ("AFE", "group")], columns=["code", "area_kind"]
)
ECONOMIES = pd.DataFrame([("ABW", "Americas"), ("NAM", "Africa"), ("ETH", "Africa")], columns=["iso3", "world_bank_region"])
MEMBERSHIPS = pd.DataFrame(
    [
        ("income", "high-income", "ABW", None),
        ("income", "upper-middle-income", "NAM", "2025-07-01"),
        ("income", "lower-middle-income", "NAM", None),
        ("ldc", "ldc", "ETH", None),
    ],
    columns=["scheme", "group_name", "iso3", "valid_to"],
)


def entry(code, region="Africa", income="LMC", two="XX"):
    group = region == "Aggregates"
    return {
        "id": code,
        "iso2Code": two,
        "name": f"Name of {code} ",
        "region": {"id": "NA" if group else "AAA", "iso2code": "NA", "value": f"{region} "},
        "incomeLevel": {"id": "NA" if group else income, "iso2code": "XD", "value": "x"},
    }


def listing(*entries, total=None):
    header = {"page": 1, "pages": 1, "per_page": "400", "total": len(entries) if total is None else total}
    return json.dumps([header, list(entries)]).encode()


LISTED = [
    entry("ABW", "Americas", "HIC"),
    entry("NAM", two="NA"),
    entry("ETH", income="INX"),
    entry("HIC", "Aggregates"),
    entry("AFE", "Aggregates"),
]


def compared(*entries):
    listed = world_bank_areas.areas(listing(*entries))
    table = differences(listed, KNOWN, ECONOMIES, MEMBERSHIPS, source="world-bank-areas", vintage="2026-10-08")
    assert contract_problems("area_differences", table).empty
    return [tuple(row) for row in table[["area", "attribute", "published", "ours"]].fillna("").itertuples(index=False)]


def test_lists_that_agree_have_no_differences():
    # Namibia's two-letter code is the word by which the Bank marks groups; Ethiopia is not classified in either.
    assert compared(*LISTED) == []


@pytest.mark.worked("area_differences")
@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (entry("NEW"), ("NEW", "area_kind", "economy", "")),
        (entry("NEW", "Aggregates"), ("NEW", "area_kind", "group", "")),
        (entry("NAM", "Aggregates"), ("NAM", "area_kind", "group", "economy")),
        (entry("AFE"), ("AFE", "area_kind", "economy", "group")),
        (entry("NAM", income="UMC"), ("NAM", "income", "upper-middle-income", "lower-middle-income")),
        (entry("NAM", income="INX"), ("NAM", "income", "", "lower-middle-income")),
        (entry("ETH", income="LIC"), ("ETH", "income", "low-income", "")),
        (entry("NAM", "Southern Africa"), ("NAM", "region", "Southern Africa", "Africa")),
    ],
)
def test_each_difference_is_reported_once(changed, found):
    others = [each for each in LISTED if each["id"] != changed["id"]]
    assert compared(*others, changed) == [found]


def test_an_area_that_only_we_know_is_no_difference():
    assert compared(*LISTED[1:]) == []


def test_the_list_is_recognised_and_states_no_figures():
    published = readers.read(listing(*LISTED))
    assert (published.layout, len(published.rows), published.without_value) == ("world-bank-areas", 0, 0)


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (listing(*LISTED, total=296), "5 areas where the header promises 296"),
        (listing(*LISTED, total="many"), "5 areas where the header promises many"),
        (listing({"id": "ABW", "iso2Code": "AW", "region": {}, "incomeLevel": {}}), "an entry without 'id'"),
    ],
)
def test_a_list_that_is_not_whole_is_refused(spoilt, said):
    with pytest.raises(Unreadable, match=said):
        readers.read(spoilt)


def test_our_own_tables_agree_with_the_classes_they_were_made_from():
    # Every code we hold of the World Bank is an economy or one of its groups, never both.
    known = known_areas("world-bank")
    assert known["code"].is_unique
    assert set(known.query("area_kind == 'group'")["code"]) >= {"WLD", "HIC", "LIC", "AFE", "INX"}
    assert known.set_index("code").loc[["NAM", "TTO", "XKX", "CHI"], "area_kind"].eq("economy").all()


@pytest.mark.parametrize(("path", "areas"), both("world-bank-api/EXCERPT_country_20261008.json", [3], [4]))
def test_an_excerpt_is_recognised_and_refused_for_what_is_cut_off(path, areas):
    content = path.read_bytes()
    assert readers.recognise(content) == "world-bank-areas"
    with pytest.raises(Unreadable, match=f"{areas} areas where the header promises 296"):
        readers.read(content)
    whole = json.loads(content)
    whole[0]["total"] = areas
    listed = world_bank_areas.areas(json.dumps(whole).encode()).set_index("code")
    assert listed.loc["AFE", "area_kind"] == "group"
    assert tuple(listed.loc["ABW"]) == ("economy", "HIC", "Latin America & Caribbean")


def test_the_newest_list_is_compared_with_our_codes_and_none_is_no_difference():
    # Our registry knows NAM as an economy; XYZ is none of our codes.
    listed = pd.DataFrame({"code": ["NAM", "XYZ"], "area_kind": "economy", "income": "LMC", "region": "Africa"})
    found = area_differences(listed.assign(source="world-bank-areas", vintage="2026-10-08"), ECONOMIES, MEMBERSHIPS)
    assert found[["source", "vintage", "area", "attribute"]].to_numpy().tolist() == [["world-bank-areas", "2026-10-08", "XYZ", "area_kind"]]
    assert area_differences(pd.DataFrame(), ECONOMIES, MEMBERSHIPS).empty
