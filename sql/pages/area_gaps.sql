-- One row: the newest gap of an area, by divide, indicator, people it is among, and basis.
select *
from gaps
qualify row_number() over (partition by divide, indicator, area, among, basis, side_a, side_b order by year desc, vintage desc) = 1
order by area, divide, indicator, among, basis, side_a, side_b
