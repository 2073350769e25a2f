-- A scenario is for a group, and never for an economy alone, which is not projected beyond five years; a row is an economy, or a name that
-- is no group.
select distinct group_name
from scenarios
anti join groups using (group_name)
