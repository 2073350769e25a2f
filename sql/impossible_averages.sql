-- One row per published group figure that its members' own values in the same vintage do not allow, by the list of the day it came out;
-- those furthest beyond what is possible come first. In the unit of the indicator.
select
    group_name, indicator, year, sex, locality, age, source, vintage, published, lowest_possible, highest_possible, beyond, feasible, forced_by
from feasibility
where feasible like 'infeasible%' and membership = 'at publication' and members_are = 'of the same vintage'
order by beyond desc, indicator, group_name, year, sex, locality, age, source, vintage
