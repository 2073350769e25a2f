"""Topics of A/RES/80/173 for which we have no values of economies, and what would measure them.

The topics are listed in `unmeasured_topics.toml`; the observations decide whether data are now available.
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
    """Return for each topic whether we have values of economies that measure it.

    Args:
        observations: Rows of the `observations` contract: indicator, area, area_kind, year, sex, locality, age.

    Returns:
        Rows of the `unmeasured_topics` contract. `economies` counts those with a value of any year, 0 if there is none. Groups are not
        economies, so a figure of the world does not measure a topic.
    """
    of_economies = observations[observations["area_kind"] == AreaKind.ECONOMY]
    rows = []
    for name, topic in _topics().items():
        values = of_economies[of_economies["indicator"].isin(topic.get("indicators", []))]
        for breakdown in _BREAKDOWNS:
            if breakdown in topic:
                values = values[values[breakdown].isin(topic[breakdown])]
        rows.append(
            topic
            | {
                "name": name,
                "paragraphs": ", ".join(map(str, topic["paragraphs"])),
                "sdg_indicator": topic.get("sdg"),
                "indicators": ", ".join(topic.get("indicators", [])) or None,
                "breakdown": ", ".join(value for breakdown in _BREAKDOWNS for value in topic.get(breakdown, [])) or None,
                "status": TopicStatus.NOT_HELD if values.empty else TopicStatus.HELD,
                "economies": values["area"].nunique(),
                "newest_year": None if values.empty else values["year"].max(),
            }
        )
    return conform("unmeasured_topics", pd.DataFrame(rows))


@cache
def _topics() -> dict[str, dict[str, Any]]:
    registry: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["topics"]
    return registry
