-- A published figure that its members' values do not allow comes with the members that force the exception, and no other does;
-- a row is one that breaks this.
select group_name, indicator, year, locality, source, vintage, membership, members_vintage, feasible, forced_by
from aggregate_consistency
where (feasible like 'infeasible%') <> (forced_by is not null)
