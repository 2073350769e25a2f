-- One row per vintage that nobody dated: it is no evidence, and never the newest edition.
select distinct source, vintage
from snapshots
where not is_dated
order by source, vintage
