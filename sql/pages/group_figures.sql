-- One row: a figure of a group computed from its members for the newest year in which enough of its people report, by the newest lists,
-- with its bounds and its value under each rule for missing data.
with newest as (
  select aggregates.*
  from aggregates
  join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
  where membership = 'latest' and publishable = 'published'
  qualify dense_rank() over (partition by group_name, indicator, sex, locality, age order by year desc, rank_by_age) = 1
)
select group_name as area, indicator, sex, locality, age, year, source, vintage,
  max(value) filter (where rule = 'renormalised') as renormalised,
  max(value) filter (where rule = 'interpolate and carry') as carried,
  max(lower) filter (where rule = 'hard bounds') as lower,
  max(upper) filter (where rule = 'hard bounds') as upper,
  max(coverage) as coverage, max(n_reporting) as n_reporting, max(n_members) as n_members
from newest
group by all
order by area, indicator, sex, locality, age
