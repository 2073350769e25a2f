-- One row: the revisions of one indicator between a vintage and the one before it.
select source, vintage_from, vintage_to, indicator,
  count(*) filter (where kind = 'changed') as changed,
  count(*) filter (where kind = 'new') as new,
  count(*) filter (where kind = 'withdrawn') as withdrawn,
  median(abs(change)) as median_change,
  count(*) filter (where change > 0) as upwards
from revisions
group by all
order by source, vintage_to desc, vintage_from desc, indicator
