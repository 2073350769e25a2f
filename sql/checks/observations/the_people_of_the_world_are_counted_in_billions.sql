-- A lost factor of a thousand passes every range: the economies of one population vintage add up to 5 to 12 billion; a row is a year where not.
select source, vintage, year, sum(value) as people
from observations
where indicator = 'population' and area_kind = 'economy' and year >= 2000
group by source, vintage, year
having count(*) > 200 and sum(value) not between 5e9 and 12e9
