"""The checks of a build: the contract of each table, the queries of `sql/checks/`, and a few written in Python, most of which only warn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from indicators.contracts.tables import TABLES, column_types, key_columns, row_meaning
from indicators.contracts.validation import contract_offenders, contract_problems
from indicators.contracts.vocabulary import Verdict
from indicators.registries import resolution
from pipelines.warehouse import build_tables, queries, register

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.warehouse.database import Warehouse
    from pipelines.warehouse.parameters import Build

#: What the checks of the age of editions say, of the build and of all that is stored.
FRESH = "Warns if the newest vintage of a source is older than the usual time between two editions."

#: How many offenders of a check are kept, rows.
OFFENDERS_SHOWN = 50

#: How many exceptions a sentence names before it counts the others, by what they are.
EXCEPTIONS_NAMED, AREAS_NAMED = 5, 20


@dataclass(frozen=True)
class Outcome:
    """What a check found: whether it holds, in one sentence, the rows that break it, and figures to show with it."""

    passed: bool
    sentence: str
    offenders: pd.DataFrame
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TableCheck:
    """One check of a table.

    Attributes:
        table: The table it guards.
        name: The sentence that should hold.
        description: What it compares, and what a failure means.
        is_blocking: Whether a failure stops the build; else it only warns.
        find: Looks, and returns what it found.
        reads: What else it reads than the table.
    """

    table: str
    name: str
    description: str
    is_blocking: bool
    find: Callable[[Warehouse], Outcome]
    reads: tuple[str, ...] = ()

    def outcome(self, build: Build) -> Outcome:
        """Return what the check finds in a build.

        Raises:
            NotMade: A table that it reads is missing.
        """
        build_tables.require(build, (self.table, *self.reads))
        return self.find(build.warehouse)


@cache
def checks_of(table: str) -> tuple[TableCheck, ...]:
    """Return all checks of a table: its contract, the queries that guard it, and those written here."""
    found = []
    if table in TABLES:
        description = f"One row is {row_meaning(table)}; types, ranges and key hold. A failure means that nothing is published."
        found.append(TableCheck(table, "keeps_its_contract", description, True, partial(contract_outcome, table=table)))
    found += [
        TableCheck(table, check.query.name, check.query.description, True, partial(query_outcome, check=check), check.query.reads)
        for check in queries.checks()
        if check.table == table
    ]
    return (*found, *(check for check in _written_here() if check.table == table))


def contract_outcome(warehouse: Warehouse, table: str) -> Outcome:
    """Say whether a table keeps its contract, with each broken rule."""
    rows = warehouse.read(table)
    problems = contract_problems(table, rows)
    if problems.empty:
        return Outcome(True, "every row keeps the contract", rows.iloc[:0])
    lines = [
        f"{row.column}: {row.rule} ({row.rows} rows{', such as ' * bool(row.examples)}{row.examples!s})" for row in problems.itertuples()
    ]
    offenders = contract_offenders(table, rows)
    # What names a row, what is wrong with it, and where it was read: more columns would not fit in the UI.
    shown = {*key_columns(table), *problems["column"], "snapshot", "row_number"}
    return Outcome(False, f"{'; '.join(lines)}. {_what_to_do(table)}", offenders[[name for name in offenders if name in shown]])


def query_outcome(warehouse: Warehouse, check: queries.Check) -> Outcome:
    """Say whether a check of `sql/checks/` returns no row."""
    offenders = warehouse.offenders(check, OFFENDERS_SHOWN)
    if offenders.empty:
        return Outcome(True, "no row breaks the rule", offenders)
    many = f"{len(offenders)}{' or more' if len(offenders) == OFFENDERS_SHOWN else ''} rows break" if len(offenders) > 1 else "1 row breaks"
    sentence = f"{many} the rule: {check.query.description} The query is {check.place}. {_what_to_do(check.table)}"
    return Outcome(False, sentence, offenders)


def _what_to_do(table: str) -> str:
    """Return where to look if a table's rows are wrong, and what then."""
    places = f"made in {register.made_in(table)}"
    if {"snapshot", "row_number"} <= set(column_types(table)):
        places += " from the file and row named in the columns snapshot and row_number"
    return f"Nothing was published. The rows are {places}: look there first, then start the job build again."


def review_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether every verdict at adoption is the one that a person has reviewed.

    A build that leaves out a vintage of record on purpose cannot judge the claims drawn from it; those are not compared.
    """
    differing = warehouse.query(
        "select claims.claim, reviewed, verdict, explanation from claims join verdicts using (claim) "
        "where moment = 'at adoption' and basis = 'published' and reviewed is not null and verdict <> reviewed "
        "and ((select is_everything from selection) or verdict <> 'not measurable')"
    )
    sentence = "every verdict at adoption is the reviewed one"
    if not differing.empty:
        lines = [f"{row.claim}: reviewed as {row.reviewed}, computed as {row.verdict}: {row.explanation}" for row in differing.itertuples()]
        sentence = (
            f"{'; '.join(lines)}. Nothing was published. Look at the last change to indicators/registries/resolution.toml, to the code "
            "or to the snapshots of record. If the new verdict is right, write it into resolution.toml as `reviewed`"
        )
    return Outcome(differing.empty, sentence, differing)


def coverage_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether most of the world's people report for the newest year of each indicator."""
    thin = warehouse.query(queries.model("thin_newest_years"))
    sentence = "economies with two thirds of the world's people report for the newest year of every indicator"
    if not thin.empty:
        lines = []
        for row in thin.to_dict("records"):
            has_headline = row["headline_year"] == row["headline_year"]
            headline = f"the headline year is {row['headline_year']:.0f}" if has_headline else "there is no headline year"
            reporting = f"economies with {row['coverage']:.0%} of the people have a value for {row['newest_year']}"
            lines.append(f"{row['indicator']} ({row['source']} {row['vintage']}): {reporting}; it is no headline, {headline}")
        sentence = f"{'; '.join(lines)}. No action is needed: quote the headline year, or the newest year with its bounds and coverage"
    return Outcome(thin.empty, sentence, thin)


def corrections_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether the publishers still print every error that we correct."""
    fixed = warehouse.query("from corrections where status = 'fixed by publisher'")
    lines = [
        f"{row.correction}: {row.source} {row.newest_vintage} no longer prints {row.corrected_column} '{row.printed}' for "
        f"{row.applies_to}; compare, and set `until` in indicators/registries/corrections.toml to the last vintage that did"
        for row in fixed.itertuples()
    ]
    sentence = "; ".join(lines) or "every correction is still needed, or no stored file has the rows it names"
    return Outcome(fixed.empty, sentence, fixed)


def area_lists_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether our tables of areas agree with the newest list of the publisher."""
    differing = warehouse.read("area_differences")
    lines = [
        f"{row['area']}: {row['attribute']} is {row['published']} in the list of {row['vintage']}, {row['ours']} in ours"
        for row in differing.fillna({"published": "not stated", "ours": "not known"}).to_dict("records")
    ]
    more = f"; and {len(lines) - AREAS_NAMED} more" if len(lines) > AREAS_NAMED else ""
    sentence = "the lists agree, or no list is stored"
    if lines:
        what_to_do = "If the publisher is right, change indicators/registries/economies.csv or memberships.csv"
        sentence = f"{'; '.join(lines[:AREAS_NAMED])}{more}. {what_to_do}, with the day from which the change holds"
    return Outcome(differing.empty, sentence, differing)


def freshness_outcome(freshness: pd.DataFrame) -> Outcome:
    """Say whether every stored source is as new as its usual rhythm allows, from the table `freshness`."""
    overdue = freshness[freshness["overdue"]]
    sentence = "every stored source is as new as its usual rhythm allows"
    if not overdue.empty:
        sentence = (
            f"{'; '.join(overdue['summary'])}. Start the job refresh, or put the new edition into data/inbox/; the old one stays in use"
        )
    shown = overdue[["source", "newest_vintage", "published", "age_days", "update_interval_days", "connector_state", "connector_message"]]
    return Outcome(overdue.empty, sentence, shown)


def possible_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether every published group figure is possible, given its members' own values in the same vintage."""
    impossible = warehouse.query(queries.model("impossible_averages"))
    lines = [
        f"{row.group_name} {row.indicator} {row.year} ({row.locality}, {row.source} {row.vintage}): published as {row.published:.4g}, "
        f"possible are {row.lowest_possible:.4g} to {row.highest_possible:.4g}; forced by {row.forced_by}"
        for row in impossible.head(EXCEPTIONS_NAMED).itertuples()
    ]
    more = f"; and {len(impossible) - EXCEPTIONS_NAMED} more" if len(impossible) > EXCEPTIONS_NAMED else ""
    sentence = "every published average is possible, given its members' values, or cannot be tested"
    if lines:
        sentence = f"{'; '.join(lines)}{more}. Nothing needs to change here: quote such a figure with this exception, and ask its publisher"
    return Outcome(impossible.empty, sentence, impossible)


def claim_outcome(warehouse: Warehouse, claim: str) -> Outcome:
    """Say whether a statement of the resolution is supported now, with the verdict and its figures."""
    rows = warehouse.query(
        "select verdict, value, margin, interval, explanation, verdicts.source, vintage "
        "from claims join verdicts using (claim) where moment = 'now' and basis = 'published' and claim = ?",
        [claim],
    )
    (found,) = rows.to_dict("records")
    shown = {name: found[name] for name in ("verdict", "value", "interval", "margin", "source", "vintage") if found[name] == found[name]}
    return Outcome(Verdict(found["verdict"]).supports, str(found["explanation"]), rows.iloc[:0], shown)


def check_name(claim: str) -> str:
    """Return the name of the check of a claim."""
    return "supports_" + claim.replace("-", "_")


@cache
def _written_here() -> tuple[TableCheck, ...]:
    """Return the checks that are neither a contract nor a query; all but the review only warn."""
    claims = [
        TableCheck(
            "verdicts",
            check_name(claim.claim),
            f"Paragraph {claim.paragraph}: {claim.statement} Warns if the newest figures do not support it. Nothing is broken then, but "
            "whoever quotes the statement should say so. Its figure in every edition is in the publication, in "
            f"`paragraphs/{claim.paragraph}.html`.",
            False,
            partial(claim_outcome, claim=claim.claim),
            ("claims",),
        )
        for claim in resolution.load_claims()
    ]
    return (
        TableCheck("freshness", "sources_are_fresh", FRESH, False, lambda warehouse: freshness_outcome(warehouse.read("freshness"))),
        TableCheck(
            "corrections",
            "corrections_still_apply",
            "Warns if the publisher has fixed an error that corrections.toml still corrects; then set `until`.",
            False,
            corrections_outcome,
        ),
        TableCheck(
            "area_differences",
            "area_lists_agree",
            "Warns if the World Bank's list of economies and groups differs from ours in a code, class or region.",
            False,
            area_lists_outcome,
        ),
        TableCheck(
            "aggregates",
            "newest_year_covers_most_people",
            "Warns if less than two thirds of the world's people report for the newest year of an indicator. Such a year is no headline.",
            False,
            coverage_outcome,
        ),
        TableCheck(
            "aggregate_consistency",
            "published_averages_are_possible",
            "Warns if a published group figure contradicts its members' own values in the same vintage, by every list of members tested.",
            False,
            possible_outcome,
        ),
        *claims,
        TableCheck(
            "verdicts",
            "agrees_with_the_review",
            "A verdict at adoption does not change by itself. If one differs from the verdict reviewed in resolution.toml, the data or the "
            "code are wrong, and nothing is published.",
            True,
            review_outcome,
            ("claims",),
        ),
    )
