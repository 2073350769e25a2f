"""The result of the last request to each source: one small file in the data home, replaced as a whole."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from indicators.contracts.vocabulary import ConnectorState
from indicators.editions.freshness import Attempt
from pipelines.ingest.refresh import FetchResult


def read(path: Path) -> dict[str, Attempt]:
    """Return the last request to each source; nothing if the file is missing or damaged, since no decision depends on it."""
    try:
        entries = json.loads(path.read_text("utf-8")).items()
        return {source: Attempt(**(entry | {"state": ConnectorState(entry["state"])})) for source, entry in entries}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def record(path: Path, arrivals: Sequence[FetchResult], at: dt.datetime) -> dict[str, Attempt]:
    """Add the results of a refresh to the file, and return the last request to each source.

    A source is available if every request got a complete answer; else its state is that of its first failure.
    """
    moment = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    attempts = read(path)
    for source in dict.fromkeys(arrival.source for arrival in arrivals):
        failure = next((arrival for arrival in arrivals if arrival.source == source and arrival.failed), None)
        if failure:
            before = attempts[source].last_success if source in attempts else ""
            attempts[source] = Attempt(ConnectorState(failure.state), moment, before, failure.line)
        else:
            attempts[source] = Attempt(ConnectorState.AVAILABLE, moment, moment)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(json.dumps({source: asdict(attempt) for source, attempt in attempts.items()}, indent=1) + "\n", "utf-8")
    os.replace(partial, path)
    return attempts
