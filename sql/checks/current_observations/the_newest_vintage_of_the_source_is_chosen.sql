-- The vintage chosen is the newest of its source that holds the number; a row is a number for which a newer one was passed over.
with ages as (
    select distinct source, vintage, rank_by_age from editions
)
select chosen.indicator, chosen.area, chosen.year, chosen.vintage, min_by(observations.vintage, other.rank_by_age) as newest
from current_observations as chosen
join observations using (indicator, area, year, sex, locality, age, source)
join ages as own on own.source = chosen.source and own.vintage = chosen.vintage
join ages as other on other.source = observations.source and other.vintage = observations.vintage
group by chosen.indicator, chosen.area, chosen.year, chosen.sex, chosen.locality, chosen.age, chosen.vintage, own.rank_by_age
having min(other.rank_by_age) < own.rank_by_age
