-- The largest changes between the newest two vintages of each source, against what was printed before.
select vintage_to, indicator, area, year, value_from, value_to
from revisions
where kind = 'changed' and value_from <> 0
qualify rank() over (partition by source order by vintage_to desc) = 1
order by abs(change / value_from) desc, indicator, area, year
