"""Each verdict by a case worked by hand, the ends that decide it, and the verdicts on A/RES/80/173 as the method note published them."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest

from indicators.claims.verdicts import headline_schema, judge
from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from indicators.registries.resolution import Claim, Identity, load_claims, load_identities
from indicators.wording.grammar import interval
from indicators.wording.intervals import Interval
from tests.support.editions import with_ages, with_editions

USE, ITU, BANK = "individuals_using_internet", "itu-facts-and-figures", "world-bank-wdi"
PUBLISHED = {"2022": "2022-11-30", "2023": "2023-11-27", "2024": "2024-11-27", "2025": "2025-11-17", "2026": "2026-11-16"}
_COMPUTED = "indicator group_name membership rule sex locality age source vintage year value lower upper coverage publishable"
NO_AGGREGATES = pd.DataFrame(columns=_COMPUTED.split())
WOMEN_AND_MEN = Identity("people are women and men", USE, "sex", "female", "male", (Decimal("0.496"), Decimal("0.498")), "worked by hand")


def claim(words, figure, unit="%", **also):
    """A statement on Internet use in the world in 2025, drawn from Facts and Figures 2025."""
    fields = {"claim": "said", "paragraph": 1, "statement": "People are online.", "wording": words, "figure": Decimal(str(figure))}
    fields |= {"indicator": USE, "area": "world", "year": 2025, "source": ITU, "vintage_of_record": "2025", "reviewed": "supported"}
    stated = also.pop("interval", None) or interval(words, Decimal(str(figure)), unit)
    return Claim(**{**fields, "unit": unit, "interval": stated, **also})


def figure(value, lower=None, upper=None, *, vintage="2025", source=ITU, **also):
    """One published figure with what its printed form allows; exact if nothing else is said."""
    row = {"indicator": USE, "area": "world", "area_kind": "group", "year": 2025, "sex": "all", "locality": "all", "age": "all"}
    row |= {"value": float(value), "lower": float(value if lower is None else lower), "upper": float(value if upper is None else upper)}
    row |= {"source": source, "vintage": vintage, "published": PUBLISHED.get(vintage, vintage), "seen_in": "publisher", "nature": "unknown"}
    return row | also


def judged(claims, *figures, identities=(), aggregates=NO_AGGREGATES):
    """All verdicts on some claims from some figures."""
    claims = claims if isinstance(claims, list) else [claims]
    observations = pd.DataFrame(figures, columns=list(figure(0)))
    return judge(claims, with_editions(observations), with_ages(aggregates, observations), list(identities))


def at(table, moment, basis="published"):
    """The one row of a moment."""
    [row] = table[(table["moment"] == moment) & (table["basis"] == basis)].to_dict("records")
    return row


# "almost 85" is [84, 85), "more than 93" is (93, 100], "74" is [73.5, 74.5]: the first match of the rules wins.
@pytest.mark.worked("verdicts")
@pytest.mark.parametrize(
    ("words", "stated", "value", "lower", "upper", "verdict"),
    [
        ("74 per cent", 74, 73.6, 73.55, 73.65, "supported"),
        ("74 per cent", 74, 75, 74.6, 75.4, "not supported"),
        ("74 per cent", 74, 73, 72.5, 73.5, "undetermined"),
        ("74 per cent", 74, 74, 73.5, 74.5, "supported"),
        # The end 85 does not belong to "almost 85"; 84 does.
        ("almost 85 per cent", 85, 85, 85, 85, "not supported"),
        ("almost 85 per cent", 85, 85, 84.95, 85.05, "undetermined"),
        ("almost 85 per cent", 85, 84.9, 84.85, 84.95, "supported"),
        ("almost 85 per cent", 85, 84.9, 84.8, 85, "undetermined"),
        ("almost 85 per cent", 85, 84, 84, 84.1, "supported"),
        ("almost 85 per cent", 85, 84, 83.95, 84.05, "undetermined"),
        ("almost 85 per cent", 85, 83.9, 83.85, 83.95, "not supported"),
        # 83.5 belongs to "almost 84.5", and to "83.5 per cent" all of [83.45, 83.55].
        ("almost 84.5 per cent", 84.5, 83.5, 83.5, 83.6, "supported"),
        ("83.5 per cent", 83.5, 83.5, 83.45, 83.55, "supported"),
        ("83.5 per cent", 83.5, 83.6, 83.55, 83.65, "undetermined"),
        # 93 is not more than 93, and "at least 93" has it.
        ("more than 93 per cent", 93, 93, 93, 93, "not supported"),
        ("more than 93 per cent", 93, 93, 92.5, 93.5, "undetermined"),
        ("more than 93 per cent", 93, 93.2, 93, 93.4, "undetermined"),
        ("more than 93 per cent", 93, 92.8, 92.75, 92.85, "not supported"),
        ("at least 93 per cent", 93, 93, 93, 93, "narrowly supported"),
        ("more than 93 per cent", 93, 93.05, 93.01, 93.09, "narrowly supported"),
        # Narrow is closer than 0.5 points: 93.49 is, 93.5 is not.
        ("more than 93 per cent", 93, 94, 93.49, 94.5, "narrowly supported"),
        ("more than 93 per cent", 93, 94, 93.5, 94.5, "supported"),
        ("less than 20 per cent", 20, 19, 18.49, 19.51, "narrowly supported"),
        ("less than 20 per cent", 20, 19, 18.5, 19.5, "supported"),
        ("less than 20 per cent", 20, 20, 20, 20, "not supported"),
        # An interval with two sides is never narrow, nor is the end of the scale a side.
        ("almost 85 per cent", 85, 84.99, 84.98, 84.99, "supported"),
        ("more than 93 per cent", 93, 100, 99.8, 100, "supported"),
        ("less than 20 per cent", 20, 0, 0, 0.1, "supported"),
    ],
)
def test_evidence_against_a_stated_interval_has_the_verdict_of_the_rules(words, stated, value, lower, upper, verdict):
    assert at(judged(claim(words, stated), figure(value, lower, upper)), "at adoption")["verdict"] == verdict


# More than four times is (4, inf); narrow is closer than 1 per cent of four, 0.04: 4.04 is not, 4.039 is.
@pytest.mark.parametrize(
    ("high", "low", "verdict"),
    [
        ((4.04, 4.04, 4.04), (1, 1, 1), "supported"),
        ((4.039, 4.039, 4.039), (1, 1, 1), "narrowly supported"),
        ((4, 4, 4), (1, 1, 1), "not supported"),
        ((94.2, 94.15, 94.25), (23.4, 23.35, 23.45), "narrowly supported"),
        # From the integers alone, 93.5/23.5 = 3.98 to 94.5/22.5 = 4.2.
        ((94, 93.5, 94.5), (23, 22.5, 23.5), "undetermined"),
        ((80, 79.5, 80.5), (23, 22.5, 23.5), "not supported"),
    ],
)
def test_a_ratio_is_judged_on_the_quotient_of_both_intervals(high, low, verdict):
    times = claim("more than four times", 4, "ratio", measure="ratio", area="high-income", compared_with="low-income")
    table = judged(times, figure(*high, area="high-income"), figure(*low, area="low-income"))
    assert at(table, "at adoption")["verdict"] == verdict


def test_a_ratio_needs_both_sides_from_one_vintage():
    times = claim("more than four times", 4, "ratio", measure="ratio", area="high-income", compared_with="low-income")
    table = judged(times, figure(94, area="high-income"), figure(20, area="low-income", vintage="2024"))
    assert at(table, "at adoption")["verdict"] == at(table, "now")["verdict"] == "not measurable"


def test_a_ratio_to_nobody_is_not_measurable():
    times = claim("more than four times", 4, "ratio", measure="ratio", area="high-income", compared_with="low-income")
    table = judged(times, figure(94, area="high-income"), figure(0, 0, 0.5, area="low-income"))
    assert at(table, "at adoption")["verdict"] == "not measurable"


def test_those_offline_are_judged_on_the_complement():
    # 100 - [73.55, 73.65] = [26.35, 26.45], 4.43 points below the 30.83 at which a third begins.
    row = at(judged(claim("a third", "33.33", measure="complement"), figure(73.6, 73.55, 73.65)), "at adoption")
    assert (row["value"], row["lower"], row["upper"], row["verdict"]) == (26.4, 26.35, 26.45, "not supported")
    assert row["margin"] == pytest.approx(-4.43)
    # A third ends before 35.83: 64.17 online are exactly 35.83 offline, and out; 69.17 are 30.83, and in.
    third = claim("a third", "33.33", measure="complement")
    assert at(judged(third, figure(64.17)), "at adoption")["verdict"] == "not supported"
    assert at(judged(third, figure(69.17)), "at adoption")["verdict"] == "supported"


def test_what_held_at_adoption_and_no_longer_holds_is_revised_since():
    table = judged(claim("74 per cent", 74), figure(73.6, 73.55, 73.65), figure(71, 70.95, 71.05, vintage="2026"))
    assert (at(table, "at adoption")["verdict"], at(table, "now")["verdict"]) == ("supported", "revised since")
    assert "at adoption the figure was inside" in at(table, "now")["explanation"]


def test_what_held_only_narrowly_can_be_revised_as_well():
    table = judged(claim("more than 93 per cent", 93), figure(93.1), figure(92, vintage="2026"))
    assert (at(table, "at adoption")["verdict"], at(table, "now")["verdict"]) == ("narrowly supported", "revised since")


@pytest.mark.parametrize(("then", "verdict"), [(80, "not supported"), ((73, 72.5, 73.5), "not supported")])
def test_what_never_held_is_not_revised_but_still_not_supported(then, verdict):
    then = then if isinstance(then, tuple) else (then,)
    table = judged(claim("74 per cent", 74), figure(*then), figure(71, vintage="2026"))
    assert at(table, "now")["verdict"] == verdict


def test_a_revision_that_leaves_the_evidence_coarse_cannot_tell():
    table = judged(claim("74 per cent", 74), figure(73.6), figure(73, 72.5, 73.5, vintage="2026"))
    assert at(table, "now")["verdict"] == "undetermined"


def test_without_a_figure_a_claim_is_not_measurable_at_adoption_and_now_on_either_basis():
    table = judged(claim("74 per cent", 74))
    assert [(row["moment"], row["basis"], row["verdict"]) for row in table.to_dict("records")] == [
        ("at adoption", "computed", "not measurable"),
        ("now", "computed", "not measurable"),
        ("at adoption", "published", "not measurable"),
        ("now", "published", "not measurable"),
    ]
    assert at(table, "at adoption")["explanation"] == (
        "Not measurable: Facts and Figures 2025 is not available or has no figure of “Individuals using the Internet” for 2025."
    )
    assert table[["value", "lower", "upper", "margin"]].isna().all().all()


def test_a_figure_for_another_year_or_other_people_does_not_speak_for_the_claim():
    others = [figure(74, year=2024), figure(74, sex="male"), figure(74, locality="urban"), figure(74, age="15-24"), figure(74, area="ldc")]
    assert at(judged(claim("74 per cent", 74), *others), "now")["verdict"] == "not measurable"


def test_now_is_the_newest_vintage_held_and_adoption_the_vintage_of_record():
    table = judged(claim("74 per cent", 74), figure(74), figure(74.1, vintage="2024"), figure(74.2, vintage="2026"))
    assert (at(table, "at adoption")["vintage"], at(table, "now")["vintage"]) == ("2025", "2026")
    assert at(table, "history")["vintage"] == "2024"


def test_an_earlier_edition_is_judged_on_its_own_newest_year_and_named_where_it_bears_the_claim_out():
    # 32.4 per cent offline in Facts and Figures 2024 for 2024 is a third; 26.4 in 2025 is not.
    figures = [figure(73.6, 73.55, 73.65), figure(67.6, 67.55, 67.65, vintage="2024", year=2024), figure(65.4, vintage="2024", year=2023)]
    table = judged(claim("a third", "33.33", measure="complement"), *figures)
    history = at(table, "history")
    assert (history["vintage"], history["year"], history["value"], history["verdict"]) == ("2024", 2024, 32.4, "supported")
    assert at(table, "at adoption")["explanation"].endswith("Facts and Figures 2024 supports the statement, with 32.4 % for 2024.")


def test_a_claim_on_the_past_has_only_its_own_year_as_history():
    past = claim("just over 15 per cent", 15, year=2005, vintage_of_record="2024")
    figures = [figure(15.6, vintage="2024", year=2005), figure(67.6, vintage="2024", year=2024)]
    figures += [figure(15.5, vintage="2023", year=2005), figure(67.4, vintage="2023", year=2023), figure(66, vintage="2022", year=2022)]
    table = judged(past, *figures)
    assert [(row["vintage"], row["year"]) for row in table[table["moment"] == "history"].to_dict("records")] == [("2023", 2005)]


# Total 73.6 and women 71 leave men (73.6 - f W) / (1 - f): at f = 0.498 and W = 70.5, (73.65 - 35.109) / 0.502 = 76.77 at most.
def test_an_identity_between_a_vintages_own_figures_decides_what_the_printed_one_cannot():
    men = claim("almost 77 per cent", 77, sex="male")
    figures = [figure(77, 76.5, 77.5, sex="male"), figure(71, 70.5, 71.5, sex="female"), figure(73.6, 73.55, 73.65)]
    alone, tied = at(judged(men, *figures), "now"), at(judged(men, *figures, identities=[WOMEN_AND_MEN]), "now")
    assert (alone["verdict"], alone["upper"], alone["flags"]) == ("undetermined", 77.5, None)
    assert (tied["verdict"], tied["lower"], tied["upper"]) == ("supported", 76.5, pytest.approx((73.65 - 0.498 * 70.5) / 0.502))
    assert tied["flags"] == "bounds narrowed by an identity"


def test_an_identity_needs_total_and_part_from_the_same_vintage():
    men = claim("almost 77 per cent", 77, sex="male")
    figures = [figure(77, 76.5, 77.5, sex="male"), figure(71, 70.5, 71.5, sex="female", vintage="2024"), figure(73.6, 73.55, 73.65)]
    assert at(judged(men, *figures, identities=[WOMEN_AND_MEN]), "now")["verdict"] == "undetermined"


def test_a_vintage_whose_figures_leave_no_value_cannot_tell_and_says_that_it_contradicts_itself():
    # Women 60 and men 62 make at most 62 in total, never 73.6.
    figures = [figure(73.6, 73.55, 73.65), figure(60, sex="female"), figure(62, sex="male")]
    row = at(judged(claim("74 per cent", 74), *figures, identities=[WOMEN_AND_MEN]), "at adoption")
    assert row["verdict"] == "undetermined"
    assert row["flags"] == "the vintage's own figures disagree"
    assert row["explanation"].startswith("Facts and Figures 2025 contradicts itself")


def test_flags_tell_what_to_keep_in_mind_each_once():
    said = claim("78 per cent", 78, flags=("definition differs: use, not ownership",))
    row = at(judged(said, figure(78, seen_in="reported by others", nature="estimate")), "now")
    assert row["flags"] == "definition differs: use, not ownership; reported by others; estimate"


def below_20(**also):
    return claim(
        "below 20 per cent in some countries",
        20,
        "economies",
        interval=Interval(Decimal(2), None, True, False),
        measure="economies below",
        **({"source": BANK, "vintage_of_record": "2025-10"} | also),
    )


def economies(vintage="2025-10", **shares):
    """Newest values of economies as (year, value) or (year, value, half-width of the print)."""
    rows = []
    for iso3, (year, value, *half) in shares.items():
        reach = half[0] if half else 0.05
        rows.append(figure(value, value - reach, value + reach, vintage=vintage, source=BANK, area=iso3, area_kind="economy", year=year))
    return rows


def test_in_some_countries_counts_the_newest_values_no_older_than_three_years():
    # AAA and BBB are below 20; CCC is not; DDD was, four years before; EEE was in 2022 and is at 30 in 2024.
    rows = economies(AAA=(2024, 10), BBB=(2022, 19), CCC=(2024, 25), DDD=(2021, 5), EEE=(2022, 12))
    row = at(judged(below_20(), *rows, *economies(EEE=(2024, 30))), "at adoption")
    assert (row["value"], row["lower"], row["upper"], row["verdict"]) == (2, 2, 2, "supported")
    assert "Lowest: AAA 10.0 (2024), BBB 19.0 (2022)" in row["explanation"]


@pytest.mark.parametrize(
    ("rows", "bounds", "verdict"),
    [
        (economies(AAA=(2024, 10), CCC=(2024, 25)), (1, 1), "not supported"),
        # 19.98 is printed as 19.93 to 20.03: it may be below or not.
        (economies(AAA=(2024, 10), BBB=(2024, 19.98)), (1, 2), "undetermined"),
        # 20 itself is not below 20, though 19.95 would be.
        (economies(AAA=(2024, 10), BBB=(2024, 20.0)), (1, 2), "undetermined"),
        (economies(AAA=(2024, 10), BBB=(2024, 20.0, 0)), (1, 1), "not supported"),
        (economies(AAA=(2024, 10), BBB=(2024, 11), CCC=(2024, 19.98)), (2, 3), "supported"),
    ],
)
def test_a_count_of_economies_is_as_sure_as_their_printed_values(rows, bounds, verdict):
    row = at(judged(below_20(), *rows), "at adoption")
    assert ((row["lower"], row["upper"]), row["verdict"]) == (bounds, verdict)


def test_a_count_of_economies_is_made_for_each_vintage():
    rows = economies(AAA=(2023, 10), BBB=(2023, 11)) + economies("2026-04-11", AAA=(2023, 10), BBB=(2024, 40))
    rows += economies("2026-07-13", AAA=(2024, 30), BBB=(2024, 40))
    table = judged(below_20(), *rows)
    found = {row["moment"]: (row["vintage"], row["value"], row["verdict"]) for row in table.to_dict("records")}
    assert found == {
        "at adoption": ("2025-10", 2, "supported"),
        "history": ("2026-04-11", 1, "not supported"),
        "now": ("2026-07-13", 0, "revised since"),
    }


def test_of_a_newer_file_with_a_few_economies_nothing_is_counted():
    # Ten economies, two of them below 20; then nine of the ten, of which one is; then a file of one economy.
    ten = {letter * 3: (2024, 10 if letter in "AB" else 50) for letter in "ABCDEFGHIJ"}
    nine = {area: said for area, said in ten.items() if area != "AAA"}
    table = judged(below_20(), *economies(**ten), *economies("2026-07-13", **nine), *economies("2026-10-08", KKK=(2024, 90)))
    assert (at(table, "now")["vintage"], at(table, "now")["value"]) == ("2026-07-13", 1)
    assert "2026-10-08" not in set(table["vintage"])


def test_a_count_of_economies_nothing_is_known_of_is_not_measurable_earlier_resolution():
    table = judged(below_20())
    assert {row["moment"]: row["verdict"] for row in table.to_dict("records")} == {"at adoption": "not measurable", "now": "not measurable"}


def group(value, lower, upper, vintage="2025-10", **also):
    """One computed figure of the world."""
    row = {"indicator": USE, "group_name": "world", "membership": "in force", "rule": "interpolate and carry", "year": 2025}
    row |= {"sex": "all", "locality": "all", "age": "all", "source": BANK, "vintage": vintage, "coverage": 0.9, "publishable": "published"}
    return row | {"value": value, "lower": lower, "upper": upper} | also


def computed(said, *groups, vintages=("2025-10", "2026-07-13")):
    """The computed verdicts of a claim by moment."""
    dated = [figure(1, vintage=vintage, source=BANK, area="AAA", area_kind="economy") for vintage in vintages]
    table = judged(said, *dated, aggregates=pd.DataFrame(groups, columns=NO_AGGREGATES.columns))
    return {row["moment"]: row for row in table[table["basis"] == "computed"].to_dict("records")}


@pytest.mark.parametrize(
    ("value", "lower", "upper", "verdict"),
    [(74, 73.6, 74.4, "supported"), (74, 70, 78, "undetermined"), (60, 55, 65, "not supported")],
)
def test_a_computed_figure_is_judged_by_what_the_silent_leave_possible(value, lower, upper, verdict):
    row = computed(claim("74 per cent", 74), group(value, lower, upper))["at adoption"]
    assert (row["verdict"], row["flags"]) == (verdict, "own estimate")
    assert "Economies with 90 % of the people report a value" in row["explanation"]


def test_computed_figures_come_from_the_newest_vintage_at_each_moment_and_only_in_force_and_carried():
    other = [group(50, 50, 50, membership="latest"), group(50, 50, 50, rule="renormalised")]
    found = computed(claim("74 per cent", 74), group(74, 74, 74), group(60, 60, 60, vintage="2026-07-13"), *other)
    assert (found["at adoption"]["vintage"], found["at adoption"]["verdict"]) == ("2025-10", "supported")
    assert (found["now"]["vintage"], found["now"]["verdict"]) == ("2026-07-13", "revised since")


def test_a_computed_figure_that_does_not_reach_the_year_is_not_measurable_and_names_the_newest_year():
    row = computed(claim("74 per cent", 74), group(74, 74, 74, year=2023))["now"]
    assert row["verdict"] == "not measurable"
    assert "has no value of an economy for 2025. The newest year with values for two thirds of the people is 2023" in row["explanation"]


def test_a_computed_ratio_and_a_computed_complement_are_judged_alike():
    times = claim("more than four times", 4, "ratio", measure="ratio", area="high-income", compared_with="low-income")
    sides = [group(90, 90, 90, group_name="high-income"), group(20, 18, 22, group_name="low-income")]
    row = computed(times, *sides)["now"]
    # 90/22 = 4.09 to 90/18 = 5.
    assert (row["value"], row["lower"], row["upper"], row["verdict"]) == (4.5, pytest.approx(90 / 22), 5, "supported")
    offline = computed(claim("a third", "33.33", measure="complement"), group(67, 65, 69))["now"]
    assert (offline["value"], offline["lower"], offline["upper"], offline["verdict"]) == (33, 31, 35, "supported")


def headline(**values):
    """Headline rows of exact decimals."""
    return pd.DataFrame({name: [Decimal(value) for value in column] for name, column in values.items()}, dtype="object")


def test_the_claims_as_a_schema_pass_figures_inside_their_intervals():
    schema = headline_schema([claim("74 per cent", 74, claim="online"), claim("almost 85 per cent", 85, claim="urban")])
    table = headline(online=["73.5", "74.5"], urban=["84", "84.99"])
    assert schema.validate(table, lazy=True) is not None
    assert schema.validate(table.assign(urban=None), lazy=True) is not None


def test_the_claims_as_a_schema_name_claim_row_and_end_of_a_figure_outside():
    schema = headline_schema([claim("74 per cent", 74, claim="online"), claim("almost 85 per cent", 85, claim="urban")])
    with pytest.raises(pa.errors.SchemaErrors) as refusal:
        schema.validate(headline(online=["73.49", "74"], urban=["84", "85"]), lazy=True)
    cases = refusal.value.failure_cases
    assert cases[["column", "check", "index"]].to_numpy().tolist() == [
        ["online", "at_or_above_its_lower_end", 0],
        ["urban", "at_or_below_its_upper_end", 1],
    ]
    assert [str(case) for case in cases["failure_case"]] == ["73.49", "85"]


def test_the_claims_as_a_schema_take_no_other_columns():
    with pytest.raises(pa.errors.SchemaErrors):
        headline_schema([claim("74 per cent", 74, claim="online")]).validate(headline(online=["74"], other=["1"]), lazy=True)


def test_the_inputs_are_not_changed_and_every_verdict_keeps_the_contract():
    observations = with_editions(pd.DataFrame([figure(73.6, 73.55, 73.65), figure(71, vintage="2024"), *economies(AAA=(2024, 10))]))
    aggregates = with_ages(pd.DataFrame([group(74, 70, 78)]), observations)
    before = observations.copy(), aggregates.copy()
    table = judge([claim("74 per cent", 74), below_20(claim="some")], observations, aggregates, [WOMEN_AND_MEN])
    pd.testing.assert_frame_equal(observations, before[0])
    pd.testing.assert_frame_equal(aggregates, before[1])
    assert contract_problems("verdicts", conform("verdicts", table)).empty


# The verdicts on A/RES/80/173 at adoption, on the published figure, as the method note prints them (table "The statements of
# A/RES/80/173 against F&F 2025"): figure and interval of the evidence, verdict. Statement 1 in its two readings.
TABLE = {
    "third-offline": (26.4, (26.35, 26.45), "not supported"),
    "third-without-access": (4, (3.5, 4.5), "not supported"),
    "covered-by-4g": (93, (92.5, 93.5), "undetermined"),
    "own-a-phone": (82, (81.5, 82.5), "supported"),
    "online-2005": (15.6, (15.55, 15.65), "supported"),
    "online-2025": (73.6, (73.55, 73.65), "supported"),
    "online-high-income": (94.2, (94.15, 94.25), "supported"),
    "online-low-income": (23.4, (23.35, 23.45), "supported"),
    "high-over-low": (94.2 / 23.4, (4.015, 4.036), "narrowly supported"),
    "below-20-in-some": (7, (7, 7), "supported"),
    "online-urban": (85.4, (85.35, 85.45), "not supported"),
    "online-rural": (58.2, (58.15, 58.25), "supported"),
    "women-with-a-phone": (78, (77.5, 78.5), "supported"),
    "men-with-a-phone": (87, (86.5, 87.5), "supported"),
    "women-online": (71, (70.5, 71.5), "supported"),
    "men-online": (77, (76.5, 76.8), "supported"),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_embedded_vintages_give_the_published_verdict_on_each_statement(name, embedded):
    value, (lower, upper), verdict = TABLE[name]
    row = at(embedded["verdicts"][embedded["verdicts"]["claim"] == name], "at adoption")
    assert row["verdict"] == verdict
    assert row["value"] == pytest.approx(value)
    # Identities may leave less than the printed form; the note rounds ratios to three decimals and the men's end to one.
    tolerance = {"high-over-low": 0.0005, "men-online": 0.05}.get(name, 1e-9)
    assert lower - tolerance <= row["lower"] <= row["upper"] <= upper + tolerance


def test_the_reviewed_verdicts_of_the_claims_are_the_published_ones(embedded):
    reviewed = dict(zip(embedded["claims"]["claim"], embedded["claims"]["reviewed"], strict=True))
    assert {name: reviewed[name] for name in TABLE} == {name: row[2] for name, row in TABLE.items()}


def test_a_third_is_4_4_points_off_and_was_the_wording_of_the_edition_before(embedded):
    row = at(embedded["verdicts"].query("claim == 'third-offline'"), "at adoption")
    assert round(row["margin"], 1) == -4.4
    assert "Facts and Figures 2024 supports the statement, with 32.4 % for 2024" in row["explanation"]


def test_almost_85_is_0_4_on_the_wrong_side(embedded):
    assert at(embedded["verdicts"].query("claim == 'online-urban'"), "at adoption")["margin"] == pytest.approx(-0.4)


def test_more_than_four_times_is_narrow_and_between_4_015_and_4_036(embedded):
    row = at(embedded["verdicts"].query("claim == 'high-over-low'"), "at adoption")
    assert (round(row["lower"], 3), round(row["upper"], 3)) == (4.015, 4.036)


# At adoption 7 economies with a 2023 value below 20; in July 2026 11 with a 2024 value, BDI 8.6, UGA 8.9, TCD 12.6, CAF 13.8, NER 15.6,
# AFG 16.1, ZMB 17.1, MDG 18.7, PNG 18.8, MWI 19.0, COD 19.7.
def test_the_economies_below_20_per_cent_are_seven_at_adoption_and_eleven_now(embedded):
    rows = embedded["verdicts"].query("claim == 'below-20-in-some'")
    assert (at(rows, "at adoption")["value"], at(rows, "now")["value"]) == (7, 11)
    assert "Burundi 8.6 (2024), Uganda 8.9 (2024), Chad 12.6 (2024), Central African Republic 13.8 (2024)" in at(rows, "now")["explanation"]
    newest = embedded["observations"].query(f"indicator == '{USE}' and vintage == '2026-07-13' and area_kind == 'economy' and year == 2024")
    below = newest[newest["value"] < 20].sort_values("value")
    assert [(row.area, round(row.value, 1)) for row in below.itertuples()] == [
        *[("BDI", 8.6), ("UGA", 8.9), ("TCD", 12.6), ("CAF", 13.8), ("NER", 15.6), ("AFG", 16.1)],
        *[("ZMB", 17.1), ("MDG", 18.7), ("PNG", 18.8), ("MWI", 19.0), ("COD", 19.7)],
    ]


def test_the_statement_on_phones_is_flagged_as_another_definition(embedded):
    flags = embedded["verdicts"].query("basis == 'published' and moment == 'now'").set_index("claim")["flags"]
    assert set(flags[flags.str.contains("definition differs", na=False)].index) == {"women-with-a-phone", "men-with-a-phone"}


def test_almost_77_is_supported_through_the_identity_and_cannot_be_reported_without(embedded):
    claims = [said for said in load_claims() if said.claim == "men-online"]
    observations = with_editions(embedded["observations"])
    aggregates = with_ages(embedded["aggregates"], observations)
    with_it = judge(claims, observations, aggregates, load_identities())
    without = judge(claims, observations, aggregates, [])
    assert (at(with_it, "at adoption")["verdict"], at(without, "at adoption")["verdict"]) == ("supported", "undetermined")
    # The note: total [73.55, 73.65] and women [70.5, 71.5] leave men 76.8 at most.
    assert round(at(with_it, "at adoption")["upper"], 1) == 76.8


def test_the_verdicts_of_a_build_have_a_sentence_each_and_no_missing_ends_turned_into_numbers(embedded):
    table = embedded["verdicts"]
    assert table["explanation"].str.endswith(".").all()
    silent = table["verdict"] == "not measurable"
    assert table.loc[silent, ["value", "lower", "upper"]].isna().all().all()
    assert np.isfinite(table.loc[~silent, ["value", "lower", "upper"]].to_numpy()).all()


# Three editions on 2025: 72.9 is outside 74's [73.5, 74.5], 73.6 inside, 73.2 outside again.
def test_a_verdict_that_flips_says_from_what_and_why():
    table = judged(
        claim("74 per cent", 74),
        figure(72.9, 72.85, 72.95, vintage="2024"),
        figure(73.6, 73.55, 73.65, vintage="2025"),
        figure(73.2, 73.15, 73.25, vintage="2026"),
    )
    result = table[table["basis"] == "published"]
    assert list(result["vintage"]) == ["2024", "2025", "2026"]
    assert list(result["moment"]) == ["history", "at adoption", "now"]
    assert list(result["verdict"]) == ["not supported", "supported", "revised since"]
    assert [None if pd.isna(verdict) else verdict for verdict in result["changed_from"]] == [None, "not supported", "supported"]
    assert result["change"].iloc[1:].tolist() == [
        "Facts and Figures 2024 gives 72.9 % for 2025 (not supported), Facts and Figures 2025 gives 73.6 % for 2025 (supported). The "
        "figure for 2025 was revised.",
        "Facts and Figures 2025 gives 73.6 % for 2025 (supported), Facts and Figures 2026 gives 73.2 % for 2025 (revised since). The "
        "figure for 2025 was revised.",
    ]


def test_a_vintage_that_speaks_of_another_year_or_only_more_finely_says_so():
    table = judged(
        claim("more than 93 per cent", 93),
        figure(92, 91.5, 92.5, vintage="2024", year=2024),
        figure(93.2, 92.5, 93.5, vintage="2025"),
        figure(93.2, 93.15, 93.25, vintage="2026"),
    )
    change = table[table["basis"] == "published"]["change"].tolist()
    assert change[1].endswith("(undetermined). The two figures are of different years.")
    assert change[2].endswith("(narrowly supported). The figure is the same, but its bounds differ.")


# A third is [30.83, 35.83): 100 - 67.6 = 32.4 for 2024, 100 - 73.6 = 26.4 for 2025, and what was 32.4 is 100 - 71.2 = 28.8 by then.
def test_a_flip_by_a_later_year_says_what_the_newer_vintage_has_for_the_year_before():
    a_third = claim("a third", "33.33", measure="complement")
    table = judged(a_third, figure(67.6, vintage="2024", year=2024), figure(73.6, vintage="2025"), figure(71.2, vintage="2025", year=2024))
    assert at(table, "now")["change"] == (
        "Facts and Figures 2024 gives 32.4 % for 2024 (supported), Facts and Figures 2025 gives 26.4 % for 2025 (not supported). The two "
        "figures are of different years. Facts and Figures 2025 now gives 28.8 % for 2024."
    )


def test_a_verdict_that_stays_the_same_tells_no_change_and_an_edition_under_two_moments_tells_it_twice():
    table = judged(
        claim("74 per cent", 74), figure(73.0, vintage="2023"), figure(72.0, vintage="2024"), figure(73.6, 73.55, 73.65, vintage="2025")
    )
    result = table[table["basis"] == "published"].set_index(["vintage", "moment"])["changed_from"]
    assert result.notna().to_dict() == {
        ("2023", "history"): False,
        ("2024", "history"): False,
        ("2025", "at adoption"): True,
        ("2025", "now"): True,
    }


def test_another_source_bears_on_a_claim_by_its_own_year_if_it_tells_its_date():
    table = judged(
        claim("74 per cent", 74),
        figure(73.6, 73.55, 73.65, vintage="2025"),
        figure(73.9, vintage="2026-04-11", source=BANK),
        figure(70.0, vintage="2026-05-01", source=BANK, year=2024),
        figure(74.1, vintage="2026-06-01", source="data360"),
        figure(73.8, vintage="2026-07-13", source=BANK),
    )
    result = table[table["basis"] == "published"]
    assert list(zip(result["moment"], result["vintage"], strict=True)) == [
        ("at adoption", "2025"),
        ("history", "2026-04-11"),
        ("now", "2026-07-13"),
    ]
