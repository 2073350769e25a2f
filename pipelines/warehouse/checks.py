"""What the checks of a build report: contracts, the queries of `sql/checks/`, and the checks that only warn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.contracts.vocabulary import Verdict
from pipelines.asset_descriptions import made_in
from pipelines.warehouse import queries

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.warehouse.database import Warehouse


#: What the checks that only warn look at.
FRESH = "Warns where the newest vintage of a source is older than the time it usually takes to bring out another."
CALLED_FOR = (
    "Warns where the publisher has mended what an entry of indicators/registries/corrections.toml corrects: it is to say until when."
)
LISTS_AGREE = "Warns where the World Bank's list of economies and groups says otherwise than ours: a new code, class or region."

#: How much of a check's offenders is kept, rows.
OFFENDERS_SHOWN = 50


@dataclass(frozen=True)
class Outcome:
    """What a check found: whether it holds, and if not, the offenders with a sentence that tells what to do."""

    name: str
    description: str
    passed: bool
    sentence: str
    offenders: pd.DataFrame


def contract_outcome(warehouse: Warehouse, table: str) -> Outcome:
    """Say whether a table keeps its contract, a line a broken rule."""
    from indicators.contracts.tables import key_columns, row_meaning
    from indicators.contracts.validation import contract_offenders, contract_problems

    rows = warehouse.read(table)
    problems = contract_problems(table, rows)
    lines = [
        f"{row.column}: {row.rule} ({row.rows} rows{', such as ' * bool(row.examples)}{row.examples!s})" for row in problems.itertuples()
    ]
    sentence = f"{'; '.join(lines)}. {_what_to_do(table)}" if lines else "every row keeps it"
    offenders = contract_offenders(table, rows) if lines else rows.iloc[:0]
    # What names a row, what is wrong with it, and where it was read: more would not fit beside one another in the UI.
    telling = {*key_columns(table), *problems["column"], "snapshot", "row_number"}
    offenders = offenders[[name for name in offenders if name in telling]]
    description = f"One row is {row_meaning(table)}; types, ranges and key hold."
    return Outcome("keeps_its_contract", description, problems.empty, sentence, offenders)


def query_outcome(warehouse: Warehouse, check: queries.Check) -> Outcome:
    """Say whether a check of `sql/checks/` returns no row."""
    offenders = warehouse.offenders(check, OFFENDERS_SHOWN)
    many = f"{len(offenders)}{' or more' if len(offenders) == OFFENDERS_SHOWN else ''} rows break" if len(offenders) > 1 else "1 row breaks"
    sentence = f"{many} it: {check.query.description} Asked by {check.place}. {_what_to_do(check.table)}"
    sentence = "no row breaks it" if offenders.empty else sentence
    return Outcome(check.query.name, check.query.description, offenders.empty, sentence, offenders)


def _what_to_do(table: str) -> str:
    """Return where to look if a table's rows are wrong, and what then."""
    from indicators.contracts.tables import column_types

    places = f"made in {made_in(table)}"
    if {"snapshot", "row_number"} <= set(column_types(table)):
        places += " from the file and row that the columns snapshot and row_number name"
    return f"Nothing was published. The rows are {places}: look there first, then start the job build again."


def outcomes(warehouse: Warehouse, table: str) -> list[Outcome]:
    """Return what all blocking checks of a table found: its contract, then the queries that guard it."""
    from indicators.contracts.tables import TABLES

    contract = [contract_outcome(warehouse, table)] if table in TABLES else []
    return contract + [query_outcome(warehouse, check) for check in queries.checks() if check.table == table]


def review_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether every verdict at adoption is the one a person has reviewed.

    A build that leaves out a vintage of record on purpose cannot judge the claims drawn from it; those are not compared.
    """
    differing = warehouse.query(
        "select claims.claim, reviewed, verdict, explanation from claims join verdicts using (claim) "
        "where moment = 'at adoption' and basis = 'published' and reviewed is not null and verdict <> reviewed "
        "and ((select is_everything from selection) or verdict <> 'not measurable')"
    )
    sentence = "every verdict at adoption is the reviewed one"
    if not differing.empty:
        sentence = "; ".join(
            f"{row.claim}: reviewed as {row.reviewed}, found {row.verdict}: {row.explanation}" for row in differing.itertuples()
        )
        sentence += (
            ". Nothing was published. Look at what was changed last in indicators/registries/resolution.toml, code or "
            "snapshots of record; only "
            "if the new verdict is right, write it there as `reviewed`"
        )
    description = "A verdict at adoption cannot change by itself: if it differs from the reviewed one, data or code went wrong."
    return Outcome("agrees_with_the_review", description, differing.empty, sentence, differing)


def coverage_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether the newest year of each indicator is one that most of the world's people report for."""
    thin = warehouse.query(queries.model("thin_newest_years").text)
    sentence = "the newest year of every indicator is one that two thirds of the world's people report for"
    if not thin.empty:
        lines = []
        for row in thin.to_dict("records"):
            headline = (
                "there is no headline year"
                if row["headline_year"] != row["headline_year"]
                else f"the headline year is {row['headline_year']:.0f}"
            )
            reporting = f"economies with {row['coverage']:.0%} of the people have a value for {row['newest_year']}"
            lines.append(f"{row['indicator']} ({row['source']} {row['vintage']}): {reporting}; no headline is made of it, {headline}")
        sentence = "; ".join(lines) + ". Nothing is to be done: quote the headline year, or the newest with its bounds and coverage"
    description = "A newest year with few reporting economies is no headline; the tables say which year is."
    return Outcome("newest_year_covers_most_people", description, thin.empty, sentence, thin)


def corrections_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether the publishers still print everything that we correct."""
    mended = warehouse.query("from corrections where status = 'fixed by publisher'")
    lines = [
        f"{row.correction}: {row.source} {row.newest_vintage} no longer prints {row.corrected_column} '{row.printed}' for "
        f"{row.applies_to}; look at it, and write the last vintage that did as `until` into indicators/registries/corrections.toml"
        for row in mended.itertuples()
    ]
    sentence = "; ".join(lines) or "every correction is still called for, or nothing it speaks of is held"
    return Outcome("corrections_still_apply", CALLED_FOR, mended.empty, sentence, mended)


def area_lists_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether our tables of areas agree with the newest list of the publisher."""
    differing = warehouse.read("area_differences")
    lines = [
        f"{row['area']}: {row['attribute']} is {row['published']} in the list of {row['vintage']}, {row['ours']} in ours"
        for row in differing.fillna({"published": "not stated", "ours": "not known"}).to_dict("records")
    ]
    more = f"; and {len(lines) - 20} more" if len(lines) > 20 else ""
    sentence = "the lists agree, or none is held"
    if lines:
        mend = "Where the publisher is right, mend indicators/registries/economies.csv or memberships.csv"
        sentence = f"{'; '.join(lines[:20])}{more}. {mend}, with the day from which it holds"
    return Outcome("area_lists_agree", LISTS_AGREE, differing.empty, sentence, differing)


def freshness_outcome(told: pd.DataFrame) -> Outcome:
    """Say whether every source held is as new as its rhythm allows; `told` is the table `freshness`."""
    overdue = told[told["overdue"]]
    sentence = "every source held is as new as its rhythm allows"
    if not overdue.empty:
        sentence = (
            f"{'; '.join(overdue['summary'])}. Start the job refresh, or put the new edition into data/inbox/; till then the old one stands"
        )
    shown = overdue[["source", "newest_vintage", "published", "age_days", "update_interval_days", "connector_state", "connector_message"]]
    return Outcome("sources_are_fresh", FRESH, overdue.empty, sentence, shown)


def claim_outcomes(warehouse: Warehouse) -> list[tuple[Outcome, dict[str, Any]]]:
    """Return, for each claim, whether it is supported now, and the verdict with its figures."""
    rows = warehouse.query(
        "select claims.claim, statement, verdict, value, margin, interval, explanation, verdicts.source, vintage "
        "from claims join verdicts using (claim) where moment = 'now' and basis = 'published'"
    )
    found = []
    for row in [{str(name): value for name, value in record.items()} for record in rows.to_dict("records")]:
        passed = Verdict(row["verdict"]).supports
        outcome = Outcome(check_name(row["claim"]), row["statement"], passed, row["explanation"], rows.iloc[:0])
        found.append((outcome, row))
    return found


def check_name(claim: str) -> str:
    """Return the name of the check of a claim."""
    return "supports_" + claim.replace("-", "_")


#: What the check of published averages that only warns looks at.
POSSIBLE = "Warns where a published group figure cannot be true, given its members' own values in the same vintage, on no list tested."

#: How many exceptions a sentence names before it counts the others.
EXCEPTIONS_TOLD = 5


def possible_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether every published group figure can be true, given what its members' own values in the same vintage allow."""
    impossible = warehouse.query(queries.model("impossible_averages").text)
    lines = [
        f"{row.group_name} {row.indicator} {row.year} ({row.locality}, {row.source} {row.vintage}): published as {row.published:.4g}, "
        f"possible are {row.lowest_possible:.4g} to {row.highest_possible:.4g}; forced by {row.forced_by}"
        for row in impossible.head(EXCEPTIONS_TOLD).itertuples()
    ]
    more = f"; and {len(impossible) - EXCEPTIONS_TOLD} more" if len(impossible) > EXCEPTIONS_TOLD else ""
    sentence = "every published average can be true, given its members' values, or cannot be tested"
    if lines:
        sentence = f"{'; '.join(lines)}{more}. Nothing is to be mended here: quote such a figure with this exception, and ask its publisher"
    return Outcome("published_averages_are_possible", POSSIBLE, impossible.empty, sentence, impossible)
