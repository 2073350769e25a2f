-- One row per indicator, kind of area and dimension by which it is broken down: how many areas have at least two sides of one year, source
-- and vintage, all else being equal (women and men, urban and rural, two ages), and the last year in which one has.
with sides as (
    select *, 'sex' as dimension, sex as side, locality || ' ' || age as among from current_observations
    union all
    select *, 'locality' as dimension, locality as side, sex || ' ' || age as among from current_observations
    union all
    select *, 'age' as dimension, age as side, sex || ' ' || locality as among from current_observations
),
broken_down as (
    select indicator, area_kind, dimension, area, year
    from sides
    where side <> 'all'
    group by indicator, area_kind, dimension, area, year, among, source, vintage
    having count(distinct side) >= 2
)
select indicator, area_kind, dimension, count(distinct area) as areas, max(year) as last_year
from broken_down
group by indicator, area_kind, dimension
order by indicator, area_kind, dimension
