-- One row: a value of an area in total, all of a series from one dated vintage: the newest that has eight values or more, else the one with most
-- values. A line is never drawn through two vintages.
with series as (
  select indicator, area, source, vintage, observations.published, year, value, nature,
    count(*) over vintages as n_values, max(year) over vintages as last_year
  from observations join snapshots using (snapshot, source, vintage)
  where is_dated and sex = 'all' and locality = 'all' and age in ('all', '10+')
  window vintages as (partition by indicator, area, source, vintage)
)
select indicator, area, year, value, nature, source, vintage
from series
where n_values >= 3
qualify dense_rank() over (
  partition by indicator, area
  order by least(n_values, 8) desc, published desc, last_year desc, source, vintage
) = 1
