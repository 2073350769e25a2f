-- A lost factor of a thousand passes every range: the economies of one population vintage add up to 5 to 12 billion; a row is a year where not.
select source, vintage, year, sum(value) as people
from observations
where indicator = 'population' and area_kind = 'economy' and year >= $world_people_since
group by source, vintage, year
having count(*) > $world_people_economies and sum(value) not between $world_people_plausible[1] and $world_people_plausible[2]
