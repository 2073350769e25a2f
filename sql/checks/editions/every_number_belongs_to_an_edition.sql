-- Every published number belongs to an edition that spans its year; a row is a number that belongs to none.
select source, vintage, indicator, area, year, sex, locality, age
from observations
left join editions using (source, vintage, indicator, area_kind, sex, locality, age)
where year between first_year and last_year is not true
