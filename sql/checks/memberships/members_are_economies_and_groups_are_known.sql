-- Every member is in the table economies, every group in the table groups; a row is a membership that names another.
select memberships.*
from memberships
left join economies using (iso3)
left join groups using (group_name)
where economies.iso3 is null or groups.group_name is null
