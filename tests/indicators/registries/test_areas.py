"""The registries of areas: what is read from their files, and how publishers' codes are read."""

import pytest

from indicators.contracts.validation import contract_problems
from indicators.registries.areas import areas_by_code, economies_table, groups_table, known_areas, memberships_table


@pytest.mark.parametrize(("name", "read"), [("economies", economies_table), ("groups", groups_table), ("memberships", memberships_table)])
def test_the_tables_keep_their_contracts(name, read):
    assert contract_problems(name, read()).empty


@pytest.mark.worked("economies")
def test_an_economy_has_its_name_its_number_and_its_regions():
    namibia = economies_table().set_index("iso3").loc["NAM"]
    # UN M49: Namibia is 516, Southern Africa in Sub-Saharan Africa.
    assert namibia[["name", "m49", "un_region", "itu_region"]].tolist() == ["Namibia", "516", "Africa", "Africa"]
    # Aruba is no member of ITU: its region is missing, and not a text.
    assert economies_table().set_index("iso3").loc["ABW"].isna()["itu_region"]


@pytest.mark.worked("groups")
def test_a_group_has_members_or_none_and_that_is_a_truth_value():
    groups = groups_table().set_index("group_name")
    # The United Nations lists the landlocked developing countries; of the World Bank's aggregates only the figures are held.
    assert groups.loc["lldc", ["scheme", "title", "has_members"]].tolist() == ["lldc", "Landlocked developing countries", True]
    assert not groups.loc["wb-afe", "has_members"]
    assert groups.loc["world", "has_members"]
    assert groups["has_members"].dtype == bool


@pytest.mark.worked("memberships")
def test_a_membership_begins_and_ends_on_a_day():
    income = memberships_table().query("scheme == 'income' and iso3 == 'NAM'").set_index("valid_from")
    # The World Bank's lists of July 2009 to July 2024 have Namibia as upper-middle-income, that of July 2025 no longer.
    assert income.loc["2009-07-01", ["group_name", "valid_to"]].tolist() == ["upper-middle-income", "2025-07-01"]
    assert income.loc["2025-07-01", "group_name"] == "lower-middle-income"
    assert income["valid_to"].isna().sum() == 1
    # 44 least developed countries, since São Tomé and Príncipe left the list on 13 December 2024; there are 32 landlocked ones.
    newest = memberships_table().query("valid_to.isna()").groupby("group_name").size()
    assert (newest["ldc"], newest["lldc"]) == (44, 32)


def test_a_code_is_read_as_its_publisher_means_it():
    assert areas_by_code("unsd")["516"] == areas_by_code("world-bank")["NAM"] == ("NAM", "economy")
    assert set(known_areas("world-bank").columns) == {"code", "area", "area_kind"}
