-- One row: the newest current value of an area, indicator and breakdown, the length of its series, and an economy's rank among the economies
-- of its income group (newest list) that have a value of the same breakdown in the five years up to the newest of the indicator.
with figures as (
  select indicator, area, area_kind, sex, locality, age, year, value, lower, upper, unit, printed, nature, source, vintage, note, licence,
    count(*) over series as n_values, min(year) over series as first_year
  from current_observations
  window series as (partition by indicator, area, sex, locality, age)
  qualify row_number() over (partition by indicator, area, sex, locality, age order by year desc) = 1
),
newest_year as (select indicator, max(year) as newest_year from figures where area_kind = 'economy' group by indicator),
income as (select iso3 as area, group_name as peers from memberships where scheme = 'income' and valid_to is null),
compared as (
  select figures.*, peers, newest_year, better,
    peers is not null and better in ('higher', 'lower') and year > newest_year - $peer_years as has_place
  from figures
  join indicators using (indicator)
  left join newest_year using (indicator)
  left join income using (area)
)
select * exclude (has_place),
  case when has_place then rank() over (
    partition by indicator, sex, locality, age, peers, has_place order by case better when 'higher' then -value else value end
  ) end as place,
  case when has_place then count(*) over (partition by indicator, sex, locality, age, peers, has_place) end as places
from compared
order by area, indicator, sex, locality, age
