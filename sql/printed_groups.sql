-- One row per group figure that a dated vintage prints, of the sources and indicators whose economies' values are printed too.
select source, vintage, indicator, sex, locality, age, area as group_name, year, value
from observations
semi join vintages_of_groups using (source, indicator, vintage)
where area_kind = 'group'
order by source, vintage, indicator, sex, locality, age, group_name, year
