-- The groups farthest behind in their newest year.
select indicator, area, year, value, years_behind, benchmark
from time_distance
join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
where area_kind = 'group' and sex = 'all' and locality = 'all' and age = 'all' and years_behind is not null
qualify row_number() over (partition by indicator, area, benchmark order by year desc, basis desc, rank_by_age) = 1
order by years_behind desc, indicator, area, benchmark
