-- The status of each source, those that are overdue first.
select source, newest_vintage, age_days, update_interval_days, overdue, connector_state
from freshness
order by overdue desc, source
