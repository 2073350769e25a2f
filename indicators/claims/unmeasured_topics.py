"""What A/RES/80/173 speaks of and the figures held do not measure economy by economy, and what would measure it.

The topics stand in `unmeasured_topics.toml`; whether one is held by now is told from the observations.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import AreaKind, TopicStatus

_BREAKDOWNS = ("sex", "locality", "age")


def unmeasured(observations: pd.DataFrame) -> pd.DataFrame:
    """Tell of each topic whether economies' values of what would measure it are held.

    Args:
        observations: Rows of the `observations` contract: indicator, area, area_kind, year, sex, locality, age.

    Returns:
        Rows of the `unmeasured_topics` contract. `economies` counts those with a value of any year, 0 where none is held; groups are no
        economies, so that a figure of the world does not measure a topic.
    """
    of_economies = observations[observations["area_kind"] == AreaKind.ECONOMY]
    rows = []
    for name, topic in _topics().items():
        held = of_economies[of_economies["indicator"].isin(topic.get("indicators", []))]
        for breakdown in _BREAKDOWNS:
            if breakdown in topic:
                held = held[held[breakdown].isin(topic[breakdown])]
        rows.append(
            topic
            | {
                "name": name,
                "paragraphs": ", ".join(map(str, topic["paragraphs"])),
                "sdg_indicator": topic.get("sdg"),
                "indicators": ", ".join(topic.get("indicators", [])) or None,
                "breakdown": ", ".join(value for breakdown in _BREAKDOWNS for value in topic.get(breakdown, [])) or None,
                "status": TopicStatus.NOT_HELD if held.empty else TopicStatus.HELD,
                "economies": held["area"].nunique(),
                "newest_year": None if held.empty else held["year"].max(),
            }
        )
    return conform("unmeasured_topics", pd.DataFrame(rows))


@cache
def _topics() -> dict[str, dict[str, Any]]:
    registry: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["topics"]
    return registry
