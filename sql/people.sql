-- One row per economy, year and locality: the people who live there, all from one vintage of the population and one of the urban share:
-- of each the newest that may be a base (table editions), so that a part of a series never is.
-- 'rest of the world' are the people the publisher counts in the world but in no economy of its list; nothing is known of them,
-- and the bounds of the world say so.
with chosen as (
    select indicator, source, vintage
    from editions
    where indicator in ('population', 'urban_share') and area_kind = 'economy' and sex = 'all' and locality = 'all' and age = 'all'
        and is_base
    qualify row_number() over (partition by indicator order by rank_by_age) = 1
),
base as (
    select observations.*
    from observations
    join chosen using (indicator, source, vintage)
    where sex = 'all' and locality = 'all' and age = 'all'
),
economies_people as (
    select area as iso3, year, value as people
    from base
    where indicator = 'population' and area_kind = 'economy'
),
remainder as (
    select 'rest of the world' as iso3, world.year, world.value - sum(economies_people.people) as people
    from base as world
    join economies_people on economies_people.year = world.year
    where world.indicator = 'population' and world.area = 'world'
    group by world.year, world.value
    having world.value > sum(economies_people.people)
),
urban as (
    select area as iso3, year, value / 100 as share
    from base
    where indicator = 'urban_share' and area_kind = 'economy'
)
select iso3, year, 'all' as locality, people from economies_people
union all
select iso3, year, 'all' as locality, people from remainder
union all
select iso3, year, 'urban' as locality, people * share from economies_people join urban using (iso3, year)
union all
select iso3, year, 'rural' as locality, people * (1 - share) from economies_people join urban using (iso3, year)
order by iso3, year, locality
