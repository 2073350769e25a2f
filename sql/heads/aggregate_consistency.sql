-- Published figures that their members' values do not allow, farthest first.
select group_name, indicator, year, published, lowest_possible, highest_possible, forced_by
from aggregate_consistency
where starts_with(feasible, 'infeasible')
order by beyond desc, group_name, indicator, year, vintage
