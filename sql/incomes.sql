-- One row per economy and year: GNI per capita, US$, by which economies are ranked, all from one vintage: the newest that may be a base
-- (table editions), so that a part of a series never is.
with chosen as (
    select source, vintage
    from editions
    where indicator = 'gni_per_capita' and area_kind = 'economy' and sex = 'all' and locality = 'all' and age = 'all' and is_base
    qualify row_number() over (order by rank_by_age) = 1
)
select area as iso3, year, value as income, concat('gni_per_capita, ', source, ' ', vintage) as ranked_by
from observations
join chosen using (source, vintage)
where indicator = 'gni_per_capita' and area_kind = 'economy' and sex = 'all' and locality = 'all' and age = 'all'
order by iso3, year
