-- One row: the newest gap of an area, by divide, indicator, people it is among, and basis.
select gaps.*
from gaps
join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
qualify row_number() over (partition by divide, indicator, area, among, basis, side_a, side_b order by year desc, rank_by_age) = 1
order by area, divide, indicator, among, basis, side_a, side_b
