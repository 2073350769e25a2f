-- One row: a number in per cent that differs between two consecutive vintages, the largest change first.
select revisions.*, abs(change) as moved
from revisions join indicators using (indicator)
where kind = 'changed' and unit = '%'
order by moved desc, indicator, area, year, sex, locality, age, source, vintage_to
