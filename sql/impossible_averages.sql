-- One row per published group figure that its members' own values in the same vintage do not allow, on whatever list of members it is
-- tested, with its bounds by the list of the day it came out; those furthest beyond what is possible come first. In the unit of the indicator.
with tested as (
    select *,
        count(*) filter (where feasible = 'feasible')
            over (partition by indicator, group_name, year, sex, locality, age, source, vintage) as lists_that_allow_it
    from aggregate_consistency
    where members_are = 'of the same vintage'
)
select
    group_name, indicator, year, sex, locality, age, source, vintage,
    published, lowest_possible, highest_possible, beyond, feasible, forced_by
from tested
where feasible like 'infeasible%' and membership = 'at publication' and lists_that_allow_it = 0
order by beyond desc, indicator, group_name, year, sex, locality, age, source, vintage
