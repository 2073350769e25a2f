-- One row per economy's value of an indicator that is averaged over people, in every vintage, with the true values its printed form allows:
-- what published averages are tested against.
select source, vintage, indicator, locality, area as iso3, year, value, lower, upper
from observations
join indicators using (indicator)
where aggregation = 'mean over people' and area_kind = 'economy' and sex = 'all' and age = 'all'
order by source, vintage, indicator, locality, iso3, year
