-- One row per economy, indicator, breakdown and year that has a current number, of the indicators that are averaged over people and better
-- if higher (who is offline is known from who is online): what is known, and of which source, vintage and nature. What has no row is a gap.
select indicator, area as iso3, sex, locality, age, year, value, nature, source, vintage
from current_observations
join indicators using (indicator)
where aggregation = 'mean over people' and better = 'higher' and area_kind = 'economy'
order by indicator, iso3, sex, locality, age, year
