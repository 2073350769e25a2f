-- One row per edition of the population, economy, year and locality: the people who live there as that edition counts them.
-- Only editions that may be a base (table editions). The urban share is that of the table people, the same for every edition. What the
-- publisher counts in the world but in no economy of its list is 'rest of the world'.
with counted as (
    select source || ' ' || vintage as edition, bases.published, area, observations.area_kind, year, value
    from observations
    join editions as bases using (source, vintage, indicator, sex, locality, age)
    where indicator = 'population' and sex = 'all' and locality = 'all' and age = 'all' and bases.area_kind = 'economy' and is_base
),
whole as (
    select edition, published, area as iso3, year, value as people from counted where area_kind = 'economy'
    union all
    select
        edition, published, 'rest of the world' as iso3, year,
        any_value(value) filter (where area = 'world') - sum(value) filter (where area_kind = 'economy') as people
    from counted
    group by edition, published, year
    having people > 0
),
parts as (
    select part.iso3, part.year, part.locality, part.people / total.people as share
    from people as part
    join people as total using (iso3, year)
    where part.locality <> 'all' and total.locality = 'all' and total.people > 0
)
select edition, published, iso3, year, 'all' as locality, people from whole
union all
select edition, published, iso3, year, locality, people * share as people from whole join parts using (iso3, year)
order by edition, iso3, year, locality
