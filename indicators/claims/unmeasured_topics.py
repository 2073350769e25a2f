"""Topics of A/RES/80/173 for which we have no values of economies, and what would measure them.

The topics are listed in `unmeasured_topics.toml`; the observations decide whether data are now available.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import AreaKind, TopicStatus


@dataclass(frozen=True)
class Topic:
    """An entry of the registry, whose first lines say what each part means."""

    topic: str
    paragraphs: list[int]
    why: str
    measured_by: str
    publisher: str
    sdg: str | None = None
    core_list: str | None = None
    connectors: str | None = None
    indicators: list[str] = field(default_factory=list)
    sex: list[str] = field(default_factory=list)
    locality: list[str] = field(default_factory=list)
    age: list[str] = field(default_factory=list)

    @property
    def breakdown(self) -> dict[str, list[str]]:
        """The values of a breakdown of which one is enough, by dimension."""
        return {name: values for name, values in (("sex", self.sex), ("locality", self.locality), ("age", self.age)) if values}


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
        values = of_economies[of_economies["indicator"].isin(topic.indicators)]
        for dimension, allowed in topic.breakdown.items():
            values = values[values[dimension].isin(allowed)]
        rows.append(
            asdict(topic)
            | {
                "name": name,
                "paragraphs": ", ".join(map(str, topic.paragraphs)),
                "sdg_indicator": topic.sdg,
                "indicators": ", ".join(topic.indicators) or None,
                "breakdown": ", ".join(value for allowed in topic.breakdown.values() for value in allowed) or None,
                "status": TopicStatus.NOT_HELD if values.empty else TopicStatus.HELD,
                "economies": values["area"].nunique(),
                "newest_year": None if values.empty else values["year"].max(),
            }
        )
    return conform("unmeasured_topics", pd.DataFrame(rows))


@cache
def _topics() -> dict[str, Topic]:
    registry = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["topics"]
    return {name: Topic(**entry) for name, entry in registry.items()}
