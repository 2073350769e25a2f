"""What of all that differs between two publications matters enough to tell a person: a verdict that flipped, a status, a source.

Most nights bring numbers that change nothing anybody says. Here is decided which differences are news, from the tables as they were told
last and as they are now; how the news is written down and sent is no business of this package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from indicators.registries.conventions import number, whole
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

#: How a door is found that lets nothing in.
SHUT = ("closed", "unusable")

#: The label of a vintage that was given out under a label already held: that label, the moment it came, and the beginning of its hash.
_REWRITTEN = re.compile(r"(?P<label>.+)-\d{4}-\d{2}-\d{2}T\d{6}-[0-9a-f]{8}")

KINDS = (
    "verdict flipped",
    "history rewritten",
    "coverage fell",
    "status of a target changed",
    "source broke",
    "source went stale",
    "source opened again",
    "source is fresh again",
)
SEVERITIES = ("high", "medium", "low")
_CLASSES = ("published", "indicative", "not published", "no figure")


@dataclass(frozen=True)
class Standing:
    """What news is judged by, of one publication.

    Attributes:
        verdicts: One row a claim and basis as judged now: claim, paragraph, basis, verdict, explanation.
        targets: One row a target and area: target, statement, area, area_kind, status, latest, year, pace, required_pace, reason, source,
            vintage.
        coverage: One row a source, indicator, group and year, of the newest vintage that is no excerpt: vintage, coverage, publishable.
        sources: One row a source, of the table `freshness`: source, door, overdue, door_said, told.
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

    def compared(self) -> dict[str, pd.DataFrame]:
        """Return only what the next standing is compared with, which is little enough to be remembered."""
        return {name: getattr(self, name)[[*columns]] for name, columns in COMPARED.items()}


#: The columns of a standing that the one after it is compared with, and their types.
COMPARED = {
    "verdicts": {"claim": "str", "basis": "str", "verdict": "str"},
    "targets": {"target": "str", "area": "str", "status": "str"},
    "coverage": {
        **dict.fromkeys(("source", "indicator", "group_name", "vintage", "publishable"), "str"),
        "year": "int64",
        "coverage": "float64",
    },
    "sources": {"source": "str", "door": "str", "overdue": "bool"},
    "history": dict.fromkeys(("source", "vintage_from", "vintage_to", "indicator"), "str"),
    "snapshots": {"snapshot": "str"},
}


@dataclass(frozen=True)
class Item:
    """One thing that matters, in plain words; each is one line, whatever a publisher wrote."""

    kind: str
    severity: str
    what: str
    was: str
    now: str
    why: str
    where: str

    def __post_init__(self) -> None:
        """Keep to one printable line what may come from outside."""
        for field in fields(self):
            object.__setattr__(self, field.name, one_line(getattr(self, field.name)))

    def __str__(self) -> str:
        """Say it in one sentence."""
        return f"{self.what}: {self.was} became {self.now}"


def what_matters(before: Standing, now: Standing) -> list[Item]:
    """Return what a person should be told of, the most important first; nothing if the two say the same.

    A claim, target or area that is new or gone is a change of the registries and no news of the divide.
    """
    finders: Sequence[Callable[[Standing, Standing], Iterator[Item]]] = (_flips, _history, _coverage, _statuses, _doors, _ages)
    found = [item for find in finders for item in find(before, now)]
    return sorted(found, key=lambda item: (SEVERITIES.index(item.severity), KINDS.index(item.kind)))


def one_line(text: str) -> str:
    r"""Return text on one line, without what a terminal, a mail or a page would act on, and not too long.

    >>> one_line("shut\r\nBcc: all@example.org\x1b[2J")
    'shut Bcc: all@example.org [2J'
    """
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _changed(before: pd.DataFrame, now: pd.DataFrame, key: list[str], column: str) -> pd.DataFrame:
    """Return the rows of `now` whose `column` is another than before, with what it was as `was`."""
    both = now.merge(before[[*key, column]].rename(columns={column: "was"}), on=key)
    return both[both[column] != both["was"]]


def _flips(before: Standing, now: Standing) -> Iterator[Item]:
    for row in _changed(before.verdicts, now.verdicts, ["claim", "basis"], "verdict").itertuples():
        severity = "high" if row.basis == "published" else "medium"
        where = f"paragraphs/{row.paragraph}.html, table verdicts"
        yield Item(KINDS[0], severity, f"{row.claim} ({row.basis})", str(row.was), str(row.verdict), str(row.explanation), where)


def _history(before: Standing, now: Standing) -> Iterator[Item]:
    """Tell of each new vintage under a label that was already held, and of each that moved or took back much of the one before."""
    new = now.snapshots[~now.snapshots["snapshot"].isin(before.snapshots["snapshot"])]
    # A file that joins a vintage already held says nothing anew of the numbers that were in it.
    told = before.history[[*COMPARED["history"]]].assign(told=True)
    pairs = now.history.merge(told, on=[*COMPARED["history"]], how="left")
    came = (pairs["source"] + "/" + pairs["vintage_to"]).isin(new["source"] + "/" + new["vintage"])
    pairs = pairs[pairs["told"].isna() & came]
    relabelled = new.assign(label=new["vintage"].str.extract(_REWRITTEN)["label"])
    held = set(now.snapshots["snapshot"])
    names = relabelled["source"] + "/" + relabelled["label"] + "/" + relabelled["file"]
    for (source, label), files in relabelled[names.isin(held)].groupby(["source", "label"]):
        to = pairs[(pairs["source"] == source) & pairs["vintage_to"].isin(files["vintage"])]
        touched = int(to["changed"].sum() + to["withdrawn"].sum())
        yield Item(
            KINDS[1],
            "high" if touched else "low",
            vintage_name(str(source), str(label)),
            "as it was given out",
            "other bytes under the same label" + ("" if touched else ", the same numbers"),
            f"{', '.join(files['file'])}; {_moved(to)}",
            "revisions.html, table revisions",
        )
        pairs = pairs.drop(to.index)
    numbers = pairs["numbers"].where(pairs["numbers"] >= LEAST_NUMBERS)
    much = (pairs["changed"] / numbers > HISTORY_MOVED) | (pairs["withdrawn"] / numbers > HISTORY_WITHDRAWN)
    for row in pairs[much].to_dict("records"):
        yield Item(
            KINDS[1],
            "high",
            str(row["indicator"]),
            f"{row['numbers']:,} numbers of {vintage_name(row['source'], row['vintage_from'])}",
            f"{row['changed'] / row['numbers']:.0%} changed, {row['withdrawn'] / row['numbers']:.1%} withdrawn in {row['vintage_to']}",
            _moved(pd.DataFrame([row])),
            f"divide diff {row['source']} {row['vintage_from']} {row['vintage_to']}, table revisions",
        )


def _moved(pairs: pd.DataFrame) -> str:
    """Say how many numbers of the vintages before moved."""
    if not pairs["changed"].sum() + pairs["withdrawn"].sum():
        return "no number differs from the vintage before"
    return "; ".join(
        f"{row['indicator']}: {row['changed']:,} of {row['numbers']:,} numbers changed, {row['withdrawn']:,} withdrawn"
        for row in pairs.to_dict("records")
    )


def _coverage(before: Standing, now: Standing) -> Iterator[Item]:
    """Hold each group's headline, the newest year whose figure was published, against what stands behind that year now."""
    key = ["source", "indicator", "group_name", "year"]
    headlines = before.coverage[before.coverage["publishable"] == "published"]
    headlines = headlines.sort_values("year").drop_duplicates(key[:-1], keep="last")
    both = headlines.merge(now.coverage, on=key, how="left", suffixes=("_before", ""))
    both = both.fillna({"coverage": 0.0, "publishable": "no figure"})
    both["fell"] = both["coverage_before"] - both["coverage"]
    worse = both["publishable"].map(_CLASSES.index) > both["publishable_before"].map(_CLASSES.index)
    # A sum of shares may differ in its last digit from one night to the next.
    fallen = both[worse | (both["fell"] > COVERAGE_FELL + 1e-9)].assign(not_world=both["group_name"] != "world", worse=worse)
    for (source, indicator), rows in fallen.sort_values(["not_world", "fell", "group_name"], ascending=[True, False, True]).groupby(
        ["source", "indicator"]
    ):
        first = rows.iloc[0]
        others = [f"{row.group_name} {row.coverage_before:.0%} to {row.coverage:.0%}" for row in rows.iloc[1:].itertuples()]
        also = f"; also {_listed(others, 'groups')}" if others else ""
        title = sources()[str(source)].short_title
        vintage = first["vintage"] if isinstance(first["vintage"], str) else "nothing held"
        stands = f"{vintage} in the place of {first['vintage_before']}" if vintage != first["vintage_before"] else f"still {vintage}"
        yield Item(
            KINDS[2],
            "high" if rows["worse"].any() else "medium",
            f"{indicator}, {first['group_name']} {first['year']}",
            f"{first['coverage_before']:.0%} of the people reported ({first['publishable_before']})",
            f"{first['coverage']:.0%} ({first['publishable']})",
            f"{title}: {stands}{also}",
            f"indicators/{indicator}.html, table aggregates",
        )


def _statuses(before: Standing, now: Standing) -> Iterator[Item]:
    """Tell of each target and change of status once, with the areas it holds for: the world first, groups apart from economies."""
    changed = _changed(before.targets, now.targets, ["target", "area"], "status")
    changed = changed.assign(not_world=changed["area"] != "world").sort_values(["not_world", "area"])
    for (kind, target, was, status), rows in changed.groupby(["area_kind", "target", "was", "status"]):
        first = rows.iloc[0].to_dict()
        yield Item(
            KINDS[3],
            "medium" if kind == "group" else "low",
            f"{target} ({first['statement']}): {_listed(list(rows['area']), 'economies' if kind == 'economy' else 'groups')}",
            str(was),
            str(status),
            _pace(first),
            f"areas/{first['area']}.html, table targets",
        )


def _pace(row: Mapping[Any, Any]) -> str:
    """Say on what figures a status stands."""
    if row["latest"] != row["latest"]:
        return f"{row['area']}: {row['reason'] or 'no value is held'}"
    told = f"{row['area']}: {row['latest']:.4g} in {row['year']:.0f} by {vintage_name(str(row['source']), str(row['vintage']))}"
    if row["pace"] == row["pace"]:
        told += f", {row['pace']:+.2g} a year"
    if row["required_pace"] == row["required_pace"]:
        told += f" where {row['required_pace']:+.2g} is needed"
    return told


def _doors(before: Standing, now: Standing) -> Iterator[Item]:
    for row in _changed(before.sources, now.sources, ["source"], "door").to_dict("records"):
        shut = row["door"] in SHUT
        if row["was"] in SHUT if shut else not (row["was"] in SHUT and row["door"] == "open"):
            continue
        kind, severity = (KINDS[4], "medium") if shut else (KINDS[6], "low")
        said = row["door_said"] if isinstance(row["door_said"], str) else row["told"]
        yield Item(kind, severity, row["source"], f"door {row['was']}", f"door {row['door']}", said, "sources.html, table freshness")


def _ages(before: Standing, now: Standing) -> Iterator[Item]:
    for row in _changed(before.sources, now.sources, ["source"], "overdue").to_dict("records"):
        kind, severity = (KINDS[5], "medium") if row["overdue"] else (KINDS[7], "low")
        was, is_now = ("fresh", "overdue") if row["overdue"] else ("overdue", "fresh")
        yield Item(kind, severity, row["source"], was, is_now, row["told"], "sources.html, table freshness")


def _listed(names: list[str], what: str) -> str:
    """Name the first few, and say how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more {what}" if more > 0 else "")
