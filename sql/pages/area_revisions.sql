-- One row: a number of an area that changed by more than rounding in the newest pair of vintages that has it.
select *
from revisions
where kind <> 'changed' or abs(change) > $revision_shown
qualify dense_rank() over (partition by indicator, area order by vintage_to desc) = 1
order by area, indicator, year desc, sex, locality, age, source, vintage_to
