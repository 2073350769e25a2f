"""The page of the publication: tables in, one HTML document out that opens from disk, loads nothing from elsewhere and needs no script.

The words and the looks stand in `templates/`. Here is only what a template cannot say well: which rows belong together, and how a
number is written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from indicators import contracts, resolution
from indicators.sources import vintage_name
from pipelines import citation

if TYPE_CHECKING:
    import pandas as pd

#: How a missing value is written, everywhere.
MISSING = "–"

Row = dict[str, Any]


def render(tables: Mapping[str, pd.DataFrame], charts: pd.DataFrame, downloads: list[dict[str, Any]], about: Mapping[str, Any]) -> str:
    """Return the page as one HTML document.

    Args:
        tables: The published tables by name; used are claims, verdicts, claim_conflicts, sources, snapshots, quarantine, freshness and
            corrections.
        charts: One row a chart: chart, title, subtitle, alt, source, licence; the files are `charts/<chart>.png`, `.svg`,
            `.dark.svg` and `.csv`.
        downloads: One entry a group of files: name, description, rows, licence, and files, each with path, bytes and format.
        about: made_at (ISO, UTC), git_sha, code, run, selection, is_everything, licence, what_changed.
    """
    made_at = dt.datetime.fromisoformat(about["made_at"])
    statements = _statements(tables["claims"], tables["verdicts"])
    return (
        templates()
        .get_template("index.html")
        .render(
            about=about,
            citation=citation.sentence(tables, about),
            made_at=made_at,
            adopted=dt.date.fromisoformat(resolution.adopted()),
            statements=statements,
            tally=_tally(statements),
            conflicts=_conflicts(tables["claim_conflicts"], tables["claims"]),
            charts=rows(charts),
            downloads=downloads,
            sources=_sources(tables),
            corrections=[row for row in rows(tables["corrections"]) if row["rows"]],
            verdicts=contracts.VERDICTS,
            rules=contracts.RULES,
        )
    )


@cache
def templates() -> jinja2.Environment:
    """Return the templates' environment: everything escaped, an unknown name an error, a missing value always written the same way."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: MISSING if value is None or value == "" else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "figure": figure,
        "interval": interval,
        "margin": margin,
        "size": size,
        "count": count,
        "day": day,
        "slug": _slug,
    }
    environment.globals |= {"vintage_name": vintage_name, "missing": MISSING}
    return environment


# --- which rows belong together ---------------------------------------------------------------------------------------------


def rows(table: pd.DataFrame) -> list[Row]:
    """Return a table's rows, missing values as None: a template takes NaN for true."""
    rows = table.astype("object").where(table.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _statements(claims: pd.DataFrame, verdicts: pd.DataFrame) -> list[Row]:
    """Return the claims in the order of the paragraphs, each with its verdicts: at adoption, now, computed here, and of other vintages."""
    judged: dict[str, list[Row]] = {}
    for verdict in rows(verdicts):
        judged.setdefault(verdict["claim"], []).append(verdict)
    statements = []
    for claim in rows(claims.sort_values("paragraph", kind="stable")):
        found = judged.get(claim["claim"], [])
        published = {row["moment"]: row for row in found if row["basis"] == "published"}
        at_adoption, now = published.get("at adoption"), published.get("now")
        statements.append(
            {
                "claim": claim,
                "at_adoption": at_adoption,
                "now": now,
                "has_changed": at_adoption is not None and now is not None and at_adoption["verdict"] != now["verdict"],
                "same_vintage": at_adoption is not None and now is not None and _edition(at_adoption) == _edition(now),
                "computed": next((row for row in found if row["basis"] == "computed" and row["moment"] == "now"), None),
                "history": sorted((row for row in found if row["moment"] == "history"), key=lambda row: (*_edition(row), row["basis"])),
            }
        )
    return statements


def _edition(verdict: Row) -> tuple[str, str]:
    return verdict["source"], verdict["vintage"]


def _tally(statements: list[Row]) -> list[Row]:
    """Count the statements by verdict, at adoption and now, each in its first reading; a verdict that none has is left out."""
    once = [row for row in statements if not row["claim"]["reading_of"]]
    counts = {moment: Counter(row[moment]["verdict"] for row in once if row[moment]) for moment in ("at_adoption", "now")}
    tally = [{"verdict": verdict} | {moment: counts[moment][verdict] for moment in counts} for verdict in contracts.VERDICTS]
    return [row for row in tally if row["at_adoption"] or row["now"]]


def _conflicts(conflicts: pd.DataFrame, claims: pd.DataFrame) -> list[Row]:
    """Return the conflicts, the claims they name written out; one side may be several statements together."""
    by_name = {claim["claim"]: claim for claim in rows(claims)}
    return [row | {side: [by_name[name] for name in row[side].split(" + ")] for side in ("claim_a", "claim_b")} for row in rows(conflicts)]


def _sources(tables: Mapping[str, pd.DataFrame]) -> list[Row]:
    """Return the sources with where each stands and its vintages, newest first; those of which nothing is held come last."""
    key = ["source", "vintage", "file"]
    refused = tables["quarantine"].groupby(key).size().rename("quarantined").reset_index()
    files = tables["snapshots"].merge(refused, on=key, how="left").fillna({"quarantined": 0}).astype({"quarantined": "int64"})
    vintages = files.groupby(["source", "vintage"], as_index=False).agg(
        published=("published", "max"),
        files=("file", "size"),
        rows=("rows", "sum"),
        quarantined=("quarantined", "sum"),
        licence=("licence", "first"),
    )
    standing = {row["source"]: row for row in rows(tables["freshness"])}
    found = []
    for source in rows(tables["sources"]):
        held = vintages[vintages["source"] == source["source"]].sort_values(["published", "vintage"], ascending=False)
        found.append(source | {"vintages": rows(held), "standing": standing[source["source"]]})
    return sorted(found, key=lambda source: not source["vintages"])


# --- how a number is written ------------------------------------------------------------------------------------------------


def figure(value: float | None, unit: str) -> str:
    r"""Write a value with its unit, at no more than two decimals.

    >>> figure(26.4, "%"), figure(4.0256, "ratio"), figure(7.0, "economies"), figure(None, "%")
    ('26.4\u202f%', '4.03', '7 economies', '–')
    """
    if value is None:
        return MISSING
    return _plain(value) + {"%": "\N{NARROW NO-BREAK SPACE}%", "ratio": ""}.get(unit, f" {unit}")


def interval(verdict: Row) -> str:
    """Write the values the evidence allows: both ends belong to it, an end that is missing does not exist, and a count is exact.

    >>> [interval({"lower": lower, "upper": upper}) for lower, upper in [(26.35, 26.45), (2.5, None), (7.0, 7.0), (None, None)]]
    ['[26.35, 26.45]', '[2.5, inf)', 'exact', '–']
    """
    lower, upper = verdict["lower"], verdict["upper"]
    if lower is None and upper is None:
        return MISSING
    if lower == upper:
        return "exact"
    return f"{'(-inf' if lower is None else '[' + _plain(lower)}, {'inf)' if upper is None else _plain(upper) + ']'}"


def margin(value: float | None, unit: str) -> str:
    """Write a margin with its sign; the margin of a percentage is in points.

    >>> margin(-4.43, "%"), margin(0.0256, "ratio"), margin(5.0, "economies"), margin(None, "%")
    ('−4.43 points', '+0.03', '+5 economies', '–')
    """
    if value is None:
        return MISSING
    sign = "\N{MINUS SIGN}" if value < 0 else "+" if value > 0 else ""
    return sign + _plain(abs(value)) + {"%": " points", "ratio": ""}.get(unit, f" {unit}")


def size(of_bytes: int | None) -> str:
    """Write a size as people read it; nothing for a file whose size cannot be known yet.

    >>> size(832), size(12_345), size(9_711_616)
    ('832 bytes', '12 kB', '9.7 MB')
    """
    if of_bytes is None:
        return ""
    if of_bytes < 1000:
        return f"{of_bytes} bytes"
    return f"{of_bytes / 1000:.0f} kB" if of_bytes < 1_000_000 else f"{of_bytes / 1_000_000:.1f} MB"


def count(number: int | None, one: str = "", many: str = "") -> str:
    """Write a count, with what is counted if that is given.

    >>> count(39952), count(1, "row", "rows"), count(0, "row", "rows"), count(None)
    ('39,952', '1 row', '0 rows', '–')
    """
    return MISSING if number is None else f"{number:,} {one if number == 1 else many}".rstrip()


def day(date: dt.date) -> str:
    """Write a day so that nobody can take the month for the day.

    >>> day(dt.date(2025, 12, 7))
    '7 December 2025'
    """
    return f"{date.day} {date:%B %Y}"


def _plain(value: float) -> str:
    """Write a number at no more than two decimals, without trailing zeros."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _slug(text: str) -> str:
    return text.replace(" ", "-")
