"""The work of each step of a build: read, call, write. Plain functions, so that they run, are tested and timed without Dagster.

What a figure is, is decided in `indicators/`; what is joined to what, in `sql/`; the order of the steps, in `pipelines/defs/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.sources import sources
from pipelines import models
from pipelines.dates import date_of
from pipelines.describing import made_in
from pipelines.snapshots import Snapshot, SnapshotStore

if TYPE_CHECKING:
    import pandas as pd

    from indicators.freshness import Attempt
    from pipelines.warehouse import Published, Warehouse

#: The raw table of each source.
RAW_TABLES = {source: "raw_" + source.replace("-", "_") for source in sources()}

#: What the checks that only warn look at.
FRESH = "Warns where the newest vintage of a source is older than the time it usually takes to bring out another."
CALLED_FOR = "Warns where the publisher has mended what an entry of indicators/corrections.toml corrects: it is to say until when."
LISTS_AGREE = "Warns where the World Bank's list of economies and groups says otherwise than ours: a new code, class or region."

#: How much of a check's offenders is kept, rows.
OFFENDERS_SHOWN = 50


@dataclass(frozen=True)
class Selection:
    """Which snapshots a build is made from; empty means all."""

    sources: tuple[str, ...] = ()
    published_until: str = ""

    def __post_init__(self) -> None:
        """Refuse what would silently select nothing or everything.

        Raises:
            ValueError: A source that is not known, or a day that is none.
        """
        unknown = sorted(set(self.sources) - set(RAW_TABLES))
        if unknown:
            raise ValueError(f"no source is called {', '.join(unknown)}; known are {', '.join(sorted(RAW_TABLES))}")
        if self.published_until and (len(self.published_until) != len("2025-12-17") or not date_of(self.published_until)):
            raise ValueError(f"{self.published_until!r} is no day of the calendar; write it as 2025-12-17")

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.sources and not self.published_until

    def __str__(self) -> str:
        parts = [*self.sources, *([f"until {self.published_until}"] if self.published_until else [])]
        return ", ".join(parts) or "everything held"

    def holds(self, snapshot: Snapshot) -> bool:
        """Return whether a snapshot is selected; a vintage dated only to the month counts as out from the month's first day."""
        return (not self.sources or snapshot.source in self.sources) and (
            not self.published_until or snapshot.published <= self.published_until
        )


@dataclass(frozen=True)
class Outcome:
    """What a check found: whether it holds, and if not, the offenders with a sentence that tells what to do."""

    name: str
    description: str
    passed: bool
    sentence: str
    offenders: pd.DataFrame


def raw(warehouse: Warehouse, store: SnapshotStore, selection: Selection) -> None:
    """Read every selected snapshot, its rows as text, into the raw table of its source; and list the snapshots.

    Raises:
        SnapshotRefused: A snapshot's bytes are not those that were stored.
        ValueError: The selection leaves nothing, or a stored file can no longer be read.
    """
    import pandas as pd

    from indicators import contracts, readers
    from pipelines.publication import code_version

    chosen = [snapshot for snapshot in store.list() if selection.holds(snapshot)]
    if not chosen:
        raise ValueError(f"the selection ({selection}) leaves no snapshot; choose a later day, or add a file with `divide add FILE`")
    for snapshot in chosen:
        if snapshot.source not in RAW_TABLES:
            known = ", ".join(sorted(RAW_TABLES))
            raise ValueError(f"{snapshot.path}: no source is called {snapshot.source}; known are {known}; move the file out of the store")
    empty = pd.DataFrame(
        {"snapshot": pd.Series(dtype="str"), "row_number": pd.Series(dtype="int64")}
        | {name: pd.Series(dtype="str") for name in readers.PUBLISHED_COLUMNS[1:]}
    )
    for table in RAW_TABLES.values():
        warehouse.write(table, empty)
    inventory = []
    for snapshot in chosen:
        try:
            published = readers.read(snapshot.read(), str(snapshot.sidecar.get("series", "")))
        except readers.Unreadable as error:
            raise ValueError(f"{snapshot.path}: {error}") from None
        warehouse.append(RAW_TABLES[snapshot.source], published.rows.assign(snapshot=snapshot.name))
        sidecar = {name: snapshot.sidecar.get(name) for name in ("retrieved", "sha256", "url", "licence", "citation", "origin")}
        inventory.append(
            {
                "snapshot": snapshot.name,
                "source": snapshot.source,
                "vintage": snapshot.vintage,
                "file": snapshot.file,
                "published": snapshot.published,
            }
            | {"whole_series": snapshot.sidecar.get("whole_series", sources()[snapshot.source].whole_series)}
            | {"layout": published.layout, "rows": len(published.rows), "without_value": published.without_value}
            | {
                "is_dated": bool(snapshot.sidecar.get("is_dated", True)),
                "repaired": published.repaired,
                "bytes": snapshot.path.stat().st_size,
            }
            | sidecar
        )
    warehouse.write("snapshots", contracts.conform("snapshots", pd.DataFrame(inventory)))
    made = {"selection": str(selection), "is_everything": selection.is_everything, "code": code_version()}
    warehouse.write("selection", pd.DataFrame([made]))


def registries(warehouse: Warehouse) -> None:
    """Write the tables that come with the code: indicators, economies, groups, memberships, sources, labels."""
    import pandas as pd

    import indicators
    from indicators import catalogue, contracts
    from indicators.labels import labels_table
    from indicators.sources import sources_table

    folder = Path(indicators.__file__).parent
    warehouse.write("indicators", catalogue.indicators_table())
    warehouse.write("sources", sources_table())
    warehouse.write("labels", labels_table())
    for table in ("economies", "groups", "memberships"):
        # Only an empty cell is missing: NA is Namibia's two-letter code.
        frame = pd.read_csv(folder / f"{table}.csv", dtype="str", keep_default_na=False, na_values=[""])
        if table == "groups":
            frame["has_members"] = frame["has_members"] == "true"
        warehouse.write(table, contracts.conform(table, frame))


def missing_labels() -> str:
    """Say how many labels stand in English for want of a translation, language by language."""
    from indicators.labels import LANGUAGES, labels

    return ", ".join(f"{name} {len(labels(code).missing)}" for code, name in LANGUAGES.items() if code != "en")


def observations(warehouse: Warehouse, store: SnapshotStore) -> None:
    """Turn raw rows into observations, a snapshot at a time; refused rows go to quarantine as they were."""
    import pandas as pd

    from indicators import contracts
    from indicators import observations as tidy

    snapshots = warehouse.read("snapshots")
    made_from = ["snapshots", *RAW_TABLES.values()]
    kept, refused = [], []
    for entry in snapshots.to_dict("records"):
        rows = warehouse.query(f"from {RAW_TABLES[entry['source']]} where snapshot = ? order by row_number", [entry["snapshot"]])
        numbers, out = tidy.observations(
            rows, source=sources()[entry["source"]], vintage=entry["vintage"], published=entry["published"], snapshot=entry["snapshot"]
        )
        kept.append(numbers)
        refused.append(out.assign(snapshot=entry["snapshot"]))
    numbers, doubles = tidy.one_of_each(pd.concat(kept, ignore_index=True))
    warehouse.write("observations", numbers, made_from)
    out = pd.concat([*refused, doubles], ignore_index=True).merge(snapshots[["snapshot", "source", "vintage", "file"]], on="snapshot")
    out["raw"] = _as_they_were(store, out)
    warehouse.write("quarantine", contracts.conform("quarantine", out), made_from)


def standing(warehouse: Warehouse, store: SnapshotStore, attempts: Mapping[str, Attempt], today: dt.date) -> None:
    """Tell how fresh each source is, which corrections are still called for, and where a publisher's list of areas differs from ours."""
    vintages = warehouse.query("select distinct source, vintage, published from snapshots where is_dated")
    warehouse.write("freshness", _freshness(vintages, attempts, today), ["snapshots"])
    _corrections(warehouse)
    _area_differences(warehouse, store)


def _corrections(warehouse: Warehouse) -> None:
    """Tell of each declared correction what it did, and whether the publisher still prints what it mends."""
    import pandas as pd

    from indicators import corrections, readers

    spoken_of = []
    for correction in corrections.corrections():
        where = " and ".join(f'"{column}" in (from unnest(?))' for column in correction.named)
        query = f"select ? as source, vintage, published, {RAW_TABLES[correction.source]}.* from {RAW_TABLES[correction.source]} "
        query += f"join snapshots using (snapshot) where {where or 'true'}"
        spoken_of.append(warehouse.query(query, [correction.source, *correction.named.values()]))
    columns = ["source", "vintage", "published", *readers.PUBLISHED_COLUMNS]
    rows = pd.concat(spoken_of).drop_duplicates() if spoken_of else pd.DataFrame(columns=columns)
    warehouse.write("corrections", corrections.standing(rows), ["snapshots", *RAW_TABLES.values()])


def where_sources_stand(store: SnapshotStore, attempts: Mapping[str, Attempt], today: dt.date) -> pd.DataFrame:
    """Return the table `freshness` for what is stored, built from or not."""
    import pandas as pd

    dated = [snapshot for snapshot in store.list() if snapshot.sidecar.get("is_dated", True)]
    held = [(snapshot.source, snapshot.vintage, snapshot.published) for snapshot in dated]
    return _freshness(pd.DataFrame(held, columns=["source", "vintage", "published"]), attempts, today)


def _freshness(vintages: pd.DataFrame, attempts: Mapping[str, Attempt], today: dt.date) -> pd.DataFrame:
    from indicators.freshness import freshness
    from pipelines.refresh import DOORS

    return freshness(vintages, attempts, set(DOORS), today)


def _area_differences(warehouse: Warehouse, store: SnapshotStore) -> None:
    """Compare the newest list of areas that a publisher gives out with our tables."""
    import pandas as pd

    from indicators import area_lists, contracts
    from indicators.observations import known_areas
    from indicators.readers import world_bank_areas

    found = contracts.conform("area_differences", pd.DataFrame())
    newest = warehouse.query(
        "select source, vintage, snapshot from snapshots where layout = ? order by published, vintage", [world_bank_areas.LAYOUT]
    ).tail(1)
    for entry in newest.itertuples():
        listed = world_bank_areas.areas(store.get(str(entry.snapshot)).read())
        known = known_areas(sources()[str(entry.source)].area_codes)
        found = area_lists.differences(
            listed,
            known,
            warehouse.read("economies"),
            warehouse.read("memberships"),
            source=str(entry.source),
            vintage=str(entry.vintage),
        )
    warehouse.write("area_differences", found, ["snapshots", "economies", "memberships"])


def _as_they_were(store: SnapshotStore, refused: pd.DataFrame) -> list[str]:
    """Return refused rows as they stood in their files; only files with such rows are read again."""
    from indicators import readers

    rows: dict[tuple[str, int], str] = {}
    for name, numbers in refused.groupby("snapshot")["row_number"]:
        texts = readers.original_rows(store.get(str(name)).read(), set(numbers.astype("int64")))
        rows |= {(str(name), number): text for number, text in texts.items()}
    return [rows[name, int(number)] for name, number in zip(refused["snapshot"], refused["row_number"], strict=True)]


def choices(warehouse: Warehouse) -> None:
    """Choose the current number of each figure, and compare consecutive vintages."""
    for table in ("current_observations", "edition_pairs", "revisions"):
        warehouse.make(table)


def revisions_in_brief(warehouse: Warehouse) -> pd.DataFrame:
    """Return what changed between consecutive vintages, a row an indicator and pair."""
    return warehouse.query(models.model("revisions_in_brief").text)


def measures(warehouse: Warehouse) -> None:
    """Compute the groups' figures and the gaps."""
    from indicators import aggregate, contracts, gaps

    for table in ("reported_values", "people", "dated_members", "members_by_year"):
        warehouse.make(table)
    indicators = warehouse.read("indicators").set_index("indicator")
    figures = aggregate.aggregates(
        warehouse.read("reported_values"), warehouse.read("people"), warehouse.read("members_by_year"), indicators["ceiling"]
    )
    made_from = ["reported_values", "people", "members_by_year", "indicators", "snapshots"]
    warehouse.write("aggregates", _with_holes_told(warehouse, contracts.conform("aggregates", figures)), made_from)
    warehouse.make("gap_pairs")
    warehouse.write("gaps", contracts.conform("gaps", gaps.gaps(warehouse.read("gap_pairs"))), ["gap_pairs"])


def _with_holes_told(warehouse: Warehouse, figures: pd.DataFrame) -> pd.DataFrame:
    """Add to the note of each figure whether its vintage is held in a gathering that is not the whole series."""
    holed = warehouse.query(
        "select distinct source, vintage, indicator, true as has_holes from observations join snapshots using (snapshot, source, vintage) "
        "where not whole_series and area_kind = 'economy'"
    )
    told = figures.merge(holed, on=["source", "vintage", "indicator"], how="left")
    holes = "the vintage is held in a gathering that lacks some economies and years"
    note = figures["note"].str.cat(told["has_holes"].map({True: holes}).astype("str"), sep="; ", na_rep="").str.strip("; ")
    return figures.assign(note=note.where(note != "", None))


def dated(warehouse: Warehouse | Published, table: str) -> pd.DataFrame:
    """Return a table without the vintages that nobody dated: they are no evidence, and never the newest edition.

    What is current has been chosen with that in mind, and is returned whole, as is a table that names no vintages.
    """
    rows = warehouse.read(table)
    if table == "current_observations" or not {"source", "vintage"} <= set(rows):
        return rows
    undated = warehouse.query("select distinct source, vintage from snapshots where not is_dated")
    left_out = {(row.source, row.vintage) for row in undated.itertuples()}
    if not left_out:
        return rows
    return rows[[pair not in left_out for pair in zip(rows["source"], rows["vintage"], strict=True)]].reset_index(drop=True)


def claims(warehouse: Warehouse) -> None:
    """Judge the statements of the resolution, hold them against one another, and those of ten years before against the figures of today."""
    from indicators import contracts, resolution, verdicts
    from indicators.then_and_now import then_and_now

    statements, identities = resolution.load_claims(), resolution.load_identities()
    earlier, observed = resolution.load_claims(resolution=resolution.TEN_YEARS_BEFORE), dated(warehouse, "observations")
    judged = verdicts.judge(statements, observed, dated(warehouse, "aggregates"), identities)
    warehouse.write("claims", contracts.conform("claims", resolution.claims_table(statements)))
    warehouse.write("verdicts", contracts.conform("verdicts", judged), ["claims", "observations", "aggregates", "snapshots"])
    tried = resolution.identities_tried([*statements, *earlier], identities, resolution.load_inclusions())
    warehouse.write("claim_identities", contracts.conform("claim_identities", tried), ["claims"])
    warehouse.write("claim_conflicts", contracts.conform("claim_conflicts", resolution.conflicts(tried)), ["claim_identities"])
    compared = then_and_now(earlier, statements, observed, identities)
    warehouse.write("then_and_now", compared, ["claims", "observations", "snapshots"])


def follow_up(warehouse: Warehouse) -> None:
    """Tie the indicators to what the resolution says, list what it speaks of and nothing held measures, and what it asks of whom."""
    from indicators import crosswalk, resolution
    from indicators.unmeasured import unmeasured

    statements = warehouse.read("claims")
    ties = crosswalk.crosswalk_table(resolution.load_claims())
    warehouse.write("crosswalk", ties, ["claims"])
    warehouse.write("paragraphs", crosswalk.paragraphs_table(ties, statements), ["claims"])
    warehouse.write("action_lines", crosswalk.action_lines_table(ties), ["claims"])
    warehouse.write("calendar", crosswalk.calendar_table())
    warehouse.write("unmeasured", unmeasured(warehouse.read("observations")), ["observations"])


def contract_outcome(warehouse: Warehouse, table: str) -> Outcome:
    """Say whether a table keeps its contract, a line a broken rule."""
    from indicators import contracts

    rows = warehouse.read(table)
    problems = contracts.problems(table, rows)
    lines = [
        f"{row.column}: {row.rule} ({row.rows} rows{', such as ' * bool(row.examples)}{row.examples!s})" for row in problems.itertuples()
    ]
    sentence = f"{'; '.join(lines)}. {_what_to_do(table)}" if lines else "every row keeps it"
    offenders = contracts.offenders(table, rows) if lines else rows.iloc[:0]
    # What names a row, what is wrong with it, and where it was read: more would not fit beside one another in the UI.
    telling = {*contracts.key(table), *problems["column"], "snapshot", "row_number"}
    offenders = offenders[[name for name in offenders if name in telling]]
    description = f"One row is {contracts.grain(table)}; types, ranges and key hold."
    return Outcome("keeps_its_contract", description, problems.empty, sentence, offenders)


def query_outcome(warehouse: Warehouse, check: models.Check) -> Outcome:
    """Say whether a check of `sql/checks/` returns no row."""
    offenders = warehouse.offenders(check, OFFENDERS_SHOWN)
    many = f"{len(offenders)}{' or more' if len(offenders) == OFFENDERS_SHOWN else ''} rows break" if len(offenders) > 1 else "1 row breaks"
    sentence = f"{many} it: {check.query.description} Asked by {check.place}. {_what_to_do(check.table)}"
    sentence = "no row breaks it" if offenders.empty else sentence
    return Outcome(check.query.name, check.query.description, offenders.empty, sentence, offenders)


def _what_to_do(table: str) -> str:
    """Return where to look if a table's rows are wrong, and what then."""
    from indicators import contracts

    places = f"made in {made_in(table)}"
    if {"snapshot", "row_number"} <= set(contracts.column_types(table)):
        places += " from the file and row that the columns snapshot and row_number name"
    return f"Nothing was published. The rows are {places}: look there first, then start the job build again."


def outcomes(warehouse: Warehouse, table: str) -> list[Outcome]:
    """Return what all blocking checks of a table found: its contract, then the queries that guard it."""
    from indicators import contracts

    contract = [contract_outcome(warehouse, table)] if table in contracts.TABLES else []
    return contract + [query_outcome(warehouse, check) for check in models.checks() if check.table == table]


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
            ". Nothing was published. Look at what was changed last in indicators/resolution.toml, code or snapshots of record; only "
            "if the new verdict is right, write it there as `reviewed`"
        )
    description = "A verdict at adoption cannot change by itself: if it differs from the reviewed one, data or code went wrong."
    return Outcome("agrees_with_the_review", description, differing.empty, sentence, differing)


def coverage_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether the newest year of each indicator is one that most of the world's people report for."""
    thin = warehouse.query(models.model("thin_newest_years").text)
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
    mended = warehouse.query("from corrections where standing = 'mended'")
    lines = [
        f"{row.correction}: {row.source} {row.newest_vintage} no longer prints {row.column_corrected} '{row.printed}' for "
        f"{row.rows_spoken_of}; look at it, and write the last vintage that did as `until` into indicators/corrections.toml"
        for row in mended.itertuples()
    ]
    sentence = "; ".join(lines) or "every correction is still called for, or nothing it speaks of is held"
    return Outcome("corrections_are_called_for", CALLED_FOR, mended.empty, sentence, mended)


def area_lists_outcome(warehouse: Warehouse) -> Outcome:
    """Say whether our tables of areas agree with the newest list of the publisher."""
    differing = warehouse.read("area_differences")
    lines = [
        f"{row['area']}: {row['matter']} is {row['published']} in the list of {row['vintage']}, {row['ours']} in ours"
        for row in differing.fillna({"published": "not stated", "ours": "not known"}).to_dict("records")
    ]
    more = f"; and {len(lines) - 20} more" if len(lines) > 20 else ""
    sentence = "the lists agree, or none is held"
    if lines:
        mend = "Where the publisher is right, mend indicators/economies.csv or memberships.csv"
        sentence = f"{'; '.join(lines[:20])}{more}. {mend}, with the day from which it holds"
    return Outcome("area_lists_agree", LISTS_AGREE, differing.empty, sentence, differing)


def freshness_outcome(told: pd.DataFrame) -> Outcome:
    """Say whether every source held is as new as its rhythm allows; `told` is the table `freshness`."""
    overdue = told[told["overdue"]]
    sentence = "every source held is as new as its rhythm allows"
    if not overdue.empty:
        sentence = (
            f"{'; '.join(overdue['told'])}. Start the job refresh, or put the new edition into data/inbox/; till then the old one stands"
        )
    shown = overdue[["source", "newest_vintage", "published", "age_days", "rhythm_days", "door", "door_said"]]
    return Outcome("sources_are_fresh", FRESH, overdue.empty, sentence, shown)


def claim_outcomes(warehouse: Warehouse) -> list[tuple[Outcome, dict[str, Any]]]:
    """Return, for each claim, whether it is borne out now, and the verdict with its figures."""
    rows = warehouse.query(
        "select claims.claim, statement, verdict, value, margin, interval, explanation, verdicts.source, vintage "
        "from claims join verdicts using (claim) where moment = 'now' and basis = 'published'"
    )
    found = []
    for row in [{str(name): value for name, value in record.items()} for record in rows.to_dict("records")]:
        passed = row["verdict"].startswith("borne out")
        outcome = Outcome(check_name(row["claim"]), row["statement"], passed, row["explanation"], rows.iloc[:0])
        found.append((outcome, row))
    return found


def check_name(claim: str) -> str:
    """Return the name of the check of a claim."""
    return "bears_out_" + claim.replace("-", "_")
