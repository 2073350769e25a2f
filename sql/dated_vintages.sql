-- One row per vintage that somebody dated: its source and when it was published. Of files and not of series (table editions): a list of areas
-- has no edition of any indicator, and is new or old all the same.
select distinct source, vintage, published
from snapshots
where is_dated
order by source, published, vintage
