-- Each side of a published gap is a number of the very vintage, area and breakdown it names; a row is a side that vintage does not hold.
with sides as (
    select divide, indicator, area, year, source, vintage, side_a as side, value_a as value from gaps where basis = 'published'
    union all
    select divide, indicator, area, year, source, vintage, side_b as side, value_b as value from gaps where basis = 'published'
)
select sides.divide, sides.indicator, sides.area, sides.year, sides.source, sides.vintage, sides.side, sides.value
from sides
left join observations as held
    on held.indicator = sides.indicator and held.source = sides.source and held.vintage = sides.vintage and held.year = sides.year
    and held.value = sides.value
    and held.area = case sides.divide when 'income' then sides.side else sides.area end
    and sides.side
        = case sides.divide when 'sex' then held.sex when 'locality' then held.locality when 'age' then held.age else held.area end
where held.area is null
