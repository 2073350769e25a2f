"""The statements of A/RES/80/173 as data: what their words stand for, the vintage they were drawn from, and which cannot both hold."""

import re
from decimal import Decimal

import pytest

from indicators.claims.intervals import Interval
from indicators.claims.resolution import (
    FOLLOWED,
    TEN_YEARS_BEFORE,
    Identity,
    Inclusion,
    adopted,
    claims_table,
    conflicts,
    identities_tried,
    load_claims,
    load_identities,
    load_inclusions,
)
from indicators.claims.verdicts import OLDEST_VALUE_YEARS
from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from tests.support.paths import SHARED

# Paragraph and interval of each statement, from the table of A/RES/80/173 in the method note (statement 1 in its two readings).
REVIEWED = {
    "third-offline": (16, "[30.83, 35.83)"),
    "third-without-access": (16, "[30.83, 35.83)"),
    "covered-by-4g": (20, "(93, 100]"),
    "own-a-phone": (20, "[81.5, 82.5]"),
    "online-2005": (20, "(15, 16)"),
    "online-2025": (20, "[73.5, 74.5]"),
    "online-high-income": (21, "[93.5, 94.5]"),
    "online-low-income": (21, "[22.5, 23.5]"),
    "high-over-low": (21, "(4, inf)"),
    "below-20-in-some": (21, "[2, inf)"),
    "online-urban": (21, "[84, 85)"),
    "online-rural": (21, "[57.5, 58.5]"),
    "women-with-a-phone": (22, "[77.5, 78.5]"),
    "men-with-a-phone": (22, "[86.5, 87.5]"),
    "women-online": (22, "[70.5, 71.5]"),
    "men-online": (22, "[76, 77)"),
}

# The words that carry a figure, quoted from the two resolutions as adopted: https://docs.un.org/en/A/RES/80/173 (17 December 2025) and
# https://docs.un.org/en/A/RES/70/125 (16 December 2015).
QUOTED = {
    FOLLOWED: {
        16: ["A third of the world's population still does not have access to the Internet"],
        20: [
            "more than 93 per cent of the world's population",
            "people aged 10 and over who own a mobile phone has reached 82 per cent",
            "from just over 15 per cent in 2005 to 74 per cent in 2025",
        ],
        21: [
            "in high-income countries (94 per cent) is more than four times that in low-income countries (23 per cent)",
            "below 20 per cent in some countries",
            "almost 85 per cent",
            "58 per cent",
        ],
        22: [
            "Only 78 per cent of women and girls aged 10 and over",
            "87 per cent of men",
            "only 71 per cent of women",
            "almost 77 per cent of men",
        ],
    },
    TEN_YEARS_BEFORE: {
        21: ["only around 43 per cent of people globally had Internet access", "only 41 per cent of women had Internet access"],
        22: [
            "only 34 per cent of households in developing countries had Internet access",
            "more than 80 per cent in developed countries",
            "two thirds of the households in developing countries do not have Internet access",
        ],
    },
}
# What the text adopted on 17 December 2025 says where the draft of the day before says otherwise.
ADOPTED_INSTEAD = {
    "does not access": "does not have access to",
    "aged ten and above": "aged 10 and over",
    "aged ten and over": "aged 10 and over",
}
CLAIMS = {claim.claim: claim for claim in load_claims()}
TRIED = identities_tried(load_claims(), load_identities(), load_inclusions())
WOMEN_AND_MEN = Identity(
    statement="people are women and men",
    indicator="individuals_using_internet",
    dimension="sex",
    first="female",
    second="male",
    share_of_first=(Decimal("0.5"), Decimal("0.5")),
    share_source="half and half, for easy working",
)


def entry(wording, figure, interval, **also):
    """One statement on Internet use in the world in 2025, as it would stand in the TOML."""
    return {
        "paragraph": 1,
        "statement": "People are online.",
        "wording": wording,
        "figure": Decimal(str(figure)),
        "interval": interval,
        "indicator": "individuals_using_internet",
        "area": "world",
        "year": 2025,
        "source": "itu-facts-and-figures",
        "vintage_of_record": "2025",
        "reviewed": "supported",
    } | also


A_THIRD_OFFLINE = entry("a third", "33.33", "[30.83, 35.83)", measure="complement")


def found_between(entries, identities=(WOMEN_AND_MEN,)):
    """The pairs of statements in conflict, as sets, whichever comes first."""
    table = conflicts(identities_tried(load_claims(entries), list(identities), []))
    return {frozenset((row.claim_a, row.claim_b)) for row in table.itertuples()}


@pytest.mark.parametrize("name", REVIEWED)
def test_each_statement_stands_in_its_paragraph_with_the_reviewed_interval(name):
    assert (CLAIMS[name].paragraph, str(CLAIMS[name].interval)) == REVIEWED[name]


def test_there_are_no_other_statements_and_each_paragraph_has_some():
    assert list(CLAIMS) == list(REVIEWED)
    assert {claim.paragraph for claim in CLAIMS.values()} == {16, 20, 21, 22}
    assert adopted() == "2025-12-17"


def test_figures_are_exact_decimals_and_ends_are_too():
    for claim in CLAIMS.values():
        assert isinstance(claim.figure, Decimal)
        assert all(end is None or isinstance(end, Decimal) for end in (claim.interval.lower, claim.interval.upper))
    assert CLAIMS["third-offline"].figure == Decimal("33.33")


def test_the_statements_are_in_our_words_and_only_the_figure_is_quoted():
    # Words and figure stand apart: a wording is a handful of words, a statement ends as a sentence.
    for claim in CLAIMS.values():
        assert len(claim.wording.split()) <= 7, claim.claim
        assert claim.statement.endswith("."), claim.claim


@pytest.mark.parametrize("resolution", QUOTED)
def test_the_wording_of_each_statement_is_that_of_its_paragraph_as_adopted(resolution):
    claims = load_claims(resolution=resolution)
    assert {claim.paragraph for claim in claims} == set(QUOTED[resolution])
    for claim in claims:
        # In paragraph 16 the fraction begins the sentence, in paragraph 22 "Only" does.
        assert any(claim.wording.casefold() in quote.casefold() for quote in QUOTED[resolution][claim.paragraph]), claim.claim


def test_access_and_ages_are_stated_as_in_the_adopted_text():
    assert all("do not have access to the Internet" in CLAIMS[name].statement for name in ("third-offline", "third-without-access"))
    aged = {name for name, claim in CLAIMS.items() if "aged 10 and over" in claim.statement}
    assert aged == {"own-a-phone", "women-with-a-phone"}
    assert not any(" ten " in claim.statement for claim in CLAIMS.values())


def test_the_quotations_stand_in_the_text():
    text = SHARED / "texts" / "resolution_paragraphs.txt"
    if not text.exists():
        pytest.skip("the text of the resolution is not part of the project")
    paragraphs = dict(re.findall(r"^(\d+)\. (.*)$", text.read_text("utf-8"), re.MULTILINE))
    for number, quotes in QUOTED[FOLLOWED].items():
        words = paragraphs[str(number)]
        for draft, adopted_words in ADOPTED_INSTEAD.items():
            words = words.replace(draft, adopted_words)
        assert all(quote in words for quote in quotes), number


def test_both_readings_of_access_are_judged_and_say_so():
    readings = [claim for claim in CLAIMS.values() if claim.reading]
    assert [claim.claim for claim in readings] == ["third-offline", "third-without-access"]
    assert len({claim.reading for claim in readings}) == 2
    assert all(claim.measure == "complement" for claim in readings)


def test_the_two_statements_on_use_of_a_phone_are_flagged_as_drawn_from_ownership():
    flagged = {claim.claim for claim in CLAIMS.values() if any("definition differs" in flag for flag in claim.flags)}
    assert flagged == {"women-with-a-phone", "men-with-a-phone"}


@pytest.mark.worked("claims")
def test_claims_become_rows_that_keep_the_contract():
    table = conform("claims", claims_table(load_claims()))
    assert contract_problems("claims", table).empty
    row = table.set_index("claim").loc["high-over-low"]
    # "More than four times" is (4, inf); "almost 85 per cent" is at least 84 and less than 85.
    assert (row["lower"], row["interval"], row["unit"], row["compared_with"]) == (4, "(4, inf)", "ratio", "low-income")
    urban = table.set_index("claim").loc["online-urban"]
    assert urban[["paragraph", "lower", "upper", "interval", "locality", "year"]].tolist() == [21, 84, 85, "[84, 85)", "urban", 2025]
    assert table["upper"].isna().sum() == 2


@pytest.mark.parametrize("written", ["[84, 85]", "(84, 85)", "[84.5, 85.5]", "[84, 85.0)"])
def test_an_interval_that_is_not_what_the_words_stand_for_is_refused_in_one_line(written):
    with pytest.raises(ValueError, match="claim online-urban") as refusal:
        load_claims({"online-urban": entry("almost 85 per cent", 85, written)})
    said = str(refusal.value)
    assert said == (
        f"resolution.toml, claim online-urban: the words 'almost 85 per cent' stand for [84, 85), but interval says {written}; "
        "correct one of them"
    )


def test_in_some_countries_is_two_economies_or_more():
    claims = load_claims(
        {"some": entry("below 20 per cent in some countries", 20, "[2, inf)", measure="economies below", unit="economies")}
    )
    assert claims[0].interval == Interval(Decimal(2), None, True, False)


def newest_on_or_before_adoption(claim, observations):
    """The newest vintage of the claim's source, dated on or before adoption, that holds every figure the claim is about."""
    rows = observations[(observations["source"] == claim.source) & (observations["published"] <= "2025-12-17")]
    rows = rows[(rows["indicator"] == claim.indicator) & (rows["sex"] == claim.sex) & (rows["locality"] == claim.locality)]
    rows = rows[rows["age"] == claim.age]
    if claim.measure == "economies below":
        rows = rows[(rows["area_kind"] == "economy") & rows["year"].between(claim.year - OLDEST_VALUE_YEARS, claim.year)]
    else:
        rows = rows[rows["year"] == claim.year]
        areas = [claim.area] + ([claim.compared_with] if claim.compared_with else [])
        holding = [set(rows.loc[rows["area"] == area, "vintage"]) for area in areas]
        rows = rows[rows["vintage"].isin(set.intersection(*holding))]
    return rows.sort_values("published")["vintage"].iloc[-1]


@pytest.mark.parametrize("name", REVIEWED)
def test_the_vintage_of_record_is_the_newest_that_was_out_and_holds_the_figure(name, embedded):
    claim = CLAIMS[name]
    assert claim.vintage_of_record == newest_on_or_before_adoption(claim, embedded["observations"])


def test_only_the_figure_of_2005_is_drawn_from_an_earlier_edition():
    drawn = {name: claim.vintage_of_record for name, claim in CLAIMS.items() if claim.source == "itu-facts-and-figures"}
    assert {name for name, vintage in drawn.items() if vintage != "2025"} == {"online-2005"}
    assert drawn["online-2005"] == "2024"


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
        "third-offline puts the common quantity at (64.17, 69.17], online-2025 at [73.5, 74.5]: 4.3 apart, they cannot both hold, "
        "because the share without is 100 minus the share with."
    )


def test_the_phone_statements_agree_though_only_just():
    # Women 78 and men 87 with women 49.6 to 50.2 per cent: 0.502 * 77.5 + 0.498 * 86.5 = 81.98 to 83.0; 82 per cent is [81.5, 82.5].
    total = load_identities()[1].total(CLAIMS["women-with-a-phone"].interval, CLAIMS["men-with-a-phone"].interval)
    assert (total.lower, total.upper) == (Decimal("81.982"), Decimal("83.036"))
    assert total.meets(CLAIMS["own-a-phone"].interval)


def test_dropping_the_third_leaves_no_conflict():
    others = [claim for claim in load_claims() if not claim.claim.startswith("third-")]
    tried = identities_tried(others, load_identities(), load_inclusions())
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
def test_every_identity_between_statements_is_tried_and_its_result_told(kind, one, other, implied, overlap, result):
    rows = TRIED[(TRIED["claim_a"] == one) & (TRIED["claim_b"].isna() if other is None else TRIED["claim_b"] == other)]
    [row] = rows.astype("object").where(rows.notna(), None).to_dict("records")
    assert (row["kind"], row["interval_b"], row["overlap"], row["result"]) == (kind, implied, overlap, result)


def test_a_chain_is_told_with_every_step():
    steps = TRIED.set_index("claim_b").loc["third-offline + women-online", "steps"]
    assert steps == (
        "men-online says [76, 77); third-offline says [30.83, 35.83) of those without, which leaves 100 - [30.83, 35.83) = "
        "(64.17, 69.17]; women-online says [70.5, 71.5]; ((64.17, 69.17] - f x [70.5, 71.5]) / (1 - f) with f in [0.496, 0.498] the "
        "share of female = (56.9, 67.86]"
    )


def test_the_identities_tried_keep_their_contract_and_none_is_tried_twice():
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
    tried = identities_tried(load_claims(entries), [WOMEN_AND_MEN], [])
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
        [row] = identities_tried(load_claims(entries), [], [wider_and_narrower]).to_dict("records")
        assert (row["interval_b"], row["result"]) == ("[29.5, 100]", result)


def test_the_statements_of_ten_years_before_are_read_by_the_same_grammar():
    before = {claim.claim: str(claim.interval) for claim in load_claims(resolution=TEN_YEARS_BEFORE)}
    assert before == {
        "online-2015": "[42, 44]",
        "women-online-2015": "[40.5, 41.5]",
        "households-developing-2015": "[33.5, 34.5]",
        "households-developed-2015": "(80, 100]",
        "households-without-developing-2015": "[64.17, 69.17)",
    }
    assert adopted(TEN_YEARS_BEFORE) == "2015-12-16"


def test_statements_of_two_resolutions_are_never_held_against_one_another():
    both = load_claims() + load_claims(resolution=TEN_YEARS_BEFORE)
    tried = identities_tried(both, load_identities(), load_inclusions())
    # Ten years before, only 34 with and two thirds without speak of one quantity: [33.5, 34.5] lies within (30.83, 35.83].
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
