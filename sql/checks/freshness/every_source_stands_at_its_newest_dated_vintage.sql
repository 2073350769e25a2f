-- Every source has one line, which names its newest dated vintage; a row is a source whose line is missing or names another.
with newest as (
    select source, max_by(vintage, (published, vintage)) as newest from snapshots where is_dated group by source
)
select source, freshness.newest_vintage, newest.newest
from sources
left join freshness using (source)
left join newest using (source)
where freshness.as_of is null or freshness.newest_vintage is distinct from newest.newest
