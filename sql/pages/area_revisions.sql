-- One row: a number of an area that changed by more than rounding in the newest pair of vintages that has it.
select revisions.*
from revisions
join (select distinct source, vintage as vintage_to, rank_by_age from editions) using (source, vintage_to)
where kind <> 'changed' or abs(change) > $revision_shown
qualify dense_rank() over (partition by indicator, area order by rank_by_age) = 1
order by area, indicator, year desc, sex, locality, age, source, vintage_to
