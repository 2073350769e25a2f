"""News: the differences between two publications that people want to be notified of, such as a verdict or a target status that changed.

Most runs change numbers but no conclusion. This module decides which differences are news; `pipelines.notify` writes and sends them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

import pandas as pd

from indicators.contracts.vocabulary import AreaKind, Basis, ConnectorState, Publishable
from indicators.conventions import number, whole
from indicators.registries.sources import sources, vintage_name

#: Share of a group's people by which coverage must fall: a point of coverage is a point of the hard bounds, and five are more than two
#: years of the world's progress (2.2 points a year), so that what was known of the group no longer is.
COVERAGE_FELL = number("coverage_fell")

#: Share of the numbers of the vintage before that must have moved. Of the series of the World Development Indicators 4 to 6 per cent of
#: the numbers move in an ordinary release; more than one in ten is no ordinary release.
HISTORY_MOVED = number("history_moved")

#: Share of them that must have been taken back: an ordinary release takes back next to nothing.
HISTORY_WITHDRAWN = number("history_withdrawn")

#: A vintage with fewer numbers of an indicator prints single figures, and one of them that moved is no history rewritten.
LEAST_NUMBERS = whole("history_least_numbers")

#: Areas named one by one; of more, it is said how many.
NAMED = 8

#: Letters of one line of an explanation: some come from outside.
LONGEST = 600

#: The label of a vintage that a publisher reissued under a label it had used: that label, the time it was retrieved, and its hash.
_REISSUED = re.compile(r"(?P<label>.+)-\d{4}-\d{2}-\d{2}T\d{6}-[0-9a-f]{8}")

_FAILED = [state for state in ConnectorState if state.failed]

#: What publishable is called where a group has no figure any more; the worst of the classes.
_NO_FIGURE = "no figure"
_CLASSES = (*Publishable, _NO_FIGURE)


class NewsKind(StrEnum):
    """What happened; the order is that of a message, after severity."""

    VERDICT_CHANGED = "verdict changed"
    HISTORY_REWRITTEN = "history rewritten"
    COVERAGE_FELL = "coverage fell"
    TARGET_STATUS_CHANGED = "target status changed"
    SOURCE_UNAVAILABLE = "source unavailable"
    SOURCE_OVERDUE = "source overdue"
    SOURCE_AVAILABLE = "source available again"
    SOURCE_UP_TO_DATE = "source up to date again"


class Severity(StrEnum):
    """How important an item is, the most important first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class StatusSnapshot:
    """The parts of one publication that news is found in.

    Attributes:
        verdicts: One row a claim and basis, as judged on the newest vintage: claim, paragraph, basis, verdict, explanation.
        targets: One row a target and area: target, statement, area, area_kind, status, latest, year, pace, required_pace, reason, source,
            vintage.
        coverage: One row a source, indicator, group and year, of the newest vintage that is no excerpt: vintage, coverage, publishable.
        sources: One row a source, of the table `freshness`: source, connector_state, overdue, connector_message, summary.
        history: One row a source, pair of consecutive vintages and indicator: vintage_from, vintage_to, numbers in the earlier one, and
            how many of them were changed and withdrawn.
        snapshots: One row a stored file: snapshot, source, vintage, file.
    """

    verdicts: pd.DataFrame
    targets: pd.DataFrame
    coverage: pd.DataFrame
    sources: pd.DataFrame
    history: pd.DataFrame
    snapshots: pd.DataFrame

    def compared_columns(self) -> dict[str, pd.DataFrame]:
        """Return only the columns that the next snapshot is compared with, which are few enough to store."""
        return {name: getattr(self, name)[[*columns]] for name, columns in COMPARED.items()}


#: The columns of a snapshot that the next one is compared with, and their types.
COMPARED = {
    "verdicts": {"claim": "str", "basis": "str", "verdict": "str"},
    "targets": {"target": "str", "area": "str", "status": "str"},
    "coverage": {
        **dict.fromkeys(("source", "indicator", "group_name", "vintage", "publishable"), "str"),
        "year": "int64",
        "coverage": "float64",
    },
    "sources": {"source": "str", "connector_state": "str", "overdue": "bool"},
    "history": dict.fromkeys(("source", "vintage_from", "vintage_to", "indicator"), "str"),
    "snapshots": {"snapshot": "str"},
}


@dataclass(frozen=True)
class NewsItem:
    """One piece of news in plain words; each field is one line, whatever a publisher wrote.

    Attributes:
        kind: What happened.
        severity: How important it is.
        subject: What it happened to.
        before: Its state in the publication before.
        after: Its state now.
        reason: Why it changed, or the figures behind it.
        page: Where to look: a page of the site and a table.
    """

    kind: NewsKind
    severity: Severity
    subject: str
    before: str
    after: str
    reason: str
    page: str

    def __post_init__(self) -> None:
        """Keep text that may come from outside to one printable line."""
        for field in fields(self)[2:]:
            object.__setattr__(self, field.name, one_line(getattr(self, field.name)))

    def __str__(self) -> str:
        """Return the item as one sentence."""
        return f"{self.subject}: {self.before} became {self.after}"


def news_items(before: StatusSnapshot, now: StatusSnapshot) -> list[NewsItem]:
    """Return the news between two publications, the most important first; empty if there is none.

    A claim, target or area that is new or was removed is a change of the registries and no news.
    """
    finders: Sequence[Callable[[StatusSnapshot, StatusSnapshot], Iterator[NewsItem]]] = (
        _verdict_changes,
        _rewritten_history,
        _coverage_losses,
        _target_status_changes,
        _connector_changes,
        _overdue_changes,
    )
    items = [item for find in finders for item in find(before, now)]
    severities, kinds = list(Severity), list(NewsKind)
    return sorted(items, key=lambda item: (severities.index(item.severity), kinds.index(item.kind)))


def one_line(text: str) -> str:
    r"""Return text on one line, without characters that a terminal, a mail or a page would act on, and not too long.

    >>> one_line("shut\r\nBcc: all@example.org\x1b[2J")
    'shut Bcc: all@example.org [2J'
    """
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _changed_rows(before: pd.DataFrame, now: pd.DataFrame, key: list[str], column: str) -> pd.DataFrame:
    """Return the rows of `now` whose `column` differs from before, with the earlier value as `was`."""
    both = now.merge(before[[*key, column]].rename(columns={column: "was"}), on=key)
    return both[both[column] != both["was"]]


def _verdict_changes(before: StatusSnapshot, now: StatusSnapshot) -> Iterator[NewsItem]:
    """Yield each verdict on the newest vintage that changed."""
    for row in _changed_rows(before.verdicts, now.verdicts, ["claim", "basis"], "verdict").itertuples():
        severity = Severity.HIGH if row.basis == Basis.PUBLISHED else Severity.MEDIUM
        page = f"paragraphs/{row.paragraph}.html, table verdicts"
        subject = f"{row.claim} ({row.basis})"
        yield NewsItem(NewsKind.VERDICT_CHANGED, severity, subject, str(row.was), str(row.verdict), str(row.explanation), page)


def _rewritten_history(before: StatusSnapshot, now: StatusSnapshot) -> Iterator[NewsItem]:
    """Yield each new vintage under a label that was used before, and each that changed or withdrew much of the vintage before."""
    new = now.snapshots[~now.snapshots["snapshot"].isin(before.snapshots["snapshot"])]
    # A file that is added to a stored vintage says nothing new about the numbers that were in it.
    known_pairs = before.history[[*COMPARED["history"]]].assign(is_known=True)
    pairs = now.history.merge(known_pairs, on=[*COMPARED["history"]], how="left")
    is_new = (pairs["source"] + "/" + pairs["vintage_to"]).isin(new["source"] + "/" + new["vintage"])
    pairs = pairs[pairs["is_known"].isna() & is_new]
    reissued = new.assign(label=new["vintage"].str.extract(_REISSUED)["label"])
    names = reissued["source"] + "/" + reissued["label"] + "/" + reissued["file"]
    for (source, label), files in reissued[names.isin(set(now.snapshots["snapshot"]))].groupby(["source", "label"]):
        to = pairs[(pairs["source"] == source) & pairs["vintage_to"].isin(files["vintage"])]
        changes_numbers = bool(to["changed"].sum() + to["withdrawn"].sum())
        yield NewsItem(
            NewsKind.HISTORY_REWRITTEN,
            Severity.HIGH if changes_numbers else Severity.LOW,
            vintage_name(str(source), str(label)),
            "as first issued",
            "other bytes under the same label" + ("" if changes_numbers else ", the same numbers"),
            f"{', '.join(files['file'])}; {_changes_sentence(to)}",
            "revisions.html, table revisions",
        )
        pairs = pairs.drop(to.index)
    numbers = pairs["numbers"].where(pairs["numbers"] >= LEAST_NUMBERS)
    much = (pairs["changed"] / numbers > HISTORY_MOVED) | (pairs["withdrawn"] / numbers > HISTORY_WITHDRAWN)
    for row in pairs[much].to_dict("records"):
        yield NewsItem(
            NewsKind.HISTORY_REWRITTEN,
            Severity.HIGH,
            str(row["indicator"]),
            f"{row['numbers']:,} numbers of {vintage_name(row['source'], row['vintage_from'])}",
            f"{row['changed'] / row['numbers']:.0%} changed, {row['withdrawn'] / row['numbers']:.1%} withdrawn in {row['vintage_to']}",
            _changes_sentence(pd.DataFrame([row])),
            f"divide diff {row['source']} {row['vintage_from']} {row['vintage_to']}, table revisions",
        )


def _changes_sentence(pairs: pd.DataFrame) -> str:
    """Return how many numbers of the vintages before were changed and withdrawn."""
    if not pairs["changed"].sum() + pairs["withdrawn"].sum():
        return "no number differs from the vintage before"
    return "; ".join(
        f"{row['indicator']}: {row['changed']:,} of {row['numbers']:,} numbers changed, {row['withdrawn']:,} withdrawn"
        for row in pairs.to_dict("records")
    )


def _coverage_losses(before: StatusSnapshot, now: StatusSnapshot) -> Iterator[NewsItem]:
    """Compare the coverage of each group's headline year, the newest year with a published figure, with that of the same year now."""
    key = ["source", "indicator", "group_name", "year"]
    headlines = before.coverage[before.coverage["publishable"] == Publishable.PUBLISHED]
    headlines = headlines.sort_values("year").drop_duplicates(key[:-1], keep="last")
    both = headlines.merge(now.coverage, on=key, how="left", suffixes=("_before", ""))
    both = both.fillna({"coverage": 0.0, "publishable": _NO_FIGURE})
    both["fell"] = both["coverage_before"] - both["coverage"]
    worse = both["publishable"].map(_CLASSES.index) > both["publishable_before"].map(_CLASSES.index)
    # A sum of shares may differ in its last digit between two runs.
    fallen = both[worse | (both["fell"] > COVERAGE_FELL + 1e-9)].assign(not_world=both["group_name"] != "world", worse=worse)
    for (source, indicator), rows in fallen.sort_values(["not_world", "fell", "group_name"], ascending=[True, False, True]).groupby(
        ["source", "indicator"]
    ):
        first = rows.iloc[0]
        others = [f"{row.group_name} {row.coverage_before:.0%} to {row.coverage:.0%}" for row in rows.iloc[1:].itertuples()]
        also = f"; also {_name_list(others, 'groups')}" if others else ""
        title = sources()[str(source)].short_title
        vintage = first["vintage"] if isinstance(first["vintage"], str) else "no vintage"
        change = f"{vintage} instead of {first['vintage_before']}" if vintage != first["vintage_before"] else f"still {vintage}"
        yield NewsItem(
            NewsKind.COVERAGE_FELL,
            Severity.HIGH if rows["worse"].any() else Severity.MEDIUM,
            f"{indicator}, {first['group_name']} {first['year']}",
            f"{first['coverage_before']:.0%} of the people reported ({first['publishable_before']})",
            f"{first['coverage']:.0%} ({first['publishable']})",
            f"{title}: {change}{also}",
            f"indicators/{indicator}.html, table aggregates",
        )


def _target_status_changes(before: StatusSnapshot, now: StatusSnapshot) -> Iterator[NewsItem]:
    """Yield each target and change of status once, with its areas: the world first, groups apart from economies."""
    changed = _changed_rows(before.targets, now.targets, ["target", "area"], "status")
    changed = changed.assign(not_world=changed["area"] != "world").sort_values(["not_world", "area"])
    for (kind, target, was, status), rows in changed.groupby(["area_kind", "target", "was", "status"]):
        first = rows.iloc[0].to_dict()
        is_group = kind == AreaKind.GROUP
        yield NewsItem(
            NewsKind.TARGET_STATUS_CHANGED,
            Severity.MEDIUM if is_group else Severity.LOW,
            f"{target} ({first['statement']}): {_name_list(list(rows['area']), 'groups' if is_group else 'economies')}",
            str(was),
            str(status),
            _pace_sentence(first),
            f"areas/{first['area']}.html, table targets",
        )


def _pace_sentence(row: Mapping[Any, Any]) -> str:
    """Return the figures behind a target status."""
    if pd.isna(row["latest"]):
        return f"{row['area']}: {row['reason'] or 'no value'}"
    sentence = f"{row['area']}: {row['latest']:.4g} in {row['year']:.0f} by {vintage_name(str(row['source']), str(row['vintage']))}"
    if pd.notna(row["pace"]):
        sentence += f", {row['pace']:+.2g} a year"
    if pd.notna(row["required_pace"]):
        sentence += f", {row['required_pace']:+.2g} a year required"
    return sentence


def _connector_changes(before: StatusSnapshot, now: StatusSnapshot) -> Iterator[NewsItem]:
    """Yield each source that became unavailable, or available again."""
    for row in _changed_rows(before.sources, now.sources, ["source"], "connector_state").to_dict("records"):
        was, state = str(row["was"]), str(row["connector_state"])
        if state in _FAILED and was not in _FAILED:
            kind, severity = NewsKind.SOURCE_UNAVAILABLE, Severity.MEDIUM
        elif was in _FAILED and state == ConnectorState.AVAILABLE:
            kind, severity = NewsKind.SOURCE_AVAILABLE, Severity.LOW
        else:
            continue
        reason = row["connector_message"] if isinstance(row["connector_message"], str) else row["summary"]
        yield NewsItem(kind, severity, row["source"], was, state, reason, "sources.html, table freshness")


def _overdue_changes(before: StatusSnapshot, now: StatusSnapshot) -> Iterator[NewsItem]:
    """Yield each source whose newest vintage became overdue, or up to date again."""
    for row in _changed_rows(before.sources, now.sources, ["source"], "overdue").to_dict("records"):
        states = ("up to date", "overdue") if row["overdue"] else ("overdue", "up to date")
        kind, severity = (NewsKind.SOURCE_OVERDUE, Severity.MEDIUM) if row["overdue"] else (NewsKind.SOURCE_UP_TO_DATE, Severity.LOW)
        yield NewsItem(kind, severity, row["source"], *states, row["summary"], "sources.html, table freshness")


def _name_list(names: list[str], what: str) -> str:
    """Return the first few names, and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more {what}" if more > 0 else "")
