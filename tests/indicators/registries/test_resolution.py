"""The statements of A/RES/80/173 as data: what their words stand for, and the vintage they were drawn from."""

import re
from decimal import Decimal

import pytest

from indicators.claims.evidence import OLDEST_VALUE_YEARS
from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from indicators.registries.resolution import (
    FOLLOWED,
    TEN_YEARS_BEFORE,
    adopted,
    claims_table,
    load_claims,
)
from indicators.wording.intervals import Interval
from tests.support.paths import SHARED
from tests.support.statements import REVIEWED, entry

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
CLAIMS = {claim.claim: claim for claim in load_claims() if claim.claim in REVIEWED}


@pytest.mark.parametrize("name", REVIEWED)
def test_each_statement_is_in_its_paragraph_with_the_reviewed_interval(name):
    assert (CLAIMS[name].paragraph, str(CLAIMS[name].interval)) == REVIEWED[name]


def test_every_reviewed_statement_is_there_and_each_paragraph_has_some():
    assert list(CLAIMS) == list(REVIEWED)
    assert {claim.paragraph for claim in CLAIMS.values()} == {16, 20, 21, 22}
    assert adopted() == "2025-12-17"


def test_figures_are_exact_decimals_and_ends_are_too():
    for claim in load_claims():
        assert isinstance(claim.figure, Decimal)
        assert all(end is None or isinstance(end, Decimal) for end in (claim.interval.lower, claim.interval.upper))
    assert CLAIMS["third-offline"].figure == Decimal("33.33")


def test_the_statements_are_in_our_words_and_only_the_figure_is_quoted():
    # Words and figure stand apart: a wording is a handful of words, a statement ends as a sentence.
    for claim in load_claims():
        assert len(claim.wording.split()) <= 7, claim.claim
        assert claim.statement.endswith("."), claim.claim


@pytest.mark.parametrize("resolution", QUOTED)
def test_the_wording_of_each_statement_is_that_of_its_paragraph_as_adopted(resolution):
    claims = load_claims(resolution=resolution)
    assert {claim.paragraph for claim in claims} >= set(QUOTED[resolution])
    for claim in claims:
        # In paragraph 16 the fraction begins the sentence, in paragraph 22 "Only" does.
        quotes = [quote.casefold() for quote in QUOTED[resolution].get(claim.paragraph, [claim.wording])]
        assert any(claim.wording.casefold() in quote for quote in quotes), claim.claim


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
    assert contract_problems("claims", conform("claims", claims_table(load_claims()))).empty
    table = conform("claims", claims_table(list(CLAIMS.values())))
    row = table.set_index("claim").loc["high-over-low"]
    assert (row["lower"], row["interval"], row["unit"], row["compared_with"]) == (4, "(4, inf)", "ratio", "low-income")
    assert table["upper"].isna().sum() == 2


@pytest.mark.parametrize("written", ["[84, 85]", "(84, 85)", "[84.5, 85.5]", "[84, 85.0)"])
def test_an_interval_that_is_not_what_the_words_stand_for_is_refused_in_one_line(written):
    with pytest.raises(ValueError, match="claim online-urban") as refusal:
        load_claims({"online-urban": entry("almost 85 per cent", 85, written)})
    said = str(refusal.value)
    assert said == (
        f"resolution.toml, claim online-urban: the words 'almost 85 per cent' mean [84, 85), but `interval` is {written}; "
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
