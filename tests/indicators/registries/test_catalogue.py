"""The catalogue is complete, consistent, and turns publishers' codes, units and words into ours."""

import csv

import pytest

from indicators.contracts.validation import contract_problems
from indicators.registries import catalogue
from indicators.registries.catalogue import Meaning, breakdown, crosswalk, factor, indicators, indicators_table
from tests.support.paths import PROJECT

EDITIONS = PROJECT / "pipelines" / "embedded" / "itu-facts-and-figures"
PUBLISHERS = ("world-bank", "itu-datahub", "facts-and-figures", "data360", "unsd", "itu-price-baskets", "itu-aggregates")


def test_the_table_of_indicators_keeps_its_contract():
    assert contract_problems("indicators", indicators_table()).empty


@pytest.mark.worked("indicators")
def test_an_indicator_has_its_unit_its_direction_and_its_place_in_the_2030_agenda():
    table = indicators_table().set_index("indicator")
    # Indicator 17.8.1 of the global indicator framework is the proportion of individuals using the Internet: a share, so at most 100.
    use = table.loc["individuals_using_internet"]
    assert use[["unit", "better", "aggregation", "ceiling", "sdg_indicator"]].tolist() == ["%", "higher", "mean over people", 100, "17.8.1"]
    # Subscriptions per 100 people are 17.6.1, and a person may have several. A price is better the lower it is, and has no highest value.
    assert table.loc["fixed_broadband_subscriptions", "sdg_indicator"] == "17.6.1"
    basket = table.loc["price_data_only_mobile_broadband_basket_5gb"]
    assert basket[["unit", "better", "aggregation"]].tolist() == ["% of monthly GNI per capita", "lower", "median over economies"]
    assert table.loc[["fixed_broadband_subscriptions", basket.name], "ceiling"].isna().all()


def test_every_indicator_is_published_somewhere():
    published = {meaning.indicator for publisher in PUBLISHERS for meaning in crosswalk(publisher).values()}
    assert published == set(indicators())


@pytest.mark.parametrize("indicator", indicators().values(), ids=indicators())
def test_only_shares_end_at_100_and_only_rates_among_people_are_averaged_over_people(indicator):
    assert indicator.ceiling == (100 if indicator.unit == "%" else None)
    if indicator.aggregation == "mean over people":
        assert indicator.unit in ("%", "per 100 people")
    if indicator.aggregation == "median over economies":
        assert indicator.unit == "% of monthly GNI per capita"


@pytest.mark.parametrize(
    ("publisher", "code", "meaning"),
    [
        ("world-bank", "IT.NET.USER.ZS", Meaning("individuals_using_internet")),
        ("itu-datahub", "11624", Meaning("individuals_using_internet")),
        ("itu-datahub", "9230", Meaning("individuals_using_internet", sex="female")),
        ("itu-datahub", "9289", Meaning("individuals_using_internet", sex="female", locality="rural")),
        ("itu-datahub", "9277", Meaning("individuals_using_internet", age="75+")),
        ("itu-datahub", "19257", Meaning("fixed_broadband_subscriptions_number")),
        ("itu-datahub", "19303", Meaning("fixed_broadband_subscriptions")),
    ],
)
def test_a_series_means_one_indicator_and_breakdown(publisher, code, meaning):
    assert crosswalk(publisher)[code, ""] == meaning


def test_the_two_mobile_baskets_are_two_indicators_distinguished_by_the_published_unit():
    baskets = {unit: meaning.indicator for (code, unit), meaning in crosswalk("facts-and-figures").items() if unit}
    assert baskets == {
        "% of GNI per capita (2 GB basket)": "price_data_only_mobile_broadband_basket_2gb",
        "% of GNI per capita (5 GB basket)": "price_data_only_mobile_broadband_basket_5gb",
    }


def test_a_unit_we_do_not_know_has_no_factor():
    assert factor("%", "% of population") == 1
    assert factor("%", "per 100 people") is None


def test_a_comparison_means_all_only_for_the_indicator_that_is_that_comparison():
    assert breakdown("locality", "urban/rural", "urban_rural_ratio_internet") == "all"
    assert breakdown("locality", "urban/rural", "individuals_using_internet") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": "bushels"}, "unit 'bushels' is none of"),
        ({"better": "up"}, "better 'up' is none of"),
        ({"aggregation": "sum"}, "aggregation 'sum' is none of"),
        ({"colour": "red"}, "unexpected keyword argument 'colour'"),
    ],
)
def test_an_entry_that_cannot_be_right_is_refused_by_name(change, said):
    entry = {"title": "A", "unit": "%", "definition": "B", "better": "higher"}
    assert catalogue._indicator("a", entry, {"%": {}}).title == "A"
    with pytest.raises(ValueError, match=rf"catalogue\.toml: a: .*{said}"):
        catalogue._indicator("a", entry | change, {"%": {}})


def test_a_series_claimed_twice_is_refused(monkeypatch):
    entry = {"title": "A", "unit": "%", "definition": "B", "better": "higher", "series": {"x": 1}}
    monkeypatch.setattr(
        catalogue, "_registry", lambda: {"indicators": {"a": entry, "b": entry}, "breakdowns": {"sex": [], "locality": [], "age": []}}
    )
    with pytest.raises(ValueError, match="series 1 of x is listed under a and b"):
        crosswalk("x")


def test_the_catalogue_knows_every_series_and_unit_of_facts_and_figures():
    printed = set()
    for path in EDITIONS.glob("*/aggregates.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            printed |= {(row["series"], row["unit"]) for row in csv.DictReader(file)}
    assert len(printed) > 50
    known = crosswalk("facts-and-figures")
    for series, unit in printed:
        meaning = known.get((series, "")) or known[series, unit]
        assert factor(indicators()[meaning.indicator].unit, unit) is not None, (series, unit)
