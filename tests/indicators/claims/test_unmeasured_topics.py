"""The topics of the resolution that nothing held measures by economy, and when one of them is held."""

import re

import pandas as pd
import pytest

from indicators.claims.unmeasured_topics import unmeasured
from indicators.contracts.validation import contract_problems
from indicators.registries.catalogue import indicators
from indicators.registries.sources import sources

NOBODY = pd.DataFrame(columns=["indicator", "area", "area_kind", "year", "sex", "locality", "age"])
TOPICS = unmeasured(NOBODY)


def test_the_table_keeps_its_contract():
    assert contract_problems("unmeasured_topics", TOPICS).empty


def value(indicator, area="KEN", area_kind="economy", year=2024, **breakdown):
    return {
        "indicator": indicator,
        "area": area,
        "area_kind": area_kind,
        "year": year,
        "sex": "all",
        "locality": "all",
        "age": "all",
    } | breakdown


def status_of(name, *values):
    row = unmeasured(pd.DataFrame(values, columns=list(NOBODY))).set_index("name").loc[name]
    return row["status"], row["economies"], row["newest_year"]


def test_nothing_is_held_of_nothing():
    assert set(TOPICS["status"]) == {"not held"}
    assert TOPICS["newest_year"].isna().all()
    assert (TOPICS["economies"] == 0).all()


@pytest.mark.worked("unmeasured_topics")
def test_a_value_of_an_economy_makes_a_topic_held():
    values = [value("schools_with_internet"), value("schools_with_internet", year=2025), value("schools_with_internet", "UGA")]
    assert status_of("schools-online", *values) == ("held", 2, 2025)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("schools-online", value("schools_with_internet", "world", "group")),
        ("older-persons", value("individuals_using_internet")),
        ("older-persons", value("individuals_using_internet", age="15-24")),
        ("women-and-men-by-economy", value("individuals_using_internet", locality="urban")),
        ("persons-with-disabilities", value("individuals_using_internet")),
    ],
)
def test_a_group_or_another_breakdown_does_not(name, values):
    assert status_of(name, values)[:2] == ("not held", 0)


def test_the_breakdown_asked_for_does():
    assert status_of("older-persons", value("individuals_using_internet", age="75+")) == ("held", 1, 2024)
    assert status_of("women-and-men-by-economy", value("individuals_using_internet", sex="female")) == ("held", 1, 2024)


def test_what_could_be_held_names_indicators_and_sources_with_a_connector_and_what_could_not_names_neither():
    assert (TOPICS["indicators"].notna() == TOPICS["connectors"].notna()).all()
    for topic in TOPICS.dropna(subset="indicators").itertuples():
        assert set(topic.indicators.split(", ")) <= set(indicators())
        assert set(re.findall(r"[a-z0-9]+(?:-[a-z]+)+|data360", topic.connectors)) <= set(sources())
