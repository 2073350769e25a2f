-- The newest gaps of the world between all its people, those that are published before those computed.
select indicator, year, side_a, side_b, value_a, value_b, difference
from gaps
join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
where area = 'world' and "among" = 'all'
qualify row_number() over (partition by divide, indicator order by year desc, basis desc, rank_by_age) = 1
order by divide, indicator
