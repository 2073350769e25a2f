-- One row per vintage that somebody dated: its source and when it was published.
select distinct source, vintage, published
from snapshots
where is_dated
order by source, published, vintage
