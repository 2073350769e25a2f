-- The newest gaps of the world between all its people, those that are published before those computed.
select indicator, year, side_a, side_b, value_a, value_b, difference
from gaps
where area = 'world' and "among" = 'all'
qualify row_number() over (partition by divide, indicator order by year desc, basis desc, vintage desc) = 1
order by divide, indicator
