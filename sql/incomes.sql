-- One row per economy and year: GNI per capita, US$, by which economies are ranked, all from one vintage: the newest of the dated ones that
-- covers at least nine tenths of the economies the fullest vintage covers, so that a part of a series never serves as base.
with editions as (
    select
        source, vintage, max(published) as published, bool_and(is_dated) as is_dated, count(distinct area) as economies,
        max(count(distinct area)) over () as most_economies
    from observations
    join snapshots using (snapshot, source, vintage, published)
    where indicator = 'gni_per_capita' and area_kind = 'economy' and sex = 'all' and locality = 'all' and age = 'all'
    group by source, vintage
),
chosen as (
    select source, vintage
    from editions
    where economies >= 0.9 * most_economies
    qualify row_number() over (order by is_dated desc, published desc, vintage desc) = 1
)
select area as iso3, year, value as income, concat('gni_per_capita, ', source, ' ', vintage) as ranked_by
from observations
join chosen using (source, vintage)
where indicator = 'gni_per_capita' and area_kind = 'economy' and sex = 'all' and locality = 'all' and age = 'all'
order by iso3, year
