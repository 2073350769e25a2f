-- One row per economy's value of an indicator that is averaged over people, in every vintage: what aggregates are made of.
select source, vintage, indicator, sex, locality, age, area as iso3, year, value
from observations
join indicators using (indicator)
where aggregation = 'mean over people' and area_kind = 'economy' and sex = 'all' and age = 'all'
order by source, vintage, indicator, sex, locality, age, iso3, year
