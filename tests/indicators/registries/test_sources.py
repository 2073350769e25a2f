"""The sources say who publishes under which licence, and what may be made of them together."""

import pytest

from indicators.contracts.validation import contract_problems
from indicators.registries.sources import sources, sources_table, strictest


def test_every_source_names_its_licence_citation_and_nature():
    for source in sources().values():
        assert source.licence
        assert source.citation
        assert source.nature in ("country", "estimate", "unknown")
        assert source.area_codes in ("itu", "world-bank", "data360", "unsd")


@pytest.mark.worked("sources")
def test_the_table_has_one_row_a_source_with_its_licence_and_its_update_interval():
    table = sources_table()
    assert contract_problems("sources", table).empty
    world_bank = table.set_index("source").loc["world-bank-wdi"]
    # The World Development Indicators come out four times a year under CC BY 4.0.
    assert (world_bank["licence"], world_bank["update_interval_days"]) == ("CC BY 4.0", 91)


@pytest.mark.parametrize("order", ["precedence_economies", "precedence_groups"])
def test_no_two_sources_are_the_same_choice(order):
    places = [getattr(source, order) for source in sources().values()]
    assert len(places) == len(set(places))


def test_economies_come_from_itu_first_and_groups_from_facts_and_figures_first():
    first = min(sources().values(), key=lambda source: source.precedence_economies)
    first_of_groups = min(sources().values(), key=lambda source: source.precedence_groups)
    assert (first.name, first_of_groups.name) == ("itu-datahub", "itu-facts-and-figures")


@pytest.mark.parametrize(
    ("licences", "strictest_of_them"),
    [
        (["CC BY 4.0"], "CC BY 4.0"),
        (["CC BY 4.0", "Figures cited"], "CC BY 4.0"),
        (["Figures cited", "CC BY-NC-SA 3.0 IGO", "CC BY 4.0"], "CC BY-NC-SA 3.0 IGO"),
    ],
)
def test_what_is_made_from_several_carries_the_strictest_licence(licences, strictest_of_them):
    assert strictest(licences) == strictest(reversed(licences)) == strictest_of_them


@pytest.mark.parametrize(("licences", "said"), [([], "no licence is given"), (["WTFPL"], "'WTFPL' is that of no source")])
def test_no_licence_or_an_unknown_one_is_an_error(licences, said):
    with pytest.raises(ValueError, match=said):
        strictest(licences)
