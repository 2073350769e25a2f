-- A what-if is of a group: nothing is said of an economy alone, for which nothing is drawn on further than five years; a row is an economy,
-- or a name that is no group.
select distinct group_name
from scenarios
anti join groups using (group_name)
