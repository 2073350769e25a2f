-- One row: a value of an area in total, all of a series from one dated vintage: the newest that has eight values or more, else the one with most
-- values. A line is never drawn through two vintages.
with series as (
  select indicator, area, source, vintage, rank_by_age, year, value, nature, count(*) over vintages as n_values
  from observations join editions using (source, vintage, indicator, area_kind, sex, locality, age)
  where is_dated and sex = 'all' and locality = 'all' and age in ('all', '10+')
  window vintages as (partition by indicator, area, source, vintage)
)
select indicator, area, year, value, nature, source, vintage
from series
where n_values >= $line_least_values
qualify dense_rank() over (
  partition by indicator, area
  order by least(n_values, $projection_least_values) desc, rank_by_age
) = 1
