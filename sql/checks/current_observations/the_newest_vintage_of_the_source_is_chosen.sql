-- The vintage chosen is the newest of its source that holds the number; a row is a number for which a newer one was passed over.
select chosen.indicator, chosen.area, chosen.year, chosen.vintage, max(observations.published) as newest
from current_observations as chosen
join observations using (indicator, area, year, sex, locality, age, source)
join snapshots on snapshots.snapshot = observations.snapshot and is_dated
group by chosen.indicator, chosen.area, chosen.year, chosen.sex, chosen.locality, chosen.age, chosen.vintage, chosen.published
having max(observations.published) > chosen.published
