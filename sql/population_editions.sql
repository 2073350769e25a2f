-- One row per edition of the population, economy, year and locality: the people who live there as that edition counts them.
-- Only dated editions that cover at least nine tenths of the economies the fullest one covers; one that nobody dated only if there is no other. The urban share is that of the table people, the
-- same beside every edition. What the publisher counts in the world but in no economy of its list is 'rest of the world'.
with editions as (
    select
        source, vintage, max(published) as published, count(distinct area) as economies,
        max(count(distinct area)) over () as most_economies,
        bool_and(is_dated) as is_dated, bool_or(bool_and(is_dated)) over () as any_is_dated
    from observations
    join snapshots using (snapshot, source, vintage, published)
    where indicator = 'population' and area_kind = 'economy'
    group by source, vintage
),
counted as (
    select source || ' ' || vintage as edition, editions.published, area, area_kind, year, value
    from observations
    join editions using (source, vintage)
    where indicator = 'population' and sex = 'all' and locality = 'all' and age = 'all' and economies >= 0.9 * most_economies
        and is_dated = any_is_dated
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
