"""The statements of a resolution that contradict each other."""

from decimal import Decimal

import pytest

from indicators.claims.identities import compare_statements, conflicts
from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from indicators.registries.resolution import (
    TEN_YEARS_BEFORE,
    Identity,
    Inclusion,
    load_claims,
    load_identities,
    load_inclusions,
)
from indicators.wording.intervals import Interval
from tests.support.statements import REVIEWED, entry

CLAIMS = {claim.claim: claim for claim in load_claims() if claim.claim in REVIEWED}
TRIED = compare_statements(list(CLAIMS.values()), load_identities(), load_inclusions())
WOMEN_AND_MEN = Identity(
    statement="people are women and men",
    indicator="individuals_using_internet",
    dimension="sex",
    first="female",
    second="male",
    share_of_first=(Decimal("0.5"), Decimal("0.5")),
    share_source="half and half, for easy working",
)


A_THIRD_OFFLINE = entry("a third", "33.33", "[30.83, 35.83)", measure="complement")


def found_between(entries, identities=(WOMEN_AND_MEN,)):
    """The pairs of statements in conflict, as sets, whichever comes first."""
    table = conflicts(compare_statements(load_claims(entries), list(identities), []))
    return {frozenset((row.claim_a, row.claim_b)) for row in table.itertuples()}


# A third offline leaves (64.17, 69.17] online. Against it stand 74 per cent, [73.5, 74.5]: 73.5 - 69.17 = 4.33 apart; women and men,
# lowest 0.498 * 70.5 + 0.502 * 76 = 73.261: 4.091 apart; urban and rural, lowest 0.55 * 84 + 0.45 * 57.5 = 72.075: 2.905 apart.
# And if a third are without access for want of a network, (64.17, 69.17] are covered by 3G or better, but 4G alone covers more than 93.
@pytest.mark.worked("claim_conflicts")
def test_the_statements_of_the_resolution_conflict_in_four_ways_and_no_other():
    found = conflicts(TRIED)
    pairs = [(row.claim_a, row.claim_b, row.gap) for row in found.itertuples()]
    assert pairs == [
        ("third-offline", "online-2025", pytest.approx(4.33)),
        ("third-offline", "women-online + men-online", pytest.approx(4.091)),
        ("third-offline", "online-urban + online-rural", pytest.approx(2.905)),
        ("third-without-access", "covered-by-4g", pytest.approx(23.83)),
    ]
    assert contract_problems("claim_conflicts", conform("claim_conflicts", found)).empty


def test_a_conflict_names_the_identity_both_intervals_and_how_far_apart_they_are():
    first = conflicts(TRIED).iloc[0]
    assert (first["interval_a"], first["interval_b"]) == ("(64.17, 69.17]", "[73.5, 74.5]")
    assert first["identity"] == "the share without is 100 minus the share with"
    assert first["explanation"] == (
        "third-offline puts the common quantity at (64.17, 69.17], online-2025 at [73.5, 74.5]. They are 4.3 apart and "
        "contradict each other, because the share without is 100 minus the share with."
    )


def test_the_phone_statements_agree_though_only_just():
    # Women 78 and men 87 with women 49.6 to 50.2 per cent: 0.502 * 77.5 + 0.498 * 86.5 = 81.98 to 83.0; 82 per cent is [81.5, 82.5].
    total = load_identities()[1].total(CLAIMS["women-with-a-phone"].interval, CLAIMS["men-with-a-phone"].interval)
    assert (total.lower, total.upper) == (Decimal("81.982"), Decimal("83.036"))
    assert total.meets(CLAIMS["own-a-phone"].interval)


def test_dropping_the_third_leaves_no_conflict():
    others = [claim for claim in CLAIMS.values() if not claim.claim.startswith("third-")]
    tried = compare_statements(others, load_identities(), load_inclusions())
    assert len(tried)
    assert conflicts(tried).empty


# Claim against claim, from the method note: 74 agrees with women 71 and men almost 77, which make 73.3 to 74.3; with 85 and 58 it implies
# an urban share of (73.5 - 58.5) / (85 - 58.5) = 0.566 to (74.5 - 57.5) / (84 - 57.5) = 0.642; the phones overlap in [82.0, 82.5] alone;
# 94 and 23 give 93.5 / 23.5 = 3.98 to 94.5 / 22.5 = 4.2. What total and one part leave for the other is wider than its own words.
@pytest.mark.worked("claim_identities")
@pytest.mark.parametrize(
    ("kind", "one", "other", "implied", "overlap", "result"),
    [
        ("complement", "third-offline", "online-2025", "[73.5, 74.5]", None, "conflict"),
        ("total from parts", "online-2025", "women-online + men-online", "[73.26, 74.27)", "[73.5, 74.27)", "possible"),
        ("share of a part", "online-2025 + online-urban + online-rural", None, "[0.55, 0.6]", "(0.566, 0.6]", "possible"),
        ("share of a part", "third-offline + online-urban + online-rural", None, "[0.55, 0.6]", None, "conflict"),
        ("total from parts", "own-a-phone", "women-with-a-phone + men-with-a-phone", "[81.98, 83.04]", "[81.98, 82.5]", "possible"),
        ("ratio", "high-over-low", "online-high-income + online-low-income", "[3.98, 4.2]", "(4, 4.2]", "possible"),
        ("part from total", "men-online", "online-2025 + women-online", "[75.47, 78.47]", "[76, 77)", "too coarse"),
        ("inclusion", "third-without-access", "covered-by-4g", "(93, 100]", None, "conflict"),
    ],
)
def test_every_identity_between_statements_is_tried_and_its_result_reported(kind, one, other, implied, overlap, result):
    rows = TRIED[(TRIED["claim_a"] == one) & (TRIED["claim_b"].isna() if other is None else TRIED["claim_b"] == other)]
    [row] = rows.astype("object").where(rows.notna(), None).to_dict("records")
    assert (row["kind"], row["interval_b"], row["overlap"], row["result"]) == (kind, implied, overlap, result)


def test_a_chain_lists_every_step():
    steps = TRIED.set_index("claim_b").loc["third-offline + women-online", "steps"]
    assert steps == (
        "men-online says [76, 77); third-offline says [30.83, 35.83) without, which leaves 100 - [30.83, 35.83) = "
        "(64.17, 69.17]; women-online says [70.5, 71.5]; ((64.17, 69.17] - f x [70.5, 71.5]) / (1 - f) with f in [0.496, 0.498] the "
        "share of female = (56.9, 67.86]"
    )


def test_compared_statements_keep_their_contract_and_no_pair_is_compared_twice():
    assert contract_problems("claim_identities", conform("claim_identities", TRIED)).empty
    assert set(TRIED["result"]) == {"possible", "conflict", "too coarse"}


@pytest.mark.parametrize(
    ("total", "lowest", "highest"),
    # Women 70.5 to 71.5, men 76.5 to 77.5. A total of 73.5 to 74.5 leaves (76.5 - 74.5) / (76.5 - 70.5) = 1/3 to (77.5 - 73.5) / (77.5 -
    # 71.5) = 2/3; one of 80 to 81 leaves less than none: (76.5 - 81) / (76.5 - 71.5) = -0.9 to (77.5 - 80) / (77.5 - 70.5) = -0.357.
    [(("73.5", "74.5"), 1 / 3, 2 / 3), (("80", "81"), -0.9, -2.5 / 7)],
)
def test_a_total_and_its_parts_leave_a_share(total, lowest, highest):
    total, women, men = (Interval(Decimal(low), Decimal(high)) for low, high in (total, ("70.5", "71.5"), ("76.5", "77.5")))
    share = WOMEN_AND_MEN.share(total, women, men)
    assert (float(share.lower), float(share.upper)) == (pytest.approx(lowest), pytest.approx(highest))


def test_parts_that_touch_at_an_end_leave_no_share():
    # Almost 77 ends where "77 and more" begins: the two may be as near as one likes, and the share of them is anything.
    women, men = Interval(Decimal(76), Decimal(77), upper_closed=False), Interval(Decimal(77), Decimal(78))
    assert WOMEN_AND_MEN.share(Interval(Decimal(74), Decimal(75)), women, men) is None


def test_parts_that_may_be_alike_leave_no_share():
    entries = {"online": entry("74 per cent", 74, "[73.5, 74.5]"), "women": entry("74 per cent", 74, "[73.5, 74.5]", sex="female")}
    entries["men"] = entry("74 per cent", 74, "[73.5, 74.5]", sex="male")
    tried = compare_statements(load_claims(entries), [WOMEN_AND_MEN], [])
    assert set(tried["kind"]) == {"total from parts", "part from total"}


def test_who_counts_for_the_narrower_counts_for_the_wider_and_not_the_other_way():
    # Of 30 with the narrower at least 30 have the wider: 20 of the wider contradict it, 40 do not.
    wider_and_narrower = Inclusion("all who do the one do the other", narrower="internet_use_daily", wider="individuals_using_internet")
    daily = entry("30 per cent", 30, "[29.5, 30.5]", indicator="internet_use_daily")
    for used, interval, result in (
        (20, "[19.5, 20.5]", "conflict"),
        (40, "[39.5, 40.5]", "too coarse"),
        (30, "[29.5, 30.5]", "too coarse"),
    ):
        entries = {"used": entry(f"{used} per cent", used, interval), "daily": daily}
        [row] = compare_statements(load_claims(entries), [], [wider_and_narrower]).to_dict("records")
        assert (row["interval_b"], row["result"]) == ("[29.5, 100]", result)


def test_statements_of_two_resolutions_are_never_held_against_one_another():
    both = [*CLAIMS.values(), *load_claims(resolution=TEN_YEARS_BEFORE)]
    tried = compare_statements(both, load_identities(), load_inclusions())
    # Ten years before, only 34 with and two thirds without are one quantity: [33.5, 34.5] is within (30.83, 35.83].
    [before] = tried[tried["resolution"] == TEN_YEARS_BEFORE].to_dict("records")
    assert (before["claim_a"], before["overlap"], before["result"]) == ("households-developing-2015", "[33.5, 34.5]", "possible")
    assert len(tried) == len(TRIED) + 1


def test_in_a_world_where_a_third_are_offline_and_66_per_cent_online_nothing_conflicts():
    # (64.17, 69.17] meets [65.5, 66.5]; women 63 and men 69 make [65.5, 66.5] as well.
    entries = {"third": A_THIRD_OFFLINE, "online": entry("66 per cent", 66, "[65.5, 66.5]")}
    entries |= {
        "women": entry("63 per cent", 63, "[62.5, 63.5]", sex="female"),
        "men": entry("69 per cent", 69, "[68.5, 69.5]", sex="male"),
    }
    assert found_between(entries) == set()
    assert found_between(dict(reversed(entries.items()))) == set()


@pytest.mark.parametrize(
    ("words", "figure", "interval"),
    [("74 per cent", 74, "[73.5, 74.5]"), ("60 per cent", 60, "[59.5, 60.5]"), ("almost 64.17 per cent", "64.17", "[63.17, 64.17)")],
)
def test_a_third_offline_conflicts_with_too_many_and_with_too_few_online_in_either_order(words, figure, interval):
    entries = {"third": A_THIRD_OFFLINE, "online": entry(words, figure, interval)}
    assert found_between(entries) == {frozenset(("third", "online"))}
    assert found_between(dict(reversed(entries.items()))) == {frozenset(("third", "online"))}


def test_parts_that_are_both_too_low_conflict_with_their_total():
    # Half women, half men: [60, 62] online against [73.5, 74.5].
    entries = {
        "online": entry("74 per cent", 74, "[73.5, 74.5]"),
        "women": entry("60.5 per cent", "60.5", "[60.45, 60.55]", sex="female"),
        "men": entry("61.5 per cent", "61.5", "[61.45, 61.55]", sex="male"),
    }
    assert found_between(entries) == {frozenset(("online", "women + men"))}


def test_shares_that_do_not_make_the_stated_ratio_conflict_with_it():
    # 80/23 is at most 80.5/22.5 = 3.6, never more than four.
    rich, poor = {"area": "high-income"}, {"area": "low-income"}
    entries = {
        "rich": entry("80 per cent", 80, "[79.5, 80.5]", **rich),
        "poor": entry("23 per cent", 23, "[22.5, 23.5]", **poor),
        "times": entry("more than four times", 4, "(4, inf)", **rich, measure="ratio", unit="ratio", compared_with="low-income"),
    }
    assert found_between(entries) == {frozenset(("times", "rich + poor"))}
    entries["rich"] = entry("94 per cent", 94, "[93.5, 94.5]", **rich)
    assert found_between(entries) == set()


def test_statements_of_different_years_or_people_never_conflict():
    entries = {"third": A_THIRD_OFFLINE, "then": entry("15 per cent", 15, "[14.5, 15.5]", year=2005)}
    entries["young"] = entry("82 per cent", 82, "[81.5, 82.5]", age="15-24")
    assert found_between(entries) == set()


def test_an_identity_takes_total_and_parts_back_into_one_another():
    # Half and half: parts [70, 72] and [76, 78] make [73, 75]; the total [74, 74] and first [70, 72] leave [76, 78] for the second.
    def exact(lower, upper):
        return Interval(Decimal(lower), Decimal(upper))

    assert WOMEN_AND_MEN.total(exact(70, 72), exact(76, 78)) == exact(73, 75)
    assert WOMEN_AND_MEN.other_part(exact(74, 74), exact(70, 72)) == exact(76, 78)
    assert WOMEN_AND_MEN.first_part(exact(74, 74), exact(76, 78)) == exact(70, 72)


def test_the_shares_behind_the_identities_are_stated_as_ranges_with_their_source():
    for identity in load_identities():
        low, high = identity.share_of_first
        assert Decimal("0.4") < low < high < Decimal("0.7")
        assert identity.share_source
