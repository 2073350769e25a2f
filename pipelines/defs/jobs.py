"""The two jobs, and the schedule of the night."""

import dagster as dg

from pipelines.settings import REFRESH_CRON, REFRESH_TIME_ZONE

build = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("new_vintages", "dropped_files"),
    description="Everything from the snapshots held to a verified publication, offline. Without configuration all snapshots are used; to "
    'look at another day, try ops: raw: config: {published_until: "2025-12-17"}.',
)

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("dropped_files"),
    description="Asks the publishers for new editions, then builds. If nothing is new it recomputes nothing; if every door is shut the "
    "last good figures stay.",
)

nightly = dg.ScheduleDefinition(
    name="nightly_refresh",
    job=refresh,
    cron_schedule=REFRESH_CRON,
    execution_timezone=REFRESH_TIME_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night at the time set in pipelines/settings.py.",
)
