-- Where each source stands, those that are overdue first.
select source, newest_vintage, age_days, rhythm_days, overdue, door
from freshness
order by overdue desc, source
