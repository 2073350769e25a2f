"""The conventions: each number once, the same in the code, in the queries and on the Methods page."""

import re
from decimal import Decimal

import numpy as np
import pytest

from indicators import conventions
from indicators.claims import verdicts
from indicators.conventions import Convention
from indicators.measures import aggregates, convergence, projections, scenarios, targets
from indicators.registries import resolution
from indicators.registries.sources import sources
from indicators.wording import grammar
from pipelines.warehouse import queries
from tests.support.paths import PROJECT

METHODS = (PROJECT / "docs" / "methods.md").read_text("utf-8")
SQL = sorted(queries.SQL.rglob("*.sql"))
#: Numbers of a query that are no convention: nothing, one, a hundred per cent, and what is too small to be seen in a figure.
OF_ARITHMETIC = {"0", "1", "100", "1e-6", "1e-9"}
#: Further numbers of single queries: two sides of a breakdown, half of an interval, and how many rows a list has room for.
OF_THE_QUERY = {"held_breakdowns": {"2"}, "revisions": {"2"}, "revisions_in_brief": {"5"}, "group_data_gaps": {"10"}}


def without_words(sql: str) -> str:
    """The text of a query without comments, text in quotation marks, and the length of an ISO day."""
    return re.sub(r"--.*|'(?:[^']|'')*'|, 10\)", "", sql)


def numbers_of(sql: str) -> set[str]:
    return set(re.findall(r"(?<![\w$.\[])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])", without_words(sql)))


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
def test_no_query_types_a_threshold(path):
    assert numbers_of(path.read_text("utf-8")) <= OF_ARITHMETIC | OF_THE_QUERY.get(path.stem, set())


@pytest.mark.parametrize("sql", ["select a from t where a >= 0.9", "select a from t where year > newest - 5", "having count(*) > 200"])
def test_a_threshold_typed_into_a_query_is_noticed(sql):
    assert not numbers_of(sql) <= OF_ARITHMETIC


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
def test_no_query_types_a_convention_that_is_text(path):
    texts = [part for held in conventions.conventions().values() if isinstance(held.value, str) for part in [held.value]]
    typed = re.findall(r"'((?:[^']|'')*)'", re.sub(r"--.*", "", path.read_text("utf-8")))
    assert not [text for text in texts if any(text in part for part in typed)]


def test_a_query_is_given_the_conventions_that_it_names_and_no_others(tmp_path):
    (tmp_path / "q.sql").write_text(
        "with a as (select $whole_edition_share as share) select * from a where 1 in (select unnest($years_accepted)) -- $pace_years\n"
    )
    assert queries._query(tmp_path / "q.sql").parameters == {"whole_edition_share": 0.9, "years_accepted": [1960, 2100]}


@pytest.mark.parametrize("name", ["whole_edition_shares", "update_interval"])
def test_a_query_that_names_no_number_of_the_registry_is_refused(tmp_path, name):
    (tmp_path / "q.sql").write_text(f"select ${name} as a\n")
    with pytest.raises(KeyError, match=f"a query asks for \\${name}, and indicators/conventions.toml has no value"):
        queries._query(tmp_path / "q.sql")


def test_the_methods_page_prints_every_convention():
    chapter = METHODS[METHODS.index('<a id="conventions"></a>') : METHODS.index('<a id="references"></a>')]
    assert chapter[chapter.index("### ") :].rstrip() == conventions.methods_tables().rstrip()


def test_modules_have_the_numbers_of_the_registry():
    assert (aggregates.PUBLISHED_FROM, aggregates.INDICATIVE_FROM, aggregates.MOST_WEIGHT_LOST) == (2 / 3, 1 / 2, 0.001)
    assert convergence.CLIPPED_TO == (0.5, 99.5)
    assert (scenarios.TYPICAL, scenarios.BEST_QUARTER) == (0.5, 0.75)
    assert (Decimal("2.5"), Decimal(1)) == (grammar.FRACTION_HALF_WIDTH, grammar.SHARE_REACH)
    assert (Decimal("0.5"), Decimal("0.01")) == (verdicts.NARROW_POINTS, verdicts.NARROW_PART_OF_BOUND)
    # From 52.5 to 100 by 2.5, twenty of them.
    assert projections._CEILINGS.tolist() == np.linspace(52.5, 100, 20).tolist()


def test_what_other_registries_hold_is_printed_as_they_have_it():
    printed = {name: str(held) for name, held in conventions.conventions().items()}
    assert printed["update_interval"] == "{} to {}".format(*_ends(source.update_interval_days for source in sources().values()))
    assert printed["least_decimals"] == "{} to {}".format(*_ends(source.least_decimals for source in sources().values()))
    shares = {(found.dimension, found.age): found.share_of_first for found in resolution.load_identities()}
    assert printed["share_of_women"] == "{} to {}; {} to {}".format(*shares["sex", "all"], *shares["sex", "10+"])
    assert printed["urban_share"] == "{} to {}".format(*(f"{share:.2f}" for share in shares["locality", "all"]))
    set_targets = targets.load_targets().set_index("target")
    parity = set_targets.loc["umc-parity-internet", ["required", "required_upper"]]
    assert printed["parity_band"] == "{} to {}".format(*parity)
    assert printed["scenario_years"] == ", ".join(str(year) for year in scenarios.load_scenarios().years)
    prices = set_targets.loc[set_targets.index.str.startswith("umc-price"), "stated"]
    assert set(prices) == {conventions.number("affordable_price")}


def _ends(values):
    held = list(values)
    return min(held), max(held)


@pytest.mark.parametrize(
    ("convention", "printed"),
    [
        ({"value": Decimal("0.9")}, "0.9"),
        ({"value": (5, 10), "printed": "whole, {value[0]}, {value[1]}"}, "whole, 5, 10"),
        ({"value": (20, 40)}, "20, 40"),
        ({"value": Decimal("0.001"), "printed": "{percent} %"}, "0.1 %"),
        ({"value": (Decimal("0.1"), Decimal("0.9")), "printed": "{percent[0]}th to {percent[1]}th"}, "10th to 90th"),
        ({"printed": "half a unit", "kept_in": "elsewhere"}, "half a unit"),
    ],
)
def test_a_value_is_printed_as_people_write_it(convention, printed):
    assert str(Convention("n", "s", "m", "u", "w", "i", **convention)) == printed


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('value = 1\nunit = ""\nwhy = ""\nused_in = ""\nsection = ""', "missing 1 required positional argument: 'meaning'"),
        ("value = 1\nvalues = 2", "no convention has a field values"),
        ('section = "a"', "give either a value, or where it is kept"),
        ('value = 1\nkept_in = "b"', "give either a value, or where it is kept"),
    ],
)
def test_an_entry_that_is_incomplete_is_refused_by_name(monkeypatch, tmp_path, entry, said):
    (tmp_path / "conventions.toml").write_text(f"[odd]\n{entry}\n")
    monkeypatch.setattr(conventions, "__file__", str(tmp_path / "conventions.py"))
    conventions.conventions.cache_clear()
    try:
        with pytest.raises(ValueError, match=f"indicators/conventions.toml: odd: .*{said}"):
            conventions.conventions()
    finally:
        monkeypatch.undo()
        conventions.conventions.cache_clear()


@pytest.mark.parametrize(
    ("accessor", "name"),
    [
        (conventions.number, "benchmarks"),
        (conventions.number, "update_interval"),
        (conventions.whole, "whole_edition_share"),
        (conventions.exact, "published_from"),
        (conventions.numbers, "benchmarks"),
        (conventions.wholes, "projection_interval"),
        (conventions.texts, "projection_interval"),
    ],
)
def test_a_convention_of_another_kind_is_refused(accessor, name):
    with pytest.raises(TypeError, match=f"the convention {name} "):
        accessor(name)


def test_a_name_that_no_convention_has_stops_at_once():
    with pytest.raises(KeyError):
        conventions.number("publishd_from")
