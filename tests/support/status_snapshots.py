"""Status snapshots of publications, built from a few rows, for what compares two of them."""

from __future__ import annotations

import pandas as pd

from indicators.editions.news import StatusSnapshot

WDI = "world-bank-wdi"
INTERNET = "individuals_using_internet"
COLUMNS = {
    "verdicts": ["claim", "paragraph", "basis", "verdict", "explanation"],
    "targets": [
        *("target", "statement", "area", "area_kind", "status", "latest", "year", "pace", "required_pace", "reason", "source", "vintage"),
    ],
    "coverage": ["source", "indicator", "group_name", "year", "vintage", "coverage", "publishable"],
    "sources": ["source", "connector_state", "overdue", "connector_message", "summary"],
    "history": ["source", "vintage_from", "vintage_to", "indicator", "numbers", "changed", "withdrawn"],
    "snapshots": ["snapshot", "source", "vintage", "file"],
}
TYPES = {"year": "int64", "coverage": "float64", "overdue": "bool", "latest": "float64", "pace": "float64", "required_pace": "float64"}


def snapshot_of(**rows: list[tuple]) -> StatusSnapshot:
    """Return a snapshot of these rows; tables that are not named are empty."""
    frames = {}
    for name, columns in COLUMNS.items():
        frame = pd.DataFrame(rows.get(name, []), columns=columns)
        kinds = {column: TYPES.get(column, "str") for column in columns if column not in ("numbers", "changed", "withdrawn")}
        frames[name] = frame.astype(kinds | ({"year": "float64"} if name == "targets" else {}))
    return StatusSnapshot(**frames)


def judged(verdict: str, basis: str = "published", claim: str = "online-2025") -> tuple:
    return (claim, 20, basis, verdict, "Facts and Figures 2025 gives 73.6 %.")


def target(area: str, status: str, kind: str = "economy", latest: float | None = 73.6) -> tuple:
    held = (latest, 2025, 2.2, 4.28, None, WDI, "2026") if latest else (None, None, None, None, "no value", None, None)
    return ("umc-internet-use", "Everyone uses the Internet", area, kind, status, *held)


def source(state: str = "available", overdue: bool = False, said: str | None = None) -> tuple:
    return (WDI, state, overdue, said, "WDI 2026-07-13 is 137 days old; available on 2026-11-27T03:00:00Z")
