"""Declared errors of publishers are corrected, exactly where they are declared, and a fix by the publisher is noticed."""

import pandas as pd
import pytest

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.contracts.validation import contract_problems
from indicators.registries import corrections
from indicators.registries.corrections import Correction, corrected, corrections_table

UNIT = Correction("count-as-rate", "itu", {"series": "7"}, "unit", "per 100", "it counts", "2026-01", becomes="subscriptions")
ZERO = Correction("doubtful-zero", "itu", {"series": "8", "area": "SLE", "year": "2013"}, "value", "0", "no price is zero", "2025-12")


def published(*rows, source="itu", vintage="2026-01", is_dated=True):
    frame = pd.DataFrame([dict.fromkeys(PUBLISHED_COLUMNS[1:], "") | {"row_number": 2 + n} | row for n, row in enumerate(rows)])
    return frame.assign(source=source, vintage=vintage, published=vintage, is_dated=is_dated)


def count(unit="per 100", **also):
    return {"series": "7", "area": "CHN", "year": "2024", "value": "5", "unit": unit} | also


def zero(value="0", year="2013"):
    return {"series": "8", "area": "SLE", "year": year, "value": value}


def test_a_row_that_prints_what_is_declared_is_read_otherwise_and_says_so():
    rows = published(count(), count(unit="Value"), count(series="9"))
    read, reported = corrected(rows, "itu", (UNIT,))
    assert read["unit"].tolist() == ["subscriptions", "Value", "per 100"]
    assert reported.tolist() == ["corrected: unit 'per 100' read as 'subscriptions' (count-as-rate)", "", ""]
    assert rows["unit"].tolist() == ["per 100", "Value", "per 100"]  # what came in is not changed


def test_another_source_that_prints_the_same_is_left_alone():
    read, reported = corrected(published(count()), "bank", (UNIT,))
    assert (read["unit"].tolist(), reported.tolist()) == (["per 100"], [""])


def test_where_the_right_value_is_unknown_the_row_is_refused_with_the_reason():
    read, reported = corrected(published(zero(), zero("0.5"), zero(year="2014")), "itu", (ZERO,))
    assert read["problem"].tolist() == [
        "value '0' is taken to be wrong: no price is zero (indicators/registries/corrections.toml, doubtful-zero)", "", "",
    ]  # fmt: skip
    assert reported.tolist() == ["", "", ""]


def test_a_row_that_cannot_be_read_keeps_its_own_problem():
    assert corrected(published(zero() | {"problem": "row has 9 fields"}), "itu", (ZERO,))[0]["problem"].tolist() == ["row has 9 fields"]


@pytest.mark.worked("corrections")
@pytest.mark.parametrize(
    ("vintages", "rows", "found"),
    [
        ([("2026-01", "per 100")], 1, "applies"),
        ([("2026-01", "per 100"), ("2026-07", "per 100")], 2, "applies"),
        ([("2026-01", "per 100"), ("2026-07", "Value")], 1, "fixed by publisher"),
        ([("2026-01", "Value"), ("2026-07", "per 100")], 1, "applies"),
        ([], 0, "not held"),
    ],
)
def test_the_guard_looks_at_the_newest_vintage(vintages, rows, found):
    held = pd.concat([published(count(series="9")), *(published(count(unit), vintage=vintage) for vintage, unit in vintages)])
    table = corrections_table(held, (UNIT,))
    assert contract_problems("corrections", table).empty
    assert (table["rows"].item(), table["status"].item()) == (rows, found)
    assert table["newest_vintage"].item() == vintages[-1][0] if vintages else table["newest_vintage"].isna().item()


def test_an_undated_vintage_does_not_end_a_correction():
    held = pd.concat([published(count()), published(count("Value"), vintage="2026-07", is_dated=False)])
    table = corrections_table(held, (UNIT,))
    assert (table["newest_vintage"].item(), table["status"].item()) == ("2026-01", "applies")


def test_once_it_is_written_down_until_when_it_was_needed_the_guard_is_content():
    over = Correction(**{**UNIT.__dict__, "until": "2026-01"})
    held = pd.concat([published(count()), published(count("Value"), vintage="2026-07")])
    assert corrections_table(held, (over,))["status"].item() == "ended"
    assert corrected(published(count()), "itu", (over,))[0]["unit"].item() == "subscriptions"


def test_every_declared_correction_says_what_why_and_since_when():
    for correction in corrections.corrections():
        assert correction.where
        assert correction.why
        assert correction.since


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"source": "itu"}, "corrections.toml: x: missing"),
        (UNIT.__dict__ | {"because": "1"}, "unexpected keyword argument 'because'"),
        (UNIT.__dict__ | {"column": "units"}, "'units' is none of the columns"),
        (UNIT.__dict__ | {"where": {"entity": "1"}}, "'entity' is none of the columns"),
    ],
)
def test_an_entry_that_cannot_be_right_is_an_error_that_names_it(entry, said):
    with pytest.raises(ValueError, match=said):
        corrections._correction("x", {key: value for key, value in entry.items() if key != "name"})
