"""The crosswalk both ways: no paragraph without an indicator or a reason, and no indicator without a paragraph or a reason."""

import re

import pandas as pd
import pytest

from indicators.claims import crosswalk
from indicators.claims.unmeasured_topics import unmeasured
from indicators.contracts.tables import conform
from indicators.contracts.validation import contract_problems
from indicators.registries import crosswalk as registry
from indicators.registries.catalogue import indicators
from indicators.registries.resolution import claims_table, load_claims

CLAIMS = claims_table(load_claims())
TIES = crosswalk.crosswalk_table(load_claims())
PARAGRAPHS = crosswalk.paragraphs_table(TIES, CLAIMS)
LINES = crosswalk.action_lines_table(TIES)
CALENDAR = crosswalk.calendar_table()


@pytest.mark.parametrize(
    ("name", "table"),
    [("crosswalk", TIES), ("paragraphs", PARAGRAPHS), ("action_lines", LINES), ("calendar", CALENDAR)],
)
def test_the_tables_keep_their_contracts(name, table):
    assert contract_problems(name, table).empty


# Paragraph 21 states six figures of Internet use, by income and by locality. Paragraph 67 asks for a task force, which no figure measures.
@pytest.mark.worked("paragraphs")
def test_a_paragraph_has_its_statements_and_its_indicators_or_a_reason():
    rows = PARAGRAPHS.set_index("paragraph")
    assert rows.loc[21, "claims"].split(", ") == [
        "online-high-income", "online-low-income", "high-over-low", "below-20-in-some", "online-urban", "online-rural",
    ]  # fmt: skip
    assert rows.loc[21, "indicators"] == "individuals_using_internet, urban_rural_ratio_internet"
    assert rows.loc[67, ["claims", "indicators"]].isna().all()
    assert rows.loc[67, "reason"] == "asks for a piece of work; it is in the calendar"


def test_every_paragraph_has_an_indicator_or_a_reason_and_never_both():
    assert (PARAGRAPHS["indicators"].notna() != PARAGRAPHS["reason"].notna()).all()


def test_every_indicator_has_a_paragraph_or_a_reason_and_never_both():
    ties = registry.ties_of_indicators()
    assert set(ties) == set(indicators())
    assert all((entry.no_paragraph_because is not None) != bool(entry.paragraphs) for entry in ties.values())


@pytest.mark.worked("action_lines")
def test_every_action_line_is_there_and_has_an_indicator_or_a_reason():
    c7 = [
        f"C7 e-{name}" for name in ("government", "business", "learning", "health", "employment", "environment", "agriculture", "science")
    ]
    assert list(LINES["action_line"]) == [*(f"C{n}" for n in range(1, 7)), *c7, "C8", "C9", "C10", "C11"]
    assert (LINES["indicators"].notna() != LINES["reason"].notna()).all()


def test_whatever_names_a_paragraph_names_one_of_the_list():
    known = set(PARAGRAPHS["paragraph"])
    topics = unmeasured(conform("observations", pd.DataFrame()))
    spoken_of = {int(number) for topic in topics["paragraphs"] for number in topic.split(", ")}
    assert set(TIES["paragraph"]) | set(CLAIMS["paragraph"]) | set(CALENDAR["paragraph"]) | spoken_of <= known


def test_sdg_indicators_are_known_and_well_formed():
    codes = set(TIES["sdg_indicator"].dropna())
    assert codes == {"4.4.1", "4.a.1", "5.b.1", "9.c.1", "17.6.1", "17.8.1"}
    targets = {target for line in LINES["sdg_targets"] for target in line.split(", ")}
    assert all(re.fullmatch(r"all|\d{1,2}(\.[0-9a-d]{1,2})?", target) for target in targets)


# Paragraph 21 states Internet use of all people and by locality; 22 that of women and men. C2 is tied to 9.c by the matrix, but not to
# 17.8; C3 to every goal; mobile broadband is not the fixed broadband of 17.6.1. Paragraph 16 is about access, which we read as use, and 22
# of the use of a phone, where the figure is of ownership: the paragraphs do not state these figures in their own words.
@pytest.mark.worked("crosswalk")
@pytest.mark.parametrize(
    ("paragraph", "line", "indicator", "breakdown", "ties"),
    [
        (21, "C3", "individuals_using_internet", "locality", ("official", "official", "official")),
        (21, "C2", "individuals_using_internet", "all", ("official", "official", "proposed")),
        (22, "C4", "individuals_using_internet", "sex", ("official", "official", "proposed")),
        (16, "C3", "individuals_using_internet", "all", ("proposed", "official", "official")),
        (22, "C2", "mobile_phone_ownership", "sex", ("proposed", "official", "proposed")),
        (20, "C2", "coverage_4g_at_least", "all", ("official", "official", "official")),
        (20, "C2", "coverage_5g", "all", ("proposed", "official", "official")),
        (26, "C2", "active_mobile_broadband_subscriptions", "all", ("proposed", "proposed", "proposed")),
        # Made of the indicator, and not it: the matrix says nothing of it.
        (22, "C3", "gender_parity_internet", "all", ("proposed", "proposed", "proposed")),
        (37, "C7 e-learning", "schools_with_internet", "all", ("proposed", "official", "official")),
    ],
)
def test_a_tie_is_official_where_a_document_makes_it(paragraph, line, indicator, breakdown, ties):
    rows = TIES[(TIES["paragraph"] == paragraph) & (TIES["action_line"] == line) & (TIES["indicator"] == indicator)]
    [row] = rows[rows["breakdown"] == breakdown].to_dict("records")
    assert (row["paragraph_tie"], row["sdg_tie"], row["action_line_tie"]) == ties


def test_without_an_sdg_indicator_only_the_paragraph_can_be_official():
    without = TIES[TIES["sdg_indicator"].isna()]
    assert without["sdg_tie"].isna().all()
    assert set(without["action_line_tie"]) == {"proposed"}


def test_an_indicator_with_two_sdg_indicators_or_a_needless_reason_is_refused(monkeypatch):
    row = {"indicators": ["a"], "action_lines": ["C2"], "paragraphs": [9]}
    for written, said in (
        ({"rows": [row | {"sdg": "17.8.1"}, row | {"sdg": "5.b.1"}], "without_paragraph": []}, "a is tied to 17.8.1 and 5.b.1; keep one"),
        ({"rows": [row], "without_paragraph": [{"indicators": ["a"], "reason": "none"}]}, "a has a paragraph and a reason"),
    ):
        monkeypatch.setattr(registry, "_registry", lambda _, written=written: written)
        with pytest.raises(ValueError, match=said):
            registry.ties_of_indicators.__wrapped__()


@pytest.mark.worked("calendar")
def test_the_calendar_says_who_is_asked_for_what_and_when_in_order():
    due = CALENDAR.set_index("paragraph")["due_year"].to_dict()
    assert {paragraph: year for paragraph, year in due.items() if year == year} == {
        122: 2026, 67: 2027, 113: 2027, 117: 2027, 125: 2027, 126: 2030, 127: 2035,
    }  # fmt: skip
    assert CALENDAR.set_index("paragraph").loc[124, "due"] == "every two years"
