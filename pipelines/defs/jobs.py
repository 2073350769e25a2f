"""The jobs, with examples ready to be launched, and the schedule of the night."""

from collections.abc import Sequence
from typing import Any

import dagster as dg

from indicators.registries import resolution
from pipelines.orchestration import run_tags
from pipelines.settings import REFRESH_CRON, REFRESH_TIME_ZONE

ADOPTED = resolution.adopted()
OFFLINE = dg.AssetSelection.all() - dg.AssetSelection.assets("new_vintages", "dropped_files")
ASKING = dg.AssetSelection.all() - dg.AssetSelection.assets("dropped_files")
FILTERED = "A filtered build goes to `data/selections/` and never overwrites the main publication."


def _raw(*, published_until: str = "", sources: Sequence[str] = (), note: str) -> dict[str, Any]:
    """Return the configuration of a selection, with every field, so that the launchpad shows what can be changed."""
    return {"ops": {"raw": {"config": {"published_until": published_until, "sources": list(sources), "note": note}}}}


build = dg.define_asset_job(
    "build",
    selection=OFFLINE,
    description=f"""Everything from the stored snapshots to a verified publication, offline.

By default it uses all stored snapshots. To build as of another day, or from one source alone, write into the launchpad

```yaml
ops:
  raw:
    config:
      published_until: "{ADOPTED}"
      sources: [world-bank-wdi, itu-facts-and-figures]
      note: what could be known when the resolution was adopted
```

or begin with one of the examples, the jobs `as_of_adoption` and `one_source`. {FILTERED}""",
)

as_of_adoption = dg.define_asset_job(
    "as_of_adoption",
    selection=OFFLINE,
    config=_raw(published_until=ADOPTED, note="what was known when the resolution was adopted"),
    description=f"An example of `build`: what was known when the resolution was adopted, on {ADOPTED}. Change the day in the launchpad for "
    f"any other. {FILTERED}",
)

one_source = dg.define_asset_job(
    "one_source",
    selection=OFFLINE,
    config=_raw(sources=["world-bank-wdi"], note="the figures of one source alone"),
    description=f"An example of `build`: from one source alone, here the World Development Indicators. {FILTERED}",
)

refresh = dg.define_asset_job(
    "refresh",
    selection=ASKING,
    description="""Asks the publishers for new editions, then builds.

If nothing is new, nothing is recomputed; if no publisher can be reached, the last good figures stay in use. To ask one publisher only,
to ask it at another address, or to build in any case, write into the launchpad

```yaml
ops:
  new_vintages:
    config:
      sources: [itu-datahub]
      addresses: {itu-datahub: "https://api.datahub.itu.int/v2"}
      rebuild: true
```

or begin with the example, the job `refresh_one_source`.""",
)

refresh_one_source = dg.define_asset_job(
    "refresh_one_source",
    selection=ASKING,
    config={"ops": {"new_vintages": {"config": {"sources": ["world-bank-wdi"], "note": "the World Bank has a new edition out"}}}},
    description="An example of `refresh`: asks one publisher only, here the World Bank, then builds from all stored snapshots.",
)

nightly = dg.ScheduleDefinition(
    name="nightly_refresh",
    job=refresh,
    cron_schedule=REFRESH_CRON,
    execution_timezone=REFRESH_TIME_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    tags={run_tags.USER: "nightly schedule", run_tags.WHY: f"due by the schedule {REFRESH_CRON}, {REFRESH_TIME_ZONE}"},
    description="Asks the publishers every night and builds if something is new; time and zone are set in `pipelines/settings.py`.",
)
